/* SPDX-License-Identifier: Apache-2.0
 * an_bench -- compile an experiment of tests/net and run it on the model, numbers in and out as doubles. */
#ifndef AN_BENCH_H
#define AN_BENCH_H
#include "an_exp.h"
#include "an_model.h"

typedef struct an_bench {
    an_exp_t *exp;
    an_image_t *img;
    an_model_t *m;
    an_diag_t diag;
} an_bench_t;

/* lanes 0: the configuration's. Checks that everything went well. */
void an_bench_open(an_bench_t *b, const char *yaml, const char *const *set, size_t n_set, int lanes, uint64_t seed);
void an_bench_close(an_bench_t *b);
/* One turn of an entry: in holds all its input words in order, out takes all its output words. */
void an_bench_turn(an_bench_t *b, const char *entry, const double *in, double *out);
double an_bench_weight(an_bench_t *b, const char *projection, uint32_t post, uint32_t pre, bool v);
double an_bench_state(an_bench_t *b, const char *vector, uint32_t neuron);

/* Files of a test: a folder for every variant, since they run side by side. */
#ifdef __SANITIZE_ADDRESS__
#define AN_BENCH_FILES "build/tests/net/files-asan"
#else
#define AN_BENCH_FILES "build/tests/net/files"
#endif
/* Writes text to AN_BENCH_FILES/NAME and gives the path (static). */
const char *an_bench_file(const char *name, const char *text);
/* Loads, chooses, compiles; gives the first failure's code, its diagnosis in d. */
an_err_t an_bench_try(const char *yaml, const char *config, an_diag_t *d);

#endif
