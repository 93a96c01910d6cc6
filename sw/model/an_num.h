/* SPDX-License-Identifier: Apache-2.0
 * an_num -- the narrowing functions of docs/machine.md section 2. Exact in, saturated out; *sat is set where a clamp acted.
 * With AN_CHECKED each asserts its operand ranges. Mirror: rtl an_num_pkg. */
#ifndef AN_NUM_H
#define AN_NUM_H
#include <stdbool.h>
#include <stdint.h>
#include "an_spec.h"

#ifdef AN_CHECKED
#include <assert.h>
#define AN_CHECK(x) assert(x)
#else
#define AN_CHECK(x) ((void)0)
#endif

/* x fits a signed number of the given width */
static inline bool an_fits(int64_t x, unsigned bits) {
    const int64_t half = (int64_t)1 << (bits - 1u);
    return x >= -half && x < half;
}

static inline int32_t an_sat_s32(int64_t x, bool *sat) {
    if (x > INT32_MAX) { *sat = true; return INT32_MAX; }
    if (x < INT32_MIN) { *sat = true; return INT32_MIN; }
    return (int32_t)x;
}

static inline int16_t an_sat_s16(int64_t x, bool *sat) {
    if (x > INT16_MAX) { *sat = true; return INT16_MAX; }
    if (x < INT16_MIN) { *sat = true; return INT16_MIN; }
    return (int16_t)x;
}

static inline int32_t an_sat_s33_s32(int64_t x, bool *sat) {
    AN_CHECK(an_fits(x, 33));
    return an_sat_s32(x, sat);
}

/* end of a gathered sum */
static inline int32_t an_sat_s48_s32(int64_t x, bool *sat) {
    AN_CHECK(an_fits(x, AN_W_GATHER));
    return an_sat_s32(x, sat);
}

/* a gathered sum that is not narrowed, in two words; that of fewer than 2048 columns fits */
static inline int32_t an_high_s43_s32(int64_t x) {
    return (int32_t)(uint32_t)((uint64_t)x >> AN_LOW_BITS);
}
static inline int32_t an_low_s43_u10(int64_t x) { return (int32_t)(x & ((1 << AN_LOW_BITS) - 1)); }

/* a state read as an operand, a result written to R: round half up */
static inline int16_t an_rhu_f24_s16f12(int32_t x_f24, bool *sat) {
    return an_sat_s16(((int64_t)x_f24 + 2048) >> 12, sat);
}

/* sat_s32(floor(N/2^r + 1/2) + c) */
static inline int32_t an_narrow_s32(int64_t n, unsigned r, int32_t c, bool *sat) {
    AN_CHECK(an_fits(n, AN_W_WIDE) && r >= 3 && r <= 27);
    return an_sat_s32(((n + ((int64_t)1 << (r - 1u))) >> r) + c, sat);
}

/* sat_s16(floor((floor(N * 2^16 / 2^r) + rnd) / 2^16) + c): the whole part of N/2^r, plus the carry of its first 16 fractional
 * bits and rnd. */
static inline int16_t an_narrow_s16(int64_t n, unsigned r, int16_t c, uint32_t rnd, bool *sat) {
    AN_CHECK(an_fits(n, AN_W_WIDE) && r <= 31 && rnd <= 0xFFFFu);
    const uint64_t below = (uint64_t)n & (((uint64_t)1 << r) - 1u);
    const uint64_t fraction = r >= 16 ? below >> (r - 16u) : below << (16u - r);
    const int64_t carry = (int64_t)((fraction + rnd) >> 16);
    return an_sat_s16((n >> r) + carry + c, sat);
}

/* clip of a result before it is written; no saturation */
static inline int32_t an_post(int32_t x_f24, unsigned post) {
    const int32_t one = (int32_t)1 << AN_F_STATE;
    const int32_t low = post == AN_POST_NONE ? INT32_MIN : post == AN_POST_SYM ? -one : 0;
    const int32_t high = post == AN_POST_UNIT || post == AN_POST_SYM ? one : INT32_MAX;
    return x_f24 < low ? low : x_f24 > high ? high : x_f24;
}

#endif
