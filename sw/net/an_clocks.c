/* SPDX-License-Identifier: Apache-2.0
 * Estimates of clocks, as machine.md section 7 has them with zero-skip off. */
#include "an_code.h"
#include "an_comp.h"
#include "an_vec.h"
#include <string.h>

static uint32_t an_ahead(const an_comp_t *o) { return o->cfg.ahead ? AN_T_AHEAD : 0; }

static uint64_t vec(const an_comp_t *o, const an_ins_t *i)
{
    const uint32_t op = AN_GET(i->word, OP), sh = AN_GET(i->word, VEC_SH), lanes = o->cfg.lanes, units = o->cfg.vector_units ? o->cfg.vector_units : lanes;
    const bool reduces = op == AN_OP_SUM || op == AN_OP_DOT || op == AN_OP_AMAX, one = AN_GET(i->word, VEC_DSP) == AN_SPC_K && !reduces;
    const uint64_t n = one || !i->n ? 1 : i->n, steps = one ? 1 : (n + lanes - 1) / lanes * (lanes / units);
    const uint32_t ahead = an_ahead(o);
    const unsigned reads = an_vec_reads(op);
    const uint64_t nk = an_vec_scalars(i->word, reads), cps = an_vec_step(i->word, reads, o->cfg.beside);
    switch (op) {
    case AN_OP_TAB: return nk + 2 + AN_T_TAB_PERIOD * ((units > 1 ? steps : n) - 1) + AN_T_TAB_LATENCY + ahead;
    case AN_OP_SUM: case AN_OP_DOT: case AN_OP_AMAX: return nk + n * cps + AN_T_REDUCE_LATENCY + ahead + 1;
    case AN_OP_IN: return 1 + n + AN_T_IN_LATENCY;
    case AN_OP_OUT: return 1 + nk + AN_T_OUT_LATENCY + ahead + n;
    case AN_OP_RECIP: return 1 + nk + n * (49u - (uint64_t)(int64_t)((int32_t)(sh ^ 16u) - 16) + AN_T_BITS_LATENCY + ahead + 1);
    case AN_OP_SQRT: return 1 + nk + n * (28u + AN_T_BITS_LATENCY + ahead + 1);
    default: return nk + steps * cps + AN_T_VEC_LATENCY + ahead + 1;
    }
}

static uint64_t sweep(const an_comp_t *o, const an_ins_t *first, size_t n)
{
    const uint64_t prj = first->word, swp = first[n - 1].word;
    const uint32_t lanes = o->cfg.lanes, cols = AN_GET(prj, PRJ_COLS), rows = AN_GET(prj, PRJ_ROWS), nb = (cols + lanes - 1) / lanes;
    const bool learn = AN_GET(swp, SWP_LEARN), two = learn && AN_GET(prj, PRJ_PAIR);
    uint32_t words = ((two ? 2 * nb : nb) + 1) / 2 * 2;
    const uint32_t last = words % ((two ? 2u : 1u) * AN_BLOCK_COLUMNS / lanes), least = two ? AN_T_MIN_BLOCK_PAIR : AN_T_MIN_BLOCK;
    if (learn && last && last < least) words += least - last;
    if (words < AN_T_MIN_ROW) words = AN_T_MIN_ROW;
    const uint32_t plain = AN_GET(swp, SWP_SKIP) && !AN_GET(swp, SWP_GATHER) ? AN_T_HEADER_SKIP : AN_T_HEADER;
    const uint32_t header = o->cfg.ahead ? AN_T_HEADER_AHEAD : plain;
    return n + (two ? 3 : 0) + (uint64_t)(rows + lanes - 1) / lanes * header + (uint64_t)rows * words + (two ? AN_T_DRAIN_PAIR : AN_T_DRAIN + an_ahead(o));
}

