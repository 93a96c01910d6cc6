/* SPDX-License-Identifier: Apache-2.0 */
#include "an_range.h"
#include "an_spec.h"

void an_range_saturate(an_range_t *site, uint32_t tick) {
    const uint32_t count = site->count & AN_RANGE_COUNT_MAX;
    if (count == 0)
        site->first = tick;
    if (count < AN_RANGE_COUNT_MAX)
        site->count++;
}

void an_range_clip(an_range_t *site) { site->count |= AN_RANGE_CLIP; }
