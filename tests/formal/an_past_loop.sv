// SPDX-License-Identifier: Apache-2.0
// an_past_loop -- from one neighbour to the core or past it to the next neighbour: every word goes once, in order and whole, to where the core has it go.
// One word, whichever, is watched: its number among those that came, and among those that went past.
`default_nettype none

module an_past_loop #(
    parameter int Steps = 4
) (
    input wire       clk,
    input wire       in_valid,
    input wire       in_data,
    input wire       set,
    input wire [1:0] steps_m1,
    input wire       own_ready,  // the core takes
    input wire       out_ready,
    input wire       pick,       // the word that comes in this clock
    input wire       word        // what it is
);
  logic rst_n_q = 1'b0;
  logic in_ready, here_valid, here_ready, here_data, past_ready, to_valid, to_ready, out_valid, out_data, busy;
  logic [4:0] next;
  an_neighbour #(.Steps(Steps), .Bits(1)) from (.clk, .rst_n(rst_n_q), .in_valid, .in_ready, .next_ready(next[0]), .in_data, .out_valid(here_valid), .next_valid(next[1]),
                                                .out_ready(here_ready), .out_data(here_data));
  an_pass pass (.clk, .rst_n(rst_n_q), .set(set && !busy), .steps_m1({9'd0, steps_m1}), .busy, .next_busy(next[2]), .in_valid(here_valid), .in_ready(past_ready),
                .out_valid(to_valid), .out_ready(to_ready));
  an_neighbour #(.Steps(Steps), .Bits(1)) to (.clk, .rst_n(rst_n_q), .in_valid(to_valid), .in_ready(to_ready), .next_ready(next[3]), .in_data(here_data),
                                              .out_valid, .next_valid(next[4]), .out_ready, .out_data);
  assign here_ready = past_ready || (own_ready && !busy);

  logic       watched_q = 1'b0, word_q, past_q = 1'b0;  // a word was picked; it went past
  logic [4:0] came_q = 5'd0, left_q = 5'd0, went_q = 5'd0, ended_q = 5'd0;  // words into from, out of it, past, out of to
  logic [4:0] number_q, later_q;                         // of the watched word among those that came, that went past
  wire come = rst_n_q && in_valid && in_ready;
  wire leave = rst_n_q && here_valid && here_ready;
  wire go = leave && busy;
  wire finish = rst_n_q && out_valid && out_ready;
  wire take_note = come && pick && !watched_q;
  wire its_turn = leave && watched_q && left_q == number_q;
  always_ff @(posedge clk) begin
    rst_n_q <= 1'b1;
    came_q  <= came_q + 5'(come);
    left_q  <= left_q + 5'(leave);
    went_q  <= went_q + 5'(go);
    ended_q <= ended_q + 5'(finish);
    if (take_note) {watched_q, word_q, number_q} <= {1'b1, word, came_q};
    if (its_turn && go) {past_q, later_q} <= {1'b1, went_q};
  end
  always_comb begin
    if (take_note) assume (in_data == word);
    assert (came_q - left_q <= 5'(Steps));
    assert (went_q - ended_q <= 5'(Steps));
    if (its_turn) assert (here_data == word_q);
    if (finish && past_q && ended_q == later_q) assert (out_data == word_q);
    assert (!(to_valid && to_ready) || go || !rst_n_q);
  end
endmodule
`default_nettype wire
