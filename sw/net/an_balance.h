/* SPDX-License-Identifier: Apache-2.0
 * an_balance -- a placement that can be kept and taken back, and what it is worth. */
#ifndef AN_BALANCE_H
#define AN_BALANCE_H
#include "an_comp.h"

typedef struct an_score { uint64_t excess, period, busiest, sent; } an_score_t;
typedef struct an_choice { uint32_t *owner; bool *at_pre; int *on, *seat; int64_t *early; } an_choice_t;

an_score_t an_evaluate(an_comp_t *o);                  /* spreads, and */
an_score_t an_weigh(an_comp_t *o);                     /* puts in order what is spread */
an_choice_t an_new_choice(an_comp_t *o);
void an_keep(const an_comp_t *o, an_choice_t *c);
void an_take_back(an_comp_t *o, const an_choice_t *c); /* owner[] .. early[], not spread yet */
/* Populations stand in the order of the chain, those put by hand left out; and no core that has one may be left without. */
bool an_in_order(const an_comp_t *o);

#endif
