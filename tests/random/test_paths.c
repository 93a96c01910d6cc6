/* SPDX-License-Identifier: Apache-2.0
 * Random programs leave the plain path of the model (with records) and each fast path in the same state: memories, registers,
 * clocks, visits, range records, outputs.
 * variants: release asan checked */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "an_gen.h"
#include "an_model.h"

typedef struct an_count { uint64_t records; uint64_t clock; uint8_t kind, lane; bool ordered; } an_count_t;

static void count(void *ctx, const an_record_t *rec, size_t n) {
    an_count_t *c = ctx;
    for (size_t i = 0; i < n; i++) {
        const an_record_t *r = &rec[i];
        if (c[r->core].records++ > 0 && (r->clock < c[r->core].clock || (r->clock == c[r->core].clock && (r->kind < c[r->core].kind ||
                                                                         (r->kind == c[r->core].kind && r->lane <= c[r->core].lane && r->kind != AN_REC_K)))))
            c[r->core].ordered = false;
        c[r->core].clock = r->clock;
        c[r->core].kind = r->kind;
        c[r->core].lane = r->lane;
    }
}

static void put(an_model_t *m, uint32_t addr, uint32_t value) { assert_int_equal(an_model_write(m, addr, value), AN_OK); }
static uint32_t get(an_model_t *m, uint32_t addr) {
    uint32_t value = 0;
    assert_int_equal(an_model_read(m, addr, &value), AN_OK);
    return value;
}

static an_model_t *load(const an_gen_t *g) {
    an_model_t *m = an_model_create(&g->cfg);
    assert_non_null(m);
    put(m, AN_REG_CHIP_IN_CORE, g->in_core);
    put(m, AN_REG_CHIP_OUT_CORE, g->out_core);
    for (uint32_t c = 0; c < g->cfg.cores; c++) {
        const an_gen_core_t *core = &g->core[c];
        for (uint32_t i = 0; i < g->cfg.prog_words; i++) {
            put(m, an_addr_core(c, AN_BUS_PROGRAM, 2u * i), (uint32_t)core->prog[i]);
            put(m, an_addr_core(c, AN_BUS_PROGRAM, 2u * i + 1u), (uint32_t)(core->prog[i] >> 32));
        }
        for (uint32_t i = 0; i < g->cfg.scalars; i++)
            put(m, an_addr_core(c, AN_BUS_SCALAR, i), (uint32_t)core->scalar_f24[i]);
        for (uint32_t i = 0; i < AN_TABLES * AN_TABLE_POINTS; i++)
            put(m, an_addr_core(c, AN_BUS_TABLE, i), (uint32_t)core->table_f12[i]);
        for (uint32_t i = 0; i < g->cfg.state_words; i++)
            put(m, an_addr_core(c, AN_BUS_STATE, i), (uint32_t)core->state_f24[i]);
        for (uint32_t i = 0; i < g->cfg.rate_words; i++)
            put(m, an_addr_core(c, AN_BUS_RATE, i), (uint32_t)core->rate_f12[i]);
        for (uint32_t i = 0; i < g->cfg.syn_words; i++)
            put(m, an_addr_core(c, AN_BUS_SYNAPSE, i), (uint32_t)core->syn[i]);
        put(m, an_addr_core(c, AN_BUS_REGS, AN_REG_CORE_ENTRY), core->entry);
        put(m, an_addr_core(c, AN_BUS_REGS, AN_REG_CORE_TICK), core->tick);
    }
    return m;
}

static void run(an_model_t *m, const an_gen_t *g) {
    for (uint32_t c = 0; c < g->cfg.cores; c++)
        put(m, an_addr_core(c, AN_BUS_REGS, AN_REG_CORE_CTRL), 1);
    assert_int_equal(an_model_push(m, g->input_f12, g->n_input), g->n_input);
    assert_int_equal(an_model_run(m, 0), AN_RUN_DONE);
    assert_int_equal(an_model_in_room(m), AN_MODEL_FIFO);
    assert_int_equal(an_model_out_level(m), g->n_output);
}

static void same(const char *what, an_model_t *a, an_model_t *b, uint64_t seed, uint32_t core, uint32_t space, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t addr = an_addr_core(core, space, i);
        const uint32_t x = get(a, addr), y = get(b, addr);
        if (x != y)
            fail_msg("seed %llu core %u: %s[%u] is %08x on the plain path, %08x on the fast one", (unsigned long long)seed, core, what, i, x, y);
    }
}

/* the core's readable registers in order: there is none between STATUS and ENTRY */
static uint32_t next_register(uint32_t i) { return i == AN_REG_CORE_STATUS ? AN_REG_CORE_ENTRY : i + 1u; }

