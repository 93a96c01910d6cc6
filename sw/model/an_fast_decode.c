/* SPDX-License-Identifier: Apache-2.0
 * A program of the fast path from its words. */
#include <string.h>
#include "an_fast.h"
#include "an_recip.h"
#include "an_seq.h"
#include "an_vec.h"

/* word of a vector without windows; *most shrinks to what its memory has from there on */
static uint32_t still_at(const an_core_t *c, unsigned memory, uint32_t addr, uint32_t *most) {
    const uint32_t words = (memory == AN_SRC_S ? c->mem.state_mask : c->mem.rate_mask) + 1u;
    const uint32_t word = (addr << c->lane_bits) & (words - 1u);
    const uint32_t room = word == addr << c->lane_bits ? words - word : 0;
    *most = room < *most ? room : *most;
    return word;
}

static const void *still_source(const an_core_t *c, unsigned space, uint32_t addr, uint32_t *most) {
    switch (space) {
    case AN_SRC_S: return c->mem.state_f24 + still_at(c, AN_SRC_S, addr, most);
    case AN_SRC_R: return c->mem.rate_f12 + still_at(c, AN_SRC_R, addr, most);
    default: return an_mem_scalar(&c->mem, addr);
    }
}

static void still_vector(const an_core_t *c, an_fast_op_t *op) {
    op->most = UINT32_MAX;
    op->a_at = still_source(c, op->form.asp, op->a, &op->most);
    op->b_at = still_source(c, op->form.bsp, op->b, &op->most);
    op->c_at = still_source(c, op->form.csp, op->c, &op->most);
    if (op->form.op == AN_OP_TAB)
        op->b_at = c->mem.table_f12 + op->b % AN_TABLES * AN_TABLE_POINTS;
    if (op->dsp == AN_SPC_K)
        op->state_at = an_mem_scalar(&c->mem, op->d);
    if (op->dsp == AN_SPC_S || op->dsp == AN_SPC_SR)
        op->state_at = c->mem.state_f24 + still_at(c, AN_SRC_S, op->d, &op->most);
    if (op->dsp == AN_SPC_R || op->dsp == AN_SPC_SR)
        op->rate_at = c->mem.rate_f12 + still_at(c, AN_SRC_R, op->d, &op->most);
}

/* the cost of a vector instruction in three parts (docs/machine.md section 7) */
static void price(an_fast_op_t *op, const an_vec_t *v, uint32_t steps, uint32_t units, uint32_t ahead) {
    op->per_block = op->per_neuron = 0;
    switch (v->op) {
    case AN_OP_TAB:
        op->base = v->nk + AN_T_TAB_LATENCY + ahead + 2u - AN_T_TAB_PERIOD;
        if (units == 1)
            op->per_neuron = AN_T_TAB_PERIOD;
        else
            op->per_block = (an_vec_single(v) ? 1 : steps) * AN_T_TAB_PERIOD;
        break;
    case AN_OP_IN: op->base = 1u + AN_T_IN_LATENCY; op->per_neuron = 1; break;
    case AN_OP_OUT: op->base = 1u + v->nk + AN_T_OUT_LATENCY + ahead; op->per_neuron = 1; break;
    case AN_OP_DOT:
    case AN_OP_SUM:
    case AN_OP_AMAX: op->base = v->nk + AN_T_REDUCE_LATENCY + ahead + 1u; op->per_neuron = v->cps; break;
    case AN_OP_RECIP: op->base = 1u + v->nk; op->per_neuron = an_recip_steps(v->sh) + AN_T_BITS_LATENCY + ahead + 1u; break;
    case AN_OP_SQRT: op->base = 1u + v->nk; op->per_neuron = an_sqrt_steps() + AN_T_BITS_LATENCY + ahead + 1u; break;
    default: op->base = v->nk + AN_T_VEC_LATENCY + ahead + 1u; op->per_block = (an_vec_single(v) ? 1 : steps) * v->cps; break;
    }
}

static an_fast_fn *vector_fn(const an_vec_t *v, uint32_t port) {
    switch (v->op) {
    case AN_OP_IN: return port == AN_PORT_HOST ? an_fast_input : an_fast_plain;
    case AN_OP_OUT: return port == AN_PORT_HOST ? an_fast_output : an_fast_plain;
    case AN_OP_SUM:
    case AN_OP_DOT:
    case AN_OP_AMAX: return an_fast_reduction;
    case AN_OP_RECIP:
    case AN_OP_SQRT: return an_fast_bitwise;
    default: return an_fast_vector;
    }
}

static void decode_vector(const an_core_t *c, an_fast_op_t *op) {
    const an_vec_t v = an_vec_decode(c, op->word);
    const unsigned reads = an_vec_reads(v.op);
    op->fn = vector_fn(&v, an_port_of(op->word));
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
    price(op, &v, c->mem.vec_steps, c->mem.lanes / c->mem.vec_steps, an_core_ahead(c));
    still_vector(c, op);
}

void an_fast_decode(an_core_t *c, const an_fast_t *f) {
    const uint32_t words = c->mem.prog_mask + 1u;
    uint32_t sweeps = 0;
    for (uint32_t pc = 0; pc < words; pc++) {
        an_fast_op_t *op = &c->fast[pc];
        memset(op, 0, sizeof *op);
        op->word = c->mem.prog[pc];
        op->fn = an_fast_plain;
        op->work = (uint8_t)an_work_of(op->word);
        op->sets = an_seq_sets(c, op->word);
        op->elementwise = an_vec_elementwise(op->word);
        const unsigned code = AN_GET(op->word, OP);
        if (an_seq_faults(c, op->word))
            continue;
        if (code == AN_OP_POP && AN_GET(op->word, POP_N) > 0) {
            op->fn = an_fast_pop;
            op->count = AN_GET(op->word, POP_N);
        } else if (code == AN_OP_TICK) {
            op->fn = an_fast_tick;
        } else if (code == AN_OP_END) {
            op->fn = an_fast_end;
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
    c->fast[words].fn = an_fast_wrap;
    c->fast[words].work = c->fast[0].work;
    c->fast[words].word = c->fast[0].word;
    c->fast[words].sets = c->fast[0].sets;
    c->fast[words].elementwise = c->fast[0].elementwise;
    c->decoded = true;
}
