/* SPDX-License-Identifier: Apache-2.0
 * an_digest -- what a chip holds, as 64 bits (FNV-1a over little-endian bytes). */
#include "an_memory.h"
#include <stdlib.h>

#define FNV_BASIS 0xCBF29CE484222325u
#define FNV_PRIME 0x00000100000001B3u

static uint64_t fnv(uint64_t h, uint32_t word, int bytes) {
    for (int i = 0; i < bytes; i++) h = (h ^ ((word >> (8 * i)) & 0xFFu)) * FNV_PRIME;
    return h;
}

static an_err_t digest_run(an_driver_t *d, uint32_t core, uint32_t space, uint32_t index, uint32_t n, int bytes, uint64_t *h) {
    uint32_t word[AN_MEMORY_CHUNK];
    for (uint32_t at = 0; at < n; at += AN_MEMORY_CHUNK) {
        const uint32_t k = n - at < AN_MEMORY_CHUNK ? n - at : AN_MEMORY_CHUNK;
        const an_err_t e = an_driver_read(d, core, space, index + at, word, k);
        if (e != AN_OK) return e;
        for (uint32_t i = 0; i < k; i++) *h = fnv(*h, word[i], bytes);
    }
    return AN_OK;
}

an_err_t an_driver_digest(an_driver_t *d, uint64_t *digest) {
    an_err_t e = AN_OK;
    *digest = FNV_BASIS;
    for (uint32_t c = 0; c < d->cfg.cores && e == AN_OK; c++) {
        for (int k = 0; k < AN_MEMORIES && e == AN_OK; k++) {
            const an_memory_t m = an_memory(&d->cfg, k);
            e = digest_run(d, c, m.space, 0, m.words, m.bytes, digest);
        }
        if (e == AN_OK) e = digest_run(d, c, AN_BUS_REGS, AN_REG_CORE_TICK, 1, 4, digest);
    }
    return e;
}

static an_err_t digest_projection(an_driver_t *d, const an_sym_projection_t *p, uint64_t *h) {
    const size_t n = (size_t)p->pre * p->post;
    int16_t *w = malloc((n + 1) * 2 * sizeof *w);
    if (w == NULL) return an_port_fail(d->port, AN_ERR_MEMORY, "no memory for %zu synapses of %s", n, p->name);
    int16_t *v = p->pair ? w + n : NULL;
    const an_err_t e = an_driver_get_projection(d, p, w, v);
    for (size_t i = 0; e == AN_OK && i < n; i++) {
        *h = fnv(*h, (uint16_t)w[i], 2);
        if (v != NULL) *h = fnv(*h, (uint16_t)v[i], 2);
    }
    free(w);
    return e;
}

an_err_t an_driver_digest_network(an_driver_t *d, const an_image_t *img, uint64_t *digest) {
    an_err_t e = AN_OK;
    *digest = FNV_BASIS;
    for (size_t i = 0; i < img->n_projection && e == AN_OK; i++) e = digest_projection(d, &img->projection[i], digest);
    for (size_t i = 0; i < img->n_vector && e == AN_OK; i++) {
        const an_sym_vector_t *v = &img->vector[i];
        if (!v->network) continue;
        if (v->in_state) e = digest_run(d, v->core, AN_BUS_STATE, v->addr * d->cfg.lanes, v->n, 4, digest);
        if (v->in_rate && e == AN_OK) e = digest_run(d, v->core, AN_BUS_RATE, v->addr * d->cfg.lanes, v->n, 2, digest);
    }
    return e;
}
