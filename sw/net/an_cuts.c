/* SPDX-License-Identifier: Apache-2.0
 * Which projections are cut. By hand where the experiment says so; else, from the best whole placement on, one projection after the other gets a
 * part more: of those that take the most clocks (where something does not fit: the most words) the one that does best, as long as what does not fit
 * gets less, or a turn shorter by AN_MARGIN, within AN_STALE rounds. */
#include "an_best.h"
#include <string.h>

/* margin: a 32nd part; rounds, those without a gain before the search ends, projections tried in one */
enum { AN_MARGIN = 32, AN_CUTS = 24, AN_STALE = 2, AN_TRIES = 6 };

static uint32_t blocks(const an_proj_t *p) { return (an_lane_side(p)->n + AN_BLOCK_COLUMNS - 1) / AN_BLOCK_COLUMNS; }

static an_cut_t even(const an_proj_t *p, uint32_t n)
{
    an_cut_t c = { .n = n };
    for (uint32_t k = 0; k < n; k++) c.at[k] = (blocks(p) * k + n - 1) / n * AN_BLOCK_COLUMNS;
    return c;
}

/* The most even cut of so many parts whose rows fit; n = 1: there is none. */
static an_cut_t row_cut(const an_proj_t *p, uint32_t n)
{
    enum { STEP = AN_ROW_STEP, MOST = AN_MOST_NEURONS / STEP };
    const uint32_t rows = an_row_side(p)->n, end = (rows + STEP - 1) / STEP;
    uint32_t least[AN_MOST_PARTS + 1][MOST + 1] = { { 0 } }, from[AN_MOST_PARTS + 1][MOST + 1] = { { 0 } }; /* by parts and end: the largest part's rows, where the last one begins */
    for (uint32_t k = 1; k <= n; k++)
        for (uint32_t b = 1; b <= end; b++) {
            const uint32_t to = b == end ? rows : b * STEP;
            least[k][b] = k == 1 ? to : UINT32_MAX;
            from[k][b] = 0;
            for (uint32_t a = 1; k > 1 && a < b; a++) {
                const uint32_t size = to - a * STEP, most = least[k - 1][a] > size ? least[k - 1][a] : size;
                if (!an_row_cut_fits(a * STEP, to) || most >= least[k][b]) continue;
                least[k][b] = most;
                from[k][b] = a;
            }
        }
    an_cut_t c = { .rows = true, .n = least[n][end] == UINT32_MAX ? 1 : n };
    for (uint32_t k = c.n, b = end; k > 1; k--) c.at[k - 1] = (b = from[k][b]) * STEP;
    return c;
}

static an_cut_t *by_hand(const an_comp_t *b)
{
    an_cut_t *cut = an_new(b->c, b->net->n_proj, sizeof *cut);
    for (size_t i = 0; i < b->net->n_proj; i++) {
        const an_proj_t *p = &b->net->proj[i];
        cut[i].n = 1;
        if (!p->n_cut || b->cfg.cores == 1) continue;
        cut[i].rows = p->cut_rows;
        if (!b->cfg.split && !p->cut_rows) an_fail(b->c, AN_ERR_FIT, p->at, "%s: split: this configuration has no split", p->name);
        cut[i].n = (uint32_t)p->n_cut + 1;
        for (size_t k = 0; k < p->n_cut; k++) cut[i].at[k + 1] = p->cut[k];
    }
    return cut;
}

/* What speaks for another part of a projection: its clocks, of all entries, or its words where something does not fit. */
static uint64_t weight(const an_comp_t *o, const an_proj_t *p)
{
    uint64_t sum = 0;
    const an_wloc_t *w = an_wloc(o, p);
    if (o->excess) {
        for (uint32_t k = 0; k < w->parts; k++) sum += (uint64_t)w[k].rows * w[k].stride;
        return sum / w->parts;
    }
    for (size_t i = 0; i < o->n_ins; i++)
        if (an_op(o, i) == AN_OP_PRJ && o->ins[i].w->proj == p) sum += an_clocks_of(o, i) * an_weight(o, i);
    return sum / w->parts;
}

/* One part more than `n`: by rows, or by columns, for which the chip must have what a raw sum takes. */
static bool may(const an_comp_t *o, const an_proj_t *p, uint32_t n, bool rows)
{
    return !p->whole && !p->n_cut && n < AN_MOST_PARTS && n < o->cfg.cores && (rows ? row_cut(p, n + 1).n > n : o->cfg.split && n < blocks(p));
}

static bool gains(const an_comp_t *next, const an_comp_t *now)
{
    if (next->excess != now->excess) return next->excess < now->excess;
    return next->period < now->period - now->period / AN_MARGIN;
}

static bool less(const an_comp_t *a, const an_comp_t *b) { return a->excess != b->excess ? a->excess < b->excess : a->period < b->period; }

static an_cut_t *cuts_of(const an_comp_t *o)
{
    an_cut_t *cut = an_new(o->c, o->net->n_proj, sizeof *cut);
    memcpy(cut, o->cut, o->net->n_proj * sizeof *cut);
    return cut;
}

static an_comp_t *with_cuts(const an_comp_t *o, const an_cut_t *cut)
{
    const an_comp_t base = { .c = o->c, .rule = o->rule, .net = o->net, .dir = o->dir, .cfg = o->cfg, .notes = "" };
    return an_compiled(&base, cut, o);
}

