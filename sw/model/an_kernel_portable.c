/* SPDX-License-Identifier: Apache-2.0
 * The kernels in plain C: rows as contiguous arrays, loops that a compiler can turn into vector instructions. */
#include <string.h>
#include "an_kernel.h"
#include "an_kernel_clones.h"
#include "an_num.h"
#include "an_rnd.h"

enum { MOST = 4096 }; /* columns of a row */

static inline int32_t operand(unsigned space, const void *p, uint32_t i) {
    switch (space) {
    case AN_SRC_S: return ((const int32_t *)p)[i];
    case AN_SRC_R: return ((const int16_t *)p)[i] * (1 << 12);
    case AN_SRC_K: return *(const int32_t *)p;
    default: return 0;
    }
}

static inline int16_t factor(unsigned space, const void *p, uint32_t i, bool *clip) {
    return space == AN_SRC_R ? ((const int16_t *)p)[i] : an_rhu_f24_s16f12(operand(space, p, i), clip);
}

int64_t an_kernel_portable_reduce(const an_kernel_form_t *f, uint32_t n, const void *a, const void *b, uint32_t *index, unsigned *bits) {
    int64_t sum = 0;
    bool clip = false;
    if (f->op == AN_OP_SUM)
        for (uint32_t i = 0; i < n; i++)
            sum += operand(f->asp, a, i);
    else if (f->op == AN_OP_DOT)
        for (uint32_t i = 0; i < n; i++)
            sum += (int64_t)factor(f->asp, a, i, &clip) * factor(f->bsp, b, i, &clip);
    else {
        sum = INT32_MIN;
        *index = 0;
        for (uint32_t i = 0; i < n; i++)
            if (operand(f->asp, a, i) > sum) {
                sum = operand(f->asp, a, i);
                *index = i;
            }
    }
    *bits = clip ? AN_KERNEL_CLIP : 0;
    return sum;
}

CLONES static void scatter_exact(int32_t *restrict acc, const int16_t *restrict t, int32_t x, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        acc[i] += t[i] * x;
}

static bool scatter_saturating(int32_t *acc, const int16_t *t, int16_t x, uint32_t n) {
    bool sat = false;
    for (uint32_t i = 0; i < n; i++)
        acc[i] = an_lane_scatter(acc[i], t[i], x, &sat);
    return sat;
}

CLONES static int64_t largest(const int32_t *acc, uint32_t n) {
    int32_t high = 0, low = 0;
    for (uint32_t i = 0; i < n; i++) {
        high = acc[i] > high ? acc[i] : high;
        low = acc[i] < low ? acc[i] : low;
    }
    return high > -(int64_t)low ? high : -(int64_t)low;
}

CLONES static int64_t gather(const int16_t *restrict t, const int16_t *restrict y, uint32_t n) {
    int64_t sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += t[i] * y[i];
    return sum;
}

CLONES static void draw(const an_kernel_rnd_t *r, uint32_t z, uint16_t *restrict word) {
    const uint16_t *n[8];
    for (int k = 0; k < 8; k++)
        n[k] = r->nibble[k][z >> (4 * k) & 15u];
    for (int i = 0; i < AN_BLOCK_COLUMNS; i++)
        word[i] = n[0][i] ^ n[1][i] ^ n[2][i] ^ n[3][i] ^ n[4][i] ^ n[5][i] ^ n[6][i] ^ n[7][i];
}

/* w += p, narrowed by r; not zero: it saturated */
#define NARROW(w, p, r, rnd)                                                                                                            \
    do {                                                                                                                                \
        const uint32_t fraction = ((uint32_t)((p) >> right) & keep) << left;                                                            \
        const int32_t sum = ((p) >> (r)) + (int32_t)((fraction + (rnd)) >> 16) + (w);                                                   \
        const int32_t cut = sum > INT16_MAX ? INT16_MAX : sum < INT16_MIN ? INT16_MIN : sum;                                            \
        sat |= cut ^ sum;                                                                                                               \
        (w) = (int16_t)cut;                                                                                                             \
    } while (0)

typedef struct shifts { uint32_t keep; unsigned right, left; } shifts_t;
static inline shifts_t shifts(unsigned r) {
    return (shifts_t){r >= 16 ? 0xFFFFu : (1u << r) - 1u, r >= 16 ? r - 16 : 0, r >= 16 ? 0 : 16 - r};
}

/* w += factor * y; 32-bit products */
CLONES static int32_t learn(int16_t *restrict w, int32_t factor, const int16_t *restrict y, unsigned r, const uint16_t *restrict rnd, uint32_t n) {
    const shifts_t by = shifts(r);
    const uint32_t keep = by.keep;
    const unsigned right = by.right, left = by.left;
    int32_t sat = 0;
    for (uint32_t i = 0; i < n; i++) {
        const int32_t p = factor * y[i];
        NARROW(w[i], p, r, rnd[i]);
    }
    return sat;
}

/* v += x2*y2 - beta*v - kappa*w, which fits 32 bits */
CLONES static int32_t learn_v(int16_t *restrict v, const int16_t *restrict w, int32_t x2, const int16_t *restrict y2, int32_t beta, int32_t kappa,
                              unsigned r, const uint16_t *restrict rnd, uint32_t n) {
    const shifts_t by = shifts(r);
    const uint32_t keep = by.keep;
    const unsigned right = by.right, left = by.left;
    int32_t sat = 0;
    for (uint32_t i = 0; i < n; i++) {
        const int32_t p = x2 * y2[i] - beta * v[i] - kappa * w[i];
        NARROW(v[i], p, r, rnd[i]);
    }
    return sat;
}

