/* SPDX-License-Identifier: Apache-2.0
 * Transfers in an order in which few cores wait. A transfer changes places with what stands beside it on its cores where the two have no object and no
 * buffer in common. Two lists are tried: of the steps that can be next, the one that can begin first, or the one that most has to follow. What comes out
 * is one common order again; the old one stays where neither has a shorter turn. */
#include "an_comp.h"
#include <string.h>

typedef struct node {
    size_t step;
    uint32_t core[2];
    bool transfer, relay, barrier; /* barrier: LOOP, END, TICK, RING, HALT: nothing passes */
    uint64_t clocks, tail;         /* its own; with those of the longest row of steps that have to follow it */
    const uint32_t *obj;           /* what it reads and writes; */
    size_t n_obj;
    uint32_t own[2];               /*   of a transfer */
    size_t before, edge;           /* steps it waits for; the first of those that wait for it, 0: none */
} node_t;

typedef struct edge { size_t to, next; } edge_t;

struct an_plan {
    uint32_t **touch; size_t *n_touch; /* by instruction */
    node_t *node; size_t n, room;
    edge_t *edge; size_t n_edge, edges;
    size_t *ready, *line;              /* line: of one core */
    an_step_t *old, *best;
    bool by_tail;
    uint64_t clock[AN_MOST_CORES];
};

/* Scratch vectors of one declaration share one place, and so they are one object here; a slice is its vector, whose place it has on one core. */
static uint32_t place_of(const an_comp_t *o, uint32_t obj)
{
    const an_loc_t *l = an_obj_loc(o, obj);
    if (l && l->part && l->of >= 0) return place_of(o, (uint32_t)l->of * 2 + obj % 2);
    if (l && l->decl->scratch)
        for (uint32_t i = obj % 2;; i += 2)
            if (an_obj_loc(o, i)->decl == l->decl) return i;
    return obj;
}

static struct an_plan *plan_of(an_comp_t *o)
{
    struct an_plan *p = o->plan;
    if (!p) {
        p = o->plan = an_new(o->c, 1, sizeof *p);
        p->touch = an_new(o->c, o->n_ins, sizeof *p->touch);
        p->n_touch = an_new(o->c, o->n_ins, sizeof *p->n_touch);
        for (size_t i = 0; i < o->n_ins; i += an_unit(o, i)) {
            an_touch_t t[AN_TOUCHES];
            p->n_touch[i] = an_touch(o, i, t);
            p->touch[i] = an_new(o->c, p->n_touch[i], sizeof **p->touch);
            for (size_t k = 0; k < p->n_touch[i]; k++) p->touch[i][k] = place_of(o, t[k].obj);
        }
    }
    if (o->n_step > p->room) {
        p->room = 2 * o->n_step;
        p->node = an_new(o->c, p->room, sizeof *p->node);
        p->ready = an_new(o->c, p->room, sizeof *p->ready);
        p->line = an_new(o->c, p->room, sizeof *p->line);
        p->old = an_new(o->c, p->room, sizeof *p->old);
        p->best = an_new(o->c, p->room, sizeof *p->best);
    }
    return p;
}

static bool apart(const node_t *x, const node_t *y)
{
    if (x->relay && y->relay) return false;
    for (size_t i = 0; i < x->n_obj; i++)
        for (size_t k = 0; k < y->n_obj; k++)
            if (x->obj[i] == y->obj[k]) return false;
    return true;
}

static void wait_for(an_comp_t *o, struct an_plan *p, size_t x, size_t y)
{
    if (p->n_edge + 1 >= p->edges) {
        const edge_t *old = p->edge;
        p->edges = p->edges ? 2 * p->edges : 1024;
        p->edge = an_new(o->c, p->edges, sizeof *p->edge);
        if (old) memcpy(p->edge, old, (p->n_edge + 1) * sizeof *old);
    }
    p->edge[++p->n_edge] = (edge_t){ x, p->node[y].edge };
    p->node[y].edge = p->n_edge;
    p->node[x].before++;
}

/* What has to stay behind what on core c: instructions keep their order; transfers pass all that they are apart from, up to a barrier. */
static void keep_order(an_comp_t *o, struct an_plan *p, uint32_t c)
{
    size_t n = 0, barrier = 0, last = SIZE_MAX; /* last instruction */
    for (size_t i = 0; i < p->n; i++) {
        const node_t *x = &p->node[i];
        if (x->core[0] != c && x->core[1] != c) continue;
        for (size_t k = barrier; k < n; k++) {
            const node_t *y = &p->node[p->line[k]];
            if (x->barrier || y->barrier || (!x->transfer && p->line[k] == last) || ((x->transfer || y->transfer) && !apart(x, y))) wait_for(o, p, i, p->line[k]);
        }
        if (x->barrier) barrier = n;
        if (!x->transfer) last = i;
        p->line[n++] = i;
    }
}

