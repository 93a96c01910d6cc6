/* SPDX-License-Identifier: Apache-2.0
 * Every narrowing against 128-bit integers: exhaustive where the domain is small, corners and a million draws elsewhere.
 * variants: release asan checked */
#include <limits.h>
#include "an_num.h"
#include "rig.h"

typedef __int128 wide_t;

/* floor(a / 2^r) by division, not by shift */
static wide_t floor_div(wide_t a, unsigned r) {
    const wide_t d = (wide_t)1 << r;
    return a >= 0 ? a / d : -((-a + d - 1) / d);
}

static wide_t clamp(wide_t x, unsigned bits, bool *sat) {
    const wide_t high = ((wide_t)1 << (bits - 1u)) - 1, low = -high - 1;
    *sat = x > high || x < low;
    return x > high ? high : x < low ? low : x;
}

static int32_t expect_s32(int64_t n, unsigned r, int32_t c, bool *sat) {
    return (int32_t)clamp(floor_div(2 * (wide_t)n + ((wide_t)1 << r), r + 1u) + c, 32, sat); /* floor(N/2^r + 1/2) */
}

static int16_t expect_s16(int64_t n, unsigned r, int16_t c, uint32_t rnd, bool *sat) {
    return (int16_t)clamp(floor_div(floor_div((wide_t)n * 65536, r) + rnd, 16) + c, 16, sat);
}

static void check_s32(int64_t n, unsigned r, int32_t c) {
    bool want_sat, sat = false;
    const int32_t want = expect_s32(n, r, c, &want_sat);
    assert_int_equal(an_narrow_s32(n, r, c, &sat), want);
    assert_int_equal(sat, want_sat);
}

static void check_s16(int64_t n, unsigned r, int16_t c, uint32_t rnd) {
    bool want_sat, sat = false;
    const int16_t want = expect_s16(n, r, c, rnd, &want_sat);
    assert_int_equal(an_narrow_s16(n, r, c, rnd, &sat), want);
    assert_int_equal(sat, want_sat);
}

static const int64_t corner_n[] = {0, 1, -1, (1ll << 49) - 1, -(1ll << 49), 1ll << 30, -(1ll << 30), (1ll << 31) - 1, -(1ll << 31), 1ll << 47, -(1ll << 47), 0x7FFF, 0x8000, -0x8000, -0x8001, 0xFFFF, 0x10000};
static const int32_t corner_c[] = {0, 1, -1, INT32_MAX, INT32_MIN, INT16_MAX, INT16_MIN, 0x1000, -0x1000};

static void clamps(void **state) {
    (void)state;
    for (int64_t edge = -2; edge <= 2; edge++) {
        const int64_t at[] = {INT32_MAX + edge, INT32_MIN + edge, edge};
        for (int i = 0; i < 3; i++) {
            bool want, sat = false, sat48 = false;
            const int32_t x = (int32_t)clamp(at[i], 32, &want);
            assert_int_equal(an_sat_s33_s32(at[i], &sat), x);
            assert_int_equal(an_sat_s48_s32(at[i], &sat48), x);
            assert_int_equal(sat, want);
            assert_int_equal(sat48, want);
        }
    }
    bool sat = false;
    assert_int_equal(an_sat_s48_s32((1ll << 47) - 1, &sat), INT32_MAX);
    assert_int_equal(an_sat_s48_s32(-(1ll << 47), &sat), INT32_MIN);
    assert_int_equal(an_sat_s33_s32((1ll << 32) - 1, &sat), INT32_MAX);
    assert_int_equal(an_sat_s33_s32(-(1ll << 32), &sat), INT32_MIN);
}

static void state_to_rate(void **state) {
    (void)state;
    uint64_t rng = 1;
    for (int64_t i = -(1 << 17); i < 300000; i++) {
        /* every multiple of half a step around zero and around both ends, then draws */
        const int32_t x = i < 0 ? (int32_t)(i * 1024 + 1) : i < 200000 ? (int32_t)(i * 1024 - 100000 * 1024 + (i & 1)) : rig_value(&rng, 32);
        bool want, sat = false;
        const int16_t y = (int16_t)clamp(floor_div(2 * (wide_t)x + 4096, 13), 16, &want);
        assert_int_equal(an_rhu_f24_s16f12(x, &sat), y);
        assert_int_equal(sat, want);
    }
}

