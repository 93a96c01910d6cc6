/* SPDX-License-Identifier: Apache-2.0
 * an_work -- what a core spends its clocks on. Clocks of an instruction count where its opcode says; a sweep's set-up words are the sweep's,
 * the clock of a start is control. They add up to CLOCKS: waiting is not among them (STALLS). */
#ifndef AN_WORK_H
#define AN_WORK_H
#include "an_spec.h"

/* INPUT, OUTPUT: the host's words; EXCHANGE: a neighbour's, PASS, TAKE, GIVE; CONTROL: LOOP, END, TICK, POP, RING, HALT */
typedef enum an_work {
    AN_WORK_INPUT,
    AN_WORK_OUTPUT,
    AN_WORK_SWEEP,
    AN_WORK_VECTOR,
    AN_WORK_EXCHANGE,
    AN_WORK_CONTROL,
    AN_WORKS
} an_work_t;

/* AN_PORT_x of IN, OUT, PASS, TAKE, GIVE: the lowest two bits of b; 3 is the host's as 0 is. */
static inline unsigned an_port_of(uint64_t word) {
    const unsigned port = AN_GET(word, VEC_B) & 3u;
    return port == 3u ? AN_PORT_HOST : port;
}

static inline an_work_t an_work_of(uint64_t word) {
    switch (AN_GET(word, OP)) {
    case AN_OP_PASS:
    case AN_OP_TAKE:
    case AN_OP_GIVE: return AN_WORK_EXCHANGE;
    case AN_OP_IN:
    case AN_OP_OUT: {
        if (an_port_of(word) != AN_PORT_HOST)
            return AN_WORK_EXCHANGE;
        return AN_GET(word, OP) == AN_OP_IN ? AN_WORK_INPUT : AN_WORK_OUTPUT;
    }
    case AN_OP_PRJ:
    case AN_OP_KEY:
    case AN_OP_PAR:
    case AN_OP_ROW:
    case AN_OP_LAN:
    case AN_OP_SWP: return AN_WORK_SWEEP;
    default: return AN_GET(word, OP) > AN_OP_IN && AN_GET(word, OP) <= AN_OP_AMAX ? AN_WORK_VECTOR : AN_WORK_CONTROL;
    }
}

#endif
