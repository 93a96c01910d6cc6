/* SPDX-License-Identifier: Apache-2.0
 * Sweeps, 32 columns and two rows at a time. Every sum is taken modulo 2^32 where a bound shows beforehand that the true value fits;
 * what may not fit goes another way (saturating scatter, 64-bit learn). */
#include "an_kernel_avx512_learn.h"
#include <string.h>
#include "an_num.h"
#include "an_rnd.h"

#ifdef AN_HAS_AVX512

enum { MOST = 2048, BLOCKS = MOST / 32, BATCH = AN_WIDE_BATCH };

/* how a row learns; the last three are pair projections */
typedef enum an_wide_mode { NONE, PLAIN_HIGH, PLAIN_LOW, PLAIN_32, PAIR_NONE, PAIR_32, PAIR_64 } an_wide_mode_t;

typedef struct an_wide {
    an_kernel_sweep_t *s;
    uint32_t blocks;            /* of 32 columns */
    __mmask32 tail;             /* columns of the last block */
    __mmask32 tail_low, tail_high; /* the same in the two vectors of a pair's words */
    __m512i pick_w, pick_v, put_low, put_high; /* permutations of a pair's words */
    uint32_t segment;           /* blocks whose gathered products fit 32 bits */
    bool mu_16;                 /* mu*v narrows within 16 bits */
    _Alignas(64) int32_t acc[MOST]; /* block by block: columns 0-3 8-11 16-19 24-27, then the others: the order of unpack */
    _Alignas(64) int16_t y[MOST], y2[MOST]; /* zero beyond the last column */
    _Alignas(64) uint64_t draw_a[BLOCKS][4][BATCH], draw_b[BLOCKS][4][BATCH]; /* rounding register of a batch of rows, as matrices */
} an_wide_t;

/* one or two rows */
typedef struct an_wide_rows {
    bool two, scatter;
    int16_t *p[2];
    int16_t x[2], x2[2];
    uint32_t at;                /* place of the first in its batch */
    int64_t sum[2];
} an_wide_rows_t;

AN_WIDE_INLINE __m512i pairs(int16_t low, int16_t high) {
    return _mm512_set1_epi32((int32_t)((uint32_t)(uint16_t)low | (uint32_t)(uint16_t)high << 16));
}

AN_WIDE static void draw_batch(an_wide_t *t, const uint16_t *row, uint32_t n) {
    const an_kernel_sweep_t *s = t->s;
    const __mmask16 m = (__mmask16)(n >= BATCH ? 0xFFFFu : (1u << n) - 1u);
    const __m512i j = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(m, row));
    const __m512i seed = _mm512_xor_si512(_mm512_set1_epi32((int32_t)s->seed), _mm512_slli_epi32(j, AN_ROW_AT));
    const __m512i top = _mm512_set1_epi32(INT32_MIN), one = _mm512_set1_epi32(1);
    for (uint32_t b = 0; b < t->blocks; b++) {
        __m512i z = _mm512_xor_si512(seed, _mm512_set1_epi32((int32_t)(an_rnd_block(s->first_block, b * AN_BLOCK_COLUMNS) << AN_BLOCK_AT)));
        for (unsigned i = 0; i < AN_ROUNDS; i++) {
            const __m512i y = _mm512_ternarylogic_epi32(z, _mm512_ror_epi32(z, AN_ROTR_A), _mm512_ror_epi32(z, AN_ROTR_B), 0x96);
            z = _mm512_add_epi32(_mm512_add_epi32(y, _mm512_slli_epi32(y, AN_SHIFT)), one);
        }
        matrices(_mm512_or_si512(z, top), t->draw_a[b]);
        if (s->pair && s->par.mu)
            matrices(_mm512_or_si512(_mm512_xor_si512(_mm512_rol_epi32(z, 16), _mm512_set1_epi32((int32_t)AN_SECOND_XOR)), top), t->draw_b[b]);
    }
}

/* ---- one or two rows ---- */

AN_WIDE_INLINE int64_t sum_of(__m512i x) {
    const __m512i low = _mm512_cvtepi32_epi64(_mm512_castsi512_si256(x));
    return _mm512_reduce_add_epi64(_mm512_add_epi64(low, _mm512_cvtepi32_epi64(_mm512_extracti64x4_epi64(x, 1))));
}

/* 32 columns of one row: what a synapse holds */
typedef struct an_wide_syn { __m512i w, v; } an_wide_syn_t;

