/* SPDX-License-Identifier: Apache-2.0 */
#include "an_recip.h"
#include "an_num.h"

int32_t an_recip(int32_t a_f24, int sh, bool *sat) {
    AN_CHECK(sh >= -8 && sh <= 15);
    if (a_f24 == 0) {
        *sat = true;
        return INT32_MAX;
    }
    const int64_t abs_a = a_f24 < 0 ? -(int64_t)a_f24 : a_f24;
    int64_t q = ((int64_t)1 << (48 - sh)) / abs_a;
    if (q > INT32_MAX) {
        *sat = true;
        q = INT32_MAX;
    }
    return (int32_t)(a_f24 < 0 ? -q : q);
}

int32_t an_sqrt(int32_t a_f24) {
    if (a_f24 <= 0)
        return 0;
    const int64_t x = (int64_t)a_f24 << AN_F_STATE;
    int64_t root = 0;
    for (int bit = 27; bit >= 0; bit--) {
        const int64_t trial = root | (int64_t)1 << bit;
        if (trial * trial <= x)
            root = trial;
    }
    return (int32_t)root;
}

unsigned an_recip_steps(int sh) { return (unsigned)(49 - sh); }
unsigned an_sqrt_steps(void) { return 28; }
