// SPDX-License-Identifier: Apache-2.0
// an_add_and -- y = a + (b & c & d), or ~a + (b & c & d) with Invert: the sum of ~a is ~ of a difference. Combinational
// On an ECP5 (AN_ECP5) the AND stands in the carry cells, where Yosys puts two operands only: G is the first operand whatever B is.
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
  an_add_cells #(.Bits(Bits), .Init(Invert ? 16'h9555 : 16'h6AAA)) u_cells (.a, .b, .c, .d, .y);
`else
  assign y = (Invert ? ~a : a) + (b & c & d);
`endif
endmodule
`default_nettype wire
