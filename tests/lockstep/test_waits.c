/* SPDX-License-Identifier: Apache-2.0
 * Waiting for neighbours, by the clock: what a turn of three cores that depend on each other takes on the model and on the Verilated chip. A turn is the
 * difference of two runs, so that the clocks in which the host starts the cores drop out; no host stream is in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "an_driver.h"
#include "an_port_open.h"
#include "an_port_sim.h"

enum { CORES = 3, PROG = 256, WORDS = 23 }; /* not whole steps */

typedef enum way { ALONG, AROUND, PAST, BESIDE, WRITTEN, SUMMED } way_t;
typedef struct code { uint64_t word[PROG]; uint32_t n; } code_t;

static void put(code_t *c, uint64_t word) {
    assert_true(c->n < PROG);
    c->word[c->n++] = word;
}
static uint64_t op(uint32_t code) { return AN_PUT(0, OP, code); }
static void pop(code_t *c, uint32_t n) { put(c, AN_PUT(op(AN_OP_POP), POP_N, n)); }
static void out(code_t *c, uint32_t port) { put(c, AN_PUT(op(AN_OP_OUT), VEC_B, port)); }
static void in(code_t *c, uint32_t port) { put(c, AN_PUT(op(AN_OP_IN), VEC_B, port)); }
/* n neurons of vector work */
static void work(code_t *c, uint32_t n) {
    pop(c, n);
    put(c, AN_PUT(AN_PUT(op(AN_OP_ADD), VEC_D, 16), VEC_A, 16));
    pop(c, WORDS);
}

static void pass(code_t *c, uint32_t port) { put(c, AN_PUT(op(AN_OP_PASS), VEC_B, port)); }

/* What core c gives and takes in a turn, of a chain: from one end to the other and back, past the core in the middle, which then takes another
 * vector from the lower one, and gives one to the upper one, each on the way that is passed. */
static void past(code_t *p, uint32_t c, uint32_t uneven) {
    if (c == 1) {
        pass(p, AN_PORT_DOWN);
        work(p, 1 + uneven * 5 % 37);
        pass(p, AN_PORT_UP);
        in(p, AN_PORT_DOWN);
        out(p, AN_PORT_UP);
        return;
    }
    work(p, 1 + uneven * (c + 3) % 61);
    if (!c) out(p, AN_PORT_UP), out(p, AN_PORT_UP);
    if (c) in(p, AN_PORT_DOWN), out(p, AN_PORT_DOWN);
    work(p, 1 + uneven * (7 * c + 1) % 43);
    in(p, c ? AN_PORT_DOWN : AN_PORT_UP);
}

/* Begins to come in to S or R at 64; a gather of `rows` rows and 16 columns meanwhile, which reads what comes in or not. */
static void take(code_t *c, uint32_t port, uint32_t dsp) {
    put(c, AN_PUT(AN_PUT(AN_PUT(op(AN_OP_TAKE), VEC_B, port), VEC_DSP, dsp), VEC_D, 64));
}

static void gather(code_t *c, uint32_t rows, bool meets) {
    put(c, AN_PUT(AN_PUT(AN_PUT(op(AN_OP_PRJ), PRJ_ROWS, rows), PRJ_COLS, 16), PRJ_STRIDE, 16));
    put(c, op(AN_OP_KEY));
    put(c, AN_PUT(AN_PUT(op(AN_OP_ROW), ROW_G, meets ? 70 : 32), ROW_GINIT, 48));
    put(c, AN_PUT(op(AN_OP_LAN), LAN_Y, meets ? 70 : 32));
    put(c, AN_PUT(AN_PUT(op(AN_OP_SWP), SWP_GATHER, 1), SWP_RAW, 1));
}

/* Vector instructions one behind the other, from S at 16 to R at 24, or from there on to S: with what comes in to the memory that is written they wait. */
static void reckon(code_t *c, uint32_t n, uint32_t dsp) {
    for (uint32_t k = 0; k < n; k++)
        put(c, AN_PUT(AN_PUT(AN_PUT(AN_PUT(op(AN_OP_ADD), VEC_D, 24), VEC_DSP, dsp), VEC_A, 16 + 8 * (k % 2)), VEC_ASP, k % 2 ? dsp : AN_SRC_S));
}

