/* SPDX-License-Identifier: Apache-2.0
 * Utilisation from the cycle-exact model; speed of the model against NumPy in one run; speed of the Verilated chip. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "an_bench_cores.h"
#include "an_layer.h"
#include "an_port_open.h"
#include "an_port_sim.h"
#include "an_report.h"
#include "an_say.h"
#include "an_target.h"

#define AN_BENCH_IMAGES 64u  /* training images of the whole-image figures */

typedef struct an_bench {
    double sweep[3];             /* 256x256, 64x64, 128x10: visits a lane and clock */
    double image, image_skip;    /* vfep-fashion, zero-skip off; the same with it on */
    double clocks, clocks_skip;  /* of one training image */
    double model[2], numpy[2];   /* visits/s of 53x53, 256x256 */
    double sim;                  /* clocks/s */
} an_bench_t;

/* presynaptic x postsynaptic; laid out as the compiler does: fewer than 32 postsynaptic neurons are the rows */
static const uint32_t sweep_size[3][2] = {{256, 256}, {64, 64}, {128, 10}};
static const uint32_t tick_size[2] = {53, 256};

static const an_config_t *config(const char *name)
{
    for (size_t i = 0; i < an_n_configs; i++)
        if (!strcmp(an_configs[i].name, name))
            return &an_configs[i];
    return &an_configs[0];
}

/* One start of pc 0 to the halt: its counters and its wall time. */
static an_err_t once(an_driver_t *dr, an_counters_t *n, double *seconds, an_diag_t *d)
{
    const uint32_t pc[64] = {0};
    double since = an_wall_s();
    an_err_t e = an_driver_clear(dr);
    if (!e)
        e = an_driver_start(dr, pc);
    if (!e)
        e = an_driver_stream(dr, NULL, 0, NULL, 0, true, NULL, NULL);
    *seconds = an_wall_s() - since;
    if (!e)
        e = an_driver_counters(dr, 0, n);
    return an_port_diag(dr, e, d);
}

static an_err_t load(an_driver_t *dr, an_port_t *port, const an_image_t *img, an_diag_t *d)
{
    an_err_t e = img ? an_driver_open(dr, port, &img->cfg) : AN_ERR_MEMORY;
    if (!e)
        e = an_driver_load(dr, img);
    return an_say_port(d, e, port);
}

/* Clocks of a sweep with its set-up words: what the program takes beyond starting and halting. */
static an_err_t sweep(uint32_t pre, uint32_t post, double *used, an_diag_t *d)
{
    an_config_t cfg = *config("bench-4x2");
    cfg.cores = 1;
    an_port_t *port;
    an_driver_t dr;
    an_counters_t n[2];
    double s;
    bool pre_rows = post >= 32 || pre <= post;
    an_err_t e = an_port_model_open(&port, &cfg);
    if (e)
        return an_say(d, e, "model: %s", an_err_text(e));
    for (uint32_t times = 0; times < 2 && !e; times++) {
        an_image_t *img = an_layer_sweep(&cfg, pre_rows ? pre : post, pre_rows ? post : pre, times);
        e = load(&dr, port, img, d);
        if (!e)
            e = once(&dr, &n[times], &s, d);
        an_layer_free(img);
    }
    port->ops->close(port);
    if (!e)
        *used = (double)n[1].visits / (cfg.lanes * (double)(n[1].clocks - n[0].clocks));
    return e;
}

/* vfep-fashion, a training image; skip: as it is compiled, or with zero-skip off. */
static an_err_t image(const an_opts_t *o, bool skip, double *used, double *clocks, an_diag_t *d)
{
    const an_bench_net_t net = {"vfep-fashion", "icebreaker", NULL, 0, AN_BENCH_IMAGES};
    an_bench_turn_t t;
    an_err_t e = an_bench_train(o, &net, skip, &t, d);
    if (!e) {
        *used = t.used;
        *clocks = t.clocks;
    }
    return e;
}

