/* SPDX-License-Identifier: Apache-2.0
 * Sweeps with AVX2, eight columns at a time in 32 bits; what 32 bits do not hold, or lanes do not lay out so, goes to the portable
 * kernel. Vector instructions are the portable ones, which the compiler turns into AVX2. */
#include <string.h>
#include "an_kernel.h"
#include "an_num.h"
#include "an_rnd.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define WIDE __attribute__((target("avx2")))
#define WIDE_INLINE WIDE static inline __attribute__((always_inline))

enum { MOST = 2048, ROOM = MOST + 32, STEP = 8 };

/* one sweep; columns beyond the last one are zero in y, y2 and not in `tail` */
typedef struct an_wide {
    an_kernel_sweep_t *s;
    uint32_t blocks;             /* of eight columns */
    uint32_t apart;              /* words from block to block of a row */
    uint32_t segment;            /* gathered vectors whose sum is certain to fit 32 bits */
    _Alignas(32) int32_t acc[ROOM], y[ROOM], y2[ROOM], tail[STEP];
    _Alignas(32) int16_t y_16[ROOM];
    _Alignas(32) uint16_t rnd_a[ROOM], rnd_b[ROOM];
} an_wide_t;

/* 16-bit words, sign extended; a factor beside them is (factor, 0) in each pair of 16 bits, so that madd is a 16x16 product */
WIDE_INLINE __m256i load(const int16_t *p) { return _mm256_cvtepi16_epi32(_mm_loadu_si128((const __m128i *)p)); }
WIDE_INLINE __m256i load_rnd(const uint16_t *p) { return _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)p)); }
WIDE_INLINE __m256i factor(int16_t x) { return _mm256_set1_epi32((uint16_t)x); }

/* p narrowed by r, plus c, clamped to 16 bits in 32; *sat: not zero where it clamped. p leaves room for the rounding bits. */
WIDE_INLINE __m256i narrow(__m256i p, __m256i c, unsigned r, __m256i rnd, __m256i *sat) {
    const __m256i half = _mm256_set1_epi32(1 << 15);
    __m256i sum;
    if (r >= 16)
        sum = _mm256_srai_epi32(_mm256_add_epi32(_mm256_sra_epi32(p, _mm_cvtsi32_si128((int)r - 16)), rnd), 16);
    else {
        const __m256i fraction = _mm256_and_si256(_mm256_sll_epi32(p, _mm_cvtsi32_si128(16 - (int)r)), _mm256_set1_epi32(0xFFFF));
        sum = _mm256_add_epi32(_mm256_sra_epi32(p, _mm_cvtsi32_si128((int)r)), _mm256_srli_epi32(_mm256_add_epi32(fraction, rnd), 16));
    }
    sum = _mm256_add_epi32(sum, c);
    *sat = _mm256_srli_epi32(_mm256_add_epi32(sum, half), 16);
    return _mm256_min_epi32(_mm256_max_epi32(sum, _mm256_set1_epi32(INT16_MIN)), _mm256_set1_epi32(INT16_MAX));
}

WIDE_INLINE void store(int16_t *p, __m256i x) {
    const __m256i both = _mm256_permute4x64_epi64(_mm256_packs_epi32(x, x), 0x08);
    _mm_storeu_si128((__m128i *)p, _mm256_castsi256_si128(both));
}

/* acc += t*x */
WIDE static void scatter(an_wide_t *t, const int16_t *row, int16_t x) {
    const __m256i by = factor(x);
    for (uint32_t b = 0; b < t->blocks; b++) {
        __m256i *acc = (__m256i *)(t->acc + STEP * b);
        _mm256_store_si256(acc, _mm256_add_epi32(*acc, _mm256_madd_epi16(load(row + t->apart * b), by)));
    }
}

static void scatter_saturating(an_wide_t *t, const int16_t *row, int16_t x) {
    for (uint32_t i = 0; i < t->s->cols; i++)
        t->acc[i] = an_lane_scatter(t->acc[i], row[i / STEP * t->apart + i % STEP], x, &t->s->sat_acc);
}

