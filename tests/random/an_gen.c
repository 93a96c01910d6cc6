/* SPDX-License-Identifier: Apache-2.0 */
#include "an_gen_draw.h"
#include <stdlib.h>
#include <string.h>

void *an_gen_words(size_t n, size_t size) {
    void *mem = calloc(n, size);
    if (mem == NULL)
        abort();
    return mem;
}

/* a signed number whose size is spread over all magnitudes, with corners and zeros */
static int32_t value(uint64_t *rng, unsigned bits, unsigned zero_percent) {
    const uint64_t r = an_gen_draw(rng);
    const int64_t top = ((int64_t)1 << (bits - 1u)) - 1;
    if (r % 100u < zero_percent)
        return 0;
    switch (r >> 8 & 15u) {
    case 0: return (int32_t)top;
    case 1: return (int32_t)(-top - 1);
    case 2: return (r >> 16 & 1u) ? 1 : -1;
    default: {
        const int64_t wide = (int64_t)an_gen_draw(rng) >> (64u - bits);
        return (int32_t)(wide >> (r >> 16) % bits);
    }
    }
}

static void memories(an_gen_core_t *c, const an_config_t *cfg, uint64_t *rng) {
    c->prog = an_gen_words(cfg->prog_words, sizeof c->prog[0]);
    c->scalar_f24 = an_gen_words(cfg->scalars, sizeof c->scalar_f24[0]);
    c->table_f12 = an_gen_words(AN_TABLES * AN_TABLE_POINTS, sizeof c->table_f12[0]);
    c->state_f24 = an_gen_words(cfg->state_words, sizeof c->state_f24[0]);
    c->rate_f12 = an_gen_words(cfg->rate_words, sizeof c->rate_f12[0]);
    c->syn = an_gen_words(cfg->syn_words, sizeof c->syn[0]);
    const unsigned rate_bits = an_gen_draw(rng) % 2u ? 16 : 12, state_bits = an_gen_draw(rng) % 2u ? 32 : 26, zeros = an_gen_draw(rng) % 2u ? 60 : 5;
    for (uint32_t i = 0; i < cfg->prog_words; i++)
        c->prog[i] = an_gen_draw(rng);
    for (uint32_t i = 0; i < cfg->scalars; i++)
        c->scalar_f24[i] = i < AN_GEN_COUNTS ? (int32_t)i : value(rng, state_bits, 5);
    for (uint32_t i = 0; i < AN_TABLES * AN_TABLE_POINTS; i++)
        c->table_f12[i] = (int16_t)value(rng, rate_bits, 5);
    for (uint32_t i = 0; i < cfg->state_words; i++)
        c->state_f24[i] = value(rng, state_bits, 5);
    for (uint32_t i = 0; i < cfg->rate_words; i++)
        c->rate_f12[i] = (int16_t)value(rng, rate_bits, zeros);
    for (uint32_t i = 0; i < cfg->syn_words; i++)
        c->syn[i] = (int16_t)value(rng, rate_bits, 5);
    c->tick = (uint32_t)an_gen_draw(rng);
}

void an_gen_make(an_gen_t *g, const an_config_t *cfg, uint64_t seed) {
    uint64_t rng = seed;
    *g = (an_gen_t){.cfg = *cfg, .seed = seed};
    g->core = an_gen_words(cfg->cores, sizeof g->core[0]);
    for (uint32_t c = 0; c < cfg->cores; c++)
        memories(&g->core[c], cfg, &rng);
    g->in_core = (uint32_t)(an_gen_draw(&rng) % cfg->cores);
    g->out_core = (uint32_t)(an_gen_draw(&rng) % cfg->cores);
    an_gen_programs(g, &rng);
    g->input_f12 = an_gen_words((size_t)g->n_input + 1u, sizeof g->input_f12[0]);
    for (uint32_t i = 0; i < g->n_input; i++)
        g->input_f12[i] = (int16_t)value(&rng, 16, 10);
}

void an_gen_free(an_gen_t *g) {
    for (uint32_t i = 0; i < g->cfg.cores; i++) {
        an_gen_core_t *c = &g->core[i];
        free(c->prog);
        free(c->scalar_f24);
        free(c->table_f12);
        free(c->state_f24);
        free(c->rate_f12);
        free(c->syn);
    }
    free(g->core);
    free(g->input_f12);
    memset(g, 0, sizeof *g);
}
