/* SPDX-License-Identifier: Apache-2.0
 * Which core does an instruction: that of the vector it works for, the owner of its population, the core of its projection, for a scalar that of the
 * host's stream; control is for all. */
#include "an_comp.h"

static uint32_t of_population(const an_comp_t *o, const an_ins_t *i) { return i->work ? an_seat(o, i->work) : an_owner(o, i->pop); }

/* The core that has most of the words that the entries move from or to the host. */
static uint32_t busiest(const an_comp_t *o, uint32_t which)
{
    uint64_t words[AN_MOST_CORES] = { 0 };
    uint32_t best = 0;
    for (size_t i = 0; i < o->n_ins; i++)
        if (an_op(o, i) == which && o->ins[i].pop) words[of_population(o, &o->ins[i])] += (uint64_t)o->ins[i].n * o->ins[i].weight;
    for (uint32_t c = 1; c < o->cfg.cores; c++)
        if (words[c] > words[best]) best = c;
    return best;
}

/* Where a scalar instruction is done, -1: not known yet. */
static int scalar_home(const an_comp_t *o, size_t ins)
{
    const an_touch_t *t = o->touch[ins];
    const size_t n = o->n_touch[ins];
    int at = -1, written = -1;
    for (size_t j = 0; j < n; j++) {
        const uint32_t k = t[j].obj - an_obj_k(o, 0);
        if (t[j].write) written = (int)k;
        else if (!o->common[k] && at < 0) at = o->home[k];
    }
    if (written >= 0 && at < 0) at = o->home[written];
    if (written >= 0 && o->home[written] < 0) o->home[written] = at;
    return at;
}

static int fixed(const an_comp_t *o, size_t ins)
{
    const an_ins_t *i = &o->ins[ins];
    int at;
    if (i->w) at = (int)i->w->core;
    else if (i->pop) at = (int)of_population(o, i);
    else if (an_op(o, ins) == AN_OP_IN) at = (int)o->in_core;
    else if (an_op(o, ins) == AN_OP_OUT) at = (int)o->out_core;
    else return scalar_home(o, ins);
    const an_touch_t *t = o->touch[ins];
    const size_t n = o->n_touch[ins];
    for (size_t j = 0; j < n; j++)
        if (t[j].write && !an_obj_loc(o, t[j].obj) && o->home[t[j].obj - an_obj_k(o, 0)] < 0) o->home[t[j].obj - an_obj_k(o, 0)] = at;
    return at;
}

/* Every core computes it for itself: it writes a scalar that is the same everywhere. */
static bool for_all(const an_comp_t *o, size_t ins)
{
    const an_ins_t *i = &o->ins[ins];
    if (an_control(an_op(o, ins))) return true;
    return an_op(o, ins) != AN_OP_OUT && !i->w && !i->pop && AN_GET(i->word, VEC_DSP) == AN_SPC_K && o->common[AN_GET(i->word, VEC_D)];
}

/* Masks of the cores that hold an object: its users, the core that computes a vector; of a scalar all. */
static void users(an_comp_t *o, uint32_t all)
{
    for (size_t i = 0; i < an_objects(o); i++) {
        const an_loc_t *l = an_obj_loc(o, (uint32_t)i);
        o->users[i] = !l ? all : an_obj_declared(o, (uint32_t)i) ? 1u << an_seat(o, l) : 0;
    }
    for (size_t i = 0; i < o->n_ins; i += an_unit(o, i)) {
        const an_touch_t *t = o->touch[i];
        const size_t n = o->n_touch[i];
        for (size_t j = 0; j < n; j++)
            if (an_obj_loc(o, t[j].obj)) o->users[t[j].obj] |= o->where[i];
    }
}

void an_where(an_comp_t *o)
{
    for (size_t k = 0; k < o->n_k; k++) o->home[k] = -1;
    for (size_t i = 0; i < o->n_wloc; i++) {
        const an_proj_t *p = o->wloc[i].proj;
        o->wloc[i].core = o->wloc[i].on >= 0 ? (uint32_t)o->wloc[i].on : an_owner(o, o->wloc[i].at_pre ? p->pre : p->post);
    }
    o->in_core = busiest(o, AN_OP_IN);
    o->out_core = busiest(o, AN_OP_OUT);
    o->used = 1;
    for (size_t i = 0; i < o->net->n_pop; i++)
        if (o->owner[i] >= o->used) o->used = o->owner[i] + 1;
    for (size_t i = 0; i < o->n_loc; i++) /* a vector put by hand, which no instruction need write */
        if (an_seat(o, &o->loc[i]) >= o->used) o->used = an_seat(o, &o->loc[i]) + 1;
    for (int pass = 0; pass < 3; pass++) /* a scalar may be computed from one that is computed further down */
        for (size_t i = 0; i < o->n_ins; i++) {
            if (for_all(o, i)) continue;
            const int at = fixed(o, i);
            o->where[i] = 1u << (at < 0 ? 0 : at);
            if (at >= (int)o->used) o->used = (uint32_t)at + 1;
        }
    const uint32_t all = (uint32_t)((1ull << o->used) - 1);
    for (size_t i = 0; i < o->n_ins; i++)
        if (for_all(o, i)) o->where[i] = all;
    users(o, all);
}
