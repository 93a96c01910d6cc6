/* SPDX-License-Identifier: Apache-2.0
 * Estimates of clocks, as machine.md section 7 has them with zero-skip off. */
#include "an_code.h"
#include "an_times.h"
#include "an_vec.h"
#include <string.h>

uint32_t an_transfer_steps(const an_comp_t *o, const an_step_t *s)
{
    const an_loc_t *l = an_obj_loc(o, s->obj);
    return l ? an_mem_transfer_steps(&o->cfg, l->n) : 1;
}

/* The word with an address of its own for every vector that it reads, as far as they differ: where they stand is not known yet. */
static uint64_t told_apart(const an_ins_t *i)
{
    uint64_t at[4] = { 0 };
    for (uint32_t k = 1; k < 4; k++)
        for (uint32_t j = k; i->ref[k].loc && j > 0; j--)
            if (i->ref[j].loc == i->ref[k].loc && i->ref[j].back == i->ref[k].back) at[k] = j;
    const uint64_t a = at[1] ? AN_PUT(i->word, VEC_A, at[1]) : i->word, b = at[2] ? AN_PUT(a, VEC_B, at[2]) : a;
    return at[3] ? AN_PUT(b, VEC_C, at[3]) : b;
}

static uint64_t vec(const an_comp_t *o, const an_ins_t *i)
{
    const uint32_t op = AN_GET(i->word, OP), sh = AN_GET(i->word, VEC_SH), units = an_mem_units(&o->cfg), port = AN_GET(i->word, VEC_B);
    const bool reduces = op == AN_OP_SUM || op == AN_OP_DOT || op == AN_OP_AMAX, one = AN_GET(i->word, VEC_DSP) == AN_SPC_K && !reduces;
    const uint32_t n = one || !i->n ? 1 : i->n, ahead = an_ahead(o);
    const uint64_t steps = one ? 1 : an_mem_steps(&o->cfg, n);
    const bool in_steps = units > 1 && (port == AN_PORT_UP || port == AN_PORT_DOWN); /* of IN and OUT */
    const unsigned reads = an_vec_reads(op);
    const uint64_t nk = an_vec_scalars(i->word, reads), cps = an_vec_step(told_apart(i), reads, o->cfg.beside);
    switch (op) {
    case AN_OP_TAB: return nk + 2 + AN_T_TAB_PERIOD * ((units > 1 ? steps : n) - 1) + AN_T_TAB_LATENCY + ahead;
    case AN_OP_SUM: case AN_OP_DOT: case AN_OP_AMAX: return nk + n * cps + AN_T_REDUCE_LATENCY + ahead + 1;
    case AN_OP_IN: return 1 + (in_steps ? steps : n) + AN_T_IN_LATENCY;
    case AN_OP_OUT: return 1 + nk + AN_T_OUT_LATENCY + ahead + (!in_steps ? n : nk ? 1 : steps);
    case AN_OP_RECIP: return 1 + nk + n * (49u - (uint64_t)(int64_t)((int32_t)(sh ^ 16u) - 16) + AN_T_BITS_LATENCY + ahead + 1);
    case AN_OP_SQRT: return 1 + nk + n * (28u + AN_T_BITS_LATENCY + ahead + 1);
    default: return nk + steps * cps + AN_T_VEC_LATENCY + ahead + 1;
    }
}

/* Of a sweep: slots of a row, of a header; clocks after the last slot. */
typedef struct slots { uint32_t row, header, drain; bool two; } slots_t;

static slots_t slots(const an_comp_t *o, const an_ins_t *first, size_t n)
{
    const uint64_t prj = first->word, swp = first[n - 1].word;
    const uint32_t lanes = o->cfg.lanes, cols = AN_GET(prj, PRJ_COLS), nb = (cols + lanes - 1) / lanes;
    const bool learn = AN_GET(swp, SWP_LEARN), two = learn && AN_GET(prj, PRJ_PAIR);
    uint32_t words = ((two ? 2 * nb : nb) + 1) / 2 * 2;
    const uint32_t last = words % ((two ? 2u : 1u) * AN_BLOCK_COLUMNS / lanes), least = two ? AN_T_MIN_BLOCK_PAIR : AN_T_MIN_BLOCK;
    if (learn && last && last < least) words += least - last;
    if (words < AN_T_MIN_ROW) words = AN_T_MIN_ROW;
    const uint32_t plain = AN_GET(swp, SWP_SKIP) && !AN_GET(swp, SWP_GATHER) ? AN_T_HEADER_SKIP : AN_T_HEADER;
    return (slots_t){ words, o->cfg.ahead ? AN_T_HEADER_AHEAD : plain, two ? AN_T_DRAIN_PAIR : AN_T_DRAIN + an_ahead(o), two };
}

