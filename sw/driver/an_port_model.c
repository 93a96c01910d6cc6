/* SPDX-License-Identifier: Apache-2.0
 * an_port_model -- the port to a model in this process. */
#include "an_port_open.h"
#include <inttypes.h>
#include <stdlib.h>

typedef struct port_model {
    an_port_t base;
    an_model_t *model;
} port_model_t;

static an_model_t *model_of(an_port_t *p) { return ((port_model_t *)p)->model; }

static an_err_t model_write(an_port_t *p, uint32_t addr, const uint32_t *word, size_t n, size_t *done) {
    for (*done = 0; *done < n; ++*done) {
        const an_err_t e = an_model_write(model_of(p), addr + (uint32_t)*done, word[*done]);
        if (e != AN_OK) return an_port_fail(p, e, "write to address 0x%07" PRIx32 " refused", addr + (uint32_t)*done);
    }
    return AN_OK;
}

static an_err_t model_read(an_port_t *p, uint32_t addr, uint32_t *word, size_t n, size_t *done) {
    for (*done = 0; *done < n; ++*done) {
        const an_err_t e = an_model_read(model_of(p), addr + (uint32_t)*done, word + *done);
        if (e != AN_OK) return an_port_fail(p, e, "read of address 0x%07" PRIx32 " refused", addr + (uint32_t)*done);
    }
    return AN_OK;
}

static an_err_t model_push(an_port_t *p, const int16_t *word, size_t n, size_t *taken) {
    *taken = an_model_push(model_of(p), word, n);
    return AN_OK;
}

static an_err_t model_pop(an_port_t *p, int32_t *word, size_t n, size_t *came) {
    *came = an_model_pop(model_of(p), word, n);
    return AN_OK;
}

static an_err_t model_run(an_port_t *p, uint64_t max_clocks) {
    (void)an_model_run(model_of(p), max_clocks); /* why it stopped stands in the STATUS registers */
    return AN_OK;
}

static void model_close(an_port_t *p) {
    an_model_destroy(model_of(p));
    free(p);
}

static const an_port_ops_t model_ops = { model_write, model_read, model_push, model_pop, model_run, model_close };

an_err_t an_port_model_open(an_port_t **port, const an_config_t *cfg) {
    *port = NULL;
    port_model_t *m = calloc(1, sizeof *m);
    if (m == NULL) return AN_ERR_MEMORY;
    m->model = an_model_create(cfg);
    if (m->model == NULL) {
        free(m);
        return AN_ERR_ARG;
    }
    an_model_reset(m->model);
    m->base.ops = &model_ops;
    m->base.name = "model";
    *port = &m->base;
    return AN_OK;
}

an_model_t *an_port_model_of(an_port_t *port) { return port->ops == &model_ops ? model_of(port) : NULL; }
