/* SPDX-License-Identifier: Apache-2.0 */
#include "rig.h"
#include <string.h>

void rig_open(rig_t *r, const char *config, uint32_t lanes) {
    memset(r, 0, sizeof *r);
    for (size_t i = 0; i < an_n_configs; i++)
        if (strcmp(an_configs[i].name, config) == 0)
            r->cfg = an_configs[i];
    if (lanes > 0)
        r->cfg.lanes = lanes;
    r->cfg.ahead = false; /* AN_T_x as they stand */
    r->m = an_model_create(&r->cfg);
    assert_non_null(r->m);
}

void rig_close(rig_t *r) { an_model_destroy(r->m); }

void rig_put(rig_t *r, uint32_t space, uint32_t index, int32_t value) {
    assert_int_equal(an_model_write(r->m, an_addr_core(0, space, index), (uint32_t)value), AN_OK);
}

int32_t rig_get(rig_t *r, uint32_t space, uint32_t index) {
    uint32_t value = 0;
    assert_int_equal(an_model_read(r->m, an_addr_core(0, space, index), &value), AN_OK);
    return (int32_t)value;
}

uint32_t rig_reg(rig_t *r, uint32_t reg) { return (uint32_t)rig_get(r, AN_BUS_REGS, reg); }
uint64_t rig_clocks(rig_t *r) { return rig_reg(r, AN_REG_CORE_CLOCKS); }
uint64_t rig_visits(rig_t *r) { return rig_reg(r, AN_REG_CORE_VISITS); }

void rig_emit(rig_t *r, uint64_t word) {
    rig_put(r, AN_BUS_PROGRAM, 2u * r->pc, (int32_t)(uint32_t)word);
    rig_put(r, AN_BUS_PROGRAM, 2u * r->pc + 1u, (int32_t)(uint32_t)(word >> 32));
    r->pc++;
}

void rig_start(rig_t *r) { rig_put(r, AN_BUS_REGS, AN_REG_CORE_CTRL, 1 | 4 | 8); }

void rig_run(rig_t *r) {
    rig_emit(r, rig_op(AN_OP_HALT));
    rig_start(r);
    assert_int_equal(an_model_run(r->m, 0), AN_RUN_DONE);
}

static void keep(void *ctx, const an_record_t *rec, size_t n) {
    rig_t *r = ctx;
    for (size_t i = 0; i < n; i++) {
        assert_true(r->n_rec < sizeof r->rec / sizeof r->rec[0]);
        r->rec[r->n_rec++] = rec[i];
    }
}

void rig_trace(rig_t *r) {
    r->n_rec = 0;
    an_model_trace(r->m, keep, r);
}

uint32_t rig_range(rig_t *r, uint32_t pc) { return (uint32_t)rig_get(r, AN_BUS_RANGE, 2u * pc + 1u); }

uint64_t rig_op(unsigned op) { return AN_PUT(0ull, OP, op); }
uint64_t rig_pop(uint32_t n) { return AN_PUT(rig_op(AN_OP_POP), POP_N, n); }

uint64_t rig_vec(const rig_vec_t *v) {
    uint64_t w = AN_PUT(AN_PUT(rig_op(v->op), VEC_D, v->d), VEC_A, v->a);
    w = AN_PUT(AN_PUT(w, VEC_B, v->b), VEC_C, v->c);
    w = AN_PUT(AN_PUT(w, VEC_SH, v->sh), VEC_DSP, v->dsp);
    w = AN_PUT(AN_PUT(w, VEC_ASP, v->asp), VEC_BSP, v->bsp);
    w = AN_PUT(AN_PUT(w, VEC_CSP, v->csp == AN_SRC_K), VEC_NEG, v->neg);
    return AN_PUT(w, VEC_POST, v->post);
}

uint64_t rig_draw(uint64_t *rng) { /* xorshift64* */
    uint64_t x = *rng;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *rng = x;
    return x * 0x2545F4914F6CDD1Du;
}

int32_t rig_value(uint64_t *rng, unsigned bits) {
    const uint64_t r = rig_draw(rng);
    const int64_t top = ((int64_t)1 << (bits - 1u)) - 1;
    switch (r >> 60) {
    case 0: return (int32_t)top;
    case 1: return (int32_t)(-top - 1);
    case 2: return 0;
    case 3: return r & 256u ? 1 : -1;
    default: return (int32_t)(((int64_t)rig_draw(rng) >> (64u - bits)) >> (r >> 8) % bits);
    }
}
