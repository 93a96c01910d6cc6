/* SPDX-License-Identifier: Apache-2.0
 * The port over a link that loses, flips and doubles bytes: nothing lost, nothing done twice, every call ends. */
#include "device.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define N 700 /* more than one frame of either width */

static void check_memory(an_port_t *port, uint32_t addr, uint32_t mask, int sign_bit) {
    uint32_t out[N], in[N];
    size_t done = 0;
    for (int i = 0; i < N; i++) {
        out[i] = (uint32_t)rand() * 2654435761u & mask;
        if (sign_bit != 0 && (out[i] >> sign_bit & 1u) != 0) out[i] |= ~mask;
    }
    assert_int_equal(port->ops->write(port, addr, out, N, &done), AN_OK);
    assert_int_equal(done, N);
    memset(in, 0x55, sizeof in);
    assert_int_equal(port->ops->read(port, addr, in, N, &done), AN_OK);
    assert_int_equal(done, N);
    assert_memory_equal(in, out, sizeof in);
}

static void words_go_both_ways(void **state) {
    (void)state;
    device_t dev;
    faults_t f = { 0 };
    an_config_t cfg = tiny(2);
    cfg.state_words = cfg.rate_words = 1024;
    device_init(&dev, &cfg);
    an_port_t *port = device_port(&dev, &f);
    check_memory(port, an_addr_core(0, AN_BUS_STATE, 3), 0xFFFFFFFFu, 0);
    check_memory(port, an_addr_core(0, AN_BUS_RATE, 5), 0xFFFFu, 15);
    check_memory(port, an_addr_core(0, AN_BUS_SYNAPSE, 1000), 0xFFFFu, 15);
    check_memory(port, an_addr_core(0, AN_BUS_TABLE, 0), 0xFFFFu, 15);
    assert_int_equal(dev.executed, dev.requests);
    assert_int_equal(an_port_link_stats(port).repeats, 0);
    port->ops->close(port);
    device_free(&dev);
}

static void refused_address_is_named(void **state) {
    (void)state;
    device_t dev;
    faults_t f = { 0 };
    const an_config_t cfg = tiny(1);
    uint32_t word[100] = { 0 };
    size_t done = 99;
    device_init(&dev, &cfg);
    an_port_t *port = device_port(&dev, &f);
    assert_int_equal(port->ops->write(port, an_addr_core(0, AN_BUS_SCALAR, cfg.scalars - 3), word, 100, &done), AN_ERR_REFUSED);
    assert_int_equal(done, 3);
    assert_non_null(strstr(port->message, "0x1200040 refused")); /* scalar 64 of core 0 */
    assert_int_equal(port->ops->read(port, an_addr_core(0, AN_BUS_SCALAR, cfg.scalars - 5), word, 100, &done), AN_ERR_REFUSED);
    assert_int_equal(done, 5);
    assert_non_null(strstr(port->message, "write")); /* the first cause stays */
    port->ops->close(port);
    device_free(&dev);
}

/* Lost answers: the request comes again, and is not carried out again. */
static void repeats_are_carried_out_once(void **state) {
    (void)state;
    device_t dev;
    faults_t f = { 0 };
    const an_config_t cfg = tiny(1);
    const int16_t word[5] = { 1, 2, 3, 4, 5 };
    size_t n = 0;
    device_init(&dev, &cfg);
    an_port_t *port = device_port(&dev, &f);
    const size_t room = an_model_in_room(dev.model);
    const unsigned executed = dev.executed, requests = dev.requests;
    f.lose_answers = 3;
    assert_int_equal(port->ops->push(port, word, 5, &n), AN_OK);
    assert_int_equal(n, 5);
    assert_int_equal(dev.requests - requests, 4);
    assert_int_equal(dev.executed - executed, 1);
    assert_int_equal(room - an_model_in_room(dev.model), 5);
    assert_int_equal(an_port_link_stats(port).repeats, 3);
    /* the same again is a new request */
    assert_int_equal(port->ops->push(port, word, 5, &n), AN_OK);
    assert_int_equal(dev.executed - executed, 2);
    assert_int_equal(room - an_model_in_room(dev.model), 10);
    port->ops->close(port);
    device_free(&dev);
}

