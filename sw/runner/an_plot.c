/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>
#include "an_plot.h"

#define W AN_PLOT_WIDTH
#define H AN_PLOT_HEIGHT
#define LEFT 76.0
#define RIGHT 36.0
#define TOP 64.0
#define BOTTOM 58.0

/* One axis: values v0..v1 stand at p0..p1. */
typedef struct axis { double v0, v1, p0, p1, step; bool log; } axis_t;

static const char *const colour[AN_PLOT_SERIES] = {"#1f5fa8", "#d1662a", "#3a8f4f", "#8a4ba0", "#777777", "#b8912a", "#2f8f9d", "#b03a5b"};

static double place(const axis_t *a, double v)
{
    double t = a->log ? (log10(v) - a->v0) / (a->v1 - a->v0) : (v - a->v0) / (a->v1 - a->v0);
    return a->p0 + t * (a->p1 - a->p0);
}

static bool shown(const axis_t *a, double v) { return isfinite(v) && (!a->log || v > 0); }

static void text(FILE *f, const char *s)
{
    for (; *s; s++) {
        switch (*s) {
        case '<': fputs("&lt;", f); break;
        case '>': fputs("&gt;", f); break;
        case '&': fputs("&amp;", f); break;
        default: fputc(*s, f);
        }
    }
}

static void label(FILE *f, double x, double y, const char *anchor, double size, const char *fill, const char *s)
{
    fprintf(f, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%g\" fill=\"%s\">", x, y, anchor, size, fill);
    text(f, s);
    fputs("</text>\n", f);
}

/* The smallest of 1, 2, 5 x 10^k that gives at most n steps. */
static double round_step(double span, double n)
{
    double raw = span / n, ten = pow(10, floor(log10(raw)));
    return raw <= ten ? ten : raw <= 2 * ten ? 2 * ten : raw <= 5 * ten ? 5 * ten : 10 * ten;
}

static void fit(const an_plot_t *p, bool y_axis, axis_t *a)
{
    double lo = INFINITY, hi = -INFINITY;
    for (size_t s = 0; s < p->n_series; s++)
        for (size_t i = 0; i < p->series[s].n; i++) {
            double v = y_axis ? p->series[s].y[i] : p->series[s].x[i];
            if (!shown(a, v))
                continue;
            lo = fmin(lo, v);
            hi = fmax(hi, v);
        }
    if (!(lo <= hi)) {
        lo = a->log ? 1 : 0;
        hi = a->log ? 10 : 1;
    }
    if (a->log) {
        a->v0 = floor(log10(lo));
        a->v1 = y_axis ? fmax(ceil(log10(hi)), a->v0 + 1) : fmax(log10(hi) + 0.02, a->v0 + 1);
        a->step = ceil((a->v1 - a->v0) / 8);
        return;
    }
    if (y_axis && p->y0 < p->y1) {
        lo = p->y0;
        hi = p->y1;
    } else if (lo > 0) {
        lo = 0;
    }
    if (hi <= lo)
        hi = lo + 1;
    a->step = round_step(hi - lo, y_axis ? 6 : 8);
    a->v0 = floor(lo / a->step + 1e-9) * a->step;
    a->v1 = ceil(hi / a->step - 1e-9) * a->step;
}

static void tick_text(char *s, size_t size, const axis_t *a, double v, bool percent)
{
    if (a->log && v >= 0 && v <= 6)
        snprintf(s, size, "%s", (const char *const[]){"1", "10", "100", "1 000", "10 000", "100 000", "1 000 000"}[(int)v]);
    else if (a->log)
        snprintf(s, size, "1e%.0f", v);
    else if (percent)
        snprintf(s, size, "%.4g %%", 100 * v);
    else if (fabs(v) >= 1000 && fmod(v, 1000) == 0)
        snprintf(s, size, "%.4g 000", v / 1000);
    else
        snprintf(s, size, "%.4g", fabs(v) < a->step * 1e-6 ? 0 : v);
}

