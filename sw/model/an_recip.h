/* SPDX-License-Identifier: Apache-2.0
 * an_recip -- RECIP and SQRT of one neuron, a bit a clock in the chip (docs/machine.md section 4). */
#ifndef AN_RECIP_H
#define AN_RECIP_H
#include <stdbool.h>
#include <stdint.h>

/* floor(2^(48-sh) / |a|) with the sign of a, clamped to +-(2^31 - 1); sh -8..15; a = 0 gives 2^31 - 1. A clamp sets *sat. */
int32_t an_recip(int32_t a_f24, int sh, bool *sat);
/* floor(sqrt(a * 2^24)); 0 for a <= 0 */
int32_t an_sqrt(int32_t a_f24);
/* quotient or root bits, one a clock */
unsigned an_recip_steps(int sh);
unsigned an_sqrt_steps(void);

#endif
