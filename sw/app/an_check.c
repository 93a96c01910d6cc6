/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "an_check.h"
#include "an_port_open.h"
#include "an_port_pair.h"
#include "an_say.h"

/* The command that repeats this check with a waveform, for the report of a difference. */
static void replay_line(char *s, size_t size, const an_opts_t *o)
{
    int n = snprintf(s, size, "antinode check %s --seed %" PRIu64, o->arg, o->seed);
    for (size_t i = 0; i < o->n_set && n > 0 && (size_t)n < size; i++)
        n += snprintf(s + n, size - (size_t)n, " --set %s", o->set[i]);
    const struct { const char *name; uint64_t v; } limit[] = {{"samples", o->samples}, {"epochs", o->epochs}, {"ticks", o->ticks},
                                                               {"set lanes", o->lanes ? (uint64_t)o->lanes : UINT64_MAX},
                                                               {"set cores", o->cores ? (uint64_t)o->cores : UINT64_MAX}};
    for (size_t i = 0; i < 5 && n > 0 && (size_t)n < size; i++)
        if (limit[i].v != UINT64_MAX)
            n += snprintf(s + n, size - (size_t)n, " --%s%c%" PRIu64, limit[i].name, i < 3 ? ' ' : '=', limit[i].v);
    if (o->config && n > 0 && (size_t)n < size)
        snprintf(s + n, size - (size_t)n, " --config %s", o->config);
}

static an_err_t chip_part(an_check_t *c, const an_opts_t *o, an_session_t *s, an_port_t *port, an_diag_t *d)
{
    an_driver_t dr;
    double since = an_wall_s();
    an_err_t e = an_session_load(s, &dr, port, d);
    if (!e)
        e = an_session_train(s, &dr, o, false, d);
    if (!e)
        e = an_port_diag(&dr, an_port_pair_finish(port), d);
    if (!e)
        e = an_port_diag(&dr, an_driver_digest(&dr, &c->chip_digest), d);
    c->chip_s = an_wall_s() - since;
    return e;
}

static an_err_t model_part(an_check_t *c, const an_opts_t *o, an_session_t *s, an_driver_t *dr, an_port_t *port, an_diag_t *d)
{
    an_err_t e = an_session_load(s, dr, port, d);
    if (!e)
        e = an_session_train(s, dr, o, false, d);
    if (!e)
        e = an_port_diag(dr, an_driver_digest(dr, &c->model_digest), d);
    return e;
}

static int lockstep(an_check_t *c, const an_opts_t *o, an_session_t *chip, an_diag_t *d)
{
    char replay[512], why[512] = "";
    replay_line(replay, sizeof replay, o);
    an_pair_options_t po = {.seed = (uint32_t)o->seed, .verbose = !o->quiet, .replay = replay, .fst = o->fst, .fst_from = o->fst_from, .fst_to = o->fst_to};
    an_port_t *pair = NULL;
    an_err_t e = an_port_pair_open(&pair, &chip->cfg, &po, why, sizeof why);
    if (e) {
        an_say(d, e, "sim: %s", why[0] ? why : an_err_text(e));
        return an_fail_with(e, d);
    }
    an_meter_t line;
    an_meter_init(&line, o);
    line.note = "chip and model, ";
    chip->run->progress = an_meter_show;
    chip->run->progress_ctx = &line;
    e = chip_part(c, o, chip, pair, d);
    an_meter_end(&line);
    c->records = an_port_pair_compared(pair);
    c->clocks = an_port_pair_clocks(pair);
    int code = EXIT_DONE;
    if (e == AN_ERR_MISMATCH) {
        c->differs = true;
        an_port_pair_report(pair, stderr);
        code = EXIT_DIFFERS;
    } else if (e) {
        code = an_fail_with(e, d);
    }
    pair->ops->close(pair);
    return code;
}

int an_check_run(an_check_t *c, const an_opts_t *o, an_session_t *chip, an_session_t *model, an_model_left_t *left, an_diag_t *d)
{
    memset(c, 0, sizeof *c);
    int code = lockstep(c, o, chip, d);
    if (code != EXIT_DONE)
        return code;
    an_model_left_t here = {NULL, {0}};
    an_err_t e = an_port_model_open(&here.port, &model->cfg);
    if (e)
        return an_say(d, e, "model: %s", an_err_text(e)), an_fail_with(e, d);
    e = model_part(c, o, model, &here.dr, here.port, d);
    if (!e && left) {
        *left = here;
        here.port = NULL;
    }
    if (here.port)
        here.port->ops->close(here.port);
    if (e)
        return an_fail_with(e, d);
    if (c->chip_digest != c->model_digest) {
        c->differs = true;
        fprintf(stderr, "antinode: the digests differ: chip %016" PRIx64 ", model without records %016" PRIx64 "\n", c->chip_digest, c->model_digest);
        return EXIT_DIFFERS;
    }
    return EXIT_DONE;
}

void an_check_print(const an_check_t *c, const an_session_t *s, FILE *f)
{
    fprintf(f, "  %" PRIu64 " records compared, %d differ", c->records, c->differs ? 1 : 0);
    fprintf(f, " (%" PRIu64 " samples, %" PRIu64 " ticks, %" PRIu64 " clocks, %.1f s)\n", s->run->done, s->run->ticks, s->run->counters.clocks, c->chip_s);
    if (!c->differs || c->model_digest)
        fprintf(f, "  digest of all memories: chip %016" PRIx64 ", model %016" PRIx64 "\n", c->chip_digest, c->model_digest);
    fflush(f);
}
