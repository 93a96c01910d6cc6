/* SPDX-License-Identifier: Apache-2.0 */
#include "an_rnd.h"

void an_rnd_column(an_rnd_t *r, uint32_t seed, uint32_t row, uint32_t column, uint32_t first_block) {
    if (column % AN_BLOCK_COLUMNS == 0) {
        const uint32_t z = an_rnd_mix(seed, row, an_rnd_block(first_block, column));
        r->a = an_rnd_first(z);
        r->b = an_rnd_second(z);
    } else {
        r->a = an_rnd_leap(r->a);
        r->b = an_rnd_leap(r->b);
    }
}
