/* SPDX-License-Identifier: Apache-2.0
 * A sweep on the fast path: PRJ to SWP as one op. */
#include "an_fast.h"
#include "an_rnd.h"

uint32_t an_fast_sweep_words(const uint64_t *word, uint32_t left) {
    static const uint8_t with_par[6] = {AN_OP_PRJ, AN_OP_KEY, AN_OP_PAR, AN_OP_ROW, AN_OP_LAN, AN_OP_SWP};
    static const uint8_t without[5] = {AN_OP_PRJ, AN_OP_KEY, AN_OP_ROW, AN_OP_LAN, AN_OP_SWP};
    uint32_t n = 0;
    while (n < left && n < 6u && AN_GET(word[n], OP) == with_par[n])
        n++;
    if (n == 6u)
        return 6;
    n = 0;
    while (n < left && n < 5u && AN_GET(word[n], OP) == without[n])
        n++;
    return n == 5u ? 5 : 0;
}

/* vector of n words at block addr of a memory of mask + 1 words */
static bool inside(const an_core_t *c, uint32_t addr, uint32_t n, uint32_t mask) { return (addr << c->lane_bits) + n <= mask + 1u; }

static bool all_inside(const an_core_t *c, const an_sweep_t *s) {
    const an_mem_t *m = &c->mem;
    const uint32_t blocks = (s->cols + m->lanes - 1u) >> c->lane_bits;
    const uint64_t last = (uint64_t)s->wbase + (uint64_t)(s->rows - 1u) * s->stride + (s->pair ? 2u : 1u) * blocks;
    bool good = (last << c->lane_bits) <= (uint64_t)m->syn_mask + 1u;
    good = good && inside(c, s->x, s->rows, m->rate_mask) && inside(c, s->x2, s->rows, m->rate_mask);
    good = good && inside(c, s->y, s->cols, m->rate_mask) && inside(c, s->y2, s->cols, m->rate_mask);
    good = good && (!s->scatter || (inside(c, s->acc, s->cols, m->state_mask) && inside(c, s->ainit, s->cols, m->state_mask)));
    return good && (!s->gather || (inside(c, s->g, s->rows, m->state_mask) && inside(c, s->ginit, s->rows, m->state_mask)));
}

static void note(an_core_t *c, const an_sweep_t *s, const an_kernel_sweep_t *k, uint32_t pc) {
    if (k->sat_w)
        an_range_saturate(&c->range[pc], c->tick);
    if (k->sat_acc)
        an_range_saturate(&c->range[pc - 1u], c->tick);
    if (k->sat_g)
        an_range_saturate(&c->range[pc - 2u], c->tick);
    if (k->sat_v)
        an_range_saturate(&c->range[pc - 3u], c->tick);
    if (s->par_clip)
        an_range_clip(&c->range[pc - 3u]);
}

static void lay_out(const an_core_t *c, const an_fast_t *f, an_fast_swp_t *p) {
    const an_mem_t *m = &c->mem;
    const an_sweep_t *s = &p->s;
    const unsigned bits = c->lane_bits;
    p->inside = !(s->learn && s->overv) && all_inside(c, s);
    if (!p->inside)
        return;
    p->k = (an_kernel_sweep_t){
        .syn = m->syn + ((size_t)s->wbase << bits), .stride = (size_t)s->stride << bits, .rows = s->rows, .cols = s->cols, .lanes = m->lanes,
        .pair = s->pair, .scatter = s->scatter, .gather = s->gather, .learn = s->learn, .overv = s->overv, .wnew = s->wnew,
        .drop = s->skip && !s->gather, .amode = s->amode, .gmode = s->gmode, .lsh = s->lsh, .x = m->rate_f12 + (s->x << bits),
        .x2 = m->rate_f12 + (s->x2 << bits), .y = m->rate_f12 + (s->y << bits), .y2 = m->rate_f12 + (s->y2 << bits), .key = s->key,
        .first_block = s->first_block,
        .par = s->par, .rnd = &f->rnd};
    if (s->scatter) {
        p->k.acc = m->state_f24 + (s->acc << bits);
        p->k.ainit = m->state_f24 + (s->ainit << bits);
    }
    if (s->gather) {
        p->k.g = m->state_f24 + (s->g << bits);
        p->k.ginit = m->state_f24 + (s->ginit << bits);
        p->k.low = s->raw ? m->state_f24 + (s->ginit << bits) : NULL;
    }
}

