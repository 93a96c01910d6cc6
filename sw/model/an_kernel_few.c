/* SPDX-License-Identifier: Apache-2.0
 * Vector instructions of a few neurons: loads and stores of single words, which the processor forwards from one instruction of a
 * tiny network to the next; masked vectors would wait for memory. */
#include "an_kernel.h"
#include "an_num.h"
#include "an_table.h"

enum { FEW = AN_KERNEL_FEW };

#if defined(__GNUC__)
#define UNROLLED static inline __attribute__((always_inline))
#else
#define UNROLLED static inline
#endif

UNROLLED void operand(unsigned space, const void *p, uint32_t n, int32_t out[FEW]) {
    switch (space) {
    case AN_SRC_S:
        for (uint32_t i = 0; i < n; i++)
            out[i] = ((const int32_t *)p)[i];
        return;
    case AN_SRC_R:
        for (uint32_t i = 0; i < n; i++)
            out[i] = ((const int16_t *)p)[i] * (1 << 12);
        return;
    default:
        for (uint32_t i = 0; i < n; i++)
            out[i] = space == AN_SRC_K ? *(const int32_t *)p : 0;
        return;
    }
}

UNROLLED void factor(unsigned space, const void *p, uint32_t n, int16_t out[FEW], bool *clip) {
    if (space == AN_SRC_R) {
        for (uint32_t i = 0; i < n; i++)
            out[i] = ((const int16_t *)p)[i];
    } else if (space == AN_SRC_S) {
        for (uint32_t i = 0; i < n; i++)
            out[i] = an_rhu_f24_s16f12(((const int32_t *)p)[i], clip);
    } else {
        const int16_t one = space == AN_SRC_K ? an_rhu_f24_s16f12(*(const int32_t *)p, clip) : 0;
        for (uint32_t i = 0; i < n; i++)
            out[i] = one;
    }
}

UNROLLED void result(const an_kernel_form_t *f, uint32_t n, const void *a, const void *b, const void *c, int32_t y[FEW], bool *sat, bool *clip) {
    int32_t x[FEW], z[FEW];
    int16_t k[FEW];
    const int64_t sign = f->neg ? -1 : 1;
    const unsigned r = (unsigned)(12 + f->sh);
    operand(f->asp, a, n, x);
    switch (f->op) {
    case AN_OP_ADD:
        operand(f->bsp, b, n, z);
        for (uint32_t i = 0; i < n; i++)
            y[i] = an_sat_s33_s32(x[i] + sign * z[i], sat);
        return;
    case AN_OP_MIN:
        operand(f->bsp, b, n, z);
        for (uint32_t i = 0; i < n; i++)
            y[i] = x[i] < z[i] ? x[i] : z[i];
        return;
    case AN_OP_MAX:
        operand(f->bsp, b, n, z);
        for (uint32_t i = 0; i < n; i++)
            y[i] = x[i] > z[i] ? x[i] : z[i];
        return;
    case AN_OP_SEL:
        operand(f->bsp, b, n, y);
        operand(f->csp, c, n, z);
        for (uint32_t i = 0; i < n; i++)
            y[i] = x[i] >= 0 ? y[i] : z[i];
        return;
    case AN_OP_MUL:
        factor(f->bsp, b, n, k, clip);
        for (uint32_t i = 0; i < n; i++)
            y[i] = an_narrow_s32(sign * x[i] * k[i], r, 0, sat);
        return;
    case AN_OP_MAC:
        factor(f->bsp, b, n, k, clip);
        operand(f->csp, c, n, z);
        for (uint32_t i = 0; i < n; i++)
            y[i] = an_narrow_s32(sign * x[i] * k[i], r, z[i], sat);
        return;
    case AN_OP_LEAK:
        factor(f->bsp, b, n, k, clip);
        operand(f->csp, c, n, z);
        for (uint32_t i = 0; i < n; i++)
            y[i] = an_narrow_s32(sign * an_sat_s33_s32((int64_t)x[i] - z[i], sat) * k[i], r, z[i], sat);
        return;
    default:
        for (uint32_t i = 0; i < n; i++)
            y[i] = an_table(b, x[i], (unsigned)f->sh & 7u);
        return;
    }
}

UNROLLED unsigned few(const an_kernel_form_t *f, uint32_t n, const void *a, const void *b, const void *c, int32_t *state, int16_t *rate) {
    int32_t y[FEW];
    bool sat = false, clip = false;
    result(f, n, a, b, c, y, &sat, &clip);
    if (f->post != AN_POST_NONE)
        for (uint32_t i = 0; i < n; i++)
            y[i] = an_post(y[i], f->post);
    if (rate != NULL)
        for (uint32_t i = 0; i < n; i++)
            rate[i] = an_rhu_f24_s16f12(y[i], &sat);
    if (state != NULL)
        for (uint32_t i = 0; i < n; i++)
            state[i] = y[i];
    return (sat ? AN_KERNEL_SAT : 0) | (clip ? AN_KERNEL_CLIP : 0);
}

/* n is a constant in each call, so that the loops vanish */
unsigned an_kernel_few(const an_kernel_form_t *f, uint32_t n, const void *a, const void *b, const void *c, int32_t *state, int16_t *rate) {
    switch (n) {
    case 1: return few(f, 1, a, b, c, state, rate);
    case 2: return few(f, 2, a, b, c, state, rate);
    case 3: return few(f, 3, a, b, c, state, rate);
    default: return few(f, FEW, a, b, c, state, rate);
    }
}
