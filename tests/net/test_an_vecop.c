/* SPDX-License-Identifier: Apache-2.0
 * Rules of tests/net on the model against the same equations in double precision. */
#include "an_bench.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static void near(double got, double want, double tol, const char *what, int i)
{
    if (!(fabs(got - want) <= tol)) fail_msg("%s[%d]: %.9g, expected %.9g +- %g", what, i, got, want, tol);
}

static double clip(double x, double lo, double hi) { return fmin(fmax(x, lo), hi); }

/* ops.rule: one block of five outputs for every instruction, in the rule's order */
static void vector_instructions(void **state)
{
    (void)state;
    for (int lanes = 1; lanes <= 8; lanes *= 2) {
        an_bench_t b;
        const double in[10] = { -1.5, -0.25, 0, 0.75, 3.25, 0.5, -2, 1.25, -0.125, 1 };
        const double *x = in, *y = in + 5;
        double out[110];
        an_bench_open(&b, "tests/net/ops.yaml", NULL, 0, lanes, 7);
        an_bench_turn(&b, "run", in, out);
        const an_sym_vector_t *cv = an_image_vector(b.img, "cell.c");
        for (int i = 0; i < 5; i++) {
            const double c = ldexp(b.img->core[0].rate[cv->addr * (uint32_t)lanes + (uint32_t)i], -12 - 9);
            const double r = y[i], leak = y[i] + (x[i] - y[i]) * 0.005;
            const double want[] = { x[i] + y[i], x[i] - y[i], x[i] - y[i], fmin(x[i], 0.3), fmax(fmax(x[i], y[i]), 0), x[i] >= 0 ? y[i] : 0.3,
                x[i] * y[i], -20 * x[i], y[i] - x[i] * r, leak, x[i] * 0.5, x[i] * (1 + c), tanh(clip(x[i], -4, 4)), 1 - pow(tanh(x[i]), 2), 1 / y[i],
                y[i] > 0 ? sqrt(y[i]) : 0, clip(x[i] + y[i], 0, 1), clip(x[i] + y[i], -1, 1) };
            const double tol[] = { 0, 0, 0, 1e-7, 0, 1e-7, 1e-7, 1e-3, 1e-7, 1e-6, 1.3e-3, 1e-6, 3e-4, 3e-4, 1e-7, 1e-7, 0, 0 };
            assert_true(c >= 0.005 - 1e-6 && c < 0.01);
            for (size_t k = 0; k < sizeof want / sizeof *want; k++) near(out[5 * k + (size_t)i], want[k], tol[k], b.img->entry[0].out[k].name, i);
        }
        double sum = 0, dot = 0;
        for (int i = 0; i < 5; i++) {
            sum += x[i];
            dot += x[i] * y[i];
        }
        near(out[90], sum, 0, "sum", 0);
        near(out[91], dot, 0, "dot", 0);
        near(out[92], 3.25, 0, "amax", 0);
        near(out[93], 4, 0, "index", 0);
        near(out[94], sum + dot, 0, "scalar add", 0);
        an_bench_close(&b);
    }
}

/* gle.rule: 1-3-1, 2000 ticks, the weights' rounding noise included in the tolerance */
static void lookahead_chain(void **state)
{
    (void)state;
    enum { H = 3 };
    an_bench_t b;
    an_bench_open(&b, "tests/net/gle.yaml", NULL, 0, 0, 3);
    const double dt = 0.01, tr = 0.1, eta = 0.002, et = 0.001;
    double w1[H], w2[H], u[H + 1] = { 0 }, v[H + 1] = { 0 }, r[H + 1] = { 0 }, p[H + 1] = { 0 }, m[H + 1] = { 0.5, 1, 2, 1 }, q[H + 1] = { 0 }, moved = 0;
    for (uint32_t i = 0; i < H; i++) {
        w1[i] = an_bench_weight(&b, "input>hidden", i, 0, false);
        w2[i] = an_bench_weight(&b, "hidden>output", 0, i, false);
        assert_true(w1[i] >= 0.2 && w1[i] <= 1);
    }
    for (int t = 0; t < 2000; t++) {
        const double in[2] = { t / 100 % 2 ? 1 : -1, 1.5 };
        double out, e[H + 1], a[H + 1] = { 0 };
        an_bench_turn(&b, "run", in, &out);
        q[H] = in[1] - r[H];
        for (int i = 0; i <= H; i++) {
            const double d = q[i] * p[i] - v[i];
            e[i] = v[i] + m[i] / tr * d;
            v[i] += dt / tr * d;
        }
        for (int i = 0; i < H; i++) {
            a[i] = w1[i] * in[0];
            w1[i] += eta * e[i] * in[0];
            a[H] += w2[i] * r[i];
            q[i] = w2[i] * e[H];
            w2[i] += eta * e[H] * r[i];
        }
        for (int i = 0; i <= H; i++) {
            const double d = a[i] - u[i], k1 = dt / m[i], pu = u[i] + tr / m[i] * d;
            r[i] = log1p(exp(pu));
            p[i] = 1 / (1 + exp(-pu));
            u[i] += k1 * d;
            m[i] = fmax(m[i] - et / dt * d * k1 * e[i], 0.1);
        }
        near(out, r[H], 0.05, "output at tick", t);
    }
    static const char *const vec[] = { "hidden.m", "hidden.m", "hidden.m", "output.m" };
    for (int i = 0; i <= H; i++) near(an_bench_state(&b, vec[i], i < H ? (uint32_t)i : 0), m[i], 0.02, "tau", i);
    for (uint32_t i = 0; i < H; i++) {
        near(an_bench_weight(&b, "input>hidden", i, 0, false), w1[i], 0.03, "w1", (int)i);
        near(an_bench_weight(&b, "hidden>output", 0, i, false), w2[i], 0.03, "w2", (int)i);
        moved += fabs(m[i] - (double[]){ 0.5, 1, 2 }[i]) + fabs(w2[i] - 0.6);
    }
    assert_true(moved > 0.1); /* there was something to follow */
    an_bench_close(&b);
}

