/* SPDX-License-Identifier: Apache-2.0 */
#include "an_term.h"
#include <string.h>

static void factors(an_comp_t *o, const an_expr_t *e, bool inverse, an_term_t *t)
{
    if (e->kind == AN_EX_MUL || e->kind == AN_EX_DIV) {
        factors(o, e->arg[0], inverse, t);
        factors(o, e->arg[1], inverse != (e->kind == AN_EX_DIV), t);
        return;
    }
    if (e->kind == AN_EX_NEG) {
        t->sign = -t->sign;
        factors(o, e->arg[0], inverse, t);
        return;
    }
    const bool name = e->kind == AN_EX_NAME;
    const bool w = name && (e->name[0] == 'W' || e->name[0] == 'V') && (!e->name[1] || strcmp(e->name + 1, "'") == 0);
    const bool vec = (name || e->kind == AN_EX_INDEX) && an_rule_is_vector(o->rule, e->name);
    const bool scalar = name && an_rule_scalar(o->rule, e->name);
    if ((w || vec || scalar) && inverse) an_fail(o->c, AN_ERR_INPUT, e->at, "%s: a sweep cannot divide by it", e->name);
    if ((w && t->weight) || (vec && t->n_vec == 2) || (scalar && t->scalar) || t->n_k == AN_FACTORS)
        an_fail(o->c, AN_ERR_INPUT, e->at, "one factor too many in a product of a sweep");
    if (w) {
        t->weight = e->name[0];
        t->transposed = e->name[1] != 0;
    } else if (vec) {
        t->vec[t->n_vec++] = e;
    } else if (scalar) {
        t->scalar = e->name;
    } else {
        t->k[t->n_k].e = e;
        t->k[t->n_k++].inverse = inverse;
    }
}

static int terms(an_comp_t *o, const an_expr_t *e, int sign, an_term_t *t, int n)
{
    if (e->kind == AN_EX_ADD || e->kind == AN_EX_SUB) {
        n = terms(o, e->arg[0], sign, t, n);
        return terms(o, e->arg[1], e->kind == AN_EX_SUB ? -sign : sign, t, n);
    }
    if (n == AN_TERMS) an_fail(o->c, AN_ERR_INPUT, e->at, "too many terms in a sweep");
    t[n] = (an_term_t){ .at = e->at, .sign = sign };
    factors(o, e, false, &t[n]);
    return n + 1;
}

int an_terms(an_comp_t *o, const an_expr_t *e, an_term_t t[AN_TERMS]) { return terms(o, e, 1, t, 0); }

double an_term_value(an_comp_t *o, const an_term_t *t, const an_proj_t *p)
{
    an_env_t env = { .net = o->net, .proj = p };
    double v = t->sign;
    for (int i = 0; i < t->n_k; i++) {
        const double x = an_value(o->c, t->k[i].e, &env);
        if (t->k[i].inverse && x == 0) an_fail(o->c, AN_ERR_INPUT, t->k[i].e->at, "division by zero");
        v = t->k[i].inverse ? v / x : v * x;
    }
    return v;
}
