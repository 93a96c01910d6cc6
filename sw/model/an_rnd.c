/* SPDX-License-Identifier: Apache-2.0 */
#include "an_rnd.h"
#include "an_spec.h"

uint32_t an_rnd_seed(uint32_t key, uint32_t tick) {
    uint32_t reversed = 0;
    for (int i = 0; i < 32; i++)
        reversed |= (tick >> i & 1u) << (31 - i);
    return key ^ reversed;
}

static uint32_t rotr(uint32_t x, unsigned n) { return x >> n | x << (32u - n); }

uint32_t an_rnd_mix(uint32_t seed, uint32_t row, uint32_t block) {
    uint32_t z = seed ^ row << AN_ROW_AT ^ block << AN_BLOCK_AT;
    for (unsigned i = 0; i < AN_ROUNDS; i++) {
        const uint32_t y = z ^ rotr(z, AN_ROTR_A) ^ rotr(z, AN_ROTR_B);
        z = y + (y << AN_SHIFT) + 1u;
    }
    return z;
}

uint32_t an_rnd_first(uint32_t z) { return z | 1u << 31; }

uint32_t an_rnd_second(uint32_t z) { return ((z << 16 | z >> 16) ^ AN_SECOND_XOR) | 1u << 31; }

/* the 16 new bits depend on old ones alone */
uint32_t an_rnd_leap(uint32_t s) { return s << 16 | ((s >> 16 ^ s >> 14 ^ s >> 10 ^ s >> 9) & 0xFFFFu); }

void an_rnd_column(an_rnd_t *r, uint32_t seed, uint32_t row, uint32_t column) {
    if (column % AN_BLOCK_COLUMNS == 0) {
        const uint32_t z = an_rnd_mix(seed, row, column / AN_BLOCK_COLUMNS);
        r->a = an_rnd_first(z);
        r->b = an_rnd_second(z);
    } else {
        r->a = an_rnd_leap(r->a);
        r->b = an_rnd_leap(r->b);
    }
}
