/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "an_checks.h"
#include "an_say.h"

static const char *blank(const char *s)
{
    while (*s == ' ')
        s++;
    return s;
}

static const char *name(char *to, size_t size, const char *s)
{
    size_t n = 0;
    while (isalnum((unsigned char)s[n]) || s[n] == '_' || s[n] == '.')
        n++;
    if (!n || n >= size || !isalpha((unsigned char)*s))
        return NULL;
    memcpy(to, s, n);
    to[n] = '\0';
    return blank(s + n);
}

static bool parse(an_bar_t *b, const char *s)
{
    char *end;
    *b = (an_bar_t){.text = s, .index = -1};
    s = blank(s);
    b->mean = !strncmp(s, "mean ", 5);
    s = name(b->metric, sizeof b->metric, blank(s + (b->mean ? 5 : 0)));
    if (!s)
        return false;
    if (!*s && !b->mean && !strcmp(b->metric, "diverged")) {
        b->op = 'd';
        return true;
    }
    if (*s == '[') {
        long i = strtol(s + 1, &end, 10);
        if (end == s + 1 || *end != ']' || i < 0 || i > 99999)
            return false;
        b->index = (int)i;
        s = blank(end + 1);
    }
    if (!*s || !strchr("<>=", *s))
        return false;
    b->op = s[1] != '=' || *s == '=' ? *s : *s == '<' ? 'l' : 'g';
    s = blank(s + 1 + (b->op == 'l' || b->op == 'g'));
    if (b->mean && isalpha((unsigned char)*s))
        return false;
    if (isalpha((unsigned char)*s)) {
        s = name(b->other, sizeof b->other, s);
        if (!s)
            return false;
    } else {
        for (; *s && strncmp(s, "+-", 2); s = blank(end)) {
            double v = strtod(s, &end);
            if (end == s || b->n_value == AN_CHECK_VALUES)
                return false;
            b->value[b->n_value++] = v;
        }
        if (!b->n_value)
            return false;
    }
    if (b->op != '=')
        return !*s;
    if (strncmp(s, "+-", 2))
        return false;
    b->tol = strtod(s + 2, &end);
    if (end == s + 2 || !(b->tol >= 0))
        return false;
    s = blank(end);
    if (*s != '%')
        return !*s;
    b->share = b->tol / 100;
    b->tol = 0;
    s = blank(s + 1);
    if (strncmp(s, "or ", 3))
        return !*s;
    b->tol = strtod(s + 3, &end);
    return end != s + 3 && b->tol >= 0 && !*blank(end);
}

static an_err_t read_count(an_exp_t *exp, const char *at, const char *key, long deflt, uint64_t *to, an_diag_t *d)
{
    char path[96];
    long v;
    snprintf(path, sizeof path, "%s.%s", at, key);
    an_err_t e = an_exp_get_int(exp, path, !strcmp(key, "test") ? 0 : 1, 1000000000000, deflt, &v, d);
    *to = v < 0 ? UINT64_MAX : (uint64_t)v;
    return e;
}

static an_err_t read_sets(an_check_run_t *r, an_exp_t *exp, const char *at, an_diag_t *d)
{
    char path[96], item[160];
    const char *key, *value;
    snprintf(path, sizeof path, "%s.set", at);
    for (r->n_set = 0; (key = an_exp_key(exp, path, r->n_set)) != NULL; r->n_set++) {
        snprintf(item, sizeof item, "%s.%s", path, key);
        an_err_t e = an_exp_get_str(exp, item, "", &value, d);
        if (e)
            return e;
        if (r->n_set == AN_CHECK_SETS || strlen(key) + strlen(value) + 2 > sizeof r->set[0])
            return an_say(d, AN_ERR_INPUT, "%s: %s: too long or too many", an_exp_name(exp), item);
        strcpy(r->set[r->n_set], key);
        strcat(strcat(r->set[r->n_set], "="), value);
    }
    return AN_OK;
}

