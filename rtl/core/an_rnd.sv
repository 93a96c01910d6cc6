// SPDX-License-Identifier: Apache-2.0
// an_rnd -- rounding bits (docs/machine.md section 5): a mixed seed for every row and block of 32 columns, then 16 steps a column
//   z = key ^ reversed tick ^ row ^ block << BLOCK_AT; four rounds of y = z ^ rotr(z, A) ^ rotr(z, B), z = y + (y << SHIFT) + 1
//   A = z with its top bit set; B = halves of z swapped ^ SECOND_XOR, likewise; a column: s = s << 16 | s>>16 ^ s>>14 ^ s>>10 ^ s>>9
// launch in clock u with the row and the block: a round a clock, A in lane 0 of rnd in u+5, then a column a lane and clock. In a pair (two)
// A in u+7, B in u+12, a column every two clocks; second tells one clock before which it is. Launches lie 4 clocks apart or more, in a pair 6.
// Mirror: sw/model/an_rnd.c
`default_nettype none
module an_rnd #(
    parameter int Lanes = 2,
    parameter bit Pairs = 1'b1
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic                key_en,
    input  logic [        31:0] key,
    input  logic [        31:0] tick,
    input  logic                launch,
    input  logic [        10:0] launch_row,
    input  logic [         5:0] launch_block,
    input  logic                two,
    input  logic                second,
    output logic [16*Lanes-1:0] rnd
);
  function automatic logic [31:0] mix(input logic [31:0] x);
    logic [31:0] y;
    y = x ^ {x[an_spec_pkg::ROTR_A-1:0], x[31:an_spec_pkg::ROTR_A]} ^ {x[an_spec_pkg::ROTR_B-1:0], x[31:an_spec_pkg::ROTR_B]};
    mix = y + {y[31-an_spec_pkg::SHIFT:0], {an_spec_pkg::SHIFT{1'b0}}} + 32'd1;
  endfunction
  logic [31:0] key_q, reversed, z_q;  // key_q: with the tick, which stands still from KEY to the sweep's end
  always_comb for (int i = 0; i < 32; i++) reversed[i] = tick[31-i];
  wire [31:0] place = (32'(launch_row) << an_spec_pkg::ROW_AT) ^ (32'(launch_block) << an_spec_pkg::BLOCK_AT);
  // few lanes: the seed waits in the register of the rounds, and nothing behind the steps; else a round at once, and a register there
  localparam bit Few = Lanes <= 2 && !Pairs;
  wire [31:0] seed = key_q ^ place;
  wire [31:0] x = launch && !Few ? seed : z_q;
  wire [31:0] z = mix(x);
  logic [5:1] launch_q;
  // The last round is of no launch's clock: a unit of its own, so that no choice of a row is before a column's register. After it z_q stands still
  wire [31:0] seed_mixed = mix(z_q);
  wire unused_top = seed_mixed[31];  // 1 in its place
  wire mixed = Few ? launch_q[4] : Pairs && two ? launch_q[5] : launch_q[3];
  wire round = Few || launch || launch_q[1] || launch_q[2];
  always_ff @(posedge clk) begin
    if (key_en) key_q <= key ^ reversed;
    if (round) z_q <= launch && Few ? seed : z;
    launch_q <= rst_n ? {launch_q[4:1], launch} : '0;
  end

  function automatic logic [31:0] step(input logic [31:0] s);
    step = {s[15:0], s[31:16] ^ s[29:14] ^ s[25:10] ^ s[24:9]};
  endfunction
  logic [31:0] a_q, turn;
  logic [32*Lanes+31:0] column;  // register of each lane's column, and of the next clock's first
  assign column[31:0] = turn;
  for (genvar l = 0; l < Lanes; l++) begin : g_column
    assign column[32*(l+1)+:32] = step(column[32*l+:32]);
  end
  wire [31:0] next = column[32*Lanes+:32];
  always_ff @(posedge clk)
    if (mixed || !(Pairs && second)) a_q <= mixed ? {1'b1, seed_mixed[30:0]} : next;
  if (Few) begin : g_rnd
    for (genvar l = 0; l < Lanes; l++) begin : g_lane
      assign rnd[16*l+:16] = column[32*l+:16];
    end
  end else begin : g_rnd
    always_ff @(posedge clk) for (int l = 0; l < Lanes; l++) rnd[16*l+:16] <= column[32*l+:16];
    wire unused_launch = launch_q[4];
  end

  if (Pairs) begin : g_second
    logic [8:4] later_q;
    logic [31:0] b_q, hold_q;  // it waits for the w slots that belong to it
    always_ff @(posedge clk) begin
      later_q <= rst_n ? {later_q[7:4], mixed} : '0;
      if (mixed) hold_q <= {seed_mixed[15:0], seed_mixed[31:16]} ^ an_spec_pkg::SECOND_XOR | 32'h8000_0000;
      if (later_q[8]) b_q <= hold_q;
      else if (second) b_q <= next;
    end
    assign turn = second ? b_q : a_q;
  end else begin : g_second
    assign turn = a_q;
    wire unused = second;
  end
endmodule
`default_nettype wire
