/* SPDX-License-Identifier: Apache-2.0
 * an_gen_draw -- random numbers of the generator, and what its two files share. */
#ifndef AN_GEN_DRAW_H
#define AN_GEN_DRAW_H
#include "an_gen.h"

enum { AN_GEN_COUNTS = 4 }; /* scalars 0..3 hold their own number, for LOOP, and are never written */

/* splitmix64 */
static inline uint64_t an_gen_draw(uint64_t *rng) {
    uint64_t z = *rng += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* zeroed; aborts if memory is out */
void *an_gen_words(size_t n, size_t size);
/* writes the programs of all cores: prog, n_prog, entry, n_input, n_output */
void an_gen_programs(an_gen_t *g, uint64_t *rng);

#endif
