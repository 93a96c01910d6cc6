// SPDX-License-Identifier: Apache-2.0
// an_cobs_dec -- bytes of the line to bytes of a frame (consistent overhead byte stuffing).
// in   byte with valid, always taken
// out  byte with valid, in the same clock as the input byte that makes it complete; at most one an input byte
// end_valid at each zero byte, end_error with it where the frame was cut inside a block.
// A zero byte puts it into its first state whatever went before: that is how the link finds frames again.
`default_nettype none

module an_cobs_dec (
    input  wire        clk,
    input  wire        rst_n,
    input  wire        in_valid,
    input  wire  [7:0] in_byte,
    output logic       out_valid,
    output logic [7:0] out_byte,
    output logic       end_valid,
    output logic       end_error
);
  logic [7:0] left_q; // data bytes left in the block; 0: the next byte is a code
  logic       zero_q; // the block stood for a zero, due when another block follows
  wire        is_end  = in_byte == 8'd0;
  wire        is_code = left_q == 8'd0;

  assign out_valid = in_valid && !is_end && (!is_code || zero_q);
  assign out_byte  = is_code ? 8'd0 : in_byte;
  assign end_valid = in_valid && is_end;
  assign end_error = !is_code;

  always_ff @(posedge clk) begin
    if (in_valid) begin
      left_q <= is_end ? 8'd0 : (is_code ? in_byte : left_q) - 8'd1;
      if (is_end) zero_q <= 1'b0;
      else if (is_code) zero_q <= in_byte != 8'hFF;
    end
    if (!rst_n) begin
      left_q <= 8'd0;
      zero_q <= 1'b0;
    end
  end
`ifdef FORMAL
  `include "an_cobs_dec_props.svh"
`endif
endmodule
`default_nettype wire
