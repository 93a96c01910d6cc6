/* SPDX-License-Identifier: Apache-2.0
 * On its cores a step has to follow those from which it takes a value and those whose value it replaces; nothing passes LOOP, END, TICK, RING and
 * HALT, and the host's words keep their order. */
#include "an_plan.h"
#include <string.h>

enum { OWN_RELAY_S, OWN_RELAY_R, OWN_TMP, OWN_HOST, OWN }; /* behind the objects, and behind them the synapses of every projection or part */

enum { NOBODY = SIZE_MAX };

/* The first of the objects that share its place, which are one object here. */
static uint32_t place_of(const an_comp_t *o, uint32_t obj)
{
    uint32_t i = 0;
    while (!an_obj_together(o, i, obj)) i++;
    return i;
}

static uint32_t own(const an_comp_t *o, uint32_t what) { return (uint32_t)an_objects(o) + what; }

/* What an_touch says nothing of: the core's tmp, synapses, the host's streams. */
static size_t more_of(const an_comp_t *o, size_t ins, an_access_t *a)
{
    size_t n = 0;
    const an_ins_t *i = &o->ins[ins];
    const uint32_t op = AN_GET(i->word, OP);
    if (i->ref[0].loc == &o->tmp) a[n++] = (an_access_t){ own(o, OWN_TMP), true };
    for (size_t k = 1; k < an_unit(o, ins); k++)
        for (int r = 0; r < 4; r++)
            if (i[k].ref[r].loc == &o->tmp) a[n++] = (an_access_t){ own(o, OWN_TMP), false };
    if (op == AN_OP_PRJ) a[n++] = (an_access_t){ own(o, OWN + (uint32_t)(i->w - o->wloc)), true };
    if (op == AN_OP_IN || op == AN_OP_OUT) a[n++] = (an_access_t){ own(o, OWN_HOST), true };
    return n;
}

static struct an_plan *new_plan(an_comp_t *o)
{
    struct an_plan *p = an_new(o->c, 1, sizeof *p);
    p->access = an_new(o->c, o->n_ins, sizeof *p->access);
    p->n_access = an_new(o->c, o->n_ins, sizeof *p->n_access);
    p->seen = an_new(o->c, an_objects(o) + OWN + o->n_wloc, sizeof *p->seen);
    p->place = an_new(o->c, an_objects(o), sizeof *p->place);
    for (uint32_t i = 0; i < an_objects(o); i++) p->place[i] = place_of(o, i);
    for (size_t i = 0; i < o->n_ins; i += an_unit(o, i)) {
        an_touch_t t[AN_TOUCHES];
        an_access_t own_of[AN_TOUCHES];
        const size_t n = an_touch(o, i, t), more = more_of(o, i, own_of);
        p->n_access[i] = n + more;
        p->access[i] = an_new(o->c, n + more, sizeof **p->access);
        for (size_t k = 0; k < n; k++) p->access[i][k] = (an_access_t){ p->place[t[k].obj], t[k].write };
        memcpy(p->access[i] + n, own_of, more * sizeof *own_of);
    }
    return p;
}

struct an_plan *an_plan(an_comp_t *o)
{
    if (!o->plan) o->plan = new_plan(o);
    struct an_plan *p = o->plan;
    if (o->n_step > p->room) {
        p->room = 2 * o->n_step;
        p->node = an_new(o->c, p->room, sizeof *p->node);
        p->ready = an_new(o->c, p->room, sizeof *p->ready);
        p->line = an_new(o->c, p->room, sizeof *p->line);
        p->old = an_new(o->c, p->room, sizeof *p->old);
        p->best = an_new(o->c, p->room, sizeof *p->best);
        p->before = an_new(o->c, p->room, sizeof *p->before);
        p->bias = an_new(o->c, p->room, sizeof *p->bias);
        p->kept = an_new(o->c, p->room, sizeof *p->kept);
    }
    return p;
}

/* Puts a further edge before the list that begins with next; gives the list. */
static size_t edge(an_comp_t *o, struct an_plan *p, size_t to, size_t next)
{
    if (p->n_edge + 1 >= p->edges) {
        const an_edge_t *old = p->edge;
        p->edges = p->edges ? 2 * p->edges : 1024;
        p->edge = an_new(o->c, p->edges, sizeof *p->edge);
        if (old) memcpy(p->edge, old, (p->n_edge + 1) * sizeof *old);
    }
    p->edge[++p->n_edge] = (an_edge_t){ to, next };
    return p->n_edge;
}

/* Step x waits for y, unless that stands in its list already. */
static void wait_for(an_comp_t *o, struct an_plan *p, size_t x, size_t y)
{
    if (x == y || (p->node[y].edge && p->edge[p->node[y].edge].to == x)) return;
    p->node[y].edge = edge(o, p, x, p->node[y].edge);
    p->node[x].before++;
}

static void access_of(an_comp_t *o, struct an_plan *p, size_t x, an_access_t a)
{
    an_seen_t *s = &p->seen[a.what];
    if (s->from != p->pass) *s = (an_seen_t){ p->pass, NOBODY, 0 };
    if (s->writer != NOBODY) wait_for(o, p, x, s->writer);
    if (!a.write) {
        s->reader = edge(o, p, x, s->reader);
        return;
    }
    for (size_t e = s->reader; e; e = p->edge[e].next) wait_for(o, p, x, p->edge[e].to);
    s->writer = x;
    s->reader = 0;
}

