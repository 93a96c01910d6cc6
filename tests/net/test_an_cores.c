/* SPDX-License-Identifier: Apache-2.0
 * Several cores: what is refused, what is placed by hand, what the estimate says against the model's clocks, and how a core that waits is named. */
#include "an_bench.h"
#include "an_driver.h"
#include "an_port_open.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

typedef struct rig {
    an_exp_t *exp;
    an_image_t *img;
    an_config_t cfg;
    an_diag_t diag;
    an_port_t *port;
    an_driver_t d;
} rig_t;

static an_err_t compile(rig_t *r, const char *name, const char *config, int cores, const char *const *set, size_t n)
{
    *r = (rig_t){ 0 };
    an_err_t e = an_exp_load(&r->exp, name, "sw", set, n, &r->diag);
    if (!e) e = an_choose_config(&r->cfg, r->exp, config, 0, cores, &r->diag);
    if (!e) e = an_compile(&r->img, r->exp, &r->cfg, 3, &r->diag);
    return e;
}

static void rig_open(rig_t *r, const char *name, const char *config, int cores, const char *const *set, size_t n)
{
    if (compile(r, name, config, cores, set, n)) fail_msg("%s", r->diag.text);
    assert_int_equal(an_port_model_open(&r->port, &r->cfg), AN_OK);
    assert_int_equal(an_driver_open(&r->d, r->port, &r->cfg), AN_OK);
    assert_int_equal(an_driver_load(&r->d, r->img), AN_OK);
}

static void rig_close(rig_t *r)
{
    if (r->port) r->port->ops->close(r->port);
    an_image_free(r->img);
    an_exp_free(r->exp);
}

/* turns of the entry train on a made-up input; short: so many words too few */
static an_err_t turns(rig_t *r, int n, size_t short_of)
{
    static int16_t in[1 << 16];
    static int32_t out[1 << 16];
    const an_entry_t *e = an_image_entry(r->img, "train");
    size_t n_in = 0, n_out = 0;
    for (size_t i = 0; i < e->n_in; i++) n_in += e->in[i].n;
    for (size_t i = 0; i < e->n_out; i++) n_out += e->out[i].n;
    for (size_t i = 0; i < n_in * (size_t)n; i++) in[i] = (int16_t)((i * 7919 >> 2) % 4096);
    for (uint32_t c = 0; c < r->cfg.cores; c++) assert_int_equal(an_driver_set_scalar(&r->d, c, e->turns_scalar, n), AN_OK);
    assert_int_equal(an_driver_start(&r->d, e->pc), AN_OK);
    return an_driver_stream(&r->d, in, n_in * (size_t)n - short_of, out, n_out * (size_t)n, true, NULL, NULL);
}

static uint64_t digest(rig_t *r)
{
    uint64_t h = 0;
    assert_int_equal(an_driver_digest_network(&r->d, r->img, &h), AN_OK);
    return h;
}

static void refused(const char *name, const char *config, int cores, const char *const *set, size_t n, an_err_t e, const char *says)
{
    rig_t r;
    assert_int_equal(compile(&r, name, config, cores, set, n), e);
    if (!strstr(r.diag.text, says)) fail_msg("\"%s\" has not \"%s\"", r.diag.text, says);
    rig_close(&r);
}

static void what_does_not_fit_is_told(void **state)
{
    (void)state;
    const char *big[] = { "hidden=400", "projections.0.split=false" }, *three[] = { "populations.1.core=3" }, *word[] = { "populations.1.core=first" };
    const char *vector[] = { "populations.1.vectors.nothing=1" }, *far[] = { "populations.1.vectors.I=2" }, *list[] = { "populations.1.vectors=1" };
    refused("vfep-fashion", "icebreaker", 2, big, 2, AN_ERR_FIT, "does not fit icebreaker with 2 cores of 2 lanes: core 0: synapse words: 78400 needed, 65536 available");
    refused("vfep-fashion", "icebreaker", 1, big, 1, AN_ERR_FIT, "does not fit icebreaker with 2 lanes: synapse words: 86400 needed, 65536 available");
    refused("vfep-digits", "icebreaker", 2, three, 1, AN_ERR_FIT, "core: 3; legal: 0 to 1, the cores of this configuration");
    refused("vfep-digits", "icebreaker", 2, word, 1, AN_ERR_INPUT, "first: not a number");
    refused("vfep-digits", "icebreaker", 2, vector, 1, AN_ERR_INPUT, "vectors: nothing: role hidden has no such vector; legal: ");
    refused("vfep-digits", "icebreaker", 2, far, 1, AN_ERR_FIT, "core: 2; legal: 0 to 1");
    refused("vfep-digits", "icebreaker", 2, list, 1, AN_ERR_INPUT, "a mapping of vectors to cores");
}

