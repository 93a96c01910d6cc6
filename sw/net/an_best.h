/* SPDX-License-Identifier: Apache-2.0
 * an_best -- the best compilations of a search, and what annealing and other cuts make of them. */
#ifndef AN_BEST_H
#define AN_BEST_H
#include "an_comp.h"

enum { AN_BEST = 8 };
typedef struct an_best { an_comp_t *o[AN_BEST]; size_t n; } an_best_t; /* in their order */

void an_rank(an_best_t *b, an_comp_t *o);      /* takes its place among them, if it has one; of the same cuts the best stays */
an_comp_t *an_best(const an_best_t *b);

/* an_cuts.c: o's network with that projection in so many parts, by rows or by columns, o's placement improved; NULL: it may not */
an_comp_t *an_recut(const an_comp_t *o, size_t proj, uint32_t parts, bool rows);
/* the same with all that is heavy cut by rows, a part a core; and with neighbouring parts on one core made one. NULL: that would change nothing */
an_comp_t *an_finely(const an_comp_t *o);
an_comp_t *an_merged(const an_comp_t *o);

#endif