AN_WIDE_INLINE an_wide_syn_t load(const an_wide_t *t, an_wide_mode_t mode, const int16_t *row, uint32_t b) {
    const bool last = b + 1u == t->blocks;
    an_wide_syn_t z;
    if (mode < PAIR_NONE) {
        z.w = _mm512_maskz_loadu_epi16(last ? t->tail : 0xFFFFFFFFu, row + 32u * b);
        z.v = _mm512_setzero_si512();
        return z;
    }
    const __m512i low = _mm512_maskz_loadu_epi16(last ? t->tail_low : 0xFFFFFFFFu, row + 64u * b);
    const __m512i high = _mm512_maskz_loadu_epi16(last ? t->tail_high : 0xFFFFFFFFu, row + 64u * b + 32u);
    z.w = _mm512_permutex2var_epi16(low, t->pick_w, high);
    z.v = _mm512_permutex2var_epi16(low, t->pick_v, high);
    return z;
}

AN_WIDE_INLINE void store(const an_wide_t *t, an_wide_mode_t mode, int16_t *row, uint32_t b, an_wide_syn_t z) {
    const bool last = b + 1u == t->blocks;
    if (mode < PAIR_NONE) {
        _mm512_mask_storeu_epi16(row + 32u * b, last ? t->tail : 0xFFFFFFFFu, z.w);
        return;
    }
    _mm512_mask_storeu_epi16(row + 64u * b, last ? t->tail_low : 0xFFFFFFFFu, _mm512_permutex2var_epi16(z.w, t->put_low, z.v));
    _mm512_mask_storeu_epi16(row + 64u * b + 32u, last ? t->tail_high : 0xFFFFFFFFu, _mm512_permutex2var_epi16(z.w, t->put_high, z.v));
}

/* what saturated, and the constants of the rows, in registers */
typedef struct an_wide_learn {
    an_wide_map_t map;
    __m512i factor[2], kappa, mu; /* plain: x2; pair: (x2, -beta) */
    __m512i sat_w16, sat_w32, sat_v32;
    uint32_t sat_v64;
} an_wide_learn_t;

AN_WIDE_INLINE an_wide_syn_t learn(const an_wide_t *t, an_wide_mode_t mode, an_wide_learn_t *l, const an_wide_rows_t *rows, int i, uint32_t b, an_wide_syn_t z) {
    const an_kernel_sweep_t *s = t->s;
    const __m512i rnd = draw(&l->map, t->draw_a[b], rows->at + (uint32_t)i);
    const __m512i y = _mm512_load_si512(mode < PAIR_NONE ? &t->y[32u * b] : &t->y2[32u * b]);
    an_wide_syn_t n = z;
    if (mode == PLAIN_HIGH || mode == PLAIN_LOW) {
        n.w = learn_16(z.w, y, l->factor[i], s->lsh, mode == PLAIN_HIGH, rnd, &l->sat_w16);
        return n;
    }
    if (mode == PLAIN_32) {
        n.w = product_32(z.w, y, l->factor[i], s->lsh, rnd, &l->sat_w32);
        return n;
    }
    if (mode == PAIR_32)
        n.v = learn_v32(z.v, z.w, y, l->factor[i], l->kappa, s->lsh, rnd, &l->sat_v32);
    else
        n.v = learn_v64(z.v, z.w, y, rows->x2[i], &s->par, s->lsh, rnd, &l->sat_v64);
    if (!s->par.mu) /* a step of zero is zero, whatever is drawn */
        return n;
    const __m512i second = draw(&l->map, t->draw_b[b], rows->at + (uint32_t)i), chosen = s->wnew ? n.v : z.v;
    if (t->mu_16)
        n.w = learn_16(z.w, chosen, l->mu, s->par.wsh, s->par.wsh >= 16, second, &l->sat_w16);
    else
        n.w = product_32(z.w, chosen, _mm512_and_si512(l->mu, _mm512_set1_epi32(0xFFFF)), s->par.wsh, second, &l->sat_w32);
    return n;
}

