/* SPDX-License-Identifier: Apache-2.0
 * an_trace -- puts the records of one core in order of clock, kind, lane. Writes of one instruction come out of its pipeline at
 * different latencies, so the newest records wait here until nothing older can follow. */
#ifndef AN_TRACE_H
#define AN_TRACE_H
#include "an_model.h"

#define AN_TRACE_WAITING 1024 /* more than all writes of 17 clocks of 8 lanes */

typedef struct an_trace {
    an_record_fn *fn; /* NULL: no records */
    void *ctx;
    uint8_t core;
    size_t n;
    an_record_t waiting[AN_TRACE_WAITING];
} an_trace_t;

void an_trace_put(an_trace_t *t, uint64_t clock, unsigned kind, uint32_t lane, uint32_t addr, int32_t value);
/* Delivers all records of clocks before `clock`; no such record may follow. */
void an_trace_until(an_trace_t *t, uint64_t clock);

#endif
