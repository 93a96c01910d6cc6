/* SPDX-License-Identifier: Apache-2.0
 * Control: loops, faults, ring windows, streams that block and resume in the middle of an instruction, the bus and what it refuses,
 * records clock by clock, a chain and a ring of cores. Expected clocks are worked out by hand from docs/machine.md section 7.
 * variants: release asan checked */
#include <string.h>
#include "rig.h"

static uint64_t loop(uint32_t count) { return AN_PUT(rig_op(AN_OP_LOOP), LOOP_COUNT, count); }
static uint64_t end(uint32_t target) { return AN_PUT(rig_op(AN_OP_END), END_TARGET, target); }
/* K[d] += K[b] */
static uint64_t add(unsigned d, unsigned b) {
    return rig_vec(&(rig_vec_t){.op = AN_OP_ADD, .dsp = AN_SPC_K, .d = d, .asp = AN_SRC_K, .a = d, .bsp = AN_SRC_K, .b = b});
}
enum { ADD_KK = 2 + 1 + AN_T_VEC_LATENCY + 1 };

static void loops(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "tiny", 0);
    rig_put(&r, AN_BUS_SCALAR, 1, 1);
    rig_put(&r, AN_BUS_SCALAR, 9, 3);
    rig_emit(&r, loop(4));
    rig_emit(&r, AN_PUT(loop(9), LOOP_FROMK, 1));
    rig_emit(&r, loop(0)); /* one turn */
    rig_emit(&r, loop(2));
    rig_emit(&r, add(0, 1));
    for (uint32_t target = 4; target >= 1; target--)
        rig_emit(&r, end(target));
    rig_run(&r);
    assert_int_equal(rig_get(&r, AN_BUS_SCALAR, 0), 4 * 3 * 2);
    /* LOOP 4; four turns of: LOOP K, three turns of (LOOP 0, LOOP 2, two ADDs, END taken, END, END), two ENDs taken, END; HALT */
    const uint64_t inner = 1 + 1 + 2 * ADD_KK + AN_T_END_TAKEN + 1 + 1;
    const uint64_t third = AN_T_LOOP_K + 3 * inner + 2 * AN_T_END_TAKEN + 1;
    assert_int_equal(rig_clocks(&r), AN_T_START + 1 + 4 * third + 3 * AN_T_END_TAKEN + 1 + 1);
    rig_close(&r);
}

/* A sweep of 6 rows and 3 columns that scatters and gathers, no pair. */
static void sweep(rig_t *r) {
    rig_emit(r, AN_PUT(AN_PUT(AN_PUT(rig_op(AN_OP_PRJ), PRJ_ROWS, 6), PRJ_COLS, 3), PRJ_STRIDE, 4));
    rig_emit(r, AN_PUT(rig_op(AN_OP_ROW), ROW_G, 8));
    rig_emit(r, AN_PUT(rig_op(AN_OP_LAN), LAN_ACC, 32));
    rig_emit(r, AN_PUT(AN_PUT(rig_op(AN_OP_SWP), SWP_SCATTER, 1), SWP_GATHER, 1));
}

/* What a core with `ahead` pays: START, three taken ENDs, every vector instruction (a RECIP for each element), a sweep's headers and its drain. */
static void ahead(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "tiny", 0);
    an_config_t cfg = r.cfg;
    cfg.ahead = true;
    an_model_t *at_once = r.m, *m = an_model_create(&cfg);
    assert_non_null(m);
    static const unsigned ops[] = {AN_OP_LEAK, AN_OP_TAB, AN_OP_SUM, AN_OP_DOT, AN_OP_AMAX, AN_OP_OUT, AN_OP_RECIP, AN_OP_SQRT};
    uint64_t clocks[2];
    for (int i = 0; i < 2; i++) {
        r.m = i ? m : at_once;
        r.pc = 0;
        rig_emit(&r, loop(4));
        rig_emit(&r, add(0, 1));
        rig_emit(&r, end(1));
        rig_emit(&r, rig_pop(5));
        for (size_t k = 0; k < sizeof ops / sizeof *ops; k++)
            rig_emit(&r, rig_vec(&(rig_vec_t){.op = ops[k], .dsp = AN_SPC_S, .d = 16, .asp = AN_SRC_S, .bsp = AN_SRC_R}));
        sweep(&r);
        rig_run(&r);
        clocks[i] = rig_clocks(&r);
    }
    const uint64_t vectors = 4 + sizeof ops / sizeof *ops + (5 - 1) * 2, groups = 6;
    assert_int_equal(clocks[1] - clocks[0], (1 + 3 + vectors + 1) * AN_T_AHEAD + groups * (AN_T_HEADER_AHEAD - AN_T_HEADER));
    rig_close(&r);
    an_model_destroy(at_once);
}

static void expect_fault(rig_t *r, uint32_t pc, uint64_t clocks) {
    rig_start(r);
    assert_int_equal(an_model_run(r->m, 0), AN_RUN_FAULT);
    assert_int_equal(rig_reg(r, AN_REG_CORE_STATUS), pc << 16 | AN_ST_FAULT);
    assert_int_equal(rig_clocks(r), clocks);
}

static void faults(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "tiny", 0);
    rig_emit(&r, end(0));
    expect_fault(&r, 0, AN_T_START + 1);
    for (unsigned op = AN_OP_AMAX + 1; op < 32; op++) {
        r.pc = 0;
        rig_emit(&r, rig_op(AN_OP_TICK));
        rig_emit(&r, rig_op(op));
        expect_fault(&r, 1, AN_T_START + 2);
    }
    r.pc = 0;
    for (int i = 0; i < 5; i++)
        rig_emit(&r, loop(2));
    expect_fault(&r, 4, AN_T_START + 5);
    /* a started core begins with an empty loop stack */
    r.pc = 0;
    rig_emit(&r, rig_op(AN_OP_TICK));
    rig_run(&r);
    assert_int_equal(rig_reg(&r, AN_REG_CORE_STATUS), 1u << 16 | AN_ST_HALTED);
    rig_close(&r);
}

