/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <string.h>
#include "an_mem.h"
#include "an_say.h"
#include "an_selftest.h"
#include "an_target.h"

static void print_core(uint32_t c, const an_status_t *s, const an_counters_t *n)
{
    printf("  core %-4" PRIu32 " %s at pc %" PRIu32 "%s%s, %" PRIu64 " clocks, %" PRIu64 " visits, %" PRIu64 " stalls\n", c, an_state_name(s->state), s->pc,
           s->stall ? ", waits: " : "", s->stall ? an_stall_name(s->stall) : "", n->clocks, n->visits, n->stalls);
}

static an_err_t print_chip(an_driver_t *dr, an_diag_t *d)
{
    uint32_t hash, hz;
    an_err_t e = an_driver_chip_read(dr, AN_REG_CHIP_SPEC_HASH, &hash);
    if (!e)
        e = an_driver_chip_read(dr, AN_REG_CHIP_CLOCK_HZ, &hz);
    if (e)
        return an_port_diag(dr, e, d);
    const an_config_t *c = &dr->cfg;
    printf("chip on %s\n  version   %" PRIu32 ".%" PRIu32 ".%" PRIu32 ", specification %08" PRIx32 "\n", dr->port->name, dr->version >> 16, dr->version >> 8 & 255,
           dr->version & 255, hash);
    printf("  shape     %" PRIu32 " core%s x %" PRIu32 " lane%s, that of", c->cores, c->cores == 1 ? "" : "s", c->lanes, c->lanes == 1 ? "" : "s");
    bool named = false;
    for (size_t i = 0; i < an_n_configs; i++)
        if (an_same_chip(&an_configs[i], c)) {
            printf("%s %s", named ? "," : "", an_configs[i].name);
            named = true;
        }
    puts(named ? "" : " no named configuration");
    printf("  words     %" PRIu32 " synapses, %" PRIu32 " states, %" PRIu32 " rates, %" PRIu32 " instructions, %" PRIu32 " scalars a core\n", c->syn_words,
           c->state_words, c->rate_words, c->prog_words, c->scalars);
    const uint32_t has = an_features_of(c);
    printf("  features %s", has ? "" : " none");
    for (size_t i = 0; i < an_n_features; i++)
        if (has & an_features[i].bit) printf(" %s", an_features[i].name);
    printf(", %" PRIu32 " vector unit%s a core\n", an_mem_units(c), an_mem_units(c) == 1 ? "" : "s");
    printf("  streams   %" PRIu32 " words in, %" PRIu32 " out\n", c->in_words, c->out_words);
    if (hz)
        printf("  clock     %" PRIu32 " Hz\n", hz);
    for (uint32_t i = 0; i < c->cores; i++) {
        an_status_t s;
        an_counters_t n;
        e = an_driver_status(dr, i, &s);
        if (!e)
            e = an_driver_counters(dr, i, &n);
        if (e)
            return an_port_diag(dr, e, d);
        print_core(i, &s, &n);
    }
    return AN_OK;
}

static int info(const an_opts_t *o)
{
    an_diag_t d = {""};
    an_config_t cfg = an_configs[0];
    bool given;
    an_port_t *port = NULL;
    an_driver_t dr;
    if (!o->on && o->selftest)
        return an_fail_with(AN_ERR_INPUT, &(an_diag_t){"--self-test: of which chip? name it with --on"});
    for (size_t i = 0; i < an_n_configs; i++)
        if (!strcmp(an_configs[i].name, "icebreaker"))
            cfg = an_configs[i];
    printf("antinode %s, specification %08x\nshare %s\n", AN_VERSION_TEXT, AN_SPEC_HASH, an_share());
    if (!o->on)
        return EXIT_DONE;
    an_err_t e = an_config_of(&cfg, &given, o, &d);
    if (!e)
        e = an_target_open(&port, o, &cfg, &d);
    if (!e) {
        e = an_driver_open(&dr, port, given ? &cfg : NULL);
        (void)an_say_port(&d, e, port);
    }
    if (!e)
        e = print_chip(&dr, &d);
    if (!e && o->selftest)
        e = an_selftest(&dr, o->seed, &d);
    if (port)
        port->ops->close(port);
    return e ? an_fail_with(e, &d) : EXIT_DONE;
}

const an_command_t an_cmd_info = {
    .name = "info", .usage = "", .options = "on config set self-test seed", .about = "versions; with --on: what the chip there is and does", .run = info};
