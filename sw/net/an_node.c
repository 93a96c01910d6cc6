/* SPDX-License-Identifier: Apache-2.0 */
#include "an_node.h"
#include <libfyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* libfyaml knows the place of scalars; a mapping or sequence takes that of its first scalar. */
static an_at_t place(struct fy_node *fn, const char *file)
{
    while (fn && !fy_node_is_scalar(fn)) {
        void *it = NULL;
        if (fy_node_is_mapping(fn)) {
            struct fy_node_pair *p = fy_node_mapping_iterate(fn, &it);
            fn = p ? fy_node_pair_key(p) : NULL;
        } else
            fn = fy_node_sequence_iterate(fn, &it);
    }
    struct fy_token *t = fn ? fy_node_get_scalar_token(fn) : NULL;
    const struct fy_mark *m = t ? fy_token_start_mark(t) : NULL;
    return (an_at_t){ file, m ? m->line + 1 : 1, m ? m->column + 1 : 1 };
}

static const char *scalar(an_ctx_t *c, struct fy_node *fn)
{
    size_t n = 0;
    const char *s = fn ? fy_node_get_scalar(fn, &n) : NULL;
    return s ? an_strn(c, s, n) : "";
}

static an_node_t *convert(an_ctx_t *c, an_ctx_t *own, struct fy_node *fn, const char *file, int depth)
{
    an_node_t *n = an_new(c, 1, sizeof *n);
    n->own = own;
    void *it = NULL;
    n->at = place(fn, file);
    if (depth > 32) an_fail(c, AN_ERR_INPUT, n->at, "nested deeper than 32 levels");
    if (!fn || fy_node_is_scalar(fn)) {
        n->text = scalar(c, fn);
    } else if (fy_node_is_sequence(fn)) {
        n->kind = AN_NODE_SEQ;
        for (struct fy_node *k; (k = fy_node_sequence_iterate(fn, &it)) != NULL;)
            AN_PUSH(c, n->kid, n->n_kid, convert(c, own, k, file, depth + 1));
    } else {
        n->kind = AN_NODE_MAP;
        for (struct fy_node_pair *p; (p = fy_node_mapping_iterate(fn, &it)) != NULL;) {
            an_node_t *k = convert(c, own, fy_node_pair_value(p), file, depth + 1);
            k->key = scalar(c, fy_node_pair_key(p));
            k->at = place(fy_node_pair_key(p), file);
            AN_PUSH(c, n->kid, n->n_kid, k);
        }
    }
    return n;
}

an_node_t *an_node_parse(an_ctx_t *c, const char *text, size_t size, const char *file)
{
    struct fy_diag_cfg dc;
    fy_diag_cfg_default(&dc);
    dc.fp = NULL;
    dc.output_fn = NULL;
    struct fy_diag *diag = fy_diag_create(&dc);
    if (!diag) an_fail(c, AN_ERR_MEMORY, (an_at_t){ file, 0, 0 }, "out of memory");
    fy_diag_set_collect_errors(diag, true);
    struct fy_parse_cfg cfg = { .flags = FYPCF_QUIET | FYPCF_RESOLVE_DOCUMENT, .diag = diag };
    struct fy_document *doc = fy_document_build_from_string(&cfg, text, size);
    an_at_t at = { file, 1, 1 };
    if (!doc) {
        void *it = NULL;
        struct fy_diag_error *e = fy_diag_errors_iterate(diag, &it);
        const char *msg = "not YAML";
        if (e) {
            at.line = e->line + 1;
            at.col = e->column + 1;
            msg = an_fmt(c, "%s", e->msg);
        }
        fy_diag_destroy(diag);
        an_fail(c, AN_ERR_INPUT, at, "%s", msg);
    }
    /* the tree is built with the document still open: a failure inside must not lose it */
    an_ctx_t in = { .d = c->d };
    an_node_t *n = NULL;
    if (!setjmp(in.at)) n = convert(&in, c, fy_document_root(doc), file, 0);
    fy_document_destroy(doc);
    fy_diag_destroy(diag);
    an_adopt(c, &in);
    if (in.err) {
        c->err = in.err;
        longjmp(c->at, 1);
    }
    return n;
}

