/* SPDX-License-Identifier: Apache-2.0
 * an_rnd -- rounding bits of a row: a function of key, tick, row and column (docs/machine.md section 5). Mirror: rtl an_rnd. */
#ifndef AN_RND_H
#define AN_RND_H
#include <stdint.h>
#include "an_spec.h"

typedef struct an_rnd { uint32_t a, b; } an_rnd_t;

/* what key and tick are for all rows of a sweep: key ^ tick with its bits reversed */
static inline uint32_t an_rnd_seed(uint32_t key, uint32_t tick) {
    uint32_t x = tick;
    x = (x >> 1 & 0x55555555u) | (x & 0x55555555u) << 1;
    x = (x >> 2 & 0x33333333u) | (x & 0x33333333u) << 2;
    x = (x >> 4 & 0x0F0F0F0Fu) | (x & 0x0F0F0F0Fu) << 4;
    x = (x >> 8 & 0x00FF00FFu) | (x & 0x00FF00FFu) << 8;
    return key ^ (x >> 16 | x << 16);
}

static inline uint32_t an_rnd_rotr(uint32_t x, unsigned n) { return x >> n | x << (32u - n); }

/* block of a column, of the whole projection: 64 of them */
static inline uint32_t an_rnd_block(uint32_t first_block, uint32_t column) { return (first_block + column / AN_BLOCK_COLUMNS) & 63u; }

/* the mixed seed of block `block` of 32 columns of row `row` */
static inline uint32_t an_rnd_mix(uint32_t seed, uint32_t row, uint32_t block) {
    uint32_t z = seed ^ row << AN_ROW_AT ^ block << AN_BLOCK_AT;
    for (unsigned i = 0; i < AN_ROUNDS; i++) {
        const uint32_t y = z ^ an_rnd_rotr(z, AN_ROTR_A) ^ an_rnd_rotr(z, AN_ROTR_B);
        z = y + (y << AN_SHIFT) + 1u;
    }
    return z;
}

/* registers A and B at the block's first column; never zero */
static inline uint32_t an_rnd_first(uint32_t z) { return z | 1u << 31; }
static inline uint32_t an_rnd_second(uint32_t z) { return ((z << 16 | z >> 16) ^ AN_SECOND_XOR) | 1u << 31; }

/* 16 steps of the linear register: the next column. The 16 new bits depend on old ones alone */
static inline uint32_t an_rnd_leap(uint32_t s) { return s << 16 | ((s >> 16 ^ s >> 14 ^ s >> 10 ^ s >> 9) & 0xFFFFu); }

/* registers of the given column of a row; columns must be asked for in order 0, 1, 2, ... */
void an_rnd_column(an_rnd_t *r, uint32_t seed, uint32_t row, uint32_t column, uint32_t first_block);

#endif
