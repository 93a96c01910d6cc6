// SPDX-License-Identifier: Apache-2.0
// ref_bpd_diffusion -- continuous backprop diffusion at speed c (rules 3.4), flipped costate, 2-4-1 tanh net with bias units that
// follows a static net of the same shape while its inputs move; c=inf: static backprop with the same rate.
// --set c, dt, T, gamma, learn=on|off, as-printed=on|off (the printed sign: the costate grows), limit (saturation of a state), speed (of the inputs),
// teacher, student (17 numbers: w1 by rows, then w2 with its bias)
#include "ref.h"

enum { IN = 3, HID = 4, LAYER2 = HID + 1 };

typedef struct {
    double w1[HID][IN], w2[LAYER2];
} weights_t;

typedef struct {
    double x1[LAYER2], x2, d1[HID], d2; // x1[HID] = 1
} state_t;

// Fixed point of activities and deltas: backprop. y is the target.
static void settle(const weights_t *w, const double *u, double y, state_t *s)
{
    double a2 = 0;
    s->x1[HID] = 1;
    for (int i = 0; i < HID; i++) {
        double a = 0;
        for (int j = 0; j < IN; j++) a += w->w1[i][j] * u[j];
        s->x1[i] = tanh(a);
    }
    for (int i = 0; i < LAYER2; i++) a2 += w->w2[i] * s->x1[i];
    s->x2 = tanh(a2);
    s->d2 = y - s->x2;
    for (int i = 0; i < HID; i++) s->d1[i] = (1 - s->x2 * s->x2) * w->w2[i] * s->d2;
}

// g = s1(a) delta x, the weight rule's product, from the states as they are.
static void product(const weights_t *w, const double *u, const state_t *s, weights_t *g)
{
    double a2 = 0;
    for (int i = 0; i < HID; i++) {
        double a = 0;
        for (int j = 0; j < IN; j++) a += w->w1[i][j] * u[j];
        double y = tanh(a);
        for (int j = 0; j < IN; j++) g->w1[i][j] = (1 - y * y) * s->d1[i] * u[j];
    }
    for (int i = 0; i < LAYER2; i++) a2 += w->w2[i] * s->x1[i];
    for (int i = 0; i < LAYER2; i++) g->w2[i] = (1 - tanh(a2) * tanh(a2)) * s->d2 * s->x1[i];
}

static state_t diffuse(const weights_t *w, const double *u, double y, const state_t *s, double cdt, double sign)
{
    state_t n = *s;
    double a2 = 0;
    for (int i = 0; i < LAYER2; i++) a2 += w->w2[i] * s->x1[i];
    double y2 = tanh(a2), s2 = 1 - y2 * y2;
    for (int i = 0; i < HID; i++) {
        double a = 0;
        for (int j = 0; j < IN; j++) a += w->w1[i][j] * u[j];
        n.x1[i] += cdt * (tanh(a) - s->x1[i]);
        n.d1[i] += sign * cdt * (-s->d1[i] + s2 * w->w2[i] * s->d2);
    }
    n.x2 += cdt * (y2 - s->x2);
    n.d2 += sign * cdt * (-s->d2 + y - s->x2);
    return n;
}

static void gain(double *w, const double *g, int n, double rate)
{
    for (int i = 0; i < n; i++) w[i] += rate * g[i];
}

int main(int argc, char **argv)
{
    ref_t r = ref_begin(argc, argv);
    weights_t teacher, w;
    double c = ref_num(&r, "c", 20), dt = ref_num(&r, "dt", 0x1p-11), end = ref_num(&r, "T", 200), gamma = ref_num(&r, "gamma", 1);
    double limit = ref_num(&r, "limit", 128), speed = ref_num(&r, "speed", 1);
    bool printed = ref_on(&r, "as-printed", false), learn = ref_on(&r, "learn", true);
    double *const all[2] = {&teacher.w1[0][0], &w.w1[0][0]}, scale[2] = {1.5, .75};
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < HID * IN + LAYER2; i++) {
            double v = ref_q12(ref_uniform(&r, -scale[k], scale[k]));
            if (i < HID * IN) all[k][i] = v;
            else (k ? &w : &teacher)->w2[i - HID * IN] = v;
        }
    double start[HID * IN + LAYER2];
    for (int k = 0; k < 2; k++)
        if (ref_list(&r, k ? "student" : "teacher", start, HID * IN + LAYER2)) {
            memcpy(all[k], start, HID * IN * sizeof *start);
            memcpy((k ? &w : &teacher)->w2, start + HID * IN, LAYER2 * sizeof *start);
        }
    ref_args_done(&r);
    state_t s = {.x1[HID] = 1};
    double mse = 0, gb = 0, gg = 0, bb = 0, part = 0, from = NAN, from_at = 0, rate = NAN, rate_at = NAN, hit = NAN;
    long ticks = (long)(end / dt + .5), every = ticks / 400 > 0 ? ticks / 400 : 1;
    if (r.trace) fprintf(r.trace, "t,mse,delta_out,delta_1\n");
    for (long t = 0; t < ticks; t++) {
        double at = dt * (double)t, u[IN] = {sin(.49 * speed * at), sin(1.07 * speed * at), 1};
        state_t want, bp;
        weights_t g, b;
        settle(&teacher, u, 0, &want);
        settle(&w, u, want.x2, &bp);
        if (isinf(c)) s = bp;
        double err = s.x2 - want.x2;
        product(&w, u, &s, &g);
        product(&w, u, &bp, &b);
        for (int i = 0; i < HID; i++)
            for (int j = 0; j < IN; j++)
                gb += g.w1[i][j] * b.w1[i][j], gg += g.w1[i][j] * g.w1[i][j], bb += b.w1[i][j] * b.w1[i][j];
        for (int i = 0; i < LAYER2; i++) gb += g.w2[i] * b.w2[i], gg += g.w2[i] * g.w2[i], bb += b.w2[i] * b.w2[i];
        if (t >= ticks - ticks / 5) mse += err * err / (double)(ticks / 5);
        part += err * err / (double)every;
        if (!isinf(c)) s = diffuse(&w, u, want.x2, &s, c * dt, printed ? -1 : 1);
        if (learn) {
            gain(&w.w1[0][0], &g.w1[0][0], HID * IN, dt / gamma);
            gain(w.w2, g.w2, LAYER2, dt / gamma);
        }
        double out = fabs(s.d2), top = out;
        for (int i = 0; i < HID; i++) top = fmax(top, fabs(s.d1[i]));
        if (isnan(from) && out >= 16) from = out, from_at = at;
        if (isnan(hit) && !(top < limit)) hit = (double)t, r.diverged = true;
        if (isnan(rate) && !(out < limit)) rate = log(out / from) / (at - from_at), rate_at = (double)t;
        if (r.trace && ((t + 1) % every == 0 || (printed && t % (every / 64 + 1) == 0))) {
            fprintf(r.trace, "%.6g,%.6g,%.6g,%.6g\n", at, part, s.d2, s.d1[0]);
            part = 0;
        }
        if (!isnan(rate)) break;
    }
    ref_json_begin(&r, "bpd-diffusion");
    ref_json_num("mse", r.diverged ? NAN : mse);
    ref_json_num("cosine", gb / sqrt(gg * bb));
    ref_json_num("gradient_error", sqrt((gg - 2 * gb + bb) / bb));
    if (r.diverged) {
        ref_json_num("growth_rate", rate);
        ref_json_num("output_saturated_at", rate_at);
        ref_json_num("diverged_at", hit);
    }
    return ref_end(&r);
}