static void products(void **state) {
    (void)state;
    for (int64_t n = -600; n <= 600; n++)
        for (unsigned r = 3; r <= 12; r++)
            for (int32_t c = -2; c <= 2; c++)
                check_s32(n, r, c);
    for (size_t i = 0; i < sizeof corner_n / sizeof corner_n[0]; i++)
        for (size_t k = 0; k < sizeof corner_c / sizeof corner_c[0]; k++)
            for (unsigned r = 3; r <= 27; r++)
                check_s32(corner_n[i], r, corner_c[k]);
    uint64_t rng = 2;
    for (int i = 0; i < 1000000; i++) {
        const int64_t n = ((int64_t)rig_draw(&rng) >> 14) >> rig_draw(&rng) % 50u;
        check_s32(n, 3u + (unsigned)(rig_draw(&rng) % 25u), rig_value(&rng, 32));
    }
}

static void weights(void **state) {
    (void)state;
    for (int64_t n = -300; n <= 300; n++)
        for (unsigned r = 0; r <= 20; r++)
            for (int k = 0; k < 5; k++)
                check_s16(n, r, (int16_t)(k - 2), (const uint32_t[]){0, 1, 0x7FFF, 0x8000, 0xFFFF}[k]);
    for (size_t i = 0; i < sizeof corner_n / sizeof corner_n[0]; i++)
        for (size_t k = 0; k < sizeof corner_c / sizeof corner_c[0]; k++)
            for (unsigned r = 0; r <= 31; r++)
                for (uint32_t rnd = 0; rnd <= 0xFFFF; rnd += 0x3333)
                    check_s16(corner_n[i], r, (int16_t)corner_c[k], rnd);
    uint64_t rng = 3;
    for (int i = 0; i < 1000000; i++) {
        const int64_t n = ((int64_t)rig_draw(&rng) >> 14) >> rig_draw(&rng) % 50u;
        check_s16(n, (unsigned)(rig_draw(&rng) % 32u), (int16_t)rig_value(&rng, 16), (uint32_t)rig_draw(&rng) & 0xFFFFu);
    }
}

/* the mean over all 2^16 rounding words is the value itself, below 2^-16 of a step */
static void rounding_is_fair(void **state) {
    (void)state;
    const int64_t n[] = {1, 12345, -12345, 0x12345678, -0x12345678, 7 << 18, (1 << 24) - 1};
    for (size_t i = 0; i < sizeof n / sizeof n[0]; i++)
        for (unsigned r = 16; r <= 24; r += 4) {
            int64_t sum = 0;
            bool sat = false;
            for (uint32_t rnd = 0; rnd <= 0xFFFF; rnd++)
                sum += an_narrow_s16(n[i], r, 0, rnd, &sat);
            const double mean = (double)sum / 65536.0, want = (double)n[i] / (double)(1 << r);
            assert_true(mean <= want && want < mean + 1.0 / 65536.0);
            assert_false(sat);
        }
}

static void posts(void **state) {
    (void)state;
    const int32_t one = 1 << 24;
    const int32_t x[] = {INT32_MIN, -one - 1, -one, -one + 1, -1, 0, 1, one - 1, one, one + 1, INT32_MAX};
    for (size_t i = 0; i < sizeof x / sizeof x[0]; i++) {
        assert_int_equal(an_post(x[i], AN_POST_NONE), x[i]);
        assert_int_equal(an_post(x[i], AN_POST_UNIT), x[i] < 0 ? 0 : x[i] > one ? one : x[i]);
        assert_int_equal(an_post(x[i], AN_POST_SYM), x[i] < -one ? -one : x[i] > one ? one : x[i]);
        assert_int_equal(an_post(x[i], AN_POST_POS), x[i] < 0 ? 0 : x[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(clamps),  cmocka_unit_test(state_to_rate),    cmocka_unit_test(products),
                                       cmocka_unit_test(weights), cmocka_unit_test(rounding_is_fair), cmocka_unit_test(posts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
