/* SPDX-License-Identifier: Apache-2.0
 * Backprop diffusion on the model against the double-precision references: same weights, inputs and targets.
 * variants: release */
#include "rig.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { W = 8, MAXL = 9, TICKS = 2000, WINDOW = 800 };
typedef double layer_t[W];
typedef double grad_t[W][W];

static double in[TICKS * 2 * W], out[TICKS * 2 * W * MAXL];
static double u[TICKS][W], y[W], w[MAXL][W][W];
static layer_t x[TICKS][MAXL + 1], d[TICKS][MAXL + 1]; /* what the chip gave */
static grad_t bp[TICKS][MAXL + 1];                     /* backprop of every frame in double */

static void backprop(int L, int t)
{
    layer_t v[MAXL + 1], e[MAXL + 1];
    memcpy(v[0], u[t], sizeof v[0]);
    for (int l = 1; l <= L; l++)
        for (int i = 0; i < W; i++) {
            double a = 0;
            for (int j = 0; j < W; j++) a += w[l - 1][i][j] * v[l - 1][j];
            v[l][i] = tanh(a);
        }
    for (int l = L; l >= 1; l--)
        for (int i = 0; i < W; i++) {
            double a = y[i] - v[L][i];
            if (l < L) {
                a = 0;
                for (int k = 0; k < W; k++) a += w[l][k][i] * e[l + 1][k];
            }
            e[l][i] = (1 - v[l][i] * v[l][i]) * a;
            for (int j = 0; j < W; j++) bp[t][l][i][j] = e[l][i] * v[l - 1][j];
        }
}

/* Runs an experiment on the net of the reference's seed; args: what the reference gets. Gives the reference's line. */
static const char *run(const char *experiment, const char *ref, int L, const char *args, int seed)
{
    rig_t r;
    char name[64], text[256];
    static char prefix[64];
    const char *set[] = { L == 5 ? NULL : "L=9", NULL };
    (void)snprintf(prefix, sizeof prefix, "build/tests/rules/%s-", experiment);
    (void)system("mkdir -p build/tests/rules");
    (void)snprintf(text, sizeof text, "--seed %d --set L=%d %s --export %s", seed, L, args, prefix);
    const char *json = rig_reference(ref, text);
    rig_npy(prefix, "u", &u[0][0], TICKS * W);
    rig_npy(prefix, "target", y, W);
    rig_open(&r, experiment, set, 1, 0);
    for (int l = 0; l < L; l++) {
        char pre[16] = "input", post[16] = "output";
        if (l) (void)snprintf(pre, sizeof pre, "hidden%d", l);
        if (l < L - 1) (void)snprintf(post, sizeof post, "hidden%d", l + 1);
        (void)snprintf(name, sizeof name, "w%d", l + 1);
        rig_npy(prefix, name, &w[l][0][0], W * W);
        (void)snprintf(name, sizeof name, "%s>%s", pre, post);
        rig_set_weights(&r, name, &w[l][0][0], NULL);
    }
    for (int t = 0; t < TICKS; t++) {
        memcpy(&in[t * 2 * W], u[t], sizeof u[t]);
        memcpy(&in[t * 2 * W + W], y, sizeof y);
    }
    assert_int_equal(r.n_in, 2 * W);
    assert_int_equal(r.n_out, 2 * W * L);
    rig_run(&r, TICKS, in, out);
    uint32_t tick;
    const char *sat = rig_saturated(&r, &tick);
    if (sat) fail_msg("%s saturates at tick %u", sat, tick);
    for (int t = 0; t < TICKS; t++) {
        memcpy(x[t][0], u[t], sizeof u[t]);
        for (int l = 1; l <= L; l++) {
            memcpy(x[t][l], &out[(t * L + l - 1) * 2 * W], sizeof(layer_t));
            memcpy(d[t][l], &out[((t * L + l - 1) * 2 + 1) * W], sizeof(layer_t));
        }
        backprop(L, t);
    }
    rig_close(&r);
    return json;
}

