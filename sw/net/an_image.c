/* SPDX-License-Identifier: Apache-2.0 */
#include "an_image.h"
#include <stdlib.h>
#include <string.h>

static void free_streams(an_stream_t *s, size_t n)
{
    for (size_t i = 0; i < n; i++) free(s[i].name);
    free(s);
}

void an_image_free(an_image_t *img)
{
    if (!img) return;
    for (uint32_t i = 0; img->core && i < img->cfg.cores; i++) {
        an_core_image_t *m = &img->core[i];
        free(m->prog);
        free(m->line);
        free(m->scalar);
        free(m->table);
        free(m->syn);
        free(m->state);
        free(m->rate);
    }
    free(img->core);
    for (size_t i = 0; i < img->n_vector; i++) free(img->vector[i].name);
    for (size_t i = 0; i < img->n_population; i++) free(img->population[i].name);
    for (size_t i = 0; i < img->n_projection; i++) {
        free(img->projection[i].name);
        free(img->projection[i].part);
    }
    for (size_t i = 0; i < img->n_scalar; i++) free(img->scalar[i].name);
    for (size_t i = 0; i < img->n_site; i++) {
        free(img->site[i].name);
        free(img->site[i].more);
    }
    for (size_t i = 0; i < img->n_entry; i++) {
        free(img->entry[i].name);
        free(img->entry[i].pc);
        free_streams(img->entry[i].in, img->entry[i].n_in);
        free_streams(img->entry[i].out, img->entry[i].n_out);
    }
    free(img->vector);
    free(img->population);
    free(img->projection);
    free(img->scalar);
    free(img->site);
    free(img->entry);
    free(img->notes);
    free(img);
}

#define BY_NAME(arr, n) \
    for (size_t i = 0; i < (n); i++) \
        if (strcmp((arr)[i].name, name) == 0) return &(arr)[i]; \
    return NULL

const an_sym_part_t *an_image_part(const an_sym_projection_t *p, uint32_t row, uint32_t col)
{
    size_t i = 0;
    while (i + 1 < p->n_part && col >= p->part[i + 1].first && row >= p->part[i + 1].row) i++;
    return &p->part[i];
}

const an_sym_vector_t *an_image_vector(const an_image_t *img, const char *name) { BY_NAME(img->vector, img->n_vector); }
const an_sym_projection_t *an_image_projection(const an_image_t *img, const char *name) { BY_NAME(img->projection, img->n_projection); }
const an_sym_scalar_t *an_image_scalar(const an_image_t *img, const char *name) { BY_NAME(img->scalar, img->n_scalar); }
const an_entry_t *an_image_entry(const an_image_t *img, const char *name) { BY_NAME(img->entry, img->n_entry); }
