// SPDX-License-Identifier: Apache-2.0
// No deadlock: outside Receive a rank falls every clock in which neither the bus nor the line is waited for. Resynchronisation: a zero byte that
// does not end a whole frame puts the receiver into its first state, from any state. The bus holds its operands. The closing zero is not overwritten.
// The RAM is cut away for the proof: its bytes are free, but where the closing zero was written there is a zero (f_mark_q).
  logic        f_past_q = 1'b0;
  logic        f_fresh_q, f_wait_q, f_hold_q, f_write_q;
  logic [27:0] f_addr_q;
  logic [31:0] f_wdata_q;
  logic [19:0] f_rank, f_rank_q;
  logic [7:0]  f_mark_q;
  wire  [7:0]  f_words = count_q - num_q; // still to go
  wire  [3:0]  f_time = 4'd15 - time_q;
  wire  [1:0]  f_step = 2'd3 - step_q;
  always_comb
    case (state_q)
      Receive: f_rank = 20'd0;
      Back:    f_rank = {4'd12, 10'd0, f_step, f_time};
      Load:    f_rank = {4'd11, 10'd0, f_step, f_time};
      Key:     f_rank = {4'd10, 10'd0, f_step, f_time};
      SeqIn:   f_rank = {4'd9, 10'd0, f_step, f_time};
      SeqOut:  f_rank = {4'd8, 10'd0, f_step, f_time};
      Scatter: f_rank = {4'd7, f_words, 2'd3, f_step, f_time};
      Next:    f_rank = {4'd7, f_words, 2'd2, f_step, f_time};
      Gather:  f_rank = {4'd7, f_words, 2'd1, f_step, f_time};
      Bus:     f_rank = {4'd7, f_words, 2'd0, f_step, f_time};
      Head:    f_rank = {4'd6, 10'd0, f_step, f_time};
      Body:    f_rank = {4'd5, num_q, 2'd0, f_step, f_time};
      Tail:    f_rank = {4'd4, 10'd0, f_step, f_time};
      Mark:    f_rank = {4'd3, 10'd0, f_step, f_time};
      Stuff:   f_rank = {4'd2, at_q - AtCode, 2'd0, f_step, f_time};
      default: f_rank = {4'd1, f_mark_q - at_q, 2'd0, f_step, f_time};
    endcase
  always_ff @(posedge clk) begin
    f_past_q  <= 1'b1;
    f_fresh_q <= rst_n && rx_end && !whole;
    f_wait_q  <= !rst_n || (bus_valid && !bus_ready) || (state_q == Send && here && !tx_ready);
    f_hold_q  <= rst_n && bus_valid && !bus_ready;
    f_rank_q  <= f_rank;
    f_addr_q  <= bus_addr;
    f_wdata_q <= bus_wdata;
    f_write_q <= bus_write;
    if (state_q == Mark) f_mark_q <= at_q;
  end
  always_comb begin
    if (!f_past_q) assume (!rst_n);
    if (state_q == Mark) assume (at_q <= 8'(an_spec_pkg::LINK_MAX_PAYLOAD)); // what fits allows
    if (state_q == Send && here && at_q == f_mark_q) assume (no_byte);
    if (f_past_q) begin
      if (state_q != Receive && !f_wait_q && f_rank_q != 20'd0) assert (f_rank < f_rank_q);
      if (f_wait_q && state_q == Send) assert (f_rank == f_rank_q || f_rank_q == 20'd0);
      if (still) assert (at_start);
      if (short) assert (time_q <= 4'd1);
      if (short || state_q == Next || state_q == Bus) assert (step_q == 2'd0);
      if (state_q == Gather || state_q == Bus) assert (num_q != count_q);
      if ((state_q == Stuff || state_q == Send) && mem_we) assert (mem_at[7:0] != f_mark_q);
      if (state_q == Stuff) assert (at_q - AtCode < f_mark_q - AtCode);
      if (f_fresh_q) begin
        assert (receive && at_q == AtRequest && num_q == 8'd1 && head_q && !begun_q && !lost_q && at_start);
        assert (word == 32'd0);
      end
      if (f_hold_q) assert (bus_valid && bus_addr == f_addr_q && bus_wdata == f_wdata_q && bus_write == f_write_q);
    end
  end
