/* SPDX-License-Identifier: Apache-2.0
 * an_gen -- random legal programs: a function of configuration and seed alone. Every opcode, space, post, ring window, loop and
 * sweep flag comes up; every program halts after some ten thousand clocks. Tests compare model paths and chip on them. */
#ifndef AN_GEN_H
#define AN_GEN_H
#include "an_spec.h"

/* what one core starts from; sizes as in the configuration */
typedef struct an_gen_core {
    uint64_t *prog;         /* all prog_words; words outside the program are random */
    uint32_t n_prog;        /* words from 0 to the HALT, it included */
    uint32_t entry, tick;
    int32_t *scalar_f24;
    int16_t *table_f12;     /* AN_TABLES * AN_TABLE_POINTS */
    int32_t *state_f24;
    int16_t *rate_f12;
    int16_t *syn;
} an_gen_core_t;

typedef struct an_gen {
    an_config_t cfg;
    uint64_t seed;
    an_gen_core_t *core;    /* cfg.cores */
    uint32_t in_core, out_core;
    int16_t *input_f12;     /* what the program takes from the host, to the word */
    uint32_t n_input, n_output;
} an_gen_t;

/* Aborts if memory is out. The caller frees with an_gen_free. */
void an_gen_make(an_gen_t *g, const an_config_t *cfg, uint64_t seed);
void an_gen_free(an_gen_t *g);

#endif