static void pair_synapses(void **state)
{
    (void)state;
    for (int old = 0; old < 2; old++) {
        for (int rows = 0; rows < 2; rows++) {
            an_bench_t b;
            const char *set[] = { rows ? "projections.0.rows=post" : "projections.0.rows=pre" };
            double w[3][5], v[3][5] = { { 0 } };
            an_bench_open(&b, "tests/net/pair.yaml", set, 1, 2, 5);
            assert_int_equal(an_image_projection(b.img, "pre>post")->pre_on_rows, !rows);
            for (uint32_t i = 0; i < 3; i++)
                for (uint32_t j = 0; j < 5; j++) w[i][j] = an_bench_weight(&b, "pre>post", i, j, false);
            for (int t = 0; t < 60; t++) {
                double in[8], out[11], a[3] = { 0 }, c[3] = { 0 }, q[5] = { 0 };
                for (int k = 0; k < 8; k++) in[k] = sin(0.3 * t + k);
                an_bench_turn(&b, old ? "old" : "new", in, out);
                for (int i = 0; i < 3; i++)
                    for (int j = 0; j < 5; j++) {
                        const double nv = v[i][j] + 0.1 * in[5 + i] * in[j] - 0.25 * v[i][j] - 0.01 * w[i][j];
                        a[i] += w[i][j] * in[j];
                        q[j] += w[i][j] * in[5 + i];
                        w[i][j] += 0.5 * (old ? v[i][j] : nv);
                        v[i][j] = nv;
                        c[i] += nv * in[j];
                    }
                for (int i = 0; i < 3; i++) {
                    near(out[i], a[i], 0.03, "sum over w", i);
                    near(out[3 + i], c[i], 0.01, "sum over v", i);
                }
                for (int j = 0; j < 5; j++) near(out[6 + j], q[j], 0.03, "backward", j);
            }
            for (uint32_t i = 0; i < 3; i++)
                for (uint32_t j = 0; j < 5; j++) near(an_bench_weight(&b, "pre>post", i, j, true), v[i][j], 1e-3, "v", (int)(5 * i + j));
            an_bench_close(&b);
        }
    }
}

static void delay_lines(void **state)
{
    (void)state;
    for (int lanes = 1; lanes <= 4; lanes *= 2) {
        an_bench_t b;
        /* START sets the ring's offset to 0, so all ticks run in one go: the turns scalar counts them */
        an_bench_open(&b, "tests/net/ring.yaml", NULL, 0, lanes, 1);
        const an_entry_t *e = &b.img->entry[0];
        enum { T = 12 };
        double x[T][3];
        for (int t = 0; t < T; t++)
            for (int i = 0; i < 3; i++) {
                x[t][i] = t + 1 == 7 ? 0 : (t + 1) / 8.0 * (i - 1 ? 1 : -0.5);
                const int16_t w = (int16_t)lrint(ldexp(x[t][i], 12));
                assert_int_equal(an_model_push(b.m, &w, 1), 1);
            }
        assert_int_equal(an_model_write(b.m, an_addr_core(0, AN_BUS_SCALAR, e->turns_scalar), T), AN_OK);
        assert_int_equal(an_model_write(b.m, an_addr_core(0, AN_BUS_REGS, AN_REG_CORE_ENTRY), e->pc[0]), AN_OK);
        assert_int_equal(an_model_write(b.m, an_addr_core(0, AN_BUS_REGS, AN_REG_CORE_CTRL), 1), AN_OK);
        assert_int_equal(an_model_run(b.m, 1000000), AN_RUN_DONE);
        static const double w[3] = { 1, 2, -1 };
        for (int t = 0; t < T; t++)
            for (size_t s = 0; s < e->n_out; s++)
                for (int i = 0; i < 3; i++) {
                    int32_t got;
                    assert_int_equal(an_model_pop(b.m, &got, 1), 1);
                    const int back = (int[]){ 0, 2, 4, 3 }[s];
                    const double old = t >= back ? x[t - back][i] : 0, want = s == 2 ? old / 2 : s == 3 ? old * w[i] : old;
                    near(ldexp(got, -e->out[s].frac), want, 0, e->out[s].name, 3 * t + i);
                }
        an_bench_close(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vector_instructions),
        cmocka_unit_test(lookahead_chain),
        cmocka_unit_test(pair_synapses),
        cmocka_unit_test(delay_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
