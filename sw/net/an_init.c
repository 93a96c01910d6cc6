/* SPDX-License-Identifier: Apache-2.0
 * What the memories hold before the first tick. Weights are functions of (seed, projection name, post * pre_size + pre): never of lanes or placement. */
#include "an_comp.h"
#include <math.h>
#include <string.h>

int16_t an_init_weight(double w, int frac)
{
    const double v = floor(ldexp(w, frac) + 0.5);
    return (int16_t)(v > INT16_MAX ? INT16_MAX : v < INT16_MIN ? INT16_MIN : v);
}

/* NumPy's .npy, version 1: float or double, little-endian, C order, shape (post, pre). */
static double *npy(an_comp_t *o, const an_node_t *n, uint32_t rows, uint32_t cols)
{
    size_t size;
    const char *path = n->text[0] == '/' ? n->text : an_fmt(o->c, "%s/%s", o->dir, n->text);
    const unsigned char *s = (const unsigned char *)an_slurp(o->c, path, n->at, &size);
    const size_t head = size >= 10 ? 10u + s[8] + 256u * s[9] : 0;
    if (size < 10 || memcmp(s, "\x93NUMPY\x01", 7) != 0 || head > size) an_fail(o->c, AN_ERR_INPUT, n->at, "file: %s is not a version 1 .npy file", path);
    const char *h = an_strn(o->c, (const char *)s + 10, head - 10);
    const size_t bytes = strstr(h, "'<f8'") ? 8 : strstr(h, "'<f4'") ? 4 : 0;
    const size_t count = (size_t)rows * cols;
    const char *shape = an_fmt(o->c, "(%u, %u)", rows, cols);
    const char *flat = an_fmt(o->c, "(%u,)", rows); /* biases: one presynaptic neuron */
    if (!bytes || !strstr(h, "'fortran_order': False") || !(strstr(h, shape) || (cols == 1 && strstr(h, flat))) || size - head != count * bytes)
        an_fail(o->c, AN_ERR_INPUT, n->at, "file: %s; legal: <f4 or <f8, C order, shape %s (postsynaptic, presynaptic)", path, shape);
    double *v = an_new(o->c, count, sizeof *v);
    for (size_t i = 0; i < count; i++) {
        float f;
        if (bytes == 8) memcpy(&v[i], s + head + 8 * i, 8);
        else {
            memcpy(&f, s + head + 4 * i, 4);
            v[i] = (double)f;
        }
        if (!isfinite(v[i])) an_fail(o->c, AN_ERR_INPUT, n->at, "file: %s: element %zu is not finite", path, i);
    }
    return v;
}

/* values: a list of post lists of pre numbers, or a flat list in that order */
static double *listed(an_comp_t *o, const an_node_t *n, uint32_t rows, uint32_t cols)
{
    double *v = an_new(o->c, (size_t)rows * cols, sizeof *v);
    size_t k = 0;
    for (size_t i = 0; i < n->n_kid; i++) {
        const an_node_t *r = n->kid[i];
        const bool nested = r->kind == AN_NODE_SEQ;
        if (nested ? (n->n_kid != rows || r->n_kid != cols) : (n->kind != AN_NODE_SEQ || n->n_kid != (size_t)rows * cols))
            an_fail(o->c, AN_ERR_INPUT, r->at, "values: legal: %u lists (postsynaptic) of %u numbers (presynaptic), or %zu numbers", rows, cols, (size_t)rows * cols);
        for (size_t j = 0; nested && j < r->n_kid; j++) v[k++] = an_node_number(o->c, r->kid[j]);
        if (!nested) v[k++] = an_node_number(o->c, r);
    }
    if (k != (size_t)rows * cols) an_fail(o->c, AN_ERR_INPUT, n->at, "values: %zu numbers; legal: %zu", k, (size_t)rows * cols);
    return v;
}

