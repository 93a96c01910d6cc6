/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include "an_score.h"

int64_t an_score_class(const int32_t *word, uint32_t n)
{
    if (n == 1)
        return word[0];
    uint32_t best = 0;
    for (uint32_t i = 1; i < n; i++)
        if (word[i] > word[best])
            best = i;
    return best;
}

void an_score_add(an_score_t *s, const int32_t *word, uint32_t n, int label)
{
    s->count++;
    s->wrong += an_score_class(word, n) != label;
}

double an_score_error(const an_score_t *s) { return s->count ? (double)s->wrong / (double)s->count : (double)NAN; }
