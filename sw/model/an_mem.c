/* SPDX-License-Identifier: Apache-2.0 */
#include "an_mem.h"
#include <stdlib.h>
#include <string.h>

/* zeroed, on a cache line, with room for whole-vector loads past the end */
static void *words(uint32_t n, size_t size) {
    const size_t bytes = (((size_t)n + AN_MEM_SLACK) * size + 63u) / 64u * 64u;
    void *p = aligned_alloc(64, bytes);
    if (p != NULL)
        memset(p, 0, bytes);
    return p;
}

uint32_t an_mem_above(const an_config_t *cfg, uint32_t core) {
    return core + 1u < cfg->cores ? core + 1u : cfg->closed ? 0u : core;
}

uint32_t an_mem_below(const an_config_t *cfg, uint32_t core) {
    return core > 0 ? core - 1u : cfg->closed ? cfg->cores - 1u : 0u;
}

an_err_t an_mem_create(an_mem_t *m, const an_config_t *cfg) {
    m->lanes = cfg->lanes;
    m->features = an_features_of(cfg);
    m->vec_steps = cfg->lanes / an_mem_units(cfg);
    m->syn_mask = cfg->syn_words - 1u;
    m->state_mask = cfg->state_words - 1u;
    m->rate_mask = cfg->rate_words - 1u;
    m->scalar_mask = cfg->scalars - 1u;
    m->prog_mask = cfg->prog_words - 1u;
    m->syn = words(cfg->syn_words, sizeof m->syn[0]);
    m->state_f24 = words(cfg->state_words, sizeof m->state_f24[0]);
    m->rate_f12 = words(cfg->rate_words, sizeof m->rate_f12[0]);
    m->scalar_f24 = words(cfg->scalars, sizeof m->scalar_f24[0]);
    m->table_f12 = words(AN_TABLES * AN_TABLE_POINTS, sizeof m->table_f12[0]);
    m->prog = words(cfg->prog_words, sizeof m->prog[0]);
    if (!m->syn || !m->state_f24 || !m->rate_f12 || !m->scalar_f24 || !m->table_f12 || !m->prog) {
        an_mem_destroy(m);
        return AN_ERR_MEMORY;
    }
    return AN_OK;
}

void an_mem_destroy(an_mem_t *m) {
    free(m->syn);
    free(m->state_f24);
    free(m->rate_f12);
    free(m->scalar_f24);
    free(m->table_f12);
    free(m->prog);
    memset(m, 0, sizeof *m);
}
