/* SPDX-License-Identifier: Apache-2.0
 * The steps in an order in which few cores wait. Two lists are tried, with instructions free and in their order: of the steps that can be next, the
 * one that can begin first; of those that would hold each other up, the one that most has to follow. What comes out is one common order again; the
 * old one stays where neither has a shorter turn. Of the placement that is taken many more orders are tried, in which some steps are drawn to go earlier or later. */
#include "an_plan.h"
#include <string.h>

static uint64_t begins(const struct an_plan *p, const an_planned_t *x)
{
    const uint64_t a = p->clock[x->core[0]], b = p->clock[x->core[1]];
    return a > b ? a : b;
}

/* x rather than y: it can begin first, unless it keeps a core from what begins before it ends and has more to follow */
static bool better(const struct an_plan *p, const an_planned_t *x, const an_planned_t *y)
{
    const uint64_t bx = begins(p, x), by = begins(p, y);
    if (bx < by + (uint64_t)y->clocks && by < bx + (uint64_t)x->clocks && x->tail != y->tail) return x->tail > y->tail;
    return bx != by ? bx < by : x < y;
}

/* The steps of the nodes, from step `at` on. */
static void list(an_comp_t *o, struct an_plan *p, size_t at)
{
    size_t n_ready = 0;
    memset(p->clock, 0, sizeof p->clock);
    for (size_t i = 0; i < p->n; i++)
        if (!p->node[i].before) p->ready[n_ready++] = i;
    while (n_ready) {
        size_t best = 0;
        for (size_t k = 1; k < n_ready; k++)
            if (better(p, &p->node[p->ready[k]], &p->node[p->ready[best]])) best = k;
        const an_planned_t *x = &p->node[p->ready[best]];
        p->ready[best] = p->ready[--n_ready];
        const uint64_t end = begins(p, x) + (uint64_t)x->clocks;
        p->clock[x->core[0]] = p->clock[x->core[1]] = end;
        o->step[at++] = p->old[x->step];
        if (x->transfer) o->step[at++] = p->old[x->step + 1];
        for (size_t e = x->edge; e; e = p->edge[e].next)
            if (!--p->node[p->edge[e].to].before) p->ready[n_ready++] = p->edge[e].to;
    }
}

/* The steps from..to-1 are those of the entry. */
static void steps_of(const an_comp_t *o, size_t entry, size_t *from, size_t *to)
{
    const size_t end = entry + 1 < o->n_entry ? o->first[entry + 1] : o->n_ins;
    for (*from = 0; *from < o->n_step && o->step[*from].ins < o->first[entry];) ++*from;
    for (*to = *from; *to < o->n_step && o->step[*to].ins < end;) ++*to;
}

static void arrange(an_comp_t *o, struct an_plan *p, size_t entry)
{
    size_t from, to;
    steps_of(o, entry, &from, &to);
    an_plan_nodes(o, p, from, to);
    list(o, p, from);
}

void an_arrange(an_comp_t *o)
{
    if (o->used == 1) return;
    struct an_plan *p = an_plan(o);
    const size_t size = o->n_step * sizeof *o->step, train = an_training(o);
    memcpy(p->old, o->step, size);
    memcpy(p->best, o->step, size);
    an_clocks(o);
    uint64_t period = o->period;
    for (int in_order = 0; in_order < 2; in_order++) {
        p->in_order = in_order;
        memcpy(o->step, p->old, size);
        arrange(o, p, train);
        an_clocks(o);
        if (o->period >= period) continue;
        period = o->period;
        memcpy(p->best, o->step, size);
    }
    memcpy(o->step, p->best, size);
    o->period = period;
}

/* One more order: some steps are drawn to go earlier or later by `by` or less, and do so for good where the turn is not longer than `least`. */
static uint64_t redrawn(an_comp_t *o, struct an_plan *p, size_t from, uint64_t key, uint64_t turn, double by, uint64_t least)
{
    enum { MOST = 4 };
    memcpy(p->kept, p->bias, p->n * sizeof *p->bias);
    for (uint64_t m = 0; turn && m <= turn % MOST; m++) {
        const uint64_t at = 2 * (turn * MOST + m);
        p->bias[(size_t)(an_draw(key, at) * (double)p->n)] = (int64_t)((an_draw(key, at + 1) * 2 - 1) * by);
    }
    for (size_t i = 0; i < p->n; i++) p->node[i].before = p->before[i];
    an_plan_tails(p);
    list(o, p, from);
    an_clocks(o);
    if (o->period <= least) return o->period;
    memcpy(p->bias, p->kept, p->n * sizeof *p->bias);
    return least;
}

void an_polish(an_comp_t *o, uint32_t times)
{
    enum { AN_STALE = 6 }; /* what part of the times may be without a gain */
    if (o->used == 1) return;
    struct an_plan *p = an_plan(o);
    const size_t size = o->n_step * sizeof *o->step, train = an_training(o);
    const uint64_t key = an_draw_key(times, "polish", "arrange");
    uint64_t period = o->period, least = UINT64_MAX;
    size_t from, to;
    p->in_order = false;
    for (size_t e = 0; e < o->n_entry; e++) {
        memcpy(p->old, o->step, size);
        if (e != train) arrange(o, p, e);
    }
    memcpy(p->old, o->step, size);
    memcpy(p->best, o->step, size);
    steps_of(o, train, &from, &to);
    an_plan_nodes(o, p, from, to);
    const double by = (double)p->node[0].tail; /* without what is drawn, which would grow with itself */
    for (size_t i = 0; i < p->n; i++) p->before[i] = p->node[i].before;
    for (uint64_t k = 0, gained = 0; k < times && k <= gained + times / AN_STALE && period > an_busiest(o); k++) {
        least = redrawn(o, p, from, key, k, by, least);
        if (o->period >= period) continue;
        gained = k;
        period = o->period;
        memcpy(p->best, o->step, size);
    }
    memcpy(o->step, p->best, size);
    an_clocks(o);
}
