// SPDX-License-Identifier: Apache-2.0
// an_crc32 -- CRC-32 of bytes, one bit a clock: c = (c >> 1) ^ (bit ^ c[0] ? LINK_CRC_POLY : 0), from all ones.
// in   init: start anew; byte with valid/ready, 8 clocks a byte (not together with init)
// out  crc before the final inversion; ok: the bytes so far end with their own CRC, low byte first
// in_drop: instead of taking the byte in, shift the register down by one: so the four bytes of the CRC are read out.
`default_nettype none

module an_crc32 (
    input  wire         clk,
    input  wire         rst_n,
    input  wire         init,
    input  wire         in_valid,
    output logic        in_ready,
    input  wire  [7:0]  in_byte,
    input  wire         in_drop,
    output logic [31:0] crc,
    output logic        ok
);
  // What remains after any message and its own inverted CRC; a property of the polynomial.
  localparam logic [31:0] Residue = 32'hDEBB20E3;

  logic [7:0] shift_q;
  logic [3:0] left_q;
  logic       drop_q;
  wire        feed = (shift_q[0] ^ crc[0]) && !drop_q;

  assign in_ready = left_q == 4'd0;
  assign ok       = crc == Residue;

  always_ff @(posedge clk) begin
    if (in_ready) begin
      shift_q <= in_byte;
      drop_q  <= in_drop;
      if (in_valid) left_q <= 4'd8;
    end else begin
      shift_q <= {1'b0, shift_q[7:1]};
      left_q  <= left_q - 4'd1;
    end
    if (init) crc <= '1;
    else if (!in_ready) crc <= {1'b0, crc[31:1]} ^ (feed ? an_spec_pkg::LINK_CRC_POLY : 32'd0);
    if (!rst_n) left_q <= 4'd0;
  end
endmodule
`default_nettype wire