/* Of a step's clocks those in which the next one on its core may already run; addresses are not known yet, and hardly ever forbid it. */
static uint64_t tail_of(const an_comp_t *o, const an_ins_t *i)
{
    const uint32_t lanes = o->cfg.lanes, units = o->cfg.vector_units ? o->cfg.vector_units : lanes;
    if (!o->cfg.follow || !an_vec_elementwise(i->word)) return 0;
    return (i->n + lanes - 1) / lanes * (lanes / units) >= AN_T_FOLLOW_STEPS ? AN_T_VEC_LATENCY : 0;
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

static uint64_t weight_of(const an_comp_t *o, size_t ins) { return o->ins[ins].weight ? o->ins[ins].weight : 1; }

/* The weight of the loop whose turns take most of a turn of the entry. */
static uint64_t hot(const an_comp_t *o, size_t first, size_t end)
{
    uint64_t best = 1, most = 0;
    for (size_t u = 0; u < o->n_unit; u++) {
        const size_t i = o->unit[u];
        if (i < first || i >= end || weight_of(o, i) * o->cost[i] <= most) continue;
        most = weight_of(o, i) * o->cost[i];
        best = weight_of(o, i);
    }
    return best;
}

/* Of one turn of the entry what has that weight, or what has another; at: clock of every core, waiting included. A transfer begins when both sides are there. */
static void turn(const an_comp_t *o, uint64_t hot, bool of_hot, uint64_t *at, bool count)
{
    const size_t e = an_training(o), first = o->first[e], end = e + 1 < o->n_entry ? o->first[e + 1] : o->n_ins;
    uint64_t tail[AN_MOST_CORES] = { 0 };
    for (size_t i = 0; i < o->n_step; i++) {
        const an_step_t *s = &o->step[i];
        if (s->ins < first || s->ins >= end) continue;
        const an_ins_t *ins = &o->ins[s->ins];
        if (AN_GET(ins->word, OP) == AN_OP_HALT) continue; /* not of a turn */
        const uint64_t weight = weight_of(o, s->ins);
        if ((weight == hot) != of_hot) continue;
        if (s->kind == AN_STEP_INS) {
            const uint64_t own = tail_of(o, ins), clocks = (o->cost[s->ins] + not_used(o, s->ins, tail[s->core])) * weight;
            tail[s->core] = own;
            at[s->core] += clocks;
            if (count) o->place[s->core].clocks += clocks;
            continue;
        }
        if (s->kind == AN_STEP_IN) continue; /* done with its OUT, which stands before it */
        const an_step_t *to = s + 1;
        const an_loc_t *l = an_obj_loc(o, s->obj);
        const uint64_t n = l ? l->n : 1, out = weight * ((l ? 1u : 2u) + AN_T_OUT_LATENCY + an_ahead(o) + n), in = weight * (1 + n + AN_T_IN_LATENCY);
        const uint64_t rest[2] = { tail[s->core] * weight, tail[to->core] * weight };
        tail[s->core] = tail[to->core] = 0;
        at[s->core] += rest[0];
        at[to->core] += rest[1];
        if (count) o->place[s->core].clocks += rest[0];
        if (count) o->place[to->core].clocks += rest[1];
        const uint64_t begin = at[s->core] > at[to->core] ? at[s->core] : at[to->core];
        at[s->core] = begin + out;
        at[to->core] = begin + out + weight * AN_T_IN_LATENCY;
        if (count) o->place[s->core].clocks += out;
        if (count) o->place[to->core].clocks += in;
    }
}

static uint64_t latest(const an_comp_t *o, const uint64_t *at)
{
    uint64_t t = 0;
    for (uint32_t c = 0; c < o->cfg.cores; c++)
        if (at[c] > t) t = at[c];
    return t;
}

static uint64_t hottest(const an_comp_t *o)
{
    const size_t e = an_training(o);
    return hot(o, o->first[e], e + 1 < o->n_entry ? o->first[e + 1] : o->n_ins);
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
    uint64_t at[AN_MOST_CORES] = { 0 };
    const uint64_t of = hottest(o);
    for (uint32_t c = 0; c < o->cfg.cores; c++) o->place[c].clocks = 0;
    turn(o, of, true, at, true);
    turn(o, of, false, at, true);
}

/* The period is what a turn adds once the cores overlap as they do in a long run: the turns of the loop that takes most of it run into each other,
 * as many as it has, and so does all else of the entry's turns. */
void an_clocks(an_comp_t *o)
{
    enum { WARM = 4, TURNS = 3 };
    const uint64_t of = hottest(o);
    for (uint32_t c = 0; c < o->cfg.cores; c++) o->place[c].clocks = 0;
    o->period = 0;
    for (int of_hot = 0; of_hot < 2; of_hot++) {
        uint64_t at[AN_MOST_CORES] = { 0 }, before = 0;
        for (int t = 0; t < WARM + TURNS; t++) {
            turn(o, of, of_hot, at, t == 0);
            if (t == WARM - 1) before = latest(o, at);
        }
        o->period += (latest(o, at) - before) / TURNS;
    }
}
