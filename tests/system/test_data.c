/* SPDX-License-Identifier: Apache-2.0
 * Readers of data files, the host's random numbers, scores, JSON and the plot. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "an_array.h"
#include "an_plot.h"
#include "an_report.h"
#include "an_rng.h"
#include "an_score.h"
#include "an_source.h"

static char path[] = "/tmp/an-data-XXXXXX";

static void put(const void *data, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(data, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

/* version 1.0, header padded as numpy does */
static void put_npy(const char *dict, const void *data, size_t n)
{
    char all[512] = "\x93NUMPY\x01";
    size_t len = 118;
    all[7] = 0;
    all[8] = (char)len;
    all[9] = 0;
    memset(all + 10, ' ', len);
    memcpy(all + 10, dict, strlen(dict));
    all[10 + len - 1] = '\n';
    memcpy(all + 10 + len, data, n);
    put(all, 10 + len + n);
}

static void test_npy_kinds(void **state)
{
    (void)state;
    const int8_t i1[] = {-128, 127};
    const int16_t i2[] = {-32768, 32767};
    const int32_t i4[] = {INT32_MIN, 5};
    const float f4[] = {-1.5f, 1e10f};
    const double f8[] = {0.1, -1e300};
    const uint8_t u1[] = {0, 255};
    const struct { const char *descr; const void *data; size_t size; double v[2]; } k[] = {
        {"|u1", u1, 1, {0, 255}},           {"|i1", i1, 1, {-128, 127}},   {"<i2", i2, 2, {-32768, 32767}},
        {"<i4", i4, 4, {-2147483648.0, 5}}, {"<f4", f4, 4, {-1.5, 1e10f}}, {"<f8", f8, 8, {0.1, -1e300}}};
    for (size_t i = 0; i < sizeof k / sizeof *k; i++) {
        char dict[100];
        an_array_t a;
        an_diag_t d;
        snprintf(dict, sizeof dict, "{'descr': '%s', 'fortran_order': False, 'shape': (2, 1), }", k[i].descr);
        put_npy(dict, k[i].data, 2 * k[i].size);
        assert_int_equal(an_npy_read(&a, path, 2, &d), AN_OK);
        assert_int_equal(a.n, 2);
        assert_int_equal(a.shape[1], 1);
        assert_true(an_array_at(&a, 0) == k[i].v[0]);
        assert_true(an_array_at(&a, 1) == k[i].v[1]);
        an_array_free(&a);
    }
}

static void refuse(int dims, const char *says)
{
    an_array_t a = {.dims = 77};
    an_diag_t d = {""};
    assert_int_equal(an_npy_read(&a, path, dims, &d), AN_ERR_INPUT);
    assert_int_equal(a.dims, 77);
    if (!strstr(d.text, says) || !strstr(d.text, path))
        fail_msg("\"%s\" lacks \"%s\" or the file", d.text, says);
}

static void test_npy_refused(void **state)
{
    (void)state;
    const char data[8] = {0};
    put_npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2), }", data, 4);
    refuse(0, "fortran_order: True");
    put_npy("{'descr': '>i2', 'fortran_order': False, 'shape': (2, 2), }", data, 8);
    refuse(0, "descr '>i2'");
    put_npy("{'descr': '|u1', 'fortran_order': False, 'shape': (), }", data, 1);
    refuse(1, "0 dimensions; expected 1");
    put_npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 0), }", data, 1);
    refuse(0, "shape (2, 0)");
    put_npy("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999, 99999999999), }", data, 1);
    refuse(0, "shape");
    put_npy("{'descr': '|u1', 'shape': (2,), }", data, 2);
    refuse(0, "header");
    put_npy("{'descr': '|u1', 'fortran_order': False, 'shape': (5,), }", data, 4);
    refuse(1, "4 are there");
    put_npy("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", data, 4);
    refuse(1, "more data");
    put("\x93NUM", 4);
    refuse(1, "cut short: 4 bytes");
    put("\x93NUMPY\x01\x00\x76\x00{'d", 13);
    refuse(1, "expected a header of 118 bytes");
}

static void test_idx_plain(void **state)
{
    (void)state;
    an_array_t a;
    an_diag_t d;
    put("\0\0\x08\x02\0\0\0\x02\0\0\0\x03" "abcdef", 18);
    assert_int_equal(an_idx_read(&a, path, 2, &d), AN_OK);
    assert_int_equal(a.shape[0], 2);
    assert_int_equal(a.shape[1], 3);
    assert_true(an_array_at(&a, 5) == 'f');
    an_array_free(&a);
    put("\0\0\x08\x01\xff\xff\xff\xff" "a", 9);
    assert_int_equal(an_idx_read(&a, path, 1, &d), AN_ERR_INPUT);
    assert_non_null(strstr(d.text, "offset 4: length 4294967295"));
    assert_int_equal(an_idx_read(&a, "/nonexistent", 1, &d), AN_ERR_IO);
}

