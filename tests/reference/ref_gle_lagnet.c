// SPDX-License-Identifier: Apache-2.0
// ref_gle_lagnet -- GLE 1-2-2-1 with slow and fast neurons learns its first layer from a teacher (rules 5.3, 5.6), plain SGD.
// --set ticks, lr, from (first learning tick), gamma, w0=a,b, errors=prospective|instantaneous
#include "ref.h"

enum { LAYERS = 3, WIDE = 2 };

static const double DT = 0.01;
static const int SIZE[LAYERS + 1] = {1, 2, 2, 1};
static const double TAU_M[LAYERS] = {1, 1, 1};
static const double TAU_R[LAYERS][WIDE] = {{1, .1}, {1, .1}, {1, 1}};

typedef struct {
    double w[LAYERS][WIDE][WIDE];
    double u[LAYERS][WIDE], v[LAYERS][WIDE], r[LAYERS][WIDE], rp[LAYERS][WIDE], eb[LAYERS + 1][WIDE];
} net_t;

static void step(net_t *c, double x, double err, double gamma, bool prospective, double e[LAYERS][WIDE])
{
    net_t o = *c;
    for (int l = 0; l < LAYERS; l++) {
        bool out = l == LAYERS - 1;
        for (int i = 0; i < SIZE[l + 1]; i++) {
            double ie = (out ? err : o.eb[l + 1][i]) * o.rp[l][i], in = 0;
            for (int j = 0; j < SIZE[l]; j++) in += o.w[l][i][j] * (l ? o.r[l - 1][j] : x);
            if (prospective) {
                double vdot = (ie - o.v[l][i]) / TAU_R[l][i];
                e[l][i] = o.v[l][i] + TAU_M[l] * vdot;
                c->v[l][i] = o.v[l][i] + DT * vdot;
            } else {
                e[l][i] = c->v[l][i] = ie;
            }
            double udot = (in + (out ? 0 : gamma) * e[l][i] - o.u[l][i]) / TAU_M[l];
            double pu = o.u[l][i] + TAU_R[l][i] * udot;
            c->u[l][i] = o.u[l][i] + DT * udot;
            c->r[l][i] = out ? pu : tanh(pu);
            c->rp[l][i] = out ? 1 : 1 - c->r[l][i] * c->r[l][i];
        }
        for (int j = 0; j < SIZE[l]; j++) {
            c->eb[l][j] = 0;
            for (int i = 0; i < SIZE[l + 1]; i++) c->eb[l][j] += o.w[l][i][j] * e[l][i];
        }
    }
}

int main(int argc, char **argv)
{
    ref_t r = ref_begin(argc, argv);
    net_t teacher = {.w = {{{-.5}, {1}}, {{.5, 0}, {0, 1}}, {{.5, 1}}}}, student = teacher;
    double w0[WIDE], w[WIDE], mse[5] = {0}, e[LAYERS][WIDE], part = 0;
    for (int i = 0; i < WIDE; i++) w0[i] = ref_q12(ref_uniform(&r, -1, 1));
    ref_list(&r, "w0", w0, WIDE);
    long ticks = (long)ref_num(&r, "ticks", 200200), from = (long)ref_num(&r, "from", 8000);
    double lr = ref_num(&r, "lr", 2e-3), gamma = ref_num(&r, "gamma", 1e-3);
    const char *errors = ref_str(&r, "errors", "prospective");
    bool prospective = !strcmp(errors, "prospective");
    if (!prospective && strcmp(errors, "instantaneous")) ref_die("--set errors: prospective or instantaneous");
    ref_args_done(&r);
    for (int i = 0; i < WIDE; i++) student.w[0][i][0] = w0[i];
    if (r.trace) fprintf(r.trace, "tick,mse,w1,w2\n");
    long fifth = ticks / 5, every = ticks / 400 > 0 ? ticks / 400 : 1;
    for (long t = 0; t < ticks && !r.diverged; t++) {
        double at = DT * (double)t, x = sin(.49 * at) + sin(1.07 * at) + sin(1.98 * at);
        double err = teacher.r[LAYERS - 1][0] - student.r[LAYERS - 1][0];
        mse[t / fifth < 5 ? t / fifth : 4] += err * err / (double)fifth;
        part += err * err;
        step(&teacher, x, 0, 0, prospective, e);
        step(&student, x, err, gamma, prospective, e);
        for (int i = 0; i < WIDE && t >= from; i++) {
            student.w[0][i][0] += lr * e[0][i] * x;
            if (!(fabs(student.w[0][i][0]) < 1e3)) r.diverged = true;
        }
        if (r.trace && (t + 1) % every == 0) {
            fprintf(r.trace, "%ld,%.6g,%.6g,%.6g\n", t + 1, part / (double)every, student.w[0][0][0], student.w[0][1][0]);
            part = 0;
        }
    }
    for (int i = 0; i < WIDE; i++) w[i] = student.w[0][i][0];
    ref_json_begin(&r, "gle-lagnet");
    ref_json_num("mse", mse[4]);
    ref_json_arr("mse_fifths", mse, 5);
    ref_json_arr("w", w, WIDE);
    ref_json_arr("w_start", w0, WIDE);
    return ref_end(&r);
}
