/* SPDX-License-Identifier: Apache-2.0
 * Rounding bits: a million draws have the mean and the spread of uniform 16-bit words, and no correlation with the neighbour in
 * column, row and tick, in the block of 32 columns before, or between registers A and B: all within 4 standard errors, for
 * several keys. And each bit is set half of the time. */
#include <math.h>
#include "an_rnd.h"
#include "rig.h"

enum { TICKS = 20, ROWS = 200, COLS = 256, N = TICKS * ROWS * COLS };

static uint16_t a[TICKS][ROWS][COLS], b[TICKS][ROWS][COLS];

static void draw(uint32_t key, uint32_t first_tick) {
    for (uint32_t t = 0; t < TICKS; t++)
        for (uint32_t j = 0; j < ROWS; j++) {
            an_rnd_t r = {0, 0};
            for (uint32_t i = 0; i < COLS; i++) {
                an_rnd_column(&r, key, j, i, (first_tick + t) * AN_TICK_MUL);
                a[t][j][i] = (uint16_t)r.a;
                b[t][j][i] = (uint16_t)r.b;
            }
        }
}

/* correlation coefficient of x[i] with y[i] in standard errors; n pairs of uniform words */
typedef struct pairs { double sum; double n; } pairs_t;
static void pair(pairs_t *p, uint16_t x, uint16_t y) {
    p->sum += (x - 32767.5) * (y - 32767.5);
    p->n++;
}
static void small(const pairs_t *p, const char *what) {
    const double variance = (65536.0 * 65536.0 - 1.0) / 12.0;
    const double errors = p->sum / p->n / variance * sqrt(p->n);
    if (fabs(errors) > 4.0)
        fail_msg("%s: correlation of %.2f standard errors", what, errors);
}

static void statistics(void **state) {
    (void)state;
    const uint32_t keys[] = {0, 1, 0x12345678, 0xDEADBEEF};
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        draw(keys[k], (uint32_t)k * 1000u);
        double mean = 0, square = 0, bit[16] = {0};
        pairs_t column = {0}, block = {0}, row = {0}, tick = {0}, second = {0}, second_column = {0};
        for (uint32_t t = 0; t < TICKS; t++)
            for (uint32_t j = 0; j < ROWS; j++)
                for (uint32_t i = 0; i < COLS; i++) {
                    const uint16_t x = a[t][j][i];
                    mean += x;
                    square += (x - 32767.5) * (x - 32767.5);
                    for (int n = 0; n < 16; n++)
                        bit[n] += x >> n & 1;
                    pair(&second, x, b[t][j][i]);
                    if (i > 0) {
                        pair(&column, x, a[t][j][i - 1]);
                        pair(&second_column, b[t][j][i], b[t][j][i - 1]);
                    }
                    if (i >= 32)
                        pair(&block, x, a[t][j][i - 32]);
                    if (j > 0)
                        pair(&row, x, a[t][j - 1][i]);
                    if (t > 0)
                        pair(&tick, x, a[t - 1][j][i]);
                }
        const double deviation = 65536.0 / sqrt(12.0);
        assert_true(fabs(mean / N - 32767.5) < 4.0 * deviation / sqrt(N));
        /* the square of a uniform variable has the relative deviation 2/sqrt(5) */
        assert_true(fabs(square / N / (deviation * deviation) - 1.0) < 4.0 * 0.8944 / sqrt(N));
        for (int n = 0; n < 16; n++)
            assert_true(fabs(bit[n] / N - 0.5) < 4.5 * 0.5 / sqrt(N));
        small(&column, "column");
        small(&second_column, "column of B");
        small(&block, "block");
        small(&row, "row");
        small(&tick, "tick");
        small(&second, "A and B");
    }
}

/* the register never sticks: its seed is never zero */
static void zero_seed(void **state) {
    (void)state;
    /* the mixing is one to one, so exactly one argument gives 0: (key) ^ tickmix = 0 with row = block = 0 */
    assert_int_equal(an_rnd_mix(0, 0, 0, 0), AN_ZERO_SEED);
    assert_int_equal(an_rnd_mix(0xCAFE, 0, 0, 0xCAFE), AN_ZERO_SEED);
    assert_int_equal(an_rnd_second((AN_SECOND_XOR << 16) | (AN_SECOND_XOR >> 16)), AN_ZERO_SEED);
    assert_int_not_equal(an_rnd_mix(1, 0, 0, 0), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(statistics), cmocka_unit_test(zero_seed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
