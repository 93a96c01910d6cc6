// SPDX-License-Identifier: Apache-2.0
// an_sweep -- the sweep: addresses, control and hazards of every stage behind a slot (docs/machine.md sections 5 and 7)
// Slot of clock t: stage 0 weight and rate address, 1 memory words, 2 factors, 3 products, 4 accumulator write, shifted, 5 weight
// write. Pair: v is written 7 clocks after its slot, is a factor of the w slot that begins then, and w is written 5 clocks after v.
// Every stage knows its phase (pair: 0 = w, 1 = v) from the slot's parity.
// Hazards: rows of MIN_ROW slots write an accumulator (4) before it is read again (1); weight writes meet reads of the other
// address parity; C of a lane is written (X_GATHER) in the clock in which it takes the next group's start. Mirror: sw/model/an_sweep.c
`default_nettype none
module an_sweep #(
    parameter int Lanes = 2,
    parameter int SynBits = 15,
    parameter bit Pairs = 1'b1,
    parameter bit Split = 1'b0,  // SWP with raw, KEY with block
    parameter bit Ahead = 1'b0,  // gathered sums, and what they start from, a clock later; headers of HEADER_AHEAD slots
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1
) (
    input  logic                  clk,
    input  logic                  rst_n,
    input  logic [          63:0] word,
    input  logic                  set_prj,
    input  logic                  set_key,
    input  logic                  set_par,
    input  logic                  set_row,
    input  logic                  set_lan,
    input  logic                  go,
    output logic                  busy,
    output logic                  done,
    input  an_ctl_pkg::places_t   placed_state,
    input  an_ctl_pkg::places_t   placed_rate,
    output logic [           7:0] scalar_addr,
    output logic [          10:0] rate_addr,
    output logic [          10:0] state_addr,
    output logic [          10:0] state_waddr,
    output logic [     Lanes-1:0] state_we,
    output logic                  sums_we,     // of them sums, or their low words
    output logic                  syn_read,
    output logic [   SynBits-1:0] syn_addr,
    output logic [   SynBits-1:0] syn_waddr,
    output logic [     Lanes-1:0] syn_we,
    input  logic                  bus_load,
    input  logic [   SynBits-1:0] bus_addr,
    output an_ctl_pkg::lane_t     lane_ctl,
    output logic [     Lanes-1:0] c_en,
    output logic [     Lanes-1:0] c_pass,      // C of this lane is only on its way: the result bus has it
    output logic [     Lanes-1:0] gather_en,
    output logic                  gathered_en,
    output logic                  raw,
    output logic [          15:0] row_0,
    output logic [          15:0] row_1,
    output logic [          15:0] row_2,
    output logic                  reading,     // the scalar memory gives one of a pair's constants
    input  logic [          15:0] narrow_f12,
    input  logic                  narrow_clip,
    output logic                  sum_products,
    output logic                  sum_first,
    output logic [  LaneBits-1:0] sum_lane,
    output logic                  x_en,
    output logic                  x2_en,
    output logic [  LaneBits-1:0] row_lane,
    input  logic [          15:0] row_x_f12,
    input  logic [          15:0] row_x2_f12,
    input  logic [     Lanes-1:0] x_live,
    input  logic [     Lanes-1:0] x2_live,
    output logic                  rnd_launch,
    output logic [          10:0] rnd_row,
    output logic [           5:0] rnd_block,
    output logic                  rnd_two,     // a pair that learns
    output logic                  rnd_second,
    input  logic                  gathered_sat,
    input  logic [     Lanes-1:0] acc_sat,
    input  logic [     Lanes-1:0] syn_sat,
    output logic                  visit,
    output logic [          12:0] visits,
    output logic [           1:0] sites_back,  // range site under its record: pc less this
    output logic                  note_mid,    // the record of that site is looked up for acc, g, v
    output logic                  sat_w,
    output logic                  sat_acc,
    output logic                  sat_g,
    output logic                  sat_v,
    output logic                  clip_par
);
  wire scatter = word[an_spec_pkg::F_SWP_SCATTER_LSB];
  wire gather = word[an_spec_pkg::F_SWP_GATHER_LSB];
  wire learn = word[an_spec_pkg::F_SWP_LEARN_LSB];
  wire over_v = word[an_spec_pkg::F_SWP_OVERV_LSB];
  wire skip = word[an_spec_pkg::F_SWP_SKIP_LSB] && !gather;
  assign raw = Split && word[an_spec_pkg::F_SWP_RAW_LSB];
  wire [4:0] lsh = word[an_spec_pkg::F_SWP_LSH_MSB:an_spec_pkg::F_SWP_LSH_LSB];

  logic pair, go_late, narrowing;
  logic [10:0] rows_m1, cols_m1, x, x2, g, ginit, y, y2, acc, ainit;
  logic [13:0] stride;
  logic [1:0] gmode, amode, bsh, ksh;
  logic [4:0] wsh;
  logic [15:0] beta_f12, kappa_f12, mu_f12;
  logic two_q;
  wire two = Pairs && two_q;  // two words a column
  localparam bit Deep = Lanes > 2;  // registers that shorten paths: an_slot, an_row
  wire go_pair = go && pair && learn;
  an_projection #(.Pairs(Pairs)) u_projection (
      .clk, .rst_n, .word, .set_prj, .set_par, .set_row, .set_lan, .go_pair, .go_late, .reading, .narrowing, .scalar_addr, .narrow_f12,
      .placed_state, .placed_rate, .pair, .rows_m1, .cols_m1, .stride, .x, .x2, .g, .ginit, .gmode,
      .y, .y2, .acc, .ainit, .amode, .beta_f12, .kappa_f12, .mu_f12, .bsh, .ksh, .wsh
  );

  // which lanes count: rows of the last group, columns of the last block
  wire [2:0] row_rem = rows_m1[2:0] & 3'(Lanes - 1);
  wire [2:0] col_rem = cols_m1[2:0] & 3'(Lanes - 1);
  logic [Lanes-1:0] rows_on, cols_on;
  always_comb
    for (int l = 0; l < Lanes; l++) begin
      rows_on[l] = 3'(l) <= row_rem;
      cols_on[l] = 3'(l) <= col_rem;
    end

  logic phase, header, header_second, after_group, finish, row_start, row_last, row_zero, valid, first, last;
  logic [10:0] group, group_before, block;
  logic [LaneBits-1:0] row, coming_row;
  logic header_next, between, launch, going;
  logic last_group;
  wire forgets = pair && (beta_f12 != '0 || kappa_f12 != '0 || mu_f12 != '0);
  wire first_must = group == '0 && scatter && amode != an_spec_pkg::INIT_SELF;
  wire in_last = Deep ? group == rows_m1 >> $clog2(Lanes) : last_group;  // last_group itself comes a clock later
  // x2_live comes last
  wire [Lanes-1:0] count = in_last ? rows_on : {Lanes{1'b1}};
  wire [Lanes-1:0] sure = count & ({Lanes{!skip || (learn && forgets)}} | ({Lanes{scatter}} & x_live) | Lanes'(first_must));
  wire [Lanes-1:0] active = sure | (x2_live & count & {Lanes{learn}});
  wire start = go_late || (go && !go_pair);
  an_slot #(.Lanes(Lanes), .SynBits(SynBits)) u_slot (
      .clk, .rst_n, .set_base(set_prj), .base(word[an_spec_pkg::F_PRJ_WBASE_LSB+:SynBits]),
      .start, .long_header(skip || Ahead), .two_words(two), .learn, .step(pair && !learn ? 2'd2 : 2'd1), .over_v(over_v && pair),
      .stride, .rows_m1, .cols_m1, .active, .bus_load, .bus_addr, .phase, .header, .header_second, .group, .group_before, .last_group,
      .after_group, .finish, .header_next, .row_start, .row_last, .row, .row_zero, .between, .launch, .coming_row, .going, .valid, .first, .last, .block,
      .addr(syn_addr)
  );
  assign visit = row_start;
  wire [11:0] cols = {1'b0, cols_m1} + 12'd1;
  assign visits = two ? {cols, 1'b0} : {1'b0, cols};

  // stages: *_q[k] is the slot k clocks ago
  wire turn = valid && !(two && phase);           // scatter and gather
  wire tune = valid && learn && !(two && !phase);  // learn: plain, or the v slot of a pair
  localparam int Late = Ahead ? 1 : 0;
  logic [4:1] turn_q;
  logic [4+Late:1] header_q, after_q;
  // a row's sum is whole so many clocks behind its last slot (an_row). Hazard: Deep, the last row's meets the next group's start in C, and
  // is written from the result bus
  localparam int Sum = (Deep ? 5 : 4) + Late;
  logic [Sum:1] row_last_q;
  logic [12:1] tune_q, last_q;
  logic [4:1] first_q;
  logic [2:1] zero_q;
  logic header_second_q;
  logic [10:0] block_1, acc_block;
  logic [Sum*LaneBits:1] row_q;
  logic w_slot_q, v_slot_q;  // of a pair that learns: this slot is that of w, of v
  logic [5:0] drain_q;
  logic draining_q;
  assign done = draining_q && drain_q == (pair && learn ? 6'(an_spec_pkg::T_DRAIN_PAIR - 1) : 6'(an_spec_pkg::T_DRAIN - 1 + Late));
  always_ff @(posedge clk) begin
    if (!rst_n) begin
      busy <= 1'b0;
      two_q <= 1'b0;
      draining_q <= 1'b0;
      {turn_q, header_q, after_q, row_last_q, tune_q, header_second_q} <= '0;
    end else begin
      busy <= go || (busy && !done);
      two_q <= go_pair || (two_q && !done);
      draining_q <= finish || (draining_q && !done);
      turn_q <= {turn_q[3:1], turn};
      header_q <= {header_q[3+Late:1], header};
      after_q <= {after_q[3+Late:1], after_group};
      row_last_q <= {row_last_q[Sum-1:1], row_last};
      tune_q <= {tune_q[11:1], tune};
      header_second_q <= header_second;
    end
    drain_q <= draining_q ? drain_q + 6'd1 : '0;
    last_q <= {last_q[11:1], last};
    first_q <= {first_q[3:1], first && valid};
    zero_q <= {zero_q[1], row_zero && valid};
    block_1 <= block;
    if (first_q[3]) acc_block <= '0;
    else if (turn_q[3]) acc_block <= acc_block + 11'd1;
    row_q <= {row_q[(Sum-1)*LaneBits:1], row};
    w_slot_q <= two && (phase || start);
    v_slot_q <= two && !(phase || start);
  end

  // stage 0 and 1: addresses, factors
  assign syn_read = valid;
  logic [10:0] rate_base;
  if (Deep) begin : g_rate
    always_ff @(posedge clk) rate_base <= header_next ? x : header ? x2 : w_slot_q ? y2 : y;
  end else begin : g_rate
    assign rate_base = header ? x : header_second ? x2 : v_slot_q ? y2 : y;
    wire unused_next = header_next;
  end
  assign rate_addr = rate_base + (header || header_second ? group : block);
  wire from_init = header_q[2+Late] ? gmode == an_spec_pkg::INIT_FROM : zero_q[1] && amode == an_spec_pkg::INIT_FROM;
  wire [10:0] state_base = header_q[2+Late] ? (from_init ? ginit : g) : (from_init ? ainit : acc);
  if (Deep) begin : g_state  // chosen a clock before
    wire init_next = header_q[1+Late] ? gmode == an_spec_pkg::INIT_FROM : row_zero && valid && amode == an_spec_pkg::INIT_FROM;
    logic [10:0] base_q, off_q;
    always_ff @(posedge clk) begin
      base_q <= header_q[1+Late] ? (init_next ? ginit : g) : (init_next ? ainit : acc);
      off_q <= header_q[1+Late] ? group : block;
    end
    assign state_addr = base_q + off_q;
    wire unused_state = ^{state_base, block_1};
  end else begin : g_state
    assign state_addr = state_base + (header_q[2+Late] ? group : block_1);
  end
  assign x_en = header_q[1];
  assign x2_en = header_second_q;
  assign row_lane = Ahead ? row : row_q[LaneBits:1];  // Ahead: what it selects comes out of a register
  wire v_1 = w_slot_q;  // stages 1, 3, 5: the phase is the other one
  assign row_0 = v_1 ? beta_f12 : row_x_f12;
  assign row_1 = row_x2_f12;
  assign row_2 = !two ? row_x2_f12 : v_1 ? kappa_f12 : mu_f12;

  // accumulator and gathered sum writes, stage 4; of the sum with Ahead 5
  wire acc_we = turn_q[4] && scatter;
  wire gather_we = after_q[4+Late] && gather;
  wire [Lanes-1:0] group_on = group_before == rows_m1 >> $clog2(Lanes) ? rows_on : {Lanes{1'b1}};
  wire [Lanes-1:0] on_4 = last_q[4] ? cols_on : {Lanes{1'b1}};
  logic low_we;  // the low words, a clock after the high ones: the second header slot's, which writes no accumulator
  if (Split) begin : g_split
    logic after_low;
    always_ff @(posedge clk) after_low <= after_q[4+Late];
    assign low_we = after_low && raw && gather;
    assign state_we = gather_we || low_we ? group_on : acc_we ? on_4 : '0;
    assign state_waddr = gather_we || low_we ? (low_we ? ginit : g) + group_before : acc + acc_block;
  end else begin : g_split
    assign low_we = 1'b0;
    assign state_we = gather_we ? group_on : acc_we ? on_4 : '0;
    assign state_waddr = gather_we ? g + group_before : acc + acc_block;
  end
  assign sums_we = gather_we || low_we;
  assign gathered_en = row_last_q[Sum] && gather;
  wire start_en = header_q[4+Late] && gather;
  logic [Lanes-1:0] row_sum;
  always_comb for (int l = 0; l < Lanes; l++) row_sum[l] = row_q[Sum*LaneBits:(Sum-1)*LaneBits+1] == LaneBits'(l);
  assign c_en = start_en ? {Lanes{1'b1}} : gathered_en ? row_sum : '0;
  assign c_pass = Deep && gathered_en ? row_sum : '0;
  assign gather_en = last_q[1] ? cols_on : {Lanes{1'b1}};
  assign sum_products = turn_q[3] && gather;
  assign sum_first = first_q[3];
  assign sum_lane = row_q[3*LaneBits:2*LaneBits+1];

  // weight writes. Plain: a row's first address waits until its first word is written, 5 slots later; rows of 4 slots keep them apart
  logic [SynBits-1:0] row_addr, plain_waddr;
  always_ff @(posedge clk) begin
    if (first && valid) row_addr <= syn_addr;
    plain_waddr <= first_q[4] ? row_addr : plain_waddr + 1'b1;
  end
  wire v_we = two && tune_q[7];
  wire w_we = two ? tune_q[12] : tune_q[5];
  wire [Lanes-1:0] v_on = last_q[7] ? cols_on : {Lanes{1'b1}};
  wire [Lanes-1:0] w_on = (two ? last_q[12] : last_q[5]) ? cols_on : {Lanes{1'b1}};
  if (Deep) begin : g_waddr  // chosen a clock before: of the w slots of 6 and 12 clocks ago, the v word one further
    logic [6*SynBits-1:0] addr_q;
    wire v_next = two && tune_q[6];
    wire w_next = two ? tune_q[11] : tune_q[4];
    wire whole = !(v_next ? last_q[6] : two ? last_q[11] : last_q[4]);
    always_ff @(posedge clk) begin
      if (!phase) addr_q <= {addr_q[5*SynBits-1:0], syn_addr};
      syn_we <= (v_next || w_next) && rst_n ? cols_on | {Lanes{whole}} : '0;
      syn_waddr <= bus_load ? bus_addr : v_next ? {addr_q[4*SynBits-1:3*SynBits+1], 1'b1}
          : two ? addr_q[6*SynBits-1:5*SynBits] : first_q[4] ? row_addr : syn_waddr + 1'b1;
    end
    wire unused_waddr = ^plain_waddr;
  end else if (Pairs) begin : g_waddr  // of the w slots of 7 and 13 clocks ago, the v word one further
    assign syn_we = v_we ? v_on : w_we ? w_on : '0;
    logic [7*SynBits-1:0] addr_q;
    always_ff @(posedge clk) if (!phase) addr_q <= {addr_q[6*SynBits-1:0], syn_addr};
    assign syn_waddr = v_we ? {addr_q[4*SynBits-1:3*SynBits+1], 1'b1} : two ? addr_q[7*SynBits-1:6*SynBits] : plain_waddr;
  end else begin : g_waddr
    assign syn_we = w_we ? w_on : '0;
    assign syn_waddr = plain_waddr;
  end

  // rounding bits are launched a slot ahead of the word: before a plain column, in the w slot of a pair
  localparam logic [10:0] InBlock = 11'(an_spec_pkg::BLOCK_COLUMNS / Lanes - 1);
  logic plain;  // learns, and is no pair
  if (Deep) begin : g_plain
    always_ff @(posedge clk) plain <= learn && !pair;
  end else begin : g_plain
    assign plain = learn && !two;
  end
  assign rnd_launch = (w_slot_q && valid && (block & InBlock) == '0) || (plain && (launch || (going && (block & InBlock) == InBlock)));
  localparam int BlockShift = $clog2(an_spec_pkg::BLOCK_COLUMNS / Lanes);
  wire [10:0] row_in_group = 11'(two ? row : coming_row) & 11'(Lanes - 1);
  assign rnd_row = (group << $clog2(Lanes)) | row_in_group;
  logic [5:0] block_0;  // of the part
  if (Split) begin : g_first
    always_ff @(posedge clk) if (set_key) block_0 <= word[an_spec_pkg::F_KEY_BLOCK_MSB:an_spec_pkg::F_KEY_BLOCK_LSB];
  end else begin : g_first
    assign block_0 = '0;
    wire unused = set_key;
  end
  if (Deep) begin : g_block  // the number after this block's was there a clock before
    logic [5:0] next_q;
    always_ff @(posedge clk) next_q <= 6'(block >> BlockShift) + 6'd1 + block_0;
    assign rnd_block = two ? 6'(block >> BlockShift) + block_0 : between ? block_0 : next_q;
  end else if (Split) begin : g_block
    logic [5:0] block_first;  // that of the next slot's block 0
    always_ff @(posedge clk) block_first <= block_0 + 6'(!two);
    assign rnd_block = !two && row_start ? block_0 : 6'(block >> BlockShift) + block_first;
    wire unused_between = between;
  end else begin : g_block
    assign rnd_block = !two && row_start ? '0 : 6'(block >> BlockShift) + 6'(!two);
    wire unused_block = ^{between, block_0};
  end
  assign rnd_two = two;
  assign rnd_second = v_slot_q;  // of the next clock

  always_comb begin
    lane_ctl = '0;
    lane_ctl.a_clr = zero_q[2] && amode == an_spec_pkg::INIT_ZERO;
    lane_ctl.c_start = start_en;
    lane_ctl.c_clr = start_en && gmode == an_spec_pkg::INIT_ZERO;
    lane_ctl.write_c = gather_we || low_we;
    lane_ctl.write_low = low_we;
    lane_ctl.load = v_1 ? an_ctl_pkg::LOAD_V : v_slot_q ? an_ctl_pkg::LOAD_W : an_ctl_pkg::LOAD_PLAIN;
    lane_ctl.wnew = word[an_spec_pkg::F_SWP_WNEW_LSB];
    lane_ctl.bsh = bsh;
    lane_ctl.ksh = ksh;
    lane_ctl.r = w_slot_q ? wsh : lsh;
  end

  // Each site is final two clocks after its last write: acc and g in clocks 3 and 4 (Ahead: 5) of the drain, v in 7, w in the last one
  always_comb begin
    sites_back = 2'd0;
    if (draining_q && drain_q == 6'd3) sites_back = 2'd1;
    if (draining_q && drain_q == 6'(4 + Late)) sites_back = 2'd2;
    if (two && draining_q && drain_q == 6'd7) sites_back = 2'd3;
  end
  assign note_mid = sites_back != 2'd0;

  always_ff @(posedge clk)
    if (go) {sat_w, sat_acc, sat_g, sat_v, clip_par} <= '0;
    else if (busy) begin
      if (acc_we && |(acc_sat & on_4)) sat_acc <= 1'b1;
      if (gathered_en && gathered_sat) sat_g <= 1'b1;
      if (v_we && |(syn_sat & v_on)) sat_v <= 1'b1;
      if (w_we && |(syn_sat & w_on)) sat_w <= 1'b1;
      if (narrowing && narrow_clip) clip_par <= 1'b1;
    end
endmodule
`default_nettype wire
