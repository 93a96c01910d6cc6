/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "an_report.h"
#include "an_say.h"
#include "an_watch.h"

void an_json_string(FILE *f, const char *s)
{
    fputc('"', f);
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\')
            fprintf(f, "\\%c", c);
        else if (c < 0x20)
            fprintf(f, "\\u%04x", c);
        else
            fputc(c, f);
    }
    fputc('"', f);
}

void an_json_number(FILE *f, double x)
{
    if (isfinite(x))
        fprintf(f, "%.9g", x);
    else
        fputs("null", f);
}

static void config(const an_config_t *c, FILE *f)
{
    fputs("  \"config\": ", f);
    an_json_string(f, c->name);
    fprintf(f, ",\n  \"cores\": %" PRIu32 ",\n  \"lanes\": %" PRIu32 ",\n", c->cores, c->lanes);
}

static void metrics(const an_runner_t *r, FILE *f)
{
    fputs("  \"metrics\": {", f);
    if (r->n_curve) {
        const an_point_t *p = &r->curve[r->n_curve - 1];
        fputs("\"test_error\": ", f);
        an_json_number(f, p->test_error);
        fprintf(f, ", \"test_count\": %" PRIu64, p->test_count);
        if (isfinite(p->train_error)) {
            fputs(", \"train_error\": ", f);
            an_json_number(f, p->train_error);
        }
    }
    (void)an_watch_json(r->watch, !r->n_curve, f);
    fputs("},\n  \"curve\": [", f);
    for (size_t i = 0; i < r->n_curve; i++) {
        const an_point_t *p = &r->curve[i];
        fprintf(f, "%s\n    {\"samples\": %" PRIu64 ", \"test_error\": ", i ? "," : "", p->samples);
        an_json_number(f, p->test_error);
        fprintf(f, ", \"test_count\": %" PRIu64 ", \"train_error\": ", p->test_count);
        an_json_number(f, p->train_error);
        fputc('}', f);
    }
    fputs("],\n", f);
}

static void range(const an_runner_t *r, FILE *f)
{
    const char *sep = "";
    fputs("  \"range\": [", f);
    for (size_t i = 0; i < r->img->n_site; i++) {
        const an_site_t *s = &r->img->site[i];
        const an_site_count_t *c = &r->site[i];
        if (!c->count && !c->clip)
            continue;
        fprintf(f, "%s\n    {\"name\": ", sep);
        an_json_string(f, s->name);
        fprintf(f, ", \"core\": %" PRIu32 ", \"pc\": %" PRIu32 ", \"state\": %s, \"count\": %" PRIu64, s->core, s->pc, s->state ? "true" : "false", c->count);
        if (c->count)
            fprintf(f, ", \"first_tick\": %" PRIu32, c->first_tick);
        fprintf(f, ", \"operand_clipped\": %s}", c->clip ? "true" : "false");
        sep = ",";
    }
    fputs("]\n", f);
}

void an_report_write(const an_report_t *p, FILE *f)
{
    const an_runner_t *r = p->run;
    fputs("{\n  \"experiment\": ", f);
    an_json_string(f, p->experiment);
    fputs(",\n  \"target\": ", f);
    an_json_string(f, p->target);
    fputs(",\n", f);
    config(&r->img->cfg, f);
    fprintf(f, "  \"seed\": %" PRIu64 ",\n  \"data\": ", r->seed);
    an_json_string(f, r->src->text);
    fprintf(f, ",\n  \"ticks\": %" PRIu64 ",\n  \"samples\": %" PRIu64 ",\n", r->ticks, r->done);
    fprintf(f, "  \"clocks\": %" PRIu64 ",\n  \"visits\": %" PRIu64 ",\n  \"test_clocks\": %" PRIu64 ",\n", r->counters.clocks, r->counters.visits,
            r->test_clocks);
    fputs("  \"cost\": ", f);
    an_cost_json(&p->cost, r, f);
    fputs(",\n  \"wall_s\": ", f);
    an_json_number(f, p->wall_s);
    fputs(",\n  \"samples_per_s\": ", f);
    an_json_number(f, r->train_s > 0 ? (double)r->done / r->train_s : (double)NAN);
    fputs(",\n", f);
    if (p->chip_samples)
        fprintf(f, "  \"chip_samples\": %" PRIu64 ",\n  \"records_compared\": %" PRIu64 ",\n", p->chip_samples, p->records);
    metrics(r, f);
    fprintf(f, "  \"digest\": \"%016" PRIx64 "\",\n  \"digest_network\": \"%016" PRIx64 "\",\n", p->digest, p->digest_network);
    fprintf(f, "  \"version\": \"%s\",\n  \"spec_hash\": \"%08x\",\n", AN_VERSION_TEXT, AN_SPEC_HASH);
    fprintf(f, "  \"reference\": %s,\n  \"diverged\": %s,\n", p->reference ? p->reference : "null", r->diverged ? "true" : "false");
    if (r->diverged) {
        fputs("  \"diverged_at\": {\"name\": ", f);
        an_json_string(f, r->img->site[r->diverged - 1].name);
        fprintf(f, ", \"tick\": %" PRIu32 "},\n", r->site[r->diverged - 1].first_tick);
    }
    range(r, f);
    fputs("}\n", f);
}

static FILE *open_part(const char *path, char *part, size_t size, an_diag_t *d)
{
    if ((size_t)snprintf(part, size, "%s.part", path) >= size) {
        an_say(d, AN_ERR_INPUT, "%.100s...: name too long", path);
        return NULL;
    }
    FILE *f = fopen(part, "w");
    if (!f)
        an_say(d, AN_ERR_IO, "%s: %s", path, strerror(errno));
    return f;
}

an_err_t an_file_try(const char *path, an_diag_t *d)
{
    char part[1024];
    if (!strcmp(path, "-"))
        return AN_OK;
    FILE *f = open_part(path, part, sizeof part, d);
    if (!f)
        return AN_ERR_INPUT;
    fclose(f);
    remove(part);
    return AN_OK;
}

an_err_t an_file_save(const char *path, an_write_fn *write, const void *what, an_diag_t *d)
{
    char part[1024];
    FILE *f = open_part(path, part, sizeof part, d);
    if (!f)
        return AN_ERR_IO;
    write(what, f);
    int bad = ferror(f);
    bad |= fclose(f);
    if (!bad)
        bad = rename(part, path);
    if (bad) {
        int why = errno;
        remove(part);
        return an_say(d, AN_ERR_IO, "%s: %s", path, strerror(why));
    }
    return AN_OK;
}

static void write_report(const void *what, FILE *f) { an_report_write(what, f); }

an_err_t an_report_save(const an_report_t *p, const char *path, an_diag_t *d)
{
    if (strcmp(path, "-"))
        return an_file_save(path, write_report, p, d);
    an_report_write(p, stdout);
    if (fflush(stdout) || ferror(stdout))
        return an_say(d, AN_ERR_IO, "standard output: %s", strerror(errno));
    return AN_OK;
}
