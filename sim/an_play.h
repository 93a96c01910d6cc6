/* SPDX-License-Identifier: Apache-2.0
 * an_play -- loads a random program (tests/random) over any port, starts it and feeds its streams until every core rests. */
#ifndef AN_PLAY_H
#define AN_PLAY_H
#include "an_gen.h"
#include "an_port.h"

/* How fast the host is, which no result may depend on. SEED: slow for odd seeds. */
typedef enum an_pace { AN_PACE_SEED, AN_PACE_FAST, AN_PACE_SLOW } an_pace_t;

/* AN_ERR_STALL: it took or gave another number of words than the generator said. */
AN_MUST_CHECK an_err_t an_play(an_port_t *p, const an_gen_t *g, an_pace_t pace);
/* Program `seed` on a port of an_port_pair_open, comparison of the ends included; every eighth goes over the bus word by word. */
AN_MUST_CHECK an_err_t an_play_pair(an_port_t *pair, const an_config_t *cfg, uint64_t seed, an_pace_t pace);

#endif