/* The best of several runs of about a third of a second each. */
static an_err_t model_speed(uint32_t size, double *visits, an_diag_t *d)
{
    const an_config_t *cfg = config("bench-1x8");
    uint32_t ticks = 64;
    an_port_t *port;
    an_driver_t dr;
    an_err_t e = an_port_model_open(&port, cfg);
    if (e)
        return an_say(d, e, "model: %s", an_err_text(e));
    *visits = 0;
    for (int runs = 0; runs < 5 && !e;) {
        an_counters_t n;
        double s = 1;
        an_image_t *img = an_layer_tick(cfg, size, ticks);
        e = load(&dr, port, img, d);
        if (!e)
            e = once(&dr, &n, &s, d);
        an_layer_free(img);
        if (e)
            break;
        *visits = fmax(*visits, (double)n.visits / s);
        if (s < 0.2 && ticks <= AN_GET(~0ull, LOOP_COUNT) / 2) /* a loop's count */
            ticks *= 2;
        else
            runs++;
    }
    port->ops->close(port);
    return e;
}

/* AN_OK with NANs where there is no NumPy. */
static an_err_t numpy_speed(double *visits)
{
    const char *own = getenv("ANTINODE_PYTHON"), *python[] = {own && *own ? own : AN_BUILD "/venv/bin/python3", AN_BUILD "/venv/bin/python3", "python3"};
    for (int i = 0; i < 3; i++) {
        char line[2048];
        double v[2] = {0, 0};
        uint32_t n;
        snprintf(line, sizeof line, "'%s' '%s/app/bench_numpy.py' %" PRIu32 " %" PRIu32 " 2>/dev/null", python[i], an_share(), tick_size[0], tick_size[1]);
        FILE *f = popen(line, "r");
        if (!f)
            continue;
        int got = 0;
        while (got < 2 && fscanf(f, "%" SCNu32 "x%*u %lf", &n, &v[got]) == 2 && n == tick_size[got])
            got++;
        if (pclose(f) == 0 && got == 2) {
            visits[0] = v[0];
            visits[1] = v[1];
            return AN_OK;
        }
    }
    return AN_OK;
}

/* The icebreaker configuration, no records, at least two seconds. */
static an_err_t sim_speed(const an_opts_t *o, double *clocks, an_diag_t *d)
{
    an_opts_t on_sim = *o;
    an_port_t *port;
    an_driver_t dr;
    const an_config_t *cfg = config("icebreaker");
    uint32_t times = 16;
    on_sim.on = "sim";
    on_sim.seed = 1;
    an_err_t e = an_target_open(&port, &on_sim, cfg, d);
    if (e)
        return e;
    for (double s = 0; s < 2 && !e; times *= 4) {
        an_counters_t n;
        an_image_t *img = an_layer_sweep(cfg, 128, 128, times);
        e = load(&dr, port, img, d);
        if (!e)
            e = once(&dr, &n, &s, d);
        an_layer_free(img);
        if (!e)
            *clocks = (double)n.clocks / s;
    }
    port->ops->close(port);
    return e;
}

static void pair(FILE *f, const char *name, const double *v)
{
    fprintf(f, "  \"%s\": {", name);
    for (int i = 0; i < 2; i++) {
        fprintf(f, "%s\"%" PRIu32 "x%" PRIu32 "\": ", i ? ", " : "", tick_size[i], tick_size[i]);
        an_json_number(f, v[i]);
    }
    fputs("},\n", f);
}

static void write_json(const void *what, FILE *f)
{
    const an_bench_t *b = what;
    fputs("{\n", f);
    pair(f, "model_visits_per_s", b->model);
    pair(f, "numpy_visits_per_s", b->numpy);
    fputs("  \"sim_clocks_per_s\": ", f);
    an_json_number(f, b->sim);
    fputs(",\n  \"utilisation\": {", f);
    for (int i = 0; i < 3; i++) {
        fprintf(f, "\"%" PRIu32 "x%" PRIu32 "\": ", sweep_size[i][0], sweep_size[i][1]);
        an_json_number(f, b->sweep[i]);
        fputs(", ", f);
    }
    fputs("\"vfep-fashion\": ", f);
    an_json_number(f, b->image);
    fputs("},\n  \"clocks_saved_by_skip\": ", f);
    an_json_number(f, 1 - b->clocks_skip / b->clocks);
    fputs(",\n  \"clocks_per_image\": ", f);
    an_json_number(f, b->clocks);
    fputs(",\n  \"clocks_per_image_skip\": ", f);
    an_json_number(f, b->clocks_skip);
    fprintf(f, ",\n  \"version\": \"%s\",\n  \"spec_hash\": \"%08x\"\n}\n", AN_VERSION_TEXT, AN_SPEC_HASH);
}

