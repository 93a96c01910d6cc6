/* SPDX-License-Identifier: Apache-2.0 */
#include "an_fast.h"
#include <stdlib.h>
#include <string.h>
#include "an_num.h"
#include "an_recip.h"
#include "an_seq.h"
#include "an_vec.h"

const an_fast_op_t *an_fast_plain(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    (void)f, (void)limit;
    c->pc = an_fast_pc(c, op);
    return an_seq_step(c) && c->state == AN_ST_RUNNING ? c->fast + c->pc : NULL;
}

/* The next op when the program counter wraps: the first. */
const an_fast_op_t *an_fast_wrap(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    (void)op;
    return c->fast->fn(c, f, c->fast, limit);
}

const an_fast_op_t *an_fast_pop(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    (void)f, (void)limit;
    c->n = op->count;
    c->nb = (op->count + c->mem.lanes - 1u) >> c->lane_bits;
    an_core_meanwhile(c, 1);
    return op + 1;
}

const an_fast_op_t *an_fast_tick(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    (void)f, (void)limit;
    c->tick++;
    c->clocks++;
    return op + 1;
}

const an_fast_op_t *an_fast_end(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    if (c->depth == 0)
        return an_fast_plain(c, f, op, limit);
    an_loop_t *l = &c->loop[c->depth - 1u];
    if (l->turns == 0) {
        c->depth--;
        c->clocks++;
        return op + 1;
    }
    l->turns--;
    c->clocks += AN_T_END_TAKEN + an_core_ahead(c);
    return c->fast + op->count;
}

/* address of a vector of n words after the ring window, in words; *inside is cleared if it leaves its memory */
static inline uint32_t vector_at(const an_core_t *c, unsigned memory, uint32_t addr, uint32_t n, bool *inside) {
    const an_ring_t *r = &c->ring[memory];
    const uint32_t at = addr - r->base;
    if (at < r->size) {
        const uint32_t moved = at + r->offset;
        addr = r->base + (moved >= r->size ? moved - r->size : moved);
    }
    const uint32_t word = addr << c->lane_bits;
    const uint32_t words = (memory == AN_SRC_S ? c->mem.state_mask : c->mem.rate_mask) + 1u;
    *inside &= word + n <= words;
    return word;
}

static inline const void *source(const an_core_t *c, unsigned space, uint32_t addr, uint32_t n, bool *inside) {
    switch (space) {
    case AN_SRC_S: return c->mem.state_f24 + vector_at(c, AN_SRC_S, addr, n, inside);
    case AN_SRC_R: return c->mem.rate_f12 + vector_at(c, AN_SRC_R, addr, n, inside);
    case AN_SRC_K: return an_mem_scalar(&c->mem, addr);
    default: return c->mem.scalar_f24;
    }
}

/* where results go; both NULL never happens */
typedef struct target { int32_t *state; int16_t *rate; } target_t;

static inline target_t destination(const an_core_t *c, const an_fast_op_t *op, uint32_t n, bool *inside) {
    target_t t = {NULL, NULL};
    if (op->dsp == AN_SPC_K) {
        t.state = an_mem_scalar(&c->mem, op->d);
        return t;
    }
    if (op->dsp != AN_SPC_R)
        t.state = c->mem.state_f24 + vector_at(c, AN_SRC_S, op->d, n, inside);
    if (op->dsp != AN_SPC_S)
        t.rate = c->mem.rate_f12 + vector_at(c, AN_SRC_R, op->d, n, inside);
    return t;
}

static inline uint32_t neurons(const an_core_t *c, const an_fast_op_t *op) { return op->single ? 1 : c->n; }

static inline void pay(an_core_t *c, const an_fast_op_t *op, uint32_t n) {
    c->clocks += op->base + (uint64_t)op->per_block * (op->single ? 1 : c->nb) + (uint64_t)op->per_neuron * n;
}

