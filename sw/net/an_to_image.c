/* SPDX-License-Identifier: Apache-2.0
 * From a compilation to the image that leaves it. */
#include "an_comp.h"
#include <stdlib.h>
#include <string.h>

/* An image's memory is the caller's: plain heap, found again by an_image_free. */
static void *heap(an_ctx_t *c, size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size);
    if (!p) an_fail(c, AN_ERR_MEMORY, (an_at_t){ 0 }, "out of memory");
    return p;
}

static char *heap_str(an_ctx_t *c, const char *s)
{
    char *p = heap(c, strlen(s) + 1, 1);
    strcpy(p, s);
    return p;
}

static an_stream_t *streams(an_ctx_t *c, const an_stream_t *s, size_t n, size_t *done)
{
    an_stream_t *r = heap(c, n, sizeof *r);
    for (size_t i = 0; i < n; i++) {
        r[i] = s[i];
        r[i].name = heap_str(c, s[i].name);
    }
    *done = n;
    return r;
}

static void projection(an_comp_t *o, an_sym_projection_t *s, const an_wloc_t *w)
{
    const an_proj_t *p = w->proj;
    *s = (an_sym_projection_t){ .pre = p->pre->n, .post = p->post->n, .pre_on_rows = p->pre_on_rows, .pair = p->pair, .w_frac = (uint32_t)p->w_frac,
        .v_frac = (uint32_t)p->v_frac, .key = w->key };
    s->name = heap_str(o->c, p->name);
    s->part = heap(o->c, w->parts, sizeof *s->part);
    s->n_part = w->parts;
    for (size_t k = 0; k < s->n_part; k++) s->part[k] = (an_sym_part_t){ w[k].core, w[k].wbase, w[k].stride, w[k].first, w[k].cols, w[k].row, w[k].rows };
}

static void symbols(an_comp_t *o, an_image_t *img)
{
    an_ctx_t *c = o->c;
    img->vector = heap(c, o->n_loc, sizeof *img->vector);
    for (size_t i = 0; i < o->n_loc; i++) {
        const an_loc_t *l = &o->loc[i];
        if (l->part) break; /* they stand behind those of the rule */
        img->vector[i] = (an_sym_vector_t){ .n = l->pop->n, .in_state = l->decl->state, .in_rate = l->decl->rate, .scale = l->scale, .network = l->decl->network };
        img->vector[i].core = an_seat(o, l);
        img->vector[i].addr = o->place[img->vector[i].core].addr[i];
        img->vector[i].name = heap_str(c, an_fmt(c, "%s.%s", l->pop->name, l->decl->name));
        img->n_vector = i + 1;
    }
    img->population = heap(c, o->net->n_pop, sizeof *img->population);
    for (size_t i = 0; i < o->net->n_pop; i++) {
        img->population[i] = (an_sym_population_t){ .core = o->owner[i], .n = o->net->pop[i].n, .name = heap_str(c, o->net->pop[i].name) };
        img->n_population = i + 1;
    }
    img->projection = heap(c, o->net->n_proj, sizeof *img->projection);
    for (size_t i = 0; i < o->net->n_proj; i++) projection(o, &img->projection[img->n_projection++], an_wloc(o, &o->net->proj[i]));
    img->scalar = heap(c, o->n_k, sizeof *img->scalar);
    for (size_t i = 0; i < o->n_k; i++) {
        img->scalar[i] = (an_sym_scalar_t){ .index = (uint32_t)i, .value = o->k[i].value, .shift = o->k[i].shift };
        img->scalar[i].name = heap_str(c, o->k[i].name);
        img->n_scalar = i + 1;
    }
    img->site = heap(c, o->n_site, sizeof *img->site);
    for (size_t i = 0; i < o->n_site; i++) {
        img->site[i] = o->site[i];
        img->site[i].name = NULL;
        img->site[i].more = NULL;
        img->n_site = i + 1;
        img->site[i].name = heap_str(c, o->site[i].name);
        img->site[i].more = heap(c, o->site[i].n_more, sizeof *img->site[i].more);
        if (o->site[i].n_more) memcpy(img->site[i].more, o->site[i].more, o->site[i].n_more * sizeof *img->site[i].more);
    }
    img->entry = heap(c, o->n_entry, sizeof *img->entry);
    for (size_t i = 0; i < o->n_entry; i++) {
        an_entry_t *e = &img->entry[i];
        img->n_entry = i + 1;
        e->turns_scalar = AN_K_TURNS;
        e->name = heap_str(c, o->entry[i].name);
        e->pc = heap(c, o->cfg.cores, sizeof *e->pc);
        memcpy(e->pc, o->entry[i].pc, o->cfg.cores * sizeof *e->pc);
        e->in = streams(c, o->entry[i].in, o->entry[i].n_in, &e->n_in);
        e->out = streams(c, o->entry[i].out, o->entry[i].n_out, &e->n_out);
    }
}

static void memories(an_comp_t *o, an_image_t *img)
{
    an_ctx_t *c = o->c;
    img->core = heap(c, o->cfg.cores, sizeof *img->core);
    for (uint32_t i = 0; i < o->cfg.cores; i++) {
        an_core_image_t *m = &img->core[i];
        const an_place_t *p = &o->place[i];
        m->n_prog = p->n_word;
        m->prog = heap(c, m->n_prog, sizeof *m->prog);
        m->line = heap(c, m->n_prog, sizeof *m->line);
        m->n_scalar = o->cfg.scalars;
        m->scalar = heap(c, m->n_scalar, sizeof *m->scalar);
        m->table = heap(c, (size_t)AN_TABLES * AN_TABLE_POINTS, sizeof *m->table);
        m->syn = heap(c, o->cfg.syn_words, sizeof *m->syn);
        m->state = heap(c, o->cfg.state_words, sizeof *m->state);
        m->rate = heap(c, o->cfg.rate_words, sizeof *m->rate);
        memcpy(m->prog, p->word, m->n_prog * sizeof *m->prog);
        memcpy(m->line, p->line, m->n_prog * sizeof *m->line);
        m->syn_used = (size_t)p->w_blocks * o->cfg.lanes;
        m->state_used = (size_t)p->s_blocks * o->cfg.lanes;
        m->rate_used = (size_t)p->r_blocks * o->cfg.lanes;
        m->scalar_used = i < o->used ? o->n_k : 0;
        m->clocks = p->clocks;
    }
    img->in_core = o->in_core;
    img->out_core = o->out_core;
    img->period = o->period;
    an_init_memory(o, img->core);
}

void an_to_image(an_comp_t *o, an_image_t *img)
{
    img->notes = heap_str(o->c, o->notes);
    memories(o, img);
    symbols(o, img);
}
