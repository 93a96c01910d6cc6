/* SPDX-License-Identifier: Apache-2.0
 * Statements and control. */
#include "an_comp.h"
#include <string.h>

size_t an_emit(an_comp_t *o, an_ins_t i)
{
    i.weight = o->weight;
    AN_PUSH(o->c, o->ins, o->n_ins, i);
    return o->n_ins - 1;
}

static void control(an_comp_t *o, uint64_t word, an_at_t at) { an_emit(o, (an_ins_t){ .word = word, .at = at }); }

size_t an_emit_site(an_comp_t *o, size_t ins, const char *name, bool state)
{
    AN_PUSH(o->c, o->site, o->n_site, (an_site_t){ .pc = (uint32_t)ins, .name = an_fmt(o->c, "%s", name), .state = state });
    return o->n_site - 1;
}

void an_emit_more(an_comp_t *o, size_t site, size_t ins)
{
    an_site_t *s = &o->site[site];
    AN_PUSH(o->c, s->more, s->n_more, (an_where_t){ AN_NOWHERE, (uint32_t)ins });
}

void an_emit_copy(an_comp_t *o, const an_loc_t *d, const an_loc_t *a, uint32_t back, an_at_t at)
{
    an_ins_t i = { .word = AN_PUT(AN_PUT(0, OP, AN_OP_ADD), VEC_DSP, d->decl->rate ? AN_SPC_SR : AN_SPC_S), .at = at, .n = d->pop->n, .pop = d->pop };
    i.word = AN_PUT(AN_PUT(i.word, VEC_BSP, AN_SRC_Z), VEC_ASP, a ? AN_SRC_S : AN_SRC_Z);
    i.ref[0].loc = d;
    if (a) i.ref[1] = (an_ref_t){ a, back };
    an_emit_site(o, an_emit(o, i), an_fmt(o->c, "%s.%s", d->pop->name, d->decl->name), true);
}

static void ring(an_comp_t *o, bool rot, an_at_t at)
{
    for (uint32_t mem = 0; mem < 2; mem++)
        if (mem ? o->ring_r : o->ring_s) control(o, AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_RING), RING_ROT, rot), RING_MEM, mem), at);
}

static void k_op(an_comp_t *o, uint32_t op, uint32_t d, uint32_t a, uint32_t b, uint32_t c, bool neg, an_at_t at)
{
    uint64_t w = AN_PUT(AN_PUT(AN_PUT(0, OP, op), VEC_D, d), VEC_DSP, AN_SPC_K);
    w = AN_PUT(AN_PUT(AN_PUT(AN_PUT(w, VEC_ASP, AN_SRC_K), VEC_A, a), VEC_BSP, AN_SRC_K), VEC_B, b);
    control(o, AN_PUT(AN_PUT(AN_PUT(w, VEC_CSP, 1), VEC_C, c), VEC_NEG, neg), at);
}

/* The scalar "rotation" holds how many steps the rings stand from where they began, 1..depth, since a START puts them back. */
static uint32_t steps(an_comp_t *o, const char *name, long n, an_at_t at) { return an_k_add(o, name, (double)n, -AN_F_STATE, at); }

static void rotate(an_comp_t *o, an_at_t at)
{
    const long depth = o->ring_depth;
    const uint32_t turn = steps(o, "rotation", depth, at), left = steps(o, "rotations", 0, at), one = steps(o, "1 step", 1, at);
    ring(o, true, at);
    k_op(o, AN_OP_ADD, left, turn, steps(o, "steps", depth, at), 0, true, at);
    k_op(o, AN_OP_ADD, turn, turn, one, 0, false, at);
    k_op(o, AN_OP_SEL, turn, left, one, turn, false, at);
}

static void loop_from(an_comp_t *o, uint32_t k, an_at_t at) { control(o, AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_LOOP), LOOP_FROMK, 1), LOOP_COUNT, k), at); }

static void rings_begin(an_comp_t *o, an_at_t at)
{
    ring(o, false, at);
    if (!o->ring_depth) return;
    loop_from(o, steps(o, "rotation", o->ring_depth, at), at);
    ring(o, true, at);
    control(o, AN_PUT(0, OP, AN_OP_END), at);
}

static void block(an_comp_t *o, an_stmt_t *const *body, size_t n, const an_pop_t *pop, int depth);

