/* SPDX-License-Identifier: Apache-2.0
 * an_readback -- vectors, projections, scalars and range records by their symbols. */
#include "an_driver.h"
#include <inttypes.h>

#define BATCH 4096u /* words: a row of 2048 pair synapses */

an_err_t an_driver_get_state(an_driver_t *d, const an_sym_vector_t *v, int32_t *s32f24) {
    if (!v->in_state) return an_port_fail(d->port, AN_ERR_ARG, "%s has no state", v->name);
    return an_driver_read(d, v->core, AN_BUS_STATE, v->addr * d->cfg.lanes, (uint32_t *)s32f24, v->n);
}

an_err_t an_driver_get_rate(an_driver_t *d, const an_sym_vector_t *v, int16_t *s16f12) {
    uint32_t word[256];
    if (!v->in_rate) return an_port_fail(d->port, AN_ERR_ARG, "%s has no rate", v->name);
    for (uint32_t at = 0; at < v->n; at += 256) {
        const uint32_t n = v->n - at < 256 ? v->n - at : 256;
        const an_err_t e = an_driver_read(d, v->core, AN_BUS_RATE, v->addr * d->cfg.lanes + at, word, n);
        if (e != AN_OK) return e;
        for (uint32_t i = 0; i < n; i++) s16f12[at + i] = (int16_t)word[i];
    }
    return AN_OK;
}

/* A part of a projection in the synapse memory (machine.md section 5): row j, its column i at wbase + j*stride + (pair ? 2 : 1)*(i/P), lane i mod P. */
typedef struct walk {
    const an_sym_projection_t *p;
    const an_sym_part_t *part;
    uint32_t lanes, rows, row_words, step_words, first; /* flat words: of a row, from row to row, of row 0 */
    uint32_t batch;                                     /* rows moved at once */
} walk_t;

static an_err_t walk_of(an_driver_t *d, const an_sym_projection_t *p, const an_sym_part_t *part, walk_t *k) {
    const uint32_t lanes = d->cfg.lanes;
    *k = (walk_t){ .p = p, .part = part, .lanes = lanes, .rows = part->rows, .step_words = part->stride * lanes, .first = part->wbase * lanes };
    k->row_words = (part->cols + lanes - 1) / lanes * lanes * (p->pair ? 2u : 1u);
    k->batch = k->step_words > 0 && k->step_words <= BATCH ? BATCH / k->step_words : 1;
    if (k->row_words > BATCH || k->row_words > k->step_words || k->rows == 0)
        return an_port_fail(d->port, AN_ERR_ARG, "projection %s: rows of %" PRIu32 " words every %" PRIu32, p->name, k->row_words, k->step_words);
    return AN_OK;
}

/* Words of n rows; the gap behind the last one is left out. */
static uint32_t batch_words(const walk_t *k, uint32_t n) { return (n - 1) * k->step_words + k->row_words; }

static uint32_t offset_in_row(const walk_t *k, uint32_t col) { return (k->p->pair ? 2u : 1u) * (col / k->lanes) * k->lanes + col % k->lanes; }

/* place of row j, column i of the part, in logical order: presynaptic neuron first, then postsynaptic */
static size_t logical_word(const walk_t *k, uint32_t j, uint32_t i) {
    const size_t col = k->part->first + i, row = k->part->row + j;
    return k->p->pre_on_rows ? row * k->p->post + col : col * k->p->post + row;
}

static an_err_t get_part(an_driver_t *d, const walk_t *k, int16_t *w, int16_t *v) {
    uint32_t word[BATCH];
    an_err_t e = AN_OK;
    for (uint32_t row = 0; e == AN_OK && row < k->rows; row += k->batch) {
        const uint32_t n = k->rows - row < k->batch ? k->rows - row : k->batch;
        e = an_driver_read(d, k->part->core, AN_BUS_SYNAPSE, k->first + row * k->step_words, word, batch_words(k, n));
        for (uint32_t j = row; e == AN_OK && j < row + n; j++)
            for (uint32_t i = 0; i < k->part->cols; i++) {
                const uint32_t at = (j - row) * k->step_words + offset_in_row(k, i);
                const size_t to = logical_word(k, j, i);
                if (w != NULL) w[to] = (int16_t)word[at];
                if (v != NULL) v[to] = (int16_t)word[at + k->lanes];
            }
    }
    return e;
}

