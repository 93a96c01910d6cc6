/* SPDX-License-Identifier: Apache-2.0
 * metrics.NAME: {angle: up}: degrees between the weights of a projection and the transposed ones of its way back, for every pair of populations
 * that is connected both ways, in the order of the experiment.
 * metrics.NAME: {cosine: [{projection: NAME, file: NAME.npy}, ..]}: between the v of a projection's pairs and a file (rows postsynaptic)
 * beside the experiments. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "an_array.h"
#include "an_probe.h"
#include "an_say.h"

enum { MOST = 8 };
typedef struct angle {
    const an_sym_projection_t *to[MOST], *back[MOST]; /* cosine: no back, */
    double *want[MOST];                               /* but numbers */
    double value[MOST];
    size_t n;
} angle_t;

static void shut(void *mine)
{
    angle_t *m = mine;
    for (size_t i = 0; m && i < m->n; i++)
        free(m->want[i]);
    free(m);
}

static an_err_t start_angle(void **mine, size_t *columns, an_exp_t *exp, const char *path, const an_runner_t *r, an_diag_t *d)
{
    angle_t *m = calloc(1, sizeof *m);
    const char *which = "";
    if (!m)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    *mine = m;
    an_err_t e = an_exp_get_str(exp, path, "", &which, d);
    if (!e && strcmp(which, "up"))
        e = an_say(d, AN_ERR_INPUT, "%s: \"%s\"; legal: up", path, which);
    for (size_t i = 0; !e && i < r->img->n_projection; i++) {
        const an_sym_projection_t *p = &r->img->projection[i];
        const char *cut = strchr(p->name, '>');
        char back[256];
        snprintf(back, sizeof back, "%.100s>%.*s", cut + 1, (int)(cut - p->name), p->name);
        const an_sym_projection_t *q = an_image_projection(r->img, back);
        if (!q || q <= p || m->n == MOST)
            continue;
        m->to[m->n] = p;
        m->back[m->n++] = q;
    }
    *columns = m->n;
    return e || m->n ? e : an_say(d, AN_ERR_INPUT, "%s: no two populations are connected both ways", path);
}

static an_err_t start_cosine(void **mine, size_t *columns, an_exp_t *exp, const char *path, const an_runner_t *r, an_diag_t *d)
{
    angle_t *m = calloc(1, sizeof *m);
    if (!m)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    *mine = m;
    *columns = m->n = an_exp_len(exp, path);
    an_err_t e = m->n && m->n <= MOST ? AN_OK : an_say(d, AN_ERR_INPUT, "%s: legal: a list of 1 to %d", path, MOST);
    if (e)
        m->n = 0;
    for (size_t i = 0; !e && i < m->n; i++) {
        char key[48], file[512];
        const char *name = "", *from = "";
        an_array_t a;
        snprintf(key, sizeof key, "%zu.projection", i);
        e = an_probe_str(exp, path, key, "", &name, d);
        snprintf(key, sizeof key, "%zu.file", i);
        if (!e) e = an_probe_str(exp, path, key, "", &from, d);
        if (!e) e = an_probe_projection(&m->to[i], r, path, name, d);
        if (!e) e = (size_t)snprintf(file, sizeof file, "%s/%s", an_exp_folder(exp), from) < sizeof file ? AN_OK : an_say(d, AN_ERR_INPUT, "%s: name too long", path);
        if (!e) e = an_npy_read(&a, file, 0, d);
        if (e)
            return e;
        if (a.n != (size_t)m->to[i]->pre * m->to[i]->post || !m->to[i]->pair)
            e = an_say(d, AN_ERR_INPUT, "%s: %s has %zu numbers, %s %u pairs", path, file, a.n, name, m->to[i]->pair ? m->to[i]->pre * m->to[i]->post : 0);
        m->want[i] = calloc(a.n + 1, sizeof(double));
        if (!e && !m->want[i])
            e = an_say(d, AN_ERR_MEMORY, "no memory");
        for (size_t k = 0; !e && k < a.n; k++)
            m->want[i][k] = an_array_at(&a, k);
        an_array_free(&a);
    }
    return e;
}

static an_err_t look(void *mine, an_driver_t *dr, uint64_t done, an_diag_t *d)
{
    angle_t *m = mine;
    an_err_t e = AN_OK;
    (void)done;
    for (size_t k = 0; k < m->n && !e; k++) {
        const an_sym_projection_t *p = m->to[k];
        const size_t pre = p->pre, post = p->post;
        double *a = calloc(2 * pre * post, sizeof *a), *b = a ? a + pre * post : NULL, aa = 0, bb = 0, ab = 0;
        if (!a)
            return an_say(d, AN_ERR_MEMORY, "no memory");
        e = an_probe_weights(dr, p, m->want[k] ? NULL : a, m->want[k] ? a : NULL, d);
        if (!e && m->back[k])
            e = an_probe_weights(dr, m->back[k], b, NULL, d);
        for (size_t i = 0; i < post && !e; i++)
            for (size_t j = 0; j < pre; j++) {
                const double x = a[i * pre + j], y = m->want[k] ? m->want[k][i * pre + j] : b[j * post + i];
                aa += x * x;
                bb += y * y;
                ab += x * y;
            }
        const double c = ab / sqrt(aa * bb);
        m->value[k] = m->want[k] ? c : acos(fmin(fmax(c, -1), 1)) * 180 / acos(-1);
        free(a);
    }
    return e;
}

static void figures(const void *mine, double *value)
{
    const angle_t *m = mine;
    memcpy(value, m->value, m->n * sizeof *value);
}

const an_probe_t an_probe_angle = {.kind = "angle", .open = start_angle, .look = look, .figures = figures, .close = shut};
const an_probe_t an_probe_cosine = {.kind = "cosine", .open = start_cosine, .look = look, .figures = figures, .close = shut};
