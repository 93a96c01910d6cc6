// SPDX-License-Identifier: Apache-2.0
// an_unit against an_lane_vector, an_narrow_s32 and an_post: operands over M one after the other, then the result.
#include "blocks.hpp"
extern "C" {
#include "an_lane.h"
#include "an_num.h"
}

namespace {

int32_t s32(uint32_t x) { return static_cast<int32_t>(x); }

enum class From { State, Half, Scalar, Beside };

// one word on M, or (Beside) on H next to another one, and a clock in which it may be taken
void over_m(Bench &b, From from, int32_t value) {
    b.top.unit_state = from == From::State ? static_cast<uint32_t>(value) : static_cast<uint32_t>(b.draw());
    b.top.unit_scalar = from == From::Scalar ? static_cast<uint32_t>(value) : static_cast<uint32_t>(b.draw());
    b.top.unit_half = from == From::Half || from == From::Beside ? static_cast<uint16_t>(value >> 12) : static_cast<uint16_t>(b.draw());
    b.top.unit_m_scalar = from == From::Scalar;
    b.top.unit_m_half = from == From::Half;
    b.clock();
}

void take(Bench &b, uint8_t &enable) {
    enable = 1;
    b.clock();
    enable = 0;
}

void take(Bench &b, uint8_t &enable, uint8_t &half, From from) {
    half = from == From::Beside;
    take(b, enable);
    half = 0;
}

// a word of 32 bits, or a rate in its place, and where it comes from
int32_t word(Bench &b, From *from) {
    *from = static_cast<From>(b.below(4));
    return *from == From::Half || *from == From::Beside ? static_cast<int32_t>(b.number(16)) * 4096 : s32(static_cast<uint32_t>(b.number(32)));
}

bool vector(Bench &b) {
    static const uint8_t op[] = {AN_OP_ADD, AN_OP_MIN, AN_OP_MAX, AN_OP_SEL, AN_OP_MUL, AN_OP_MAC, AN_OP_LEAK};
    const unsigned code = op[b.below(7)];
    const bool product = code >= AN_OP_MUL, add = code == AN_OP_ADD, sel = code == AN_OP_SEL, neg = b.below(2) && (product || add);
    const int sh = static_cast<int>(b.below(24)) - 8;
    const unsigned post = b.below(4);
    From from_a, from_b, from_c;
    const int32_t a = word(b, &from_a), b_f24 = word(b, &from_b), c = word(b, &from_c);
    auto &t = b.top;
    t.unit_hold = t.unit_word_en = t.unit_ext = t.unit_a_16 = 0;
    t.unit_b_one = add;
    t.unit_c_neg = add && !neg;
    t.unit_carry = !t.unit_c_neg;
    t.unit_d_sum = !product && !sel ? 1 : code == AN_OP_LEAK;
    t.unit_line_en = !add;
    t.unit_pick = code == AN_OP_MIN ? 1 : code == AN_OP_MAX ? 2 : sel ? 3 : 0;
    t.unit_neg = neg && product;
    t.unit_r = add ? 12 : 12 + sh;
    t.unit_post = post;
    take(b, t.unit_clr);
    over_m(b, from_a, a);
    if (sel) take(b, t.unit_sign_en, t.unit_sign_half, from_a);
    else take(b, t.unit_a_en, t.unit_a_half, from_a);
    bool clip = false;
    int16_t b_f12 = 0;
    over_m(b, from_b, b_f24);
    if (product) {
        b_f12 = an_rhu_f24_s16f12(b_f24, &clip);
        if (from_b != From::Beside && !b.same("operand clip", clip, t.unit_clip, false, false)) return false;
        take(b, t.unit_b_en, t.unit_b_half, from_b);
    } else if (sel) {
        take(b, t.unit_a_en, t.unit_a_half, from_b);
    } else {
        take(b, t.unit_c_en, t.unit_c_half, from_b);
    }
    if (sel || code == AN_OP_MAC || code == AN_OP_LEAK) {
        over_m(b, from_c, c);
        take(b, t.unit_c_en, t.unit_c_half, from_c);
    }
    b.top.eval();
    const bool d_sat = t.unit_d_sat && (add || code == AN_OP_LEAK);
    for (int i = 0; i < 4; i++) b.clock();
    bool sat = false;
    const int32_t model = an_lane_vector(code, a, b_f24, b_f12, c, sh, neg, &sat);
    if (b.same(an_ops[code].name, an_post(model, post), s32(t.unit_result), sat, d_sat || t.unit_result_sat)) return true;
    std::printf("  of A %" PRId32 " B %" PRId32 " C %" PRId32 " sh %d neg %d post %u\n", a, b_f24, c, sh, neg, post);
    return false;
}

// what comes from the row unit is narrowed as SUM and DOT want it; a word from elsewhere passes
bool beside(Bench &b) {
    const int64_t sum = b.number(43);
    const unsigned r = b.below(16);
    auto &t = b.top;
    t.unit_line_en = t.unit_neg = t.unit_post = t.unit_word_en = t.unit_hold = 0;
    t.unit_ext = 1;
    t.unit_ext_sum = static_cast<uint64_t>(sum) & 0x7FFFFFFFFFFull;
    t.unit_r = r;
    for (int i = 0; i < 4; i++) b.clock();
    bool sat = false;
    const int64_t rounded = (sum + ((static_cast<int64_t>(1) << r) >> 1)) >> r;
    const int32_t model = an_sat_s48_s32(rounded, &sat);
    if (!b.same("sum narrowed", model, s32(t.unit_result), sat, t.unit_result_sat)) {
        std::printf("  of %" PRId64 " r %u\n", sum, r);
        return false;
    }
    t.unit_word_en = 1;
    t.unit_word = static_cast<uint32_t>(b.draw());
    b.clock();
    const uint32_t held = t.unit_word;
    t.unit_hold = 1;
    t.unit_word = ~held;
    b.clock();
    t.unit_hold = t.unit_word_en = 0;
    return b.same("word from elsewhere, held", s32(held), s32(t.unit_result), false, false);
}

// A narrowed times B16, as the row unit gets it; and which of A and C is larger
bool dot(Bench &b) {
    From from_a, from_b;
    const int32_t a = word(b, &from_a), c = word(b, &from_b);
    auto &t = b.top;
    t.unit_ext = t.unit_neg = t.unit_word_en = t.unit_hold = t.unit_b_one = t.unit_c_neg = t.unit_d_sum = 0;
    t.unit_carry = 0;
    take(b, t.unit_clr);
    over_m(b, from_a, a);
    t.unit_a_16 = 0;
    take(b, t.unit_a_en, t.unit_a_half, from_a);
    over_m(b, from_b, c);
    take(b, t.unit_c_en, t.unit_c_half, from_b);
    b.top.eval();
    if (!b.same("A > C", a > c, t.unit_greater, false, false)) return false;
    bool clip = false;
    over_m(b, from_a, a);
    t.unit_a_16 = 1;
    take(b, t.unit_a_en, t.unit_a_half, from_a);
    t.unit_a_16 = 0;
    over_m(b, from_b, c);
    take(b, t.unit_b_en, t.unit_b_half, from_b);
    for (int i = 0; i < 2; i++) b.clock();
    b.top.eval();
    const int64_t product = static_cast<int64_t>(an_rhu_f24_s16f12(a, &clip)) * an_rhu_f24_s16f12(c, &clip);
    const int64_t n = static_cast<int64_t>(static_cast<uint64_t>(t.unit_n) << 27) >> 27;
    return b.same("factor of DOT", product, n, false, false);
}

} // namespace

bool test_unit(Bench &b) {
    for (int i = 0; i < 60000; i++)
        if (!(i % 4 < 2 ? vector(b) : i % 4 == 2 ? beside(b) : dot(b))) return false;
    return true;
}
