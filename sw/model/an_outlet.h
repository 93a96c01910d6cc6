/* SPDX-License-Identifier: Apache-2.0
 * an_outlet -- GIVE: what the core computes goes to a neighbour as it is written (docs/machine.md sections 7 and 9). Mirror: rtl/core/an_outlet.sv */
#ifndef AN_OUTLET_H
#define AN_OUTLET_H
#include <stdbool.h>
#include <stdint.h>

struct an_core;

/* What GIVE has begun: the next steps that are written from a place on, one behind the other. There is room for them. */
typedef struct an_outlet {
    uint32_t left;        /* steps; 0: none */
    unsigned port;        /* AN_PORT_UP or AN_PORT_DOWN */
    unsigned memory;      /* AN_SRC_S or AN_SRC_R */
    uint32_t block, lane; /* where the next one is written */
} an_outlet_t;

/* The first `live` words of a step have been written to that memory, block and lane; their clock is `clock`. Given, if the next one stands there. */
void an_outlet_step(struct an_core *c, unsigned memory, uint32_t block, uint32_t lane, uint32_t live, uint64_t clock);
/* Is one of nb blocks from there on where the next one stands? */
bool an_outlet_meets(const struct an_core *c, unsigned memory, uint32_t block, uint32_t nb);
/* The core gives to that port in another way: what has not been written by now is not given. */
void an_outlet_end(struct an_core *c, unsigned port);
#endif
