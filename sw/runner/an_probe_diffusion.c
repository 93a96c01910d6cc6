/* SPDX-License-Identifier: Apache-2.0
 * metrics.NAME: {diffusion: cosine | error}: the weight rule's product g = s' d x of rule bpd-diffusion, from the states as they stand, against
 * backprop of the present input and weights, summed over the rows of the trace: cosine, and |g - g_bp| / |g_bp|. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "an_probe.h"
#include "an_say.h"

enum { IN = 8, HID = 32 };
enum { HX, HD, OX, OD, VECS };
static const char *const projections[] = {"input>hidden", "hidden>output", "bias>output", "input>teacher", "teacher>output", "tbias>output"};
static const char *const vectors[] = {"hidden.x", "hidden.d", "output.x", "output.d"};

typedef struct diffusion {
    const an_runner_t *run;
    const an_sym_projection_t *proj[6];
    const an_sym_vector_t *vec[VECS];
    an_tap_t u;
    size_t in, hid;
    bool cosine;
    double now[IN], gb, gg, bb;
} diffusion_t;

static an_err_t start(void **mine, size_t *columns, an_exp_t *exp, const char *path, const an_runner_t *r, an_diag_t *d)
{
    diffusion_t *m = calloc(1, sizeof *m);
    const char *what = "";
    if (!m)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    *mine = m;
    *columns = 1;
    m->run = r;
    an_err_t e = an_exp_get_str(exp, path, "", &what, d);
    if (!e && strcmp(what, "cosine") && strcmp(what, "error"))
        e = an_say(d, AN_ERR_INPUT, "%s: \"%s\"; legal: cosine, error", path, what);
    m->cosine = *what == 'c';
    for (int i = 0; i < 6 && !e; i++)
        e = an_probe_projection(&m->proj[i], r, path, projections[i], d);
    for (int i = 0; i < VECS && !e; i++)
        e = an_probe_vector(&m->vec[i], r, path, vectors[i], d);
    if (!e)
        e = an_tap_find(&m->u, r, path, "x", d);
    if (e)
        return e;
    m->in = m->proj[0]->pre;
    m->hid = m->proj[0]->post;
    if (m->in > IN || m->hid > HID || m->proj[3]->post > HID || m->proj[1]->post != 1)
        return an_say(d, AN_ERR_INPUT, "%s: legal: up to %d inputs, %d neurons, one output", path, IN, HID);
    return AN_OK;
}

static void ticks(void *mine, uint64_t from, size_t k)
{
    diffusion_t *m = mine;
    (void)from;
    for (size_t i = 0; k && i < m->in; i++)
        m->now[i] = an_tap_at(m->run, &m->u, k - 1, i);
}

/* activities of a static 1-hidden-layer tanh net */
static double answer(const diffusion_t *m, const double *w1, const double *w2, double b, size_t n, double *hidden)
{
    double a = b;
    for (size_t i = 0; i < n; i++) {
        double s = 0;
        for (size_t j = 0; j < m->in; j++)
            s += w1[i * m->in + j] * m->now[j];
        hidden[i] = tanh(s);
        a += w2[i] * hidden[i];
    }
    return a;
}

static void add(diffusion_t *m, double g, double b)
{
    m->gb += g * b;
    m->gg += g * g;
    m->bb += b * b;
}

static an_err_t look(void *mine, an_driver_t *dr, uint64_t done, an_diag_t *d)
{
    diffusion_t *m = mine;
    double w[6][HID * IN], v[VECS][HID], h[HID], t[HID], a = 0;
    an_err_t e = AN_OK;
    (void)done;
    for (int i = 0; i < 6 && !e; i++)
        e = an_probe_weights(dr, m->proj[i], w[i], NULL, d);
    for (int i = 0; i < VECS && !e; i++)
        e = an_probe_values(dr, m->vec[i], v[i], d);
    if (e)
        return e;
    const double y = tanh(answer(m, w[3], w[4], w[5][0], m->proj[3]->post, t));
    const double out = tanh(answer(m, w[0], w[1], w[2][0], m->hid, h)), top = (1 - out * out) * (y - out);
    for (size_t i = 0; i < m->hid; i++)
        a += w[1][i] * v[HX][i];
    a = tanh(a + w[2][0]);
    const double e2 = (1 - a * a) * v[OD][0];
    for (size_t i = 0; i < m->hid; i++) {
        add(m, e2 * v[HX][i], top * h[i]);
        for (size_t j = 0; j < m->in; j++)
            add(m, (1 - h[i] * h[i]) * v[HD][i] * m->now[j], (1 - h[i] * h[i]) * w[1][i] * top * m->now[j]);
    }
    add(m, e2, top);
    return AN_OK;
}

static void figures(const void *mine, double *value)
{
    const diffusion_t *m = mine;
    *value = m->cosine ? m->gb / sqrt(m->gg * m->bb) : sqrt((m->gg - 2 * m->gb + m->bb) / m->bb);
}

const an_probe_t an_probe_diffusion = {.kind = "diffusion", .open = start, .ticks = ticks, .look = look, .figures = figures, .close = free};
