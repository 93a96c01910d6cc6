/* SPDX-License-Identifier: Apache-2.0
 * metrics, schedule.phases and plot of an experiment's file, bound to streams and symbols. */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "an_say.h"
#include "an_watch_in.h"

enum { PATH = 256 };
static const char *const ops[] = {"mean", "mean_square", "rms", "max_abs", "final", "weights", "second", "vector"};

typedef struct reader { an_watch_t *w; an_exp_t *exp; an_diag_t *d; an_err_t e; } reader_t;

static void join(char *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void join(char *p, const char *fmt, ...)
{
    va_list v;
    va_start(v, fmt);
    (void)vsnprintf(p, PATH, fmt, v);
    va_end(v);
}

static const char *str(reader_t *r, const char *path)
{
    const char *s = "";
    if (!r->e)
        r->e = an_exp_get_str(r->exp, path, "", &s, r->d);
    return s;
}

static double num(reader_t *r, const char *path, double lo, double hi, double deflt)
{
    double v = deflt;
    if (!r->e)
        r->e = an_exp_get_num(r->exp, path, lo, hi, deflt, &v, r->d);
    return v;
}

static void fail(reader_t *r, const char *path, const char *what, const char *name, const char *legal)
{
    if (!r->e)
        r->e = an_say(r->d, AN_ERR_INPUT, "%s: %s: %s \"%s\"; legal: %s", an_exp_name(r->exp), path, what, name, legal);
}

/* Appends to a list of names that is cut where it is full. */
static void legal_add(char *s, size_t size, const char *name)
{
    size_t at = strlen(s);
    if (at + strlen(name) + 3 < size)
        snprintf(s + at, size - at, "%s%s", at ? ", " : "", name);
}

static an_tap_t tap(reader_t *r, const char *path, const char *name)
{
    an_tap_t t = {.name = name};
    if (!r->e)
        r->e = an_tap_find(&t, r->w->run, path, name, r->d);
    return t;
}

static void streams(reader_t *r, an_metric_t *m, const char *path)
{
    char p[PATH];
    m->two = an_exp_len(r->exp, path) == 2;
    for (int k = 0; k < 1 + m->two && !r->e; k++) {
        join(p, m->two ? "%s.%d" : "%s", path, k);
        m->tap[k] = tap(r, p, str(r, p));
    }
    if (!r->e && m->two && m->tap[0].n != m->tap[1].n)
        fail(r, path, "another number of words than", m->tap[0].name, "two streams of the same length");
    m->columns = m->op == AN_W_FINAL ? m->tap[0].n : 1;
}

static void symbol(reader_t *r, an_metric_t *m, const char *path)
{
    const an_image_t *img = r->w->run->img;
    const char *name = str(r, path);
    char legal[300] = "";
    size_t i = m->n_sym++;
    if (r->e)
        return;
    bool synapses = m->op != AN_W_VECTOR;
    if (synapses && (m->proj[i] = an_image_projection(img, name)) != NULL && (m->op == AN_W_WEIGHTS || m->proj[i]->pair)) {
        m->columns += (size_t)m->proj[i]->pre * m->proj[i]->post;
        return;
    }
    if (!synapses && (m->vec[i] = an_image_vector(img, name)) != NULL) {
        m->columns += m->vec[i]->n;
        return;
    }
    for (size_t k = 0; k < (synapses ? img->n_projection : img->n_vector); k++)
        if (m->op != AN_W_SECOND || img->projection[k].pair)
            legal_add(legal, sizeof legal, synapses ? img->projection[k].name : img->vector[k].name);
    fail(r, path, !synapses ? "no vector" : m->op == AN_W_SECOND ? "no projection of pairs" : "no projection", name, legal);
}

static void metric(reader_t *r, const char *name)
{
    an_watch_t *w = r->w;
    char path[PATH], p[PATH], legal[200] = "";
    join(path, "metrics.%s", name);
    const char *op = an_exp_key(r->exp, path, 0);
    for (size_t k = 0; k < sizeof ops / sizeof *ops; k++)
        legal_add(legal, sizeof legal, ops[k]);
    for (size_t k = 0; an_probes[k]; k++)
        legal_add(legal, sizeof legal, an_probes[k]->kind);
    if (!op || w->n_metric == AN_WATCH_METRICS) {
        fail(r, path, "not understood or too many:", name, legal);
        return;
    }
    an_metric_t *m = &w->metric[w->n_metric++];
    *m = (an_metric_t){.name = name, .last = 1, .parts = 1};
    while (m->op < sizeof ops / sizeof *ops && strcmp(ops[m->op], op))
        m->op++;
    for (size_t k = 0; an_probes[k] && m->op == sizeof ops / sizeof *ops; k++)
        if (!strcmp(an_probes[k]->kind, op))
            m->probe = an_probes[k];
    if (m->op == sizeof ops / sizeof *ops && !m->probe) {
        fail(r, path, "unknown measure", op, legal);
        return;
    }
    join(p, "%s.last", path);
    m->last = num(r, p, 1e-6, 1, 1);
    join(p, "%s.parts", path);
    m->parts = (size_t)num(r, p, 1, AN_WATCH_PARTS, 1);
    join(p, "%s.%s", path, op);
    if (m->probe && !r->e) {
        m->op = AN_W_PROBE;
        r->e = m->probe->open(&m->mine, &m->columns, r->exp, p, w->run, r->d);
    } else if (m->op < AN_W_WEIGHTS) {
        streams(r, m, p);
    } else {
        size_t n = an_exp_len(r->exp, p);
        if (n > AN_WATCH_NAMES)
            fail(r, p, "too many names in", op, "8 at most");
        for (size_t i = 0; i < n && !r->e; i++) {
            char q[PATH];
            join(q, "%.200s.%zu", p, i);
            symbol(r, m, q);
        }
        if (!n)
            symbol(r, m, p);
    }
    w->columns += m->columns;
    m->now = calloc(m->columns + 1, sizeof *m->now);
    if (!m->now)
        r->e = an_say(r->d, AN_ERR_MEMORY, "no memory");
}

static void phase(reader_t *r, size_t i)
{
    an_watch_t *w = r->w;
    char p[PATH], q[PATH];
    an_phase_t *z = &w->phase[w->n_phase++];
    join(p, "schedule.phases.%zu.from", i);
    z->from = (uint64_t)num(r, p, 0, 1e15, 0);
    if (!r->e && i && z->from <= z[-1].from)
        fail(r, p, "phases in order of", "from", "a later tick than that of the phase before");
    join(p, "schedule.phases.%zu.scalars", i);
    while (an_exp_key(r->exp, p, z->n))
        z->n++;
    z->scalar = calloc(z->n + 1, sizeof *z->scalar);
    z->value = calloc(z->n + 1, sizeof *z->value);
    if (!z->scalar || !z->value) {
        r->e = an_say(r->d, AN_ERR_MEMORY, "no memory");
        return;
    }
    for (size_t k = 0; k < z->n && !r->e; k++) {
        const char *name = an_exp_key(r->exp, p, k);
        const an_sym_scalar_t *s = z->scalar[k] = an_image_scalar(w->run->img, name);
        if (!s) {
            fail(r, p, "no scalar", name, "a scalar that the rule declares");
            return;
        }
        join(q, "%.200s.%s", p, name);
        double top = ldexp(1, 31 - AN_F_STATE - s->shift);
        z->value[k] = num(r, q, -top, top * (1 - 1e-9), 0);
    }
}

static void panel(reader_t *r, size_t i)
{
    an_watch_t *w = r->w;
    an_panel_t *z = &w->panel[w->n_panel++];
    char p[PATH];
    join(p, "plot.%zu.label", i);
    z->label = str(r, p);
    join(p, "plot.%zu.log", i);
    const char *log = str(r, p);
    z->log = !strcmp(log, "true");
    if (*log && !z->log && strcmp(log, "false"))
        fail(r, p, "not understood:", log, "true, false");
    join(p, "plot.%zu.range.0", i);
    z->y0 = num(r, p, -1e9, 1e9, 0);
    join(p, "plot.%zu.range.1", i);
    z->y1 = num(r, p, -1e9, 1e9, 0);
    for (size_t k = 0; join(p, "plot.%zu.y.%zu", i, k), k < AN_WATCH_NAMES && an_exp_has(r->exp, p) && !r->e; k++) {
        const char *name = str(r, p);
        size_t m = 0;
        while (m < w->n_metric && strcmp(w->metric[m].name, name))
            m++;
        if (m == w->n_metric)
            fail(r, p, "no metric", name, "one of metrics");
        z->metric[z->n_metric++] = m;
    }
    for (size_t k = 0; join(p, "plot.%zu.lines.%zu", i, k), k < AN_WATCH_NAMES && an_exp_has(r->exp, p) && !r->e; k++)
        z->line[z->n_line++] = num(r, p, -1e9, 1e9, 0);
    for (size_t k = 0; join(p, "plot.%zu.streams.%zu", i, k), k < AN_WATCH_NAMES && an_exp_has(r->exp, p) && !r->e; k++)
        z->tap[z->n_tap++] = tap(r, p, str(r, p));
    join(p, "plot.%zu.last", i);
    z->last = (uint64_t)num(r, p, 1, 1e6, 1000);
    w->ring_words += z->n_tap;
    if (z->n_tap && z->last > w->ring_ticks)
        w->ring_ticks = z->last;
    if (!r->e && !z->n_metric && !z->n_tap) {
        join(p, "plot.%zu", i);
        fail(r, p, "nothing to draw in", z->label, "y: [metrics], streams: [streams]");
    }
}

an_err_t an_watch_open(an_watch_t **out, an_exp_t *exp, const an_runner_t *run, an_diag_t *d)
{
    *out = NULL;
    an_watch_t *w = calloc(1, sizeof *w);
    if (!w)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    reader_t r = {w, exp, d, AN_OK};
    w->run = run;
    w->columns = 1;
    const char *name;
    for (size_t i = 0; (name = an_exp_key(exp, "metrics", i)) != NULL && !r.e; i++)
        if (strcmp(name, "test_error"))
            metric(&r, name);
    size_t phases = an_exp_len(exp, "schedule.phases"), panels = an_exp_len(exp, "plot");
    if (phases > AN_WATCH_PHASES || panels > AN_WATCH_PANELS)
        fail(&r, "schedule.phases, plot", "too many in", an_exp_name(exp), "32 phases, 6 panels");
    for (size_t i = 0; i < phases && !r.e; i++)
        phase(&r, i);
    for (size_t i = 0; i < panels && !r.e; i++)
        panel(&r, i);
    w->rows = (uint64_t)num(&r, "schedule.rows", 1, 100000, 400);
    w->dt = num(&r, "data.dt", 1e-9, 1e6, 1);
    w->title = str(&r, "title");
    if (!r.e && w->ring_words && !(w->ring = calloc(w->ring_words * w->ring_ticks, sizeof *w->ring)))
        r.e = an_say(d, AN_ERR_MEMORY, "no memory");
    if (r.e || !(w->n_metric || w->n_phase || w->n_panel))
        an_watch_close(w);
    else
        *out = w;
    return r.e;
}

void an_watch_close(an_watch_t *w)
{
    if (!w)
        return;
    for (size_t i = 0; i < w->n_metric; i++) {
        if (w->metric[i].mine)
            w->metric[i].probe->close(w->metric[i].mine);
        free(w->metric[i].now);
    }
    for (size_t i = 0; i < w->n_phase; i++) {
        free(w->phase[i].scalar);
        free(w->phase[i].value);
    }
    free(w->row);
    free(w->ring);
    free(w);
}