static void nodes(an_comp_t *o, struct an_plan *p, size_t from, size_t to)
{
    p->n = p->n_edge = 0;
    for (size_t i = from; i < to; i++) {
        const an_step_t *s = &o->step[i];
        node_t *x = &p->node[p->n++];
        *x = (node_t){ .step = i, .core = { s->core, s->core }, .relay = s->relay != AN_RELAY_NONE };
        if (s->kind == AN_STEP_INS) {
            const uint32_t op = AN_GET(o->ins[s->ins].word, OP);
            x->obj = p->touch[s->ins];
            x->n_obj = p->n_touch[s->ins];
            x->barrier = op <= AN_OP_END || op == AN_OP_RING;
            x->clocks = an_clocks_of(o, s->ins);
            continue;
        }
        const an_step_t *in = &o->step[++i];
        const an_loc_t *l = an_obj_loc(o, s->obj);
        x->core[1] = in->core;
        x->transfer = true;
        x->relay |= in->relay != AN_RELAY_NONE;
        x->clocks = (l ? l->n : 1) + AN_T_OUT_LATENCY + AN_T_IN_LATENCY;
        x->own[x->n_obj++] = place_of(o, s->obj);
        if (in->both) x->own[x->n_obj++] = place_of(o, s->obj ^ 1u);
        x->obj = x->own;
    }
    for (uint32_t c = 0; c < o->used; c++) keep_order(o, p, c);
    for (size_t i = p->n; i--;) {
        node_t *x = &p->node[i];
        for (size_t e = x->edge; e; e = p->edge[e].next)
            if (p->node[p->edge[e].to].tail > x->tail) x->tail = p->node[p->edge[e].to].tail;
        x->tail += x->clocks;
    }
}

static uint64_t begins(const struct an_plan *p, const node_t *x)
{
    const uint64_t a = p->clock[x->core[0]], b = p->clock[x->core[1]];
    return a > b ? a : b;
}

/* x rather than y. by_tail: unless it keeps a core from what begins before it ends and has more to follow */
static bool better(const struct an_plan *p, const node_t *x, const node_t *y)
{
    const uint64_t bx = begins(p, x), by = begins(p, y);
    if (p->by_tail && bx < by + y->clocks && by < bx + x->clocks && x->tail != y->tail) return x->tail > y->tail;
    return bx != by ? bx < by : x < y;
}

/* The steps from..to-1, which belong to one entry. */
static void arrange(an_comp_t *o, struct an_plan *p, size_t from, size_t to)
{
    size_t n_ready = 0, at = from;
    nodes(o, p, from, to);
    memset(p->clock, 0, sizeof p->clock);
    for (size_t i = 0; i < p->n; i++)
        if (!p->node[i].before) p->ready[n_ready++] = i;
    while (n_ready) {
        size_t best = 0;
        for (size_t k = 1; k < n_ready; k++)
            if (better(p, &p->node[p->ready[k]], &p->node[p->ready[best]])) best = k;
        const node_t *x = &p->node[p->ready[best]];
        p->ready[best] = p->ready[--n_ready];
        const uint64_t end = begins(p, x) + x->clocks;
        p->clock[x->core[0]] = p->clock[x->core[1]] = end;
        o->step[at++] = p->old[x->step];
        if (x->transfer) o->step[at++] = p->old[x->step + 1];
        for (size_t e = x->edge; e; e = p->edge[e].next)
            if (!--p->node[p->edge[e].to].before) p->ready[n_ready++] = p->edge[e].to;
    }
}

static void all(an_comp_t *o, struct an_plan *p)
{
    size_t from = 0;
    for (size_t e = 0; e < o->n_entry; e++) {
        const size_t end = e + 1 < o->n_entry ? o->first[e + 1] : o->n_ins;
        size_t to = from;
        while (to < o->n_step && o->step[to].ins < end) to++;
        arrange(o, p, from, to);
        from = to;
    }
}

void an_arrange(an_comp_t *o)
{
    if (o->used == 1) return;
    struct an_plan *p = plan_of(o);
    const size_t size = o->n_step * sizeof *o->step;
    memcpy(p->old, o->step, size);
    memcpy(p->best, o->step, size);
    an_clocks(o);
    uint64_t period = o->period;
    for (int by_tail = 0; by_tail < 2; by_tail++) {
        memcpy(o->step, p->old, size);
        p->by_tail = by_tail;
        all(o, p);
        an_clocks(o);
        if (o->period >= period) continue;
        period = o->period;
        memcpy(p->best, o->step, size);
    }
    memcpy(o->step, p->best, size);
}