AN_WIDE_INLINE void sweep_rows(an_wide_t *t, an_wide_mode_t mode, an_wide_rows_t *rows) {
    const an_kernel_sweep_t *s = t->s;
    const bool learns = mode != NONE && mode != PAIR_NONE, gathers = s->gather, scatters = rows->scatter;
    const bool overv = mode == PAIR_NONE && s->overv, two = rows->two;
    const __m512i zero = _mm512_setzero_si512(), x = pairs(rows->x[0], rows->x[1]);
    an_wide_learn_t l = {.sat_w16 = zero, .sat_w32 = zero, .sat_v32 = zero};
    if (learns) {
        for (int k = 0; k < 4; k++)
            l.map.k[k] = _mm512_loadu_si512(s->rnd->affine[k]);
        for (int i = 0; i < 2; i++)
            l.factor[i] = mode >= PAIR_NONE ? pairs(rows->x2[i], (int16_t)-s->par.beta) : mode == PLAIN_32 ? pairs(rows->x2[i], 0) : _mm512_set1_epi16(rows->x2[i]);
        l.kappa = pairs((int16_t)-s->par.kappa, 0);
        l.mu = _mm512_set1_epi16(s->par.mu);
    }
    rows->sum[0] = rows->sum[1] = 0;
    for (uint32_t from = 0; from < t->blocks; from += t->segment) {
        const uint32_t to = t->blocks - from < t->segment ? t->blocks : from + t->segment;
        __m512i sum0 = zero, sum1 = zero;
        for (uint32_t b = from; b < to; b++) {
            an_wide_syn_t z0 = load(t, mode, rows->p[0], b), z1 = {zero, zero};
            if (two)
                z1 = load(t, mode, rows->p[1], b);
            const __m512i t0 = overv ? z0.v : z0.w, t1 = overv ? z1.v : z1.w;
            if (scatters) {
                int32_t *acc = &t->acc[32u * b];
                _mm512_store_si512(acc, _mm512_dpwssd_epi32(_mm512_load_si512(acc), _mm512_unpacklo_epi16(t0, t1), x));
                _mm512_store_si512(acc + 16, _mm512_dpwssd_epi32(_mm512_load_si512(acc + 16), _mm512_unpackhi_epi16(t0, t1), x));
            }
            if (gathers) {
                const __m512i y = _mm512_load_si512(&t->y[32u * b]);
                sum0 = _mm512_dpwssd_epi32(sum0, t0, y);
                sum1 = _mm512_dpwssd_epi32(sum1, t1, y);
            }
            if (learns) {
                store(t, mode, rows->p[0], b, learn(t, mode, &l, rows, 0, b, z0));
                if (two)
                    store(t, mode, rows->p[1], b, learn(t, mode, &l, rows, 1, b, z1));
            }
        }
        if (gathers) {
            rows->sum[0] += sum_of(sum0);
            if (two)
                rows->sum[1] += sum_of(sum1);
        }
    }
    if (learns) {
        const __m512i sat_w = _mm512_or_si512(l.sat_w16, l.sat_w32);
        t->s->sat_w |= _mm512_test_epi64_mask(sat_w, sat_w) != 0;
        t->s->sat_v |= _mm512_test_epi64_mask(l.sat_v32, l.sat_v32) != 0 || l.sat_v64 != 0;
    }
}

#define ROWS_OF(name, mode) AN_WIDE static void name(an_wide_t *t, an_wide_rows_t *rows) { sweep_rows(t, mode, rows); }
ROWS_OF(rows_none, NONE)
ROWS_OF(rows_high, PLAIN_HIGH)
ROWS_OF(rows_low, PLAIN_LOW)
ROWS_OF(rows_32, PLAIN_32)
ROWS_OF(rows_pair_none, PAIR_NONE)
ROWS_OF(rows_pair_32, PAIR_32)
ROWS_OF(rows_pair_64, PAIR_64)
static void (*const rows_of[])(an_wide_t *, an_wide_rows_t *) = {rows_none, rows_high, rows_low, rows_32, rows_pair_none, rows_pair_32, rows_pair_64};

/* ---- accumulators ---- */

/* The accumulators stand in the order of unpack while the sweep runs. */
AN_WIDE static void acc_in(an_wide_t *t) {
    const an_kernel_sweep_t *s = t->s;
    const __m512i low = _mm512_setr_epi64(0, 1, 4, 5, 8, 9, 12, 13), high = _mm512_setr_epi64(2, 3, 6, 7, 10, 11, 14, 15);
    const int32_t *from = s->amode == AN_INIT_SELF ? s->acc : s->ainit;
    for (uint32_t b = 0; b < t->blocks; b++) {
        __m512i a = _mm512_setzero_si512(), c = a;
        if (s->amode == AN_INIT_SELF || s->amode == AN_INIT_FROM) {
            const __mmask32 m = b + 1u == t->blocks ? t->tail : 0xFFFFFFFFu;
            a = _mm512_maskz_loadu_epi32((__mmask16)m, from + 32u * b);
            c = _mm512_maskz_loadu_epi32((__mmask16)(m >> 16), from + 32u * b + 16);
        }
        _mm512_store_si512(&t->acc[32u * b], _mm512_permutex2var_epi64(a, low, c));
        _mm512_store_si512(&t->acc[32u * b + 16], _mm512_permutex2var_epi64(a, high, c));
    }
}

