/* SPDX-License-Identifier: Apache-2.0
 * an_comp -- one compilation: what stands where, and the program so far. */
#ifndef AN_COMP_H
#define AN_COMP_H
#include "an_network.h"

/* A vector of a population, placed. */
typedef struct an_loc {
    const an_vector_t *decl;
    const an_pop_t *pop;
    uint32_t addr, nb;
    int scale;
} an_loc_t;

/* A projection, placed. */
typedef struct an_wloc {
    const an_proj_t *proj;
    uint32_t rows, cols, wbase, stride, key;
} an_wloc_t;

typedef struct an_kloc {
    const char *name;
    double value;
    int shift;
    int32_t word;
    bool integer;     /* an index, not a fraction */
} an_kloc_t;

typedef struct an_tloc { const an_table_t *decl; int k, in_scale, out_scale; } an_tloc_t;

typedef struct an_comp {
    an_ctx_t *c;
    an_network_t *net;
    const an_rule_t *rule;
    const char *dir;                       /* of the experiment file */
    an_config_t cfg;
    an_loc_t *loc; size_t n_loc;
    an_wloc_t *wloc; size_t n_wloc;
    an_kloc_t *k; size_t n_k;
    an_tloc_t *table; size_t n_table;
    uint64_t *word; uint32_t *line; size_t n_word;
    an_site_t *site; size_t n_site;
    uint32_t s_blocks, r_blocks;           /* used */
    uint64_t w_blocks;
    uint32_t ring_step, ring_size; bool ring_s, ring_r;
    bool has_tmp; uint32_t tmp;            /* R: a row operand times the mantissa of a learning rate */
    uint32_t pop_n;                        /* n that the core has here, 0: unknown */
    const char *notes;
    an_entry_t *entry; size_t n_entry;     /* strings and arrays in the context */
} an_comp_t;

enum { AN_K_TURNS = 0 };                   /* scalar that holds how many turns an entry runs */

/* an_place.c */
void an_place(an_comp_t *o);
uint32_t an_blocks(const an_comp_t *o, uint32_t n);
const an_loc_t *an_loc(const an_comp_t *o, const char *name, const an_pop_t *pop); /* NULL: its role has none */
const an_wloc_t *an_wloc(const an_comp_t *o, const an_proj_t *proj);
uint32_t an_tmp(an_comp_t *o);             /* a block address in R for the widest row side */

/* an_scalar.c: scalars and tables */
uint32_t an_k_add(an_comp_t *o, const char *name, double value, int shift, an_at_t at);
/* The constant as a 16-bit operand: the largest shift in lo..hi that keeps it in [-8, 8). Gives the index. */
uint32_t an_k_operand(an_comp_t *o, const char *name, double value, int lo, int hi, int *shift, an_at_t at);
int an_k_find(const an_comp_t *o, const char *name); /* -1: none */
uint32_t an_t_add(an_comp_t *o, const an_table_t *t, int in_scale, int out_scale, int *k, an_at_t at);

/* an_emit.c */
size_t an_emit(an_comp_t *o, uint64_t word, an_at_t at);      /* gives the pc */
void an_emit_pop(an_comp_t *o, uint32_t n, an_at_t at);
void an_emit_site(an_comp_t *o, size_t pc, const char *name, bool state);
void an_emit_entry(an_comp_t *o, const an_rule_entry_t *e);
/* d = a, or d = 0 where a is NULL */
void an_emit_copy(an_comp_t *o, const an_loc_t *d, const an_loc_t *a, uint32_t back, an_at_t at);

/* an_vecop.c */
void an_vecop(an_comp_t *o, const an_stmt_t *s, const an_pop_t *pop);
/* vec or vec[k]: the vector, and how many blocks back */
const an_loc_t *an_vecref(an_comp_t *o, const an_expr_t *e, const an_pop_t *pop, uint32_t *back);

/* an_sweep.c */
void an_sweep(an_comp_t *o, const an_stmt_t *s);
void an_sweep_pairs(an_network_t *net);    /* sets pair of every projection whose V a sweep uses */

/* an_init.c */
void an_init_memory(an_comp_t *o, an_core_image_t *m);
int16_t an_init_weight(double w, int frac);

#endif