static inline void note(an_core_t *c, const an_fast_op_t *op, unsigned bits) {
    if (bits & AN_KERNEL_SAT)
        an_range_saturate(&c->range[an_fast_pc(c, op)], c->tick);
    if (bits & AN_KERNEL_CLIP)
        an_range_clip(&c->range[an_fast_pc(c, op)]);
}

static inline const an_fast_op_t *finish(an_core_t *c, const an_fast_op_t *op, uint32_t n, unsigned bits) {
    if (bits)
        note(c, op, bits);
    pay(c, op, n);
    c->tail = 0;
    if (op->elementwise)
        an_vec_release(c, op->word, c->nb);
    return op + 1;
}

/* Some of what it writes may go to a neighbour: an_seq knows in which clock. */
static inline bool gives(const an_core_t *c, const an_fast_op_t *op) {
    if (c->outlet.left == 0 || !an_vec_writes(op->word, c->outlet.memory))
        return false;
    return c->ring[c->outlet.memory].size > 0 || an_outlet_meets(c, c->outlet.memory, op->d, c->nb);
}

/* a vector instruction whose operands a ring window may move */
static const an_fast_op_t *moved_vector(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    const uint32_t n = neurons(c, op);
    bool inside = true;
    const void *a = source(c, op->form.asp, op->a, n, &inside);
    const void *b = op->form.op == AN_OP_TAB ? op->b_at : source(c, op->form.bsp, op->b, n, &inside);
    const void *third = source(c, op->form.csp, op->c, n, &inside);
    const target_t t = destination(c, op, n, &inside);
    if (!inside)
        return an_fast_plain(c, f, op, limit);
    an_kernel_vector_fn *run = n <= AN_KERNEL_FEW ? an_kernel_few : f->kernel->vector;
    return finish(c, op, n, run(&op->form, n, a, b, third, t.state, t.rate));
}

const an_fast_op_t *an_fast_vector(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    if (gives(c, op))
        return an_fast_plain(c, f, op, limit);
    const uint32_t n = neurons(c, op);
    if (c->ring[AN_SRC_S].size | c->ring[AN_SRC_R].size || n > op->most)
        return moved_vector(c, f, op, limit);
    an_kernel_vector_fn *run = n <= AN_KERNEL_FEW ? an_kernel_few : f->kernel->vector;
    return finish(c, op, n, run(&op->form, n, op->a_at, op->b_at, op->c_at, op->state_at, op->rate_at));
}

const an_fast_op_t *an_fast_reduction(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    const uint32_t n = neurons(c, op);
    bool inside = true, sat = false;
    const void *a = source(c, op->form.asp, op->a, n, &inside);
    const void *b = source(c, op->form.bsp, op->b, n, &inside);
    if (!inside)
        return an_fast_plain(c, f, op, limit);
    uint32_t index = 0;
    unsigned bits = 0;
    const int64_t sum = f->kernel->reduce(&op->form, n, a, b, &index, &bits);
    int32_t *d = an_mem_scalar(&c->mem, op->d);
    if (op->form.op == AN_OP_AMAX)
        *d = op->form.neg ? (int32_t)index : (int32_t)sum;
    else
        *d = an_vec_reduce(sum, op->form.sh, &sat);
    note(c, op, bits | (sat ? AN_KERNEL_SAT : 0));
    pay(c, op, n);
    return op + 1;
}

const an_fast_op_t *an_fast_bitwise(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    const uint32_t n = neurons(c, op);
    bool inside = true, sat = false;
    const void *a = source(c, op->form.asp, op->a, n, &inside);
    const target_t t = destination(c, op, n, &inside);
    if (!inside)
        return an_fast_plain(c, f, op, limit);
    for (uint32_t i = 0; i < n; i++) {
        int32_t x = 0;
        if (op->form.asp == AN_SRC_S)
            x = ((const int32_t *)a)[i];
        else if (op->form.asp == AN_SRC_R)
            x = ((const int16_t *)a)[i] * (1 << 12);
        else if (op->form.asp == AN_SRC_K)
            x = *(const int32_t *)a;
        const int32_t y = op->form.op == AN_OP_RECIP ? an_recip(x, op->form.sh, &sat) : an_sqrt(x);
        if (t.rate != NULL)
            t.rate[i] = an_rhu_f24_s16f12(y, &sat);
        if (t.state != NULL)
            t.state[i] = y;
    }
    note(c, op, sat ? AN_KERNEL_SAT : 0);
    pay(c, op, n);
    return op + 1;
}