/* a delay line of 3 steps of 2 blocks: what was written at the window's head is read one rotation later a step further on */
static void rings(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "tiny", 2);
    const uint32_t base = 8, step = 2, size = 6;
    uint64_t w = AN_PUT(AN_PUT(rig_op(AN_OP_RING), RING_BASE, base), RING_SIZE, size);
    rig_emit(&r, w);
    rig_emit(&r, rig_pop(4));
    for (uint32_t tick = 0; tick < 5; tick++) {
        rig_put(&r, AN_BUS_SCALAR, 10 + tick, (int32_t)(100 + tick));
        rig_emit(&r, rig_vec(&(rig_vec_t){.op = AN_OP_MAX, .asp = AN_SRC_K, .a = 10 + tick, .bsp = AN_SRC_Z, .d = base}));
        /* the newest, one rotation ago, two rotations ago */
        for (uint32_t age = 0; age < 3; age++)
            rig_emit(&r, rig_vec(&(rig_vec_t){.op = AN_OP_MAX, .a = base + age * step, .bsp = AN_SRC_Z, .d = 40 + 6 * tick + 2 * age}));
        rig_emit(&r, AN_PUT(AN_PUT(rig_op(AN_OP_RING), RING_ROT, 1), RING_STEP, step));
    }
    rig_run(&r);
    for (uint32_t tick = 0; tick < 5; tick++)
        for (uint32_t age = 0; age < 3; age++)
            for (uint32_t i = 0; i < 4; i++)
                assert_int_equal(rig_get(&r, AN_BUS_STATE, (40 + 6 * tick + 2 * age) * 2 + i), tick >= age ? 100 + tick - age : 0);
    rig_close(&r);
}

static void streams_resume(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "icebreaker", 0); /* two lanes */
    rig_trace(&r);
    rig_put(&r, AN_BUS_STATE, 1, 77);
    rig_put(&r, AN_BUS_STATE, 2, 78);
    rig_emit(&r, rig_pop(3));
    rig_emit(&r, rig_vec(&(rig_vec_t){.op = AN_OP_IN, .d = 0, .dsp = AN_SPC_SR, .b = AN_PORT_HOST}));
    rig_emit(&r, rig_vec(&(rig_vec_t){.op = AN_OP_OUT, .a = 0, .asp = AN_SRC_R, .b = AN_PORT_HOST}));
    rig_emit(&r, rig_op(AN_OP_HALT));
    rig_start(&r);
    const uint64_t t = AN_T_START + 1 + 1; /* POP, then t = t0 + 1 */
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_INPUT);
    assert_int_equal(rig_reg(&r, AN_REG_CORE_STATUS), 1u << 16 | AN_STALL_INPUT << 4 | AN_ST_RUNNING);
    assert_int_equal(rig_clocks(&r), t);
    const int16_t in[] = {-5, 7, 32767};
    assert_int_equal(an_model_push(r.m, in, 1), 1);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_INPUT);
    assert_int_equal(rig_clocks(&r), t + 1);
    /* its memories cannot be touched while it waits; its registers can */
    uint32_t value;
    assert_int_equal(an_model_read(r.m, an_addr_core(0, AN_BUS_STATE, 0), &value), AN_ERR_REFUSED);
    assert_int_equal(an_model_write(r.m, an_addr_core(0, AN_BUS_PROGRAM, 0), 0), AN_ERR_REFUSED);
    assert_int_equal(an_model_push(r.m, in + 1, 2), 2);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_DONE);
    /* elements at t, t+1, t+2, each written IN_LATENCY later; OUT begins behind the last write, at u */
    const uint64_t w = t + AN_T_IN_LATENCY, u = w + 3, o = u + 1 + AN_T_OUT_LATENCY;
    const an_record_t want[] = {
        {.clock = t, .kind = AN_REC_I, .value = -5},
        {.clock = t + 1, .kind = AN_REC_I, .value = 7},
        {.clock = t + 2, .kind = AN_REC_I, .value = 32767},
        {.clock = w, .kind = AN_REC_R, .value = -5},
        {.clock = w, .kind = AN_REC_S, .value = -5 * 4096},
        {.clock = w + 1, .kind = AN_REC_R, .lane = 1, .value = 7},
        {.clock = w + 1, .kind = AN_REC_S, .lane = 1, .value = 7 * 4096},
        {.clock = w + 2, .kind = AN_REC_R, .addr = 1, .value = 32767},
        {.clock = w + 2, .kind = AN_REC_S, .addr = 1, .value = 32767 * 4096},
        {.clock = o, .kind = AN_REC_O, .value = -5},
        {.clock = o + 1, .kind = AN_REC_O, .value = 7},
        {.clock = o + 2, .kind = AN_REC_O, .value = 32767},
        {.clock = o + 3, .kind = AN_REC_H, .addr = 3},
    };
    assert_int_equal(r.n_rec, sizeof want / sizeof want[0]);
    for (size_t i = 0; i < r.n_rec; i++) {
        assert_int_equal(r.rec[i].clock, want[i].clock);
        assert_int_equal(r.rec[i].kind, want[i].kind);
        assert_int_equal(r.rec[i].lane, want[i].lane);
        assert_int_equal(r.rec[i].addr, want[i].addr);
        assert_int_equal(r.rec[i].value, want[i].value);
    }
    assert_int_equal(rig_clocks(&r), o + 4);
    int32_t out[4];
    assert_int_equal(an_model_pop(r.m, out, 4), 3);
    assert_true(out[0] == -5 && out[1] == 7 && out[2] == 32767);
    rig_close(&r);
}

/* a full output stream holds the core until the host takes words; clocks do not count */
static void output_blocks(void **state) {
    (void)state;
    static rig_t r;
    static int32_t word[AN_MODEL_FIFO];
    rig_open(&r, "tiny", 0);
    rig_put(&r, AN_BUS_SCALAR, 3, 12345);
    enum { OUTER = 2, INNER = AN_MODEL_FIFO / 2 + 1 };
    rig_emit(&r, loop(OUTER));
    rig_emit(&r, loop(INNER));
    rig_emit(&r, rig_vec(&(rig_vec_t){.op = AN_OP_OUT, .asp = AN_SRC_K, .a = 3}));
    rig_emit(&r, end(2));
    rig_emit(&r, end(1));
    rig_emit(&r, rig_op(AN_OP_HALT));
    rig_start(&r);
    for (int turn = 0; turn < 2; turn++) {
        assert_int_equal(an_model_run(r.m, 0), AN_RUN_OUTPUT);
        assert_int_equal(an_model_out_level(r.m), AN_MODEL_FIFO);
        assert_int_equal(an_model_pop(r.m, word, 1), 1);
    }
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_DONE);
    assert_int_equal(an_model_pop(r.m, word, AN_MODEL_FIFO), AN_MODEL_FIFO);
    assert_int_equal(word[AN_MODEL_FIFO - 1], 12345);
    const uint64_t out = 1 + 1 + AN_T_OUT_LATENCY + 1; /* one scalar */
    assert_int_equal(rig_clocks(&r), AN_T_START + 1 + OUTER * (1 + INNER * out + (INNER - 1) * AN_T_END_TAKEN + 1) + (OUTER - 1) * AN_T_END_TAKEN + 1 + 1);
    rig_close(&r);
}