/* Each core gives to its neighbours, sweeps and reckons while their words come in: some of it is over before, some later, some meets them, and some words come late. */
static void beside(code_t *p, uint32_t c, uint32_t uneven) {
    for (uint32_t k = 0; k < 2; k++) {
        const uint32_t dsp = (uneven + k) % 2 ? AN_SPC_S : AN_SPC_R;
        work(p, 1 + uneven * (c + 3 + k) % 61);
        if (c + 1 < CORES) out(p, AN_PORT_UP);
        if (c) take(p, AN_PORT_DOWN, dsp);
        if (c) reckon(p, uneven * (c + k) % 4, uneven % 4 ? dsp ^ 1u : dsp);
        if (c && uneven % 2) out(p, AN_PORT_DOWN);
        if (c) gather(p, 1 + uneven * (c + k) % 13, (uneven + c + k) % 5 == 0);
        if (c) gather(p, 1 + uneven * (c + 2 * k) % 5, (uneven + c + k) % 7 == 0);
        if (c && uneven % 2 == 0) out(p, AN_PORT_DOWN);
        if (c + 1 < CORES) take(p, AN_PORT_UP, dsp);
        if (c + 1 < CORES) reckon(p, uneven * (c + k) % 3, uneven % 4 ? dsp ^ 1u : dsp);
        if (c + 1 < CORES) gather(p, 1 + uneven * (c + 3 + k) % 11, (uneven + c) % 3 == 0);
    }
}

/* Words that go up as they are written, as vector work or sums: so many, which fit between two cores. */
static uint32_t few(uint32_t c, uint32_t k, uint32_t uneven) { return 1 + (uneven + 3 * c + k) % 4; }

static void give(code_t *c, uint32_t n, bool sums, uint32_t uneven) {
    const uint32_t dsp = sums || uneven % 2 ? AN_SPC_S : AN_SPC_R;
    pop(c, n);
    put(c, AN_PUT(AN_PUT(AN_PUT(op(AN_OP_GIVE), VEC_B, AN_PORT_UP), VEC_DSP, dsp), VEC_D, 32));
    if (uneven % 3 == 0) work(c, 1 + uneven * 11 % 31);
    if (sums) {
        gather(c, n + uneven % 5, false);
        return;
    }
    pop(c, n + uneven % 7);
    if (uneven % 4) put(c, AN_PUT(AN_PUT(AN_PUT(op(AN_OP_ADD), VEC_D, 32), VEC_DSP, dsp), VEC_A, 16));
    else put(c, AN_PUT(AN_PUT(AN_PUT(op(AN_OP_TAB), VEC_D, 32), VEC_DSP, dsp), VEC_A, 16));
}

/* Three times up the chain, sooner than there is room, once behind words that go past the core in the middle; and three words back. */
static void written(code_t *p, uint32_t c, bool sums, uint32_t uneven) {
    for (uint32_t k = 0; k < 3; k++) {
        work(p, 1 + uneven * (c + 3 + k) % 61);
        if (c) pop(p, few(c - 1, k, uneven));
        if (c == 1 && k % 2) in(p, AN_PORT_DOWN), pass(p, AN_PORT_DOWN);
        else if (c == 1) take(p, AN_PORT_DOWN, AN_SPC_R);
        if (c == 2 && k % 2) pop(p, few(0, k, uneven)), in(p, AN_PORT_DOWN);
        if (c + 1 < CORES) give(p, few(c, k, uneven), sums, uneven);
        if (!c) pop(p, few(0, k, uneven));
        if (!c && k % 2) out(p, AN_PORT_UP);
        if (c == 2) pop(p, few(1, k, uneven)), in(p, AN_PORT_DOWN);
        work(p, 1 + uneven * (7 * c + k) % 23);
    }
    pop(p, 3);
    if (c) out(p, AN_PORT_DOWN);
    if (c + 1 < CORES) in(p, AN_PORT_UP);
}

/* A chain up and back, with more to do in the middle, or once around a ring each way from core 0 on. */
static void along(code_t *p, uint32_t c, bool closed, uint32_t uneven) {
    work(p, 1 + uneven * (c + 3) % 61);
    if (c) in(p, AN_PORT_DOWN);
    if (c + 1 < CORES || closed) out(p, AN_PORT_UP);
    if (!c && closed) in(p, AN_PORT_DOWN);
    work(p, 1 + uneven * (7 * c + 1) % 43);
    if (!c && closed) out(p, AN_PORT_DOWN);
    if (c + 1 < CORES || closed) in(p, AN_PORT_UP);
    if (c) out(p, AN_PORT_DOWN);
}

/* `uneven` draws how much each core does between its words. */
static void program(code_t code[CORES], way_t way, uint32_t turns, uint32_t uneven) {
    memset(code, 0, CORES * sizeof *code);
    for (uint32_t c = 0; c < CORES; c++) {
        code_t *p = &code[c];
        pop(p, WORDS);
        put(p, AN_PUT(op(AN_OP_LOOP), LOOP_COUNT, turns));
        const uint32_t body = p->n;
        if (way == PAST) past(p, c, uneven);
        else if (way == BESIDE) beside(p, c, uneven);
        else if (way == WRITTEN || way == SUMMED) written(p, c, way == SUMMED, uneven);
        else along(p, c, way == AROUND, uneven);
        put(p, op(AN_OP_TICK));
        put(p, AN_PUT(op(AN_OP_END), END_TARGET, body));
        put(p, op(AN_OP_HALT));
    }
}

