/* SPDX-License-Identifier: Apache-2.0
 * Networks over more and more cores: whether weights and states are those of one core, clocks of a turn, and how much of its time the chip sweeps. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include "an_bench_cores.h"
#include "an_report.h"
#include "an_say.h"
#include "an_target.h"

static const int cores[] = {1, 2, 3, 4, 6};
enum { COLUMNS = sizeof cores / sizeof *cores };

static const char layers[] = "layers"; /* sw/app/bench/layers.yaml */
static const an_bench_net_t nets[] = {
    {"gle-lagnet", "bench-4x2", NULL, 0, 500}, {"gle-mnist1d-infer", "bench-4x2", NULL, 0, 1}, {"gle-mnist1d", "bench-4x2", NULL, 0, 1},
    {"bpd-exact", "bench-4x2", NULL, 0, 500},  {"stlp-two", "bench-4x2", NULL, 0, 500},        {"vfep-digits", "bench-4x2", NULL, 0, 10},
    {"vfep-fashion", "bench-4x2", NULL, 0, 10}, {"vfep-theorem1", "bench-4x2", NULL, 0, 5},
};
static const an_bench_net_t chain[AN_BENCH_CHAIN] = {
    {layers, "bench-4x2", "layers=1", 1, 50}, {layers, "bench-4x2", "layers=2", 2, 50}, {layers, "bench-4x2", "layers=4", 4, 50}, {layers, "bench-4x2", "layers=6", 6, 50},
};
/* of the JSON: utilisation, clocks_saved_by_skip */
static const struct { const char *label; an_bench_net_t net; } used[AN_BENCH_USED] = {
    {"4x256 on 4x2", {layers, "bench-4x2", "layers=4", 4, 50}},
    {"vfep-fashion 1x8", {"vfep-fashion", "bench-1x8", NULL, 1, 64}},
    {"gle-mnist1d 4x2", {"gle-mnist1d", "bench-4x2", NULL, 4, 2}},
};

an_err_t an_bench_train(const an_opts_t *o, const an_bench_net_t *n, bool skip, an_bench_turn_t *t, an_diag_t *d)
{
    char path[1024];
    an_opts_t run = *o;
    an_session_t s;
    an_port_t *port = NULL;
    an_driver_t dr;
    snprintf(path, sizeof path, "%.900s/app/bench/%s.yaml", an_share(), n->name);
    run.arg = n->name == layers ? path : n->name;
    run.config = n->config;
    run.cores = n->cores;
    run.n_set = 0;
    if (!skip)
        run.set[run.n_set++] = "skip=false";
    if (n->set)
        run.set[run.n_set++] = n->set;
    an_err_t e = an_session_open(&s, &run, NULL, d);
    if (e)
        return e;
    e = an_session_on_model(&s, &port, &dr, n->samples, d);
    if (!e)
        e = an_port_diag(&dr, an_driver_digest_network(&dr, s.img, &t->digest), d);
    if (!e) {
        const double clocks = (double)an_runner_clocks(s.run);
        t->clocks = clocks / (double)s.run->done;
        t->used = (double)s.run->counters.visits / (clocks * s.cfg.lanes * s.cfg.cores);
    }
    if (port)
        port->ops->close(port);
    an_session_close(&s);
    return e;
}

static an_err_t row(const an_opts_t *o, const an_bench_net_t *n, FILE *out, an_diag_t *d)
{
    an_bench_turn_t one = {0, 0, 0};
    fprintf(out, "  %-18s", n->name);
    for (int k = 0; k < COLUMNS; k++) {
        an_bench_net_t on = *n;
        an_bench_turn_t t;
        on.cores = cores[k];
        an_err_t e = an_bench_train(o, &on, false, &t, d);
        if (e == AN_ERR_INPUT && !k) { /* no data: the others can still be measured */
            fprintf(out, "  not measured: %s\n", d->text);
            return AN_OK;
        }
        if (e)
            return e;
        if (!k) {
            one = t;
            fprintf(out, " %9.0f", t.clocks);
        } else
            fprintf(out, " %9.0f %5.2f", t.clocks, one.clocks / t.clocks);
        if (t.digest != one.digest)
            return an_say(d, AN_ERR_MISMATCH, "%s: digest of the network %016" PRIx64 " on %d cores, %016" PRIx64 " on one", n->name, t.digest, cores[k], one.digest);
        fflush(out);
    }
    fprintf(out, "   same bits\n");
    return AN_OK;
}

