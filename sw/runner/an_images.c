/* SPDX-License-Identifier: Apache-2.0
 * Images and labels from IDX files or from the shipped .npy digits, pooled, scaled and quantised once, when they are opened. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "an_array.h"
#include "an_rng.h"
#include "an_say.h"
#include "an_source.h"

#define AN_FASHION_DIR "/usr/share/datasets/fashion-mnist"
#define AN_DIGITS_TEST_EVERY 5 /* every fifth of the digits is a test sample */

typedef struct an_images {
    an_source_t s;
    int16_t *x[2];     /* count[part] * width */
    uint8_t *label[2];
} an_images_t;

enum { X, Y, LABEL, SIGN };

static int bind(an_source_t *s, const char *name, uint32_t n, an_diag_t *d)
{
    const struct { const char *name; uint32_t n; } have[] = {{"x", s->width}, {"y", s->classes}, {"label", 1}, {"sign", 1}};
    for (int i = 0; i < 4; i++)
        if (!strcmp(name, have[i].name)) {
            if (n == have[i].n)
                return i;
            an_say(d, AN_ERR_INPUT, "stream \"%s\": the rule takes %u words a sample, the data gives %u (%s)", name, n, have[i].n, s->text);
            return -1;
        }
    an_say(d, AN_ERR_INPUT, "stream \"%s\": the data has none of that name; legal: x (%u words), y (%u), label, sign", name, s->width, s->classes);
    return -1;
}

static void fill(const an_source_t *s, an_part_t part, uint64_t i, uint64_t serial, int id, int16_t *word)
{
    const an_images_t *m = (const an_images_t *)s;
    an_rng_t r;
    switch (id) {
    case X:
        memcpy(word, m->x[part] + i * s->width, s->width * sizeof *word);
        break;
    case Y:
        memset(word, 0, s->classes * sizeof *word);
        word[m->label[part][i]] = 1 << AN_F_RATE;
        break;
    case LABEL:
        *word = m->label[part][i];
        break;
    case SIGN:
        r = an_rng_of(s->seed, "sign", serial);
        *word = an_rng_next(&r) >> 63 ? 1 << AN_F_RATE : -(1 << AN_F_RATE);
        break;
    }
}

static int label(const an_source_t *s, an_part_t part, uint64_t i) { return ((const an_images_t *)s)->label[part][i]; }

static void close_images(an_source_t *s)
{
    an_images_t *m = (an_images_t *)s;
    for (int p = 0; p < 2; p++) {
        free(m->x[p]);
        free(m->label[p]);
    }
    free(m);
}

/* How a pixel becomes a word. */
typedef struct an_pixels { size_t rows, cols, pool; double gain; } an_pixels_t;

/* Mean of every pool x pool square, times gain. */
static void quantise(const an_pixels_t *p, const an_array_t *a, size_t from, int16_t *out)
{
    size_t rows = p->rows / p->pool, cols = p->cols / p->pool;
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < cols; c++) {
            double sum = 0;
            for (size_t i = 0; i < p->pool * p->pool; i++)
                sum += an_array_at(a, from + (r * p->pool + i / p->pool) * p->cols + c * p->pool + i % p->pool);
            out[r * cols + c] = an_to_f12(sum * p->gain);
        }
}

static an_err_t take(an_images_t *m, an_part_t part, const an_pixels_t *p, const an_array_t *x, const an_array_t *y, const uint32_t *pick, const char *file,
                     an_diag_t *d)
{
    size_t n = m->s.count[part], size = p->rows * p->cols;
    m->x[part] = malloc(n * m->s.width * sizeof(int16_t));
    m->label[part] = malloc(n);
    if (!m->x[part] || !m->label[part])
        return an_say(d, AN_ERR_MEMORY, "%s: no memory for %zu images", file, n);
    for (size_t i = 0; i < n; i++) {
        size_t j = pick ? pick[i] : i;
        double v = an_array_at(y, j);
        if (!(v >= 0 && v < m->s.classes))
            return an_say(d, AN_ERR_INPUT, "%s: label %zu is %g; expected 0 to %u", file, j, v, m->s.classes - 1);
        m->label[part][i] = (uint8_t)v;
        quantise(p, x, j * size, m->x[part] + i * m->s.width);
    }
    return AN_OK;
}

