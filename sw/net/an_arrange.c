/* SPDX-License-Identifier: Apache-2.0
 * The steps in an order in which few cores wait. Two lists are tried, with instructions free and in their order: of the steps that can be next, the
 * one that can begin first; of those that would hold each other up, the one that most has to follow. A third list is the old order with some steps
 * earlier or later, as the search has drawn it. What comes out is one common order again; the old one stays where none has a shorter turn. Of the placement that is taken many more orders are tried, in which some steps are drawn to go earlier or later. */
#include "an_plan.h"
#include <string.h>

/* A PASS does not wait for its words; what is given waits for what is passed that way before it. */
static uint64_t begins(const struct an_plan *p, const an_planned_t *x)
{
    const uint64_t free = an_later(p->clock[x->core[0]], p->clock[x->core[1]]);
    return an_later(free, x->out ? p->past[x->gives] : x->in ? x->there : 0);
}

/* x rather than y: it can begin first, unless it keeps a core from what begins before it ends and has more to follow */
static bool better(const struct an_plan *p, const an_planned_t *x, const an_planned_t *y)
{
    const uint64_t bx = begins(p, x), by = begins(p, y);
    if (bx < by + (uint64_t)y->clocks && by < bx + (uint64_t)x->clocks && x->tail != y->tail) return x->tail > y->tail;
    return bx != by ? bx < by : x < y;
}

/* x rather than y: it stands before it, biases counted as so many steps of an even turn */
static bool before(const struct an_plan *p, const an_planned_t *x, const an_planned_t *y)
{
    const double at_x = (double)(x - p->node) * p->even - (double)p->bias[x - p->node], at_y = (double)(y - p->node) * p->even - (double)p->bias[y - p->node];
    return at_x != at_y ? at_x < at_y : x < y;
}

/* There is room between the cores for what it gives. */
static bool has_room(const an_comp_t *o, const struct an_plan *p, const an_planned_t *x)
{
    if (!x->out) return true;
    return an_meets(x) ? !p->between[x->gives] : p->between[x->gives] + x->n <= an_mem_link_steps(&o->cfg);
}

/* What is between the cores when x is done, and when it is there. */
static void move(const an_comp_t *o, struct an_plan *p, const an_planned_t *x, uint64_t end)
{
    if (an_meets(x)) return;
    if (x->in) p->between[x->takes] -= x->n;
    if (!x->out) return;
    p->between[x->gives] += x->n;
    if (x->in) p->past[x->gives] = end = an_later(end + x->n, x->there + an_mem_link_latency(&o->cfg)); /* its words came before it, or after it */
    p->node[x->peer].there = end;
}

/* The steps of the nodes, from step `at` on; false: what is ready has no room. */
static bool list(an_comp_t *o, struct an_plan *p, size_t at)
{
    size_t n_ready = 0;
    const size_t first = at;
    memset(p->clock, 0, sizeof p->clock);
    memset(p->between, 0, sizeof p->between);
    memset(p->past, 0, sizeof p->past);
    for (size_t i = 0; i < p->n; i++) {
        p->before[i] = p->node[i].before;
        if (!p->before[i]) p->ready[n_ready++] = i;
    }
    while (n_ready) {
        size_t best = n_ready;
        for (size_t k = 0; k < n_ready; k++) {
            const an_planned_t *x = &p->node[p->ready[k]];
            if (has_room(o, p, x) && (best == n_ready || (p->as_is ? before : better)(p, x, &p->node[p->ready[best]]))) best = k;
        }
        if (best == n_ready) return false;
        const an_planned_t *x = &p->node[p->ready[best]];
        p->ready[best] = p->ready[--n_ready];
        const uint64_t end = begins(p, x) + (uint64_t)x->clocks;
        p->clock[x->core[0]] = p->clock[x->core[1]] = end;
        move(o, p, x, end);
        o->step[at++] = p->old[x->step];
        if (an_meets(x)) o->step[at++] = p->old[x->step + 1];
        for (size_t e = x->edge; e; e = p->edge[e].next)
            if (!--p->before[p->edge[e].to]) p->ready[n_ready++] = p->edge[e].to;
    }
    an_takes_order(o, first, at);
    return true;
}

/* Plans the steps of the entry, and gives the first of them. */
static size_t plan(an_comp_t *o, struct an_plan *p, size_t entry)
{
    const size_t end = an_entry_end(o, entry);
    size_t from = 0, to;
    while (from < o->n_step && o->step[from].ins < o->first[entry]) from++;
    for (to = from; to < o->n_step && o->step[to].ins < end;) to++;
    an_plan_nodes(o, p, from, to);
    return from;
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
    size_t from = 0;
    for (int k = 0; k < 3; k++) {
        p->as_is = k == 0;
        p->in_order = k == 2;
        if (k != 1) { /* the first two lists are of the same nodes */
            memcpy(o->step, p->old, size);
            from = plan(o, p, train);
        }
        if (!list(o, p, from)) continue;
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
    o->period = UINT64_MAX;
    if (list(o, p, from)) an_clocks(o);
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
    p->in_order = p->as_is = false;
    for (size_t e = 0; e < o->n_entry; e++) {
        memcpy(p->old, o->step, size);
        if (e != train && !list(o, p, plan(o, p, e))) memcpy(o->step, p->old, size);
    }
    memcpy(p->old, o->step, size);
    memcpy(p->best, o->step, size);
    const size_t from = plan(o, p, train);
    const double by = (double)p->node[0].tail; /* without what is drawn, which would grow with itself */
    p->as_is = true;
    memset(p->bias, 0, p->n * sizeof *p->bias);
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
