// SPDX-License-Identifier: Apache-2.0
// an_narrow -- N = P + (Q << 8 q_sh) + (R << 8 r_sh), or a negation;  result = sat(floor((floor(N * 2^16 / 2^r) + rnd) / 2^16) + c), post
// in   P Q R s32 products, N s49; c s32f24 (s16: bits 15..0 with their sign); rnd 16 bits (0x8000 = round half up)
// out  result s32f24, or s16 in bits 15..0; line 5 = c one clock after the result's sum
// latency 3 (N, shifted, result), throughput 1/clock. Mirror: sw/model/an_num.h (narrow_s32, narrow_s16, post)
// A negation is a complement: pair N = ~(~P + Q + R) = P - Q - R; negated product N = ~(S - 1) = -S, P comes less one then.
// The shifter keeps a window of 33 whole and 16 fractional bits; what falls out above it is caught in `lost`.
`default_nettype none
module an_narrow #(
    parameter bit External = 1'b0  // lane 0: takes the row unit's sum as N
) (
    input  logic                clk,
    input  an_ctl_pkg::narrow_t ctl,
    input  logic [31:0]         p,
    input  logic [31:0]         q,
    input  logic [31:0]         r,
    input  logic [47:0]         ext_f24,
    input  logic [31:0]         line2,
    input  logic [15:0]         rnd,
    output logic [31:0]         result,
    output logic                result_sat,
    output logic [31:0]         line5
);
  wire [48:0] n_p = ctl.p_en ? {{17{p[31]}}, p} ^ {49{ctl.p_inv}} : '0;
  logic [48:0] n_q, n_r;
  always_comb begin
    case ({ctl.q_en, ctl.q_sh})
      3'b100:  n_q = {{17{q[31]}}, q};
      3'b101:  n_q = {{9{q[31]}}, q, 8'b0};
      3'b110:  n_q = {q[31], q, 16'b0};
      default: n_q = '0;
    endcase
    case (ctl.r_sh)
      2'd0:    n_r = {{17{r[31]}}, r};
      2'd1:    n_r = {{9{r[31]}}, r, 8'b0};
      default: n_r = {r[31], r, 16'b0};
    endcase
  end
  logic [48:0] s;
  logic inv_q;
  always_ff @(posedge clk) begin
    if (External && ctl.ext) s <= {ext_f24[47], ext_f24};
    else s <= n_p + n_q + n_r;
    inv_q <= ctl.n_inv;
  end
  wire [48:0] n = s ^ {49{inv_q}};

  // window of 49 bits of N * 2^16 / 2^r
  function automatic logic mixed(input logic [8:0] x);
    mixed = |x && !(&x);
  endfunction
  wire [64:0] w0 = {n, 16'b0};
  wire [64:0] w16 = ctl.r[4] ? {{16{n[48]}}, w0[64:16]} : w0;
  wire [63:0] k16 = w16[63:0];
  wire [63:0] w8 = ctl.r[3] ? {{8{n[48]}}, k16[63:8]} : k16;
  wire [55:0] k8 = w8[55:0];
  wire [55:0] w4 = ctl.r[2] ? {{4{n[48]}}, k8[55:4]} : k8;
  wire [51:0] k4 = w4[51:0];
  wire [51:0] w2 = ctl.r[1] ? {{2{n[48]}}, k4[51:2]} : k4;
  wire [49:0] k2 = w2[49:0];
  wire [49:0] w1 = ctl.r[0] ? {n[48], k2[49:1]} : k2;
  wire lost = w16[64] != w16[63] || mixed(w8[63:55]) || mixed({{4{n[48]}}, w4[55:51]}) || mixed({{6{n[48]}}, w2[51:49]})
      || w1[49] != w1[48];

  logic [48:0] shifted;
  logic lost_q, minus_q;
  logic [31:0] line3, line4;
  always_ff @(posedge clk) begin
    shifted <= w1[48:0];
    lost_q <= lost;
    minus_q <= n[48];
    line3 <= line2;
    line4 <= line3;
    line5 <= line4;
  end

  wire [31:0] c = ctl.s16 ? {{16{line4[15]}}, line4[15:0]} : line4;
  wire [49:0] sum = {shifted[48], shifted} + {{2{c[31]}}, c, rnd};
  wire [33:0] v = sum[49:16];
  wire unused = ^sum[15:0];
  wire minus = lost_q ? minus_q : v[33];
  wire over32 = lost_q || (|v[33:31] && !(&v[33:31]));
  wire over16 = lost_q || (|v[33:15] && !(&v[33:15]));
  wire one = !minus && (lost_q || |v[32:24]);     // >= 1
  wire minus_one = minus && (lost_q || !(&v[32:24])); // < -1

  // fill patterns: 0x7FFF, 0x8000 (s16); 0x7FFFFFFF, 0x80000000, 0, 2^24, -2^24
  logic cut, f_low, f_15, f_mid, f_24, f_high, f_31;
  always_comb begin
    {cut, f_low, f_15, f_mid, f_24, f_high, f_31} = {over32, {5{~minus}}, minus};
    if (ctl.s16) begin
      cut = over16;
      f_15 = minus;
    end else
      case (ctl.post)
        an_spec_pkg::POST_UNIT: {cut, f_low, f_15, f_mid, f_24, f_high, f_31} = {minus | one, 3'b000, one, 2'b00};
        an_spec_pkg::POST_SYM:
          {cut, f_low, f_15, f_mid, f_24, f_high, f_31} = {one | minus_one, 3'b000, 1'b1, {2{minus_one}}};
        an_spec_pkg::POST_POS: {cut, f_low, f_15, f_mid, f_24, f_high, f_31} = {minus | over32, {5{~minus}}, 1'b0};
        default: ;
      endcase
  end
  always_ff @(posedge clk) begin
    result <= cut ? {f_31, {6{f_high}}, f_24, {8{f_mid}}, f_15, {15{f_low}}} : v[31:0];
    result_sat <= ctl.s16 ? over16 : over32;
  end
endmodule
`default_nettype wire
