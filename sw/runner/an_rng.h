/* SPDX-License-Identifier: Apache-2.0
 * an_rng -- splitmix64: the host's random numbers. What they are is a function of seed, purpose and index alone, never of the
 * target or of how the work is cut into batches. */
#ifndef AN_RNG_H
#define AN_RNG_H
#include <stddef.h>
#include <stdint.h>

typedef struct an_rng { uint64_t s; } an_rng_t;

/* purpose: "shuffle", "sign", ...; index: epoch, sample, ... */
an_rng_t an_rng_of(uint64_t seed, const char *purpose, uint64_t index);
uint64_t an_rng_next(an_rng_t *r);
uint64_t an_rng_below(an_rng_t *r, uint64_t n); /* 0..n-1, n >= 1 */
double an_rng_unit(an_rng_t *r);                /* [0, 1) */
/* 0..n-1 in random order */
void an_rng_shuffle(an_rng_t *r, uint32_t *order, size_t n);

#endif
