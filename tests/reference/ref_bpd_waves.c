// SPDX-License-Identifier: Apache-2.0
// ref_bpd_waves -- discrete waves of backprop diffusion (rules 3.1, 3.2), width 8, tanh, weights frozen.
// gradient_error[l-1]: the relative error of g[t,l] over the last `window` ticks against the backprop gradient of the one past
// frame t-lag that fits best (the same lag for all ticks); at_sync: the layer (L+1)/2. A constant input has lag 0 everywhere.
// --set L, input=constant|slow|fast, period (slow 400, fast 10), gain, ticks, window
#include "ref_bpd.h"

int main(int argc, char **argv)
{
    ref_t r = ref_begin(argc, argv);
    static bpd_net_t n;
    int top = (int)ref_num(&r, "L", 5);
    const char *input = ref_str(&r, "input", "constant");
    if (strcmp(input, "constant") && strcmp(input, "slow") && strcmp(input, "fast")) ref_die("--set input: constant, slow or fast");
    double period = *input == 'c' ? 0 : ref_num(&r, "period", *input == 's' ? 400 : 10);
    bpd_init(&r, &n, top, ref_num(&r, "gain", .6), period);
    long ticks = (long)ref_num(&r, "ticks", 2000), window = (long)ref_num(&r, "window", 800), first = -1;
    ref_args_done(&r);
    bpd_export(&r, &n, ticks);
    int lags = 4 * top;
    if (window < 1 || ticks < window + lags) ref_die("--set window: 1 .. ticks - 4L");
    bpd_vec_t x[BPD_MAXL + 1] = {{0}}, d[BPD_MAXL + 1] = {{0}};
    bpd_mat_t (*past)[BPD_MAXL + 1] = ref_alloc((size_t)lags, sizeof *past); // backprop gradients of the last frames
    double (*sum)[BPD_MAXL + 1][2] = ref_alloc((size_t)lags, sizeof *sum), error[BPD_MAXL], lag[BPD_MAXL], worst_after = 0;
    if (r.trace) fprintf(r.trace, "tick,layer,error_lag0\n");
    for (long t = 0; t < ticks; t++) {
        bpd_vec_t xn[BPD_MAXL + 1], dn[BPD_MAXL + 1];
        bpd_input(&n, t, x[0]); // x[t,0] = u_t; the other layers hold x[t,l], delta[t,l]
        for (int i = 0; i < BPD_W; i++) d[top][i] = (1 - x[top][i] * x[top][i]) * (n.target[i] - x[top][i]);
        bpd_backprop(&n, x[0], past[t % lags]);
        double far = 0;
        for (int l = 1; l <= top; l++) {
            bpd_mat_t g;
            for (int i = 0; i < BPD_W; i++)
                for (int j = 0; j < BPD_W; j++) g[i][j] = d[l][i] * x[l - 1][j];
            double now[2] = {0};
            bpd_distance(g, past[t % lags][l], now);
            far = fmax(far, sqrt(now[0] / now[1]));
            if (r.trace) fprintf(r.trace, "%ld,%d,%.6g\n", t, l, sqrt(now[0] / now[1]));
            for (int k = 0; k < lags && t >= ticks - window; k++) bpd_distance(g, past[(t - k) % lags][l], sum[k][l]);
        }
        if (far > 1e-12) first = -1;
        else if (first < 0) first = t;
        if (t >= 2 * top - 1) worst_after = fmax(worst_after, far);
        for (int l = 0; l < top; l++) bpd_forward(n.w[l], x[l], xn[l + 1]);
        for (int l = top - 1; l >= 1; l--) bpd_backward(n.w[l], d[l + 1], x[l], dn[l]);
        memcpy(x + 1, xn + 1, sizeof x[0] * (size_t)top);
        memcpy(d + 1, dn + 1, sizeof d[0] * (size_t)(top - 1));
    }
    for (int l = 1; l <= top; l++) {
        int best = 0;
        for (int k = 1; k < lags && period > 0; k++)
            if (sum[k][l][0] / sum[k][l][1] < sum[best][l][0] / sum[best][l][1]) best = k;
        error[l - 1] = sqrt(sum[best][l][0] / sum[best][l][1]);
        lag[l - 1] = best;
    }
    ref_json_begin(&r, "bpd-waves");
    ref_json_arr("gradient_error", error, top);
    double mean = 0;
    for (int l = 0; l < top; l++) mean += error[l] / top;
    ref_json_num("gradient_error_mean", mean);
    ref_json_num("at_sync", error[(top + 1) / 2 - 1]);
    ref_json_arr("lag", lag, top);
    if (period == 0) {
        ref_json_num("exact_from_tick", (double)first);
        ref_json_num("worst_from_tick_2L_1", worst_after);
    }
    free(past);
    free(sum);
    return ref_end(&r);
}
