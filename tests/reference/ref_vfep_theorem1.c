// SPDX-License-Identifier: Apache-2.0
// ref_vfep_theorem1 -- VF-EP on an untied 4-5-3-2 tanh net (rules 4.1): the theorem's vector nu = dC/ds ((dmu/ds)^T)^-1 dmu/dtheta, the
// gradient -dJ/dtheta, and the two-phase estimate (1/beta)(s^b - s^0) rho(s^0)^T. Blocks in the order W01 W10 W12 W21 W23.
// --set beta, eps, T1, T2 (steps of the phases), gain; --export writes W01.. (row = postsynaptic), x, y, nu01.., est01..
#include "ref.h"
#include "ref_npy.h"

enum { OUT = 2, H1 = 3, H2 = 5, IN = 4, S = OUT + H1 + H2, BLOCKS = 5, MAXW = 25 };

// Dynamic units: 0..1 output s0, 2..4 s1, 5..9 s2; the input stands behind them.
typedef struct {
    const char *name;
    int post, posts, pre, pres;
    double w[MAXW];
} block_t;

static block_t net[BLOCKS] = {{"01", 0, OUT, OUT, H1, {0}}, {"10", OUT, H1, 0, OUT, {0}}, {"12", OUT, H1, OUT + H1, H2, {0}},
                              {"21", OUT + H1, H2, OUT, H1, {0}}, {"23", OUT + H1, H2, S, IN, {0}}};
static double x[IN], y[OUT];

// The input enters as it is; states through tanh.
static double rho(const double *s, int j) { return j < S ? tanh(s[j]) : x[j - S]; }

static void field(const double *s, double beta, double *mu)
{
    for (int i = 0; i < S; i++) mu[i] = -s[i] + (i < OUT ? beta * (y[i] - s[i]) : 0);
    for (int b = 0; b < BLOCKS; b++)
        for (int i = 0; i < net[b].posts; i++)
            for (int j = 0; j < net[b].pres; j++) mu[net[b].post + i] += net[b].w[i * net[b].pres + j] * rho(s, net[b].pre + j);
}

static void relax(double *s, double beta, double eps, int steps)
{
    double mu[S];
    for (int t = 0; t < steps; t++) {
        field(s, beta, mu);
        for (int i = 0; i < S; i++) s[i] += eps * mu[i];
    }
}

// Solve a v = b (destroys a), Gauss with row pivots.
static void solve(double a[S][S], const double *b, double *v)
{
    memcpy(v, b, S * sizeof *v);
    for (int k = 0; k < S; k++) {
        int p = k;
        for (int i = k + 1; i < S; i++) if (fabs(a[i][k]) > fabs(a[p][k])) p = i;
        for (int j = 0; j < S; j++) { double t = a[k][j]; a[k][j] = a[p][j]; a[p][j] = t; }
        double t = v[k];
        v[k] = v[p], v[p] = t;
        for (int i = 0; i < S; i++) {
            if (i == k) continue;
            double f = a[i][k] / a[k][k];
            for (int j = k; j < S; j++) a[i][j] -= f * a[k][j];
            v[i] -= f * v[k];
        }
    }
    for (int k = 0; k < S; k++) v[k] /= a[k][k];
}

static double cost(void)
{
    double s[S] = {0}, c = 0;
    relax(s, 0, .2, 4000);
    for (int i = 0; i < OUT; i++) c += .5 * (y[i] - s[i]) * (y[i] - s[i]);
    return c;
}

static double cosine(const double *a, const double *b, int n)
{
    double ab = 0, aa = 0, bb = 0;
    for (int i = 0; i < n; i++) ab += a[i] * b[i], aa += a[i] * a[i], bb += b[i] * b[i];
    return ab / sqrt(aa * bb);
}

