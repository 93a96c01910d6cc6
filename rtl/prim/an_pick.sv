// SPDX-License-Identifier: Apache-2.0
// an_pick -- y = other ? (pass ? b : a) : own, whose bits ones and zeros set or clear, both: left. Combinational
// On an ECP5 (AN_ECP5) a bit is two LUTs and the slice's own multiplexer; Yosys, to which that is part of a larger LUT only, takes three or more.
`default_nettype none
module an_pick #(
    parameter int Bits = 31
) (
    input  logic            other,
    input  logic            pass,
    input  logic [Bits-1:0] a,
    input  logic [Bits-1:0] b,
    input  logic            ones,
    input  logic            zeros,
    input  logic [Bits-1:0] own,
    input  logic [Bits-1:0] left,
    output logic [Bits-1:0] y
);
`ifdef AN_ECP5
  for (genvar i = 0; i < Bits; i++) begin : g_bit
    wire from_own, from_other;
    LUT4 #(.INIT(16'hCF0A)) own_lut (.A(own[i]), .B(left[i]), .C(zeros), .D(ones), .Z(from_own));
    LUT4 #(.INIT(16'hCACA)) other_lut (.A(a[i]), .B(b[i]), .C(pass), .D(1'b0), .Z(from_other));
    PFUMX muxed (.BLUT(from_own), .ALUT(from_other), .C0(other), .Z(y[i]));
  end
`else
  assign y = other ? (pass ? b : a) : ones ? (zeros ? left : '1) : zeros ? '0 : own;
`endif
endmodule
`default_nettype wire
