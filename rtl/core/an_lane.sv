// SPDX-License-Identifier: Apache-2.0
// an_lane -- three multipliers: sweep acc += w*x, gathered w*y, w += x2*y; pair v; vector A*B16 (docs/machine.md, 4 and 5)
//   multiplier:   0                  1                 2
//   vector        D[15:0]*B16        D[31:16]*B16 + (D[15] ? B16 : 0)     D[15:0] is taken as signed; less one in 0 where negated
//   plain         x*w                y*w               x2*y
//   pair, w slot  x*w                y*w               mu*v (of three columns ago)
//   pair, v slot  x2*y2              beta*v            kappa*w
// in   memory words one clock after their address; row_* are the row's, the same for all lanes
// latency operands 1 -> products 2 -> N 3 -> shifted 4 -> result 5. Mirror: sw/model/an_lane.c
`default_nettype none
module an_lane #(
    parameter bit External = 1'b0
) (
    input  logic                  clk,
    input  an_ctl_pkg::operand_t  operand_ctl,
    input  an_ctl_pkg::multiply_t multiply_ctl,
    input  an_ctl_pkg::narrow_t   narrow_ctl,
    input  logic                  c_en,
    input  logic                  gather_en,
    input  logic [31:0]           state_q_f24,
    input  logic [15:0]           rate_q_f12,
    input  logic [15:0]           syn_q,
    input  logic [31:0]           scalar_bus_f24,
    input  logic [15:0]           row_0,
    input  logic [15:0]           row_1,
    input  logic [15:0]           row_2,
    input  logic [47:0]           ext_f24,
    input  logic [15:0]           rnd,
    output logic [31:0]           a_f24,
    output logic [31:0]           c_f24,
    output logic [31:0]           gather_p_f24,
    output logic [15:0]           narrow_f12,
    output logic                  narrow_clip,
    output logic                  d_sat,
    output logic                  result_sat,
    output logic [31:0]           state_d_f24,
    output logic [15:0]           rate_d_f12,
    output logic                  rate_sat,
    output logic [15:0]           syn_d
);
  logic [15:0] b_f12;
  logic [31:0] d_next_f24, d_f24, line2, line5, result;
  logic signed [31:0] p0, p1, p2;

  an_operand u_operand (
      .clk, .ctl(operand_ctl), .c_en, .state_q_f24, .rate_q_f12, .syn_q, .scalar_bus_f24,
      .scatter_p_f24(p0), .back_w(line5[31:16]), .a_f24, .c_f24, .b_f12, .d_next_f24, .d_f24, .d_sat, .line2,
      .narrow_f12, .narrow_clip
  );

  logic signed [15:0] m0a_d, m0b_d, m1a_d, m1b_d, m2b_d;
  always_comb begin
    case (multiply_ctl.load)
      an_ctl_pkg::LOAD_VECTOR: begin
        m0a_d = d_next_f24[15:0];
        m0b_d = b_f12;
        m1a_d = d_next_f24[31:16];
        m1b_d = b_f12;
        m2b_d = b_f12;
      end
      an_ctl_pkg::LOAD_V: begin
        m0a_d = row_0;
        m0b_d = rate_q_f12;
        m1a_d = row_1;
        m1b_d = syn_q;
        m2b_d = b_f12;
      end
      default: begin
        m0a_d = row_0;
        m0b_d = syn_q;
        m1a_d = rate_q_f12;
        m1b_d = syn_q;
        m2b_d = multiply_ctl.load == an_ctl_pkg::LOAD_PLAIN ? rate_q_f12 : multiply_ctl.wnew ? result[15:0] : line5[15:0];
      end
    endcase
    m1b_d = m1b_d & {16{gather_en}};  // a mask, not a reset: the register goes into the MAC16
  end

  wire vector = multiply_ctl.load == an_ctl_pkg::LOAD_VECTOR;
  logic signed [15:0] m0a, m0b, m1a, m1b, m2a, m2b, up;
  logic less_one;
  always_ff @(posedge clk) begin
    m0a <= m0a_d;
    m0b <= m0b_d;
    m1a <= m1a_d;
    m1b <= m1b_d;
    m2a <= row_2;
    m2b <= m2b_d;
    up <= b_f12 & {16{vector && d_next_f24[15]}};
    less_one <= vector && multiply_ctl.neg;
    p0 <= m0a * m0b + 32'(signed'(less_one));
    p1 <= m1a * m1b + 32'(up);
    p2 <= m2a * m2b;
  end
  assign gather_p_f24 = p1;

  an_narrow #(.External(External)) u_narrow (
      .clk, .ctl(narrow_ctl), .p(p0), .q(p1), .r(p2), .ext_f24, .line2, .rnd, .result, .result_sat, .line5
  );

  assign state_d_f24 = multiply_ctl.out_c ? c_f24 : multiply_ctl.out_d ? d_f24 : result;
  wire [20:0] rate_d = an_num_pkg::rhu_f24_f12(state_d_f24);
  assign rate_d_f12 = an_num_pkg::rhu_f12_s16f12(rate_d);
  assign rate_sat = an_num_pkg::rhu_f24_cuts(rate_d);
  always_ff @(posedge clk) syn_d <= result[15:0];
endmodule
`default_nettype wire
