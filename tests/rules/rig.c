/* SPDX-License-Identifier: Apache-2.0 */
#include "rig.h"
#include "an_array.h"
#include "an_port_open.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { TURNS = 32768 }; /* of one start: a loop's count has 16 bits */

static void must(rig_t *r, an_err_t e, const char *what)
{
    if (e) fail_msg("%s: error %d: %s", what, e, r->port ? r->port->message : "");
}

void rig_open(rig_t *r, const char *experiment, const char *const *set, uint64_t seed, int lanes)
{
    an_diag_t d = { "" };
    an_config_t cfg;
    size_t n = 0;
    *r = (rig_t){ 0 };
    while (set && set[n]) n++;
    if (an_exp_load(&r->exp, experiment, "sw", set, n, &d) || an_choose_config(&cfg, r->exp, NULL, lanes, 0, &d) ||
        an_compile(&r->img, r->exp, &cfg, seed, &d))
        fail_msg("%s", d.text);
    must(r, an_port_model_open(&r->port, &cfg), "model");
    must(r, an_driver_open(&r->dr, r->port, &cfg), "open");
    must(r, an_driver_load(&r->dr, r->img), "load");
    rig_entry(r, an_image_entry(r->img, "train") ? "train" : r->img->entry[0].name);
}

void rig_close(rig_t *r)
{
    r->port->ops->close(r->port);
    an_image_free(r->img);
    an_exp_free(r->exp);
}

static size_t words(const an_stream_t *s, size_t n, int *frac)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < s[i].n; j++) {
            assert_true(k < 512);
            frac[k++] = s[i].frac;
        }
    return k;
}

void rig_entry(rig_t *r, const char *name)
{
    r->entry = an_image_entry(r->img, name);
    assert_non_null(r->entry);
    r->n_in = words(r->entry->in, r->entry->n_in, r->frac_in);
    r->n_out = words(r->entry->out, r->entry->n_out, r->frac_out);
}

void rig_run(rig_t *r, size_t ticks, const double *in, double *out)
{
    const size_t ni = ticks * r->n_in, no = ticks * r->n_out;
    int16_t *wi = malloc((ni + 1) * sizeof *wi);
    int32_t *wo = malloc((no + 1) * sizeof *wo);
    assert_non_null(wi);
    assert_non_null(wo);
    for (size_t i = 0; i < ni; i++) {
        const double x = floor(ldexp(in[i], r->frac_in[i % r->n_in]) + 0.5);
        wi[i] = (int16_t)fmin(fmax(x, -32768), 32767);
    }
    for (size_t at = 0; at < ticks; at += TURNS) {
        const size_t n = ticks - at < TURNS ? ticks - at : TURNS;
        must(r, an_driver_set_scalar(&r->dr, 0, r->entry->turns_scalar, (int32_t)n), "turns");
        must(r, an_driver_start(&r->dr, r->entry->pc), "start");
        must(r, an_driver_stream(&r->dr, wi + at * r->n_in, n * r->n_in, wo + at * r->n_out, n * r->n_out, true, NULL, NULL), "run");
    }
    for (size_t i = 0; out && i < no; i++) out[i] = ldexp(wo[i], -r->frac_out[i % r->n_out]);
    free(wi);
    free(wo);
}

static size_t word(const an_stream_t *s, size_t n, const char *name, uint32_t i)
{
    size_t at = 0;
    for (size_t k = 0; k < n; at += s[k++].n)
        if (strcmp(s[k].name, name) == 0) {
            assert_true(i < s[k].n);
            return at + i;
        }
    fail_msg("no stream %s", name);
    return 0;
}

size_t rig_out(const rig_t *r, const char *name, uint32_t i) { return word(r->entry->out, r->entry->n_out, name, i); }
size_t rig_in(const rig_t *r, const char *name, uint32_t i) { return word(r->entry->in, r->entry->n_in, name, i); }

static const an_sym_projection_t *projection(const rig_t *r, const char *name)
{
    const an_sym_projection_t *p = an_image_projection(r->img, name);
    if (!p) fail_msg("no projection %s", name);
    return p;
}

void rig_weights(rig_t *r, const char *name, double *w, double *v)
{
    const an_sym_projection_t *p = projection(r, name);
    const size_t n = (size_t)p->pre * p->post;
    int16_t *iw = malloc(2 * n * sizeof *iw);
    assert_non_null(iw);
    must(r, an_driver_get_projection(&r->dr, p, iw, v ? iw + n : NULL), name);
    for (uint32_t i = 0; i < p->pre; i++)
        for (uint32_t j = 0; j < p->post; j++) {
            if (w) w[j * p->pre + i] = ldexp(iw[i * p->post + j], -(int)p->w_frac);
            if (v) v[j * p->pre + i] = ldexp(iw[n + i * p->post + j], -(int)p->v_frac);
        }
    free(iw);
}

