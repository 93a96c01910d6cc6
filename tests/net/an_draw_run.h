/* SPDX-License-Identifier: Apache-2.0
 * an_draw_run -- a drawn network on a chip: compiled, loaded, played, and what came of it. */
#ifndef AN_DRAW_RUN_H
#define AN_DRAW_RUN_H
#include <stdbool.h>
#include "an_draw_net.h"
#include "an_port.h"
#include "an_spec.h"

/* What must not depend on where a network is placed; and what its programs have. */
typedef struct an_outcome {
    uint64_t network, out, sats, counts, visits;
    bool parts;      /* a projection is in parts */
    uint32_t used;   /* cores with a population */
    bool moved;      /* a vector is computed on another core than its population's */
    bool around;     /* something is sent over the link that closes the ring */
    bool passes;     /* something goes past a core by itself */
    bool takes;      /* something comes in beside other work */
    bool gives;      /* something goes as it is written */
    bool fits;
} an_outcome_t;

/* --set of a core for some vectors; as many as there are populations, each may miss. */
typedef struct an_moves { char text[AN_DRAW_POPS][48]; const char *set[AN_DRAW_POPS]; size_t n; } an_moves_t;
an_moves_t *an_draw_moves(uint64_t seed, int pops, int cores); /* static */

/* Writes the drawn network's rule and experiment as NAME.rule and NAME.yaml; gives the path of the latter (static). */
const char *an_draw_files(an_draw_net_t *d, uint64_t seed, const char *name);

typedef an_err_t an_draw_open_fn(an_port_t **port, const an_config_t *cfg);
/* The configuration for the network on so many cores of so many lanes; config NULL: the smallest that fits. */
an_config_t an_draw_config(const char *yaml, uint64_t seed, const char *config, int cores, int lanes, const an_moves_t *m);
/* On a port that `open` opens. Fails the test where something goes wrong; fits is false where the network does not fit. */
an_outcome_t an_draw_run(const char *yaml, uint64_t seed, const an_config_t *cfg, const an_moves_t *m, an_draw_open_fn *open);
/* Fails the test where they differ. */
void an_draw_same(uint64_t seed, const an_outcome_t *a, const an_outcome_t *b, const an_config_t *cfg);

#endif
