/* SPDX-License-Identifier: Apache-2.0 */
#include "an_expr.h"
#include <math.h>
#include <string.h>

enum { F_SQRT, F_EXP, F_LOG, F_ABS, F_TANH, F_SIN, F_COS, F_SIGMOID, F_SOFTPLUS, F_FLOOR, F_MIN, F_MAX, F_UNIFORM, F_N };
static const struct { const char *name; int args; } functions[F_N] = {
    { "sqrt", 1 }, { "exp", 1 }, { "log", 1 }, { "abs", 1 }, { "tanh", 1 }, { "sin", 1 }, { "cos", 1 },
    { "sigmoid", 1 }, { "softplus", 1 }, { "floor", 1 }, { "min", 2 }, { "max", 2 }, { "uniform", 2 },
};

static an_expr_t *make(an_lex_t *l, an_ex_kind_t kind, an_at_t at, an_expr_t *a, an_expr_t *b, an_expr_t *c)
{
    an_expr_t *e = an_new(l->c, 1, sizeof *e);
    *e = (an_expr_t){ .kind = kind, .at = at, .arg = { a, b, c } };
    for (int i = 0; i < 3; i++)
        if (e->arg[i] && e->arg[i]->depth >= e->depth) e->depth = e->arg[i]->depth + 1;
    if (e->depth > 1000) an_fail(l->c, AN_ERR_INPUT, at, "more than 1000 operations in one expression");
    return e;
}

static an_expr_t *call(an_lex_t *l, const an_tok_t *t)
{
    an_expr_t *e = make(l, AN_EX_CALL, t->at, NULL, NULL, NULL);
    e->name = t->text;
    for (e->fn = 0; e->fn < F_N && strcmp(functions[e->fn].name, t->text) != 0; e->fn++) {}
    if (e->fn == F_N) {
        const char *s = "";
        for (int i = 0; i < F_N; i++) s = an_fmt(l->c, "%s%s%s", s, i ? ", " : "", functions[i].name);
        an_fail(l->c, AN_ERR_INPUT, t->at, "%s: unknown function; legal: %s", t->text, s);
    }
    an_need(l, "(");
    for (int i = 0; i < functions[e->fn].args; i++) {
        if (i) an_need(l, ",");
        e->arg[i] = an_expr_parse(l);
    }
    an_need(l, ")");
    return e;
}

static an_expr_t *atom(an_lex_t *l)
{
    const an_tok_t *t = an_next(l);
    if (t->kind == AN_TOK_NUMBER) {
        an_expr_t *e = make(l, AN_EX_NUM, t->at, NULL, NULL, NULL);
        e->num = t->num;
        return e;
    }
    if (t->kind == AN_TOK_NAME) {
        const char *next = an_peek(l)->text;
        if (strcmp(next, "(") == 0) return call(l, t);
        an_expr_t *e = make(l, AN_EX_NAME, t->at, NULL, NULL, NULL);
        e->name = t->text;
        if (an_take(l, "[")) {
            e->kind = AN_EX_INDEX;
            e->arg[0] = an_expr_parse(l);
            an_need(l, "]");
        }
        return e;
    }
    if (t->kind == AN_TOK_SIGN && strcmp(t->text, "(") == 0) {
        an_expr_t *e = an_expr_parse(l);
        an_need(l, ")");
        return e;
    }
    an_fail(l->c, AN_ERR_INPUT, t->at, "found %s; legal here: a number, a name, ( or -", an_tok_text(t));
}

static an_expr_t *unary(an_lex_t *l)
{
    const an_at_t at = an_peek(l)->at;
    an_expr_t *e;
    an_deeper(l);
    if (an_take(l, "-")) {
        e = make(l, AN_EX_NEG, at, unary(l), NULL, NULL);
    } else {
        e = atom(l);
        if (an_take(l, "^")) e = make(l, AN_EX_POW, e->at, e, unary(l), NULL);
    }
    l->depth--;
    return e;
}

static an_expr_t *product(an_lex_t *l)
{
    an_expr_t *e = unary(l);
    for (;;) {
        if (an_take(l, "*")) e = make(l, AN_EX_MUL, e->at, e, unary(l), NULL);
        else if (an_take(l, "/")) e = make(l, AN_EX_DIV, e->at, e, unary(l), NULL);
        else return e;
    }
}

static an_expr_t *sum(an_lex_t *l)
{
    an_expr_t *e = product(l);
    for (;;) {
        if (an_take(l, "+")) e = make(l, AN_EX_ADD, e->at, e, product(l), NULL);
        else if (an_take(l, "-")) e = make(l, AN_EX_SUB, e->at, e, product(l), NULL);
        else return e;
    }
}

