// SPDX-License-Identifier: Apache-2.0
// an_top -- the chip with its link: everything that is the same on every board. A board's own top adds pins, clock and reset.
// Under AN_TRACE the records of the cores pass through to the test bench. Parameters: those of an_chip, and BaudDiv, clocks a bit of the serial line (at least 4).
`default_nettype none

module an_top #(
    parameter int Cores = 1,
    parameter int Lanes = 1,
    parameter int SynWords = an_spec_pkg::CFG_TINY_SYN_WORDS,
    parameter int StateWords = an_spec_pkg::CFG_TINY_STATE_WORDS,
    parameter int RateWords = an_spec_pkg::CFG_TINY_RATE_WORDS,
    parameter int ProgWords = an_spec_pkg::CFG_TINY_PROG_WORDS,
    parameter int Scalars = an_spec_pkg::CFG_TINY_SCALARS,
    parameter int InWords = an_spec_pkg::CFG_TINY_IN_WORDS,
    parameter int OutWords = an_spec_pkg::CFG_TINY_OUT_WORDS,
    parameter int LinkSteps = 2,    // between neighbours, each way
    parameter int ClockHz = 0,
    parameter bit Banked = 1'b0,
    parameter int VectorUnits = 0,  // a divisor of Lanes; 0: Lanes
    parameter bit Pairs = 1'b1,     // features: pair synapses; RECIP, SQRT; RING; SUM, DOT
    parameter bit Recip = 1'b1,
    parameter bit Ring = 1'b1,
    parameter bit Sums = 1'b1,
    parameter bit Split = 1'b0,
    parameter bit Ahead = 1'b0,
    parameter bit Beside = 1'b0,
    parameter bit Follow = 1'b0,
    parameter bit Closed = 1'b0,
    parameter bit Pass = 1'b0,
    parameter bit Take = 1'b0,
    parameter bit Give = 1'b0,
    parameter int BaudDiv = 8
) (
    input  wire  clk,
    input  wire  rst_n,
    input  wire  uart_rx,
    output logic uart_tx
`ifdef AN_TRACE
    ,
    output logic [      64*Cores-1:0] trace_clock,
    output logic [      16*Cores-1:0] trace_pc,
    output logic [         Cores-1:0] trace_t_valid,
    output logic [      32*Cores-1:0] trace_t_value,
    output logic [         Cores-1:0] trace_i_valid,
    output logic [      32*Cores-1:0] trace_i_value,
    output logic [         Cores-1:0] trace_o_valid,
    output logic [      32*Cores-1:0] trace_o_value,
    output logic [         Cores-1:0] trace_n_valid,
    output logic [       2*Cores-1:0] trace_n_port,
    output logic [      32*Cores-1:0] trace_n_value,
    output logic [         Cores-1:0] trace_k_valid,
    output logic [      11*Cores-1:0] trace_k_addr,
    output logic [      32*Cores-1:0] trace_k_value,
    output logic [   Lanes*Cores-1:0] trace_r_valid,
    output logic [11*Lanes*Cores-1:0] trace_r_addr,
    output logic [16*Lanes*Cores-1:0] trace_r_value,
    output logic [   Lanes*Cores-1:0] trace_s_valid,
    output logic [11*Lanes*Cores-1:0] trace_s_addr,
    output logic [32*Lanes*Cores-1:0] trace_s_value,
    output logic [   Lanes*Cores-1:0] trace_w_valid,
    output logic [20*Lanes*Cores-1:0] trace_w_addr,
    output logic [16*Lanes*Cores-1:0] trace_w_value,
    output logic [         Cores-1:0] trace_h_valid,
    output logic [      16*Cores-1:0] trace_h_addr
`endif
);
  logic        link_valid, link_write, chip_ready, chip_refused;
  logic [27:0] link_addr;
  logic [31:0] link_wdata, chip_rdata;

  an_link #(.BaudDiv(BaudDiv), .Ahead(Ahead)) link (
      .clk, .rst_n, .uart_rx, .uart_tx,
      .bus_valid(link_valid), .bus_write(link_write), .bus_addr(link_addr), .bus_wdata(link_wdata),
      .bus_ready(chip_ready), .bus_rdata(chip_rdata), .bus_refused(chip_refused)
  );

  an_chip #(
      .Cores(Cores), .Lanes(Lanes), .SynWords(SynWords), .StateWords(StateWords), .RateWords(RateWords), .ProgWords(ProgWords),
      .Scalars(Scalars), .InWords(InWords), .OutWords(OutWords), .LinkSteps(LinkSteps), .ClockHz(ClockHz), .Banked(Banked),
      .VectorUnits(VectorUnits), .Pairs(Pairs), .Recip(Recip), .Ring(Ring), .Sums(Sums), .Split(Split), .Ahead(Ahead), .Beside(Beside), .Follow(Follow), .Closed(Closed), .Pass(Pass), .Take(Take), .Give(Give)
  ) chip (
      .clk, .rst_n,
      .bus_valid(link_valid), .bus_write(link_write), .bus_addr(link_addr), .bus_wdata(link_wdata),
      .bus_ready(chip_ready), .bus_rdata(chip_rdata), .bus_refused(chip_refused)
`ifdef AN_TRACE
      ,
      .trace_clock, .trace_pc, .trace_t_valid, .trace_t_value, .trace_i_valid,
      .trace_i_value, .trace_o_valid, .trace_o_value, .trace_n_valid, .trace_n_port,
      .trace_n_value, .trace_k_valid, .trace_k_addr, .trace_k_value, .trace_r_valid,
      .trace_r_addr, .trace_r_value, .trace_s_valid, .trace_s_addr, .trace_s_value,
      .trace_w_valid, .trace_w_addr, .trace_w_value, .trace_h_valid, .trace_h_addr
`endif
  );
endmodule
`default_nettype wire
