/* SPDX-License-Identifier: Apache-2.0
 * an_fast -- the path without records: instructions decoded once, whole vectors and sweeps by a kernel, clocks and visits by formula.
 * It leaves a core as an_seq does, bit for bit; what it has no short way for it hands to an_seq_step. */
#ifndef AN_FAST_H
#define AN_FAST_H
#include "an_core.h"
#include "an_kernel.h"
#include "an_sweep.h"

typedef struct an_fast an_fast_t; /* a chip's: what all cores share */
struct an_fast {
    const an_kernel_t *kernel;
    an_kernel_rnd_t rnd;
};

typedef struct an_fast_op an_fast_op_t;
/* Executes op; returns the next one, or NULL where the core halts, faults or waits. */
typedef const an_fast_op_t *an_fast_fn(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit);

struct an_fast_op {
    an_fast_fn *fn;
    an_kernel_form_t form;
    uint8_t dsp, work;          /* work: AN_WORK_x */
    bool single;                /* one neuron, whatever POP says */
    bool sets, elementwise;     /* an_seq_sets, an_vec_elementwise: what may begin while another one is under way */
    uint16_t a, b, c, d;
    uint32_t base, per_block, per_neuron; /* cost */
    uint32_t count;             /* LOOP: turns or scalar; END: target; POP: n; sweep: words fused into this op (which one: a) */
    uint64_t word;
    /* operands and destination where no ring window moves them, and the longest vector that stays in its memories there */
    const void *a_at, *b_at, *c_at;
    int32_t *state_at;
    int16_t *rate_at;
    uint32_t most;
};

AN_MUST_CHECK an_err_t an_fast_create(an_core_t *c);
void an_fast_destroy(an_core_t *c);

/* As an_seq_run, without records. */
bool an_fast_run(an_core_t *c, const an_fast_t *f, uint64_t limit);

/* a sweep as its words say it: valid where no ring window moves an address */
typedef struct an_fast_swp {
    an_sweep_t s;
    an_kernel_sweep_t k;
    bool inside;
} an_fast_swp_t;
/* prepares c->swp[index] for the words at pc */
void an_fast_sweep_prepare(an_core_t *c, const an_fast_t *f, uint32_t pc, uint32_t words, uint32_t index);

/* decodes all words of prog (an_fast_decode.c) */
void an_fast_decode(an_core_t *c, const an_fast_t *f);

/* what an op does (an_fast.c) */
an_fast_fn an_fast_pop, an_fast_tick, an_fast_end, an_fast_wrap, an_fast_input, an_fast_output;
an_fast_fn an_fast_vector, an_fast_reduction, an_fast_bitwise;

/* sweep of the words at op, PRJ to SWP (an_fast_sweep.c) */
an_fast_fn an_fast_sweep;
/* how many words from word[0] on are one sweep: 5, 6, or 0 */
uint32_t an_fast_sweep_words(const uint64_t *word, uint32_t left);
/* one instruction by an_seq_step */
an_fast_fn an_fast_plain;

static inline uint32_t an_fast_pc(const an_core_t *c, const an_fast_op_t *op) { return (uint32_t)(op - c->fast); }

#endif
