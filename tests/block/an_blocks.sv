// SPDX-License-Identifier: Apache-2.0
// an_blocks -- every block that has a C twin, side by side, each with its own ports: one Verilator build for all of tests/block.
`default_nettype none
/* verilator lint_off DECLFILENAME */
module an_blocks (
    input  wire         clk,
    input  wire         rst_n,
    // an_num_pkg
    input  wire  [47:0] num_x,
    output logic [31:0] num_s33,
    output logic        num_s33_cuts,
    output logic [15:0] num_s17,
    output logic        num_s17_cuts,
    output logic [31:0] num_s48,
    output logic        num_s48_cuts,
    output logic [15:0] num_rhu,
    output logic        num_rhu_cuts,
    // an_narrow
    input  wire  [47:0] narrow_n,
    input  wire  [ 4:0] narrow_r,
    input  wire  [31:0] narrow_c,
    input  wire  [15:0] narrow_rnd,
    input  wire         narrow_s16,
    input  wire  [ 1:0] narrow_post,
    output logic [31:0] narrow_result,
    output logic        narrow_sat,
    // an_recip
    input  wire         recip_load,
    input  wire         recip_step,
    input  wire         recip_root,
    input  wire  [31:0] recip_a,
    output logic [31:0] recip_result,
    output logic        recip_sat,
    // an_table
    input  wire  [ 1:0] table_table,
    input  wire  [ 2:0] table_k,
    input  wire  [31:0] table_a,
    output logic [31:0] table_out,
    output logic        table_sat,
    input  wire         table_write,
    input  wire         table_read,
    input  wire  [ 9:0] table_index,
    input  wire  [15:0] table_wdata,
    output logic [15:0] table_rdata,
    // an_ring
    input  wire         ring_start,
    input  wire         ring_set,
    input  wire         ring_rotate,
    input  wire  [10:0] ring_base,
    input  wire  [11:0] ring_size,
    input  wire  [11:0] ring_step,
    input  wire  [10:0] ring_addr,
    output logic [10:0] ring_placed,
    // an_lane, inputs held until the result has come through
    input  wire  [ 3:0] lane_mode,    // 0 vector, 1 plain sweep, 2 pair, slot of v, 3 pair, slot of w
    input  wire         lane_neg,
    input  wire         lane_three,
    input  wire         lane_difference, // A - C
    input  wire  [ 1:0] lane_pick,
    input  wire         lane_sel,     // A = b, sign of a
    input  wire         lane_clear,
    input  wire         lane_b_en,
    input  wire  [ 2:0] lane_out,     // 0 narrowed, 1 C, 2 D
    input  wire  [ 1:0] lane_bsh,
    input  wire  [ 1:0] lane_ksh,
    input  wire  [ 4:0] lane_r,
    input  wire         lane_c_zero,
    input  wire  [31:0] lane_state,
    input  wire  [15:0] lane_rate,
    input  wire  [15:0] lane_syn,
    input  wire  [31:0] lane_scalar,
    input  wire  [15:0] lane_row_0,
    input  wire  [15:0] lane_row_1,
    input  wire  [15:0] lane_row_2,
    input  wire  [15:0] lane_rnd,
    output logic [31:0] lane_d,
    output logic [31:0] lane_result,
    output logic        lane_result_sat,
    output logic        lane_d_sat,
    output logic [31:0] lane_gather,
    output logic [15:0] lane_rate_d,
    output logic        lane_rate_sat,
    output logic [15:0] lane_syn_d,
    // an_rnd, four widths, and three without pairs
    input  wire         rnd_key_en,
    input  wire  [31:0] rnd_key,
    input  wire  [31:0] rnd_tick,
    input  wire         rnd_launch,
    input  wire  [10:0] rnd_launch_row,
    input  wire  [ 5:0] rnd_launch_block,
    input  wire         rnd_second,
    output logic [15:0] rnd_1,
    output logic [31:0] rnd_2,
    output logic [63:0] rnd_4,
    output logic [127:0] rnd_8,
    output logic [15:0] rnd_plain_1,
    output logic [31:0] rnd_plain_2,
    output logic [127:0] rnd_plain_8,
    // an_fifo, an_skid
    input  wire         queue_in_valid,
    input  wire         queue_out_ready,
    input  wire  [15:0] queue_in_data,
    output logic        fifo_in_ready,
    output logic        fifo_out_valid,
    output logic [15:0] fifo_out_data,
    output logic [ 4:0] fifo_level,
    output logic        skid_in_ready,
    output logic        skid_out_valid,
    output logic [15:0] skid_out_data
);
  assign num_s33 = an_num_pkg::sat_s33_s32(num_x[32:0]);
  assign num_s33_cuts = an_num_pkg::sat_s33_cuts(num_x[32:0]);
  assign num_s17 = an_num_pkg::sat_s17_s16(num_x[16:0]);
  assign num_s17_cuts = an_num_pkg::sat_s17_cuts(num_x[16:0]);
  assign num_s48 = an_num_pkg::sat_s48_s32(num_x);
  assign num_s48_cuts = an_num_pkg::sat_s48_cuts(num_x);
  assign num_rhu = an_num_pkg::rhu_f12_s16f12(an_num_pkg::rhu_f24_f12(num_x[31:0]));
  assign num_rhu_cuts = an_num_pkg::rhu_f24_cuts(an_num_pkg::rhu_f24_f12(num_x[31:0]));

  an_ctl_pkg::narrow_t narrow_ctl;
  always_comb begin
    narrow_ctl = '0;
    narrow_ctl.ext = 1'b1;
    narrow_ctl.r = narrow_r;
    narrow_ctl.s16 = narrow_s16;
    narrow_ctl.post = narrow_post;
  end
  logic [31:0] narrow_line5;
  an_narrow #(.External(1'b1)) narrow (
      .clk, .ctl(narrow_ctl), .p('0), .q('0), .r('0), .ext_f24(narrow_n), .line2(narrow_c), .rnd(narrow_rnd),
      .result(narrow_result), .result_sat(narrow_sat), .line5(narrow_line5)
  );

  an_recip recip (
      .clk, .load(recip_load), .step(recip_step), .root(recip_root), .in_a_f24(recip_a), .result_f24(recip_result), .sat(recip_sat)
  );

  an_table tables (
      .clk, .in_table(table_table), .in_k(table_k), .in_a_f24(table_a), .out_f24(table_out), .out_sat(table_sat),
      .bus_write(table_write), .bus_read(table_read), .bus_index(table_index), .bus_wdata(table_wdata), .bus_rdata(table_rdata)
  );

  an_ring ring (
      .clk, .rst_n, .start(ring_start), .set(ring_set), .rotate(ring_rotate), .set_base(ring_base), .set_size(ring_size),
      .set_step(ring_step), .in_addr(ring_addr), .placed(ring_placed)
  );

  an_ctl_pkg::operand_t lane_operand;
  an_ctl_pkg::multiply_t lane_multiply;
  an_ctl_pkg::narrow_t lane_narrow;
  always_comb begin
    lane_operand = '0;
    lane_operand.a_en = 1'b1;
    lane_operand.a_sel = lane_sel ? an_ctl_pkg::A_RATE : an_ctl_pkg::A_XS;
    lane_operand.c_clr = lane_c_zero;
    lane_operand.c_sel = an_ctl_pkg::C_BUS;
    lane_operand.clr = lane_clear;
    lane_operand.b_en = lane_b_en;
    lane_operand.b_sel = lane_mode == 4'd0 ? an_ctl_pkg::B_RATE : an_ctl_pkg::B_NARROW;
    lane_operand.sign_en = 1'b1;
    lane_operand.y_sel = lane_mode != 4'd0 ? an_ctl_pkg::Y_PRODUCT : lane_difference ? an_ctl_pkg::Y_SUB :
                         lane_out == 3'd2 ? an_ctl_pkg::Y_ADD : an_ctl_pkg::Y_ZERO;
    lane_operand.pick = lane_pick;
    lane_operand.sweep = lane_mode != 4'd0;
    lane_multiply = '0;
    lane_multiply.load = lane_mode == 4'd0 ? an_ctl_pkg::LOAD_VECTOR : lane_mode == 4'd1 ? an_ctl_pkg::LOAD_PLAIN :
                         lane_mode == 4'd2 ? an_ctl_pkg::LOAD_V : an_ctl_pkg::LOAD_W;
    lane_multiply.neg = lane_neg;
    lane_multiply.out_c = lane_out == 3'd1;
    lane_multiply.out_d = lane_out == 3'd2;
    lane_narrow = '0;
    lane_narrow.p_en = lane_three;
    lane_narrow.q_en = lane_three;
    lane_narrow.r = lane_r;
    lane_narrow.s16 = lane_mode != 4'd0;
    if (lane_mode == 4'd0) begin
      lane_narrow.n_inv = lane_neg;
      lane_narrow.q_sh = 2'd2;
    end else if (lane_mode == 4'd2) begin
      lane_narrow.p_inv = 1'b1;
      lane_narrow.n_inv = 1'b1;
      lane_narrow.q_sh = lane_bsh;
      lane_narrow.r_sh = lane_ksh;
    end
  end
  logic [31:0] lane_a, lane_c, lane_state_d;
  logic [15:0] lane_narrowed;
  logic lane_clip;
  an_lane lane (
      .clk, .operand_ctl(lane_operand), .multiply_ctl(lane_multiply), .narrow_ctl(lane_narrow), .c_en(1'b1), .gather_en(1'b1),
      .state_q_f24(lane_state), .rate_q_f12(lane_rate), .syn_q(lane_syn), .scalar_bus_f24(lane_scalar), .row_0(lane_row_0),
      .row_1(lane_row_1), .row_2(lane_mode == 4'd0 ? '0 : lane_row_2), .ext_f24('0), .rnd(lane_mode == 4'd0 ? 16'h8000 : lane_rnd), .a_f24(lane_a), .c_f24(lane_c),
      .gather_p_f24(lane_gather), .narrow_f12(lane_narrowed), .narrow_clip(lane_clip), .d_sat(lane_d_sat),
      .result_sat(lane_result_sat), .state_d_f24(lane_state_d), .rate_d_f12(lane_rate_d), .rate_sat(lane_rate_sat), .syn_d(lane_syn_d)
  );
  assign lane_result = lane_state_d;
  assign lane_d = lane.d_f24;

  an_rnd #(.Lanes(1)) rnd1 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .second(rnd_second), .rnd(rnd_1)
  );
  an_rnd #(.Lanes(2)) rnd2 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .second(rnd_second), .rnd(rnd_2)
  );
  an_rnd #(.Lanes(4)) rnd4 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .second(rnd_second), .rnd(rnd_4)
  );
  an_rnd #(.Lanes(8)) rnd8 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .second(rnd_second), .rnd(rnd_8)
  );
  an_rnd #(.Lanes(1), .Pairs(1'b0)) plain1 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .second(rnd_second), .rnd(rnd_plain_1)
  );
  an_rnd #(.Lanes(2), .Pairs(1'b0)) plain2 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .second(rnd_second), .rnd(rnd_plain_2)
  );
  an_rnd #(.Lanes(8), .Pairs(1'b0)) plain8 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .second(rnd_second), .rnd(rnd_plain_8)
  );

  an_fifo #(.Words(16), .Bits(16)) fifo (
      .clk, .rst_n, .in_valid(queue_in_valid), .in_ready(fifo_in_ready), .in_data(queue_in_data), .out_valid(fifo_out_valid),
      .out_ready(queue_out_ready), .out_data(fifo_out_data), .level(fifo_level)
  );
  an_skid #(.Bits(16)) skid (
      .clk, .rst_n, .in_valid(queue_in_valid), .in_ready(skid_in_ready), .in_data(queue_in_data), .out_valid(skid_out_valid),
      .out_ready(queue_out_ready), .out_data(skid_out_data)
  );
endmodule
`default_nettype wire
