/* SPDX-License-Identifier: Apache-2.0
 * an_kernel -- the arithmetic of whole vectors and whole sweeps for the fast path. Three implementations give the same bits as
 * an_lane and an_sweep: portable C, AVX2 and AVX-512 where the processor has it. */
#ifndef AN_KERNEL_H
#define AN_KERNEL_H
#include "an_lane.h"
#include "an_num.h"
#include "an_spec.h"

/* the part of a vector instruction that its word fixes */
typedef struct an_kernel_form {
    uint8_t op, asp, bsp, csp, post;
    int8_t sh;
    bool neg;
} an_kernel_form_t;

#define AN_KERNEL_SAT 1u   /* a result saturated */
#define AN_KERNEL_CLIP 2u  /* an operand was clipped */

/* Operands: first word in S or R; for K the scalar; any pointer for Z. TAB: b is the table. Results go to state and rate, each
 * may be NULL. n >= 1. Returns AN_KERNEL_x bits. */
typedef unsigned an_kernel_vector_fn(const an_kernel_form_t *f, uint32_t n, const void *a, const void *b, const void *c, int32_t *state, int16_t *rate);

/* the same for n <= AN_KERNEL_FEW (an_kernel_few.c) */
#define AN_KERNEL_FEW 4
an_kernel_vector_fn an_kernel_few;

/* SUM, DOT: the exact sum; AMAX: the largest a in *index's neuron. */
typedef int64_t an_kernel_reduce_fn(const an_kernel_form_t *f, uint32_t n, const void *a, const void *b, uint32_t *index, unsigned *bits);

/* rounding bits of a block of 32 columns as a linear function of the register */
typedef struct an_kernel_rnd {
    uint16_t nibble[8][16][AN_BLOCK_COLUMNS]; /* what each value of each nibble of the register adds (xor) */
    uint8_t affine[4][64];                    /* for byte k of the register: the operand of gf2p8affineqb */
} an_kernel_rnd_t;

void an_kernel_rnd_init(an_kernel_rnd_t *r);

/* A sweep with its operands in memory. Columns of a row are contiguous; of a pair projection in blocks of `lanes` w, `lanes` v. */
typedef struct an_kernel_sweep {
    int16_t *syn;               /* row 0 */
    size_t stride;              /* words from row to row */
    uint32_t rows, cols, lanes;
    bool pair, scatter, gather, learn, overv, wnew;
    bool drop;                  /* silent rows are skipped */
    unsigned amode, gmode, lsh;
    const int16_t *x, *x2, *y, *y2;
    int32_t *acc, *g, *low;     /* low: of a raw sweep, else NULL */
    const int32_t *ainit, *ginit;
    an_pair_t par;
    uint32_t key, seed, first_block; /* seed: an_rnd_seed */
    const an_kernel_rnd_t *rnd;
    uint32_t rows_swept;        /* results */
    bool sat_w, sat_v, sat_acc, sat_g;
} an_kernel_sweep_t;

typedef struct an_kernel {
    const char *name;
    an_kernel_vector_fn *vector;
    an_kernel_reduce_fn *reduce;
    void (*sweep)(an_kernel_sweep_t *s);
} an_kernel_t;

extern const an_kernel_t an_kernel_portable;
an_kernel_vector_fn an_kernel_portable_vector;
an_kernel_reduce_fn an_kernel_portable_reduce;
/* NULL where the processor or the compiler has no AVX-512 with VBMI2, VNNI and GFNI */
const an_kernel_t *an_kernel_avx512(void);
/* NULL where there is no AVX2 */
const an_kernel_t *an_kernel_avx2(void);

/* The whole sweep, synapse by synapse: for the smallest ones, where anything else is longer. */
#define AN_KERNEL_SMALL 32 /* synapses */
void an_kernel_small(an_kernel_sweep_t *s);

static inline uint32_t an_kernel_magnitude(int32_t x) { return (uint32_t)(x < 0 ? -x : x); }
/* Largest magnitude of n words. */
uint32_t an_kernel_widest(const int16_t *p, uint32_t n);
/* A bound of |x2*y2 - beta*v - kappa*w| over a pair sweep, whatever v and w; UINT64_MAX where a constant is shifted. */
uint64_t an_kernel_pair_bound(const an_kernel_sweep_t *s);

/* Ends a gathered row: sum is what its products add up to. */
static inline void an_kernel_finish(an_kernel_sweep_t *s, uint32_t j, int64_t sum) {
    sum += s->gmode == AN_INIT_SELF ? s->g[j] : s->gmode == AN_INIT_FROM ? s->ginit[j] : 0;
    s->g[j] = s->low ? an_high_s43_s32(sum) : an_sat_s48_s32(sum, &s->sat_g);
    if (s->low)
        s->low[j] = an_low_s43_u10(sum);
}

/* Rows of a sweep that are not skipped, in order; list has room for rows. */
uint32_t an_kernel_rows(const an_kernel_sweep_t *s, uint16_t *list);

#endif
