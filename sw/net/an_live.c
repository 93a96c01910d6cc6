/* SPDX-License-Identifier: Apache-2.0
 * Which cores read an object before it is written again: only these need it where ways of the program meet (LOOP, END, and between entries).
 * Between entries the core that computes a vector has it, since the host may read it. Delay lines count as read by all that have them. */
#include "an_comp.h"
#include <string.h>

typedef struct pass {
    an_comp_t *o;
    uint32_t *cur;              /* live here */
    size_t end[AN_LOOP_DEPTH + 1], depth;
    bool changed;
} pass_t;

static void merge(pass_t *p, uint32_t *into, const uint32_t *from)
{
    const size_t n = an_objects(p->o);
    for (size_t i = 0; i < n; i++) {
        p->changed |= (from[i] & ~into[i]) != 0;
        into[i] |= from[i];
    }
}

static void touch(pass_t *p, size_t ins)
{
    const an_touch_t *t = p->o->touch[ins];
    const size_t n = p->o->n_touch[ins];
    for (size_t j = 0; j < n; j++)
        if (t[j].write && !an_obj_ring(p->o, t[j].obj)) p->cur[t[j].obj] = 0;
    for (size_t j = 0; j < n; j++)
        if (!t[j].write) p->cur[t[j].obj] |= p->o->where[ins];
}

static void backward(pass_t *p, size_t ins)
{
    an_comp_t *o = p->o;
    const size_t bytes = an_objects(o) * sizeof *p->cur;
    switch (AN_GET(o->ins[ins].word, OP)) {
    case AN_OP_HALT: memcpy(p->cur, o->rest, bytes); break;
    case AN_OP_END: /* live behind it, and at the head of the loop as far as that is known */
        merge(p, o->live[ins], p->cur);
        memcpy(p->cur, o->live[ins], bytes);
        p->end[p->depth++] = ins;
        break;
    case AN_OP_LOOP:
        merge(p, o->live[ins], p->cur);
        merge(p, o->live[p->end[--p->depth]], p->cur);
        touch(p, ins);
        break;
    default: touch(p, ins);
    }
}

static void begin(an_comp_t *o)
{
    for (size_t i = 0; i < an_objects(o); i++) {
        const an_loc_t *l = an_obj_loc(o, (uint32_t)i);
        const bool kept = an_obj_declared(o, (uint32_t)i) && !l->decl->scratch;
        o->rest[i] = an_obj_ring(o, (uint32_t)i) ? o->users[i] : kept ? 1u << an_seat(o, l) : 0;
    }
    for (size_t i = 0; i < o->n_ins; i++)
        if (o->live[i]) memset(o->live[i], 0, an_objects(o) * sizeof **o->live);
}

void an_live(an_comp_t *o)
{
    pass_t p = { .o = o, .cur = o->now, .changed = true };
    begin(o);
    while (p.changed) {
        p.changed = false;
        for (size_t u = o->n_unit, e = o->n_entry; u-- > 0;) {
            backward(&p, o->unit[u]);
            if (o->unit[u] != o->first[e - 1]) continue;
            merge(&p, o->rest, p.cur);
            e--;
        }
    }
}
