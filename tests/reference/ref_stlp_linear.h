// SPDX-License-Identifier: Apache-2.0
// ref_stlp_linear.h -- STLP, one linear neuron G = x - w u(t), constant target (rules 1.3, 1.4, 1.5).
// --set integrator=semi|rk4|euler, dt, T, k (penalty outside the Gram equation), damp (of the right side's theta G': 1 leaves it
// out, so that G'' = -theta G'), alpha, beta (Baumgarte), correction=on|penalty|off (penalty: damp = 0; off: also k = alpha = beta = 0), m_x, m_w, theta, y, w0
#ifndef REF_STLP_LINEAR_H
#define REF_STLP_LINEAR_H

#include "ref.h"

// Fills u and its first two derivatives at t.
typedef void stlp_input_t(double t, double u[3]);

typedef struct {
    double mx, mw, theta, y, k, damp, alpha, beta;
    stlp_input_t *input;
} stlp_t;

enum { SX, SW, SDX, SDW, STATES };

static inline void stlp_force(const stlp_t *p, double t, const double *s, double *ddx, double *ddw)
{
    double u[3];
    p->input(t, u);
    double g = s[SX] - s[SW] * u[0], dg = s[SDX] - s[SDW] * u[0] - s[SW] * u[1];
    double gram = 1 / p->mx + u[0] * u[0] / p->mw;
    double rhs = -s[SW] * u[2] - 2 * u[1] * s[SDW] - p->theta * ((1 - p->damp) * dg + s[SW] * u[1]) - (s[SX] - p->y) / p->mx +
                 2 * p->alpha * dg + p->beta * p->beta * g;
    double delta = rhs / gram + p->k * g;
    *ddx = (-(s[SX] - p->y) - delta) / p->mx - p->theta * s[SDX];
    *ddw = delta * u[0] / p->mw - p->theta * s[SDW];
}

static inline void stlp_slope(const stlp_t *p, double t, const double *s, double *d)
{
    d[SX] = s[SDX];
    d[SW] = s[SDW];
    stlp_force(p, t, s, &d[SDX], &d[SDW]);
}

static inline void stlp_step(const stlp_t *p, const char *how, double t, double dt, double *s)
{
    double k[4][STATES], m[STATES];
    stlp_slope(p, t, s, k[0]);
    if (*how == 'r') {
        static const double AT[4] = {0, .5, .5, 1};
        for (int i = 1; i < 4; i++) {
            for (int j = 0; j < STATES; j++) m[j] = s[j] + AT[i] * dt * k[i - 1][j];
            stlp_slope(p, t + AT[i] * dt, m, k[i]);
        }
        for (int j = 0; j < STATES; j++) s[j] += dt / 6 * (k[0][j] + 2 * k[1][j] + 2 * k[2][j] + k[3][j]);
    } else {
        if (*how == 'e') for (int j = 0; j < 2; j++) s[j] += dt * s[j + 2];
        for (int j = 2; j < STATES; j++) s[j] += dt * k[0][j];
        if (*how == 's') for (int j = 0; j < 2; j++) s[j] += dt * s[j + 2];
    }
}

static inline int stlp_run(int argc, char **argv, const char *name, stlp_input_t *input, double w0, double T)
{
    ref_t r = ref_begin(argc, argv);
    const char *how = ref_str(&r, "integrator", "semi");
    if (strcmp(how, "semi") && strcmp(how, "rk4") && strcmp(how, "euler")) ref_die("--set integrator: semi, rk4 or euler");
    const char *correction = ref_str(&r, "correction", "on");
    if (strcmp(correction, "on") && strcmp(correction, "penalty") && strcmp(correction, "off")) ref_die("--set correction: on, penalty or off");
    const bool fix = strcmp(correction, "off") != 0;
    stlp_t p = {.input = input};
    p.mx = ref_num(&r, "m_x", .1);
    p.mw = ref_num(&r, "m_w", 1);
    p.theta = ref_num(&r, "theta", 4);
    p.y = ref_num(&r, "y", 2);
    p.k = ref_num(&r, "k", 10) * fix;
    p.damp = ref_num(&r, "damp", 1) * !strcmp(correction, "on");
    p.alpha = ref_num(&r, "alpha", 0) * fix;
    p.beta = ref_num(&r, "beta", 0) * fix;
    double dt = ref_num(&r, "dt", 0x1p-8), u[3], last = 2 * acos(-1);
    T = ref_num(&r, "T", T);
    w0 = ref_num(&r, "w0", w0);
    ref_args_done(&r);
    input(0, u);
    double s[STATES] = {w0 * u[0], w0, w0 * u[1], 0}; // velocities consistent with the constraint
    double max_g = 0, mean_g = 0, low = INFINITY, high = -INFINITY, se = 0;
    long ticks = (long)(T / dt + .5), n = 0, tail = 0;
    if (r.trace) fprintf(r.trace, "t,u,x,w,g\n");
    for (; n < ticks && !r.diverged; n++) {
        stlp_step(&p, how, dt * (double)n, dt, s);
        double t = dt * (double)(n + 1);
        input(t, u);
        double g = s[SX] - s[SW] * u[0];
        max_g = fmax(max_g, fabs(g));
        if (t > T - last) {
            mean_g += fabs(g), tail++;
            se += (s[SX] - p.y) * (s[SX] - p.y);
            low = fmin(low, s[SW]), high = fmax(high, s[SW]);
        }
        if (r.trace && n % (ticks / 2000 + 1) == 0) fprintf(r.trace, "%.6g,%.6g,%.6g,%.6g,%.6g\n", t, u[0], s[SX], s[SW], g);
        if (!(fabs(s[SX]) < 128 && fabs(s[SW]) < 128)) r.diverged = true;
    }
    double range[2] = {low, high};
    ref_json_begin(&r, name);
    ref_json_arr("x", &s[SX], 1);
    ref_json_arr("w", &s[SW], 1);
    ref_json_num("rms", sqrt(se / (double)tail));
    ref_json_num("max_abs_g", max_g);
    ref_json_num("mean_abs_g_last_period", mean_g / (double)tail);
    ref_json_arr("w_range_last_period", range, 2);
    if (r.diverged) ref_json_num("diverged_at", (double)n);
    return ref_end(&r);
}

#endif
