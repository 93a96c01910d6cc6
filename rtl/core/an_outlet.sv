// SPDX-License-Identifier: Apache-2.0
// an_outlet -- what a core computes goes to a neighbour as it is written (GIVE; docs/machine.md sections 7 and 9)
// set: word is the GIVE, its destination in placed_*; from the next clock on the next steps of V words that are written to that memory, each where the one before
// ends, are given in the clock of their write, as many as GIVE has. Words of lanes that are not written are 0, of R the word << 12, as OUT gives it.
// lacks: before set a port that has no room for all of them by this clock, or is a way's. What is executed and gives to the port in another way ends it.
// Written are steps of vector instructions (state_step, rate_step) and, where V is P, sums of a sweep (sums). Mirror: sw/model/an_outlet.c
`default_nettype none
module an_outlet #(
    parameter int Lanes = 2,
    parameter int Units = 2,
    parameter int StateBits = 9,  // of a block's address
    parameter int RateBits = 9,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic                running,
    input  logic                go,           // word executes
    input  logic [         1:0] set,          // to above, to below
    input  logic [        63:0] word,
    input  logic [        10:0] n_m1,
    input  logic [        10:0] placed_state,
    input  logic [        10:0] placed_rate,
    input  logic [        11:0] free_up,      // places of steps at the neighbours
    input  logic [        11:0] free_down,
    input  logic [         1:0] way_busy,     // what comes from above, from below goes past
    output logic [         1:0] lacks,        // above, below
    input  logic                state_step,
    input  logic                rate_step,
    input  logic                sums,
    input  logic [        10:0] state_waddr,
    input  logic [        10:0] rate_waddr,
    input  logic [LaneBits-1:0] write_lane,
    input  logic [   Lanes-1:0] state_we,
    input  logic [   Lanes-1:0] rate_we,
    input  logic [32*Lanes-1:0] state_d_f24,
    input  logic [16*Lanes-1:0] rate_d_f12,
    output logic [         1:0] valid,
    output logic [   Units-1:0] live,         // words that are written
    output logic [32*Units-1:0] words_f24
);
  localparam logic [10:0] StateMask = 11'((1 << (StateBits < 11 ? StateBits : 11)) - 1);
  localparam logic [10:0] RateMask = 11'((1 << (RateBits < 11 ? RateBits : 11)) - 1);
  wire [10:0] steps_m1 = Units == 1 ? n_m1 : n_m1 >> $clog2(Units) | 11'(Lanes / Units - 1);
  assign lacks = {free_down <= {1'b0, steps_m1}, free_up <= {1'b0, steps_m1}} | {way_busy[0], way_busy[1]};

  wire [4:0] op = word[an_spec_pkg::F_OP_MSB:an_spec_pkg::F_OP_LSB];
  wire [1:0] port = word[an_spec_pkg::F_VEC_B_LSB+:2];
  wire [1:0] at_port = {port == an_spec_pkg::PORT_DOWN, port == an_spec_pkg::PORT_UP};
  wire [1:0] elsewhere = op == an_spec_pkg::OP_OUT ? at_port : op == an_spec_pkg::OP_PASS ? {at_port[0], at_port[1]} : {2{op == an_spec_pkg::OP_GIVE}};

  logic [1:0] to;  // the port, while steps are left
  logic of_state;
  logic [10:0] left_m1, at;
  logic [LaneBits-1:0] lane;
  wire written = of_state ? state_step || (sums && Units == Lanes) : rate_step;
  wire there = of_state ? ((state_waddr ^ at) & StateMask) == '0 : ((rate_waddr ^ at) & RateMask) == '0;
  wire given = written && there && (sums || write_lane == lane);
  assign valid = to & {2{given}};
  always_ff @(posedge clk) begin
    if (!rst_n || !running) to <= '0;
    else if (|set) to <= set;
    else if (go && |(elsewhere & to)) to <= '0;
    else if (given && left_m1 == '0) to <= '0;
    if (|set) begin
      of_state <= word[an_spec_pkg::F_VEC_DSP_MSB:an_spec_pkg::F_VEC_DSP_LSB] == an_spec_pkg::SPC_S;
      {left_m1, lane} <= {steps_m1, LaneBits'(0)};
      at <= word[an_spec_pkg::F_VEC_DSP_LSB] ? placed_rate : placed_state;
    end else if (given) begin
      left_m1 <= left_m1 - 11'd1;
      lane <= lane == LaneBits'(Lanes - Units) ? '0 : lane + LaneBits'(Units);
      if (lane == LaneBits'(Lanes - Units)) at <= at + 11'd1;
    end
  end

  always_comb begin
    live = '0;
    words_f24 = '0;
    for (int l = 0; l < Lanes; l++)
      if (Units == Lanes || lane == LaneBits'(l / Units * Units)) begin
        live[l%Units] = of_state ? state_we[l] : rate_we[l];
        if (live[l%Units]) words_f24[32*(l%Units)+:32] = of_state ? state_d_f24[32*l+:32] : {{4{rate_d_f12[16*l+15]}}, rate_d_f12[16*l+:16], 12'b0};
      end
  end
  wire unused = ^word;
`ifdef FORMAL
  `include "an_outlet_props.svh"
`endif
endmodule
`default_nettype wire