static void limit_and_stop(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "tiny", 0);
    rig_emit(&r, loop(1000));
    rig_emit(&r, rig_op(AN_OP_TICK));
    rig_emit(&r, end(1));
    rig_emit(&r, rig_op(AN_OP_HALT));
    rig_start(&r);
    assert_int_equal(an_model_run(r.m, 100), AN_RUN_LIMIT);
    assert_true(rig_clocks(&r) >= 100 && rig_clocks(&r) <= 100 + AN_T_START + AN_T_END_TAKEN);
    rig_put(&r, AN_BUS_REGS, AN_REG_CORE_CTRL, 2);
    assert_int_equal(rig_reg(&r, AN_REG_CORE_STATUS) & 15u, AN_ST_STOPPED);
    const uint32_t tick = rig_reg(&r, AN_REG_CORE_TICK);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_DONE);
    assert_int_equal(rig_reg(&r, AN_REG_CORE_TICK), tick);
    rig_close(&r);
}

static void bus(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "bench-4x2", 0);
    uint32_t v;
    assert_int_equal(an_model_read(r.m, AN_REG_CHIP_MAGIC, &v), AN_OK);
    assert_int_equal(v, 0x414E5449);
    assert_int_equal(an_model_read(r.m, AN_REG_CHIP_SHAPE, &v), AN_OK);
    assert_int_equal(v, 4u << 16 | 2u);
    for (size_t i = 0; i < an_n_regs; i++) {
        const an_reg_info_t *g = &an_regs[i];
        const uint32_t addr = g->core ? an_addr_core(3, AN_BUS_REGS, g->index) : g->index;
        const bool stream = !g->core && (g->index == AN_REG_CHIP_OUT_POP); /* empty */
        assert_int_equal(an_model_read(r.m, addr, &v), g->readable && !stream ? AN_OK : AN_ERR_REFUSED);
        assert_int_equal(an_model_write(r.m, addr, 0), g->writable ? AN_OK : AN_ERR_REFUSED);
    }
    const struct { uint32_t space, words; } spaces[] = {
        {AN_BUS_PROGRAM, 2 * r.cfg.prog_words}, {AN_BUS_SCALAR, r.cfg.scalars}, {AN_BUS_TABLE, 1024}, {AN_BUS_RATE, r.cfg.rate_words},
        {AN_BUS_STATE, r.cfg.state_words}, {AN_BUS_SYNAPSE, r.cfg.syn_words}};
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
        const bool narrow = spaces[i].space == AN_BUS_TABLE || spaces[i].space == AN_BUS_RATE || spaces[i].space == AN_BUS_SYNAPSE;
        const uint32_t last = an_addr_core(2, spaces[i].space, spaces[i].words - 1);
        assert_int_equal(an_model_write(r.m, last, 0xFFFF8001), AN_OK);
        assert_int_equal(an_model_read(r.m, last, &v), AN_OK);
        assert_int_equal(v, 0xFFFF8001);
        assert_int_equal(an_model_write(r.m, last, 0x12348001), AN_OK);
        assert_int_equal(an_model_read(r.m, last, &v), AN_OK);
        assert_int_equal(v, narrow ? 0xFFFF8001 : 0x12348001);
        assert_int_equal(an_model_write(r.m, last + 1, 0), AN_ERR_REFUSED);
        assert_int_equal(an_model_read(r.m, last + 1, &v), AN_ERR_REFUSED);
    }
    assert_int_equal(an_model_read(r.m, an_addr_core(0, AN_BUS_RANGE, 0), &v), AN_OK);
    assert_int_equal(an_model_write(r.m, an_addr_core(0, AN_BUS_RANGE, 0), 0), AN_ERR_REFUSED);
    assert_int_equal(an_model_read(r.m, an_addr_core(4, AN_BUS_STATE, 0), &v), AN_ERR_REFUSED);
    assert_int_equal(an_model_read(r.m, an_addr_core(0, 8, 0), &v), AN_ERR_REFUSED);
    assert_int_equal(an_model_read(r.m, 1u << 20, &v), AN_ERR_REFUSED);
    /* a block stops at the first refusal */
    uint32_t block[4] = {1, 2, 3, 4};
    const uint32_t near_end = an_addr_core(0, AN_BUS_SCALAR, r.cfg.scalars - 2);
    assert_int_equal(an_model_write_block(r.m, near_end, block, 4), AN_ERR_REFUSED);
    assert_int_equal(an_model_read(r.m, near_end + 1, &v), AN_OK);
    assert_int_equal(v, 2);
    rig_close(&r);
}

static void configurations(void **state) {
    (void)state;
    for (size_t i = 0; i < an_n_configs; i++) {
        an_model_t *m = an_model_create(&an_configs[i]);
        assert_non_null(m);
        assert_string_equal(an_model_config(m)->name, an_configs[i].name);
        an_model_destroy(m);
    }
    an_config_t bad = an_configs[0];
    bad.lanes = 3;
    assert_null(an_model_create(&bad));
    bad = an_configs[0];
    bad.cores = 0;
    assert_null(an_model_create(&bad));
    bad = an_configs[0];
    bad.state_words = 500;
    assert_null(an_model_create(&bad));
}

/* a range record counts instructions, not neurons, keeps its first tick and stops at 2^15 - 1 */
static void range_counts(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "tiny", 0);
    for (uint32_t i = 0; i < 4; i++)
        rig_put(&r, AN_BUS_STATE, i, INT32_MAX);
    rig_put(&r, AN_BUS_REGS, AN_REG_CORE_TICK, 41);
    rig_emit(&r, rig_op(AN_OP_TICK));
    rig_emit(&r, rig_pop(4));
    rig_emit(&r, loop(40000));
    rig_emit(&r, rig_vec(&(rig_vec_t){.op = AN_OP_ADD, .a = 0, .b = 0, .d = 100}));
    rig_emit(&r, rig_vec(&(rig_vec_t){.op = AN_OP_MUL, .a = 200, .b = 0, .d = 104})); /* 0 times a clipped operand */
    rig_emit(&r, rig_op(AN_OP_TICK));
    rig_emit(&r, end(3));
    rig_run(&r);
    assert_int_equal(rig_get(&r, AN_BUS_RANGE, 2 * 3), 42);
    assert_int_equal(rig_range(&r, 3), 32767);
    assert_int_equal(rig_range(&r, 4), 0x80000000u);
    rig_put(&r, AN_BUS_REGS, AN_REG_CORE_CTRL, 8);
    assert_int_equal(rig_range(&r, 3), 0);
    rig_close(&r);
}

static void put(rig_t *r, uint32_t core, uint32_t pc, uint64_t word) {
    assert_int_equal(an_model_write(r->m, an_addr_core(core, AN_BUS_PROGRAM, 2 * pc), (uint32_t)word), AN_OK);
    assert_int_equal(an_model_write(r->m, an_addr_core(core, AN_BUS_PROGRAM, 2 * pc + 1), (uint32_t)(word >> 32)), AN_OK);
}

