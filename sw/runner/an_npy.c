/* SPDX-License-Identifier: Apache-2.0
 * .npy 1.0: "\x93NUMPY" 1 0, header length (2 bytes), a Python dict as text, then the elements. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "an_array.h"
#include "an_say.h"

#define AN_NPY_MAX ((size_t)1 << 31)

/* The text after 'key': in the dict, or NULL. */
static const char *field(const char *text, const char *key)
{
    char quoted[32];
    snprintf(quoted, sizeof quoted, "'%s':", key);
    const char *p = strstr(text, quoted);
    if (!p)
        return NULL;
    p += strlen(quoted);
    return p + strspn(p, " ");
}

static an_err_t parse(an_array_t *a, const char *text, const char *path, int dims, an_diag_t *d)
{
    static const struct { const char *descr; an_kind_t kind; } kinds[] = {
        {"'|u1'", AN_U1}, {"'|i1'", AN_I1}, {"'<i2'", AN_I2}, {"'<i4'", AN_I4}, {"'<f4'", AN_F4}, {"'<f8'", AN_F8}};
    const char *descr = field(text, "descr"), *order = field(text, "fortran_order"), *shape = field(text, "shape");
    if (!descr || !order || !shape || *shape != '(')
        return an_say(d, AN_ERR_INPUT, "%s: header: %.80s; expected descr, fortran_order and shape", path, text);
    size_t k = 0, n = sizeof kinds / sizeof *kinds;
    while (k < n && strncmp(descr, kinds[k].descr, strlen(kinds[k].descr)))
        k++;
    if (k == n)
        return an_say(d, AN_ERR_INPUT, "%s: descr %.*s; expected one of |u1 |i1 <i2 <i4 <f4 <f8", path, (int)strcspn(descr, ","), descr);
    a->kind = kinds[k].kind;
    if (strncmp(order, "False", 5))
        return an_say(d, AN_ERR_INPUT, "%s: fortran_order: %.*s; expected False (C order)", path, (int)strcspn(order, ","), order);
    a->n = 1;
    for (const char *p = shape + 1; *(p += strspn(p, " ,")) != ')';) {
        char *end;
        unsigned long v = strtoul(p, &end, 10);
        if (end == p || a->dims == AN_ARRAY_DIMS || !v || v > AN_NPY_MAX / a->n)
            return an_say(d, AN_ERR_INPUT, "%s: shape %.*s; expected 1 to %d lengths of at least 1", path, (int)strcspn(shape, "\n}"), shape, AN_ARRAY_DIMS);
        a->shape[a->dims++] = v;
        a->n *= v;
        p = end;
    }
    if (!a->dims || (dims && a->dims != dims))
        return an_say(d, AN_ERR_INPUT, "%s: shape has %d dimension%s; expected %d", path, a->dims, a->dims == 1 ? "" : "s", dims ? dims : 1);
    return AN_OK;
}

static an_err_t body(an_array_t *a, FILE *f, const char *path, size_t off, an_diag_t *d)
{
    size_t size = an_kind_bytes(a->kind);
    a->data = malloc(a->n * size);
    if (!a->data)
        return an_say(d, AN_ERR_MEMORY, "%s: no memory for %zu elements", path, a->n);
    size_t got = fread(a->data, 1, a->n * size, f);
    if (got < a->n * size)
        return an_say(d, AN_ERR_INPUT, "%s: offset %zu: cut short; its header promises %zu bytes from offset %zu, %zu are there", path, off + got,
                      a->n * size, off, got);
    if (fgetc(f) != EOF)
        return an_say(d, AN_ERR_INPUT, "%s: offset %zu: more data than the header promises (%zu bytes)", path, off + got, got);
    return AN_OK;
}

static an_err_t read_open(an_array_t *a, FILE *f, const char *path, int dims, an_diag_t *d)
{
    unsigned char h[10];
    size_t got = fread(h, 1, sizeof h, f);
    if (got < sizeof h)
        return an_say(d, AN_ERR_INPUT, "%s: cut short: %zu bytes; expected a .npy header", path, got);
    if (memcmp(h, "\x93NUMPY", 6))
        return an_say(d, AN_ERR_INPUT, "%s: offset 0: magic %02x %02x %02x %02x %02x %02x; expected 93 4e 55 4d 50 59 (.npy)", path, h[0], h[1], h[2],
                      h[3], h[4], h[5]);
    if (h[6] != 1 || h[7] != 0)
        return an_say(d, AN_ERR_INPUT, "%s: offset 6: format version %d.%d; expected 1.0", path, h[6], h[7]);
    size_t len = h[8] | (size_t)h[9] << 8;
    char *text = calloc(len + 1, 1);
    if (!text)
        return an_say(d, AN_ERR_MEMORY, "%s: no memory", path);
    got = fread(text, 1, len, f);
    an_err_t e = got < len ? an_say(d, AN_ERR_INPUT, "%s: offset %zu: cut short; expected a header of %zu bytes", path, 10 + got, len)
                           : parse(a, text, path, dims, d);
    free(text);
    return e ? e : body(a, f, path, 10 + len, d);
}

an_err_t an_npy_read(an_array_t *out, const char *path, int dims, an_diag_t *d)
{
    an_array_t a = {0};
    FILE *f = fopen(path, "rb");
    if (!f)
        return an_say(d, AN_ERR_IO, "%s: %s", path, strerror(errno));
    an_err_t e = read_open(&a, f, path, dims, d);
    fclose(f);
    if (e)
        an_array_free(&a);
    else
        *out = a;
    return e;
}
