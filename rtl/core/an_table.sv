// SPDX-License-Identifier: Apache-2.0
// an_table -- the activation tables: where an element stands in one, and the two points around it (docs/machine.md section 4, TAB)
//   u = clamp(A) + 2^(24+k);  i = u >> (17+k);  f = 15 bits below      A over [-2^k, 2^k), 256 points
// in_a_f24 at clock t (k 0..6); take at t+1: the place is known from t+2 to the next take, f with it. Then q is T[i], a clock after next T[i+1].
// The unit then computes T[i] + (T[i+1] - T[i])*f. Bus: q one clock after the index. Mirror: sw/model/an_table.c
`default_nettype none
module an_table (
    input  logic        clk,
    input  logic [ 1:0] in_table,
    input  logic [ 2:0] in_k,
    input  logic        in_zero,    // A is zero, whatever in_a_f24
    input  logic [31:0] in_a_f24,
    input  logic        take,
    input  logic        next,
    output logic [15:0] q_f12,
    output logic [15:0] f,
    input  logic        bus_open,
    input  logic        bus_write,
    input  logic [ 9:0] bus_index,
    input  logic [15:0] bus_wdata
);
  // A >> (2 + k): 30 bits, the domain is where bits 29..22 agree
  wire [29:0] a0 = in_a_f24[31:2] & {30{!in_zero}};
  wire [29:0] a1 = in_k[0] ? {a0[29], a0[29:1]} : a0;
  wire [29:0] a2 = in_k[1] ? {{2{a1[29]}}, a1[29:2]} : a1;
  logic [29:0] a2_q;
  wire [29:0] a4 = in_k[2] ? {{4{a2_q[29]}}, a2_q[29:4]} : a2_q;
  wire outside = a4[29:22] != {8{a4[29]}};
  wire [22:0] place = outside ? {23{!a4[29]}} : {!a4[22], a4[21:0]};

  logic [7:0] at_q;
  logic [14:0] f_q;
  assign f = {1'b0, f_q};
  an_mem_dual #(.Words(an_spec_pkg::TABLES * an_spec_pkg::TABLE_POINTS), .Bits(16)) u_mem (
      .clk, .read_en(1'b1), .read_addr(bus_open ? bus_index : {in_table, at_q}), .read_q(q_f12),
      .write_en(bus_write), .write_addr(bus_index), .write_d(bus_wdata)
  );
  always_ff @(posedge clk) begin
    a2_q <= a2;
    if (take) begin
      at_q <= place[22:15];
      f_q <= place[14:0];
    end else if (next) at_q <= at_q + {7'b0, !(&at_q)};
  end
  wire unused = ^in_a_f24[1:0];
endmodule
`default_nettype wire
