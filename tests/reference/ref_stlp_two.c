// SPDX-License-Identifier: Apache-2.0
// ref_stlp_two -- STLP chain u -> x1 -> x2 of tanh neurons, both weights learned (rules 1.3, run C of 1.5), semi-implicit Euler.
// --set dt, T, k (penalty outside the Gram equation), damp, correction=on|penalty|off (ref_stlp_linear.h), m_x, m_w, theta, y, w0=a,b
#include "ref.h"

enum { N = 2 };

int main(int argc, char **argv)
{
    ref_t r = ref_begin(argc, argv);
    double mx = ref_num(&r, "m_x", .1), mw = ref_num(&r, "m_w", 1), theta = ref_num(&r, "theta", 4), y = ref_num(&r, "y", .6);
    double dt = ref_num(&r, "dt", 0x1p-8), T = ref_num(&r, "T", 200), w[N] = {.4, .5}, dw[N] = {0}, x[N], dx[N];
    const char *correction = ref_str(&r, "correction", "on");
    if (strcmp(correction, "on") && strcmp(correction, "penalty") && strcmp(correction, "off")) ref_die("--set correction: on, penalty or off");
    double k = ref_num(&r, "k", 10) * (strcmp(correction, "off") != 0), damp = ref_num(&r, "damp", 1) * !strcmp(correction, "on");
    ref_list(&r, "w0", w, N);
    ref_args_done(&r);
    x[0] = tanh(w[0] * 1);
    dx[0] = (1 - x[0] * x[0]) * w[0] * .5; // u(0) = 1, u'(0) = 0.5
    x[1] = tanh(w[1] * x[0]);
    dx[1] = (1 - x[1] * x[1]) * w[1] * dx[0];
    long ticks = (long)(T / dt + .5), half = ticks / 2;
    double max_g = 0, se = 0, mw_sum[N] = {0};
    if (r.trace) fprintf(r.trace, "t,u,x1,x2,w1,w2,g1,g2\n");
    for (long n = 0; n < ticks && !r.diverged; n++) {
        double t = dt * (double)n, u = 1 + .5 * sin(t), du = .5 * cos(t), ddu = -.5 * sin(t);
        double z[N] = {u, x[0]}, dz[N] = {du, dx[0]}, g[N], s1[N], rhs[N];
        double dv[N] = {0, x[1] - y};
        for (int i = 0; i < N; i++) {
            double sg = tanh(w[i] * z[i]), da = dw[i] * z[i] + w[i] * dz[i];
            s1[i] = 1 - sg * sg;
            g[i] = x[i] - sg;
            double s2 = -2 * sg * s1[i], gt = i ? 0 : -s1[0] * w[0] * du, dg = dx[i] - s1[i] * da;
            double s = -s2 * da * da - s1[i] * (2 * dw[i] * dz[i] + (i ? 0 : w[0] * ddu));
            rhs[i] = s - theta * ((1 - damp) * dg - gt);
        }
        double c = -s1[1] * w[1]; // dG_2/dx_1; C = [[1, 0], [c, 1]]
        rhs[0] -= dv[0] / mx;
        rhs[1] -= (c * dv[0] + dv[1]) / mx;
        double a = 1 / mx + s1[0] * s1[0] * z[0] * z[0] / mw, b = c / mx;
        double d = (c * c + 1) / mx + s1[1] * s1[1] * z[1] * z[1] / mw, det = a * d - b * b;
        double delta[N] = {(d * rhs[0] - b * rhs[1]) / det + k * g[0], (a * rhs[1] - b * rhs[0]) / det + k * g[1]};
        double ddx[N] = {(-dv[0] - delta[0] - c * delta[1]) / mx - theta * dx[0], (-dv[1] - delta[1]) / mx - theta * dx[1]};
        for (int i = 0; i < N; i++) {
            dx[i] += dt * ddx[i];
            dw[i] += dt * (s1[i] * delta[i] * z[i] / mw - theta * dw[i]);
            x[i] += dt * dx[i];
            w[i] += dt * dw[i];
            max_g = fmax(max_g, fabs(g[i]));
            if (!(fabs(x[i]) < 128 && fabs(w[i]) < 128)) r.diverged = true;
        }
        if (n >= half) {
            se += (x[1] - y) * (x[1] - y);
            for (int i = 0; i < N; i++) mw_sum[i] += w[i] / (double)(ticks - half);
        }
        if (r.trace && n % (ticks / 2000 + 1) == 0)
            fprintf(r.trace, "%.6g,%.6g,%.6g,%.6g,%.6g,%.6g,%.6g,%.6g\n", t, u, x[0], x[1], w[0], w[1], g[0], g[1]);
    }
    ref_json_begin(&r, "stlp-two");
    ref_json_num("rms", sqrt(se / (double)(ticks - half)));
    ref_json_arr("w", w, N);
    ref_json_arr("w_mean_last_half", mw_sum, N);
    ref_json_arr("x", x, N);
    ref_json_num("max_abs_g", max_g);
    return ref_end(&r);
}
