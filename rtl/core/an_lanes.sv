// SPDX-License-Identifier: Apache-2.0
// an_lanes -- the lanes of a core with their memories: synapses and states each lane's own (an_slice), the rates of all in one RAM
//   lane l gets the result of unit l mod V; in a sweep, where serial, and from the bus, all get that of unit 0. rate_live: the rate read is not zero
// Addresses and control are the same in every lane, enables a lane's own. Words read come a clock after their address. ctl and c_en are a sweep's:
// while there is none, every clock's result goes into C, and C is what states are written from. The bus has synapses written from C too.
// Written are, a clock behind result_f24, C (state_d_f24, syn_d), and rate_f12, which is that late itself. Latency of a sweep: an_lane.
// Ahead: a rate has a bit beside it, set where it is not zero: an OR comes too late behind a RAM. Mirror: sw/model/an_lane.c, sw/model/an_mem.c
`default_nettype none
module an_lanes #(
    parameter int Lanes = 2,
    parameter int Units = 2,
    parameter int SynWords = 65536,  // of all lanes
    parameter int StateWords = 1024,
    parameter int RateWords = 1024,
    parameter bit Banked = 1'b0,
    parameter bit Pairs = 1'b1,
    parameter bit Split = 1'b0,
    parameter bit Ahead = 1'b0,
    localparam int SynBits = $clog2(SynWords / Lanes),
    localparam int StateBits = $clog2(StateWords / Lanes),
    localparam int RateBits = $clog2(RateWords / Lanes)
) (
    input  logic                 clk,
    input  an_ctl_pkg::lane_t    ctl,
    input  logic                 sweep,
    input  logic                 serial,
    input  logic                 bus_open,
    input  logic                 hold_read,    // what is read stands still, or what is written
    input  logic                 hold_result,
    input  logic [    Lanes-1:0] c_en,
    input  logic [    Lanes-1:0] c_pass,
    input  logic [    Lanes-1:0] gather_en,
    input  logic [ RateBits-1:0] rate_addr,
    input  logic [    Lanes-1:0] rate_we,
    input  logic [ RateBits-1:0] rate_waddr,
    input  logic [StateBits-1:0] state_addr,
    input  logic [    Lanes-1:0] state_we,
    input  logic [StateBits-1:0] state_waddr,
    input  logic                 inlet_rate,   // what is written in this clock comes in beside the core's work (an_inlet)
    input  logic                 inlet_state,
    input  logic [ 32*Units-1:0] inlet_f24,
    input  logic                 syn_read,
    input  logic [  SynBits-1:0] syn_addr,
    input  logic [    Lanes-1:0] syn_we,
    input  logic [  SynBits-1:0] syn_waddr,
    input  logic [ 32*Units-1:0] result_f24,
    input  logic [ 16*Units-1:0] rate_f12,
    input  logic [          9:0] low,          // what follows the result of a sum that is not narrowed
    input  logic [         15:0] row_0,        // a row's scalars
    input  logic [         15:0] row_1,
    input  logic [         15:0] row_2,
    input  logic [ 16*Lanes-1:0] rnd,
    output logic [ 16*Lanes-1:0] rate_q_f12,
    output logic [    Lanes-1:0] rate_live,
    output logic [ 32*Lanes-1:0] state_q_f24,
    output logic [ 16*Lanes-1:0] syn_q,
    output logic [ 32*Lanes-1:0] start_f24,
    output logic [ 32*Lanes-1:0] c_f24,
    output logic [ 32*Lanes-1:0] gather_p_f24,
    output logic [ 16*Lanes-1:0] rate_d_f12,
    output logic [ 32*Lanes-1:0] state_d_f24,
    output logic [    Lanes-1:0] acc_sat,
    output logic [ 16*Lanes-1:0] syn_d,
    output logic [    Lanes-1:0] syn_sat
);
  an_ctl_pkg::lane_t lane_ctl;
  always_comb begin
    lane_ctl = ctl;
    if (!sweep) begin
      lane_ctl.c_start = 1'b0;
      lane_ctl.c_clr = 1'b0;
      lane_ctl.write_c = 1'b1;
    end
    lane_ctl.write_bus = bus_open;
  end
  wire common = serial || sweep || bus_open;
  localparam int RateWidth = Ahead ? 17 : 16;
  logic [RateWidth*Lanes-1:0] rate_q, rate_d;
  an_mem_lanes #(.Words(RateWords / Lanes), .Lanes(Lanes), .Bits(RateWidth)) u_rate (
      .clk, .read_en(!hold_read), .read_addr(rate_addr), .read_q(rate_q), .write_en(rate_we), .write_addr(rate_waddr), .write_d(rate_d)
  );
  if (Ahead) begin : g_live
    logic [Units-1:0] live;
    for (genvar u = 0; u < Units; u++) begin : g_unit
      assign live[u] = |rate_f12[16*u+:16];
    end
    for (genvar l = 0; l < Lanes; l++) begin : g_lane
      assign rate_d[17*l+:17] = {inlet_rate ? |inlet_f24[32*(l%Units)+12+:16] : common ? live[0] : live[l%Units], rate_d_f12[16*l+:16]};
      assign {rate_live[l], rate_q_f12[16*l+:16]} = rate_q[17*l+:17];
    end
  end else begin : g_live
    assign rate_q_f12 = rate_q;
    assign rate_d = rate_d_f12;
    for (genvar l = 0; l < Lanes; l++) begin : g_lane
      assign rate_live[l] = |rate_q_f12[16*l+:16];
    end
  end
  wire syn_slot = |syn_we;
  for (genvar l = 0; l < Lanes; l++) begin : g_lane
    assign rate_d_f12[16*l+:16] = inlet_rate ? inlet_f24[32*(l%Units)+12+:16] : common ? rate_f12[15:0] : rate_f12[16*(l%Units)+:16];
    an_slice #(
        .SynWords(SynWords / Lanes), .StateWords(StateWords / Lanes), .Banked(Banked), .Pairs(Pairs), .Split(Split)
    ) u_slice (
        .clk, .ctl(lane_ctl), .c_en(sweep ? c_en[l] : !hold_result), .c_pass(c_pass[l]), .gather_en(gather_en[l]), .read_en(!hold_read),
        .state_addr, .state_we(state_we[l]), .state_waddr, .inlet(inlet_state), .inlet_f24(inlet_f24[32*(l%Units)+:32]), .syn_read, .syn_addr, .syn_slot, .syn_we(syn_we[l]), .syn_waddr,
        .result_f24(common ? result_f24[31:0] : result_f24[32*(l%Units)+:32]), .low, .row_0, .row_1, .row_2, .rnd(rnd[16*l+:16]),
        .rate_q_f12(rate_q_f12[16*l+:16]), .state_q_f24(state_q_f24[32*l+:32]), .syn_q(syn_q[16*l+:16]), .start_f24(start_f24[32*l+:32]),
        .c_f24(c_f24[32*l+:32]), .gather_p_f24(gather_p_f24[32*l+:32]),
        .state_d_f24(state_d_f24[32*l+:32]), .acc_sat(acc_sat[l]), .syn_d(syn_d[16*l+:16]), .syn_sat(syn_sat[l])
    );
  end
endmodule
`default_nettype wire
