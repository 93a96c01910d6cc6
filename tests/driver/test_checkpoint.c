/* SPDX-License-Identifier: Apache-2.0
 * A checkpoint brings back the whole machine; a damaged or cut one is refused by name and offset, and touches nothing. */
#include "device.h"
#include "network.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char dir[] = "build/checkpoint_XXXXXX"; /* tests run in the root of the repository */
static char path[64];

typedef struct rig {
    network_t net;
    an_port_t *port;
    an_driver_t d;
} rig_t;

static void rig_open(rig_t *r, uint32_t lanes) {
    const an_config_t cfg = tiny(lanes);
    network_init(&r->net, &cfg);
    assert_int_equal(an_port_model_open(&r->port, &cfg), AN_OK);
    assert_int_equal(an_driver_open(&r->d, r->port, &cfg), AN_OK);
}

static void rig_close(rig_t *r) {
    r->port->ops->close(r->port);
    network_free(&r->net);
}

static uint64_t digest(rig_t *r) {
    uint64_t h = 0;
    assert_int_equal(an_driver_digest(&r->d, &h), AN_OK);
    return h;
}

static void save_loaded(rig_t *r) {
    assert_int_equal(an_driver_load(&r->d, &r->net.img), AN_OK);
    assert_int_equal(an_driver_set_tick(&r->d, 12345), AN_OK);
    assert_int_equal(an_driver_save(&r->d, path), AN_OK);
}

static unsigned char *slurp(size_t *n) {
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    unsigned char *b = malloc(1u << 20);
    assert_non_null(b);
    *n = fread(b, 1, 1u << 20, f);
    fclose(f);
    return b;
}

static void spill(const unsigned char *b, size_t n) {
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(b, 1, n, f), n);
    fclose(f);
}

static void brings_everything_back(void **state) {
    (void)state;
    rig_t a, b;
    uint32_t tick = 0;
    rig_open(&a, 2);
    rig_open(&b, 2);
    save_loaded(&a);
    assert_int_not_equal(digest(&a), digest(&b));
    assert_int_equal(an_driver_restore(&b.d, path), AN_OK);
    assert_int_equal(digest(&a), digest(&b));
    assert_int_equal(an_driver_verify(&b.d, &a.net.img), AN_OK);
    assert_int_equal(an_driver_read(&b.d, 0, AN_BUS_REGS, AN_REG_CORE_TICK, &tick, 1), AN_OK);
    assert_int_equal(tick, 12345);
    rig_close(&a);
    rig_close(&b);
}

/* One word of each memory changes the digest. */
static void digest_sees_every_memory(void **state) {
    (void)state;
    rig_t r;
    rig_open(&r, 1);
    const uint32_t space[] = { AN_BUS_PROGRAM, AN_BUS_SCALAR, AN_BUS_TABLE, AN_BUS_RATE, AN_BUS_STATE, AN_BUS_SYNAPSE };
    const uint32_t index[] = { 511, 63, 1023, 511, 511, 4095 }; /* the last of each */
    uint64_t before = digest(&r);
    for (int i = 0; i < 6; i++) {
        const uint32_t one = 1;
        assert_int_equal(an_driver_write(&r.d, 0, space[i], index[i], &one, 1), AN_OK);
        assert_int_not_equal(digest(&r), before);
        before = digest(&r);
    }
    assert_int_equal(an_driver_set_tick(&r.d, 1), AN_OK);
    assert_int_not_equal(digest(&r), before);
    rig_close(&r);
}

static void check_refused(rig_t *r, uint64_t before, const char *words) {
    r->port->message[0] = '\0';
    assert_int_equal(an_driver_restore(&r->d, path), AN_ERR_INPUT);
    if (strstr(r->port->message, path) == NULL || strstr(r->port->message, words) == NULL)
        fail_msg("\"%s\" has not \"%s\"", r->port->message, words);
    assert_int_equal(digest(r), before);
}

