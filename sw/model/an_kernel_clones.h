/* SPDX-License-Identifier: Apache-2.0
 * an_kernel_clones -- CLONES before a function of the portable kernel: compiled twice, the better one for the processor is taken when
 * the program starts. Plain C in both: loops that a compiler can turn into vector instructions. */
#ifndef AN_KERNEL_CLONES_H
#define AN_KERNEL_CLONES_H

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define CLONES __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define CLONES
#endif

#endif
