// SPDX-License-Identifier: Apache-2.0
// an_rnd -- rounding bits (docs/machine.md section 5): a mixed seed for every row and block of 32 columns, then 16 steps a column
//   z = (key + row*ROW_MUL + block*BLOCK_MUL) ^ tickmix, mixed;  A = z;  B = halves of z swapped ^ SECOND_XOR; 0 -> ZERO_SEED
// launch in slot u (first slot of a block that learns) with the row's place in its group; column in every learning slot.
// rnd: A of slot u in clock u+5 (rnd_second = 0), B of slot u in clock u+10 (rnd_second = 1). Seeds one a clock (B: one every two).
// Mirror: sw/model/an_rnd.c
`default_nettype none
module an_rnd #(
    parameter int Lanes = 2,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic                key_en,
    input  logic [        31:0] key,
    input  logic [        31:0] tickmix,
    input  logic                group_next,
    input  logic                launch,
    input  logic                launch_row,   // first block of the row
    input  logic [LaneBits-1:0] launch_lane,
    input  logic                column,
    input  logic                rnd_second,
    output logic [16*Lanes-1:0] rnd
);
  localparam logic [31:0] GroupMul = an_spec_pkg::ROW_MUL * Lanes;

  // row key of the group, of the row, of the block
  logic [31:0] group_q, block_q, block_d;
  wire [31:0] row_mul = an_spec_pkg::ROW_MUL * {{32 - LaneBits{1'b0}}, launch_lane};
  assign block_d = (launch_row ? group_q : block_q) + (launch_row ? row_mul : an_spec_pkg::BLOCK_MUL);
  always_ff @(posedge clk) begin
    if (key_en) group_q <= key;
    else if (group_next) group_q <= group_q + GroupMul;
    if (launch) block_q <= block_d;
  end

  // mixer, one stage a clock
  logic [31:0] z1, z2, z3, z4;
  wire [31:0] m2 = z1 + {z1[21:0], 10'b0};
  wire [31:0] m3 = z2 + {z2[28:0], 3'b0};
  wire [31:0] seed_a = z4 == '0 ? an_spec_pkg::ZERO_SEED : z4;
  wire [31:0] swapped = {seed_a[15:0], seed_a[31:16]} ^ an_spec_pkg::SECOND_XOR;
  wire [31:0] seed_b = swapped == '0 ? an_spec_pkg::ZERO_SEED : swapped;
  always_ff @(posedge clk) begin
    z1 <= block_d ^ tickmix;
    z2 <= m2 ^ {6'b0, m2[31:6]};
    z3 <= m3 ^ {11'b0, m3[31:11]};
    z4 <= z3 + {z3[16:0], 15'b0};
  end

  // 16 steps of s = s << 1 | (s31 ^ s21 ^ s1 ^ s0); bit k by bit k-3 (1 + D + D^2 divides 1 + D^3): a third of the depth
  function automatic logic [31:0] leap(input logic [31:0] s);
    logic [18:0] b;  // b[k+3] is new bit k; below them the last bits of s
    b[2:0] = {s[0], s[1], 1'b0};
    b[3] = s[31] ^ s[21] ^ s[1] ^ s[0];
    for (int k = 1; k < 16; k++) b[k+3] = b[k] ^ s[31-k] ^ s[21-k] ^ s[32-k] ^ s[22-k];
    leap[31:16] = s[15:0];
    for (int k = 0; k < 16; k++) leap[15-k] = b[k+3];
  endfunction

  logic [8:1] launch_q, column_q;
  logic [31:0] a_q, b_q, hold1, hold2;
  logic [31:0] a_next, b_next;  // after all lanes: the next block's first
  always_comb begin
    a_next = a_q;
    b_next = b_q;
    for (int l = 0; l < Lanes; l++) begin
      rnd[16*l+:16] = rnd_second ? b_next[15:0] : a_next[15:0];
      a_next = leap(a_next);
      b_next = leap(b_next);
    end
  end

  always_ff @(posedge clk) begin
    if (!rst_n) begin
      launch_q <= '0;
      column_q <= '0;
    end else begin
      launch_q <= {launch_q[7:1], launch};
      column_q <= {column_q[7:1], column};
    end
    if (launch_q[4]) a_q <= seed_a;
    else if (column_q[4]) a_q <= a_next;
    if (launch_q[4]) hold1 <= seed_b;
    if (launch_q[6]) hold2 <= hold1;
    if (launch_q[8]) b_q <= hold2;
    else if (column_q[8]) b_q <= b_next;
  end
endmodule
`default_nettype wire
