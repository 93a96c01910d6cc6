/* SPDX-License-Identifier: Apache-2.0
 * Estimates of clocks, as machine.md section 7 has them with zero-skip off. */
#include "an_code.h"
#include "an_comp.h"
#include "an_vec.h"
#include <string.h>

static uint32_t ahead_of(const an_comp_t *o) { return o->cfg.ahead ? AN_T_AHEAD : 0; }

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
    const uint32_t n = one || !i->n ? 1 : i->n, ahead = ahead_of(o);
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
    return n + (two ? 3 : 0) + (uint64_t)(rows + lanes - 1) / lanes * header + (uint64_t)rows * words + (two ? AN_T_DRAIN_PAIR : AN_T_DRAIN + ahead_of(o));
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
    if (op == AN_OP_LOOP && AN_GET(i->word, LOOP_FROMK)) return AN_T_LOOP_K + ahead_of(o);
    if (op == AN_OP_END) return AN_T_END_TAKEN + ahead_of(o);
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

/* One way between two neighbours, and of the transfers on it the first step's number, when it was given, when it was taken. */
enum { AN_PAST = 64 };
typedef struct link {
    uint64_t steps, n_given, n_taken, first[AN_PAST], given[AN_PAST], taken[AN_PAST]; /* steps: given so far */
    uint64_t gives, takes; /* from when on the core that gives, and that takes, may: before, a PASS of its own does */
} link_t;

/* Clocks of all cores, waiting included, and what is between them. */
typedef struct times {
    uint64_t at[AN_MOST_CORES];
    link_t link[2 * AN_MOST_CORES]; /* by an_link_given */
} times_t;

/* n steps, the first given at `given` or later: when there is room, which is made by what is taken of those before them. */
static uint64_t room(const link_t *l, uint64_t depth, uint64_t n, uint64_t given)
{
    const uint64_t known = l->n_given > AN_PAST ? l->n_given - AN_PAST : 0;
    uint64_t end = l->n_taken < l->n_given ? l->first[l->n_taken % AN_PAST] : l->steps;
    for (uint64_t k = l->n_taken; k > known && end + depth > l->steps; k--) { /* what ended earlier has long left its places to others */
        const uint64_t first = l->first[(k - 1) % AN_PAST], taken = l->taken[(k - 1) % AN_PAST];
        end = first;
        if (first + depth >= l->steps + n) continue; /* not in the way */
        const uint64_t from = first + depth > l->steps ? first + depth - l->steps : 0; /* step of ours that takes the place of one of those */
        const uint64_t of = l->steps + from - depth - first, free = taken + of + 1;
        if (free > given + from) given = free - from;
    }
    return given;
}

/* A step as its clocks go: an instruction's, or one side of a transfer, both at once where its steps do not all fit between the cores; or PASS. */
typedef struct an_due {
    uint8_t core, to;           /* core: the instruction's, or that gives; to: that takes */
    uint8_t gives, takes;       /* ways between cores */
    bool out, in, pass;
    uint64_t clocks;            /* an instruction's; before the first step of what is given */
    uint64_t n, depth, latency, weight;
    uint64_t before;            /* of what is taken: the rest of the instruction before it */
} due_t;

static due_t due(const an_comp_t *o, const an_step_t *s, uint64_t weight)
{
    due_t d = { .core = (uint8_t)s->core, .weight = weight };
    if (s->kind == AN_STEP_INS) {
        d.clocks = o->cost[s->ins] * weight;
        return d;
    }
    const uint32_t n = an_transfer_steps(o, s), depth = an_mem_link_steps(&o->cfg);
    d.pass = s->kind == AN_STEP_PASS;
    d.out = s->kind == AN_STEP_OUT;
    d.in = s->kind == AN_STEP_IN || (d.out && n > depth);
    d.to = (uint8_t)(d.out ? s->with : s->core);
    if (d.out || d.pass) d.gives = (uint8_t)an_link_given(s);
    if (d.in || d.pass) d.takes = (uint8_t)(d.out ? d.gives : an_link_taken(s));
    d.clocks = weight * ((an_obj_loc(o, s->obj) ? 1u : 2u) + AN_T_OUT_LATENCY + ahead_of(o));
    d.n = weight * n;
    d.depth = weight * depth;
    d.latency = weight * an_mem_link_latency(&o->cfg);
    return d;
}

/* As many steps as d has, the first at `at` or later; gives when. */
static uint64_t onto(link_t *l, const due_t *d, uint64_t at)
{
    const uint64_t given = room(l, d->depth, d->n, an_later(at, l->gives)), k = l->n_given++ % AN_PAST;
    l->first[k] = l->steps;
    l->given[k] = given;
    l->steps += d->n;
    return given;
}