/* host -> core 0 -> 1 -> 2 -> 3 -> host, through links of two steps; then a partner that never sends */
static void chain(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "bench-4x2", 0);
    assert_int_equal(an_model_write(r.m, AN_REG_CHIP_OUT_CORE, 3), AN_OK);
    for (uint32_t c = 0; c < 4; c++) {
        put(&r, c, 0, rig_pop(9));
        put(&r, c, 1, rig_vec(&(rig_vec_t){.op = AN_OP_IN, .d = 5, .dsp = AN_SPC_S, .b = c == 0 ? AN_PORT_HOST : AN_PORT_DOWN}));
        put(&r, c, 2, rig_vec(&(rig_vec_t){.op = AN_OP_ADD, .a = 5, .asp = AN_SRC_S, .b = 5, .bsp = AN_SRC_S, .d = 5}));
        put(&r, c, 3, rig_vec(&(rig_vec_t){.op = AN_OP_OUT, .a = 5, .asp = AN_SRC_S, .b = c == 3 ? AN_PORT_HOST : AN_PORT_UP}));
        put(&r, c, 4, c == 0 ? rig_vec(&(rig_vec_t){.op = AN_OP_IN, .d = 0, .b = AN_PORT_UP}) : rig_op(AN_OP_HALT));
        assert_int_equal(an_model_write(r.m, an_addr_core(c, AN_BUS_REGS, AN_REG_CORE_CTRL), 1), AN_OK);
    }
    const int16_t in[9] = {1, -2, 3, -4, 5, -6, 7, -8, 9};
    assert_int_equal(an_model_push(r.m, in, 9), 9);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_STALL);
    int32_t out[9];
    assert_int_equal(an_model_pop(r.m, out, 9), 9);
    for (int i = 0; i < 9; i++)
        assert_int_equal(out[i], in[i] * 4096 * 16);
    assert_int_equal(rig_reg(&r, AN_REG_CORE_STATUS), 4u << 16 | AN_STALL_RECV_UP << 4 | AN_ST_RUNNING);
    rig_close(&r);
}

static uint32_t status(rig_t *r, uint32_t core) {
    uint32_t value = 0;
    assert_int_equal(an_model_read(r->m, an_addr_core(core, AN_BUS_REGS, AN_REG_CORE_STATUS), &value), AN_OK);
    return value;
}

/* Core 0's scalar once around, up or down, each core adds its own: it comes back; where there is no closing link, core 0 waits. */
static void around(const char *config, uint32_t cores, bool closed, bool up) {
    static rig_t r;
    const uint32_t to = up ? AN_PORT_UP : AN_PORT_DOWN, from = up ? AN_PORT_DOWN : AN_PORT_UP;
    rig_open(&r, config, 0);
    rig_close(&r);
    r.cfg.cores = cores;
    r.cfg.closed = closed;
    r.m = an_model_create(&r.cfg);
    assert_non_null(r.m);
    uint32_t features = 0;
    assert_int_equal(an_model_read(r.m, AN_REG_CHIP_FEATURES, &features), AN_OK);
    assert_int_equal(features >> 12 & 1, closed);
    const uint64_t out = rig_vec(&(rig_vec_t){.op = AN_OP_OUT, .a = 5, .asp = AN_SRC_K, .b = to});
    const uint64_t in = rig_vec(&(rig_vec_t){.op = AN_OP_IN, .d = 5, .dsp = AN_SPC_K, .b = from});
    const uint64_t add = rig_vec(&(rig_vec_t){.op = AN_OP_ADD, .d = 5, .dsp = AN_SPC_K, .a = 5, .asp = AN_SRC_K, .b = 6, .bsp = AN_SRC_K});
    for (uint32_t c = 0; c < cores; c++) {
        put(&r, c, 0, c ? in : out);
        put(&r, c, 1, c ? add : in);
        put(&r, c, 2, c ? out : rig_op(AN_OP_HALT));
        put(&r, c, 3, rig_op(AN_OP_HALT));
        for (uint32_t k = 5; k < 7; k++)
            assert_int_equal(an_model_write(r.m, an_addr_core(c, AN_BUS_SCALAR, k), c ? 1u << c : 1000u), AN_OK);
    }
    for (uint32_t c = 0; c < cores; c++)
        assert_int_equal(an_model_write(r.m, an_addr_core(c, AN_BUS_REGS, AN_REG_CORE_CTRL), 1), AN_OK);
    assert_int_equal(an_model_run(r.m, 0), closed && cores > 1 ? AN_RUN_DONE : AN_RUN_STALL);
    if (closed && cores > 1) assert_int_equal(rig_get(&r, AN_BUS_SCALAR, 5), 1000 + (1 << cores) - 2);
    else if (up && cores > 1) {
        assert_int_equal(status(&r, 0), 1u << 16 | AN_STALL_RECV_DOWN << 4 | AN_ST_RUNNING);
        assert_int_equal(status(&r, cores - 1), 2u << 16 | AN_STALL_SEND_UP << 4 | AN_ST_RUNNING);
    } else assert_int_equal(status(&r, 0), (up ? AN_STALL_SEND_UP : AN_STALL_SEND_DOWN) << 4 | AN_ST_RUNNING);
    rig_close(&r);
}

static void ring(void **state) {
    (void)state;
    for (uint32_t cores = 1; cores < 6; cores++)
        for (int k = 0; k < 8; k++)
            around(k & 4 ? "bench-4x2" : "icebreaker", cores, k & 1, k & 2); /* links of 64 steps, and of two */
}

/* All cores of a ring give at once: that goes on as long as it all fits between them. */
static void ring_full(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "bench-4x2", 0);
    rig_close(&r);
    r.cfg.closed = true;
    for (uint32_t more = 0; more < 2; more++) {
        const uint32_t n = r.cfg.lanes * (r.cfg.link_steps + more);
        r.m = an_model_create(&r.cfg);
        assert_non_null(r.m);
        for (uint32_t c = 0; c < r.cfg.cores; c++) {
            put(&r, c, 0, rig_pop(n));
            put(&r, c, 1, rig_vec(&(rig_vec_t){.op = AN_OP_OUT, .a = 5, .asp = AN_SRC_S, .b = AN_PORT_UP}));
            put(&r, c, 2, rig_vec(&(rig_vec_t){.op = AN_OP_IN, .d = 5, .dsp = AN_SPC_S, .b = AN_PORT_DOWN}));
            put(&r, c, 3, rig_op(AN_OP_HALT));
        }
        for (uint32_t c = 0; c < r.cfg.cores; c++)
            assert_int_equal(an_model_write(r.m, an_addr_core(c, AN_BUS_REGS, AN_REG_CORE_CTRL), 1), AN_OK);
        assert_int_equal(an_model_run(r.m, 0), more ? AN_RUN_STALL : AN_RUN_DONE);
        for (uint32_t c = 0; more && c < r.cfg.cores; c++)
            assert_int_equal(status(&r, c), 1u << 16 | AN_STALL_SEND_UP << 4 | AN_ST_RUNNING);
        rig_close(&r);
    }
}

