/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "an_overview.h"
#include "an_report.h"
#include "an_say.h"

static an_line_t *line_of(an_overview_t *o, const char *label, bool dashed)
{
    for (size_t i = 0; i < o->n; i++)
        if (!strcmp(o->line[i].label, label))
            return &o->line[i];
    if (o->n == AN_PLOT_SERIES)
        return NULL;
    an_line_t *l = &o->line[o->n++];
    *l = (an_line_t){.dashed = dashed};
    snprintf(l->label, sizeof l->label, "%s", label);
    return l;
}

static void point(an_line_t *l, double x, double y)
{
    if (!l || l->n == AN_OVERVIEW_POINTS || !isfinite(y))
        return;
    l->x[l->n] = x;
    l->y[l->n++] = y;
}

static double number(an_exp_t *e, const char *path)
{
    an_diag_t d;
    double v;
    return an_exp_get_num(e, path, -HUGE_VAL, HUGE_VAL, (double)NAN, &v, &d) ? (double)NAN : v;
}

static an_err_t read_published(an_overview_t *o, an_exp_t *exp, an_diag_t *d)
{
    const char *label;
    char path[64];
    const size_t n = an_exp_len(exp, "overview.published.x");
    an_err_t e = an_exp_get_str(exp, "overview.published.label", "published", &label, d);
    if (e)
        return e;
    if (!n || n > AN_OVERVIEW_POINTS || n != an_exp_len(exp, "overview.published.y"))
        return an_say(d, AN_ERR_INPUT, "%s: overview.published: legal: label, x and y, lists of as many numbers, 1 to %d", an_exp_name(exp), AN_OVERVIEW_POINTS);
    an_line_t *l = line_of(o, label, true);
    for (size_t i = 0; i < n && !e; i++) {
        double x, y = 0;
        snprintf(path, sizeof path, "overview.published.x.%zu", i);
        e = an_exp_get_num(exp, path, -1e18, 1e18, 0, &x, d);
        snprintf(path, sizeof path, "overview.published.y.%zu", i);
        if (!e)
            e = an_exp_get_num(exp, path, -1e18, 1e18, 0, &y, d);
        point(l, x, y);
    }
    return e;
}

an_err_t an_overview_read(an_overview_t *o, bool *there, an_exp_t *exp, an_diag_t *d)
{
    const char *text;
    char path[64];
    *o = (an_overview_t){.title = an_exp_name(exp)};
    *there = an_exp_has(exp, "overview");
    if (!*there)
        return AN_OK;
    o->n_y = an_exp_len(exp, "overview.y");
    an_err_t e = an_exp_get_str(exp, "overview.label", "", &o->label, d);
    if (!e)
        e = an_exp_get_str(exp, "overview.x", "", &o->x, d);
    if (!e)
        e = an_exp_get_str(exp, "overview.log", "false", &text, d);
    if (e)
        return e;
    o->log = !strcmp(text, "true");
    if ((o->x[0] ? !o->n_y : o->n_y) || o->n_y > 4)
        return an_say(d, AN_ERR_INPUT, "%s: overview: legal: x, a key of the runs' sets, and y, a list of 1 to 4 metrics; or neither, for learning curves", o->title);
    for (size_t i = 0; i < o->n_y && !e; i++) {
        snprintf(path, sizeof path, "overview.y.%zu", i);
        e = an_exp_get_str(exp, path, "", &text, d);
        if (!e && (size_t)snprintf(o->y[i], sizeof o->y[i], "%s", text) >= sizeof o->y[i])
            e = an_say(d, AN_ERR_INPUT, "%s: %s: too long", o->title, path);
    }
    if (!e && an_exp_has(exp, "overview.published"))
        e = read_published(o, exp, d);
    return e;
}

static void add_curve(an_overview_t *o, uint64_t seed, an_exp_t *report)
{
    char label[96], path[64];
    const size_t n = an_exp_len(report, "curve"), n_ref = an_exp_len(report, "reference.test_error_by_epoch");
    const double total = number(report, "samples");
    snprintf(label, sizeof label, "seed %" PRIu64, seed);
    an_line_t *l = line_of(o, label, false);
    for (size_t i = 0; i < n; i++) {
        snprintf(path, sizeof path, "curve.%zu.samples", i);
        const double x = number(report, path);
        snprintf(path, sizeof path, "curve.%zu.test_error", i);
        point(l, x, number(report, path));
    }
    if (!n_ref || number(report, "reference.seed") != (double)seed)
        return;
    snprintf(label, sizeof label, "in double precision, seed %" PRIu64, seed);
    l = line_of(o, label, true);
    for (size_t i = 0; i < n_ref; i++) {
        snprintf(path, sizeof path, "reference.test_error_by_epoch.%zu", i);
        point(l, total * (double)(i + 1) / (double)n_ref, number(report, path));
    }
}

void an_overview_add(an_overview_t *o, const an_check_run_t *run, uint64_t seed, an_exp_t *report)
{
    char label[96], path[64];
    if (!o->x[0]) {
        if (!run->n_set)
            add_curve(o, seed, report);
        return;
    }
    const size_t key = strlen(o->x);
    if (run->n_set != 1 || strncmp(run->set[0], o->x, key) || run->set[0][key] != '=')
        return;
    char *end;
    const double x = strtod(run->set[0] + key + 1, &end);
    if (*end)
        return;
    for (size_t i = 0; i < o->n_y; i++) {
        snprintf(label, sizeof label, "%s, seed %" PRIu64, o->y[i], seed);
        snprintf(path, sizeof path, "metrics.%s", o->y[i]);
        point(line_of(o, label, i > 0), x, number(report, path));
    }
}

static void write_overview(const void *what, FILE *f)
{
    const an_overview_t *o = what;
    an_series_t s[AN_PLOT_SERIES];
    double top = 0;
    for (size_t i = 0; i < o->n; i++) {
        s[i] = (an_series_t){o->line[i].label, o->line[i].x, o->line[i].y, o->line[i].n, o->line[i].dashed, o->x[0] != '\0'};
        for (size_t k = 0; k < o->line[i].n; k++)
            top = fmax(top, o->line[i].y[k]);
    }
    const bool curve = !o->x[0];
    an_plot_write(&(an_plot_t){.title = o->title, .subtitle = o->label[0] ? o->label : NULL, .xlabel = curve ? "training samples seen" : o->x, .ylabel = curve ? "test error" : "error",
                               .series = s, .n_series = o->n, .percent = curve, .log_x = o->log, .log_y = o->log, .y0 = 0, .y1 = curve ? top : 0}, f);
}

an_err_t an_overview_save(const an_overview_t *o, const char *path, an_diag_t *d) { return an_file_save(path, write_overview, o, d); }
