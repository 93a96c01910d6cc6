/* SPDX-License-Identifier: Apache-2.0 */
#include "an_draw_net.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

uint32_t an_draw_below(an_draw_net_t *d, uint32_t n)
{
    d->seed = d->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((d->seed >> 33) % n);
}

static int one_in(an_draw_net_t *d, uint32_t n) { return an_draw_below(d, n) == 0; }

static void add(char *text, size_t *n, const char *fmt, va_list ap)
{
    const int k = vsnprintf(text + *n, AN_DRAW_TEXT - *n, fmt, ap);
    if (k > 0 && *n + (size_t)k < AN_DRAW_TEXT) *n += (size_t)k;
}

static void rule(an_draw_net_t *d, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add(d->rule, &d->rule_n, fmt, ap);
    va_end(ap);
}

static void yaml(an_draw_net_t *d, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add(d->yaml, &d->yaml_n, fmt, ap);
    va_end(ap);
}

static const char *pick(an_draw_net_t *d, const char *const *of, uint32_t n) { return of[an_draw_below(d, n)]; }
#define PICK(d, ...) pick((d), (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static const char *role(an_draw_net_t *d)
{
    static const char *const names[AN_DRAW_ROLES] = { "r0", "r1", "r2" };
    return one_in(d, 3) ? "all" : names[an_draw_below(d, (uint32_t)d->roles)];
}

static void sweep(an_draw_net_t *d)
{
    const char *sep = "";
    rule(d, "  sweep %s -> ", role(d));
    rule(d, "%s%s: ", role(d), one_in(d, 3) ? " skip" : "");
    const int parts = 1 + (int)an_draw_below(d, 7);
    if (parts & 1) {
        rule(d, "forward %s", PICK(d, "a = W*x", "a += W*x", "a = s + W*x", "a = W*h", "a = W*h[1]", "b = W*s", "b += W*x"));
        sep = ", ";
    }
    if (parts & 2) {
        rule(d, "%sbackward %s", sep, PICK(d, "q = W'*e", "q += W'*e", "q = s + W'*e", "q = a + W'*e"));
        sep = ", ";
    }
    if (parts & 4) {
        const char *eta = PICK(d, "2^-3*", "0.3*", "g*", "m*", "c1*2^-2*");
        const char *of = PICK(d, "e*x", "e*x", "x*e", "s*x", "e*h", "h[2]*x");
        if (d->pairs) rule(d, "%slearn V += %s%s - 0.1*V - 0.01*W, W += 0.5*V %s", sep, eta, of, PICK(d, "old", "new"));
        else rule(d, "%slearn W += %s%s", sep, eta, of);
    }
    rule(d, "\n");
}

static void vector_op(an_draw_net_t *d)
{
    const char *dst = PICK(d, "x", "e", "a", "q", "s", "b", "h", "h", "h[1]"), *src = PICK(d, "x", "e", "a", "q", "s", "b"), *state = PICK(d, "a", "q", "s", "b"), *k = PICK(d, "m", "g", "w", "c1", "0.5", "-0.25");
    switch (an_draw_below(d, 9)) {
    case 0: rule(d, "  each %s: mov %s, %s\n", role(d), dst, src); break;
    case 1: rule(d, "  each %s: add %s, %s, %s\n", role(d), dst, src, k); break;
    case 2: rule(d, "  each %s: mul %s, %s, %s\n", role(d), dst, src, k); break;
    case 3: rule(d, "  each %s: mac %s, %s, %s, %s sym\n", role(d), dst, src, k, state); break;
    case 4: rule(d, "  each %s: leak %s, %s, co, %s\n", role(d), dst, src, state); break;
    case 5: rule(d, "  each %s: tab %s, %s, ta\n", role(d), dst, src); break;
    case 6: rule(d, "  each %s: sel %s, %s, %s, %s\n", role(d), dst, src, PICK(d, "x", "a", "m"), state); break;
    case 7:
        rule(d, "  each %s\n    sub t, %s, %s\n    mul t, t, t\n    mac %s, t, 0.5, %s\n  end\n", role(d), src, PICK(d, "x", "q", "w"), dst, state);
        break;
    default: rule(d, "  each %s: mul %s, %s, %s\n", role(d), dst, PICK(d, "h[1]", "h[2]", "x"), PICK(d, "x", "e", "0.7"));
    }
}

static void reduction(an_draw_net_t *d)
{
    switch (an_draw_below(d, 5)) {
    case 0: rule(d, "  each %s: sum m, %s\n", role(d), PICK(d, "a", "x", "q")); break;
    case 1: rule(d, "  each %s: dot m, %s, x\n", role(d), PICK(d, "a", "e", "s")); break;
    case 2: rule(d, "  each %s: amax z, %s index\n", role(d), PICK(d, "a", "s", "x")); break;
    case 3: rule(d, "  each %s: amax w, %s\n", role(d), PICK(d, "a", "b")); break;
    default: rule(d, "  %s\n", PICK(d, "mul w, m, 0.5", "add w, w, 0.125", "mul w, g, c1", "sub c2, c2, 0.25", "min m, m, 1", "mul g, m, w"));
    }
}

static void stream(an_draw_net_t *d)
{
    switch (an_draw_below(d, 6)) {
    case 0: rule(d, "  in g\n"); break;
    case 1: rule(d, "  each %s: in %s\n", role(d), PICK(d, "x", "s", "a", "e")); break;
    case 2: rule(d, "  each %s: out %s\n", role(d), PICK(d, "x", "s", "a", "q")); break;
    case 3: rule(d, "  out %s\n", PICK(d, "m", "z", "w", "c2")); break;
    case 4: rule(d, "  each %s\n    in t\n    add x, t, 0.125\n    out t\n  end\n", role(d)); break;
    default: rule(d, "  each %s: in x\n", role(d));
    }
}

