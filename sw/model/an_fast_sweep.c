/* SPDX-License-Identifier: Apache-2.0
 * A sweep on the fast path: PRJ to SWP as one op. */
#include "an_fast.h"

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

const an_fast_op_t *an_fast_sweep(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    const uint32_t words = op->count;
    const uint64_t swp = op[words - 1u].word;
    if (c->clocks + words > limit)
        return an_fast_plain(c, f, op, limit);
    c->prj = op[0].word;
    c->key = op[1].word;
    if (words == 6u)
        c->par = op[2].word;
    c->row = op[words - 3u].word;
    c->lan = op[words - 2u].word;
    const an_sweep_t s = an_sweep_decode(c, swp);
    c->clocks += words - 1u;
    if ((s.learn && s.overv) || !all_inside(c, &s))
        return an_fast_plain(c, f, op + words - 1u, limit);
    const an_mem_t *m = &c->mem;
    const unsigned bits = c->lane_bits;
    an_kernel_sweep_t k = {.syn = m->syn + ((size_t)s.wbase << bits), .stride = (size_t)s.stride << bits, .rows = s.rows, .cols = s.cols,
                           .lanes = m->lanes, .pair = s.pair, .scatter = s.scatter, .gather = s.gather, .learn = s.learn, .overv = s.overv,
                           .wnew = s.wnew, .drop = s.skip && !s.gather, .amode = s.amode, .gmode = s.gmode, .lsh = s.lsh,
                           .x = m->rate_f12 + (s.x << bits), .x2 = m->rate_f12 + (s.x2 << bits), .y = m->rate_f12 + (s.y << bits),
                           .y2 = m->rate_f12 + (s.y2 << bits), .acc = m->state_f24 + (s.acc << bits), .g = m->state_f24 + (s.g << bits),
                           .ainit = m->state_f24 + (s.ainit << bits), .ginit = m->state_f24 + (s.ginit << bits), .par = s.par,
                           .key = s.key, .tickmix = c->tickmix, .rnd = &f->rnd};
    f->kernel->sweep(&k);
    note(c, &s, &k, an_fast_pc(c, op) + words - 1u);
    c->visits += (uint64_t)k.rows_swept * s.cols * (s.pair && s.learn ? 2u : 1u);
    c->clocks += an_sweep_cost(&s, m->lanes, k.rows_swept);
    return op + words;
}
