/* SPDX-License-Identifier: Apache-2.0
 * Where vectors and projections stand. A vector in both memories has one address in both: rings first, then those, then what is in one memory. */
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
    return &o->wloc[proj - o->net->proj]; /* placed in the order of the network */
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

static void place(an_comp_t *o, const an_vector_t *v, uint32_t *cursor)
{
    uint32_t shared = 0;
    for (size_t i = 0; i < o->net->n_pop; i++) {
        const an_pop_t *p = &o->net->pop[i];
        if (!(v->roles >> p->role & 1)) continue;
        an_loc_t l = { .decl = v, .pop = p, .addr = *cursor, .nb = an_blocks(o, p->n), .scale = v->scale };
        if (v->coef) l.scale = coef_scale(o, v, p);
        if (v->scratch) {
            if (l.nb > shared) shared = l.nb;
        } else
            *cursor += l.nb;
        AN_PUSH(o->c, o->loc, o->n_loc, l);
    }
    *cursor += shared;
}

static void vectors(an_comp_t *o)
{
    const an_rule_t *r = o->rule;
    uint32_t both = 0;
    long depth = 1;
    for (size_t i = 0; i < r->n_vector; i++) {
        if (r->vector[i].depth < 2) continue;
        if (r->vector[i].depth > depth) depth = r->vector[i].depth;
        o->ring_s |= r->vector[i].state;
        o->ring_r |= r->vector[i].rate;
        place(o, &r->vector[i], &both);
    }
    o->ring_step = both;
    o->ring_size = both = both * (uint32_t)depth;
    o->s_blocks = o->ring_s ? both : 0;
    o->r_blocks = o->ring_r ? both : 0;
    for (size_t i = 0; i < r->n_vector; i++) {
        const an_vector_t *v = &r->vector[i];
        if (v->depth > 1 || !v->state || !v->rate) continue;
        place(o, v, &both);
        o->s_blocks = o->r_blocks = both;
    }
    for (size_t i = 0; i < r->n_vector; i++) {
        const an_vector_t *v = &r->vector[i];
        if (v->depth == 1 && v->state != v->rate) place(o, v, v->state ? &o->s_blocks : &o->r_blocks);
    }
}

static void projections(an_comp_t *o)
{
    for (size_t i = 0; i < o->net->n_proj; i++) {
        const an_proj_t *p = &o->net->proj[i];
        an_wloc_t w = { .proj = p, .wbase = (uint32_t)o->w_blocks, .key = (uint32_t)an_draw_key(o->net->seed, "key", p->name) };
        w.rows = p->pre_on_rows ? p->pre->n : p->post->n;
        w.cols = p->pre_on_rows ? p->post->n : p->pre->n;
        w.stride = an_blocks(o, w.cols) * (p->pair ? 2 : 1);
        w.stride += w.stride & 1;
        o->w_blocks += (uint64_t)w.rows * w.stride;
        AN_PUSH(o->c, o->wloc, o->n_wloc, w);
    }
}

uint32_t an_tmp(an_comp_t *o)
{
    if (!o->has_tmp) {
        uint32_t nb = 0;
        for (size_t i = 0; i < o->n_wloc; i++)
            if (an_blocks(o, o->wloc[i].rows) > nb) nb = an_blocks(o, o->wloc[i].rows);
        o->has_tmp = true;
        o->tmp = o->r_blocks;
        o->r_blocks += nb;
    }
    return o->tmp;
}

void an_place(an_comp_t *o)
{
    vectors(o);
    projections(o);
}
