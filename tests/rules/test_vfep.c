/* SPDX-License-Identifier: Apache-2.0
 * VF-EP on the model: continual updates step by step against double precision, the lengths of the phases by the number of layers, and theorem 1.
 * (The relaxation and the single update are compared in tests/net/test_an_compile.c.)
 * variants: release */
#include "rig.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

enum { IN = 64, H = 16, O = 10 };
static double w1[H * IN], w2[O * H], w3[H * O], v1[H * IN], v2[O * H], v3[H * O];

static double clip(double x) { return fmin(fmax(x, 0), 1); }

/* One image in double: T1 = 20 free steps, then T2 = 4 nudged ones, with an update after each. */
static void image(const double *x, int label, double sign, double eps, double beta, const double *alpha)
{
    double h[H] = { 0 }, o[O] = { 0 }, cur[H];
    for (int i = 0; i < H; i++) {
        cur[i] = 0;
        for (int j = 0; j < IN; j++) cur[i] += w1[i * IN + j] * x[j];
    }
    for (int t = 0; t < 24; t++) {
        double h1[H], o1[O];
        for (int i = 0; i < H; i++) {
            double a = cur[i];
            for (int j = 0; j < O; j++) a += w3[i * O + j] * o[j];
            h1[i] = clip(h[i] + eps * (a - h[i]));
        }
        for (int j = 0; j < O; j++) {
            double a = t < 20 ? 0 : beta * sign * ((j == label) - o[j]);
            for (int i = 0; i < H; i++) a += w2[j * H + i] * h[i];
            o1[j] = clip(o[j] + eps * (a - o[j]));
        }
        for (int i = 0; i < H && t >= 20; i++)
            for (int j = 0; j < IN; j++) w1[i * IN + j] += alpha[0] / (beta * sign) * (h1[i] - h[i]) * x[j];
        for (int i = 0; i < H && t >= 20; i++)
            for (int j = 0; j < O; j++) {
                w2[j * H + i] += alpha[1] / (beta * sign) * (o1[j] - o[j]) * h[i];
                w3[i * O + j] += alpha[1] / (beta * sign) * (h1[i] - h[i]) * o[j];
            }
        memcpy(h, h1, sizeof h); /* the input's current stays that of the weights before the image, as on the chip */
        memcpy(o, o1, sizeof o);
    }
}

static double far(const double *a, const double *b, int n)
{
    double worst = 0;
    for (int i = 0; i < n; i++) worst = fmax(worst, fabs(a[i] - b[i]));
    return worst;
}

static void continual(void **state)
{
    (void)state;
    static const double alpha[2] = { 0.04, 0.02 };
    const char *set[] = { "hidden=16", "constants.continual=1", "T1=20", "T2=4", "beta=0.5", NULL };
    rig_t r;
    double worst = 0, moved = 0;
    rig_open(&r, "vfep-digits", set, 5, 0);
    for (int t = 0; t < 20; t++) {
        double in[IN + O + 1] = { 0 }, out[1];
        for (int i = 0; i < IN; i++) in[i] = (t * 31 + i * 7) % 13 < 5 ? 0 : ((t + i) % 17) / 16.0;
        in[IN + t % O] = 1;
        in[IN + O] = t % 3 ? 1 : -1;
        rig_weights(&r, "input>hidden", w1, NULL);
        rig_weights(&r, "hidden>output", w2, NULL);
        rig_weights(&r, "output>hidden", w3, NULL);
        memcpy(v1, w1, sizeof w1);
        image(in, t % O, in[IN + O], 0.5, 0.5, alpha);
        moved = fmax(moved, far(w1, v1, H * IN));
        rig_run(&r, 1, in, out);
        rig_weights(&r, "input>hidden", v1, NULL);
        rig_weights(&r, "hidden>output", v2, NULL);
        rig_weights(&r, "output>hidden", v3, NULL);
        worst = fmax(worst, fmax(far(v1, w1, H * IN), fmax(far(v2, w2, H * O), far(v3, w3, H * O))));
    }
    printf("continual: a weight moves by %.3g, chip and double differ by %.2g\n", moved, worst);
    assert_true(moved > 0.005);
    assert_true(worst <= 4.5 / 4096); /* four stochastic roundings of up to a unit each */
    rig_close(&r);
}