static void axes(FILE *f, const an_plot_t *p, const axis_t *x, const axis_t *y)
{
    char s[32];
    for (int k = 0; y->v0 + k * y->step <= y->v1 + y->step * 1e-6; k++) {
        double v = y->v0 + k * y->step, at = place(y, y->log ? pow(10, v) : v);
        fprintf(f, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#e2e2e2\"/>\n", x->p0, at, x->p1, at);
        tick_text(s, sizeof s, y, v, p->percent);
        label(f, x->p0 - 8, at + 4, "end", 12, "#333", s);
    }
    for (int k = 0; x->v0 + k * x->step <= x->v1 + x->step * 1e-6; k++) {
        double v = x->v0 + k * x->step, at = place(x, x->log ? pow(10, v) : v);
        fprintf(f, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#333\"/>\n", at, y->p0, at, y->p0 + 5);
        tick_text(s, sizeof s, x, v, false);
        label(f, at, y->p0 + 20, "middle", 12, "#333", s);
    }
    fprintf(f, "<path d=\"M%.1f %.1fV%.1fH%.1f\" fill=\"none\" stroke=\"#333\"/>\n", x->p0, y->p1, y->p0, x->p1);
    label(f, (x->p0 + x->p1) / 2, y->p0 + 44, "middle", 13, "#111", p->xlabel);
    fprintf(f, "<g transform=\"rotate(-90 20 %.1f)\">", (y->p0 + y->p1) / 2);
    label(f, 20, (y->p0 + y->p1) / 2, "middle", 13, "#111", p->ylabel);
    fputs("</g>\n", f);
}

static void band(FILE *f, const an_plot_t *p, const axis_t *x, const axis_t *y)
{
    if (!(p->band0 < p->band1))
        return;
    double lo = x->log ? pow(10, x->v0) : x->v0, hi = x->log ? pow(10, x->v1) : x->v1;
    double a = place(x, fmax(p->band0, lo)), b = place(x, fmin(fmax(p->band1, lo), hi));
    fprintf(f, "<rect x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\" fill=\"#f3c14b\" fill-opacity=\"0.55\"/>\n", a, y->p1, fmax(b - a, 5.0),
            y->p0 - y->p1);
}

/* Marks within the band of the plot stand out. */
static void series(FILE *f, const an_plot_t *p, const an_series_t *s, const axis_t *x, const axis_t *y, const char *ink)
{
    bool open = false;
    fputs("<path d=\"", f);
    for (size_t i = 0; i < s->n; i++) {
        bool here = shown(x, s->x[i]) && shown(y, s->y[i]);
        if (here)
            fprintf(f, "%c%.2f %.2f", open ? 'L' : 'M', place(x, s->x[i]), place(y, s->y[i]));
        open = here;
    }
    fprintf(f, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-linejoin=\"round\"%s/>\n", ink, s->dashed ? " stroke-dasharray=\"6 4\"" : "");
    for (size_t i = 0; i < s->n && s->marks; i++)
        if (shown(x, s->x[i]) && shown(y, s->y[i])) {
            bool in = p->band0 < p->band1 && s->x[i] >= p->band0 && s->x[i] <= p->band1;
            fprintf(f, "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%d\" fill=\"%s\" stroke=\"%s\"/>\n", place(x, s->x[i]), place(y, s->y[i]), in ? 5 : 3,
                    in ? "#f3c14b" : ink, ink);
        }
}

/* How much of the lines a box would hide. */
static size_t hides(const an_plot_t *p, const axis_t *x, const axis_t *y, double left, double top, double w, double h)
{
    enum { STEPS = 16 };
    size_t n = 0;
    for (size_t s = 0; s < p->n_series; s++)
        for (size_t i = 1; i < p->series[s].n; i++) {
            const double *px = p->series[s].x + i, *py = p->series[s].y + i;
            if (!shown(x, px[-1]) || !shown(y, py[-1]) || !shown(x, px[0]) || !shown(y, py[0]))
                continue;
            const double x0 = place(x, px[-1]), y0 = place(y, py[-1]), dx = place(x, px[0]) - x0, dy = place(y, py[0]) - y0;
            for (int k = 0; k <= STEPS; k++) {
                const double at_x = x0 + dx * k / STEPS, at_y = y0 + dy * k / STEPS;
                n += at_x > left && at_x < left + w && at_y > top && at_y < top + h;
            }
        }
    return n;
}

/* In the corner where it hides least. */
static void legend(FILE *f, const an_plot_t *p, const axis_t *x, const axis_t *y)
{
    size_t longest = p->band0 < p->band1 && p->band ? strlen(p->band) : 0, rows = longest > 0;
    for (size_t s = 0; s < p->n_series; s++, rows++)
        longest = strlen(p->series[s].label) > longest ? strlen(p->series[s].label) : longest;
    double w = 44 + 6.7 * (double)longest, h = 10 + 19 * (double)rows, left = x->p1 - w - 8, top = y->p1 + 8;
    size_t least = hides(p, x, y, left, top, w, h);
    for (int corner = 1; corner < 4; corner++) {
        const double l = corner & 1 ? x->p0 + 8 : x->p1 - w - 8, t = corner & 2 ? y->p0 - h - 8 : y->p1 + 8;
        const size_t n = hides(p, x, y, l, t, w, h);
        if (n >= least)
            continue;
        least = n;
        left = l;
        top = t;
    }
    double at = top + 18;
    fprintf(f, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#fff\" fill-opacity=\"0.9\" stroke=\"#ccc\"/>\n", left, top, w, h);
    for (size_t s = 0; s < p->n_series; s++, at += 19) {
        fprintf(f, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"2\"%s/>\n", left + 8, at - 4, left + 30, at - 4,
                colour[s % AN_PLOT_SERIES], p->series[s].dashed ? " stroke-dasharray=\"6 4\"" : "");
        label(f, left + 37, at, "start", 12, "#111", p->series[s].label);
    }
    if (p->band0 < p->band1 && p->band) {
        fprintf(f, "<rect x=\"%.1f\" y=\"%.1f\" width=\"22\" height=\"11\" fill=\"#f3c14b\" fill-opacity=\"0.55\"/>\n", left + 8, at - 10);
        label(f, left + 37, at, "start", 12, "#111", p->band);
    }
}

void an_plot_write(const an_plot_t *p, FILE *f)
{
    axis_t x = {0, 1, LEFT, W - RIGHT, 1, p->log_x}, y = {0, 1, H - BOTTOM, TOP, 1, p->log_y};
    fit(p, false, &x);
    fit(p, true, &y);
    fprintf(f, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%g\" height=\"%g\" viewBox=\"0 0 %g %g\" font-family=\"Helvetica, Arial, sans-serif\">\n", W, H, W,
            H);
    fprintf(f, "<rect width=\"%g\" height=\"%g\" fill=\"#fff\"/>\n", W, H);
    label(f, LEFT, 26, "start", 17, "#111", p->title);
    if (p->subtitle)
        label(f, LEFT, 47, "start", 12, "#555", p->subtitle);
    band(f, p, &x, &y);
    axes(f, p, &x, &y);
    for (size_t s = 0; s < p->n_series; s++)
        series(f, p, &p->series[s], &x, &y, colour[s % AN_PLOT_SERIES]);
    legend(f, p, &x, &y);
    fputs("</svg>\n", f);
}