/* and what it was is all of the clocks */
static void same_work(an_model_t *a, an_model_t *b, uint32_t core) {
    uint64_t x[AN_WORKS], y[AN_WORKS], sum = 0;
    an_model_work(a, core, x);
    an_model_work(b, core, y);
    assert_memory_equal(x, y, sizeof x);
    for (int i = 0; i < AN_WORKS; i++)
        sum += x[i];
    assert_int_equal((uint32_t)sum, get(a, an_addr_core(core, AN_BUS_REGS, AN_REG_CORE_CLOCKS)));
}

static void compare(an_model_t *a, an_model_t *b, const an_gen_t *g) {
    for (uint32_t c = 0; c < g->cfg.cores; c++) {
        same_work(a, b, c);
        same("scalar", a, b, g->seed, c, AN_BUS_SCALAR, g->cfg.scalars);
        same("rate", a, b, g->seed, c, AN_BUS_RATE, g->cfg.rate_words);
        same("state", a, b, g->seed, c, AN_BUS_STATE, g->cfg.state_words);
        same("synapse", a, b, g->seed, c, AN_BUS_SYNAPSE, g->cfg.syn_words);
        same("range", a, b, g->seed, c, AN_BUS_RANGE, 2u * g->cfg.prog_words);
        for (uint32_t i = AN_REG_CORE_STATUS; i <= AN_REG_CORE_VISITS; i = next_register(i)) {
            const uint32_t addr = an_addr_core(c, AN_BUS_REGS, i);
            if (get(a, addr) != get(b, addr))
                fail_msg("seed %llu core %u: register %u is %u on the plain path, %u on the fast one", (unsigned long long)g->seed, c, i, get(a, addr), get(b, addr));
        }
    }
}

/* everything the program gave to the host; the caller frees */
static int32_t *outputs(an_model_t *m, const an_gen_t *g) {
    int32_t *out = malloc(((size_t)g->n_output + 1u) * sizeof *out);
    assert_non_null(out);
    assert_int_equal(an_model_pop(m, out, g->n_output), g->n_output);
    return out;
}

static uint64_t used[32];

static void one(const an_config_t *cfg, uint64_t seed) {
    an_gen_t g;
    an_gen_make(&g, cfg, seed);
    for (uint32_t c = 0; c < cfg->cores; c++)
        for (uint32_t i = g.core[c].entry; i < g.core[c].n_prog; i++)
            used[AN_GET(g.core[c].prog[i], OP)]++;
    an_count_t records[16];
    for (int i = 0; i < 16; i++)
        records[i] = (an_count_t){.ordered = true};
    an_model_t *plain = load(&g);
    an_model_trace(plain, count, records);
    run(plain, &g);
    for (uint32_t c = 0; c < cfg->cores; c++) {
        assert_true(records[c].ordered);
        assert_int_equal(records[c].kind, AN_REC_H);
    }
    int32_t *plain_out = outputs(plain, &g);
    for (int path = AN_PATH_AUTO; path <= AN_PATH_PORTABLE; path++) {
        an_model_t *fast = load(&g);
        an_model_set_path(fast, (an_path_t)path);
        run(fast, &g);
        compare(plain, fast, &g);
        int32_t *fast_out = outputs(fast, &g);
        assert_memory_equal(plain_out, fast_out, g.n_output * sizeof *fast_out);
        free(fast_out);
        an_model_destroy(fast);
    }
    free(plain_out);
    an_model_destroy(plain);
    an_gen_free(&g);
}

/* Stopped every few clocks, fed a few words at a time, both paths stand at the same instruction and clock. */
static void stop_by_stop(const an_config_t *cfg, uint64_t seed) {
    an_gen_t g;
    an_gen_make(&g, cfg, seed);
    an_model_t *m[2] = {load(&g), load(&g)};
    an_count_t records[16] = {{0}};
    an_model_trace(m[0], count, records);
    uint32_t fed = 0, taken = 0;
    an_run_t end = AN_RUN_LIMIT;
    for (int i = 0; i < 2; i++)
        put(m[i], an_addr_core(0, AN_BUS_REGS, AN_REG_CORE_CTRL), 1);
    while (end != AN_RUN_DONE) {
        end = an_model_run(m[0], 57);
        assert_int_equal(an_model_run(m[1], 57), end);
        for (uint32_t i = AN_REG_CORE_STATUS; i <= AN_REG_CORE_STALLS; i = next_register(i))
            assert_int_equal(get(m[0], an_addr_core(0, AN_BUS_REGS, i)), get(m[1], an_addr_core(0, AN_BUS_REGS, i)));
        const uint32_t more = end != AN_RUN_INPUT ? 0 : g.n_input - fed < 5 ? g.n_input - fed : 5;
        assert_true(end != AN_RUN_INPUT || more > 0);
        for (int i = 0; i < 2; i++)
            assert_int_equal(an_model_push(m[i], g.input_f12 + fed, more), more);
        fed += more;
        int32_t word[2];
        while (an_model_pop(m[0], &word[0], 1) == 1) {
            assert_int_equal(an_model_pop(m[1], &word[1], 1), 1);
            assert_int_equal(word[0], word[1]);
            taken++;
        }
    }
    assert_int_equal(fed, g.n_input);
    assert_int_equal(taken, g.n_output);
    compare(m[0], m[1], &g);
    an_model_destroy(m[0]);
    an_model_destroy(m[1]);
    an_gen_free(&g);
}

