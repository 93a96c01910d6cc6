/* SPDX-License-Identifier: Apache-2.0
 * an_jobs -- what antinode run-all has to run: one job a seed of a check, and one for lockstep. */
#ifndef AN_JOBS_H
#define AN_JOBS_H
#include <sys/types.h>
#include "an_checks.h"
#include "an_cli.h"
#include "an_overview.h"
#include "an_results.h"

enum { AN_JOB_LINE = 160 };

typedef struct an_job {
    const an_check_run_t *run;      /* NULL: lockstep, or `broken` says why nothing can run */
    char *arg;                      /* what antinode run takes; owned */
    const char *name;
    char broken[AN_JOB_LINE];
    bool left_out;                  /* for the reason in broken, which is no failure */
    uint64_t seed;
    pid_t pid;                      /* 0: not started */
    bool done;
    int status;
    double since, took;
} an_job_t;

typedef struct an_jobs {
    const an_opts_t *o;
    const char *part;               /* quick, full or long */
    char folder[64];                /* reports and logs of the runs */
    an_exp_t **exp; an_check_run_t **runs; size_t n_exp;
    an_job_t *job; size_t n_job;
    an_overview_t *overview;        /* of the one experiment; NULL: no --plot */
    an_mean_t mean[AN_CHECK_BARS];  /* of the run in work; its seeds finish in order */
    an_results_t table;
    double since;
} an_jobs_t;

/* Fills exp, runs and job from o->arg, or from every shipped experiment. What cannot be read becomes a job that says so. */
AN_MUST_CHECK an_err_t an_jobs_read(an_jobs_t *p, an_diag_t *d);
void an_jobs_free(an_jobs_t *p);

#endif
