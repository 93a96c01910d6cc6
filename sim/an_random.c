/* SPDX-License-Identifier: Apache-2.0
 * an_random -- random programs on the model and the Verilated chip in lockstep. The same options give the same run.
 *   build/an_random --config icebreaker --lanes 2 --seed 5 --programs 100
 * Exit: 0 all equal, 1 a difference (report on stdout), 2 bad usage or no simulation. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "an_play.h"
#include "an_port_pair.h"

typedef struct an_options {
    an_config_t cfg;
    uint64_t seed, programs, fst_from, fst_to;
    uint32_t mutant;
    const char *fst;
    an_pace_t pace;
    bool quiet;
} an_options_t;

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
static bool an_report_alone(const an_options_t *o, uint64_t seed) {
    char replay[256];
    snprintf(replay, sizeof replay, "build/an_random --config %s --cores %u --lanes %u --units %u --banked %d --seed %" PRIu64 "%s%s", o->cfg.name, o->cfg.cores, o->cfg.lanes,
             o->cfg.vector_units, o->cfg.banked, seed, o->pace == AN_PACE_SEED ? "" : " --pace ", o->pace == AN_PACE_SEED ? "" : o->pace == AN_PACE_SLOW ? "slow" : "fast");
    an_options_t alone = *o;
    alone.fst = NULL; /* the first run wrote it */
    an_port_t *p = an_open(&alone, replay);
    if (!p) return false;
    const an_err_t e = an_play_pair(p, &o->cfg, seed, o->pace);
    printf("%s\n", replay);
    if (e != AN_OK) an_port_pair_report(p, stdout);
    p->ops->close(p);
    return e != AN_OK;
}

static int an_run_programs(const an_options_t *o) {
    an_port_t *p = an_open(o, NULL);
    if (!p) return 2;
    uint64_t done = 0;
    an_err_t e = AN_OK;
    for (; done < o->programs && e == AN_OK; done++) {
        an_port_pair_reset(p);
        e = an_play_pair(p, &o->cfg, o->seed + done, o->pace);
    }
    if (!o->quiet || e != AN_OK)
        printf("%s, %u core%s of %u lane%s: %" PRIu64 " programs, %" PRIu64 " records compared, %" PRIu64 " clocks, %d differ\n", o->cfg.name, o->cfg.cores,
               o->cfg.cores == 1 ? "" : "s", o->cfg.lanes, o->cfg.lanes == 1 ? "" : "s", done, an_port_pair_compared(p), an_port_pair_clocks(p), e != AN_OK);
    if (e != AN_OK && !o->quiet && !an_report_alone(o, o->seed + done - 1)) {
        printf("alone, program %" PRIu64 " shows no difference: repeat with --seed %" PRIu64 " --programs %" PRIu64 "\n", o->seed + done - 1, o->seed, done);
        an_port_pair_report(p, stdout);
    }
    p->ops->close(p);
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
        else if (!strcmp(key, "--units")) o.cfg.vector_units = (uint32_t)number;
        else if (!strcmp(key, "--banked")) o.cfg.banked = number != 0;
        else if (!strcmp(key, "--seed")) o.seed = number;
        else if (!strcmp(key, "--programs")) o.programs = number;
        else if (!strcmp(key, "--mutant")) o.mutant = (uint32_t)number;
        else if (!strcmp(key, "--pace")) o.pace = !strcmp(value, "slow") ? AN_PACE_SLOW : AN_PACE_FAST;
        else if (!strcmp(key, "--fst")) o.fst = value;
        else if (!strcmp(key, "--fst-from")) o.fst_from = number;
        else if (!strcmp(key, "--fst-to")) o.fst_to = number;
        else {
            fprintf(stderr, "an_random: unknown option %s\nan_random [--config C] [--cores N] [--lanes P] [--units V] [--banked 0|1] [--seed S] [--programs N]\n"
                            "  [--pace fast|slow] [--fst FILE --fst-from CLOCK --fst-to CLOCK] [--mutant N] [--quiet]\n", key);
            return 2;
        }
        i++;
    }
    return an_run_programs(&o);
}
