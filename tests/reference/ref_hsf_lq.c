// SPDX-License-Identifier: Apache-2.0
// ref_hsf_lq -- scalar linear-quadratic problems of rules 2.4: cost of the optimum, the time-reversed Riccati equation and the flips.
// --set b, q, r, dt, T, limit; all rows: th=t1,..,t5 (of the flips), flip=on|off; one: a, th, rule=optimal|riccati|flip|canonical
#include "ref.h"

typedef enum { OPTIMAL, RICCATI, FLIP, CANONICAL } rule_t;
typedef struct {
    double b, q, r, dt, end, limit;
} problem_t;

// NAN: diverged, at *stop
static double cost_of(const problem_t *z, rule_t rule, double a, double th, FILE *trace, long *stop)
{
    double sgm = z->b * z->b / z->r, k = (a + sqrt(a * a + z->q * sgm)) / sgm, x = 1, p = 0, ric = 0, cost = 0;
    long ticks = (long)(z->end / z->dt + .5);
    for (long t = 0; t < ticks; t++) {
        if (rule == OPTIMAL) p = k * x;
        if (rule == RICCATI) p = ric * x;
        double v = -z->b * p / z->r, dp = z->q * x + (a - th) * p;
        cost += z->dt * .5 * (z->q * x * x + z->r * v * v);
        if (trace && t % 20 == 0) fprintf(trace, "%.6g,%.6g,%.6g\n", z->dt * (double)t, x, p);
        x += z->dt * (a * x + z->b * v);
        if (rule == RICCATI) ric += z->dt * (-sgm * ric * ric + 2 * a * ric + z->q);
        if (rule >= FLIP) p += (rule == FLIP ? z->dt : -z->dt) * dp;
        if (!(fabs(x) < z->limit && fabs(p) < z->limit)) {
            *stop = t;
            return NAN;
        }
    }
    return cost;
}

int main(int argc, char **argv)
{
    ref_t s = ref_begin(argc, argv);
    problem_t z = {ref_num(&s, "b", 1), ref_num(&s, "q", 4), ref_num(&s, "r", 1), ref_num(&s, "dt", 1e-3), ref_num(&s, "T", 20), ref_num(&s, "limit", 128)};
    static const double A[5] = {-1, -1, -1, .5, .5}, B[4] = {-1, .5, -1, .5};
    double th[5] = {0, 2, 3, 2, 3}, one = ref_num(&s, "a", NAN), flip[5], riccati[4];
    int n = ref_list(&s, "th", th, 5);
    const char *name = ref_str(&s, "rule", NULL);
    bool on = ref_on(&s, "flip", true);
    ref_args_done(&s);
    long stop = 0;
    if (s.trace) fprintf(s.trace, "t,x,p\n");
    if (name || !isnan(one)) {
        static const char *const RULE[] = {"optimal", "riccati", "flip", "canonical"};
        int kind = 0;
        while (kind < 4 && strcmp(name ? name : "flip", RULE[kind])) kind++;
        if (kind == 4) ref_die("--set rule: optimal, riccati, flip or canonical");
        double cost = cost_of(&z, (rule_t)kind, isnan(one) ? -1 : one, n ? th[0] : 0, s.trace, &stop);
        s.diverged = isnan(cost);
        ref_json_begin(&s, "hsf-lq");
        ref_json_num("cost", cost);
    } else {
        for (int i = 0; i < 5; i++) flip[i] = cost_of(&z, on ? FLIP : CANONICAL, A[i], th[i], NULL, &stop), s.diverged |= isnan(flip[i]);
        for (int i = 0; i < 4; i++) riccati[i] = cost_of(&z, i < 2 ? RICCATI : OPTIMAL, B[i], 0, NULL, &stop);
        ref_json_begin(&s, "hsf-lq");
        ref_json_arr("flip", flip, 5);
        ref_json_arr("riccati", riccati, 4);
    }
    if (s.diverged) ref_json_num("diverged_at", (double)stop);
    return ref_end(&s);
}
