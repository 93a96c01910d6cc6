/* SPDX-License-Identifier: Apache-2.0 */
#include "an_kernel.h"
#include "an_num.h"
#include "an_rnd.h"

static inline void learn_pair(an_kernel_sweep_t *s, int16_t *w, int16_t *v, uint32_t j, uint32_t i, uint32_t rnd_a, uint32_t rnd_b) {
    const an_pair_t *p = &s->par;
    const int64_t n = (int64_t)s->x2[j] * s->y2[i] - (int64_t)p->beta * *v * ((int64_t)1 << (8u * p->bsh)) -
                      (int64_t)p->kappa * *w * ((int64_t)1 << (8u * p->ksh));
    const int16_t old = *v;
    *v = an_narrow_s16(n, s->lsh, old, rnd_a & 0xFFFFu, &s->sat_v);
    *w = an_narrow_s16((int64_t)p->mu * (s->wnew ? *v : old), p->wsh, *w, rnd_b & 0xFFFFu, &s->sat_w);
}

static void row(an_kernel_sweep_t *s, uint32_t j, bool first) {
    const bool from_acc = !first || s->amode == AN_INIT_SELF;
    int64_t sum = 0;
    int16_t *at = s->syn + j * s->stride;
    uint32_t lane = 0, rnd_a = 0, rnd_b = 0;
    for (uint32_t i = 0; i < s->cols; i++) {
        int16_t *v = at + s->lanes;
        const int16_t t = s->pair && s->overv ? *v : *at;
        if (s->scatter) {
            const int32_t start = from_acc ? s->acc[i] : s->amode == AN_INIT_FROM ? s->ainit[i] : 0;
            s->acc[i] = an_sat_s33_s32((int64_t)start + t * s->x[j], &s->sat_acc);
        }
        if (s->gather)
            sum += t * s->y[i];
        if (s->learn) {
            if (i % AN_BLOCK_COLUMNS == 0) {
                const uint32_t z = an_rnd_mix(s->seed, j, an_rnd_block(s->first_block, i));
                rnd_a = an_rnd_first(z);
                rnd_b = an_rnd_second(z);
            } else {
                rnd_a = an_rnd_leap(rnd_a);
                rnd_b = s->pair ? an_rnd_leap(rnd_b) : 0;
            }
            if (s->pair) {
                learn_pair(s, at, v, j, i, rnd_a, rnd_b);
            } else {
                *at = an_narrow_s16(s->x2[j] * s->y[i], s->lsh, *at, rnd_a & 0xFFFFu, &s->sat_w);
            }
        }
        at++;
        if (s->pair && ++lane == s->lanes) {
            lane = 0;
            at += s->lanes;
        }
    }
    if (s->gather)
        an_kernel_finish(s, j, sum);
}

void an_kernel_small(an_kernel_sweep_t *s) {
    uint16_t list[AN_KERNEL_SMALL];
    s->rows_swept = an_kernel_rows(s, list);
    for (uint32_t k = 0; k < s->rows_swept; k++)
        row(s, list[k], list[k] == 0);
}
