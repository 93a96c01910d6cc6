// SPDX-License-Identifier: Apache-2.0
// Of what set asks for as many steps are taken, no more and no fewer, all from one port; each is written once, as it came, and before the next one needs its register.
  logic                f_past_q = 1'b0, f_pending, f_over_q, f_stays_q, f_busy_q, f_busy_2_q, f_set_q;
  logic [         2:0] f_taken_q;                // S was written by a sweep, one to three clocks ago
  logic [        10:0] f_steps_m1, f_gone, f_dest;
  logic [32*Units-1:0] f_word;
  wire f_write = |{state_we, rate_we};
  always_ff @(posedge clk) begin
    f_past_q <= 1'b1;
    f_taken_q <= rst_n ? {f_taken_q[1:0], state_taken} : '0;
    {f_busy_2_q, f_busy_q} <= {f_busy_q, busy};
    {f_set_q, f_over_q} <= {2{rst_n}} & {|set && running, active && ((take && last) || !running)};
    f_stays_q <= rst_n && running && active && !(take && last);
    f_pending <= rst_n && (take || (f_pending && !f_write));
    if (|set) {f_steps_m1, f_gone, f_dest} <= {steps_m1, 11'd0, dest};
    else if (take) f_gone <= f_gone + 11'd1;
    if (take) f_word <= in_ready[0] ? in_up_f24 : in_down_f24;
  end
  always_comb begin
    if (!f_past_q) assume (!rst_n);
    // a core sets it when it has executed something that waits; a sweep writes two clocks in a row at most, and not before the fourth after those
    assume (!(set[0] && set[1]) && !(|set && (busy || f_busy_q || f_busy_2_q)));
    if (state_taken) assume (f_taken_q != 3'b011 && f_taken_q != 3'b010 && f_taken_q != 3'b100 && f_taken_q != 3'b110 && f_taken_q != 3'b111 && f_taken_q != 3'b101);
    if (f_past_q) begin
      assert (in_ready != 2'b11 && (active || in_ready == '0));
      if (f_set_q || f_stays_q) assert (active);
      if (active) begin
        assert (12'(f_gone) + 12'(left_m1) == 12'(f_steps_m1));
        assert (Units != Lanes || (lane == '0 && addr == f_dest + f_gone));
      end
      if (f_over_q) assert (!active && busy);
      assert (full == f_pending);
      if (full) assert (words_f24 == f_word);
      assert (!(take && full && !f_write));
      // how long a step may have stood in the register
      if (full && to_state) assert (gap_q == 2'd2 || (gap_q == 2'd1 && f_taken_q[0]) || (gap_q == 2'd0 && f_taken_q[1:0] == 2'b11));
      if (full && !to_state) assert (rate_we != '0);
      if (full) assert (on_q != '0);
    end
  end
