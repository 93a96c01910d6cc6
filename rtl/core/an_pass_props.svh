// SPDX-License-Identifier: Apache-2.0
// Of what set asks for as many steps go, no more and no fewer, in the clocks in which both neighbours agree; without it the ports are left alone.
  logic        f_past_q = 1'b0;
  logic [10:0] f_steps_m1, f_gone;  // of the set under way
  wire         f_in = in_valid && in_ready;
  wire         f_out = out_valid && out_ready;
  always_ff @(posedge clk) begin
    f_past_q <= 1'b1;
    if (set) {f_steps_m1, f_gone} <= {steps_m1, 11'd0};
    else if (f_in) f_gone <= f_gone + 11'd1;
  end
  always_comb begin
    if (!f_past_q) assume (!rst_n);
    if (busy) assume (!set);
    assert (f_in == f_out);
    if (f_past_q && !busy) assert (!in_ready && !out_valid);
    if (f_past_q && busy) begin
      assert (12'(f_gone) + 12'(left_m1) == 12'(f_steps_m1));
      assert (last_q == (left_m1 == '0));
      assert (f_in == (in_valid && out_ready));
    end
  end
  // the last step ends it, nothing else but reset
  logic f_busy_q, f_end_q, f_reset_q;
  always_ff @(posedge clk) {f_busy_q, f_end_q, f_reset_q} <= {busy, f_in && f_gone == f_steps_m1, !rst_n};
  always_comb if (f_past_q && f_busy_q && !f_reset_q) assert (busy == !f_end_q);
