// SPDX-License-Identifier: Apache-2.0
// an_inlet -- a neighbour's words come in beside the core's sweeps and vector work (TAKE; docs/machine.md sections 7 and 9)
// set, while it is not busy: word is the TAKE, its destination in placed_*; steps of V words from the next clock on, to R one a clock, to S one in TAKE_PERIOD.
// A step that is taken in T is written in T+1; in S a clock or two later where a sweep writes its sums, which takes two clocks in a row at most and
// leaves more than those between. busy: to the clock after the last step was taken: what executes next reads it written. open: until something has to wait (closes).
// word_waits: word, a SWP, touches what comes in, or scatters into the memory it goes to, or has no ROW and LAN of its own, which are looked at as they are set;
// or word, a vector instruction, writes that memory, reads what comes in, or is after the port. Mirror: sw/model/an_inlet.c
`default_nettype none
module an_inlet #(
    parameter int Lanes = 2,
    parameter int Units = 2,
    parameter int StateBits = 9,  // of a block's address
    parameter int RateBits = 9,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1
) (
    input  logic                 clk,
    input  logic                 rst_n,
    input  logic                 running,
    input  logic [          1:0] set,           // from above, from below
    input  logic [         63:0] word,
    input  logic [         10:0] n_m1,
    input  logic [         10:0] steps_m1,
    input  an_ctl_pkg::places_t  placed_state,
    input  an_ctl_pkg::places_t  placed_rate,
    input  logic                 set_prj,
    input  logic                 set_row,
    input  logic                 set_lan,
    output logic                 word_waits,
    input  logic                 closes,
    input  logic                 state_taken,   // a sweep writes S in this clock
    input  logic [          1:0] in_valid,
    output logic [          1:0] in_ready,
    input  logic [ 32*Units-1:0] in_up_f24,
    input  logic [ 32*Units-1:0] in_down_f24,
    output logic                 open,
    output logic                 busy,
    output logic                 from_up,
    output logic [    Lanes-1:0] state_we,
    output logic [    Lanes-1:0] rate_we,
    output logic [         10:0] waddr,
    output logic [ 32*Units-1:0] words_f24      // of a rate the middle, as OUT has given it
);
  localparam int Shift = $clog2(Lanes);
  localparam int Steps = Lanes / Units;  // of a block
  logic active, late_q, full, to_state;
  logic [1:0] gap_q;
  logic [10:0] left_m1, addr;
  logic [LaneBits-1:0] lane, rem;
  logic [Lanes-1:0] on, on_q;

  assign in_ready = {!from_up, from_up} & {2{active && gap_q == '0}};
  wire take = |(in_ready & in_valid);
  wire last = left_m1 == '0;
  wire in_last = Units > 1 && left_m1 >> $clog2(Steps) == '0;  // of one unit only lanes that count have steps
  wire block_ends = lane == LaneBits'(Lanes - Units);
  always_comb for (int l = 0; l < Lanes; l++) on[l] = LaneBits'(l / Units * Units) == lane && (!in_last || LaneBits'(l) <= rem);

  wire [10:0] dest = word[an_spec_pkg::F_VEC_DSP_LSB] ? placed_rate.d : placed_state.d;
  wire waits = to_state && state_taken;
  assign state_we = on_q & {Lanes{full && to_state && !state_taken}};
  assign rate_we = on_q & {Lanes{full && !to_state}};
  assign busy = active || late_q;
  always_ff @(posedge clk) begin
    active <= rst_n && running && (|set || (active && !(take && last)));
    open <= rst_n && running && (|set || (open && !closes));
    late_q <= rst_n && active;
    full <= rst_n && (take || (full && waits));
    if (|set) begin
      from_up <= set[0];
      to_state <= word[an_spec_pkg::F_VEC_DSP_MSB:an_spec_pkg::F_VEC_DSP_LSB] == an_spec_pkg::SPC_S;
      {left_m1, lane, rem, gap_q} <= {steps_m1, LaneBits'(0), n_m1[LaneBits-1:0] & LaneBits'(Lanes - 1), 2'd0};
    end else if (take) begin
      left_m1 <= left_m1 - 11'd1;
      lane <= block_ends ? '0 : lane + LaneBits'(Units);
      gap_q <= to_state ? 2'(an_spec_pkg::T_TAKE_PERIOD - 1) : 2'd0;
    end else if (gap_q != '0) gap_q <= gap_q - 2'd1;
    if (|set) addr <= dest;
    else if (take && block_ends) addr <= addr + 11'd1;
    if (take) {on_q, waddr, words_f24} <= {on, addr, from_up ? in_up_f24 : in_down_f24};
  end

  // which operands meet what comes in: addresses of a memory go around. Of fields d or c, a, b: the row and lane operands of a sweep, as they are set,
  // x y in d, x2 y2 in a, g ginit in b and c; those of a vector instruction in a, b and c
  localparam logic [10:0] StateMask = 11'((1 << (StateBits < 11 ? StateBits : 11)) - 1);
  localparam logic [10:0] RateMask = 11'((1 << (RateBits < 11 ? RateBits : 11)) - 1);
  wire [4:0] op = word[an_spec_pkg::F_OP_MSB:an_spec_pkg::F_OP_LSB];
  wire [10:0] mask = to_state ? StateMask : RateMask;
  wire [32:0] at = to_state ? {placed_state.c, placed_state.b, placed_state.a} : {placed_rate.d, placed_rate.b, placed_rate.a};
  logic [10:0] d_q, last_q, rows_q, cols_q;  // from where on; blocks less one
  logic pair_q;
  logic [1:0] row_q, lan_q;
  logic [2:0] meets;
  wire [10:0] span = op == an_spec_pkg::OP_ROW ? rows_q : op == an_spec_pkg::OP_LAN ? cols_q : n_m1 >> Shift;
  always_comb
    for (int i = 0; i < 3; i++) meets[i] = ((d_q - at[11*i+:11]) & mask) <= span || ((at[11*i+:11] - d_q) & mask) <= last_q;
  always_ff @(posedge clk) begin
    if (|set) {d_q, last_q} <= {dest, n_m1 >> Shift};
    if (set_prj) begin
      rows_q <= (word[an_spec_pkg::F_PRJ_ROWS_LSB+:11] - 11'd1) >> Shift;
      cols_q <= (word[an_spec_pkg::F_PRJ_COLS_LSB+:11] - 11'd1) >> Shift;
      pair_q <= word[an_spec_pkg::F_PRJ_PAIR_LSB];
    end
    if (|set) {row_q, lan_q} <= '1;
    else if (set_row) row_q <= {to_state ? meets[1] : meets[0], meets[2]};
    else if (set_lan) lan_q <= {meets[0], meets[2]};
  end

  wire scatter = word[an_spec_pkg::F_SWP_SCATTER_LSB];
  wire gather = word[an_spec_pkg::F_SWP_GATHER_LSB];
  wire learn = word[an_spec_pkg::F_SWP_LEARN_LSB];
  wire sweep_waits = to_state ? scatter || (gather && |row_q)
      : (scatter && row_q[0]) || (learn && row_q[1]) || ((gather || (learn && !pair_q)) && lan_q[0]) || (learn && pair_q && lan_q[1]);

  wire [1:0] dsp = word[an_spec_pkg::F_VEC_DSP_MSB:an_spec_pkg::F_VEC_DSP_LSB];
  wire [1:0] memory = to_state ? an_spec_pkg::SRC_S : an_spec_pkg::SRC_R;
  wire is_in = op == an_spec_pkg::OP_IN, is_pass = op == an_spec_pkg::OP_PASS, is_take = op == an_spec_pkg::OP_TAKE, is_give = op == an_spec_pkg::OP_GIVE;
  wire reduces = op == an_spec_pkg::OP_SUM || op == an_spec_pkg::OP_DOT || op == an_spec_pkg::OP_AMAX;
  wire takes_c = op == an_spec_pkg::OP_SEL || op == an_spec_pkg::OP_MAC || op == an_spec_pkg::OP_LEAK;
  wire takes_b = op >= an_spec_pkg::OP_ADD && op <= an_spec_pkg::OP_LEAK || op == an_spec_pkg::OP_DOT;
  wire writes = !(op == an_spec_pkg::OP_OUT || is_pass || is_give || reduces) && (dsp == memory || dsp == an_spec_pkg::SPC_SR);
  wire same_port = word[an_spec_pkg::F_VEC_B_LSB+:2] == (from_up ? an_spec_pkg::PORT_UP : an_spec_pkg::PORT_DOWN);
  wire reads = (!is_in && !is_pass && !is_give && word[an_spec_pkg::F_VEC_ASP_LSB+:2] == memory && meets[0])
      || (takes_b && word[an_spec_pkg::F_VEC_BSP_LSB+:2] == memory && meets[1]) || (takes_c && !word[an_spec_pkg::F_VEC_CSP_LSB] && to_state && meets[2]);
  assign word_waits = op == an_spec_pkg::OP_SWP ? sweep_waits : is_take || ((is_in || is_pass) && same_port) || writes || reads;
  wire unused = ^{word, placed_state, placed_rate};
`ifdef FORMAL
  `include "an_inlet_props.svh"
`endif
endmodule
`default_nettype wire
