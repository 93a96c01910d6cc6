// SPDX-License-Identifier: Apache-2.0
// an_rnd -- rounding bits (docs/machine.md section 5): a mixed seed for every row and block of 32 columns, then 16 steps a column
//   z = (key + row*ROW_MUL + block*BLOCK_MUL) ^ tickmix, mixed;  A = z;  B = halves of z swapped ^ SECOND_XOR; 0 -> ZERO_SEED
// launch in slot u (first slot of a block that learns) with the row's place in its group; then a column a clock, in a pair every two.
// rnd: A of slot u in clock u+5, B in u+10; second tells one clock before which it is. on = 0: one half in every lane.
// Launches lie 2 clocks apart once (last block of a row, next row), else 4 or more; group_next at least 3 clocks before a launch.
// Mirror: sw/model/an_rnd.c
`default_nettype none
module an_rnd #(
    parameter int Lanes = 2,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic                on,
    input  logic                key_en,
    input  logic [        31:0] key,
    input  logic [        31:0] tickmix,
    input  logic                group_next,
    input  logic                launch,
    input  logic                launch_row,   // first block of the row
    input  logic [LaneBits-1:0] launch_lane,
    input  logic                second,
    output logic [16*Lanes-1:0] rnd
);
  localparam logic [31:0] GroupMul = an_spec_pkg::ROW_MUL * Lanes;
  localparam logic [31:0] Swap = {an_spec_pkg::SECOND_XOR[15:0], an_spec_pkg::SECOND_XOR[31:16]};
  // what z3 is for a seed ZERO_SEED (its product with 1 / (1 + 2^15)), and hold for a second seed ZERO_SEED
  localparam logic [31:0] Zero3 = an_spec_pkg::ZERO_SEED - (an_spec_pkg::ZERO_SEED << 15) + (an_spec_pkg::ZERO_SEED << 30);
  localparam logic [31:0] ZeroHold = {an_spec_pkg::ZERO_SEED[15:0], an_spec_pkg::ZERO_SEED[31:16]} ^ Swap;

  // row_q: key of the group's first row. z1: key of the block ^ tickmix, which is taken off again for the next block. One adder:
  // the next group goes through z1 too, a clock after group_next, which may come with a launch.
  logic group_q, group_qq;
  logic [31:0] row_q, z1, by;
  wire from_row = group_q || launch_row;
  wire [31:0] base = from_row ? row_q : z1 ^ tickmix;
  wire in_group = !group_q && launch_row;
  always_comb
    if (Lanes <= 2)
      by = ({32{group_q}} & GroupMul) | ({32{!from_row}} & an_spec_pkg::BLOCK_MUL)
          | ({32{in_group && launch_lane[0]}} & an_spec_pkg::ROW_MUL);
    else by = group_q ? GroupMul : launch_row ? an_spec_pkg::ROW_MUL * 32'(launch_lane) : an_spec_pkg::BLOCK_MUL;
  always_ff @(posedge clk) begin
    {group_qq, group_q} <= rst_n ? {group_q, group_next} : '0;
    if (key_en) row_q <= key;
    else if (group_qq) row_q <= z1 ^ tickmix;
    if (launch || group_q) z1 <= (base + by) ^ tickmix;
  end

  // mixer, one stage a clock; it is one to one, so z4 = 0 where z2 = 0
  logic [31:0] z2, z3;
  wire [31:0] m2 = z1 + {z1[21:0], 10'b0};
  wire [31:0] m3 = z2 + {z2[28:0], 3'b0};
  wire [31:0] z4 = z3 + {z3[16:0], 15'b0};
  always_ff @(posedge clk) begin
    z2 <= m2 ^ {6'b0, m2[31:6]};
    z3 <= z2 == '0 ? Zero3 : m3 ^ {11'b0, m3[31:11]};
  end

  // A is loaded in u+3. B waits in hold until u+8; one that finds hold taken comes in when it is free, z4 stands so long.
  logic [8:1] launch_q;
  logic [31:0] hold;
  wire [31:0] swapped = {hold[15:0], hold[31:16]} ^ an_spec_pkg::SECOND_XOR;
  always_ff @(posedge clk) begin
    launch_q <= rst_n ? {launch_q[7:1], launch} : '0;
    if (launch_q[8] || (launch_q[3] && launch_q[7:4] == '0)) hold <= z4 == Swap ? ZeroHold : z4;
  end

  // 16 steps a lane of s = s << 1 | (s31 ^ s21 ^ s1 ^ s0): b[33+k] is new bit k, below it the state, its oldest bit first;
  // bit k by bit k-3 (1 + D + D^2 divides 1 + D^3) has a third of the depth
  logic [31:0] a_q, b_q, turn, next;
  logic [16*Lanes+32:0] b;
  assign turn = second ? b_q : a_q;
  always_comb begin
    b[0] = 1'b0;
    for (int k = 0; k < 32; k++) b[1+k] = turn[31-k];
    b[33] = b[1] ^ b[11] ^ b[31] ^ b[32];
    for (int k = 34; k < 33 + 16 * Lanes; k++) b[k] = b[k-3] ^ b[k-22] ^ b[k-23] ^ b[k-32] ^ b[k-33];
    for (int k = 0; k < 32; k++) next[k] = b[16*Lanes+32-k];
  end
  always_ff @(posedge clk) begin
    if (launch_q[3] || !second) a_q <= launch_q[3] ? z4 : next;
    if (launch_q[8] || second) b_q <= launch_q[8] ? swapped : next;
    for (int k = 0; k < 16 * Lanes; k++) rnd[k] <= on ? b[16*(k/16)+32-(k%16)] : k % 16 == 15;
  end
endmodule
`default_nettype wire
