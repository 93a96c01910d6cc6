/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include "an_num.h"
#include "an_trace.h"

static bool before(const an_record_t *a, const an_record_t *b) {
    if (a->clock != b->clock)
        return a->clock < b->clock;
    if (a->kind != b->kind)
        return a->kind < b->kind;
    return a->lane < b->lane;
}

void an_trace_put(an_trace_t *t, uint64_t clock, unsigned kind, uint32_t lane, uint32_t addr, int32_t value) {
    if (t->fn == NULL)
        return;
    AN_CHECK(t->n < AN_TRACE_WAITING);
    const an_record_t rec = {.clock = clock, .addr = addr, .value = value, .core = t->core, .kind = (uint8_t)kind, .lane = (uint8_t)lane};
    size_t at = t->n++;
    while (at > 0 && before(&rec, &t->waiting[at - 1])) {
        t->waiting[at] = t->waiting[at - 1];
        at--;
    }
    t->waiting[at] = rec;
}

void an_trace_until(an_trace_t *t, uint64_t clock) {
    size_t n = 0;
    while (n < t->n && t->waiting[n].clock < clock)
        n++;
    if (n == 0)
        return;
    t->fn(t->ctx, t->waiting, n);
    t->n -= n;
    memmove(t->waiting, t->waiting + n, t->n * sizeof t->waiting[0]);
}
