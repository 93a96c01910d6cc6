/* SPDX-License-Identifier: Apache-2.0
 * OUTs that become GIVE, so that their words go as they are written: which, and where. An OUT goes up in the common order to where the step stands that writes its
 * words, or further up. No core waits for ever for that: a step still waits only for steps before it. What a GIVE wants is room for all of its words, and there
 * is, once all before it is done: what was given that way before and is not taken by then leaves that much, and nobody else gives there. Its words are there when
 * the step that writes them is done, which stands before the IN. */
#include "an_comp.h"
#include "an_vec.h"
#include <string.h>

enum { NOWHERE = -1 };

static bool has(const an_comp_t *o, const an_step_t *give, const an_loc_t *l)
{
    const an_loc_t *x = an_obj_loc(o, give->obj);
    if (l == x) return true;
    if (!l || an_seat(o, x) != give->core || !an_obj_together(o, an_obj(o, l, false), an_obj(o, x, false)) || x->decl->scratch) return false;
    return an_loc_first(l) <= an_loc_first(x) && an_loc_first(x) + x->n <= an_loc_first(l) + l->n;
}

/* The sums of a sweep, or their low words: a group of them is what the vector units write in a clock only where there is one for each lane. */
static const an_ref_t *sums(const an_comp_t *o, const an_step_t *give, size_t ins)
{
    const an_ins_t *i = &o->ins[ins], *swp = i + an_unit(o, ins) - 1, *row = swp - 2; /* ROW, LAN, SWP */
    if (give->obj % 2 || !AN_GET(swp->word, SWP_GATHER) || an_mem_units(&o->cfg) < o->cfg.lanes) return NULL;
    for (int k = 2; k <= (AN_GET(swp->word, SWP_RAW) ? 3 : 2); k++)
        if (has(o, give, row->ref[k].loc)) return row->ref[k].loc->n == AN_GET(i->word, PRJ_ROWS) ? &row->ref[k] : NULL;
    return NULL;
}

const an_ref_t *an_gives_from(const an_comp_t *o, const an_step_t *give, size_t ins)
{
    const an_ins_t *i = &o->ins[ins];
    const uint32_t op = AN_GET(i->word, OP);
    if (op == AN_OP_PRJ) return sums(o, give, ins);
    if (op < AN_OP_ADD || op > AN_OP_TAB || !an_vec_writes(i->word, give->obj % 2 ? AN_SRC_R : AN_SRC_S)) return NULL;
    return has(o, give, i->ref[0].loc) && i->n == i->ref[0].loc->n ? &i->ref[0] : NULL;
}

/* The step writes words of the OUT. */
static bool writes(const an_comp_t *o, const an_step_t *out, const an_step_t *s)
{
    if (s->kind == AN_STEP_IN) return an_obj_loc(o, s->obj) && !s->relay && (an_obj_overlap(o, s->obj, out->obj) || (s->both && an_obj_overlap(o, s->obj ^ 1u, out->obj)));
    for (size_t i = 0; s->kind == AN_STEP_INS && i < o->n_touch[s->ins]; i++)
        if (o->touch[s->ins][i].write && an_obj_overlap(o, o->touch[s->ins][i].obj, out->obj)) return true;
    return false;
}

/* No GIVE of the core goes past the step: it is one that all cores have, or gives that way itself. */
static bool bars(const an_comp_t *o, const an_step_t *out, const an_step_t *s)
{
    if (s->kind == AN_STEP_INS) return an_control(an_op(o, s->ins));
    return s->kind != AN_STEP_IN && an_link_given(s) == an_link_given(out);
}

/* The number of the step before i on that core. */
static int64_t above(const an_comp_t *o, int64_t i, uint32_t core)
{
    do i--;
    while (i >= 0 && o->step[i].core != core);
    return i;
}

/* The step that writes all words of the OUT at i before it, if they can be given. */
static int64_t writer(const an_comp_t *o, int64_t i)
{
    const an_step_t *out = &o->step[i];
    for (int64_t k = above(o, i, out->core); k >= 0 && !bars(o, out, &o->step[k]); k = above(o, k, out->core)) {
        const an_step_t *s = &o->step[k];
        if (!writes(o, out, s)) continue;
        return s->kind == AN_STEP_INS && an_weight(o, s->ins) == an_weight(o, out->ins) && an_gives_from(o, out, s->ins) ? k : NOWHERE;
    }
    return NOWHERE;
}

