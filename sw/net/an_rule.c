/* SPDX-License-Identifier: Apache-2.0 */
#include "an_rule.h"
#include <string.h>

static bool known(const an_rule_t *r, const char *name)
{
    return an_rule_const(r, name) || an_rule_scalar(r, name) || an_rule_table(r, name) || an_rule_is_vector(r, name);
}

static const char *fresh(an_lex_t *l, const an_rule_t *r, an_roles_t roles)
{
    static const char *const taken[] = { "W", "V", "x", "n", "pre", "post", "end" };
    const an_tok_t *t = an_peek(l);
    const char *s = an_name(l, "a new name");
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (strcmp(s, taken[i]) == 0 && (roles == 0 || i != 2)) an_fail(l->c, AN_ERR_INPUT, t->at, "%s: the name is taken by the language", s);
    if (!roles && known(r, s)) an_fail(l->c, AN_ERR_INPUT, t->at, "%s is declared already", s);
    if (roles && (an_rule_const(r, s) || an_rule_scalar(r, s) || an_rule_table(r, s)))
        an_fail(l->c, AN_ERR_INPUT, t->at, "%s is declared already", s);
    for (size_t i = 0; i < r->n_vector; i++)
        if (roles && strcmp(r->vector[i].name, s) == 0 && (r->vector[i].roles & roles))
            an_fail(l->c, AN_ERR_INPUT, t->at, "%s is declared already for one of these roles", s);
    return s;
}

static long integer(an_lex_t *l, long lo, long hi, const char *what)
{
    const bool neg = an_take(l, "-");
    const an_tok_t *t = an_next(l);
    const double v = neg ? -t->num : t->num;
    if (t->kind != AN_TOK_NUMBER || v < (double)lo || v > (double)hi || v != (double)(long)v)
        an_fail(l->c, AN_ERR_INPUT, t->at, "found %s; legal here: %s, %ld to %ld", an_tok_text(t), what, lo, hi);
    return (long)v;
}

static bool scale(an_lex_t *l, int *s)
{
    if (!an_take(l, "*")) return false;
    integer(l, 2, 2, "2^K");
    an_need(l, "^");
    *s = (int)integer(l, -15, 15, "the exponent of the scale");
    return true;
}

an_roles_t an_roles(an_lex_t *l, const an_rule_t *r)
{
    an_roles_t m = 0;
    if (an_take(l, "all")) return (an_roles_t)((1ull << r->n_role) - 1);
    while (an_peek(l)->kind == AN_TOK_NAME) {
        const an_tok_t *t = an_peek(l);
        const int i = an_rule_role(r, t->text);
        if (i < 0 && m && strcmp(t->text, "skip") == 0) break;
        if (i < 0) an_fail(l->c, AN_ERR_INPUT, t->at, "%s: unknown role; legal: %s", t->text, an_rule_roles(l->c, r));
        m |= (an_roles_t)1 << i;
        an_next(l);
    }
    if (!m) an_fail(l->c, AN_ERR_INPUT, an_peek(l)->at, "found %s; legal here: %s", an_tok_text(an_peek(l)), an_rule_roles(l->c, r));
    return m;
}

/* vector NAME, .. of ROLES : state rate network scratch ring N * 2^K = EXPR */
static void vector(an_lex_t *l, an_rule_t *r, bool coef)
{
    const size_t first = l->i;
    while (!an_take(l, "of")) {
        if (an_peek(l)->kind != AN_TOK_NAME && !an_take(l, ",")) an_need(l, "of");
        else an_next(l);
    }
    an_vector_t v = { .roles = an_roles(l, r), .coef = coef, .rate = coef, .depth = 1 };
    const size_t after = l->i;
    l->i = first;
    const size_t begin = r->n_vector;
    do {
        v.at = an_peek(l)->at;
        v.name = fresh(l, r, v.roles);
        AN_PUSH(l->c, r->vector, r->n_vector, v);
    } while (an_take(l, ","));
    an_need(l, "of");
    l->i = after;
    if (!coef) an_need(l, ":");
    for (;;) {
        const an_tok_t *t = an_peek(l);
        if (!coef && an_take(l, "state")) v.state = true;
        else if (!coef && an_take(l, "rate")) v.rate = true;
        else if (!coef && an_take(l, "network")) v.network = true;
        else if (!coef && an_take(l, "scratch")) v.scratch = true;
        else if (!coef && an_take(l, "ring")) v.depth = integer(l, 2, 2048, "steps of the delay line");
        else if (scale(l, &v.scale)) v.coef = false;
        else if (an_take(l, "=")) v.value = an_expr_parse(l);
        else if (t->kind == AN_TOK_LINE) break;
        else an_fail(l->c, AN_ERR_INPUT, t->at, "found %s; legal here: %s* 2^K, = EXPR", an_tok_text(t), coef ? "" : "state, rate, network, scratch, ring N, ");
    }
    if (coef && !v.value) an_fail(l->c, AN_ERR_INPUT, v.at, "%s: a coef needs = EXPR", v.name);
    if (!v.state && !v.rate) an_fail(l->c, AN_ERR_INPUT, v.at, "%s: in no memory; legal: state, rate or both", v.name);
    if (v.scratch && (v.network || v.value || v.depth > 1)) an_fail(l->c, AN_ERR_INPUT, v.at, "%s: scratch keeps nothing, so it has no value, ring or network", v.name);
    for (size_t i = begin; i < r->n_vector; i++) {
        v.name = r->vector[i].name;
        v.at = r->vector[i].at;
        r->vector[i] = v;
    }
}

