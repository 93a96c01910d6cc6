// SPDX-License-Identifier: Apache-2.0
// an_recip -- one bit a clock: RECIP floor(2^(48-sh) / |A|) with the sign of A, SQRT floor(sqrt(A * 2^24)), 0 for A < 0.
// load takes A s32f24; then 49-sh or 28 clocks of step; result s32f24 and sat hold until the next load.
// Non-restoring (a rest below zero is made up for in the next step): RECIP brings down 1 and then zeros, SQRT two bits of A at a
// time; one adder for both. The quotient is shifted in inverted where A < 0 (result = ~q + 1), and fills up when a bit is lost.
// Mirror: sw/model/an_recip.c
`default_nettype none
module an_recip (
    input  logic        clk,
    input  logic        load,
    input  logic        step,
    input  logic        root,
    input  logic [31:0] in_a_f24,
    output logic [31:0] result_f24,
    output logic        sat
);
  logic first_q, minus_q, lost_q;
  logic [31:0] a_q;     // RECIP: the divisor. SQRT: what is left of the radicand
  logic [33:0] rest_q;  // between minus and plus the divisor
  logic [30:0] q_q;

  wire below = rest_q[33];
  wire subtract = below == (minus_q && !root);
  wire [33:0] x = root ? {rest_q[31:0], a_q[31:30]} : {rest_q[32:0], first_q};
  wire [33:0] y = root ? {3'b0, q_q[28:0], below, 1'b1} : {{2{a_q[31]}}, a_q};
  wire [33:0] rest_d = x + (y ^ {34{subtract}}) + {33'b0, subtract};
  wire minus = in_a_f24[31] && !root;
  wire lost = lost_q || (q_q[30] ^ minus_q);
  wire fill = load ? minus : !minus_q;

  always_ff @(posedge clk)
    if (load || step) begin
      first_q <= load;
      if (load) minus_q <= minus;
      if (load || root) a_q <= !load ? {a_q[29:0], 2'b0} : root && in_a_f24[31] ? '0 : in_a_f24;
      rest_q <= load ? '0 : rest_d;
      q_q <= load || lost ? {31{fill}} : {q_q[29:0], !rest_d[33] ^ minus_q};
      lost_q <= lost && !load;
    end

  assign sat = lost_q;
  assign result_f24 = {minus_q, q_q} + {31'b0, minus_q};
endmodule
`default_nettype wire
