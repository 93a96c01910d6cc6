/* SPDX-License-Identifier: Apache-2.0
 * an_driver -- identify, and the memories by core, space and index. */
#include "an_driver.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define N_ID (AN_REG_CHIP_FEATURES + 1)
#define AN_MAX_CORES 15u /* of the bus address */

static an_err_t mismatch(an_port_t *p, const char *what, uint32_t found, uint32_t expected) {
    return an_port_fail(p, AN_ERR_MISMATCH, "%s: %s is 0x%08" PRIx32 " (%" PRIu32 "), expected 0x%08" PRIx32 " (%" PRIu32 ")", p->name, what,
                        found, found, expected, expected);
}

bool an_same_chip(const an_config_t *a, const an_config_t *b) {
    return a->cores == b->cores && a->lanes == b->lanes && a->syn_words == b->syn_words && a->state_words == b->state_words &&
           a->rate_words == b->rate_words && a->prog_words == b->prog_words && a->scalars == b->scalars &&
           a->link_steps == b->link_steps && an_features_of(a) == an_features_of(b);
}

static an_err_t expect_shape(an_port_t *p, const an_config_t *is, const an_config_t *want) {
    if (is->cores != want->cores) return mismatch(p, "number of cores", is->cores, want->cores);
    if (is->lanes != want->lanes) return mismatch(p, "number of lanes", is->lanes, want->lanes);
    if (is->syn_words != want->syn_words) return mismatch(p, "synapse words", is->syn_words, want->syn_words);
    if (is->state_words != want->state_words) return mismatch(p, "state words", is->state_words, want->state_words);
    if (is->rate_words != want->rate_words) return mismatch(p, "rate words", is->rate_words, want->rate_words);
    if (is->prog_words != want->prog_words) return mismatch(p, "instructions", is->prog_words, want->prog_words);
    if (is->scalars != want->scalars) return mismatch(p, "scalars", is->scalars, want->scalars);
    if (is->link_steps != want->link_steps) return mismatch(p, "steps between cores", is->link_steps, want->link_steps);
    for (size_t i = 0; i < an_n_features; i++) {
        const uint32_t bit = an_features[i].bit, found = an_features_of(is) & bit;
        if (found == (an_features_of(want) & bit)) continue;
        char what[48];
        snprintf(what, sizeof what, "feature %s", an_features[i].name);
        return mismatch(p, what, found != 0, found == 0);
    }
    return AN_OK;
}