static uint32_t loop_count(const rig_t *r, size_t nth)
{
    for (size_t i = 0; i < r->img->core[0].n_prog; i++)
        if (AN_GET(r->img->core[0].prog[i], OP) == AN_OP_LOOP && nth-- == 0) return (uint32_t)AN_GET(r->img->core[0].prog[i], LOOP_COUNT);
    fail_msg("no such loop");
    return 0;
}

static void phases(void **state)
{
    (void)state;
    static const char *const hidden[3] = { "hidden=16", "hidden=16,12", "hidden=16,12,8" };
    for (int k = 0; k < 3; k++) {
        const char *set[] = { hidden[k], NULL };
        rig_t r;
        rig_open(&r, "vfep-fashion", set, 1, 0);
        assert_int_equal(loop_count(&r, 1), 20 + 10 * k); /* the first is the entry's own */
        assert_int_equal(loop_count(&r, 2), 1);
        assert_int_equal(loop_count(&r, 3), 4 + 4 * k);
        rig_close(&r);
    }
}

static double cosine(const double *a, const double *b, size_t n)
{
    double ab = 0, aa = 0, bb = 0;
    for (size_t i = 0; i < n; i++) ab += a[i] * b[i], aa += a[i] * a[i], bb += b[i] * b[i];
    return ab / sqrt(aa * bb);
}

static void theorem1(void **state)
{
    (void)state;
    static const struct { const char *projection, *block; size_t n; } b[5] = {
        { "hidden2>output", "01", 6 }, { "output>hidden2", "10", 6 }, { "hidden1>hidden2", "12", 15 }, { "hidden2>hidden1", "21", 15 }, { "input>hidden1", "23", 20 },
    };
    static const char *const beta[3] = { "beta=0.5", "beta=0.25", "beta=0.1" };
    for (int k = 0; k < 3; k++) {
        const char *set[] = { beta[k], NULL };
        char args[160];
        double in[64 * 6], x[4], y[2], w[20], before[20], v[20], nu[20], est[20];
        rig_t r;
        (void)snprintf(args, sizeof args, "--seed 1 --set %s --export build/tests/rules/theorem1-", beta[k]);
        (void)rig_reference("vfep_theorem1", args);
        rig_npy("build/tests/rules/theorem1-", "x", x, 4);
        rig_npy("build/tests/rules/theorem1-", "y", y, 2);
        rig_open(&r, "vfep-theorem1", set, 3, 0);
        for (int t = 0; t < 64; t++) {
            memcpy(in + 6 * t, x, sizeof x);
            memcpy(in + 6 * t + 4, y, sizeof y);
        }
        rig_run(&r, 64, in, NULL);
        for (int i = 0; i < 5; i++) {
            char name[16];
            rig_weights(&r, b[i].projection, w, v);
            (void)snprintf(name, sizeof name, "W%s", b[i].block);
            rig_npy("build/tests/rules/theorem1-", name, before, b[i].n);
            assert_memory_equal(w, before, b[i].n * sizeof *w); /* the weights stand still */
            (void)snprintf(name, sizeof name, "nu%s", b[i].block);
            rig_npy("build/tests/rules/theorem1-", name, nu, b[i].n);
            (void)snprintf(name, sizeof name, "est%s", b[i].block);
            rig_npy("build/tests/rules/theorem1-", name, est, b[i].n);
            const double c = cosine(v, nu, b[i].n), d = cosine(v, est, b[i].n);
            printf("theorem 1, %s, W%s: cosine with nu %.5f, with the same estimate in double %.6f\n", beta[k], b[i].block, c, d);
            assert_true(c >= 0.98);
            assert_true(d >= 0.9999);
        }
        rig_close(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(continual),
        cmocka_unit_test(phases),
        cmocka_unit_test(theorem1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
