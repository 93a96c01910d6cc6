/* SPDX-License-Identifier: Apache-2.0
 * The comparison itself: it accepts what is equal, in whatever order the sides advance, and rejects every kind of difference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "an_play.h"
#include "an_port_pair.h"
#include "fake_chip.h"

static an_record_t record(uint8_t core, uint64_t i) {
    return (an_record_t){.clock = 10 + i, .addr = (uint32_t)i, .value = (int32_t)(i * 77), .core = core, .kind = AN_REC_S, .lane = 0};
}

static void either_side_may_lead(void **state) {
    (void)state;
    an_pairing_t *p = an_pairing_create(2);
    uint64_t at[2][2] = {{0, 0}, {0, 0}}, s = 1;
    for (int turn = 0; turn < 4000; turn++) {
        s = s * 6364136223846793005u + 1442695040888963407u;
        const unsigned side = s >> 40 & 1, core = s >> 41 & 1, n = (unsigned)(s >> 42 & 63);
        for (unsigned i = 0; i < n; i++) {
            const an_record_t r = record((uint8_t)core, at[side][core]++);
            an_pairing_push(p, side ? AN_SIDE_CHIP : AN_SIDE_MODEL, &r, NULL, 1);
        }
    }
    for (unsigned core = 0; core < 2; core++)
        while (at[0][core] != at[1][core]) {
            const unsigned side = at[0][core] < at[1][core] ? 0 : 1;
            const an_record_t r = record((uint8_t)core, at[side][core]++);
            an_pairing_push(p, side ? AN_SIDE_CHIP : AN_SIDE_MODEL, &r, NULL, 1);
        }
    assert_true(an_pairing_level(p));
    assert_int_equal(an_pairing_compared(p), at[0][0] + at[0][1]);
    assert_int_equal(an_pairing_ahead(p, AN_SIDE_MODEL) + an_pairing_ahead(p, AN_SIDE_CHIP), 0);
    an_pairing_destroy(p);
}

static void the_report_names_place_and_history(void **state) {
    (void)state;
    an_pairing_t *p = an_pairing_create(1);
    for (uint64_t i = 0; i < 40; i++) {
        an_record_t r = record(0, i);
        an_pairing_push(p, AN_SIDE_MODEL, &r, NULL, 1);
        if (i == 25) r.value++;
        const an_sim_mark_t mark = {1000 + i, 12};
        an_pairing_push(p, AN_SIDE_CHIP, &r, &mark, 1);
    }
    const an_difference_t *d = an_pairing_difference(p);
    assert_non_null(d);
    assert_int_equal(d->number, 25);
    assert_int_equal(d->mark.cycle, 1025);
    assert_int_equal(d->mark.pc, 12);
    assert_int_equal(d->n_before, AN_PAIRING_BEFORE);
    for (uint32_t i = 0; i < AN_PAIRING_BEFORE; i++) assert_int_equal(d->before[i].addr, 15 + i);
    assert_int_equal(d->chip.value, d->model.value + 1);
    assert_int_equal(an_pairing_compared(p), 25);
    char text[96];
    assert_string_equal(an_record_text(&d->model, text, sizeof text), "core 0  clock 35  S lane 0 block 25 = 1925");
    an_pairing_clear(p);
    assert_null(an_pairing_difference(p));
    an_pairing_destroy(p);
}

static void a_missing_last_record_shows_when_levelled(void **state) {
    (void)state;
    for (int side = 0; side < 2; side++) {
        an_pairing_t *p = an_pairing_create(1);
        const an_record_t r[2] = {record(0, 0), record(0, 1)};
        an_pairing_push(p, AN_SIDE_MODEL, r, NULL, side ? 1 : 2);
        an_pairing_push(p, AN_SIDE_CHIP, r, NULL, side ? 2 : 1);
        assert_null(an_pairing_difference(p));
        assert_false(an_pairing_level(p));
        const an_difference_t *d = an_pairing_difference(p);
        assert_int_equal(side ? d->model.kind : d->chip.kind, AN_PAIRING_NONE);
        assert_int_equal(side ? d->chip.addr : d->model.addr, 1);
        an_pairing_destroy(p);
    }
}

static an_config_t small(uint32_t cores, uint32_t lanes) {
    an_config_t cfg = an_configs[0]; /* tiny */
    cfg.cores = cores;
    cfg.lanes = lanes;
    return cfg;
}

static an_port_t *open_pair(const an_config_t *cfg) {
    an_port_t *port = NULL;
    char why[256] = "";
    const an_pair_options_t opt = {.api = fake_chip_api(cfg), .replay = "again"};
    if (an_port_pair_open(&port, cfg, &opt, why, sizeof why) != AN_OK) fail_msg("%s", why);
    return port;
}

static void equal_machines_pass(void **state) {
    (void)state;
    for (uint32_t cores = 1; cores <= 2; cores++) {
        const an_config_t cfg = small(cores, 2 * cores);
        fake_set(FAKE_NONE, 0);
        an_port_t *port = open_pair(&cfg);
        for (uint64_t seed = 1; seed <= 20; seed++) {
            an_port_pair_reset(port);
            if (an_play_pair(port, &cfg, seed, AN_PACE_SEED) != AN_OK) fail_msg("seed %d: %s", (int)seed, port->message);
        }
        assert_true(an_port_pair_compared(port) > 20 * 100);
        assert_int_equal(an_port_pair_compared(port), fake_records);
        port->ops->close(port);
    }
}

static void every_fault_is_found(void **state) {
    (void)state;
    const an_config_t cfg = small(1, 2);
    uint64_t s = 5;
    for (int fault = FAKE_VALUE; fault < FAKE_FAULTS; fault++)
        for (int turn = 0; turn < 5; turn++) {
            an_port_t *port = open_pair(&cfg);
            s = s * 6364136223846793005u + 1442695040888963407u;
            fake_set((fake_fault_t)fault, s >> 33 & 511);
            an_err_t e = AN_OK;
            uint64_t seed = 1;
            for (; seed <= 40 && !fake_done && e == AN_OK; seed++) { /* until the fault has come up */
                an_port_pair_reset(port);
                e = an_play_pair(port, &cfg, seed, AN_PACE_FAST);
            }
            if (!fake_done || e != AN_ERR_MISMATCH) fail_msg("fault %d at record %d: put in %d, result %d %s", fault, (int)fake_at, fake_done, e, port->message);
            assert_true(strstr(port->message, "differ") != NULL);
            port->ops->close(port);
        }
}

static void the_report_is_complete(void **state) {
    (void)state;
    const an_config_t cfg = small(1, 1);
    an_port_t *port = open_pair(&cfg);
    fake_set(FAKE_VALUE, 60);
    assert_int_equal(an_play_pair(port, &cfg, 3, AN_PACE_FAST), AN_ERR_MISMATCH);
    char *text = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&text, &size);
    an_port_pair_report(port, f);
    fclose(f);
    static const char *const has[] = {"both ", "  model ", "  chip ", "record 60 of core 0", "pc 7: ", "look at: an_", "waveform: again --fst "};
    for (size_t i = 0; i < sizeof has / sizeof *has; i++)
        if (!strstr(text, has[i])) fail_msg("no \"%s\" in\n%s", has[i], text);
    free(text);
    port->ops->close(port);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(either_side_may_lead),
        cmocka_unit_test(the_report_names_place_and_history),
        cmocka_unit_test(a_missing_last_record_shows_when_levelled),
        cmocka_unit_test(equal_machines_pass),
        cmocka_unit_test(every_fault_is_found),
        cmocka_unit_test(the_report_is_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
