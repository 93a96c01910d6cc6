/* SPDX-License-Identifier: Apache-2.0
 * Scalars and tables of a program. */
#include "an_comp.h"
#include <math.h>
#include <string.h>

uint32_t an_k_add(an_comp_t *o, const char *name, double value, int shift, an_at_t at)
{
    const double w = floor(ldexp(value, AN_F_STATE + shift) + 0.5);
    if (w < INT32_MIN || w > INT32_MAX)
        an_fail(o->c, AN_ERR_INPUT, at, "%s = %g is out of range here; legal: %g to %g", name, value, ldexp(-128, -shift), ldexp(128, -shift));
    an_kloc_t k = { .name = name, .value = value, .shift = shift, .word = (int32_t)w };
    for (size_t i = 0; i < o->n_k; i++)
        if (strcmp(o->k[i].name, name) == 0 && o->k[i].word == k.word && o->k[i].shift == shift) return (uint32_t)i;
    AN_PUSH(o->c, o->k, o->n_k, k);
    return (uint32_t)(o->n_k - 1);
}

uint32_t an_k_operand(an_comp_t *o, const char *name, double value, int lo, int hi, int *shift, an_at_t at)
{
    int s = hi < 27 ? hi : 27;
    while (s > lo && fabs(rint(ldexp(value, AN_F_RATE + s))) > INT16_MAX) s--;
    if (fabs(rint(ldexp(value, AN_F_RATE + s))) > INT16_MAX)
        an_fail(o->c, AN_ERR_INPUT, at, "%s = %g is out of range here; legal: %g to %g", name, value, ldexp(-8, -lo), ldexp(8, -lo));
    *shift = s;
    return an_k_add(o, name, value, s, at);
}

int an_k_find(const an_comp_t *o, const char *name)
{
    for (size_t i = 0; i < o->rule->n_scalar + 1 && i < o->n_k; i++)
        if (strcmp(o->k[i].name, name) == 0) return (int)i;
    return -1;
}

uint32_t an_t_add(an_comp_t *o, const an_table_t *t, int in_scale, int out_scale, int *k, an_at_t at)
{
    an_env_t env = { .net = o->net };
    int e;
    const double d = an_value(o->c, t->domain, &env), m = frexp(d, &e);
    *k = e - 1 + in_scale;
    if (m != 0.5 || *k < 0 || *k > 6)
        an_fail(o->c, AN_ERR_INPUT, t->at, "%s: domain %g; legal: a power of two, %g to %g", t->name, d, ldexp(1, -in_scale), ldexp(64, -in_scale));
    for (size_t i = 0; i < o->n_table; i++)
        if (o->table[i].decl == t && o->table[i].k == *k && o->table[i].in_scale == in_scale && o->table[i].out_scale == out_scale) return (uint32_t)i;
    if (o->n_table == AN_TABLES)
        an_fail(o->c, AN_ERR_FIT, at, "more than %d tables (a table used at two scales counts twice)", AN_TABLES);
    AN_PUSH(o->c, o->table, o->n_table, (an_tloc_t){ t, *k, in_scale, out_scale });
    return (uint32_t)(o->n_table - 1);
}
