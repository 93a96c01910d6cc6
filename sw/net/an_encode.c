/* SPDX-License-Identifier: Apache-2.0
 * From the steps to the programs: addresses of the core, POP where n changes, targets of END. */
#include "an_comp.h"

typedef struct encoder {
    an_comp_t *o;
    an_place_t *p;
    uint32_t core;
    size_t loop[AN_LOOP_DEPTH + 1], depth;
    int64_t *pc;         /* by instruction: where it stands on this core, -1: nowhere */
} encoder_t;

static void put(encoder_t *e, uint64_t word, an_at_t at)
{
    size_t n = e->p->n_word;
    AN_PUSH(e->o->c, e->p->line, n, (uint32_t)at.line);
    AN_PUSH(e->o->c, e->p->word, e->p->n_word, word);
}

static void pop(encoder_t *e, uint32_t n, an_at_t at)
{
    if (!n || e->p->pop_n == n) return;
    put(e, AN_PUT(AN_PUT(0, OP, AN_OP_POP), POP_N, n), at);
    e->p->pop_n = n;
}

static uint32_t address(const encoder_t *e, const an_ref_t *r)
{
    if (r->loc == &e->o->tmp) return e->p->tmp;
    const an_loc_t *l = r->loc;
    if (l->part && (l->of < 0 || e->core != an_seat(e->o, l))) return e->p->addr[l - e->o->loc]; /* words of its own */
    return e->p->addr[l - e->o->loc] + r->back * e->p->ring_step;
}

/* The four vectors of a word stand in the same fields in all layouts. */
static uint64_t addresses(const encoder_t *e, const an_ins_t *i)
{
    _Static_assert(AN_F_VEC_D_LSB == AN_F_ROW_X_LSB && AN_F_VEC_A_LSB == AN_F_ROW_X2_LSB && AN_F_VEC_B_LSB == AN_F_ROW_G_LSB && AN_F_VEC_C_LSB == AN_F_ROW_GINIT_LSB, "ROW as VEC");
    _Static_assert(AN_F_VEC_D_LSB == AN_F_LAN_Y_LSB && AN_F_VEC_A_LSB == AN_F_LAN_Y2_LSB && AN_F_VEC_B_LSB == AN_F_LAN_ACC_LSB && AN_F_VEC_C_LSB == AN_F_LAN_AINIT_LSB, "LAN as VEC");
    uint64_t w = i->word;
    if (i->ref[0].loc) w = AN_PUT(w, VEC_D, address(e, &i->ref[0]));
    if (i->ref[1].loc) w = AN_PUT(w, VEC_A, address(e, &i->ref[1]));
    if (i->ref[2].loc) w = AN_PUT(w, VEC_B, address(e, &i->ref[2]));
    if (i->ref[3].loc) w = AN_PUT(w, VEC_C, address(e, &i->ref[3]));
    return w;
}

/* IN and OUT of the host by way of the core's buffer. */
static uint64_t buffered(const encoder_t *e, uint64_t w, an_relay_t relay)
{
    if (AN_GET(w, OP) == AN_OP_IN) return AN_PUT(AN_PUT(w, VEC_DSP, AN_SPC_S), VEC_D, e->p->relay[relay]);
    return AN_PUT(w, VEC_A, e->p->relay[relay]);
}

static void one(encoder_t *e, size_t ins, an_relay_t relay)
{
    const an_ins_t *i = &e->o->ins[ins];
    uint64_t w = relay ? buffered(e, i->word, relay) : addresses(e, i);
    const uint32_t op = AN_GET(w, OP);
    if (op == AN_OP_RING && !e->p->ring_step) return;
    if (op == AN_OP_RING && AN_GET(w, RING_ROT)) w = AN_PUT(w, RING_STEP, e->p->ring_step);
    else if (op == AN_OP_RING) w = AN_PUT(w, RING_SIZE, e->p->ring_size);
    if (op == AN_OP_PRJ) w = AN_PUT(w, PRJ_WBASE, i->w->wbase);
    if (op == AN_OP_END) w = AN_PUT(w, END_TARGET, e->loop[--e->depth] + 1);
    pop(e, i->n, i->at);
    if (op == AN_OP_LOOP) e->loop[e->depth++] = e->p->n_word;
    if (op == AN_OP_LOOP) e->p->pop_n = 0;
    e->pc[ins] = (int64_t)e->p->n_word;
    put(e, w, i->at);
}

