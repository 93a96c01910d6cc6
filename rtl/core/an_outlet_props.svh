// SPDX-License-Identifier: Apache-2.0
// Of what set asks for as many steps are given, no more and no fewer, each where the one before ends; and there is room for every one of them.
  logic        f_past_q = 1'b0, f_given_q, f_over_q, f_stays_q;
  logic [ 1:0] f_lacks_q, f_valid_q, f_set_q;
  logic [10:0] f_steps_q, f_steps_m1, f_gone, f_dest;
  logic [11:0] f_up_q, f_down_q;
  wire f_ends = go && |(elsewhere & to);
  always_ff @(posedge clk) begin
    f_past_q <= 1'b1;
    {f_lacks_q, f_valid_q, f_given_q, f_steps_q, f_up_q, f_down_q} <= {lacks, valid, given, steps_m1, free_up, free_down};
    f_set_q <= rst_n && running ? set : '0;
    f_over_q <= rst_n && running && set == '0 && to != '0 && given && left_m1 == '0;
    f_stays_q <= rst_n && running && set == '0 && to != '0 && !f_ends && !(given && f_gone == f_steps_m1);
    if (|set) {f_steps_m1, f_gone, f_dest} <= {steps_m1, 11'd0, word[an_spec_pkg::F_VEC_DSP_LSB] ? placed_rate : placed_state};
    else if (given) f_gone <= f_gone + 11'd1;
  end
  always_comb begin
    if (!f_past_q) assume (!rst_n);
    // a core sets it when the port had room for its steps in the clock before, and nothing is under way
    assume (set != 2'b11 && (set & f_lacks_q) == '0);
    if (|set) assume (steps_m1 == f_steps_q && !given && !f_given_q);
    // nobody else gives to that port; steps of a block are whole
    if (f_past_q) assume (free_up >= f_up_q - {11'b0, f_valid_q[0]} && free_down >= f_down_q - {11'b0, f_valid_q[1]} && f_up_q >= {11'b0, f_valid_q[0]} && f_down_q >= {11'b0, f_valid_q[1]});
    if (f_past_q) begin
      assert (to != 2'b11);
      if (|f_set_q) assert (to == f_set_q);
      if (f_stays_q) assert (to != '0);
      if (f_over_q) assert (to == '0 && f_gone == f_steps_m1 + 11'd1);
      if (|to) begin
        assert (12'(f_gone) + 12'(left_m1) == 12'(f_steps_m1));
        assert (11'((at - f_dest) * 11'(Lanes / Units)) + 11'(lane) / 11'(Units) == f_gone);
        assert (11'(lane) % 11'(Units) == '0);
      end
      if (to[0]) assert (free_up > {1'b0, left_m1});
      if (to[1]) assert (free_down > {1'b0, left_m1});
    end
  end
