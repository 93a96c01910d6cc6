/* SPDX-License-Identifier: Apache-2.0
 * Images: the same network for every number of lanes, the choice of a configuration, what a file may say about its network. */
#include "an_bench.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { IN = 64, CLASSES = 10 };

static void sample(int t, double *in)
{
    for (int i = 0; i < IN; i++) in[i] = (t * 31 + i * 7) % 13 < 5 ? 0 : ((t + i) % 17) / 16.0;
    for (int i = 0; i < CLASSES; i++) in[IN + i] = i == t % CLASSES;
    in[IN + CLASSES] = t % 3 ? 1 : -1;
}

/* VF-EP on a chain with two hidden layers: weights and predictions after 40 samples are the same words whatever P is. */
static void lanes_change_nothing(void **state)
{
    (void)state;
    static double w[4][IN * 20];
    double prediction[4][40];
    for (int k = 0; k < 4; k++) {
        an_bench_t b;
        const char *set[] = { "hidden=20,33", "config=bench-1x8" };
        size_t moved = 0;
        an_bench_open(&b, "vfep-digits", set, 2, 1 << k, 11);
        for (int t = 0; t < 40; t++) {
            double in[IN + CLASSES + 1];
            sample(t, in);
            an_bench_turn(&b, "train", in, &prediction[k][t]);
        }
        for (uint32_t j = 0; j < IN; j++)
            for (uint32_t i = 0; i < 20; i++) {
                const an_sym_projection_t *p = an_image_projection(b.img, "input>hidden1");
                const an_sym_part_t *t = p->part;
                w[k][j * 20 + i] = an_bench_weight(&b, "input>hidden1", i, j, false);
                const size_t block = t->wbase + (p->pre_on_rows ? j * t->stride + i / (1u << k) : i * t->stride + j / (1u << k));
                moved += w[k][j * 20 + i] != ldexp(b.img->core[0].syn[(block << k) + (p->pre_on_rows ? i : j) % (1u << k)], -12);
            }
        assert_true(moved > 100);
        an_bench_close(&b);
        assert_memory_equal(w[k], w[0], sizeof w[0]);
        assert_memory_equal(prediction[k], prediction[0], sizeof prediction[0]);
    }
}

/* Equations of rules.md 4.3 in double precision on the same samples, from the image's own weights. */
static void relaxes_as_in_double(void **state)
{
    (void)state;
    an_bench_t b;
    enum { H = 32, O = 10 };
    static double w1[H][IN], w2[O][H], w3[H][O];
    const char *set[] = { "hidden=32", "beta=0.5", "T2=4" };
    an_bench_open(&b, "vfep-digits", set, 3, 0, 2);
    for (uint32_t i = 0; i < H; i++) {
        for (uint32_t j = 0; j < IN; j++) w1[i][j] = an_bench_weight(&b, "input>hidden", i, j, false);
        for (uint32_t j = 0; j < O; j++) w2[j][i] = an_bench_weight(&b, "hidden>output", j, i, false), w3[i][j] = an_bench_weight(&b, "output>hidden", i, j, false);
    }
    for (int t = 0; t < 20; t++) {
        double in[IN + CLASSES + 1], out, h[H] = { 0 }, o[O] = { 0 }, h0[H], o0[O], cur[H] = { 0 };
        sample(t, in);
        an_bench_turn(&b, "train", in, &out);
        for (int i = 0; i < H; i++)
            for (int j = 0; j < IN; j++) cur[i] += w1[i][j] * in[j];
        for (int s = 0; s < 24; s++) {
            double ah[H], ao[O];
            if (s == 20) {
                memcpy(h0, h, sizeof h);
                memcpy(o0, o, sizeof o);
            }
            for (int i = 0; i < H; i++) {
                ah[i] = cur[i];
                for (int j = 0; j < O; j++) ah[i] += w3[i][j] * o[j];
            }
            for (int j = 0; j < O; j++) {
                ao[j] = s >= 20 ? 0.5 * in[IN + CLASSES] * (in[IN + j] - o[j]) : 0;
                for (int i = 0; i < H; i++) ao[j] += w2[j][i] * h[i];
            }
            for (int i = 0; i < H; i++) h[i] = fmin(fmax(h[i] + 0.5 * (ah[i] - h[i]), 0), 1);
            for (int j = 0; j < O; j++) o[j] = fmin(fmax(o[j] + 0.5 * (ao[j] - o[j]), 0), 1);
        }
        for (uint32_t i = 0; i < H; i++) {
            if (fabs(an_bench_state(&b, "hidden.s0", i) - h0[i]) > 0.002 || fabs(an_bench_state(&b, "hidden.s", i) - h[i]) > 0.002)
                fail_msg("sample %d neuron %u: %f %f, expected %f %f", t, i, an_bench_state(&b, "hidden.s0", i), an_bench_state(&b, "hidden.s", i), h0[i], h[i]);
            const double e = (h[i] - h0[i]) / (0.5 * in[IN + CLASSES]);
            for (uint32_t j = 0; j < IN; j++) {
                const double want = w1[i][j] + 0.04 * e * in[j], got = an_bench_weight(&b, "input>hidden", i, j, false);
                if (fabs(got - want) > 6e-4) fail_msg("sample %d weight %u %u: %f, expected %f", t, i, j, got, want);
                w1[i][j] = got;
            }
            for (uint32_t j = 0; j < O; j++) {
                const double eo = (o[j] - o0[j]) / (0.5 * in[IN + CLASSES]), up = w2[j][i] + 0.02 * eo * h0[i], down = w3[i][j] + 0.02 * e * o0[j];
                w2[j][i] = an_bench_weight(&b, "hidden>output", j, i, false);
                w3[i][j] = an_bench_weight(&b, "output>hidden", i, j, false);
                if (fabs(w2[j][i] - up) > 6e-4 || fabs(w3[i][j] - down) > 6e-4) fail_msg("sample %d weights of %u %u: %f %f, expected %f %f", t, i, j, w2[j][i], w3[i][j], up, down);
            }
        }
        double best = o0[0], at = 0;
        for (int j = 1; j < O; j++)
            if (o0[j] > best) best = o0[j], at = j;
        if (out != at && best - o0[(int)out] > 0.002) fail_msg("sample %d: predicted %g, expected %g", t, out, at);
    }
    an_bench_close(&b);
}

