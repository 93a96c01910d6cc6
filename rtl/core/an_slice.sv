// SPDX-License-Identifier: Apache-2.0
// an_slice -- one lane with its memories: synapse, rate, state. Addresses are the core's, the same in every lane; writes are the lane's.
// Read words one clock after their address. Mirror: sw/model/an_lane.c, sw/model/an_mem.c
`default_nettype none
module an_slice #(
    parameter int SynWords = 32768,
    parameter int StateWords = 512,
    parameter int RateWords = 512,
    parameter bit Banked = 1'b0,
    parameter bit External = 1'b0,
    localparam int SynBits = $clog2(SynWords),
    localparam int StateBits = $clog2(StateWords),
    localparam int RateBits = $clog2(RateWords)
) (
    input  logic                  clk,
    input  an_ctl_pkg::operand_t  operand_ctl,
    input  an_ctl_pkg::multiply_t multiply_ctl,
    input  an_ctl_pkg::narrow_t   narrow_ctl,
    input  logic                  c_en,
    input  logic                  gather_en,
    input  logic [StateBits-1:0]  state_addr,
    input  logic                  state_we,
    input  logic [StateBits-1:0]  state_waddr,
    input  logic [ RateBits-1:0]  rate_addr,
    input  logic                  rate_we,
    input  logic [ RateBits-1:0]  rate_waddr,
    input  logic                  syn_read,
    input  logic [  SynBits-1:0]  syn_addr,
    input  logic                  syn_we,
    input  logic [  SynBits-1:0]  syn_waddr,
    input  logic [31:0]           scalar_bus_f24,
    input  logic [15:0]           row_0,
    input  logic [15:0]           row_1,
    input  logic [15:0]           row_2,
    input  logic [47:0]           ext_f24,
    input  logic [15:0]           rnd,
    output logic [15:0]           rate_q_f12,
    output logic [15:0]           syn_q,
    output logic [31:0]           a_f24,
    output logic [31:0]           c_f24,
    output logic [31:0]           gather_p_f24,
    output logic [15:0]           narrow_f12,
    output logic                  narrow_clip,
    output logic                  d_sat,
    output logic                  result_sat,
    output logic [31:0]           state_d_f24,
    output logic [15:0]           rate_d_f12,
    output logic                  rate_sat,
    output logic [15:0]           syn_d
);
  logic [31:0] state_q_f24;
  an_mem_dual #(.Words(StateWords), .Bits(32)) u_state (
      .clk, .read_addr(state_addr), .read_q(state_q_f24), .write_en(state_we), .write_addr(state_waddr), .write_d(state_d_f24)
  );
  an_mem_dual #(.Words(RateWords), .Bits(16)) u_rate (
      .clk, .read_addr(rate_addr), .read_q(rate_q_f12), .write_en(rate_we), .write_addr(rate_waddr), .write_d(rate_d_f12)
  );
  an_mem_synapse #(.Words(SynWords), .Banked(Banked)) u_synapse (
      .clk, .read_en(syn_read), .read_addr(syn_addr), .read_q(syn_q), .write_en(syn_we), .write_addr(syn_waddr), .write_d(syn_d)
  );
  an_lane #(.External(External)) u_lane (
      .clk, .operand_ctl, .multiply_ctl, .narrow_ctl, .c_en, .gather_en, .state_q_f24, .rate_q_f12, .syn_q, .scalar_bus_f24,
      .row_0, .row_1, .row_2, .ext_f24, .rnd, .a_f24, .c_f24, .gather_p_f24, .narrow_f12, .narrow_clip, .d_sat, .result_sat,
      .state_d_f24, .rate_d_f12, .rate_sat, .syn_d
  );
endmodule
`default_nettype wire