/* by core: clocks from start to halt, those of waiting among them */
static void run(an_port_t *port, const an_config_t *cfg, way_t way, uint32_t turns, uint32_t uneven, uint64_t took[CORES]) {
    code_t code[CORES];
    an_driver_t d;
    const uint32_t pc[CORES] = {0};
    program(code, way, turns, uneven);
    assert_int_equal(an_driver_open(&d, port, cfg), AN_OK);
    for (uint32_t c = 0; c < CORES; c++) {
        uint32_t half[2 * PROG];
        for (uint32_t i = 0; i < code[c].n; i++) {
            half[2 * i] = (uint32_t)code[c].word[i];
            half[2 * i + 1] = (uint32_t)(code[c].word[i] >> 32);
        }
        assert_int_equal(an_driver_write(&d, c, AN_BUS_PROGRAM, 0, half, 2u * code[c].n), AN_OK);
    }
    assert_int_equal(an_driver_clear(&d), AN_OK);
    assert_int_equal(an_driver_start(&d, pc), AN_OK);
    assert_int_equal(an_driver_stream(&d, NULL, 0, NULL, 0, true, NULL, NULL), AN_OK);
    for (uint32_t c = 0; c < CORES; c++) {
        an_counters_t n;
        assert_int_equal(an_driver_counters(&d, c, &n), AN_OK);
        took[c] = n.clocks + n.stalls;
    }
}

static void compare(const char *name, bool deep, way_t way, uint32_t units) {
    an_config_t cfg = {0};
    for (size_t i = 0; i < an_n_configs; i++)
        if (strcmp(an_configs[i].name, name) == 0) cfg = an_configs[i];
    assert_true((cfg.link_steps > 2) == deep);
    cfg.cores = CORES;
    cfg.lanes = 2;
    cfg.vector_units = units;
    cfg.closed = way == AROUND;
    assert_true((cfg.pass || way != PAST) && (cfg.take || way != BESIDE) && (cfg.give || way < WRITTEN));
    char why[256] = "";
    an_port_t *model, *chip;
    assert_int_equal(an_port_model_open(&model, &cfg), AN_OK);
    if (an_port_sim_open(&chip, &cfg, NULL, why, sizeof why) != AN_OK) fail_msg("%s", why);
    uint64_t waited = 0;
    for (uint32_t uneven = 0; uneven < 40; uneven += 3) {
        uint64_t m[2][CORES], s[2][CORES];
        for (uint32_t k = 0; k < 2; k++) {
            run(model, &cfg, way, 20 + 40 * k, uneven, m[k]);
            run(chip, &cfg, way, 20 + 40 * k, uneven, s[k]);
        }
        for (uint32_t c = 0; c < CORES; c++) assert_int_equal(m[1][c] - m[0][c], s[1][c] - s[0][c]);
        for (uint32_t c = 0; c < CORES; c++) waited += an_model_waits(an_port_model_of(model), c);
    }
    assert_true(waited > 10000);
    model->ops->close(model);
    chip->ops->close(chip);
}

static void a_turn_takes_as_long_on_the_chip(void **state) {
    (void)state;
    compare("tiny", true, ALONG, 0);        /* four steps between neighbours */
    compare("icebreaker", false, ALONG, 0); /* two, in registers */
}

static void and_around_a_ring(void **state) {
    (void)state;
    compare("tiny", true, AROUND, 0);
    compare("icebreaker", false, AROUND, 0);
}

static void and_past_a_core(void **state) {
    (void)state;
    compare("tiny", true, PAST, 0);
}

static void and_beside_sweeps(void **state) {
    (void)state;
    compare("tiny", true, BESIDE, 0);
    compare("tiny", true, BESIDE, 1);
}

static void and_as_they_are_written(void **state) {
    (void)state;
    compare("tiny", true, WRITTEN, 0);
    compare("tiny", true, WRITTEN, 1);
    compare("tiny", true, SUMMED, 0);
}

static void and_with_a_word_a_clock(void **state) {
    (void)state;
    compare("tiny", true, AROUND, 1);
    compare("tiny", true, PAST, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_turn_takes_as_long_on_the_chip), cmocka_unit_test(and_around_a_ring), cmocka_unit_test(and_past_a_core), cmocka_unit_test(and_beside_sweeps), cmocka_unit_test(and_as_they_are_written), cmocka_unit_test(and_with_a_word_a_clock)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
