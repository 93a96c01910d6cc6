# SPDX-License-Identifier: Apache-2.0
"""Faults put into the chip, one at a time. Each is (file, text with the part to change in «», the wrong part, what is wrong).
The text must stand in the file exactly once. Number n of the list is mutant n, from 1."""

CORE = "rtl/core/"
MUTANTS = [
    # numbers
    (CORE + "an_num_pkg.sv", "rhu_f24_f12 = {x[31], x[31:12]} + {20'b0, «x[11]»};", "1'b0", "a state is cut to a rate, not rounded"),
    (CORE + "an_num_pkg.sv", "sat_s33_s32 = «x[32] != x[31]» ?", "1'b0", "the accumulator wraps"),
    (CORE + "an_num_pkg.sv", "rhu_f12_s16f12 = rhu_f24_cuts(y) ? {«y[20]», {15{~y[20]}}}", "~y[20]", "a rate saturates to the wrong end"),
    (CORE + "an_narrow.sv", "wire over = lost_q || («|v[17:15] && !(&v[17:15])»);", "|v[17:16] && !(&v[17:16])", "weights of 17 bits are let through"),
    (CORE + "an_narrow.sv", "(!r[3] && «lost8») ||", "1'b0", "bits that fall out above the window of a weight go unnoticed"),
    (CORE + "an_narrow.sv", "wire lost1 = w2[33] != sign || («!r[0] && w2[32] != sign»);", "1'b0", "a weight whose window's own top bit differs wraps"),
    (CORE + "an_narrow.sv", "wire [33:0] term = {{2{line_0[15]}}, line_0, «rnd»};", "16'h8000", "weights are rounded half up, not at random"),
    (CORE + "an_narrow.sv", "wire [35:0] w4 = r[2] ? «w8[39:4]» :", "(w8[39:4] & ~36'h100000)", "a bit is lost in the shifter of weights"),
    # units
    (CORE + "an_unit.sv", "(!ctl.r[2] && «lost4») ||", "1'b0", "bits that fall out above the window of a state go unnoticed"),
    (CORE + "an_unit.sv", "|| «w1[33] != sign»;", "1'b0", "a state whose window's own top bit differs wraps"),
    (CORE + "an_unit.sv", "wire one = !minus && (lost_q || |«v[32:24]»);", "{1'b0, v[32:25]}", "clip to 1 acts from 2 on"),
    (CORE + "an_unit.sv", "{{2{line3[31]}}, line3, «1'b1»};", "1'b0", "a vector result is cut, not rounded"),
    (CORE + "an_unit.sv", "an_ctl_pkg::PICK_MIN: pick_a = «sum_f24[32]»;", "~sum_f24[32]", "MIN is MAX"),
    (CORE + "an_unit.sv", "+ {32'b0, «ctl.carry»};", "1'b0", "a difference is one too small"),
    (CORE + "an_unit.sv", "up, «{16{ctl.neg}}»};", "16'b0", "the one less of a negated product is lost in its lower half"),
    (CORE + "an_unit.sv", "more = b_f12 & {16{«d_f24[15]»}};", "1'b0", "the lower half of a product counts as signed"),
    (CORE + "an_unit.sv", "if (ctl.clr) not_c <= {32{«!ctl.c_neg»}};", "1'b1", "a sum with zero is one too small"),
    (CORE + "an_unit.sv", "else if (ctl.sign_en) sign_q <= «m_f24[31]»;", "1'b0", "SEL always takes its second operand"),
    # lanes
    (CORE + "an_lane.sv", "assign acc_sat = acc_f24[31] != minus_q && «acc_f24[30] == minus_q»;", "1'b1", "an accumulator that changes sign saturates"),
    (CORE + "an_lane.sv", "wire ones = write_low || («acc_sat» && !minus_q);", "1'b0", "the accumulator wraps upwards"),
    (CORE + "an_lane.sv", "mu_q <= «ctl.wnew» ?", "1'b1", "w always moves by the new v"),
    (CORE + "an_lane.sv", "if («ctl.ksh != 2'd0») k0_q <= '1;", "1'b0", "kappa w as it is meets kappa w shifted"),
    (CORE + "an_lane.sv", "line_0 <= «v2_q»;", "v3_q", "v is narrowed on top of its neighbour"),
    (CORE + "an_lane.sv", "assign write_low = «ctl.write_low»;", "1'b0", "the low word of a sum in two words is the high one"),
    # serial work
    (CORE + "an_recip.sv", "assign result_f24 = {minus_q, q_q} + {31'b0, «minus_q»};", "1'b0", "negative reciprocals are one too small"),
    (CORE + "an_vec.sv", "6'd48 - «{sh[4], sh}»)", "6'd0", "RECIP ignores its shift"),
    (CORE + "an_vec.sv", "if («best_any_q || greater») best_index_q", "best_any_q || !greater", "AMAX gives the index of another element"),
    (CORE + "an_vec.sv", "single || lane_q == (!serial ? LaneBits'(Lanes - Units) : «in_last» ?", "1'b0", "elements beyond n are handled"),
    (CORE + "an_table.sv", "at_q <= at_q + {7'b0, «!(&at_q)»};", "1'b1", "the last table interval runs into the first point"),
    (CORE + "an_table.sv", "wire outside = «a4[29:22] != {8{a4[29]}}»;", "1'b0", "a table is periodic"),
    # vectors
    (CORE + "an_vec.sv", "assign rate_waddr = rate_dest + «write_block»;", "(write_block + 11'd1)", "rates are written one block too far"),
    (CORE + "an_vec.sv", "|| («unit_ctl.a_en && is_dot»)) &&", "1'b0", "clips of DOT's first operand are not noted"),
    (CORE + "an_vec.sv", "live_2[u] = serial ? u == 0 : «!tail_2» ||", "1'b1", "lanes beyond n are written and counted"),
    (CORE + "an_vec.sv", "if (!rst_n || cancel || «done») begin  // what", "1'b0", "what an instruction leaves in its stages writes in the next"),
    (CORE + "an_vec.sv", "wire hold = wait_in || «wait_out»;", "1'b0", "words are lost where the output is full"),
    (CORE + "an_ring.sv", "turn_q <= «over» ? less[11:0]", "1'b0", "a rotation does not wrap"),
    # sweep
    (CORE + "an_sweep.sv", "wire skip = word[an_spec_pkg::F_SWP_SKIP_LSB] && «!gather»;", "1'b1", "rows are skipped although sums are gathered"),
    (CORE + "an_sweep.sv", "wire first_must = «group == '0 && scatter && amode != an_spec_pkg::INIT_SELF»;", "1'b0", "row 0 may be skipped, accumulators are not set"),
    (CORE + "an_sweep.sv", "wire forgets = pair && (beta_f12 != '0 || kappa_f12 != '0 || «mu_f12 != '0»);", "1'b0", "a silent row of a pair is skipped although w moves"),
    (CORE + "an_sweep.sv", "row_rem = rows_m1[2:0] & 3'(Lanes - 1);\n  wire [2:0] col_rem = «cols_m1[2:0]» &", "(cols_m1[2:0] + 3'd1)", "the last block counts one column too many"),
    (CORE + "an_sweep.sv", "!two ? row_x2_f12 : v_1 ? «kappa_f12» :", "beta_f12", "beta in the place of kappa"),
    (CORE + "an_sweep.sv", "assign visits = two ? «{cols, 1'b0}» :", "{1'b0, cols}", "pairs count half their visits"),
    (CORE + "an_sweep.sv", "if (gathered_en && «gathered_sat») sat_g", "1'b0", "saturation of gathered sums is not recorded"),
    (CORE + "an_slot.sv", "wire [11:0] last_even = {last_word[11:1], «1'b1»};", "last_word[0]", "rows of odd length"),
    (CORE + "an_slot.sv", "else if (group_done) base_q <= base_q + (stride_w << «Shift»);", "(Shift + 1)", "rows of the next group start too far on"),
    (CORE + "an_row.sv", ": «cut» ? {sum_f24[SumBits-1],", "1'b0", "a gathered sum wraps"),
    (CORE + "an_row.sv", "wire [SumBits-1:0] base = «from_start» ?", "1'b0", "a gathered sum goes on from the row before"),
    (CORE + "an_row.sv", "narrowed_f24 = «in_two» ?", "1'b0", "a sum in two words is narrowed"),
    (CORE + "an_sweep.sv", "6'(block >> BlockShift) + «block_first»;", "6'(!two)", "a part of a projection draws the bits of the whole one's first columns"),
    (CORE + "an_rnd.sv", "wire [31:0] seed = key_q ^ «place»;", "32'd0", "every row and block draws the same bits"),
    (CORE + "an_rnd.sv", "if (key_en) key_q <= key ^ «reversed»;", "32'd0", "every tick draws the same bits"),
    (CORE + "an_rnd.sv", "s[31:16] ^ s[29:14] ^ s[25:10] ^ «s[24:9]»", "s[23:8]", "another linear register"),
    (CORE + "an_rnd.sv", "<= {z[15:0], z[31:16]} ^ «an_spec_pkg::SECOND_XOR» |", "32'd0", "the second register's constant is lost"),
    # control
    (CORE + "an_seq.sv", "last_q[an_spec_pkg::LOOP_DEPTH-2:0], «pushed[TurnBits-1:1] == '0»};", "pushed == 16'd1", "LOOP 0 runs 2^16 times"),
    (CORE + "an_seq.sv", "wire full = depth_q == «3'(an_spec_pkg::LOOP_DEPTH)»;", "3'd3", "the loop stack is one too shallow"),
    (CORE + "an_range.sv", "wire more = note_sat && «!(&count)»;", "1'b0", "saturations are not counted"),
    (CORE + "an_range.sv", "wire first_now = busy || (note_sat && «count == '0»", "1'b1", "the last saturating tick is kept, not the first"),
]