AN_WIDE static void acc_out(const an_wide_t *t) {
    const __m512i first = _mm512_setr_epi64(0, 1, 8, 9, 2, 3, 10, 11), second = _mm512_setr_epi64(4, 5, 12, 13, 6, 7, 14, 15);
    for (uint32_t b = 0; b < t->blocks; b++) {
        const __mmask32 m = b + 1u == t->blocks ? t->tail : 0xFFFFFFFFu;
        const __m512i low = _mm512_load_si512(&t->acc[32u * b]), high = _mm512_load_si512(&t->acc[32u * b + 16]);
        _mm512_mask_storeu_epi32(t->s->acc + 32u * b, (__mmask16)m, _mm512_permutex2var_epi64(low, first, high));
        _mm512_mask_storeu_epi32(t->s->acc + 32u * b + 16, (__mmask16)(m >> 16), _mm512_permutex2var_epi64(low, second, high));
    }
}

/* how far every accumulator is from saturating; < 0 where one stands at -2^31 */
AN_WIDE static int64_t room_of(const an_wide_t *t) {
    __m512i most = _mm512_setzero_si512();
    for (uint32_t i = 0; i < 32u * t->blocks; i += 16)
        most = _mm512_max_epu32(most, _mm512_abs_epi32(_mm512_load_si512(&t->acc[i])));
    return (int64_t)INT32_MAX - (int64_t)_mm512_reduce_max_epu32(most);
}

AN_WIDE static void scatter_saturating(an_wide_t *t, an_wide_mode_t mode, const int16_t *row, int16_t x) {
    const __m512i zero = _mm512_setzero_si512(), factor = pairs(x, 0);
    __mmask16 sat = 0;
    for (uint32_t b = 0; b < t->blocks; b++) {
        const an_wide_syn_t z = load(t, mode, row, b);
        const __m512i syn = t->s->pair && t->s->overv ? z.v : z.w;
        for (int half = 0; half < 2; half++) {
            int32_t *acc = &t->acc[32u * b + 16u * (unsigned)half];
            const __m512i a = _mm512_load_si512(acc);
            const __m512i p = _mm512_madd_epi16(half ? _mm512_unpackhi_epi16(syn, zero) : _mm512_unpacklo_epi16(syn, zero), factor);
            const __m512i sum = _mm512_add_epi32(a, p);
            const __mmask16 over = _mm512_movepi32_mask(_mm512_and_si512(_mm512_xor_si512(a, sum), _mm512_xor_si512(p, sum)));
            sat |= over;
            _mm512_store_si512(acc, _mm512_mask_xor_epi32(sum, over, _mm512_srai_epi32(a, 31), _mm512_set1_epi32(INT32_MAX)));
        }
    }
    t->s->sat_acc |= sat != 0;
}

/* ---- the sweep ---- */

AN_WIDE static uint32_t largest(const int16_t *p, uint32_t n) {
    __m512i most = _mm512_setzero_si512();
    for (uint32_t i = 0; i < n; i += 32) {
        const __mmask32 m = n - i >= 32 ? 0xFFFFFFFFu : (1u << (n - i)) - 1u;
        most = _mm512_max_epu16(most, _mm512_abs_epi16(_mm512_maskz_loadu_epi16(m, p + i)));
    }
    const __m512i wide = _mm512_max_epu32(_mm512_and_si512(most, _mm512_set1_epi32(0xFFFF)), _mm512_srli_epi32(most, 16));
    return _mm512_reduce_max_epu32(wide);
}


