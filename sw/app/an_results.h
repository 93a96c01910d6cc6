/* SPDX-License-Identifier: Apache-2.0
 * an_results -- the rows of antinode run-all: on the terminal as they come, in a file as Markdown or JSON. */
#ifndef AN_RESULTS_H
#define AN_RESULTS_H
#include <stdio.h>
#include "an_exp.h"

typedef struct an_row {
    char name[48], what[160], bar[128], value[160], reference[160];
    bool pass, left_out; /* left_out: value says why; neither passed nor failed */
    double seconds;      /* of the run; negative: a further bar of the run above */
} an_row_t;

typedef struct an_results {
    const char *command, *about;
    double seconds;      /* of all */
    an_row_t *row; size_t n, shown;
    bool lost;           /* no memory for a row: counts as failed */
} an_results_t;

void an_results_add(an_results_t *t, const an_row_t *row);
size_t an_results_failed(const an_results_t *t);
size_t an_results_left_out(const an_results_t *t);
void an_results_show(an_results_t *t, FILE *f);   /* the rows not yet shown */
void an_results_close(const an_results_t *t, FILE *f);
AN_MUST_CHECK an_err_t an_results_save(const an_results_t *t, const char *path, an_diag_t *d);
void an_results_free(an_results_t *t);

#endif
