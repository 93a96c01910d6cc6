/* SPDX-License-Identifier: Apache-2.0
 * Projections in parts by hand: sums whose parts leave 32 bits and whose whole does not, and the other way round; what is refused; what the
 * compiler leaves whole. */
#include "an_bench.h"
#include "an_driver.h"
#include "an_port_open.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { ROWS = 6, BLOCKS = 3, COLS = 32 * BLOCKS };
/* weight of every column of a block; x is 7, b is 100 */
static const double block_weight[ROWS][BLOCKS] = { { 7, -7, 0.0625 }, { 7, 7, 7 }, { -7, -7, -7 }, { 7, -6.5, 0 }, { 7, -7.5, 0 }, { -7.5, 7, 1 } };

static const char *experiment(const char *split)
{
    static char text[16384];
    size_t n = (size_t)snprintf(text, sizeof text, "rule: ./parts.rule\nconfig: bench-4x2\npopulations:\n  - {name: pre, size: %d, core: 1}\n  - {name: post, size: %d, core: 2}\n"
                                                   "projections:\n  - {from: pre, to: post, rows: post, split: %s, init: {values: [", COLS, ROWS, split);
    for (int j = 0; j < ROWS; j++)
        for (int i = 0; i < COLS; i++) n += (size_t)snprintf(text + n, sizeof text - n, "%s%g", i || j ? ", " : "", block_weight[j][i / 32]);
    snprintf(text + n, sizeof text - n, "]}}\n");
    (void)an_bench_file("parts.rule", "roles pre post\nvector x of pre : rate network = 7\nvector b of post : state network = 100\nvector a, c, d of post : state network\n"
                                      "entry train\n  sweep pre -> post: forward a = b + W*x\n  sweep pre -> post: forward c = W*x\n  each post: mov d, c\n"
                                      "  sweep pre -> post: forward c += W*x\n  tick\nend\n");
    return an_bench_file("parts.yaml", text);
}

static an_err_t compile(an_image_t **img, const char *split, int cores, an_diag_t *d)
{
    an_exp_t *exp;
    an_config_t cfg;
    char path[256];
    *img = NULL;
    snprintf(path, sizeof path, "%s", experiment(split));
    const char *set[] = { "populations.0.core=0", "populations.1.core=0" };
    an_err_t e = an_exp_load(&exp, path, "sw", set, cores == 1 ? 2 : 0, d);
    if (!e) e = an_choose_config(&cfg, exp, NULL, 0, cores, d);
    if (!e) e = an_compile(img, exp, &cfg, 1, d);
    an_exp_free(exp);
    return e;
}

static double narrowed(double x) { return x > 128 - 0x1p-24 ? 128 - 0x1p-24 : x < -128 ? -128 : x; }

static void state_of(an_driver_t *d, const an_image_t *img, const char *name, int32_t *s)
{
    assert_int_equal(an_driver_get_state(d, an_image_vector(img, name), s), AN_OK);
}

/* a, d, c of every row, and how often a and c saturated, with these parts */
static void check(const char *split, int cores, size_t parts)
{
    an_image_t *img;
    an_diag_t diag;
    an_port_t *port;
    an_driver_t d;
    int32_t a[ROWS], c[ROWS], first[ROWS], turns = 1;
    if (compile(&img, split, cores, &diag)) fail_msg("%s", diag.text);
    assert_int_equal(img->projection[0].n_part, parts);
    assert_int_equal(an_port_model_open(&port, &img->cfg), AN_OK);
    assert_int_equal(an_driver_open(&d, port, &img->cfg), AN_OK);
    assert_int_equal(an_driver_load(&d, img), AN_OK);
    for (uint32_t k = 0; k < img->cfg.cores; k++) assert_int_equal(an_driver_set_scalar(&d, k, img->entry[0].turns_scalar, turns), AN_OK);
    assert_int_equal(an_driver_start(&d, img->entry[0].pc), AN_OK);
    assert_int_equal(an_driver_stream(&d, NULL, 0, NULL, 0, true, NULL, NULL), AN_OK);
    state_of(&d, img, "post.a", a);
    state_of(&d, img, "post.c", c);
    state_of(&d, img, "post.d", first);
    for (int j = 0; j < ROWS; j++) {
        const double sum = 32 * 7 * (block_weight[j][0] + block_weight[j][1] + block_weight[j][2]);
        assert_true(a[j] == (int32_t)(narrowed(100 + sum) * 0x1p24));
        assert_true(first[j] == (int32_t)(narrowed(sum) * 0x1p24));
        assert_true(c[j] == (int32_t)(narrowed(narrowed(sum) + sum) * 0x1p24));
    }
    uint32_t of_a = 0, of_c = 0;
    for (size_t i = 0; i < img->n_site; i++) {
        an_range_t s;
        assert_int_equal(an_driver_get_site(&d, &img->site[i], &s), AN_OK);
        if (!strcmp(img->site[i].name, "post.a")) of_a += s.count;
        if (!strcmp(img->site[i].name, "post.c")) of_c += s.count;
    }
    assert_int_equal(of_a, 1);
    assert_int_equal(of_c, 2);
    port->ops->close(port);
    an_image_free(img);
}

