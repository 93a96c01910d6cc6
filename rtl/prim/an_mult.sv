// SPDX-License-Identifier: Apache-2.0
// an_mult -- product of two s16, exact: p = a * b of two clocks before (Late), or of the clock before
// On an ECP5 (AN_ECP5, set by constraints/flow_ecp5.mk) the registers are those of the multiplier block, which Yosys does not use by itself:
// fabric registers at both ends of a block cost two long wires and 4 ns in one clock.
`default_nettype none
module an_mult #(
    parameter bit Late = 1'b1
) (
    input  logic               clk,
    input  logic signed [15:0] a,
    input  logic signed [15:0] b,
    output logic signed [31:0] p
);
`ifdef AN_ECP5
  wire [17:0] a_18 = 18'(a);
  wire [17:0] b_18 = 18'(b);
  wire [3:0] unused;
  MULT18X18D #(
      .REG_INPUTA_CLK("CLK0"), .REG_INPUTA_CE("CE0"), .REG_INPUTA_RST("RST0"), .REG_INPUTB_CLK("CLK0"), .REG_INPUTB_CE("CE0"),
      .REG_INPUTB_RST("RST0"), .REG_OUTPUT_CLK(Late ? "CLK0" : "NONE"), .REG_OUTPUT_CE("CE0"), .REG_OUTPUT_RST("RST0")
  ) block (
      .CLK0(clk), .CE0(1'b1), .RST0(1'b0), .SIGNEDA(1'b1), .SIGNEDB(1'b1), .SOURCEA(1'b0), .SOURCEB(1'b0),
      .A0(a_18[0]), .A1(a_18[1]), .A2(a_18[2]), .A3(a_18[3]), .A4(a_18[4]), .A5(a_18[5]),
      .A6(a_18[6]), .A7(a_18[7]), .A8(a_18[8]), .A9(a_18[9]), .A10(a_18[10]), .A11(a_18[11]),
      .A12(a_18[12]), .A13(a_18[13]), .A14(a_18[14]), .A15(a_18[15]), .A16(a_18[16]), .A17(a_18[17]),
      .B0(b_18[0]), .B1(b_18[1]), .B2(b_18[2]), .B3(b_18[3]), .B4(b_18[4]), .B5(b_18[5]),
      .B6(b_18[6]), .B7(b_18[7]), .B8(b_18[8]), .B9(b_18[9]), .B10(b_18[10]), .B11(b_18[11]),
      .B12(b_18[12]), .B13(b_18[13]), .B14(b_18[14]), .B15(b_18[15]), .B16(b_18[16]), .B17(b_18[17]),
      .P0(p[0]), .P1(p[1]), .P2(p[2]), .P3(p[3]), .P4(p[4]), .P5(p[5]),
      .P6(p[6]), .P7(p[7]), .P8(p[8]), .P9(p[9]), .P10(p[10]), .P11(p[11]),
      .P12(p[12]), .P13(p[13]), .P14(p[14]), .P15(p[15]), .P16(p[16]), .P17(p[17]),
      .P18(p[18]), .P19(p[19]), .P20(p[20]), .P21(p[21]), .P22(p[22]), .P23(p[23]),
      .P24(p[24]), .P25(p[25]), .P26(p[26]), .P27(p[27]), .P28(p[28]), .P29(p[29]),
      .P30(p[30]), .P31(p[31]), .P32(unused[0]), .P33(unused[1]), .P34(unused[2]), .P35(unused[3])
  );
`else
  logic signed [15:0] a_q, b_q;
  always_ff @(posedge clk) begin
    a_q <= a;
    b_q <= b;
  end
  if (Late) begin : g_late
    always_ff @(posedge clk) p <= a_q * b_q;
  end else begin : g_early
    assign p = a_q * b_q;
  end
`endif
endmodule
`default_nettype wire
