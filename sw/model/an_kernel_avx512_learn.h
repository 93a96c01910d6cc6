/* SPDX-License-Identifier: Apache-2.0
 * an_kernel_avx512_learn -- rounding bits and weight updates of 32 columns at once. Included by an_kernel_avx512_sweep.c alone. */
#ifndef AN_KERNEL_AVX512_LEARN_H
#define AN_KERNEL_AVX512_LEARN_H
#include "an_kernel_avx512.h"

#ifdef AN_HAS_AVX512

enum { AN_WIDE_BATCH = 16 }; /* rows whose rounding registers are made together */

/* Register of 16 rows at one block, as four 8x8 bit matrices each: row m of matrix k holds bits 8k+m .. 8k+m+7 of the sequence, so
 * gf2p8affineqb with the constants of an_kernel_rnd_init gives any eight bits of the sequence in a byte. */
AN_WIDE_INLINE void matrices(__m512i z, uint64_t out[4][AN_WIDE_BATCH]) {
    for (int half = 0; half < 2; half++) {
        const __m256i part = half ? _mm512_extracti64x4_epi64(z, 1) : _mm512_castsi512_si256(z);
        const __m512i q = _mm512_slli_epi64(_mm512_cvtepu32_epi64(part), 32);
        /* seven bits more: n_m = s_m ^ s_(m+2) ^ s_(m+6) ^ s_(m+7) */
        __m512i u = _mm512_xor_si512(_mm512_srli_epi64(q, 32), _mm512_srli_epi64(q, 30));
        u = _mm512_ternarylogic_epi64(u, _mm512_srli_epi64(q, 26), _mm512_srli_epi64(q, 25), 0x96);
        u = _mm512_and_si512(u, _mm512_set1_epi64(0xFE000000));
        const __m512i sequence = _mm512_or_si512(q, u);
        for (int k = 0; k < 4; k++) {
            const int64_t top = 56 - 8 * k; /* where the byte of matrix row 0 lies; row m is m bits newer */
            const __m512i from = _mm512_set1_epi64((int64_t)(0x0101010101010101u * (uint64_t)top - 0x0706050403020100u));
            _mm512_store_si512(&out[k][8 * half], _mm512_multishift_epi64_epi8(from, sequence));
        }
    }
}

typedef struct an_wide_map { __m512i k[4]; } an_wide_map_t;

/* the 32 words of a block */
AN_WIDE_INLINE __m512i draw(const an_wide_map_t *map, const uint64_t in[4][AN_WIDE_BATCH], uint32_t at) {
    const __m512i a = _mm512_gf2p8affine_epi64_epi8(map->k[0], _mm512_set1_epi64((int64_t)in[0][at]), 0);
    const __m512i b = _mm512_gf2p8affine_epi64_epi8(map->k[1], _mm512_set1_epi64((int64_t)in[1][at]), 0);
    const __m512i c = _mm512_gf2p8affine_epi64_epi8(map->k[2], _mm512_set1_epi64((int64_t)in[2][at]), 0);
    const __m512i d = _mm512_gf2p8affine_epi64_epi8(map->k[3], _mm512_set1_epi64((int64_t)in[3][at]), 0);
    return _mm512_xor_si512(_mm512_ternarylogic_epi64(a, b, c, 0x96), d);
}

/* w + narrowed factor*y where the narrowed product fits 16 bits (high: r >= 16, always; else by bound) */
AN_WIDE_INLINE __m512i learn_16(__m512i w, __m512i y, __m512i factor, unsigned r, bool high, __m512i rnd, __m512i *sat) {
    const __m512i low_half = _mm512_mullo_epi16(y, factor), high_half = _mm512_mulhi_epi16(y, factor);
    __m512i whole, fraction;
    if (high) {
        const __m512i by = _mm512_set1_epi16((int16_t)(r - 16u));
        fraction = _mm512_shrdv_epi16(low_half, high_half, by);
        whole = _mm512_srav_epi16(high_half, by);
    } else {
        fraction = _mm512_sllv_epi16(low_half, _mm512_set1_epi16((int16_t)(16u - r)));
        whole = _mm512_shrdv_epi16(low_half, high_half, _mm512_set1_epi16((int16_t)r));
    }
    const __mmask32 carry = _mm512_cmplt_epu16_mask(_mm512_add_epi16(fraction, rnd), rnd);
    const __m512i step = _mm512_mask_sub_epi16(whole, carry, whole, _mm512_set1_epi16(-1));
    const __m512i cut = _mm512_adds_epi16(w, step);
    *sat = _mm512_ternarylogic_epi64(*sat, cut, _mm512_add_epi16(w, step), 0xF6); /* sat | (cut ^ sum) */
    return cut;
}

/* 16 columns: n narrowed plus w; *sat gathers w + 2^15, whose upper half is not zero where w left 16 bits */
AN_WIDE_INLINE __m512i narrow_32(__m512i n, unsigned r, __m512i w, __m512i rnd, __m512i *sat) {
    __m512i sum;
    if (r >= 16) {
        sum = _mm512_srai_epi32(_mm512_add_epi32(_mm512_sra_epi32(n, _mm_cvtsi32_si128((int)r - 16)), rnd), 16);
    } else {
        const __m512i fraction = _mm512_and_si512(_mm512_sll_epi32(n, _mm_cvtsi32_si128(16 - (int)r)), _mm512_set1_epi32(0xFFFF));
        sum = _mm512_add_epi32(_mm512_sra_epi32(n, _mm_cvtsi32_si128((int)r)), _mm512_srli_epi32(_mm512_add_epi32(fraction, rnd), 16));
    }
    sum = _mm512_add_epi32(sum, w);
    *sat = _mm512_or_si512(*sat, _mm512_srli_epi32(_mm512_add_epi32(sum, _mm512_set1_epi32(32768)), 16));
    return sum;
}

