// SPDX-License-Identifier: Apache-2.0
// an_mux -- y = word number sel. Combinational
// On an ECP5 (AN_ECP5) a bit of eight words is four LUTs and the slices' own multiplexers behind them; Yosys, to which those are parts of
// larger LUTs only, takes seven.
`default_nettype none
module an_mux #(
    parameter int Ways = 2,  // a power of two
    parameter int Bits = 16,
    localparam int SelBits = Ways > 1 ? $clog2(Ways) : 1
) (
    input  logic [  SelBits-1:0] sel,
    input  logic [Ways*Bits-1:0] words,
    output logic [     Bits-1:0] y
);
`ifdef AN_ECP5
  localparam bit Slices = Ways == 8;
`else
  localparam bit Slices = 1'b0;
`endif
  if (Slices) begin : g_slices
`ifdef AN_ECP5
    for (genvar i = 0; i < Bits; i++) begin : g_bit
      wire [3:0] pair;
      wire [1:0] four;
      for (genvar p = 0; p < 4; p++) begin : g_pair
        LUT4 #(.INIT(16'hCACA)) two (.A(words[2*p*Bits+i]), .B(words[(2*p+1)*Bits+i]), .C(sel[0]), .D(1'b0), .Z(pair[p]));
      end
      for (genvar f = 0; f < 2; f++) begin : g_four
        PFUMX muxed (.BLUT(pair[2*f]), .ALUT(pair[2*f+1]), .C0(sel[1]), .Z(four[f]));
      end
      L6MUX21 eight (.D0(four[0]), .D1(four[1]), .SD(sel[2]), .Z(y[i]));
    end
`endif
  end else begin : g_plain
    assign y = words[Bits*sel+:Bits];
  end
endmodule
`default_nettype wire