static inline void registers(an_core_t *c, const uint64_t *word, uint32_t words, bool windows) {
    c->prj = word[0];
    c->key = word[1];
    if (words == 6u)
        c->par = word[2];
    c->row = windows ? an_sweep_row(c, word[words - 3u]) : word[words - 3u];
    c->lan = windows ? an_sweep_row(c, word[words - 2u]) : word[words - 2u];
}

void an_fast_sweep_prepare(an_core_t *c, const an_fast_t *f, uint32_t pc, uint32_t words, uint32_t index) {
    const uint64_t kept[5] = {c->prj, c->key, c->par, c->row, c->lan};
    registers(c, &c->mem.prog[pc], words, false);
    c->swp[index].s = an_sweep_decode(c, c->mem.prog[pc + words - 1u]);
    lay_out(c, f, &c->swp[index]);
    c->prj = kept[0], c->key = kept[1], c->par = kept[2], c->row = kept[3], c->lan = kept[4];
}

/* Low words that are written over high ones: of what went to a neighbour before, nothing is left in memory. */
static bool over(const an_core_t *c, const an_sweep_t *s) {
    const uint32_t around = an_mem_around(&c->mem, AN_SRC_S), nb = (s->rows + c->mem.lanes - 1u) >> c->lane_bits;
    return s->raw && (((s->g - s->ginit) & around) < nb || ((s->ginit - s->g) & around) < nb);
}

/* After the sweep, which ran in c->clocks: sums of the next steps that go to a neighbour. */
static void give(an_core_t *c, const an_sweep_t *s) {
    for (uint32_t group = 0, first = 0; first < s->rows && c->outlet.left > 0; group++, first += c->mem.lanes) {
        const uint32_t live = s->rows - first < c->mem.lanes ? s->rows - first : c->mem.lanes;
        const uint64_t clock = c->clocks + an_sweep_sums(s, c->mem.lanes, group);
        an_outlet_step(c, AN_SRC_S, s->g + group, 0, live, clock);
        if (s->raw)
            an_outlet_step(c, AN_SRC_S, s->ginit + group, 0, live, clock + 1u);
    }
}

const an_fast_op_t *an_fast_sweep(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    const uint32_t words = op->count, pc = an_fast_pc(c, op);
    an_fast_swp_t *p = &c->swp[op->a], moved;
    if (c->clocks + words > limit)
        return an_fast_plain(c, f, op, limit);
    const bool windows = c->ring[AN_SRC_S].size | c->ring[AN_SRC_R].size;
    registers(c, &c->mem.prog[pc], words, windows);
    if (windows) {
        moved.s = an_sweep_decode(c, c->mem.prog[pc + words - 1u]);
        lay_out(c, f, &moved);
        p = &moved;
    } else if (p->s.pair & p->s.learn) {
        an_sweep_constants(c, words == 6u ? op[2].word : c->par, &p->s);
        p->k.par = p->s.par;
    }
    bool waits = false;
    if (c->inlet.open) {
        an_inlet_row(c);
        an_inlet_lan(c);
        waits = !an_inlet_beside(c, op[words - 1u].word);
        if (waits && !an_inlet_full(c))
            return an_fast_plain(c, f, op, limit);
    }
    an_core_meanwhile(c, words - 1u); /* SWP waits until nothing is under way; that is not the sweep's work */
    c->work[AN_WORK_SWEEP] -= c->tail;
    an_core_settle(c);
    if (waits)
        an_inlet_wait(c);
    const bool gives = c->outlet.left > 0 && p->s.gather && c->mem.vec_steps == 1;
    if (!p->inside || (gives && over(c, &p->s)))
        return an_fast_plain(c, f, op + words - 1u, limit);
    an_kernel_sweep_t *k = &p->k;
    k->seed = an_rnd_seed(k->key, c->tick);
    k->sat_w = k->sat_v = k->sat_acc = k->sat_g = false;
    if (k->rows * k->cols <= AN_KERNEL_SMALL)
        an_kernel_small(k);
    else
        f->kernel->sweep(k);
    if (k->sat_w | k->sat_acc | k->sat_g | k->sat_v | p->s.par_clip)
        note(c, &p->s, k, pc + words - 1u);
    if (gives)
        give(c, &p->s);
    c->visits += (uint64_t)k->rows_swept * k->cols << (k->pair & k->learn);
    c->clocks += an_sweep_cost(&p->s, c->mem.lanes, k->rows_swept);
    return op + words;
}
