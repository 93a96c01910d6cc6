// SPDX-License-Identifier: Apache-2.0
// an_row -- row side of the sweep: scalars of a group of P rows, which of them are zero, and the exact sum over lanes and columns
//   add_products: sum = (first ? start : sum) + products of all lanes   (gather)
//   add_n:        sum = sum + n                                          (SUM, DOT; Sums)
// in   start: C of the row's lane, products s32f24; n s37f24. Lanes that do not count come as zero products
// out  sum 43 bits: 2048 columns of any products or states; gathered = sat_s32(sum); row scalars of the selected row
// latency 1, of products with more than two lanes (Deep) 2, gathered and the row scalars with Ahead one more; throughput 1/clock. x2_live: of the group read before, Deep: of the word that is read now.
// Mirror: sw/model/an_row.c
`default_nettype none
module an_row #(
    parameter int Lanes = 2,
    parameter bit Sums = 1'b1,
    parameter bit Split = 1'b0,
    parameter bit Ahead = 1'b0,  // the gathered sum and the selected row's scalars come out of registers
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1
) (
    input  logic                clk,
    input  logic                clr,
    input  logic                add_products,
    input  logic                add_n,
    input  logic                raw,        // Split: not narrowed, gathered = sum >> LOW_BITS
    input  logic                first,
    input  logic [LaneBits-1:0] first_lane,
    input  logic [32*Lanes-1:0] product_f24,
    input  logic [32*Lanes-1:0] start_f24,
    input  logic [        36:0] n_f24,
    output logic [        42:0] sum_f24,
    output logic [        31:0] gathered_f24,
    output logic                gathered_sat,
    output logic [         9:0] gathered_low,      // of the sum that gathered_f24 is of
    input  logic [16*Lanes-1:0] rate_q_f12,
    input  logic [   Lanes-1:0] rate_live,  // which of them are not zero
    input  logic                x_en,
    input  logic                x2_en,
    input  logic [LaneBits-1:0] row_lane,
    output logic [        15:0] row_x_f12,
    output logic [        15:0] row_x2_f12,
    output logic [   Lanes-1:0] x_live,
    output logic [   Lanes-1:0] x2_live
);
  localparam int SumBits = 43;
  // lane 0 meets what is there while the others are added up. Hazard: Yosys 0.52 and 0.60 take a sum of two products alone for a
  // multiplier block with an adder, and lose one product
  localparam bit Deep = Lanes > 2;
  localparam int Half = Deep ? Lanes / 2 : 1;
  logic [31:0] start;
  an_mux #(.Ways(Lanes), .Bits(32)) u_start (.sel(first_lane), .words(start_f24), .y(start));
  logic [SumBits-1:0] low, high;  // products of the lanes below Half, and of the others
  always_comb begin
    low = '0;
    high = '0;
    for (int l = 0; l < Half; l++) low = low + SumBits'(signed'(product_f24[32*l+:32]));
    for (int l = Half; l < Lanes; l++) high = high + SumBits'(signed'(product_f24[32*l+:32]));
  end
  logic take, from_start;
  logic [31:0] taken;
  logic [SumBits-1:0] taken_low, taken_high;
  if (Deep) begin : g_deep
    always_ff @(posedge clk) {take, from_start, taken, taken_low, taken_high} <= {add_products, first, start, low, high};
    for (genvar l = 0; l < Lanes; l++) begin : g_live
      assign x2_live[l] = rate_live[l];
    end
  end else begin : g_deep
    assign {take, from_start, taken, taken_low, taken_high} = {add_products, first, start, low, high};
    always_ff @(posedge clk) for (int l = 0; l < Lanes; l++) if (x2_en) x2_live[l] <= rate_live[l];
  end
  wire [SumBits-1:0] base = from_start ? SumBits'(signed'(taken)) : sum_f24;
  wire [SumBits-1:0] term = Sums && add_n ? SumBits'(signed'(n_f24)) : taken_low;
  always_ff @(posedge clk)
    if (clr) sum_f24 <= '0;
    else if (take || add_n) sum_f24 <= (base + term) + (Sums && add_n ? '0 : taken_high);
  wire in_two = Split && raw;
  wire cut = !in_two && !(&sum_f24[SumBits-1:31]) && |sum_f24[SumBits-1:31];
  wire [31:0] narrowed_f24 = in_two ? sum_f24[an_spec_pkg::LOW_BITS+:32] : cut ? {sum_f24[SumBits-1], {31{!sum_f24[SumBits-1]}}} : sum_f24[31:0];
  if (Ahead) begin : g_gathered
    always_ff @(posedge clk) {gathered_sat, gathered_f24, gathered_low} <= {cut, narrowed_f24, sum_f24[9:0]};
  end else begin : g_gathered
    assign {gathered_sat, gathered_f24, gathered_low} = {cut, narrowed_f24, sum_f24[9:0]};
  end

  logic [16*Lanes-1:0] x_q, x2_q;
  always_ff @(posedge clk) begin
    if (x_en) x_q <= rate_q_f12;
    if (x2_en) x2_q <= rate_q_f12;
    if (x_en) x_live <= rate_live;
  end
  logic [15:0] x_f12, x2_f12;
  an_mux #(.Ways(Lanes), .Bits(16)) u_x (.sel(row_lane), .words(x_q), .y(x_f12));
  an_mux #(.Ways(Lanes), .Bits(16)) u_x2 (.sel(row_lane), .words(x2_q), .y(x2_f12));
  if (Ahead) begin : g_selected
    always_ff @(posedge clk) {row_x_f12, row_x2_f12} <= {x_f12, x2_f12};
  end else begin : g_selected
    assign {row_x_f12, row_x2_f12} = {x_f12, x2_f12};
  end
  wire unused = ^{n_f24, raw};
endmodule
`default_nettype wire