/* splitmix64 of seed 1234567, published with the generator (Vigna) */
static void test_rng(void **state)
{
    (void)state;
    an_rng_t r = {1234567};
    assert_true(an_rng_next(&r) == 6457827717110365317u);
    assert_true(an_rng_next(&r) == 3203168211198807973u);
    uint32_t order[1000], seen[1000] = {0};
    r = an_rng_of(1, "shuffle", 0);
    an_rng_shuffle(&r, order, 1000);
    size_t still = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        seen[order[i]]++;
        still += order[i] == i;
    }
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(seen[i], 1);
    assert_true(still < 10);
    unsigned plus = 0;
    for (uint64_t i = 0; i < 10000; i++) {
        r = an_rng_of(1, "sign", i);
        plus += (unsigned)(an_rng_next(&r) >> 63);
        assert_true(an_rng_below(&r, 7) < 7);
        double u = an_rng_unit(&r);
        assert_true(u >= 0 && u < 1);
    }
    assert_in_range(plus, 4850, 5150); /* 3 standard deviations */
    an_rng_t a = an_rng_of(1, "sign", 1), b = an_rng_of(1, "shuffle", 1), c = an_rng_of(2, "sign", 1);
    uint64_t x = an_rng_next(&a);
    assert_true(x != an_rng_next(&b) && x != an_rng_next(&c));
}

static void test_score(void **state)
{
    (void)state;
    const int32_t words[] = {-5, 7, 7, 2};
    an_score_t s = {0, 0};
    assert_true(isnan(an_score_error(&s)));
    assert_int_equal(an_score_class(words, 4), 1);
    assert_int_equal(an_score_class(words + 3, 1), 2);
    an_score_add(&s, words, 4, 1);
    an_score_add(&s, words, 4, 2);
    assert_true(an_score_error(&s) == 0.5);
}

static void test_to_f12(void **state)
{
    (void)state;
    assert_int_equal(an_to_f12(1), 4096);
    assert_int_equal(an_to_f12(0.5 / 4096), 1);
    assert_int_equal(an_to_f12(-0.5 / 4096), 0);
    assert_int_equal(an_to_f12(9), 32767);
    assert_int_equal(an_to_f12(-9), -32768);
}

static char *written(void (*write)(FILE *f))
{
    static char text[20000];
    FILE *f = tmpfile();
    assert_non_null(f);
    write(f);
    rewind(f);
    text[fread(text, 1, sizeof text - 1, f)] = 0;
    fclose(f);
    return text;
}

static void json(FILE *f)
{
    an_json_string(f, "a\"b\\c\n");
    an_json_number(f, (double)NAN);
    an_json_number(f, 0.25);
}

static void test_json(void **state)
{
    (void)state;
    assert_string_equal(written(json), "\"a\\\"b\\\\c\\u000a\"null0.25");
}

static void plot(FILE *f)
{
    const double x[] = {0, 1000, 2000, 3000}, y[] = {0.9, 0.5, NAN, 0.1};
    an_series_t s = {"a < b", x, y, 4, false, true};
    an_plot_t p = {.title = "t", .xlabel = "x", .ylabel = "y", .series = &s, .n_series = 1, .percent = true, .band0 = 0, .band1 = 300, .band = "chip"};
    an_plot_write(&p, f);
}

static void plot_empty(FILE *f)
{
    an_series_t s = {"none", NULL, NULL, 0, false, false};
    an_plot_t p = {.title = "t", .xlabel = "x", .ylabel = "y", .series = &s, .n_series = 1, .log_y = true};
    an_plot_write(&p, f);
}

static void test_plot(void **state)
{
    (void)state;
    const char *t = written(plot);
    assert_non_null(strstr(t, "a &lt; b"));
    assert_non_null(strstr(t, ">3 000<"));
    assert_non_null(strstr(t, ">100 %<"));
    assert_non_null(strstr(t, ">chip<"));
    assert_null(strstr(t, "nan"));
    size_t circles = 0;
    for (const char *c = t; (c = strstr(c, "<circle")); c++)
        circles++;
    assert_int_equal(circles, 3);
    t = written(plot_empty);
    assert_null(strstr(t, "nan"));
    assert_null(strstr(t, "inf"));
    assert_non_null(strstr(t, "</svg>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_npy_kinds), cmocka_unit_test(test_npy_refused), cmocka_unit_test(test_idx_plain), cmocka_unit_test(test_rng),
        cmocka_unit_test(test_score),     cmocka_unit_test(test_to_f12),      cmocka_unit_test(test_json),      cmocka_unit_test(test_plot),
    };
    int fd = mkstemp(path);
    if (fd < 0)
        return 1;
    close(fd);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    remove(path);
    return failed;
}