static an_wide_mode_t choose(an_wide_t *t) {
    const an_kernel_sweep_t *s = t->s;
    if (!s->learn)
        return s->pair ? PAIR_NONE : NONE;
    const uint64_t x2 = largest(s->x2, s->rows);
    if (!s->pair) {
        if (s->lsh >= 16)
            return PLAIN_HIGH;
        return x2 * largest(s->y, s->cols) < (uint64_t)32767u << s->lsh ? PLAIN_LOW : PLAIN_32;
    }
    t->mu_16 = s->par.wsh >= 16 || ((int32_t)an_kernel_magnitude(s->par.mu) < 1 << s->par.wsh);
    const bool shifted = (s->par.beta && s->par.bsh) || (s->par.kappa && s->par.ksh) || s->par.beta == INT16_MIN || s->par.kappa == INT16_MIN;
    const uint64_t most = x2 * largest(s->y2, s->cols) + 32768u * ((uint64_t)an_kernel_magnitude(s->par.beta) + an_kernel_magnitude(s->par.kappa));
    return !shifted && most < (1u << 31) - (1u << 17) ? PAIR_32 : PAIR_64;
}

static void permutations(an_wide_t *t) {
    const uint32_t p = t->s->lanes, valid = t->s->cols - 32u * (t->blocks - 1u);
    _Alignas(64) uint16_t w[32], v[32], put[64];
    uint64_t tail = 0;
    for (uint32_t c = 0; c < 32; c++) {
        const uint32_t at = c / p * 2u * p + c % p;
        w[c] = (uint16_t)at;
        v[c] = (uint16_t)(at + p);
        put[at] = (uint16_t)c;
        put[at + p] = (uint16_t)(c + 32u);
        if (c < valid)
            tail |= (uint64_t)1 << at | (uint64_t)1 << (at + p);
    }
    memcpy(&t->pick_w, w, 64);
    memcpy(&t->pick_v, v, 64);
    memcpy(&t->put_low, put, 64);
    memcpy(&t->put_high, put + 32, 64);
    t->tail_low = (uint32_t)tail;
    t->tail_high = (uint32_t)(tail >> 32);
}

static void copy_y(int16_t *to, const int16_t *from, uint32_t n) {
    memcpy(to, from, n * sizeof to[0]);
    memset(to + n, 0, (0u - n) % 32u * sizeof to[0]);
}

void an_wide_sweep(an_kernel_sweep_t *s) {
    /* a product of -2^15 with -2^15 in a gathered pair leaves 32 bits */
    const uint32_t y_most = s->gather ? largest(s->y, s->cols) : 0;
    if (s->cols > MOST || s->rows > MOST || y_most > 32767u) {
        an_kernel_portable.sweep(s);
        return;
    }
    an_wide_t t;
    uint16_t list[MOST + BATCH];
    t.s = s;
    t.blocks = (s->cols + 31u) / 32u;
    t.tail = 0xFFFFFFFFu >> (32u * t.blocks - s->cols);
    t.segment = y_most ? 32767u / y_most : BLOCKS; /* every vector adds at most 2 * 2^15 * y_most */
    if (s->gather || (s->learn && !s->pair))
        copy_y(t.y, s->y, s->cols);
    if (s->pair)
        permutations(&t);
    if (s->pair && s->learn)
        copy_y(t.y2, s->y2, s->cols);
    const an_wide_mode_t mode = choose(&t);
    if (s->scatter)
        acc_in(&t);
    int64_t room = -1;
    const uint32_t n = s->rows_swept = an_kernel_rows(s, list);
    for (uint32_t k = 0; k < n; k += 2) {
        if (s->learn && k % BATCH == 0)
            draw_batch(&t, list + k, n - k);
        const bool two = k + 1u < n;
        const uint32_t j[2] = {list[k], two ? list[k + 1u] : list[k]};
        an_wide_rows_t rows = {.two = two, .scatter = s->scatter, .at = k % BATCH};
        for (int i = 0; i < 1 + two; i++) {
            rows.p[i] = s->syn + j[i] * s->stride;
            rows.x[i] = s->x[j[i]];
            rows.x2[i] = s->x2[j[i]];
        }
        if (s->scatter) {
            const int64_t reach = (int64_t)(an_kernel_magnitude(rows.x[0]) + an_kernel_magnitude(rows.x[1])) << 15;
            if (reach > room)
                room = room_of(&t);
            if (reach > room) {
                rows.scatter = false;
                for (int i = 0; i < 1 + two; i++)
                    scatter_saturating(&t, mode, rows.p[i], rows.x[i]);
                room = -1;
            } else {
                room -= reach;
            }
        }
        rows_of[mode](&t, &rows);
        for (int i = 0; s->gather && i < 1 + two; i++)
            an_kernel_finish(s, j[i], rows.sum[i]);
    }
    if (s->scatter)
        acc_out(&t);
}
#else
typedef int an_wide_none_t; /* a translation unit must not be empty */
#endif
