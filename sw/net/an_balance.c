/* SPDX-License-Identifier: Apache-2.0
 * Populations, projections and parts of projections to cores. Populations stand along the chain in their order; the first start is the most even cut of their clocks, each
 * with the projections that reach it, the others are drawn. From each, single steps (a population to the next core, a projection to its other
 * population, a part to any core) as long as one makes the estimate better: what does not fit, then the period of a turn, then the busiest core, then words sent. */
#include "an_balance.h"
#include <string.h>

/* WORK: steps looked at before the search ends, about a second */
enum { AN_STARTS = 24, AN_WORK = 5000000 };

an_score_t an_evaluate(an_comp_t *o)
{
    an_spread(o);
    return an_weigh(o);
}

an_score_t an_weigh(an_comp_t *o)
{
    an_score_t s = { 0 };
    an_arrange(o);
    an_layout(o);
    an_clocks(o);
    o->work += o->n_step;
    s.excess = an_excess(o);
    s.period = o->period;
    s.busiest = an_busiest(o);
    for (size_t i = 0; i < o->n_step; i++) s.sent += o->step[i].kind == AN_STEP_OUT;
    return s;
}

static bool better(const an_score_t *a, const an_score_t *b)
{
    if (a->excess != b->excess) return a->excess < b->excess;
    if (a->period != b->period) return a->period < b->period;
    return a->busiest != b->busiest ? a->busiest < b->busiest : a->sent < b->sent;
}

/* What is better becomes the best. */
static bool gains(an_comp_t *o, an_score_t *best)
{
    const an_score_t s = an_evaluate(o);
    if (!better(&s, best)) return false;
    *best = s;
    return true;
}

/* Cores that populations are put on. */
static size_t taken(const an_comp_t *o) { return o->cfg.cores < o->net->n_pop ? o->cfg.cores : o->net->n_pop; }

static uint64_t *weights(an_comp_t *o)
{
    uint64_t *w = an_new(o->c, o->net->n_pop, sizeof *w);
    for (size_t i = 0; i < o->n_ins; i += an_unit(o, i)) {
        const an_ins_t *n = &o->ins[i];
        const an_pop_t *p = n->w ? n->w->proj->post : n->pop;
        if (p) w[p - o->net->pop] += an_clocks_of(o, i) * an_weight(o, i);
    }
    return w;
}

/* best[c*n + p]: the heaviest of cores 0..c that share populations 0..p, every core one or more; cut: where core c begins then. */
static void even_cut(an_comp_t *o, const uint64_t *w, size_t n, size_t cores)
{
    uint64_t *best = an_new(o->c, cores * n, sizeof *best);
    size_t *cut = an_new(o->c, cores * n, sizeof *cut);
    for (size_t c = 0; c < cores; c++)
        for (size_t p = c; p < n; p++) {
            uint64_t mine = 0;
            best[c * n + p] = UINT64_MAX;
            for (size_t b = p + 1; b-- > c;) {
                mine += w[b];
                if (c == 0 && b > 0) continue;
                const uint64_t below = c ? (b ? best[(c - 1) * n + b - 1] : UINT64_MAX) : 0, top = mine > below ? mine : below;
                if (top >= best[c * n + p]) continue;
                best[c * n + p] = top;
                cut[c * n + p] = b;
            }
        }
    for (size_t c = cores, p = n; c-- > 0;) {
        const size_t b = cut[c * n + p - 1];
        for (size_t i = b; i < p; i++) o->owner[i] = (uint32_t)c;
        p = b;
    }
}

static bool by_hand(const an_comp_t *o)
{
    for (size_t i = 0; i < o->net->n_pop; i++)
        if (o->net->pop[i].core >= 0) return true;
    return false;
}

/* Vectors are computed with their population, or where the experiment says. */
static void seats(an_comp_t *o)
{
    for (size_t i = 0; i < o->n_loc; i++) {
        const an_loc_t *l = &o->loc[i];
        o->seat[i] = l->part || !l->pop->seat ? -1 : l->pop->seat[l->decl - o->rule->vector];
    }
}

static void begin(an_comp_t *o)
{
    const size_t n = o->net->n_pop;
    seats(o);
    even_cut(o, weights(o), n, taken(o));
    for (size_t i = 0; i < n; i++)
        if (o->net->pop[i].core >= 0) o->owner[i] = (uint32_t)o->net->pop[i].core;
    for (size_t i = 0; i < o->n_wloc; i++) { /* parts stand from the core of the side that is cut on */
        an_wloc_t *w = &o->wloc[i];
        const uint32_t on = an_owner(o, an_cut_side(w)) + w->part;
        w->on = w->parts == 1 ? -1 : w->proj->on ? w->proj->on[w->part] : (int)(on < o->cfg.cores ? on : o->cfg.cores - 1);
    }
}

/* Another compilation's choice, whose projections may have more or fewer parts. */
static void inherit(an_comp_t *o, const an_comp_t *from)
{
    memcpy(o->owner, from->owner, o->net->n_pop * sizeof *o->owner);
    for (size_t i = 0; i < o->n_loc; i++) o->seat[i] = o->loc[i].part ? -1 : from->seat[i]; /* those of the rule stand first, in one order */
    for (size_t i = 0; i < o->n_wloc; i++) {
        an_wloc_t *w = &o->wloc[i];
        const an_wloc_t *f = an_wloc(from, w->proj);
        while (f->part + 1 < f->parts && an_cut_first(w) >= an_cut_first(&f[1])) f++;
        w->at_pre = f->at_pre;
        w->on = w->parts == 1 && f->parts == 1 ? f->on : (int)f->core;
    }
    o->drawn = from->drawn;
}

