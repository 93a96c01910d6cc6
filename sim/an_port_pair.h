/* SPDX-License-Identifier: Apache-2.0
 * an_port_pair -- one port that drives the model and the Verilated chip with the same calls and compares all that comes back: words read,
 * words popped, and every record. The driver and whoever runs an experiment see an ordinary port; the first difference makes
 * the call fail with AN_ERR_MISMATCH, and every call after it.
 * What the host's pace decides (STALLS, levels of the streams, STATUS and CLOCKS of a running core) is not compared. */
#ifndef AN_PORT_PAIR_H
#define AN_PORT_PAIR_H
#include <stdio.h>
#include "an_pairing.h"
#include "an_port.h"

typedef struct an_pair_options {
    uint32_t seed;        /* initial values of the chip; the same seed and calls give the same simulation, clock by clock */
    bool bus_only;        /* memories of the chip are written and compared over its bus, ten clocks a word, and not directly */
    bool verbose;         /* says on stderr when a library is being built */
    const char *fst;      /* write a waveform of simulated clocks fst_from..fst_to here; NULL: none */
    uint64_t fst_from, fst_to;
    const char *replay;   /* command line that repeats this run, for the report; NULL: none is printed */
    const an_sim_api_t *api; /* the library, already loaded; NULL: the one of cfg */
} an_pair_options_t;

/* Model and chip of cfg, reset, every memory of the chip zeroed as the model's are. why: the cause of a failure. */
AN_MUST_CHECK an_err_t an_port_pair_open(an_port_t **port, const an_config_t *cfg, const an_pair_options_t *opt, char *why, size_t size);

/* Both have come to rest and no record is missing: AN_OK. */
AN_MUST_CHECK an_err_t an_port_pair_level(an_port_t *port);
/* The same, and all memories, counters, ticks and range records are equal; no core may run. */
AN_MUST_CHECK an_err_t an_port_pair_finish(an_port_t *port);
/* Forgets the difference; the chip is reset, and the model too. Memories stay. For the next of many programs. */
void an_port_pair_reset(an_port_t *port);

void an_port_pair_bus_only(an_port_t *port, bool bus_only); /* from now on */
uint64_t an_port_pair_compared(const an_port_t *port);
uint64_t an_port_pair_clocks(const an_port_t *port); /* simulated clocks of the chip so far */
void an_port_pair_report(const an_port_t *port, FILE *f); /* the difference: records, instruction, block, replay line */
const an_sim_api_t *an_port_pair_api(const an_port_t *port);
an_sim_t *an_port_pair_sim(const an_port_t *port);

#endif