/* sum of t*y */
WIDE static int64_t gather(const an_wide_t *t, const int16_t *row) {
    __m256i sum = _mm256_setzero_si256();
    for (uint32_t b = 0; b < t->blocks;) {
        const uint32_t end = t->blocks - b < t->segment ? t->blocks : b + t->segment;
        __m128i part = _mm_setzero_si128();
        for (; b < end; b++) {
            const __m128i w = _mm_loadu_si128((const __m128i *)(row + t->apart * b));
            part = _mm_add_epi32(part, _mm_madd_epi16(w, _mm_load_si128((const __m128i *)(t->y_16 + STEP * b))));
        }
        sum = _mm256_add_epi64(sum, _mm256_cvtepi32_epi64(part));
    }
    _Alignas(32) int64_t lane[4];
    _mm256_store_si256((__m256i *)lane, sum);
    return lane[0] + lane[1] + lane[2] + lane[3];
}

WIDE_INLINE void draw(const an_kernel_rnd_t *r, uint32_t z, uint16_t *word) {
    __m256i low = _mm256_setzero_si256(), high = low;
    for (int k = 0; k < 8; k++) {
        const uint16_t *n = r->nibble[k][z >> (4 * k) & 15u];
        low = _mm256_xor_si256(low, _mm256_loadu_si256((const __m256i *)n));
        high = _mm256_xor_si256(high, _mm256_loadu_si256((const __m256i *)(n + 16)));
    }
    _mm256_store_si256((__m256i *)word, low);
    _mm256_store_si256((__m256i *)(word + 16), high);
}

WIDE static void draw_row(an_wide_t *t, uint32_t j, bool second) {
    for (uint32_t at = 0; at < t->s->cols; at += AN_BLOCK_COLUMNS) {
        const uint32_t z = an_rnd_mix(t->s->seed, j, an_rnd_block(t->s->first_block, at));
        draw(t->s->rnd, an_rnd_first(z), t->rnd_a + at);
        if (second)
            draw(t->s->rnd, an_rnd_second(z), t->rnd_b + at);
    }
}

/* the new words of a block, old ones kept beyond the last column */
WIDE_INLINE void put(const an_wide_t *t, uint32_t b, int16_t *p, __m256i old, __m256i new, __m256i over, __m256i *sat) {
    if (b + 1u == t->blocks) {
        const __m256i on = _mm256_load_si256((const __m256i *)t->tail);
        new = _mm256_blendv_epi8(old, new, on);
        over = _mm256_and_si256(over, on);
    }
    *sat = _mm256_or_si256(*sat, over);
    store(p, new);
}

WIDE static void learn_plain(an_wide_t *t, int16_t *row, int16_t x2) {
    const unsigned r = t->s->lsh;
    const __m256i by = factor(x2);
    __m256i sat = _mm256_setzero_si256(), over;
    for (uint32_t b = 0; b < t->blocks; b++) {
        const __m256i w = load(row + STEP * b), y = _mm256_load_si256((const __m256i *)(t->y + STEP * b));
        const __m256i new = narrow(_mm256_madd_epi16(y, by), w, r, load_rnd(t->rnd_a + STEP * b), &over);
        put(t, b, row + STEP * b, w, new, over, &sat);
    }
    t->s->sat_w |= !_mm256_testz_si256(sat, sat);
}

WIDE static void learn_pair(an_wide_t *t, int16_t *row, int16_t x2) {
    const an_pair_t *par = &t->s->par;
    const unsigned r = t->s->lsh;
    const __m256i by = factor(x2), beta = factor(par->beta), kappa = factor(par->kappa), mu = factor(par->mu);
    __m256i sat_v = _mm256_setzero_si256(), sat_w = sat_v, over;
    for (uint32_t b = 0; b < t->blocks; b++) {
        int16_t *p = row + 2 * STEP * b;
        const __m256i w = load(p), v = load(p + STEP), y2 = _mm256_load_si256((const __m256i *)(t->y2 + STEP * b));
        __m256i n = _mm256_sub_epi32(_mm256_madd_epi16(y2, by), _mm256_madd_epi16(v, beta));
        if (par->kappa)
            n = _mm256_sub_epi32(n, _mm256_madd_epi16(w, kappa));
        const __m256i v_new = narrow(n, v, r, load_rnd(t->rnd_a + STEP * b), &over);
        put(t, b, p + STEP, v, v_new, over, &sat_v);
        if (par->mu) {
            const __m256i chosen = t->s->wnew ? v_new : v;
            const __m256i w_new = narrow(_mm256_madd_epi16(chosen, mu), w, par->wsh, load_rnd(t->rnd_b + STEP * b), &over);
            put(t, b, p, w, w_new, over, &sat_w);
        }
    }
    t->s->sat_v |= !_mm256_testz_si256(sat_v, sat_v);
    t->s->sat_w |= !_mm256_testz_si256(sat_w, sat_w);
}

