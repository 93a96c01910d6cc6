/* SPDX-License-Identifier: Apache-2.0
 * an_seq -- the sequencer: fetch, control instructions, dispatch (docs/machine.md sections 6 and 7). */
#ifndef AN_SEQ_H
#define AN_SEQ_H
#include "an_core.h"
#include "an_vec.h"

/* One instruction of a running core. false: it waits for a stream; call again. */
/* features (AN_HAS_x) that an instruction needs; without them it is a fault */
uint32_t an_seq_needs(uint64_t word);
/* Of what a chip has not got that which it needs and cannot do without: without split raw and block are no fields. */
static inline uint32_t an_seq_lacks(uint32_t features, uint64_t word) { return an_seq_needs(word) & ~features & ~AN_HAS_SPLIT; }
static inline bool an_seq_faults(const an_core_t *c, uint64_t word) { return an_seq_lacks(c->mem.features, word); }
/* PASS, TAKE and GIVE with fields that are no fault: a neighbour's port; one memory of TAKE and GIVE. */
bool an_seq_passes(uint64_t word);
bool an_seq_step(an_core_t *c);
/* It only sets registers that nothing under way needs. */
bool an_seq_sets(const an_core_t *c, uint64_t word);
/* The first instruction after TAKE that waits for what comes in. */
static inline bool an_seq_closes(const an_core_t *c, uint64_t word) {
    return c->inlet.open && (an_seq_faults(c, word) || !an_inlet_beside(c, word));
}
/* Waits until nothing is under way that the word at pc may not follow. */
static inline void an_seq_settle(an_core_t *c) {
    const uint64_t word = c->mem.prog[c->pc];
    if (c->tail > 0 && ((!an_seq_sets(c, word) && !an_vec_follows(c, word)) || an_seq_closes(c, word)))
        an_core_settle(c);
}

/* The word waits for what TAKE has begun, which has not all come; where it has, the core stands still until it may begin. */
bool an_seq_holds(an_core_t *c, uint64_t word);

/* Executes instructions of a running core one by one, with records, until it halts, waits for a stream (stall says which), or its clock
 * counter reaches limit. Returns true if it did anything. */
bool an_seq_run(an_core_t *c, uint64_t limit);

#endif
