/* SPDX-License-Identifier: Apache-2.0
 * an_ctx -- memory and failure of one load or compile. Everything allocated from a context is freed with it. A failure writes the
 * diagnosis and leaves by longjmp to the public function that set `at`, so functions that take an an_ctx_t have no error to return. */
#ifndef AN_CTX_H
#define AN_CTX_H
#include <setjmp.h>
#include <stdarg.h>
#include "an_exp.h"

typedef struct an_at { const char *file; int line, col; } an_at_t; /* a place in a text; line 0: the whole file */

typedef struct an_ctx {
    jmp_buf at;
    an_err_t err;
    an_diag_t *d;
    struct an_chunk *chunk;
} an_ctx_t;

#define AN_PRINTF(a, b) __attribute__((format(printf, a, b)))

void *an_new(an_ctx_t *c, size_t n, size_t size);           /* zeroed */
char *an_strn(an_ctx_t *c, const char *s, size_t n);
char *an_fmt(an_ctx_t *c, const char *fmt, ...) AN_PRINTF(2, 3); /* cut at 1023 characters */
void an_ctx_free(an_ctx_t *c);
void an_adopt(an_ctx_t *c, an_ctx_t *from);                 /* takes over all memory of from */

/* "FILE:LINE:COL: message" into d; returns e. Never leaves. */
an_err_t an_diag(an_diag_t *d, an_err_t e, an_at_t at, const char *fmt, ...) AN_PRINTF(4, 5);
_Noreturn void an_fail(an_ctx_t *c, an_err_t e, an_at_t at, const char *fmt, ...) AN_PRINTF(4, 5);

/* Makes room for one more element: p points to n elements of that size; returns where they stand now. */
void *an_grow(an_ctx_t *c, void *p, size_t n, size_t size);
#define AN_PUSH(c, arr, n, ...) \
    do { \
        (arr) = an_grow((c), (arr), (n), sizeof *(arr)); \
        (arr)[(n)] = __VA_ARGS__; \
        (n)++; \
    } while (0)

/* A whole file as a string ending in 0; size without it. AN_ERR_IO names the file. */
char *an_slurp(an_ctx_t *c, const char *path, an_at_t from, size_t *size);

#endif
