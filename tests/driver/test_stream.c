/* SPDX-License-Identifier: Apache-2.0
 * Load, verify, run and stream, in process and over the link; what waits for ever is found and named. */
#include "device.h"
#include "network.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { WORDS = 4 * NET_N };

typedef struct rig {
    an_config_t cfg;
    network_t net;
    device_t dev;
    faults_t f;
    an_port_t *port;
    an_driver_t d;
    bool linked;
    int16_t in[WORDS];
    int32_t out[WORDS];
} rig_t;

static void rig_open(rig_t *r, bool linked, uint32_t lanes) {
    memset(r, 0, sizeof *r);
    r->cfg = tiny(lanes);
    r->linked = linked;
    network_init(&r->net, &r->cfg);
    if (linked) {
        device_init(&r->dev, &r->cfg);
        r->dev.run_clocks = 23; /* the chip lags behind the host */
        r->port = device_port(&r->dev, &r->f);
    } else assert_int_equal(an_port_model_open(&r->port, &r->cfg), AN_OK);
    assert_int_equal(an_driver_open(&r->d, r->port, &r->cfg), AN_OK);
    assert_int_equal(an_driver_load(&r->d, &r->net.img), AN_OK);
    assert_int_equal(an_driver_verify(&r->d, &r->net.img), AN_OK);
    for (int i = 0; i < WORDS; i++) r->in[i] = (int16_t)(100 * i - 700);
}

static void rig_close(rig_t *r) {
    r->port->ops->close(r->port);
    if (r->linked) device_free(&r->dev);
    network_free(&r->net);
}

static void check_run(bool linked, uint32_t lanes) {
    rig_t r;
    const uint32_t pc = 0;
    size_t gave = 0, got = 0;
    uint32_t tick = 0;
    rig_open(&r, linked, lanes);
    assert_int_equal(an_driver_start(&r.d, &pc), AN_OK);
    assert_int_equal(an_driver_stream(&r.d, r.in, WORDS, r.out, WORDS, true, &gave, &got), AN_OK);
    assert_int_equal(gave, WORDS);
    assert_int_equal(got, WORDS);
    for (int i = 0; i < WORDS; i++) assert_int_equal(r.out[i], 2 * 4096 * (100 * i - 700));
    an_status_t s;
    an_counters_t n;
    assert_int_equal(an_driver_status(&r.d, 0, &s), AN_OK);
    assert_int_equal(s.state, AN_ST_HALTED);
    assert_int_equal(s.pc, 7);
    assert_int_equal(an_driver_counters(&r.d, 0, &n), AN_OK);
    assert_true(n.clocks > 2 * WORDS);
    assert_int_equal(n.visits, 0);
    assert_int_equal(an_driver_read(&r.d, 0, AN_BUS_REGS, AN_REG_CORE_TICK, &tick, 1), AN_OK);
    assert_int_equal(tick, 4);
    rig_close(&r);
}

static void runs_the_same_everywhere(void **state) {
    (void)state;
    for (uint32_t lanes = 1; lanes <= 8; lanes *= 2) {
        check_run(false, lanes);
        check_run(true, lanes);
    }
}

static void verify_finds_one_wrong_word(void **state) {
    (void)state;
    rig_t r;
    rig_open(&r, true, 2);
    const uint32_t wrong = 0x1234;
    assert_int_equal(an_driver_write(&r.d, 0, AN_BUS_SYNAPSE, 4095, &wrong, 1), AN_OK);
    assert_int_equal(an_driver_verify(&r.d, &r.net.img), AN_ERR_IO);
    assert_non_null(strstr(r.port->message, "core 0, synapse[4095] reads back 0x00001234, written was 0x00000000"));
    rig_close(&r);
}

static void image_of_another_shape_is_refused(void **state) {
    (void)state;
    rig_t r;
    rig_open(&r, true, 2);
    const unsigned writes = r.dev.writes;
    r.net.img.cfg.lanes = 4;
    assert_int_equal(an_driver_load(&r.d, &r.net.img), AN_ERR_MISMATCH);
    assert_int_equal(r.dev.writes, writes);
    rig_close(&r);
}

static void check_stall(bool linked, size_t n_in, size_t n_out, const char *words, size_t want_got) {
    rig_t r;
    const uint32_t pc = 0;
    size_t gave = 0, got = 0;
    rig_open(&r, linked, 1);
    assert_int_equal(an_driver_start(&r.d, &pc), AN_OK);
    assert_int_equal(an_driver_stream(&r.d, r.in, n_in, r.out, n_out, true, &gave, &got), AN_ERR_STALL);
    if (strstr(r.port->message, words) == NULL) fail_msg("\"%s\" has not \"%s\"", r.port->message, words);
    assert_int_equal(gave, n_in);
    assert_int_equal(got, want_got);
    rig_close(&r);
}

