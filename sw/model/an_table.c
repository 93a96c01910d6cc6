/* SPDX-License-Identifier: Apache-2.0 */
#include "an_table.h"
#include "an_num.h"

int32_t an_table(const int16_t *table_f12, int32_t a_f24, unsigned k) {
    const int64_t half = (int64_t)1 << (AN_F_STATE + k);
    const int64_t a = a_f24 < -half ? -half : a_f24 > half - 1 ? half - 1 : a_f24;
    const uint64_t u = (uint64_t)(a + half);
    const unsigned i = (unsigned)(u >> (17u + k));
    const int64_t f = (int64_t)(u >> (2u + k) & 0x7FFFu);
    const int16_t t0 = table_f12[i];
    const int16_t t1 = table_f12[i + 1u < AN_TABLE_POINTS ? i + 1u : AN_TABLE_POINTS - 1u];
    bool never = false;
    return an_narrow_s32((int64_t)(t1 - t0) * f, 3, t0 * (1 << 12), &never);
}
