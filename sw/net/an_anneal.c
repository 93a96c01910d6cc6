/* SPDX-License-Identifier: Apache-2.0
 * Work of all kinds moved to and fro (simulated annealing): a vector with what computes it to any core, a population, a projection, a part; an
 * instruction to an earlier or later place in the order.
 * What makes the turn longer is taken too, less and less of it, since vector work leaves a core only for one that has handed on some of its own. The cost is
 * the period, evened out by how uneven the cores' clocks are. The moves are drawn, the same ones for the same network. */
#include "an_balance.h"
#include <math.h>

/* Of the period: what a move may cost first and last. How much the busy cores count. What part of the moves is of the order, and
 * what part of the others takes something from the busiest core; what part of a vector's moves may take others along. */
static const double HOT = 0.004, COLD = 0.0003, POWER = 6, ORDER = 0.3, BUSIEST = 0.2, FLOCK = 0.5;
/* steps looked at in one run; draws for something of the busiest core */
enum { AN_MOST_STEPS = 5000000, AN_TRIES = 16 };

typedef struct anneal {
    an_comp_t *o;
    size_t *vec, n_vec;       /* vectors that may move */
    size_t *unit, n_unit;     /* instructions of the training entry */
    uint64_t key, draw;
    an_choice_t best, now;
} anneal_t;

static double draw(anneal_t *a) { return an_draw(a->key, a->draw++); }

/* Clocks: the period and, of the cores' clocks, a mean in which the busy ones count more, half each. */
static double cost(const an_comp_t *o, double period)
{
    double sum = 0, mean = 0;
    for (uint32_t c = 0; c < o->cfg.cores; c++) sum += pow((double)o->place[c].clocks, POWER), mean += (double)o->place[c].clocks;
    return 0.7 * period + 0.3 * pow(sum / o->cfg.cores, 1 / POWER) + mean / o->cfg.cores;
}

/* Words that do not fit are dear. */
static double cost_of(const an_comp_t *o, const an_score_t *s) { return cost(o, (double)s->period) * (1 + (double)s->excess); }

/* The cost where it is below most, else something above it: what is sure to be too dear is not put in order. */
static double evaluate(an_comp_t *o, double most, an_score_t *s)
{
    an_spread(o);
    an_busy(o);
    const double least = cost(o, (double)an_busiest(o));
    if (least > most) return least;
    *s = an_weigh(o);
    return cost_of(o, s);
}

/* A projection that is whole to a core, or to its other population: only that where both were put by hand. */
static bool whole(const an_comp_t *o, an_wloc_t *w, uint32_t to, bool turn)
{
    if (w->proj->pre->core >= 0 && w->proj->post->core >= 0) turn = true;
    const uint32_t pre = an_owner(o, w->proj->pre), post = an_owner(o, w->proj->post);
    const int on = w->on;
    const bool at_pre = w->at_pre;
    if (turn) w->at_pre = !at_pre;
    else if (to == pre || to == post) w->at_pre = to == pre;
    w->on = turn || to == pre || to == post ? -1 : (int)to;
    return w->on != on || (on < 0 && w->at_pre != at_pre && pre != post);
}

/* An instruction of the training entry goes earlier or later by up to a turn of its loop, or where it would. */
static bool reorder(anneal_t *a)
{
    an_comp_t *o = a->o;
    const size_t i = a->unit[(size_t)(draw(a) * (double)a->n_unit)];
    const double turn = (double)o->period / (double)an_weight(o, i), by = draw(a) * 4 - 2;
    o->early[i] = by > 1 || by < -1 ? 0 : (int64_t)(by * turn);
    return true;
}

static uint32_t busiest(const an_comp_t *o)
{
    uint32_t best = 0;
    for (uint32_t c = 1; c < o->cfg.cores; c++)
        if (o->place[c].clocks > o->place[best].clocks) best = c;
    return best;
}

/* Where the i-th of what may move is: vectors, projections and parts, populations. */
static uint32_t on_core(const anneal_t *a, size_t i)
{
    const an_comp_t *o = a->o;
    if (i < a->n_vec) return an_seat(o, &o->loc[a->vec[i]]);
    return i - a->n_vec < o->n_wloc ? o->wloc[i - a->n_vec].core : o->owner[i - a->n_vec - o->n_wloc];
}