/* Another start: borders and sides are drawn, the same ones for the same network. */
static void redraw(an_comp_t *o, uint32_t start)
{
    const size_t n = o->net->n_pop, cores = taken(o);
    seats(o);
    const uint64_t key = an_draw_key(start, "start", "balance");
    uint64_t draw = 0;
    for (size_t i = 0, c = 0; i < n; i++) { /* draws without putting back: so many borders are left for so many places */
        if (i && c + 1 < cores && an_draw(key, draw++) * (double)(n - i) < (double)(cores - 1 - c)) c++;
        o->owner[i] = o->net->pop[i].core >= 0 ? (uint32_t)o->net->pop[i].core : (uint32_t)c;
    }
    for (size_t i = 0; i < o->n_wloc; i++) {
        an_wloc_t *w = &o->wloc[i];
        w->at_pre = an_draw(key, draw++) < 0.5;
        if (w->parts == 1) w->on = -1;
        else if (!w->proj->on) w->on = (int)(an_draw(key, draw++) * o->cfg.cores);
    }
}

bool an_in_order(const an_comp_t *o)
{
    uint32_t last = 0, seen = 0, there = 0;
    for (size_t i = 0; i < o->net->n_pop; i++) {
        if (o->net->pop[i].core >= 0) continue;
        if (o->owner[i] < last) return false;
        last = o->owner[i];
        seen |= 1u << last;
    }
    for (uint32_t m = seen; m; m &= m - 1) there++;
    return there == taken(o) || by_hand(o);
}

/* Each leaves what it tries where that is better, and what was there else. */
static bool keep_owner(an_comp_t *o, size_t pop, uint32_t to, an_score_t *best)
{
    const uint32_t was = o->owner[pop];
    o->owner[pop] = to;
    if (to < o->cfg.cores && an_in_order(o) && gains(o, best)) return true;
    o->owner[pop] = was;
    return false;
}

static bool keep_part(an_comp_t *o, an_wloc_t *w, an_score_t *best)
{
    bool kept = false;
    for (int c = 0; c < (int)o->cfg.cores && !w->proj->on; c++) {
        const int was = w->on;
        if (c == was) continue;
        w->on = c;
        if (gains(o, best)) kept = true;
        else w->on = was;
    }
    return kept;
}

static bool keep_side(an_comp_t *o, an_wloc_t *w, an_score_t *best)
{
    if (w->parts > 1) return keep_part(o, w, best);
    if (an_owner(o, w->proj->pre) == an_owner(o, w->proj->post)) return false;
    w->at_pre = !w->at_pre;
    if (gains(o, best)) return true;
    w->at_pre = !w->at_pre;
    return false;
}

static void climb(an_comp_t *o, an_score_t *best)
{
    for (bool more = true; more && o->work < AN_WORK;) {
        more = false;
        for (size_t i = 0; i < o->n_wloc; i++) more |= keep_side(o, &o->wloc[i], best);
        for (size_t i = 0; i < o->net->n_pop; i++) {
            if (o->net->pop[i].core >= 0) continue;
            more |= keep_owner(o, i, o->owner[i] + 1, best) || (o->owner[i] && keep_owner(o, i, o->owner[i] - 1, best));
        }
    }
}

an_choice_t an_new_choice(an_comp_t *o)
{
    return (an_choice_t){ .owner = an_new(o->c, o->net->n_pop, sizeof(uint32_t)), .at_pre = an_new(o->c, o->n_wloc, sizeof(bool)),
                          .on = an_new(o->c, o->n_wloc, sizeof(int)), .seat = an_new(o->c, o->n_loc, sizeof(int)), .early = an_new(o->c, o->n_ins, sizeof(int64_t)) };
}

void an_keep(const an_comp_t *o, an_choice_t *c)
{
    memcpy(c->owner, o->owner, o->net->n_pop * sizeof *c->owner);
    memcpy(c->seat, o->seat, o->n_loc * sizeof *c->seat);
    memcpy(c->early, o->early, o->n_ins * sizeof *c->early);
    for (size_t i = 0; i < o->n_wloc; i++) {
        c->at_pre[i] = o->wloc[i].at_pre;
        c->on[i] = o->wloc[i].on;
    }
}

void an_take_back(an_comp_t *o, const an_choice_t *c)
{
    memcpy(o->owner, c->owner, o->net->n_pop * sizeof *c->owner);
    memcpy(o->seat, c->seat, o->n_loc * sizeof *c->seat);
    memcpy(o->early, c->early, o->n_ins * sizeof *c->early);
    for (size_t i = 0; i < o->n_wloc; i++) {
        o->wloc[i].at_pre = c->at_pre[i];
        o->wloc[i].on = c->on[i];
    }
}

void an_balance(an_comp_t *o, const an_comp_t *from)
{
    an_choice_t best = an_new_choice(o);
    an_score_t least = { 0 };
    bool parts = false;
    for (size_t i = 0; i < o->n_wloc; i++) parts |= o->wloc[i].parts > 1;
    const bool several = o->cfg.cores > 1 && (o->net->n_pop > 1 || parts);
    const uint32_t starts = several && !from ? AN_STARTS : 1;
    for (uint32_t k = 0; k < starts && o->work < AN_WORK; k++) {
        if (from) inherit(o, from);
        else if (k) redraw(o, k);
        else begin(o);
        an_score_t s = an_evaluate(o);
        if (several) climb(o, &s);
        if (k && !better(&s, &least)) continue;
        least = s;
        an_keep(o, &best);
    }
    an_take_back(o, &best);
    o->excess = an_evaluate(o).excess;
}