/* A sweep whose learn product needs a lane operand of its own is split in two: forward of the old weights, then learn. */
static void split_sweep(void **state)
{
    (void)state;
    static const char rule[] = "roles in out\nvector r, g of in : rate\nvector e of out : rate\nvector a of out : state\nentry run\neach in\nin r\nin g\nend\neach out: in e\n"
                               "sweep in -> out: forward a = W*r, learn W += 0.5*e*g\neach out: out a\ntick\nend\n";
    static const char yaml[] = "rule: ./split.rule\nconfig: tiny\npopulations: [{name: i, role: in, size: 5}, {name: o, role: out, size: 2}]\nprojections: [{from: i, to: o, rows: ROWS}]\n";
    (void)an_bench_file("split.rule", rule);
    size_t length[2];
    for (int post = 0; post < 2; post++) {
        an_bench_t b;
        char text[400];
        const char *cut = strstr(yaml, "ROWS");
        snprintf(text, sizeof text, "%.*s%s%s", (int)(cut - yaml), yaml, post ? "post" : "pre", cut + 4);
        an_bench_open(&b, an_bench_file("split.yaml", text), NULL, 0, 2, 4);
        const double in[12] = { 1, 0.5, -1, 2, 0, 0.25, 0, 1, -0.5, 1, 1, -0.5 };
        double w[2][5], out[2];
        for (uint32_t i = 0; i < 10; i++) w[i / 5][i % 5] = an_bench_weight(&b, "i>o", i / 5, i % 5, false);
        an_bench_turn(&b, "run", in, out);
        length[post] = b.img->core[0].n_prog;
        assert_int_equal(strstr(b.img->notes, "split.rule:11: the sweep of i>o is two: ") != NULL, post);
        for (uint32_t i = 0; i < 2; i++) {
            double a = 0;
            for (uint32_t j = 0; j < 5; j++) {
                a += w[i][j] * in[j];
                assert_true(an_bench_weight(&b, "i>o", i, j, false) == w[i][j] + 0.5 * in[10 + i] * in[5 + j]);
            }
            assert_true(fabs(out[i] - a) < 1e-9);
        }
        an_bench_close(&b);
    }
    assert_int_equal(length[1], length[0] + 5); /* one more PRJ KEY ROW LAN SWP */
}