/* IN from the host when all its words are there */
const an_fast_op_t *an_fast_input(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    const uint32_t n = neurons(c, op);
    bool inside = true;
    const target_t t = destination(c, op, n, &inside);
    an_fifo_t *in = c->in[AN_PORT_HOST];
    if (!inside || in == NULL || an_stream_level(in) < n)
        return an_fast_plain(c, f, op, limit);
    for (uint32_t i = 0; i < n; i++) {
        const int32_t word = in->word[in->taken++ & (in->capacity - 1u)];
        if (t.rate != NULL)
            t.rate[i] = (int16_t)word;
        if (t.state != NULL)
            t.state[i] = word * (1 << 12);
    }
    pay(c, op, n);
    return op + 1;
}

/* OUT to the host when there is room for all its words */
const an_fast_op_t *an_fast_output(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    const uint32_t n = neurons(c, op);
    bool inside = true;
    const void *a = source(c, op->form.asp, op->a, n, &inside);
    an_fifo_t *out = c->out[AN_PORT_HOST];
    if (!inside || out == NULL || an_stream_room(out) < n)
        return an_fast_plain(c, f, op, limit);
    for (uint32_t i = 0; i < n; i++) {
        int32_t word = 0;
        if (op->form.asp == AN_SRC_S)
            word = ((const int32_t *)a)[i];
        else if (op->form.asp == AN_SRC_R)
            word = ((const int16_t *)a)[i];
        else if (op->form.asp == AN_SRC_K)
            word = *(const int32_t *)a;
        out->word[out->given++ & (out->capacity - 1u)] = word;
    }
    pay(c, op, n);
    return op + 1;
}

an_err_t an_fast_create(an_core_t *c) {
    c->fast = calloc((size_t)c->mem.prog_mask + 2u, sizeof c->fast[0]);
    c->swp = calloc((size_t)c->mem.prog_mask / 5u + 1u, sizeof c->swp[0]);
    c->decoded = false;
    return c->fast && c->swp ? AN_OK : AN_ERR_MEMORY;
}

void an_fast_destroy(an_core_t *c) {
    free(c->fast);
    free(c->swp);
    c->fast = NULL;
    c->swp = NULL;
}

bool an_fast_run(an_core_t *c, const an_fast_t *f, uint64_t limit) {
    if (c->state != AN_ST_RUNNING || c->clocks >= limit)
        return false;
    if (!c->decoded)
        an_fast_decode(c, f);
    c->nb = (c->n + c->mem.lanes - 1u) >> c->lane_bits;
    if (c->io.busy || c->stop) /* finish what waited; a stop is due after it */
        return an_seq_run(c, c->clocks + 1u);
    const uint64_t clocks = c->clocks;
    const uint32_t done = c->io.done;
    const an_fast_op_t *op = c->fast + c->pc;
    for (uint64_t since = clocks; op != NULL && since < limit; since = c->clocks) {
        if (c->tail > 0 && ((!op->sets && !(op->elementwise && an_vec_follows(c, op->word))) || an_seq_closes(c, op->word))) {
            an_core_settle(c);
            since = c->clocks;
        }
        if (c->inlet.open && an_seq_holds(c, op->word))
            break;
        uint64_t *work = &c->work[op->work];
        op = op->fn(c, f, op, limit);
        *work += c->clocks - since;
    }
    if (op != NULL)
        c->pc = an_mem_pc(&c->mem, an_fast_pc(c, op));
    return c->clocks != clocks || c->io.done != done;
}
