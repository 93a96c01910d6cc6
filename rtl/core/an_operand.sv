// SPDX-License-Identifier: Apache-2.0
// an_operand -- front of a lane: operand registers A, C, B16, the saturating adder D = sat(A + Y), line 1 and 2.
// A, C, D s32f24; B16 s16f12. XS is the word that is not a rate: state memory or scalar bus; narrow = rhu(XS).
// Vector: A = a (SEL: b), C = c (ADD MIN MAX: b), B16 = b.  Sweep: A = accumulator, C = gathered sum, B16 = last synapse word.
// latency 1 to A C B16, 2 to D and line 1, 3 to line 2. Mirror: sw/model/an_lane.c
`default_nettype none
module an_operand (
    input  logic                 clk,
    input  an_ctl_pkg::operand_t ctl,
    input  logic                 c_en,
    input  logic [31:0]          state_q_f24,
    input  logic [15:0]          rate_q_f12,
    input  logic [15:0]          syn_q,
    input  logic [31:0]          scalar_bus_f24,
    input  logic [31:0]          scatter_p_f24,
    input  logic [15:0]          back_w,
    output logic [31:0]          a_f24,
    output logic [31:0]          c_f24,
    output logic [15:0]          b_f12,
    output logic [31:0]          d_next_f24,
    output logic [31:0]          d_f24,
    output logic                 d_sat,
    output logic [31:0]          line2,
    output logic [15:0]          narrow_f12,
    output logic                 narrow_clip
);
  wire [31:0] xs_f24 = ctl.xs_bus ? scalar_bus_f24 : state_q_f24;
  wire [20:0] xs_f12 = an_num_pkg::rhu_f24_f12(xs_f24);
  wire [31:0] rate_f24 = {{4{rate_q_f12[15]}}, rate_q_f12, 12'b0};
  assign narrow_f12 = an_num_pkg::rhu_f12_s16f12(xs_f12);
  assign narrow_clip = an_num_pkg::rhu_f24_cuts(xs_f12);

  logic [31:0] a_d, c_d;
  logic [15:0] b_d;
  always_comb begin
    case (ctl.a_sel)
      an_ctl_pkg::A_XS:     a_d = xs_f24;
      an_ctl_pkg::A_RATE:   a_d = rate_f24;
      an_ctl_pkg::A_RATE16: a_d = {rate_q_f12, 16'b0};
      default:              a_d = {narrow_f12, 16'b0};
    endcase
    case (ctl.c_sel)
      an_ctl_pkg::C_STATE:  c_d = state_q_f24;
      an_ctl_pkg::C_RATE:   c_d = rate_f24;
      an_ctl_pkg::C_A:      c_d = a_f24;
      default:              c_d = scalar_bus_f24;
    endcase
    case (ctl.b_sel)
      an_ctl_pkg::B_NARROW: b_d = narrow_f12;
      an_ctl_pkg::B_RATE:   b_d = rate_q_f12;
      default:              b_d = syn_q;
    endcase
  end

  logic sign_q;
  always_ff @(posedge clk) begin
    if (ctl.clr || ctl.a_clr) a_f24 <= '0;
    else if (ctl.a_en) a_f24 <= a_d;
    if (ctl.clr || ctl.c_clr) c_f24 <= '0;
    else if (c_en) c_f24 <= c_d;
    if (ctl.clr) b_f12 <= '0;
    else if (ctl.b_en) b_f12 <= b_d;
    if (ctl.clr) sign_q <= 1'b0;
    else if (ctl.sign_en) sign_q <= ctl.sign_rate ? rate_q_f12[15] : xs_f24[31];
  end

  logic [31:0] y_f24;
  always_comb
    case (ctl.y_sel)
      an_ctl_pkg::Y_ZERO: y_f24 = '0;
      an_ctl_pkg::Y_ADD:  y_f24 = c_f24;
      an_ctl_pkg::Y_SUB:  y_f24 = ~c_f24;
      default:            y_f24 = scatter_p_f24;
    endcase
  wire subtract = ctl.y_sel == an_ctl_pkg::Y_SUB;
  wire [32:0] sum_f24 = {a_f24[31], a_f24} + {y_f24[31], y_f24} + {32'b0, subtract};
  assign d_next_f24 = an_num_pkg::sat_s33_s32(sum_f24);

  logic pick_a;
  always_comb
    case (ctl.pick)
      an_ctl_pkg::PICK_C:   pick_a = 1'b0;
      an_ctl_pkg::PICK_MIN: pick_a = sum_f24[32];
      an_ctl_pkg::PICK_MAX: pick_a = ~sum_f24[32];
      default:              pick_a = ~sign_q;
    endcase

  wire [31:0] picked_f24 = pick_a ? a_f24 : c_f24;
  logic [31:0] line1;
  always_ff @(posedge clk) begin
    d_f24 <= d_next_f24;
    d_sat <= an_num_pkg::sat_s33_cuts(sum_f24);
    line1 <= ctl.sweep ? {b_f12, ctl.back ? back_w : syn_q} : picked_f24;
    line2 <= ctl.line_d ? d_f24 : line1;
  end
endmodule
`default_nettype wire