static void declaration(an_lex_t *l, an_rule_t *r)
{
    const an_tok_t *t = an_peek(l);
    if (an_take(l, "rule")) {
        an_name(l, "the rule's name");
    } else if (an_take(l, "roles")) {
        while (an_peek(l)->kind == AN_TOK_NAME) {
            if (an_rule_role(r, an_peek(l)->text) >= 0) an_fail(l->c, AN_ERR_INPUT, an_peek(l)->at, "%s is declared already", an_peek(l)->text);
            if (r->n_role == 31) an_fail(l->c, AN_ERR_INPUT, an_peek(l)->at, "more than 31 roles");
            AN_PUSH(l->c, r->role, r->n_role, an_name(l, "a role"));
        }
    } else if (an_take(l, "const")) {
        an_const_t k = { .at = an_peek(l)->at };
        k.name = fresh(l, r, 0);
        an_need(l, "=");
        k.value = an_expr_parse(l);
        AN_PUSH(l->c, r->cnst, r->n_cnst, k);
    } else if (an_take(l, "scalar")) {
        do {
            an_scalar_t k = { .at = an_peek(l)->at };
            k.name = fresh(l, r, 0);
            scale(l, &k.scale);
            if (an_take(l, "=")) k.value = an_expr_parse(l);
            AN_PUSH(l->c, r->scalar, r->n_scalar, k);
        } while (an_take(l, ","));
    } else if (an_take(l, "vector")) {
        vector(l, r, false);
    } else if (an_take(l, "coef")) {
        vector(l, r, true);
    } else if (an_take(l, "table")) {
        an_table_t k = { .at = an_peek(l)->at };
        k.name = fresh(l, r, 0);
        an_need(l, "=");
        k.value = an_expr_parse(l);
        an_need(l, "domain");
        k.domain = an_expr_parse(l);
        AN_PUSH(l->c, r->table, r->n_table, k);
    } else if (an_take(l, "entry")) {
        an_rule_entry_t e = { .at = an_peek(l)->at };
        e.name = an_name(l, "the entry's name");
        for (size_t i = 0; i < r->n_entry; i++)
            if (strcmp(r->entry[i].name, e.name) == 0) an_fail(l->c, AN_ERR_INPUT, e.at, "%s is declared already", e.name);
        an_line_end(l);
        an_stmt_block(l, r, &e.body, &e.n_body);
        AN_PUSH(l->c, r->entry, r->n_entry, e);
    } else {
        an_fail(l->c, AN_ERR_INPUT, t->at, "found %s; legal here: rule, roles, const, scalar, vector, coef, table, entry", an_tok_text(t));
    }
    an_line_end(l);
}

an_rule_t *an_rule_parse(an_ctx_t *c, const char *text, const char *file)
{
    an_rule_t *r = an_new(c, 1, sizeof *r);
    an_lex_t l = an_lex(c, text, (an_at_t){ file, 1, 1 });
    r->file = file;
    while (an_peek(&l)->kind != AN_TOK_END) declaration(&l, r);
    for (size_t i = 0; i < r->n_entry; i++) an_scratch_check(c, r, r->entry[i].body, r->entry[i].n_body);
    if (!r->n_entry) an_fail(c, AN_ERR_INPUT, an_peek(&l)->at, "the rule has no entry");
    return r;
}

#define FIND(what, arr, n) \
    for (size_t i = 0; i < (n); i++) \
        if (strcmp((arr)[i].name, name) == 0) return &(arr)[i]; \
    return NULL

const an_const_t *an_rule_const(const an_rule_t *r, const char *name) { FIND(an_const_t, r->cnst, r->n_cnst); }
const an_scalar_t *an_rule_scalar(const an_rule_t *r, const char *name) { FIND(an_scalar_t, r->scalar, r->n_scalar); }
const an_table_t *an_rule_table(const an_rule_t *r, const char *name) { FIND(an_table_t, r->table, r->n_table); }

const an_vector_t *an_rule_vector(const an_rule_t *r, const char *name, size_t role)
{
    for (size_t i = 0; i < r->n_vector; i++)
        if ((r->vector[i].roles >> role & 1) && strcmp(r->vector[i].name, name) == 0) return &r->vector[i];
    return NULL;
}

bool an_rule_is_vector(const an_rule_t *r, const char *name)
{
    for (size_t i = 0; i < r->n_vector; i++)
        if (strcmp(r->vector[i].name, name) == 0) return true;
    return false;
}

int an_rule_role(const an_rule_t *r, const char *name)
{
    for (size_t i = 0; i < r->n_role; i++)
        if (strcmp(r->role[i], name) == 0) return (int)i;
    return -1;
}

const char *an_rule_roles(an_ctx_t *c, const an_rule_t *r)
{
    const char *s = "";
    for (size_t i = 0; i < r->n_role; i++) s = an_fmt(c, "%s%s%s", s, i ? ", " : "", r->role[i]);
    return *s ? s : "none";
}

const char *an_rule_consts(an_ctx_t *c, const an_rule_t *r)
{
    const char *s = "";
    for (size_t i = 0; i < r->n_cnst; i++) s = an_fmt(c, "%s%s%s", s, i ? ", " : "", r->cnst[i].name);
    return *s ? s : "none";
}

const char *an_rule_vectors(an_ctx_t *c, const an_rule_t *r, size_t role)
{
    const char *s = "";
    for (size_t i = 0; i < r->n_vector; i++)
        if (r->vector[i].roles >> role & 1) s = an_fmt(c, "%s%s%s", s, *s ? ", " : "", r->vector[i].name);
    return *s ? s : "none";
}
