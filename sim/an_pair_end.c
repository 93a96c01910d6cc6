/* SPDX-License-Identifier: Apache-2.0 */
#include "an_pair_end.h"
#include <inttypes.h>
#include <string.h>

typedef struct an_memory {
    const char *name;
    uint32_t space, words;
} an_memory_t;

#define AN_MEMORIES 7u
static void an_memories(const an_config_t *cfg, an_memory_t m[AN_MEMORIES]) {
    m[0] = (an_memory_t){"scalar", AN_BUS_SCALAR, cfg->scalars};
    m[1] = (an_memory_t){"rate", AN_BUS_RATE, cfg->rate_words};
    m[2] = (an_memory_t){"state", AN_BUS_STATE, cfg->state_words};
    m[3] = (an_memory_t){"range", AN_BUS_RANGE, 2 * cfg->prog_words};
    m[4] = (an_memory_t){"table", AN_BUS_TABLE, AN_TABLES * AN_TABLE_POINTS};
    m[5] = (an_memory_t){"program", AN_BUS_PROGRAM, 2 * cfg->prog_words};
    m[6] = (an_memory_t){"synapse", AN_BUS_SYNAPSE, cfg->syn_words};
}

void an_tee_keep_program(an_tee_t *t, uint32_t addr, uint32_t value) {
    const uint32_t core = (addr >> 24) - 1u, index = addr & 0xFFFFFu, pc = index / 2;
    if (addr >> 24 == 0 || (addr >> 20 & 15u) != AN_BUS_PROGRAM || core >= t->cfg.cores || pc >= t->cfg.prog_words) return;
    uint64_t *word = &t->program[(size_t)core * t->cfg.prog_words + pc];
    *word = index & 1u ? (*word & 0xFFFFFFFFu) | (uint64_t)value << 32 : (*word & ~0xFFFFFFFFull) | value;
}

static bool an_direct(const an_tee_t *t, uint32_t addr) {
    uint32_t unused;
    return !t->bus_only && (addr >> 20 & 15u) != AN_BUS_REGS && an_model_read(t->model, addr, &unused) == AN_OK;
}

an_err_t an_tee_put(an_tee_t *t, uint32_t addr, uint32_t value) {
    if (an_direct(t, addr) && t->api->poke(t->sim, addr, value) == AN_OK) return AN_OK;
    return t->api->write(t->sim, addr, value);
}

an_err_t an_tee_get(an_tee_t *t, uint32_t addr, uint32_t *value) {
    if (an_direct(t, addr) && t->api->peek(t->sim, addr, value) == AN_OK) return AN_OK;
    return t->api->read(t->sim, addr, value);
}

an_err_t an_tee_zero(an_tee_t *t) {
    an_memory_t memory[AN_MEMORIES];
    an_memories(&t->cfg, memory);
    for (uint32_t core = 0; core < t->cfg.cores; core++) {
        for (size_t m = 0; m < AN_MEMORIES; m++)
            for (uint32_t i = 0; memory[m].space != AN_BUS_RANGE && i < memory[m].words; i++) {
                const an_err_t e = an_tee_put(t, an_addr_core(core, memory[m].space, i), 0);
                if (e != AN_OK) return an_port_fail(&t->port, e, "the chip refuses word %u of core %u's %s memory", i, core, memory[m].name);
            }
        const uint32_t ctrl = an_addr_core(core, AN_BUS_REGS, AN_REG_CORE_CTRL);
        an_err_t e = t->api->write(t->sim, ctrl, 12);
        if (e == AN_OK) e = an_model_write(t->model, ctrl, 12);
        if (e != AN_OK) return an_port_fail(&t->port, e, "core %u does not clear its counters and range records", core);
    }
    return AN_OK;
}

static an_err_t an_compare_word(an_tee_t *t, uint32_t core, uint32_t space, uint32_t index, const char *name) {
    const uint32_t at = an_addr_core(core, space, index);
    uint32_t of_chip = 0, of_model = 0;
    const an_err_t chip = an_tee_get(t, at, &of_chip), model = an_model_read(t->model, at, &of_model);
    if (chip == model && of_chip == of_model) return AN_OK;
    char text[200];
    if (space == AN_BUS_REGS || space == AN_BUS_SCALAR || space == AN_BUS_TABLE)
        snprintf(text, sizeof text, "at the end, core %u, %s %u: model 0x%08x, chip 0x%08x", core, name, index, of_model, of_chip);
    else if (space == AN_BUS_RANGE || space == AN_BUS_PROGRAM)
        snprintf(text, sizeof text, "at the end, core %u, %s of pc %u, word %u: model 0x%08x, chip 0x%08x", core, name, index / 2, index & 1u, of_model, of_chip);
    else
        snprintf(text, sizeof text, "at the end, core %u, %s block %u lane %u: model %" PRId32 ", chip %" PRId32, core, name, index / t->cfg.lanes,
                 index % t->cfg.lanes, (int32_t)of_model, (int32_t)of_chip);
    return an_tee_differ(t, text);
}

an_err_t an_tee_compare_ends(an_tee_t *t) {
    static const struct { uint32_t index; const char *name; } reg[] = {
        {AN_REG_CORE_STATUS, "STATUS"}, {AN_REG_CORE_CLOCKS, "CLOCKS"}, {AN_REG_CORE_TICK, "TICK"},
        {AN_REG_CORE_VISITS, "VISITS"}, {AN_REG_CORE_ENTRY, "ENTRY"}};
    an_memory_t memory[AN_MEMORIES];
    an_memories(&t->cfg, memory);
    for (uint32_t core = 0; core < t->cfg.cores; core++) {
        for (size_t r = 0; r < sizeof reg / sizeof *reg; r++) {
            const an_err_t e = an_compare_word(t, core, AN_BUS_REGS, reg[r].index, reg[r].name);
            if (e != AN_OK) return e;
        }
        for (size_t m = 0; m < AN_MEMORIES; m++)
            for (uint32_t i = 0; i < memory[m].words; i++) {
                /* the first tick of a site counts only with a count */
                uint32_t count = 1;
                if (memory[m].space == AN_BUS_RANGE && !(i & 1u) && an_model_read(t->model, an_addr_core(core, AN_BUS_RANGE, i + 1), &count) == AN_OK &&
                    !(count & 0x7FFFFFFFu))
                    continue;
                const an_err_t e = an_compare_word(t, core, memory[m].space, i, memory[m].name);
                if (e != AN_OK) return e;
            }
    }
    return AN_OK;
}
