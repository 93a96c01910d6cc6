/* SPDX-License-Identifier: Apache-2.0 */
#include "an_vec.h"
#include "an_lane.h"
#include "an_num.h"
#include "an_table.h"

unsigned an_vec_reads(unsigned op) {
    switch (op) {
    case AN_OP_IN:
    case AN_OP_PASS:
    case AN_OP_TAKE:
    case AN_OP_GIVE: return 0;
    case AN_OP_SEL:
    case AN_OP_MAC:
    case AN_OP_LEAK: return AN_VEC_A | AN_VEC_B | AN_VEC_C;
    case AN_OP_ADD:
    case AN_OP_MIN:
    case AN_OP_MAX:
    case AN_OP_MUL:
    case AN_OP_DOT: return AN_VEC_A | AN_VEC_B;
    default: return AN_VEC_A;
    }
}

bool an_vec_writes(uint64_t word, unsigned memory) {
    const unsigned op = AN_GET(word, OP), dsp = AN_GET(word, VEC_DSP);
    const bool to_memory = op != AN_OP_OUT && op != AN_OP_PASS && op != AN_OP_GIVE && op != AN_OP_SUM && op != AN_OP_DOT && op != AN_OP_AMAX;
    return to_memory && (dsp == AN_SPC_SR || dsp == (memory == AN_SRC_S ? AN_SPC_S : AN_SPC_R));
}

bool an_vec_multiplies(unsigned op) { return op == AN_OP_MUL || op == AN_OP_MAC || op == AN_OP_LEAK || op == AN_OP_DOT; }

bool an_vec_single(const an_vec_t *v) {
    switch (v->op) {
    case AN_OP_SUM:
    case AN_OP_AMAX:
    case AN_OP_OUT: return v->asp == AN_SRC_K;
    case AN_OP_DOT: return v->asp == AN_SRC_K && v->bsp == AN_SRC_K;
    default: return v->dsp == AN_SPC_K;
    }
}

static unsigned operand_space(uint64_t word, unsigned i) {
    return i == 0 ? AN_GET(word, VEC_ASP) : i == 1 ? AN_GET(word, VEC_BSP) : AN_GET(word, VEC_CSP) ? AN_SRC_K : AN_SRC_S;
}

uint32_t an_vec_scalars(uint64_t word, unsigned reads) {
    uint32_t n = 0;
    for (unsigned i = 0; i < 3; i++)
        n += (reads >> i & 1u) && operand_space(word, i) == AN_SRC_K;
    return n;
}

uint32_t an_vec_step(uint64_t word, unsigned reads, bool beside) {
    const uint32_t addr[3] = {AN_GET(word, VEC_A), AN_GET(word, VEC_B), AN_GET(word, VEC_C)};
    uint32_t n[2] = {0, 0};
    for (unsigned i = 0; i < 3; i++) {
        const unsigned space = operand_space(word, i);
        bool read = (reads >> i & 1u) && (space == AN_SRC_S || space == AN_SRC_R);
        for (unsigned k = 0; k < i && beside; k++)
            read = read && !((reads >> k & 1u) && operand_space(word, k) == space && addr[k] == addr[i]);
        if (read)
            n[space == AN_SRC_R]++;
    }
    const uint32_t clocks = !beside ? n[0] + n[1] : n[0] > n[1] ? n[0] : n[1];
    return clocks ? clocks : 1;
}

bool an_vec_follows(const an_core_t *c, uint64_t word) {
    if (!an_vec_elementwise(word))
        return false;
    const uint32_t addr[3] = {AN_GET(word, VEC_A), AN_GET(word, VEC_B), AN_GET(word, VEC_C)}, d = AN_GET(c->tail_word, VEC_D);
    const unsigned reads = an_vec_reads(AN_GET(word, OP));
    uint32_t blocks[2] = {(c->mem.state_mask + 1u) / c->mem.lanes, (c->mem.rate_mask + 1u) / c->mem.lanes};
    for (unsigned m = AN_SRC_S; m <= AN_SRC_R; m++) {
        blocks[m] = blocks[m] < 2048u ? blocks[m] : 2048u;
        if (c->tail_nb > blocks[m])
            return false;
    }
    for (unsigned i = 0; i < 3; i++) {
        const unsigned space = operand_space(word, i);
        const bool written = (space == AN_SRC_S || space == AN_SRC_R) && an_vec_writes(c->tail_word, space);
        if (!(reads >> i & 1u) || !written || addr[i] == d)
            continue;
        if (c->ring[space].size > 0 || ((addr[i] - d) & (blocks[space] - 1u)) < c->tail_nb)
            return false;
    }
    return true;
}

