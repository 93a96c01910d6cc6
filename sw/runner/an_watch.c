/* SPDX-License-Identifier: Apache-2.0
 * Measuring while it runs. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "an_report.h"
#include "an_say.h"
#include "an_watch_in.h"

static uint64_t every(const an_watch_t *w) { return w->run->total > w->rows ? w->run->total / w->rows : 1; }

uint64_t an_watch_stop(const an_watch_t *w, uint64_t done)
{
    if (!w)
        return UINT64_MAX;
    uint64_t stop = (done / every(w) + 1) * every(w);
    for (size_t i = 0; i < w->n_phase; i++)
        if (w->phase[i].from > done && w->phase[i].from < stop)
            stop = w->phase[i].from;
    return stop;
}

static an_err_t said(an_driver_t *dr, an_err_t e, an_diag_t *d)
{
    return e ? an_say(d, e, "%s: %s", dr->port->name, dr->port->message[0] ? dr->port->message : an_err_text(e)) : AN_OK;
}

an_err_t an_watch_before(an_watch_t *w, an_driver_t *dr, uint64_t done, an_diag_t *d)
{
    an_err_t e = AN_OK;
    for (; w && w->phase_at < w->n_phase && w->phase[w->phase_at].from <= done && !e; w->phase_at++) {
        const an_phase_t *p = &w->phase[w->phase_at];
        for (size_t i = 0; i < p->n && !e; i++)
            for (uint32_t c = 0; c < w->run->img->cfg.cores && !e; c++)
                e = an_driver_set_scalar(dr, c, p->scalar[i]->index, (int32_t)lround(ldexp(p->value[i], AN_F_STATE + p->scalar[i]->shift)));
    }
    return w ? said(dr, e, d) : AN_OK;
}

static void add(an_sum_t *s, an_watch_op_t op, double v)
{
    s->n++;
    if (op == AN_W_MAX_ABS)
        s->v = fmax(s->v, fabs(v));
    else
        s->v += op == AN_W_MEAN ? v : v * v;
}

static void take(an_watch_t *w, an_metric_t *m, uint64_t from, size_t k)
{
    uint64_t total = w->run->total, window = (uint64_t)llround((double)total * m->last), begin = window < total ? total - window : 0;
    uint64_t part = window / m->parts ? window / m->parts : 1;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < m->tap[0].n; j++) {
            double v = an_tap_at(w->run, &m->tap[0], i, j) - (m->two ? an_tap_at(w->run, &m->tap[1], i, j) : 0);
            if (m->op == AN_W_FINAL) {
                m->now[j] = v;
                continue;
            }
            add(&m->piece, m->op, v);
            if (from + i >= begin) {
                uint64_t at = (from + i - begin) / part;
                add(&m->sum[at < m->parts ? at : m->parts - 1], m->op, v);
            }
        }
}

void an_watch_ticks(an_watch_t *w, uint64_t from, size_t k)
{
    if (!w)
        return;
    for (size_t i = 0; i < w->n_metric; i++)
        if (w->metric[i].op < AN_W_WEIGHTS)
            take(w, &w->metric[i], from, k);
        else if (w->metric[i].probe && w->metric[i].probe->ticks)
            w->metric[i].probe->ticks(w->metric[i].mine, from, k);
    if (!w->ring || from + k + w->ring_ticks < w->run->total)
        return;
    for (size_t i = 0; i < k; i++) {
        float *to = w->ring + (from + i) % w->ring_ticks * w->ring_words;
        for (size_t p = 0; p < w->n_panel; p++)
            for (size_t t = 0; t < w->panel[p].n_tap; t++)
                *to++ = (float)an_tap_at(w->run, &w->panel[p].tap[t], i, 0);
    }
}

static an_err_t look(an_metric_t *m, an_driver_t *dr, uint64_t done, an_diag_t *d)
{
    an_err_t e = AN_OK;
    double *to = m->now;
    if (m->probe) {
        e = m->probe->look ? m->probe->look(m->mine, dr, done, d) : AN_OK;
        if (!e)
            m->probe->figures(m->mine, m->now);
        return e;
    }
    for (size_t i = 0; i < m->n_sym && !e; i++) {
        const an_sym_projection_t *p = m->proj[i];
        const an_sym_vector_t *v = m->vec[i];
        size_t n = p ? (size_t)p->pre * p->post : v->n;
        int32_t *s = malloc(n * sizeof *s);
        int16_t *r = malloc(n * sizeof *r);
        if (!s || !r)
            e = an_say(d, AN_ERR_MEMORY, "no memory");
        else if (p)
            e = said(dr, m->op == AN_W_WEIGHTS ? an_driver_get_projection(dr, p, r, NULL) : an_driver_get_projection(dr, p, NULL, r), d);
        else
            e = said(dr, v->in_state ? an_driver_get_state(dr, v, s) : an_driver_get_rate(dr, v, r), d);
        int frac = p ? (int)(m->op == AN_W_WEIGHTS ? p->w_frac : p->v_frac) : (v->in_state ? AN_F_STATE : AN_F_RATE) + v->scale;
        for (size_t k = 0; k < n && !e; k++)
            *to++ = ldexp(!p && v->in_state ? s[k] : r[k], -frac);
        free(s);
        free(r);
    }
    return e;
}

static double value(const an_sum_t *s, an_watch_op_t op)
{
    if (!s->n)
        return (double)NAN;
    double v = op == AN_W_MAX_ABS ? s->v : s->v / (double)s->n;
    return op == AN_W_RMS ? sqrt(v) : v;
}

an_err_t an_watch_after(an_watch_t *w, an_driver_t *dr, uint64_t done, an_diag_t *d)
{
    if (!w || (done % every(w) && done != w->run->total))
        return AN_OK;
    double *more = realloc(w->row, (w->n_row + 1) * w->columns * sizeof *more);
    if (!more)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    w->row = more;
    double *to = w->row + w->n_row * w->columns;
    *to++ = (double)done;
    an_err_t e = AN_OK;
    for (size_t i = 0; i < w->n_metric && !e; i++) {
        an_metric_t *m = &w->metric[i];
        if (m->op >= AN_W_WEIGHTS)
            e = look(m, dr, done, d);
        if (m->op < AN_W_FINAL) {
            *to++ = value(&m->piece, m->op);
            m->piece = (an_sum_t){0, 0};
        } else {
            memcpy(to, m->now, m->columns * sizeof *to);
            to += m->columns;
        }
    }
    w->n_row += !e;
    return e;
}

/* value k of the metric, as reported */
static double figure(const an_watch_t *w, const an_metric_t *m, size_t k)
{
    if ((w->run->diverged || w->run->done < w->run->total) && !(m->probe && m->probe->of_diverged))
        return (double)NAN;
    return m->op < AN_W_FINAL ? value(&m->sum[k], m->op) : m->now[k];
}