static an_err_t read_bars(an_check_run_t *r, an_exp_t *exp, const char *at, an_diag_t *d)
{
    char path[96], item[112];
    const char *text;
    snprintf(path, sizeof path, "%s.bars", at);
    r->n_bar = an_exp_len(exp, path);
    if (!r->n_bar || r->n_bar > AN_CHECK_BARS)
        return an_say(d, AN_ERR_INPUT, "%s: %s: %zu bars; legal: a list of 1 to %d", an_exp_name(exp), path, r->n_bar, AN_CHECK_BARS);
    for (size_t i = 0; i < r->n_bar; i++) {
        snprintf(item, sizeof item, "%s.%zu", path, i);
        an_err_t e = an_exp_get_str(exp, item, "", &text, d);
        if (e)
            return e;
        if (!parse(&r->bar[i], text))
            return an_say(d, AN_ERR_INPUT, "%s: %s: \"%s\"; legal: [mean] METRIC or METRIC[i], one of <= >= < >, a number or a metric; METRIC = numbers or a metric +- TOL, TOL %% or TOL %% or TOL; diverged",
                          an_exp_name(exp), item, text);
    }
    return AN_OK;
}

an_err_t an_checks_read(an_check_run_t run[AN_CHECK_RUNS], size_t *n, an_exp_t *exp, const char *part, an_diag_t *d)
{
    char list[32], at[64];
    snprintf(list, sizeof list, "checks.%s", part);
    *n = an_exp_len(exp, list);
    if (*n > AN_CHECK_RUNS)
        return an_say(d, AN_ERR_INPUT, "%s: %s: %zu runs; legal: up to %d", an_exp_name(exp), list, *n, AN_CHECK_RUNS);
    for (size_t i = 0; i < *n; i++) {
        an_check_run_t *r = &run[i];
        snprintf(at, sizeof at, "%s.%zu", list, i);
        const struct { const char *key; long deflt; uint64_t *to; } count[] = {{"first", 1, &r->first}, {"seeds", 1, &r->seeds}, {"ticks", -1, &r->ticks},
                                                                                {"samples", -1, &r->samples}, {"epochs", -1, &r->epochs}, {"test", -1, &r->test}};
        an_err_t e = AN_OK;
        for (size_t k = 0; k < sizeof count / sizeof *count && !e; k++)
            e = read_count(exp, at, count[k].key, count[k].deflt, count[k].to, d);
        if (!e && (r->ticks != UINT64_MAX) + (r->samples != UINT64_MAX) + (r->epochs != UINT64_MAX) > 1)
            e = an_say(d, AN_ERR_INPUT, "%s: %s: only one of ticks, samples, epochs", an_exp_name(exp), at);
        if (!e)
            e = read_sets(r, exp, at, d);
        if (!e)
            e = read_bars(r, exp, at, d);
        if (e)
            return e;
    }
    return AN_OK;
}

/* Elements of a number or a list; NAN for what is no number. */
static size_t numbers(double *x, size_t max, an_exp_t *report, const char *path)
{
    an_diag_t d;
    size_t n = an_exp_len(report, path);
    if (!n && an_exp_has(report, path)) {
        if (an_exp_get_num(report, path, -HUGE_VAL, HUGE_VAL, (double)NAN, x, &d))
            x[0] = (double)NAN;
        return 1;
    }
    for (size_t i = 0; i < n && i < max; i++) {
        char item[96];
        snprintf(item, sizeof item, "%s.%zu", path, i);
        if (an_exp_get_num(report, item, -HUGE_VAL, HUGE_VAL, (double)NAN, &x[i], &d))
            x[i] = (double)NAN;
    }
    return n < max ? n : max;
}

static void show(char *s, size_t size, const double *x, size_t n, int index)
{
    double lo = HUGE_VAL, hi = -HUGE_VAL;
    size_t at = 0, from = index < 0 ? 0 : (size_t)index, to = index < 0 ? n : from + 1;
    snprintf(s, size, "-");
    if (from >= n)
        return;
    if (to - from > 5) {
        for (size_t i = from; i < to; i++) {
            lo = fmin(lo, x[i]);
            hi = fmax(hi, x[i]);
        }
        snprintf(s, size, "%.4g to %.4g", lo, hi);
        return;
    }
    for (size_t i = from; i < to && at < size; i++)
        at += (size_t)snprintf(s + at, size - at, "%s%.4g", i > from ? " " : "", x[i]);
}

