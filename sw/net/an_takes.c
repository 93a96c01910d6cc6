/* SPDX-License-Identifier: Apache-2.0
 * INs of a neighbour that become TAKE, so that their words come in while the core does something else: which, and orders that have more of them. The chip itself
 * sees to it that nothing meets what still comes in; what stands here is only for speed. */
#include "an_comp.h"
#include "an_vec.h"
#include <string.h>

bool an_takes_some(const an_comp_t *o, const an_step_t *s)
{
    return o->takes && s->kind == AN_STEP_IN && an_obj_loc(o, s->obj) && !s->relay && !s->both && (s->obj % 2 || o->takes == AN_TAKES_S);
}

uint64_t an_takes_clocks(const an_comp_t *o, const an_step_t *in)
{
    return (uint64_t)an_transfer_steps(o, in) * (in->obj % 2 ? 1 : AN_T_TAKE_PERIOD);
}

/* It writes S, or R, where words come in: a scatter does in every clock. */
static bool writes(const an_comp_t *o, const an_step_t *s, uint32_t memory)
{
    const uint64_t w = o->ins[s->ins].word;
    if (s->relay) return AN_GET(w, OP) == AN_OP_IN && memory == AN_SRC_S; /* the host's, by way of the buffer */
    if (AN_GET(w, OP) == AN_OP_PRJ) return memory == AN_SRC_S && AN_GET(o->ins[s->ins + an_unit(o, s->ins) - 1].word, SWP_SCATTER);
    return an_vec_writes(w, memory);
}

/* The step of the same core has to wait for what comes in. */
static bool waits(const an_comp_t *o, const an_step_t *in, const an_step_t *s)
{
    switch (s->kind) {
    case AN_STEP_PASS: return s->port == in->port;
    case AN_STEP_IN: return s->port == in->port || an_obj_loc(o, s->obj);
    case AN_STEP_OUT: return !s->relay && !s->give && an_obj_overlap(o, s->obj, in->obj); /* a GIVE reads nothing */
    default: break;
    }
    const uint32_t op = an_op(o, s->ins);
    if (an_control(op)) return op != AN_OP_TICK && op != AN_OP_RING; /* nothing is begun in one turn for the next, or the estimate would lose sight of it */
    if (writes(o, s, in->obj % 2 ? AN_SRC_R : AN_SRC_S)) return true;
    for (size_t i = 0; i < o->n_touch[s->ins]; i++)
        if (an_obj_overlap(o, o->touch[s->ins][i].obj, in->obj)) return true;
    return false;
}

static uint64_t clocks(const an_comp_t *o, const an_step_t *s)
{
    return s->kind == AN_STEP_INS ? o->cost[s->ins] : s->kind == AN_STEP_PASS || s->give ? AN_T_PASS : an_transfer_steps(o, s) + 1u + AN_T_OUT_LATENCY;
}

/* To R a TAKE takes no longer than IN, whatever comes next. To S the words come in a third as fast: late ones cost more, unless there is enough beside them. */
static bool pays(const an_comp_t *o, const an_step_t *in, uint64_t beside)
{
    return in->obj % 2 ? beside > 0 : beside >= an_takes_clocks(o, in);
}

void an_takes(an_comp_t *o)
{
    an_step_t *open[AN_MOST_CORES] = { 0 };
    uint64_t beside[AN_MOST_CORES] = { 0 };
    for (an_step_t *s = o->step; s < o->step + o->n_step; s++) {
        an_step_t **in = &open[s->core];
        s->take = s->closes = false;
        if (*in && waits(o, *in, s)) {
            s->closes = (*in)->take = pays(o, *in, beside[s->core]);
            *in = NULL;
        }
        if (*in) beside[s->core] += clocks(o, s);
        if (!an_takes_some(o, s)) continue;
        *in = s;
        beside[s->core] = 0;
    }
}

/* Of one core: its last steps that are instructions, and the IN before them, SIZE_MAX: none that may be TAKE. */
enum { AN_LAST = 12 };
typedef struct last { size_t n, at[AN_LAST], in; } last_t;

/* How many of them, from the first on, are left to the IN before them: as many as it needs, or up to the one that waits for it. */
static size_t left(const an_comp_t *o, const last_t *l)
{
    if (l->in == SIZE_MAX) return 0;
    const an_step_t *in = &o->step[l->in];
    uint64_t beside = 0;
    size_t k = 0;
    while (k < l->n && beside < an_takes_clocks(o, in)) {
        const an_step_t *s = &o->step[l->at[k++]];
        if (waits(o, in, s)) break;
        beside += clocks(o, s);
    }
    return k;
}

static size_t moved(size_t x, size_t at, size_t to) { return x == SIZE_MAX || x <= at || x > to ? x : x - 1; }

/* The step goes to where `to` is now, and what is between goes up. */
static void put_behind(an_comp_t *o, last_t *last, size_t at, size_t to)
{
    const an_step_t s = o->step[at];
    memmove(&o->step[at], &o->step[at + 1], (to - at) * sizeof s);
    o->step[to] = s;
    for (uint32_t c = 0; c < o->used; c++) {
        last[c].in = moved(last[c].in, at, to);
        for (size_t k = 0; k < last[c].n; k++) last[c].at[k] = last[c].at[k] == at ? to : moved(last[c].at[k], at, to);
    }
}

/* Instructions that need not have gone before the IN at i go behind it, as many as it can use. */
static void go_first(an_comp_t *o, last_t *last, size_t i)
{
    last_t *l = &last[o->step[i].core];
    const size_t keep = left(o, l);
    const uint64_t wanted = an_takes_clocks(o, &o->step[i]);
    uint64_t beside = 0;
    size_t k = l->n;
    while (k > keep && beside < wanted && !waits(o, &o->step[i], &o->step[l->at[k - 1]])) beside += clocks(o, &o->step[l->at[--k]]);
    const size_t behind = l->n - k;
    memmove(l->at, l->at + k, behind * sizeof *l->at);
    l->n = behind;
    l->in = i;
    for (size_t j = 0; j < behind; j++) put_behind(o, last, l->at[j], i); /* each one behind the one before it */
}

void an_takes_order(an_comp_t *o, size_t from, size_t to)
{
    last_t last[AN_MOST_CORES];
    for (uint32_t c = 0; c < AN_MOST_CORES; c++) last[c] = (last_t){ .in = SIZE_MAX };
    for (size_t i = from; i < to && o->takes; i++) {
        const an_step_t *s = &o->step[i];
        last_t *l = &last[s->core];
        if (an_takes_some(o, s)) {
            go_first(o, last, i);
        } else if (s->kind != AN_STEP_INS || an_control(an_op(o, s->ins))) {
            *l = (last_t){ .in = SIZE_MAX };
        } else {
            if (l->n == AN_LAST) {
                memmove(l->at, l->at + 1, --l->n * sizeof *l->at);
                l->in = SIZE_MAX;
            }
            l->at[l->n++] = i;
        }
    }
}