/* Two cores hold what one does not. */
static void more_cores_hold_more(void **state)
{
    (void)state;
    const char *set[] = { "hidden=160" };
    rig_t r;
    refused("vfep-fashion", "colorlight-i5", 1, set, 1, AN_ERR_FIT, "synapse words: 34560 needed, 32768 available");
    rig_open(&r, "vfep-fashion", "colorlight-i5", 2, set, 1);
    assert_int_equal(turns(&r, 2, 0), AN_OK);
    rig_close(&r);
    const char *by_hand[] = { "populations.0.core=1" }; /* no --set cores: a configuration that has such a core */
    assert_int_equal(compile(&r, "vfep-digits", NULL, 0, by_hand, 1), AN_ERR_FIT); /* the file names icebreaker */
    rig_close(&r);
}

/* core: as it says, a list for the links of a chain; all on one core: the program of one core. */
static void by_hand(void **state)
{
    (void)state;
    static const char *const core[] = { "1", "1", "0", "2" };
    const char *set[] = { "hidden=20,33", "populations.0.core=1", "populations.1.core=[1,0]", "populations.2.core=2",
                          "projections.0.split=false", "projections.1.split=false", "projections.2.split=false" };
    const char *zero[] = { "populations.0.core=0", "populations.1.core=0", "populations.2.core=0",
                           "projections.0.split=false", "projections.1.split=false", "projections.2.split=false" };
    rig_t r, one;
    rig_open(&r, "vfep-digits", "bench-4x2", 0, set, 7);
    assert_int_equal(r.img->n_population, 4);
    for (size_t i = 0; i < 4; i++) assert_int_equal(r.img->population[i].core, atoi(core[i]));
    assert_int_equal(r.img->in_core, 1);
    assert_int_equal(r.img->core[3].n_prog, 1);
    assert_int_equal(turns(&r, 2, 0), AN_OK);
    rig_open(&one, "vfep-digits", "bench-4x2", 1, set, 1);
    assert_int_equal(turns(&one, 2, 0), AN_OK);
    assert_true(digest(&r) == digest(&one));
    rig_close(&r);
    rig_close(&one);
    rig_open(&r, "vfep-digits", "icebreaker", 2, zero, 6);
    rig_open(&one, "vfep-digits", "icebreaker", 1, NULL, 0);
    assert_int_equal(r.img->core[0].n_prog, one.img->core[0].n_prog);
    assert_memory_equal(r.img->core[0].prog, one.img->core[0].prog, one.img->core[0].n_prog * sizeof(uint64_t));
    assert_int_equal(r.img->core[1].n_prog, 1);
    rig_close(&r);
    rig_close(&one);
}

/* vectors: a vector where it says, with the bits of one core, and the host finds it there. */
static void vectors_by_hand(void **state)
{
    (void)state;
    const char *set[] = { "populations.0.core=0", "populations.1.core=0", "populations.2.core=0", "populations.1.vectors.I=1" };
    rig_t r, one;
    rig_open(&r, "vfep-digits", "icebreaker", 2, set, 4);
    assert_int_equal(an_image_vector(r.img, "hidden.I")->core, 1);
    assert_int_equal(an_image_vector(r.img, "output.I")->core, 0);
    assert_true(r.img->core[1].n_prog > 1);
    assert_int_equal(turns(&r, 2, 0), AN_OK);
    rig_open(&one, "vfep-digits", "icebreaker", 1, NULL, 0);
    assert_int_equal(turns(&one, 2, 0), AN_OK);
    assert_true(digest(&r) == digest(&one));
    rig_close(&r);
    rig_close(&one);
}

/* The estimate is for long vectors and without zero-skip; POP is not in it. */
static void estimate_is_near_the_model(void **state)
{
    (void)state;
    static const struct { const char *name; int cores; } run[] = { { "vfep-digits", 1 }, { "vfep-digits", 3 }, { "gle-chain", 4 }, { "bpd-exact", 3 }, { "stlp-two", 2 }, { "gle-lagnet", 4 } };
    const char *set[] = { "skip=false" };
    for (size_t k = 0; k < sizeof run / sizeof *run; k++) {
        rig_t r;
        rig_open(&r, run[k].name, run[k].cores > 1 ? "bench-4x2" : NULL, run[k].cores, set, 1);
        assert_int_equal(turns(&r, 10, 0), AN_OK);
        for (uint32_t c = 0; c < r.cfg.cores; c++) {
            an_counters_t n;
            assert_int_equal(an_driver_counters(&r.d, c, &n), AN_OK);
            const double is = (double)n.clocks / 10, told = (double)r.img->core[c].clocks;
            if (told > is * 1.02 || told < is * 0.9) fail_msg("%s, core %u: %g clocks a turn, the estimate is %g", run[k].name, c, is, told);
        }
        assert_true(r.img->period > 0);
        rig_close(&r);
    }
}

static size_t count(const rig_t *r, uint32_t op)
{
    size_t n = 0;
    for (uint32_t c = 0; c < r->cfg.cores; c++)
        for (size_t i = 0; i < r->img->core[c].n_prog; i++) n += AN_GET(r->img->core[c].prog[i], OP) == op;
    return n;
}