/* a row of a pair projection to and from two arrays */
static void split(const int16_t *row, uint32_t lanes, uint32_t n, int16_t *w, int16_t *v) {
    if (lanes == 8)
        for (uint32_t i = 0; i < n; i += 8) {
            memcpy(w + i, row + 2u * i, 16);
            memcpy(v + i, row + 2u * i + 8u, 16);
        }
    else
        for (uint32_t i = 0; i < n; i += lanes)
            for (uint32_t l = 0; l < lanes; l++) {
                w[i + l] = row[2u * i + l];
                v[i + l] = row[2u * i + lanes + l];
            }
}
static void join(int16_t *row, uint32_t lanes, uint32_t n, const int16_t *w, const int16_t *v) {
    uint32_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        memcpy(row + 2u * i, w + i, lanes * sizeof w[0]);
        memcpy(row + 2u * i + lanes, v + i, lanes * sizeof v[0]);
    }
    for (uint32_t l = 0; i + l < n; l++) { /* columns beyond the last one are never written */
        row[2u * i + l] = w[i + l];
        row[2u * i + lanes + l] = v[i + l];
    }
}

static void learn_pair(an_kernel_sweep_t *s, int16_t *w, int16_t *v, uint32_t j, bool fits) {
    uint16_t rnd_a[AN_BLOCK_COLUMNS], rnd_b[AN_BLOCK_COLUMNS];
    int16_t old[AN_BLOCK_COLUMNS];
    for (uint32_t i = 0; i < s->cols; i += AN_BLOCK_COLUMNS) {
        const uint32_t n = s->cols - i < AN_BLOCK_COLUMNS ? s->cols - i : AN_BLOCK_COLUMNS;
        const uint32_t z = an_rnd_mix(s->seed, j, an_rnd_block(s->first_block, i));
        draw(s->rnd, an_rnd_first(z), rnd_a);
        memcpy(old, v + i, n * sizeof v[0]);
        if (fits)
            s->sat_v |= learn_v(v + i, w + i, s->x2[j], s->y2 + i, s->par.beta, s->par.kappa, s->lsh, rnd_a, n) != 0;
        else
            for (uint32_t c = 0; c < n; c++)
                v[i + c] = an_lane_learn_v(old[c], w[i + c], s->x2[j], s->y2[i + c], &s->par, s->lsh, rnd_a[c], &s->sat_v);
        if (s->par.mu == 0)
            continue;
        draw(s->rnd, an_rnd_second(z), rnd_b);
        s->sat_w |= learn(w + i, s->par.mu, s->wnew ? v + i : old, s->par.wsh, rnd_b, n) != 0;
    }
}

static void learn_plain(an_kernel_sweep_t *s, int16_t *w, uint32_t j) {
    uint16_t rnd[AN_BLOCK_COLUMNS];
    for (uint32_t i = 0; i < s->cols; i += AN_BLOCK_COLUMNS) {
        const uint32_t left = s->cols - i;
        draw(s->rnd, an_rnd_first(an_rnd_mix(s->seed, j, an_rnd_block(s->first_block, i))), rnd);
        s->sat_w |= learn(w + i, s->x2[j], s->y + i, s->lsh, rnd, left < AN_BLOCK_COLUMNS ? left : AN_BLOCK_COLUMNS) != 0;
    }
}

static void sweep(an_kernel_sweep_t *s) {
    uint16_t list[MOST];
    int16_t w_row[MOST + AN_BLOCK_COLUMNS], v_row[MOST + AN_BLOCK_COLUMNS];
    const bool fits = s->pair && s->learn && an_kernel_pair_bound(s) <= INT32_MAX;
    int64_t room = -1; /* by how much every accumulator can still move without saturating; < 0: look */
    s->rows_swept = an_kernel_rows(s, list);
    if (s->scatter && s->amode == AN_INIT_FROM)
        memmove(s->acc, s->ainit, s->cols * sizeof s->acc[0]);
    else if (s->scatter && s->amode == AN_INIT_ZERO)
        memset(s->acc, 0, s->cols * sizeof s->acc[0]);
    for (uint32_t k = 0; k < s->rows_swept; k++) {
        const uint32_t j = list[k];
        int16_t *row = s->syn + j * s->stride;
        if (s->pair)
            split(row, s->lanes, s->cols, w_row, v_row);
        int16_t *w = s->pair ? w_row : row;
        const int16_t *t = s->pair && s->overv ? v_row : w;
        if (s->scatter) {
            const int64_t reach = 32768 * (int64_t)an_kernel_magnitude(s->x[j]);
            if (reach > room)
                room = INT32_MAX - largest(s->acc, s->cols);
            if (reach <= room) {
                scatter_exact(s->acc, t, s->x[j], s->cols);
                room -= reach;
            } else {
                s->sat_acc |= scatter_saturating(s->acc, t, s->x[j], s->cols);
                room = -1;
            }
        }
        if (s->gather)
            an_kernel_finish(s, j, gather(t, s->y, s->cols));
        if (s->learn && s->pair) {
            learn_pair(s, w_row, v_row, j, fits);
            join(row, s->lanes, s->cols, w_row, v_row);
        } else if (s->learn) {
            learn_plain(s, w, j);
        }
    }
}

const an_kernel_t an_kernel_portable = {"portable", an_kernel_portable_vector, an_kernel_portable_reduce, sweep};
