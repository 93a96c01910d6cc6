/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "an_report.h"
#include "an_reference.h"
#include "an_say.h"
#include "an_target.h"
#include "an_watch.h"

static int failed(an_err_t e, const an_diag_t *d, an_meter_t *line)
{
    an_meter_end(line);
    return an_fail_with(e, d);
}

/* Training, digests, last test, report: on an open port. */
static int run_on(const an_opts_t *o, an_session_t *s, an_port_t *port)
{
    an_diag_t d = {""};
    an_driver_t dr;
    an_meter_t line;
    an_report_t rep = {.experiment = an_exp_name(s->exp), .target = o->on ? o->on : "model", .run = s->run, .cost = s->cost};
    double since = an_wall_s();
    FILE *out = an_out(o);
    an_meter_init(&line, o);
    s->run->progress = an_meter_show;
    s->run->progress_ctx = &line;
    if (!o->quiet) {
        an_session_print(s, rep.target, out);
        fflush(out);
    }
    an_err_t e = an_session_load(s, &dr, port, &d);
    if (!e)
        e = an_session_train(s, &dr, o, true, &d);
    if (!e)
        e = an_port_diag(&dr, an_driver_digest(&dr, &rep.digest), &d);
    if (!e)
        e = an_port_diag(&dr, an_driver_digest_network(&dr, s->img, &rep.digest_network), &d);
    uint64_t last = an_last_test(s, o);
    if (!e && !s->run->diverged && last)
        e = an_runner_test(s->run, &dr, last, &d);
    if (e)
        return failed(e, &d, &line);
    an_meter_end(&line);
    rep.wall_s = an_wall_s() - since;
    if (!o->quiet) {
        an_result_print(s, out);
        fprintf(out, "  digest %016" PRIx64 ", of the network %016" PRIx64 "\n", rep.digest, rep.digest_network);
    }
    char *reference = an_reference_find(an_share(), rep.experiment, o->seed, o->set, o->n_set);
    rep.reference = reference;
    if (o->report)
        e = an_report_save(&rep, o->report, &d);
    free(reference);
    if (!e && o->plot)
        e = an_watch_has_plot(s->run->watch) ? an_file_save(o->plot, an_watch_svg, s->run->watch, &d) : an_curve_save(s, o->plot, 0, &d);
    if (!e && o->trace)
        e = s->run->watch ? an_file_save(o->trace, an_watch_csv, s->run->watch, &d) : an_say(&d, AN_ERR_INPUT, "--trace: %s measures nothing over time", rep.experiment);
    if (e)
        return an_fail_with(e, &d), EXIT_RUN;
    if (s->expect_diverged && !s->run->diverged) {
        fprintf(stderr, "antinode: %s was expected to diverge and did not\n", rep.experiment);
        return EXIT_RUN;
    }
    if (s->run->diverged) {
        const an_site_t *at = &s->img->site[s->run->diverged - 1];
        fprintf(stderr, "antinode: %s diverged: %s saturates since tick %" PRIu32 "; a smaller rate or gain may help\n", rep.experiment, at->name,
                s->run->site[s->run->diverged - 1].first_tick);
        return s->expect_diverged ? EXIT_DONE : EXIT_RUN;
    }
    return EXIT_DONE;
}

static int run(const an_opts_t *o)
{
    an_diag_t d = {""};
    an_session_t s;
    an_port_t *port = NULL;
    an_err_t e = o->report ? an_file_try(o->report, &d) : AN_OK;
    if (!e && o->plot)
        e = an_file_try(o->plot, &d);
    if (e)
        return an_fail_with(e, &d);
    if (an_target_is_device(o)) { /* the chip that is there decides, unless --config wants another */
        an_driver_t dr;
        an_config_t want;
        bool given;
        e = an_config_of(&want, &given, o, &d);
        if (!e)
            e = an_target_open(&port, o, NULL, &d);
        if (!e)
            e = an_driver_open(&dr, port, given ? &want : NULL);
        if (e && port && !d.text[0])
            e = an_say_port(&d, e, port);
        if (!e)
            e = an_session_open(&s, o, &dr.cfg, &d);
    } else {
        e = an_session_open(&s, o, NULL, &d);
        if (!e && (e = an_target_open(&port, o, &s.cfg, &d)) != AN_OK)
            an_session_close(&s);
    }
    int code = e ? an_fail_with(e, &d) : run_on(o, &s, port);
    if (!e)
        an_session_close(&s);
    if (port)
        port->ops->close(port);
    return code;
}

const an_command_t an_cmd_run = {
    .name = "run",
    .usage = "EXP",
    .options = "on config seed epochs samples ticks test set report plot trace quiet verbose",
    .about = "train an experiment and test it",
    .more = "EXP is a shipped experiment (antinode list) or the path of a YAML file. The same seed gives the same bits on every target.\n"
            "Digests are taken when training ends, before the last test.",
    .needs_arg = true,
    .run = run,
};
