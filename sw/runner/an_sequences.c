/* SPDX-License-Identifier: Apache-2.0
 * Sequences with labels, a sequence a sample: DIR/{train,test}_{x,y}.npy of the shipped data. Streams: x (a word a tick), y (one-hot), label. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "an_array.h"
#include "an_say.h"
#include "an_source.h"

typedef struct an_sequences {
    an_source_t s;
    int16_t *x[2];
    uint8_t *label[2];
} an_sequences_t;

enum { X, Y, LABEL };

static int bind(an_source_t *s, const char *name, uint32_t n, an_diag_t *d)
{
    const struct { const char *name; uint32_t n; } have[] = {{"x", s->width}, {"y", s->classes}, {"label", 1}};
    for (int i = 0; i < 3; i++)
        if (!strcmp(name, have[i].name)) {
            if (n == have[i].n)
                return i;
            (void)an_say(d, AN_ERR_INPUT, "stream \"%s\": the rule takes %u words a sample, the data gives %u (%s)", name, n, have[i].n, s->text);
            return -1;
        }
    (void)an_say(d, AN_ERR_INPUT, "stream \"%s\": the data has none of that name; legal: x (%u words), y (%u), label", name, s->width, s->classes);
    return -1;
}

static void fill(const an_source_t *s, an_part_t part, uint64_t i, uint64_t serial, int id, int16_t *word)
{
    const an_sequences_t *m = (const an_sequences_t *)(const void *)s;
    (void)serial;
    if (id == X) {
        memcpy(word, m->x[part] + i * s->width, s->width * sizeof *word);
    } else if (id == Y) {
        memset(word, 0, s->classes * sizeof *word);
        word[m->label[part][i]] = 1 << AN_F_RATE;
    } else {
        *word = m->label[part][i];
    }
}

static int label(const an_source_t *s, an_part_t part, uint64_t i) { return ((const an_sequences_t *)(const void *)s)->label[part][i]; }

static void close_sequences(an_source_t *s)
{
    an_sequences_t *m = (an_sequences_t *)(void *)s;
    for (int p = 0; p < 2; p++) {
        free(m->x[p]);
        free(m->label[p]);
    }
    free(m);
}

static const an_source_ops_t ops = {bind, fill, label, close_sequences};

static an_err_t take(an_sequences_t *m, int part, const an_array_t *x, const an_array_t *y, const char *path, an_diag_t *d)
{
    size_t n = x->shape[0], width = x->shape[1];
    if (x->kind != AN_I2 || y->n != n || !n || (part && width != m->s.width))
        return an_say(d, AN_ERR_INPUT, "%s: %zu sequences of %zu words with %zu labels; expected as many labels, 16-bit words, one length", path, n, width, y->n);
    m->s.count[part] = n;
    m->s.width = (uint32_t)width;
    m->x[part] = malloc(x->n * sizeof(int16_t));
    m->label[part] = malloc(n);
    if (!m->x[part] || !m->label[part])
        return an_say(d, AN_ERR_MEMORY, "%s: no memory", path);
    memcpy(m->x[part], x->data, x->n * sizeof(int16_t));
    for (size_t i = 0; i < n; i++) {
        double v = an_array_at(y, i);
        if (!(v >= 0 && v < 255))
            return an_say(d, AN_ERR_INPUT, "%s: label %zu is %g", path, i, v);
        m->label[part][i] = (uint8_t)v;
        if ((uint32_t)v >= m->s.classes)
            m->s.classes = (uint32_t)v + 1;
    }
    return AN_OK;
}

static an_err_t read_part(an_sequences_t *m, int part, const char *dir, an_diag_t *d)
{
    static const char *const names[] = {"train", "test"};
    char path[1024];
    an_array_t x = {.data = NULL}, y = {.data = NULL};
    snprintf(path, sizeof path, "%.900s/%s_y.npy", dir, names[part]);
    an_err_t e = an_npy_read(&y, path, 1, d);
    snprintf(path, sizeof path, "%.900s/%s_x.npy", dir, names[part]);
    if (!e)
        e = an_npy_read(&x, path, 2, d);
    if (!e)
        e = take(m, part, &x, &y, path, d);
    an_array_free(&x);
    an_array_free(&y);
    return e;
}

an_err_t an_sequences_open(an_source_t **out, an_exp_t *exp, const char *kind, const char *share, uint64_t seed, an_diag_t *d)
{
    char dir[1024];
    an_sequences_t *m = calloc(1, sizeof *m);
    (void)exp;
    if (!m)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    m->s = (an_source_t){.ops = &ops, .seed = seed};
    snprintf(dir, sizeof dir, "%.900s/data/%s", share, kind);
    an_err_t e = read_part(m, AN_TRAIN, dir, d);
    if (!e)
        e = read_part(m, AN_TEST, dir, d);
    snprintf(m->s.text, sizeof m->s.text, "%s, %zu + %zu sequences of %u ticks", kind, (size_t)m->s.count[0], (size_t)m->s.count[1], m->s.width);
    if (e)
        close_sequences(&m->s);
    else
        *out = &m->s;
    return e;
}
