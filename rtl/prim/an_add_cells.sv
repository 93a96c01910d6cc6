// SPDX-License-Identifier: Apache-2.0
// an_add_cells -- a chain of an ECP5's carry cells, each of which puts a bit of four operands through the table Init. Combinational
// Carry cell: S = P ^ carry, carry on = P ? carry : G; P is its table of A B C D, G the table's first 4 bits (C = D = 0). The first carry is 0.
`default_nettype none
`ifdef AN_ECP5
module an_add_cells #(
    parameter int Bits = 32,
    parameter logic [15:0] Init = 16'h0
) (
    input  logic [Bits-1:0] a,
    input  logic [Bits-1:0] b,
    input  logic [Bits-1:0] c,
    input  logic [Bits-1:0] d,
    output logic [Bits-1:0] y
);
  localparam int Cells = (Bits + 1) / 2;
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
endmodule
`endif
`default_nettype wire
