/* SPDX-License-Identifier: Apache-2.0
 * an_calibrate -- a run on the model that watches every write: how much of its range each vector and projection uses, and how large
 * the learning steps are against the unit in which weights are stored. */
#ifndef AN_CALIBRATE_H
#define AN_CALIBRATE_H
#include "an_model.h"
#include "an_runner.h"

typedef struct an_learn {      /* one learning sweep */
    uint32_t core, pc;
    size_t projection;         /* index in the image */
    double step_units;         /* largest |x2 * y| of the run, in units of the word that learns (w, or v of a pair) */
} an_learn_t;

typedef struct an_cal {
    uint64_t samples;
    double *state, *rate;      /* img->n_vector: largest |value| written; negative: nothing was written */
    double *w, *v;             /* img->n_projection: largest |value| held */
    an_learn_t *learn;
    size_t n_learn;
} an_cal_t;

/* Trains r for `samples` on the model m behind dr, with its image loaded. Free the result with an_cal_free, also on failure. */
AN_MUST_CHECK an_err_t an_calibrate(an_cal_t *c, an_runner_t *r, an_driver_t *dr, an_model_t *m, uint64_t samples, an_diag_t *d);
void an_cal_free(an_cal_t *c);

#endif
