/* SPDX-License-Identifier: Apache-2.0 */
#include "an_pairing.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct an_waiting {
    an_record_t rec;
    an_sim_mark_t mark;
} an_waiting_t;

typedef struct an_line {             /* one core */
    an_waiting_t *ring;              /* records of the side that is ahead */
    size_t size, first, n;           /* size: a power of two */
    an_side_t ahead;
    an_record_t last[AN_PAIRING_BEFORE]; /* equal pairs, last[count mod 10] is the oldest */
    an_sim_mark_t mark;              /* of the chip's newest record */
    uint64_t count;
} an_line_t;

struct an_pairing {
    uint32_t cores;
    uint64_t compared;
    bool differs, memory_out;
    an_difference_t difference;
    an_line_t line[];
};

an_pairing_t *an_pairing_create(uint32_t cores) {
    an_pairing_t *p = calloc(1, sizeof *p + cores * sizeof p->line[0]);
    if (p) p->cores = cores;
    return p;
}

void an_pairing_destroy(an_pairing_t *p) {
    if (!p) return;
    for (uint32_t c = 0; c < p->cores; c++) free(p->line[c].ring);
    free(p);
}

void an_pairing_clear(an_pairing_t *p) {
    p->differs = p->memory_out = false;
    for (uint32_t c = 0; c < p->cores; c++) {
        p->line[c].n = 0;
        p->line[c].count = 0;
    }
}

static bool an_equal(const an_record_t *a, const an_record_t *b) {
    return a->clock == b->clock && a->addr == b->addr && a->value == b->value && a->kind == b->kind && a->lane == b->lane;
}

/* model or chip NULL: it has no such record */
static void an_differ(an_pairing_t *p, const an_line_t *l, const an_record_t *model, const an_record_t *chip) {
    an_difference_t *d = &p->difference;
    p->differs = true;
    d->number = l->count;
    d->mark = l->mark;
    const an_record_t none = {.core = model ? model->core : chip->core, .kind = AN_PAIRING_NONE};
    d->model = model ? *model : none;
    d->chip = chip ? *chip : none;
    d->n_before = l->count < AN_PAIRING_BEFORE ? (size_t)l->count : AN_PAIRING_BEFORE;
    for (size_t i = 0; i < d->n_before; i++) d->before[i] = l->last[(l->count - d->n_before + i) % AN_PAIRING_BEFORE];
}

static bool an_grow(an_line_t *l) {
    const size_t size = l->size ? 2 * l->size : 1024;
    an_waiting_t *ring = malloc(size * sizeof *ring);
    if (!ring) return false;
    for (size_t i = 0; i < l->n; i++) ring[i] = l->ring[(l->first + i) & (l->size - 1)];
    free(l->ring);
    l->ring = ring;
    l->size = size;
    l->first = 0;
    return true;
}

void an_pairing_push(an_pairing_t *p, an_side_t side, const an_record_t *rec, const an_sim_mark_t *mark, size_t n) {
    for (size_t i = 0; i < n && !p->differs && !p->memory_out; i++) {
        an_line_t *l = &p->line[rec[i].core < p->cores ? rec[i].core : 0];
        const an_sim_mark_t m = mark ? mark[i] : (an_sim_mark_t){0, ~0u};
        if (l->n && l->ahead != side) {
            const an_waiting_t *w = &l->ring[l->first];
            l->mark = side == AN_SIDE_CHIP ? m : w->mark;
            if (!an_equal(&rec[i], &w->rec)) {
                an_differ(p, l, side == AN_SIDE_MODEL ? &rec[i] : &w->rec, side == AN_SIDE_CHIP ? &rec[i] : &w->rec);
                return;
            }
            l->last[l->count++ % AN_PAIRING_BEFORE] = rec[i];
            l->first = (l->first + 1) & (l->size - 1);
            l->n--;
            p->compared++;
            continue;
        }
        if (l->n == l->size && !an_grow(l)) {
            p->memory_out = true;
            return;
        }
        l->ahead = side;
        l->ring[(l->first + l->n++) & (l->size - 1)] = (an_waiting_t){rec[i], m};
    }
}

bool an_pairing_level(an_pairing_t *p) {
    for (uint32_t c = 0; c < p->cores && !p->differs; c++) {
        an_line_t *l = &p->line[c];
        if (!l->n) continue;
        const an_waiting_t *w = &l->ring[l->first];
        const bool chip = l->ahead == AN_SIDE_CHIP;
        if (chip) l->mark = w->mark;
        an_differ(p, l, chip ? NULL : &w->rec, chip ? &w->rec : NULL);
    }
    return !p->differs && !p->memory_out;
}

size_t an_pairing_ahead(const an_pairing_t *p, an_side_t side) {
    size_t n = 0;
    for (uint32_t c = 0; c < p->cores; c++) n += p->line[c].ahead == side ? p->line[c].n : 0;
    return n;
}

uint64_t an_pairing_compared(const an_pairing_t *p) { return p->compared; }
const an_difference_t *an_pairing_difference(const an_pairing_t *p) { return p->differs ? &p->difference : NULL; }
bool an_pairing_memory_out(const an_pairing_t *p) { return p->memory_out; }

const char *an_record_text(const an_record_t *rec, char *text, size_t size) {
    const char *name = an_record_name(rec->kind);
    if (!name) {
        snprintf(text, size, "no record");
        return text;
    }
    int n = snprintf(text, size, "core %u  clock %" PRIu64 "  %s", rec->core, rec->clock, name);
    if (n < 0 || (size_t)n >= size) return text;
    char *end = text + n;
    const size_t left = size - (size_t)n;
    switch (rec->kind) {
    case AN_REC_R: case AN_REC_S: case AN_REC_W:
        snprintf(end, left, " lane %u block %u = %" PRId32, rec->lane, rec->addr, rec->value);
        break;
    case AN_REC_K: case AN_REC_N:
        snprintf(end, left, " %s %u = %" PRId32, rec->kind == AN_REC_K ? "scalar" : "port", rec->addr, rec->value);
        break;
    case AN_REC_H: snprintf(end, left, " pc %u", rec->addr); break;
    default: snprintf(end, left, " = %" PRId32, rec->value); break;
    }
    return text;
}