static void loop(an_comp_t *o, const an_stmt_t *s, const an_pop_t *pop, int depth)
{
    an_entry_t *e = &o->entry[o->n_entry - 1];
    const size_t n_in = e->n_in, n_out = e->n_out;
    const int k = s->count->kind == AN_EX_NAME ? an_k_find(o, s->count->name) : -1;
    uint64_t w = AN_PUT(0, OP, AN_OP_LOOP);
    long turns = 0;
    if (k >= 0) {
        w = AN_PUT(AN_PUT(w, LOOP_FROMK, 1), LOOP_COUNT, k);
    } else {
        an_env_t env = { .net = o->net, .pop = pop };
        turns = an_integer(o->c, s->count, &env, 1, AN_GET(~0ull, LOOP_COUNT), "turns of a loop");
        w = AN_PUT(w, LOOP_COUNT, turns);
    }
    if (depth == AN_LOOP_DEPTH) an_fail(o->c, AN_ERR_INPUT, s->at, "loops nested too deep; legal: %d, the entry's own included", AN_LOOP_DEPTH);
    const uint32_t outside = o->weight, from_k = k >= 0 ? (uint32_t)o->k[k].word & 0xFFFFu : 0;
    control(o, w, s->at);
    o->weight *= turns ? (uint32_t)turns : from_k ? from_k : 1;
    block(o, s->body, s->n_body, pop, depth + 1);
    control(o, AN_PUT(0, OP, AN_OP_END), s->at);
    o->weight = outside;
    const size_t in = e->n_in - n_in, out = e->n_out - n_out;
    if ((in || out) && (k >= 0 || turns > 4096))
        an_fail(o->c, AN_ERR_INPUT, s->at, "in and out inside a loop need a constant count; legal: 1 to 4096");
    if ((in + out) * (size_t)turns > 65536) an_fail(o->c, AN_ERR_INPUT, s->at, "more than 65536 in and out a turn of the entry");
    for (long t = 1; t < turns; t++) { /* every turn's words are named */
        for (size_t i = 0; i < in; i++) AN_PUSH(o->c, e->in, e->n_in, e->in[n_in + i]);
        for (size_t i = 0; i < out; i++) AN_PUSH(o->c, e->out, e->n_out, e->out[n_out + i]);
    }
}

static void block(an_comp_t *o, an_stmt_t *const *body, size_t n, const an_pop_t *pop, int depth)
{
    for (size_t i = 0; i < n; i++) {
        const an_stmt_t *s = body[i];
        switch (s->kind) {
        case AN_ST_OP: an_vecop(o, s, pop); break;
        case AN_ST_LOOP: loop(o, s, pop, depth); break;
        case AN_ST_TICK: control(o, AN_PUT(0, OP, AN_OP_TICK), s->at); break;
        case AN_ST_ROTATE:
            if (!o->ring_depth) an_fail(o->c, AN_ERR_INPUT, s->at, "rotate: no vector is a ring");
            rotate(o, s->at);
            break;
        case AN_ST_SWEEP:
            if (pop) an_fail(o->c, AN_ERR_INPUT, s->at, "a sweep names its roles itself; legal: outside each");
            an_sweep(o, s);
            break;
        case AN_ST_EACH:
            if (pop) an_fail(o->c, AN_ERR_INPUT, s->at, "each inside each");
            for (size_t k = 0; k < o->net->n_pop; k++)
                if (s->roles >> o->net->pop[k].role & 1) block(o, s->body, s->n_body, &o->net->pop[k], depth);
            break;
        }
    }
}

void an_emit_entry(an_comp_t *o, const an_rule_entry_t *r)
{
    an_entry_t e = { .name = an_fmt(o->c, "%s", r->name), .turns_scalar = AN_K_TURNS };
    size_t n = o->n_entry;
    e.pc = an_new(o->c, o->cfg.cores, sizeof *e.pc);
    AN_PUSH(o->c, o->first, n, o->n_ins);
    AN_PUSH(o->c, o->entry, o->n_entry, e);
    o->weight = 1;
    rings_begin(o, r->at);
    loop_from(o, AN_K_TURNS, r->at);
    block(o, r->body, r->n_body, NULL, 1);
    control(o, AN_PUT(0, OP, AN_OP_END), r->at);
    control(o, AN_PUT(0, OP, AN_OP_HALT), r->at);
}
