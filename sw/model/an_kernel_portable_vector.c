/* SPDX-License-Identifier: Apache-2.0
 * Vector instructions in plain C, CHUNK neurons at a time: operands to arrays, one loop without branches an instruction, results from
 * an array. Same bits as an_lane_vector. */
#include <string.h>
#include "an_kernel.h"
#include "an_kernel_clones.h"
#include "an_table.h"

enum { CHUNK = 128 };

CLONES static void widen(const int16_t *restrict p, int32_t *restrict out, uint32_t n, int32_t by) {
    for (uint32_t i = 0; i < n; i++)
        out[i] = p[i] * by;
}

static void fill(int32_t value, int32_t *out, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        out[i] = value;
}

/* as s32f24 */
static void operand(unsigned space, const void *p, uint32_t at, uint32_t n, int32_t *out) {
    switch (space) {
    case AN_SRC_S: memcpy(out, (const int32_t *)p + at, n * sizeof out[0]); return;
    case AN_SRC_R: widen((const int16_t *)p + at, out, n, 1 << 12); return;
    default: fill(space == AN_SRC_K ? *(const int32_t *)p : 0, out, n); return;
    }
}

/* rhu_f24_s16f12 in place; not zero: a clamp acted */
CLONES static int32_t to_rate(int32_t *x, uint32_t n) {
    int32_t acted = 0;
    for (uint32_t i = 0; i < n; i++) {
        const int32_t y = ((x[i] >> 11) + 1) >> 1;
        const int32_t cut = y > INT16_MAX ? INT16_MAX : y < INT16_MIN ? INT16_MIN : y;
        acted |= cut ^ y;
        x[i] = cut;
    }
    return acted;
}

/* B16 with its sign, in 32 bits */
static bool factor(const an_kernel_form_t *f, const void *b, uint32_t at, uint32_t n, int32_t *k) {
    const int32_t sign = f->neg ? -1 : 1;
    bool clip = false;
    if (f->bsp == AN_SRC_R) {
        widen((const int16_t *)b + at, k, n, sign);
        return false;
    }
    operand(f->bsp, b, at, n, k);
    clip = to_rate(k, n) != 0;
    for (uint32_t i = 0; i < n; i++)
        k[i] *= sign;
    return clip;
}

/* x + z or x - z, saturated, to y */
CLONES static int32_t sum(const int32_t *restrict x, const int32_t *restrict z, bool minus, int32_t *restrict y, uint32_t n) {
    const int32_t flip = minus ? 0 : -1;
    int32_t sat = 0;
    for (uint32_t i = 0; i < n; i++) {
        const int32_t s = (int32_t)((uint32_t)x[i] + (minus ? 0u - (uint32_t)z[i] : (uint32_t)z[i]));
        const int32_t over = ((x[i] ^ z[i] ^ flip) & (x[i] ^ s)) >> 31; /* all ones where the sign is wrong */
        sat |= over;
        y[i] = (s & ~over) | ((x[i] >> 31 ^ INT32_MAX) & over);
    }
    return sat;
}

/* narrow_s32(x*k, r, z). The bias makes the dividend positive, so that its shift is a logical one; x*k has 47 bits. */
CLONES static uint64_t product(const int32_t *restrict x, const int32_t *restrict k, const int32_t *restrict z, unsigned r, int32_t *restrict y,
                               uint32_t n) {
    const int64_t bias = (int64_t)1 << 50, half = (int64_t)1 << (r - 1u), less = bias >> r;
    uint64_t beyond = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint64_t q = (uint64_t)((int64_t)x[i] * k[i] + half + bias) >> r;
        const int64_t s = (int64_t)q - less + z[i];
        beyond |= (uint64_t)(s - INT32_MIN) >> 32;
        y[i] = (int32_t)(s > INT32_MAX ? INT32_MAX : s < INT32_MIN ? INT32_MIN : s);
    }
    return beyond;
}

CLONES static void pick(unsigned op, const int32_t *restrict x, const int32_t *restrict b, const int32_t *restrict c, int32_t *restrict y, uint32_t n) {
    if (op == AN_OP_MIN)
        for (uint32_t i = 0; i < n; i++)
            y[i] = x[i] < b[i] ? x[i] : b[i];
    else if (op == AN_OP_MAX)
        for (uint32_t i = 0; i < n; i++)
            y[i] = x[i] > b[i] ? x[i] : b[i];
    else
        for (uint32_t i = 0; i < n; i++)
            y[i] = x[i] >= 0 ? b[i] : c[i];
}

CLONES static void clamp(int32_t *y, int32_t low, int32_t high, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        y[i] = y[i] < low ? low : y[i] > high ? high : y[i];
}

static void post(unsigned kind, int32_t *y, uint32_t n) {
    const int32_t one = (int32_t)1 << AN_F_STATE;
    if (kind != AN_POST_NONE)
        clamp(y, kind == AN_POST_SYM ? -one : 0, kind == AN_POST_POS ? INT32_MAX : one, n);
}

CLONES static void narrow(const int32_t *restrict y, int16_t *restrict rate, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        rate[i] = (int16_t)y[i];
}

/* the results before post */
static unsigned results(const an_kernel_form_t *f, uint32_t at, uint32_t n, const void *a, const void *b, const void *c, int32_t *y) {
    int32_t x[CHUNK], k[CHUNK], z[CHUNK], d[CHUNK];
    const unsigned r = (unsigned)(12 + f->sh);
    bool sat = false, clip = false;
    operand(f->asp, a, at, n, x);
    switch (f->op) {
    case AN_OP_TAB:
        for (uint32_t i = 0; i < n; i++)
            y[i] = an_table(b, x[i], (unsigned)f->sh & 7u);
        break;
    case AN_OP_ADD:
        operand(f->bsp, b, at, n, z);
        sat = sum(x, z, f->neg, y, n) != 0;
        break;
    case AN_OP_MUL:
    case AN_OP_MAC:
        clip = factor(f, b, at, n, k);
        operand(f->op == AN_OP_MUL ? AN_SRC_Z : f->csp, c, at, n, z);
        sat = product(x, k, z, r, y, n) != 0;
        break;
    case AN_OP_LEAK:
        clip = factor(f, b, at, n, k);
        operand(f->csp, c, at, n, z);
        sat = sum(x, z, true, d, n) != 0;
        sat = product(d, k, z, r, y, n) != 0 || sat;
        break;
    default:
        operand(f->bsp, b, at, n, k);
        operand(f->op == AN_OP_SEL ? f->csp : AN_SRC_Z, c, at, n, z);
        pick(f->op, x, k, z, y, n);
        break;
    }
    return (sat ? AN_KERNEL_SAT : 0) | (clip ? AN_KERNEL_CLIP : 0);
}

unsigned an_kernel_portable_vector(const an_kernel_form_t *f, uint32_t n, const void *a, const void *b, const void *c, int32_t *state, int16_t *rate) {
    unsigned bits = 0;
    for (uint32_t at = 0; at < n; at += CHUNK) {
        const uint32_t some = n - at < CHUNK ? n - at : CHUNK;
        int32_t y[CHUNK];
        bits |= results(f, at, some, a, b, c, y);
        post(f->post, y, some);
        if (state != NULL)
            memcpy(state + at, y, some * sizeof y[0]);
        if (rate != NULL) {
            bits |= to_rate(y, some) ? AN_KERNEL_SAT : 0;
            narrow(y, rate + at, some);
        }
    }
    return bits;
}
