// SPDX-License-Identifier: Apache-2.0
// an_add_or -- y = (a | b) + (c | d). Combinational. For operands of which one of two is zero: a choice that costs nothing
// On an ECP5 (AN_ECP5) both ORs stand in the carry cells, where Yosys puts two operands only: G is a | b.
`default_nettype none
module an_add_or #(
    parameter int Bits = 32
) (
    input  logic [Bits-1:0] a,
    input  logic [Bits-1:0] b,
    input  logic [Bits-1:0] c,
    input  logic [Bits-1:0] d,
    output logic [Bits-1:0] y
);
`ifdef AN_ECP5
  an_add_cells #(.Bits(Bits), .Init(16'h111E)) u_cells (.a, .b, .c, .d, .y);
`else
  assign y = (a | b) + (c | d);
`endif
endmodule
`default_nettype wire