static uint64_t sweep(const an_comp_t *o, const an_ins_t *first, size_t n)
{
    const slots_t s = slots(o, first, n);
    const uint32_t lanes = o->cfg.lanes, rows = AN_GET(first->word, PRJ_ROWS);
    return n + (s.two ? 3 : 0) + (uint64_t)(rows + lanes - 1) / lanes * s.header + (uint64_t)rows * s.row + s.drain;
}

/* Of a step's clocks those in which the next one on its core may already run; addresses are not known yet, and hardly ever forbid it. */
static uint64_t tail_of(const an_comp_t *o, const an_ins_t *i)
{
    return o->cfg.follow && an_vec_elementwise(i->word) && an_mem_steps(&o->cfg, i->n) >= AN_T_FOLLOW_STEPS ? AN_T_VEC_LATENCY : 0;
}

uint64_t an_clocks_of(const an_comp_t *o, size_t ins)
{
    const an_ins_t *i = &o->ins[ins];
    const uint32_t op = AN_GET(i->word, OP);
    if (an_pseudo(op)) return 0;
    if (op == AN_OP_PRJ) return sweep(o, i, an_unit(o, ins));
    if (op == AN_OP_LOOP && AN_GET(i->word, LOOP_FROMK)) return AN_T_LOOP_K + an_ahead(o);
    if (op == AN_OP_END) return AN_T_END_TAKEN + an_ahead(o);
    return op >= AN_OP_IN ? vec(o, i) - tail_of(o, i) : 1;
}

size_t an_training(const an_comp_t *o)
{
    for (size_t e = 0; e < o->n_entry; e++)
        if (strcmp(o->entry[e].name, "train") == 0) return e;
    return 0;
}

/* Of a tail what the step that comes next has no use of. */
static uint64_t not_used(const an_comp_t *o, size_t ins, uint64_t tail)
{
    if (an_vec_elementwise(o->ins[ins].word)) return 0;
    const uint64_t sets = AN_GET(o->ins[ins].word, OP) == AN_OP_PRJ ? an_unit(o, ins) - 1 : 0;
    return tail > sets ? tail - sets : 0;
}

/* Of the instruction or sweep: when it writes the words that the GIVE gives; false: it does not. */
static bool written(const an_comp_t *o, const an_step_t *give, size_t ins, due_t *d)
{
    const an_ref_t *to = an_gives_from(o, give, ins);
    if (!to) return false;
    const an_ins_t *i = &o->ins[ins];
    const an_loc_t *l = an_obj_loc(o, give->obj);
    const uint32_t op = AN_GET(i->word, OP), lanes = o->cfg.lanes, units = an_mem_units(&o->cfg), n = an_transfer_steps(o, give);
    const uint32_t behind = an_loc_first(l) - an_loc_first(to->loc), all = op == AN_OP_TAB ? an_mem_transfer_steps(&o->cfg, to->loc->n) : an_mem_steps(&o->cfg, to->loc->n);
    const uint32_t more = all - behind / lanes * (lanes / units) - n; /* steps behind those of the GIVE */
    uint64_t apart = op == AN_OP_TAB ? AN_T_TAB_PERIOD : an_vec_step(told_apart(i), an_vec_reads(op), o->cfg.beside);
    int64_t last = (int64_t)tail_of(o, i) - 1;
    if (op == AN_OP_PRJ) {
        const slots_t s = slots(o, i, an_unit(o, ins));
        apart = (uint64_t)lanes * s.row + s.header;
        last = (int64_t)(AN_T_X_GATHER + an_ahead(o) + (to == &i[an_unit(o, ins) - 3].ref[3])) - s.drain;
    }
    d->writes = true;
    d->gives = (uint8_t)an_link_given(give);
    d->apart = apart * (n - 1) * d->weight;
    d->last = (last - (int64_t)(more * apart)) * (int64_t)d->weight;
    return true;
}

/* The weight of the loop whose turns take most of a turn of the training entry. */
static uint64_t hottest(const an_comp_t *o)
{
    const size_t e = an_training(o), end = an_entry_end(o, e);
    uint64_t best = 1, most = 0;
    for (size_t u = 0; u < o->n_unit; u++) {
        const size_t i = o->unit[u];
        if (i < o->first[e] || i >= end || an_weight(o, i) * o->cost[i] <= most) continue;
        best = an_weight(o, i);
        most = best * o->cost[i];
    }
    return best;
}

