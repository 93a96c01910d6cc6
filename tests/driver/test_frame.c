/* SPDX-License-Identifier: Apache-2.0
 * Frames: CRC and stuffing against published vectors, every length, and garbage. */
#include "an_frame.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void crc_vectors(void **state) {
    (void)state;
    assert_int_equal(an_crc32(0, (const uint8_t *)"", 0), 0);
    assert_int_equal(an_crc32(0, (const uint8_t *)"123456789", 9), 0xCBF43926u); /* the check value of CRC-32 */
    assert_int_equal(an_crc32(0, (const uint8_t *)"The quick brown fox jumps over the lazy dog", 43), 0x414FA339u);
    assert_int_equal(an_crc32(an_crc32(0, (const uint8_t *)"1234", 4), (const uint8_t *)"56789", 5), 0xCBF43926u);
}

static void check_cobs(const uint8_t *in, size_t n, const uint8_t *expected, size_t n_expected) {
    uint8_t out[600], back[600];
    size_t size = 0;
    assert_int_equal(an_cobs_encode(in, n, out), n_expected);
    assert_memory_equal(out, expected, n_expected);
    assert_true(an_cobs_decode(out, n_expected, back, &size));
    assert_int_equal(size, n);
    if (n > 0) assert_memory_equal(back, in, n);
}

/* The examples of the paper's authors (and of the encyclopaedia). */
static void cobs_vectors(void **state) {
    (void)state;
    uint8_t in[255], out[257];
    check_cobs((const uint8_t[]){ 0 }, 1, (const uint8_t[]){ 1, 1 }, 2);
    check_cobs((const uint8_t[]){ 0, 0 }, 2, (const uint8_t[]){ 1, 1, 1 }, 3);
    check_cobs((const uint8_t[]){ 0x11, 0x22, 0, 0x33 }, 4, (const uint8_t[]){ 3, 0x11, 0x22, 2, 0x33 }, 5);
    check_cobs((const uint8_t[]){ 0x11, 0, 0, 0 }, 4, (const uint8_t[]){ 2, 0x11, 1, 1, 1 }, 5);
    for (int i = 0; i < 255; i++) in[i] = (uint8_t)(i + 1);
    out[0] = 0xFF;
    memcpy(out + 1, in, 254);
    check_cobs(in, 254, out, 255); /* 01 .. FE */
    out[255] = 2;
    out[256] = 0xFF;
    check_cobs(in, 255, out, 257); /* 01 .. FF */
}

static void every_length(void **state) {
    (void)state;
    uint8_t in[AN_FRAME_RAW], out[AN_FRAME_LINE + 1], back[AN_FRAME_LINE];
    srand(7);
    for (size_t n = 0; n <= AN_FRAME_RAW; n++)
        for (int zeros = 0; zeros < 3; zeros++) {
            size_t size = 0;
            for (size_t i = 0; i < n; i++) in[i] = (uint8_t)(zeros == 0 ? 1 + rand() % 255 : zeros == 1 ? rand() % 3 : rand());
            memset(out, 0xAA, sizeof out);
            const size_t k = an_cobs_encode(in, n, out);
            assert_true(k <= n + n / 254 + 1);
            assert_int_equal(out[k], 0xAA);
            assert_null(memchr(out, 0, k));
            assert_true(an_cobs_decode(out, k, back, &size));
            assert_int_equal(size, n);
            assert_memory_equal(back, in, n);
        }
}

static void garbage_is_refused(void **state) {
    (void)state;
    uint8_t line[AN_FRAME_LINE], raw[AN_FRAME_LINE];
    an_request_t r;
    an_answer_t a;
    srand(11);
    for (int k = 0; k < 20000; k++) {
        const size_t n = (size_t)rand() % sizeof line;
        for (size_t i = 0; i < n; i++) line[i] = (uint8_t)rand();
        assert_false(an_request_decode(line, n, raw, &r));
        assert_false(an_answer_decode(line, n, raw, &a));
    }
}

/* Every single flipped bit of a request is found. */
static void every_flip_is_found(void **state) {
    (void)state;
    const uint8_t payload[40] = { 1, 0, 2, 0, 0, 3 };
    const an_request_t r = { .seq = 9, .op = AN_LINK_WRITE32, .addr = 0x1500010, .count = 10, .payload = payload, .n_payload = 40 };
    uint8_t line[AN_FRAME_LINE], raw[AN_FRAME_LINE];
    an_request_t back;
    const size_t n = an_request_encode(&r, line);
    assert_int_equal(line[0], 0);
    assert_int_equal(line[n - 1], 0);
    assert_true(an_request_decode(line + 1, n - 2, raw, &back));
    assert_int_equal(back.addr, r.addr);
    assert_int_equal(back.count, 10);
    assert_int_equal(back.n_payload, 40);
    assert_memory_equal(back.payload, payload, 40);
    for (size_t bit = 8; bit < 8 * (n - 1); bit++) {
        line[bit / 8] = (uint8_t)(line[bit / 8] ^ (1u << (bit % 8)));
        assert_false(an_request_decode(line + 1, n - 2, raw, &back));
        line[bit / 8] = (uint8_t)(line[bit / 8] ^ (1u << (bit % 8)));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crc_vectors), cmocka_unit_test(cobs_vectors), cmocka_unit_test(every_length),
        cmocka_unit_test(garbage_is_refused), cmocka_unit_test(every_flip_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
