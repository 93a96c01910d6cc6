/* SPDX-License-Identifier: Apache-2.0
 * an_array -- numbers of a data file with their shape, and the two formats they are read from. The caller owns the array. */
#ifndef AN_ARRAY_H
#define AN_ARRAY_H
#include "an_exp.h"

typedef enum { AN_U1, AN_I1, AN_I2, AN_I4, AN_F4, AN_F8 } an_kind_t;

#define AN_ARRAY_DIMS 4
typedef struct an_array {
    an_kind_t kind;
    int dims;                    /* 1..AN_ARRAY_DIMS */
    size_t shape[AN_ARRAY_DIMS]; /* C order */
    size_t n;                    /* product of shape */
    void *data;
} an_array_t;

size_t an_kind_bytes(an_kind_t k);
double an_array_at(const an_array_t *a, size_t i); /* flat index */
void an_array_free(an_array_t *a);

/* Both: AN_ERR_INPUT with file, offset or field, what is there and what was expected; AN_ERR_IO if the file cannot be read. *a is
 * untouched on failure. dims: how many there must be (0: any). */
AN_MUST_CHECK an_err_t an_idx_read(an_array_t *a, const char *path, int dims, an_diag_t *d); /* bytes; gzip or plain */
AN_MUST_CHECK an_err_t an_npy_read(an_array_t *a, const char *path, int dims, an_diag_t *d); /* version 1.0, C order, little-endian */

#endif
