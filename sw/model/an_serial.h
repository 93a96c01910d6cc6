/* SPDX-License-Identifier: Apache-2.0
 * an_serial -- instructions that handle a vector one element a clock: IN OUT PASS TAKE GIVE SUM AMAX RECIP SQRT; a neighbour's IN and OUT take a step of
 * lanes a clock where there are several vector units (docs/machine.md section 7). */
#ifndef AN_SERIAL_H
#define AN_SERIAL_H
#include "an_vec.h"

/* Each executes its instruction at clocks and moves clocks on. false: waits for a stream; call again with the same v. */
bool an_serial_in(an_core_t *c, const an_vec_t *v);
bool an_serial_out(an_core_t *c, const an_vec_t *v);
bool an_serial_pass(an_core_t *c, const an_vec_t *v); /* PASS, TAKE */
bool an_serial_give(an_core_t *c, const an_vec_t *v);
void an_serial_sum(an_core_t *c, const an_vec_t *v);
void an_serial_max(an_core_t *c, const an_vec_t *v);
void an_serial_bits(an_core_t *c, const an_vec_t *v); /* RECIP, SQRT */

#endif