static void statements(an_draw_net_t *d, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t what = an_draw_below(d, 16);
        if (what < 5) sweep(d);
        else if (what < 9) vector_op(d);
        else if (what < 11) reduction(d);
        else if (what < 13 && d->streams) stream(d);
        else if (what == 13) rule(d, "  tick\n");
        else if (what == 14 && d->rings) rule(d, "  rotate\n");
        else if (d->depth < 3) {
            const int streams = d->streams, by_scalar = one_in(d, 4);
            rule(d, "  loop %s\n", by_scalar ? "z" : PICK(d, "1", "2", "3"));
            d->depth++;
            d->streams &= !by_scalar;
            statements(d, 1 + an_draw_below(d, 4));
            d->streams = streams;
            d->depth--;
            rule(d, "  end\n");
        }
    }
}

static void declarations(an_draw_net_t *d)
{
    rule(d, "roles r0 r1 r2\nscalar m, w, z, g = 0.25\nscalar c1 = 0.5, c2 = 1\n");
    rule(d, "vector x, e of all : rate network = uniform(-1, 1)\n");
    rule(d, "vector h of all : rate network%s\n", d->rings ? " ring 3" : "");
    rule(d, "vector a, q of all : state network\nvector b of all : state network = uniform(-2, 2)\n");
    rule(d, "vector s of all : state rate network = 0.5\nvector t of all : state scratch\ncoef co of all = 0.25\ntable ta = tanh(x) domain 4\n");
}

/* Without delay lines h[1] is h. */
static void no_rings(an_draw_net_t *d)
{
    for (char *p = d->rule; (p = strchr(p, '[')) != NULL;) memmove(p, p + 3, strlen(p + 3) + 1);
    d->rule_n = strlen(d->rule);
}

/* Parts by hand, none, or as the compiler likes. */
static void cut(an_draw_net_t *d, uint32_t rows, uint32_t cols)
{
    if (rows > 48 && rows <= 64 && one_in(d, 4)) yaml(d, ", split: {rows: [32, 48]}");
    else if (rows > 32 && rows <= 64 && one_in(d, 3)) yaml(d, ", split: {rows: [32]}");
    else if (rows > 16 && rows <= 32 && one_in(d, 2)) yaml(d, ", split: {rows: [16]}");
    else if (cols > 64 && one_in(d, 3)) yaml(d, ", split: {at: [32, 64]}");
    else if (cols > 32 && !one_in(d, 3)) yaml(d, ", split: {at: [%d]}", cols > 64 && one_in(d, 2) ? 64 : 32);
    else if (one_in(d, 3)) yaml(d, ", split: false");
}

static void network(an_draw_net_t *d, const char *rule_path)
{
    char there[AN_DRAW_POPS][AN_DRAW_POPS] = { { 0 } };
    uint32_t size[AN_DRAW_POPS];
    yaml(d, "rule: %s\nconfig: bench-4x2\npopulations:\n", rule_path);
    for (int i = 0; i < d->pops; i++) {
        const uint32_t n = one_in(d, 4) ? 1 + an_draw_below(d, 3) : one_in(d, 2) ? 30 + an_draw_below(d, 50) : 1 + an_draw_below(d, 20);
        size[i] = n;
        yaml(d, "  - {name: p%d, role: r%d, size: %u", i, d->role[i], n);
        if (one_in(d, 20)) yaml(d, ", core: 0");
        yaml(d, "}\n");
    }
    yaml(d, "projections:\n");
    const uint32_t want = 1 + an_draw_below(d, (uint32_t)(2 * d->pops));
    for (uint32_t k = 0; k < want; k++) {
        const uint32_t pre = an_draw_below(d, (uint32_t)d->pops), post = an_draw_below(d, (uint32_t)d->pops);
        if (there[pre][post]) continue;
        there[pre][post] = 1;
        yaml(d, "  - {from: p%u, to: p%u, init: {uniform: [-%s, 1]}", pre, post, PICK(d, "1", "3", "0.2"));
        const int post_on_rows = one_in(d, 2);
        yaml(d, ", rows: %s", post_on_rows ? "post" : "pre");
        cut(d, size[post_on_rows ? post : pre], size[post_on_rows ? pre : post]);
        if (one_in(d, 6)) yaml(d, ", learn: false");
        yaml(d, "}\n");
    }
    if (!strstr(d->yaml, "from")) yaml(d, "  - {from: p0, to: p0}\n");
}

void an_draw_net(an_draw_net_t *d, uint64_t seed, const char *rule_path)
{
    *d = (an_draw_net_t){ .seed = seed * 0x9E3779B97F4A7C15u + 1 };
    d->roles = 1 + (int)an_draw_below(d, AN_DRAW_ROLES);
    d->pops = 1 + (int)an_draw_below(d, AN_DRAW_POPS);
    d->pairs = one_in(d, 3);
    d->rings = one_in(d, 3);
    for (int i = 0; i < d->pops; i++) d->role[i] = (int)an_draw_below(d, (uint32_t)d->roles);
    declarations(d);
    for (int e = 0; e < 2; e++) {
        rule(d, "entry %s\n", e ? "test" : "train");
        d->depth = 1;
        d->streams = 1;
        statements(d, 4 + an_draw_below(d, 14));
        rule(d, "end\n");
    }
    if (!d->rings) no_rings(d);
    network(d, rule_path);
}
