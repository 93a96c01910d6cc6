/* SPDX-License-Identifier: Apache-2.0
 * an_term -- the right side of a sweep part as a sum of products: constants, W or V, vectors, at most one scalar. */
#ifndef AN_TERM_H
#define AN_TERM_H
#include "an_comp.h"

enum { AN_TERMS = 8, AN_FACTORS = 8 };

typedef struct an_term {
    an_at_t at;
    int sign;                                    /* 1, -1 */
    char weight;                                 /* 'W', 'V' or 0 */
    bool transposed;
    const an_expr_t *vec[2]; int n_vec;
    const char *scalar;                          /* a declared scalar, or NULL */
    struct { const an_expr_t *e; bool inverse; } k[AN_FACTORS]; int n_k;
} an_term_t;

/* Gives how many terms. */
int an_terms(an_comp_t *o, const an_expr_t *e, an_term_t t[AN_TERMS]);
double an_term_value(an_comp_t *o, const an_term_t *t, const an_proj_t *p); /* sign and constants */

#endif