static bool holds(const an_bar_t *b, double x, double right)
{
    switch (b->op) {
    case '<': return x < right;
    case '>': return x > right;
    case 'l': return x <= right;
    case 'g': return x >= right;
    default: return fabs(x - right) <= fmax(b->tol, b->share * fabs(right));
    }
}

static bool is_diverged(an_exp_t *report)
{
    an_diag_t d;
    const char *text;
    return !an_exp_get_str(report, "diverged", "", &text, &d) && !strcmp(text, "true");
}

static void judge_diverged(an_verdict_t *v, an_exp_t *report)
{
    an_diag_t d;
    const char *where = "", *tick = "", *ref = "";
    v->pass = is_diverged(report);
    if (v->pass && !an_exp_get_str(report, "diverged_at.name", "?", &where, &d) && !an_exp_get_str(report, "diverged_at.tick", "?", &tick, &d))
        snprintf(v->value, sizeof v->value, "%.80s, tick %.20s", where, tick);
    else
        snprintf(v->value, sizeof v->value, "no");
    if (!an_exp_get_str(report, "reference.diverged", "", &ref, &d))
        snprintf(v->reference, sizeof v->reference, "%s", !strcmp(ref, "true") ? "diverged" : !strcmp(ref, "false") ? "no" : "-");
    else
        snprintf(v->reference, sizeof v->reference, "-");
}

void an_bar_judge(an_verdict_t *v, const an_bar_t *b, bool may_diverge, an_exp_t *report)
{
    double x[256], ref[256], right[256];
    char path[96];
    memset(v, 0, sizeof *v);
    if (b->op == 'd') {
        judge_diverged(v, report);
        return;
    }
    snprintf(path, sizeof path, "metrics.%s", b->metric);
    size_t n = numbers(x, 256, report, path), n_right = b->n_value;
    snprintf(path, sizeof path, "reference.%s", b->metric);
    show(v->reference, sizeof v->reference, ref, numbers(ref, 256, report, path), b->index);
    show(v->value, sizeof v->value, x, n, b->index);
    memcpy(right, b->value, sizeof b->value);
    if (b->other[0]) {
        snprintf(path, sizeof path, "%s%s", strncmp(b->other, "reference.", 10) ? "metrics." : "", b->other);
        n_right = numbers(right, 256, report, path);
        show(v->reference, sizeof v->reference, right, n_right, b->index);
    }
    size_t from = b->index < 0 ? 0 : (size_t)b->index, to = b->index < 0 ? n : from + 1;
    bool each = n_right == n || (b->index >= 0 && b->other[0] && n_right > from);
    const bool lost = !may_diverge && is_diverged(report);
    v->pass = n > from && n_right > 0 && (each || n_right == 1) && !lost;
    for (size_t i = from; i < to && v->pass; i++)
        v->pass = holds(b, x[i], right[each && n_right > 1 ? i : 0]);
    if (lost)
        snprintf(v->value, sizeof v->value, "diverged");
}

void an_mean_add(an_mean_t *m, const an_bar_t *b, an_exp_t *report)
{
    double x[256], ref[256];
    char path[96];
    const size_t at = b->index < 0 ? 0 : (size_t)b->index;
    snprintf(path, sizeof path, "metrics.%s", b->metric);
    m->spoilt |= is_diverged(report) || numbers(x, 256, report, path) <= at;
    snprintf(path, sizeof path, "reference.%s", b->metric);
    m->reference += numbers(ref, 256, report, path) > at ? ref[at] : (double)NAN;
    m->sum += m->spoilt ? 0 : x[at];
    m->n++;
}

void an_mean_judge(an_verdict_t *v, const an_bar_t *b, const an_mean_t *m)
{
    const double mean = m->sum / (double)m->n, ref = m->reference / (double)m->n;
    memset(v, 0, sizeof *v);
    v->pass = m->n && !m->spoilt && holds(b, mean, b->value[0]);
    snprintf(v->value, sizeof v->value, "%.4g", m->spoilt ? (double)NAN : mean);
    snprintf(v->reference, sizeof v->reference, "-");
    if (isfinite(ref))
        snprintf(v->reference, sizeof v->reference, "%.4g", ref);
}
