/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include "an_cost.h"
#include "an_report.h"

static const char *const work_name[AN_WORKS] = {"input", "output", "sweep", "vector", "exchange", "control"};

static void field(const char *name, double x, const char *end, FILE *f)
{
    fprintf(f, "\"%s\": ", name);
    an_json_number(f, x);
    fputs(end, f);
}

static double of(uint64_t clocks, uint64_t n) { return n ? (double)clocks / (double)n : (double)NAN; }

static void clocks_json(const char *name, const an_runner_t *r, uint64_t n, const char *end, FILE *f)
{
    fprintf(f, "    \"%s\": {", name);
    field("all", of(an_runner_clocks(r), n), ", ", f);
    for (int p = 0; p < AN_WORKS; p++)
        field(work_name[p], r->work_lost ? (double)NAN : of(r->work[p], n), ", ", f);
    field("stall", of(r->work_lost ? r->counters.stalls : r->waits, n), "}", f);
    fputs(end, f);
}

/* clocks / Hz, or NAN */
static double seconds(const an_cost_t *c, double clocks) { return c->clock_hz > 0 ? clocks / c->clock_hz : (double)NAN; }

void an_cost_json(const an_cost_t *c, const an_runner_t *r, FILE *f)
{
    double sample_s = seconds(c, of(an_runner_clocks(r), r->done));
    fputs("{\n", f);
    clocks_json("clocks_per_tick", r, r->ticks, ",\n", f);
    clocks_json("clocks_per_sample", r, r->done, ",\n    ", f);
    field("clock_hz", c->clock_hz > 0 ? c->clock_hz : (double)NAN, ", ", f);
    field("s_per_tick", seconds(c, of(an_runner_clocks(r), r->ticks)), ", ", f);
    field("s_per_sample", sample_s, ",\n    ", f);
    field("watts", c->watts > 0 ? c->watts : (double)NAN, ", ", f);
    field("joules_per_sample", c->watts > 0 ? c->watts * sample_s : (double)NAN, ", ", f);
    fprintf(f, "\"energy\": \"%s\"\n  }", c->watts > 0 ? "estimate: the power given by --set watts= for as long as the clocks of a sample take" : "not known: --set watts= gives a power");
}

void an_cost_print(const an_cost_t *c, const an_runner_t *r, FILE *f)
{
    if (!r->counters.clocks || !r->done)
        return;
    fprintf(f, "  cost     %.0f clocks a sample", of(an_runner_clocks(r), r->done));
    if (r->ticks)
        fprintf(f, ", %.0f a tick", of(an_runner_clocks(r), r->ticks));
    const char *sep = ": ";
    for (int p = 0; p < AN_WORKS && !r->work_lost; p++)
        if (r->work[p]) {
            fprintf(f, "%s%s %.1f %%", sep, work_name[p], 100 * (double)r->work[p] / (double)an_runner_clocks(r));
            sep = ", ";
        }
    if (r->waits)
        fprintf(f, "%sstall %.1f %%", sep, 100 * (double)r->waits / (double)an_runner_clocks(r));
    double s = seconds(c, of(an_runner_clocks(r), r->done));
    if (isfinite(s))
        fprintf(f, "; at %.4g MHz %.4g ms a sample", c->clock_hz / 1e6, 1e3 * s);
    if (isfinite(s) && c->watts > 0)
        fprintf(f, ", at %.4g W an estimated %.4g mJ", c->watts, 1e3 * s * c->watts);
    fputc('\n', f);
}
