// SPDX-License-Identifier: Apache-2.0
// an_row -- row side of the sweep: scalars of a group of P rows, zero mask, and the exact sum over lanes and columns (48 bits)
//   add_products: sum = (first ? start : sum) + products of all lanes   (gather, DOT)
//   add_element:  sum = sum + element                                   (SUM)
// in   start: C of the row's lane (s32f24), products and element s32f24; unused lanes come as zero products
// out  sum_next 48 bits (combinational), gathered = sat_s48_s32(sum); row scalars of the selected row
// latency 1, throughput 1/clock. Mirror: sw/model/an_row.c
`default_nettype none
module an_row #(
    parameter int Lanes = 2,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1
) (
    input  logic                clk,
    input  logic                clr,
    input  logic                add_products,
    input  logic                add_element,
    input  logic                first,
    input  logic [LaneBits-1:0] first_lane,
    input  logic [32*Lanes-1:0] product_f24,
    input  logic [32*Lanes-1:0] start_f24,
    input  logic [        31:0] element_f24,
    output logic [        47:0] sum_next_f24,
    output logic [        31:0] gathered_f24,
    output logic                gathered_sat,
    input  logic [16*Lanes-1:0] rate_q_f12,
    input  logic                x_en,
    input  logic                x2_en,
    input  logic [LaneBits-1:0] row_lane,
    output logic [        15:0] row_x_f12,
    output logic [        15:0] row_x2_f12,
    output logic [   Lanes-1:0] x_live,
    output logic [   Lanes-1:0] x2_live
);
  // 2048 columns of products or states: 43 bits hold any sum. SUM's products are zero, since its B16 is.
  localparam int SumBits = 43;
  localparam int TreeBits = 32 + $clog2(Lanes);
  logic [SumBits-1:0] sum_q;
  logic [TreeBits-1:0] tree;
  wire [31:0] start = start_f24[32*first_lane+:32];
  wire [31:0] term = add_element ? element_f24 : product_f24[31:0];
  always_comb begin
    tree = TreeBits'(signed'(term));
    for (int l = 1; l < Lanes; l++) tree = tree + TreeBits'(signed'(product_f24[32*l+:32]));
  end
  wire [SumBits-1:0] base = first ? SumBits'(signed'(start)) : sum_q;
  wire [SumBits-1:0] sum_next = base + SumBits'(signed'(tree));
  assign sum_next_f24 = 48'(signed'(sum_next));
  always_ff @(posedge clk)
    if (clr) sum_q <= '0;
    else if (add_products || add_element) sum_q <= sum_next;
  assign gathered_f24 = an_num_pkg::sat_s48_s32(48'(signed'(sum_q)));
  assign gathered_sat = an_num_pkg::sat_s48_cuts(48'(signed'(sum_q)));

  logic [16*Lanes-1:0] x_q, x2_q;
  always_ff @(posedge clk) begin
    if (x_en) x_q <= rate_q_f12;
    if (x2_en) x2_q <= rate_q_f12;
    for (int l = 0; l < Lanes; l++) begin
      if (x_en) x_live[l] <= |rate_q_f12[16*l+:16];
      if (x2_en) x2_live[l] <= |rate_q_f12[16*l+:16];
    end
  end
  assign row_x_f12 = x_q[16*row_lane+:16];
  assign row_x2_f12 = x2_q[16*row_lane+:16];
endmodule
`default_nettype wire
