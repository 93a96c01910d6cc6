/* SPDX-License-Identifier: Apache-2.0 */
#include "an_network.h"
#include <math.h>
#include <string.h>

typedef struct group { const char *name; size_t first, n; } group_t; /* a population entry: one population, or a chain of them */

static double no_names(an_ctx_t *c, const an_expr_t *e, void *env)
{
    (void)env;
    an_fail(c, AN_ERR_INPUT, e->at, "%s: not a number", e->name ? e->name : "uniform");
}

double an_node_number(an_ctx_t *c, const an_node_t *n)
{
    if (n->kind != AN_NODE_SCALAR || !*n->text) an_fail(c, AN_ERR_INPUT, n->at, "%s: legal: a number", n->key ? n->key : "element");
    return an_expr_eval(c, an_expr_text(c, n->text, n->at), no_names, NULL);
}

static long whole(an_ctx_t *c, const an_node_t *n, long lo, long hi)
{
    const double v = an_node_number(c, n);
    if (v < (double)lo || v > (double)hi || v != floor(v))
        an_fail(c, AN_ERR_INPUT, n->at, "%s: %s; legal: a whole number, %ld to %ld", n->key ? n->key : "element", n->text, lo, hi);
    return (long)v;
}

static bool truth(an_ctx_t *c, const an_node_t *n)
{
    if (n->kind == AN_NODE_SCALAR && (strcmp(n->text, "true") == 0 || strcmp(n->text, "1") == 0)) return true;
    if (n->kind == AN_NODE_SCALAR && (strcmp(n->text, "false") == 0 || strcmp(n->text, "0") == 0)) return false;
    an_fail(c, AN_ERR_INPUT, n->at, "%s: legal: true, false", n->key);
}

static void want(an_ctx_t *c, const an_node_t *n, an_node_kind_t kind, const char *what)
{
    if (n->kind != kind) an_fail(c, AN_ERR_INPUT, n->at, "%s: legal: %s", n->key ? n->key : "element", what);
}

static an_node_t *must(an_ctx_t *c, an_node_t *map, const char *key, const char *legal)
{
    an_node_t *n = an_node_get(c, map, key);
    if (!n) an_fail(c, AN_ERR_INPUT, map->at, "%s is missing; legal: %s", key, legal);
    return n;
}

static const char *text(an_ctx_t *c, const an_node_t *n)
{
    if (n->kind != AN_NODE_SCALAR || !*n->text) an_fail(c, AN_ERR_INPUT, n->at, "%s: legal: a name", n->key ? n->key : "element");
    return n->text;
}

/* One value a neuron: a number, a list, {runs: [[count, value], ..]}, {linspace: [a, b]} or {uniform: [a, b]}. */
static double *neurons(an_ctx_t *c, an_network_t *net, const an_pop_t *p, an_node_t *n)
{
    double *v = an_new(c, p->n, sizeof *v);
    if (n->kind == AN_NODE_SCALAR) {
        const double x = an_node_number(c, n);
        for (uint32_t i = 0; i < p->n; i++) v[i] = x;
        return v;
    }
    if (n->kind == AN_NODE_SEQ) {
        if (n->n_kid != p->n) an_fail(c, AN_ERR_INPUT, n->at, "%s: %zu values; legal: one number, or %u of them", n->key, n->n_kid, p->n);
        for (uint32_t i = 0; i < p->n; i++) v[i] = an_node_number(c, n->kid[i]);
        return v;
    }
    an_node_t *runs = an_node_get(c, n, "runs"), *lin = an_node_get(c, n, "linspace"), *uni = an_node_get(c, n, "uniform");
    an_node_only(c, n);
    if (runs) {
        uint32_t at = 0;
        want(c, runs, AN_NODE_SEQ, "[[count, value], ..]");
        for (size_t k = 0; k < runs->n_kid; k++) {
            an_node_t *r = runs->kid[k];
            if (r->kind != AN_NODE_SEQ || r->n_kid != 2) an_fail(c, AN_ERR_INPUT, r->at, "runs: legal: [count, value]");
            const uint32_t count = (uint32_t)whole(c, r->kid[0], 1, p->n - at);
            for (uint32_t i = 0; i < count; i++) v[at++] = an_node_number(c, r->kid[1]);
        }
        if (at != p->n) an_fail(c, AN_ERR_INPUT, runs->at, "runs: %u values in all; legal: %u", at, p->n);
        return v;
    }
    an_node_t *range = lin ? lin : uni;
    if (!range || range->kind != AN_NODE_SEQ || range->n_kid != 2)
        an_fail(c, AN_ERR_INPUT, n->at, "%s: legal: a number, a list of %u, {runs: ..}, {linspace: [a, b]}, {uniform: [a, b]}", n->key, p->n);
    const double a = an_node_number(c, range->kid[0]), b = an_node_number(c, range->kid[1]);
    const uint64_t key = an_draw_key(net->seed, n->key, p->name);
    for (uint32_t i = 0; i < p->n; i++) v[i] = a + (b - a) * (lin ? (p->n > 1 ? (double)i / (p->n - 1) : 0) : an_draw(key, i));
    return v;
}

