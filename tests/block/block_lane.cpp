// SPDX-License-Identifier: Apache-2.0
// an_lane against an_lane.h. Operands are held until the result has come through; clocks are compared by tests/lockstep.
#include "blocks.hpp"
extern "C" {
#include "an_lane.h"
#include "an_num.h"
}

namespace {

int32_t s32(uint32_t x) { return static_cast<int32_t>(x); }
int16_t s16(uint32_t x) { return static_cast<int16_t>(x); }

void settle(Bench &b) {
    b.top.lane_clear = 1;
    b.clock();
    b.top.lane_clear = 0;
    for (int t = 0; t < 8; t++) b.clock();
}

// A = state, B = rate (B16), C = scalar bus
bool vector(Bench &b) {
    static const uint8_t op[] = {AN_OP_ADD, AN_OP_MIN, AN_OP_MAX, AN_OP_SEL, AN_OP_MUL, AN_OP_MAC, AN_OP_LEAK};
    const unsigned code = op[b.below(7)];
    const bool product = code >= AN_OP_MUL, choice = code == AN_OP_MIN || code == AN_OP_MAX || code == AN_OP_SEL, neg = b.below(2) && (product || code == AN_OP_ADD);
    const int sh = static_cast<int>(b.below(24)) - 8;
    const int32_t a = s32(static_cast<uint32_t>(b.number(32))), c = s32(static_cast<uint32_t>(b.number(32)));
    const int16_t rate = s16(static_cast<uint32_t>(b.number(16)));
    b.top.lane_mode = 0;
    b.top.lane_neg = neg;
    b.top.lane_three = product;
    b.top.lane_difference = code == AN_OP_LEAK || (code == AN_OP_ADD && neg);
    b.top.lane_pick = code == AN_OP_MIN ? 1 : code == AN_OP_MAX ? 2 : code == AN_OP_SEL ? 3 : 0;
    b.top.lane_sel = code == AN_OP_SEL;
    if (choice) b.top.lane_difference = 1;
    b.top.lane_b_en = product; // a choice goes through the narrowing stage beside N = 0
    b.top.lane_out = code == AN_OP_ADD ? 2 : 0;
    b.top.lane_r = 12 + sh;
    b.top.lane_c_zero = code == AN_OP_MUL;
    b.top.lane_state = static_cast<uint32_t>(a);
    b.top.lane_rate = static_cast<uint16_t>(rate);
    b.top.lane_scalar = static_cast<uint32_t>(c);
    settle(b);
    // SEL takes b for A and the sign from a; ADD MIN MAX take b from C
    bool sat = false, rate_sat = false;
    const int32_t b_f24 = code == AN_OP_SEL ? rate * 4096 : c;
    const int32_t model = an_lane_vector(code, a, b_f24, rate, c, sh, neg, &sat);
    const bool chip_sat = choice ? false : code == AN_OP_ADD ? b.top.lane_d_sat : code == AN_OP_LEAK ? b.top.lane_d_sat || b.top.lane_result_sat : b.top.lane_result_sat;
    const int16_t rate_d = an_rhu_f24_s16f12(model, &rate_sat);
    if (b.same(an_ops[code].name, model, s32(b.top.lane_result), sat, chip_sat) &&
        b.same("its rate", rate_d, s16(b.top.lane_rate_d), rate_sat, b.top.lane_rate_sat))
        return true;
    std::printf("  of A %" PRId32 " B16 %d C %" PRId32 " sh %d neg %d\n", a, rate, c, sh, neg);
    return false;
}

bool plain(Bench &b) {
    const int16_t w = s16(static_cast<uint32_t>(b.number(16))), x = s16(static_cast<uint32_t>(b.number(16)));
    const int16_t x2 = s16(static_cast<uint32_t>(b.number(16))), y = s16(static_cast<uint32_t>(b.number(16)));
    const int32_t acc = s32(static_cast<uint32_t>(b.number(32)));
    const unsigned lsh = b.below(32), rnd = b.below(65536);
    b.top.lane_mode = b.top.lane_b_en = 1;
    b.top.lane_neg = b.top.lane_three = b.top.lane_difference = b.top.lane_sel = b.top.lane_out = 0;
    b.top.lane_r = lsh;
    b.top.lane_state = static_cast<uint32_t>(acc);
    b.top.lane_rate = static_cast<uint16_t>(y);
    b.top.lane_syn = static_cast<uint16_t>(w);
    b.top.lane_row_0 = static_cast<uint16_t>(x);
    b.top.lane_row_2 = static_cast<uint16_t>(x2);
    b.top.lane_rnd = rnd;
    settle(b);
    bool acc_sat = false, w_sat = false;
    const int32_t sum = an_lane_scatter(acc, w, x, &acc_sat);
    const int16_t learned = an_lane_learn(w, x2, y, lsh, rnd, &w_sat);
    if (b.same("scatter", sum, s32(b.top.lane_d), acc_sat, b.top.lane_d_sat) && b.same("gather", w * y, s32(b.top.lane_gather), false, false) &&
        b.same("plain learn", learned, s16(b.top.lane_syn_d), w_sat, b.top.lane_result_sat))
        return true;
    std::printf("  of acc %" PRId32 " w %d x %d x2 %d y %d lsh %u rnd %u\n", acc, w, x, x2, y, lsh, rnd);
    return false;
}

bool pair_v(Bench &b) {
    const int16_t w = s16(static_cast<uint32_t>(b.number(16))), v = s16(static_cast<uint32_t>(b.number(16)));
    const int16_t x2 = s16(static_cast<uint32_t>(b.number(16))), y2 = s16(static_cast<uint32_t>(b.number(16)));
    an_pair_t p = {s16(static_cast<uint32_t>(b.number(16))), s16(static_cast<uint32_t>(b.number(16))), 0, b.below(3), b.below(3), 0};
    const unsigned lsh = b.below(32), rnd = b.below(65536);
    b.top.lane_mode = 2;
    b.top.lane_b_en = 1;
    b.top.lane_neg = b.top.lane_difference = b.top.lane_sel = b.top.lane_out = 0;
    b.top.lane_three = 1;
    b.top.lane_bsh = p.bsh;
    b.top.lane_ksh = p.ksh;
    b.top.lane_r = lsh;
    b.top.lane_state = static_cast<uint32_t>(w * 4096); // B16 = w
    b.top.lane_rate = static_cast<uint16_t>(y2);
    b.top.lane_syn = static_cast<uint16_t>(v);
    b.top.lane_row_0 = static_cast<uint16_t>(x2);
    b.top.lane_row_1 = static_cast<uint16_t>(p.beta);
    b.top.lane_row_2 = static_cast<uint16_t>(p.kappa);
    b.top.lane_rnd = rnd;
    settle(b);
    bool sat = false;
    const int16_t learned = an_lane_learn_v(v, w, x2, y2, &p, lsh, rnd, &sat);
    if (b.same("pair learn of v", learned, s16(b.top.lane_syn_d), sat, b.top.lane_result_sat)) return true;
    std::printf("  of w %d v %d x2 %d y2 %d beta %d << %u kappa %d << %u lsh %u rnd %u\n", w, v, x2, y2, p.beta, 8 * p.bsh, p.kappa, 8 * p.ksh, lsh, rnd);
    return false;
}

} // namespace

bool test_lane(Bench &b) {
    for (int i = 0; i < 60000; i++)
        if (!(i % 3 == 0 ? vector(b) : i % 3 == 1 ? plain(b) : pair_v(b))) return false;
    return true;
}
