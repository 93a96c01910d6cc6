// SPDX-License-Identifier: Apache-2.0
// an_narrow -- stochastic rounding of a weight: out = sat_s16(line + floor((floor(N * 2^16 / 2^r) + rnd) / 2^16)), or the bus
// in   N s49, r 0..31, and one clock later line s16 and rnd, 16 bits    latency 2 from N, 1 from line, throughput 1/clock
// The shifter keeps 17 whole and 16 fractional bits; what differs from the sign above them is caught in `lost`.
// Mirror: an_narrow_s16 in sw/model/an_num.h
`default_nettype none
module an_narrow (
    input  logic        clk,
    input  logic [ 4:0] r,
    input  logic [48:0] n,
    input  logic [15:0] line,
    input  logic [15:0] rnd,
    input  logic        out_bus,
    input  logic [15:0] bus,
    output logic [15:0] out,
    output logic        out_sat
);
  wire sign = n[48];
  wire [47:0] w16 = r[4] ? n[47:0] : {n[31:0], 16'b0};
  wire [39:0] w8 = r[3] ? w16[47:8] : w16[39:0];
  wire [35:0] w4 = r[2] ? w8[39:4] : w8[35:0];
  wire [33:0] w2 = r[1] ? w4[35:2] : w4[33:0];
  wire [32:0] w1 = r[0] ? w2[33:1] : w2[32:0];
  wire lost16 = n[47:32] != {16{sign}};
  wire lost8 = w16[47:40] != {8{sign}};
  wire lost4 = w8[39:36] != {4{sign}};
  wire lost2 = w4[35:34] != {2{sign}};
  wire lost1 = w2[33] != sign;
  logic [32:0] shifted;
  logic lost_q, minus_q;
  always_ff @(posedge clk) begin
    shifted <= w1;
    lost_q <= (!r[4] && lost16) || (!r[3] && lost8) || (!r[2] && lost4) || (!r[1] && lost2) || (!r[0] && lost1) || w1[32] != sign;
    minus_q <= sign;
  end
  wire [33:0] sum = {shifted[32], shifted} + {{2{line[15]}}, line, rnd};
  wire [17:0] v = sum[33:16];
  wire over = lost_q || (|v[17:15] && !(&v[17:15]));
  wire minus = lost_q ? minus_q : v[17];
  always_ff @(posedge clk) begin
    out <= out_bus ? bus : over ? {minus, {15{!minus}}} : v[15:0];
    out_sat <= over;
  end
  wire unused = ^sum[15:0];
endmodule
`default_nettype wire