an_err_t an_driver_open(an_driver_t *d, an_port_t *port, const an_config_t *expect) {
    uint32_t id[N_ID] = { 0 };
    size_t done = 0;
    memset(d, 0, sizeof *d);
    d->port = port;
    d->wait_ms = AN_STREAM_WAIT_MS;
    const an_err_t e = port->ops->read(port, an_addr_chip(AN_REG_CHIP_MAGIC), id, N_ID, &done);
    if (done > AN_REG_CHIP_MAGIC && id[AN_REG_CHIP_MAGIC] != AN_MAGIC)
        return mismatch(port, "magic number", id[AN_REG_CHIP_MAGIC], AN_MAGIC);
    if (e != AN_OK) return e;
    d->version = id[AN_REG_CHIP_VERSION];
    if (d->version != AN_VERSION) return mismatch(port, "version", d->version, AN_VERSION);
    if (id[AN_REG_CHIP_SPEC_HASH] != AN_SPEC_HASH) return mismatch(port, "hash of the specification", id[AN_REG_CHIP_SPEC_HASH], AN_SPEC_HASH);
    const uint32_t has = id[AN_REG_CHIP_FEATURES];
    d->cfg = (an_config_t){
        .cores = id[AN_REG_CHIP_SHAPE] >> 16, .lanes = id[AN_REG_CHIP_SHAPE] & 0xFFFFu,
        .syn_words = id[AN_REG_CHIP_SYN_WORDS], .state_words = id[AN_REG_CHIP_STATE_WORDS], .rate_words = id[AN_REG_CHIP_RATE_WORDS],
        .prog_words = id[AN_REG_CHIP_PROG_WORDS], .scalars = id[AN_REG_CHIP_SCALARS],
        .in_words = id[AN_REG_CHIP_FIFO_WORDS] >> 16, .out_words = id[AN_REG_CHIP_FIFO_WORDS] & 0xFFFFu,
        .clock_hz = id[AN_REG_CHIP_CLOCK_HZ],
        .vector_units = has >> 8 & 15u, .link_steps = has >> 16,
    };
    an_features_set(&d->cfg, has);
    if (d->cfg.vector_units == d->cfg.lanes) d->cfg.vector_units = 0;
    if (d->cfg.cores < 1 || d->cfg.cores > AN_MAX_CORES || d->cfg.lanes < 1 || d->cfg.lanes > 8)
        return an_port_fail(port, AN_ERR_MISMATCH, "%s: %" PRIu32 " cores of %" PRIu32 " lanes, expected 1 to %u of 1 to 8", port->name,
                            d->cfg.cores, d->cfg.lanes, AN_MAX_CORES);
    const an_config_t *named = expect;
    for (size_t i = 0; i < an_n_configs && named == NULL; i++)
        if (an_same_chip(&an_configs[i], &d->cfg)) named = &an_configs[i];
    if (named != NULL) { /* what no register tells */
        memcpy(d->cfg.name, named->name, sizeof d->cfg.name);
        d->cfg.banked = named->banked;
    }
    return expect != NULL ? expect_shape(port, &d->cfg, expect) : AN_OK;
}

an_err_t an_driver_read(an_driver_t *d, uint32_t core, uint32_t space, uint32_t index, uint32_t *word, size_t n) {
    size_t done = 0;
    if (core >= d->cfg.cores) return an_port_fail(d->port, AN_ERR_ARG, "core %" PRIu32 " of %" PRIu32, core, d->cfg.cores);
    return d->port->ops->read(d->port, an_addr_core(core, space, index), word, n, &done);
}

an_err_t an_driver_write(an_driver_t *d, uint32_t core, uint32_t space, uint32_t index, const uint32_t *word, size_t n) {
    size_t done = 0;
    if (core >= d->cfg.cores) return an_port_fail(d->port, AN_ERR_ARG, "core %" PRIu32 " of %" PRIu32, core, d->cfg.cores);
    return d->port->ops->write(d->port, an_addr_core(core, space, index), word, n, &done);
}

an_err_t an_driver_chip_read(an_driver_t *d, uint32_t reg, uint32_t *value) {
    size_t done = 0;
    return d->port->ops->read(d->port, an_addr_chip(reg), value, 1, &done);
}

an_err_t an_driver_chip_write(an_driver_t *d, uint32_t reg, uint32_t value) {
    size_t done = 0;
    return d->port->ops->write(d->port, an_addr_chip(reg), &value, 1, &done);
}

an_err_t an_driver_set_tick(an_driver_t *d, uint32_t tick) {
    an_err_t e = AN_OK;
    for (uint32_t c = 0; c < d->cfg.cores && e == AN_OK; c++) e = an_driver_write(d, c, AN_BUS_REGS, AN_REG_CORE_TICK, &tick, 1);
    return e;
}

an_err_t an_driver_set_stream(an_driver_t *d, uint32_t in_core, uint32_t out_core) {
    if (in_core >= d->cfg.cores || out_core >= d->cfg.cores)
        return an_port_fail(d->port, AN_ERR_ARG, "streams of cores %" PRIu32 ", %" PRIu32 " of %" PRIu32, in_core, out_core, d->cfg.cores);
    const an_err_t e = an_driver_chip_write(d, AN_REG_CHIP_IN_CORE, in_core);
    return e != AN_OK ? e : an_driver_chip_write(d, AN_REG_CHIP_OUT_CORE, out_core);
}