static an_err_t utilisation(const an_opts_t *o, an_bench_cores_t *b, FILE *out, an_diag_t *d)
{
    fputs("synapse words read a lane and clock, zero-skip off, and what skipping saves\n", out);
    for (int i = 0; i < AN_BENCH_USED; i++) {
        an_bench_turn_t off, on;
        an_err_t e = an_bench_train(o, &used[i].net, false, &off, d);
        if (!e)
            e = an_bench_train(o, &used[i].net, true, &on, d);
        if (e == AN_ERR_INPUT) {
            fprintf(out, "  %-18s  not measured: %s\n", used[i].label, d->text);
            continue;
        }
        if (e)
            return e;
        b->used[i] = off.used;
        b->saved[i] = 1 - on.clocks / off.clocks;
        fprintf(out, "  %-18s %9.4f   %.0f clocks a sample, skipping saves %.1f %%\n", used[i].label, off.used, off.clocks, 100 * b->saved[i]);
    }
    fputs("as many cores as layers of 256: clocks a tick\n", out);
    for (int i = 0; i < AN_BENCH_CHAIN; i++) {
        an_bench_turn_t t;
        an_err_t e = an_bench_train(o, &chain[i], false, &t, d);
        if (e)
            return e;
        b->tick[i] = t.clocks;
        fprintf(out, "  %d %s %20.0f   %.3f of one core's ticks a second\n", chain[i].cores, i ? "cores" : "core ", t.clocks, b->tick[0] / t.clocks);
    }
    return AN_OK;
}

an_err_t an_bench_cores(const an_opts_t *o, an_bench_cores_t *b, FILE *out, an_diag_t *d)
{
    an_err_t e = AN_OK;
    for (int i = 0; i < AN_BENCH_USED; i++)
        b->used[i] = b->saved[i] = (double)NAN;
    fprintf(out, "cores of two lanes (bench-4x2): clocks of a sample on the cycle-exact model, waiting included, zero-skip off; how many times faster\n  %-18s", "");
    for (int k = 0; k < COLUMNS; k++)
        fprintf(out, k ? " %9d %5s" : " %9d", cores[k], "");
    fputs("\n", out);
    for (size_t i = 0; i < sizeof nets / sizeof *nets && !e; i++)
        e = row(o, &nets[i], out, d);
    return e ? e : utilisation(o, b, out, d);
}

static void object(FILE *f, const char *name, const double *v, const char *end)
{
    fprintf(f, "  \"%s\": {", name);
    for (int i = 0; i < AN_BENCH_USED; i++) {
        fprintf(f, "%s\"%s\": ", i ? ", " : "", used[i].label);
        an_json_number(f, v[i]);
    }
    fprintf(f, "}%s\n", end);
}

void an_bench_cores_json(const void *what, FILE *f)
{
    const an_bench_cores_t *b = what;
    fputs("{\n", f);
    object(f, "utilisation", b->used, ",");
    object(f, "clocks_saved_by_skip", b->saved, ",");
    fputs("  \"clocks_per_tick_layers_as_cores\": {", f);
    for (int i = 0; i < AN_BENCH_CHAIN; i++) {
        fprintf(f, "%s\"%d\": ", i ? ", " : "", chain[i].cores);
        an_json_number(f, b->tick[i]);
    }
    fprintf(f, "},\n  \"version\": \"%s\",\n  \"spec_hash\": \"%08x\"\n}\n", AN_VERSION_TEXT, AN_SPEC_HASH);
}