/* Programs have TAKE, or GIVE; the estimate says that a turn is shorter than on a chip without it, and the bits are the same. */
static void shorter_with(uint32_t op, const char *name, int cores)
{
    const char *set[] = { "skip=false" };
    rig_t with, without = { 0 };
    rig_open(&with, name, "bench-4x2", cores, set, 1);
    assert_true(count(&with, op) > 0);
    without.cfg = with.cfg;
    if (op == AN_OP_TAKE) without.cfg.take = false;
    if (op == AN_OP_GIVE) without.cfg.give = false;
    assert_int_equal(an_exp_load(&without.exp, name, "sw", set, 1, &without.diag), AN_OK);
    assert_int_equal(an_compile(&without.img, without.exp, &without.cfg, 3, &without.diag), AN_OK);
    assert_int_equal(count(&without, op), 0);
    assert_true(with.img->period < without.img->period);
    assert_int_equal(an_port_model_open(&without.port, &without.cfg), AN_OK);
    assert_int_equal(an_driver_open(&without.d, without.port, &without.cfg), AN_OK);
    assert_int_equal(an_driver_load(&without.d, without.img), AN_OK);
    assert_int_equal(turns(&with, 2, 0), AN_OK);
    assert_int_equal(turns(&without, 2, 0), AN_OK);
    assert_true(digest(&with) == digest(&without));
    rig_close(&with);
    rig_close(&without);
}

static void words_come_in_beside_work(void **state)
{
    (void)state;
    shorter_with(AN_OP_TAKE, "vfep-digits", 3);
}

static void words_go_as_they_are_written(void **state)
{
    (void)state;
    shorter_with(AN_OP_GIVE, "vfep-digits", 3);
    shorter_with(AN_OP_GIVE, "stlp-two", 4);
}

static void who_waits_is_named(void **state)
{
    (void)state;
    rig_t r;
    const char *set[] = { "populations.0.core=0", "populations.1.core=0", "populations.2.core=1" };
    rig_open(&r, "vfep-digits", "icebreaker", 2, set, 3);
    assert_int_equal(turns(&r, 1, 1), AN_ERR_STALL);
    if (!strstr(r.port->message, "core 0 waits for ever at pc ") || !strstr(r.port->message, "(in from the host): input; 74 of 74 inputs given") ||
        !strstr(r.port->message, "; core 1 waits at pc ") || !(strstr(r.port->message, "(in from core 0)") || strstr(r.port->message, "(out to core 0)"))) fail_msg("%s", r.port->message);
    assert_int_equal(an_driver_stop(&r.d), AN_OK); /* and after it everything works again */
    assert_int_equal(an_driver_load(&r.d, r.img), AN_OK);
    assert_int_equal(turns(&r, 3, 0), AN_OK);
    const uint64_t again = digest(&r);
    rig_close(&r);
    rig_open(&r, "vfep-digits", "icebreaker", 2, set, 3);
    assert_int_equal(turns(&r, 3, 0), AN_OK);
    assert_true(digest(&r) == again);
    for (size_t i = 0; i < r.img->core[1].n_prog; i++) /* a core that is gone */
        r.img->core[1].prog[i] = AN_PUT(0, OP, AN_OP_HALT);
    assert_int_equal(an_driver_load(&r.d, r.img), AN_OK);
    assert_int_equal(turns(&r, 1, 0), AN_ERR_STALL);
    if (!strstr(r.port->message, "core 0 waits for ever at pc ") ||
        !(strstr(r.port->message, "(out to core 1): send_up") || strstr(r.port->message, "(in from core 1): recv_up"))) fail_msg("%s", r.port->message);
    rig_close(&r);
}

/* Between entries a checkpoint holds all there is, replicas too. */
static void checkpoint(void **state)
{
    (void)state;
    static const char path[] = AN_BENCH_FILES "/cores.ckpt";
    rig_t r;
    (void)an_bench_file("made", "");
    const char *set[] = { "eta=0.01" };
    rig_open(&r, "bpd-exact", "bench-4x2", 3, set, 1);
    assert_int_equal(turns(&r, 5, 0), AN_OK);
    assert_int_equal(an_driver_save(&r.d, path), AN_OK);
    assert_int_equal(turns(&r, 5, 0), AN_OK);
    const uint64_t once = digest(&r);
    assert_int_equal(turns(&r, 5, 0), AN_OK);
    assert_true(digest(&r) != once);
    assert_int_equal(an_driver_restore(&r.d, path), AN_OK);
    assert_int_equal(turns(&r, 5, 0), AN_OK);
    assert_true(digest(&r) == once);
    rig_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_fit_is_told), cmocka_unit_test(more_cores_hold_more),       cmocka_unit_test(by_hand), cmocka_unit_test(vectors_by_hand),
        cmocka_unit_test(estimate_is_near_the_model), cmocka_unit_test(words_come_in_beside_work), cmocka_unit_test(words_go_as_they_are_written), cmocka_unit_test(who_waits_is_named),
        cmocka_unit_test(checkpoint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
