/* SPDX-License-Identifier: Apache-2.0
 * The vectors and projections of a network, in the order in which a core holds them: rings first, then vectors of both memories, then of one. */
#include "an_comp.h"
#include <math.h>
#include <string.h>

uint32_t an_blocks(const an_comp_t *o, uint32_t n) { return (n + o->cfg.lanes - 1) / o->cfg.lanes; }

const an_loc_t *an_loc(const an_comp_t *o, const char *name, const an_pop_t *pop)
{
    for (size_t i = 0; i < o->n_loc; i++)
        if (o->loc[i].pop == pop && strcmp(o->loc[i].decl->name, name) == 0) return &o->loc[i];
    return NULL;
}

const an_wloc_t *an_wloc(const an_comp_t *o, const an_proj_t *proj)
{
    for (size_t i = 0; i < o->n_wloc; i++)
        if (o->wloc[i].proj == proj) return &o->wloc[i];
    return NULL;
}

/* The largest scale at which every neuron's coefficient stays in [-8, 8). */
static int coef_scale(an_comp_t *o, const an_vector_t *v, const an_pop_t *p)
{
    double top = 0;
    an_env_t env = { .net = o->net, .pop = p, .draw = v->name };
    for (env.neuron = 0; env.neuron < p->n; env.neuron++) {
        env.draws = 0;
        top = fmax(top, fabs(an_value(o->c, v->value, &env)));
    }
    int s = 15;
    while (s > -8 && rint(ldexp(top, AN_F_RATE + s)) > INT16_MAX) s--;
    return top > 0 ? s : 0;
}

static void place(an_comp_t *o, const an_vector_t *v)
{
    for (size_t i = 0; i < o->net->n_pop; i++) {
        const an_pop_t *p = &o->net->pop[i];
        if (!(v->roles >> p->role & 1)) continue;
        an_loc_t l = { .decl = v, .pop = p, .n = p->n, .nb = an_blocks(o, p->n), .scale = v->scale };
        if (v->coef) l.scale = coef_scale(o, v, p);
        AN_PUSH(o->c, o->loc, o->n_loc, l);
    }
}

static int order(const an_vector_t *v) { return v->depth > 1 ? 0 : v->state && v->rate ? 1 : 2; }

static void vectors(an_comp_t *o)
{
    const an_rule_t *r = o->rule;
    for (int k = 0; k < 3; k++)
        for (size_t i = 0; i < r->n_vector; i++) {
            const an_vector_t *v = &r->vector[i];
            if (order(v) != k) continue;
            if (k == 0 && v->depth > o->ring_depth) o->ring_depth = v->depth;
            o->ring_s |= k == 0 && v->state;
            o->ring_r |= k == 0 && v->rate;
            place(o, v);
        }
}

static void projections(an_comp_t *o)
{
    for (size_t i = 0; i < o->net->n_proj; i++) {
        const an_proj_t *p = &o->net->proj[i];
        const an_cut_t *cut = &o->cut[i];
        const uint32_t rows = an_row_side(p)->n, cols = an_lane_side(p)->n, key = (uint32_t)an_draw_key(o->net->seed, "key", p->name);
        an_wloc_t w = { .proj = p, .by_rows = cut->rows, .parts = cut->n };
        for (w.part = 0; w.part < cut->n; w.part++) {
            const uint32_t from = cut->at[w.part], side = cut->rows ? rows : cols, n = (w.part + 1 < cut->n ? cut->at[w.part + 1] : side) - from;
            w.first = cut->rows ? 0 : from;
            w.row = cut->rows ? from : 0;
            w.cols = cut->rows ? cols : n;
            w.rows = cut->rows ? n : rows;
            w.key = key ^ w.row << AN_ROW_AT;
            w.stride = an_blocks(o, w.cols) * (p->pair ? 2 : 1);
            w.stride += w.stride & 1;
            AN_PUSH(o->c, o->wloc, o->n_wloc, w);
        }
    }
}

void an_place(an_comp_t *o)
{
    vectors(o);
    projections(o);
    an_parts(o);
}
