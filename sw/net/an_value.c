/* SPDX-License-Identifier: Apache-2.0
 * The value of a constant where it is used, and seeded draws. */
#include "an_network.h"
#include <math.h>
#include <string.h>

/* splitmix64 (Steele, Lea, Flood 2014): its output function, used as a hash. */
static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint64_t an_draw_key(uint64_t seed, const char *what, const char *name)
{
    uint64_t h = 0xCBF29CE484222325u; /* FNV-1a over "what:name" */
    for (const char *s = what; *s; s++) h = (h ^ (unsigned char)*s) * 0x100000001B3u;
    h = (h ^ ':') * 0x100000001B3u;
    for (const char *s = name; *s; s++) h = (h ^ (unsigned char)*s) * 0x100000001B3u;
    return mix(h ^ mix(seed + 0x9E3779B97F4A7C15u));
}

double an_draw(uint64_t key, uint64_t index)
{
    return (double)(mix(key + (index + 1) * 0x9E3779B97F4A7C15u) >> 11) * 0x1p-53;
}

static double lookup(an_ctx_t *c, const an_expr_t *e, void *ctx)
{
    an_env_t *env = ctx;
    const an_rule_t *r = env->net->rule;
    if (e->kind == AN_EX_CALL) {
        if (!env->draw) an_fail(c, AN_ERR_INPUT, e->at, "uniform is legal in the starting value of a vector only");
        return an_draw(an_draw_key(env->net->seed, env->draw, env->pop->name), (uint64_t)env->neuron << 8 | (env->draws++ & 255));
    }
    if (e->kind == AN_EX_NAME && env->has_x && strcmp(e->name, "x") == 0) return env->x;
    if (e->kind == AN_EX_NAME && env->pop && strcmp(e->name, "n") == 0) return env->pop->n;
    if (e->kind == AN_EX_NAME && env->pop && strcmp(e->name, "layer") == 0) return (double)(env->pop - env->net->pop);
    if (e->kind == AN_EX_NAME && strcmp(e->name, "layers") == 0) return (double)env->net->n_pop;
    if (e->kind == AN_EX_NAME && env->proj && strcmp(e->name, "pre") == 0) return env->proj->pre->n;
    if (e->kind == AN_EX_NAME && env->proj && strcmp(e->name, "post") == 0) return env->proj->post->n;
    const an_const_t *k = an_rule_const(r, e->name);
    if (!k || e->kind == AN_EX_INDEX)
        an_fail(c, AN_ERR_INPUT, e->at, "%s: not a constant; legal: %s", an_expr_show(c, e), an_rule_consts(c, r));
    const size_t i = (size_t)(k - r->cnst);
    if (env->proj && env->proj->has[i]) return env->proj->value[i];
    if (env->pop && env->pop->value[i]) return env->pop->value[i][env->neuron];
    if (env->net->has[i]) return env->net->value[i];
    if (++env->depth > 50) an_fail(c, AN_ERR_INPUT, k->at, "%s is defined by itself", k->name);
    const double v = an_expr_eval(c, k->value, lookup, env);
    env->depth--;
    return v;
}

double an_value(an_ctx_t *c, const an_expr_t *e, an_env_t *env) { return an_expr_eval(c, e, lookup, env); }

long an_integer(an_ctx_t *c, const an_expr_t *e, an_env_t *env, long lo, long hi, const char *what)
{
    const double v = an_value(c, e, env);
    if (v < (double)lo || v > (double)hi || v != floor(v)) an_fail(c, AN_ERR_INPUT, e->at, "%s: %g; legal: a whole number, %ld to %ld", what, v, lo, hi);
    return (long)v;
}

static bool varies(const an_network_t *net, const an_pop_t *pop, const an_expr_t *e, int depth)
{
    if (e->kind == AN_EX_CALL && strcmp(e->name, "uniform") == 0) return true;
    for (int i = 0; i < 3 && e->arg[i]; i++)
        if (varies(net, pop, e->arg[i], depth)) return true;
    if (e->kind != AN_EX_NAME || depth > 50) return false;
    const an_const_t *k = an_rule_const(net->rule, e->name);
    if (!k) return false;
    const size_t i = (size_t)(k - net->rule->cnst);
    if (pop->value[i]) return pop->varies[i];
    return !net->has[i] && varies(net, pop, k->value, depth + 1);
}

bool an_varies(const an_network_t *net, const an_pop_t *pop, const an_expr_t *e) { return varies(net, pop, e, 0); }