static bool wanted(const an_opts_t *o, const char *name) { return !o->arg || !strcmp(o->arg, name); }

static an_err_t measure(const an_opts_t *o, an_bench_t *b, FILE *out, an_diag_t *d)
{
    an_err_t e = AN_OK;
    if (wanted(o, "utilisation")) {
        fputs("utilisation: synapse words read a lane and clock, 2 lanes, on the cycle-exact model\n", out);
        for (int i = 0; i < 3 && !e; i++) {
            e = sweep(sweep_size[i][0], sweep_size[i][1], &b->sweep[i], d);
            if (!e)
                fprintf(out, "  sweep %3" PRIu32 "x%-3" PRIu32 "                      %.4f\n", sweep_size[i][0], sweep_size[i][1], b->sweep[i]);
        }
        if (!e)
            e = image(o, false, &b->image, &b->clocks, d);
        if (!e)
            e = image(o, true, &b->image_skip, &b->clocks_skip, d);
        if (e == AN_ERR_INPUT) { /* no data: the rest can still be measured */
            fprintf(out, "  vfep-fashion, training image       not measured: %s\n", d->text);
            e = AN_OK;
        } else if (!e)
            fprintf(out, "  vfep-fashion, training image       %.4f  zero-skip off, %.0f clocks; skipping saves %.1f %% of them\n", b->image, b->clocks,
                    100 * (1 - b->clocks_skip / b->clocks));
    }
    if (!e && wanted(o, "model")) {
        for (int i = 0; i < 2 && !e; i++)
            e = model_speed(tick_size[i], &b->model[i], d);
        if (!e)
            e = numpy_speed(b->numpy);
        if (e)
            return e;
        fputs("whole tick of one dense layer, one thread: synapse words a second\n", out);
        for (int i = 0; i < 2; i++) {
            fprintf(out, "  %3" PRIu32 "x%-3" PRIu32 "  model %8.3g   NumPy float32 ", tick_size[i], tick_size[i], b->model[i]);
            if (isfinite(b->numpy[i]))
                fprintf(out, "%8.3g   ratio %.2f\n", b->numpy[i], b->model[i] / b->numpy[i]);
            else
                fputs("not here (ANTINODE_PYTHON names a python with numpy)\n", out);
        }
    }
    fflush(out);
    if (!e && wanted(o, "sim")) {
        e = sim_speed(o, &b->sim, d);
        if (e == AN_ERR_IO && !o->arg) {
            fprintf(out, "Verilated chip: not measured: %s\n", d->text);
            e = AN_OK;
        } else if (!e)
            fprintf(out, "Verilated chip, icebreaker configuration, no records: %.3g clocks/s\n", b->sim);
    }
    return e;
}

static int bench(const an_opts_t *o)
{
    an_diag_t d = {""};
    const double none = (double)NAN;
    an_bench_t b = {{none, none, none}, none, none, none, none, {none, none}, {none, none}, none};
    if (o->arg && strcmp(o->arg, "utilisation") && strcmp(o->arg, "model") && strcmp(o->arg, "sim") && strcmp(o->arg, "cores")) {
        fprintf(stderr, "antinode bench %s: unknown; legal: utilisation, model, sim, cores, or nothing for the first three\n", o->arg);
        return EXIT_INPUT;
    }
    an_bench_cores_t c;
    const bool over_cores = o->arg && !strcmp(o->arg, "cores");
    an_write_fn *json = over_cores ? an_bench_cores_json : write_json;
    const void *what = over_cores ? (const void *)&c : &b;
    an_err_t e = over_cores ? an_bench_cores(o, &c, an_out(o), &d) : measure(o, &b, an_out(o), &d);
    if (!e && o->report && !strcmp(o->report, "-"))
        json(what, stdout);
    else if (!e && o->report)
        e = an_file_save(o->report, json, what, &d);
    return e ? an_fail_with(e, &d) : EXIT_DONE;
}

const an_command_t an_cmd_bench = {
    .name = "bench",
    .usage = "[NAME]",
    .options = "report quiet",
    .about = "utilisation, speed of the model against NumPy, speed of the Verilated chip",
    .more = "NAME is utilisation, model or sim; all of them if it is not given. cores: networks over one to six cores, and whether their bits are the same.",
    .takes_arg = true,
    .run = bench,
};