/* Relative distance of g[t,l] = d[t,l] x[t-delay,l-1]^T from backprop of frame t-lag, over the ticks from..TICKS-1. */
static double distance(int l, int delay, int lag, int from)
{
    double a = 0, b = 0;
    for (int t = from; t < TICKS; t++)
        for (int i = 0; i < W; i++)
            for (int j = 0; j < W; j++) {
                const double g = d[t][l][i] * x[t - delay][l - 1][j], want = bp[t - lag][l][i][j];
                a += (g - want) * (g - want);
                b += want * want;
            }
    return sqrt(a / b);
}

/* A constant input: backprop's gradient at every layer from tick 2L-1 on. The rest is rounding: bound 2^-8 of the gradient's norm. */
#define BOUND 0x1p-8
static void constant(void **state)
{
    (void)state;
    for (int L = 5; L <= 9; L += 4)
        for (int seed = 1; seed <= 3; seed++) {
            (void)run("bpd-waves", "bpd_waves", L, "--set input=constant", seed);
            double worst = 0, before = 0;
            for (int l = 1; l <= L; l++) {
                const double e = distance(l, 0, 0, 2 * L - 1);
                if (e > worst) worst = e;
            }
            for (int i = 0; i < W; i++) before = fmax(before, fabs(d[2 * L - 3][1][i] - d[TICKS - 1][1][i]));
            printf("waves L=%d seed %d, constant: gradient error %.2g\n", L, seed, worst);
            if (worst > BOUND) fail_msg("L=%d seed %d: %g > %g", L, seed, worst, BOUND);
            assert_true(before > 0);
        }
}

static void moving(void **state)
{
    (void)state;
    for (int L = 5; L <= 9; L += 4)
        for (int seed = 1; seed <= 3; seed++) {
            double mean[2] = { 0 };
            for (int fast = 0; fast < 2; fast++) {
                double ref[MAXL];
                const char *json = run("bpd-waves", "bpd_waves", L, fast ? "--set input=fast" : "--set input=slow", seed);
                assert_int_equal(rig_numbers(json, "gradient_error", ref, MAXL), L);
                for (int l = 1; l <= L; l++) {
                    double best = 1e9;
                    for (int lag = 0; lag < 4 * L; lag++) best = fmin(best, distance(l, 0, lag, TICKS - WINDOW));
                    mean[fast] += best / L;
                    if (fabs(best - ref[l - 1]) > 0.1 * ref[l - 1]) fail_msg("L=%d seed %d layer %d: %g, in double %g", L, seed, l, best, ref[l - 1]);
                }
            }
            printf("waves L=%d seed %d: gradient error slow %.3g, fast %.3g\n", L, seed, mean[0], mean[1]);
            assert_true(mean[0] > BOUND);
            assert_true(mean[1] > mean[0]);
        }
}

static void exact(void **state)
{
    (void)state;
    for (int L = 5; L <= 9; L += 4)
        for (int seed = 1; seed <= 3; seed++) {
            (void)run("bpd-exact", "bpd_exact", L, "", seed);
            double worst = 0;
            for (int l = 1; l <= L; l++) worst = fmax(worst, distance(l, 2 * (L - l) + 1, 2 * L - l, 2 * L));
            printf("exact L=%d seed %d: gradient error %.2g\n", L, seed, worst);
            if (worst > BOUND) fail_msg("L=%d seed %d: %g > %g", L, seed, worst, BOUND);
            printf("without delay lines %.2g\n", distance(1, 0, 2 * L - 1, 2 * L));
            assert_true(distance(1, 0, 2 * L - 1, 2 * L) > 10 * BOUND); /* without the delay lines */
        }
}

enum { DT = 2048, LONG = 200 * DT, NW = 17 };

/* Student (what = 0) or teacher of the diffusion experiment, in the reference's order. */
static void net17(rig_t *r, int teacher, double *v)
{
    rig_weights(r, teacher ? "input>teacher" : "input>hidden", v, NULL);
    rig_weights(r, teacher ? "teacher>output" : "hidden>output", v + 12, NULL);
    rig_weights(r, teacher ? "tbias>output" : "bias>output", v + 16, NULL);
}

