/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "an_checks.h"
#include "an_plot.h"
#include "an_port_open.h"
#include "an_report.h"
#include "an_say.h"
#include "an_target.h"
#include "an_watch.h"

static an_err_t load_exp(an_session_t *s, const an_opts_t *o, an_diag_t *d)
{
    const char *set[AN_MAX_SET + 2];
    char epochs[48], samples[48];
    size_t n = 0;
    for (; n < o->n_set; n++)
        set[n] = o->set[n];
    if (o->epochs != UINT64_MAX) {
        snprintf(epochs, sizeof epochs, "schedule.epochs=%" PRIu64, o->epochs);
        set[n++] = epochs;
    }
    if (o->samples != UINT64_MAX) {
        snprintf(samples, sizeof samples, "schedule.samples=%" PRIu64, o->samples);
        set[n++] = samples;
    }
    return an_exp_load(&s->exp, o->arg, an_share(), set, n, d);
}

/* run-all judges by them and draws it; here they are read so that a mistake in them does not wait until then. */
static an_err_t know_checks(an_session_t *s, an_diag_t *d)
{
    static const char *const part[] = {"quick", "full", "long"};
    size_t n;
    bool there;
    an_err_t e = AN_OK;
    an_check_run_t *run = calloc(AN_CHECK_RUNS, sizeof *run);
    s->overview = calloc(1, sizeof *s->overview);
    if (!run || !s->overview)
        e = an_say(d, AN_ERR_MEMORY, "no memory");
    for (size_t i = 0; i < sizeof part / sizeof *part && !e; i++)
        e = an_checks_read(run, &n, s->exp, part[i], d);
    if (!e)
        e = an_overview_read(s->overview, &there, s->exp, d);
    free(run);
    return e;
}

an_err_t an_session_open(an_session_t *s, const an_opts_t *o, const an_config_t *device, an_diag_t *d)
{
    memset(s, 0, sizeof *s);
    an_err_t e = load_exp(s, o, d);
    if (!e)
        (void)an_exp_config(s->exp); /* asked for, so that it counts as known where --config or a device decides */
    if (!e && device)
        s->cfg = *device;
    else if (!e)
        e = an_choose_config(&s->cfg, s->exp, o->config, o->lanes, o->cores, d);
    s->cost = (an_cost_t){.clock_hz = o->clock_hz > 0 ? o->clock_hz : s->cfg.clock_hz, .watts = o->watts};
    if (!e)
        e = an_compile(&s->img, s->exp, &s->cfg, o->seed, d);
    if (!e)
        e = an_runner_open(&s->run, s->exp, s->img, an_share(), o->seed, d);
    const char *title, *expect = "";
    if (!e)
        e = an_exp_get_str(s->exp, "expect", "", &expect, d);
    s->expect_diverged = !strcmp(expect, "diverged");
    if (!e && *expect && !s->expect_diverged)
        e = an_say(d, AN_ERR_INPUT, "%s: expect: \"%s\"; legal: diverged", an_exp_name(s->exp), expect);
    if (!e)
        e = an_exp_get_str(s->exp, "title", "", &title, d);
    if (!e)
        e = know_checks(s, d);
    if (!e)
        e = an_exp_unused(s->exp, d);
    if (e)
        an_session_close(s);
    return e == AN_ERR_IO ? AN_ERR_INPUT : e; /* a file of the experiment: no device is in play yet */
}

void an_session_close(an_session_t *s)
{
    an_runner_close(s->run);
    an_image_free(s->img);
    an_exp_free(s->exp);
    free(s->overview);
    memset(s, 0, sizeof *s);
}

an_err_t an_session_train(an_session_t *s, an_driver_t *dr, const an_opts_t *o, bool evaluate, an_diag_t *d)
{
    an_runner_t *r = s->run;
    if (o->ticks != UINT64_MAX) {
        uint64_t each = 0;
        an_err_t e = an_runner_ticks_a_sample(r, dr, &each, d);
        if (e)
            return e;
        if (!each)
            return an_say(d, AN_ERR_INPUT, "--ticks: a sample of this experiment takes no ticks; legal: --samples, --epochs");
        r->total = (o->ticks + each - 1) / each;
    }
    r->target = r->total;
    r->final_count = an_last_test(s, o);
    return an_runner_train(r, dr, r->total, evaluate, d);
}

an_err_t an_session_on_model(an_session_t *s, an_port_t **port, an_driver_t *dr, uint64_t samples, an_diag_t *d)
{
    an_err_t e = an_port_model_open(port, &s->cfg);
    if (e)
        return an_say(d, e, "model: %s", an_err_text(e));
    e = an_session_load(s, dr, *port, d);
    return e ? e : an_runner_train(s->run, dr, samples, false, d);
}

uint64_t an_last_test(const an_session_t *s, const an_opts_t *o)
{
    uint64_t all = s->run->feed[AN_TEST].entry ? s->run->src->count[AN_TEST] : 0;
    return o->test < all ? o->test : all;
}

