/* SPDX-License-Identifier: Apache-2.0
 * an_probe -- what the measures of their own (an_watch.h) share: arguments, and memories read as doubles. */
#ifndef AN_PROBE_H
#define AN_PROBE_H
#include "an_watch.h"

/* Argument `key` of the measure at path ("metrics.NAME.KIND"). */
AN_MUST_CHECK an_err_t an_probe_num(an_exp_t *exp, const char *path, const char *key, double lo, double hi, double deflt, double *v, an_diag_t *d);
AN_MUST_CHECK an_err_t an_probe_str(an_exp_t *exp, const char *path, const char *key, const char *deflt, const char **s, an_diag_t *d);

/* AN_ERR_INPUT names the path and what there is. */
AN_MUST_CHECK an_err_t an_probe_projection(const an_sym_projection_t **p, const an_runner_t *r, const char *path, const char *name, an_diag_t *d);
AN_MUST_CHECK an_err_t an_probe_vector(const an_sym_vector_t **v, const an_runner_t *r, const char *path, const char *name, an_diag_t *d);

/* Row = postsynaptic: w[post * pre_size + pre]. Either of w and v may be NULL. */
AN_MUST_CHECK an_err_t an_probe_weights(an_driver_t *dr, const an_sym_projection_t *p, double *w, double *v, an_diag_t *d);
AN_MUST_CHECK an_err_t an_probe_values(an_driver_t *dr, const an_sym_vector_t *s, double *x, an_diag_t *d);

extern const an_probe_t an_probe_energy, an_probe_waves, an_probe_largest, an_probe_growth, an_probe_diffusion, an_probe_angle, an_probe_cosine;

#endif