static uint32_t placed(const an_core_t *c, unsigned space, uint32_t addr) {
    return space == AN_SRC_S || space == AN_SRC_R ? an_core_ring(c, space, addr) : addr;
}

an_vec_t an_vec_decode(const an_core_t *c, uint64_t word) {
    an_vec_t v = {.word = word, .op = AN_GET(word, OP), .dsp = AN_GET(word, VEC_DSP), .asp = AN_GET(word, VEC_ASP), .bsp = AN_GET(word, VEC_BSP),
                  .csp = AN_GET(word, VEC_CSP) ? AN_SRC_K : AN_SRC_S, .post = AN_GET(word, VEC_POST), .sh = AN_GET_SIGNED(word, VEC_SH),
                  .neg = AN_GET(word, VEC_NEG) != 0};
    if (v.sh < -8) /* not legal; any shift will do */
        v.sh = -8;
    if (v.op == AN_OP_SUM || v.op == AN_OP_DOT || v.op == AN_OP_AMAX)
        v.dsp = AN_SPC_K;
    const unsigned set = an_vec_reads(v.op);
    const uint32_t d = AN_GET(word, VEC_D);
    v.d = v.dsp == AN_SPC_K ? d : an_core_ring(c, AN_SRC_S, d);
    v.d_rate = an_core_ring(c, AN_SRC_R, d);
    v.a = placed(c, v.asp, AN_GET(word, VEC_A));
    v.b = AN_GET(word, VEC_B); /* of IN and OUT a port, of TAB a table */
    if (set & AN_VEC_B)
        v.b = placed(c, v.bsp, v.b);
    v.c = placed(c, v.csp, AN_GET(word, VEC_C));
    v.n = an_vec_single(&v) ? 1u : c->n;
    v.nb = (v.n + c->mem.lanes - 1u) / c->mem.lanes;

    v.nk = an_vec_scalars(word, set);
    v.cps = an_vec_step(word, set, (c->mem.features & AN_HAS_BESIDE) != 0);
    return v;
}

int32_t an_vec_operand(const an_core_t *c, unsigned space, uint32_t addr, uint32_t block, uint32_t lane) {
    switch (space) {
    case AN_SRC_S: return *an_mem_state(&c->mem, addr + block, lane);
    case AN_SRC_R: return *an_mem_rate(&c->mem, addr + block, lane) * (1 << 12);
    case AN_SRC_K: return *an_mem_scalar(&c->mem, addr);
    default: return 0;
    }
}

int16_t an_vec_factor(const an_core_t *c, unsigned space, uint32_t addr, uint32_t block, uint32_t lane, bool *clip) {
    if (space == AN_SRC_R)
        return *an_mem_rate(&c->mem, addr + block, lane);
    return an_rhu_f24_s16f12(an_vec_operand(c, space, addr, block, lane), clip);
}

void an_vec_write_scalar(an_core_t *c, uint32_t index, int32_t value_f24, uint64_t clock) {
    *an_mem_scalar(&c->mem, index) = value_f24;
    an_trace_put(&c->trace, clock, AN_REC_K, 0, index, value_f24);
}

void an_vec_write(an_core_t *c, const an_vec_t *v, uint32_t block, uint32_t lane, int32_t value_f24, uint64_t clock, bool *sat) {
    if (v->dsp == AN_SPC_K) {
        an_vec_write_scalar(c, v->d, value_f24, clock);
        return;
    }
    if (v->dsp == AN_SPC_R || v->dsp == AN_SPC_SR) {
        const int16_t rate = an_rhu_f24_s16f12(value_f24, sat);
        *an_mem_rate(&c->mem, v->d_rate + block, lane) = rate;
        an_trace_put(&c->trace, clock, AN_REC_R, lane, v->d_rate + block, rate);
    }
    if (v->dsp == AN_SPC_S || v->dsp == AN_SPC_SR) {
        *an_mem_state(&c->mem, v->d + block, lane) = value_f24;
        an_trace_put(&c->trace, clock, AN_REC_S, lane, v->d + block, value_f24);
    }
}

/* So many words of a step, from that block and lane of the destination on, are written at `clock`. */
static void given(an_core_t *c, const an_vec_t *v, uint32_t block, uint32_t lane, uint32_t live, uint64_t clock) {
    if (c->outlet.left > 0 && an_vec_writes(v->word, c->outlet.memory))
        an_outlet_step(c, c->outlet.memory, (c->outlet.memory == AN_SRC_S ? v->d : v->d_rate) + block, lane, live, clock);
}

void an_vec_range(an_core_t *c, bool sat, bool clip) {
    if (sat)
        an_range_saturate(&c->range[c->pc], c->tick);
    if (clip)
        an_range_clip(&c->range[c->pc]);
}

