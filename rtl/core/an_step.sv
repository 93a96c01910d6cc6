// SPDX-License-Identifier: Apache-2.0
// an_step -- an instruction's scalars, then its steps: block and lane of the one that is in stage 0 (machine.md 7)
// go at clock t0: scalars in t0+1 .. t0+nk, one a clock in the order a b c, on M two clocks later; then steps, while issue. begin_steps: from the next clock on.
// step: this clock reads a word, fire: the last one of a step (read_last). A step takes V lanes, or one (serial); TAB begins one every TAB_PERIOD clocks,
// RECIP and SQRT when the one before is out of the way (busy). hold: nothing moves. Mirror: an_vec_decode, an_vec_scalars in sw/model/an_vec.c
`default_nettype none
module an_step #(
    parameter int Lanes = 2,
    parameter int Units = 1,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1,
    localparam int Shift = $clog2(Lanes)
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic [        63:0] word,
    input  logic [        10:0] n_m1,
    input  logic                go,
    input  logic                cancel,
    input  logic                keep,       // word may be one that does not execute yet
    input  logic                single,     // word's: one element, whatever n is
    input  logic [         2:0] in_scalar,  // word's: operands that are scalars, c b a
    input  logic                is_tab,
    input  logic                serial,
    input  logic                busy,
    input  logic                hold,
    input  logic                read_last,
    input  logic                bus_open,
    output logic [         7:0] scalar_addr,
    output logic [         2:0] scalar_1,   // an operand's scalar is read, or
    output logic [         2:0] scalar_2,   //   on M
    output logic                begin_steps,
    output logic                issue,
    output logic                step,
    output logic                fire,
    output logic                last_step,
    output logic [        10:0] block,
    output logic [LaneBits-1:0] lane,
    output logic [        10:0] last_block,
    output logic                in_last,    // the step is of the last block,
    output logic [LaneBits-1:0] rem,        //   whose last lane is this
    output logic [   Units-1:0] live        // lanes of the step that count
);
  wire [7:0] a_at = word[an_spec_pkg::F_VEC_A_LSB+:8];
  wire [7:0] b_at = word[an_spec_pkg::F_VEC_B_LSB+:8];
  wire [7:0] c_at = word[an_spec_pkg::F_VEC_C_LSB+:8];
  logic [10:0] neurons_m1;  // from the clock after go on
  always_ff @(posedge clk) if (!keep) neurons_m1 <= single ? '0 : n_m1;
  assign last_block = neurons_m1 >> Shift;
  assign rem = neurons_m1[LaneBits-1:0] & LaneBits'(Lanes - 1);

  logic scalar_q, issue_q;
  logic [2:0] scalar_left;
  logic [1:0] period_q;
  logic [10:0] block_q;
  logic [LaneBits-1:0] lane_q;
  wire [2:0] scalar_now = scalar_left & (~scalar_left + 3'd1);
  wire [2:0] scalar_rest = scalar_left & ~scalar_now;
  wire scalars_end = scalar_q && scalar_rest == '0;
  assign begin_steps = (go && in_scalar == '0) || scalars_end;
  assign scalar_addr = is_tab || scalar_now[0] ? a_at : scalar_now[1] ? b_at : c_at;

  wire turn = is_tab ? period_q == '0 : !busy;
  assign step = issue_q && turn && !hold;
  assign fire = step && read_last;
  assign in_last = block_q == last_block;
  wire last_lane = single || lane_q == (!serial ? LaneBits'(Lanes - Units) : in_last ? rem : LaneBits'(Lanes - 1));
  assign last_step = last_lane && in_last;
  assign {issue, block, lane} = {issue_q, block_q, lane_q};
  always_comb for (int u = 0; u < Units; u++) live[u] = serial ? u == 0 : !in_last || 4'(lane_q) + 4'(u) <= 4'(rem);

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
    period_q <= begin_steps ? '0 : period_q + 2'd1;
    if (go || bus_open) begin
      block_q <= '0;
      lane_q <= '0;
    end else if (fire) begin
      lane_q <= last_lane ? '0 : lane_q + LaneBits'(serial ? 1 : Units);
      if (last_lane) block_q <= block_q + 11'd1;
    end
  end
  wire unused = ^word;
endmodule
`default_nettype wire