static void room_for_dues(an_comp_t *o)
{
    if (o->dues >= o->n_step) return;
    o->dues = 2 * o->n_step;
    o->due = an_new(o->c, o->dues, sizeof *o->due);
}

/* Of one turn of the entry what has that weight, or what has another. */
static size_t dues(an_comp_t *o, uint64_t hot, bool of_hot)
{
    const size_t e = an_training(o), first = o->first[e], end = an_entry_end(o, e);
    size_t n = 0;
    uint64_t tail[AN_MOST_CORES] = { 0 };
    const an_step_t *give[AN_MOST_CORES] = { 0 };
    room_for_dues(o);
    for (size_t i = 0; i < o->n_step; i++) {
        const an_step_t *s = &o->step[i];
        if (s->ins < first || s->ins >= end || an_op(o, s->ins) == AN_OP_HALT) continue; /* HALT is not of a turn */
        const uint64_t weight = an_weight(o, s->ins);
        if ((weight == hot) != of_hot) continue;
        due_t *d = &o->due[n++];
        *d = an_due(o, s, o->cost[s->ins], weight);
        i += d->out && d->in;
        if (s->kind == AN_STEP_INS) {
            d->clocks += not_used(o, s->ins, tail[s->core]) * weight;
            d->sets = an_op(o, s->ins) == AN_OP_PRJ ? (an_unit(o, s->ins) - 1) * weight : 0;
            tail[s->core] = tail_of(o, &o->ins[s->ins]);
            if (give[s->core] && written(o, give[s->core], s->ins, d)) give[s->core] = NULL;
            continue;
        }
        if (d->give) give[d->core] = s;
        if (d->out) d->clocks += tail[d->core] * weight;
        if (d->in || d->pass || d->give) d->before = tail[d->to] * weight;
        if (d->out) tail[d->core] = 0;
        if (d->in || d->pass || d->give) tail[d->to] = 0;
    }
    return n;
}

/* Clocks of every core, without waiting; least: in whatever order. */
static void count(an_comp_t *o, size_t n, bool least)
{
    for (const due_t *d = o->due; d < o->due + n; d++) {
        if (d->out) o->place[d->core].clocks += d->clocks + d->n;
        if (d->pass || d->give || (d->in && (d->take || (least && d->may_take)))) o->place[d->to].clocks += d->before + d->weight * AN_T_PASS;
        else if (d->in) o->place[d->to].clocks += d->before + d->n + d->weight * (1 + AN_T_IN_LATENCY);
        if (!d->out && !d->in && !d->pass && !d->give) o->place[d->core].clocks += d->clocks;
    }
}

static uint64_t latest(const an_comp_t *o, const uint64_t *at)
{
    uint64_t t = 0;
    for (uint32_t c = 0; c < o->cfg.cores; c++)
        if (at[c] > t) t = at[c];
    return t;
}

uint64_t an_busiest(const an_comp_t *o)
{
    uint64_t most = 0;
    for (uint32_t c = 0; c < o->cfg.cores; c++)
        if (o->place[c].clocks > most) most = o->place[c].clocks;
    return most;
}

void an_busy(an_comp_t *o)
{
    const uint64_t of = hottest(o);
    for (uint32_t c = 0; c < o->cfg.cores; c++) o->place[c].clocks = 0;
    an_takes(o);
    count(o, dues(o, of, true), true);
    count(o, dues(o, of, false), true);
}

/* The period is what a turn adds once the cores overlap as they do in a long run: the turns of the loop that takes most of it run into each other,
 * as many as it has, and so does all else of the entry's turns. */
void an_clocks(an_comp_t *o)
{
    enum { WARM = 4, TURNS = 3 };
    const uint64_t of = hottest(o);
    for (uint32_t c = 0; c < o->cfg.cores; c++) o->place[c].clocks = 0;
    an_takes(o);
    o->period = 0;
    for (int of_hot = 0; of_hot < 2; of_hot++) {
        times_t t = { .at = { 0 } };
        uint64_t before = 0, last = 0, adds = 0;
        const size_t n = dues(o, of, of_hot);
        count(o, n, false);
        for (int k = 0; k < WARM + TURNS; k++) {
            for (size_t i = 0; i < n; i++) an_times(&t, &o->due[i]);
            const uint64_t now = latest(o, t.at);
            if (k == WARM - 1) before = now;
            if (k > 1 && now - last == adds) before = now - TURNS * adds, k = WARM + TURNS; /* it goes on like that */
            adds = now - last;
            last = now;
        }
        o->period += (last - before) / TURNS;
    }
}
