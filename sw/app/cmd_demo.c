/* SPDX-License-Identifier: Apache-2.0
 * The main job in five steps: what `make demo` runs. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "an_check.h"
#include "an_report.h"
#include "an_say.h"

#define AN_DEMO_CHIP 300u  /* training samples in lockstep */

static an_err_t make_folder(const char *path, an_diag_t *d)
{
    char part[1024];
    snprintf(part, sizeof part, "%s", path);
    for (char *p = part + 1;; p++)
        if (*p == '/' || !*p) {
            char c = *p;
            *p = 0;
            if (mkdir(part, 0777) && errno != EEXIST)
                return an_say(d, AN_ERR_IO, "%s: %s", part, strerror(errno));
            *p = c;
            if (!c)
                return AN_OK;
        }
}

/* The rest of the schedule, on the model that stands where the chip stopped. */
static an_err_t go_on(an_session_t *s, an_model_left_t *m, const an_opts_t *o, uint64_t total, an_report_t *rep, an_diag_t *d)
{
    an_runner_t *r = s->run;
    r->total = r->target = total;
    r->final_count = an_last_test(s, o);
    an_err_t e = AN_OK;
    /* the early part of the curve: where the chip's part ends, and twice before the schedule's first evaluation */
    for (uint64_t at = r->done; at < r->eval && at < total && !e; at = at < 1000 ? 1000 : at < 3000 ? 3000 : total) {
        e = an_runner_train(r, &m->dr, at, true, d);
        if (!e)
            e = an_runner_test(r, &m->dr, r->eval_count, d);
    }
    if (!e)
        e = an_runner_train(r, &m->dr, total, true, d);
    if (!e)
        e = an_port_diag(&m->dr, an_driver_digest(&m->dr, &rep->digest), d);
    if (!e)
        e = an_port_diag(&m->dr, an_driver_digest_network(&m->dr, s->img, &rep->digest_network), d);
    if (!e && r->final_count)
        e = an_runner_test(r, &m->dr, r->final_count, d);
    return e;
}

/* A path as a person in this folder would write it. */
static const char *near(const char *path)
{
    char here[1024];
    size_t n = getcwd(here, sizeof here) ? strlen(here) : 0;
    return n && !strncmp(path, here, n) && path[n] == '/' ? path + n + 1 : path;
}

static void what_next(const an_opts_t *o, const char *dir)
{
    char line[3][1200];
    const char *build = near(AN_BUILD);
    snprintf(line[0], sizeof line[0], "%s/antinode run %s --seed 2 --plot curve.svg", build, o->arg);
    snprintf(line[1], sizeof line[1], "%s/antinode check vfep-digits --samples 20", build);
    snprintf(line[2], sizeof line[2], "%s/antinode compile %s", build, o->arg);
    printf("\n4. the curve  %s/learning.svg\n   the report %s/report.json\n\n5. next\n", near(dir), near(dir));
    printf("   %-60s from other weights\n", line[0]);
    printf("   %-60s another net, chip against model\n", line[1]);
    printf("   %-60s where everything lies, how much of its range it uses\n", line[2]);
}

static int finish(const an_opts_t *o, const char *dir, an_session_t *s, an_model_left_t *m, const an_check_t *c, uint64_t total, double since)
{
    an_diag_t d = {""};
    char path[1100];
    an_meter_t line;
    an_report_t rep = {.experiment = an_exp_name(s->exp), .target = "sim, then model", .run = s->run, .cost = s->cost, .chip_samples = s->run->done, .records = c->records};
    printf("\n3. the model alone, from there on: the same bits, faster\n");
    fflush(stdout);
    an_meter_init(&line, o);
    s->run->progress = an_meter_show;
    s->run->progress_ctx = &line;
    an_err_t e = go_on(s, m, o, total, &rep, &d);
    an_meter_end(&line);
    if (e)
        return an_fail_with(e, &d);
    an_result_print(s, stdout);
    rep.wall_s = an_wall_s() - since;
    snprintf(path, sizeof path, "%s/report.json", dir);
    e = an_report_save(&rep, path, &d);
    if (!e) {
        snprintf(path, sizeof path, "%s/learning.svg", dir);
        e = an_curve_save(s, path, rep.chip_samples, &d);
    }
    if (e)
        return an_fail_with(e, &d), EXIT_RUN;
    what_next(o, dir);
    return s->run->diverged ? EXIT_RUN : EXIT_DONE;
}

static int demo(const an_opts_t *given)
{
    an_opts_t o = *given;
    an_diag_t d = {""};
    const char *dir = o.out ? o.out : AN_BUILD "/demo";
    double since = an_wall_s();
    o.arg = o.arg ? o.arg : "vfep-fashion";
    an_session_t chip, model;
    an_err_t e = make_folder(dir, &d);
    if (e)
        return an_fail_with(e, &d), EXIT_INPUT;
    if ((e = an_session_open(&model, &o, NULL, &d)) != AN_OK) /* the schedule of the file, for its length */
        return an_fail_with(e, &d);
    uint64_t total = model.run->total, n = model.run->src->count[AN_TRAIN];
    uint64_t first = total < AN_DEMO_CHIP ? total : AN_DEMO_CHIP;
    o.epochs = UINT64_MAX;
    o.samples = first;
    e = an_session_open(&chip, &o, NULL, &d);
    if (e) {
        an_session_close(&model);
        return an_fail_with(e, &d);
    }
    printf("1. ");
    an_session_print(&model, "the Verilated chip, then the model", stdout);
    printf("  training %" PRIu64 " samples", total);
    if (n)
        printf(" (%.3g epoch%s)", (double)total / (double)n, total == n ? "" : "s");
    printf("\n\n2. the first %" PRIu64 " training samples on the Verilated chip, in lockstep with the model\n", first);
    fflush(stdout);
    an_check_t c;
    an_model_left_t left = {NULL, {0}};
    model.run->total = first;
    int code = an_check_run(&c, &o, &chip, &model, &left, &d);
    if (code == EXIT_DONE || code == EXIT_DIFFERS)
        an_check_print(&c, &chip, stdout);
    if (code == EXIT_DONE)
        code = finish(&o, dir, &model, &left, &c, total, since);
    if (left.port)
        left.port->ops->close(left.port);
    an_session_close(&chip);
    an_session_close(&model);
    return code;
}

const an_command_t an_cmd_demo = {
    .name = "demo",
    .usage = "[EXP]",
    .options = "config seed epochs samples set out quiet verbose",
    .about = "train on the Verilated chip, then on the model, and plot it",
    .more = "EXP is vfep-fashion if it is not given. Writes learning.svg and report.json to --out (build/demo).",
    .takes_arg = true,
    .run = demo,
};
