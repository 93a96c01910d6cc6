/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include "an_report.h"
#include "an_results.h"

void an_results_add(an_results_t *t, const an_row_t *row)
{
    an_row_t *more = realloc(t->row, (t->n + 1) * sizeof *more);
    if (!more) {
        t->lost = true;
        return;
    }
    t->row = more;
    t->row[t->n++] = *row;
}

void an_results_free(an_results_t *t) { free(t->row); }

size_t an_results_failed(const an_results_t *t)
{
    size_t n = t->lost;
    for (size_t i = 0; i < t->n; i++)
        n += !t->row[i].pass && !t->row[i].left_out;
    return n;
}

size_t an_results_left_out(const an_results_t *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++)
        n += t->row[i].left_out;
    return n;
}

static size_t passed(const an_results_t *t) { return t->n + t->lost - an_results_failed(t) - an_results_left_out(t); }
static const char *mark(const an_row_t *r, const char *fail) { return r->left_out ? "-" : r->pass ? "pass" : fail; }

void an_results_show(an_results_t *t, FILE *f)
{
    if (!t->shown && t->n)
        fprintf(f, "%-4s %-14s %-34s %-42s %-30s %-24s %6s\n", "", "experiment", "run", "bar", "value", "in double", "s");
    for (; t->shown < t->n; t->shown++) {
        const an_row_t *r = &t->row[t->shown];
        fprintf(f, "%-4s %-14s %-34s %-42s %-30s %-24s", mark(r, "FAIL"), r->name, r->what, r->bar, r->value, r->reference);
        if (r->seconds >= 0)
            fprintf(f, " %6.1f", r->seconds);
        fputc('\n', f);
    }
    fflush(f);
}

void an_results_close(const an_results_t *t, FILE *f)
{
    size_t failed = an_results_failed(t);
    fprintf(f, "%zu passed, %zu failed", passed(t), failed);
    if (an_results_left_out(t))
        fprintf(f, ", %zu left out", an_results_left_out(t));
    fprintf(f, ", %.0f s\n", t->seconds);
}

static void markdown(const an_results_t *t, FILE *f)
{
    size_t failed = an_results_failed(t);
    fprintf(f, "# Experiments\n\n%s Written by `%s`; the bars stand in the experiments' files, [experiments.md](../experiments.md) says how to read them.\n"
               "antinode %s, specification %08x. **%zu passed, %zu failed**, %zu left out, %.0f s, two runs at a time. In double: the independent reference of the same experiment\n"
               "(tests/reference), whose random starts are its own; for a bar that names a metric, that metric; - where there is none of this length.\n\n",
            t->about, t->command, AN_VERSION_TEXT, AN_SPEC_HASH, passed(t), failed, an_results_left_out(t), t->seconds);
    fputs("| experiment | run | bar | value | in double | | s |\n|---|---|---|---|---|---|---|\n", f);
    for (size_t i = 0; i < t->n; i++) {
        const an_row_t *r = &t->row[i];
        fprintf(f, "| `%s` | %s | %s | %s | %s | %s | ", r->name, r->what, r->bar, r->value, r->reference, mark(r, "**FAIL**"));
        if (r->seconds >= 0)
            fprintf(f, "%.1f", r->seconds);
        fputs(" |\n", f);
    }
}

static void json(const an_results_t *t, FILE *f)
{
    size_t failed = an_results_failed(t);
    fputs("{\n  \"command\": ", f);
    an_json_string(f, t->command);
    fprintf(f, ",\n  \"version\": \"%s\",\n  \"spec_hash\": \"%08x\",\n  \"passed\": %zu,\n  \"failed\": %zu,\n  \"left_out\": %zu,\n  \"wall_s\": %.3f,\n  \"rows\": [", AN_VERSION_TEXT, AN_SPEC_HASH,
            passed(t), failed, an_results_left_out(t), t->seconds);
    for (size_t i = 0; i < t->n; i++) {
        const an_row_t *r = &t->row[i];
        const struct { const char *key, *text; } part[] = {{"experiment", r->name}, {"run", r->what}, {"bar", r->bar}, {"value", r->value}, {"reference", r->reference}};
        fprintf(f, "%s\n    {", i ? "," : "");
        for (size_t k = 0; k < sizeof part / sizeof *part; k++) {
            fprintf(f, "\"%s\": ", part[k].key);
            an_json_string(f, part[k].text);
            fputs(", ", f);
        }
        fprintf(f, "\"pass\": %s}", r->left_out ? "null" : r->pass ? "true" : "false");
    }
    fputs("\n  ]\n}\n", f);
}

static void write_table(const void *what, FILE *f) { markdown(what, f); }
static void write_json(const void *what, FILE *f) { json(what, f); }

an_err_t an_results_save(const an_results_t *t, const char *path, an_diag_t *d)
{
    size_t n = strlen(path);
    if (!strcmp(path, "-")) {
        markdown(t, stdout);
        return AN_OK;
    }
    return an_file_save(path, n > 5 && !strcmp(path + n - 5, ".json") ? write_json : write_table, t, d);
}
