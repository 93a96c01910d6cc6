// SPDX-License-Identifier: Apache-2.0
// ref_hsf.h -- Hamiltonian sign flip, 5 fully connected tanh neurons and a bias unit (rules 2.2, 2.6). One target per program.
// --set ticks, dt, c, th_w, th_x, q, r_w, r, w_range, flip=on|off, w0=.. (30 numbers, row i: from neurons 0..4, then the bias)
#ifndef REF_HSF_H
#define REF_HSF_H

#include "ref.h"

enum { HSF_N = 5, HSF_IN = HSF_N + 1 };

static inline int hsf_run(int argc, char **argv, const char *name, double (*target)(double t))
{
    ref_t a = ref_begin(argc, argv);
    double w[HSF_N][HSF_IN], pw[HSF_N][HSF_IN] = {{0}}, x[HSF_N] = {0}, px[HSF_N] = {0};
    double dt = ref_num(&a, "dt", 0x1p-8), c = ref_num(&a, "c", 16), q = ref_num(&a, "q", 128), rw = ref_num(&a, "r_w", 1);
    double rv = ref_num(&a, "r", .125), thw = ref_num(&a, "th_w", 64), thx = ref_num(&a, "th_x", 0);
    double range = ref_num(&a, "w_range", .5), limit = ref_num(&a, "limit", 128), s = ref_on(&a, "flip", true) ? -1 : 1;
    long ticks = (long)ref_num(&a, "ticks", 25600), stop = 0;
    for (int i = 0; i < HSF_N; i++)
        for (int j = 0; j < HSF_IN; j++) w[i][j] = ref_q12(ref_uniform(&a, -range, range));
    ref_list(&a, "w0", &w[0][0], HSF_N * HSF_IN);
    ref_args_done(&a);
    if (a.trace) fprintf(a.trace, "t,target,x,hamiltonian,lagrangian\n");
    double se = 0, seen = 0, top_w = 0, top_px = 0, top_pw = 0;
    for (long t = 0; t < ticks && !a.diverged; t++) {
        double z = target(dt * (double)t), err = x[0] - z, f[HSF_N], s1[HSF_N], hx[HSF_N], hw[HSF_N][HSF_IN];
        double norm_w = 0, norm_pw = 0, dot = 0;
        for (int i = 0; i < HSF_N; i++) {
            double act = w[i][HSF_N];
            for (int j = 0; j < HSF_N; j++) act += w[i][j] * x[j];
            double y = tanh(act);
            f[i] = c * (y - x[i]);
            s1[i] = 1 - y * y;
            dot += px[i] * f[i];
        }
        for (int j = 0; j < HSF_N; j++) {
            hx[j] = -c * px[j] + (j ? 0 : q * err);
            for (int i = 0; i < HSF_N; i++) hx[j] += c * w[i][j] * s1[i] * px[i];
        }
        for (int i = 0; i < HSF_N; i++)
            for (int j = 0; j < HSF_IN; j++) {
                hw[i][j] = c * s1[i] * px[i] * (j < HSF_N ? x[j] : 1) + rw * w[i][j];
                norm_w += w[i][j] * w[i][j];
                norm_pw += pw[i][j] * pw[i][j];
            }
        double cost = q / 2 * err * err + rw / 2 * norm_w;
        if (a.trace && t % 16 == 0)
            fprintf(a.trace, "%.6g,%.6g,%.6g,%.6g,%.6g\n", dt * (double)t, z, x[0], cost + dot - norm_pw / (2 * rv),
                    cost + norm_pw / (2 * rv));
        for (int i = 0; i < HSF_N; i++) {
            px[i] -= s * dt * (hx[i] - thx * px[i]);
            x[i] += dt * f[i];
            top_px = fmax(top_px, fabs(px[i]));
            for (int j = 0; j < HSF_IN; j++) {
                w[i][j] -= dt * pw[i][j] / rv;
                pw[i][j] -= s * dt * (hw[i][j] - thw * pw[i][j]);
                top_w = fmax(top_w, fabs(w[i][j]));
                top_pw = fmax(top_pw, fabs(pw[i][j]));
            }
        }
        if (t >= ticks / 2) se += (x[0] - z) * (x[0] - z), seen += 1; // the new x against the target of its step
        if (!(top_w < limit && top_px < limit && top_pw < limit)) a.diverged = true, stop = t;
    }
    double top[3] = {top_w, top_px, top_pw};
    ref_json_begin(&a, name);
    ref_json_num("mse", a.diverged ? NAN : se / seen);
    ref_json_arr("x", x, HSF_N);
    ref_json_arr("w", &w[0][0], HSF_N * HSF_IN);
    ref_json_arr("largest_w_px_pw", top, 3);
    if (a.diverged) ref_json_num("diverged_at", (double)stop);
    return ref_end(&a);
}

#endif
