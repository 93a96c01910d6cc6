// SPDX-License-Identifier: Apache-2.0
// Bit n of a byte that goes out is on the line from its n * BaudDiv-th clock on, ones behind it; a byte ends, whichever way it goes.
  localparam int FormalBits = W + 4;
  logic                  f_past_q = 1'b0;
  logic                  f_busy_q;
  logic [FormalBits-1:0] f_age_q, f_left_q;
  wire  [FormalBits-1:0] f_left = FormalBits'(BaudDiv) * (FormalBits'(9) - FormalBits'(bit_q)) + FormalBits'(count_q);
  always_ff @(posedge clk) begin
    f_past_q <= 1'b1;
    f_busy_q <= rst_n && busy_q;
    f_left_q <= f_left;
    f_age_q  <= busy_q ? f_age_q + 1'b1 : '0;
  end
  always_comb begin
    if (!f_past_q) assume (!rst_n);
    if (f_past_q) begin
      if (busy_q) assert (bit_q <= 4'd9);
      assert (count_q <= Full);
      if (busy_q) assert (f_age_q < FormalBits'(10 * BaudDiv));
      if (busy_q && out_q) begin
        assert (f_age_q == FormalBits'(BaudDiv) * FormalBits'(bit_q) + FormalBits'(Full - count_q));
        assert ((shift_q | (9'h1FF >> bit_q)) == 9'h1FF);
      end
      if (busy_q && !out_q) assert (f_age_q <= FormalBits'(BaudDiv) * FormalBits'(bit_q) + FormalBits'(Full - count_q));
      if (busy_q && f_busy_q) assert (f_left < f_left_q);
      if (in_ready) assert (!busy_q);
    end
  end