/* Reads DIR/STEM.gz or DIR/STEM. */
static an_err_t read_one(an_array_t *a, char *path, size_t size, const char *dir, const char *stem, int dims, an_diag_t *d)
{
    snprintf(path, size, "%s/%s.gz", dir, stem);
    FILE *f = fopen(path, "rb");
    if (!f && errno == ENOENT)
        snprintf(path, size, "%s/%s", dir, stem);
    if (f)
        fclose(f);
    return an_idx_read(a, path, dims, d);
}

static an_err_t missing(an_diag_t *d)
{
    an_diag_t why = *d;
    return an_say(d, AN_ERR_INPUT,
                  "no Fashion-MNIST: %.180s. Two ways: sudo apt-get install dataset-fashion-mnist; or ANTINODE_DATA=DIR, a folder with its four IDX "
                  "files (train- and t10k-, images-idx3-ubyte and labels-idx1-ubyte, .gz or not). Without any data: antinode run vfep-digits",
                  why.text);
}

/* Shape of the images; the same in both parts. */
static an_err_t shape(an_images_t *m, an_pixels_t *px, an_part_t part, const an_array_t *x, const char *what, size_t rows, size_t cols, an_diag_t *d)
{
    if ((rows && x->shape[1] != rows) || (cols && x->shape[2] != cols))
        return an_say(d, AN_ERR_INPUT, "%s: images of %zux%zu; expected %zux%zu", what, x->shape[1], x->shape[2], rows, cols);
    px->rows = x->shape[1];
    px->cols = x->shape[2];
    if (px->rows % px->pool || px->cols % px->pool)
        return an_say(d, AN_ERR_INPUT, "data.pool: %zu does not divide images of %zux%zu", px->pool, px->rows, px->cols);
    m->s.count[part] = x->shape[0];
    m->s.width = (uint32_t)(px->rows / px->pool * (px->cols / px->pool));
    return AN_OK;
}

static an_err_t open_part(an_images_t *m, an_pixels_t *px, an_part_t part, const char *dir, bool fashion, an_diag_t *d)
{
    const char *stem = part == AN_TRAIN ? "train" : "t10k";
    an_array_t x = {0}, y = {0};
    char xpath[1024], ypath[1024], name[64];
    snprintf(name, sizeof name, "%s-images-idx3-ubyte", stem);
    an_err_t e = read_one(&x, xpath, sizeof xpath, dir, name, 3, d);
    if (!e) {
        snprintf(name, sizeof name, "%s-labels-idx1-ubyte", stem);
        e = read_one(&y, ypath, sizeof ypath, dir, name, 1, d);
    }
    if (e == AN_ERR_IO)
        e = fashion ? missing(d) : AN_ERR_INPUT;
    if (!e && x.shape[0] != y.n)
        e = an_say(d, AN_ERR_INPUT, "%s: offset 4: %zu labels; expected %zu, one an image", ypath, y.n, x.shape[0]);
    if (!e)
        e = shape(m, px, part, &x, xpath, fashion ? 28 : px->rows, fashion ? 28 : px->cols, d);
    if (!e)
        e = take(m, part, px, &x, &y, NULL, ypath, d);
    an_array_free(&x);
    an_array_free(&y);
    return e;
}

static an_err_t open_idx(an_images_t *m, an_pixels_t *px, const char *dir, bool fashion, an_diag_t *d)
{
    m->s.classes = 10;
    px->gain /= 255.0;
    an_err_t e = open_part(m, px, AN_TRAIN, dir, fashion, d);
    if (!e)
        e = open_part(m, px, AN_TEST, dir, fashion, d);
    return e;
}