static uint64_t seeds(uint64_t deflt) {
    const char *text = getenv("AN_SEEDS");
    return text ? strtoull(text, NULL, 10) : deflt;
}

/* two boards of one part: the same memories again */
static bool repeats(size_t i) {
    const an_config_t *a = &an_configs[i], *b = a - 1;
    return i > 0 && a->cores == b->cores && a->syn_words == b->syn_words && a->state_words == b->state_words && a->prog_words == b->prog_words;
}

static void paths_agree(void **state) {
    (void)state;
    for (size_t i = 0; i < an_n_configs; i++)
        for (uint32_t lanes = 1; lanes <= 8 && !repeats(i); lanes *= 2)
            for (uint64_t seed = 0; seed < seeds(12); seed++) {
                an_config_t cfg = an_configs[i];
                cfg.lanes = lanes;
                cfg.vector_units = seed % 2 ? 0 : lanes > 2 ? 2 : 1;
                one(&cfg, 1000u * i + 100u * lanes + 100000u * seed);
            }
    for (unsigned op = 0; op <= AN_OP_AMAX; op++)
        assert_true(used[op] > 0);
}

static void paths_stop_alike(void **state) {
    (void)state;
    for (uint32_t lanes = 1; lanes <= 8; lanes *= 2)
        for (uint64_t seed = 0; seed < seeds(12); seed++) {
            an_config_t cfg = an_configs[1];
            cfg.lanes = lanes;
            stop_by_stop(&cfg, 7 + lanes + 1000 * seed);
        }
}

/* programs outside the generator's law: sweeps that fault, operands that wrap around their memory, a pc that wraps */
static void paths_agree_outside_the_law(void **state) {
    (void)state;
    uint64_t faults = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        an_gen_t g;
        an_gen_make(&g, &an_configs[0], seed);
        an_gen_core_t *c = &g.core[0];
        uint64_t rng = seed * 0x9E3779B97F4A7C15u + 1;
        for (uint32_t i = 0; i < g.cfg.prog_words; i++) {
            rng ^= rng << 13, rng ^= rng >> 7, rng ^= rng << 17;
            const unsigned op = AN_GET(c->prog[i], OP);
            if (op == AN_OP_SWP && seed % 2)
                c->prog[i] = AN_PUT(AN_PUT(c->prog[i], SWP_OVERV, 1), SWP_LEARN, rng >> 40 & 1);
            if (op >= AN_OP_SUM && op <= AN_OP_AMAX && seed % 3 == 0) /* their result goes to K, so no vector is overwritten while it is read */
                c->prog[i] = AN_PUT(AN_PUT(c->prog[i], VEC_A, rng >> 30), VEC_B, rng >> 20);
            if (op == AN_OP_LAN || op == AN_OP_ROW)
                c->prog[i] = seed % 5 ? c->prog[i] : AN_PUT(c->prog[i], LAN_Y, rng >> 40);
            if (i >= c->n_prog - 1u && seed % 4 == 0) /* no HALT: on to the end of the memory and around */
                c->prog[i] = AN_PUT(0ull, OP, AN_OP_TICK);
        }
        an_count_t records[16] = {{0}};
        an_model_t *m[2] = {load(&g), load(&g)};
        an_model_trace(m[0], count, records);
        an_run_t end[2];
        for (int i = 0; i < 2; i++) {
            put(m[i], an_addr_core(0, AN_BUS_REGS, AN_REG_CORE_CTRL), 1);
            assert_int_equal(an_model_push(m[i], g.input_f12, g.n_input), g.n_input);
            end[i] = an_model_run(m[i], 40000);
            put(m[i], an_addr_core(0, AN_BUS_REGS, AN_REG_CORE_CTRL), 2);
        }
        assert_int_equal(end[0], end[1]);
        faults += end[0] == AN_RUN_FAULT;
        if (end[0] == AN_RUN_FAULT || end[0] == AN_RUN_DONE || end[0] == AN_RUN_LIMIT)
            compare(m[0], m[1], &g);
        an_model_destroy(m[0]);
        an_model_destroy(m[1]);
        an_gen_free(&g);
    }
    assert_true(faults > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(paths_agree), cmocka_unit_test(paths_stop_alike), cmocka_unit_test(paths_agree_outside_the_law)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