an_expr_t *an_expr_parse(an_lex_t *l)
{
    an_expr_t *e = sum(l);
    if (!an_take(l, "?")) return e;
    an_expr_t *yes = an_expr_parse(l);
    an_need(l, ":");
    return make(l, AN_EX_IF, e->at, e, yes, an_expr_parse(l));
}

an_expr_t *an_expr_text(an_ctx_t *c, const char *text, an_at_t at)
{
    an_lex_t l = an_lex(c, text, at);
    for (size_t i = 0; i < l.n; i++) l.tok[i].at = at; /* the file's own columns are unknown here */
    an_expr_t *e = an_expr_parse(&l);
    an_line_end(&l);
    return e;
}

static double eval(an_ctx_t *c, const an_expr_t *e, an_value_fn *value, void *env)
{
    double a[3] = { 0, 0, 0 };
    if (e->kind == AN_EX_NUM) return e->num;
    if (e->kind == AN_EX_NAME || e->kind == AN_EX_INDEX) return value(c, e, env);
    if (e->kind == AN_EX_IF) return eval(c, e->arg[eval(c, e->arg[0], value, env) > 0 ? 1 : 2], value, env);
    for (int i = 0; i < 3 && e->arg[i]; i++) a[i] = eval(c, e->arg[i], value, env);
    switch (e->kind) {
    case AN_EX_NEG: return -a[0];
    case AN_EX_ADD: return a[0] + a[1];
    case AN_EX_SUB: return a[0] - a[1];
    case AN_EX_MUL: return a[0] * a[1];
    case AN_EX_DIV: return a[0] / a[1];
    case AN_EX_POW: return pow(a[0], a[1]);
    default: break;
    }
    switch (e->fn) {
    case F_SQRT: return sqrt(a[0]);
    case F_EXP: return exp(a[0]);
    case F_LOG: return log(a[0]);
    case F_ABS: return fabs(a[0]);
    case F_TANH: return tanh(a[0]);
    case F_SIN: return sin(a[0]);
    case F_COS: return cos(a[0]);
    case F_SIGMOID: return 1 / (1 + exp(-a[0]));
    case F_SOFTPLUS: return a[0] > 0 ? a[0] + log1p(exp(-a[0])) : log1p(exp(a[0]));
    case F_FLOOR: return floor(a[0]);
    case F_MIN: return fmin(a[0], a[1]);
    case F_MAX: return fmax(a[0], a[1]);
    default: return a[0] + (a[1] - a[0]) * value(c, e, env); /* uniform: the caller draws from [0, 1) */
    }
}

double an_expr_eval(an_ctx_t *c, const an_expr_t *e, an_value_fn *value, void *env)
{
    const double v = eval(c, e, value, env);
    if (!isfinite(v)) an_fail(c, AN_ERR_INPUT, e->at, "the value is not finite");
    return v;
}

const char *an_expr_show(an_ctx_t *c, const an_expr_t *e)
{
    static const char *const op[] = { [AN_EX_ADD] = "+", [AN_EX_SUB] = "-", [AN_EX_MUL] = "*", [AN_EX_DIV] = "/", [AN_EX_POW] = "^" };
    switch (e->kind) {
    case AN_EX_NUM: return an_fmt(c, "%.9g", e->num);
    case AN_EX_NAME: return e->name;
    case AN_EX_INDEX: return an_fmt(c, "%s[%s]", e->name, an_expr_show(c, e->arg[0]));
    case AN_EX_NEG: return an_fmt(c, "-%s", an_expr_show(c, e->arg[0]));
    case AN_EX_IF:
        return an_fmt(c, "(%s?%s:%s)", an_expr_show(c, e->arg[0]), an_expr_show(c, e->arg[1]), an_expr_show(c, e->arg[2]));
    case AN_EX_CALL: {
        const char *s = an_fmt(c, "%s(%s", e->name, an_expr_show(c, e->arg[0]));
        return e->arg[1] ? an_fmt(c, "%s,%s)", s, an_expr_show(c, e->arg[1])) : an_fmt(c, "%s)", s);
    }
    default: {
        const bool sum = e->kind == AN_EX_ADD || e->kind == AN_EX_SUB;
        return an_fmt(c, sum ? "(%s%s%s)" : "%s%s%s", an_expr_show(c, e->arg[0]), op[e->kind], an_expr_show(c, e->arg[1]));
    }
    }
}