void rig_set_weights(rig_t *r, const char *name, const double *w, const double *v)
{
    const an_sym_projection_t *p = projection(r, name);
    const size_t n = (size_t)p->pre * p->post;
    int16_t *iw = calloc(2 * n, sizeof *iw);
    assert_non_null(iw);
    for (uint32_t i = 0; i < p->pre; i++)
        for (uint32_t j = 0; j < p->post; j++) {
            iw[i * p->post + j] = (int16_t)lrint(ldexp(w[j * p->pre + i], (int)p->w_frac));
            if (v) iw[n + i * p->post + j] = (int16_t)lrint(ldexp(v[j * p->pre + i], (int)p->v_frac));
        }
    must(r, an_driver_set_projection(&r->dr, p, iw, v ? iw + n : NULL), name);
    free(iw);
}

void rig_state(rig_t *r, const char *vector, double *value)
{
    const an_sym_vector_t *s = an_image_vector(r->img, vector);
    if (!s) fail_msg("no vector %s", vector);
    int32_t *x = malloc(s->n * sizeof *x);
    assert_non_null(x);
    must(r, an_driver_get_state(&r->dr, s, x), vector);
    for (uint32_t i = 0; i < s->n; i++) value[i] = ldexp(x[i], -AN_F_STATE - s->scale);
    free(x);
}

const char *rig_saturated(rig_t *r, uint32_t *tick)
{
    const char *first = NULL;
    for (size_t i = 0; i < r->img->n_site; i++) {
        an_range_t g;
        if (!r->img->site[i].state) continue;
        must(r, an_driver_get_range(&r->dr, r->img->site[i].core, r->img->site[i].pc, &g), "range");
        if (!g.count || (first && g.first_tick >= *tick)) continue;
        first = r->img->site[i].name;
        *tick = g.first_tick;
    }
    return first;
}

const char *rig_reference(const char *name, const char *args)
{
    static char line[1 << 16], cmd[1 << 14];
    const char *build = getenv("AN_BUILD");
    snprintf(cmd, sizeof cmd, "AN_BUILD=%s tests/reference/build.sh %s && %s/tests/reference/ref_%s %s", build ? build : "build", name,
             build ? build : "build", name, args);
    FILE *f = popen(cmd, "r");
    assert_non_null(f);
    const bool got = fgets(line, sizeof line, f) != NULL;
    const int code = pclose(f);
    if (!got || (code >> 8) > 1) fail_msg("%s: exit %d", cmd, code >> 8);
    return line;
}

size_t rig_numbers(const char *json, const char *key, double *x, size_t max)
{
    char quoted[80];
    size_t n = 0;
    snprintf(quoted, sizeof quoted, "\"%s\": ", key);
    const char *s = strstr(json, quoted);
    if (!s) fail_msg("no %s in %s", key, json);
    s += strlen(quoted);
    const bool list = *s == '[';
    for (s += list; n < max;) {
        char *end = (char *)(uintptr_t)s;
        x[n++] = strncmp(s, "null", 4) ? strtod(s, &end) : NAN;
        s = isnan(x[n - 1]) ? s + 4 : end;
        if (!list || *s != ',') break;
        s++;
    }
    return n;
}

double rig_number(const char *json, const char *key)
{
    double x;
    (void)rig_numbers(json, key, &x, 1);
    return x;
}

const char *rig_list(const char *key, const double *x, size_t n)
{
    static char text[1 << 13];
    size_t at = (size_t)snprintf(text, sizeof text, "--set %s=", key);
    for (size_t i = 0; i < n; i++) at += (size_t)snprintf(text + at, sizeof text - at, "%s%.17g", i ? "," : "", x[i]);
    return text;
}

void rig_npy(const char *prefix, const char *name, double *x, size_t n)
{
    char path[512];
    an_array_t a;
    an_diag_t d = { "" };
    snprintf(path, sizeof path, "%s%s.npy", prefix, name);
    if (an_npy_read(&a, path, 0, &d)) fail_msg("%s", d.text);
    assert_int_equal(a.n, n);
    for (size_t i = 0; i < n; i++) x[i] = an_array_at(&a, i);
    an_array_free(&a);
}
