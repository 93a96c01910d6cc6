/* SPDX-License-Identifier: Apache-2.0
 * The measures of their own that there are, and what they share. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "an_probe.h"
#include "an_say.h"

const an_probe_t *const an_probes[] = {
    &an_probe_energy, &an_probe_waves, &an_probe_largest, &an_probe_growth, &an_probe_diffusion, &an_probe_angle, &an_probe_cosine, NULL,
};

static const char *join(char *p, size_t size, const char *path, const char *key)
{
    snprintf(p, size, "%s.%s", path, key);
    return p;
}

an_err_t an_probe_num(an_exp_t *exp, const char *path, const char *key, double lo, double hi, double deflt, double *v, an_diag_t *d)
{
    char p[256];
    return an_exp_get_num(exp, join(p, sizeof p, path, key), lo, hi, deflt, v, d);
}

an_err_t an_probe_str(an_exp_t *exp, const char *path, const char *key, const char *deflt, const char **s, an_diag_t *d)
{
    char p[256];
    return an_exp_get_str(exp, join(p, sizeof p, path, key), deflt, s, d);
}

an_err_t an_probe_projection(const an_sym_projection_t **p, const an_runner_t *r, const char *path, const char *name, an_diag_t *d)
{
    *p = an_image_projection(r->img, name);
    return *p ? AN_OK : an_say(d, AN_ERR_INPUT, "%s: no projection \"%s\"", path, name);
}

an_err_t an_probe_vector(const an_sym_vector_t **v, const an_runner_t *r, const char *path, const char *name, an_diag_t *d)
{
    *v = an_image_vector(r->img, name);
    return *v ? AN_OK : an_say(d, AN_ERR_INPUT, "%s: no vector \"%s\"", path, name);
}

static an_err_t said(an_driver_t *dr, an_err_t e, an_diag_t *d)
{
    return e ? an_say(d, e, "%s: %s", dr->port->name, dr->port->message[0] ? dr->port->message : an_err_text(e)) : AN_OK;
}

an_err_t an_probe_weights(an_driver_t *dr, const an_sym_projection_t *p, double *w, double *v, an_diag_t *d)
{
    const size_t n = (size_t)p->pre * p->post;
    int16_t *word = malloc(2 * n * sizeof *word);
    if (!word)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    an_err_t e = said(dr, an_driver_get_projection(dr, p, w ? word : NULL, v ? word + n : NULL), d);
    for (size_t i = 0; i < p->pre && !e; i++)
        for (size_t j = 0; j < p->post; j++) {
            if (w)
                w[j * p->pre + i] = ldexp(word[i * p->post + j], -(int)p->w_frac);
            if (v)
                v[j * p->pre + i] = ldexp(word[n + i * p->post + j], -(int)p->v_frac);
        }
    free(word);
    return e;
}

an_err_t an_probe_values(an_driver_t *dr, const an_sym_vector_t *s, double *x, an_diag_t *d)
{
    int32_t *word = malloc(s->n * sizeof *word);
    int16_t *half = malloc(s->n * sizeof *half);
    an_err_t e = !word || !half ? an_say(d, AN_ERR_MEMORY, "no memory")
                                : said(dr, s->in_state ? an_driver_get_state(dr, s, word) : an_driver_get_rate(dr, s, half), d);
    for (size_t i = 0; i < s->n && !e; i++)
        x[i] = ldexp(s->in_state ? word[i] : half[i], -(s->in_state ? AN_F_STATE : AN_F_RATE) - s->scale);
    free(word);
    free(half);
    return e;
}