static void sums_are_narrowed_once(void **state)
{
    (void)state;
    check("false", 1, 1);
    check("false", 4, 1);
    check("{at: [32], cores: [0, 3]}", 4, 2);
    check("{at: [64], cores: [2, 1]}", 4, 2);
    check("{at: [32, 64], cores: [3, 0, 2]}", 4, 3);
    check("{at: [32, 64], cores: [1, 1, 1]}", 4, 3);
    check("{at: [32, 64]}", 3, 3);
    check("{at: [32, 64]}", 1, 1); /* one core: there is nothing to gain */
}

static void refused(const char *split, int cores, an_err_t e, const char *says)
{
    an_image_t *img;
    an_diag_t d;
    assert_int_equal(compile(&img, split, cores, &d), e);
    if (!strstr(d.text, says)) fail_msg("\"%s\" has not \"%s\"", d.text, says);
}

static void bad_parts_are_refused(void **state)
{
    (void)state;
    refused("{at: [40]}", 4, AN_ERR_INPUT, "pre>post: a part at column 40; legal: multiples of 32 below 96, rising");
    refused("{at: [96]}", 4, AN_ERR_INPUT, "a part at column 96");
    refused("{at: [64, 32]}", 4, AN_ERR_INPUT, "a part at column 32");
    refused("{at: []}", 4, AN_ERR_INPUT, "at: 0 columns; legal: 1 to 15");
    refused("{cores: [1, 2]}", 4, AN_ERR_INPUT, "at is missing");
    refused("{at: [32], cores: [1]}", 4, AN_ERR_INPUT, "cores: legal: a list of 2, one a part");
    refused("{at: [32], cores: [1, 4]}", 4, AN_ERR_FIT, "core: 4; legal: 0 to 3");
    refused("{at: [32], on: [1, 2]}", 4, AN_ERR_INPUT, "on");
    refused("{rows: [8]}", 4, AN_ERR_INPUT, "pre>post: a part at row 8; legal: multiples of 8 below 6, rising");
    refused("{rows: []}", 4, AN_ERR_INPUT, "rows: 0 rows; legal: 1 to 15");
    refused("{rows: [64], at: [32]}", 4, AN_ERR_INPUT, "at");
    refused("maybe", 4, AN_ERR_INPUT, "split: legal: true, false");
}

static an_exp_t *fashion(const char *set, an_config_t *cfg, an_diag_t *d)
{
    an_exp_t *exp;
    assert_int_equal(an_exp_load(&exp, "vfep-fashion", "sw", &set, 1, d), AN_OK);
    assert_int_equal(an_choose_config(cfg, exp, "bench-4x2", 0, 0, d), AN_OK);
    return exp;
}

/* The rounding key of a row is that of its part xor its number there. */
static void rows_have_their_keys(void **state)
{
    (void)state;
    an_diag_t d;
    an_config_t cfg;
    an_image_t *img;
    an_exp_t *exp = fashion("projections.0.split={rows: [40]}", &cfg, &d);
    assert_int_equal(an_compile(&img, exp, &cfg, 1, &d), AN_ERR_INPUT);
    if (!strstr(d.text, "156 rows from row 40 on; legal: 8 at most, the largest power of two that divides 40")) fail_msg("%s", d.text);
    an_exp_free(exp);
}

/* A projection that no core holds. */
static void parts_hold_more(void **state)
{
    (void)state;
    an_diag_t d;
    an_config_t cfg;
    an_image_t *img;
    an_exp_t *exp = fashion("hidden=400", &cfg, &d);
    if (an_compile(&img, exp, &cfg, 1, &d)) fail_msg("%s", d.text);
    assert_true(img->projection[0].n_part > 1);
    an_image_free(img);
    cfg.split = false; /* by rows it still may */
    if (an_compile(&img, exp, &cfg, 1, &d)) fail_msg("%s", d.text);
    assert_true(img->projection[0].n_part > 1 && img->projection[0].part[1].row > 0 && img->projection[0].part[1].first == 0);
    an_image_free(img);
    cfg.cores = 1;
    assert_int_equal(an_compile(&img, exp, &cfg, 1, &d), AN_ERR_FIT);
    assert_non_null(strstr(d.text, "synapse words: 86400 needed, 65536 available"));
    an_exp_free(exp);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(sums_are_narrowed_once), cmocka_unit_test(bad_parts_are_refused), cmocka_unit_test(rows_have_their_keys), cmocka_unit_test(parts_hold_more) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
