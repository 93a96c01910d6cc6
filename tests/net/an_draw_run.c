/* SPDX-License-Identifier: Apache-2.0 */
#include "an_draw_run.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "an_bench.h"
#include "an_driver.h"

enum { TURNS = 3, IN_WORDS = 1 << 16 };

static uint64_t hash(uint64_t h, uint64_t v) { return (h ^ v) * 0x100000001B3u + (h >> 29); }

static uint64_t hash_text(const char *s)
{
    uint64_t h = 1;
    while (*s) h = hash(h, (unsigned char)*s++);
    return h;
}

static void must(an_err_t e, const an_port_t *p, uint64_t seed, int cores, int lanes)
{
    if (e) fail_msg("network %llu on %d cores of %d lanes: %s", (unsigned long long)seed, cores, lanes, p->message);
}

/* Entries in turn, some turns each; the host changes a scalar between them. */
static void play(an_driver_t *d, const an_image_t *img, uint64_t seed, int cores, an_outcome_t *r)
{
    static int16_t in[IN_WORDS];
    static int32_t out[2 * IN_WORDS];
    an_draw_net_t draw = { .seed = seed };
    for (int t = 0; t < 4; t++) {
        const an_entry_t *e = &img->entry[t % 2];
        size_t n_in = 0, n_out = 0;
        for (size_t i = 0; i < e->n_in; i++) n_in += e->in[i].n;
        for (size_t i = 0; i < e->n_out; i++) n_out += e->out[i].n;
        n_in *= TURNS;
        n_out *= TURNS;
        assert_true(n_in <= IN_WORDS && n_out <= 2 * IN_WORDS);
        for (size_t i = 0; i < n_in; i++) in[i] = (int16_t)((int)an_draw_below(&draw, 16384) - 8192);
        for (int c = 0; c < cores; c++) {
            must(an_driver_set_scalar(d, (uint32_t)c, e->turns_scalar, TURNS), d->port, seed, cores, 0);
            must(an_driver_set_scalar(d, (uint32_t)c, an_image_scalar(img, "c1")->index, (1 << 22) * t), d->port, seed, cores, 0);
        }
        must(an_driver_start(d, e->pc), d->port, seed, cores, 0);
        must(an_driver_stream(d, in, n_in, out, n_out, true, NULL, NULL), d->port, seed, cores, (int)img->cfg.lanes);
        for (size_t i = 0; i < n_out; i++) r->out = hash(r->out, (uint32_t)out[i]);
    }
}

an_moves_t *an_draw_moves(uint64_t seed, int pops, int cores)
{
    static const char *const vector[] = { "x", "e", "h", "a", "q", "b", "s" };
    static an_moves_t m;
    an_draw_net_t d = { .seed = seed * 31u + (uint64_t)cores };
    m.n = 0;
    for (int i = 0; cores > 1 && i < pops; i++) {
        if (an_draw_below(&d, 3) == 0) continue;
        snprintf(m.text[m.n], sizeof m.text[0], "populations.%d.vectors.%s=%u", i, vector[an_draw_below(&d, 7)], an_draw_below(&d, (uint32_t)cores));
        m.set[m.n] = m.text[m.n];
        m.n++;
    }
    return &m;
}

static bool around(const an_image_t *img)
{
    for (uint32_t c = 0; c < img->cfg.cores; c += img->cfg.cores > 1 ? img->cfg.cores - 1 : 1)
        for (size_t i = 0; i < img->core[c].n_prog; i++) {
            const uint64_t w = img->core[c].prog[i];
            if ((AN_GET(w, OP) == AN_OP_OUT || AN_GET(w, OP) == AN_OP_GIVE) && AN_GET(w, VEC_B) == (c ? AN_PORT_UP : AN_PORT_DOWN)) return true;
        }
    return false;
}

static bool has(const an_image_t *img, uint32_t op)
{
    for (uint32_t c = 0; c < img->cfg.cores; c++)
        for (size_t i = 0; i < img->core[c].n_prog; i++)
            if (AN_GET(img->core[c].prog[i], OP) == op) return true;
    return false;
}