/* A core by hand. One that this configuration has not got may be there in another. */
static int core_of(an_ctx_t *c, const an_network_t *net, const an_node_t *n)
{
    const long core = whole(c, n, 0, 14);
    if (core >= (long)net->cores)
        an_fail(c, AN_ERR_FIT, n->at, "core: %ld; legal: 0 to %u, the cores of this configuration (--set cores=N changes it)", core, net->cores - 1);
    return (int)core;
}

/* vectors: {NAME: core}: those that another core computes. */
static int *seats(an_ctx_t *c, const an_network_t *net, const an_pop_t *p, an_node_t *n)
{
    const an_rule_t *r = net->rule;
    want(c, n, AN_NODE_MAP, "a mapping of vectors to cores");
    int *seat = an_new(c, r->n_vector, sizeof *seat);
    for (size_t k = 0; k < r->n_vector; k++) seat[k] = -1;
    for (size_t i = 0; i < n->n_kid; i++) {
        const an_node_t *kid = n->kid[i];
        const an_vector_t *v = an_rule_vector(r, kid->key, p->role);
        if (!v) an_fail(c, AN_ERR_INPUT, kid->at, "vectors: %s: role %s has no such vector; legal: %s", kid->key, r->role[p->role], an_rule_vectors(c, r, p->role));
        if (v->scratch) an_fail(c, AN_ERR_INPUT, kid->at, "vectors: %s is scratch: it is computed where what reads it is", kid->key);
        seat[v - r->vector] = core_of(c, net, kid);
        (void)an_node_get(c, n, kid->key);
    }
    return seat;
}

static void population(an_ctx_t *c, an_network_t *net, an_node_t *n, group_t **group, size_t *n_group)
{
    const an_rule_t *r = net->rule;
    want(c, n, AN_NODE_MAP, "a mapping with name, role, size");
    an_node_t *nn = must(c, n, "name", "a name");
    group_t g = { .name = text(c, nn), .first = net->n_pop };
    for (size_t i = 0; i < *n_group; i++)
        if (strcmp((*group)[i].name, g.name) == 0) an_fail(c, AN_ERR_INPUT, nn->at, "name: %s is there already", g.name);
    an_node_t *rn = an_node_get(c, n, "role");
    const int role = an_rule_role(r, rn ? text(c, rn) : g.name);
    if (role < 0) an_fail(c, AN_ERR_INPUT, rn ? rn->at : nn->at, "role: %s: unknown; legal: %s", rn ? rn->text : g.name, an_rule_roles(c, r));
    an_node_t *size = must(c, n, "size", "1 to 2048, or a list of sizes");
    g.n = size->kind == AN_NODE_SEQ ? size->n_kid : 1;
    an_node_t *core = an_node_get(c, n, "core"), *vectors = an_node_get(c, n, "vectors");
    if (size->kind == AN_NODE_MAP || g.n > 64) an_fail(c, AN_ERR_INPUT, size->at, "size: legal: 1 to 2048, or a list of at most 64 sizes");
    for (size_t i = 0; i < g.n; i++) {
        an_pop_t p = { .name = g.n > 1 ? an_fmt(c, "%s%zu", g.name, i + 1) : g.name, .at = nn->at, .role = (size_t)role, .core = -1 };
        if (core) p.core = core_of(c, net, an_link_value(core, i));
        if (vectors) p.seat = seats(c, net, &p, vectors);
        p.n = (uint32_t)whole(c, size->kind == AN_NODE_SEQ ? size->kid[i] : size, 1, AN_MOST_NEURONS);
        p.value = an_new(c, r->n_cnst, sizeof *p.value);
        p.varies = an_new(c, r->n_cnst, sizeof *p.varies);
        for (size_t k = 0; k < r->n_cnst; k++) {
            an_node_t *v = an_node_get(c, n, r->cnst[k].name);
            if (!v) continue;
            p.value[k] = neurons(c, net, &p, v);
            for (uint32_t j = 1; j < p.n; j++) p.varies[k] |= p.value[k][j] != p.value[k][0];
        }
        AN_PUSH(c, net->pop, net->n_pop, p);
    }
    an_node_only(c, n);
    AN_PUSH(c, *group, *n_group, g);
}