static void start(rig_t *r, uint32_t core) {
    assert_int_equal(an_model_write(r->m, an_addr_core(core, AN_BUS_REGS, AN_REG_CORE_CTRL), 1), AN_OK);
}

static uint64_t pass(uint32_t port, uint32_t dsp) { return rig_vec(&(rig_vec_t){.op = AN_OP_PASS, .dsp = dsp, .b = port}); }

/* A vector and a scalar go past core 1, which has halted before they come; core 3 gives one back past it, the other way. */
static void past_a_core(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "bench-4x2", 0);
    const uint64_t give = rig_vec(&(rig_vec_t){.op = AN_OP_OUT, .a = 5, .asp = AN_SRC_S, .b = AN_PORT_UP}), give_k = rig_vec(&(rig_vec_t){.op = AN_OP_OUT, .a = 3, .asp = AN_SRC_K, .b = AN_PORT_UP});
    const uint64_t take = rig_vec(&(rig_vec_t){.op = AN_OP_IN, .d = 7, .dsp = AN_SPC_S, .b = AN_PORT_DOWN}), take_k = rig_vec(&(rig_vec_t){.op = AN_OP_IN, .d = 4, .dsp = AN_SPC_K, .b = AN_PORT_DOWN});
    const uint64_t code[3][6] = {
        {rig_pop(9), give, give_k, rig_vec(&(rig_vec_t){.op = AN_OP_IN, .d = 6, .dsp = AN_SPC_K, .b = AN_PORT_UP}), rig_op(AN_OP_HALT)},
        {rig_pop(9), pass(AN_PORT_UP, AN_SPC_K), pass(AN_PORT_DOWN, AN_SPC_S), rig_op(AN_OP_HALT)},
        {rig_pop(9), take, take_k, rig_vec(&(rig_vec_t){.op = AN_OP_OUT, .a = 4, .asp = AN_SRC_K, .b = AN_PORT_DOWN}), rig_op(AN_OP_HALT)},
    };
    for (uint32_t c = 0; c < 3; c++)
        for (uint32_t i = 0; i < 5; i++)
            put(&r, c, i, code[c][i]);
    for (uint32_t i = 0; i < 9; i++)
        rig_put(&r, AN_BUS_STATE, 10 + i, (int32_t)(1000 * i) - 7);
    rig_put(&r, AN_BUS_SCALAR, 3, -1234);
    start(&r, 1);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_DONE);
    uint32_t clocks = 0;
    assert_int_equal(an_model_read(r.m, an_addr_core(1, AN_BUS_REGS, AN_REG_CORE_CLOCKS), &clocks), AN_OK);
    assert_int_equal(clocks, AN_T_START + 1 + 2 * AN_T_PASS + 1);
    put(&r, 1, 0, pass(AN_PORT_DOWN, AN_SPC_K)); /* waits until the vector is past: it is the scalar's */
    put(&r, 1, 1, rig_op(AN_OP_HALT));
    start(&r, 1);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_STALL);
    assert_int_equal(status(&r, 1), AN_STALL_RECV_DOWN << 4 | AN_ST_RUNNING);
    start(&r, 2);
    start(&r, 0);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_DONE);
    for (uint32_t i = 0; i < 9; i++) {
        uint32_t value;
        assert_int_equal(an_model_read(r.m, an_addr_core(2, AN_BUS_STATE, 14 + i), &value), AN_OK);
        assert_int_equal((int32_t)value, (int32_t)(1000 * i) - 7);
    }
    assert_int_equal(rig_get(&r, AN_BUS_SCALAR, 6), -1234);
    rig_close(&r);
}

static uint64_t take(uint32_t port, uint32_t dsp, uint32_t d) { return rig_vec(&(rig_vec_t){.op = AN_OP_TAKE, .dsp = dsp, .d = d, .b = port}); }

/* PRJ to SWP at pc: a gather of 8 rows and 16 columns from R at y to S at 100, whose sums start from 200. Gives the next pc. */
static uint32_t put_gather(rig_t *r, uint32_t core, uint32_t pc, uint32_t y) {
    put(r, core, pc++, AN_PUT(AN_PUT(AN_PUT(rig_op(AN_OP_PRJ), PRJ_ROWS, 8), PRJ_COLS, 16), PRJ_STRIDE, 8));
    put(r, core, pc++, rig_op(AN_OP_KEY));
    put(r, core, pc++, AN_PUT(AN_PUT(AN_PUT(rig_op(AN_OP_ROW), ROW_G, 100), ROW_GINIT, 200), ROW_GMODE, AN_INIT_FROM));
    put(r, core, pc++, AN_PUT(rig_op(AN_OP_LAN), LAN_Y, y));
    put(r, core, pc++, AN_PUT(rig_op(AN_OP_SWP), SWP_GATHER, 1));
    return pc;
}

/* bench-4x2: 4 slots of set-up and the first of SWP, 4 groups of 2 header slots and 2 rows of 8, what drains */
enum { GATHER = 4 + 1 + 4 * (2 + 2 * 8) + AN_T_DRAIN };

