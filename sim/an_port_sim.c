/* SPDX-License-Identifier: Apache-2.0 */
#include "an_port_sim.h"
#include <stdio.h>
#include <stdlib.h>

typedef struct an_sim_port {
    an_port_t port; /* first */
    const an_sim_api_t *api;
    an_sim_t *sim;
} an_sim_port_t;

static an_err_t an_fail(an_port_t *p, an_err_t e, const char *what, uint32_t addr) {
    return an_port_fail(p, e, e == AN_ERR_REFUSED ? "%s of 0x%07x refused" : "the simulated chip never answered a %s of 0x%07x", what, addr);
}

static an_err_t an_sp_write(an_port_t *p, uint32_t addr, const uint32_t *word, size_t n, size_t *done) {
    an_sim_port_t *s = (an_sim_port_t *)p;
    for (*done = 0; *done < n; (*done)++) {
        const an_err_t e = s->api->write(s->sim, addr + (uint32_t)*done, word[*done]);
        if (e != AN_OK) return an_fail(p, e, "write", addr + (uint32_t)*done);
    }
    return AN_OK;
}

static an_err_t an_sp_read(an_port_t *p, uint32_t addr, uint32_t *word, size_t n, size_t *done) {
    an_sim_port_t *s = (an_sim_port_t *)p;
    for (*done = 0; *done < n; (*done)++) {
        const an_err_t e = s->api->read(s->sim, addr + (uint32_t)*done, &word[*done]);
        if (e != AN_OK) return an_fail(p, e, "read", addr + (uint32_t)*done);
    }
    return AN_OK;
}

static an_err_t an_sp_push(an_port_t *p, const int16_t *word, size_t n, size_t *taken) {
    an_sim_port_t *s = (an_sim_port_t *)p;
    *taken = s->api->push(s->sim, word, n);
    return AN_OK;
}

static an_err_t an_sp_pop(an_port_t *p, int32_t *word, size_t n, size_t *came) {
    an_sim_port_t *s = (an_sim_port_t *)p;
    *came = s->api->pop(s->sim, word, n);
    return AN_OK;
}

static an_err_t an_sp_run(an_port_t *p, uint64_t max_clocks) {
    an_sim_port_t *s = (an_sim_port_t *)p;
    (void)s->api->run(s->sim, max_clocks); /* STATUS tells why it ended */
    return AN_OK;
}

static void an_sp_close(an_port_t *p) {
    an_sim_port_t *s = (an_sim_port_t *)p;
    s->api->destroy(s->sim);
    free(s);
}

static const an_port_ops_t an_sp_ops = {an_sp_write, an_sp_read, an_sp_push, an_sp_pop, an_sp_run, an_sp_close};

an_err_t an_port_sim_open(an_port_t **port, const an_config_t *cfg, const an_sim_options_t *opt, char *why, size_t size) {
    static const an_sim_options_t plain;
    const an_sim_api_t *api;
    if (!opt) opt = &plain;
    *port = NULL;
    const an_err_t e = an_sim_load(cfg, opt->fst != NULL, opt->verbose, &api, why, size);
    if (e != AN_OK) return e;
    an_sim_port_t *s = calloc(1, sizeof *s);
    if (s) s->sim = api->create(opt->seed);
    if (!s || !s->sim) {
        free(s);
        snprintf(why, size, "no memory for the simulation of %s", cfg->name);
        return AN_ERR_MEMORY;
    }
    s->port.ops = &an_sp_ops;
    s->port.name = "sim";
    s->api = api;
    if (opt->fst && api->waves(s->sim, opt->fst, opt->fst_from, opt->fst_to) != AN_OK) {
        snprintf(why, size, "%s: cannot write a waveform", opt->fst);
        an_sp_close(&s->port);
        return AN_ERR_IO;
    }
    *port = &s->port;
    return AN_OK;
}

const an_sim_api_t *an_port_sim_api(const an_port_t *port) { return ((const an_sim_port_t *)port)->api; }
an_sim_t *an_port_sim_of(const an_port_t *port) { return ((const an_sim_port_t *)port)->sim; }