static const group_t *find(an_ctx_t *c, const an_node_t *n, const group_t *g, size_t n_group)
{
    const char *s = "", *name = text(c, n);
    for (size_t i = 0; i < n_group; i++) {
        if (strcmp(g[i].name, name) == 0) return &g[i];
        s = an_fmt(c, "%s%s%s", s, i ? ", " : "", g[i].name);
    }
    an_fail(c, AN_ERR_INPUT, n->at, "%s: unknown population; legal: %s", name, s);
}

const an_node_t *an_link_value(const an_node_t *n, size_t link)
{
    if (n->kind != AN_NODE_SEQ || !n->n_kid) return n;
    return n->kid[link < n->n_kid ? link : n->n_kid - 1];
}

/* split: false | {at: [columns], cores: [of the parts]} | {rows: [rows], cores: [..]} */
static void split(an_ctx_t *c, const an_network_t *net, an_node_t *n, an_proj_t *p)
{
    if (n->kind == AN_NODE_SCALAR) {
        p->whole = !truth(c, n);
        return;
    }
    want(c, n, AN_NODE_MAP, "false, true, {at: [columns], cores: [a core a part]} or {rows: [rows], cores: [..]}");
    an_node_t *at = an_node_get(c, n, "rows"), *on;
    p->cut_rows = at != NULL;
    const uint32_t end = p->cut_rows ? an_row_side(p)->n : an_lane_side(p)->n;
    const char *side = p->cut_rows ? "row" : "column", *legal = p->cut_rows ? "a list of rows, multiples of 8" : "a list of columns, multiples of 32";
    if (!at) at = must(c, n, "at", legal);
    on = an_node_get(c, n, "cores");
    an_node_only(c, n);
    want(c, at, AN_NODE_SEQ, legal);
    if (at->n_kid < 1 || at->n_kid >= AN_MOST_PARTS)
        an_fail(c, AN_ERR_INPUT, at->at, "%s: %zu %ss; legal: 1 to %d", p->cut_rows ? "rows" : "at", at->n_kid, side, AN_MOST_PARTS - 1);
    for (size_t i = 0; i < at->n_kid; i++) {
        const uint32_t v = (uint32_t)whole(c, at->kid[i], 1, AN_MOST_NEURONS), step = p->cut_rows ? AN_ROW_STEP : AN_BLOCK_COLUMNS;
        if (v % step || v >= end || (i && v <= p->cut[i - 1]))
            an_fail(c, AN_ERR_INPUT, at->kid[i]->at, "%s: a part at %s %u; legal: multiples of %u below %u, rising", p->name, side, v, step, end);
        AN_PUSH(c, p->cut, p->n_cut, v);
    }
    for (size_t i = 0; p->cut_rows && i < p->n_cut; i++) {
        const uint32_t to = i + 1 < p->n_cut ? p->cut[i + 1] : end;
        if (!an_row_cut_fits(p->cut[i], to))
            an_fail(c, AN_ERR_INPUT, at->kid[i]->at, "%s: %u rows from row %u on; legal: %u at most, the largest power of two that divides %u", p->name, to - p->cut[i], p->cut[i],
                    an_most_rows(p->cut[i]), p->cut[i]);
    }
    if (!on) return;
    if (on->kind != AN_NODE_SEQ || on->n_kid != p->n_cut + 1) an_fail(c, AN_ERR_INPUT, on->at, "cores: legal: a list of %zu, one a part", p->n_cut + 1);
    p->on = an_new(c, on->n_kid, sizeof *p->on);
    for (size_t i = 0; i < on->n_kid; i++) p->on[i] = core_of(c, net, on->kid[i]);
}

static void connect(an_ctx_t *c, an_network_t *net, an_node_t *n, size_t pre, size_t post, size_t link)
{
    const an_rule_t *r = net->rule;
    an_proj_t p = { .at = n->at, .pre = &net->pop[pre], .post = &net->pop[post], .node = n, .link = link, .learn = true, .w_frac = AN_F_RATE, .v_frac = 15 };
    an_node_t *o;
    p.name = an_fmt(c, "%s>%s", p.pre->name, p.post->name);
    for (size_t i = 0; i < net->n_proj; i++)
        if (strcmp(net->proj[i].name, p.name) == 0) an_fail(c, AN_ERR_INPUT, n->at, "%s is there already", p.name);
    p.pre_on_rows = !(p.post->n < 32 && p.pre->n > p.post->n);
    if ((o = an_node_get(c, n, "rows")) != NULL) {
        p.pre_on_rows = strcmp(text(c, o), "pre") == 0;
        if (!p.pre_on_rows && strcmp(o->text, "post")) an_fail(c, AN_ERR_INPUT, o->at, "rows: legal: pre, post");
    }
    if ((o = an_node_get(c, n, "learn")) != NULL) p.learn = truth(c, o);
    if ((o = an_node_get(c, n, "frac")) != NULL) p.w_frac = (int)whole(c, o, 0, 24);
    if ((o = an_node_get(c, n, "vfrac")) != NULL) p.v_frac = (int)whole(c, o, 0, 31);
    if ((o = an_node_get(c, n, "split")) != NULL) split(c, net, o, &p);
    p.value = an_new(c, r->n_cnst, sizeof *p.value);
    p.has = an_new(c, r->n_cnst, sizeof *p.has);
    for (size_t k = 0; k < r->n_cnst; k++) {
        an_node_t *v = an_node_get(c, n, r->cnst[k].name);
        p.has[k] = v != NULL;
        if (v) p.value[k] = an_node_number(c, an_link_value(v, link));
    }
    AN_PUSH(c, net->proj, net->n_proj, p);
}

