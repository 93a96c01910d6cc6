// SPDX-License-Identifier: Apache-2.0
// an_gate -- y = a where hold is 0, else 0. Combinational; hold comes late and meets one gate
// On an ECP5 (AN_ECP5) a bit is a LUT of its own: Yosys, which takes all registers for near, would put what is before it behind hold.
`default_nettype none
module an_gate #(
    parameter int Bits = 8
) (
    input  logic            hold,
    input  logic [Bits-1:0] a,
    output logic [Bits-1:0] y
);
`ifdef AN_ECP5
  for (genvar i = 0; i < Bits; i++) begin : g_bit
    LUT4 #(.INIT(16'h2222)) gate (.A(a[i]), .B(hold), .C(1'b0), .D(1'b0), .Z(y[i]));
  end
`else
  assign y = a & ~{Bits{hold}};
`endif
endmodule
`default_nettype wire
