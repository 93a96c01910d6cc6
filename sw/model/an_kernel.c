/* SPDX-License-Identifier: Apache-2.0
 * What the kernels share: the linear maps of the rounding register, bounds, and the list of rows. */
#include "an_kernel.h"
#include "an_kernel_clones.h"
#include <string.h>

/* Time runs with the register's shift: bit t of the sequence is bit 31-t of the register for t < 32, and
 * bit t = bit t-32 ^ bit t-30 ^ bit t-26 ^ bit t-25 from there on. map[t]: which bits 0..31 it is the xor of, bit b in 31-b. */
enum { SEQUENCE = 16 * (AN_BLOCK_COLUMNS + 1) };

static void sequence_map(uint32_t map[SEQUENCE]) {
    for (unsigned t = 0; t < SEQUENCE; t++)
        map[t] = t < 32 ? 0x80000000u >> t : map[t - 32] ^ map[t - 30] ^ map[t - 26] ^ map[t - 25];
}

void an_kernel_rnd_init(an_kernel_rnd_t *r) {
    uint32_t map[SEQUENCE];
    sequence_map(map);
    for (unsigned n = 0; n < 8; n++)
        for (uint32_t value = 0; value < 16; value++)
            for (unsigned column = 0; column < AN_BLOCK_COLUMNS; column++) {
                unsigned word = 0;
                for (unsigned bit = 0; bit < 16; bit++)
                    word = word << 1 | (unsigned)__builtin_parity(map[16 + 16 * column + bit] & value << (4 * n));
                r->nibble[n][value][column] = (uint16_t)word;
            }
    /* Byte i of the 64 result bytes holds sequence bits T..T+7, the oldest on top; bit T+m is bit T of the sequence begun m later, so
     * one row of coefficients serves all eight (an_kernel_avx512.c). The low byte of a word is the newer one. */
    for (unsigned i = 0; i < 64; i++) {
        const unsigned t = 16 + i / 2 * 16 + (i % 2 ? 0 : 8);
        for (unsigned k = 0; k < 4; k++)
            r->affine[k][i] = (uint8_t)(map[t] >> (24 - 8 * k));
    }
}

CLONES uint32_t an_kernel_widest(const int16_t *p, uint32_t n) {
    uint32_t most = 0;
    for (uint32_t i = 0; i < n; i++)
        most = an_kernel_magnitude(p[i]) > most ? an_kernel_magnitude(p[i]) : most;
    return most;
}

uint64_t an_kernel_pair_bound(const an_kernel_sweep_t *s) {
    const an_pair_t *p = &s->par;
    if ((p->beta && p->bsh) || (p->kappa && p->ksh))
        return UINT64_MAX;
    const uint64_t weights = 32768u * ((uint64_t)an_kernel_magnitude(p->beta) + an_kernel_magnitude(p->kappa));
    return (uint64_t)an_kernel_widest(s->x2, s->rows) * an_kernel_widest(s->y2, s->cols) + weights;
}

uint32_t an_kernel_rows(const an_kernel_sweep_t *s, uint16_t *list) {
    const bool forgets = s->pair && s->learn && (s->par.beta || s->par.kappa || s->par.mu);
    const bool all = !s->drop || (s->learn && forgets);
    uint32_t n = 0;
    for (uint32_t j = 0; j < s->rows; j++) {
        list[n] = (uint16_t)j;
        n += all || (j == 0 && s->scatter && s->amode != AN_INIT_SELF) || (s->scatter && s->x[j]) || (s->learn && s->x2[j]);
    }
    return n;
}