static void give(times_t *t, const due_t *d) { t->at[d->core] = onto(&t->link[d->gives], d, t->at[d->core] + d->clocks) + d->n; }

static void take(times_t *t, const due_t *d)
{
    link_t *l = &t->link[d->takes];
    const uint64_t k = l->n_taken++ % AN_PAST, taken = an_later(an_later(t->at[d->to] + d->before + d->weight, l->takes), l->given[k] + d->latency);
    l->taken[k] = taken;
    t->at[d->to] = taken + d->n + d->weight * AN_T_IN_LATENCY;
    if (d->out && t->at[d->core] + d->depth < taken + d->n + d->weight) t->at[d->core] = taken + d->n + d->weight - d->depth; /* the last steps wait for the first to be taken */
}

/* The core waits until what it passed before is past; the steps go when they are there and have room, from the clock after that on. */
static void pass(times_t *t, const due_t *d)
{
    link_t *from = &t->link[d->takes], *to = &t->link[d->gives];
    const uint64_t at = an_later(t->at[d->core] + d->before + d->weight, from->takes), k = from->n_taken++ % AN_PAST;
    t->at[d->core] = at + d->weight * (AN_T_PASS - 1);
    from->taken[k] = onto(to, d, an_later(at + d->weight, from->given[k] + d->latency));
    from->takes = to->gives = from->taken[k] + d->n;
}

/* Of one turn of the entry what has that weight, or what has another. */
static size_t dues(an_comp_t *o, uint64_t hot, bool of_hot)
{
    const size_t e = an_training(o), first = o->first[e], end = an_entry_end(o, e);
    size_t n = 0;
    if (o->dues < o->n_step) {
        o->dues = 2 * o->n_step;
        o->due = an_new(o->c, o->dues, sizeof *o->due);
    }
    uint64_t tail[AN_MOST_CORES] = { 0 };
    for (size_t i = 0; i < o->n_step; i++) {
        const an_step_t *s = &o->step[i];
        if (s->ins < first || s->ins >= end || an_op(o, s->ins) == AN_OP_HALT) continue; /* HALT is not of a turn */
        const uint64_t weight = an_weight(o, s->ins);
        if ((weight == hot) != of_hot) continue;
        due_t *d = &o->due[n++];
        *d = due(o, s, weight);
        i += d->out && d->in;
        if (s->kind == AN_STEP_INS) {
            d->clocks += not_used(o, s->ins, tail[s->core]) * weight;
            tail[s->core] = tail_of(o, &o->ins[s->ins]);
            continue;
        }
        if (d->out) d->clocks += tail[d->core] * weight;
        if (d->in || d->pass) d->before = tail[d->to] * weight;
        if (d->out) tail[d->core] = 0;
        if (d->in || d->pass) tail[d->to] = 0;
    }
    return n;
}

static void turn(const an_comp_t *o, size_t n, times_t *t)
{
    for (const due_t *d = o->due; d < o->due + n; d++) {
        if (d->out) give(t, d);
        if (d->in) take(t, d);
        if (d->pass) pass(t, d);
        if (!d->out && !d->in && !d->pass) t->at[d->core] += d->clocks;
    }
}

/* Clocks of every core, without waiting. */
static void count(an_comp_t *o, size_t n)
{
    for (const due_t *d = o->due; d < o->due + n; d++) {
        if (d->out) o->place[d->core].clocks += d->clocks + d->n;
        if (d->in) o->place[d->to].clocks += d->before + d->n + d->weight * (1 + AN_T_IN_LATENCY);
        if (d->pass) o->place[d->core].clocks += d->before + d->weight * AN_T_PASS;
        if (!d->out && !d->in && !d->pass) o->place[d->core].clocks += d->clocks;
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
    count(o, dues(o, of, true));
    count(o, dues(o, of, false));
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
        times_t t = { .at = { 0 } };
        uint64_t before = 0, last = 0, adds = 0;
        const size_t n = dues(o, of, of_hot);
        count(o, n);
        for (int k = 0; k < WARM + TURNS; k++) {
            turn(o, n, &t);
            const uint64_t now = latest(o, t.at);
            if (k == WARM - 1) before = now;
            if (k > 1 && now - last == adds) before = now - TURNS * adds, k = WARM + TURNS; /* it goes on like that */
            adds = now - last;
            last = now;
        }
        o->period += (last - before) / TURNS;
    }
}
