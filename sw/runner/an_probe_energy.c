/* SPDX-License-Identifier: Apache-2.0
 * metrics.NAME: {energy: {of: hamiltonian | lagrangian, q: 128, target: z}}: of the Hamiltonian sign flip (rule hsf), from the state as it
 * stands and the last target:
 *   H = q/2 (x_0 - z)^2 + r_w/2 |w|^2 + p.f - |p_w|^2/(2 r),  f = c (tanh(a) - x);  L = q/2 (x_0 - z)^2 + r_w/2 |w|^2 + |p_w|^2/(2 r) */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "an_probe.h"
#include "an_say.h"

enum { ONE, CELL, PROJS };

typedef struct energy {
    const an_sym_projection_t *proj[PROJS];
    const an_sym_vector_t *x, *p;
    const an_runner_t *run;
    an_tap_t target;
    bool hamiltonian;
    double c, q, r_w, r, z, value;
    size_t n;
    double *w[PROJS], *pw[PROJS], *xs, *ps;
} energy_t;

static void shut(void *mine)
{
    energy_t *m = mine;
    for (int i = 0; m && i < PROJS; i++) {
        free(m->w[i]);
        free(m->pw[i]);
    }
    if (m) {
        free(m->xs);
        free(m->ps);
    }
    free(m);
}

static an_err_t start(void **mine, size_t *columns, an_exp_t *exp, const char *path, const an_runner_t *r, an_diag_t *d)
{
    energy_t *m = calloc(1, sizeof *m);
    const char *of = "", *target = "";
    if (!m)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    *mine = m;
    *columns = 1;
    m->run = r;
    an_err_t e = an_probe_str(exp, path, "of", "hamiltonian", &of, d);
    if (!e) e = an_probe_str(exp, path, "target", "z", &target, d);
    if (!e) e = an_probe_num(exp, path, "q", 0, 1e9, 1, &m->q, d);
    if (!e) e = an_exp_get_num(exp, "constants.c", 1e-9, 1e9, 16, &m->c, d);
    if (!e) e = an_exp_get_num(exp, "constants.r_w", 0, 1e9, 1, &m->r_w, d);
    if (!e) e = an_exp_get_num(exp, "constants.r", 1e-9, 1e9, 0.125, &m->r, d);
    if (!e) e = an_tap_find(&m->target, r, path, target, d);
    if (!e) e = an_probe_projection(&m->proj[ONE], r, path, "one>cell", d);
    if (!e) e = an_probe_projection(&m->proj[CELL], r, path, "cell>cell", d);
    if (!e) e = an_probe_vector(&m->x, r, path, "cell.x", d);
    if (!e) e = an_probe_vector(&m->p, r, path, "cell.p", d);
    if (!e && strcmp(of, "hamiltonian") && strcmp(of, "lagrangian"))
        e = an_say(d, AN_ERR_INPUT, "%s.of: \"%s\"; legal: hamiltonian, lagrangian", path, of);
    if (e)
        return e;
    m->hamiltonian = *of == 'h';
    m->n = m->x->n;
    bool there = true;
    for (int i = 0; i < PROJS; i++) {
        const size_t size = (size_t)m->proj[i]->pre * m->proj[i]->post;
        m->w[i] = calloc(size, sizeof(double));
        m->pw[i] = calloc(size, sizeof(double));
        there = there && m->w[i] && m->pw[i];
    }
    m->xs = calloc(m->n, sizeof(double));
    m->ps = calloc(m->n, sizeof(double));
    return there && m->xs && m->ps ? AN_OK : an_say(d, AN_ERR_MEMORY, "no memory");
}

static void ticks(void *mine, uint64_t from, size_t k)
{
    energy_t *m = mine;
    (void)from;
    if (k)
        m->z = an_tap_at(m->run, &m->target, k - 1, 0);
}

static an_err_t look(void *mine, an_driver_t *dr, uint64_t done, an_diag_t *d)
{
    energy_t *m = mine;
    double ww = 0, pp = 0, pf = 0;
    (void)done;
    an_err_t e = an_probe_values(dr, m->x, m->xs, d);
    if (!e) e = an_probe_values(dr, m->p, m->ps, d);
    for (int i = 0; i < PROJS && !e; i++) {
        e = an_probe_weights(dr, m->proj[i], m->w[i], m->pw[i], d);
        for (size_t k = 0; k < (size_t)m->proj[i]->pre * m->proj[i]->post; k++) {
            ww += m->w[i][k] * m->w[i][k];
            pp += m->pw[i][k] * m->pw[i][k];
        }
    }
    for (size_t i = 0; i < m->n && !e; i++) {
        double a = m->w[ONE][i];
        for (size_t j = 0; j < m->n; j++)
            a += m->w[CELL][i * m->n + j] * m->xs[j];
        pf += m->ps[i] * m->c * (tanh(a) - m->xs[i]);
    }
    const double err = m->xs[0] - m->z, cost = m->q / 2 * err * err + m->r_w / 2 * ww;
    m->value = m->hamiltonian ? cost + pf - pp / (2 * m->r) : cost + pp / (2 * m->r);
    return e;
}

static void figures(const void *mine, double *value) { *value = ((const energy_t *)mine)->value; }

const an_probe_t an_probe_energy = {.kind = "energy", .open = start, .ticks = ticks, .look = look, .figures = figures, .close = shut};
