/* SPDX-License-Identifier: Apache-2.0
 * Projections in parts: the vectors that this needs beside those of the rule. A slice is a run of neurons of a vector; on the core of its
 * population it is that place of the vector itself, elsewhere it has words of its own. A sum is one of the two words of partial sums. */
#include "an_comp.h"
#include <string.h>

static void slice(an_comp_t *o, size_t of, uint32_t first, uint32_t n, bool second)
{
    const an_loc_t *l = &o->loc[of];
    an_vector_t *d = an_new(o->c, 1, sizeof *d);
    *d = (an_vector_t){ .name = "", .at = l->decl->at, .state = l->decl->state, .rate = l->decl->rate, .scratch = true, .depth = 1 };
    AN_PUSH(o->c, o->loc, o->n_loc, (an_loc_t){ .decl = d, .pop = l->pop, .n = n, .nb = an_blocks(o, n), .scale = l->scale, .part = true, .first = first, .of = (int)of, .second = second });
}

static bool there(const an_comp_t *o, size_t of, uint32_t first, uint32_t n)
{
    for (size_t i = 0; i < o->n_loc; i++)
        if (o->loc[i].part && o->loc[i].of == (int)of && o->loc[i].first == first && o->loc[i].n == n) return true;
    return false;
}

static bool gathers_into(const an_comp_t *o, const an_pop_t *p, uint32_t part)
{
    for (size_t i = 0; i < o->n_wloc; i++) {
        const an_wloc_t *w = &o->wloc[i];
        if (w->parts > 1 && !w->by_rows && w->part == part && an_row_side(w->proj) == p) return true;
    }
    return false;
}

/* One for every population: sums of several may wait to be merged. */
static void sums(an_comp_t *o, uint32_t part, bool low)
{
    an_vector_t *d = an_new(o->c, 1, sizeof *d);
    *d = (an_vector_t){ .name = "", .state = true, .depth = 1 };
    for (size_t i = 0; i < o->net->n_pop; i++) {
        const an_pop_t *p = &o->net->pop[i];
        if (!gathers_into(o, p, part)) continue;
        AN_PUSH(o->c, o->loc, o->n_loc, (an_loc_t){ .decl = d, .pop = p, .n = p->n, .nb = an_blocks(o, p->n), .part = true, .first = 2 * part + low, .of = -1 });
    }
}

void an_parts(an_comp_t *o)
{
    const size_t n = o->n_loc;
    for (size_t i = 0; i < o->n_wloc; i++) {
        const an_wloc_t *w = &o->wloc[i];
        const an_pop_t *p = an_cut_side(w);
        const uint32_t first = an_cut_first(w), of = an_cut_n(w);
        for (size_t k = 0; w->parts > 1 && k < n; k++)
            if (o->loc[k].pop == p && !there(o, k, first, of)) {
                slice(o, k, first, of, false);
                if (o->loc[k].decl->depth > 1) slice(o, k, first, of, true);
            }
    }
    for (uint32_t k = 0; k < AN_MOST_PARTS; k++)
        for (int low = 0; low < 2; low++) sums(o, k, low);
}

const an_loc_t *an_slice(const an_comp_t *o, const an_loc_t *l, const an_wloc_t *w, bool second)
{
    second &= l->decl->depth > 1;
    for (size_t i = 0; i < o->n_loc; i++) {
        const an_loc_t *s = &o->loc[i];
        if (s->part && s->of == (int)(l - o->loc) && s->first == an_cut_first(w) && s->n == an_cut_n(w) && s->second == second) return s;
    }
    return NULL;
}

const an_loc_t *an_sum(const an_comp_t *o, const an_wloc_t *w, bool low)
{
    const an_pop_t *p = an_row_side(w->proj);
    for (size_t i = 0; i < o->n_loc; i++)
        if (o->loc[i].part && o->loc[i].of < 0 && o->loc[i].pop == p && o->loc[i].first == 2 * w->part + low) return &o->loc[i];
    return NULL;
}
