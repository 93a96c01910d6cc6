// SPDX-License-Identifier: Apache-2.0
// an_table -- the activation tables: one element a clock, linear between 256 points over [-2^k, 2^k).
//   u = clamp(A) + 2^(24+k);  i = u >> (17+k);  f = 15 bits below;  out = sat_s16(T[i+1] - T[i])*f/8, half up, + T[i]*2^12
// Even and odd points lie in two memories, so both neighbours are read at once.
// in   A s32f24, k 0..6    out s32f24, out_sat: the slope saturated
// latency 4: in_a_f24 at clock t, out at t+4. Mirror: sw/model/an_table.c
`default_nettype none
module an_table (
    input  logic        clk,
    input  logic [ 1:0] in_table,
    input  logic [ 2:0] in_k,
    input  logic [31:0] in_a_f24,
    output logic [31:0] out_f24,
    output logic        out_sat,
    input  logic        bus_write,
    input  logic        bus_read,
    input  logic [ 9:0] bus_index,
    input  logic [15:0] bus_wdata,
    output logic [15:0] bus_rdata
);
  // A >> (2 + k): 30 bits, the domain is where bits 29..22 agree
  wire [29:0] a0 = in_a_f24[31:2];
  wire [29:0] a1 = in_k[0] ? {a0[29], a0[29:1]} : a0;
  wire [29:0] a2 = in_k[1] ? {{2{a1[29]}}, a1[29:2]} : a1;
  logic [29:0] s1_a2;
  wire [29:0] a4 = in_k[2] ? {{4{s1_a2[29]}}, s1_a2[29:4]} : s1_a2;
  wire outside = a4[29:22] != {8{a4[29]}};
  wire [22:0] place = outside ? {23{~a4[29]}} : {~a4[22], a4[21:0]};

  wire [9:0] at = bus_read ? bus_index : {in_table, place[22:15]};
  wire [6:0] up = at[7:1] + {6'b0, at[0]};
  logic [15:0] q_even, q_odd;
  an_mem_dual #(.Words(512), .Bits(16)) u_even (
      .clk, .read_addr({at[9:8], bus_read ? at[7:1] : up}), .read_q(q_even),
      .write_en(bus_write && !bus_index[0]), .write_addr(bus_index[9:1]), .write_d(bus_wdata)
  );
  an_mem_dual #(.Words(512), .Bits(16)) u_odd (
      .clk, .read_addr({at[9:8], at[7:1]}), .read_q(q_odd),
      .write_en(bus_write && bus_index[0]), .write_addr(bus_index[9:1]), .write_d(bus_wdata)
  );

  // product and T[i] meet in the multiplier block
  logic s2_odd, s2_last, s3_sat, s4_sat;
  logic signed [15:0] s2_f, s3_t0;
  logic signed [31:0] s3_p, s4_sum;
  wire [15:0] t0 = s2_odd ? q_odd : q_even;
  wire [15:0] t1 = s2_odd && !s2_last ? q_even : q_odd;
  wire [16:0] slope = {t1[15], t1} - {t0[15], t0};
  wire signed [15:0] s2_slope = an_num_pkg::sat_s17_s16(slope);
  assign bus_rdata = t0;
  always_ff @(posedge clk) begin
    s1_a2 <= a2;
    s2_f <= {1'b0, place[14:0]};
    s2_odd <= at[0];
    s2_last <= &at[7:0];
    s3_p <= s2_slope * s2_f;
    s3_t0 <= t0;
    s3_sat <= an_num_pkg::sat_s17_cuts(slope);
    s4_sum <= s3_p + $signed({s3_t0[15], s3_t0, 15'h4});
    s4_sat <= s3_sat;
  end
  assign out_f24 = {{3{s4_sum[31]}}, s4_sum[31:3]};
  assign out_sat = s4_sat;
  wire unused = ^{s4_sum[2:0], in_a_f24[1:0]};
endmodule
`default_nettype wire