an_comp_t *an_finely(const an_comp_t *o)
{
    an_cut_t *cut = cuts_of(o);
    bool changed = false;
    for (size_t i = 0; i < o->net->n_proj; i++) {
        const an_proj_t *p = &o->net->proj[i];
        if (p->whole || p->n_cut || weight(o, p) * o->cut[i].n < o->period / AN_MARGIN) continue;
        const an_cut_t c = row_cut(p, o->cfg.cores < AN_MOST_PARTS ? o->cfg.cores : AN_MOST_PARTS);
        if (c.n <= cut[i].n) continue;
        cut[i] = c;
        changed = true;
    }
    return changed ? with_cuts(o, cut) : NULL;
}

an_comp_t *an_merged(const an_comp_t *o)
{
    an_cut_t *cut = cuts_of(o);
    bool changed = false;
    for (size_t i = 0; i < o->net->n_proj; i++) {
        const an_proj_t *p = &o->net->proj[i];
        if (p->n_cut) continue;
        const an_wloc_t *w = an_wloc(o, p);
        uint32_t n = 1;
        for (uint32_t k = 1; k < w->parts; k++) {
            const uint32_t end = an_cut_first(&w[k]) + an_cut_n(&w[k]);
            if (w[k].core == w[k - 1].core && (!w->by_rows || an_row_cut_fits(cut[i].at[n - 1], end))) continue;
            cut[i].at[n++] = an_cut_first(&w[k]);
        }
        changed |= n < cut[i].n;
        cut[i].n = n;
    }
    return changed ? with_cuts(o, cut) : NULL;
}

an_comp_t *an_recut(const an_comp_t *o, size_t proj, uint32_t parts, bool rows)
{
    const an_proj_t *p = &o->net->proj[proj];
    if (!parts || p->n_cut || (parts > 1 && !may(o, p, parts - 1, rows))) return NULL;
    an_cut_t *cut = cuts_of(o);
    cut[proj] = rows && parts > 1 ? row_cut(p, parts) : even(p, parts);
    return with_cuts(o, cut);
}

/* One round: of the heaviest projections the one whose further part does best; NULL: none may have one. */
static an_comp_t *round_of(an_comp_t *now, uint64_t *work, an_best_t *all)
{
    const size_t n = now->net->n_proj;
    bool *tried = an_new(now->c, n, sizeof *tried);
    an_comp_t *found = NULL;
    for (uint32_t t = 0; t < AN_TRIES; t++) {
        size_t best = n;
        uint64_t most = 0;
        for (size_t i = 0; i < n; i++) {
            const an_proj_t *p = &now->net->proj[i];
            const bool some = may(now, p, now->cut[i].n, false) || may(now, p, now->cut[i].n, true);
            const uint64_t x = tried[i] || !some ? 0 : weight(now, p);
            if (x > most && (now->excess || x > now->period / AN_MARGIN)) { /* what takes less cannot gain */
                most = x;
                best = i;
            }
        }
        if (best == n) break;
        tried[best] = true;
        for (int rows = 0; rows < 2; rows++) {
            if (now->cut[best].n > 1 && rows != now->cut[best].rows) continue;
            an_comp_t *next = an_recut(now, best, now->cut[best].n + 1, rows);
            if (!next) continue;
            *work += next->work;
            an_rank(all, next);
            if (!found || less(next, found)) found = next;
        }
    }
    return found;
}

static uint64_t words_sent(const an_comp_t *o)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < o->n_step; i++) {
        const an_loc_t *l = an_obj_loc(o, o->step[i].obj);
        if (o->step[i].kind == AN_STEP_OUT) sum += l ? l->n : 1;
    }
    return sum;
}

static void tell(an_comp_t *o, const an_comp_t *whole)
{
    uint32_t cut = 0;
    for (size_t i = 0; i < o->net->n_proj; i++) cut += o->cut[i].n > 1;
    if (!cut) return;
    o->notes = an_fmt(o->c, "%s%u projection%s in parts: the programs send %llu words", o->notes, cut, cut > 1 ? "s" : "", (unsigned long long)words_sent(o));
    if (whole != o && !whole->excess)
        o->notes = an_fmt(o->c, "%s; whole it would be %llu, and a turn %llu clocks in the place of %llu", o->notes, (unsigned long long)words_sent(whole),
                          (unsigned long long)whole->period, (unsigned long long)o->period);
    o->notes = an_fmt(o->c, "%s\n", o->notes);
}

an_comp_t *an_cuts(const an_comp_t *base)
{
    enum { WORK = 3000000 }; /* steps looked at before the search for cuts ends */
    an_comp_t *o = an_compiled(base, by_hand(base), NULL), *const whole = o, *now = o;
    an_best_t all = { .n = 0 };
    uint64_t work = 0;
    an_rank(&all, whole);
    for (uint32_t k = 0, stale = 0; base->cfg.cores > 1 && stale < AN_STALE && work < WORK && k < AN_CUTS; k++, stale++) {
        now = round_of(now, &work, &all);
        if (!now) break;
        if (!gains(now, o)) continue;
        o = now;
        stale = 0;
    }
    if (base->cfg.cores > 1) o = an_best(&all);
    tell(o, whole);
    return o;
}
