/* SPDX-License-Identifier: Apache-2.0
 * an_sweep -- SWP: one pass over a projection; scatter, gather and learn from one read of every synapse (docs/machine.md
 * sections 5 and 7). */
#ifndef AN_SWEEP_H
#define AN_SWEEP_H
#include "an_core.h"
#include "an_lane.h"

/* The projection registers and the flags of SWP, decoded. Block addresses are past the ring windows. */
typedef struct an_sweep {
    uint32_t wbase, rows, cols, stride, key, first_block;
    uint32_t x, x2, g, ginit, gmode;
    uint32_t y, y2, acc, ainit, amode;
    bool pair, scatter, gather, learn, overv, skip, wnew, raw;
    unsigned lsh;
    an_pair_t par;      /* pair sweep with learn, else 0 */
    bool par_clip;      /* a constant was clamped */
    uint32_t ahead;     /* clocks more, an_core_ahead */
} an_sweep_t;

/* A ROW or a LAN whose addresses are placed through the ring windows: the fields of both stand in the same places. */
uint64_t an_sweep_row(const an_core_t *c, uint64_t word);

an_sweep_t an_sweep_decode(const an_core_t *c, uint64_t word);
/* reads the scalars that the word PAR names */
void an_sweep_constants(const an_core_t *c, uint64_t par, an_sweep_t *s);

/* clocks from t0 to the next instruction, given how many rows are not skipped */
/* From the clock of SWP, whose rows are all swept, to that in which the sums of a group are written; low words a clock later. */
uint64_t an_sweep_sums(const an_sweep_t *s, uint32_t lanes, uint32_t group);
uint64_t an_sweep_cost(const an_sweep_t *s, uint32_t lanes, uint32_t rows_swept);
/* slots of one row */
uint32_t an_sweep_row_slots(const an_sweep_t *s, uint32_t lanes);

/* Executes the sweep at clocks and moves clocks on. */
void an_sweep_run(an_core_t *c, const an_sweep_t *s);

#endif
