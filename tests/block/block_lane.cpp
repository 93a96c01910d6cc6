// SPDX-License-Identifier: Apache-2.0
// an_lane against an_lane.h: the same synapse again and again until its results come out; clocks are compared by tests/lockstep.
#include "blocks.hpp"
extern "C" {
#include "an_lane.h"
}

namespace {

int32_t s32(uint32_t x) { return static_cast<int32_t>(x); }
int16_t s16(uint32_t x) { return static_cast<int16_t>(x); }
int16_t number_16(Bench &b) { return s16(static_cast<uint32_t>(b.number(16))); }

bool plain(Bench &b) {
    const int16_t w = number_16(b), x = number_16(b), x2 = number_16(b), y = number_16(b);
    const int32_t acc = s32(static_cast<uint32_t>(b.number(32)));
    const unsigned lsh = b.below(32), rnd = b.below(65536);
    const bool zero = b.below(8) == 0, counts = b.below(8) != 0;
    auto &t = b.top;
    t.lane_load = 0;
    t.lane_write_c = t.lane_write_bus = 0;
    t.lane_a_clr = zero;
    t.lane_gather_en = counts;
    t.lane_r = lsh;
    t.lane_state = static_cast<uint32_t>(acc);
    t.lane_rate = static_cast<uint16_t>(y);
    t.lane_syn = static_cast<uint16_t>(w);
    t.lane_row_0 = static_cast<uint16_t>(x);
    t.lane_row_2 = static_cast<uint16_t>(x2);
    t.lane_rnd = rnd;
    for (int i = 0; i < 5; i++) b.clock();
    bool acc_sat = false, w_sat = false;
    const int32_t sum = an_lane_scatter(zero ? 0 : acc, w, x, &acc_sat);
    const int16_t learned = an_lane_learn(w, x2, y, lsh, rnd, &w_sat);
    if (b.same("scatter", sum, s32(t.lane_state_d), acc_sat, t.lane_acc_sat) && b.same("scatter without pairs", sum, s32(t.plain_state_d), false, false) &&
        b.same("gather", counts ? w * y : 0, s32(t.lane_gather), false, false) && b.same("plain learn", learned, s16(t.lane_syn_d), w_sat, t.lane_syn_sat) &&
        b.same("learn without pairs", learned, s16(t.plain_syn_d), w_sat, t.plain_syn_sat))
        return true;
    std::printf("  of acc %" PRId32 " w %d x %d x2 %d y %d lsh %u rnd %u\n", acc, w, x, x2, y, lsh, rnd);
    return false;
}

// Slots of w and v take turns, clock 0 a w slot; words a clock after their slot. v comes out in even clocks, w in odd ones.
bool pair(Bench &b) {
    const int16_t w = number_16(b), v = number_16(b), x = number_16(b), x2 = number_16(b), y2 = number_16(b);
    const an_pair_t p = {number_16(b), number_16(b), number_16(b), b.below(3), b.below(3), b.below(32)};
    const unsigned lsh = b.below(32), rnd_a = b.below(65536), rnd_b = b.below(65536);
    const bool wnew = b.below(2);
    auto &t = b.top;
    t.lane_a_clr = t.lane_write_c = t.lane_write_bus = 0;
    t.lane_gather_en = 1;
    t.lane_wnew = wnew;
    t.lane_bsh = p.bsh;
    t.lane_ksh = p.ksh;
    int16_t got[2] = {}, want[2];
    bool sat[2] = {}, want_sat[2] = {};
    for (int clock = 0; clock < 32; clock++) {
        const bool odd = clock % 2;
        t.lane_load = odd ? 1 : 2;
        t.lane_syn = static_cast<uint16_t>(odd ? w : v);
        t.lane_rate = static_cast<uint16_t>(odd ? s16(static_cast<uint32_t>(b.draw())) : y2);
        t.lane_row_0 = static_cast<uint16_t>(odd ? x : p.beta);
        t.lane_row_1 = static_cast<uint16_t>(x2);
        t.lane_row_2 = static_cast<uint16_t>(odd ? p.mu : p.kappa);
        t.lane_r = odd ? lsh : p.wsh;
        t.lane_rnd = odd ? rnd_a : rnd_b;
        b.top.eval();
        got[odd] = s16(t.lane_syn_d);
        sat[odd] = t.lane_syn_sat;
        b.clock();
    }
    want[0] = an_lane_learn_v(v, w, x2, y2, &p, lsh, rnd_a, &want_sat[0]);
    want[1] = an_lane_learn_w(w, wnew ? want[0] : v, &p, rnd_b, &want_sat[1]);
    if (b.same("pair learn of v", want[0], got[0], want_sat[0], sat[0]) && b.same("pair learn of w", want[1], got[1], want_sat[1], sat[1])) return true;
    std::printf("  of w %d v %d x2 %d y2 %d beta %d << %u kappa %d << %u mu %d wsh %u lsh %u rnd %u %u new %d\n", w, v, x2, y2, p.beta, 8 * p.bsh, p.kappa,
                8 * p.ksh, p.mu, p.wsh, lsh, rnd_a, rnd_b, wnew);
    return false;
}

// C: a start that A has, zero, or the result bus; it goes to the state memory where asked for
bool held(Bench &b) {
    const uint32_t state = static_cast<uint32_t>(b.number(32)), bus = static_cast<uint32_t>(b.number(32));
    const unsigned what = b.below(3);
    auto &t = b.top;
    t.lane_load = t.lane_a_clr = 0;
    t.lane_write_c = 1;
    t.lane_write_bus = 1;
    t.lane_state = state;
    t.lane_bus = bus;
    b.clock();
    t.lane_c_en = 1;
    t.lane_c_start = what < 2;
    t.lane_c_clr = what == 1;
    b.clock();
    t.lane_c_en = 0;
    t.lane_state = ~state;
    t.lane_bus = ~bus;
    b.clock();
    const uint32_t want = what == 0 ? state : what == 1 ? 0 : bus;
    bool good = b.same("C without pairs", s32(want), s32(t.plain_state_d), false, false) &&
                b.same("synapse without pairs", s16(want), s16(t.plain_syn_d), false, false);
    if (what < 2)
        good = good && b.same("C, a start", s32(want), s32(t.lane_start), false, false);
    else
        good = good && b.same("C written", s32(want), s32(t.lane_state_d), false, false) && b.same("C", s32(want), s32(t.lane_c), false, false) &&
               b.same("synapse from the bus, through C", s16(want), s16(t.lane_syn_d), false, false);
    t.lane_write_c = t.lane_write_bus = 0;
    return good;
}

} // namespace

bool test_lane(Bench &b) {
    for (int i = 0; i < 30000; i++)
        if (!(i % 3 == 0 ? held(b) : i % 3 == 1 ? plain(b) : pair(b))) return false;
    return true;
}
