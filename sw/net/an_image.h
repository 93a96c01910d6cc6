/* SPDX-License-Identifier: Apache-2.0
 * an_image -- what the compiler makes of an experiment and a configuration: everything that is written into a chip, and the
 * names by which it is read back. Owned by the caller of an_compile; an_image_free frees all of it. */
#ifndef AN_IMAGE_H
#define AN_IMAGE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "an_err.h"
#include "an_spec.h"

/* One vector of one population. Neuron i: block addr + i/lanes, lane i mod lanes, of core. */
typedef struct an_sym_vector {
    char *name;           /* "hidden.s" */
    uint32_t core, n;
    bool in_state, in_rate; /* which memories hold it; the address is the same in both */
    uint32_t addr;        /* block address; inside a ring window: of step 0 */
    int scale;            /* stored value = value * 2^scale */
    bool network;         /* part of digest_network: a state that outlives the tick, not scratch */
} an_sym_vector_t;

typedef struct an_sym_population {
    char *name;
    uint32_t core, n;     /* its owner: where its vectors are computed, but for those that say another */
} an_sym_population_t;

/* Columns first .. first + cols - 1 of the lane side, rows row .. row + rows - 1 of the row side. */
typedef struct an_sym_part { uint32_t core, wbase, stride, first, cols, row, rows; } an_sym_part_t;

typedef struct an_sym_projection {
    char *name;           /* "hidden>output" */
    uint32_t pre, post;   /* neurons on either side */
    bool pre_on_rows;     /* design.md section 2: row side = presynaptic */
    an_sym_part_t *part; size_t n_part; /* 1, or where it is cut */
    bool pair;
    uint32_t w_frac, v_frac; /* fractional bits */
    uint32_t key;         /* rounding key */
} an_sym_projection_t;

typedef struct an_sym_scalar {
    char *name;           /* "eps", "hidden.tau_k" */
    uint32_t index;       /* on every core: all have all scalars */
    double value;         /* as the rule or experiment gave it (0 for results of reductions) */
    int shift;            /* stored value = value * 2^shift */
} an_sym_scalar_t;

typedef struct an_where { uint32_t core, pc; } an_where_t;

/* A place that saturates: the range record at (core, pc). What is swept in parts has a record for each. */
typedef struct an_site {
    uint32_t core, pc;
    an_where_t *more; size_t n_more;
    char *name;           /* the vector or projection */
    bool state;           /* a state of the network (in S, or declared network): counts for divergence */
} an_site_t;

/* One IN or OUT of an entry, in program order, per sample (or tick) turn of the entry's outer loop. */
typedef struct an_stream {
    char *name;           /* what the rule calls it: "x", "y", "sign", "prediction" */
    uint32_t n;           /* words */
    int frac;             /* fractional bits of a word: in 12; out 12 (rate), 24 (state, scalar) or 0 (an index), plus the scale */
} an_stream_t;

typedef struct an_entry {
    char *name;           /* "train", "test" */
    uint32_t *pc;         /* one a core */
    an_stream_t *in, *out;
    size_t n_in, n_out;
    uint32_t turns_scalar; /* index (every core the same) of the integer scalar that holds how many turns to run before HALT */
} an_entry_t;

typedef struct an_core_image {
    uint64_t *prog; size_t n_prog;
    uint32_t *line;       /* source line of every instruction in the rule file, for messages */
    int32_t *scalar;      size_t n_scalar;  /* s32f24, all of cfg.scalars */
    int16_t *table;       /* AN_TABLES * AN_TABLE_POINTS, s16f12 */
    int16_t *syn;         /* flat, cfg.syn_words */
    int32_t *state;       /* flat, cfg.state_words */
    int16_t *rate;        /* flat, cfg.rate_words */
    size_t syn_used, state_used, rate_used, scalar_used; /* words; for the placement report */
    uint64_t clocks;      /* estimate of a turn of the training entry, zero-skip off */
} an_core_image_t;

typedef struct an_image {
    an_config_t cfg;
    an_core_image_t *core;            /* cfg.cores */
    uint32_t in_core, out_core;       /* where the host's streams enter and leave */
    uint64_t period;                  /* estimate: clocks from turn to turn, waiting for neighbours included */
    an_sym_population_t *population;  size_t n_population;
    an_sym_vector_t *vector;          size_t n_vector;
    an_sym_projection_t *projection;  size_t n_projection;
    an_sym_scalar_t *scalar;          size_t n_scalar;
    an_site_t *site;                  size_t n_site;
    an_entry_t *entry;                size_t n_entry;
    char *notes;                      /* what the compiler had to do that costs clocks: lines, empty if nothing */
} an_image_t;

void an_image_free(an_image_t *img); /* NULL is allowed */

/* By name; NULL if there is none. */
const an_sym_vector_t *an_image_vector(const an_image_t *img, const char *name);
const an_sym_projection_t *an_image_projection(const an_image_t *img, const char *name);
/* The part that has a row and a column. */
const an_sym_part_t *an_image_part(const an_sym_projection_t *p, uint32_t row, uint32_t col);
const an_sym_scalar_t *an_image_scalar(const an_image_t *img, const char *name);
const an_entry_t *an_image_entry(const an_image_t *img, const char *name);

#endif
