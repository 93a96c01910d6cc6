/* SPDX-License-Identifier: Apache-2.0
 * an_mem -- the memories of one core (docs/machine.md section 1). Word `lane` of block `block` is word block*lanes + lane.
 * An address beyond its memory wraps: address lines are cut off. */
#ifndef AN_MEM_H
#define AN_MEM_H
#include <stdint.h>
#include "an_err.h"
#include "an_spec.h"

typedef struct an_mem {
    uint32_t lanes;
    uint32_t features;  /* AN_HAS_x */
    uint32_t vec_steps; /* Q: steps in which a vector instruction takes a block, lanes / vector units */
    uint32_t syn_mask, state_mask, rate_mask, scalar_mask, prog_mask; /* words - 1 */
    int16_t *syn;
    int32_t *state_f24;
    int16_t *rate_f12;
    int32_t *scalar_f24;
    int16_t *table_f12; /* AN_TABLES * AN_TABLE_POINTS */
    uint64_t *prog;
} an_mem_t;

/* Words past the end of each memory that whole-vector loads may touch. */
#define AN_MEM_SLACK 64

AN_MUST_CHECK an_err_t an_mem_create(an_mem_t *m, const an_config_t *cfg); /* zeroed */
void an_mem_destroy(an_mem_t *m);

/* The core's neighbour; itself if it has none there (docs/machine.md section 9). */
uint32_t an_mem_above(const an_config_t *cfg, uint32_t core);
uint32_t an_mem_below(const an_config_t *cfg, uint32_t core);

/* Vector units of a core; of what is between two neighbours, one way: the steps that fit, and the clocks until one that is given can be taken. */
static inline uint32_t an_mem_units(const an_config_t *cfg) { return cfg->vector_units ? cfg->vector_units : cfg->lanes; }
static inline uint32_t an_mem_link_steps(const an_config_t *cfg) { return cfg->link_steps > 2 ? cfg->link_steps : 2; }
static inline uint32_t an_mem_link_latency(const an_config_t *cfg) { return an_mem_link_steps(cfg) > 2 ? AN_T_LINK_DEEP : AN_T_LINK; }
/* Steps in which the vector units take n neurons, whole blocks; in which n words go to a neighbour (docs/machine.md section 7). */
static inline uint32_t an_mem_steps(const an_config_t *cfg, uint32_t n) { return (n + cfg->lanes - 1u) / cfg->lanes * (cfg->lanes / an_mem_units(cfg)); }
static inline uint32_t an_mem_transfer_steps(const an_config_t *cfg, uint32_t n) { return an_mem_units(cfg) > 1 ? an_mem_steps(cfg, n) : n; }

static inline int16_t *an_mem_syn(const an_mem_t *m, uint32_t block, uint32_t lane) {
    return &m->syn[(block * m->lanes + lane) & m->syn_mask];
}
static inline int32_t *an_mem_state(const an_mem_t *m, uint32_t block, uint32_t lane) {
    return &m->state_f24[(block * m->lanes + lane) & m->state_mask];
}
static inline int16_t *an_mem_rate(const an_mem_t *m, uint32_t block, uint32_t lane) {
    return &m->rate_f12[(block * m->lanes + lane) & m->rate_mask];
}
/* Blocks of S or R that an address tells apart, less one: it has 11 bits, and goes around in its memory. */
static inline uint32_t an_mem_around(const an_mem_t *m, unsigned memory) {
    const uint32_t all = ((memory == AN_SRC_S ? m->state_mask : m->rate_mask) + 1u) / m->lanes;
    return (all < 2048u ? all : 2048u) - 1u;
}
static inline int32_t *an_mem_scalar(const an_mem_t *m, uint32_t index) { return &m->scalar_f24[index & m->scalar_mask]; }
static inline uint32_t an_mem_pc(const an_mem_t *m, uint32_t pc) { return pc & m->prog_mask; }

#endif
