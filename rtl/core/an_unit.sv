// SPDX-License-Identifier: Apache-2.0
// an_unit -- vector unit: result = post(sat(rhu(+-D*B16 / 2^r) + line)), or a word from elsewhere (docs/machine.md sections 3 and 4)
//   operand bus M = state word, half word << 12, or scalar;  A C s32f24 and B16 s16f12 are taken from it, with Beside also from H, the half word
//   D = sat(A - C) or A;  ADD: C = -b - 1, D*1.0   MUL A*B16   MAC A*B16 + C   LEAK sat(A - C)*B16 + C   MIN MAX SEL A or C   SUM DOT: N goes to the row unit
// latency: words -> M 1 -> A C B16 2 -> factors 3 -> products 4 -> shifted 5 -> result 6. Mirror: an_lane_vector in sw/model/an_lane.c
// D[15:0] is taken as signed and B16 added to the upper product where its top bit is set. A negation is a complement of one less.
// The shifter keeps 33 whole bits and one fractional one; what differs from the sign above them is caught in `lost`.
`default_nettype none
module an_unit #(
    parameter bit Ahead = 1'b0,  // both halves of a product are added before their register, not behind it
    parameter bit Beside = 1'b0, // H: a rate beside the state word on M
    parameter bit Follow = 1'b0  // clr comes in a clock in which a scalar may be taken, which then counts
) (
    input  logic               clk,
    input  an_ctl_pkg::unit_t  ctl,
    input  logic [31:0]        state_f24,
    input  logic [15:0]        half_f12,
    input  logic [31:0]        scalar_f24,
    input  logic [42:0]        ext_f24,
    input  logic [31:0]        word_f24,
    output logic [31:0]        a_f24,
    output logic               greater,     // A > C, with carry = 0
    output logic [36:0]        n_f24,       // product of a 1.0 or of an A narrowed
    output logic [15:0]        narrow_f12,  // M narrowed
    output logic               narrow_clip,
    output logic               d_sat,
    output logic [31:0]        result_f24,
    output logic               result_sat
);
  // operands
  logic [31:0] m_f24;
  always_ff @(posedge clk)
    if (!ctl.hold_read) m_f24 <= ctl.m_scalar ? scalar_f24 : ctl.m_half ? {{4{half_f12[15]}}, half_f12, 12'b0} : state_f24;
  wire [20:0] m_f12 = an_num_pkg::rhu_f24_f12(m_f24);
  assign narrow_f12 = an_num_pkg::rhu_f12_s16f12(m_f12);
  assign narrow_clip = an_num_pkg::rhu_f24_cuts(m_f12);
  wire [31:0] m_16_f24 = {{4{narrow_f12[15]}}, narrow_f12, 12'b0};
  logic [31:0] to_a_f24, to_c_f24;
  logic [15:0] to_b_f12;
  logic to_sign;
  if (Beside) begin : g_half
    logic [15:0] h_f12;
    always_ff @(posedge clk) if (!ctl.hold_read) h_f12 <= half_f12;
    wire [31:0] h_f24 = {{4{h_f12[15]}}, h_f12, 12'b0};
    assign to_a_f24 = ctl.a_half ? h_f24 : ctl.a_16 ? m_16_f24 : m_f24;
    assign to_b_f12 = ctl.b_half ? h_f12 : narrow_f12;
    assign to_c_f24 = ctl.c_half ? h_f24 : m_f24;
    assign to_sign = ctl.sign_half ? h_f12[15] : m_f24[31];
  end else begin : g_half
    assign to_a_f24 = ctl.a_16 ? m_16_f24 : m_f24;
    assign {to_b_f12, to_c_f24, to_sign} = {narrow_f12, m_f24, m_f24[31]};
    wire unused_half = ^{ctl.a_half, ctl.b_half, ctl.c_half, ctl.sign_half};
  end
  logic [31:0] not_c;  // C is kept complemented: A - C is then an adder alone
  logic [15:0] b_f12;
  logic sign_q;
  always_ff @(posedge clk) begin
    if (ctl.clr && !(Follow && ctl.a_en)) a_f24 <= '0;
    else if (ctl.a_en) a_f24 <= to_a_f24;
    if (ctl.clr && !(Follow && ctl.c_en)) not_c <= {32{!ctl.c_neg}};
    else if (ctl.c_en || (ctl.max_en && (ctl.max_any || greater))) not_c <= ctl.max_en ? ~a_f24 : to_c_f24 ^ {32{!ctl.c_neg}};
    if (ctl.clr && !(Follow && ctl.b_en)) b_f12 <= {3'b0, ctl.b_one, 12'b0};
    else if (ctl.b_en) b_f12 <= to_b_f12;
    if (ctl.clr && !(Follow && ctl.sign_en)) sign_q <= 1'b0;
    else if (ctl.sign_en) sign_q <= to_sign;
  end

  // D and the line
  wire [32:0] sum_f24 = {a_f24[31], a_f24} + {not_c[31], not_c} + {32'b0, ctl.carry};
  wire [31:0] d_f24 = ctl.d_sum ? an_num_pkg::sat_s33_s32(sum_f24) : a_f24;
  assign d_sat = an_num_pkg::sat_s33_cuts(sum_f24);
  assign greater = !sum_f24[32];
  logic pick_a;
  always_comb
    case (ctl.pick)
      an_ctl_pkg::PICK_MIN: pick_a = sum_f24[32];
      an_ctl_pkg::PICK_MAX: pick_a = !sum_f24[32];
      an_ctl_pkg::PICK_SEL: pick_a = !sign_q;
      default:              pick_a = 1'b0;
    endcase
  logic [31:0] line1, line2, line3;
  always_ff @(posedge clk) begin
    line1 <= (pick_a ? a_f24 : ~not_c) & {32{ctl.line_en}};
    line2 <= line1;
    line3 <= line2;
  end

  // products
  logic signed [31:0] m0, m1;
  logic [32:0] upper;
  logic [15:0] lower;
  an_mult #(.Late(1'b0)) u_mult0 (.clk, .a(d_f24[15:0]), .b(b_f12), .p(m0));
  an_mult #(.Late(1'b0)) u_mult1 (.clk, .a(d_f24[31:16]), .b(b_f12), .p(m1));
  wire signed [15:0] more = b_f12 & {16{d_f24[15]}};
  if (Ahead) begin : g_sum
    logic [16:0] up;  // with the one less above the lower half
    always_ff @(posedge clk) begin
      up <= 17'(more) + {17{ctl.neg}};
      {upper, lower} <= {m1[31], m1, 16'b0} + 49'(m0) + {{16{up[16]}}, up, {16{ctl.neg}}};
    end
  end else begin : g_sum
    logic signed [15:0] up;
    logic signed [31:0] p0, p1;
    always_ff @(posedge clk) begin
      up <= more;
      p0 <= m0 + 32'(signed'(ctl.neg));
      p1 <= m1 + 32'(up);
    end
    assign upper = {p1[31], p1} + {{17{p0[31]}}, p0[31:16]};
    assign lower = p0[15:0];
  end
  assign n_f24 = {upper, lower[15:12]};
  wire [48:0] n = ctl.ext ? {{6{ext_f24[42]}}, ext_f24} : {upper, lower} ^ {49{ctl.neg}};

  // N / 2^r
  wire sign = n[48];
  wire [48:0] w16 = ctl.r[4] ? {{15{sign}}, n[48:15]} : {n[47:0], 1'b0};
  wire [40:0] w8 = ctl.r[3] ? w16[48:8] : w16[40:0];
  wire [36:0] w4 = ctl.r[2] ? w8[40:4] : w8[36:0];
  wire [34:0] w2 = ctl.r[1] ? w4[36:2] : w4[34:0];
  wire [33:0] w1 = ctl.r[0] ? w2[34:1] : w2[33:0];
  wire lost8 = w16[48:41] != {8{sign}};
  wire lost4 = w8[40:37] != {4{sign}};
  wire lost2 = w4[36:35] != {2{sign}};
  wire lost1 = w2[34] != sign;
  logic [33:0] shifted;
  logic lost_q, minus_q;
  always_ff @(posedge clk) begin
    shifted <= w1;
    lost_q <= (!ctl.r[3] && lost8) || (!ctl.r[2] && lost4) || (!ctl.r[1] && lost2) || (!ctl.r[0] && lost1)
        || w1[33] != sign;
    minus_q <= sign;
  end

  // sum, clip
  wire [34:0] total = {shifted[33], shifted} + {{2{line3[31]}}, line3, 1'b1};
  wire [33:0] v = total[34:1];
  wire minus = lost_q ? minus_q : v[33];
  wire over = lost_q || (|v[33:31] && !(&v[33:31]));
  wire one = !minus && (lost_q || |v[32:24]);         // >= 1
  wire minus_one = minus && (lost_q || !(&v[32:24]));  // < -1
  logic cut, f_low, f_24, f_high, f_31;                // what a clip gives: bits 23..0, 24, 30..25, 31
  always_comb
    case (ctl.post)
      an_spec_pkg::POST_UNIT: {cut, f_low, f_24, f_high, f_31} = {minus | one, 1'b0, one, 2'b00};
      an_spec_pkg::POST_SYM:  {cut, f_low, f_24, f_high, f_31} = {one | minus_one, 1'b0, 1'b1, {2{minus_one}}};
      an_spec_pkg::POST_POS:  {cut, f_low, f_24, f_high, f_31} = {minus | over, {3{!minus}}, 1'b0};
      default:                {cut, f_low, f_24, f_high, f_31} = {over, {3{!minus}}, minus};
    endcase
  always_ff @(posedge clk)
    if (!ctl.hold_result) begin
      result_f24 <= ctl.word_en ? word_f24 : cut ? {f_31, {6{f_high}}, f_24, {24{f_low}}} : v[31:0];
      result_sat <= over;
    end
  wire unused = total[0];
endmodule
`default_nettype wire