int main(int argc, char **argv)
{
    ref_t r = ref_begin(argc, argv);
    double beta = ref_num(&r, "beta", .25), eps = ref_num(&r, "eps", .5), gain = ref_num(&r, "gain", 1);
    int T1 = (int)ref_num(&r, "T1", 400), T2 = (int)ref_num(&r, "T2", 400);
    ref_args_done(&r);
    for (int b = 0; b < BLOCKS; b++) {
        double g = gain * sqrt(6. / (net[b].posts + net[b].pres));
        for (int k = 0; k < net[b].posts * net[b].pres; k++) net[b].w[k] = ref_q12(ref_uniform(&r, -g, g));
    }
    for (int i = 0; i < IN; i++) x[i] = ref_q12(ref_uniform(&r, -1, 1));
    for (int i = 0; i < OUT; i++) y[i] = ref_q12(ref_uniform(&r, -1, 1));

    double s0[S] = {0}, sb[S], free_s[S] = {0}, jac[S][S] = {{0}}, jac_t[S][S], dc[S] = {0}, up[S], down[S], mu[S], rest = 0;
    relax(s0, 0, .2, 4000); // the fixed point, for the theorem
    field(s0, 0, mu);
    for (int i = 0; i < S; i++) rest = fmax(rest, fabs(mu[i]));
    relax(free_s, 0, eps, T1); // the two phases as a chip runs them
    memcpy(sb, free_s, sizeof sb);
    relax(sb, beta, eps, T2);
    for (int i = 0; i < S; i++) jac[i][i] = -1;
    for (int b = 0; b < BLOCKS; b++)
        for (int i = 0; i < net[b].posts; i++)
            for (int j = 0; j < net[b].pres && net[b].pre < S; j++) {
                double th = tanh(s0[net[b].pre + j]);
                jac[net[b].post + i][net[b].pre + j] += net[b].w[i * net[b].pres + j] * (1 - th * th);
            }
    for (int i = 0; i < OUT; i++) dc[i] = s0[i] - y[i];
    for (int i = 0; i < S; i++)
        for (int j = 0; j < S; j++) jac_t[i][j] = jac[j][i];
    solve(jac, dc, up);     // d s^b / d beta = (dmu/ds)^-1 (dC/ds)^T
    solve(jac_t, dc, down); // -dJ/dtheta = down . dmu/dtheta
    double cos_nu[BLOCKS], cos_grad[BLOCKS], nu_grad[BLOCKS], worst_fd = 0, far = 0, size = 0;
    char name[8];
    for (int b = 0; b < BLOCKS; b++) {
        block_t *k = &net[b];
        int n = k->posts * k->pres;
        double nu[MAXW], grad[MAXW], est[MAXW];
        for (int i = 0; i < k->posts; i++)
            for (int j = 0; j < k->pres; j++) {
                int at = i * k->pres + j;
                nu[at] = up[k->post + i] * rho(s0, k->pre + j);
                grad[at] = down[k->post + i] * rho(s0, k->pre + j);
                est[at] = (sb[k->post + i] - free_s[k->post + i]) / beta * rho(free_s, k->pre + j);
                double w = k->w[at], h = 1e-5;
                k->w[at] = w + h;
                double fd = cost();
                k->w[at] = w - h;
                fd = -(fd - cost()) / (2 * h);
                k->w[at] = w;
                worst_fd = fmax(worst_fd, fabs(fd - grad[at]));
                far += (est[at] - nu[at]) * (est[at] - nu[at]);
                size += nu[at] * nu[at];
            }
        cos_nu[b] = cosine(est, nu, n);
        cos_grad[b] = cosine(est, grad, n);
        nu_grad[b] = cosine(nu, grad, n);
        if (r.export_to) {
            const char *const kind[3] = {"W", "nu", "est"};
            const double *const data[3] = {k->w, nu, est};
            for (int q = 0; q < 3; q++) {
                snprintf(name, sizeof name, "%s%s", kind[q], k->name);
                ref_npy_write(r.export_to, name, data[q], k->posts, k->pres);
            }
        }
    }
    if (r.export_to) ref_npy_write(r.export_to, "x", x, IN, 0), ref_npy_write(r.export_to, "y", y, OUT, 0);
    ref_json_begin(&r, "vfep-theorem1");
    ref_json_arr("cosine", cos_nu, BLOCKS);
    ref_json_arr("cosine_to_gradient", cos_grad, BLOCKS);
    ref_json_arr("cosine_of_theorem_to_gradient", nu_grad, BLOCKS);
    ref_json_num("gradient_error", sqrt(far / size));
    ref_json_num("finite_difference_error", worst_fd);
    ref_json_num("max_abs_mu", rest);
    return ref_end(&r);
}
