// SPDX-License-Identifier: Apache-2.0
// an_vec_ctl -- what the vector units and the tables are told in a clock (an_unit, an_table; machine.md 3, 4)
// Enables follow the step that is in a stage; the rest stands still while an instruction runs and is known a clock behind word. Follow: stages that still hold steps
// of the instruction before are told what was right for it, by loads a number of clocks after go: 3 for operands and clr, 4 for D and the line, 6 for
// the shifter, 7 for the clip. hold: a stream is waited for. Mirror: an_lane_vector in sw/model/an_lane.c
`default_nettype none
module an_vec_ctl #(
    parameter bit Beside = 1'b0,
    parameter bit Follow = 1'b0
) (
    input  logic              clk,
    input  logic              rst_n,
    input  logic [      63:0] word,
    input  logic              go,
    input  logic              keep,           // word may be one that does not execute yet
    input  logic              hold,
    input  logic              hold_read,
    input  logic              hold_result,
    input  logic              in_now,         // word's kind
    input  logic              tab_now,
    input  logic              sum_now,
    input  logic              dot_now,
    input  logic              best_now,
    input  logic              bits_now,       // RECIP, SQRT
    input  logic              is_tab,         // that of the instruction that executes
    input  logic              is_best,
    input  logic              sums,           // SUM, DOT
    input  logic              tab_scalar,     // it is a TAB whose a is a scalar
    input  logic [      16:2] stage,          // a step is there
    input  logic [       2:0] scalar_1,       // operands whose scalars are read, or
    input  logic [       2:0] scalar_2,       //   on M
    input  logic [       2:0] memory_3,       // operands whose words are on M
    input  logic              half_word,      // R's half word goes to M
    input  logic              max_any,        // AMAX: the first element
    output an_ctl_pkg::unit_t unit_ctl,
    output logic              exceeds,        // A - C of the step in stage 4 may saturate
    output logic              add_n,
    output logic              table_take,
    output logic              table_next,     // T[i] is addressed
    output logic              half_table,
    output logic              half_fraction
);
  wire [4:0] op = word[an_spec_pkg::F_OP_MSB:an_spec_pkg::F_OP_LSB];
  wire [4:0] sh = word[an_spec_pkg::F_VEC_SH_MSB:an_spec_pkg::F_VEC_SH_LSB];
  wire neg = word[an_spec_pkg::F_VEC_NEG_LSB];
  wire a_rate = word[an_spec_pkg::F_VEC_ASP_MSB:an_spec_pkg::F_VEC_ASP_LSB] == an_spec_pkg::SRC_R;
  wire b_rate = word[an_spec_pkg::F_VEC_BSP_MSB:an_spec_pkg::F_VEC_BSP_LSB] == an_spec_pkg::SRC_R;
  wire is_add = op == an_spec_pkg::OP_ADD;
  wire is_min = op == an_spec_pkg::OP_MIN;
  wire is_max = op == an_spec_pkg::OP_MAX;
  wire is_sel = op == an_spec_pkg::OP_SEL;
  wire is_leak = op == an_spec_pkg::OP_LEAK;
  wire multiplies = op == an_spec_pkg::OP_MUL || op == an_spec_pkg::OP_MAC || is_leak;
  wire b_to_c = is_add || is_min || is_max;

  // as the steps in a stage need it: operands are taken in stage 3, added in 4, and so on
  typedef struct packed {
    logic sel, factor, plus, exceeds;  // SEL; B16 is taken; C is B; A - C may saturate
  } kind_t;
  an_ctl_pkg::unit_t still, still_q, of_take, of_sum, of_shift, of_clip;
  kind_t kind_now, kind_take, kind_sum;
  assign kind_now = {is_sel, multiplies || dot_now, b_to_c, is_add || is_leak};
  assign exceeds = kind_sum.exceeds;
  always_ff @(posedge clk) if (!keep) still_q <= still;
  logic clr;
  if (Follow) begin : g_still
    // A number of clocks after go: the one before has left that stage, and this one is not there yet, since a go is at the earliest a clock
    // (Ahead: two) after the last read, and the next one eight steps later
    logic [6:1] go_q;
    kind_t kind_q;
    always_ff @(posedge clk) begin
      go_q <= rst_n ? {go_q[5:1], go} : '0;
      if (go) kind_q <= kind_now;
      if (go_q[2]) {of_take, kind_take} <= {still_q, kind_q};
      if (go_q[3]) {of_sum, kind_sum} <= {still_q, kind_q};
      if (go_q[5]) of_shift <= still_q;
      if (go_q[6]) of_clip <= still_q;
    end
    assign clr = go_q[3];
  end else begin : g_still
    assign {of_take, of_sum, of_shift, of_clip} = {4{still_q}};
    assign {kind_take, kind_sum} = {2{kind_now}};
    always_ff @(posedge clk) clr <= go;
  end

  wire [2:0] word_3 = memory_3 | scalar_2;
  assign add_n = sums && stage[6];
  assign table_take = stage[5];
  assign table_next = stage[6];
  assign half_table = is_tab && (stage[7] || stage[8]);
  assign half_fraction = is_tab && stage[9];
  always_comb begin
    unit_ctl = still_q;
    unit_ctl.clr = clr;
    {unit_ctl.b_one, unit_ctl.a_16, unit_ctl.c_neg} = {of_take.b_one, of_take.a_16, of_take.c_neg};
    {unit_ctl.sign_half, unit_ctl.b_half, unit_ctl.c_half} = {of_take.sign_half, of_take.b_half, of_take.c_half};
    {unit_ctl.d_sum, unit_ctl.carry, unit_ctl.line_en, unit_ctl.pick} = {of_sum.d_sum, of_sum.carry, of_sum.line_en, of_sum.pick};
    {unit_ctl.neg, unit_ctl.ext, unit_ctl.r} = {of_shift.neg, of_shift.ext, of_shift.r};
    unit_ctl.post = of_clip.post;
    unit_ctl.hold_read = hold_read;
    unit_ctl.hold_result = hold_result;
    unit_ctl.m_scalar = scalar_1 != '0 || (tab_scalar && stage[2]);
    unit_ctl.m_half = half_table || half_fraction || half_word;
    unit_ctl.a_en = ((kind_take.sel ? word_3[1] : word_3[0]) || (is_tab && (stage[3] || stage[9]))) && !hold;
    unit_ctl.a_half = of_take.a_half && (kind_take.sel ? word_3[1] : word_3[0]);
    unit_ctl.sign_en = word_3[0];
    unit_ctl.b_en = kind_take.factor && word_3[1] || (is_tab && stage[10]);
    unit_ctl.c_en = word_3[2] || (kind_take.plus && word_3[1]) || (is_tab && stage[8]);
    unit_ctl.max_en = is_best && stage[4];
    unit_ctl.max_any = max_any;
  end
  // a clock behind the word
  always_comb begin
    still = '0;
    still.b_one = is_add || sum_now;
    still.a_16 = dot_now;
    // an R word comes over H; of TAB what is no operand comes over M
    still.a_half = Beside && (is_sel ? b_rate : a_rate);
    still.sign_half = Beside && a_rate;
    still.b_half = Beside && b_rate && (multiplies || dot_now);
    still.c_half = Beside && b_rate && b_to_c;
    still.c_neg = is_add && !neg;
    still.d_sum = b_to_c || is_leak || tab_now || best_now;
    still.carry = !best_now && !still.c_neg;
    still.word_en = in_now || bits_now || (best_now && neg);
    still.line_en = !is_add;
    still.pick = is_min ? an_ctl_pkg::PICK_MIN : is_max ? an_ctl_pkg::PICK_MAX : is_sel ? an_ctl_pkg::PICK_SEL : an_ctl_pkg::PICK_C;
    still.neg = neg && multiplies;
    still.ext = sum_now || dot_now;
    still.r = sum_now || dot_now ? sh : tab_now ? 5'd15 : is_add ? 5'd12 : sh + 5'd12;
    still.post = sum_now || dot_now || best_now ? an_spec_pkg::POST_NONE : word[an_spec_pkg::F_VEC_POST_MSB:an_spec_pkg::F_VEC_POST_LSB];
  end
  wire unused = ^{rst_n, word, stage, of_take, of_sum, of_shift, of_clip, kind_take, kind_sum};
endmodule
`default_nettype wire
