/* SPDX-License-Identifier: Apache-2.0
 * data.source: series. A sample is a tick; every stream of the entry has a signal of its own in data.streams. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "an_say.h"
#include "an_series.h"
#include "an_series_wave.h"

typedef struct stream {
    const char *name;
    an_wave_t *word;
    size_t n;       /* signals */
    size_t width;   /* words a tick: n, or what the entry takes where one signal is for all (0 until bound) */
    int16_t *table; /* one period of all words, where they have one in common */
    size_t period;
} stream_t;

typedef struct series {
    an_source_t base;
    stream_t *stream;
    size_t n;
} series_t;

static int bind(an_source_t *src, const char *name, uint32_t n, an_diag_t *d)
{
    series_t *s = (series_t *)(void *)src;
    char legal[200] = "";
    size_t at = 0;
    for (size_t i = 0; i < s->n; i++) {
        stream_t *z = &s->stream[i];
        if (!strcmp(z->name, name)) {
            if (!z->width)
                z->width = n;
            if (z->width == n)
                return (int)i;
            (void)an_say(d, AN_ERR_INPUT, "data.streams.%s: %zu signals; the entry takes %u words a tick", name, z->width, n);
            return -1;
        }
        int k = snprintf(legal + at, sizeof legal - at, "%s%s", i ? ", " : "", z->name);
        at += k > 0 && (size_t)k < sizeof legal - at ? (size_t)k : 0;
    }
    (void)an_say(d, AN_ERR_INPUT, "data.streams: no signal for the stream \"%s\" of %u words; there is: %s", name, n, *legal ? legal : "none");
    return -1;
}

static void fill(const an_source_t *src, an_part_t part, uint64_t i, uint64_t serial, int id, int16_t *word)
{
    const stream_t *z = &((const series_t *)(const void *)src)->stream[id];
    (void)part;
    (void)serial;
    if (z->table)
        memcpy(word, z->table + i % z->period * z->n, z->n * sizeof *word);
    else
        for (size_t k = 0; k < z->n; k++)
            word[k] = an_to_f12(an_wave_at(&z->word[k], i));
    for (size_t k = z->n; k < z->width; k++)
        word[k] = word[0];
}

static int label(const an_source_t *src, an_part_t part, uint64_t i)
{
    (void)src;
    (void)part;
    (void)i;
    return -1;
}

static void free_series(an_source_t *src)
{
    series_t *s = (series_t *)(void *)src;
    for (size_t i = 0; i < s->n; i++) {
        for (size_t k = 0; k < s->stream[i].n; k++)
            an_wave_free(&s->stream[i].word[k]);
        free(s->stream[i].word);
        free(s->stream[i].table);
    }
    free(s->stream);
    free(s);
}

static const an_source_ops_t ops = {bind, fill, label, free_series};

/* Rounded once where all words repeat with the same period. */
static an_err_t tabulate(stream_t *z, an_diag_t *d)
{
    size_t period = z->word[0].table ? z->word[0].period : 1;
    for (size_t k = 0; k < z->n; k++)
        if (z->word[k].n_sine || z->word[k].n_patch || z->word[k].expr || (z->word[k].table ? z->word[k].period : 1) != period)
            return AN_OK;
    z->period = period;
    z->table = calloc(period * z->n, sizeof *z->table);
    if (!z->table)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    for (size_t t = 0; t < period; t++)
        for (size_t k = 0; k < z->n; k++)
            z->table[t * z->n + k] = an_to_f12(an_wave_at(&z->word[k], t));
    return AN_OK;
}

static an_err_t read_stream(stream_t *z, an_exp_t *exp, const char *name, const char *share, double dt, an_diag_t *d)
{
    char path[160];
    z->name = name;
    snprintf(path, sizeof path, "data.streams.%.100s", name);
    size_t n = an_exp_len(exp, path);
    bool list = n > 0;
    z->word = calloc(list ? n : 1, sizeof *z->word);
    if (!z->word)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    an_err_t e = AN_OK;
    while (z->n < (list ? n : 1) && !e) {
        if (list)
            snprintf(path, sizeof path, "data.streams.%.100s.%zu", name, z->n);
        e = an_wave_read(&z->word[z->n++], exp, path, share, dt, d);
    }
    z->width = list ? z->n : 0;
    return e ? e : tabulate(z, d);
}

an_err_t an_series_open(an_source_t **out, an_exp_t *exp, const char *kind, const char *share, uint64_t seed, an_diag_t *d)
{
    series_t *s = calloc(1, sizeof *s);
    double dt;
    if (!s)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    s->base = (an_source_t){.ops = &ops, .seed = seed};
    snprintf(s->base.text, sizeof s->base.text, "time series");
    an_err_t e = an_exp_get_num(exp, "data.dt", 1e-9, 1e6, 1, &dt, d);
    size_t n = 0;
    while (an_exp_key(exp, "data.streams", n))
        n++;
    if (!e && !(s->stream = calloc(n + 1, sizeof *s->stream)))
        e = an_say(d, AN_ERR_MEMORY, "no memory");
    while (!e && s->n < n) {
        e = read_stream(&s->stream[s->n], exp, an_exp_key(exp, "data.streams", s->n), share, dt, d);
        s->n++;
    }
    (void)kind;
    if (e)
        free_series(&s->base);
    else
        *out = &s->base;
    return e;
}
