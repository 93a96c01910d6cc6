/* SPDX-License-Identifier: Apache-2.0
 * an_overview -- one plot of all runs of an experiment, as the key `overview` of its file has it (docs/experiments.md): metrics against
 * a key that the runs set, or, without such a key, the learning curves, beside their references and what was published. */
#ifndef AN_OVERVIEW_H
#define AN_OVERVIEW_H
#include "an_checks.h"
#include "an_plot.h"

enum { AN_OVERVIEW_POINTS = 512 };

typedef struct an_line {
    char label[96];
    double x[AN_OVERVIEW_POINTS], y[AN_OVERVIEW_POINTS];
    size_t n;
    bool dashed;
} an_line_t;

typedef struct an_overview {
    const char *title, *label, *x;   /* of the experiment; x: "" for learning curves */
    char y[4][48];
    size_t n_y;
    bool log;
    an_line_t line[AN_PLOT_SERIES];
    size_t n;
} an_overview_t;

/* *there: the file has the key. AN_ERR_INPUT names the key and what is legal. */
AN_MUST_CHECK an_err_t an_overview_read(an_overview_t *o, bool *there, an_exp_t *exp, an_diag_t *d);
/* Adds a run by its report; a run that sets anything but x, or not x, is not part of the plot. */
void an_overview_add(an_overview_t *o, const an_check_run_t *run, uint64_t seed, an_exp_t *report);
AN_MUST_CHECK an_err_t an_overview_save(const an_overview_t *o, const char *path, an_diag_t *d);

#endif
