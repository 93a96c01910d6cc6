// SPDX-License-Identifier: Apache-2.0
// After a zero byte the decoder is in its first state, whatever it was in before; a frame's first byte gives nothing out, and no input
// byte gives more than one.
  logic f_past_q = 1'b0;
  logic f_zero_q;
  always_ff @(posedge clk) begin
    f_past_q <= 1'b1;
    f_zero_q <= in_valid && in_byte == 8'd0;
  end
  always_comb begin
    if (f_past_q && f_zero_q) begin
      assert (left_q == 8'd0 && !zero_q);
      assert (!out_valid);
    end
    if (out_valid) assert (in_valid && !end_valid);
    if (end_valid) assert (in_valid && !out_valid);
  end
