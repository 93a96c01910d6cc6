/* SPDX-License-Identifier: Apache-2.0
 * The one order of all steps of all cores. An instruction runs where an_where says; before it, what it reads is brought there from the nearest
 * core that has the present value. Every transfer is a step of two neighbours, and every core does its steps in the common order: of all steps that
 * are not done the first one can always go on, so nothing waits in a circle, however few words a port holds. A PASS among them is done when its last word
 * is past the core: that its core goes on meanwhile holds nobody up, since whoever wants its ports waits, and what it takes was given by a step before it. */
#include "an_comp.h"
#include <string.h>

typedef struct state {
    an_comp_t *o;
    uint32_t *valid;   /* by object: cores that have the present value */
    size_t ins;        /* for the sake of which */
    size_t loop[AN_LOOP_DEPTH + 1], depth;
} state_t;

static void push(an_comp_t *o, an_step_t s)
{
    if (o->n_step == o->room) {
        o->room = o->room ? 2 * o->room : 256;
        an_step_t *more = an_new(o->c, o->room, sizeof *more);
        if (o->n_step) memcpy(more, o->step, o->n_step * sizeof *more);
        o->step = more;
    }
    o->step[o->n_step++] = s;
}

static uint32_t along(uint32_t a, uint32_t b) { return a > b ? a - b : b - a; }

/* The shorter way, along the chain or over the link that closes it, which is of use only where all cores run. */
static uint32_t distance(const an_comp_t *o, uint32_t a, uint32_t b)
{
    const uint32_t d = along(a, b), n = o->cfg.cores;
    return o->cfg.closed && o->used == n && n - d < d ? n - d : d;
}

static bool upward(const an_comp_t *o, uint32_t from, uint32_t to) { return (to > from) == (distance(o, from, to) == along(from, to)); }

static uint32_t nearest(const an_comp_t *o, uint32_t mask, uint32_t to)
{
    uint32_t best = to, far = UINT32_MAX;
    for (uint32_t c = 0; c < 32; c++)
        if ((mask >> c & 1) && distance(o, c, to) < far) {
            far = distance(o, c, to);
            best = c;
        }
    return best;
}

/* Words from core to core: of which object, out of what on the first core, into what on the last. keep: cores on the way that hold it take it; past
 * the others they go by themselves, unless their transfer holds both its cores. */
typedef struct way {
    uint32_t obj, back, from, to;
    an_relay_t first, last;
    bool both, keep;
} way_t;

static void send(state_t *s, const way_t *w)
{
    an_comp_t *o = s->o;
    const uint32_t n = o->cfg.cores;
    const bool up = upward(o, w->from, w->to);
    an_relay_t relay = w->first;
    bool passed = false;
    for (uint32_t c = w->from, next; c != w->to; c = next) {
        next = (up ? c + 1 : c + n - 1) % n;
        const bool last = next == w->to, kept = w->keep && (o->users[w->obj] >> next & 1);
        const an_step_t out = { .kind = AN_STEP_OUT, .core = c, .with = next, .ins = s->ins, .obj = w->obj, .back = w->back, .port = up ? AN_PORT_UP : AN_PORT_DOWN, .relay = relay };
        an_step_t in = { .kind = AN_STEP_IN, .core = next, .with = c, .ins = s->ins, .obj = w->obj, .back = w->back, .port = up ? AN_PORT_DOWN : AN_PORT_UP, .both = last && w->both };
        if (!passed) push(o, out);
        passed = o->cfg.pass && !last && !kept && an_transfer_steps(o, &in) <= an_mem_link_steps(&o->cfg);
        relay = in.relay = last ? w->last : kept || passed ? AN_RELAY_NONE : AN_RELAY_S;
        if (passed) in.kind = AN_STEP_PASS;
        push(o, in);
        if (kept && !w->back) s->valid[w->obj] |= 1u << next;
    }
}

static void bring(state_t *s, uint32_t obj, uint32_t back, uint32_t from, uint32_t to)
{
    send(s, &(way_t){ .obj = obj, .back = back, .from = from, .to = to, .keep = true });
}

/* Makes the present value stand on all cores of the mask, the near ones first. */
static void ensure(state_t *s, uint32_t obj, uint32_t mask)
{
    while (s->valid[obj] && (mask & ~s->valid[obj])) {
        const uint32_t missing = mask & ~s->valid[obj];
        uint32_t to = 0, far = UINT32_MAX;
        for (uint32_t c = 0; c < s->o->used; c++)
            if ((missing >> c & 1) && distance(s->o, nearest(s->o, s->valid[obj], c), c) < far) {
                to = c;
                far = distance(s->o, nearest(s->o, s->valid[obj], c), c);
            }
        bring(s, obj, 0, nearest(s->o, s->valid[obj], to), to);
    }
}

