// SPDX-License-Identifier: Apache-2.0
// Shells of the iCE40 cells that a board top names, for Verilator's lint only: Yosys and nextpnr bring the real ones.
`default_nettype none
/* verilator lint_off DECLFILENAME */
/* verilator lint_off UNUSEDSIGNAL */
/* verilator lint_off UNUSEDPARAM */
/* verilator lint_off UNDRIVEN */
module SB_PLL40_PAD #(
    parameter     FEEDBACK_PATH = "SIMPLE",
    parameter bit [3:0] DIVR = 4'd0,
    parameter bit [6:0] DIVF = 7'd0,
    parameter bit [2:0] DIVQ = 3'd0,
    parameter bit [2:0] FILTER_RANGE = 3'd0
) (
    input  wire PACKAGEPIN,
    output wire PLLOUTGLOBAL,
    output wire LOCK,
    input  wire RESETB,
    input  wire BYPASS
);
endmodule
/* verilator lint_on UNDRIVEN */
/* verilator lint_on UNUSEDPARAM */
/* verilator lint_on UNUSEDSIGNAL */
/* verilator lint_on DECLFILENAME */
`default_nettype wire
