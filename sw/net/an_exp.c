/* SPDX-License-Identifier: Apache-2.0
 * The experiment file: loading, --set, and typed look-ups. */
#include "an_exp_in.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *folder(an_ctx_t *c, const char *path)
{
    const char *s = strrchr(path, '/');
    return s ? an_strn(c, path, (size_t)(s - path)) : ".";
}

static bool exists(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f) fclose(f);
    return f != NULL;
}

static bool plain(const char *s) { return !strchr(s, '/') && !strchr(s, '.'); }

/* A shorthand with words: {PATH: {WORD: VALUE, ..}, ..}, every path gets the value of the word. */
static void words(an_exp_t *e, an_node_t *choice, const an_node_t *word)
{
    an_ctx_t *c = &e->c;
    for (size_t i = 0; i < choice->n_kid; i++) {
        const an_node_t *map = choice->kid[i];
        const char *legal = "";
        an_node_t *value = NULL;
        for (size_t k = 0; k < map->n_kid; k++) {
            legal = an_fmt(c, "%s%s%s", legal, k ? ", " : "", map->kid[k]->key ? map->kid[k]->key : "");
            if (word->kind == AN_NODE_SCALAR && map->kid[k]->key && strcmp(map->kid[k]->key, word->text) == 0) value = map->kid[k];
        }
        if (!value) an_fail(c, AN_ERR_INPUT, word->at, "legal: %s", legal);
        an_node_set(c, e->root, map->key, value);
    }
}

static void asked(an_node_t *n)
{
    n->asked = true;
    for (size_t i = 0; i < n->n_kid; i++) asked(n->kid[i]);
}

/* One --set KEY=VALUE: a shorthand of the file, a dotted path, a key at the top, or a constant. */
static void set_one(an_exp_t *e, const char *set)
{
    an_ctx_t *c = &e->c;
    const char *eq = strchr(set, '=');
    const an_at_t at = { an_fmt(c, "--set %s", set), 0, 0 };
    if (!eq || eq == set) an_fail(c, AN_ERR_INPUT, at, "legal: KEY=VALUE");
    const char *key = an_strn(c, set, (size_t)(eq - set)), *value = eq + 1;
    if (strchr(value, ',') && *value != '[' && *value != '{') value = an_fmt(c, "[%s]", value);
    an_node_t *n = *value ? an_node_parse(c, value, strlen(value), at.file) : an_new(c, 1, sizeof *n);
    if (!*value) n->text = "";
    an_node_t *all = an_node_path(c, e->root, "set", false), *path = all ? an_node_path(c, all, key, false) : NULL;
    n->at = at;
    for (size_t i = 0; i < n->n_kid; i++) n->kid[i]->at = at;
    if (path && path->kind == AN_NODE_SCALAR) an_node_set(c, e->root, path->text, n);
    else if (path && path->kind == AN_NODE_SEQ) for (size_t i = 0; i < path->n_kid; i++) an_node_set(c, e->root, path->kid[i]->text, n);
    else if (path) words(e, path, n);
    else if (strchr(key, '.') || an_node_path(c, e->root, key, false) || !strcmp(key, "lanes") || !strcmp(key, "cores") || !strcmp(key, "config") || !strcmp(key, "skip")) an_node_set(c, e->root, key, n);
    else an_node_set(c, e->root, an_fmt(c, "constants.%s", key), n);
}

an_err_t an_exp_load(an_exp_t **exp, const char *path, const char *share_dir, const char *const *set, size_t n_set, an_diag_t *d)
{
    *exp = NULL;
    an_exp_t *e = calloc(1, sizeof *e);
    if (!e) return an_diag(d, AN_ERR_MEMORY, (an_at_t){ 0 }, "out of memory");
    e->c.d = d;
    if (setjmp(e->c.at)) {
        const an_err_t err = e->c.err;
        an_exp_free(e);
        return err;
    }
    an_ctx_t *c = &e->c;
    size_t size;
    e->share = an_fmt(c, "%s", share_dir ? share_dir : ".");
    const char *shipped = an_fmt(c, "%s/experiments/%s.yaml", e->share, path);
    if (plain(path) && !exists(path) && !exists(shipped))
        an_fail(c, AN_ERR_INPUT, (an_at_t){ 0 }, "%s: no such experiment (%s is not there)", path, shipped);
    e->file = plain(path) && exists(shipped) ? shipped : an_fmt(c, "%s", path);
    e->dir = folder(c, e->file);
    const char *text = an_slurp(c, e->file, (an_at_t){ 0 }, &size);
    e->root = an_node_parse(c, text, size, e->file);
    if (e->root->kind != AN_NODE_MAP) an_fail(c, AN_ERR_INPUT, e->root->at, "legal: a mapping");
    for (size_t i = 0; i < n_set; i++) set_one(e, set[i]);
    an_node_t *shorts = an_node_get(c, e->root, "set");
    if (shorts) asked(shorts);
    an_node_t *name = an_node_get(c, e->root, "experiment");
    e->name = name && name->kind == AN_NODE_SCALAR ? name->text : path;
    (void)an_node_get(c, e->root, "description");
    *exp = e;
    return AN_OK;
}

