// SPDX-License-Identifier: Apache-2.0
// ref_bpd.h -- a layered tanh net for discrete backprop diffusion: net, input, exact backprop of one frame, comparison (rules 3.2).
#ifndef REF_BPD_H
#define REF_BPD_H

#include "ref.h"
#include "ref_npy.h"

enum { BPD_MAXL = 16, BPD_W = 8 };

typedef double bpd_vec_t[BPD_W];
typedef double bpd_mat_t[BPD_W][BPD_W];

typedef struct {
    int layers;                    // W[l] leads from layer l to l+1, l = 0..layers-1; every layer has BPD_W neurons
    bpd_mat_t w[BPD_MAXL];
    bpd_vec_t phase, amp, target;  // input i: amp sin(2 pi t/period + phase); constant: amp sin(phase)
    double period;                 // 0: constant
} bpd_net_t;

static inline void bpd_init(ref_t *r, bpd_net_t *n, int layers, double gain, double period)
{
    if (layers < 2 || layers >= BPD_MAXL) ref_die("--set L: 2..%d", BPD_MAXL - 1);
    n->layers = layers;
    n->period = period;
    for (int l = 0; l < layers; l++)
        for (int i = 0; i < BPD_W; i++)
            for (int j = 0; j < BPD_W; j++) n->w[l][i][j] = ref_q12(ref_uniform(r, -gain, gain));
    for (int i = 0; i < BPD_W; i++) {
        n->phase[i] = ref_uniform(r, 0, 2 * acos(-1));
        n->amp[i] = ref_uniform(r, .5, 1);
        n->target[i] = ref_q12(ref_uniform(r, -.8, .8));
    }
}

static inline void bpd_input(const bpd_net_t *n, long t, bpd_vec_t u)
{
    for (int i = 0; i < BPD_W; i++)
        u[i] = ref_q12(n->amp[i] * sin(n->phase[i] + (n->period > 0 ? 2 * acos(-1) * (double)t / n->period : 0)));
}

static inline void bpd_export(const ref_t *r, const bpd_net_t *n, long ticks)
{
    if (!r->export_to) return;
    char name[16];
    for (int l = 0; l < n->layers; l++) {
        snprintf(name, sizeof name, "w%d", l + 1);
        ref_npy_write(r->export_to, name, &n->w[l][0][0], BPD_W, BPD_W);
    }
    ref_npy_write(r->export_to, "target", n->target, BPD_W, 0);
    bpd_vec_t *u = ref_alloc((size_t)ticks, sizeof *u);
    for (long t = 0; t < ticks; t++) bpd_input(n, t, u[t]);
    ref_npy_write(r->export_to, "u", &u[0][0], (int)ticks, BPD_W);
    free(u);
}

static inline void bpd_forward(const bpd_mat_t w, const bpd_vec_t below, bpd_vec_t y)
{
    for (int i = 0; i < BPD_W; i++) {
        double a = 0;
        for (int j = 0; j < BPD_W; j++) a += w[i][j] * below[j];
        y[i] = tanh(a);
    }
}

// delta of the layer below: s1 .* (W^T above), with s1 = 1 - x^2.
static inline void bpd_backward(const bpd_mat_t w, const bpd_vec_t above, const bpd_vec_t x, bpd_vec_t d)
{
    for (int j = 0; j < BPD_W; j++) {
        double a = 0;
        for (int i = 0; i < BPD_W; i++) a += w[i][j] * above[i];
        d[j] = (1 - x[j] * x[j]) * a;
    }
}

// Gradients g[l] (l = 1..L, for W[l-1]) of one frame u, error target - output: ordinary backprop.
static inline void bpd_backprop(const bpd_net_t *n, const bpd_vec_t u, bpd_mat_t *g)
{
    bpd_vec_t x[BPD_MAXL + 1], d[BPD_MAXL + 1];
    int top = n->layers;
    memcpy(x[0], u, sizeof x[0]);
    for (int l = 0; l < top; l++) bpd_forward(n->w[l], x[l], x[l + 1]);
    for (int i = 0; i < BPD_W; i++) d[top][i] = (1 - x[top][i] * x[top][i]) * (n->target[i] - x[top][i]);
    for (int l = top - 1; l >= 1; l--) bpd_backward(n->w[l], d[l + 1], x[l], d[l]);
    for (int l = 1; l <= top; l++)
        for (int i = 0; i < BPD_W; i++)
            for (int j = 0; j < BPD_W; j++) g[l][i][j] = d[l][i] * x[l - 1][j];
}

// Squared distance and squared norm of the second, added to sum[0] and sum[1].
static inline void bpd_distance(const bpd_mat_t g, const bpd_mat_t ref, double sum[2])
{
    for (int i = 0; i < BPD_W; i++)
        for (int j = 0; j < BPD_W; j++) {
            sum[0] += (g[i][j] - ref[i][j]) * (g[i][j] - ref[i][j]);
            sum[1] += ref[i][j] * ref[i][j];
        }
}

#endif
