/* SPDX-License-Identifier: Apache-2.0 */
#include "an_core.h"
#include <stdlib.h>
#include <string.h>
#include "an_fast.h"

an_err_t an_core_create(an_core_t *c, const an_config_t *cfg, uint32_t number) {
    memset(c, 0, sizeof *c);
    const an_err_t e = an_mem_create(&c->mem, cfg);
    if (e != AN_OK)
        return e;
    c->range = calloc(cfg->prog_words, sizeof c->range[0]);
    if (c->range == NULL || an_fast_create(c) != AN_OK) {
        an_core_destroy(c);
        return AN_ERR_MEMORY;
    }
    while (1u << c->lane_bits < cfg->lanes)
        c->lane_bits++;
    c->trace.core = (uint8_t)number;
    an_core_reset(c);
    return AN_OK;
}

void an_core_destroy(an_core_t *c) {
    an_fast_destroy(c);
    free(c->range);
    c->range = NULL;
    an_mem_destroy(&c->mem);
}

static void clear_counters(an_core_t *c) {
    c->since += c->clocks;
    c->clocks = c->visits = c->stalls = c->waits = 0;
    memset(c->work, 0, sizeof c->work);
}

void an_core_reset(an_core_t *c) {
    c->state = AN_ST_IDLE;
    c->stall = AN_STALL_NONE;
    c->pc = c->entry = c->tick = 0;
    clear_counters(c);
    c->since = 0;
    c->stop = false;
    c->tail = 0;
    c->n = 1;
    memset(c->ring, 0, sizeof c->ring);
    c->depth = 0;
    c->prj = c->key = c->par = c->row = c->lan = 0;
    memset(&c->io, 0, sizeof c->io);
    memset(c->pass, 0, sizeof c->pass);
    memset(&c->inlet, 0, sizeof c->inlet);
    memset(&c->outlet, 0, sizeof c->outlet);
    c->passed = false;
}

void an_core_stop(an_core_t *c) {
    an_core_settle(c);
    c->inlet.open = false;
    c->state = AN_ST_STOPPED;
}

static void control(an_core_t *c, uint32_t value) {
    if (value & AN_CTRL_CLEAR_COUNTERS)
        clear_counters(c);
    if (value & AN_CTRL_CLEAR_RANGE)
        memset(c->range, 0, ((size_t)c->mem.prog_mask + 1u) * sizeof c->range[0]);
    if (value & AN_CTRL_STOP && c->state == AN_ST_RUNNING) {
        if (c->io.busy)
            c->stop = true;
        else {
            an_core_stop(c);
        }
    }
    if (value & AN_CTRL_START && c->state != AN_ST_RUNNING) {
        c->state = AN_ST_RUNNING;
        c->stall = AN_STALL_NONE;
        c->stop = false;
        c->pc = an_mem_pc(&c->mem, c->entry);
        c->depth = 0;
        c->outlet.left = 0;
        c->ring[AN_SRC_S].offset = c->ring[AN_SRC_R].offset = 0;
        memset(&c->io, 0, sizeof c->io);
        c->clocks += AN_T_START + an_core_ahead(c);
        c->work[AN_WORK_CONTROL] += AN_T_START + an_core_ahead(c);
    }
}

static an_err_t read_register(const an_core_t *c, uint32_t index, uint32_t *value) {
    switch (index) {
    case AN_REG_CORE_STATUS: *value = c->pc << 16 | c->stall << 4 | c->state; return AN_OK;
    case AN_REG_CORE_ENTRY: *value = c->entry; return AN_OK;
    case AN_REG_CORE_TICK: *value = c->tick; return AN_OK;
    case AN_REG_CORE_CLOCKS: *value = (uint32_t)c->clocks; return AN_OK;
    case AN_REG_CORE_VISITS: *value = (uint32_t)c->visits; return AN_OK;
    case AN_REG_CORE_STALLS: *value = (uint32_t)c->stalls; return AN_OK;
    default: return AN_ERR_REFUSED;
    }
}

static an_err_t write_register(an_core_t *c, uint32_t index, uint32_t value) {
    switch (index) {
    case AN_REG_CORE_CTRL: control(c, value); return AN_OK;
    case AN_REG_CORE_ENTRY: c->entry = an_mem_pc(&c->mem, value); return AN_OK;
    case AN_REG_CORE_TICK: c->tick = value; return AN_OK;
    default: return AN_ERR_REFUSED;
    }
}

/* words of a memory on the bus, 0: no such memory */
static uint32_t space_words(const an_core_t *c, uint32_t space) {
    switch (space) {
    case AN_BUS_PROGRAM:
    case AN_BUS_RANGE: return 2u * (c->mem.prog_mask + 1u);
    case AN_BUS_SCALAR: return c->mem.scalar_mask + 1u;
    case AN_BUS_TABLE: return AN_TABLES * AN_TABLE_POINTS;
    case AN_BUS_RATE: return c->mem.rate_mask + 1u;
    case AN_BUS_STATE: return c->mem.state_mask + 1u;
    case AN_BUS_SYNAPSE: return c->mem.syn_mask + 1u;
    default: return 0;
    }
}

an_err_t an_core_read(an_core_t *c, uint32_t space, uint32_t index, uint32_t *value) {
    if (space == AN_BUS_REGS)
        return read_register(c, index, value);
    if (index >= space_words(c, space) || c->state == AN_ST_RUNNING)
        return AN_ERR_REFUSED;
    const an_mem_t *m = &c->mem;
    switch (space) {
    case AN_BUS_PROGRAM: *value = (uint32_t)(m->prog[index / 2u] >> (index % 2u * 32u)); break;
    case AN_BUS_SCALAR: *value = (uint32_t)m->scalar_f24[index]; break;
    case AN_BUS_TABLE: *value = (uint32_t)m->table_f12[index]; break;
    case AN_BUS_RATE: *value = (uint32_t)m->rate_f12[index]; break;
    case AN_BUS_STATE: *value = (uint32_t)m->state_f24[index]; break;
    case AN_BUS_SYNAPSE: *value = (uint32_t)m->syn[index]; break;
    default: *value = index % 2u ? c->range[index / 2u].count : c->range[index / 2u].first; break;
    }
    return AN_OK;
}

an_err_t an_core_write(an_core_t *c, uint32_t space, uint32_t index, uint32_t value) {
    if (space == AN_BUS_REGS)
        return write_register(c, index, value);
    if (index >= space_words(c, space) || c->state == AN_ST_RUNNING || space == AN_BUS_RANGE)
        return AN_ERR_REFUSED;
    an_mem_t *m = &c->mem;
    switch (space) {
    case AN_BUS_PROGRAM: {
        const unsigned at = index % 2u * 32u;
        uint64_t *word = &m->prog[index / 2u];
        c->decoded = false;
        *word = (*word & ~((uint64_t)0xFFFFFFFFu << at)) | (uint64_t)value << at;
        break;
    }
    case AN_BUS_SCALAR: m->scalar_f24[index] = (int32_t)value; break;
    case AN_BUS_TABLE: m->table_f12[index] = (int16_t)value; break;
    case AN_BUS_RATE: m->rate_f12[index] = (int16_t)value; break;
    case AN_BUS_STATE: m->state_f24[index] = (int32_t)value; break;
    default: m->syn[index] = (int16_t)value; break;
    }
    return AN_OK;
}
