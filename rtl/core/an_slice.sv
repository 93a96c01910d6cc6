// SPDX-License-Identifier: Apache-2.0
// an_slice -- one lane with its memories: synapse, state. Addresses are the core's, the same in every lane; writes are the lane's.
// Read words one clock after their address; those of the state stand still without read_en. The rate memory is one for all lanes (an_lanes). Mirror: sw/model/an_lane.c, sw/model/an_mem.c
`default_nettype none
module an_slice #(
    parameter int SynWords = 32768,
    parameter int StateWords = 512,
    parameter bit Banked = 1'b0,
    parameter bit Pairs = 1'b1,
    parameter bit Split = 1'b0,
    localparam int SynBits = $clog2(SynWords),
    localparam int StateBits = $clog2(StateWords)
) (
    input  logic                  clk,
    input  an_ctl_pkg::lane_t     ctl,
    input  logic                  c_en,
    input  logic                  c_pass,
    input  logic                  gather_en,
    input  logic                  read_en,
    input  logic [StateBits-1:0]  state_addr,
    input  logic                  state_we,
    input  logic [StateBits-1:0]  state_waddr,
    input  logic                  inlet,        // the state memory gets a word that comes in beside the core's work
    input  logic [31:0]           inlet_f24,
    input  logic                  syn_read,
    input  logic [  SynBits-1:0]  syn_addr,
    input  logic                  syn_slot,
    input  logic                  syn_we,
    input  logic [  SynBits-1:0]  syn_waddr,
    input  logic [31:0]           result_f24,
    input  logic [ 9:0]           low,
    input  logic [15:0]           row_0,
    input  logic [15:0]           row_1,
    input  logic [15:0]           row_2,
    input  logic [15:0]           rnd,
    input  logic [15:0]           rate_q_f12,
    output logic [31:0]           state_q_f24,
    output logic [15:0]           syn_q,
    output logic [31:0]           start_f24,
    output logic [31:0]           c_f24,
    output logic [31:0]           gather_p_f24,
    output logic [31:0]           state_d_f24,
    output logic                  acc_sat,
    output logic [15:0]           syn_d,
    output logic                  syn_sat
);
  an_mem_dual #(.Words(StateWords), .Bits(32)) u_state (
      .clk, .read_en, .read_addr(state_addr), .read_q(state_q_f24), .write_en(state_we), .write_addr(state_waddr), .write_d(inlet ? inlet_f24 : state_d_f24)
  );
  an_mem_synapse #(.Words(SynWords), .Banked(Banked)) u_synapse (
      .clk, .read_en(syn_read), .read_addr(syn_addr), .read_q(syn_q), .write_slot(syn_slot), .write_en(syn_we), .write_addr(syn_waddr), .write_d(syn_d)
  );
  an_lane #(.Pairs(Pairs), .Split(Split)) u_lane (
      .clk, .ctl, .c_en, .c_pass, .gather_en, .state_q_f24, .rate_q_f12, .syn_q, .result_f24, .low, .row_0, .row_1, .row_2, .rnd, .start_f24, .c_f24,
      .gather_p_f24, .state_d_f24, .acc_sat, .syn_d, .syn_sat
  );
endmodule
`default_nettype wire