static void noise(void **state) {
    (void)state;
    const faults_t kinds[] = { { .flip = 0.0005, .seed = 5 }, { .drop = 0.0005, .seed = 6 }, { .twice = 0.0005, .seed = 7 },
                               { .flip = 0.0004, .drop = 0.0002, .twice = 0.0002, .seed = 8 } };
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        device_t dev;
        faults_t f = kinds[k];
        const an_config_t cfg = tiny(2);
        size_t total = 0;
        device_init(&dev, &cfg);
        an_port_t *port = device_port(&dev, &f);
        const size_t room = an_model_in_room(dev.model);
        for (int i = 0; i < 20; i++) {
            int16_t word[400] = { 0 };
            size_t n = 0;
            check_memory(port, an_addr_core(0, AN_BUS_SYNAPSE, (uint32_t)i), 0xFFFFu, 15);
            assert_int_equal(port->ops->push(port, word, 400, &n), AN_OK);
            total += n;
        }
        assert_int_equal(room - an_model_in_room(dev.model), total);
        assert_true(an_port_link_stats(port).repeats > 0); /* there was something to survive */
        port->ops->close(port);
        device_free(&dev);
    }
}

static void silence_and_damage_end(void **state) {
    (void)state;
    device_t dev;
    faults_t f = { 0 };
    const an_config_t cfg = tiny(1);
    uint32_t word = 0;
    size_t done = 1;
    device_init(&dev, &cfg);
    an_port_t *port = device_port(&dev, &f);
    f.silent = true;
    assert_int_equal(port->ops->read(port, 0, &word, 1, &done), AN_ERR_TIMEOUT);
    assert_int_equal(done, 0);
    assert_non_null(strstr(port->message, "no answer"));
    f.silent = false;
    assert_int_equal(port->ops->read(port, 0, &word, 1, &done), AN_OK); /* and goes on when it speaks again */
    assert_int_equal(word, AN_MAGIC);
    port->message[0] = '\0';
    f.flip_answers = true;
    assert_int_equal(port->ops->read(port, 0, &word, 1, &done), AN_ERR_LINK);
    assert_non_null(strstr(port->message, "damaged"));
    port->ops->close(port);
    /* nobody there from the start */
    char why[256] = "";
    faults_t deaf = { .deaf = true };
    assert_int_equal(an_port_link_open(&port, device_transport(&dev, &deaf), NULL, why, sizeof why), AN_ERR_TIMEOUT);
    assert_null(port);
    assert_non_null(strstr(why, "no answer"));
    device_free(&dev);
}

/* A short push offers less the next time, so that a full stream does not cost a frame of words that all come back. */
static void push_offers_what_there_is_room_for(void **state) {
    (void)state;
    device_t dev;
    faults_t f = { 0 };
    const an_config_t cfg = tiny(1);
    int16_t word[1000] = { 0 };
    size_t n = 0;
    device_init(&dev, &cfg);
    dev.in_room = 10;
    an_port_t *port = device_port(&dev, &f);
    assert_int_equal(port->ops->push(port, word, 1000, &n), AN_OK);
    assert_int_equal(n, 10);
    const uint64_t before = an_port_link_stats(port).bytes_out;
    assert_int_equal(port->ops->push(port, word, 1000, &n), AN_OK);
    assert_int_equal(n, 20); /* 10 taken whole, then 10 of 20 */
    assert_true(an_port_link_stats(port).bytes_out - before < 120);
    port->ops->close(port);
    device_free(&dev);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_go_both_ways), cmocka_unit_test(refused_address_is_named), cmocka_unit_test(repeats_are_carried_out_once),
        cmocka_unit_test(noise), cmocka_unit_test(silence_and_damage_end), cmocka_unit_test(push_offers_what_there_is_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