static void note(an_ctx_t *c, an_node_t *map, const char *key, size_t n)
{
    for (size_t i = 0; i < map->n_legal; i++)
        if (strlen(map->legal[i]) == n && memcmp(map->legal[i], key, n) == 0) return;
    an_ctx_t in = { .d = c->d }; /* the note lives as long as the tree, the asking context need not */
    if (!setjmp(in.at)) AN_PUSH(&in, map->legal, map->n_legal, an_strn(&in, key, n));
    an_adopt(map->own, &in);
    if (in.err) {
        c->err = in.err;
        longjmp(c->at, 1);
    }
}

static an_node_t *kid(an_ctx_t *c, an_node_t *n, const char *key, size_t len, bool ask)
{
    if (n->kind == AN_NODE_SEQ) {
        char *end;
        const unsigned long i = strtoul(key, &end, 10);
        return end == key + len && i < n->n_kid ? n->kid[i] : NULL;
    }
    if (n->kind != AN_NODE_MAP) return NULL;
    if (ask) note(c, n, key, len);
    for (size_t i = 0; i < n->n_kid; i++)
        if (strlen(n->kid[i]->key) == len && memcmp(n->kid[i]->key, key, len) == 0) return n->kid[i];
    return NULL;
}

an_node_t *an_node_get(an_ctx_t *c, an_node_t *map, const char *key)
{
    an_node_t *k = map ? kid(c, map, key, strlen(key), true) : NULL;
    if (k) k->asked = true;
    return k;
}

an_node_t *an_node_path(an_ctx_t *c, an_node_t *root, const char *path, bool ask)
{
    an_node_t *n = root;
    while (n && *path) {
        const size_t len = strcspn(path, ".");
        n = kid(c, n, path, len, ask);
        if (n && ask) n->asked = true;
        path += len + (path[len] == '.');
    }
    return n;
}

void an_node_set(an_ctx_t *c, an_node_t *root, const char *path, an_node_t *value)
{
    an_node_t *n = root;
    for (;;) {
        const size_t len = strcspn(path, ".");
        const bool last = !path[len];
        an_node_t *k = kid(c, n, path, len, false);
        if (!k) {
            if (n->kind != AN_NODE_MAP)
                an_fail(c, AN_ERR_INPUT, value->at, "no such element: %s; legal: 0 to %zu", path, n->n_kid ? n->n_kid - 1 : 0);
            k = an_new(c, 1, sizeof *k);
            k->kind = AN_NODE_MAP;
            k->own = n->own;
            k->key = an_strn(c, path, len);
            k->at = value->at;
            AN_PUSH(c, n->kid, n->n_kid, k);
        }
        if (last) {
            const char *key = k->key;
            *k = *value;
            k->key = key;
            return;
        }
        n = k;
        path += len + 1;
    }
}

const an_node_t *an_node_unused(const an_node_t *n, const an_node_t **parent)
{
    for (size_t i = 0; i < n->n_kid; i++) {
        if (n->kind == AN_NODE_MAP && !n->kid[i]->asked) {
            *parent = n;
            return n->kid[i];
        }
        const an_node_t *u = an_node_unused(n->kid[i], parent);
        if (u) return u;
    }
    return NULL;
}

const char *an_node_legal(an_ctx_t *c, const an_node_t *map)
{
    const char *s = "";
    for (size_t i = 0; i < map->n_legal; i++) s = an_fmt(c, "%s%s%s", s, i ? ", " : "", map->legal[i]);
    return *s ? s : "none";
}

void an_node_only(an_ctx_t *c, const an_node_t *map)
{
    for (size_t i = 0; map->kind == AN_NODE_MAP && i < map->n_kid; i++)
        if (!map->kid[i]->asked)
            an_fail(c, AN_ERR_INPUT, map->kid[i]->at, "%s: unknown key; legal: %s", map->kid[i]->key, an_node_legal(c, map));
}
