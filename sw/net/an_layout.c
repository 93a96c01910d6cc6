/* SPDX-License-Identifier: Apache-2.0
 * Addresses on every core. The core that computes a vector has it in the memories it is declared for, another core those halves that it
 * uses. A vector in both memories has one address in both: rings first, then those, then what is in one memory. */
#include "an_comp.h"
#include <string.h>

typedef struct held { bool s, r; } held_t;

static held_t held(const an_comp_t *o, const an_loc_t *l, uint32_t core)
{
    return (held_t){ o->users[an_obj(o, l, false)] >> core & 1, o->users[an_obj(o, l, true)] >> core & 1 };
}

/* Vectors of one declaration on this core, those for which want() holds; scratch vectors share one place. */
static void line(an_comp_t *o, uint32_t core, size_t first, size_t end, int kind, uint32_t *cursor)
{
    uint32_t shared = 0;
    for (size_t i = first; i < end; i++) {
        const an_loc_t *l = &o->loc[i];
        const held_t h = held(o, l, core);
        const bool alias = l->part && l->of >= 0 && core == an_seat(o, l);
        const int is = alias || (!h.s && !h.r) ? -1 : l->decl->depth > 1 ? 0 : h.s && h.r ? 1 : h.s ? 2 : 3;
        if (is != kind) continue;
        o->place[core].addr[i] = *cursor;
        if (!l->decl->scratch) *cursor += l->nb;
        else if (l->nb > shared) shared = l->nb;
    }
    *cursor += shared;
}

static void lines(an_comp_t *o, uint32_t core, int kind, uint32_t *cursor)
{
    for (size_t i = 0, end; i < o->n_loc; i = end) {
        for (end = i + 1; end < o->n_loc && o->loc[end].decl == o->loc[i].decl; end++) {}
        line(o, core, i, end, kind, cursor);
    }
}

static void vectors(an_comp_t *o, uint32_t core)
{
    an_place_t *p = &o->place[core];
    uint32_t both = 0;
    lines(o, core, 0, &both);
    p->ring_step = both;
    p->ring_size = both *= (uint32_t)o->ring_depth;
    p->s_blocks = o->ring_s ? both : 0;
    p->r_blocks = o->ring_r ? both : 0;
    const uint32_t rings = both;
    lines(o, core, 1, &both);
    if (both > rings) p->s_blocks = p->r_blocks = both;
    for (size_t i = 0, end; i < o->n_loc; i = end) { /* state and rate vectors in the order of the rule */
        for (end = i + 1; end < o->n_loc && o->loc[end].decl == o->loc[i].decl; end++) {}
        line(o, core, i, end, 2, &p->s_blocks);
        line(o, core, i, end, 3, &p->r_blocks);
    }
    for (size_t i = 0; i < o->n_loc; i++) { /* slices of what is here */
        const an_loc_t *l = &o->loc[i];
        if (l->part && l->of >= 0 && core == an_seat(o, l)) p->addr[i] = p->addr[l->of] + l->first / o->cfg.lanes;
    }
}

static void projections(an_comp_t *o, uint32_t core)
{
    for (size_t i = 0; i < o->n_wloc; i++) {
        an_wloc_t *w = &o->wloc[i];
        if (w->core != core) continue;
        w->wbase = (uint32_t)o->place[core].w_blocks;
        o->place[core].w_blocks += (uint64_t)w->rows * w->stride;
    }
}

/* Room for a row operand times a rate, and for words that only pass. */
static void buffers(an_comp_t *o, uint32_t core)
{
    an_place_t *p = &o->place[core];
    uint32_t rows = 0, words[3] = { 0 };
    bool rate = false;
    for (size_t i = 0; i < o->n_ins; i++) rate |= o->where[i] >> core & 1 && o->ins[i].ref[0].loc == &o->tmp;
    for (size_t i = 0; rate && i < o->n_wloc; i++)
        if (o->wloc[i].core == core && an_blocks(o, o->wloc[i].rows) > rows) rows = an_blocks(o, o->wloc[i].rows);
    for (size_t i = 0; i < o->n_step; i++) {
        const an_loc_t *l = an_obj_loc(o, o->step[i].obj);
        uint32_t *n = &words[o->step[i].relay];
        if (o->step[i].core == core && l && l->nb > *n) *n = l->nb;
    }
    p->tmp = p->r_blocks;
    p->r_blocks += rows;
    p->relay[AN_RELAY_S] = p->s_blocks;
    p->s_blocks += words[AN_RELAY_S];
    p->relay[AN_RELAY_R] = p->r_blocks;
    p->r_blocks += words[AN_RELAY_R];
}

void an_layout(an_comp_t *o)
{
    for (uint32_t c = 0; c < o->cfg.cores; c++) {
        o->place[c] = (an_place_t){ .addr = o->place[c].addr };
        vectors(o, c);
        projections(o, c);
        buffers(o, c);
    }
}
