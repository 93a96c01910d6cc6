/* SPDX-License-Identifier: Apache-2.0
 * an_swp -- the sweeps of one statement: of every projection, or of its parts. */
#ifndef AN_SWP_H
#define AN_SWP_H
#include "an_comp.h"

typedef struct an_swp {
    const an_wloc_t *w;               /* the projection, or its first part */
    an_at_t at;
    bool scatter, gather, learn, overv, skip, wnew;
    int lsh, bsh, ksh, wsh;
    uint32_t beta, kappa, mu;
    an_ref_t x, x2, g, ginit, y, y2, acc, ainit; /* loc NULL: not used */
    uint32_t gmode, amode;            /* AN_INIT_x */
    bool scaled;                      /* x2 is multiplied by scalar k before */
    uint32_t k;
} an_swp_t;

/* emits n sweeps in their order */
void an_swp(an_comp_t *o, const an_swp_t *s, size_t n);

#endif
