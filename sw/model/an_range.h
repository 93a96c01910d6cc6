/* SPDX-License-Identifier: Apache-2.0
 * an_range -- sticky saturation records, one a pc (docs/machine.md section 8). */
#ifndef AN_RANGE_H
#define AN_RANGE_H
#include <stdint.h>

#define AN_RANGE_CLIP 0x80000000u
#define AN_RANGE_COUNT_MAX ((1u << AN_RANGE_COUNT_BITS) - 1u)

typedef struct an_range {
    uint32_t first; /* tick of the first saturation */
    uint32_t count; /* bit 31: an operand was clipped; bits 14..0: instructions that saturated */
} an_range_t;

void an_range_saturate(an_range_t *site, uint32_t tick);
void an_range_clip(an_range_t *site);

#endif
