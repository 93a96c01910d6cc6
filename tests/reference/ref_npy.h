// SPDX-License-Identifier: Apache-2.0
// ref_npy.h -- arrays in NumPy's .npy format, version 1.0, C order, little endian: writes f8; reads f8, f4, i2, u1 as double.
#ifndef REF_NPY_H
#define REF_NPY_H

#include "ref.h"

typedef struct {
    int dim[2]; // dim[1] = 1 for a vector
    double *x;
} ref_array_t;

static inline void ref_npy_write(const char *prefix, const char *name, const double *x, int rows, int cols)
{
    char path[1024], head[118];
    if (snprintf(path, sizeof path, "%s%s.npy", prefix, name) >= (int)sizeof path) ref_die("path too long");
    FILE *f = fopen(path, "wb");
    if (!f) ref_die("cannot write %s", path);
    char shape[48];
    if (cols) snprintf(shape, sizeof shape, "(%d, %d)", rows, cols);
    else snprintf(shape, sizeof shape, "(%d,)", rows);
    int n = snprintf(head, sizeof head, "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }", shape);
    memset(head + n, ' ', sizeof head - (size_t)n);
    head[117] = '\n';
    size_t count = (size_t)rows * (size_t)(cols ? cols : 1);
    bool ok = fwrite("\x93NUMPY\x01\x00\x76\x00", 1, 10, f) == 10 && fwrite(head, 1, 118, f) == 118 &&
              fwrite(x, sizeof *x, count, f) == count;
    if (fclose(f) || !ok) ref_die("cannot write %s", path);
}

static inline ref_array_t ref_npy_read(const char *prefix, const char *name)
{
    char path[1024], head[1025];
    unsigned char pre[10], b[8];
    ref_array_t a = {.dim = {0, 1}};
    if (snprintf(path, sizeof path, "%s%s.npy", prefix, name) >= (int)sizeof path) ref_die("path too long");
    FILE *f = fopen(path, "rb");
    if (!f) ref_die("cannot read %s", path);
    if (fread(pre, 1, 10, f) != 10 || memcmp(pre, "\x93NUMPY\x01", 7)) ref_die("%s: not .npy 1.0", path);
    size_t len = pre[8] + 256u * pre[9];
    if (len > 1024 || fread(head, 1, len, f) != len) ref_die("%s: bad header", path);
    head[len] = 0;
    const char *d = strstr(head, "'descr': '"), *s = strstr(head, "'shape': (");
    if (!d || !s || strstr(head, "True")) ref_die("%s: unreadable header", path);
    char type = d[11];
    size_t size = (size_t)(d[12] - '0');
    if (sscanf(s, "'shape': (%d, %d)", &a.dim[0], &a.dim[1]) < 1) ref_die("%s: bad shape", path);
    size_t n = (size_t)a.dim[0] * (size_t)a.dim[1];
    a.x = ref_alloc(n, sizeof *a.x);
    for (size_t i = 0; i < n; i++) {
        if (fread(b, 1, size, f) != size) ref_die("%s: too short", path);
        float f4;
        if (type == 'f' && size == 8) memcpy(&a.x[i], b, 8);
        else if (type == 'f' && size == 4) memcpy(&f4, b, 4), a.x[i] = f4;
        else if (type == 'i' && size == 2) a.x[i] = (int16_t)(b[0] | b[1] << 8);
        else if (type == 'u' && size == 1) a.x[i] = b[0];
        else ref_die("%s: type %c%zu not read here", path, type, size);
    }
    fclose(f);
    return a;
}

#endif
