/* SPDX-License-Identifier: Apache-2.0
 * GLE on sequences, on the model against double precision: three turns of normalised pair synapses from the same weights, layer by layer; and
 * inference with the weights of the repository, sequence by sequence.
 * variants: release */
#include "rig.h"
#include "../reference/ref_npy.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

enum { T = 360, N = 53, CLASSES = 10, LAYERS = 7, SEQUENCES = 40 };
static const char *const layer[LAYERS + 1] = { "input", "linear", "hidden1", "hidden2", "hidden3", "hidden4", "hidden5", "output" };
static const int size[LAYERS + 1] = { 1, N, N, N, N, N, N, CLASSES };
static const char prefix[] = "build/tests/rules/gle-pair-";

static const char *between(const char *from, int l)
{
    static char name[32];
    snprintf(name, sizeof name, "%s>%s", from, layer[l]);
    return name;
}

/* How far the weights of one array have moved, and how far the chip's are from the reference's. */
static void moved(const double *start, const double *chip, const double *want, int n, double *step, double *apart)
{
    *step = *apart = 0;
    for (int i = 0; i < n; i++) {
        *step += pow(want[i] - start[i], 2);
        *apart += pow(chip[i] - want[i], 2);
    }
    *step = sqrt(*step / n);
    *apart = sqrt(*apart / n);
}

/* With b2 = 1e-7 the normalisers hardly move in three turns: the chip takes their roots once a turn, the reference every tick. Rounding adds some
 * units of 2^-12 to a weight. */
static void learns(void **state)
{
    (void)state;
    static const char *const set[] = { "b=0.0001", "b2=1e-7", "K=80", "rate=0.0007", "populations.2.gain=1", "populations.3.gain=1", "populations.4.gain=1", "populations.5.gain=1",
                                       "populations.6.gain=1", NULL };
    static double start[2 * LAYERS][N * N], in[3 * (CLASSES + T)], chip[N * N], want[N * N];
    char name[8];
    rig_t r;
    rig_open(&r, "gle-mnist1d", set, 3, 0);
    ref_array_t x = ref_npy_read("sw/data/mnist1d/", "train_x"), y = ref_npy_read("sw/data/mnist1d/", "train_y");
    for (int turn = 0; turn < 3; turn++) {
        in[turn * (CLASSES + T) + (int)y.x[0]] = 1;
        for (int t = 0; t < T; t++) in[turn * (CLASSES + T) + CLASSES + t] = x.x[t] / 4096;
    }
    for (int k = 0; k < 2 * LAYERS; k++) {
        const int l = k / 2 + 1;
        rig_weights(&r, between(k % 2 ? "one" : layer[l - 1], l), start[k], NULL);
        snprintf(name, sizeof name, "%c%d", k % 2 ? 'b' : 'w', l);
        ref_npy_write(prefix, name, start[k], size[l], k % 2 ? 0 : size[l - 1]);
    }
    rig_run(&r, 3, in, NULL);
    (void)rig_reference("gle_mnist1d", "--set epochs=3 --set train=1 --set test=1 --set b=0.0001 --set b2=1e-7 --set K=80 --set lr=0.0007 "
                        "--set weights=build/tests/rules/gle-pair- --export build/tests/rules/gle-pair-");
    for (int k = 0; k < 2 * LAYERS; k++) {
        const int l = k / 2 + 1, n = size[l] * (k % 2 ? 1 : size[l - 1]);
        double step, apart;
        rig_weights(&r, between(k % 2 ? "one" : layer[l - 1], l), chip, NULL);
        snprintf(name, sizeof name, "%c%d", k % 2 ? 'b' : 'w', l);
        rig_npy(prefix, name, want, (size_t)n);
        moved(start[k], chip, want, n, &step, &apart);
        printf("pairs, %s: the weights move by %.4f, chip and double differ by %.4f\n", name, step, apart);
        assert_true(k % 2 == 0 || step > 6. / 4096); /* errors shrink a few times a layer on their way down, so near the input less is seen */
        assert_true(apart <= 0.02 * step + 3. / 4096);
    }
    rig_close(&r);
    free(x.x);
    free(y.x);
}

static void infers(void **state)
{
    (void)state;
    static double in[SEQUENCES * T], out[SEQUENCES];
    rig_t r;
    rig_open(&r, "gle-mnist1d-infer", NULL, 1, 0);
    ref_array_t x = ref_npy_read("sw/data/mnist1d/", "test_x"), y = ref_npy_read("sw/data/mnist1d/", "test_y");
    int wrong = 0;
    for (int i = 0; i < SEQUENCES * T; i++) in[i] = x.x[i] / 4096;
    rig_run(&r, SEQUENCES, in, out);
    for (int k = 0; k < SEQUENCES; k++) wrong += (int)out[k] != (int)y.x[k];
    char args[64];
    snprintf(args, sizeof args, "--set test=%d", SEQUENCES);
    const double want = rig_number(rig_reference("gle_mnist1d_infer", args), "test_error");
    printf("inference: %d of %d wrong, in double %.0f\n", wrong, SEQUENCES, want * SEQUENCES);
    assert_true(fabs(wrong - want * SEQUENCES) <= 1);
    assert_true(want < 0.2);
    rig_close(&r);
    free(x.x);
    free(y.x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(learns),
        cmocka_unit_test(infers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
