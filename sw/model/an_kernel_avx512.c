/* SPDX-License-Identifier: Apache-2.0
 * Vector instructions, 16 neurons at a time. Lanes beyond n are zero in every operand, so that they neither saturate nor count. */
#include "an_kernel_avx512.h"
#include "an_num.h"

#ifndef AN_HAS_AVX512
const an_kernel_t *an_kernel_avx512(void) { return NULL; }
#else

/* the first n of 16 */
static inline __mmask16 first(uint32_t n) { return (__mmask16)(n >= 16 ? 0xFFFFu : (1u << n) - 1u); }

/* 16 neurons of an operand as s32f24 */
AN_WIDE_INLINE __m512i operand(unsigned space, const void *p, uint32_t i, __mmask16 m) {
    switch (space) {
    case AN_SRC_S: return _mm512_maskz_loadu_epi32(m, (const int32_t *)p + i);
    case AN_SRC_R: return _mm512_slli_epi32(_mm512_cvtepi16_epi32(_mm256_maskz_loadu_epi16(m, (const int16_t *)p + i)), 12);
    case AN_SRC_K: return _mm512_maskz_set1_epi32(m, *(const int32_t *)p);
    default: return _mm512_setzero_si512();
    }
}

/* floor((x + 2^11) / 2^12), clamped to 16 bits; lanes that clamp are added to *acted */
AN_WIDE_INLINE __m512i to_rate(__m512i x, __mmask16 *acted) {
    const __m512i y = _mm512_srai_epi32(_mm512_add_epi32(_mm512_srai_epi32(x, 11), _mm512_set1_epi32(1)), 1);
    const __m512i cut = _mm512_min_epi32(_mm512_max_epi32(y, _mm512_set1_epi32(INT16_MIN)), _mm512_set1_epi32(INT16_MAX));
    *acted |= _mm512_cmpneq_epi32_mask(y, cut);
    return cut;
}

AN_WIDE_INLINE __m512i factor(unsigned space, const void *p, uint32_t i, __mmask16 m, __mmask16 *clip) {
    if (space == AN_SRC_R)
        return _mm512_cvtepi16_epi32(_mm256_maskz_loadu_epi16(m, (const int16_t *)p + i));
    return to_rate(operand(space, p, i, m), clip);
}

/* a + b or a - b, saturated */
AN_WIDE_INLINE __m512i add(__m512i a, __m512i b, bool minus, __mmask16 *sat) {
    const __m512i y = minus ? _mm512_sub_epi32(a, b) : _mm512_add_epi32(a, b);
    /* overflow: the result's sign differs from a's, though a and +-b have one sign */
    const __m512i signs = minus ? _mm512_xor_si512(a, b) : _mm512_xor_si512(y, b);
    const __mmask16 over = _mm512_movepi32_mask(_mm512_and_si512(_mm512_xor_si512(a, y), signs));
    *sat |= over;
    return _mm512_mask_xor_epi32(y, over, _mm512_srai_epi32(a, 31), _mm512_set1_epi32(INT32_MAX));
}

/* eight 64-bit products p: floor((+-p + 2^(r-1)) / 2^r) + c, saturated */
AN_WIDE_INLINE __m512i narrow(__m512i p, __m512i c, bool neg, unsigned r, __mmask8 *sat) {
    if (neg)
        p = _mm512_sub_epi64(_mm512_setzero_si512(), p);
    p = _mm512_sra_epi64(_mm512_add_epi64(p, _mm512_set1_epi64((int64_t)1 << (r - 1u))), _mm_cvtsi32_si128((int)r));
    p = _mm512_add_epi64(p, c);
    const __m512i cut = _mm512_min_epi64(_mm512_max_epi64(p, _mm512_set1_epi64(INT32_MIN)), _mm512_set1_epi64(INT32_MAX));
    *sat |= _mm512_cmpneq_epi64_mask(p, cut);
    return cut;
}

AN_WIDE_INLINE __m512i product(__m512i a, __m512i b, __m512i c, bool neg, unsigned r, __mmask16 *sat) {
    __mmask8 over = 0;
    const __m512i even = narrow(_mm512_mul_epi32(a, b), _mm512_srai_epi64(_mm512_slli_epi64(c, 32), 32), neg, r, &over);
    const __m512i odd = narrow(_mm512_mul_epi32(_mm512_srli_epi64(a, 32), _mm512_srli_epi64(b, 32)), _mm512_srai_epi64(c, 32), neg, r, &over);
    *sat |= over;
    return _mm512_mask_blend_epi32(0xAAAA, even, _mm512_slli_epi64(odd, 32));
}

AN_WIDE_INLINE __m512i lookup(const int16_t *table_f12, __m512i a, unsigned k) {
    const __m512i half = _mm512_set1_epi32((int32_t)1 << (AN_F_STATE + k));
    const __m512i low = _mm512_sub_epi32(_mm512_setzero_si512(), half);
    a = _mm512_min_epi32(_mm512_max_epi32(a, low), _mm512_sub_epi32(half, _mm512_set1_epi32(1)));
    const __m512i u = _mm512_add_epi32(a, half);
    const __m512i i = _mm512_srl_epi32(u, _mm_cvtsi32_si128((int)(17u + k)));
    const __m512i f = _mm512_and_si512(_mm512_srl_epi32(u, _mm_cvtsi32_si128((int)(2u + k))), _mm512_set1_epi32(0x7FFF));
    /* both points in one read; the last point is its own neighbour (the memory goes on behind it: AN_MEM_SLACK) */
    const __m512i both = _mm512_i32gather_epi32(i, table_f12, 2);
    const __m512i t0 = _mm512_srai_epi32(_mm512_slli_epi32(both, 16), 16);
    const __mmask16 last = _mm512_cmpeq_epi32_mask(i, _mm512_set1_epi32(AN_TABLE_POINTS - 1));
    const __m512i t1 = _mm512_mask_mov_epi32(_mm512_srai_epi32(both, 16), last, t0);
    const __m512i slope = _mm512_sub_epi32(t1, t0);
    const __m512i rise = _mm512_srai_epi32(_mm512_add_epi32(_mm512_mullo_epi32(slope, f), _mm512_set1_epi32(4)), 3);
    return _mm512_add_epi32(rise, _mm512_slli_epi32(t0, 12));
}

