/* SPDX-License-Identifier: Apache-2.0
 * an_score -- a classifier's answers against the labels. */
#ifndef AN_SCORE_H
#define AN_SCORE_H
#include <stdint.h>

typedef struct an_score { uint64_t count, wrong; } an_score_t;

/* The class that n words of "prediction" mean: the word itself for n = 1, else the index of the first largest. */
int64_t an_score_class(const int32_t *word, uint32_t n);
void an_score_add(an_score_t *s, const int32_t *word, uint32_t n, int label);
double an_score_error(const an_score_t *s); /* wrong / count, NAN for none */

#endif
