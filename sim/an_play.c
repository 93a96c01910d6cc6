/* SPDX-License-Identifier: Apache-2.0 */
#include "an_play.h"
#include <inttypes.h>
#include <stdlib.h>
#include "an_port_pair.h"

static an_err_t an_words(an_port_t *p, uint32_t core, uint32_t space, const uint32_t *word, size_t n) {
    size_t done;
    return p->ops->write(p, an_addr_core(core, space, 0), word, n, &done);
}

static an_err_t an_word(an_port_t *p, uint32_t addr, uint32_t word) {
    size_t done;
    return p->ops->write(p, addr, &word, 1, &done);
}

static an_err_t an_load_core(an_port_t *p, const an_config_t *cfg, const an_gen_core_t *g, uint32_t core, uint32_t *word) {
    const uint32_t n_table = AN_TABLES * AN_TABLE_POINTS;
    for (uint32_t i = 0; i < cfg->prog_words; i++) {
        word[2 * i] = (uint32_t)g->prog[i];
        word[2 * i + 1] = (uint32_t)(g->prog[i] >> 32);
    }
    an_err_t e = an_words(p, core, AN_BUS_PROGRAM, word, 2 * (size_t)cfg->prog_words);
    for (uint32_t i = 0; i < cfg->scalars; i++) word[i] = (uint32_t)g->scalar_f24[i];
    if (e == AN_OK) e = an_words(p, core, AN_BUS_SCALAR, word, cfg->scalars);
    for (uint32_t i = 0; i < n_table; i++) word[i] = (uint32_t)g->table_f12[i];
    if (e == AN_OK) e = an_words(p, core, AN_BUS_TABLE, word, n_table);
    for (uint32_t i = 0; i < cfg->state_words; i++) word[i] = (uint32_t)g->state_f24[i];
    if (e == AN_OK) e = an_words(p, core, AN_BUS_STATE, word, cfg->state_words);
    for (uint32_t i = 0; i < cfg->rate_words; i++) word[i] = (uint32_t)g->rate_f12[i];
    if (e == AN_OK) e = an_words(p, core, AN_BUS_RATE, word, cfg->rate_words);
    for (uint32_t i = 0; i < cfg->syn_words; i++) word[i] = (uint32_t)g->syn[i];
    if (e == AN_OK) e = an_words(p, core, AN_BUS_SYNAPSE, word, cfg->syn_words);
    if (e == AN_OK) e = an_word(p, an_addr_core(core, AN_BUS_REGS, AN_REG_CORE_ENTRY), g->entry);
    if (e == AN_OK) e = an_word(p, an_addr_core(core, AN_BUS_REGS, AN_REG_CORE_TICK), g->tick);
    if (e == AN_OK) e = an_word(p, an_addr_core(core, AN_BUS_REGS, AN_REG_CORE_CTRL), 12); /* clear counters and range records */
    return e;
}

static uint32_t an_draw(uint64_t *s) { /* xorshift64*, only for the pace of the host */
    *s ^= *s >> 12;
    *s ^= *s << 25;
    *s ^= *s >> 27;
    return (uint32_t)(*s * 0x2545F4914F6CDD1Dull >> 32);
}

static bool an_all_rest(an_port_t *p, const an_config_t *cfg, an_err_t *e) {
    bool rest = true;
    for (uint32_t c = 0; c < cfg->cores && *e == AN_OK; c++) {
        uint32_t status = 0;
        size_t done;
        *e = p->ops->read(p, an_addr_core(c, AN_BUS_REGS, AN_REG_CORE_STATUS), &status, 1, &done);
        rest &= (status & 15u) != AN_ST_RUNNING;
    }
    return rest;
}

/* Gives and takes stream words until every core rests. The pace of the host is none of the chip's business: "fast" gives all
 * there is room for, "slow" a few words at a time in either direction, so that both streams run empty and full. */
static an_err_t an_stream_all(an_port_t *p, const an_gen_t *g, bool slow) {
    uint64_t s = g->seed * 2 + 1;
    size_t gave = 0, got = 0;
    int32_t out[64];
    for (uint32_t idle = 0; idle < 64;) {
        size_t now = 0, n = g->n_input - gave;
        if (slow && n > 0) n = an_draw(&s) % (n < 4 ? n + 1 : 5);
        an_err_t e = n ? p->ops->push(p, g->input_f12 + gave, n, &now) : AN_OK;
        gave += now;
        idle = now ? 0 : idle + 1;
        if (e == AN_OK) e = p->ops->run(p, slow && an_draw(&s) % 2 ? 1 + an_draw(&s) % 64 : 0);
        if (e == AN_OK) e = p->ops->pop(p, out, slow ? 1 + an_draw(&s) % 3 : 64, &now);
        got += now;
        if (now) idle = 0;
        if (e != AN_OK) return e;
        if (!now && an_all_rest(p, &g->cfg, &e)) break;
        if (e != AN_OK) return e;
    }
    if (gave == g->n_input && got == g->n_output) return AN_OK;
    return an_port_fail(p, AN_ERR_STALL, "program %" PRIu64 " took %zu of %u words and gave %zu of %u", g->seed, gave, g->n_input, got, g->n_output);
}

an_err_t an_play(an_port_t *p, const an_gen_t *g, an_pace_t pace) {
    const an_config_t *cfg = &g->cfg;
    const size_t most = cfg->syn_words + cfg->state_words + cfg->rate_words + 2 * (size_t)cfg->prog_words + cfg->scalars + AN_TABLES * AN_TABLE_POINTS;
    uint32_t *word = malloc(most * sizeof *word); /* the largest memory fits */
    if (!word) return an_port_fail(p, AN_ERR_MEMORY, "no memory to load a program");
    an_err_t e = an_word(p, an_addr_chip(AN_REG_CHIP_IN_CORE), g->in_core);
    if (e == AN_OK) e = an_word(p, an_addr_chip(AN_REG_CHIP_OUT_CORE), g->out_core);
    for (uint32_t c = 0; c < cfg->cores && e == AN_OK; c++) e = an_load_core(p, cfg, &g->core[c], c, word);
    for (uint32_t c = cfg->cores; c-- > 0 && e == AN_OK;) e = an_word(p, an_addr_core(c, AN_BUS_REGS, AN_REG_CORE_CTRL), 1);
    free(word);
    return e != AN_OK ? e : an_stream_all(p, g, pace == AN_PACE_SEED ? g->seed % 2 == 1 : pace == AN_PACE_SLOW);
}

an_err_t an_play_pair(an_port_t *pair, const an_config_t *cfg, uint64_t seed, an_pace_t pace) {
    an_gen_t g;
    an_gen_make(&g, cfg, seed);
    an_port_pair_bus_only(pair, seed % 8 == 0);
    an_err_t e = an_play(pair, &g, pace);
    if (e == AN_OK) e = an_port_pair_finish(pair);
    an_gen_free(&g);
    return e;
}
