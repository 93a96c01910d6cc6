/* SPDX-License-Identifier: Apache-2.0
 * an_rnd -- rounding bits of a row: a function of key, tick, row and column (docs/machine.md section 5). */
#ifndef AN_RND_H
#define AN_RND_H
#include <stdint.h>

typedef struct an_rnd { uint32_t a, b; } an_rnd_t;

/* what key and tick are for all rows of a sweep: key ^ tick with its bits reversed */
uint32_t an_rnd_seed(uint32_t key, uint32_t tick);
/* the mixed seed of block `block` of 32 columns of row `row` */
uint32_t an_rnd_mix(uint32_t seed, uint32_t row, uint32_t block);
/* registers A and B at the block's first column; never zero */
uint32_t an_rnd_first(uint32_t z);
uint32_t an_rnd_second(uint32_t z);
/* 16 steps of the linear register: the next column */
uint32_t an_rnd_leap(uint32_t s);
/* registers of the given column of a row; columns must be asked for in order 0, 1, 2, ... */
void an_rnd_column(an_rnd_t *r, uint32_t seed, uint32_t row, uint32_t column);

#endif
