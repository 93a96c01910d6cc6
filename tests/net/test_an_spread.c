/* SPDX-License-Identifier: Apache-2.0
 * Random networks on one to five cores, in a chain or ring, and one to eight lanes: the same states, weights, outputs and saturations, bit by bit.
 * AN_RANDOM_NETS: how many networks. */
#include "an_bench.h"
#include "an_draw_net.h"
#include "an_driver.h"
#include "an_port_open.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#ifdef __SANITIZE_ADDRESS__
enum { NETS = 6 };
#else
enum { NETS = 40 };
#endif
enum { ANEW = 1 };
static const uint64_t differed[ANEW] = { 1032 }; /* networks that once did */
enum { TURNS = 3, IN_WORDS = 1 << 16 };

typedef struct outcome {
    uint64_t network, out, sats, counts, visits;
    bool parts;      /* a projection is in parts */
    uint32_t used;   /* cores with a population */
    bool moved;      /* a vector is computed on another core than its population's */
    bool around;     /* something is sent over the link that closes the ring */
    bool passes;     /* something goes past a core by itself */
    bool takes;      /* something comes in beside other work */
    bool gives;      /* something goes as it is written */
    bool fits;
} outcome_t;

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
static void play(an_driver_t *d, const an_image_t *img, uint64_t seed, int cores, outcome_t *r)
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

/* --set of a core for some vectors; as many as there are populations, each may miss. */
typedef struct moves { char text[AN_DRAW_POPS][48]; const char *set[AN_DRAW_POPS]; size_t n; } moves_t;

static moves_t *moves(uint64_t seed, int pops, int cores)
{
    static const char *const vector[] = { "x", "e", "h", "a", "q", "b", "s" };
    static moves_t m;
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

static outcome_t run(const char *yaml, uint64_t seed, int cores, bool closed, bool pass, bool take, bool give, int lanes, const moves_t *m)
{
    outcome_t r = { .fits = true };
    an_exp_t *exp;
    an_image_t *img;
    an_config_t cfg;
    an_diag_t diag;
    an_port_t *port;
    an_driver_t d;
    if (an_exp_load(&exp, yaml, "sw", m->set, m->n, &diag) || an_choose_config(&cfg, exp, NULL, lanes, cores, &diag)) fail_msg("network %llu: %s", (unsigned long long)seed, diag.text);
    cfg.closed = closed;
    cfg.pass = pass;
    cfg.take = take;
    cfg.give = give;
    const an_err_t e = an_compile(&img, exp, &cfg, seed, &diag);
    an_exp_free(exp);
    if (e == AN_ERR_FIT) return (outcome_t){ .fits = false };
    if (e) fail_msg("network %llu on %d cores of %d lanes: %s", (unsigned long long)seed, cores, lanes, diag.text);
    assert_int_equal(an_port_model_open(&port, &cfg), AN_OK);
    must(an_driver_open(&d, port, &cfg), port, seed, cores, lanes);
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
    for (uint32_t c = 0; c < cfg.cores; c++) {
        an_counters_t n;
        must(an_driver_counters(&d, c, &n), port, seed, cores, lanes);
        r.visits += n.visits;
    }
    r.around = around(img);
    assert_true(closed || !r.around);
    r.passes = has(img, AN_OP_PASS);
    assert_true(pass || !r.passes);
    r.takes = has(img, AN_OP_TAKE);
    assert_true(take || !r.takes);
    r.gives = has(img, AN_OP_GIVE);
    assert_true(give || !r.gives);
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

static void same(uint64_t seed, const outcome_t *a, const outcome_t *b, int cores, int lanes)
{
    const char *what = a->network != b->network ? "states or weights" : a->out != b->out ? "outputs" : a->sats != b->sats ? "saturations" : a->visits != b->visits ? "visits" : !a->parts && a->counts != b->counts ? "counts of saturations" : NULL;
    if (what) fail_msg("network %llu: other %s on %d cores of %d lanes than on one core of 2", (unsigned long long)seed, what, cores, lanes);
}

static void placement_changes_nothing(void **state)
{
    (void)state;
    static an_draw_net_t d;
    const char *env = getenv("AN_RANDOM_NETS"), *from = getenv("AN_RANDOM_FIRST");
    const uint64_t first = from ? strtoull(from, NULL, 10) : 1, nets = env ? strtoull(env, NULL, 10) : NETS;
    uint64_t compared = 0, spread = 0, parts = 0, moved = 0, rings = 0, past = 0, beside = 0, written = 0;
    for (uint64_t i = 0; i < nets + ANEW; i++) {
        const uint64_t seed = i < nets ? first + i : differed[i - nets];
        an_draw_net(&d, seed, "./spread.rule");
        (void)an_bench_file("spread.rule", d.rule);
        char yaml[256];
        snprintf(yaml, sizeof yaml, "%s", an_bench_file("spread.yaml", d.yaml));
        const outcome_t one = run(yaml, seed, 1, false, false, false, false, 2, moves(seed, d.pops, 1));
        if (!one.fits) continue;
        for (int k = 0; k < 5; k++) {
            const int cores = k < 3 ? 2 + k : k < 4 || seed % 4 == 0 ? 1 + (int)(seed % 4) : 2 + (int)(seed % 4), lanes = k < 3 ? 2 : k == 3 ? 8 : (seed & 1) ? 1 : 4;
            const outcome_t r = run(yaml, seed, cores, k > 3, (seed + (uint64_t)k) % 3 != 0, (seed + (uint64_t)k) % 4 != 0, (seed + (uint64_t)k) % 5 != 0, lanes, moves(seed, d.pops, cores));
            if (!r.fits) continue;
            same(seed, &r, &one, cores, lanes);
            compared++;
            spread += (r.used & (r.used - 1)) != 0;
            parts += r.parts;
            moved += r.moved;
            rings += r.around;
            past += r.passes;
            beside += r.takes;
            written += r.gives;
        }
    }
    print_message("%llu networks, %llu placements compared, %llu of them on several cores, %llu in parts, %llu with vectors apart from their population, %llu over the link that closes a ring, %llu past a core, %llu with words that come in beside other work, %llu with words that go as they are written\n", (unsigned long long)(nets + ANEW), (unsigned long long)compared, (unsigned long long)spread,
                  (unsigned long long)parts, (unsigned long long)moved, (unsigned long long)rings, (unsigned long long)past, (unsigned long long)beside, (unsigned long long)written);
    assert_true(nets < 30 || (compared > 3 * nets && spread > nets && parts > nets / 2 && moved > nets && rings > nets / 8 && past > nets && beside > nets && written > nets));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(placement_changes_nothing) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
