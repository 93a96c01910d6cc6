/* SPDX-License-Identifier: Apache-2.0
 * an_checks -- what an experiment must show: the key `checks` of its file (docs/experiments.md), and a run's report held against it. */
#ifndef AN_CHECKS_H
#define AN_CHECKS_H
#include "an_exp.h"

enum { AN_CHECK_RUNS = 16, AN_CHECK_SETS = 6, AN_CHECK_BARS = 8, AN_CHECK_VALUES = 16 };

/* [mean] METRIC OP RIGHT, for every element of METRIC or for one; or the word diverged. mean: of the seeds of its run. */
typedef struct an_bar {
    const char *text;                /* as in the file; owned by the experiment */
    char metric[48], other[64];      /* other: RIGHT is a metric of the same report, or "reference.NAME"; "": value */
    int index;                       /* -1: all elements */
    bool mean;
    char op;                         /* < > = , 'l' for <=, 'g' for >=, 'd' for diverged */
    double value[AN_CHECK_VALUES];   /* one for all elements, or one each */
    size_t n_value;
    double tol, share;               /* of =: the larger of tol and share * RIGHT */
} an_bar_t;

typedef struct an_check_run {
    char set[AN_CHECK_SETS][96];     /* KEY=VALUE */
    size_t n_set;
    uint64_t first, seeds;           /* seeds first .. first+seeds-1 */
    uint64_t ticks, samples, epochs, test; /* UINT64_MAX: as the file has it */
    an_bar_t bar[AN_CHECK_BARS];
    size_t n_bar;
} an_check_run_t;

/* part: "quick", "full" or "long". *n: how many there are. AN_ERR_INPUT names the key, what stands there and what is legal. */
AN_MUST_CHECK an_err_t an_checks_read(an_check_run_t run[AN_CHECK_RUNS], size_t *n, an_exp_t *exp, const char *part, an_diag_t *d);

typedef struct an_verdict { bool pass; char value[160], reference[160]; } an_verdict_t;
/* report: as an_report writes it, loaded with an_exp_load. A run that diverged passes no bar, unless `diverged` is one of its bars. */
void an_bar_judge(an_verdict_t *v, const an_bar_t *b, bool may_diverge, an_exp_t *report);

/* A mean bar: an_mean_add for the report of every seed (one that diverged or lacks the metric spoils it), then the verdict. */
typedef struct an_mean { double sum, reference; uint64_t n; bool spoilt; } an_mean_t;
void an_mean_add(an_mean_t *m, const an_bar_t *b, an_exp_t *report);
void an_mean_judge(an_verdict_t *v, const an_bar_t *b, const an_mean_t *m);

#endif
