// SPDX-License-Identifier: Apache-2.0
// A byte taken is on the line for exactly ten bits, and none is taken meanwhile; an idle line is high.
  logic       f_past_q = 1'b0;
  logic [3:0] f_left_q;
  logic       f_taken_q;
  always_ff @(posedge clk) begin
    f_past_q  <= 1'b1;
    f_left_q  <= left_q;
    f_taken_q <= rst_n && in_valid && in_ready;
  end
  always_comb begin
    if (!f_past_q) assume (!rst_n);
    if (f_past_q) begin
      assert (left_q <= 4'd10);
      assert (f_taken_q == (left_q == 4'd10 && f_left_q == 4'd0));
      assert (left_q == f_left_q || left_q + 4'd1 == f_left_q || left_q == 4'd10 || (left_q == 4'd0));
      if (in_ready) assert (pin);
      // what is behind the bits still to send is ones: stop bit and idle
      assert ((shift_q | 9'((10'd1 << (left_q > 4'd0 ? left_q - 4'd1 : 4'd0)) - 10'd1)) == 9'h1FF);
    end
  end