static void transfer(encoder_t *e, const an_step_t *s)
{
    const an_comp_t *o = e->o;
    const an_at_t at = o->ins[s->ins].at;
    const an_loc_t *l = an_obj_loc(o, s->obj);
    const bool out = s->kind == AN_STEP_OUT, rate = s->relay == AN_RELAY_R || (l && s->obj % 2 && !s->relay);
    const an_ins_t *i = &o->ins[s->ins];
    const uint32_t op = AN_GET(i->word, OP);
    /* a slice moves for the sake of a VIEW or a JOIN, whose vector may be a step further back */
    const an_ref_t r = { l, l && l->part ? i->ref[op == AN_OP_VIEW].back : s->back };
    const uint32_t addr = !l ? s->obj - an_obj_k(o, 0) : s->relay ? e->p->relay[s->relay] : address(e, &r);
    const uint32_t sp = !l ? AN_SRC_K : rate ? AN_SRC_R : AN_SRC_S;
    uint64_t w = AN_PUT(AN_PUT(0, OP, s->give ? AN_OP_GIVE : out ? AN_OP_OUT : s->take ? AN_OP_TAKE : AN_OP_IN), VEC_B, s->port);
    if (out && !s->give) w = AN_PUT(AN_PUT(w, VEC_ASP, sp), VEC_A, addr);
    else w = AN_PUT(AN_PUT(w, VEC_DSP, !l ? AN_SPC_K : s->both ? AN_SPC_SR : rate ? AN_SPC_R : AN_SPC_S), VEC_D, addr);
    pop(e, l ? l->n : 0, at);
    put(e, w, at);
}

/* n only matters as far as the number of steps does. */
static void pass(encoder_t *e, const an_step_t *s)
{
    const an_comp_t *o = e->o;
    const an_at_t at = o->ins[s->ins].at;
    const uint32_t n = an_transfer_steps(o, s);
    if (n > 1 && an_mem_transfer_steps(&o->cfg, e->p->pop_n) != n) pop(e, an_obj_loc(o, s->obj)->n, at);
    put(e, AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_PASS), VEC_DSP, n > 1 ? AN_SPC_S : AN_SPC_K), VEC_B, s->port), at);
}

static void steps(encoder_t *e)
{
    const an_comp_t *o = e->o;
    size_t entry = 0;
    for (size_t i = 0; i < o->n_step; i++) {
        const an_step_t *s = &o->step[i];
        while (entry < o->n_entry && s->ins >= o->first[entry]) o->entry[entry++].pc[e->core] = (uint32_t)e->p->n_word;
        if (s->core != e->core) continue;
        const size_t n = an_unit(o, s->ins);
        if (s->kind == AN_STEP_PASS) pass(e, s);
        else if (s->kind != AN_STEP_INS) transfer(e, s);
        else for (size_t k = 0; k < n; k++) one(e, s->ins + k, s->relay);
    }
}

/* Further places of the sites, each on one core. */
static void more(an_comp_t *o, uint32_t core, const int64_t *pc)
{
    for (size_t i = 0; i < o->n_site; i++)
        for (size_t k = 0; k < o->site[i].n_more; k++) {
            an_where_t *w = &o->site[i].more[k];
            if (w->core != AN_NOWHERE || pc[w->pc] < 0) continue;
            *w = (an_where_t){ core, (uint32_t)pc[w->pc] };
        }
}

void an_encode(an_comp_t *o)
{
    const size_t n_site = o->n_site;
    int64_t *pc = an_new(o->c, o->n_ins, sizeof *pc);
    bool *done = an_new(o->c, n_site, sizeof *done);
    an_takes(o);
    for (uint32_t c = 0; c < o->cfg.cores; c++) {
        encoder_t e = { .o = o, .p = &o->place[c], .core = c, .pc = pc };
        for (size_t i = 0; i < o->n_ins; i++) pc[i] = -1;
        if (c < o->used) steps(&e);
        else put(&e, AN_PUT(0, OP, AN_OP_HALT), (an_at_t){ 0 });
        for (size_t i = 0; i < n_site; i++) { /* what several cores do alike is counted on the first of them */
            if (done[i] || pc[o->site[i].pc] < 0) continue;
            done[i] = true;
            o->site[i].core = c;
            o->site[i].pc = (uint32_t)pc[o->site[i].pc];
        }
        more(o, c, pc);
    }
}