static void projection(an_ctx_t *c, an_network_t *net, an_node_t *n, const group_t *g, size_t n_group)
{
    want(c, n, AN_NODE_MAP, "a mapping with from and to, or up, or down");
    an_node_t *from = an_node_get(c, n, "from"), *to = an_node_get(c, n, "to");
    an_node_t *up = an_node_get(c, n, "up"), *down = an_node_get(c, n, "down"), *chain = up ? up : down;
    (void)an_node_get(c, n, "init"); /* read where the weights are made (an_init.c) */
    if (chain ? (from || to || (up && down)) : (!from || !to))
        an_fail(c, AN_ERR_INPUT, n->at, "legal: from and to, or up: [..], or down: [..]");
    if (!chain) {
        const group_t *a = find(c, from, g, n_group), *b = find(c, to, g, n_group);
        if (!a->n || !b->n) an_fail(c, AN_ERR_INPUT, n->at, "%s: a list of no populations", a->n ? b->name : a->name);
        if (a == b) for (size_t i = 0; i < a->n; i++) connect(c, net, n, a->first + i, a->first + i, i);
        else connect(c, net, n, a->first + a->n - 1, b->first, 0);
    } else {
        size_t *pop = NULL, n_pop = 0;
        want(c, chain, AN_NODE_SEQ, "a list of populations, lowest first");
        for (size_t i = 0; i < chain->n_kid; i++) {
            const group_t *a = find(c, chain->kid[i], g, n_group);
            for (size_t k = 0; k < a->n; k++) AN_PUSH(c, pop, n_pop, a->first + k);
        }
        if (n_pop < 2) an_fail(c, AN_ERR_INPUT, chain->at, "%s: one population; legal: two or more", chain->key);
        for (size_t i = 0; i + 1 < n_pop; i++) connect(c, net, n, pop[up ? i : i + 1], pop[up ? i + 1 : i], i);
    }
    an_node_only(c, n);
}

an_network_t *an_network(an_ctx_t *c, an_node_t *root, const an_rule_t *rule, uint64_t seed, uint32_t cores)
{
    an_network_t *net = an_new(c, 1, sizeof *net);
    group_t *group = NULL;
    size_t n_group = 0;
    net->rule = rule;
    net->seed = seed;
    net->cores = cores;
    net->value = an_new(c, rule->n_cnst, sizeof *net->value);
    net->has = an_new(c, rule->n_cnst, sizeof *net->has);
    an_node_t *k = an_node_get(c, root, "constants");
    if (k) {
        want(c, k, AN_NODE_MAP, "a mapping of constants");
        for (size_t i = 0; i < rule->n_cnst; i++) {
            an_node_t *v = an_node_get(c, k, rule->cnst[i].name);
            net->has[i] = v != NULL;
            if (v) net->value[i] = an_node_number(c, v);
        }
        an_node_only(c, k);
    }
    an_node_t *skip = an_node_get(c, root, "skip");
    net->no_skip = skip && !truth(c, skip);
    an_node_t *pops = must(c, root, "populations", "a list of {name, role, size}");
    want(c, pops, AN_NODE_SEQ, "a list of {name, role, size}");
    for (size_t i = 0; i < pops->n_kid; i++) population(c, net, pops->kid[i], &group, &n_group);
    an_node_t *projs = must(c, root, "projections", "a list of {from, to, init}");
    want(c, projs, AN_NODE_SEQ, "a list of {from, to, init}");
    for (size_t i = 0; i < projs->n_kid; i++) projection(c, net, projs->kid[i], group, n_group);
    if (!net->n_pop) an_fail(c, AN_ERR_INPUT, pops->at, "populations: none; legal: one or more");
    return net;
}