an_config_t an_draw_config(const char *yaml, uint64_t seed, const char *config, int cores, int lanes, const an_moves_t *m)
{
    an_exp_t *exp;
    an_config_t cfg;
    an_diag_t diag;
    if (an_exp_load(&exp, yaml, "sw", m->set, m->n, &diag) || an_choose_config(&cfg, exp, config, lanes, cores, &diag)) fail_msg("network %llu: %s", (unsigned long long)seed, diag.text);
    an_exp_free(exp);
    return cfg;
}

an_outcome_t an_draw_run(const char *yaml, uint64_t seed, const an_config_t *cfg, const an_moves_t *m, an_draw_open_fn *open)
{
    an_outcome_t r = { .fits = true };
    const int cores = (int)cfg->cores, lanes = (int)cfg->lanes;
    an_exp_t *exp;
    an_image_t *img;
    an_diag_t diag;
    an_port_t *port;
    an_driver_t d;
    if (an_exp_load(&exp, yaml, "sw", m->set, m->n, &diag)) fail_msg("network %llu: %s", (unsigned long long)seed, diag.text);
    const an_err_t e = an_compile(&img, exp, cfg, seed, &diag);
    an_exp_free(exp);
    if (e == AN_ERR_FIT) return (an_outcome_t){ .fits = false };
    if (e) fail_msg("network %llu on %d cores of %d lanes: %s", (unsigned long long)seed, cores, lanes, diag.text);
    assert_int_equal(open(&port, cfg), AN_OK);
    must(an_driver_open(&d, port, cfg), port, seed, cores, lanes);
    must(an_driver_load(&d, img), port, seed, cores, lanes);
    play(&d, img, seed, cores, &r);
    must(an_driver_digest_network(&d, img, &r.network), port, seed, cores, lanes);
    for (size_t i = 0; i < img->n_site; i++) {
        an_range_t s;
        must(an_driver_get_site(&d, &img->site[i], &s), port, seed, cores, lanes);
        /* sites of parts come in another order, and a sweep may saturate in several parts */
        r.sats += hash(hash_text(img->site[i].name), (s.count ? s.first_tick * 2u + 1u : 0) * 2u + s.operand_clip);
        r.counts += hash(hash_text(img->site[i].name), s.count);
    }
    for (uint32_t c = 0; c < cfg->cores; c++) {
        an_counters_t n;
        must(an_driver_counters(&d, c, &n), port, seed, cores, lanes);
        r.visits += n.visits;
    }
    r.around = around(img);
    assert_true(cfg->closed || !r.around);
    r.passes = has(img, AN_OP_PASS);
    assert_true(cfg->pass || !r.passes);
    r.takes = has(img, AN_OP_TAKE);
    assert_true(cfg->take || !r.takes);
    r.gives = has(img, AN_OP_GIVE);
    assert_true(cfg->give || !r.gives);
    for (size_t i = 0; i < img->n_projection; i++) r.parts |= img->projection[i].n_part > 1;
    for (size_t i = 0; i < img->n_population; i++) r.used |= 1u << img->population[i].core;
    for (size_t i = 0; i < img->n_vector; i++)
        for (size_t k = 0; k < img->n_population; k++) {
            const char *dot = strchr(img->vector[i].name, '.');
            const size_t n = (size_t)(dot - img->vector[i].name);
            r.moved |= strlen(img->population[k].name) == n && !strncmp(img->population[k].name, img->vector[i].name, n) && img->population[k].core != img->vector[i].core;
        }
    an_image_free(img);
    port->ops->close(port);
    return r;
}

void an_draw_same(uint64_t seed, const an_outcome_t *a, const an_outcome_t *b, const an_config_t *cfg)
{
    const char *what = a->network != b->network ? "states or weights" : a->out != b->out ? "outputs" : a->sats != b->sats ? "saturations" : a->visits != b->visits ? "visits" : !a->parts && a->counts != b->counts ? "counts of saturations" : NULL;
    if (what) fail_msg("network %llu: other %s on %u cores of %u lanes than on one core of 2", (unsigned long long)seed, what, cfg->cores, cfg->lanes);
}

const char *an_draw_files(an_draw_net_t *d, uint64_t seed, const char *name)
{
    static char yaml[256], path[64];
    snprintf(path, sizeof path, "./%s.rule", name);
    an_draw_net(d, seed, path);
    (void)an_bench_file(path + 2, d->rule);
    snprintf(path, sizeof path, "%s.yaml", name);
    snprintf(yaml, sizeof yaml, "%s", an_bench_file(path, d->yaml));
    return yaml;
}