/* Runs the diffusion experiment; returns ticks * {error, d} of the output and the reference's line. */
static const char *diffuse(const char *c, int printed, int ticks, int seed, double *got)
{
    rig_t r;
    static double inputs[LONG * 3];
    double v[NW];
    char text[2048], cs[32];
    (void)snprintf(cs, sizeof cs, "c=%s", c);
    const char *set[] = { cs, printed ? "s=-1" : NULL, NULL };
    rig_open(&r, "bpd-diffusion", set, (uint64_t)seed, 0);
    for (int t = 0; t < ticks; t++) {
        inputs[3 * t] = sin(.49 * t / DT);
        inputs[3 * t + 1] = sin(1.07 * t / DT);
        inputs[3 * t + 2] = 1;
    }
    net17(&r, 1, v);
    size_t at = (size_t)snprintf(text, sizeof text, "--set c=%s --set as-printed=%s %s", c, printed ? "on" : "off", rig_list("teacher", v, NW));
    net17(&r, 0, v);
    (void)snprintf(text + at, sizeof text - at, " %s", rig_list("student", v, NW));
    assert_int_equal(r.n_out, 2);
    rig_run(&r, (size_t)ticks, inputs, got);
    rig_close(&r);
    return rig_reference("bpd_diffusion", text);
}

/* The flipped form learns while the input moves; the error falls with c as in double. */
static void diffusion(void **state)
{
    (void)state;
    static double got[LONG * 2];
    static const char *const c[4] = { "1", "5", "20", "100" };
    for (int seed = 1; seed <= 2; seed++) {
        double mse[4] = { 0 }, ref[4];
        for (int k = 0; k < 4; k++) {
            ref[k] = rig_number(diffuse(c[k], 0, LONG, seed, got), "mse");
            for (int t = LONG - LONG / 5; t < LONG; t++) mse[k] += got[2 * t] * got[2 * t] / (LONG / 5);
        }
        printf("diffusion seed %d: mse at c = 1, 5, 20, 100: %.3g %.3g %.3g %.3g, in double %.3g %.3g %.3g %.3g\n", seed, mse[0], mse[1], mse[2], mse[3], ref[0],
               ref[1], ref[2], ref[3]);
        for (int k = 0; k < 4; k++) {
            if (fabs(mse[k] - ref[k]) > 0.1 * ref[k]) fail_msg("c = %s: mse %g, in double %g", c[k], mse[k], ref[k]);
            assert_true(!k || mse[k] < mse[k - 1]);
        }
    }
}

/* The printed equation: the error of the output grows at rate c until its vector saturates. */
static void as_printed(void **state)
{
    (void)state;
    static double got[LONG * 2];
    static const char *const c[4] = { "1", "5", "20", "100" };
    for (int k = 0; k < 4; k++) {
        const char *json = diffuse(c[k], 1, 40000 / (k ? 5 : 1), 1, got);
        int from = -1, to = -1;
        for (int t = 0; t < 40000 / (k ? 5 : 1) && to < 0; t++) {
            if (from < 0 && fabs(got[2 * t + 1]) >= 16) from = t;
            if (fabs(got[2 * t + 1]) >= 127.99) to = t;
        }
        assert_true(from > 0 && to > from);
        const double rate = log(fabs(got[2 * to + 1] / got[2 * from + 1])) / ((to - from) / (double)DT);
        printf("as printed, c = %s: grows at %.3f, saturates at tick %d; in double %.3f, %g\n", c[k], rate, to, rig_number(json, "growth_rate"),
               rig_number(json, "output_saturated_at"));
        assert_true(fabs(rate - atof(c[k])) <= 0.05 * atof(c[k]));
        assert_true(fabs(to - rig_number(json, "output_saturated_at")) <= 0.05 * to);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(constant),
        cmocka_unit_test(moving),
        cmocka_unit_test(exact),
        cmocka_unit_test(diffusion),
        cmocka_unit_test(as_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