void an_exp_free(an_exp_t *exp)
{
    if (!exp) return;
    an_ctx_free(&exp->c);
    free(exp);
}

const char *an_exp_rule(an_ctx_t *c, an_exp_t *e, const char **path)
{
    an_node_t *n = an_node_get(c, e->root, "rule");
    size_t size;
    if (!n || n->kind != AN_NODE_SCALAR || !*n->text) an_fail(c, AN_ERR_INPUT, (an_at_t){ e->file, 0, 0 }, "rule is missing; legal: a name or a .rule file");
    *path = plain(n->text) ? an_fmt(c, "%s/rules/%s.rule", e->share, n->text) : n->text[0] == '/' ? n->text : an_fmt(c, "%s/%s", e->dir, n->text);
    return an_slurp(c, *path, n->at, &size);
}

const char *an_exp_name(const an_exp_t *e) { return e->name; }
const char *an_exp_folder(const an_exp_t *e) { return e->dir; }

const char *an_exp_config(const an_exp_t *e)
{
    an_exp_t *w = (an_exp_t *)(uintptr_t)e; /* asking leaves a note */
    an_node_t *n = an_node_path(&w->c, e->root, "config", true);
    return n && n->kind == AN_NODE_SCALAR && *n->text ? n->text : NULL;
}

int an_exp_has(const an_exp_t *e, const char *path)
{
    an_exp_t *w = (an_exp_t *)(uintptr_t)e;
    return an_node_path(&w->c, e->root, path, true) != NULL;
}

size_t an_exp_len(const an_exp_t *e, const char *path)
{
    an_exp_t *w = (an_exp_t *)(uintptr_t)e;
    const an_node_t *n = an_node_path(&w->c, e->root, path, true);
    return n && n->kind == AN_NODE_SEQ ? n->n_kid : 0;
}

const char *an_exp_key(const an_exp_t *e, const char *path, size_t i)
{
    an_exp_t *w = (an_exp_t *)(uintptr_t)e;
    const an_node_t *n = an_node_path(&w->c, e->root, path, true);
    return n && n->kind == AN_NODE_MAP && i < n->n_kid ? n->kid[i]->key : NULL;
}

an_err_t an_exp_get_num(an_exp_t *e, const char *path, double lo, double hi, double deflt, double *out, an_diag_t *d)
{
    e->c.d = d;
    if (setjmp(e->c.at)) return e->c.err;
    const an_node_t *n = an_node_path(&e->c, e->root, path, true);
    *out = deflt;
    if (!n) return AN_OK;
    char *end = NULL;
    const double v = n->kind == AN_NODE_SCALAR && *n->text ? strtod(n->text, &end) : NAN;
    if (!end || *end || !(v >= lo && v <= hi))
        return an_diag(d, AN_ERR_INPUT, n->at, "%s: %s; legal: a number, %g to %g", path, n->kind == AN_NODE_SCALAR ? n->text : "not a number", lo, hi);
    *out = v;
    return AN_OK;
}

an_err_t an_exp_get_int(an_exp_t *e, const char *path, long lo, long hi, long deflt, long *out, an_diag_t *d)
{
    e->c.d = d;
    if (setjmp(e->c.at)) return e->c.err;
    const an_node_t *n = an_node_path(&e->c, e->root, path, true);
    *out = deflt;
    if (!n) return AN_OK;
    char *end = NULL;
    const long v = n->kind == AN_NODE_SCALAR && *n->text ? strtol(n->text, &end, 10) : 0;
    if (!end || *end || v < lo || v > hi)
        return an_diag(d, AN_ERR_INPUT, n->at, "%s: %s; legal: a whole number, %ld to %ld", path, n->kind == AN_NODE_SCALAR ? n->text : "not a number", lo, hi);
    *out = v;
    return AN_OK;
}

an_err_t an_exp_get_str(an_exp_t *e, const char *path, const char *deflt, const char **out, an_diag_t *d)
{
    e->c.d = d;
    if (setjmp(e->c.at)) return e->c.err;
    const an_node_t *n = an_node_path(&e->c, e->root, path, true);
    *out = n ? n->text : deflt;
    if (n && n->kind != AN_NODE_SCALAR) return an_diag(d, AN_ERR_INPUT, n->at, "%s: legal: a text", path);
    return AN_OK;
}

an_err_t an_exp_unused(const an_exp_t *e, an_diag_t *d)
{
    const an_node_t *parent = NULL, *n = an_node_unused(e->root, &parent);
    if (!n) return AN_OK;
    an_exp_t *w = (an_exp_t *)(uintptr_t)e;
    w->c.d = d;
    if (setjmp(w->c.at)) return w->c.err;
    return an_diag(d, AN_ERR_INPUT, n->at, "%s: unknown key; legal: %s", n->key, an_node_legal(&w->c, parent));
}