/* Of a population that projects to itself, a sum that starts from what the same sweep accumulates starts from what that was before, on any lanes and rows. */
static void starts_from_accumulators(void **state)
{
    (void)state;
    enum { N = 5 };
    static const char rule[] = "roles p\nvector r, e of p : rate\nvector a, q of p : state\nentry run\neach p\nin r\nin e\nin a\nin q\nend\n"
                               "sweep p -> p: FLOWS\neach p\nout a\nout q\nend\ntick\nend\n";
    static const char *const flows[] = { "forward a += W*r, backward q = a + W'*e", "backward q = a + W'*e, forward a = a + W*r", "forward a = q + W*r, backward q += W'*e" };
    for (int k = 0; k < 24; k++) {
        an_bench_t b;
        char text[400];
        const char *cut = strstr(rule, "FLOWS");
        snprintf(text, sizeof text, "%.*s%s%s", (int)(cut - rule), rule, flows[k % 3], cut + 5);
        (void)an_bench_file("own.rule", text);
        snprintf(text, sizeof text, "rule: ./own.rule\nconfig: tiny\npopulations: [{name: p, role: p, size: %d}]\nprojections: [{from: p, to: p, rows: %s}]\n", N, k / 3 % 2 ? "post" : "pre");
        an_bench_open(&b, an_bench_file("own.yaml", text), NULL, 0, 1 << k / 6, 4);
        const double in[4 * N] = { 1, 0.5, -1, 2, 0.75, 0.25, -1, 1, -0.5, 1, 1, -0.5, 0.5, 2, -2, 0.25, -1.5, 1, 3, -0.75 };
        double out[2 * N];
        an_bench_turn(&b, "run", in, out);
        for (uint32_t i = 0; i < N; i++) {
            const double start = k % 3 < 2 ? in[2 * N + i] : in[3 * N + i];
            double a = start, q = start;
            for (uint32_t j = 0; j < N; j++) {
                a += an_bench_weight(&b, "p>p", i, j, false) * in[j];
                q += an_bench_weight(&b, "p>p", j, i, false) * in[N + j];
            }
            if (fabs(out[i] - a) > 1e-9 || fabs(out[N + i] - q) > 1e-9) fail_msg("variant %d, neuron %u: %g %g, expected %g %g", k, i, out[i], out[N + i], a, q);
        }
        an_bench_close(&b);
    }
    an_diag_t d;
    (void)an_bench_file("own.rule", "roles p\nvector r, e of p : rate\nvector a, q of p : state\nentry run\nsweep p -> p: forward a = q + W*r, backward q = a + W'*e\nend\n");
    const an_err_t e = an_bench_try(an_bench_file("own.yaml", "rule: ./own.rule\nconfig: tiny\npopulations: [{name: p, role: p, size: 5}]\nprojections: [{from: p, to: p}]\n"), NULL, &d);
    if (e != AN_ERR_INPUT || !strstr(d.text, "5:1: p>p: forward and backward start from each other's vector")) fail_msg("%d %s", e, d.text);
}

static void configurations(void **state)
{
    (void)state;
    an_exp_t *e;
    an_diag_t d;
    an_config_t c;
    const char *big[] = { "hidden=2000", "config=" };
    assert_int_equal(an_exp_load(&e, "vfep-fashion", "sw", NULL, 0, &d), AN_OK);
    assert_int_equal(an_choose_config(&c, e, NULL, 0, 0, &d), AN_OK);
    assert_string_equal(c.name, "icebreaker");
    assert_int_equal(c.lanes, 2);
    assert_int_equal(an_choose_config(&c, e, "bench-1x8", 4, 0, &d), AN_OK);
    assert_string_equal(c.name, "bench-1x8");
    assert_int_equal(c.lanes, 4);
    assert_int_equal(an_choose_config(&c, e, NULL, 3, 0, &d), AN_ERR_INPUT);
    assert_int_equal(an_choose_config(&c, e, "nowhere", 0, 0, &d), AN_ERR_INPUT);
    an_exp_free(e);
    assert_int_equal(an_exp_load(&e, "vfep-fashion", "sw", big, 2, &d), AN_OK);
    const an_err_t r = an_choose_config(&c, e, NULL, 0, 0, &d);
    if (r != AN_ERR_FIT || !strstr(d.text, "fits no configuration; icebreaker: synapse words: ")) fail_msg("%d %s", r, d.text);
    an_exp_free(e);
}

/* What the runner reads off an image. */
static void symbols(void **state)
{
    (void)state;
    an_bench_t b;
    an_bench_open(&b, "vfep-fashion", NULL, 0, 0, 1);
    const an_entry_t *t = an_image_entry(b.img, "train");
    assert_int_equal(t->n_in, 3);
    assert_string_equal(t->in[0].name, "x");
    assert_int_equal(t->in[0].n, 196);
    assert_int_equal(t->in[1].n, 10);
    assert_string_equal(t->in[2].name, "sign");
    assert_string_equal(t->out[0].name, "prediction");
    assert_int_equal(t->out[0].frac, 0);
    assert_true(an_image_vector(b.img, "hidden.s")->network);
    assert_false(an_image_vector(b.img, "hidden.a")->network);
    assert_int_equal(an_image_projection(b.img, "input>hidden")->pre_on_rows, 1);
    assert_int_equal(an_image_projection(b.img, "hidden>output")->pre_on_rows, 0);
    assert_int_equal(an_image_projection(b.img, "output>hidden")->pre_on_rows, 1);
    assert_true(an_image_scalar(b.img, "eps")->value == 0.5);
    assert_null(an_image_scalar(b.img, "epsilon"));
    size_t learning = 0;
    for (size_t i = 0; i < b.img->n_site; i++) {
        const an_site_t *s = &b.img->site[i];
        assert_true(s->pc < b.img->core[0].n_prog);
        if (AN_GET(b.img->core[0].prog[s->pc], OP) == AN_OP_SWP) {
            assert_non_null(an_image_projection(b.img, s->name));
            learning++;
        }
    }
    assert_int_equal(learning, 3);
    an_bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lanes_change_nothing), cmocka_unit_test(relaxes_as_in_double), cmocka_unit_test(split_sweep),
        cmocka_unit_test(starts_from_accumulators), cmocka_unit_test(configurations), cmocka_unit_test(symbols),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
