/* SPDX-License-Identifier: Apache-2.0
 * an_network -- populations, projections and constants of an experiment, and the value of a constant where it is used. */
#ifndef AN_NETWORK_H
#define AN_NETWORK_H
#include "an_node.h"
#include "an_rule.h"

typedef struct an_pop {
    const char *name;
    an_at_t at;
    size_t role;
    uint32_t n;
    int core;            /* by hand; -1: the compiler chooses */
    int *seat;           /* by vector of the rule, by hand: the core that computes it; -1, or NULL: as the population, or the compiler */
    double **value;      /* by constant of the rule: NULL, or one value a neuron */
    bool *varies;        /* by constant: neurons differ */
} an_pop_t;

typedef struct an_proj {
    const char *name;    /* "pre>post" */
    an_at_t at;
    const an_pop_t *pre, *post;
    an_node_t *node;
    size_t link;         /* of a chain, from 0: which of a list of values is its own */
    bool pair;           /* some sweep of the rule uses its V */
    bool learn, pre_on_rows;
    int w_frac, v_frac;
    bool whole;          /* split: false: never in parts */
    bool cut_rows;       /* by hand: at rows, else */
    uint32_t *cut; size_t n_cut; /*   at columns at which parts begin, without 0; */
    int *on;             /*   and their cores, that of the first one before them; NULL: the compiler chooses */
    double *value;       /* by constant, where has[] is set */
    bool *has;
} an_proj_t;

static inline const an_pop_t *an_row_side(const an_proj_t *p) { return p->pre_on_rows ? p->pre : p->post; }
static inline const an_pop_t *an_lane_side(const an_proj_t *p) { return p->pre_on_rows ? p->post : p->pre; }

enum { AN_MOST_NEURONS = 2048, AN_MOST_PARTS = 16 }; /* of a population, of a projection */
/* A part by rows begins at a multiple of AN_ROW_STEP, for slices are whole blocks. It may have an_most_rows, unless it begins at 0: the rounding
 * key of a row is that of the part's first one xor its number in the part. */
enum { AN_ROW_STEP = 8 };
static inline uint32_t an_most_rows(uint32_t from) { return from & (0u - from); }
/* Rows from..to-1 may be a part. */
static inline bool an_row_cut_fits(uint32_t from, uint32_t to) { return from == 0 || (from % AN_ROW_STEP == 0 && to - from <= an_most_rows(from)); }

typedef struct an_network {
    const an_rule_t *rule;
    uint64_t seed;
    uint32_t cores;      /* of the configuration */
    an_pop_t *pop; size_t n_pop;
    an_proj_t *proj; size_t n_proj;
    double *value;       /* by constant, where has[] is set: the experiment's own */
    bool *has;
    bool no_skip;        /* skip: false in the file: zero-skip off everywhere, for measuring */
} an_network_t;

an_network_t *an_network(an_ctx_t *c, an_node_t *root, const an_rule_t *rule, uint64_t seed, uint32_t cores);

/* Where an expression is evaluated. pop or proj may be NULL. */
typedef struct an_env {
    const an_network_t *net;
    const an_pop_t *pop;
    const an_proj_t *proj;
    uint32_t neuron;
    bool has_x;          /* the expression of a table: x is its argument */
    double x;
    const char *draw;    /* what uniform() draws for; NULL: not allowed here */
    uint64_t draws;
    int depth;
} an_env_t;

double an_value(an_ctx_t *c, const an_expr_t *e, an_env_t *env);
/* An integer constant in lo..hi. */
long an_integer(an_ctx_t *c, const an_expr_t *e, an_env_t *env, long lo, long hi, const char *what);
const an_node_t *an_link_value(const an_node_t *n, size_t link); /* of a list the link's own, the last is repeated; else n */
/* The neurons of the population differ in it. */
bool an_varies(const an_network_t *net, const an_pop_t *pop, const an_expr_t *e);

/* Seeded draws: functions of (seed, text, index) only. */
uint64_t an_draw_key(uint64_t seed, const char *what, const char *name);
double an_draw(uint64_t key, uint64_t index);  /* [0, 1) */

/* A number of the experiment file: a literal or an expression without names. */
double an_node_number(an_ctx_t *c, const an_node_t *n);

#endif
