/* SPDX-License-Identifier: Apache-2.0
 * an_times -- the clocks of all cores as their steps go, waiting for each other included. */
#ifndef AN_TIMES_H
#define AN_TIMES_H
#include "an_comp.h"

/* One way between two neighbours, and of the transfers on it the first step's number, when it was given and when the last one, when the first was taken, clocks
 * from one taken to the next. */
enum { AN_PAST = 64 };
typedef struct link {
    uint64_t steps, n_given, n_taken, first[AN_PAST], given[AN_PAST], last[AN_PAST], taken[AN_PAST], period[AN_PAST]; /* steps: given so far */
    uint64_t gives, takes; /* from when on the core that gives, and that takes, may: before, a PASS of its own does */
} link_t;

/* Clocks of all cores, waiting included, and what is between them. */
typedef struct times {
    uint64_t at[AN_MOST_CORES];
    uint64_t in[AN_MOST_CORES];     /* from when on what waits for a TAKE may run */
    link_t link[2 * AN_MOST_CORES]; /* by an_link_given */
} times_t;

/* A step as its clocks go: an instruction's, or one side of a transfer, both at once where its steps do not all fit between the cores; or PASS. */
typedef struct an_due {
    uint8_t core, to;           /* core: the instruction's, or that gives; to: that takes */
    uint8_t gives, takes;       /* ways between cores */
    bool out, in, pass;
    bool take, may_take;        /* in: it is TAKE; it is in some orders */
    bool give, writes;          /* GIVE; instruction: it writes what is given so */
    bool closes, to_closes;     /* core, to waits until all is in that TAKE has begun there, */
    uint64_t sets;              /*   but for the clocks of a sweep's registers */
    uint64_t clocks;            /* an instruction's; before the first step of what is given */
    uint64_t n, depth, latency, weight, period; /* period: clocks from one step taken to the next */
    uint64_t before;            /* of what is taken, or GIVE: the rest of the instruction before it */
    uint64_t apart;             /* writes: clocks from one step given to the next, of all but the first to the last; */
    int64_t last;               /*   from the end of its clocks to the last one */
} due_t;

/* clocks that a core with `ahead` takes more */
static inline uint32_t an_ahead(const an_comp_t *o) { return o->cfg.ahead ? AN_T_AHEAD : 0; }

/* cost: of an instruction. What depends on the steps around it is left out. */
due_t an_due(const an_comp_t *o, const an_step_t *s, uint64_t cost, uint64_t weight);
void an_times(times_t *t, const due_t *d);

#endif
