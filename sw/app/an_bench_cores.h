/* SPDX-License-Identifier: Apache-2.0
 * an_bench_cores -- antinode bench cores, and the training run on the model that its figures and others are read off. */
#ifndef AN_BENCH_CORES_H
#define AN_BENCH_CORES_H
#include <stdio.h>
#include "an_cli.h"

/* set: of --set, NULL: nothing; cores 0: those of the configuration */
typedef struct an_bench_net { const char *name, *config, *set; int cores; uint64_t samples; } an_bench_net_t;

typedef struct an_bench_turn {
    uint64_t digest; /* of the network */
    double clocks;   /* a sample, waiting for neighbours included; the host takes no time */
    double used;     /* synapse words a lane and clock */
} an_bench_turn_t;

/* Trains on the model; skip: as it is compiled, or with zero-skip off. AN_ERR_INPUT: also where its data is not there. */
AN_MUST_CHECK an_err_t an_bench_train(const an_opts_t *o, const an_bench_net_t *n, bool skip, an_bench_turn_t *t, an_diag_t *d);

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
