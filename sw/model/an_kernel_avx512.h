/* SPDX-License-Identifier: Apache-2.0
 * an_kernel_avx512 -- what the two files of the AVX-512 kernel share. */
#ifndef AN_KERNEL_AVX512_H
#define AN_KERNEL_AVX512_H
#include "an_kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define AN_HAS_AVX512 1
#include <immintrin.h>
#define AN_WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,avx512vnni,gfni")))
#define AN_WIDE_INLINE AN_WIDE static inline __attribute__((always_inline))

an_kernel_vector_fn an_wide_vector; /* an_kernel_avx512.c */
an_kernel_reduce_fn an_wide_reduce;
void an_wide_sweep(an_kernel_sweep_t *s); /* an_kernel_avx512_sweep.c */
#endif
#endif
