/* SPDX-License-Identifier: Apache-2.0
 * IN of a neighbour that becomes TAKE, so that its words come in while the core sweeps: which, and the orders that have some. The chip itself sees to it
 * that nothing meets what still comes in; what stands here is only for speed. */
#include "an_comp.h"
#include <string.h>

bool an_takes_some(const an_comp_t *o, const an_step_t *s)
{
    return o->cfg.take && s->kind == AN_STEP_IN && an_obj_loc(o, s->obj) && !s->relay && !s->both;
}

static uint32_t first_of(const an_loc_t *l) { return l->part && l->of >= 0 ? l->first : 0; }

/* They share words: two slices of a vector may do without. */
static bool overlap(const an_comp_t *o, uint32_t a, uint32_t b)
{
    const an_loc_t *x = an_obj_loc(o, a), *y = an_obj_loc(o, b);
    if (!x || !y || x->decl->scratch || !an_obj_together(o, a, b)) return an_obj_together(o, a, b);
    return first_of(x) < first_of(y) + y->n && first_of(y) < first_of(x) + x->n;
}

bool an_takes_meets(const an_comp_t *o, const an_step_t *in, size_t ins)
{
    const bool state = in->obj % 2 == 0; /* a scatter has the state memory in every clock */
    if (state && AN_GET(o->ins[ins + an_unit(o, ins) - 1].word, SWP_SCATTER)) return true;
    for (size_t i = 0; i < o->n_touch[ins]; i++)
        if (overlap(o, o->touch[ins][i].obj, in->obj)) return true;
    return false;
}

/* To R it is at no clock behind IN. To S the words come in a third as fast: late ones make it slower than IN, however long the sweep, so that the order says. */
bool an_takes(const an_comp_t *o, const an_step_t *in, const an_step_t *next)
{
    if (!an_takes_some(o, in) || next->kind != AN_STEP_INS || an_op(o, next->ins) != AN_OP_PRJ || an_takes_meets(o, in, next->ins)) return false;
    return in->obj % 2 || (o->take_s && o->cost[next->ins] >= AN_T_TAKE_PERIOD * an_transfer_steps(o, in));
}

/* The last steps of a core, the latest first. */
enum { AN_LAST = 3 };
typedef struct last { size_t n, at[AN_LAST]; } last_t;

/* The core's last step is an IN that its sweep before it could run beside, and has no other one to run beside. */
static bool pays(const an_comp_t *o, const last_t *l)
{
    const an_step_t *s = o->step;
    return l->n > 1 && an_takes(o, &s[l->at[0]], &s[l->at[1]]) && !(l->n > 2 && an_takes(o, &s[l->at[2]], &s[l->at[1]]));
}

/* The step goes to where `to` is now, and what is between goes up. */
static void put_behind(an_comp_t *o, last_t *last, size_t at, size_t to)
{
    const an_step_t s = o->step[at];
    memmove(&o->step[at], &o->step[at + 1], (to - at) * sizeof s);
    o->step[to] = s;
    for (uint32_t c = 0; c < o->used; c++)
        for (size_t k = 0; k < last[c].n; k++) {
            size_t *x = &last[c].at[k];
            *x = *x == at ? to : *x > at && *x <= to ? *x - 1 : *x;
        }
}

void an_takes_order(an_comp_t *o, size_t from, size_t to)
{
    last_t last[AN_MOST_CORES] = { { 0 } };
    for (size_t i = from; i < to && o->cfg.take; i++) {
        const an_step_t *s = &o->step[i];
        last_t *l = &last[s->core];
        if (pays(o, l) && !an_takes(o, &o->step[l->at[0]], s)) {
            put_behind(o, last, l->at[1], l->at[0]);
            const size_t in = l->at[0];
            l->at[0] = l->at[1];
            l->at[1] = in;
        }
        memmove(&l->at[1], &l->at[0], (AN_LAST - 1) * sizeof l->at[0]);
        l->at[0] = i;
        l->n += l->n < AN_LAST;
    }
}
