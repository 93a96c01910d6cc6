/* SPDX-License-Identifier: Apache-2.0
 * Vector work moved in the best compilations a little; then projections of what does best get a part less or more, since whether a cut pays shows
 * only when the rest has moved; then much annealing of those that do best, and of other cuts of the best, as long as that gains. */
#include "an_balance.h"
#include "an_best.h"
#include <string.h>

/* how often each thing is tried in a short run and a long one, how many runs of a round are long; rounds of other cuts and merging before the first long
 * runs, after them; projections tried in one, work that ends the former; orders tried in the end */
enum { AN_SHORT = 5, AN_LONG = 60, AN_FEW = 2, AN_RECUTS = 2, AN_AFTER = 4, AN_TRIES = 4, AN_WORK = 4000000, AN_POLISH = 3000 };
/* A part more has to gain this part of a turn. */
enum { AN_PRICE = 256 };

static uint64_t priced(const an_comp_t *o)
{
    uint64_t more = 0;
    for (size_t i = 0; i < o->net->n_proj; i++) more += o->cut[i].n - 1;
    return o->period + o->period / AN_PRICE * more;
}

static bool cheaper(const an_comp_t *a, const an_comp_t *b) { return a->excess != b->excess ? a->excess < b->excess : priced(a) < priced(b); }

static bool same_cuts(const an_comp_t *a, const an_comp_t *b)
{
    for (size_t i = 0; i < a->net->n_proj; i++) {
        const an_cut_t *x = &a->cut[i], *y = &b->cut[i];
        if (x->n != y->n || (x->n > 1 && x->rows != y->rows) || memcmp(x->at, y->at, x->n * sizeof *x->at)) return false;
    }
    return true;
}

void an_rank(an_best_t *b, an_comp_t *o)
{
    size_t same = 0;
    while (same < b->n && !same_cuts(b->o[same], o)) same++;
    if (same < b->n && b->o[same] != o && !cheaper(o, b->o[same])) return;
    if (same < b->n)
        for (b->n--; same < b->n; same++) b->o[same] = b->o[same + 1];
    size_t i = b->n < AN_BEST ? b->n++ : cheaper(o, b->o[AN_BEST - 1]) ? AN_BEST - 1 : AN_BEST;
    if (i == AN_BEST) return;
    for (; i && cheaper(o, b->o[i - 1]); i--) b->o[i] = b->o[i - 1];
    b->o[i] = o;
}

static uint64_t weight(const an_comp_t *o, const an_proj_t *p) { return (uint64_t)p->pre->n * p->post->n / o->cut[p - o->net->proj].n; }

/* The heaviest projection that has not been tried. */
static size_t heaviest(const an_comp_t *o, const bool *tried)
{
    size_t best = o->net->n_proj;
    for (size_t i = 0; i < o->net->n_proj; i++)
        if (!tried[i] && (best == o->net->n_proj || weight(o, &o->net->proj[i]) > weight(o, &o->net->proj[best]))) best = i;
    return best;
}

/* Other cuts of o, annealed a little, take their places; false: none did better than o. */
static bool other_cuts(an_best_t *b, const an_comp_t *o, uint64_t *work)
{
    bool *tried = an_new(o->c, o->net->n_proj, sizeof *tried), found = false;
    for (uint32_t t = 0; t < AN_TRIES && t < o->net->n_proj; t++) {
        const size_t i = heaviest(o, tried);
        const uint32_t n = o->cut[i].n;
        tried[i] = true;
        for (uint32_t k = 0; k < 6; k++) { /* by columns, then by rows: a part less, as many, a part more */
            const uint32_t parts = n - 1 + k % 3;
            const bool rows = k > 2;
            if (parts == 1 ? n == 1 || rows : parts == n && rows == o->cut[i].rows) continue;
            an_comp_t *next = an_recut(o, i, parts, rows);
            if (!next) continue;
            an_anneal(next, AN_SHORT);
            *work += next->work;
            found |= cheaper(next, o);
            an_rank(b, next);
        }
    }
    return found;
}

/* o with everything heavy in small parts, moved, and those made one that came to stand side by side on one core. */
static void fine(an_best_t *b, const an_comp_t *o)
{
    an_comp_t *next = an_finely(o);
    for (uint32_t k = 0; next && k < AN_RECUTS; k++) {
        an_anneal(next, AN_SHORT);
        an_rank(b, next);
        next = an_merged(next);
    }
    if (next) an_rank(b, next);
}

/* Much annealing of the first of them; those take their places in b. */
static void much(an_best_t *b, const an_best_t *few)
{
    for (size_t i = 0; i < few->n && i < AN_FEW; i++) {
        an_anneal(few->o[i], AN_LONG);
        an_polish(few->o[i], AN_POLISH);
        an_rank(b, few->o[i]);
    }
}

/* A placement with its order of steps. */
typedef struct kept { an_choice_t choice; an_step_t *step; size_t n_step; int takes; uint64_t excess, period; } kept_t;

static kept_t keep(an_comp_t *o)
{
    kept_t k = { .choice = an_new_choice(o), .step = an_new(o->c, o->n_step, sizeof *o->step), .n_step = o->n_step, .takes = o->takes, .excess = o->excess, .period = o->period };
    an_keep(o, &k.choice);
    memcpy(k.step, o->step, o->n_step * sizeof *o->step);
    return k;
}

/* o stays as it is if that is better, else it is as it was; gives which. */
static bool gained(an_comp_t *o, const kept_t *was)
{
    if (o->excess < was->excess || (o->excess == was->excess && o->period < was->period)) return true;
    an_take_back(o, &was->choice);
    o->takes = was->takes;
    an_spread(o);
    memcpy(o->step, was->step, was->n_step * sizeof *o->step);
    an_layout(o);
    an_clocks(o);
    o->excess = was->excess;
    return false;
}

/* With TAKE: orders of the same placement that make use of it, to R, then to S too, and from there on more annealing. The search before goes without: with it,
 * it finds others, and no better ones. */
static void taking(an_comp_t *o)
{
    if (!o->cfg.take || o->used == 1) return;
    for (int to = AN_TAKES_R; to <= AN_TAKES_S; to++) {
        const kept_t was = keep(o);
        o->takes = to;
        an_polish(o, AN_POLISH);
        gained(o, &was);
    }
    if (!o->takes) o->takes = AN_TAKES_R;
    for (int k = 0, more = 1; k < AN_AFTER && more; k++) {
        const kept_t was = keep(o);
        an_anneal(o, AN_LONG);
        an_polish(o, AN_POLISH);
        more = gained(o, &was);
    }
}

an_comp_t *an_best(const an_best_t *all)
{
    an_best_t few = { .n = 0 }, last = { .n = 0 };
    uint64_t work = 0;
    for (size_t i = 0; i < all->n; i++) {
        an_anneal(all->o[i], AN_SHORT);
        an_rank(&few, all->o[i]);
    }
    for (uint32_t k = 0; k < AN_FEW && k < few.n; k++) fine(&few, few.o[k]);
    for (uint32_t k = 0; k < AN_RECUTS && work < AN_WORK; k++)
        if (!other_cuts(&few, few.o[0], &work)) break;
    much(&last, &few);
    for (uint32_t k = 0; k < AN_AFTER; k++) {
        const an_comp_t *was = last.o[0];
        an_best_t more = { .n = 0 };
        other_cuts(&more, was, &work);
        much(&last, &more);
        if (last.o[0] == was) break;
    }
    taking(last.o[0]);
    an_gives(last.o[0]);
    return last.o[0];
}
