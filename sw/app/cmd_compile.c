/* SPDX-License-Identifier: Apache-2.0
 * Where everything lies, and how much of its range it uses. */
#include <inttypes.h>
#include <string.h>
#include "an_calibrate.h"
#include "an_port_open.h"
#include "an_say.h"
#include "an_target.h"

#define AN_CALIBRATION 200u /* samples, where --samples does not say */

static void memory(const char *name, size_t used, size_t there) { printf("    %-10s %7zu of %7zu (%.0f %%)\n", name, used, there, 100.0 * (double)used / (double)there); }

/* of a part: which columns or rows it has */
static void extent(const an_sym_projection_t *p, size_t k)
{
    if (p->n_part > 1 && p->part[1].row)
        printf(" [rows %" PRIu32 "-%" PRIu32 "]", p->part[k].row, p->part[k].row + p->part[k].rows - 1);
    else if (p->n_part > 1)
        printf(" [%" PRIu32 "-%" PRIu32 "]", p->part[k].first, p->part[k].first + p->part[k].cols - 1);
}

static void balance(const an_image_t *img)
{
    uint64_t all = 0;
    for (uint32_t c = 0; c < img->cfg.cores; c++)
        all += img->core[c].clocks;
    printf("  balance: a turn of the training entry every %" PRIu64 " clocks or so, waiting included, zero-skip off; host in at core %" PRIu32 ", out at core %" PRIu32 "\n", img->period,
           img->in_core, img->out_core);
    for (uint32_t c = 0; c < img->cfg.cores; c++) {
        const an_core_image_t *m = &img->core[c];
        const char *sep = "";
        printf("    core %-2" PRIu32 " %9" PRIu64 " clocks (%3.0f %%), %6zu synapse words: ", c, m->clocks, all ? 100.0 * (double)m->clocks / (double)all : 0.0, m->syn_used);
        for (size_t i = 0; i < img->n_population; i++)
            if (img->population[i].core == c) {
                printf("%s%s", sep, img->population[i].name);
                sep = ", ";
            }
        if (!*sep)
            printf("no population");
        sep = "; ";
        for (size_t i = 0; i < img->n_projection; i++)
            for (size_t k = 0; k < img->projection[i].n_part; k++)
                if (img->projection[i].part[k].core == c) {
                    printf("%s%s", sep, img->projection[i].name);
                    extent(&img->projection[i], k);
                    sep = ", ";
                }
        puts("");
    }
}

static void placement(const an_image_t *img)
{
    if (img->cfg.cores > 1)
        balance(img);
    for (uint32_t c = 0; c < img->cfg.cores; c++) {
        const an_core_image_t *m = &img->core[c];
        printf("  core %" PRIu32 ", words\n", c);
        memory("program", m->n_prog, img->cfg.prog_words);
        memory("synapse", m->syn_used, img->cfg.syn_words);
        memory("state", m->state_used, img->cfg.state_words);
        memory("rate", m->rate_used, img->cfg.rate_words);
        memory("scalar", m->scalar_used, img->cfg.scalars);
    }
}

static uint64_t saturations(const an_runner_t *r, const char *name, bool *clip)
{
    uint64_t n = 0;
    for (size_t i = 0; i < r->img->n_site; i++)
        if (!strcmp(r->img->site[i].name, name)) {
            n += r->site[i].count;
            *clip |= r->site[i].clip;
        }
    return n;
}

static void span(double value, double full)
{
    if (value < 0)
        printf("  %10s %6s", "-", "");
    else
        printf("  %10.6g %5.1f%%", value, 100 * value / full);
}

static void sats(const an_runner_t *r, const char *name)
{
    bool clip = false;
    uint64_t n = saturations(r, name, &clip);
    printf("  %8" PRIu64 "%s\n", n, clip ? "  operand clipped" : "");
}

static void vectors(const an_session_t *s, const an_cal_t *c)
{
    const double full_s = 1 << (AN_W_STATE - 1 - AN_F_STATE), full_r = 1 << (AN_W_RATE - 1 - AN_F_RATE);
    printf("\n  %-22s %5s %5s  %10s %6s  %10s %6s  %8s\n", "vector", "n", "block", "state", "used", "rate", "used", "saturated");
    for (size_t i = 0; i < s->img->n_vector; i++) {
        const an_sym_vector_t *v = &s->img->vector[i];
        printf("  %-22s %5" PRIu32 " %5" PRIu32, v->name, v->n, v->addr);
        span(c->state[i], full_s);
        span(c->rate[i], full_r);
        sats(s->run, v->name);
    }
}

