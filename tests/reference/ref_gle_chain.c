// SPDX-License-Identifier: Apache-2.0
// ref_gle_chain -- GLE chain 1-1-1 learns its weights and time constants from a teacher (rules 5.3, 5.5), batch 1, plain SGD.
// --set ticks, lr_w, lr_tau, half (ticks of half a period), sigma, w0=a,b tau0=a,b, prospective=on|off
#include "ref.h"

enum { N = 2 };

static const double DT = 0.01, TAU_R = 0.1, TAU_MIN = 0.1;

typedef struct {
    double w[N], tau[N], u[N], v[N], r[N], rp[N], eb[N + 1];
} chain_t;

// One Euler step of both neurons from the previous step's r, rp, eb. Fills e and udot for the learning rule.
static void step(chain_t *c, double x, double err, bool prospective, double *e, double *udot)
{
    chain_t o = *c;
    for (int l = 0; l < N; l++) {
        double ie = (l == N - 1 ? err : o.eb[l + 1]) * o.rp[l];
        double in = o.w[l] * (l ? o.r[l - 1] : x);
        if (prospective) {
            double vdot = (ie - o.v[l]) / TAU_R;
            e[l] = o.v[l] + o.tau[l] * vdot;
            c->v[l] = o.v[l] + DT * vdot;
        } else {
            e[l] = c->v[l] = ie;
        }
        udot[l] = (in - o.u[l]) / o.tau[l];
        double pu = o.u[l] + TAU_R * udot[l];
        c->u[l] = o.u[l] + DT * udot[l];
        double ex = exp(-pu);
        c->r[l] = pu + log1p(ex);
        c->rp[l] = 1.0 / (1.0 + ex);
        c->eb[l] = o.w[l] * e[l];
    }
}

// A periodic square wave of +-1, smoothed by a Gaussian truncated at 4 sigma.
static double *wave_new(int half, double sigma)
{
    double *x = ref_alloc((size_t)(2 * half), sizeof *x);
    int reach = (int)(4 * sigma + 0.5);
    for (int t = 0; t < 2 * half; t++) {
        double num = 0, den = 0;
        for (int k = -reach; k <= reach; k++) {
            double g = sigma > 0 ? exp(-0.5 * k * k / (sigma * sigma)) : 1;
            num += g * ((t + k + 2 * half) % (2 * half) < half ? 1 : -1);
            den += g;
        }
        x[t] = num / den;
    }
    return x;
}

int main(int argc, char **argv)
{
    ref_t r = ref_begin(argc, argv);
    chain_t student = {0}, teacher = {.w = {1, 2}, .tau = {1, 2}};
    for (int l = 0; l < N; l++) student.w[l] = ref_q12(ref_uniform(&r, 0, 1));
    for (int l = 0; l < N; l++) student.tau[l] = fmax(TAU_MIN, ref_q12(ref_uniform(&r, 0, 1)));
    ref_list(&r, "w0", student.w, N);
    ref_list(&r, "tau0", student.tau, N);
    long ticks = (long)ref_num(&r, "ticks", 4e7);
    double lr_w = ref_num(&r, "lr_w", .002), lr_tau = ref_num(&r, "lr_tau", .001);
    int half = (int)ref_num(&r, "half", 200);
    double sigma = ref_num(&r, "sigma", 5);
    bool prospective = ref_on(&r, "prospective", true);
    ref_args_done(&r);
    double w0[N], tau0[N];
    memcpy(w0, student.w, sizeof w0);
    memcpy(tau0, student.tau, sizeof tau0);
    double *wave = wave_new(half, sigma), loss = 0, part = 0, e[N], udot[N];
    if (r.trace) fprintf(r.trace, "tick,loss,w1,w2,tau1,tau2\n");
    long every = ticks / 400 > 0 ? ticks / 400 : 1;
    for (long t = 0; t < ticks && !r.diverged; t++) {
        double x = wave[t % (2 * half)], err = teacher.r[N - 1] - student.r[N - 1];
        if (t >= ticks - ticks / 10) loss += err * err;
        part += err * err;
        step(&teacher, x, 0, prospective, e, udot);
        double below[N] = {x, student.r[0]};
        step(&student, x, err, prospective, e, udot);
        for (int l = 0; l < N; l++) {
            student.w[l] += lr_w * e[l] * below[l];
            student.tau[l] = fmax(TAU_MIN, student.tau[l] - lr_tau * e[l] * udot[l]);
            if (!(fabs(student.w[l]) < 1e3 && student.tau[l] < 1e3)) r.diverged = true;
        }
        if (r.trace && (t + 1) % every == 0) {
            fprintf(r.trace, "%ld,%.6g,%.6g,%.6g,%.6g,%.6g\n", t + 1, part / (double)every, student.w[0], student.w[1],
                    student.tau[0], student.tau[1]);
            part = 0;
        }
    }
    ref_json_begin(&r, "gle-chain");
    ref_json_num("loss", loss / (double)(ticks / 10));
    ref_json_arr("w", student.w, N);
    ref_json_arr("tau", student.tau, N);
    ref_json_arr("w_start", w0, N);
    ref_json_arr("tau_start", tau0, N);
    free(wave);
    return ref_end(&r);
}