static void damage_is_refused(void **state) {
    (void)state;
    rig_t a, b;
    size_t n = 0;
    rig_open(&a, 2);
    rig_open(&b, 2);
    save_loaded(&a);
    const uint64_t before = digest(&b);
    unsigned char *good = slurp(&n);
    for (size_t at = 0; at < n; at += at < 100 ? 1 : 997) {
        good[at] ^= 0x20;
        spill(good, n);
        check_refused(&b, before, "offset ");
        good[at] ^= 0x20;
    }
    good[60 + 12 + 100] ^= 1; /* head, then program: the first section */
    spill(good, n);
    check_refused(&b, before, "offset 60: core 0, program: damaged");
    good[60 + 12 + 100] ^= 1;
    for (size_t cut = 0; cut < n; cut += cut < 100 ? 1 : 1009) {
        char words[32];
        spill(good, cut);
        snprintf(words, sizeof words, "offset %zu: ", cut);
        check_refused(&b, before, words);
    }
    good[n] = 0;
    spill(good, n + 1);
    check_refused(&b, before, "more behind the end");
    spill(good, n);
    assert_int_equal(an_driver_restore(&b.d, path), AN_OK);
    free(good);
    rig_close(&a);
    rig_close(&b);
}

static void another_configuration_is_refused(void **state) {
    (void)state;
    rig_t a, b;
    rig_open(&a, 2);
    rig_open(&b, 4);
    save_loaded(&a);
    const uint64_t before = digest(&b);
    assert_int_equal(an_driver_restore(&b.d, path), AN_ERR_MISMATCH);
    assert_non_null(strstr(b.port->message, "number of lanes is 0x00000002 (2), that of model is 0x00000004 (4)"));
    assert_int_equal(digest(&b), before);
    rig_close(&a);
    rig_close(&b);
}

/* A save that fails leaves the old file whole and nothing beside it. */
static void failed_save_keeps_the_old(void **state) {
    (void)state;
    rig_t r;
    size_t n = 0, k = 0;
    rig_open(&r, 2);
    save_loaded(&r);
    unsigned char *old = slurp(&n);
    /* a folder of the temporary name: the new file cannot be begun */
    char temp[96];
    snprintf(temp, sizeof temp, "%s.tmp%ld", path, (long)getpid());
    assert_int_equal(mkdir(temp, 0777), 0);
    assert_int_equal(an_driver_set_tick(&r.d, 999), AN_OK);
    assert_int_equal(an_driver_save(&r.d, path), AN_ERR_IO);
    assert_non_null(strstr(r.port->message, temp));
    assert_int_equal(rmdir(temp), 0);
    unsigned char *now = slurp(&k);
    assert_int_equal(k, n);
    assert_memory_equal(now, old, n);
    free(old);
    free(now);
    rig_close(&r);
}

static void running_core_is_refused(void **state) {
    (void)state;
    rig_t r;
    const uint32_t pc = 0;
    rig_open(&r, 1);
    assert_int_equal(an_driver_load(&r.d, &r.net.img), AN_OK);
    assert_int_equal(an_driver_start(&r.d, &pc), AN_OK);
    assert_int_equal(an_driver_save(&r.d, path), AN_ERR_REFUSED);
    assert_non_null(strstr(r.port->message, "core 0 is running"));
    rig_close(&r);
}

static int in_folder(void **state) {
    (void)state;
    if (mkdtemp(dir) == NULL) return -1;
    snprintf(path, sizeof path, "%s/chip.ckpt", dir);
    return 0;
}

static int out_of_folder(void **state) {
    (void)state;
    unlink(path);
    return rmdir(dir); /* fails if a temporary file was left behind */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brings_everything_back), cmocka_unit_test(digest_sees_every_memory), cmocka_unit_test(damage_is_refused),
        cmocka_unit_test(another_configuration_is_refused), cmocka_unit_test(failed_save_keeps_the_old), cmocka_unit_test(running_core_is_refused),
    };
    return cmocka_run_group_tests(tests, in_folder, out_of_folder);
}
