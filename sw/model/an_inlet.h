/* SPDX-License-Identifier: Apache-2.0
 * an_inlet -- TAKE: a neighbour's words come in beside sweeps and vector work (docs/machine.md sections 7 and 9). Mirror: rtl/core/an_inlet.sv */
#ifndef AN_INLET_H
#define AN_INLET_H
#include <stdbool.h>
#include <stdint.h>

struct an_core;

/* What TAKE has begun: steps go to S or R as they come, while the core does what has nothing to do with them. */
typedef struct an_inlet {
    bool open;        /* nothing has waited for them yet */
    bool to_state;    /* else to R */
    unsigned port;    /* AN_PORT_UP or AN_PORT_DOWN */
    uint32_t d, n;    /* block address, past the ring window; words */
    uint32_t steps, done;
    uint64_t next;    /* in clocks that all cores share: before it the next step is not taken; of all taken: what waits for them may execute */
    bool row[2], lan[2]; /* the first, the second of the row operands and of the lane operands meets them; true where ROW or LAN has not been since TAKE */
} an_inlet_t;

/* From the clock `first` on, that all cores share, the steps of TAKE come in: n words to block d. */
void an_inlet_set(struct an_core *c, unsigned port, bool to_state, uint32_t d, uint32_t n, uint32_t steps, uint64_t first);
/* Takes what is there; sets c->passed if something was. */
void an_inlet_go(struct an_core *c);
/* ROW or LAN has set its register. */
void an_inlet_row(struct an_core *c);
void an_inlet_lan(struct an_core *c);
/* May the instruction execute while words come in? */
bool an_inlet_beside(const struct an_core *c, uint64_t word);
/* All have come, as far as anyone knows by now; what has to wait for them does (an_inlet_wait). */
bool an_inlet_full(struct an_core *c);
void an_inlet_wait(struct an_core *c);
#endif
