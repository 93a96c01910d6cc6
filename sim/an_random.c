/* SPDX-License-Identifier: Apache-2.0
 * an_random -- random programs on the model and the Verilated chip in lockstep. The same options give the same run.
 *   build/an_random --config icebreaker --lanes 2 --seed 5 --programs 100
 * Exit: 0 all equal, 1 a difference (report on stdout), 2 bad usage or no simulation. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "an_gen.h"
#include "an_port_pair.h"

typedef struct an_options {
    an_config_t cfg;
    uint64_t seed, programs, fst_from, fst_to;
    uint32_t mutant;
    const char *fst, *pace;
    bool quiet;
} an_options_t;

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
    if (e == AN_OK) e = an_word(p, an_addr_core(core, AN_BUS_REGS, AN_REG_CORE_TICKMIX), g->tickmix);
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

static an_err_t an_one(an_port_t *p, const an_config_t *cfg, uint64_t seed, const char *pace, uint32_t *word) {
    an_gen_t g;
    an_gen_make(&g, cfg, seed);
    an_err_t e = an_word(p, an_addr_chip(AN_REG_CHIP_IN_CORE), g.in_core);
    if (e == AN_OK) e = an_word(p, an_addr_chip(AN_REG_CHIP_OUT_CORE), g.out_core);
    for (uint32_t c = 0; c < cfg->cores && e == AN_OK; c++) e = an_load_core(p, cfg, &g.core[c], c, word);
    for (uint32_t c = cfg->cores; c-- > 0 && e == AN_OK;) e = an_word(p, an_addr_core(c, AN_BUS_REGS, AN_REG_CORE_CTRL), 1);
    if (e == AN_OK) e = an_stream_all(p, &g, pace ? !strcmp(pace, "slow") : seed % 2 == 1);
    if (e == AN_OK) e = an_port_pair_finish(p);
    an_gen_free(&g);
    return e;
}

static an_port_t *an_open(const an_options_t *o, const char *replay) {
    an_port_t *p = NULL;
    char why[512] = "";
    const an_pair_options_t pair = {.seed = 1, .verbose = true, .fst = o->fst, .fst_from = o->fst_from, .fst_to = o->fst_to, .replay = replay};
    if (an_port_pair_open(&p, &o->cfg, &pair, why, sizeof why) != AN_OK) {
        fprintf(stderr, "an_random: %s\n", why);
        return NULL;
    }
    if (o->mutant) {
        if (an_port_pair_api(p)->mutants) an_port_pair_api(p)->mutant(an_port_pair_sim(p), o->mutant);
        else fprintf(stderr, "an_random: this library has no mutants\n");
    }
    return p;
}

/* Alone on a fresh chip, so that the simulated clocks of the report are those of the replay. */
static bool an_report_alone(const an_options_t *o, uint64_t seed, uint32_t *word) {
    char replay[256];
    snprintf(replay, sizeof replay, "build/an_random --config %s --cores %u --lanes %u --banked %d --seed %" PRIu64 "%s%s", o->cfg.name, o->cfg.cores, o->cfg.lanes,
             o->cfg.banked, seed, o->pace ? " --pace " : "", o->pace ? o->pace : "");
    an_options_t alone = *o;
    alone.fst = NULL; /* the first run wrote it */
    an_port_t *p = an_open(&alone, replay);
    if (!p) return false;
    const an_err_t e = an_one(p, &o->cfg, seed, o->pace, word);
    printf("%s\n", replay);
    if (e != AN_OK) an_port_pair_report(p, stdout);
    p->ops->close(p);
    return e != AN_OK;
}

static int an_run_programs(const an_options_t *o) {
    an_port_t *p = an_open(o, NULL);
    const size_t most = o->cfg.syn_words + o->cfg.state_words + o->cfg.rate_words + 2 * (size_t)o->cfg.prog_words + o->cfg.scalars + AN_TABLES * AN_TABLE_POINTS;
    uint32_t *word = malloc(most * sizeof *word);
    if (!p || !word) return 2;
    uint64_t done = 0;
    an_err_t e = AN_OK;
    for (; done < o->programs && e == AN_OK; done++) {
        an_port_pair_reset(p);
        e = an_one(p, &o->cfg, o->seed + done, o->pace, word);
    }
    if (!o->quiet || e != AN_OK)
        printf("%s, %u core%s of %u lane%s: %" PRIu64 " programs, %" PRIu64 " records compared, %" PRIu64 " clocks, %d differ\n", o->cfg.name, o->cfg.cores,
               o->cfg.cores == 1 ? "" : "s", o->cfg.lanes, o->cfg.lanes == 1 ? "" : "s", done, an_port_pair_compared(p), an_port_pair_clocks(p), e != AN_OK);
    if (e != AN_OK && !o->quiet && !an_report_alone(o, o->seed + done - 1, word)) {
        printf("alone, program %" PRIu64 " shows no difference: repeat with --seed %" PRIu64 " --programs %" PRIu64 "\n", o->seed + done - 1, o->seed, done);
        an_port_pair_report(p, stdout);
    }
    p->ops->close(p);
    free(word);
    return e != AN_OK;
}

static const an_config_t *an_find(const char *name) {
    for (size_t i = 0; i < an_n_configs; i++)
        if (!strcmp(an_configs[i].name, name)) return &an_configs[i];
    return NULL;
}

int main(int argc, char **argv) {
    an_options_t o = {.cfg = *an_find("tiny"), .seed = 1, .programs = 1, .fst_to = UINT64_MAX};
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--config") && i + 1 < argc) {
            const an_config_t *cfg = an_find(argv[i + 1]);
            if (!cfg) {
                fprintf(stderr, "an_random: no configuration %s\n", argv[i + 1]);
                return 2;
            }
            o.cfg = *cfg;
        }
    for (int i = 1; i < argc; i++) {
        const char *key = argv[i], *value = i + 1 < argc ? argv[i + 1] : "0";
        const uint64_t number = strtoull(value, NULL, 0);
        if (!strcmp(key, "--quiet")) {
            o.quiet = true;
            continue;
        }
        if (!strcmp(key, "--config")) {}
        else if (!strcmp(key, "--cores")) o.cfg.cores = (uint32_t)number;
        else if (!strcmp(key, "--lanes")) o.cfg.lanes = (uint32_t)number;
        else if (!strcmp(key, "--banked")) o.cfg.banked = number != 0;
        else if (!strcmp(key, "--seed")) o.seed = number;
        else if (!strcmp(key, "--programs")) o.programs = number;
        else if (!strcmp(key, "--mutant")) o.mutant = (uint32_t)number;
        else if (!strcmp(key, "--pace")) o.pace = value;
        else if (!strcmp(key, "--fst")) o.fst = value;
        else if (!strcmp(key, "--fst-from")) o.fst_from = number;
        else if (!strcmp(key, "--fst-to")) o.fst_to = number;
        else {
            fprintf(stderr, "an_random: unknown option %s\nan_random [--config C] [--cores N] [--lanes P] [--banked 0|1] [--seed S] [--programs N]\n"
                            "  [--pace fast|slow] [--fst FILE --fst-from CLOCK --fst-to CLOCK] [--mutant N] [--quiet]\n", key);
            return 2;
        }
        i++;
    }
    return an_run_programs(&o);
}
