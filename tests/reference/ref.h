// SPDX-License-Identifier: Apache-2.0
// ref.h -- what the double-precision references share: arguments, a seeded generator, JSON, traces. Nothing of sw/ is used here.
// Usage of every program: ref_<name> [--seed N] [--set k=v[,v..]]... [--trace FILE.csv] [--export PREFIX]
// Prints one JSON object; exits 1 when the run diverged, 2 on bad usage or a file that cannot be read or written.
#ifndef REF_H
#define REF_H

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REF_MAX_SET = 32 };

typedef struct {
    uint64_t rnd;          // state of the generator
    long seed;
    int sets;
    const char *key[REF_MAX_SET], *val[REF_MAX_SET];
    bool used[REF_MAX_SET];
    FILE *trace;           // NULL without --trace
    const char *export_to; // prefix of .npy files, or NULL
    bool diverged;
} ref_t;

static inline void ref_die(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    exit(2);
}

// SplitMix64 (Steele, Lea, Flood 2014): one word of state, a seed gives the same numbers everywhere.
static inline uint64_t ref_u64(ref_t *r)
{
    uint64_t z = r->rnd += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline double ref_uniform(ref_t *r, double lo, double hi)
{
    return lo + (hi - lo) * (double)(ref_u64(r) >> 11) * 0x1p-53;
}

// To the nearest multiple of 2^-12, so that the chip can start from exactly the same value.
static inline double ref_q12(double x) { return floor(x * 4096.0 + 0.5) / 4096.0; }

static inline void ref_shuffle(ref_t *r, int *p, int n)
{
    for (int i = n - 1; i > 0; i--) {
        int j = (int)(ref_u64(r) % (uint64_t)(i + 1)), t = p[i];
        p[i] = p[j];
        p[j] = t;
    }
}

static inline void *ref_alloc(size_t n, size_t size)
{
    void *p = calloc(n, size);
    if (!p) ref_die("out of memory");
    return p;
}

static inline ref_t ref_begin(int argc, char **argv)
{
    ref_t r = {.seed = 1};
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 >= argc) ref_die("%s: %s needs a value", argv[0], argv[i]);
        char *v = argv[i + 1], *eq;
        if (!strcmp(argv[i], "--seed")) {
            r.seed = strtol(v, &eq, 10);
            if (*eq || eq == v) ref_die("%s: --seed %s is not a number", argv[0], v);
        } else if (!strcmp(argv[i], "--set") && (eq = strchr(v, '=')) && r.sets < REF_MAX_SET) {
            *eq = 0;
            r.key[r.sets] = v;
            r.val[r.sets++] = eq + 1;
        } else if (!strcmp(argv[i], "--trace")) {
            r.trace = fopen(v, "w");
            if (!r.trace) ref_die("%s: cannot write %s", argv[0], v);
        } else if (!strcmp(argv[i], "--export")) {
            r.export_to = v;
        } else {
            ref_die("usage: %s [--seed N] [--set k=v]... [--trace FILE] [--export PREFIX]", argv[0]);
        }
    }
    r.rnd = (uint64_t)r.seed * 0xD1342543DE82EF95u + 1;
    return r;
}

static inline const char *ref_str(ref_t *r, const char *key, const char *def)
{
    for (int i = r->sets - 1; i >= 0; i--)
        if (!strcmp(r->key[i], key)) {
            for (int k = 0; k <= i; k++) r->used[k] |= !strcmp(r->key[k], key);
            return r->val[i];
        }
    return def;
}

// A list a,b,c into x[0..max-1]; returns how many, 0 if the key is not set (x is then left alone).
static inline int ref_list(ref_t *r, const char *key, double *x, int max)
{
    const char *s = ref_str(r, key, NULL);
    int n = 0;
    while (s && *s) {
        char *end;
        double v = strtod(s, &end);
        if (end == s || (*end && *end != ',') || n == max) ref_die("--set %s: bad number or too many", key);
        x[n++] = v;
        s = *end ? end + 1 : end;
    }
    return n;
}

static inline double ref_num(ref_t *r, const char *key, double def)
{
    double v = def;
    ref_list(r, key, &v, 1);
    return v;
}

static inline bool ref_on(ref_t *r, const char *key, bool def)
{
    const char *s = ref_str(r, key, def ? "on" : "off");
    if (strcmp(s, "on") && strcmp(s, "off")) ref_die("--set %s: on or off", key);
    return s[1] == 'n';
}

// Call after the last ref_num/ref_str: a misspelt key must not pass silently.
static inline void ref_args_done(const ref_t *r)
{
    for (int i = 0; i < r->sets; i++)
        if (!r->used[i]) ref_die("--set %s: no such parameter here", r->key[i]);
}

static inline void ref_put(double v)
{
    if (isfinite(v)) printf("%.9g", v);
    else printf("null");
}

static inline void ref_json_begin(const ref_t *r, const char *name)
{
    printf("{\"experiment\": \"%s\", \"seed\": %ld, \"set\": {", name, r->seed);
    for (int i = 0; i < r->sets; i++) printf("%s\"%s\": \"%s\"", i ? ", " : "", r->key[i], r->val[i]);
    printf("}");
}

static inline void ref_json_num(const char *key, double v)
{
    printf(", \"%s\": ", key);
    ref_put(v);
}

static inline void ref_json_arr(const char *key, const double *v, int n)
{
    printf(", \"%s\": [", key);
    for (int i = 0; i < n; i++) {
        if (i) printf(", ");
        ref_put(v[i]);
    }
    printf("]");
}

static inline int ref_end(ref_t *r)
{
    printf(", \"diverged\": %s}\n", r->diverged ? "true" : "false");
    if (r->trace && fclose(r->trace)) ref_die("cannot write the trace");
    if (fflush(stdout)) ref_die("cannot write the result");
    return r->diverged ? 1 : 0;
}

#endif