/* Words that come late go to R while the core gathers: it does not wait for them but with the instruction behind, and then stands at that. */
static void beside_a_sweep(void **state) {
    (void)state;
    static rig_t r;
    const uint64_t give = rig_vec(&(rig_vec_t){.op = AN_OP_OUT, .a = 5, .asp = AN_SRC_R, .b = AN_PORT_UP}), add = rig_vec(&(rig_vec_t){.op = AN_OP_ADD, .d = 7, .dsp = AN_SPC_R, .a = 7, .asp = AN_SRC_R, .bsp = AN_SRC_Z});
    for (int meets = 0; meets < 2; meets++) { /* 8 blocks of y from 10 on, and the last one is that of the words' first block */
        rig_open(&r, "bench-4x2", 0);
        put(&r, 0, 0, rig_pop(9));
        put(&r, 0, 1, give);
        put(&r, 0, 2, rig_op(AN_OP_HALT));
        for (uint32_t i = 0; i < 9; i++)
            rig_put(&r, AN_BUS_RATE, 10 + i, (int32_t)(100 * i) - 400);
        put(&r, 1, 0, rig_pop(9));
        put(&r, 1, 1, take(AN_PORT_DOWN, AN_SPC_R, 17 + !meets));
        uint32_t pc = put_gather(&r, 1, 2, 10);
        const uint32_t waits_at = meets ? pc - 1 : pc;
        put(&r, 1, pc++, add);
        put(&r, 1, pc++, rig_op(AN_OP_HALT));
        start(&r, 1);
        assert_int_equal(an_model_run(r.m, 0), AN_RUN_STALL);
        assert_int_equal(status(&r, 1), waits_at << 16 | AN_STALL_RECV_DOWN << 4 | AN_ST_RUNNING);
        uint32_t clocks = 0;
        assert_int_equal(an_model_read(r.m, an_addr_core(1, AN_BUS_REGS, AN_REG_CORE_CLOCKS), &clocks), AN_OK);
        assert_int_equal(clocks, AN_T_START + 1 + AN_T_PASS + (meets ? 4 : GATHER));
        start(&r, 0);
        assert_int_equal(an_model_run(r.m, 0), AN_RUN_DONE);
        for (uint32_t i = 0; i < 9; i++) {
            uint32_t value;
            assert_int_equal(an_model_read(r.m, an_addr_core(1, AN_BUS_RATE, 2 * (17u + !meets) + i), &value), AN_OK);
            assert_int_equal((int32_t)value, (int32_t)(100 * i) - 400);
        }
        rig_close(&r);
    }
}

static uint64_t give(uint32_t port, uint32_t dsp, uint32_t d) { return rig_vec(&(rig_vec_t){.op = AN_OP_GIVE, .dsp = dsp, .d = d, .b = port}); }

static uint32_t clocks_of(rig_t *r, uint32_t core) {
    uint32_t clocks = 0;
    assert_int_equal(an_model_read(r->m, an_addr_core(core, AN_BUS_REGS, AN_REG_CORE_CLOCKS), &clocks), AN_OK);
    return clocks;
}

/* Core 0 gives words 4..12 of 20 that it computes, and none of those that it writes after an OUT; core 1 takes what comes. */
static void as_they_are_written(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "bench-4x2", 0);
    const uint64_t twice = rig_vec(&(rig_vec_t){.op = AN_OP_ADD, .d = 18, .dsp = AN_SPC_S, .a = 100, .asp = AN_SRC_S, .b = 100, .bsp = AN_SRC_S});
    const uint64_t code[] = {rig_pop(9), give(AN_PORT_UP, AN_SPC_S, 20), rig_pop(20), twice, rig_pop(9), give(AN_PORT_UP, AN_SPC_S, 20), rig_vec(&(rig_vec_t){.op = AN_OP_OUT, .a = 100, .asp = AN_SRC_S, .b = AN_PORT_UP}), twice, rig_op(AN_OP_HALT)};
    for (uint32_t i = 0; i < sizeof code / sizeof *code; i++)
        put(&r, 0, i, code[i]);
    for (uint32_t i = 0; i < 20; i++)
        rig_put(&r, AN_BUS_STATE, 200 + i, (int32_t)(1000 * i) - 70);
    for (uint32_t k = 0; k < 2; k++)
        put(&r, 1, 1 + k, rig_vec(&(rig_vec_t){.op = AN_OP_IN, .d = 30 + 10 * k, .dsp = AN_SPC_S, .b = AN_PORT_DOWN}));
    put(&r, 1, 0, rig_pop(9));
    put(&r, 1, 3, rig_op(AN_OP_HALT));
    start(&r, 0);
    start(&r, 1);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_DONE);
    /* two operands that are one word: a step a clock; of 10 steps the last POP goes beside the first ADD, of 5 nothing does */
    assert_int_equal(clocks_of(&r, 0), AN_T_START + 2 + 2 * AN_T_PASS + (10 + AN_T_VEC_LATENCY + 1) + (1 + AN_T_OUT_LATENCY + 5) + (5 + AN_T_VEC_LATENCY + 1) + 1);
    for (uint32_t i = 0; i < 9; i++) {
        uint32_t value[2];
        for (uint32_t k = 0; k < 2; k++)
            assert_int_equal(an_model_read(r.m, an_addr_core(1, AN_BUS_STATE, 60 + 20 * k + i), &value[k]), AN_OK);
        assert_int_equal((int32_t)value[0], 2 * ((int32_t)(1000 * (i + 4)) - 70));
        assert_int_equal((int32_t)value[1], (int32_t)(1000 * i) - 70);
    }
    put(&r, 1, 0, rig_vec(&(rig_vec_t){.op = AN_OP_IN, .d = 3, .dsp = AN_SPC_K, .b = AN_PORT_DOWN})); /* nothing more has come */
    start(&r, 1);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_STALL);
    assert_int_equal(status(&r, 1), AN_STALL_RECV_DOWN << 4 | AN_ST_RUNNING);
    rig_close(&r);
}

/* More steps than fit wait for ever, and for room; of one memory and to a neighbour only. */
static void there_is_room_for_all_that_is_given(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "bench-4x2", 0);
    put(&r, 0, 0, rig_pop(129));
    put(&r, 0, 1, give(AN_PORT_UP, AN_SPC_R, 20));
    start(&r, 0);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_STALL);
    assert_int_equal(status(&r, 0), 1u << 16 | AN_STALL_SEND_UP << 4 | AN_ST_RUNNING);
    rig_close(&r);
    const uint64_t bad[] = {give(AN_PORT_HOST, AN_SPC_R, 20), give(AN_PORT_UP, AN_SPC_K, 20), give(AN_PORT_UP, AN_SPC_SR, 20)};
    for (uint32_t i = 0; i < 3; i++) {
        rig_open(&r, "bench-4x2", 0);
        put(&r, 0, 0, bad[i]);
        start(&r, 0);
        assert_int_equal(an_model_run(r.m, 0), AN_RUN_FAULT);
        rig_close(&r);
    }
}