/* by how much any accumulator can still move */
WIDE static int64_t room(const an_wide_t *t) {
    int32_t high = 0, low = 0;
    for (uint32_t i = 0; i < t->s->cols; i++) {
        high = t->acc[i] > high ? t->acc[i] : high;
        low = t->acc[i] < low ? t->acc[i] : low;
    }
    return INT32_MAX - (high > -(int64_t)low ? high : -(int64_t)low);
}

/* what this kernel does itself: eight lanes in a pair projection, products and their sums in 32 bits with room for the rounding bits */
static bool fits(const an_kernel_sweep_t *s, uint32_t y_most) {
    if (s->cols > MOST || s->rows > MOST || y_most > INT16_MAX)
        return false;
    if (!s->pair)
        return true;
    if (s->lanes != STEP || !s->learn)
        return s->lanes == STEP;
    return an_kernel_pair_bound(s) < (1u << 31) - (1u << 17);
}

static void columns(an_wide_t *t) {
    const an_kernel_sweep_t *s = t->s;
    const uint32_t end = t->blocks * STEP;
    for (uint32_t l = 0; l < STEP; l++)
        t->tail[l] = STEP * (t->blocks - 1u) + l < s->cols ? -1 : 0;
    for (uint32_t i = 0; i < end; i++) {
        const bool on = i < s->cols;
        t->y_16[i] = on && (s->gather || (s->learn && !s->pair)) ? s->y[i] : 0;
        t->y[i] = t->y_16[i];
        t->y2[i] = on && s->pair && s->learn ? s->y2[i] : 0;
        t->acc[i] = !on || !s->scatter || s->amode == AN_INIT_ZERO ? 0 : s->amode == AN_INIT_SELF ? s->acc[i] : s->ainit[i];
    }
}

WIDE static void sweep(an_kernel_sweep_t *s) {
    const uint32_t y_most = s->gather ? an_kernel_widest(s->y, s->cols) : 0;
    if (!fits(s, y_most)) {
        an_kernel_portable.sweep(s);
        return;
    }
    an_wide_t t;
    uint16_t list[MOST];
    t.s = s;
    t.blocks = (s->cols + STEP - 1u) / STEP;
    t.apart = s->pair ? 2 * STEP : STEP;
    t.segment = y_most ? 32767u / y_most : MOST; /* every vector adds at most 2 * 2^15 * y_most */
    columns(&t);
    int64_t left = -1;
    s->rows_swept = an_kernel_rows(s, list);
    for (uint32_t k = 0; k < s->rows_swept; k++) {
        const uint32_t j = list[k];
        int16_t *row = s->syn + j * s->stride;
        const int16_t *used = s->pair && s->overv ? row + STEP : row;
        if (s->scatter) {
            const int64_t reach = (int64_t)an_kernel_magnitude(s->x[j]) << 15;
            if (reach > left)
                left = room(&t);
            if (reach > left) {
                scatter_saturating(&t, used, s->x[j]);
                left = -1;
            } else {
                scatter(&t, used, s->x[j]);
                left -= reach;
            }
        }
        if (s->gather)
            an_kernel_finish(s, j, gather(&t, used));
        if (s->learn) {
            draw_row(&t, j, s->pair && s->par.mu);
            s->pair ? learn_pair(&t, row, s->x2[j]) : learn_plain(&t, row, s->x2[j]);
        }
    }
    if (s->scatter)
        memcpy(s->acc, t.acc, s->cols * sizeof s->acc[0]);
}

const an_kernel_t *an_kernel_avx2(void) {
    static const an_kernel_t kernel = {"avx2", an_kernel_portable_vector, an_kernel_portable_reduce, sweep};
    return __builtin_cpu_supports("avx2") ? &kernel : NULL;
}
#else
const an_kernel_t *an_kernel_avx2(void) { return NULL; }
#endif
