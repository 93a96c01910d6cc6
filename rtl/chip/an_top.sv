// SPDX-License-Identifier: Apache-2.0
// an_top -- the chip with its link: everything that is the same on every board. A board's own top adds pins, clock and reset.
// Parameters: those of an_chip, and BaudDiv, clocks a bit of the serial line (at least 4).
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
    parameter int ClockHz = 0,
    parameter bit Banked = 1'b0,
    parameter int BaudDiv = 8
) (
    input  wire  clk,
    input  wire  rst_n,
    input  wire  uart_rx,
    output logic uart_tx
);
  logic        link_valid, link_write, chip_ready, chip_refused;
  logic [27:0] link_addr;
  logic [31:0] link_wdata, chip_rdata;

  an_link #(.BaudDiv(BaudDiv)) link (
      .clk, .rst_n, .uart_rx, .uart_tx,
      .bus_valid(link_valid), .bus_write(link_write), .bus_addr(link_addr), .bus_wdata(link_wdata),
      .bus_ready(chip_ready), .bus_rdata(chip_rdata), .bus_refused(chip_refused)
  );

  an_chip #(
      .Cores(Cores), .Lanes(Lanes), .SynWords(SynWords), .StateWords(StateWords), .RateWords(RateWords), .ProgWords(ProgWords),
      .Scalars(Scalars), .InWords(InWords), .OutWords(OutWords), .ClockHz(ClockHz), .Banked(Banked)
  ) chip (
      .clk, .rst_n,
      .bus_valid(link_valid), .bus_write(link_write), .bus_addr(link_addr), .bus_wdata(link_wdata),
      .bus_ready(chip_ready), .bus_rdata(chip_rdata), .bus_refused(chip_refused)
  );
endmodule
`default_nettype wire
