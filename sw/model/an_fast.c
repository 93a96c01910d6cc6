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
static const an_fast_op_t *wrap(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    (void)op;
    return c->fast->fn(c, f, c->fast, limit);
}

static const an_fast_op_t *pop(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    (void)f, (void)limit;
    c->n = op->count;
    c->nb = (op->count + c->mem.lanes - 1u) >> c->lane_bits;
    c->clocks++;
    return op + 1;
}

static const an_fast_op_t *tick(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    (void)f, (void)limit;
    c->tick++;
    c->tickmix += AN_TICK_MUL;
    c->clocks++;
    return op + 1;
}

static const an_fast_op_t *end(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    if (c->depth == 0)
        return an_fast_plain(c, f, op, limit);
    an_loop_t *l = &c->loop[c->depth - 1u];
    if (l->turns == 0) {
        c->depth--;
        c->clocks++;
        return op + 1;
    }
    l->turns--;
    c->clocks += AN_T_END_TAKEN;
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

static const an_fast_op_t *vector(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
    const uint32_t n = neurons(c, op);
    bool inside = true;
    const void *a = source(c, op->form.asp, op->a, n, &inside);
    const void *b = op->form.op == AN_OP_TAB ? c->mem.table_f12 + op->b % AN_TABLES * AN_TABLE_POINTS : source(c, op->form.bsp, op->b, n, &inside);
    const void *third = source(c, op->form.csp, op->c, n, &inside);
    const target_t t = destination(c, op, n, &inside);
    if (!inside)
        return an_fast_plain(c, f, op, limit);
    const unsigned bits = f->kernel->vector(&op->form, n, a, b, third, t.state, t.rate);
    if (bits)
        note(c, op, bits);
    pay(c, op, n);
    return op + 1;
}

static const an_fast_op_t *reduction(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
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

static const an_fast_op_t *bitwise(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
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
static const an_fast_op_t *input(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
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
static const an_fast_op_t *output(an_core_t *c, const an_fast_t *f, const an_fast_op_t *op, uint64_t limit) {
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

/* the cost of a vector instruction in three parts (docs/machine.md section 7) */
static void price(an_fast_op_t *op, const an_vec_t *v, uint32_t lanes) {
    op->per_neuron = 0;
    switch (v->op) {
    case AN_OP_TAB: op->base = v->nk + AN_T_TAB_LATENCY + 1u; op->per_block = lanes; break;
    case AN_OP_DOT: op->base = v->nk + AN_T_DOT_LATENCY + 1u; op->per_block = v->cpb; break;
    case AN_OP_IN: op->base = 1; op->per_block = 1; op->per_neuron = 1; break;
    case AN_OP_OUT: op->base = 1u + v->nk; op->per_block = AN_T_SERIAL_READ; op->per_neuron = 1; break;
    case AN_OP_SUM:
    case AN_OP_AMAX: op->base = 1u + v->nk + 3u; op->per_block = AN_T_SERIAL_READ; op->per_neuron = 1; break;
    case AN_OP_RECIP: op->base = 1u + v->nk; op->per_block = 5; op->per_neuron = an_recip_steps(v->sh) + 1u; break;
    case AN_OP_SQRT: op->base = 1u + v->nk; op->per_block = 5; op->per_neuron = an_sqrt_steps() + 1u; break;
    default: op->base = v->nk + AN_T_VEC_LATENCY + 1u; op->per_block = v->cpb; break;
    }
}

static an_fast_fn *vector_fn(const an_vec_t *v, uint32_t port) {
    switch (v->op) {
    case AN_OP_IN: return port == AN_PORT_UP || port == AN_PORT_DOWN ? an_fast_plain : input;
    case AN_OP_OUT: return port == AN_PORT_UP || port == AN_PORT_DOWN ? an_fast_plain : output;
    case AN_OP_SUM:
    case AN_OP_DOT:
    case AN_OP_AMAX: return reduction;
    case AN_OP_RECIP:
    case AN_OP_SQRT: return bitwise;
    default: return vector;
    }
}

static void decode_vector(const an_core_t *c, an_fast_op_t *op) {
    const an_vec_t v = an_vec_decode(c, op->word);
    const unsigned reads = an_vec_reads(v.op);
    op->fn = vector_fn(&v, AN_GET(op->word, VEC_B));
    op->form = (an_kernel_form_t){.op = (uint8_t)v.op, .post = (uint8_t)v.post, .sh = (int8_t)v.sh, .neg = v.neg};
    /* what is not read costs no address */
    op->form.asp = (uint8_t)(reads & AN_VEC_A ? v.asp : AN_SRC_Z);
    op->form.bsp = (uint8_t)(reads & AN_VEC_B ? v.bsp : AN_SRC_Z);
    op->form.csp = (uint8_t)(reads & AN_VEC_C ? v.csp : AN_SRC_Z);
    op->dsp = (uint8_t)v.dsp;
    op->a = (uint16_t)AN_GET(op->word, VEC_A);
    op->b = (uint16_t)AN_GET(op->word, VEC_B);
    op->c = (uint16_t)AN_GET(op->word, VEC_C);
    op->d = (uint16_t)AN_GET(op->word, VEC_D);
    op->single = an_vec_single(&v);
    price(op, &v, c->mem.lanes);
}

static void decode(an_core_t *c, const an_fast_t *f) {
    const uint32_t words = c->mem.prog_mask + 1u;
    uint32_t sweeps = 0;
    for (uint32_t pc = 0; pc < words; pc++) {
        an_fast_op_t *op = &c->fast[pc];
        memset(op, 0, sizeof *op);
        op->word = c->mem.prog[pc];
        op->fn = an_fast_plain;
        const unsigned code = AN_GET(op->word, OP);
        if (code == AN_OP_POP && AN_GET(op->word, POP_N) > 0) {
            op->fn = pop;
            op->count = AN_GET(op->word, POP_N);
        } else if (code == AN_OP_TICK) {
            op->fn = tick;
        } else if (code == AN_OP_END) {
            op->fn = end;
            op->count = an_mem_pc(&c->mem, AN_GET(op->word, END_TARGET));
        } else if (code == AN_OP_PRJ) {
            op->count = an_fast_sweep_words(&c->mem.prog[pc], words - pc);
            op->fn = op->count ? an_fast_sweep : an_fast_plain;
            op->a = (uint16_t)sweeps;
            if (op->count)
                an_fast_sweep_prepare(c, f, pc, op->count, sweeps++);
        } else if (code >= AN_OP_IN && code <= AN_OP_AMAX) {
            decode_vector(c, op);
        }
    }
    c->fast[words].fn = wrap;
    c->decoded = true;
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
        decode(c, f);
    c->nb = (c->n + c->mem.lanes - 1u) >> c->lane_bits;
    if (c->io.busy || c->stop) /* finish what waited; a stop is due after it */
        return an_seq_run(c, c->clocks + 1u);
    const uint64_t clocks = c->clocks;
    const uint32_t done = c->io.done;
    const an_fast_op_t *op = c->fast + c->pc;
    while (op != NULL && c->clocks < limit)
        op = op->fn(c, f, op, limit);
    if (op != NULL)
        c->pc = an_mem_pc(&c->mem, an_fast_pc(c, op));
    return c->clocks != clocks || c->io.done != done;
}