static void what_waits_for_ever_is_named(void **state) {
    (void)state;
    for (int linked = 0; linked < 2; linked++) {
        /* one word short of the fourth turn */
        check_stall(linked, WORDS - 1, WORDS, "core 0 waits for ever at pc 2", 15);
        check_stall(linked, WORDS - 1, WORDS, "input", 15);
    }
}

/* Around a ring, and with words that come in beside work: the neighbour is who is there, the pc that of the instruction that waits. */
static void a_neighbour_is_named(void **state) {
    (void)state;
    an_config_t cfg = tiny(1);
    an_port_t *port;
    an_driver_t d;
    cfg.cores = 3;
    cfg.closed = cfg.take = true;
    const uint32_t pc[3] = {0};
    const uint64_t take = AN_PUT(AN_PUT(0, OP, AN_OP_TAKE), VEC_B, AN_PORT_DOWN), word[3] = {take, AN_PUT(0, OP, AN_OP_TICK), AN_PUT(0, OP, AN_OP_HALT)};
    assert_int_equal(an_port_model_open(&port, &cfg), AN_OK);
    assert_int_equal(an_driver_open(&d, port, &cfg), AN_OK);
    for (uint32_t i = 0; i < 6; i++) {
        const uint32_t half = (uint32_t)(word[i / 2] >> 32 * (i % 2));
        assert_int_equal(an_driver_write(&d, 0, AN_BUS_PROGRAM, i, &half, 1), AN_OK);
    }
    assert_int_equal(an_driver_start(&d, pc), AN_OK);
    assert_int_equal(an_driver_stream(&d, NULL, 0, NULL, 0, true, NULL, NULL), AN_ERR_STALL);
    if (strstr(port->message, "core 0 waits for ever at pc 2 (in from core 2): recv_down") == NULL) fail_msg("%s", port->message);
    port->ops->close(port);
}

static void too_few_outputs_are_named(void **state) {
    (void)state;
    rig_t r;
    const uint32_t pc = 0;
    int32_t out[WORDS + 1];
    size_t got = 0;
    rig_open(&r, true, 1);
    assert_int_equal(an_driver_start(&r.d, &pc), AN_OK);
    assert_int_equal(an_driver_stream(&r.d, r.in, WORDS, out, WORDS + 1, true, NULL, &got), AN_ERR_STALL);
    assert_int_equal(got, WORDS);
    assert_non_null(strstr(r.port->message, "halted at pc 7) with 20 of 20 inputs taken and 20 of 21"));
    rig_close(&r);
}

static void fault_is_named(void **state) {
    (void)state;
    for (int linked = 0; linked < 2; linked++) {
        rig_t r;
        const uint32_t pc = 8;
        rig_open(&r, linked, 1);
        assert_int_equal(an_driver_start(&r.d, &pc), AN_OK);
        assert_int_equal(an_driver_stream(&r.d, NULL, 0, NULL, 0, true, NULL, NULL), AN_ERR_FAULT);
        assert_non_null(strstr(r.port->message, "core 0 stopped with a fault at pc 8 (no instruction, 0xf800000000000000)"));
        rig_close(&r);
    }
}

/* A stop ends a program that waits, and after it everything works again. */
static void stop_frees_a_waiting_core(void **state) {
    (void)state;
    for (int linked = 0; linked < 2; linked++) {
        rig_t r;
        const uint32_t pc = 0;
        an_status_t s;
        rig_open(&r, linked, 2);
        assert_int_equal(an_driver_start(&r.d, &pc), AN_OK);
        assert_int_equal(an_driver_stop(&r.d), AN_OK);
        assert_int_equal(an_driver_status(&r.d, 0, &s), AN_OK);
        assert_int_not_equal(s.state, AN_ST_RUNNING);
        assert_int_equal(an_driver_load(&r.d, &r.net.img), AN_OK);
        assert_int_equal(an_driver_verify(&r.d, &r.net.img), AN_OK);
        rig_close(&r);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_the_same_everywhere), cmocka_unit_test(verify_finds_one_wrong_word),
        cmocka_unit_test(image_of_another_shape_is_refused), cmocka_unit_test(what_waits_for_ever_is_named), cmocka_unit_test(a_neighbour_is_named),
        cmocka_unit_test(too_few_outputs_are_named), cmocka_unit_test(fault_is_named), cmocka_unit_test(stop_frees_a_waiting_core),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
