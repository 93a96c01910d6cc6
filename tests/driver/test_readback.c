/* SPDX-License-Identifier: Apache-2.0
 * Symbols come back in logical order, and the network's digest is the same for every number of lanes. */
#include "device.h"
#include "network.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static uint64_t check_symbols(uint32_t lanes, uint64_t *machine) {
    network_t net;
    device_t dev;
    faults_t f = { 0 };
    an_driver_t d;
    const an_config_t cfg = tiny(lanes);
    uint64_t h = 0;
    network_init(&net, &cfg);
    device_init(&dev, &cfg);
    an_port_t *port = device_port(&dev, &f);
    assert_int_equal(an_driver_open(&d, port, &cfg), AN_OK);
    assert_int_equal(an_driver_load(&d, &net.img), AN_OK);

    int32_t s[NET_N];
    int16_t r[NET_N], w[NET_N * NET_M], v[NET_N * NET_M];
    assert_int_equal(an_driver_get_state(&d, &net.vector[0], s), AN_OK);
    assert_int_equal(an_driver_get_rate(&d, &net.vector[0], r), AN_OK);
    for (int i = 0; i < NET_N; i++) {
        assert_int_equal(s[i], -100000 * i);
        assert_int_equal(r[i], 200 - 100 * i);
    }
    assert_int_equal(an_driver_get_projection(&d, &net.projection[0], w, v), AN_OK);
    assert_memory_equal(w, net.w, sizeof w);
    assert_memory_equal(v, net.v, sizeof v);
    assert_int_equal(an_driver_get_projection(&d, &net.projection[1], w, NULL), AN_OK);
    assert_memory_equal(w, net.q, sizeof w);
    assert_int_equal(an_driver_digest_network(&d, &net.img, &h), AN_OK);
    assert_int_equal(an_driver_digest(&d, machine), AN_OK);

    /* what is set comes back, and the other word of the pair and everything around stay */
    for (int i = 0; i < NET_N * NET_M; i++) w[i] = (int16_t)(3 * i - 32768);
    assert_int_equal(an_driver_set_projection(&d, &net.projection[0], w, NULL), AN_OK);
    int16_t back[NET_N * NET_M];
    assert_int_equal(an_driver_get_projection(&d, &net.projection[0], back, v), AN_OK);
    assert_memory_equal(back, w, sizeof w);
    assert_memory_equal(v, net.v, sizeof v);
    assert_int_equal(an_driver_set_projection(&d, &net.projection[0], net.w, net.v), AN_OK);
    assert_int_equal(an_driver_verify(&d, &net.img), AN_OK);

    /* one synapse changes the digest */
    uint64_t other = 0;
    w[0] = (int16_t)(net.w[0] ^ 1);
    memcpy(w + 1, net.w + 1, sizeof net.w - sizeof w[0]);
    assert_int_equal(an_driver_set_projection(&d, &net.projection[0], w, NULL), AN_OK);
    assert_int_equal(an_driver_digest_network(&d, &net.img, &other), AN_OK);
    assert_int_not_equal(other, h);

    int32_t k = 0;
    assert_int_equal(an_driver_get_scalar(&d, 0, 63, &k), AN_OK);
    assert_int_equal(k, 63 * 0x01234567);
    assert_int_equal(an_driver_set_scalar(&d, 0, 63, -7), AN_OK);
    assert_int_equal(an_driver_get_scalar(&d, 0, 63, &k), AN_OK);
    assert_int_equal(k, -7);
    assert_int_equal(an_driver_get_scalar(&d, 1, 0, &k), AN_ERR_ARG);
    assert_int_equal(an_driver_get_projection(&d, &net.projection[1], w, v), AN_ERR_ARG); /* q has no v */
    port->ops->close(port);
    device_free(&dev);
    network_free(&net);
    return h;
}

static void the_same_for_every_number_of_lanes(void **state) {
    (void)state;
    uint64_t machine[4], network[4];
    for (int i = 0; i < 4; i++) network[i] = check_symbols(1u << i, &machine[i]);
    for (int i = 1; i < 4; i++) {
        assert_int_equal(network[i], network[0]);
        assert_int_not_equal(machine[i], machine[0]); /* the memories are laid out otherwise */
    }
}

/* A saturating addition leaves its record at its pc. */
static void range_record(void **state) {
    (void)state;
    network_t net;
    an_port_t *port = NULL;
    an_driver_t d;
    an_range_t r;
    const an_config_t cfg = tiny(2);
    const uint32_t pc = 0;
    int16_t in[4 * NET_N];
    int32_t out[4 * NET_N];
    for (int i = 0; i < 4 * NET_N; i++) in[i] = i < 2 * NET_N ? 0 : 32767;
    network_init(&net, &cfg);
    /* 32767 is 7.9998 as a rate: doubled, it fits a state and saturates a rate */
    assert_int_equal(an_port_model_open(&port, &cfg), AN_OK);
    assert_int_equal(an_driver_open(&d, port, &cfg), AN_OK);
    assert_int_equal(an_driver_load(&d, &net.img), AN_OK);
    assert_int_equal(an_driver_set_tick(&d, 70), AN_OK);
    assert_int_equal(an_driver_start(&d, &pc), AN_OK);
    assert_int_equal(an_driver_stream(&d, in, 4 * NET_N, out, 4 * NET_N, true, NULL, NULL), AN_OK);
    assert_int_equal(an_driver_get_range(&d, 0, 3, &r), AN_OK);
    assert_int_equal(r.count, 2);
    assert_int_equal(r.first_tick, 72);
    assert_false(r.operand_clip);
    assert_int_equal(an_driver_get_range(&d, 0, 2, &r), AN_OK);
    assert_int_equal(r.count, 0);
    assert_int_equal(an_driver_clear(&d), AN_OK);
    assert_int_equal(an_driver_get_range(&d, 0, 3, &r), AN_OK);
    assert_int_equal(r.count, 0);
    port->ops->close(port);
    network_free(&net);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_same_for_every_number_of_lanes), cmocka_unit_test(range_record) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
