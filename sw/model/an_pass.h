/* SPDX-License-Identifier: Apache-2.0
 * an_pass -- the two ways past a core, from one neighbour to the other (docs/machine.md sections 7 and 9). Mirror: rtl/core/an_pass.sv */
#ifndef AN_PASS_H
#define AN_PASS_H
#include <stdint.h>

struct an_core;

/* What PASS has begun: steps go past as they come and fit, a clock each, while the core does something else. */
typedef struct an_pass {
    uint32_t left; /* steps to go */
    uint64_t next; /* in clocks that all cores share: before it the next step does not go; of none left: the core has its ports again */
} an_pass_t;

/* Port that what comes from `port` goes to: AN_PORT_UP and AN_PORT_DOWN are each other's; the host's is its own, and nothing passes there. */
unsigned an_pass_other(unsigned port);
/* Passes what can be passed by now; sets c->passed if something was. */
void an_pass_go(struct an_core *c);

#endif
