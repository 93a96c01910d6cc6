/* SPDX-License-Identifier: Apache-2.0 */
#include "an_chip.h"
#include <stdlib.h>
#include <string.h>
#include "an_pass.h"
#include "an_seq.h"

/* The host's streams enter and leave one core each. */
static void connect_host(an_chip_t *chip) {
    for (uint32_t i = 0; i < chip->cfg.cores; i++) {
        chip->core[i].in[AN_PORT_HOST] = i == chip->in_core ? &chip->input : NULL;
        chip->core[i].out[AN_PORT_HOST] = i == chip->out_core ? &chip->output : NULL;
    }
}

static void connect_neighbours(an_chip_t *chip) {
    const size_t units = an_mem_units(&chip->cfg), n = an_mem_link_steps(&chip->cfg);
    const uint32_t latency = an_mem_link_latency(&chip->cfg);
    for (uint32_t i = 0; i < chip->cfg.cores; i++) {
        const size_t up = 2u * i * n, down = up + n;
        chip->up[i] = (an_fifo_t){.word = &chip->link_word[up * units], .moment = &chip->link_moment[up], .capacity = n, .width = units, .latency = latency};
        chip->down[i] = (an_fifo_t){.word = &chip->link_word[down * units], .moment = &chip->link_moment[down], .capacity = n, .width = units, .latency = latency};
    }
    for (uint32_t i = 0; i < chip->cfg.cores; i++) {
        const uint32_t above = an_mem_above(&chip->cfg, i);
        if (above == i)
            continue;
        chip->core[i].out[AN_PORT_UP] = chip->core[above].in[AN_PORT_DOWN] = &chip->up[above];
        chip->core[above].out[AN_PORT_DOWN] = chip->core[i].in[AN_PORT_UP] = &chip->down[i];
    }
}

an_err_t an_chip_create(an_chip_t *chip, const an_config_t *cfg) {
    memset(chip, 0, sizeof *chip);
    chip->cfg = *cfg;
    chip->core = calloc(cfg->cores, sizeof chip->core[0]);
    chip->input.capacity = chip->output.capacity = AN_MODEL_FIFO;
    chip->input.width = chip->output.width = 1;
    chip->input.word = calloc(AN_MODEL_FIFO, sizeof(int32_t));
    chip->output.word = calloc(AN_MODEL_FIFO, sizeof(int32_t));
    const size_t steps = (size_t)2 * cfg->cores * an_mem_link_steps(cfg);
    chip->link_word = calloc(steps * an_mem_units(cfg), sizeof *chip->link_word);
    chip->link_moment = calloc(steps, sizeof *chip->link_moment);
    an_err_t e = chip->core && chip->input.word && chip->output.word && chip->link_word && chip->link_moment ? AN_OK : AN_ERR_MEMORY;
    for (uint32_t i = 0; e == AN_OK && i < cfg->cores; i++)
        e = an_core_create(&chip->core[i], cfg, i);
    if (e != AN_OK) {
        an_chip_destroy(chip);
        return e;
    }
    connect_neighbours(chip);
    connect_host(chip);
    an_kernel_rnd_init(&chip->fast.rnd);
    an_chip_set_path(chip, AN_PATH_AUTO);
    return AN_OK;
}

void an_chip_set_path(an_chip_t *chip, an_path_t path) {
    const an_kernel_t *best = path == AN_PATH_AUTO ? an_kernel_avx512() : NULL;
    if (best == NULL && path != AN_PATH_PORTABLE)
        best = an_kernel_avx2();
    chip->fast.kernel = best != NULL ? best : &an_kernel_portable;
}

void an_chip_destroy(an_chip_t *chip) {
    for (uint32_t i = 0; chip->core != NULL && i < chip->cfg.cores; i++)
        an_core_destroy(&chip->core[i]);
    free(chip->core);
    free(chip->input.word);
    free(chip->output.word);
    free(chip->link_word);
    free(chip->link_moment);
    memset(chip, 0, sizeof *chip);
}

void an_chip_reset(an_chip_t *chip) {
    for (uint32_t i = 0; i < chip->cfg.cores; i++) {
        an_core_reset(&chip->core[i]);
        an_stream_clear(&chip->up[i]);
        an_stream_clear(&chip->down[i]);
    }
    an_stream_clear(&chip->input);
    an_stream_clear(&chip->output);
    chip->in_core = chip->out_core = 0;
    connect_host(chip);
}

static an_err_t read_register(an_chip_t *chip, uint32_t index, uint32_t *value) {
    const an_config_t *cfg = &chip->cfg;
    switch (index) {
    case AN_REG_CHIP_MAGIC: *value = AN_MAGIC; return AN_OK;
    case AN_REG_CHIP_VERSION: *value = AN_VERSION; return AN_OK;
    case AN_REG_CHIP_SPEC_HASH: *value = AN_SPEC_HASH; return AN_OK;
    case AN_REG_CHIP_SHAPE: *value = cfg->cores << 16 | cfg->lanes; return AN_OK;
    case AN_REG_CHIP_SYN_WORDS: *value = cfg->syn_words; return AN_OK;
    case AN_REG_CHIP_STATE_WORDS: *value = cfg->state_words; return AN_OK;
    case AN_REG_CHIP_RATE_WORDS: *value = cfg->rate_words; return AN_OK;
    case AN_REG_CHIP_PROG_WORDS: *value = cfg->prog_words; return AN_OK;
    case AN_REG_CHIP_SCALARS: *value = cfg->scalars; return AN_OK;
    case AN_REG_CHIP_FIFO_WORDS: *value = cfg->in_words << 16 | cfg->out_words; return AN_OK;
    case AN_REG_CHIP_CLOCK_HZ: *value = cfg->clock_hz; return AN_OK;
    case AN_REG_CHIP_FEATURES: *value = an_features_of(cfg) | an_mem_units(cfg) << 8 | cfg->link_steps << 16; return AN_OK;
    case AN_REG_CHIP_IN_LEVEL: *value = (uint32_t)an_stream_level(&chip->input); return AN_OK;
    case AN_REG_CHIP_OUT_LEVEL: *value = (uint32_t)an_stream_level(&chip->output); return AN_OK;
    case AN_REG_CHIP_IN_CORE: *value = chip->in_core; return AN_OK;
    case AN_REG_CHIP_OUT_CORE: *value = chip->out_core; return AN_OK;
    case AN_REG_CHIP_OUT_POP: {
        int32_t word;
        if (!an_stream_get(&chip->output, &word))
            return AN_ERR_REFUSED;
        *value = (uint32_t)word;
        return AN_OK;
    }
    default: return AN_ERR_REFUSED;
    }
}