static size_t figures(const an_metric_t *m) { return m->op < AN_W_FINAL ? m->parts : m->columns; }

bool an_watch_json(const an_watch_t *w, bool first, FILE *f)
{
    for (size_t i = 0; w && i < w->n_metric; i++, first = false) {
        const an_metric_t *m = &w->metric[i];
        bool list = (m->op >= AN_W_WEIGHTS && !m->probe) || figures(m) > 1;
        fputs(first ? "" : ", ", f);
        an_json_string(f, m->name);
        fputs(list ? ": [" : ": ", f);
        for (size_t k = 0; k < figures(m); k++) {
            fputs(k ? ", " : "", f);
            an_json_number(f, figure(w, m, k));
        }
        fputs(list ? "]" : "", f);
    }
    return w && w->n_metric;
}

void an_watch_print(const an_watch_t *w, FILE *f)
{
    for (size_t i = 0; w && i < w->n_metric; i++) {
        const an_metric_t *m = &w->metric[i];
        if (figures(m) > 16)
            continue;
        fprintf(f, "  %-8s", m->name);
        for (size_t k = 0; k < figures(m); k++)
            fprintf(f, " %.6g", figure(w, m, k));
        fputc('\n', f);
    }
}

void an_watch_csv(const void *watch, FILE *f)
{
    const an_watch_t *w = watch;
    fputs("tick", f);
    for (size_t i = 0; i < w->n_metric; i++)
        for (size_t k = 0; k < w->metric[i].columns; k++)
            if (w->metric[i].columns > 1)
                fprintf(f, ",%s%zu", w->metric[i].name, k + 1);
            else
                fprintf(f, ",%s", w->metric[i].name);
    fputc('\n', f);
    for (size_t r = 0; r < w->n_row; r++) {
        fprintf(f, "%.0f", w->row[r * w->columns]);
        for (size_t k = 1; k < w->columns; k++)
            fprintf(f, ",%.6g", w->row[r * w->columns + k]);
        fputc('\n', f);
    }
}

bool an_watch_has_plot(const an_watch_t *w) { return w && w->n_panel; }
