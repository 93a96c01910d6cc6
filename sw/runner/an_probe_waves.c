/* SPDX-License-Identifier: Apache-2.0
 * metrics.NAME: {waves: {of: chip | double | now, exact: 0 | 1, window: 800}}: how far the gradient g[t,l] = d[t,l] x[t-D,l-1]^T of backprop
 * diffusion (rule bpd, weights frozen) is from backprop of one past frame, layer by layer: sqrt(sum |g - g_bp|^2 / sum |g_bp|^2) over the last
 * `window` ticks. Waves: D = 0 and the frame t-lag that fits best, lag 0..4L-1; exact: D = 2(L-l)+1 and the frame t-2L+l.
 * chip: what streams out; double: the same equations here; now: the chip's at this tick alone, waves against the present frame. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "an_probe.h"
#include "an_say.h"

enum { MAXL = 16, MAXW = 32, KEEP = 4 * MAXL };
typedef struct frame { double x[MAXL + 1][MAXW], d[MAXL + 1][MAXW], bx[MAXL + 1][MAXW], bd[MAXL + 1][MAXW]; } frame_t; /* b: backprop */

typedef struct waves {
    const an_runner_t *run;
    const an_sym_projection_t *proj[MAXL + 1]; /* 1..L: into layer l */
    an_tap_t u, y, x[MAXL + 1], d[MAXL + 1];
    size_t n[MAXL + 1], L;
    double *w[MAXL + 1];
    bool simulated, now, exact;
    uint64_t window, ticks;
    frame_t past[KEEP];
    double sum[KEEP][MAXL + 1][2], last[MAXL + 1];
} waves_t;

static void shut(void *mine)
{
    waves_t *m = mine;
    for (size_t l = 0; m && l <= MAXL; l++)
        free(m->w[l]);
    free(m);
}

/* Weights as the image has them: they do not change. */
static an_err_t weights(waves_t *m, size_t l, an_diag_t *d)
{
    const an_sym_projection_t *p = m->proj[l];
    const uint32_t lanes = m->run->img->cfg.lanes;
    m->w[l] = calloc((size_t)p->pre * p->post, sizeof(double));
    if (!m->w[l])
        return an_say(d, AN_ERR_MEMORY, "no memory");
    for (uint32_t i = 0; i < p->post; i++)
        for (uint32_t j = 0; j < p->pre; j++) {
            const uint32_t row = p->pre_on_rows ? j : i, col = p->pre_on_rows ? i : j;
            const an_sym_part_t *t = an_image_part(p, row, col);
            const uint32_t block = t->wbase + (row - t->row) * t->stride + (col - t->first) / lanes;
            m->w[l][i * p->pre + j] = ldexp(m->run->img->core[t->core].syn[(size_t)block * lanes + col % lanes], -(int)p->w_frac);
        }
    return AN_OK;
}

static an_err_t layer(waves_t *m, size_t l, const char *path, an_diag_t *d)
{
    const an_image_t *img = m->run->img;
    char name[48], prefix[32] = "";
    m->proj[l] = &img->projection[l - 1];
    if (l < m->L)
        snprintf(prefix, sizeof prefix, "hidden%u.", (unsigned)l & 31);
    snprintf(name, sizeof name, "%sx", prefix);
    an_err_t e = an_tap_find(&m->x[l], m->run, path, name, d);
    snprintf(name, sizeof name, "%sd", prefix);
    if (!e) e = an_tap_find(&m->d[l], m->run, path, name, d);
    if (e)
        return e;
    m->n[l - 1] = m->proj[l]->pre;
    m->n[l] = m->proj[l]->post;
    if (m->n[l] > MAXW || m->n[l - 1] > MAXW || m->proj[l]->pair)
        return an_say(d, AN_ERR_INPUT, "%s: legal: layers of up to %d neurons, no pairs", path, MAXW);
    return weights(m, l, d);
}

static an_err_t start(void **mine, size_t *columns, an_exp_t *exp, const char *path, const an_runner_t *r, an_diag_t *d)
{
    waves_t *m = calloc(1, sizeof *m);
    const char *of = "";
    double exact = 0, window = 800;
    if (!m)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    *mine = m;
    m->run = r;
    m->L = *columns = r->img->n_projection;
    an_err_t e = an_probe_str(exp, path, "of", "chip", &of, d);
    if (!e) e = an_probe_num(exp, path, "exact", 0, 1, 0, &exact, d);
    if (!e) e = an_probe_num(exp, path, "window", 1, 1e9, 800, &window, d);
    if (!e && strcmp(of, "chip") && strcmp(of, "double") && strcmp(of, "now"))
        e = an_say(d, AN_ERR_INPUT, "%s.of: \"%s\"; legal: chip, double, now", path, of);
    if (!e && (m->L < 3 || m->L >= MAXL))
        e = an_say(d, AN_ERR_INPUT, "%s: a chain of %zu projections; legal: 3 to %d", path, m->L, MAXL - 1);
    m->simulated = *of == 'd';
    m->now = *of == 'n';
    m->exact = exact > 0;
    m->window = (uint64_t)window;
    if (!e) e = an_tap_find(&m->u, r, path, "u", d);
    if (!e) e = an_tap_find(&m->y, r, path, "y", d);
    for (size_t l = 1; l <= m->L && !e; l++)
        e = layer(m, l, path, d);
    return e;
}

