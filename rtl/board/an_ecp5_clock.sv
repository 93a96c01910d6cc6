// SPDX-License-Identifier: Apache-2.0
// an_ecp5_clock -- clock and reset of an ECP5 board: PLL from InHz to OutHz, reset until it locks and the button is up
// OutHz is a multiple of InHz / InDiv; the VCO runs at OutHz * OutDiv, 400 to 800 MHz, as ecppll would choose.
// Reset ends 2^9 clocks after both; registers start at 0 from the bitstream.
`default_nettype none

module an_ecp5_clock #(
    parameter int InHz = 25_000_000,
    parameter int OutHz = 80_000_000,
    parameter int InDiv = 5,
    localparam int BackDiv = OutHz / (InHz / InDiv),
    localparam int OutDiv = 600_000_000 / OutHz
) (
    input  wire  clk_in,
    input  wire  button_n,
    output logic clk,
    output logic rst_n
);
  if (InHz / InDiv * BackDiv != OutHz || BackDiv > 80) begin : gen_check
    $fatal(1, "an_ecp5_clock: OutHz is no multiple of InHz / InDiv");
  end

  wire locked;
  (* ICP_CURRENT = "12", LPF_RESISTOR = "8", MFG_ENABLE_FILTEROPAMP = "1", MFG_GMCREF_SEL = "2" *)
  EHXPLLL #(
      .PLLRST_ENA("DISABLED"), .INTFB_WAKE("DISABLED"), .STDBY_ENABLE("DISABLED"), .DPHASE_SOURCE("DISABLED"),
      .OUTDIVIDER_MUXA("DIVA"), .OUTDIVIDER_MUXB("DIVB"), .OUTDIVIDER_MUXC("DIVC"), .OUTDIVIDER_MUXD("DIVD"),
      .CLKI_DIV(InDiv), .CLKFB_DIV(BackDiv), .FEEDBK_PATH("CLKOP"),
      .CLKOP_ENABLE("ENABLED"), .CLKOP_DIV(OutDiv), .CLKOP_CPHASE(OutDiv / 2), .CLKOP_FPHASE(0)
  ) pll (
      .CLKI(clk_in), .CLKFB(clk), .CLKOP(clk), .LOCK(locked), .RST(1'b0), .STDBY(1'b0), .PHASESEL0(1'b0), .PHASESEL1(1'b0),
      .PHASEDIR(1'b1), .PHASESTEP(1'b1), .PHASELOADREG(1'b1), .PLLWAKESYNC(1'b0), .ENCLKOP(1'b0)
  );

  logic [1:0] ready_q;
  logic [9:0] wait_q;
  initial begin
    ready_q = '0;
    wait_q = '0;
    rst_n = 1'b0;
  end
  always_ff @(posedge clk) begin
    ready_q <= {ready_q[0], locked && button_n};
    if (!ready_q[1]) wait_q <= '0;
    else if (!wait_q[9]) wait_q <= wait_q + 10'd1;
    rst_n <= wait_q[9];
  end
endmodule
`default_nettype wire
