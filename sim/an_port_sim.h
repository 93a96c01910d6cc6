/* SPDX-License-Identifier: Apache-2.0
 * an_port_sim -- the port to a Verilated chip in this process (antinode --on sim). */
#ifndef AN_PORT_SIM_H
#define AN_PORT_SIM_H
#include "an_port.h"
#include "an_sim.h"

typedef struct an_sim_options {
    uint32_t seed;     /* initial values of registers and memories */
    bool verbose;      /* says on stderr when the library is being built */
    const char *fst;   /* waveform of simulated clocks fst_from..fst_to; NULL: none */
    uint64_t fst_from, fst_to;
} an_sim_options_t;

/* The chip of cfg, reset. opt may be NULL. why: the cause of a failure. */
AN_MUST_CHECK an_err_t an_port_sim_open(an_port_t **port, const an_config_t *cfg, const an_sim_options_t *opt, char *why, size_t size);
const an_sim_api_t *an_port_sim_api(const an_port_t *port);
an_sim_t *an_port_sim_of(const an_port_t *port); /* the chip inside (for records); it stays the port's */

#endif
