/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "an_array.h"
#include "an_say.h"
#include "an_series_expr.h"
#include "an_series_wave.h"

enum { PATH = 256, MAX_TERMS = 64, MAX_PERIOD = 10000000 };
static const char legal[] = "a number, a formula of t, {sines: [[omega, amplitude, phase], ..]}, {square: {half, sigma, high, low}}, {patches: {length, parts}}, "
                            "{mackey-glass: {tau, ticks, every}}, {file: NAME.npy, column}";

static void join(char *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void join(char *p, const char *fmt, ...) /* PATH characters; what is longer names no key */
{
    va_list v;
    va_start(v, fmt);
    (void)vsnprintf(p, PATH, fmt, v);
    va_end(v);
}

typedef struct ask { an_exp_t *exp; an_diag_t *d; const char *path; an_err_t e; } ask_t;

static double num(ask_t *a, const char *key, double lo, double hi, double deflt)
{
    char p[PATH];
    double v = deflt;
    join(p, "%s.%s", a->path, key);
    if (!a->e)
        a->e = an_exp_get_num(a->exp, p, lo, hi, deflt, &v, a->d);
    return v;
}

/* [[omega, amplitude, phase], ..]: amplitude 1 and phase 0 may be left out; so may the inner list where only omega is given */
static an_err_t sines(an_wave_t *w, an_exp_t *exp, const char *path, an_diag_t *d)
{
    size_t n = an_exp_len(exp, path);
    if (!n || n > MAX_TERMS)
        return an_say(d, AN_ERR_INPUT, "%s: %s: legal: 1 to %d lists [omega, amplitude, phase]", an_exp_name(exp), path, MAX_TERMS);
    w->sine = calloc(3 * n, sizeof *w->sine);
    if (!w->sine)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    w->n_sine = n;
    for (size_t i = 0; i < n; i++) {
        char p[PATH];
        static const double deflt[3] = {0, 1, 0};
        join(p, "%s.%zu", path, i);
        size_t m = an_exp_len(exp, p);
        for (size_t k = 0; k < 3; k++) {
            an_err_t e = AN_OK;
            if (m)
                join(p, "%s.%zu.%zu", path, i, k);
            w->sine[3 * i + k] = deflt[k];
            if (m ? k < m : k == 0)
                e = an_exp_get_num(exp, p, -1e6, 1e6, 0, &w->sine[3 * i + k], d);
            if (e)
                return e;
        }
    }
    return AN_OK;
}

/* +high for `half` ticks, low for `half` ticks, smoothed around the period by a Gaussian of sigma ticks that is cut at 4 sigma */
static an_err_t square(an_wave_t *w, ask_t *a)
{
    size_t half = (size_t)num(a, "half", 1, MAX_PERIOD / 2, 200);
    double sigma = num(a, "sigma", 0, 1000, 0), high = num(a, "high", -8, 8, 1), low = num(a, "low", -8, 8, -1);
    if (a->e)
        return a->e;
    long reach = lround(4 * sigma), n = (long)(2 * half);
    w->period = 2 * half;
    w->table = calloc(w->period, sizeof *w->table);
    if (!w->table)
        return an_say(a->d, AN_ERR_MEMORY, "no memory");
    for (long t = 0; t < n; t++) {
        double sum = 0, weight = 0;
        for (long k = -reach; k <= reach; k++) {
            double g = sigma > 0 ? exp(-0.5 * (double)(k * k) / (sigma * sigma)) : 1;
            sum += g * ((((t + k) % n) + n) % n < (long)half ? high : low);
            weight += g;
        }
        w->table[t] = sum / weight;
    }
    return AN_OK;
}

/* xdot = a x(t-tau)/(1 + x(t-tau)^10) - b x, Euler with `every` steps a tick, mean taken off and scaled to amplitude 1 */
static an_err_t mackey_glass(an_wave_t *w, ask_t *a)
{
    double tau = num(a, "tau", 1, 1000, 17), gain = num(a, "a", 0, 10, .2), decay = num(a, "b", 0, 10, .1), x0 = num(a, "x0", 0, 10, 1.2);
    size_t n = (size_t)num(a, "ticks", 100, MAX_PERIOD, 100000), each = (size_t)num(a, "every", 1, 1000, 10);
    if (a->e)
        return a->e;
    double h = w->dt / (double)each;
    size_t delay = (size_t)lround(tau / h), warm = (size_t)lround(20 * tau / h), at = 0;
    if (!delay || delay > MAX_PERIOD)
        return an_say(a->d, AN_ERR_INPUT, "%s: %s: tau %g is no whole number of steps of %g; legal: 1 to %d", an_exp_name(a->exp), a->path, tau, h, MAX_PERIOD);
    double *past = calloc(delay, sizeof *past), x = x0, top = 0, mean = 0;
    w->table = calloc(n, sizeof *w->table);
    w->period = n;
    if (!past || !w->table) {
        free(past);
        return an_say(a->d, AN_ERR_MEMORY, "no memory");
    }
    for (size_t i = 0; i < delay; i++)
        past[i] = x0;
    for (size_t i = 0; i < warm + n * each; i++) {
        double old = past[at];
        past[at] = x;
        at = (at + 1) % delay;
        if (i >= warm && (i - warm) % each == 0)
            w->table[(i - warm) / each] = x;
        x += h * (gain * old / (1 + pow(old, 10)) - decay * x);
    }
    free(past);
    for (size_t i = 0; i < n; i++)
        mean += w->table[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        top = fmax(top, fabs(w->table[i] -= mean));
    for (size_t i = 0; i < n && top > 0; i++)
        w->table[i] /= top;
    return AN_OK;
}

/* (ticks) or (ticks, columns), from the experiment's folder of data */
static an_err_t file(an_wave_t *w, ask_t *a, const char *name, const char *share)
{
    char path[1024];
    an_array_t x;
    if ((size_t)snprintf(path, sizeof path, "%s%s%s", *name == '/' ? "" : share, *name == '/' ? "" : "/data/", name) >= sizeof path)
        return an_say(a->d, AN_ERR_INPUT, "%.100s...: name too long", name);
    an_err_t e = an_npy_read(&x, path, 0, a->d);
    if (e)
        return e;
    size_t columns = x.dims == 2 ? x.shape[1] : 1, column = (size_t)num(a, "column", 0, (double)columns - 1, 0);
    w->period = columns ? x.n / columns : 0;
    if (!a->e && (x.dims > 2 || !w->period))
        a->e = an_say(a->d, AN_ERR_INPUT, "%s: %d dimensions, %zu numbers; expected (ticks) or (ticks, columns)", path, x.dims, x.n);
    if (!a->e && !(w->table = calloc(w->period, sizeof *w->table)))
        a->e = an_say(a->d, AN_ERR_MEMORY, "no memory");
    for (size_t i = 0; !a->e && i < w->period; i++)
        w->table[i] = an_array_at(&x, i * columns + column);
    an_array_free(&x);
    return a->e;
}

static an_err_t patches(an_wave_t *w, ask_t *a, const char *share)
{
    char parts[PATH], p[PATH];
    join(parts, "%s.parts", a->path);
    double length = num(a, "length", w->dt, 1e6, 5);
    size_t n = an_exp_len(a->exp, parts);
    if (a->e)
        return a->e;
    if (!n || n > MAX_TERMS)
        return an_say(a->d, AN_ERR_INPUT, "%s: %s: legal: 1 to %d of: %s", an_exp_name(a->exp), parts, MAX_TERMS, legal);
    w->length = (size_t)lround(length / w->dt);
    w->patch = calloc(n, sizeof *w->patch);
    if (!w->patch)
        return an_say(a->d, AN_ERR_MEMORY, "no memory");
    for (w->n_patch = 0; w->n_patch < n && !a->e;) {
        join(p, "%s.%zu", parts, w->n_patch);
        a->e = an_wave_read(&w->patch[w->n_patch++], a->exp, p, share, w->dt, a->d);
    }
    return a->e;
}

an_err_t an_wave_read(an_wave_t *w, an_exp_t *exp, const char *path, const char *share, double dt, an_diag_t *d)
{
    char p[PATH];
    memset(w, 0, sizeof *w);
    w->dt = dt;
    const char *kind = an_exp_key(exp, path, 0);
    if (!kind) {
        const char *text;
        char *end;
        an_err_t e = an_exp_get_str(exp, path, "", &text, d);
        if (e)
            return e;
        (void)strtod(text, &end);
        join(p, "%s: %s", an_exp_name(exp), path);
        return *text && *end ? an_series_expr_open(&w->expr, text, p, d) : an_exp_get_num(exp, path, -8, 8, 0, &w->offset, d);
    }
    join(p, "%s.%s", path, kind);
    ask_t a = {exp, d, p, AN_OK}, self = {exp, d, path, AN_OK};
    w->offset = num(&self, "offset", -8, 8, 0);
    if (self.e)
        return self.e;
    if (!strcmp(kind, "sines"))
        return sines(w, exp, p, d);
    if (!strcmp(kind, "square"))
        return square(w, &a);
    if (!strcmp(kind, "mackey-glass"))
        return mackey_glass(w, &a);
    if (!strcmp(kind, "patches"))
        return patches(w, &a, share);
    if (!strcmp(kind, "file")) {
        const char *name;
        an_err_t e = an_exp_get_str(exp, p, "", &name, d);
        return e ? e : file(w, &self, name, share);
    }
    return an_say(d, AN_ERR_INPUT, "%s: %s: unknown signal \"%s\"; legal: %s", an_exp_name(exp), path, kind, legal);
}

void an_wave_free(an_wave_t *w)
{
    free(w->sine);
    free(w->table);
    for (size_t i = 0; i < w->n_patch; i++)
        an_wave_free(&w->patch[i]);
    free(w->patch);
    an_series_expr_close(w->expr);
    memset(w, 0, sizeof *w);
}

double an_wave_at(const an_wave_t *w, uint64_t tick)
{
    double v = w->offset;
    if (w->table)
        v += w->table[tick % w->period];
    if (w->n_patch)
        v += an_wave_at(&w->patch[tick / w->length % w->n_patch], tick);
    double s = w->dt * (double)tick;
    if (w->expr)
        v += an_series_expr_at(w->expr, s);
    for (size_t i = 0; i < w->n_sine; i++)
        v += w->sine[3 * i + 1] * sin(w->sine[3 * i] * s + w->sine[3 * i + 2]);
    return v;
}
