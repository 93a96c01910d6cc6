/* SPDX-License-Identifier: Apache-2.0 */
#include "an_model.h"
#include <stdlib.h>
#include <string.h>
#include "an_chip.h"

struct an_model { an_chip_t chip; };

static bool power_of_two(uint32_t x, uint32_t low, uint32_t high) { return x >= low && x <= high && (x & (x - 1u)) == 0; }

/* Sizes are powers of two within the address fields of instructions and bus. */
static bool legal(const an_config_t *cfg) {
    const uint32_t p = cfg->lanes;
    return power_of_two(p, 1, 8) && (cfg->vector_units == 0 || p % cfg->vector_units == 0) && cfg->cores >= 1 && cfg->cores <= AN_CHIP_CORES && power_of_two(cfg->syn_words, 2u * p, 1u << 20) &&
           power_of_two(cfg->state_words, p, 1u << 20) && power_of_two(cfg->rate_words, p, 1u << 20) &&
           power_of_two(cfg->prog_words, 8, 1u << 16) && (cfg->link_steps == 0 || power_of_two(cfg->link_steps, 2, 1024)) && power_of_two(cfg->scalars, 1, 2048);
}

an_model_t *an_model_create(const an_config_t *cfg) {
    if (!legal(cfg))
        return NULL;
    an_model_t *m = malloc(sizeof *m);
    if (m != NULL && an_chip_create(&m->chip, cfg) != AN_OK) {
        free(m);
        return NULL;
    }
    return m;
}

void an_model_destroy(an_model_t *m) {
    if (m == NULL)
        return;
    an_chip_destroy(&m->chip);
    free(m);
}

const an_config_t *an_model_config(const an_model_t *m) { return &m->chip.cfg; }
void an_model_reset(an_model_t *m) { an_chip_reset(&m->chip); }
void an_model_set_path(an_model_t *m, an_path_t path) { an_chip_set_path(&m->chip, path); }
an_err_t an_model_read(an_model_t *m, uint32_t addr, uint32_t *value) { return an_chip_read(&m->chip, addr, value); }
an_err_t an_model_write(an_model_t *m, uint32_t addr, uint32_t value) { return an_chip_write(&m->chip, addr, value); }

an_err_t an_model_read_block(an_model_t *m, uint32_t addr, uint32_t *value, size_t n) {
    an_err_t e = AN_OK;
    for (size_t i = 0; i < n && e == AN_OK; i++)
        e = an_chip_read(&m->chip, addr + (uint32_t)i, &value[i]);
    return e;
}

an_err_t an_model_write_block(an_model_t *m, uint32_t addr, const uint32_t *value, size_t n) {
    an_err_t e = AN_OK;
    for (size_t i = 0; i < n && e == AN_OK; i++)
        e = an_chip_write(&m->chip, addr + (uint32_t)i, value[i]);
    return e;
}

size_t an_model_push(an_model_t *m, const int16_t *word, size_t n) {
    size_t i = 0;
    for (; i < n; i++) {
        const int32_t one = word[i];
        if (!an_stream_put(&m->chip.input, &one))
            break;
    }
    return i;
}

size_t an_model_pop(an_model_t *m, int32_t *word, size_t n) {
    size_t i = 0;
    while (i < n && an_stream_get(&m->chip.output, &word[i]))
        i++;
    return i;
}

size_t an_model_in_room(const an_model_t *m) { return an_stream_room(&m->chip.input); }
size_t an_model_out_level(const an_model_t *m) { return an_stream_level(&m->chip.output); }

an_run_t an_model_run(an_model_t *m, uint64_t max_clocks) { return an_chip_run(&m->chip, max_clocks); }

void an_model_trace(an_model_t *m, an_record_fn *fn, void *ctx) {
    for (uint32_t i = 0; i < m->chip.cfg.cores; i++) {
        m->chip.core[i].trace.fn = fn;
        m->chip.core[i].trace.ctx = ctx;
        m->chip.core[i].trace.n = 0;
    }
}

void an_model_work(const an_model_t *m, uint32_t core, uint64_t clocks[AN_WORKS]) {
    memcpy(clocks, m->chip.core[core].work, sizeof m->chip.core[core].work);
}

uint64_t an_model_waits(const an_model_t *m, uint32_t core) { return m->chip.core[core].waits; }
