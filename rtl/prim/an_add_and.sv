// SPDX-License-Identifier: Apache-2.0
// an_add_and -- y = a + (b & c & d), or ~a + (b & c & d) with Invert: the sum of ~a is ~ of a difference. Combinational
// On an ECP5 (AN_ECP5) the AND stands in the carry cells, where Yosys puts two operands only. Carry cell: S = P ^ carry, carry on = P ? carry : G;
// P is its table, G the first 4 bits of it (C = D = 0), which here is the first operand whatever B is.
`default_nettype none
module an_add_and #(
    parameter int Bits = 32,
    parameter bit Invert = 1'b0
) (
    input  logic [Bits-1:0] a,
    input  logic [Bits-1:0] b,
    input  logic [Bits-1:0] c,
    input  logic [Bits-1:0] d,
    output logic [Bits-1:0] y
);
`ifdef AN_ECP5
  localparam int Cells = (Bits + 1) / 2;
  localparam logic [15:0] Init = Invert ? 16'h9555 : 16'h6AAA;
  wire [2*Cells-1:0] a_2 = (2 * Cells)'(a);
  wire [2*Cells-1:0] b_2 = (2 * Cells)'(b);
  wire [2*Cells-1:0] c_2 = (2 * Cells)'(c);
  wire [2*Cells-1:0] d_2 = (2 * Cells)'(d);
  wire [2*Cells-1:0] y_2;
  wire [Cells:0] carry;
  assign carry[0] = 1'b0;
  for (genvar i = 0; i < Cells; i++) begin : g_cell
    CCU2C #(.INIT0(Init), .INIT1(Init), .INJECT1_0("NO"), .INJECT1_1("NO")) carry_cell (
        .CIN(carry[i]), .A0(a_2[2*i]), .B0(b_2[2*i]), .C0(c_2[2*i]), .D0(d_2[2*i]), .A1(a_2[2*i+1]), .B1(b_2[2*i+1]), .C1(c_2[2*i+1]),
        .D1(d_2[2*i+1]), .S0(y_2[2*i]), .S1(y_2[2*i+1]), .COUT(carry[i+1])
    );
  end
  assign y = y_2[Bits-1:0];
`else
  assign y = (Invert ? ~a : a) + (b & c & d);
`endif
endmodule
`default_nettype wire