/* Between the step before `at` and that one a GIVE of the core has not had its words. */
static bool pending(const an_comp_t *o, int64_t at, uint32_t core)
{
    int64_t give = above(o, at, core);
    while (give >= 0 && !o->step[give].give) give = above(o, give, core);
    for (int64_t i = above(o, at, core); give >= 0 && i > give; i = above(o, i, core))
        if (o->step[i].kind == AN_STEP_INS && an_gives_from(o, &o->step[give], o->step[i].ins)) return false;
    return give >= 0;
}

/* There is room for all words of the transfer before step `at`, if all before it is done. */
static bool has_room(const an_comp_t *o, const an_step_t *out, int64_t at)
{
    const uint32_t l = an_link_given(out), depth = an_mem_link_steps(&o->cfg), n = an_transfer_steps(o, out);
    uint32_t between = 0;
    for (int64_t i = 0; i < at; i++) {
        const an_step_t *s = &o->step[i];
        const uint32_t steps = s->kind == AN_STEP_INS ? 0 : an_transfer_steps(o, s);
        if (!steps || steps > depth) continue;
        if (s->kind != AN_STEP_IN && an_link_given(s) == l) between += steps;
        if (s->kind != AN_STEP_OUT && an_link_taken(s) == l) between -= steps;
    }
    return between + n <= depth;
}

/* Step `at` becomes step `to`; what is between moves by one. */
static void put(an_comp_t *o, int64_t at, int64_t to)
{
    const an_step_t s = o->step[at];
    if (to < at) memmove(&o->step[to + 1], &o->step[to], (size_t)(at - to) * sizeof s);
    else memmove(&o->step[at], &o->step[at + 1], (size_t)(to - at) * sizeof s);
    o->step[to] = s;
}

/* The next place up from `at`, where a GIVE stands or would; NOWHERE: none. A step that holds two cores is not parted. */
static int64_t up(const an_comp_t *o, const an_step_t *out, int64_t at)
{
    const int64_t i = above(o, at, out->core);
    if (i < 0 || bars(o, out, &o->step[i]) || writes(o, out, &o->step[i])) return NOWHERE;
    return i - (o->step[i].kind == AN_STEP_IN && an_transfer_steps(o, &o->step[i]) > an_mem_link_steps(&o->cfg));
}

typedef struct gain { uint64_t period, clocks; } gain_t;

static gain_t weighed(an_comp_t *o)
{
    gain_t g = { .clocks = 0 };
    an_clocks(o);
    g.period = o->period;
    for (uint32_t c = 0; c < o->used; c++) g.clocks += o->place[c].clocks;
    return g;
}

static bool better(const gain_t *a, const gain_t *b) { return a->period != b->period ? a->period < b->period : a->clocks < b->clocks; }

/* The OUT at i becomes GIVE where that is best, if it is better than it is. */
static bool place(an_comp_t *o, int64_t i, gain_t *now)
{
    enum { PLACES = 8 }; /* looked at */
    const an_step_t out = o->step[i];
    int64_t best = NOWHERE, at = writer(o, i);
    for (int k = 0; k < PLACES && at >= 0 && !pending(o, at, out.core) && has_room(o, &out, at); k++) {
        put(o, i, at);
        o->step[at].give = true;
        const gain_t g = weighed(o);
        if (better(&g, now)) {
            *now = g;
            best = at;
        }
        put(o, at, i);
        o->step[i].give = false;
        at = up(o, &out, at);
    }
    if (best < 0) return false;
    put(o, i, best);
    o->step[best].give = true;
    return true;
}

static bool may(const an_comp_t *o, const an_step_t *s)
{
    return s->kind == AN_STEP_OUT && !s->give && !s->relay && an_obj_loc(o, s->obj) && !an_obj_ring(o, s->obj) && an_op(o, s->ins) != AN_OP_HALT &&
           an_transfer_steps(o, s) <= an_mem_link_steps(&o->cfg);
}

void an_gives(an_comp_t *o)
{
    if (!o->cfg.give || o->used == 1) return;
    const size_t train = an_training(o), first = o->first[train], end = an_entry_end(o, train);
    gain_t now = weighed(o);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < o->n_step; i++)
            if (o->step[i].ins >= first && o->step[i].ins < end && may(o, &o->step[i])) more |= place(o, (int64_t)i, &now);
    }
    (void)weighed(o);
}
