/* SPDX-License-Identifier: Apache-2.0
 * variants: release
 * The bus of the Verilated chip against the model's: every register, both ends of every memory, what is refused, idle and running. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include "an_port_pair.h"

static uint64_t rng = 7;

static uint32_t draw(uint32_t n) {
    rng = rng * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(rng >> 33) % n;
}

static uint32_t word(void) { return draw(1u << 16) << 16 | draw(1u << 16); }

/* Both sides answer alike, a refusal included. */
static void access_both(an_port_t *p, uint32_t addr, bool write, uint32_t value) {
    size_t done;
    p->message[0] = 0;
    const an_err_t e = write ? p->ops->write(p, addr, &value, 1, &done) : p->ops->read(p, addr, &value, 1, &done);
    if (e != AN_OK && e != AN_ERR_REFUSED) fail_msg("%s of 0x%07x: %s", write ? "write" : "read", addr, p->message);
}

static uint32_t words_of(const an_config_t *cfg, uint32_t space) {
    switch (space) {
    case AN_BUS_PROGRAM: case AN_BUS_RANGE: return 2 * cfg->prog_words;
    case AN_BUS_SCALAR: return cfg->scalars;
    case AN_BUS_TABLE: return AN_TABLES * AN_TABLE_POINTS;
    case AN_BUS_RATE: return cfg->rate_words;
    case AN_BUS_STATE: return cfg->state_words;
    case AN_BUS_SYNAPSE: return cfg->syn_words;
    default: return 32;
    }
}

/* Writes that start, stop or pace something have tests of their own; here they would only change what runs. */
static bool harmless(uint32_t addr) {
    const uint32_t index = addr & 0xFFFFFu;
    if (addr >> 20 == 0) return index != AN_REG_CHIP_IN_PUSH;
    return (addr >> 20 & 15u) != AN_BUS_REGS || addr >> 24 == 0 || index != AN_REG_CORE_CTRL;
}

static void everywhere(an_port_t *p, const an_config_t *cfg, int turns) {
    for (int i = 0; i < turns; i++) {
        const uint32_t unit = draw(20) ? draw(cfg->cores + 1) : draw(16), space = draw(12) ? draw(8) : draw(16), words = words_of(cfg, space);
        const uint32_t index = draw(4) == 0 ? words - 2 + draw(4) : draw(30) == 0 ? draw(1u << 20) : draw(words);
        const uint32_t addr = unit << 24 | space << 20 | (index & 0xFFFFFu);
        const bool write = draw(2);
        if (!write || harmless(addr)) access_both(p, addr, write, word());
    }
}

static an_port_t *open_chip(const an_config_t *cfg) {
    an_port_t *p = NULL;
    char why[512] = "";
    const an_pair_options_t opt = {.bus_only = true, .verbose = true};
    if (an_port_pair_open(&p, cfg, &opt, why, sizeof why) != AN_OK) fail_msg("%s", why);
    return p;
}

static void put(an_port_t *p, uint32_t addr, uint32_t value) {
    size_t done;
    assert_int_equal(p->ops->write(p, addr, &value, 1, &done), AN_OK);
}

static void program(an_port_t *p, uint32_t core, uint32_t pc, uint64_t w) {
    put(p, an_addr_core(core, AN_BUS_PROGRAM, 2 * pc), (uint32_t)w);
    put(p, an_addr_core(core, AN_BUS_PROGRAM, 2 * pc + 1), (uint32_t)(w >> 32));
}