static int32_t result(const an_core_t *c, const an_vec_t *v, uint32_t block, uint32_t lane, bool *sat, bool *clip) {
    const int32_t a = an_vec_operand(c, v->asp, v->a, block, lane);
    const bool multiplies = an_vec_multiplies(v->op);
    const bool uses_c = an_vec_reads(v->op) & AN_VEC_C;
    return an_lane_vector(v->op, a, multiplies ? 0 : an_vec_operand(c, v->bsp, v->b, block, lane),
                          multiplies ? an_vec_factor(c, v->bsp, v->b, block, lane, clip) : 0,
                          uses_c ? an_vec_operand(c, v->csp, v->c, block, lane) : 0, v->sh, v->neg, sat);
}

void an_vec_run(an_core_t *c, const an_vec_t *v) {
    const uint32_t steps = an_vec_single(v) ? 1 : c->mem.vec_steps, units = c->mem.lanes / c->mem.vec_steps;
    const uint32_t ahead = an_core_ahead(c);
    bool sat = false, clip = false;
    for (uint32_t block = 0; block < v->nb; block++)
        for (uint32_t step = 0; step < steps; step++) {
            const uint64_t last_read = c->clocks + v->nk + (block * steps + step + 1u) * v->cps;
            uint32_t lane = step * units;
            for (; lane < (step + 1u) * units && lane < an_vec_lanes(c, v->n, block); lane++) {
                const int32_t value = an_post(result(c, v, block, lane, &sat, &clip), v->post);
                an_vec_write(c, v, block, lane, value, last_read + AN_T_VEC_LATENCY + ahead, &sat);
            }
            given(c, v, block, step * units, lane - step * units, last_read + AN_T_VEC_LATENCY + ahead);
            an_trace_until(&c->trace, last_read);
        }
    an_vec_range(c, sat, clip);
    c->clocks += v->nk + v->nb * steps * v->cps + AN_T_VEC_LATENCY + ahead + 1u;
    c->tail = 0; /* what it followed is done before it */
    if (an_vec_elementwise(v->word))
        an_vec_release(c, v->word, v->nb);
}

static uint32_t table_steps(const an_core_t *c, const an_vec_t *v) {
    const uint32_t units = c->mem.lanes / c->mem.vec_steps;
    return an_vec_single(v) || units == 1 ? v->n : v->nb * c->mem.vec_steps;
}

void an_vec_table(an_core_t *c, const an_vec_t *v) {
    const uint32_t units = c->mem.lanes / c->mem.vec_steps, steps = table_steps(c, v), latency = AN_T_TAB_LATENCY + an_core_ahead(c);
    bool sat = false;
    uint64_t read = c->clocks + 1u + v->nk;
    for (uint32_t step = 0; step < steps; step++, read += AN_T_TAB_PERIOD) {
        const uint32_t first = step * units;
        uint32_t i = first;
        for (; i < first + units && i < v->n; i++) {
            const uint32_t block = i / c->mem.lanes, lane = i % c->mem.lanes;
            const int32_t a = an_vec_operand(c, v->asp, v->a, block, lane);
            const int32_t value = an_table(&c->mem.table_f12[v->b % AN_TABLES * AN_TABLE_POINTS], a, (unsigned)v->sh & 7u);
            an_vec_write(c, v, block, lane, an_post(value, v->post), read + latency, &sat);
        }
        given(c, v, first / c->mem.lanes, first % c->mem.lanes, i - first, read + latency);
        an_trace_until(&c->trace, read);
    }
    an_vec_range(c, sat, false);
    c->clocks = read - AN_T_TAB_PERIOD + latency + 1u;
}

int32_t an_vec_reduce(int64_t sum, int sh, bool *sat) {
    const unsigned r = (unsigned)sh & 15u;
    return an_sat_s48_s32((sum + (((int64_t)1 << r) >> 1)) >> r, sat);
}

void an_vec_reduced(an_core_t *c, const an_vec_t *v, int32_t value_f24) {
    c->clocks += v->nk + v->n * v->cps + AN_T_REDUCE_LATENCY + an_core_ahead(c);
    an_vec_write_scalar(c, v->d, value_f24, c->clocks++);
}

void an_vec_dot(an_core_t *c, const an_vec_t *v) {
    int64_t sum = 0;
    bool sat = false, clip = false;
    for (uint32_t i = 0; i < v->n; i++) {
        const uint32_t block = i / c->mem.lanes, lane = i % c->mem.lanes;
        sum += (int64_t)an_vec_factor(c, v->asp, v->a, block, lane, &clip) * an_vec_factor(c, v->bsp, v->b, block, lane, &clip);
    }
    an_vec_reduced(c, v, an_vec_reduce(sum, v->sh, &sat));
    an_vec_range(c, sat, clip);
}
