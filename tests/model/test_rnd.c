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
                an_rnd_column(&r, an_rnd_seed(key, first_tick + t), j, i, 0);
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

/* The register never sticks: no seed gives zero, and 2^32 - 1 steps, not fewer, bring it back (x^32 + x^30 + x^26 + x^25 + 1 is
 * primitive): the step to the power of each (2^32 - 1)/p is not the identity. */
typedef struct matrix { uint32_t column[32]; } matrix_t;
static uint32_t apply(const matrix_t *m, uint32_t x) {
    uint32_t y = 0;
    for (int i = 0; i < 32; i++)
        y ^= x >> i & 1u ? m->column[i] : 0;
    return y;
}
static matrix_t times(const matrix_t *a, const matrix_t *b) {
    matrix_t c;
    for (int i = 0; i < 32; i++)
        c.column[i] = apply(a, b->column[i]);
    return c;
}
static bool returns_after(uint64_t steps) {
    matrix_t power, all;
    for (int i = 0; i < 32; i++) {
        all.column[i] = 1u << i;
        power.column[i] = an_rnd_leap(1u << i);
    }
    for (; steps; steps >>= 1, power = times(&power, &power))
        if (steps & 1)
            all = times(&all, &power);
    for (int i = 0; i < 32; i++)
        if (all.column[i] != 1u << i)
            return false;
    return true;
}
static void long_period(void **state) {
    (void)state;
    const uint64_t period = 0xFFFFFFFFu; /* 16 has no factor in common with it, so columns have the same period as steps */
    const uint32_t primes[] = {3, 5, 17, 257, 65537};
    assert_true(returns_after(period));
    for (size_t i = 0; i < sizeof primes / sizeof primes[0]; i++)
        assert_false(returns_after(period / primes[i]));
    assert_int_not_equal(an_rnd_first(0), 0);
    assert_int_not_equal(an_rnd_second((AN_SECOND_XOR << 16) | (AN_SECOND_XOR >> 16)), 0);
}

/* Every bit of key, tick, row and block turns every bit of the seed over half of the time. */
static void avalanche(void **state) {
    (void)state;
    enum { DRAWS = 4000 };
    uint64_t rng = 7;
    double square = 0;
    unsigned n = 0;
    for (unsigned bit = 0; bit < 32 + 32 + 11 + 6; bit++) {
        unsigned turned[32] = {0};
        for (int i = 0; i < DRAWS; i++) {
            const uint32_t key = (uint32_t)rig_draw(&rng), tick = (uint32_t)rig_draw(&rng) & (i % 2 ? 0xFFFFu : 0xFFu);
            const uint32_t row = (uint32_t)rig_draw(&rng) % (i % 4 < 2 ? 16u : 2048u), block = (uint32_t)rig_draw(&rng) % (i % 8 < 4 ? 2u : 64u);
            const uint32_t d = an_rnd_mix(an_rnd_seed(key, tick), row, block) ^
                               an_rnd_mix(an_rnd_seed(key ^ (bit < 32 ? 1u << bit : 0), tick ^ (bit >= 32 && bit < 64 ? 1u << (bit - 32) : 0)),
                                          row ^ (bit >= 64 && bit < 75 ? 1u << (bit - 64) : 0), block ^ (bit >= 75 ? 1u << (bit - 75) : 0));
            for (int b = 0; b < 32; b++)
                turned[b] += d >> b & 1u;
        }
        for (int b = 0; b < 32; b++, n++) {
            const double off = (double)turned[b] / DRAWS - 0.5;
            square += off * off;
            if (fabs(off) > 0.05)
                fail_msg("bit %u of the arguments turns bit %d of the seed with %.3f", bit, b, off + 0.5);
        }
    }
    assert_true(sqrt(square / n) < 1.2 * 0.5 / sqrt(DRAWS)); /* the noise of that many draws, and a fifth */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(statistics), cmocka_unit_test(long_period), cmocka_unit_test(avalanche)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