static an_err_t set_part(an_driver_t *d, const walk_t *k, const int16_t *w, const int16_t *v) {
    uint32_t word[BATCH];
    an_err_t e = AN_OK;
    for (uint32_t row = 0; e == AN_OK && row < k->rows; row += k->batch) {
        const uint32_t n = k->rows - row < k->batch ? k->rows - row : k->batch;
        e = an_driver_read(d, k->part->core, AN_BUS_SYNAPSE, k->first + row * k->step_words, word, batch_words(k, n));
        for (uint32_t j = row; e == AN_OK && j < row + n; j++)
            for (uint32_t i = 0; i < k->part->cols; i++) {
                const uint32_t at = (j - row) * k->step_words + offset_in_row(k, i);
                const size_t from = logical_word(k, j, i);
                if (w != NULL) word[at] = (uint32_t)w[from];
                if (v != NULL) word[at + k->lanes] = (uint32_t)v[from];
            }
        if (e == AN_OK) e = an_driver_write(d, k->part->core, AN_BUS_SYNAPSE, k->first + row * k->step_words, word, batch_words(k, n));
    }
    return e;
}

an_err_t an_driver_get_projection(an_driver_t *d, const an_sym_projection_t *p, int16_t *w, int16_t *v) {
    an_err_t e = v != NULL && !p->pair ? an_port_fail(d->port, AN_ERR_ARG, "projection %s has no second word", p->name) : AN_OK;
    for (size_t i = 0; e == AN_OK && i < p->n_part; i++) {
        walk_t k;
        e = walk_of(d, p, &p->part[i], &k);
        if (e == AN_OK) e = get_part(d, &k, w, v);
    }
    return e;
}

an_err_t an_driver_set_projection(an_driver_t *d, const an_sym_projection_t *p, const int16_t *w, const int16_t *v) {
    an_err_t e = v != NULL && !p->pair ? an_port_fail(d->port, AN_ERR_ARG, "projection %s has no second word", p->name) : AN_OK;
    for (size_t i = 0; e == AN_OK && i < p->n_part; i++) {
        walk_t k;
        e = walk_of(d, p, &p->part[i], &k);
        if (e == AN_OK) e = set_part(d, &k, w, v);
    }
    return e;
}

an_err_t an_driver_get_scalar(an_driver_t *d, uint32_t core, uint32_t index, int32_t *s32f24) {
    return an_driver_read(d, core, AN_BUS_SCALAR, index, (uint32_t *)s32f24, 1);
}

an_err_t an_driver_set_scalar(an_driver_t *d, uint32_t core, uint32_t index, int32_t s32f24) {
    const uint32_t word = (uint32_t)s32f24;
    return an_driver_write(d, core, AN_BUS_SCALAR, index, &word, 1);
}

an_err_t an_driver_get_range(an_driver_t *d, uint32_t core, uint32_t pc, an_range_t *r) {
    uint32_t word[2] = { 0, 0 };
    const an_err_t e = an_driver_read(d, core, AN_BUS_RANGE, 2 * pc, word, 2);
    *r = (an_range_t){ .first_tick = word[0], .count = word[1] & ((1u << AN_RANGE_COUNT_BITS) - 1u), .operand_clip = (word[1] >> 31) != 0 };
    return e;
}

an_err_t an_driver_get_site(an_driver_t *d, const an_site_t *s, an_range_t *r) {
    an_err_t e = an_driver_get_range(d, s->core, s->pc, r);
    for (size_t i = 0; e == AN_OK && i < s->n_more; i++) {
        an_range_t one;
        e = an_driver_get_range(d, s->more[i].core, s->more[i].pc, &one);
        if (e != AN_OK) break;
        if (one.count > 0 && (r->count == 0 || one.first_tick < r->first_tick)) r->first_tick = one.first_tick;
        if (one.count > r->count) r->count = one.count;
        r->operand_clip |= one.operand_clip;
    }
    return e;
}
