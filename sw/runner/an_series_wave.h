/* SPDX-License-Identifier: Apache-2.0
 * an_series_wave -- one word of a time series as a function of the tick: what a SPEC of data.streams describes (docs/series.md). */
#ifndef AN_SERIES_WAVE_H
#define AN_SERIES_WAVE_H
#include "an_exp.h"

typedef struct an_wave {
    /* value at tick t is the sum of the sines at t*dt + offset, or table[t mod n] where there is a table, or that of the patch in work */
    double dt, offset;
    double *sine;               /* n_sine triples: omega, amplitude, phase */
    size_t n_sine;
    double *table;              /* one period */
    size_t period;
    struct an_wave *patch;      /* patches of `length` ticks each, in turn */
    size_t n_patch, length;
    struct an_series_expr *expr; /* or a formula of t*dt */
} an_wave_t;

/* Reads the SPEC at path. AN_ERR_INPUT names the key and what is legal. Free with an_wave_free, also on failure. */
AN_MUST_CHECK an_err_t an_wave_read(an_wave_t *w, an_exp_t *exp, const char *path, const char *share, double dt, an_diag_t *d);
void an_wave_free(an_wave_t *w);
double an_wave_at(const an_wave_t *w, uint64_t tick);

#endif
