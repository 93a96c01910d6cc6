/* SPDX-License-Identifier: Apache-2.0
 * an_plan -- which steps of an entry have to follow which. */
#ifndef AN_PLAN_H
#define AN_PLAN_H
#include "an_comp.h"

/* What a step reads or writes on a core: a place of an object, or one of the core's own things. */
typedef struct an_access { uint32_t what; bool write; } an_access_t;

typedef struct an_planned {
    size_t step;
    uint32_t core[2];
    bool barrier;                  /* nothing passes */
    bool out, in;                  /* sides of a transfer; both on one way: one step, since its words do not all fit between the cores; on two: PASS */
    uint32_t gives, takes, n;      /* of a side: an_link_given, an_link_taken; steps */
    size_t peer, follows;          /* out: what takes it; what is given after it on that way */
    uint64_t there;                /* in: when its words are */
    int64_t clocks, tail;          /* its own; with those of the longest row of steps that have to follow it, and what they are biased */
    size_t before, edge;           /* steps it waits for; the first of those that wait for it, 0: none */
} an_planned_t;

static inline bool an_meets(const an_planned_t *x) { return x->out && x->in && x->gives == x->takes; }
static inline bool an_passes(const an_planned_t *x) { return x->out && x->in && x->gives != x->takes; }

typedef struct an_edge { size_t to, next; } an_edge_t;

/* Who has read and written a thing on a core, up to here. */
typedef struct an_seen { size_t from, writer, reader; } an_seen_t; /* from: of this pass, else nobody; reader: first of a list of edges, 0: none */

struct an_plan {
    an_access_t **access; size_t *n_access; /* by instruction */
    uint32_t *place;                     /* by object */
    an_planned_t *node; size_t n, room;
    an_edge_t *edge; size_t n_edge, edges;
    an_seen_t *seen; size_t pass;
    size_t *ready, *line;                /* line: of one core, behind the last barrier */
    an_step_t *old, *best;
    bool in_order;                       /* instructions keep their order on a core, transfers pass them */
    bool as_is;                          /* all steps keep their order, but for what they are biased */
    size_t *before;                      /* by node: steps it still waits for, as a list goes */
    int64_t *bias, *kept;                /* by node: it goes by so much earlier, with what it follows */
    uint64_t clock[AN_MOST_CORES];
    uint32_t between[2 * AN_MOST_CORES]; /* steps, by an_link_given */
    uint64_t past[2 * AN_MOST_CORES];    /* likewise: when what its giver passes is past, and it may give itself */
    double even;                         /* clocks a step, if all cores worked all the time */
};

struct an_plan *an_plan(an_comp_t *o);      /* with room for all steps */
/* Makes the nodes, edges and tails of the steps from..to-1, which are those of an entry; with p->in_order as it is. */
void an_plan_nodes(an_comp_t *o, struct an_plan *p, size_t from, size_t to);

#endif