/* as many bits as the number of a core has */
static uint32_t core_mask(const an_chip_t *chip) {
    uint32_t mask = 0;
    while (mask < chip->cfg.cores - 1u) mask = mask << 1 | 1u;
    return mask;
}

static an_err_t write_register(an_chip_t *chip, uint32_t index, uint32_t value) {
    switch (index) {
    case AN_REG_CHIP_IN_CORE: chip->in_core = value & core_mask(chip); connect_host(chip); return AN_OK;
    case AN_REG_CHIP_OUT_CORE: chip->out_core = value & core_mask(chip); connect_host(chip); return AN_OK;
    case AN_REG_CHIP_IN_PUSH: {
        const int32_t word = (int16_t)value;
        return an_stream_put(&chip->input, &word) ? AN_OK : AN_ERR_REFUSED;
    }
    default: return AN_ERR_REFUSED;
    }
}

an_err_t an_chip_read(an_chip_t *chip, uint32_t addr, uint32_t *value) {
    const uint32_t unit = addr >> 24, space = addr >> 20 & 15u, index = addr & 0xFFFFFu;
    if (unit == 0)
        return space == AN_BUS_REGS ? read_register(chip, index, value) : AN_ERR_REFUSED;
    if (unit > chip->cfg.cores)
        return AN_ERR_REFUSED;
    return an_core_read(&chip->core[unit - 1u], space, index, value);
}

/* All cores start in the same clock: the latest that one of them has reached. */
static void meet(const an_chip_t *chip) {
    uint64_t latest = 0;
    for (uint32_t i = 0; i < chip->cfg.cores; i++)
        if (an_core_now(&chip->core[i]) > latest)
            latest = an_core_now(&chip->core[i]);
    for (uint32_t i = 0; i < chip->cfg.cores; i++)
        if (chip->core[i].state != AN_ST_RUNNING)
            chip->core[i].since = latest - chip->core[i].clocks;
}

an_err_t an_chip_write(an_chip_t *chip, uint32_t addr, uint32_t value) {
    const uint32_t unit = addr >> 24, space = addr >> 20 & 15u, index = addr & 0xFFFFFu;
    if (unit == 0)
        return space == AN_BUS_REGS ? write_register(chip, index, value) : AN_ERR_REFUSED;
    if (unit > chip->cfg.cores)
        return AN_ERR_REFUSED;
    if (space == AN_BUS_REGS && index == AN_REG_CORE_CTRL && value & AN_CTRL_START)
        meet(chip);
    return an_core_write(&chip->core[unit - 1u], space, index, value);
}

/* why nothing can go on */
static an_run_t outcome(const an_chip_t *chip, const uint64_t *limit) {
    bool limited = false, input = false, output = false, stalled = false;
    for (uint32_t i = 0; i < chip->cfg.cores; i++) {
        const an_core_t *c = &chip->core[i];
        if (c->state == AN_ST_FAULT)
            return AN_RUN_FAULT;
        if (c->state != AN_ST_RUNNING)
            continue;
        if (c->stall == AN_STALL_NONE || c->clocks >= limit[i])
            limited = true;
        else if (c->stall == AN_STALL_OUTPUT && c->out[AN_PORT_HOST])
            output = true;
        else if (c->stall == AN_STALL_INPUT && c->in[AN_PORT_HOST])
            input = true;
        else
            stalled = true;
    }
    return limited ? AN_RUN_LIMIT : output ? AN_RUN_OUTPUT : input ? AN_RUN_INPUT : stalled ? AN_RUN_STALL : AN_RUN_DONE;
}

static bool run(an_core_t *c, const an_fast_t *fast, uint64_t limit) {
    an_pass_go(c);
    an_inlet_go(c);
    const bool acted = (c->trace.fn != NULL ? an_seq_run(c, limit) : an_fast_run(c, fast, limit)) || c->passed;
    c->passed = false;
    return acted;
}

an_run_t an_chip_run(an_chip_t *chip, uint64_t max_clocks) {
    uint64_t limit[AN_CHIP_CORES];
    for (uint32_t i = 0; i < chip->cfg.cores; i++)
        limit[i] = max_clocks ? chip->core[i].clocks + max_clocks : UINT64_MAX;
    bool acted = true;
    while (acted) {
        acted = false;
        for (uint32_t i = 0; i < chip->cfg.cores; i++)
            acted |= run(&chip->core[i], &chip->fast, limit[i]);
    }
    return outcome(chip, limit);
}
