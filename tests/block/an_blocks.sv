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
    input  wire  [48:0] narrow_n,
    input  wire  [ 4:0] narrow_r,
    input  wire  [15:0] narrow_line,
    input  wire  [15:0] narrow_rnd,
    input  wire         narrow_out_bus,
    input  wire  [15:0] narrow_bus,
    output logic [15:0] narrow_out,
    output logic        narrow_sat,
    output logic [15:0] copies_out,
    output logic        copies_sat,
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
    input  wire         table_zero,
    input  wire  [31:0] table_a,
    input  wire         table_take,
    input  wire         table_next,
    output logic [15:0] table_q,
    output logic [15:0] table_f,
    input  wire         table_write,
    input  wire         table_open,
    input  wire  [ 9:0] table_index,
    input  wire  [15:0] table_wdata,
    // an_ring
    input  wire         ring_start,
    input  wire         ring_set,
    input  wire         ring_rotate,
    input  wire  [10:0] ring_base,
    input  wire  [11:0] ring_size,
    input  wire  [11:0] ring_step,
    input  wire  [10:0] ring_addr,
    output logic [10:0] ring_placed,
    // an_unit; fields of its control by name
    input  wire         unit_clr,
    input  wire         unit_b_one,
    input  wire         unit_m_scalar,
    input  wire         unit_m_half,
    input  wire         unit_a_en,
    input  wire         unit_a_16,
    input  wire         unit_a_half,
    input  wire         unit_sign_en,
    input  wire         unit_sign_half,
    input  wire         unit_b_en,
    input  wire         unit_b_half,
    input  wire         unit_c_en,
    input  wire         unit_c_half,
    input  wire         unit_c_neg,
    input  wire         unit_d_sum,
    input  wire         unit_carry,
    input  wire         unit_line_en,
    input  wire  [ 1:0] unit_pick,
    input  wire         unit_neg,
    input  wire         unit_ext,
    input  wire  [ 4:0] unit_r,
    input  wire  [ 1:0] unit_post,
    input  wire         unit_word_en,
    input  wire         unit_hold,
    input  wire  [31:0] unit_state,
    input  wire  [15:0] unit_half,
    input  wire  [31:0] unit_scalar,
    input  wire  [42:0] unit_ext_sum,
    input  wire  [31:0] unit_word,
    output logic [31:0] unit_a,
    output logic        unit_greater,
    output logic [36:0] unit_n,
    output logic        unit_clip,
    output logic        unit_d_sat,
    output logic [31:0] unit_result,
    output logic        unit_result_sat,
    // an_lane, with and without pairs; fields of its control by name
    input  wire         lane_a_clr,
    input  wire         lane_c_start,
    input  wire         lane_c_clr,
    input  wire         lane_write_c,
    input  wire         lane_write_bus,
    input  wire  [ 1:0] lane_load,
    input  wire         lane_wnew,
    input  wire  [ 1:0] lane_bsh,
    input  wire  [ 1:0] lane_ksh,
    input  wire  [ 4:0] lane_r,
    input  wire         lane_c_en,
    input  wire         lane_gather_en,
    input  wire  [31:0] lane_state,
    input  wire  [15:0] lane_rate,
    input  wire  [15:0] lane_syn,
    input  wire  [31:0] lane_bus,
    input  wire  [15:0] lane_row_0,
    input  wire  [15:0] lane_row_1,
    input  wire  [15:0] lane_row_2,
    input  wire  [15:0] lane_rnd,
    output logic [31:0] lane_start,
    output logic [31:0] lane_c,
    output logic [31:0] lane_gather,
    output logic [31:0] lane_state_d,
    output logic        lane_acc_sat,
    output logic [15:0] lane_syn_d,
    output logic        lane_syn_sat,
    output logic [31:0] plain_state_d,
    output logic [15:0] plain_syn_d,
    output logic        plain_syn_sat,
    // an_rnd, four widths, and three without pairs
    input  wire         rnd_key_en,
    input  wire  [31:0] rnd_key,
    input  wire  [31:0] rnd_tick,
    input  wire         rnd_launch,
    input  wire  [10:0] rnd_launch_row,
    input  wire  [ 5:0] rnd_launch_block,
    input  wire         rnd_two,
    input  wire         rnd_second,
    output logic [15:0] rnd_1,
    output logic [31:0] rnd_2,
    output logic [63:0] rnd_4,
    output logic [127:0] rnd_8,
    output logic [15:0] rnd_plain_1,
    output logic [31:0] rnd_plain_2,
    output logic [127:0] rnd_plain_8,
    // an_fifo, an_skid, an_neighbour
    input  wire         queue_in_valid,
    input  wire         queue_out_ready,
    input  wire  [15:0] queue_in_data,
    output logic        fifo_in_ready,
    output logic        fifo_out_valid,
    output logic [15:0] fifo_out_data,
    output logic [ 4:0] fifo_level,
    output logic        far_in_ready,
    output logic        far_out_valid,
    output logic [15:0] far_out_data,
    output logic [ 4:0] far_level,
    output logic        skid_in_ready,
    output logic        skid_out_valid,
    output logic [15:0] skid_out_data,
    output logic        hop_in_ready,
    output logic        hop_out_valid,
    output logic [15:0] hop_out_data,
    output logic [ 7:0] queue_next  // in_ready and out_valid of the next clock: an_fifo, far, an_skid, an_neighbour of four
);
  assign num_s33 = an_num_pkg::sat_s33_s32(num_x[32:0]);
  assign num_s33_cuts = an_num_pkg::sat_s33_cuts(num_x[32:0]);
  assign num_s17 = an_num_pkg::sat_s17_s16(num_x[16:0]);
  assign num_s17_cuts = an_num_pkg::sat_s17_cuts(num_x[16:0]);
  assign num_s48 = an_num_pkg::sat_s48_s32(num_x);
  assign num_s48_cuts = an_num_pkg::sat_s48_cuts(num_x);
  assign num_rhu = an_num_pkg::rhu_f12_s16f12(an_num_pkg::rhu_f24_f12(num_x[31:0]));
  assign num_rhu_cuts = an_num_pkg::rhu_f24_cuts(an_num_pkg::rhu_f24_f12(num_x[31:0]));

  // the step of 16 is the lane's
  wire [47:0] narrow_w = narrow_r[4] ? narrow_n[47:0] : {narrow_n[31:0], 16'b0};
  wire narrow_lost = !narrow_r[4] && narrow_n[47:32] != {16{narrow_n[48]}};
  an_narrow narrow (
      .clk, .r(narrow_r[3:0]), .w(narrow_w), .sign(narrow_n[48]), .lost(narrow_lost), .line_0(narrow_line), .line_1('0), .rnd(narrow_rnd),
      .out_bus(narrow_out_bus), .bus(narrow_bus), .out(narrow_out), .out_sat(narrow_sat)
  );
  an_narrow #(.Copies(1'b1)) narrow_copies (
      .clk, .r(narrow_r[3:0]), .w(narrow_w), .sign(narrow_n[48]), .lost(narrow_lost), .line_0(narrow_rnd[0] ? narrow_line : '0),
      .line_1(narrow_rnd[0] ? '0 : narrow_line), .rnd(narrow_rnd), .out_bus(narrow_out_bus), .bus(narrow_bus), .out(copies_out),
      .out_sat(copies_sat)
  );

  an_recip recip (
      .clk, .load(recip_load), .step(recip_step), .root(recip_root), .in_a_f24(recip_a), .result_f24(recip_result), .sat(recip_sat)
  );

  an_table tables (
      .clk, .in_table(table_table), .in_k(table_k), .in_zero(table_zero), .in_a_f24(table_a), .take(table_take), .next(table_next),
      .q_f12(table_q), .f(table_f), .bus_open(table_open), .bus_write(table_write), .bus_index(table_index), .bus_wdata(table_wdata)
  );

  an_ring ring (
      .clk, .rst_n, .start(ring_start), .set(ring_set), .rotate(ring_rotate), .set_base(ring_base), .set_size(ring_size),
      .set_step(ring_step), .in_addr(ring_addr), .placed(ring_placed)
  );

  an_ctl_pkg::unit_t unit_ctl;
  always_comb begin
    unit_ctl = '0;
    unit_ctl.clr = unit_clr;
    unit_ctl.b_one = unit_b_one;
    unit_ctl.m_scalar = unit_m_scalar;
    unit_ctl.m_half = unit_m_half;
    unit_ctl.a_en = unit_a_en;
    unit_ctl.a_16 = unit_a_16;
    {unit_ctl.a_half, unit_ctl.sign_half, unit_ctl.b_half, unit_ctl.c_half} = {unit_a_half, unit_sign_half, unit_b_half, unit_c_half};
    unit_ctl.sign_en = unit_sign_en;
    unit_ctl.b_en = unit_b_en;
    unit_ctl.c_en = unit_c_en;
    unit_ctl.c_neg = unit_c_neg;
    unit_ctl.d_sum = unit_d_sum;
    unit_ctl.carry = unit_carry;
    unit_ctl.line_en = unit_line_en;
    unit_ctl.pick = unit_pick;
    unit_ctl.neg = unit_neg;
    unit_ctl.ext = unit_ext;
    unit_ctl.r = unit_r;
    unit_ctl.post = unit_post;
    unit_ctl.word_en = unit_word_en;
    unit_ctl.hold_read = unit_hold;
    unit_ctl.hold_result = unit_hold;
  end
  logic [15:0] unit_narrow;
  an_unit #(.Beside(1'b1)) unit (
      .clk, .ctl(unit_ctl), .state_f24(unit_state), .half_f12(unit_half), .scalar_f24(unit_scalar), .ext_f24(unit_ext_sum),
      .word_f24(unit_word), .a_f24(unit_a), .greater(unit_greater), .n_f24(unit_n), .narrow_f12(unit_narrow), .narrow_clip(unit_clip),
      .d_sat(unit_d_sat), .result_f24(unit_result), .result_sat(unit_result_sat)
  );

  an_ctl_pkg::lane_t lane_ctl;
  always_comb begin
    lane_ctl = '0;
    lane_ctl.a_clr = lane_a_clr;
    lane_ctl.c_start = lane_c_start;
    lane_ctl.c_clr = lane_c_clr;
    lane_ctl.write_c = lane_write_c;
    lane_ctl.write_bus = lane_write_bus;
    lane_ctl.load = lane_load;
    lane_ctl.wnew = lane_wnew;
    lane_ctl.bsh = lane_bsh;
    lane_ctl.ksh = lane_ksh;
    lane_ctl.r = lane_r;
  end
  an_lane lane (
      .clk, .ctl(lane_ctl), .c_en(lane_c_en), .c_pass(1'b0), .gather_en(lane_gather_en), .state_q_f24(lane_state), .rate_q_f12(lane_rate), .syn_q(lane_syn),
      .result_f24(lane_bus), .low('0), .row_0(lane_row_0), .row_1(lane_row_1), .row_2(lane_row_2), .rnd(lane_rnd), .start_f24(lane_start), .c_f24(lane_c),
      .gather_p_f24(lane_gather), .state_d_f24(lane_state_d), .acc_sat(lane_acc_sat), .syn_d(lane_syn_d), .syn_sat(lane_syn_sat)
  );
  logic [31:0] plain_start, plain_c, plain_gather;
  logic plain_acc_sat;
  an_lane #(.Pairs(1'b0)) plain (
      .clk, .ctl(lane_ctl), .c_en(lane_c_en), .c_pass(1'b0), .gather_en(lane_gather_en), .state_q_f24(lane_state), .rate_q_f12(lane_rate), .syn_q(lane_syn),
      .result_f24(lane_bus), .low('0), .row_0(lane_row_0), .row_1(lane_row_1), .row_2(lane_row_2), .rnd(lane_rnd), .start_f24(plain_start), .c_f24(plain_c),
      .gather_p_f24(plain_gather), .state_d_f24(plain_state_d), .acc_sat(plain_acc_sat), .syn_d(plain_syn_d), .syn_sat(plain_syn_sat)
  );

  an_rnd #(.Lanes(1)) rnd1 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .two(rnd_two), .second(rnd_second), .rnd(rnd_1)
  );
  an_rnd #(.Lanes(2)) rnd2 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .two(rnd_two), .second(rnd_second), .rnd(rnd_2)
  );
  an_rnd #(.Lanes(4)) rnd4 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .two(rnd_two), .second(rnd_second), .rnd(rnd_4)
  );
  an_rnd #(.Lanes(8)) rnd8 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .two(rnd_two), .second(rnd_second), .rnd(rnd_8)
  );
  an_rnd #(.Lanes(1), .Pairs(1'b0)) plain1 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .two(rnd_two), .second(rnd_second), .rnd(rnd_plain_1)
  );
  an_rnd #(.Lanes(2), .Pairs(1'b0)) plain2 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .two(rnd_two), .second(rnd_second), .rnd(rnd_plain_2)
  );
  an_rnd #(.Lanes(8), .Pairs(1'b0)) plain8 (
      .clk, .rst_n, .key_en(rnd_key_en), .key(rnd_key), .tick(rnd_tick), .launch(rnd_launch), .launch_row(rnd_launch_row),
      .launch_block(rnd_launch_block), .two(rnd_two), .second(rnd_second), .rnd(rnd_plain_8)
  );

  an_fifo #(.Words(16), .Bits(16)) fifo (
      .clk, .rst_n, .in_valid(queue_in_valid), .in_ready(fifo_in_ready), .next_ready(queue_next[0]), .in_data(queue_in_data), .out_valid(fifo_out_valid),
      .next_valid(queue_next[1]),
      .out_ready(queue_out_ready), .out_data(fifo_out_data), .level(fifo_level)
  );
  an_fifo #(.Words(16), .Bits(16), .Far(1'b1)) far (
      .clk, .rst_n, .in_valid(queue_in_valid), .in_ready(far_in_ready), .next_ready(queue_next[2]), .in_data(queue_in_data), .out_valid(far_out_valid),
      .next_valid(queue_next[3]),
      .out_ready(queue_out_ready), .out_data(far_out_data), .level(far_level)
  );
  an_neighbour #(.Steps(4), .Bits(16)) hop (
      .clk, .rst_n, .in_valid(queue_in_valid), .in_ready(hop_in_ready), .next_ready(queue_next[6]), .in_data(queue_in_data), .out_valid(hop_out_valid),
      .next_valid(queue_next[7]),
      .out_ready(queue_out_ready), .out_data(hop_out_data)
  );
  an_neighbour #(.Steps(2), .Bits(16)) skid (  // an_skid
      .clk, .rst_n, .in_valid(queue_in_valid), .in_ready(skid_in_ready), .next_ready(queue_next[4]), .in_data(queue_in_data), .out_valid(skid_out_valid),
      .next_valid(queue_next[5]),
      .out_ready(queue_out_ready), .out_data(skid_out_data)
  );
endmodule
`default_nettype wire