static void idle_and_running(void **state) {
    (void)state;
    for (uint32_t lanes = 1; lanes <= 8; lanes *= 8) {
        an_config_t cfg = an_configs[0]; /* tiny */
        cfg.lanes = lanes;
        an_port_t *p = open_chip(&cfg);
        everywhere(p, &cfg, 20000);
        /* a core that waits for input: registers answer, memories are refused */
        program(p, 0, 0, AN_PUT(AN_PUT(AN_PUT(0ull, OP, AN_OP_IN), VEC_DSP, AN_SPC_K), VEC_D, 3));
        program(p, 0, 1, AN_PUT(0ull, OP, AN_OP_HALT));
        put(p, an_addr_chip(AN_REG_CHIP_IN_CORE), 0);
        put(p, an_addr_core(0, AN_BUS_REGS, AN_REG_CORE_ENTRY), 0);
        put(p, an_addr_core(0, AN_BUS_REGS, AN_REG_CORE_CTRL), 4 | 8 | 1);
        p->message[0] = 0;
        if (p->ops->run(p, 0) != AN_OK) fail_msg("%s", p->message);
        everywhere(p, &cfg, 20000);
        put(p, an_addr_chip(AN_REG_CHIP_IN_CORE), 0);
        p->message[0] = 0;
        const int16_t x = -77;
        size_t taken;
        assert_int_equal(p->ops->push(p, &x, 1, &taken), AN_OK);
        assert_int_equal(taken, 1);
        assert_int_equal(p->ops->run(p, 0), AN_OK);
        if (an_port_pair_finish(p) != AN_OK) fail_msg("%s", p->message);
        assert_int_equal(an_port_pair_compared(p), 3); /* I, K, H */
        p->ops->close(p);
    }
}

/* Whatever a program has left in its address registers: the first word that the bus reads, or writes, is the one it names. */
static void the_first_word_after_a_run(void **state) {
    (void)state;
    static const uint32_t space[] = {AN_BUS_STATE, AN_BUS_RATE, AN_BUS_SYNAPSE, AN_BUS_SCALAR, AN_BUS_TABLE};
    for (uint32_t lanes = 1; lanes <= 8; lanes *= 8) {
        an_config_t cfg = an_configs[0]; /* tiny */
        cfg.lanes = lanes;
        an_port_t *p = open_chip(&cfg);
        everywhere(p, &cfg, 20000);
        put(p, an_addr_chip(AN_REG_CHIP_IN_CORE), 0);
        p->message[0] = 0;
        program(p, 0, 0, AN_PUT(AN_PUT(0ull, OP, AN_OP_POP), POP_N, 50));
        program(p, 0, 1, AN_PUT(AN_PUT(AN_PUT(AN_PUT(AN_PUT(0ull, OP, AN_OP_ADD), VEC_D, 4), VEC_A, 4), VEC_BSP, AN_SRC_Z), VEC_DSP, AN_SPC_SR));
        program(p, 0, 2, AN_PUT(0ull, OP, AN_OP_HALT));
        for (uint32_t k = 0; k < 10; k++) {
            const uint32_t addr = an_addr_core(0, space[k / 2], 3 * lanes + k);
            uint32_t value;
            size_t done;
            put(p, an_addr_core(0, AN_BUS_REGS, AN_REG_CORE_ENTRY), 0);
            put(p, an_addr_core(0, AN_BUS_REGS, AN_REG_CORE_CTRL), 1);
            if (p->ops->run(p, 0) != AN_OK) fail_msg("%s", p->message);
            if (k % 2) put(p, addr, 1000 + k);
            if (p->ops->read(p, addr, &value, 1, &done) != AN_OK) fail_msg("space %u: %s", space[k / 2], p->message);
            assert_true(k % 2 == 0 || value == 1000 + k);
        }
        p->ops->close(p);
    }
}

static void identity(void **state) {
    (void)state;
    const an_config_t *cfg = &an_configs[0];
    an_port_t *p = open_chip(cfg);
    uint32_t v[AN_REG_CHIP_CLOCK_HZ + 1];
    size_t done;
    assert_int_equal(p->ops->read(p, an_addr_chip(0), v, AN_REG_CHIP_CLOCK_HZ + 1, &done), AN_OK);
    assert_int_equal(v[AN_REG_CHIP_MAGIC], AN_MAGIC);
    assert_int_equal(v[AN_REG_CHIP_SPEC_HASH], AN_SPEC_HASH);
    assert_int_equal(v[AN_REG_CHIP_SHAPE], cfg->cores << 16 | cfg->lanes);
    assert_int_equal(v[AN_REG_CHIP_FIFO_WORDS], cfg->in_words << 16 | cfg->out_words);
    p->ops->close(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(identity), cmocka_unit_test(idle_and_running), cmocka_unit_test(the_first_word_after_a_run)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
