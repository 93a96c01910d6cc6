// SPDX-License-Identifier: Apache-2.0
// an_icebreaker -- the configuration "icebreaker" on an iCEBreaker: PLL, reset, link on the board's USB serial port, two LEDs.
// clk_12mhz pin 35 (the PLL's pad); the chip runs at 24 MHz, the serial line at 24 MHz / 8 = 3 Mbaud
// led_green_n lights when the chip is out of reset; led_red_n while the line from the host is low: it glows when frames come.
`default_nettype none

module an_icebreaker (
    input  wire clk_12mhz,
    input  wire button_n,
    input  wire uart_rx,
    output wire uart_tx,
    output wire led_red_n,
    output wire led_green_n
);
  localparam int BaudDiv = 8;

  wire clk, locked;

  SB_PLL40_PAD #( // 12 MHz * (DIVF + 1) / 2^DIVQ, VCO at 768 MHz (icepll -i 12 -o 24)
      .FEEDBACK_PATH("SIMPLE"),
      .DIVR         (4'd0),
      .DIVF         (7'd63),
      .DIVQ         (3'd5),
      .FILTER_RANGE (3'd1)
  ) pll (
      .PACKAGEPIN   (clk_12mhz),
      .PLLOUTGLOBAL (clk),
      .LOCK         (locked),
      .RESETB       (1'b1),
      .BYPASS       (1'b0)
  );

  // Reset ends 2^9 clocks (21 us) after the PLL locks and the button is up: iCE40 block RAM reads zeros for the first
  // microseconds after configuration. Registers start at 0 from the bitstream.
  logic [1:0] ready_q;
  logic [9:0] wait_q;
  logic       rst_n_q;
  initial begin
    ready_q = '0;
    wait_q  = '0;
    rst_n_q = 1'b0;
  end
  always_ff @(posedge clk) begin
    ready_q <= {ready_q[0], locked && button_n};
    if (!ready_q[1]) wait_q <= '0;
    else if (!wait_q[9]) wait_q <= wait_q + 10'd1;
    rst_n_q <= wait_q[9];
  end

  assign led_green_n = !rst_n_q;
  assign led_red_n   = uart_rx;

  an_top #(
      .Cores     (an_spec_pkg::CFG_ICEBREAKER_CORES),
      .Lanes     (an_spec_pkg::CFG_ICEBREAKER_LANES),
      .SynWords  (an_spec_pkg::CFG_ICEBREAKER_SYN_WORDS),
      .StateWords(an_spec_pkg::CFG_ICEBREAKER_STATE_WORDS),
      .RateWords (an_spec_pkg::CFG_ICEBREAKER_RATE_WORDS),
      .ProgWords (an_spec_pkg::CFG_ICEBREAKER_PROG_WORDS),
      .Scalars   (an_spec_pkg::CFG_ICEBREAKER_SCALARS),
      .InWords   (an_spec_pkg::CFG_ICEBREAKER_IN_WORDS),
      .OutWords  (an_spec_pkg::CFG_ICEBREAKER_OUT_WORDS),
      .LinkSteps (an_spec_pkg::CFG_ICEBREAKER_LINK_STEPS),
      .ClockHz   (an_spec_pkg::CFG_ICEBREAKER_CLOCK_HZ),
      .Banked    (an_spec_pkg::CFG_ICEBREAKER_BANKED),
      .VectorUnits(an_spec_pkg::CFG_ICEBREAKER_VECTOR_UNITS),
      .Pairs     (an_spec_pkg::CFG_ICEBREAKER_PAIRS),
      .Recip     (an_spec_pkg::CFG_ICEBREAKER_RECIP),
      .Ring      (an_spec_pkg::CFG_ICEBREAKER_RING),
      .Sums      (an_spec_pkg::CFG_ICEBREAKER_SUMS),
      .Ahead     (an_spec_pkg::CFG_ICEBREAKER_AHEAD),
      .Beside    (an_spec_pkg::CFG_ICEBREAKER_BESIDE),
      .Follow    (an_spec_pkg::CFG_ICEBREAKER_FOLLOW),
      .Closed    (an_spec_pkg::CFG_ICEBREAKER_CLOSED),
      .Pass      (an_spec_pkg::CFG_ICEBREAKER_PASS),
      .Take      (an_spec_pkg::CFG_ICEBREAKER_TAKE),
      .Give      (an_spec_pkg::CFG_ICEBREAKER_GIVE),
      .Split     (an_spec_pkg::CFG_ICEBREAKER_SPLIT),
      .BaudDiv   (BaudDiv)
  ) top (
      .clk    (clk),
      .rst_n  (rst_n_q),
      .uart_rx(uart_rx),
      .uart_tx(uart_tx)
  );
endmodule
`default_nettype wire
