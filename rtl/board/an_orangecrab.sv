// SPDX-License-Identifier: Apache-2.0
// an_orangecrab -- the configuration "orangecrab", or "orangecrab-85" with Large = 1, on an OrangeCrab r0.2: PLL, reset, link, LEDs.
// clk_48mhz A9. The board has no serial bridge: the link is on pins GPIO0 (in) and GPIO1 (out), 3.3 V, for an adapter of the user's.
// button_n: usr_btn, low: reset. led_green_n lights when the chip is out of reset, led_red_n while the line from the host is low.
`default_nettype none

module an_orangecrab #(
    parameter bit Large = 1'b0,
    parameter int Baud = 2_000_000,
    localparam int ClockHz = Large ? an_spec_pkg::CFG_ORANGECRAB_85_CLOCK_HZ : an_spec_pkg::CFG_ORANGECRAB_CLOCK_HZ
) (
    input  wire clk_48mhz,
    input  wire button_n,
    input  wire uart_rx,
    output wire uart_tx,
    output wire led_red_n,
    output wire led_green_n
);
  wire clk, rst_n;
  an_ecp5_clock #(
      .InHz(48_000_000), .OutHz(ClockHz), .InDiv(3)
  ) clock (
      .clk_in(clk_48mhz), .button_n, .clk, .rst_n
  );
  assign led_green_n = !rst_n;
  assign led_red_n = uart_rx;

  an_top #(
      .Cores      (Large ? an_spec_pkg::CFG_ORANGECRAB_85_CORES : an_spec_pkg::CFG_ORANGECRAB_CORES),
      .Lanes      (Large ? an_spec_pkg::CFG_ORANGECRAB_85_LANES : an_spec_pkg::CFG_ORANGECRAB_LANES),
      .SynWords   (Large ? an_spec_pkg::CFG_ORANGECRAB_85_SYN_WORDS : an_spec_pkg::CFG_ORANGECRAB_SYN_WORDS),
      .StateWords (Large ? an_spec_pkg::CFG_ORANGECRAB_85_STATE_WORDS : an_spec_pkg::CFG_ORANGECRAB_STATE_WORDS),
      .RateWords  (Large ? an_spec_pkg::CFG_ORANGECRAB_85_RATE_WORDS : an_spec_pkg::CFG_ORANGECRAB_RATE_WORDS),
      .ProgWords  (Large ? an_spec_pkg::CFG_ORANGECRAB_85_PROG_WORDS : an_spec_pkg::CFG_ORANGECRAB_PROG_WORDS),
      .Scalars    (Large ? an_spec_pkg::CFG_ORANGECRAB_85_SCALARS : an_spec_pkg::CFG_ORANGECRAB_SCALARS),
      .InWords    (Large ? an_spec_pkg::CFG_ORANGECRAB_85_IN_WORDS : an_spec_pkg::CFG_ORANGECRAB_IN_WORDS),
      .OutWords   (Large ? an_spec_pkg::CFG_ORANGECRAB_85_OUT_WORDS : an_spec_pkg::CFG_ORANGECRAB_OUT_WORDS),
      .LinkSteps  (Large ? an_spec_pkg::CFG_ORANGECRAB_85_LINK_STEPS : an_spec_pkg::CFG_ORANGECRAB_LINK_STEPS),
      .ClockHz    (Large ? an_spec_pkg::CFG_ORANGECRAB_85_CLOCK_HZ : an_spec_pkg::CFG_ORANGECRAB_CLOCK_HZ),
      .VectorUnits(Large ? an_spec_pkg::CFG_ORANGECRAB_85_VECTOR_UNITS : an_spec_pkg::CFG_ORANGECRAB_VECTOR_UNITS),
      .Banked     (Large ? an_spec_pkg::CFG_ORANGECRAB_85_BANKED : an_spec_pkg::CFG_ORANGECRAB_BANKED),
      .Pairs      (Large ? an_spec_pkg::CFG_ORANGECRAB_85_PAIRS : an_spec_pkg::CFG_ORANGECRAB_PAIRS),
      .Recip      (Large ? an_spec_pkg::CFG_ORANGECRAB_85_RECIP : an_spec_pkg::CFG_ORANGECRAB_RECIP),
      .Ring       (Large ? an_spec_pkg::CFG_ORANGECRAB_85_RING : an_spec_pkg::CFG_ORANGECRAB_RING),
      .Sums       (Large ? an_spec_pkg::CFG_ORANGECRAB_85_SUMS : an_spec_pkg::CFG_ORANGECRAB_SUMS),
      .Ahead      (Large ? an_spec_pkg::CFG_ORANGECRAB_85_AHEAD : an_spec_pkg::CFG_ORANGECRAB_AHEAD),
      .Beside     (Large ? an_spec_pkg::CFG_ORANGECRAB_85_BESIDE : an_spec_pkg::CFG_ORANGECRAB_BESIDE),
      .Follow     (Large ? an_spec_pkg::CFG_ORANGECRAB_85_FOLLOW : an_spec_pkg::CFG_ORANGECRAB_FOLLOW),
      .Closed     (Large ? an_spec_pkg::CFG_ORANGECRAB_85_CLOSED : an_spec_pkg::CFG_ORANGECRAB_CLOSED),
      .Pass       (Large ? an_spec_pkg::CFG_ORANGECRAB_85_PASS : an_spec_pkg::CFG_ORANGECRAB_PASS),
      .Take       (Large ? an_spec_pkg::CFG_ORANGECRAB_85_TAKE : an_spec_pkg::CFG_ORANGECRAB_TAKE),
      .Give       (Large ? an_spec_pkg::CFG_ORANGECRAB_85_GIVE : an_spec_pkg::CFG_ORANGECRAB_GIVE),
      .Split      (Large ? an_spec_pkg::CFG_ORANGECRAB_85_SPLIT : an_spec_pkg::CFG_ORANGECRAB_SPLIT),
      .BaudDiv    (ClockHz / Baud)
  ) top (
      .clk, .rst_n, .uart_rx, .uart_tx
  );
endmodule
`default_nettype wire
