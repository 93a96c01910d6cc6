/* SPDX-License-Identifier: Apache-2.0
 * an_vec -- vector control: operands, destination and clocks of ADD MIN MAX SEL MUL MAC LEAK TAB DOT; and the fields that the
 * serial instructions share with them (docs/machine.md sections 3, 4, 7). */
#ifndef AN_VEC_H
#define AN_VEC_H
#include "an_core.h"

/* A vector instruction with everything that does not change while it runs. Block addresses are past the ring windows. */
typedef struct an_vec {
    uint64_t word;
    unsigned op, dsp, asp, bsp, csp, post;
    uint32_t d, d_rate; /* destination: address in S or index in K; address in R */
    uint32_t a, b, c;
    int sh;
    bool neg;
    uint32_t n, nb;     /* neurons, blocks */
    uint32_t nk, cps;   /* scalars read; clocks a step */
} an_vec_t;

/* operands that an instruction reads */
enum { AN_VEC_A = 1, AN_VEC_B = 2, AN_VEC_C = 4 };
unsigned an_vec_reads(unsigned op);
/* of an instruction word that reads those operands: scalars; clocks of a step (docs/machine.md section 7) */
uint32_t an_vec_scalars(uint64_t word, unsigned reads);
uint32_t an_vec_step(uint64_t word, unsigned reads, bool beside);
/* it writes that memory, AN_SRC_S or AN_SRC_R: OUT, PASS, GIVE, SUM, DOT and AMAX write neither */
bool an_vec_writes(uint64_t word, unsigned memory);
bool an_vec_multiplies(unsigned op); /* b is a 16-bit factor */
/* one neuron only: docs/machine.md section 7, below the table of costs */
bool an_vec_single(const an_vec_t *v);

/* ADD MIN MAX SEL MUL MAC LEAK to a vector */
static inline bool an_vec_elementwise(uint64_t word) {
    return AN_GET(word, OP) >= AN_OP_ADD && AN_GET(word, OP) <= AN_OP_LEAK && AN_GET(word, VEC_DSP) != AN_SPC_K;
}
/* May the word begin while c->tail_word is under way? (docs/machine.md section 7) */
bool an_vec_follows(const an_core_t *c, uint64_t word);
/* Of an elementwise instruction of nb blocks that has just been paid in full: if it has steps enough, it is under way from its last read on. */
static inline void an_vec_release(an_core_t *c, uint64_t word, uint32_t nb) {
    if (!(c->mem.features & AN_HAS_FOLLOW) || nb * c->mem.vec_steps < AN_T_FOLLOW_STEPS)
        return;
    c->tail = AN_T_VEC_LATENCY;
    c->clocks -= c->tail;
    c->tail_word = word;
    c->tail_nb = nb;
}

an_vec_t an_vec_decode(const an_core_t *c, uint64_t word);
/* 32-bit value of an operand for one neuron */
int32_t an_vec_operand(const an_core_t *c, unsigned space, uint32_t addr, uint32_t block, uint32_t lane);
/* the same as a 16-bit factor; a clamp sets *clip */
int16_t an_vec_factor(const an_core_t *c, unsigned space, uint32_t addr, uint32_t block, uint32_t lane, bool *clip);
/* Writes a result after post at `clock`; rhu to R may saturate. */
void an_vec_write(an_core_t *c, const an_vec_t *v, uint32_t block, uint32_t lane, int32_t value_f24, uint64_t clock, bool *sat);
void an_vec_write_scalar(an_core_t *c, uint32_t index, int32_t value_f24, uint64_t clock);
/* the end of SUM and DOT: rhu(sum / 2^sh), saturated; sh 0..15 */
int32_t an_vec_reduce(int64_t sum, int sh, bool *sat);
/* the scalar that SUM, DOT or AMAX leaves, and what they cost */
void an_vec_reduced(an_core_t *c, const an_vec_t *v, int32_t value_f24);
/* notes what an instruction did in the range record of its pc */
void an_vec_range(an_core_t *c, bool sat, bool clip);

static inline uint32_t an_vec_lanes(const an_core_t *c, uint32_t n, uint32_t block) {
    const uint32_t left = n - block * c->mem.lanes;
    return left < c->mem.lanes ? left : c->mem.lanes;
}

/* Each executes its instruction at clocks and moves clocks on. */
void an_vec_run(an_core_t *c, const an_vec_t *v);
void an_vec_table(an_core_t *c, const an_vec_t *v);
void an_vec_dot(an_core_t *c, const an_vec_t *v);

#endif
