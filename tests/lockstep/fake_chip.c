/* SPDX-License-Identifier: Apache-2.0 */
#include "fake_chip.h"
#include <stdlib.h>

fake_fault_t fake_fault;
uint64_t fake_at, fake_records;
bool fake_done;

struct an_sim {
    an_model_t *model;
    an_sim_record_fn *fn;
    void *ctx;
    uint64_t cycle;
    bool held;
    an_record_t hold; /* of FAKE_SWAPPED */
};

static const an_config_t *fake_cfg;

void fake_set(fake_fault_t fault, uint64_t at) {
    fake_fault = fault;
    fake_at = at;
    fake_records = 0;
    fake_done = false;
}

static void give(an_sim_t *s, an_record_t rec) {
    const an_sim_mark_t mark = {s->cycle, 7};
    s->fn(s->ctx, &rec, &mark, 1);
}

static void from_model(void *ctx, const an_record_t *all, size_t n) {
    an_sim_t *s = ctx;
    for (size_t i = 0; i < n; i++) {
        an_record_t rec = all[i];
        const bool here = fake_records++ == fake_at;
        if (!s->fn) continue;
        if (s->held) {
            s->held = false;
            give(s, rec);
            give(s, s->hold);
            continue;
        }
        if (here && fake_fault == FAKE_SWAPPED) {
            s->hold = rec;
            s->held = fake_done = true;
            continue;
        }
        if ((here && fake_fault == FAKE_LOST) || (fake_fault == FAKE_LOST_H && rec.kind == AN_REC_H)) {
            fake_done = true;
            continue;
        }
        if (here && fake_fault >= FAKE_VALUE && fake_fault <= FAKE_KIND) fake_done = true;
        if (here && fake_fault == FAKE_VALUE) rec.value ^= 1;
        if (here && fake_fault == FAKE_CLOCK) rec.clock++;
        if (here && fake_fault == FAKE_ADDR) rec.addr++;
        if (here && fake_fault == FAKE_LANE) rec.lane ^= 1;
        if (here && fake_fault == FAKE_KIND) rec.kind ^= 1;
        give(s, rec);
        if (here && fake_fault == FAKE_TWICE) {
            fake_done = true;
            give(s, rec);
        }
    }
}

static an_sim_t *create(uint32_t seed) {
    (void)seed;
    an_sim_t *s = calloc(1, sizeof *s);
    if (s) s->model = an_model_create(fake_cfg);
    return s;
}

static void destroy(an_sim_t *s) {
    an_model_destroy(s->model);
    free(s);
}

static void reset(an_sim_t *s) { an_model_reset(s->model); }

static an_err_t fake_read(an_sim_t *s, uint32_t addr, uint32_t *value) {
    s->cycle += 2;
    const an_err_t e = an_model_read(s->model, addr, value);
    if ((fake_fault == FAKE_MEMORY && addr == an_addr_core(0, AN_BUS_RATE, 3)) || (fake_fault == FAKE_VISITS && addr == an_addr_core(0, AN_BUS_REGS, AN_REG_CORE_VISITS))) {
        fake_done = true;
        *value ^= 1u;
    }
    return e;
}

static an_err_t fake_write(an_sim_t *s, uint32_t addr, uint32_t value) {
    s->cycle += 2;
    return an_model_write(s->model, addr, value);
}

static an_err_t fake_poke(an_sim_t *s, uint32_t addr, uint32_t value) {
    return an_model_write(s->model, addr, value);
}

static size_t push(an_sim_t *s, const int16_t *word, size_t n) { return an_model_push(s->model, word, n < fake_cfg->in_words ? n : fake_cfg->in_words); }

static size_t pop(an_sim_t *s, int32_t *word, size_t n) {
    const size_t came = an_model_pop(s->model, word, n);
    if (came && fake_fault == FAKE_POP && !fake_done) {
        fake_done = true;
        word[0] ^= 1;
    }
    return came;
}

static void step(an_sim_t *s, uint64_t clocks) { s->cycle += clocks; }

static an_run_t run(an_sim_t *s, uint64_t max_clocks) {
    s->cycle += max_clocks ? max_clocks : 1;
    const an_run_t r = an_model_run(s->model, max_clocks);
    if (fake_fault == FAKE_HANG && r != AN_RUN_LIMIT) {
        fake_done = true;
        return AN_RUN_LIMIT;
    }
    return r;
}

static void trace(an_sim_t *s, an_sim_record_fn *fn, void *ctx) {
    s->fn = fn;
    s->ctx = ctx;
    an_model_trace(s->model, from_model, s);
}

static uint64_t cycle(const an_sim_t *s) { return s->cycle; }

static an_err_t waves(an_sim_t *s, const char *path, uint64_t from, uint64_t to) {
    (void)s, (void)path, (void)from, (void)to;
    return AN_ERR_ARG;
}

static void mutant(an_sim_t *s, uint32_t number) { (void)s, (void)number; }

const an_sim_api_t *fake_chip_api(const an_config_t *cfg) {
    static an_sim_api_t api = {.abi = AN_SIM_ABI, .spec_hash = AN_SPEC_HASH, .create = create, .destroy = destroy, .reset = reset, .read = fake_read, .write = fake_write, .peek = fake_read, .poke = fake_poke,
                               .push = push, .pop = pop, .step = step, .run = run, .trace = trace, .cycle = cycle, .waves = waves, .mutant = mutant};
    fake_cfg = cfg;
    api.cores = cfg->cores;
    api.lanes = cfg->lanes;
    return &api;
}