/* Of a gather the high words of its sums, a group after the other, are there long before it ends. */
static void sums_as_they_are_written(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "bench-4x2", 0);
    put(&r, 0, 0, rig_pop(8));
    put(&r, 0, 1, give(AN_PORT_UP, AN_SPC_S, 100));
    const uint32_t pc = put_gather(&r, 0, 2, 10);
    put(&r, 0, pc, rig_op(AN_OP_HALT));
    put(&r, 1, 0, rig_pop(2));
    for (uint32_t k = 0; k < 4; k++)
        put(&r, 1, 1 + k, rig_vec(&(rig_vec_t){.op = AN_OP_IN, .d = 30 + k, .dsp = AN_SPC_S, .b = AN_PORT_DOWN}));
    put(&r, 1, 5, rig_op(AN_OP_HALT));
    for (uint32_t i = 0; i < 8; i++)
        rig_put(&r, AN_BUS_STATE, 400 + i, (int32_t)(1000 * i) - 70);
    start(&r, 0);
    start(&r, 1);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_DONE);
    assert_int_equal(clocks_of(&r, 0), AN_T_START + 1 + AN_T_PASS + GATHER + 1);
    for (uint32_t i = 0; i < 8; i++) {
        uint32_t value;
        assert_int_equal(an_model_read(r.m, an_addr_core(1, AN_BUS_STATE, 60 + i), &value), AN_OK);
        assert_int_equal((int32_t)value, (int32_t)(1000 * i) - 70);
    }
    /* the last IN ends when the last step, written X_GATHER after the last row, has come; core 1 starts where core 0 executes its first instruction */
    assert_int_equal(an_model_waits(r.m, 1) + clocks_of(&r, 1), 1 + AN_T_PASS + GATHER - AN_T_DRAIN + AN_T_X_GATHER + AN_T_LINK_DEEP + 1 + AN_T_IN_LATENCY + 1);
    rig_close(&r);
}

/* To S beside a gather, a step in three clocks; the sender has to wait for its places (64 steps fit) as long as they are taken. */
static void sums_beside_a_sweep(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "bench-4x2", 0);
    put(&r, 0, 0, rig_pop(280));
    put(&r, 0, 1, rig_vec(&(rig_vec_t){.op = AN_OP_OUT, .a = 5, .asp = AN_SRC_S, .b = AN_PORT_UP}));
    put(&r, 0, 2, rig_op(AN_OP_HALT));
    for (uint32_t i = 0; i < 280; i++)
        rig_put(&r, AN_BUS_STATE, 10 + i, (int32_t)(12345 * i) - 7);
    put(&r, 1, 0, rig_pop(280));
    put(&r, 1, 1, take(AN_PORT_DOWN, AN_SPC_S, 300));
    uint32_t pc = put_gather(&r, 1, 2, 10);
    put(&r, 1, pc, rig_op(AN_OP_HALT));
    start(&r, 0);
    start(&r, 1);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_DONE);
    uint32_t clocks[2], stalls[2];
    for (uint32_t c = 0; c < 2; c++) {
        assert_int_equal(an_model_read(r.m, an_addr_core(c, AN_BUS_REGS, AN_REG_CORE_CLOCKS), &clocks[c]), AN_OK);
        assert_int_equal(an_model_read(r.m, an_addr_core(c, AN_BUS_REGS, AN_REG_CORE_STALLS), &stalls[c]), AN_OK);
    }
    /* the first step comes over the link after core 0's POP and OUT, later than TAKE is ready for it, the last of 140 three clocks each later */
    const uint32_t first = AN_T_START + 1 + 1 + AN_T_OUT_LATENCY + AN_T_LINK_DEEP, last = first + 139 * AN_T_TAKE_PERIOD;
    assert_int_equal(clocks[1], AN_T_START + 1 + AN_T_PASS + GATHER + 1);
    assert_int_equal(clocks[1] + stalls[1], last + AN_T_TAKE_LATENCY + 1 - AN_T_START); /* it was started a clock later */
    /* core 0's last step needs the place of that which came 64 before it, free from the clock after it is taken on; OUT ends with it, HALT is next */
    assert_int_equal(clocks[0] + stalls[0], last - 64 * AN_T_TAKE_PERIOD + 1 + 2);
    for (uint32_t i = 0; i < 280; i++) {
        uint32_t value;
        assert_int_equal(an_model_read(r.m, an_addr_core(1, AN_BUS_STATE, 600 + i), &value), AN_OK);
        assert_int_equal((int32_t)value, (int32_t)(12345 * i) - 7);
    }
    rig_close(&r);
}

/* A stop ends what comes in, and so does a reset; HALT, and what is no TAKE, waits for it or faults after it. */
static void ends_of_what_comes_in(void **state) {
    (void)state;
    static rig_t r;
    const struct { uint64_t word; uint32_t status; } t[] = {
        {rig_op(AN_OP_HALT), 1u << 16 | AN_STALL_RECV_DOWN << 4 | AN_ST_RUNNING},
        {take(AN_PORT_UP, AN_SPC_S, 3), 1u << 16 | AN_STALL_RECV_DOWN << 4 | AN_ST_RUNNING},
        {rig_op(AN_OP_END), 1u << 16 | AN_STALL_RECV_DOWN << 4 | AN_ST_RUNNING}, /* without LOOP */
        {rig_op(AN_OP_TICK), 2u << 16 | AN_STALL_RECV_DOWN << 4 | AN_ST_RUNNING},
    };
    rig_open(&r, "bench-4x2", 0);
    for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
        an_model_reset(r.m);
        put(&r, 1, 0, take(AN_PORT_DOWN, AN_SPC_S, 3));
        put(&r, 1, 1, t[i].word);
        put(&r, 1, 2, rig_op(AN_OP_HALT));
        start(&r, 1);
        assert_int_equal(an_model_run(r.m, 0), AN_RUN_STALL);
        assert_int_equal(status(&r, 1), t[i].status);
    }
    assert_int_equal(an_model_write(r.m, an_addr_core(1, AN_BUS_REGS, AN_REG_CORE_CTRL), 2), AN_OK);
    assert_int_equal(status(&r, 1) & 15u, AN_ST_STOPPED);
    put(&r, 1, 0, rig_op(AN_OP_HALT));
    start(&r, 1);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_DONE);
    const uint64_t bad[] = {take(AN_PORT_HOST, AN_SPC_S, 3), take(AN_PORT_DOWN, AN_SPC_K, 3), take(AN_PORT_DOWN, AN_SPC_SR, 3)};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        an_model_reset(r.m);
        put(&r, 1, 0, bad[i]);
        start(&r, 1);
        assert_int_equal(an_model_run(r.m, 0), AN_RUN_FAULT);
    }
    rig_close(&r);
}

