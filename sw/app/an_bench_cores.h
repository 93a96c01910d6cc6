/* SPDX-License-Identifier: Apache-2.0
 * an_bench_cores -- antinode bench cores. */
#ifndef AN_BENCH_CORES_H
#define AN_BENCH_CORES_H
#include <stdio.h>
#include "an_cli.h"

/* A row a network. AN_ERR_MISMATCH: on some number of cores its bits are not those of one core. */
AN_MUST_CHECK an_err_t an_bench_cores(const an_opts_t *o, FILE *out, an_diag_t *d);

#endif
