/* SPDX-License-Identifier: Apache-2.0
 * Hamiltonian sign flip on the model against the double-precision references, from the same weights. */
#include "rig.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { N = 5, TICKS = 25600 };
static double z[TICKS], out[TICKS * N];

static double constant(double t) { return t < 0 ? 0 : 0.5; }
static double sine(double t) { return 0.8 * sin(t); }
static double patches(double t)
{
    const int g = (int)floor(t / 5);
    return g % 2 ? 0.6 * cos(1.3 * t) : 0.5 - 0.3 * (g / 2 % 3);
}

static void start(rig_t *r, double *w0)
{
    double bias[N], w[N * N];
    rig_weights(r, "one>cell", bias, NULL);
    rig_weights(r, "cell>cell", w, NULL);
    for (int i = 0; i < N; i++)
        for (int j = 0; j <= N; j++) w0[i * (N + 1) + j] = j < N ? w[i * N + j] : bias[i];
}

static double follow(const char *experiment, double (*target)(double), uint64_t seed, double *reference)
{
    rig_t r;
    double w0[N * (N + 1)], se = 0;
    uint32_t tick;
    char name[64];
    rig_open(&r, experiment, NULL, seed, 0);
    start(&r, w0);
    for (int t = 0; t < TICKS; t++) z[t] = target(t / 256.);
    rig_run(&r, TICKS, z, out);
    const size_t x = rig_out(&r, "x", 0);
    for (int t = TICKS / 2; t < TICKS; t++) se += pow(out[(size_t)t * r.n_out + x] - z[t], 2);
    const char *sat = rig_saturated(&r, &tick);
    if (sat) fail_msg("%s saturates at tick %u", sat, tick);
    snprintf(name, sizeof name, "hsf_%s", experiment + 4);
    *reference = rig_number(rig_reference(name, rig_list("w0", w0, N * (N + 1))), "mse");
    rig_close(&r);
    return se / (TICKS - TICKS / 2);
}

static void tracks(void **state)
{
    (void)state;
    static const struct { const char *name; double (*target)(double), bar; } t[] = {
        { "hsf-constant", constant, 2e-5 }, { "hsf-sine", sine, 0.0025 }, { "hsf-patches", patches, 0.018 },
    };
    for (size_t i = 0; i < 3; i++)
        for (uint64_t seed = 1; seed <= 3; seed++) {
            double reference;
            const double mse = follow(t[i].name, t[i].target, seed, &reference);
            printf("%s seed %d: mse %.3g, in double %.3g\n", t[i].name, (int)seed, mse, reference);
            if (!(mse <= t[i].bar)) fail_msg("%s seed %d: mse %g > %g", t[i].name, (int)seed, mse, t[i].bar);
            if (i && fabs(mse - reference) > 0.1 * reference) fail_msg("%s seed %d: mse %g, in double %g", t[i].name, (int)seed, mse, reference);
        }
}

/* Costates that grow: the run saturates, and the first vector and its tick are known. */
static void without_flip(void **state)
{
    (void)state;
    rig_t r;
    uint32_t tick = 0;
    const char *set[] = { "s=1", NULL };
    rig_open(&r, "hsf-sine", set, 1, 0);
    for (int t = 0; t < 4000; t++) z[t] = sine(t / 256.);
    rig_run(&r, 4000, z, out);
    const char *sat = rig_saturated(&r, &tick);
    printf("s = 1: %s saturates at tick %u\n", sat ? sat : "nothing", tick);
    assert_non_null(sat);
    assert_in_range(tick, 10, 3000);
    rig_close(&r);
}

/* The table of stable rows within 2 % of the double reference; unstable ones saturate. */
static void linear_quadratic(void **state)
{
    (void)state;
    static const char *const args[9] = { "a=-1", "a=-1 --set th=2", "a=-1 --set th=3", "a=0.5 --set th=2", "a=0.5 --set th=3",
                                         "a=-1 --set rule=riccati", "a=0.5 --set rule=riccati", "a=-1 --set rule=optimal", "a=0.5 --set rule=optimal" };
    static double cost[20000 * 9];
    rig_t r;
    uint32_t tick = 0;
    rig_open(&r, "hsf-lq", NULL, 1, 0);
    rig_run(&r, 20000, NULL, cost);
    const char *sat = rig_saturated(&r, &tick);
    if (sat) fail_msg("%s saturates at tick %u", sat, tick);
    for (int i = 0; i < 9; i++) {
        char text[160];
        snprintf(text, sizeof text, "--set %s", args[i]);
        const double want = rig_number(rig_reference("hsf_lq", text), "cost"), got = cost[19999 * 9 + i];
        printf("hsf-lq %s: cost %.4f, in double %.4f\n", args[i], got, want);
        if (!(fabs(got - want) <= 0.02 * want)) fail_msg("%s: cost %g, in double %g", args[i], got, want);
    }
    rig_close(&r);
    static const char *const unstable[2][2] = { { "s=1", NULL }, { "th=0", NULL } };
    for (int i = 0; i < 2; i++) {
        rig_open(&r, "hsf-lq", unstable[i], 1, 0);
        rig_run(&r, 20000, NULL, cost);
        sat = rig_saturated(&r, &tick);
        if (!sat) {
            fail_msg("%s: nothing saturates", unstable[i][0]);
            return; /* fail_msg does not come back, which gcc cannot know */
        }
        printf("hsf-lq %s: %s saturates at tick %u\n", unstable[i][0], sat, tick);
        rig_close(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tracks),
        cmocka_unit_test(without_flip),
        cmocka_unit_test(linear_quadratic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
