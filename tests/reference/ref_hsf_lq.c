// SPDX-License-Identifier: Apache-2.0
// ref_hsf_lq -- scalar linear-quadratic problem of rules 2.4: cost of the optimum, the time-reversed Riccati equation and the flips.
// --set a, b, q, r, dt, T, th, limit, rule=optimal|riccati|flip|canonical
#include "ref.h"

int main(int argc, char **argv)
{
    ref_t s = ref_begin(argc, argv);
    double a = ref_num(&s, "a", -1), b = ref_num(&s, "b", 1), q = ref_num(&s, "q", 4), r = ref_num(&s, "r", 1);
    double dt = ref_num(&s, "dt", 1e-3), end = ref_num(&s, "T", 20), th = ref_num(&s, "th", 0), limit = ref_num(&s, "limit", 128);
    const char *rule = ref_str(&s, "rule", "flip");
    ref_args_done(&s);
    int kind = 0;
    static const char *const RULE[] = {"optimal", "riccati", "flip", "canonical"};
    while (kind < 4 && strcmp(rule, RULE[kind])) kind++;
    if (kind == 4) ref_die("--set rule: optimal, riccati, flip or canonical");
    double sgm = b * b / r, k = (a + sqrt(a * a + q * sgm)) / sgm, x = 1, p = 0, ric = 0, cost = 0;
    long ticks = (long)(end / dt + .5), stop = 0;
    if (s.trace) fprintf(s.trace, "t,x,p\n");
    for (long t = 0; t < ticks && !s.diverged; t++) {
        if (kind == 0) p = k * x;
        if (kind == 1) p = ric * x;
        double v = -b * p / r, dp = q * x + (a - th) * p;
        cost += dt * .5 * (q * x * x + r * v * v);
        if (s.trace && t % 20 == 0) fprintf(s.trace, "%.6g,%.6g,%.6g\n", dt * (double)t, x, p);
        x += dt * (a * x + b * v);
        if (kind == 1) ric += dt * (-sgm * ric * ric + 2 * a * ric + q);
        if (kind >= 2) p += (kind == 2 ? dt : -dt) * dp;
        if (!(fabs(x) < limit && fabs(p) < limit)) s.diverged = true, stop = t;
    }
    ref_json_begin(&s, "hsf-lq");
    ref_json_num("cost", s.diverged ? NAN : cost);
    if (s.diverged) ref_json_num("diverged_at", (double)stop);
    return ref_end(&s);
}
