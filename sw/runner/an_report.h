/* SPDX-License-Identifier: Apache-2.0
 * an_report -- what a run gives, as JSON. A file appears whole or not at all. */
#ifndef AN_REPORT_H
#define AN_REPORT_H
#include <stdio.h>
#include "an_cost.h"
#include "an_runner.h"

typedef struct an_report {
    const char *experiment, *target;
    uint64_t digest, digest_network;  /* when training ended, before the last test */
    double wall_s;
    an_cost_t cost;
    const an_runner_t *run;
    const char *reference;            /* JSON of the run in double precision; NULL: none */
    uint64_t chip_samples;            /* demo: samples that ran on the Verilated chip too, */
    uint64_t records;                 /* and the records compared there; 0: none */
} an_report_t;

void an_report_write(const an_report_t *p, FILE *f);
/* path "-": standard output. Else to path.part first, then renamed. AN_ERR_IO names the file. */
AN_MUST_CHECK an_err_t an_report_save(const an_report_t *p, const char *path, an_diag_t *d);

/* A file written through `write`, whole or not at all. */
typedef void an_write_fn(const void *what, FILE *f);
AN_MUST_CHECK an_err_t an_file_save(const char *path, an_write_fn *write, const void *what, an_diag_t *d);
/* Whether an_file_save could write there, before hours of work: "-" always. */
AN_MUST_CHECK an_err_t an_file_try(const char *path, an_diag_t *d);

/* A string of JSON with its quotes; a number, or null where it is not finite. */
void an_json_string(FILE *f, const char *s);
void an_json_number(FILE *f, double x);

#endif
