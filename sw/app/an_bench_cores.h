/* SPDX-License-Identifier: Apache-2.0
 * an_bench_cores -- antinode bench cores. */
#ifndef AN_BENCH_CORES_H
#define AN_BENCH_CORES_H
#include <stdio.h>
#include "an_cli.h"

enum { AN_BENCH_USED = 3, AN_BENCH_CHAIN = 4 };

typedef struct an_bench_cores {
    double used[AN_BENCH_USED];   /* synapse words a lane and clock, zero-skip off; NAN: not measured */
    double saved[AN_BENCH_USED];  /* share of the clocks that skipping saves */
    double tick[AN_BENCH_CHAIN];  /* clocks a tick of 1, 2, 4, 6 layers on as many cores */
} an_bench_cores_t;

/* A row a network. AN_ERR_MISMATCH: on some number of cores its bits are not those of one core. */
AN_MUST_CHECK an_err_t an_bench_cores(const an_opts_t *o, an_bench_cores_t *b, FILE *out, an_diag_t *d);
void an_bench_cores_json(const void *bench, FILE *f);

#endif
