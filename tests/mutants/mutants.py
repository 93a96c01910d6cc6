# SPDX-License-Identifier: Apache-2.0
"""Faults put into the chip, one at a time. Each is (file, text with the part to change in «», the wrong part, what is wrong).
The text must stand in the file exactly once. Number n of the list is mutant n, from 1."""

CORE = "rtl/core/"
MUTANTS = [
    # numbers
    (CORE + "an_num_pkg.sv", "rhu_f24_f12 = {x[31], x[31:12]} + {20'b0, «x[11]»};", "1'b0", "a state is cut to a rate, not rounded"),
    (CORE + "an_num_pkg.sv", "sat_s33_s32 = «x[32] != x[31]» ?", "1'b0", "the accumulator wraps"),
    (CORE + "an_num_pkg.sv", "sat_s48_s32 = «sat_s48_cuts(x)» ?", "1'b0", "a gathered sum wraps"),
    (CORE + "an_num_pkg.sv", "rhu_f12_s16f12 = rhu_f24_cuts(y) ? {«y[20]», {15{~y[20]}}}", "~y[20]", "a rate saturates to the wrong end"),
    (CORE + "an_narrow.sv", "wire over16 = lost_q || («|v[33:15] && !(&v[33:15])»);", "|v[33:16] && !(&v[33:16])", "weights of 17 bits are let through"),
    (CORE + "an_narrow.sv", "|| «mixed(w8[63:55])» ||", "1'b0", "bits that fall out above the window go unnoticed"),
    (CORE + "an_narrow.sv", "+ {{2{c[31]}}, c, «rnd»};", "16'h8000", "weights are rounded half up, not at random"),
    (CORE + "an_narrow.sv", "wire one = !minus && (lost_q || |«v[32:24]»);", "{1'b0, v[32:25]}", "clip to 1 acts from 2 on"),
    (CORE + "an_narrow.sv", "w4 = ctl.r[2] ? «{{4{n[48]}}, k8[55:4]}» :", "{{4{n[48]}}, k8[55:4] & ~52'h100000}", "a bit is lost in the shifter"),
    # lanes
    (CORE + "an_operand.sv", "wire subtract = «ctl.y_sel == an_ctl_pkg::Y_SUB»;", "1'b0", "a difference is one too small"),
    (CORE + "an_operand.sv", "an_ctl_pkg::PICK_MIN: pick_a = «sum_f24[32]»;", "~sum_f24[32]", "MIN is MAX"),
    (CORE + "an_lane.sv", "an_ctl_pkg::LOAD_PLAIN ? rate_q_f12 : «multiply_ctl.wnew» ?", "1'b1", "w always moves by the new v"),
    (CORE + "an_lane.sv", "less_one <= «vector && multiply_ctl.neg»;", "1'b0", "a negated product is one too large"),
    # serial units
    (CORE + "an_recip.sv", "assign result_f24 = {minus_q, q_q} + {31'b0, «minus_q»};", "1'b0", "negative reciprocals are one too small"),
    (CORE + "an_serial.sv", "wire [5:0] steps_m1 = is_root ? 6'd27 : 6'd48 - «{sh[4], sh}»;", "6'd0", "RECIP ignores its shift"),
    (CORE + "an_serial.sv", "wire better = «{~element_f24[31], element_f24[30:0]} > {~best_q[31], best_q[30:0]}»;",
     "{~element_f24[31], element_f24[30:0]} >= {~best_q[31], best_q[30:0]}", "AMAX takes the last of equals"),
    (CORE + "an_serial.sv", "wire [LaneBits-1:0] last_lane = «last_block» ?", "1'b0", "elements beyond n are handled"),
    (CORE + "an_table.sv", "wire [15:0] t1 = s2_odd && «!s2_last» ?", "1'b1", "the last table interval runs into the next table"),
    (CORE + "an_table.sv", "$signed({s3_t0[15], s3_t0, «15'h4»});", "15'h0", "an interpolated value is cut"),
    # vectors
    (CORE + "an_vec.sv", "assign rate_waddr = rate_dest + «write_block»;", "(write_block + 11'd1)", "rates are written one block too far"),
    (CORE + "an_vec.sv", "wire clip_now = «(b_word || (is_dot && a_word))» &&", "b_word", "clips of DOT's first operand are not noted"),
    (CORE + "an_vec.sv", "assign gather_en = «is_dot && last_q[3]» ?", "1'b0", "DOT adds lanes beyond n"),
    (CORE + "an_ring.sv", "else if (rotate) turn_q <= «less[13]» ?", "1'b1", "a rotation does not wrap"),
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
    (CORE + "an_row.sv", "wire [SumBits-1:0] base = «first» ?", "1'b0", "a gathered sum goes on from the row before"),
    (CORE + "an_rnd.sv", "wire [31:0] x = launch ? key_q ^ «place» : z_q;", "32'd0", "every row and block draws the same bits"),
    (CORE + "an_rnd.sv", "if (key_en) key_q <= key ^ «reversed»;", "32'd0", "every tick draws the same bits"),
    (CORE + "an_rnd.sv", "s[31:16] ^ s[29:14] ^ s[25:10] ^ «s[24:9]»", "s[23:8]", "another linear register"),
    (CORE + "an_rnd.sv", "<= {z[15:0], z[31:16]} ^ «an_spec_pkg::SECOND_XOR» |", "32'd0", "the second register's constant is lost"),
    # control
    (CORE + "an_seq.sv", "wire last_turn = «turns[31:1] == '0»;", "turns == 32'd1", "LOOP 0 runs 2^32 times"),
    (CORE + "an_seq.sv", "wire full = depth_q == «3'(an_spec_pkg::LOOP_DEPTH)»;", "3'd3", "the loop stack is one too shallow"),
    (CORE + "an_range.sv", "wire more = note_sat && «!(&count)»;", "1'b0", "saturations are not counted"),
    (CORE + "an_range.sv", "assign first_we = busy || (note_sat && «count == '0»", "1'b1", "the last saturating tick is kept, not the first"),
]