/* 32 columns in unpack order: n_low, n_high narrowed and added to w */
AN_WIDE_INLINE __m512i learn_32(__m512i w, __m512i n_low, __m512i n_high, unsigned r, __m512i rnd, __m512i *sat) {
    const __m512i zero = _mm512_setzero_si512();
    const __m512i w_low = _mm512_srai_epi32(_mm512_unpacklo_epi16(zero, w), 16), w_high = _mm512_srai_epi32(_mm512_unpackhi_epi16(zero, w), 16);
    const __m512i low = narrow_32(n_low, r, w_low, _mm512_unpacklo_epi16(rnd, zero), sat);
    const __m512i high = narrow_32(n_high, r, w_high, _mm512_unpackhi_epi16(rnd, zero), sat);
    return _mm512_packs_epi32(low, high);
}

AN_WIDE_INLINE __m512i product_32(__m512i w, __m512i y, __m512i factor, unsigned r, __m512i rnd, __m512i *sat) {
    const __m512i zero = _mm512_setzero_si512();
    return learn_32(w, _mm512_madd_epi16(_mm512_unpacklo_epi16(y, zero), factor), _mm512_madd_epi16(_mm512_unpackhi_epi16(y, zero), factor), r, rnd, sat);
}

/* the new v where x2*y2 - beta*v - kappa*w fits 32 bits; x2_beta = (x2, -beta), kappa = (-kappa, 0) */
AN_WIDE_INLINE __m512i learn_v32(__m512i v, __m512i w, __m512i y2, __m512i x2_beta, __m512i kappa, unsigned r, __m512i rnd, __m512i *sat) {
    const __m512i zero = _mm512_setzero_si512();
    const __m512i low = _mm512_dpwssd_epi32(_mm512_madd_epi16(_mm512_unpacklo_epi16(y2, v), x2_beta), _mm512_unpacklo_epi16(w, zero), kappa);
    const __m512i high = _mm512_dpwssd_epi32(_mm512_madd_epi16(_mm512_unpackhi_epi16(y2, v), x2_beta), _mm512_unpackhi_epi16(w, zero), kappa);
    return learn_32(v, low, high, r, rnd, sat);
}

/* the new v in 64 bits, eight columns at a time */
AN_WIDE_INLINE __m512i learn_v64(__m512i v, __m512i w, __m512i y2, int16_t x2, const an_pair_t *par, unsigned r, __m512i rnd, uint32_t *sat) {
    const __m512i x2_all = _mm512_set1_epi64(x2), beta = _mm512_set1_epi64(par->beta), kappa = _mm512_set1_epi64(par->kappa);
    _Alignas(64) int16_t in[4][32], out[32];
    _mm512_store_si512(in[0], v);
    _mm512_store_si512(in[1], w);
    _mm512_store_si512(in[2], y2);
    _mm512_store_si512(in[3], rnd);
    for (int i = 0; i < 32; i += 8) {
        const __m512i v8 = _mm512_cvtepi16_epi64(_mm_load_si128((const __m128i *)&in[0][i]));
        const __m512i w8 = _mm512_cvtepi16_epi64(_mm_load_si128((const __m128i *)&in[1][i]));
        const __m512i y8 = _mm512_cvtepi16_epi64(_mm_load_si128((const __m128i *)&in[2][i]));
        const __m512i rnd8 = _mm512_cvtepu16_epi64(_mm_load_si128((const __m128i *)&in[3][i]));
        __m512i n = _mm512_mul_epi32(x2_all, y8);
        n = _mm512_sub_epi64(n, _mm512_sll_epi64(_mm512_mul_epi32(beta, v8), _mm_cvtsi32_si128((int)(8u * par->bsh))));
        n = _mm512_sub_epi64(n, _mm512_sll_epi64(_mm512_mul_epi32(kappa, w8), _mm_cvtsi32_si128((int)(8u * par->ksh))));
        const __m512i cut_off = r >= 16 ? _mm512_srl_epi64(n, _mm_cvtsi32_si128((int)r - 16)) : _mm512_sll_epi64(n, _mm_cvtsi32_si128(16 - (int)r));
        const __m512i fraction = _mm512_and_si512(cut_off, _mm512_set1_epi64(0xFFFF));
        __m512i sum = _mm512_add_epi64(_mm512_sra_epi64(n, _mm_cvtsi32_si128((int)r)), v8);
        sum = _mm512_add_epi64(sum, _mm512_srli_epi64(_mm512_add_epi64(fraction, rnd8), 16));
        const __m512i cut = _mm512_min_epi64(_mm512_max_epi64(sum, _mm512_set1_epi64(INT16_MIN)), _mm512_set1_epi64(INT16_MAX));
        *sat |= _mm512_cmpneq_epi64_mask(sum, cut);
        _mm_store_si128((__m128i *)&out[i], _mm512_cvtepi64_epi16(cut));
    }
    return _mm512_load_si512(out);
}

#endif
#endif