/* init: glorot | {glorot: of its range, a list for the links of a chain} | fanin | zero | {uniform: [a, b]} | {values: [..]} | {file: NAME.npy}; glorot where it is missing. Row-major (post, pre). */
static double *weights(an_comp_t *o, const an_proj_t *p)
{
    static const char *const legal = "glorot, fanin, zero, {glorot: factor}, {uniform: [a, b]}, {values: [..]}, {file: NAME.npy}";
    an_node_t *n = an_node_get(o->c, p->node, "init");
    const uint32_t rows = p->post->n, cols = p->pre->n;
    double a = sqrt(6.0 / (rows + cols)), b;
    if (n && n->kind == AN_NODE_SCALAR) {
        if (strcmp(n->text, "fanin") == 0) a = 1 / sqrt(cols);
        else if (strcmp(n->text, "zero") == 0) a = 0;
        else if (strcmp(n->text, "glorot") != 0) an_fail(o->c, AN_ERR_INPUT, n->at, "init: %s; legal: %s", n->text, legal);
    }
    b = a;
    a = -a;
    if (n && n->kind != AN_NODE_SCALAR) {
        an_node_t *u = an_node_get(o->c, n, "uniform"), *v = an_node_get(o->c, n, "values"), *f = an_node_get(o->c, n, "file"), *g = an_node_get(o->c, n, "glorot");
        if (n->kind != AN_NODE_MAP || n->n_kid != 1) an_fail(o->c, AN_ERR_INPUT, n->at, "init: legal: %s", legal);
        an_node_only(o->c, n);
        if (v) return listed(o, v, rows, cols);
        if (f) return npy(o, f, rows, cols);
        if (u && (u->kind != AN_NODE_SEQ || u->n_kid != 2)) an_fail(o->c, AN_ERR_INPUT, u->at, "uniform: legal: [a, b]");
        a = g ? a * an_node_number(o->c, an_link_value(g, p->link)) : an_node_number(o->c, u->kid[0]);
        b = g ? -a : an_node_number(o->c, u->kid[1]);
    }
    double *w = an_new(o->c, (size_t)rows * cols, sizeof *w);
    const uint64_t key = an_draw_key(o->net->seed, "weight", p->name);
    for (size_t i = 0; i < (size_t)rows * cols; i++) w[i] = a + (b - a) * an_draw(key, i);
    return w;
}

static void synapses(an_comp_t *o, an_core_image_t *core)
{
    const uint32_t lanes = o->cfg.lanes;
    const double *w = NULL; /* of all parts of a projection */
    for (size_t i = 0; i < o->n_wloc; i++) {
        const an_wloc_t *l = &o->wloc[i];
        const an_proj_t *p = l->proj;
        if (!l->part) w = weights(o, p);
        for (uint32_t r = 0; r < l->rows; r++)
            for (uint32_t c = 0; c < l->cols; c++) {
                const size_t col = l->first + c, row = l->row + r, at = p->pre_on_rows ? col * p->pre->n + row : row * p->pre->n + col;
                const size_t block = l->wbase + (size_t)r * l->stride + (p->pair ? 2u : 1u) * (c / lanes);
                core[l->core].syn[block * lanes + c % lanes] = an_init_weight(w[at], p->w_frac);
            }
    }
}

/* Replicas start as what they are replicas of. */
static void everywhere(const an_comp_t *o, an_core_image_t *core, const an_loc_t *l, uint32_t neuron, int32_t s, int16_t r)
{
    for (uint32_t c = 0; c < o->cfg.cores; c++) {
        const size_t at = (size_t)o->place[c].addr[l - o->loc] * o->cfg.lanes + neuron;
        if (o->users[an_obj(o, l, false)] >> c & 1) core[c].state[at] = s;
        if (o->users[an_obj(o, l, true)] >> c & 1) core[c].rate[at] = r;
    }
}

static void vectors(an_comp_t *o, an_core_image_t *core)
{
    for (size_t i = 0; i < o->n_loc; i++) {
        const an_loc_t *l = &o->loc[i];
        if (!l->decl->value) continue;
        an_env_t env = { .net = o->net, .pop = l->pop, .draw = l->decl->name };
        for (env.neuron = 0; env.neuron < l->pop->n; env.neuron++) {
            env.draws = 0;
            const double v = an_value(o->c, l->decl->value, &env);
            const double s = floor(ldexp(v, AN_F_STATE + l->scale) + 0.5), r = floor(ldexp(v, AN_F_RATE + l->scale) + 0.5);
            if ((l->decl->state && (s > INT32_MAX || s < INT32_MIN)) || (l->decl->rate && (r > INT16_MAX || r < INT16_MIN)))
                an_fail(o->c, AN_ERR_INPUT, l->decl->at, "%s.%s starts at %g; legal: %g to %g", l->pop->name, l->decl->name, v,
                        ldexp(l->decl->rate ? -8 : -128, -l->scale), ldexp(l->decl->rate ? 8 : 128, -l->scale));
            everywhere(o, core, l, env.neuron, l->decl->state ? (int32_t)s : 0, l->decl->rate ? (int16_t)r : 0);
        }
    }
}

static void tables(an_comp_t *o, int16_t *table)
{
    for (size_t i = 0; i < o->n_table; i++) {
        const an_tloc_t *t = &o->table[i];
        const double half = ldexp(1, t->k - t->in_scale);
        an_env_t env = { .net = o->net, .has_x = true };
        for (int k = 0; k < AN_TABLE_POINTS; k++) {
            env.x = -half + 2 * half * k / AN_TABLE_POINTS;
            table[i * AN_TABLE_POINTS + (size_t)k] = an_init_weight(an_value(o->c, t->decl->value, &env), AN_F_RATE + t->out_scale);
        }
    }
}

void an_init_memory(an_comp_t *o, an_core_image_t *core)
{
    synapses(o, core);
    vectors(o, core);
    for (uint32_t c = 0; c < o->used; c++) {
        tables(o, core[c].table);
        for (size_t i = 0; i < o->n_k; i++) core[c].scalar[i] = o->k[i].word;
    }
}