static void projections(const an_session_t *s, const an_cal_t *c)
{
    printf("\n  %-22s %9s %7s %4s  %10s %6s  %10s %6s  %8s\n", "projection", "shape", "block", "bits", "w", "used", "v", "used", "saturated");
    for (size_t i = 0; i < s->img->n_projection; i++) {
        const an_sym_projection_t *p = &s->img->projection[i];
        char shape[32];
        snprintf(shape, sizeof shape, "%" PRIu32 "x%" PRIu32, p->pre, p->post);
        printf("  %-22s %9s %7" PRIu32 "  f%-2" PRIu32, p->name, shape, p->part[0].wbase, p->w_frac);
        span(c->w[i], 32768.0 / (double)(1u << p->w_frac));
        span(p->pair ? c->v[i] : -1, 32768.0 / (double)(1u << p->v_frac));
        sats(s->run, p->name);
    }
}

static void steps(const an_session_t *s, const an_cal_t *c)
{
    printf("\n  %-22s %5s  %s\n", "learning sweep", "pc", "largest step");
    for (size_t i = 0; i < c->n_learn; i++) {
        const an_learn_t *l = &c->learn[i];
        printf("  %-22s %5" PRIu32 "  %.4g unit%s%s\n", s->img->projection[l->projection].name, l->pc, l->step_units, l->step_units == 1 ? "" : "s",
               l->step_units < 1 ? ": below one rounding unit, every step rests on stochastic rounding" : "");
    }
    puts("  A unit is the last bit of the word that learns. Smaller steps than a unit are right on average.");
}

static void listing(const an_session_t *s)
{
    for (uint32_t c = 0; c < s->img->cfg.cores; c++) {
        const an_core_image_t *m = &s->img->core[c];
        printf("\n  core %" PRIu32 "\n", c);
        for (size_t pc = 0; pc < m->n_prog; pc++) {
            char text[256];
            an_dis(m->prog[pc], text, sizeof text);
            for (size_t e = 0; e < s->img->n_entry; e++)
                if (s->img->entry[e].pc[c] == pc)
                    printf("%s:\n", s->img->entry[e].name);
            printf("  %4zu  %016" PRIx64 "  %-60s ; line %" PRIu32 "\n", pc, m->prog[pc], text, m->line[pc]);
        }
    }
}

static an_err_t calibrate(an_session_t *s, uint64_t samples, an_diag_t *d)
{
    an_port_t *port;
    an_driver_t dr;
    an_cal_t c = {0};
    an_err_t e = an_port_model_open(&port, &s->cfg);
    if (e)
        return an_say(d, e, "model: %s", an_err_text(e));
    e = an_session_load(s, &dr, port, d);
    if (!e)
        e = an_calibrate(&c, s->run, &dr, an_port_model_of(port), samples, d);
    if (!e) {
        printf("\n  range, in a calibration run over %" PRIu64 " training samples; %% of what the format holds\n", c.samples);
        vectors(s, &c);
        projections(s, &c);
        steps(s, &c);
    }
    an_cal_free(&c);
    port->ops->close(port);
    return e;
}

static int compile(const an_opts_t *o)
{
    an_diag_t d = {""};
    an_session_t s;
    an_opts_t whole = *o;
    whole.samples = UINT64_MAX;
    an_err_t e = an_session_open(&s, &whole, NULL, &d);
    if (e)
        return an_fail_with(e, &d);
    an_session_print(&s, "the model", stdout);
    placement(s.img);
    for (const char *n = s.img->notes; n && *n; n += strcspn(n, "\n"), n += *n == '\n')
        printf("  note: %.*s\n", (int)strcspn(n, "\n"), n);
    fflush(stdout);
    e = calibrate(&s, o->samples != UINT64_MAX ? o->samples : AN_CALIBRATION, &d);
    if (!e && o->listing)
        listing(&s);
    an_session_close(&s);
    return e ? an_fail_with(e, &d) : EXIT_DONE;
}

const an_command_t an_cmd_compile = {
    .name = "compile",
    .usage = "EXP",
    .options = "config seed samples set list",
    .about = "placement and range report of an experiment",
    .more = "The range report comes from a calibration run on the model: the largest value of every vector and projection, how often each\n"
            "saturated, and the largest step of every learning sweep against the unit of its weights. --samples: its length (200).",
    .needs_arg = true,
    .run = compile,
};