/* A vector to another core; and of its population's that stand where it stood some, or none: what works on them goes too, for the same words sent. */
static bool flock(anneal_t *a, size_t i, uint32_t to)
{
    an_comp_t *o = a->o;
    const an_pop_t *pop = o->loc[a->vec[i]].pop;
    const uint32_t from = on_core(a, i);
    if (from == to) return false;
    const double part = draw(a) < FLOCK ? draw(a) : 0;
    for (size_t k = 0; k < a->n_vec; k++) {
        const size_t l = a->vec[k];
        if (k == i || (part > 0 && o->loc[l].pop == pop && on_core(a, k) == from && draw(a) < part)) o->seat[l] = to == an_owner(o, pop) ? -1 : (int)to;
    }
    return true;
}

/* One drawn step; false: none that changes something or is legal. */
static bool step(anneal_t *a)
{
    an_comp_t *o = a->o;
    if (draw(a) < ORDER) return reorder(a);
    const uint32_t to = (uint32_t)(draw(a) * o->cfg.cores);
    const double n = (double)(a->n_vec + o->n_wloc + o->net->n_pop);
    size_t i = (size_t)(draw(a) * n);
    if (draw(a) < BUSIEST)
        for (uint32_t busy = busiest(o), k = 0; k < AN_TRIES && on_core(a, i) != busy; k++) i = (size_t)(draw(a) * n);
    if (i < a->n_vec) return flock(a, i, to);
    i -= a->n_vec;
    if (i >= o->n_wloc) {
        i -= o->n_wloc;
        const bool other = o->net->pop[i].core < 0 && o->owner[i] != to;
        if (other) o->owner[i] = to;
        return other && an_in_order(o);
    }
    an_wloc_t *w = &o->wloc[i];
    if (w->parts == 1) return whole(o, w, to, draw(a) < 0.5);
    const bool other = !w->proj->on && w->on != (int)to;
    if (other) w->on = (int)to;
    return other;
}

/* Vectors that gain nothing where they are go back to their population: other entries, which nothing is measured of, then send less. */
static void homeward(anneal_t *a, an_score_t least)
{
    an_comp_t *o = a->o;
    for (size_t i = 0; i < a->n_vec; i++) {
        int *seat = &o->seat[a->vec[i]], was = *seat;
        if (was < 0) continue;
        *seat = -1;
        const an_score_t s = an_evaluate(o);
        if (s.excess > least.excess || s.period > least.period) *seat = was;
        else least = s;
    }
}

/* Moves while it cools, so many for each thing that may move; leaves the best, and gives its score. */
static an_score_t cool(anneal_t *a, uint32_t times)
{
    an_comp_t *o = a->o;
    an_score_t least;
    double was = evaluate(o, INFINITY, &least), heat = HOT * (double)least.period;
    const size_t wanted = times * (a->n_vec + o->n_wloc + o->net->n_pop), most_moves = AN_MOST_STEPS / (o->n_step + 1) + 1;
    const size_t moves = wanted < most_moves ? wanted : most_moves;
    const double cools = pow(COLD / HOT, 1.0 / (double)moves);
    an_keep(o, &a->best);
    an_keep(o, &a->now);
    for (size_t k = 0; k < moves; k++, heat *= cools) {
        bool taken = false;
        if (step(a)) {
            const double most = was - heat * log(1 - draw(a));
            an_score_t s = { 0 };
            const double is = evaluate(o, most, &s);
            taken = is <= most;
            if (taken) was = is;
            if (taken && (s.excess < least.excess || (s.excess == least.excess && s.period < least.period))) {
                least = s;
                an_keep(o, &a->best);
            }
        }
        if (taken) an_keep(o, &a->now);
        else an_take_back(o, &a->now);
    }
    an_take_back(o, &a->best);
    return least;
}

void an_anneal(an_comp_t *o, uint32_t times)
{
    anneal_t a = { .o = o, .key = an_draw_key(o->drawn++, "anneal", "balance"), .best = an_new_choice(o), .now = an_new_choice(o) };
    a.vec = an_new(o->c, o->n_loc, sizeof *a.vec);
    for (size_t i = 0; i < o->n_loc; i++)
        if (o->loc[i].works) a.vec[a.n_vec++] = i;
    a.unit = an_new(o->c, o->n_unit, sizeof *a.unit);
    for (size_t u = 0, e = an_training(o); u < o->n_unit; u++)
        if (o->unit[u] >= o->first[e] && o->unit[u] < an_entry_end(o, e)) a.unit[a.n_unit++] = o->unit[u];
    homeward(&a, cool(&a, times));
    o->excess = an_evaluate(o).excess;
}