AN_WIDE_INLINE __m512i clip(__m512i x, unsigned post) {
    const __m512i one = _mm512_set1_epi32((int32_t)1 << AN_F_STATE);
    switch (post) {
    case AN_POST_UNIT: return _mm512_min_epi32(_mm512_max_epi32(x, _mm512_setzero_si512()), one);
    case AN_POST_SYM: return _mm512_min_epi32(_mm512_max_epi32(x, _mm512_sub_epi32(_mm512_setzero_si512(), one)), one);
    case AN_POST_POS: return _mm512_max_epi32(x, _mm512_setzero_si512());
    default: return x;
    }
}

AN_WIDE unsigned an_wide_vector(const an_kernel_form_t *form, uint32_t n, const void *a, const void *b, const void *c, int32_t *state, int16_t *rate) {
    const an_kernel_form_t f = *form;
    const unsigned r = (unsigned)(12 + f.sh);
    __mmask16 sat = 0, clipped = 0;
    for (uint32_t i = 0; i < n; i += 16) {
        const __mmask16 m = first(n - i);
        const __m512i x = operand(f.asp, a, i, m);
        __m512i y;
        switch (f.op) {
        case AN_OP_ADD: y = add(x, operand(f.bsp, b, i, m), f.neg, &sat); break;
        case AN_OP_MIN: y = _mm512_min_epi32(x, operand(f.bsp, b, i, m)); break;
        case AN_OP_MAX: y = _mm512_max_epi32(x, operand(f.bsp, b, i, m)); break;
        case AN_OP_SEL: y = _mm512_mask_mov_epi32(operand(f.bsp, b, i, m), _mm512_movepi32_mask(x), operand(f.csp, c, i, m)); break;
        case AN_OP_MUL: y = product(x, factor(f.bsp, b, i, m, &clipped), _mm512_setzero_si512(), f.neg, r, &sat); break;
        case AN_OP_MAC: y = product(x, factor(f.bsp, b, i, m, &clipped), operand(f.csp, c, i, m), f.neg, r, &sat); break;
        case AN_OP_LEAK: {
            const __m512i z = operand(f.csp, c, i, m);
            y = product(add(x, z, true, &sat), factor(f.bsp, b, i, m, &clipped), z, f.neg, r, &sat);
            break;
        }
        default: y = lookup(b, x, (unsigned)f.sh & 7u); break;
        }
        y = clip(y, f.post);
        if (rate != NULL) {
            __mmask16 over = 0;
            const __m512i z = to_rate(y, &over);
            sat |= over & m;
            _mm256_mask_storeu_epi16(rate + i, m, _mm512_cvtepi32_epi16(z));
        }
        if (state != NULL)
            _mm512_mask_storeu_epi32(state + i, m, y);
    }
    return (sat ? AN_KERNEL_SAT : 0) | (clipped ? AN_KERNEL_CLIP : 0);
}

AN_WIDE_INLINE int64_t sum_of(__m512i x) {
    const __m512i low = _mm512_cvtepi32_epi64(_mm512_castsi512_si256(x));
    return _mm512_reduce_add_epi64(_mm512_add_epi64(low, _mm512_cvtepi32_epi64(_mm512_extracti64x4_epi64(x, 1))));
}

AN_WIDE int64_t an_wide_reduce(const an_kernel_form_t *form, uint32_t n, const void *a, const void *b, uint32_t *index, unsigned *bits) {
    const an_kernel_form_t f = *form;
    __mmask16 clipped = 0;
    int64_t sum = 0;
    __m512i best = _mm512_set1_epi32(INT32_MIN);
    for (uint32_t i = 0; i < n; i += 16) {
        const __mmask16 m = first(n - i);
        if (f.op == AN_OP_SUM)
            sum += sum_of(operand(f.asp, a, i, m));
        else if (f.op == AN_OP_DOT)
            sum += sum_of(_mm512_mullo_epi32(factor(f.asp, a, i, m, &clipped), factor(f.bsp, b, i, m, &clipped)));
        else
            best = _mm512_mask_max_epi32(best, m, best, operand(f.asp, a, i, m));
    }
    *bits = clipped ? AN_KERNEL_CLIP : 0;
    if (f.op != AN_OP_AMAX)
        return sum;
    const int32_t high = _mm512_reduce_max_epi32(best);
    for (uint32_t i = 0; i < n; i += 16) {
        const __mmask16 m = first(n - i);
        const __mmask16 hit = _mm512_mask_cmpeq_epi32_mask(m, operand(f.asp, a, i, m), _mm512_set1_epi32(high));
        if (hit) {
            *index = i + (uint32_t)__builtin_ctz(hit);
            break;
        }
    }
    return high;
}

const an_kernel_t *an_kernel_avx512(void) {
    static const an_kernel_t kernel = {"avx512", an_wide_vector, an_wide_reduce, an_wide_sweep};
    const bool there = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                       __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
                       __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("gfni");
    return there ? &kernel : NULL;
}
#endif
