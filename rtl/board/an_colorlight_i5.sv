// SPDX-License-Identifier: Apache-2.0
// an_colorlight_i5 -- the configuration "colorlight-i5" on a Colorlight i5 v7.0 in wuxx' extension board: PLL, reset, link, LED.
// clk_25mhz P3. Link on the extension board's USB serial port (DAPLink) at Baud. reset_n: pin K18 of the header P2, pulled up; low: reset.
// led_n lights when the chip is out of reset and the line from the host is idle: it flickers when frames come.
`default_nettype none

module an_colorlight_i5 #(
    parameter int Baud = 1_000_000
) (
    input  wire clk_25mhz,
    input  wire reset_n,
    input  wire uart_rx,
    output wire uart_tx,
    output wire led_n
);
  wire clk, rst_n;
  an_ecp5_clock #(
      .InHz(25_000_000), .OutHz(an_spec_pkg::CFG_COLORLIGHT_I5_CLOCK_HZ), .InDiv(5)
  ) clock (
      .clk_in(clk_25mhz), .button_n(reset_n), .clk, .rst_n
  );
  assign led_n = !(rst_n && uart_rx);

  an_top #(
      .Cores      (an_spec_pkg::CFG_COLORLIGHT_I5_CORES),
      .Lanes      (an_spec_pkg::CFG_COLORLIGHT_I5_LANES),
      .SynWords   (an_spec_pkg::CFG_COLORLIGHT_I5_SYN_WORDS),
      .StateWords (an_spec_pkg::CFG_COLORLIGHT_I5_STATE_WORDS),
      .RateWords  (an_spec_pkg::CFG_COLORLIGHT_I5_RATE_WORDS),
      .ProgWords  (an_spec_pkg::CFG_COLORLIGHT_I5_PROG_WORDS),
      .Scalars    (an_spec_pkg::CFG_COLORLIGHT_I5_SCALARS),
      .InWords    (an_spec_pkg::CFG_COLORLIGHT_I5_IN_WORDS),
      .OutWords   (an_spec_pkg::CFG_COLORLIGHT_I5_OUT_WORDS),
      .LinkSteps  (an_spec_pkg::CFG_COLORLIGHT_I5_LINK_STEPS),
      .ClockHz    (an_spec_pkg::CFG_COLORLIGHT_I5_CLOCK_HZ),
      .VectorUnits(an_spec_pkg::CFG_COLORLIGHT_I5_VECTOR_UNITS),
      .Banked     (an_spec_pkg::CFG_COLORLIGHT_I5_BANKED),
      .Pairs      (an_spec_pkg::CFG_COLORLIGHT_I5_PAIRS),
      .Recip      (an_spec_pkg::CFG_COLORLIGHT_I5_RECIP),
      .Ring       (an_spec_pkg::CFG_COLORLIGHT_I5_RING),
      .Sums       (an_spec_pkg::CFG_COLORLIGHT_I5_SUMS),
      .Ahead      (an_spec_pkg::CFG_COLORLIGHT_I5_AHEAD),
      .Beside     (an_spec_pkg::CFG_COLORLIGHT_I5_BESIDE),
      .Follow     (an_spec_pkg::CFG_COLORLIGHT_I5_FOLLOW),
      .Closed     (an_spec_pkg::CFG_COLORLIGHT_I5_CLOSED),
      .Pass       (an_spec_pkg::CFG_COLORLIGHT_I5_PASS),
      .Take       (an_spec_pkg::CFG_COLORLIGHT_I5_TAKE),
      .Give       (an_spec_pkg::CFG_COLORLIGHT_I5_GIVE),
      .Split      (an_spec_pkg::CFG_COLORLIGHT_I5_SPLIT),
      .BaudDiv    (an_spec_pkg::CFG_COLORLIGHT_I5_CLOCK_HZ / Baud)
  ) top (
      .clk, .rst_n, .uart_rx, .uart_tx
  );
endmodule
`default_nettype wire