static void up(const waves_t *m, size_t l, const double *below, double *x)
{
    for (size_t i = 0; i < m->n[l]; i++) {
        double a = 0;
        for (size_t j = 0; j < m->n[l - 1]; j++)
            a += m->w[l][i * m->n[l - 1] + j] * below[j];
        x[i] = tanh(a);
    }
}

/* d of layer l: slope .* (W' above), or (at the top) slope .* (y - x) with above = y */
static void down(const waves_t *m, size_t l, const double *above, const double *x, double *d)
{
    for (size_t i = 0; i < m->n[l]; i++) {
        double a = l == m->L ? above[i] - x[i] : 0;
        for (size_t k = 0; l < m->L && k < m->n[l + 1]; k++)
            a += m->w[l + 1][k * m->n[l] + i] * above[k];
        d[i] = (1 - x[i] * x[i]) * a;
    }
}

static double dot(const double *a, const double *b, size_t n)
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += a[i] * b[i];
    return s;
}

static const frame_t *at(const waves_t *m, uint64_t back) { return &m->past[(m->ticks + KEEP - back % KEEP) % KEEP]; }

/* Of rank one matrices: |d x' - bd bx'|^2 and |bd bx'|^2. */
static void distance(const waves_t *m, size_t l, size_t delay, size_t lag, double *s)
{
    const double *d = at(m, 0)->d[l], *x = at(m, delay)->x[l - 1], *bd = at(m, lag)->bd[l], *bx = at(m, lag)->bx[l - 1];
    const size_t n = m->n[l], k = m->n[l - 1];
    const double size = dot(bd, bd, n) * dot(bx, bx, k);
    s[0] += fmax(dot(d, d, n) * dot(x, x, k) - 2 * dot(d, bd, n) * dot(x, bx, k) + size, 0);
    s[1] += size;
}

static void fill(waves_t *m, size_t turn)
{
    frame_t *f = &m->past[m->ticks % KEEP];
    const frame_t *old = at(m, 1);
    double y[MAXW];
    for (size_t i = 0; i < m->n[0]; i++)
        f->x[0][i] = f->bx[0][i] = an_tap_at(m->run, &m->u, turn, i);
    for (size_t i = 0; i < m->n[m->L]; i++)
        y[i] = an_tap_at(m->run, &m->y, turn, i);
    for (size_t l = 1; l <= m->L; l++) {
        up(m, l, f->bx[l - 1], f->bx[l]);
        if (m->simulated && m->ticks)
            up(m, l, old->x[l - 1], f->x[l]);
        for (size_t i = 0; i < m->n[l] && !m->simulated; i++) {
            f->x[l][i] = an_tap_at(m->run, &m->x[l], turn, i);
            f->d[l][i] = an_tap_at(m->run, &m->d[l], turn, i);
        }
    }
    for (size_t l = m->L; l >= 1; l--) {
        down(m, l, l < m->L ? f->bd[l + 1] : y, f->bx[l], f->bd[l]);
        if (m->simulated && l == m->L)
            down(m, l, y, f->x[l], f->d[l]);
        else if (m->simulated && m->ticks)
            down(m, l, old->d[l + 1], at(m, m->exact ? 2 * (m->L - l) : 1)->x[l], f->d[l]);
    }
}

static void ticks(void *mine, uint64_t from, size_t k)
{
    waves_t *m = mine;
    const uint64_t total = m->run->total;
    (void)from;
    for (size_t t = 0; t < k; t++, m->ticks++) {
        fill(m, t);
        for (size_t l = 1; l <= m->L; l++) {
            const size_t lag = 2 * m->L - l, delay = 2 * (m->L - l) + 1;
            double now[2] = {0, 0};
            distance(m, l, m->exact ? delay : 0, m->exact ? lag : 0, now);
            m->last[l] = sqrt(now[0] / now[1]);
            if (m->ticks + m->window < total || m->ticks < 4 * m->L)
                continue;
            if (m->exact)
                distance(m, l, delay, lag, m->sum[0][l]);
            for (size_t g = 0; g < 4 * m->L && !m->exact; g++)
                distance(m, l, 0, g, m->sum[g][l]);
        }
    }
}

static void figures(const void *mine, double *value)
{
    const waves_t *m = mine;
    for (size_t l = 1; l <= m->L; l++) {
        double best = INFINITY;
        for (size_t g = 0; g < (m->exact ? 1 : 4 * m->L); g++)
            best = fmin(best, m->sum[g][l][1] > 0 ? sqrt(m->sum[g][l][0] / m->sum[g][l][1]) : INFINITY);
        value[l - 1] = m->now ? m->last[l] : best;
    }
}

const an_probe_t an_probe_waves = {.kind = "waves", .open = start, .ticks = ticks, .figures = figures, .close = shut};
