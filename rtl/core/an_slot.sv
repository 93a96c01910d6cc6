// SPDX-License-Identifier: Apache-2.0
// an_slot -- what each slot of a sweep is: header or column, of which row; the address of its synapse word
// start in the clock before the first slot. A group: HEADER slots (long_header: HEADER_SKIP, so that `active` is known), then the rows of
// `active`, lowest first, each words slots, at least MIN_ROW, an even number. after_group: first slot after a group; finish: the
// last slot of all. phase: parity of the slot; of a pair that learns 0 = w, 1 = v. Mirror: an_sweep_run in sw/model/an_sweep.c
// Deep: `active` counts a clock before a header's last slot, and every row of a group has its first address ready. rows and base are even
`default_nettype none
module an_slot #(
    parameter int Lanes = 2,
    parameter int SynBits = 15,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1,
    localparam int Shift = $clog2(Lanes)
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic                set_base,
    input  logic [SynBits-1:0]  base,
    input  logic                start,
    input  logic                long_header,
    input  logic                two_words, // pair that learns
    input  logic                learn,
    input  logic [         1:0] step,      // 1, or 2 in a pair that does not learn
    input  logic                over_v,
    input  logic [        13:0] stride,
    input  logic [        10:0] rows_m1,
    input  logic [        10:0] cols_m1,
    input  logic [   Lanes-1:0] active,
    input  logic                bus_load,
    input  logic [SynBits-1:0]  bus_addr,
    output logic                phase,
    output logic                header,
    output logic                header_second,
    output logic [        10:0] group,
    output logic [        10:0] group_before,
    output logic                last_group,    // of the group whose header ends or whose rows run
    output logic                after_group,
    output logic                finish,
    output logic                header_next,   // a header begins in the next slot
    output logic                row_start,     // a row begins in the next slot
    output logic                row_last,      // the last slot of a row
    output logic [LaneBits-1:0] row,
    output logic                row_zero,
    output logic                between,       // a header or a row ends,
    output logic                launch,        //   and a row may begin: as row_start, but of a group without rows (Deep)
    output logic [LaneBits-1:0] coming_row,    // of the next slot
    output logic                going,         // the next slot is valid, in the same row
    output logic                valid,
    output logic                first,
    output logic                last,          // last block of the row
    output logic [        10:0] block,
    output logic [SynBits-1:0]  addr
);
  localparam bit Deep = Lanes > 2;
  logic header_q, row_q;
  logic [1:0] header_count;
  logic [11:0] slot;
  logic [Lanes-1:0] todo_q;
  logic [SynBits-1:0] base_q;

  wire [10:0] last_block = cols_m1 >> Shift;
  wire [11:0] last_word = two_words ? {last_block, 1'b1} : {1'b0, last_block};
  wire [11:0] last_even = {last_word[11:1], 1'b1};
  // a row that learns: its last block of 32 columns is long enough to mix the next one's rounding bits
  localparam int BlockSlots = an_spec_pkg::BLOCK_COLUMNS / Lanes;
  wire [11:0] in_block = two_words ? 12'(2 * BlockSlots - 1) : 12'(BlockSlots - 1);
  wire [11:0] last_in_block = last_even & in_block;
  wire [11:0] least = !learn ? 12'd0 : two_words ? 12'(an_spec_pkg::T_MIN_BLOCK_PAIR - 1) : 12'(an_spec_pkg::T_MIN_BLOCK - 1);
  wire [11:0] last_padded = last_in_block < least ? (last_even & ~in_block) | least : last_even;
  localparam int RowBits = $clog2(an_spec_pkg::T_MIN_ROW);  // a power of two
  // both stand still from the second clock of a sweep on, before its first row
  logic [11:0] last_slot, last_word_q;
  wire [11:0] last_slot_d = last_padded[11:RowBits] == '0 ? 12'(an_spec_pkg::T_MIN_ROW) - 12'd1 : last_padded;
  wire [1:0] last_header = long_header ? 2'(an_spec_pkg::T_HEADER_SKIP - 1) : 2'(an_spec_pkg::T_HEADER - 1);
  wire header_before = header_q && header_count == last_header - 2'd1;
  logic header_last, ended;  // ended: no slot after this one is valid
  wire choose = header_last || row_last;
  logic [Lanes-1:0] left;
  logic [LaneBits-1:0] next_row;
  logic [Lanes-1:0] next_todo;
  always_comb begin
    next_row = '0;
    next_todo = left & (left - 1'b1);
    for (int l = Lanes - 1; l >= 0; l--) if (left[l]) next_row = LaneBits'(l);
  end
  assign row_start = choose && left != '0;
  wire group_done = choose && left == '0;
  assign finish = group_done && last_group;
  assign header_next = start || (group_done && !last_group);
  assign between = choose;
  assign going = valid && !ended;
  wire coming = row_start || going;

  wire [SynBits-1:0] stride_w = SynBits'(stride);
  logic [SynBits-1:0] addr_d;
  if (Deep) begin : g_addr
    logic header_last_q, ended_q, some_q;
    logic [Lanes-1:0] active_q;
    logic [32*Lanes-1:0] times_q, start_q;  // multiples of stride; where the rows of a group start
    assign {header_last, ended, left} = {header_last_q, ended_q, header_last_q ? active_q : todo_q};
    assign launch = header_last_q || (row_last && some_q);
    assign coming_row = choose ? next_row : row;
    wire [SynBits-1:0] row_addr = start_q[32*next_row+:SynBits];
    assign addr_d = row_start ? row_addr : addr + SynBits'(step);
    always_ff @(posedge clk) begin
      header_last_q <= rst_n && header_before;
      some_q <= todo_q != '0;  // stands still in a row
      ended_q <= row_start ? last_word_q == '0 : slot + 12'd1 == last_word_q;
      active_q <= active;
      if (choose) todo_q <= next_todo;
    end
    for (genvar l = 0; l < Lanes; l++) begin : g_row
      logic [SynBits-1:0] times;
      always_comb begin
        times = '0;
        for (int b = 0; b < Shift; b++) if ((l >> b) % 2 != 0) times = times + (stride_w << b);
      end
      wire [SynBits-1:0] at = base_q + times_q[32*l+:SynBits];
      always_ff @(posedge clk) begin
        times_q[32*l+:32] <= 32'(times);
        start_q[32*l+:32] <= 32'(at | SynBits'(over_v));
      end
    end
    wire unused_times = ^{times_q, start_q};
  end else begin : g_addr
    assign header_last = header_q && header_count == last_header;
    assign ended = slot == last_word_q;
    assign left = header_last ? active : todo_q;
    assign launch = row_start;
    assign coming_row = row_start ? next_row : row;
    logic [SynBits-1:0] row_offset;
    always_comb begin
      row_offset = '0;
      for (int b = 0; b < Shift; b++) if (next_row[b]) row_offset = row_offset + (stride_w << b);
    end
    wire [SynBits-1:0] addr_from = row_start ? base_q : addr;
    wire [SynBits-1:0] addr_by = row_start ? row_offset : SynBits'(step);
    wire over = row_start && over_v;
    assign addr_d = addr_from + addr_by + SynBits'(over);
    always_ff @(posedge clk) if (choose) todo_q <= next_todo;
    wire unused_before = header_before;
  end

  always_ff @(posedge clk) begin
    if (!rst_n) begin
      header_q <= 1'b0;
      row_q <= 1'b0;
      valid <= 1'b0;
      after_group <= 1'b0;
    end else begin
      header_q <= start || (header_q && !header_last) || (group_done && !last_group);
      row_q <= row_start || (row_q && !row_last);
      valid <= coming;
      after_group <= group_done;
    end
    row_last <= row_q && (slot ^ 12'd1) == last_slot;  // one before the last, which is odd; no row is as short as one slot
    last_group <= group == rows_m1 >> Shift;  // one clock after the group: a header has two
    last_slot <= last_slot_d;
    last_word_q <= last_word;
    phase <= !start && !phase;
    header_count <= header_q && !header_last ? header_count + 2'd1 : '0;
    slot <= row_start ? '0 : slot + 12'd1;
    if (row_start) begin
      row <= next_row;
      row_zero <= next_row == '0 && group == '0;
    end
    if (start) group <= '0;
    else if (group_done) group <= group + 11'd1;
    if (group_done) group_before <= group;
    if (set_base) base_q <= base;
    else if (group_done) base_q <= base_q + (stride_w << Shift);
    addr <= bus_load ? bus_addr : addr_d;
  end
  if (Deep) begin : g_header
    always_ff @(posedge clk) {header, header_second} <= {rst_n && header_next, header};
  end else begin : g_header
    assign header = header_q && header_count == 2'd0;
    assign header_second = header_q && header_count == 2'd1;
  end
  assign block = two_words ? slot[11:1] : slot[10:0];
  assign first = slot == '0;
  assign last = block == last_block;
  wire unused = ^stride;
endmodule
`default_nettype wire
