// SPDX-License-Identifier: Apache-2.0
// an_vec -- every instruction that is no sweep: scalar operands, reads, control of the units, the write (machine.md 3, 4, 7)
// go at clock t0 with the instruction in word (held until done). Scalars t0+1 .. t0+nk; then steps: ADD .. LEAK take V lanes a step,
// so do TAB and a neighbour's IN and OUT where V > 1; the others one element. A step's last read is in stage 0: 1 at the memory, 2 word, 3 M, 4 A B C, 5 factors, 6 products, 7 shifted,
// 8 result, 9 written. OUT gives A in stage 4. TAB begins a step every TAB_PERIOD clocks: 6 T[i] addressed, 7 T[i+1], 9 the fraction is the
// half word; C A B16 have them in 9, 10, 11, then as from stage 4: written in 16. SUM DOT: sum in 7, scalar in 10; AMAX: C in 5, scalar in 10.
// PASS: one step, which waits as IN's does. IN: stage 0 takes the word, 1 result, 2 written. RECIP SQRT: A in 4, `bits_steps` clocks, result, written. A stream that is not ready holds
// everything: wait_cause tells which, and the core counts a stall, not a clock. Ahead: stages from M on come a clock later.
// A step reads a word a clock in the order a b c; Beside: an S and an R word a clock, each in that order, and what two operands share once.
// Mirror: sw/model/an_vec.c, an_serial.c
`default_nettype none
module an_vec #(
    parameter int Lanes = 2,
    parameter int Units = 1,
    parameter bit Recip = 1'b1,
    parameter bit Sums = 1'b1,
    parameter bit Ring = 1'b1,
    parameter bit Ahead = 1'b0,  // operands go through a register on their way to M: stages from 3 on are a clock later
    parameter bit Beside = 1'b0, // an R word is read beside an S word
    parameter bit Pass = 1'b0,   // PASS
    parameter bit Follow = 1'b0, // an elementwise instruction lets go of word when all its words are read
    parameter int ProgBits = 8,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1,
    localparam int Shift = $clog2(Lanes)
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic [        63:0] word,
    input  logic [        10:0] n_m1,
    input  logic                first,       // first clock of an instruction: go, or none of these
    input  logic                go,
    input  logic                cancel,
    output logic                done,        // last clock
    output logic                release_now, // word may be another one from the next clock on, go may come: of an instruction with steps enough
    input  logic                under_way,   // one that was released is not done
    input  logic [ProgBits-1:0] pc,
    output logic [ProgBits-1:0] site,        // where the instruction stands that is done
    output logic                serial,      // one element a step, unit 0
    // addresses
    output logic                hold_read,   // a stream is waited for: read ports and M stand still,
    output logic                hold_result, //   or the result bus
    output logic [        10:0] place_state,
    output logic [        10:0] place_rate,
    input  logic [        10:0] placed_state,
    input  logic [        10:0] placed_rate,
    output logic [         7:0] scalar_addr,
    output logic [        10:0] state_addr,
    output logic [        10:0] rate_addr,
    output logic [LaneBits-1:0] read_lane,   // first lane of the step whose words are on M
    output logic [        10:0] state_waddr,
    output logic [        10:0] rate_waddr,
    output logic [LaneBits-1:0] write_lane,
    output logic [   Lanes-1:0] state_we,
    output logic [   Lanes-1:0] rate_we,
    output logic                scalar_we,
    input  logic                bus_open,
    input  logic [        10:0] bus_block,
    // units
    output an_ctl_pkg::unit_t   unit_ctl,
    output logic                add_n,
    output logic                table_take,
    output logic                table_next,
    output logic                half_table,  // the half word comes from the table, the fraction, or the rate memory
    output logic                half_fraction,
    input  logic [32*Units-1:0] a_f24,
    input  logic                greater,     // of unit 0
    output logic [32*Units-1:0] word_f24,    // the result is this word (unit_ctl.word_en)
    // records
    input  logic [   Units-1:0] narrow_clip,
    input  logic [   Units-1:0] d_sat,
    input  logic [   Units-1:0] result_sat,
    input  logic [   Units-1:0] rate_sat,
    output logic                sat,
    output logic                clip,
    // streams: host 0, up 1, down 2. A neighbour's step has a word for every unit, of which the receiver takes the lanes that count for it
    output logic [         3:0] wait_cause,
    input  logic [         2:0] in_valid,
    output logic [         2:0] in_ready,
    input  logic [        15:0] in_host_f12,
    input  logic [32*Units-1:0] in_up_f24,
    input  logic [32*Units-1:0] in_down_f24,
    output logic [         2:0] out_valid,
    input  logic [         2:0] out_ready,
    output logic [32*Units-1:0] out_data,
    output logic [   Units-1:0] taken,       // words that count, of the step that is taken; given: of the one that goes to a neighbour
    output logic [32*Units-1:0] taken_value,
    output logic [   Units-1:0] given,
    // PASS from above 0, below 1: its steps less one; the one before has not gone past
    output logic [         1:0] pass_set,
    output logic [        10:0] pass_m1,
    input  logic [         1:0] pass_busy
);
  wire [4:0] op = word[an_spec_pkg::F_OP_MSB:an_spec_pkg::F_OP_LSB];
  wire [1:0] asp = word[an_spec_pkg::F_VEC_ASP_MSB:an_spec_pkg::F_VEC_ASP_LSB];
  wire [1:0] bsp = word[an_spec_pkg::F_VEC_BSP_MSB:an_spec_pkg::F_VEC_BSP_LSB];
  wire csp = word[an_spec_pkg::F_VEC_CSP_LSB];
  wire [1:0] dsp = word[an_spec_pkg::F_VEC_DSP_MSB:an_spec_pkg::F_VEC_DSP_LSB];
  wire [4:0] sh = word[an_spec_pkg::F_VEC_SH_MSB:an_spec_pkg::F_VEC_SH_LSB];
  wire neg = word[an_spec_pkg::F_VEC_NEG_LSB];
  wire [10:0] d_at = word[an_spec_pkg::F_VEC_D_MSB:an_spec_pkg::F_VEC_D_LSB];
  wire [10:0] a_at = word[an_spec_pkg::F_VEC_A_MSB:an_spec_pkg::F_VEC_A_LSB];
  wire [10:0] b_at = word[an_spec_pkg::F_VEC_B_MSB:an_spec_pkg::F_VEC_B_LSB];
  wire [10:0] c_at = word[an_spec_pkg::F_VEC_C_MSB:an_spec_pkg::F_VEC_C_LSB];

  // the kind of instruction: now, in its first clock (go); and from the second one on, in which there is something to do
  wire in_now = op == an_spec_pkg::OP_IN;
  wire out_now = op == an_spec_pkg::OP_OUT;
  wire pass_now = Pass && op == an_spec_pkg::OP_PASS;
  wire is_add = op == an_spec_pkg::OP_ADD;
  wire is_min = op == an_spec_pkg::OP_MIN;
  wire is_max = op == an_spec_pkg::OP_MAX;
  wire is_sel = op == an_spec_pkg::OP_SEL;
  wire is_leak = op == an_spec_pkg::OP_LEAK;
  wire tab_now = op == an_spec_pkg::OP_TAB;
  wire is_sum = Sums && op == an_spec_pkg::OP_SUM;
  wire is_dot = Sums && op == an_spec_pkg::OP_DOT;
  wire best_now = op == an_spec_pkg::OP_AMAX;
  wire is_root = op == an_spec_pkg::OP_SQRT;
  wire bits_now = Recip && (is_root || op == an_spec_pkg::OP_RECIP);
  wire multiplies = op == an_spec_pkg::OP_MUL || op == an_spec_pkg::OP_MAC || is_leak;
  wire b_to_c = is_add || is_min || is_max;
  wire b_32 = b_to_c || is_sel;
  wire uses_c = is_sel || is_leak || op == an_spec_pkg::OP_MAC;
  wire uses_b = b_32 || multiplies || is_dot;
  wire uses_a = !in_now && !pass_now;
  wire reduces_now = is_sum || is_dot || best_now;
  logic is_in, is_out, is_tab, is_best, is_bits, reduces, k_dest;
  logic [2:0] from_q, to_q;  // IN's port, OUT's
  logic [1:0] pass_q;        // PASS's: up, down
  wire to_up = b_at[1:0] == an_spec_pkg::PORT_UP;
  wire to_down = b_at[1:0] == an_spec_pkg::PORT_DOWN;
  wire [2:0] at_port = {to_down, to_up, !to_up && !to_down};
  wire elementwise_now = b_32 || multiplies;
  logic elementwise;
  wire keep = Follow && !go;  // word may be one that does not execute yet
  always_ff @(posedge clk)
    if (!keep) begin
      from_q <= in_now ? at_port : '0;
      to_q <= out_now ? at_port : '0;
      pass_q <= pass_now ? at_port[2:1] : '0;
      {is_in, is_out, is_tab, is_best, is_bits} <= {in_now, out_now, tab_now, best_now, bits_now};
      reduces <= reduces_now;
      elementwise <= elementwise_now;
      serial <= !(elementwise_now || (Units > 1 && (tab_now || ((in_now || out_now) && !at_port[0]))));
      k_dest <= dsp == an_spec_pkg::SPC_K || reduces_now;
    end

  wire passes = Units > 1 && (is_in || is_out);  // a neighbour's words: with them a step computes nothing

  wire [2:0] in_scalar = {uses_c && csp, uses_b && bsp == an_spec_pkg::SRC_K, uses_a && asp == an_spec_pkg::SRC_K};
  logic single;
  always_comb
    if (is_sum || best_now || out_now) single = in_scalar[0];
    else if (is_dot) single = in_scalar[0] && in_scalar[1];
    else single = dsp == an_spec_pkg::SPC_K || pass_now;
  logic [10:0] neurons_m1;  // from the clock after go on
  always_ff @(posedge clk) if (!keep) neurons_m1 <= single ? '0 : n_m1;
  wire [10:0] last_block = neurons_m1 >> Shift;
  wire [LaneBits-1:0] rem = neurons_m1[LaneBits-1:0] & LaneBits'(Lanes - 1);

  // what is read of the memories
  wire a_rate = asp == an_spec_pkg::SRC_R;
  wire b_rate = bsp == an_spec_pkg::SRC_R;
  wire [2:0] in_memory = {uses_c && !csp, uses_b && (bsp == an_spec_pkg::SRC_S || b_rate),
                          uses_a && (asp == an_spec_pkg::SRC_S || a_rate)};

  // ------------------------------------------------------------------ scalars, then steps
  logic scalar_q, issue_q;
  logic [2:0] scalar_left, memory_left, scalar_1, scalar_2;
  logic [1:0] period_q;
  localparam int Late = Ahead ? 1 : 0;
  logic [16+Late:1] fire_q;
  wire [16:3] stage = fire_q[16+Late:3+Late];
  wire entering = |fire_q[2+Late:1];
  logic bits_busy, bits_last, bits_strobe;  // last: strobe in the next clock
  logic [10:0] block_q;
  logic [LaneBits-1:0] lane_q;
  wire [2:0] scalar_now = scalar_left & (~scalar_left + 3'd1);
  wire [2:0] scalar_rest = scalar_left & ~scalar_now;
  wire scalars_end = scalar_q && scalar_rest == '0;
  wire begin_steps = (go && in_scalar == '0) || scalars_end;
  assign scalar_addr = is_tab || scalar_now[0] ? a_at[7:0] : scalar_now[1] ? b_at[7:0] : c_at[7:0];

  wire give = is_out && stage[4];
  wire wait_in = issue_q && (|(from_q & ~in_valid) || |(pass_q & pass_busy));
  wire wait_out = stage[4] && |(to_q & ~out_ready);
  wire hold = wait_in || wait_out;
  assign {hold_read, hold_result} = {wait_out, wait_in};
  wire turn = is_tab ? period_q == '0 : !bits_busy;
  wire step = issue_q && turn && !hold;
  // now: operands whose words are read in this clock; served: those that get one. rest: what then is left of the step
  logic [2:0] memory_now, memory_rest, memory_served;
  logic [1:0] state_now;  // a is the S word; b, if a is not
  logic a_rate_now;       // a is the R word
  if (Beside) begin : g_order
    // Same word; which operands have an S or R word of their own: from the clock after go on, in registers, since an address and its ring window follow
    logic b_is_a, c_is_a, c_is_b;
    logic [2:0] own_state;
    logic [1:0] own_rate;
    wire same_ba = in_memory[0] && in_memory[1] && asp == bsp && a_at == b_at;
    wire same_ca = in_memory[0] && in_memory[2] && !a_rate && a_at == c_at;
    wire same_cb = in_memory[1] && in_memory[2] && !b_rate && b_at == c_at;
    always_ff @(posedge clk) begin
      {b_is_a, c_is_a, c_is_b} <= {same_ba, same_ca, same_cb};
      own_state <= {!same_ca && !same_cb, !b_rate && !same_ba, !a_rate};
      own_rate <= {b_rate && !same_ba, a_rate};
    end
    wire [2:0] states = memory_left & own_state;
    wire [2:0] rates = {1'b0, memory_left[1:0] & own_rate};
    assign memory_now = (states & (~states + 3'd1)) | (rates & (~rates + 3'd1));
    assign memory_rest = (states | rates) & ~memory_now;
    assign memory_served = {memory_now[2] || (memory_now[0] && c_is_a) || (memory_now[1] && c_is_b), memory_now[1] || (memory_now[0] && b_is_a), memory_now[0]};
    assign state_now = states[1:0];
    assign a_rate_now = rates[0];
  end else begin : g_order
    assign memory_now = memory_left & (~memory_left + 3'd1);
    assign memory_rest = memory_left & ~memory_now;
    assign {memory_served, state_now} = {memory_now, memory_now[1:0]};
    assign a_rate_now = memory_now[0] && a_rate;
  end
  wire step_end = memory_rest == '0;
  wire fire = step && step_end;
  wire in_last = block_q == last_block;
  wire last_lane = single || lane_q == (!serial ? LaneBits'(Lanes - Units) : in_last ? rem : LaneBits'(Lanes - 1));
  wire last_step = last_lane && in_last;

  // the last step of an elementwise instruction carries a mark; it is done when that is written
  localparam logic [10:0] FewBlocks = 11'((an_spec_pkg::T_FOLLOW_STEPS + Lanes / Units - 1) / (Lanes / Units) - 1);
  logic [8+Late:1] mark_q;
  wire mark = fire && last_step && elementwise;
  always_ff @(posedge clk) mark_q <= rst_n && Follow ? {mark_q[7+Late:1], mark} : '0;
  wire leave = Follow && last_block >= FewBlocks && !k_dest;
  assign release_now = leave && (Ahead ? mark_q[1] : mark);

  always_ff @(posedge clk)
    if (!rst_n || cancel) begin
      {scalar_q, issue_q, scalar_1, scalar_2} <= '0;
    end else begin
      scalar_q <= (go && in_scalar != '0) || (scalar_q && !scalars_end);
      scalar_1 <= scalar_q ? scalar_now : '0;
      scalar_2 <= scalar_1;
      issue_q <= begin_steps || (issue_q && !(fire && last_step));
    end
  always_ff @(posedge clk) begin
    scalar_left <= go ? in_scalar : scalar_rest;
    if (begin_steps || fire) memory_left <= in_memory;
    else if (step) memory_left <= memory_rest;
    period_q <= begin_steps ? '0 : period_q + 2'd1;
    if (go || bus_open) begin
      block_q <= '0;
      lane_q <= '0;
    end else if (fire) begin
      lane_q <= last_lane ? '0 : lane_q + LaneBits'(serial ? 1 : Units);
      if (last_lane) block_q <= block_q + 11'd1;
    end
  end

  // ------------------------------------------------------------------ stages
  logic [2:0] memory_1, memory_2, memory_3, memory_word;
  logic half_1, half_2, half_word, tail_1, tail_2;
  logic [LaneBits-1:0] lane_1;
  logic [Units-1:0] live_2;
  logic [Units-1:0] live_word;
  localparam int LiveStages = Units > 1 ? 14 : 7;  // from stage 3 on: to 9, with TAB to 16
  logic [Units*LiveStages-1:0] live_q;
  wire clear = done && !(Follow && under_way);
  always_comb for (int u = 0; u < Units; u++) live_2[u] = serial ? u == 0 : !tail_2 || 4'(read_lane) + 4'(u) <= 4'(rem);
  always_ff @(posedge clk) begin
    if (!rst_n || cancel || clear) begin  // what an instruction leaves in later stages is not for the next one
      {memory_1, memory_2, memory_3} <= '0;
      fire_q <= '0;
    end else if (!hold) begin
      memory_1 <= step ? memory_served : '0;
      memory_2 <= memory_1;
      memory_3 <= memory_word;
      fire_q <= {fire_q[15+Late:10+Late], fire_q[9+Late] && !(Follow && elementwise), fire_q[8+Late:1], fire};
    end
    if (!hold) begin
      half_1 <= !Beside && (memory_now[0] ? a_rate : b_rate && memory_now[1]);
      half_2 <= half_1;
      tail_1 <= in_last;
      tail_2 <= tail_1;
      lane_1 <= lane_q;
      read_lane <= lane_1;
    end
    live_q <= {live_q[Units*(LiveStages-1)-1:0], live_word};
  end
  if (Ahead) begin : g_word
    always_ff @(posedge clk) begin
      if (!rst_n || cancel || clear) memory_word <= '0;
      else if (!hold) memory_word <= memory_2;
      if (!hold) half_word <= half_2;
      live_word <= live_2;
    end
  end else begin : g_word
    assign {memory_word, half_word, live_word} = {memory_2, half_2, live_2};
  end
  wire [Units-1:0] live_3 = live_q[Units-1:0];
  wire [Units-1:0] live_4 = live_q[Units*2-1:Units];
  wire [Units-1:0] live_8 = live_q[Units*6-1:Units*5];
  wire [Units-1:0] live_9 = live_q[Units*7-1:Units*6];
  wire [Units-1:0] live_write = is_tab ? live_q[Units*(LiveStages-1)+:Units] : passes ? live_2 : live_9;

  // addresses: placed in stage 0, added in stage 1. At go: the destination
  assign place_state = first ? d_at : state_now[0] ? a_at : state_now[1] ? b_at : c_at;
  assign place_rate = first ? d_at : a_rate_now ? a_at : b_at;
  logic [10:0] state_base, rate_base, state_dest, rate_dest, block_1, write_block;
  always_ff @(posedge clk) begin
    if (!hold) begin
      state_base <= bus_open ? bus_block : placed_state;
      rate_base <= bus_open ? bus_block : placed_rate;
      block_1 <= block_q;
    end
  end
  logic dest_1, dest_0;  // the destination's space: bit 0, and R or SR
  if (Follow) begin : g_dest  // waits until the one before is written
    logic [10:0] state_next, rate_next;
    logic [1:0] dsp_next, dsp_q;
    logic [ProgBits-1:0] site_next;
    always_ff @(posedge clk) begin
      if (go) {state_next, rate_next, dsp_next, site_next} <= {placed_state, placed_rate, dsp, pc};
      if (bus_open) {state_dest, rate_dest} <= {bus_block, bus_block};
      else if (!under_way || done) {state_dest, rate_dest} <= {state_next, rate_next};
      if (!under_way || done) {dsp_q, site} <= {dsp_next, site_next};
    end
    assign {dest_1, dest_0} = dsp_q;
  end else if (Ring) begin : g_dest
    assign {dest_1, dest_0, site} = {dsp, pc};
    always_ff @(posedge clk)
      if (go || bus_open) begin
        state_dest <= bus_open ? bus_block : placed_state;
        rate_dest <= bus_open ? bus_block : placed_rate;
      end
  end else begin : g_dest
    assign {dest_1, dest_0, site} = {dsp, pc};
    assign state_dest = bus_open ? bus_block : d_at;
    assign rate_dest = state_dest;
  end
  assign state_addr = state_base + block_1;
  assign rate_addr = rate_base + block_1;

  // ------------------------------------------------------------------ the write
  // what a stream holds back comes last
  wire result_due = is_tab ? stage[16] : is_in ? fire_q[2] : is_bits ? bits_strobe : stage[9] && !is_out && !reduces;
  wire reduced = reduces && stage[10] && !(issue_q || entering || |stage[9:3]);
  wire result_strobe = result_due && !wait_in;
  wire due = result_due || reduced;
  wire strobe = due && !wait_in;
  // The last clock. It is known a clock before, but of OUT: its last word goes when the stream takes it
  logic last_q;
  wire none_under_way = !issue_q && !entering && stage[7:3] == '0;
  wire last_now = Follow && elementwise ? mark_q[8+Late] : is_tab ? stage[15] && none_under_way && stage[14:8] == '0 : is_in ? fire_q[1] && !issue_q : pass_q != '0 ? fire
      : is_bits ? bits_last && !issue_q : reduces ? stage[9] && none_under_way && !stage[8] : stage[8] && none_under_way && !is_out;
  always_ff @(posedge clk) last_q <= last_now && rst_n && !cancel && !done;
  wire out_last = give && !issue_q && !entering && !stage[3];
  assign done = last_q || (out_last && !wait_out);
  assign scalar_we = strobe && k_dest;
  wire to_state = !k_dest && !dest_0;
  wire to_rate = !k_dest && {dest_1, dest_0} != an_spec_pkg::SPC_S;
  logic [Lanes-1:0] lanes_on;
  always_comb
    for (int l = 0; l < Lanes; l++)
      lanes_on[l] = serial ? write_lane == LaneBits'(l) : (Units == Lanes || write_lane == LaneBits'(l - l % Units)) && live_write[l%Units];
  wire to_both = {dest_1, dest_0} == an_spec_pkg::SPC_SR && !k_dest;
  assign state_we = lanes_on & {Lanes{due && (to_state || to_both)}} & {Lanes{!wait_in}};
  assign rate_we = lanes_on & {Lanes{due && to_rate}} & {Lanes{!wait_in}};
  assign state_waddr = state_dest + write_block;
  assign rate_waddr = rate_dest + write_block;
  always_ff @(posedge clk)
    if ((go && !(Follow && under_way)) || bus_open || (Follow && done)) begin
      write_block <= '0;
      write_lane <= '0;
    end else if (result_strobe || (is_best && stage[4])) begin
      if (write_lane == LaneBits'(serial ? Lanes - 1 : Lanes - Units)) begin
        write_lane <= '0;
        write_block <= write_block + 11'd1;
      end else write_lane <= write_lane + LaneBits'(serial ? 1 : Units);
    end

  // ------------------------------------------------------------------ control of the units
  wire [2:0] word_3 = memory_3 | scalar_2;
  wire sums = reduces && !is_best;
  assign add_n = sums && stage[6];
  assign table_take = stage[5];
  assign table_next = stage[6];  // T[i] is addressed in that clock
  assign half_table = is_tab && (stage[7] || stage[8]);
  assign half_fraction = is_tab && stage[9];
  logic best_any_q;
  // what stands still while an instruction runs, as the steps in a stage need it: operands are taken in stage 3, added in 4, and so on
  typedef struct packed {
    logic sel, factor, plus, exceeds;  // SEL; B16 is taken; C is B; A - C may saturate
  } kind_t;
  an_ctl_pkg::unit_t still, still_q, of_take, of_sum, of_shift, of_clip;
  kind_t kind_now, kind_take, kind_sum;
  assign kind_now = {is_sel, multiplies || is_dot, b_to_c, is_add || is_leak};
  always_ff @(posedge clk) if (!keep) still_q <= still;
  logic clr;
  if (Follow) begin : g_still
    // A number of clocks after go: the one before has left that stage, and this one is not there yet, since a go is at the earliest a clock
    // (Ahead: two) after the last read, and the next one eight steps later
    logic [6:1] go_q;
    kind_t kind_q;
    always_ff @(posedge clk) begin
      go_q <= rst_n ? {go_q[5:1], go} : '0;
      if (go) kind_q <= kind_now;
      if (go_q[2]) {of_take, kind_take} <= {still_q, kind_q};
      if (go_q[3]) {of_sum, kind_sum} <= {still_q, kind_q};
      if (go_q[5]) of_shift <= still_q;
      if (go_q[6]) of_clip <= still_q;
    end
    assign clr = go_q[3];
  end else begin : g_still
    assign {of_take, of_sum, of_shift, of_clip} = {4{still_q}};
    assign {kind_take, kind_sum} = {2{kind_now}};
    always_ff @(posedge clk) clr <= go;
  end
  wire unused_still = ^{of_take, of_sum, of_shift, of_clip, kind_take, kind_sum};
  always_comb begin
    unit_ctl = still_q;
    unit_ctl.clr = clr;
    {unit_ctl.b_one, unit_ctl.a_16, unit_ctl.c_neg} = {of_take.b_one, of_take.a_16, of_take.c_neg};
    {unit_ctl.sign_half, unit_ctl.b_half, unit_ctl.c_half} = {of_take.sign_half, of_take.b_half, of_take.c_half};
    {unit_ctl.d_sum, unit_ctl.carry, unit_ctl.line_en, unit_ctl.pick} = {of_sum.d_sum, of_sum.carry, of_sum.line_en, of_sum.pick};
    {unit_ctl.neg, unit_ctl.ext, unit_ctl.r} = {of_shift.neg, of_shift.ext, of_shift.r};
    unit_ctl.post = of_clip.post;
    unit_ctl.hold_read = hold_read;
    unit_ctl.hold_result = hold_result;
    unit_ctl.m_scalar = scalar_1 != '0 || (is_tab && in_scalar[0] && fire_q[2+Late]);
    unit_ctl.m_half = half_table || half_fraction || half_word;
    unit_ctl.a_en = ((kind_take.sel ? word_3[1] : word_3[0]) || (is_tab && (stage[3] || stage[9]))) && !hold;
    unit_ctl.a_half = of_take.a_half && (kind_take.sel ? word_3[1] : word_3[0]);
    unit_ctl.sign_en = word_3[0];
    unit_ctl.b_en = kind_take.factor && word_3[1] || (is_tab && stage[10]);
    unit_ctl.c_en = word_3[2] || (kind_take.plus && word_3[1]) || (is_tab && stage[8]);
    unit_ctl.max_en = is_best && stage[4];
    unit_ctl.max_any = best_any_q;
  end
  // a clock behind the word
  always_comb begin
    still = '0;
    still.b_one = is_add || is_sum;
    still.a_16 = is_dot;
    // an R word comes over H; of TAB what is no operand comes over M
    still.a_half = Beside && (is_sel ? b_rate : a_rate);
    still.sign_half = Beside && a_rate;
    still.b_half = Beside && b_rate && (multiplies || is_dot);
    still.c_half = Beside && b_rate && b_to_c;
    still.c_neg = is_add && !neg;
    still.d_sum = b_to_c || is_leak || tab_now || best_now;
    still.carry = !best_now && !still.c_neg;
    still.word_en = in_now || bits_now || (best_now && neg);
    still.line_en = !is_add;
    still.pick = is_min ? an_ctl_pkg::PICK_MIN : is_max ? an_ctl_pkg::PICK_MAX : is_sel ? an_ctl_pkg::PICK_SEL : an_ctl_pkg::PICK_C;
    still.neg = neg && multiplies;
    still.ext = is_sum || is_dot;
    still.r = is_sum || is_dot ? sh : tab_now ? 5'd15 : is_add ? 5'd12 : sh + 5'd12;
    still.post = reduces_now ? an_spec_pkg::POST_NONE : word[an_spec_pkg::F_VEC_POST_MSB:an_spec_pkg::F_VEC_POST_LSB];
  end

  // ------------------------------------------------------------------ streams, AMAX's index, RECIP and SQRT
  always_comb begin
    wait_cause = an_spec_pkg::STALL_NONE;
    if (wait_in)
      wait_cause = to_up ? an_spec_pkg::STALL_RECV_UP : to_down ? an_spec_pkg::STALL_RECV_DOWN : an_spec_pkg::STALL_INPUT;
    if (wait_out)
      wait_cause = to_up ? an_spec_pkg::STALL_SEND_UP : to_down ? an_spec_pkg::STALL_SEND_DOWN : an_spec_pkg::STALL_OUTPUT;
  end
  assign in_ready = from_q & {3{issue_q}};
  // PASS: one step that takes nothing, and no word of it is written, for it is done before
  assign pass_set = pass_q & {2{fire}};
  assign pass_m1 = k_dest ? '0 : Units == 1 ? n_m1 : n_m1 >> $clog2(Units) | 11'(Lanes / Units - 1);
  assign out_valid = to_q & {3{stage[4]}};
  wire [32*Units-1:0] near_f24 = to_up ? in_up_f24 : in_down_f24;
  wire [31:0] taken_f24 = to_up ? in_up_f24[31:0] : to_down ? in_down_f24[31:0] : {{4{in_host_f12[15]}}, in_host_f12, 12'b0};
  always_comb begin
    out_data = a_f24;
    if (a_rate && to_q[0]) out_data[31:0] = {{12{a_f24[31]}}, a_f24[31:12]};
    taken_value = near_f24;
    taken_value[31:0] = to_up ? in_up_f24[31:0] : to_down ? in_down_f24[31:0] : {{16{in_host_f12[15]}}, in_host_f12};
    for (int u = 0; u < Units; u++) taken[u] = is_in && issue_q && !wait_in && (serial ? u == 0 : !in_last || 4'(lane_q) + 4'(u) <= 4'(rem));
  end
  // which lanes of a step count, on its way to stage 4: it stands still where the step does
  localparam int GivenBits = Units * (2 + Late);
  logic [GivenBits-1:0] given_q;
  always_ff @(posedge clk) if (!hold) given_q <= GivenBits'({given_q, live_2});
  assign given = given_q[GivenBits-1-:Units] & {Units{stage[4] && |(to_q[2:1] & out_ready[2:1])}};

  // AMAX writes nothing meanwhile: the write counters count its elements
  logic [10:0] best_index_q;
  always_ff @(posedge clk)
    if (go) begin
      best_any_q <= 1'b1;
    end else if (stage[4]) begin
      best_any_q <= 1'b0;
      if (best_any_q || greater) best_index_q <= (write_block << Shift) | (11'(write_lane) & 11'(Lanes - 1));
    end

  logic [31:0] bits_f24;
  logic bits_sat;
  if (Recip) begin : g_bits
    logic run_q;
    logic [2:1] end_q;
    assign bits_last = end_q[2];
    logic [5:0] left_q;  // steps to go, less one: of RECIP 48 - sh, of SQRT 27
    an_recip u_recip (
        .clk, .load(stage[4] && is_bits), .step(run_q), .root(is_root), .in_a_f24(a_f24[31:0]), .result_f24(bits_f24), .sat(bits_sat)
    );
    always_ff @(posedge clk) begin
      left_q <= stage[4] ? (is_root ? 6'd27 : 6'd48 - {sh[4], sh}) : left_q - 6'd1;
      if (!rst_n || cancel) {run_q, end_q, bits_strobe, bits_busy} <= '0;
      else begin
        run_q <= (stage[4] && is_bits) || (run_q && left_q != '0);
        end_q <= {end_q[1], run_q && left_q == '0};
        bits_strobe <= bits_last;
        bits_busy <= (fire && is_bits) || (bits_busy && !bits_strobe);
      end
    end
  end else begin : g_bits
    assign {bits_f24, bits_sat, bits_last, bits_strobe, bits_busy} = '0;
  end
  always_comb begin
    word_f24 = near_f24;
    word_f24[31:0] = is_in ? taken_f24 : is_bits ? bits_f24 : {21'b0, best_index_q};
  end

  // ------------------------------------------------------------------ saturations and clips, of lanes that count
  wire clip_now = ((unit_ctl.b_en && !unit_ctl.b_half && !is_tab) || (unit_ctl.a_en && !unit_ctl.a_half && unit_ctl.a_16))
      && |(narrow_clip & (scalar_2 != '0 ? '1 : live_3));
  wire d_now = stage[4] && kind_sum.exceeds && |(d_sat & live_4);
  wire result_now = sums ? stage[9] && !issue_q && !entering && stage[8:3] == '0 && result_sat[0]
      : stage[8] && !serial && !is_tab && !passes && |(result_sat & live_8);
  wire rate_now = strobe && to_rate && (serial ? rate_sat[0] : |(rate_sat & live_write));
  logic d_cuts, result_cuts, clips, again;  // again: of another instruction from now on
  if (Follow) begin : g_cuts  // each comes with the write of its step
    logic [6:1] clip_q;
    logic [5:1] d_q;
    logic result_q, done_q;
    always_ff @(posedge clk) begin
      clip_q <= {clip_q[5:1], clip_now};
      d_q <= {d_q[4:1], d_now};
      result_q <= result_now;
      done_q <= done && rst_n;
    end
    assign {d_cuts, result_cuts, clips} = {d_q[5], result_q, clip_q[6]};
    assign again = done_q || (go && !under_way);
  end else begin : g_cuts
    assign {d_cuts, result_cuts, clips, again} = {d_now, result_now, clip_now, go};
  end
  wire cuts = d_cuts || result_cuts || rate_now || (bits_sat && is_bits && bits_strobe);
  always_ff @(posedge clk) begin
    sat <= Follow && again ? cuts : !again && (cuts || sat);
    clip <= Follow && again ? clips : !again && (clips || clip);
  end
  wire unused = ^{word, in_up_f24, in_down_f24, under_way};
endmodule
`default_nettype wire