static void print_net(const an_image_t *img, FILE *f)
{
    const char *sep = "";
    for (size_t i = 0; i < img->n_projection; i++) {
        const an_sym_projection_t *p = &img->projection[i];
        fprintf(f, "%s%s %" PRIu32 "x%" PRIu32 "%s", sep, p->name, p->pre, p->post, p->pair ? " (pairs)" : "");
        sep = ", ";
    }
    fputs(img->n_projection ? "\n" : "no projections\n", f);
}

void an_session_print(an_session_t *s, const char *target, FILE *f)
{
    an_diag_t d;
    const char *rule = "";
    if (an_exp_get_str(s->exp, "rule", "", &rule, &d))
        rule = "";
    fprintf(f, "%s\n  data     %s\n  net      ", an_exp_name(s->exp), s->run->src->text);
    print_net(s->img, f);
    if (*rule)
        fprintf(f, "  rule     %s\n", rule);
    fprintf(f, "  chip     %s on %s, %" PRIu32 " core%s x %" PRIu32 " lane%s\n  seed     %" PRIu64 "\n", s->cfg.name[0] ? s->cfg.name : "?", target, s->cfg.cores,
            s->cfg.cores == 1 ? "" : "s", s->cfg.lanes, s->cfg.lanes == 1 ? "" : "s", s->run->seed);
}

static void print_range(const an_runner_t *r, FILE *f)
{
    size_t shown = 0, n = 0;
    for (size_t i = 0; i < r->img->n_site; i++) {
        const an_site_count_t *c = &r->site[i];
        if (!c->count || n++ >= 8)
            continue;
        fprintf(f, "%s%s (%" PRIu64 " times, first in tick %" PRIu32 ")", shown++ ? ", " : "  saturated  ", r->img->site[i].name, c->count, c->first_tick);
    }
    if (n > shown)
        fprintf(f, " and %zu more", n - shown);
    if (n)
        fputc('\n', f);
}

void an_result_print(const an_session_t *s, FILE *f)
{
    const an_runner_t *r = s->run;
    if (r->n_curve && r->curve[r->n_curve - 1].samples == r->done) {
        const an_point_t *p = &r->curve[r->n_curve - 1];
        fprintf(f, "  test error %.2f %% of %" PRIu64 " test samples, after %" PRIu64 " training samples\n", 100 * p->test_error, p->test_count, p->samples);
    }
    fprintf(f, "  trained on %" PRIu64 " samples, %" PRIu64 " ticks, %" PRIu64 " clocks, %" PRIu64 " visits", r->done, r->ticks, r->counters.clocks,
            r->counters.visits);
    if (r->counters.clocks)
        fprintf(f, " (%.3f a lane and clock)", (double)r->counters.visits / ((double)an_runner_clocks(r) * s->cfg.lanes * s->cfg.cores));
    fprintf(f, "\n  %.1f s of training, %.0f samples/s\n", r->train_s, r->train_s > 0 ? (double)r->done / r->train_s : 0.0);
    an_cost_print(&s->cost, r, f);
    print_range(r, f);
    an_watch_print(r->watch, f);
}

typedef struct curve_file { an_plot_t plot; } curve_file_t;

static void write_curve(const void *what, FILE *f) { an_plot_write(&((const curve_file_t *)what)->plot, f); }

an_err_t an_curve_save(const an_session_t *s, const char *path, uint64_t chip_samples, an_diag_t *d)
{
    enum { MAX = 1024 };
    const an_runner_t *r = s->run;
    double x[MAX], test[MAX], train[MAX];
    size_t n = r->n_curve < MAX ? r->n_curve : MAX;
    bool has_train = false;
    double top = 0;
    for (size_t i = 0; i < n; i++) {
        const an_point_t *p = &r->curve[r->n_curve - n + i];
        x[i] = (double)p->samples;
        test[i] = p->test_error;
        train[i] = p->train_error;
        has_train |= p->train_error == p->train_error;
        top = test[i] > top ? test[i] : top;
        top = train[i] > top ? train[i] : top;
    }
    an_series_t series[3] = {{"test error", x, test, n, false, true}, {"error while training", x, train, n, true, false}};
    size_t n_series = has_train ? 2 : 1;
    const an_line_t *l = s->overview->line; /* what was published; run-all draws the other lines */
    if (s->overview->n) {
        series[n_series++] = (an_series_t){l->label, l->x, l->y, l->n, true, false};
        for (size_t i = 0; i < l->n; i++)
            top = l->y[i] > top ? l->y[i] : top;
    }
    char sub[400], band[64];
    snprintf(sub, sizeof sub, "%s; %s, %" PRIu32 " x %" PRIu32 " lanes, seed %" PRIu64, r->src->text, s->cfg.name, s->cfg.cores, s->cfg.lanes, r->seed);
    snprintf(band, sizeof band, "first %" PRIu64 ": Verilated chip in lockstep", chip_samples);
    curve_file_t c = {{.title = an_exp_name(s->exp), .subtitle = sub, .xlabel = chip_samples ? "training samples seen (log scale)" : "training samples seen", .ylabel = "error", .series = series,
                       .n_series = n_series, .percent = true, .log_x = chip_samples > 0, .y0 = 0, .y1 = top > 0 ? top : 1, .band0 = 0, .band1 = (double)chip_samples,
                       .band = chip_samples ? band : NULL}};
    return an_file_save(path, write_curve, &c, d);
}
