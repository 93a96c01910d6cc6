/* SPDX-License-Identifier: Apache-2.0 */
#include "an_rng.h"

uint64_t an_rng_next(an_rng_t *r)
{
    uint64_t z = r->s += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

an_rng_t an_rng_of(uint64_t seed, const char *purpose, uint64_t index)
{
    an_rng_t r = {seed};
    uint64_t h = an_rng_next(&r);
    for (; *purpose; purpose++)
        h = (h ^ (unsigned char)*purpose) * 0x100000001B3u;
    r.s = h;
    r.s = an_rng_next(&r) ^ index;
    r.s = an_rng_next(&r);
    return r;
}

/* The low part of 64 x 64 bits is thrown away and drawn again where it would favour small numbers (Lemire). */
uint64_t an_rng_below(an_rng_t *r, uint64_t n)
{
    for (;;) {
        unsigned __int128 m = (unsigned __int128)an_rng_next(r) * n;
        if ((uint64_t)m >= (0 - n) % n)
            return (uint64_t)(m >> 64);
    }
}

double an_rng_unit(an_rng_t *r) { return (double)(an_rng_next(r) >> 11) * 0x1p-53; }

void an_rng_shuffle(an_rng_t *r, uint32_t *order, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t j = (size_t)an_rng_below(r, i + 1);
        order[i] = order[j];
        order[j] = (uint32_t)i;
    }
}
