// SPDX-License-Identifier: Apache-2.0
// ref_bpd_exact -- the variant with delay lines (rules 3.2, last point): delta and gradient of one past frame at every layer.
// gradient_error[l-1]: relative error of g[t,l] against backprop of frame t-2L+l, over all ticks from 2L on, weights frozen.
// --set L, period, gain, ticks
#include "ref_bpd.h"

int main(int argc, char **argv)
{
    ref_t r = ref_begin(argc, argv);
    static bpd_net_t n;
    int top = (int)ref_num(&r, "L", 5), deep = 4 * top;
    bpd_init(&r, &n, top, ref_num(&r, "gain", .6), ref_num(&r, "period", 10));
    long ticks = (long)ref_num(&r, "ticks", 2000);
    ref_args_done(&r);
    bpd_export(&r, &n, ticks);
    bpd_vec_t (*x)[BPD_MAXL + 1] = ref_alloc((size_t)deep, sizeof *x); // x[t % deep][l]
    bpd_vec_t d[BPD_MAXL + 1] = {{0}};
    bpd_mat_t (*bp)[BPD_MAXL + 1] = ref_alloc((size_t)deep, sizeof *bp);
    double sum[BPD_MAXL + 1][2] = {{0}}, error[BPD_MAXL];
    for (long t = 0; t < ticks; t++) {
        bpd_vec_t *now = x[t % deep], dn[BPD_MAXL + 1];
        bpd_input(&n, t, now[0]);
        for (int l = 0; l < top && t > 0; l++) bpd_forward(n.w[l], x[(t - 1) % deep][l], now[l + 1]);
        bpd_backprop(&n, now[0], bp[t % deep]);
        for (int i = 0; i < BPD_W; i++) dn[top][i] = (1 - now[top][i] * now[top][i]) * (n.target[i] - now[top][i]);
        for (int l = top - 1; l >= 1; l--) bpd_backward(n.w[l], d[l + 1], x[(t + deep - 2 * (top - l)) % deep][l], dn[l]);
        memcpy(d + 1, dn + 1, sizeof d[0] * (size_t)top);
        for (int l = 1; l <= top && t >= 2 * top; l++) {
            bpd_mat_t g;
            const double *pre = x[(t - 2 * (top - l) - 1) % deep][l - 1];
            for (int i = 0; i < BPD_W; i++)
                for (int j = 0; j < BPD_W; j++) g[i][j] = d[l][i] * pre[j];
            bpd_distance(g, bp[(t - 2 * top + l) % deep][l], sum[l]);
        }
    }
    for (int l = 1; l <= top; l++) error[l - 1] = sqrt(sum[l][0] / sum[l][1]);
    ref_json_begin(&r, "bpd-exact");
    ref_json_arr("gradient_error", error, top);
    free(x);
    free(bp);
    return ref_end(&r);
}
