// SPDX-License-Identifier: Apache-2.0
// an_narrow -- stochastic rounding of a weight: out = sat_s16(line + floor((floor(N * 2^16 / 2^r) + rnd) / 2^16)), or the bus
// in   N * 2^16 / 2^(r with its low 4 bits zero) in w, above them its sign, unless lost; r mod 16; one clock later line s16 (of line_0
//      and line_1 one is zero) and rnd, 16 bits    latency 2 from w, 1 from line, throughput 1/clock
// The shifter keeps 17 whole and 16 fractional bits; what differs from the sign above them is caught in `lost`.
// Copies: the last step is a choice of two registers, one of them zero, in the adder. Mirror: an_narrow_s16 in sw/model/an_num.h
`default_nettype none
module an_narrow #(
    parameter bit Copies = 1'b0
) (
    input  logic        clk,
    input  logic [ 3:0] r,
    input  logic [47:0] w,
    input  logic        sign,
    input  logic        lost,
    input  logic [15:0] line_0,
    input  logic [15:0] line_1,
    input  logic [15:0] rnd,
    input  logic        out_bus,
    input  logic [15:0] bus,
    output logic [15:0] out,
    output logic        out_sat
);
  wire [39:0] w8 = r[3] ? w[47:8] : w[39:0];
  wire [35:0] w4 = r[2] ? w8[39:4] : w8[35:0];
  wire [33:0] w2 = r[1] ? w4[35:2] : w4[33:0];
  wire lost8 = w[47:40] != {8{sign}};
  wire lost4 = w8[39:36] != {4{sign}};
  wire lost2 = w4[35:34] != {2{sign}};
  wire lost1 = w2[33] != sign || (!r[0] && w2[32] != sign);
  logic lost_q, minus_q;
  always_ff @(posedge clk) begin
    lost_q <= lost || (!r[3] && lost8) || (!r[2] && lost4) || (!r[1] && lost2) || lost1;
    minus_q <= sign;
  end
  wire [33:0] term = {{2{line_0[15]}}, line_0, rnd};
  logic [33:0] sum;  // of no consequence where bits are lost: bit 32 is the sign
  if (Copies) begin : g_copies
    logic [31:0] even_q, odd_q;
    always_ff @(posedge clk) begin
      even_q <= w2[31:0];
      odd_q <= w2[32:1];
      if (r[0]) even_q <= '0;
      if (!r[0]) odd_q <= '0;
    end
    an_add_or #(.Bits(34)) u_sum (.a(term), .b({{2{line_1[15]}}, line_1, 16'b0}), .c({2'b0, odd_q}), .d({{2{minus_q}}, even_q}), .y(sum));
  end else begin : g_copies
    logic [31:0] shifted;
    always_ff @(posedge clk) shifted <= r[0] ? w2[32:1] : w2[31:0];
    assign sum = {{2{minus_q}}, shifted} + term;
    wire unused = ^line_1;
  end
  wire [17:0] v = sum[33:16];
  wire over = lost_q || (|v[17:15] && !(&v[17:15]));
  wire minus = lost_q ? minus_q : v[17];
  always_ff @(posedge clk) begin
    out <= out_bus ? bus : {minus, v[14:0] | {15{over && !minus}}};
    if (over && minus && !out_bus) out[14:0] <= '0;  // the registers' reset
    out_sat <= over;
  end
  wire unused = ^sum[15:0];
endmodule
`default_nettype wire
