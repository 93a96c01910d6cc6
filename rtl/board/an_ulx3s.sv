// SPDX-License-Identifier: Apache-2.0
// an_ulx3s -- the configuration "ulx3s" on a ULX3S with an LFE5U-85F: PLL, reset, link, LEDs.
// clk_25mhz G2. Link on the FT231X at Baud, of the rates 3, 2, 1.5, 1 Mbaud that it makes. button: FIRE1, high: reset.
// led[0] lights when the chip is out of reset, led[1] while the line from the host is low: it glows when frames come.
`default_nettype none

module an_ulx3s #(
    parameter int Baud = 2_000_000
) (
    input  wire       clk_25mhz,
    input  wire       button,
    input  wire       uart_rx,
    output wire       uart_tx,
    output wire [1:0] led
);
  wire clk, rst_n;
  an_ecp5_clock #(
      .InHz(25_000_000), .OutHz(an_spec_pkg::CFG_ULX3S_CLOCK_HZ), .InDiv(5)
  ) clock (
      .clk_in(clk_25mhz), .button_n(!button), .clk, .rst_n
  );
  assign led = {!uart_rx, rst_n};

  an_top #(
      .Cores      (an_spec_pkg::CFG_ULX3S_CORES),
      .Lanes      (an_spec_pkg::CFG_ULX3S_LANES),
      .SynWords   (an_spec_pkg::CFG_ULX3S_SYN_WORDS),
      .StateWords (an_spec_pkg::CFG_ULX3S_STATE_WORDS),
      .RateWords  (an_spec_pkg::CFG_ULX3S_RATE_WORDS),
      .ProgWords  (an_spec_pkg::CFG_ULX3S_PROG_WORDS),
      .Scalars    (an_spec_pkg::CFG_ULX3S_SCALARS),
      .InWords    (an_spec_pkg::CFG_ULX3S_IN_WORDS),
      .OutWords   (an_spec_pkg::CFG_ULX3S_OUT_WORDS),
      .LinkSteps  (an_spec_pkg::CFG_ULX3S_LINK_STEPS),
      .ClockHz    (an_spec_pkg::CFG_ULX3S_CLOCK_HZ),
      .VectorUnits(an_spec_pkg::CFG_ULX3S_VECTOR_UNITS),
      .Banked     (an_spec_pkg::CFG_ULX3S_BANKED),
      .Pairs      (an_spec_pkg::CFG_ULX3S_PAIRS),
      .Recip      (an_spec_pkg::CFG_ULX3S_RECIP),
      .Ring       (an_spec_pkg::CFG_ULX3S_RING),
      .Sums       (an_spec_pkg::CFG_ULX3S_SUMS),
      .Ahead      (an_spec_pkg::CFG_ULX3S_AHEAD),
      .Beside     (an_spec_pkg::CFG_ULX3S_BESIDE),
      .Follow     (an_spec_pkg::CFG_ULX3S_FOLLOW),
      .Closed     (an_spec_pkg::CFG_ULX3S_CLOSED),
      .Pass       (an_spec_pkg::CFG_ULX3S_PASS),
      .Take       (an_spec_pkg::CFG_ULX3S_TAKE),
      .Give       (an_spec_pkg::CFG_ULX3S_GIVE),
      .Split      (an_spec_pkg::CFG_ULX3S_SPLIT),
      .BaudDiv    (an_spec_pkg::CFG_ULX3S_CLOCK_HZ / Baud)
  ) top (
      .clk, .rst_n, .uart_rx, .uart_tx
  );
endmodule
`default_nettype wire
