/* SPDX-License-Identifier: Apache-2.0
 * an_series_expr -- a signal as a formula of t = dt*tick, in the language of rules: "0.8*sin(t)". Names: t, pi. */
#ifndef AN_SERIES_EXPR_H
#define AN_SERIES_EXPR_H
#include "an_exp.h"

typedef struct an_series_expr an_series_expr_t;

/* AN_ERR_INPUT names where it stands and what is wrong; it must have a value at t = 0. Free with an_series_expr_close (NULL is allowed). */
AN_MUST_CHECK an_err_t an_series_expr_open(an_series_expr_t **x, const char *text, const char *where, an_diag_t *d);
void an_series_expr_close(an_series_expr_t *x);
double an_series_expr_at(an_series_expr_t *x, double t); /* 0 where it is not finite */

#endif
