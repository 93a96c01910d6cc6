/* SPDX-License-Identifier: Apache-2.0
 * an_watch -- what is measured while an experiment runs tick by tick (metrics.*), when scalars change (schedule.phases), what is
 * plotted (plot). Reads streams as they come, memories only between two starts. Keys: docs/series.md. */
#ifndef AN_WATCH_H
#define AN_WATCH_H
#include <stdio.h>
#include "an_runner.h"

typedef struct an_watch an_watch_t;

/* A stream of the training entry. */
typedef struct an_tap {
    const char *name;
    bool in;                   /* of r->in, else of r->out */
    size_t at;                 /* first word of a turn */
    uint32_t n;
    double unit;               /* value of a word's last bit */
} an_tap_t;
AN_MUST_CHECK an_err_t an_tap_find(an_tap_t *t, const an_runner_t *r, const char *path, const char *name, an_diag_t *d);
double an_tap_at(const an_runner_t *r, const an_tap_t *t, size_t turn, size_t k); /* word k of a turn of the last start */

/* A measure that is more than a stream or a memory: metrics.NAME: {KIND: ...}, one file and one line in an_probe.c. Its columns are
 * read for every row of the trace, and at the end for the report. */
typedef struct an_probe {
    const char *kind;
    /* path: of the argument, "metrics.NAME.KIND". Of *mine, close is called also after a failure, unless it is NULL. */
    an_err_t (*open)(void **mine, size_t *columns, an_exp_t *exp, const char *path, const an_runner_t *r, an_diag_t *d);
    void (*ticks)(void *mine, uint64_t from, size_t k);                                  /* as an_watch_ticks; NULL: not asked */
    an_err_t (*look)(void *mine, an_driver_t *dr, uint64_t done, an_diag_t *d);          /* memories may be read; NULL: not asked */
    void (*figures)(const void *mine, double *value);                                    /* one for each column */
    void (*close)(void *mine);
    bool of_diverged;                                                                    /* its figures stand after a run that diverged */
} an_probe_t;
extern const an_probe_t *const an_probes[]; /* ends with NULL */

/* *w = NULL where the file has no metrics of this kind, no phases and no plot. r: with image and feeds; must outlive the watch. */
AN_MUST_CHECK an_err_t an_watch_open(an_watch_t **w, an_exp_t *exp, const an_runner_t *r, an_diag_t *d);
void an_watch_close(an_watch_t *w); /* NULL is allowed, as in all of these */

/* Number of samples at which a start must end at the latest, so that scalars can change or memories be read. More than `done`. */
uint64_t an_watch_stop(const an_watch_t *w, uint64_t done);
/* Scalars of the phase that begins here. */
AN_MUST_CHECK an_err_t an_watch_before(an_watch_t *w, an_driver_t *dr, uint64_t done, an_diag_t *d);
/* The k samples from number `from` on, whose words stand in r->in and r->out. */
void an_watch_ticks(an_watch_t *w, uint64_t from, size_t k);
/* A row of the trace, if one is due. */
AN_MUST_CHECK an_err_t an_watch_after(an_watch_t *w, an_driver_t *dr, uint64_t done, an_diag_t *d);

void an_watch_print(const an_watch_t *w, FILE *f);
/* `, "loss": 1e-7, "w": [1, 2]`; first: without the leading comma. Returns whether anything was written. Figures of a run that diverged, or
 * did not reach the end of their window, are null. */
bool an_watch_json(const an_watch_t *w, bool first, FILE *f);
void an_watch_csv(const void *watch, FILE *f);   /* an_write_fn */
void an_watch_svg(const void *watch, FILE *f);   /* an_write_fn */
bool an_watch_has_plot(const an_watch_t *w);

#endif