static bool same_everywhere(const an_comp_t *o, uint32_t obj) { return !an_obj_loc(o, obj) && o->common[obj - an_obj_k(o, 0)]; }

/* to: masks by object; delay lines are wanted wherever they are */
static void settle(state_t *s, const uint32_t *to, bool rings_only)
{
    for (uint32_t i = 0; i < an_objects(s->o); i++) {
        if (an_obj_ring(s->o, i)) ensure(s, i, s->o->users[i]);
        else if (!rings_only && !same_everywhere(s->o, i)) ensure(s, i, to[i]);
    }
}

static void assume(state_t *s, const uint32_t *what)
{
    for (uint32_t i = 0; i < an_objects(s->o); i++) s->valid[i] = an_obj_ring(s->o, i) ? s->o->users[i] : what[i];
}

/* IN or OUT of a vector that is not computed where the host's stream is: through that core's buffer. */
static void stream(state_t *s, size_t ins, uint32_t host)
{
    an_comp_t *o = s->o;
    const an_ins_t *i = &o->ins[ins];
    const bool in = AN_GET(i->word, OP) == AN_OP_IN;
    const uint32_t own = nearest(o, o->where[ins], host), sp = in ? AN_GET(i->word, VEC_DSP) : AN_GET(i->word, VEC_ASP);
    const an_ref_t *r = &i->ref[in ? 0 : 1];
    const uint32_t obj = an_obj(o, r->loc, sp == AN_SPC_R);
    const an_relay_t buffer = !in && sp == AN_SRC_R ? AN_RELAY_R : AN_RELAY_S;
    const way_t way = { .obj = obj, .back = r->back, .from = in ? host : own, .to = in ? own : host, .first = in ? buffer : AN_RELAY_NONE,
                        .last = in ? AN_RELAY_NONE : buffer, .both = in && sp == AN_SPC_SR };
    if (!in) send(s, &way);
    push(o, (an_step_t){ .kind = AN_STEP_INS, .core = host, .ins = ins, .obj = obj, .relay = buffer });
    if (in) send(s, &way);
}

static void run(state_t *s, size_t ins)
{
    an_comp_t *o = s->o;
    const uint32_t op = AN_GET(o->ins[ins].word, OP), host = op == AN_OP_IN ? o->in_core : o->out_core;
    if ((op == AN_OP_IN || op == AN_OP_OUT) && !(o->where[ins] >> host & 1)) {
        stream(s, ins, host);
        return;
    }
    for (uint32_t c = 0; c < o->used; c++)
        if (!an_pseudo(op) && (o->where[ins] >> c & 1)) push(o, (an_step_t){ .kind = AN_STEP_INS, .core = c, .ins = ins });
}

static void instruction(state_t *s, size_t ins)
{
    an_comp_t *o = s->o;
    const uint32_t op = AN_GET(o->ins[ins].word, OP), mask = o->where[ins];
    const an_touch_t *t = o->touch[ins];
    const size_t n = o->n_touch[ins];
    for (size_t j = 0; j < n; j++) /* a step further back of a delay line is the same everywhere */
        if (!t[j].write && !t[j].back && !same_everywhere(o, t[j].obj)) ensure(s, t[j].obj, mask);
    if (op == AN_OP_LOOP) settle(s, o->live[s->loop[s->depth++] = ins], false);
    if (op == AN_OP_END) settle(s, o->live[s->loop[--s->depth]], false); /* for another turn; what is read behind the loop is sent there */
    if (op == AN_OP_HALT) settle(s, o->rest, false);
    if (op == AN_OP_RING) settle(s, NULL, true);
    run(s, ins);
    if (op == AN_OP_LOOP) assume(s, o->live[ins]); /* every turn begins with that */
    for (size_t j = 0; j < n; j++) {
        if (!t[j].write || same_everywhere(o, t[j].obj)) continue;
        if (!t[j].back) s->valid[t[j].obj] = mask;
        for (uint32_t c = 0; t[j].back && c < o->used; c++)
            if ((o->users[t[j].obj] & ~mask) >> c & 1) bring(s, t[j].obj, t[j].back, nearest(o, mask, 0), c);
    }
    if (op == AN_OP_VIEW) ensure(s, t[n - 1].obj, 1u << o->ins[ins].to->core);
}

void an_spread(an_comp_t *o)
{
    state_t s = { .o = o, .valid = o->now };
    an_where(o);
    an_live(o);
    o->n_step = 0;
    for (size_t e = 0; e < o->n_entry; e++) {
        const size_t end = an_entry_end(o, e);
        assume(&s, o->rest);
        for (size_t i = o->first[e]; i < end; i += an_unit(o, i)) {
            s.ins = i;
            instruction(&s, i);
        }
    }
}
