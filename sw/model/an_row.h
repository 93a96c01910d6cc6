/* SPDX-License-Identifier: Apache-2.0
 * an_row -- the row unit of a sweep: scalars of a group of P rows, which rows are skipped, gathered sums (docs/machine.md
 * section 5). Row j is lane j mod P of group j / P. */
#ifndef AN_ROW_H
#define AN_ROW_H
#include "an_sweep.h"

typedef struct an_row {
    uint32_t group, rows;   /* rows of this group, 1..P */
    int16_t x_f12[8], x2_f12[8];
    bool skipped[8];
    int64_t sum_f24[8];
} an_row_t;

void an_row_open(an_row_t *r, const an_core_t *c, const an_sweep_t *s, uint32_t group);
/* narrows and writes the sums of the group, a clamp sets *sat; raw: writes them in two words, the low one a clock later */
void an_row_close(const an_row_t *r, an_core_t *c, const an_sweep_t *s, uint64_t clock, bool *sat);

#endif
