/* SPDX-License-Identifier: Apache-2.0
 * an_series -- time series as a source: a sample is a tick, endless, in order; signals from data.streams (docs/series.md). */
#ifndef AN_SERIES_H
#define AN_SERIES_H
#include "an_source.h"

AN_MUST_CHECK an_err_t an_series_open(an_source_t **s, an_exp_t *exp, const char *kind, const char *share, uint64_t seed, an_diag_t *d);

#endif
