/* SPDX-License-Identifier: Apache-2.0
 * an_cost -- what a run costs: clocks of a tick and of a sample by phase, the time they take at a clock, the energy at a power. */
#ifndef AN_COST_H
#define AN_COST_H
#include <stdio.h>
#include "an_runner.h"

typedef struct an_cost {
    double clock_hz;   /* of the configuration, or the user's; 0: not known */
    double watts;      /* the user's; 0: not given, and there is no energy */
} an_cost_t;

/* An object of JSON. Phases are null where the target cannot tell them: only the model can, and its clocks are the chip's. */
void an_cost_json(const an_cost_t *c, const an_runner_t *r, FILE *f);
/* The same as a line for people; nothing where no clock has run. */
void an_cost_print(const an_cost_t *c, const an_runner_t *r, FILE *f);

#endif
