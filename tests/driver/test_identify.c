/* SPDX-License-Identifier: Apache-2.0
 * What is not our chip is refused, both values by name, and nothing is written to it. */
#include "device.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void ours_is_taken(void **state) {
    (void)state;
    for (uint32_t lanes = 1; lanes <= 8; lanes *= 2) {
        device_t dev;
        faults_t f = { 0 };
        an_driver_t d;
        const an_config_t cfg = tiny(lanes);
        device_init(&dev, &cfg);
        an_port_t *port = device_port(&dev, &f);
        assert_int_equal(an_driver_open(&d, port, NULL), AN_OK);
        assert_int_equal(d.version, AN_VERSION);
        assert_int_equal(d.cfg.lanes, lanes);
        assert_int_equal(d.cfg.syn_words, cfg.syn_words);
        assert_string_equal(d.cfg.name, lanes == 1 ? "tiny" : "");
        assert_int_equal(an_driver_open(&d, port, &cfg), AN_OK);
        assert_string_equal(d.cfg.name, "tiny");
        assert_int_equal(dev.writes, 0);
        port->ops->close(port);
        device_free(&dev);
    }
}

static void check_forged(uint32_t reg, uint32_t value, bool expect, const char *found, const char *wanted) {
    device_t dev;
    faults_t f = { 0 };
    an_driver_t d;
    const an_config_t cfg = tiny(1);
    device_init(&dev, &cfg);
    dev.forge[reg] = true;
    dev.forged[reg] = value;
    an_port_t *port = device_port(&dev, &f);
    assert_int_equal(an_driver_open(&d, port, expect ? &cfg : NULL), AN_ERR_MISMATCH);
    if (strstr(port->message, found) == NULL || strstr(port->message, wanted) == NULL) fail_msg("\"%s\" names not both", port->message);
    assert_int_equal(dev.writes, 0);
    port->ops->close(port);
    device_free(&dev);
}

static void others_are_refused(void **state) {
    (void)state;
    check_forged(AN_REG_CHIP_MAGIC, 0xFFFFFFFFu, false, "magic number is 0xffffffff", "0x414e5449");
    check_forged(AN_REG_CHIP_VERSION, 0x00020304u, false, "version is 0x00020304", "expected 0x00000100");
    check_forged(AN_REG_CHIP_SPEC_HASH, AN_SPEC_HASH ^ 1u, false, "hash of the specification is", "expected");
    check_forged(AN_REG_CHIP_SHAPE, 2u << 16 | 1u, true, "number of cores is 0x00000002", "expected 0x00000001");
    check_forged(AN_REG_CHIP_SHAPE, 1u << 16 | 4u, true, "number of lanes is 0x00000004", "expected 0x00000001");
    check_forged(AN_REG_CHIP_SYN_WORDS, 77, true, "synapse words is 0x0000004d (77)", "(4096)");
    check_forged(AN_REG_CHIP_STATE_WORDS, 77, true, "state words", "(512)");
    check_forged(AN_REG_CHIP_RATE_WORDS, 77, true, "rate words", "(512)");
    check_forged(AN_REG_CHIP_PROG_WORDS, 77, true, "instructions", "(256)");
    check_forged(AN_REG_CHIP_SCALARS, 77, true, "scalars", "(64)");
    check_forged(AN_REG_CHIP_SHAPE, 0, false, "0 cores of 0 lanes", "1 to 8");
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(ours_is_taken), cmocka_unit_test(others_are_refused) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
