/* SPDX-License-Identifier: Apache-2.0 */
#include "an_rnd.h"
#include "an_spec.h"

uint32_t an_rnd_mix(uint32_t key, uint32_t row, uint32_t block, uint32_t tickmix) {
    uint32_t z = (key + row * AN_ROW_MUL + block * AN_BLOCK_MUL) ^ tickmix;
    z += z << 10;
    z ^= z >> 6;
    z += z << 3;
    z ^= z >> 11;
    z += z << 15;
    return z ? z : AN_ZERO_SEED;
}

uint32_t an_rnd_second(uint32_t a) {
    const uint32_t b = (a << 16 | a >> 16) ^ AN_SECOND_XOR;
    return b ? b : AN_ZERO_SEED;
}

uint32_t an_rnd_leap(uint32_t s) {
    for (int i = 0; i < 16; i++)
        s = s << 1 | ((s >> 31 ^ s >> 21 ^ s >> 1 ^ s) & 1u);
    return s;
}

void an_rnd_column(an_rnd_t *r, uint32_t key, uint32_t row, uint32_t column, uint32_t tickmix) {
    if (column % AN_BLOCK_COLUMNS == 0) {
        r->a = an_rnd_mix(key, row, column / AN_BLOCK_COLUMNS, tickmix);
        r->b = an_rnd_second(r->a);
    } else {
        r->a = an_rnd_leap(r->a);
        r->b = an_rnd_leap(r->b);
    }
}
