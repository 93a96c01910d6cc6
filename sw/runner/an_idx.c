/* SPDX-License-Identifier: Apache-2.0
 * IDX, the format of MNIST: 0, 0, type, dims, then dims big-endian 32-bit lengths, then the elements. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include "an_array.h"
#include "an_say.h"

#define AN_IDX_MAX ((size_t)1 << 31) /* a length beyond this is a damaged file, not data */

/* Bytes that came, or -1 with a diagnosis. */
static long take(gzFile f, const char *path, void *to, size_t n, an_diag_t *d)
{
    size_t got = 0;
    while (got < n) {
        unsigned want = n - got > 1u << 20 ? 1u << 20 : (unsigned)(n - got);
        int k = gzread(f, (char *)to + got, want);
        if (k < 0) {
            int code;
            const char *why = gzerror(f, &code);
            if (code == Z_BUF_ERROR) /* the compressed file ends early: what came counts */
                break;
            an_say(d, AN_ERR_INPUT, "%s: offset %zu: %s; expected %zu bytes more", path, got, why, n - got);
            return -1;
        }
        if (k == 0)
            break;
        got += (size_t)k;
    }
    return (long)got;
}

static an_err_t header(an_array_t *a, gzFile f, const char *path, int dims, an_diag_t *d)
{
    uint8_t h[4 + 4 * AN_ARRAY_DIMS];
    long k = take(f, path, h, 4, d);
    if (k < 0)
        return AN_ERR_INPUT;
    if (k < 4)
        return an_say(d, AN_ERR_INPUT, "%s: cut short: %ld bytes; expected an IDX header of at least 8", path, k);
    int have = h[3];
    if (h[0] || h[1] || h[2] != 8 || have < 1 || have > AN_ARRAY_DIMS || (dims && have != dims))
        return an_say(d, AN_ERR_INPUT, "%s: offset 0: magic 0x%02x%02x%02x%02x; expected 0x000008%02x (IDX, bytes, %d dimension%s)", path, h[0], h[1],
                      h[2], h[3], dims ? dims : 3, dims ? dims : 3, dims == 1 ? "" : "s");
    k = take(f, path, h + 4, 4 * (size_t)have, d);
    if (k < 0)
        return AN_ERR_INPUT;
    if (k < 4 * have)
        return an_say(d, AN_ERR_INPUT, "%s: offset %ld: cut short; expected %d lengths of 4 bytes from offset 4 on", path, 4 + k, have);
    a->kind = AN_U1;
    a->dims = have;
    a->n = 1;
    for (int i = 0; i < have; i++) {
        const uint8_t *b = h + 4 + 4 * i;
        a->shape[i] = (size_t)b[0] << 24 | (size_t)b[1] << 16 | (size_t)b[2] << 8 | b[3];
        if (!a->shape[i] || a->shape[i] > AN_IDX_MAX / a->n)
            return an_say(d, AN_ERR_INPUT, "%s: offset %d: length %zu of dimension %d; expected 1 to %zu", path, 4 + 4 * i, a->shape[i], i,
                          AN_IDX_MAX / a->n);
        a->n *= a->shape[i];
    }
    return AN_OK;
}

static an_err_t body(an_array_t *a, gzFile f, const char *path, an_diag_t *d)
{
    size_t off = 4 + 4 * (size_t)a->dims;
    a->data = malloc(a->n);
    if (!a->data)
        return an_say(d, AN_ERR_MEMORY, "%s: no memory for %zu bytes", path, a->n);
    long k = take(f, path, a->data, a->n, d);
    if (k < 0)
        return AN_ERR_INPUT;
    if ((size_t)k < a->n)
        return an_say(d, AN_ERR_INPUT, "%s: offset %zu: cut short; its header promises %zu bytes from offset %zu, %ld are there", path,
                      off + (size_t)k, a->n, off, k);
    char extra;
    k = take(f, path, &extra, 1, d);
    if (k < 0)
        return AN_ERR_INPUT;
    if (k)
        return an_say(d, AN_ERR_INPUT, "%s: offset %zu: more data than the header promises (%zu bytes)", path, off + a->n, a->n);
    return AN_OK;
}

an_err_t an_idx_read(an_array_t *out, const char *path, int dims, an_diag_t *d)
{
    an_array_t a = {0};
    errno = 0;
    gzFile f = gzopen(path, "rb");
    if (!f)
        return an_say(d, AN_ERR_IO, "%s: %s", path, errno ? strerror(errno) : "out of memory");
    an_err_t e = header(&a, f, path, dims, d);
    if (!e)
        e = body(&a, f, path, d);
    gzclose(f);
    if (e)
        an_array_free(&a);
    else
        *out = a;
    return e;
}
