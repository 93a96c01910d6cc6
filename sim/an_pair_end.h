/* SPDX-License-Identifier: Apache-2.0
 * an_pair_end -- inside of an_port_pair: what the port holds, and what it does before and after a run. */
#ifndef AN_PAIR_END_H
#define AN_PAIR_END_H
#include "an_port_pair.h"

typedef struct an_tee {
    an_port_t port; /* first: an an_port_t * is an an_tee_t * */
    an_config_t cfg;
    const an_sim_api_t *api;
    an_sim_t *sim;
    an_model_t *model;
    an_pairing_t *pairing;
    uint64_t *program;    /* what was written to the program memories, for the report */
    bool bus_only;
    const char *replay;
    uint64_t last_record; /* simulated clock of the chip's newest record */
    an_run_t model_rest, chip_rest;
    an_err_t broken;      /* the first failure */
} an_tee_t;

/* One word of the chip: memories directly unless bus_only. A core that runs refuses its memories, which only the bus knows. */
an_err_t an_tee_put(an_tee_t *t, uint32_t addr, uint32_t value);
an_err_t an_tee_get(an_tee_t *t, uint32_t addr, uint32_t *value);
AN_MUST_CHECK an_err_t an_tee_differ(an_tee_t *t, const char *what);
AN_MUST_CHECK an_err_t an_tee_zero(an_tee_t *t);         /* every memory of the chip, and its range records */
AN_MUST_CHECK an_err_t an_tee_compare_ends(an_tee_t *t); /* memories, counters, ticks, range records */
void an_tee_keep_program(an_tee_t *t, uint32_t addr, uint32_t value);

#endif