/* What passes has its ports for itself: the core waits with IN from the one, with OUT to the other, and a reset lets go of them. */
static void ports_of_what_passes(void **state) {
    (void)state;
    static rig_t r;
    const struct { uint64_t word; uint32_t stall; } t[] = {
        {rig_vec(&(rig_vec_t){.op = AN_OP_IN, .d = 5, .dsp = AN_SPC_K, .b = AN_PORT_DOWN}), AN_STALL_RECV_DOWN},
        {rig_vec(&(rig_vec_t){.op = AN_OP_OUT, .a = 5, .asp = AN_SRC_K, .b = AN_PORT_UP}), AN_STALL_SEND_UP},
        {rig_vec(&(rig_vec_t){.op = AN_OP_OUT, .a = 5, .asp = AN_SRC_K, .b = AN_PORT_DOWN}), AN_STALL_NONE},
    };
    rig_open(&r, "bench-4x2", 0);
    for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
        an_model_reset(r.m);
        put(&r, 1, 0, pass(AN_PORT_DOWN, AN_SPC_K));
        put(&r, 1, 1, t[i].word);
        put(&r, 1, 2, rig_op(AN_OP_HALT));
        start(&r, 1);
        assert_int_equal(an_model_run(r.m, 0), t[i].stall ? AN_RUN_STALL : AN_RUN_DONE);
        assert_int_equal(status(&r, 1), t[i].stall ? 1u << 16 | t[i].stall << 4 | AN_ST_RUNNING : 2u << 16 | AN_ST_HALTED);
    }
    put(&r, 1, 1, pass(AN_PORT_HOST, AN_SPC_K));
    an_model_reset(r.m);
    start(&r, 1);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_FAULT);
    assert_int_equal(status(&r, 1), 1u << 16 | AN_ST_FAULT);
    rig_close(&r);
    rig_open(&r, "icebreaker", 0);
    put(&r, 0, 0, pass(AN_PORT_DOWN, AN_SPC_K));
    start(&r, 0);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_FAULT);
    rig_close(&r);
}

/* two vector units: two words of a neighbour's a clock, those beyond n in no record and nowhere written */
static void steps_between_neighbours(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "bench-4x2", 0);
    rig_trace(&r);
    const int32_t sent[4] = {5 * 4096, -7 * 4096, INT32_MAX, 99}; /* the last one beyond n */
    for (uint32_t i = 0; i < 4; i++)
        rig_put(&r, AN_BUS_STATE, i, sent[i]);
    rig_put(&r, AN_BUS_SCALAR, 3, 1234);
    for (uint32_t c = 0; c < 2; c++) {
        put(&r, c, 0, rig_pop(3));
        put(&r, c, 1, rig_vec(&(rig_vec_t){.op = c ? AN_OP_IN : AN_OP_OUT, .d = 5, .dsp = AN_SPC_SR, .asp = AN_SRC_S, .b = c ? AN_PORT_DOWN : AN_PORT_UP}));
        put(&r, c, 2, rig_vec(&(rig_vec_t){.op = c ? AN_OP_IN : AN_OP_OUT, .d = 4, .dsp = AN_SPC_K, .a = 3, .asp = AN_SRC_K, .b = c ? AN_PORT_DOWN : AN_PORT_UP}));
        put(&r, c, 3, rig_op(AN_OP_HALT));
        assert_int_equal(an_model_write(r.m, an_addr_core(c, AN_BUS_REGS, AN_REG_CORE_CTRL), 1), AN_OK);
    }
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_DONE);
    const uint64_t t0 = AN_T_START + 1, o = t0 + 1 + AN_T_OUT_LATENCY, i = t0 + 1, w = i + AN_T_IN_LATENCY;
    const uint64_t o_k = o + 2 + 1 + 1 + AN_T_OUT_LATENCY, i_k = i + 2 + AN_T_IN_LATENCY + 1;
    const an_record_t want[] = {
        {.clock = o, .kind = AN_REC_N, .addr = AN_PORT_UP, .value = sent[0]},
        {.clock = o, .kind = AN_REC_N, .lane = 1, .addr = AN_PORT_UP, .value = sent[1]},
        {.clock = o + 1, .kind = AN_REC_N, .addr = AN_PORT_UP, .value = sent[2]},
        {.clock = o_k, .kind = AN_REC_N, .addr = AN_PORT_UP, .value = 1234},
        {.clock = o_k + 1, .kind = AN_REC_H, .addr = 3},
        {.core = 1, .clock = i, .kind = AN_REC_I, .value = sent[0]},
        {.core = 1, .clock = i, .kind = AN_REC_I, .lane = 1, .value = sent[1]},
        {.core = 1, .clock = i + 1, .kind = AN_REC_I, .value = sent[2]},
        {.core = 1, .clock = w, .kind = AN_REC_R, .lane = 0, .addr = 5, .value = 5},
        {.core = 1, .clock = w, .kind = AN_REC_R, .lane = 1, .addr = 5, .value = -7},
        {.core = 1, .clock = w, .kind = AN_REC_S, .lane = 0, .addr = 5, .value = sent[0]},
        {.core = 1, .clock = w, .kind = AN_REC_S, .lane = 1, .addr = 5, .value = sent[1]},
        {.core = 1, .clock = w + 1, .kind = AN_REC_R, .lane = 0, .addr = 6, .value = 32767},
        {.core = 1, .clock = w + 1, .kind = AN_REC_S, .lane = 0, .addr = 6, .value = sent[2]},
        {.core = 1, .clock = i_k, .kind = AN_REC_I, .value = 1234},
        {.core = 1, .clock = i_k + AN_T_IN_LATENCY, .kind = AN_REC_K, .addr = 4, .value = 1234},
        {.core = 1, .clock = i_k + AN_T_IN_LATENCY + 1, .kind = AN_REC_H, .addr = 3},
    };
    size_t n = 0;
    for (uint32_t c = 0; c < 2; c++)
        for (size_t k = 0; k < r.n_rec; k++) {
            if (r.rec[k].core != c)
                continue;
            assert_true(n < sizeof want / sizeof want[0]);
            assert_memory_equal(&r.rec[k], &want[n], offsetof(an_record_t, lane) + 1);
            n++;
        }
    assert_int_equal(n, sizeof want / sizeof want[0]);
    uint32_t range;
    assert_int_equal(an_model_read(r.m, an_addr_core(1, AN_BUS_RANGE, 2 * 1 + 1), &range), AN_OK);
    assert_int_equal(range, 1); /* what is too large for R */
    rig_close(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loops), cmocka_unit_test(ahead), cmocka_unit_test(faults), cmocka_unit_test(rings), cmocka_unit_test(streams_resume),
        cmocka_unit_test(output_blocks), cmocka_unit_test(limit_and_stop), cmocka_unit_test(bus), cmocka_unit_test(configurations),
        cmocka_unit_test(range_counts), cmocka_unit_test(chain), cmocka_unit_test(ring), cmocka_unit_test(ring_full), cmocka_unit_test(past_a_core), cmocka_unit_test(ports_of_what_passes),
        cmocka_unit_test(beside_a_sweep), cmocka_unit_test(as_they_are_written), cmocka_unit_test(there_is_room_for_all_that_is_given), cmocka_unit_test(sums_as_they_are_written),
        cmocka_unit_test(sums_beside_a_sweep), cmocka_unit_test(ends_of_what_comes_in),
        cmocka_unit_test(steps_between_neighbours)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