static uint32_t relay(const an_comp_t *o, an_relay_t r) { return own(o, r == AN_RELAY_S ? OWN_RELAY_S : OWN_RELAY_R); }

/* What a step does to things on one of its cores. */
static void accesses(an_comp_t *o, struct an_plan *p, size_t x, uint32_t core)
{
    const an_planned_t *n = &p->node[x];
    const an_step_t *s = &o->step[n->step];
    if (an_passes(n)) return;
    if (n->out || n->in) {
        const bool in = n->in && (!n->out || core != s->core);
        s += n->out && in;
        access_of(o, p, x, (an_access_t){ s->relay ? relay(o, s->relay) : p->place[s->obj], in });
        if (s->both) access_of(o, p, x, (an_access_t){ p->place[s->obj ^ 1u], true });
        return;
    }
    for (size_t i = 0; i < p->n_access[s->ins]; i++) access_of(o, p, x, p->access[s->ins][i]);
    if (s->relay) access_of(o, p, x, (an_access_t){ relay(o, s->relay), true });
}

/* What has to stay behind what on core c. */
static void keep_order(an_comp_t *o, struct an_plan *p, uint32_t c)
{
    size_t n = 0, barrier = NOBODY, last = NOBODY; /* last: instruction */
    p->pass++;
    for (size_t i = 0; i < p->n; i++) {
        const an_planned_t *x = &p->node[i];
        if (x->core[0] != c && x->core[1] != c) continue;
        if (barrier != NOBODY) wait_for(o, p, i, barrier);
        if (!x->barrier) {
            accesses(o, p, i, c);
            p->line[n++] = i;
            if (x->out || x->in) continue;
            if (p->in_order && last != NOBODY) wait_for(o, p, i, last);
            last = i;
            continue;
        }
        for (size_t k = 0; k < n; k++) wait_for(o, p, i, p->line[k]);
        n = 0;
        barrier = i;
        last = NOBODY;
        p->pass++;
    }
}

static void tails(struct an_plan *p)
{
    for (size_t i = p->n; i--;) {
        an_planned_t *x = &p->node[i];
        x->tail = 0;
        for (size_t e = x->edge; e; e = p->edge[e].next)
            if (p->node[p->edge[e].to].tail > x->tail) x->tail = p->node[p->edge[e].to].tail;
        x->tail += x->clocks + p->bias[i];
    }
}

/* What goes one way between two cores keeps its order on both, and is taken after it was given; a PASS is among what is taken of the one way and what
 * is given on the other. */
static void links(an_comp_t *o, struct an_plan *p)
{
    size_t out[2 * AN_MOST_CORES], in[2 * AN_MOST_CORES], next[2 * AN_MOST_CORES]; /* next: given, and not taken yet */
    for (int l = 0; l < 2 * AN_MOST_CORES; l++) out[l] = in[l] = next[l] = NOBODY;
    for (size_t i = 0; i < p->n; i++) {
        an_planned_t *x = &p->node[i];
        uint32_t l = x->gives;
        x->peer = NOBODY;
        if (x->out) {
            if (out[l] != NOBODY) {
                wait_for(o, p, i, out[l]);
                p->node[out[l]].follows = i;
            }
            if (next[l] == NOBODY && !an_meets(x)) next[l] = i;
            out[l] = i;
            x->follows = NOBODY;
        }
        if (!x->in) continue;
        l = x->takes;
        if (in[l] != NOBODY) wait_for(o, p, i, in[l]);
        in[l] = i;
        if (an_meets(x)) continue;
        wait_for(o, p, i, next[l]);
        p->node[next[l]].peer = i;
        next[l] = p->node[next[l]].follows;
        if (next[l] != NOBODY && an_meets(&p->node[next[l]])) next[l] = NOBODY;
    }
}

void an_plan_nodes(an_comp_t *o, struct an_plan *p, size_t from, size_t to)
{
    p->n = p->n_edge = 0;
    for (size_t i = from; i < to; i++) {
        const an_step_t *s = &o->step[i];
        an_planned_t *x = &p->node[p->n++];
        *x = (an_planned_t){ .step = i, .core = { s->core, s->core } };
        if (s->kind == AN_STEP_INS) {
            x->barrier = an_control(an_op(o, s->ins));
            x->clocks = (int64_t)o->cost[s->ins];
            continue;
        }
        x->n = an_transfer_steps(o, s);
        x->out = s->kind != AN_STEP_IN;
        x->in = s->kind != AN_STEP_OUT || x->n > an_mem_link_steps(&o->cfg);
        if (x->out) x->gives = an_link_given(s);
        if (x->in) x->takes = s->kind == AN_STEP_OUT ? x->gives : an_link_taken(s);
        x->clocks = an_passes(x) ? AN_T_PASS : (int64_t)x->n + (x->out ? 1 + AN_T_OUT_LATENCY : 0) + (x->in ? 1 + AN_T_IN_LATENCY : 0);
        if (an_meets(x)) x->core[1] = o->step[++i].core;
    }
    links(o, p);
    for (uint32_t c = 0; c < o->used; c++) keep_order(o, p, c);
    int64_t clocks = 0;
    for (size_t i = 0; i < p->n; i++) {
        p->bias[i] = o->early[o->step[p->node[i].step].ins];
        clocks += p->node[i].clocks;
    }
    p->even = (double)clocks / (double)(o->used * (p->n + 1));
    tails(p);
}
