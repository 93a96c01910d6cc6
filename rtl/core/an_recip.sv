// SPDX-License-Identifier: Apache-2.0
// an_recip -- one bit a clock: RECIP floor(2^(48-sh) / |A|) with the sign of A, SQRT floor(sqrt(A * 2^24)), 0 for A < 0.
// load takes A s32f24; then 49-sh or 28 clocks of step; result s32f24 and sat hold until the next load.
// Restoring: RECIP brings down 1 and then zeros, SQRT two bits of A at a time; one subtractor for both.
// The quotient is shifted in inverted where A < 0 (result = ~q + 1). Mirror: sw/model/an_recip.c
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
  logic [31:0] a_q;   // RECIP: the divisor. SQRT: what is left of the radicand
  logic [31:0] rest_q;
  logic [30:0] q_q;

  wire [33:0] x = root ? {2'b0, rest_q[29:0], a_q[31:30]} : {1'b0, rest_q, first_q};
  wire [33:0] y = root ? {3'b0, q_q[28:0], 2'b01} : {{2{a_q[31]}}, a_q};
  wire add = minus_q && !root;
  wire [33:0] left = x + (y ^ {34{!add}}) + {33'b0, !add};
  wire fits = !left[33];

  always_ff @(posedge clk)
    if (load) begin
      first_q <= 1'b1;
      minus_q <= in_a_f24[31] && !root;
      lost_q <= 1'b0;
      a_q <= root && in_a_f24[31] ? '0 : in_a_f24;
      rest_q <= '0;
      q_q <= {31{in_a_f24[31] && !root}};
    end else if (step) begin
      first_q <= 1'b0;
      if (root) a_q <= {a_q[29:0], 2'b0};
      rest_q <= fits ? left[31:0] : x[31:0];
      q_q <= {q_q[29:0], fits ^ minus_q};
      lost_q <= lost_q || (q_q[30] ^ minus_q);
    end

  assign sat = lost_q;
  wire [31:0] ones = {minus_q, lost_q ? {31{~minus_q}} : q_q};
  assign result_f24 = ones + {31'b0, minus_q};
  wire unused = left[32];
endmodule
`default_nettype wire
