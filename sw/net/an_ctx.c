/* SPDX-License-Identifier: Apache-2.0 */
#include "an_ctx.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct an_chunk { struct an_chunk *next; max_align_t data[]; };

void *an_new(an_ctx_t *c, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / 2 / size) n = SIZE_MAX / 2 / size;
    struct an_chunk *k = calloc(1, sizeof *k + n * size);
    if (!k) an_fail(c, AN_ERR_MEMORY, (an_at_t){ 0 }, "out of memory");
    k->next = c->chunk;
    c->chunk = k;
    return k->data;
}

char *an_strn(an_ctx_t *c, const char *s, size_t n)
{
    char *r = an_new(c, n + 1, 1);
    memcpy(r, s, n);
    return r;
}

char *an_fmt(an_ctx_t *c, const char *fmt, ...)
{
    char s[1024];
    va_list ap;
    va_start(ap, fmt);
    const int n = vsnprintf(s, sizeof s, fmt, ap);
    va_end(ap);
    return an_strn(c, s, n < 0 ? 0 : (size_t)n < sizeof s ? (size_t)n : sizeof s - 1);
}

void an_ctx_free(an_ctx_t *c)
{
    while (c->chunk) {
        struct an_chunk *k = c->chunk;
        c->chunk = k->next;
        free(k);
    }
}

void an_adopt(an_ctx_t *c, an_ctx_t *from)
{
    while (from->chunk) {
        struct an_chunk *k = from->chunk;
        from->chunk = k->next;
        k->next = c->chunk;
        c->chunk = k;
    }
}

static void say(an_diag_t *d, an_at_t at, const char *fmt, va_list ap)
{
    int n = 0;
    if (!d) return;
    d->text[0] = 0;
    if (at.file && at.line > 0) n = snprintf(d->text, sizeof d->text, "%s:%d:%d: ", at.file, at.line, at.col);
    else if (at.file) n = snprintf(d->text, sizeof d->text, "%s: ", at.file);
    if (n >= 0 && (size_t)n < sizeof d->text) vsnprintf(d->text + n, sizeof d->text - (size_t)n, fmt, ap);
}

an_err_t an_diag(an_diag_t *d, an_err_t e, an_at_t at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    say(d, at, fmt, ap);
    va_end(ap);
    return e;
}

void an_fail(an_ctx_t *c, an_err_t e, an_at_t at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    say(c->d, at, fmt, ap);
    va_end(ap);
    c->err = e;
    longjmp(c->at, 1);
}

void *an_grow(an_ctx_t *c, void *p, size_t n, size_t size)
{
    if (n && (n < 8 || (n & (n - 1)))) return p; /* room for 8, then for powers of two */
    void *q = an_new(c, n ? 2 * n : 8, size);
    if (n) memcpy(q, p, n * size);
    return q;
}

char *an_slurp(an_ctx_t *c, const char *path, an_at_t from, size_t *size)
{
    FILE *f = fopen(path, "rb");
    if (!f) an_fail(c, AN_ERR_IO, from, "cannot open %s: %s", path, strerror(errno));
    long n = -1;
    if (fseek(f, 0, SEEK_END) == 0) n = ftell(f);
    an_ctx_t in = { .d = c->d };
    char *s = NULL;
    if (n >= 0 && n < (1L << 28) && fseek(f, 0, SEEK_SET) == 0 && !setjmp(in.at)) {
        s = an_new(&in, (size_t)n + 1, 1);
        if (fread(s, 1, (size_t)n, f) != (size_t)n) s = NULL;
    }
    fclose(f);
    an_adopt(c, &in);
    if (!s) an_fail(c, AN_ERR_IO, from, "cannot read %s", path);
    if (size) *size = (size_t)n;
    return s;
}
