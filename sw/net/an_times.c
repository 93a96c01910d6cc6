/* SPDX-License-Identifier: Apache-2.0
 * A transfer's steps go one after the other, the taking of a TAKE to S every third clock. What is given on waits for room, which what is taken makes. */
#include "an_times.h"

/* Of the transfer k on l, whose last step's number is end - 1: from when on n steps may be given, if the first is at `given` at the earliest. A step has the
 * place of the one `depth` before it. */
static uint64_t room_of(const link_t *l, uint64_t k, uint64_t end, const due_t *d, uint64_t given)
{
    const uint64_t first = l->first[k], before = first + d->depth, behind = end + d->depth - l->steps;
    if (before >= l->steps + d->n) return given; /* not in the way */
    const uint64_t from = before > l->steps ? before - l->steps : 0, to = behind < d->n ? behind : d->n; /* steps of ours that take the places of its own */
    const uint64_t last = to > from + d->weight ? to - d->weight : from, free = l->taken[k] + l->period[k] * (l->steps + last - before) + 1;
    return free > given + last ? free - last : given;
}

/* d's steps, the first given at `given` or later: when there is room, which is made by what is taken of those before them. */
static uint64_t room(const link_t *l, const due_t *d, uint64_t given)
{
    const uint64_t known = l->n_given > AN_PAST ? l->n_given - AN_PAST : 0;
    uint64_t end = l->n_taken < l->n_given ? l->first[l->n_taken % AN_PAST] : l->steps;
    for (uint64_t k = l->n_taken; k > known && end + d->depth > l->steps; k--) { /* what ended earlier has long left its places to others */
        given = room_of(l, (k - 1) % AN_PAST, end, d, given);
        end = l->first[(k - 1) % AN_PAST];
    }
    return given;
}

due_t an_due(const an_comp_t *o, const an_step_t *s, uint64_t cost, uint64_t weight)
{
    due_t d = { .core = (uint8_t)s->core, .to = (uint8_t)s->core, .weight = weight, .period = 1, .closes = s->closes };
    if (s->kind == AN_STEP_INS) {
        d.clocks = cost * weight;
        return d;
    }
    const uint32_t n = an_transfer_steps(o, s), depth = an_mem_link_steps(&o->cfg);
    d.pass = s->kind == AN_STEP_PASS;
    d.give = s->give;
    d.out = s->kind == AN_STEP_OUT && !d.give;
    d.in = s->kind == AN_STEP_IN || (d.out && n > depth);
    const an_step_t *in = d.out ? s + 1 : s;
    if (d.in) {
        d.may_take = an_takes_some(o, in);
        d.take = in->take;
        d.to_closes = d.out && in->closes;
        if (d.take) d.period = in->obj % 2 ? 1 : AN_T_TAKE_PERIOD;
    }
    if (d.out) d.to = (uint8_t)s->with;
    if (d.out || d.pass || d.give) d.gives = (uint8_t)an_link_given(s);
    if (d.in || d.pass) d.takes = (uint8_t)(d.out ? d.gives : an_link_taken(s));
    d.clocks = weight * ((an_obj_loc(o, s->obj) ? 1u : 2u) + AN_T_OUT_LATENCY + an_ahead(o));
    d.n = weight * n;
    d.depth = weight * depth;
    d.latency = weight * an_mem_link_latency(&o->cfg);
    return d;
}

/* As many steps as d has; gives their number. */
static uint64_t counted(link_t *l, const due_t *d)
{
    const uint64_t k = l->n_given++ % AN_PAST;
    l->first[k] = l->steps;
    l->steps += d->n;
    return k;
}

/* They go one after the other, the first at `at` or later; gives when. */
static uint64_t onto(link_t *l, const due_t *d, uint64_t at)
{
    const uint64_t given = room(l, d, an_later(at, l->gives)), k = counted(l, d);
    l->given[k] = given;
    l->last[k] = given + d->n - d->weight;
    return given;
}

/* When the first step of that transfer is taken, at `at` or later, if they are taken one after the other: the last one is then there too. */
static uint64_t from(const link_t *l, uint64_t k, const due_t *d, uint64_t at)
{
    const uint64_t first = an_later(at, l->given[k] + d->latency), all = d->period * (d->n - d->weight), last = l->last[k] + d->latency;
    return first + all < last ? last - all : first;
}

static void give(times_t *t, const due_t *d) { t->at[d->core] = onto(&t->link[d->gives], d, t->at[d->core] + d->clocks) + d->n; }

/* TAKE: the core goes on after AN_T_PASS clocks, the first step is taken in the last of them or when it is there. */
static void take(times_t *t, const due_t *d)
{
    link_t *l = &t->link[d->takes];
    const uint64_t k = l->n_taken++ % AN_PAST, at = an_later(t->at[d->to] + d->before + d->weight, l->takes);
    const uint64_t taken = from(l, k, d, d->take ? at + d->weight : at), last = taken + d->period * (d->n - d->weight);
    l->taken[k] = taken;
    l->period[k] = d->period;
    t->at[d->to] = d->take ? at + d->weight * (AN_T_PASS - 1) : last + d->weight * (1 + AN_T_IN_LATENCY);
    if (d->take) t->in[d->to] = last + d->weight * AN_T_TAKE_LATENCY;
    const uint64_t given = last + 2 * d->weight; /* the last step, if all have to be taken that far apart; it is given when there is room for it */
    if (d->out && t->at[d->core] + d->period * d->depth < given) t->at[d->core] = given - d->period * d->depth;
}

/* The core waits until what it passed before is past; the steps go when they are there and have room, from the clock after that on. */
static void pass(times_t *t, const due_t *d)
{
    link_t *in = &t->link[d->takes], *out = &t->link[d->gives];
    const uint64_t at = an_later(t->at[d->core] + d->before + d->weight, in->takes), k = in->n_taken++ % AN_PAST;
    t->at[d->core] = at + d->weight * (AN_T_PASS - 1);
    in->period[k] = 1;
    in->taken[k] = onto(out, d, from(in, k, d, at + d->weight));
    in->takes = out->gives = in->taken[k] + d->n;
}

/* GIVE: the core waits until there is room for all steps, a clock longer than who gives the last one there; when they go the instruction tells that writes them. */
static void promise(times_t *t, const due_t *d)
{
    link_t *l = &t->link[d->gives];
    const uint64_t free = room(l, d, 0), at = an_later(t->at[d->core] + d->before + d->weight, l->gives + d->weight);
    t->at[d->core] = an_later(at, free ? free + d->n : 0) + d->weight * (AN_T_PASS - 1);
    (void)counted(l, d);
}

/* The steps of the GIVE before it go as they are written. */
static void written(times_t *t, const due_t *d)
{
    link_t *l = &t->link[d->gives];
    const uint64_t k = (l->n_given - 1) % AN_PAST;
    l->last[k] = t->at[d->core] + (uint64_t)d->last;
    l->given[k] = l->last[k] - d->apart;
}

/* What TAKE has begun on the core is all in. */
static void all_in(times_t *t, uint32_t core, uint64_t sets) { t->at[core] = an_later(t->at[core] + sets, t->in[core]) - sets; }

void an_times(times_t *t, const due_t *d)
{
    if (d->closes) all_in(t, d->core, d->sets);
    if (d->to_closes) all_in(t, d->to, 0);
    if (d->out) give(t, d);
    if (d->in) take(t, d);
    if (d->pass) pass(t, d);
    if (d->give) promise(t, d);
    if (!d->out && !d->in && !d->pass && !d->give) t->at[d->core] += d->clocks;
    if (d->writes) written(t, d);
}