/* 8x8 digits, pixels 0..16. The split is by position, so that it never changes. */
static an_err_t open_digits(an_images_t *m, an_pixels_t *px, const char *share, an_diag_t *d)
{
    an_array_t x = {0}, y = {0};
    char xpath[1024], ypath[1024];
    snprintf(xpath, sizeof xpath, "%s/data/digits/digits-x.npy", share);
    snprintf(ypath, sizeof ypath, "%s/data/digits/digits-y.npy", share);
    uint32_t *pick[2] = {NULL, NULL};
    an_err_t e = an_npy_read(&x, xpath, 2, d);
    if (!e)
        e = an_npy_read(&y, ypath, 1, d);
    if (e == AN_ERR_IO)
        e = AN_ERR_INPUT;
    if (!e && (x.shape[1] != 64 || x.shape[0] < 2 * AN_DIGITS_TEST_EVERY))
        e = an_say(d, AN_ERR_INPUT, "%s: shape (%zu, %zu); expected (n, 64)", xpath, x.shape[0], x.shape[1]);
    if (!e && y.n != x.shape[0])
        e = an_say(d, AN_ERR_INPUT, "%s: shape (%zu,); expected (%zu,), one label an image", ypath, y.n, x.shape[0]);
    if (!e) {
        x.shape[1] = x.shape[2] = 8;
        m->s.classes = 10;
        px->gain /= 16.0;
        e = shape(m, px, AN_TRAIN, &x, xpath, 8, 8, d);
    }
    if (!e) {
        size_t n[2] = {0, 0};
        for (int p = 0; p < 2; p++)
            pick[p] = calloc(y.n, sizeof **pick);
        if (!pick[0] || !pick[1])
            e = an_say(d, AN_ERR_MEMORY, "%s: no memory", xpath);
        for (uint32_t i = 0; !e && i < y.n; i++) {
            int p = i % AN_DIGITS_TEST_EVERY == AN_DIGITS_TEST_EVERY - 1;
            pick[p][n[p]++] = i;
        }
        for (int p = 0; p < 2 && !e; p++) {
            m->s.count[p] = n[p];
            e = take(m, (an_part_t)p, px, &x, &y, pick[p], ypath, d);
        }
    }
    free(pick[0]);
    free(pick[1]);
    an_array_free(&x);
    an_array_free(&y);
    return e;
}

an_err_t an_images_open(an_source_t **s, an_exp_t *exp, const char *kind, const char *share, uint64_t seed, an_diag_t *d)
{
    static const an_source_ops_t ops = {bind, fill, label, close_images};
    long pool;
    double scale;
    const char *dir = getenv("ANTINODE_DATA");
    an_err_t e = an_exp_get_int(exp, "data.pool", 1, 16, 1, &pool, d);
    if (!e)
        e = an_exp_get_num(exp, "data.scale", -8, 8, 1, &scale, d);
    if (!e && !strcmp(kind, "idx"))
        e = an_exp_get_str(exp, "data.dir", dir, &dir, d);
    if (e)
        return e;
    bool digits = !strcmp(kind, "digits"), fashion = !strcmp(kind, "fashion-mnist");
    if (!digits && (!dir || !*dir)) {
        if (!fashion)
            return an_say(d, AN_ERR_INPUT, "%s: data.dir: missing, and ANTINODE_DATA is not set: name the folder of the IDX files", an_exp_name(exp));
        dir = AN_FASHION_DIR;
    }
    an_images_t *m = calloc(1, sizeof *m);
    if (!m)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    m->s.ops = &ops;
    m->s.seed = seed;
    an_pixels_t px = {0, 0, (size_t)pool, scale / (double)(pool * pool)};
    e = digits ? open_digits(m, &px, share, d) : open_idx(m, &px, dir, fashion, d);
    if (e) {
        close_images(&m->s);
        return e;
    }
    snprintf(m->s.text, sizeof m->s.text, "%s, %llu + %llu images, %zux%zu", fashion ? "Fashion-MNIST" : digits ? "UCI digits" : dir,
             (unsigned long long)m->s.count[0], (unsigned long long)m->s.count[1], px.rows / px.pool, px.cols / px.pool);
    *s = &m->s;
    return AN_OK;
}
