/* SPDX-License-Identifier: Apache-2.0
 * Assembler and disassembler: known words, the round trip of random ones, and what errors say; what a configuration has not got. */
#include "an_exp.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static uint64_t one(const char *text)
{
    uint64_t *w, r;
    uint32_t *line;
    size_t n;
    an_diag_t d = { "" };
    if (an_asm(text, "t", &w, &line, &n, &d)) fail_msg("%s: %s", text, d.text);
    assert_int_equal(n, 1);
    r = w[0];
    free(w);
    free(line);
    return r;
}

/* Words put together by hand from the bit numbers of the specification. */
static void known_words(void **state)
{
    (void)state;
    const uint64_t mac = 18ull + 1; /* MUL is 18 */
    assert_true(one("mac S:12, S:4, K:3, S:8, sh=7, post=unit") ==
                (mac << 59 | 12ull << 48 | 4ull << 37 | 3ull << 26 | 8ull << 15 | 7ull << 10 | 2ull << 4 | 1));
    assert_true(one("leak SR:2047 R:1 Z K:9 sh=-8 neg") == (20ull << 59 | 2047ull << 48 | 1ull << 37 | 9ull << 15 | 24ull << 10 | 3ull << 8 | 1ull << 6 | 3ull << 4 | 1ull << 3 | 1ull << 2));
    assert_true(one("swp scatter learn skip lsh=19") == (11ull << 59 | 1ull << 58 | 1ull << 56 | 1ull << 54 | 19ull << 48));
    assert_true(one("prj wbase=4 rows=2048 cols=1 stride=6 pair") == (6ull << 59 | 4ull << 39 | 2048ull << 27 | 1ull << 15 | 6ull << 1 | 1));
    assert_true(one("in R:5, port=up") == (12ull << 59 | 5ull << 48 | 1ull << 26 | 1ull << 8));
    assert_true(one("pass port=down") == (27ull << 59 | 2ull << 26));
    assert_true(one("pass port=up, d=K:0") == (27ull << 59 | 1ull << 26 | 2ull << 8));
    assert_true(one("tab S:1, S:2, table=3, sh=6") == (21ull << 59 | 1ull << 48 | 2ull << 37 | 3ull << 26 | 6ull << 10));
    assert_true(one("key key=0xDEADBEEF") == (7ull << 59 | 0xDEADBEEFull));
    assert_true(one("take R:52, port=up") == (28ull << 59 | 52ull << 48 | 1ull << 26 | 1ull << 8));
    assert_true(one("take S:7 port=down") == (28ull << 59 | 7ull << 48 | 2ull << 26));
    assert_true(one("give R:52, port=up") == (29ull << 59 | 52ull << 48 | 1ull << 26 | 1ull << 8));
    assert_true(one("give S:7 port=down") == (29ull << 59 | 7ull << 48 | 2ull << 26));
    assert_true(one("loop count=65535") == (2ull << 59 | 0xFFFFull));
    assert_true(one("halt") == 0);
}

static uint64_t rnd(uint64_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    return *s;
}

/* Every word comes back; a word that is not legal comes back as `word`. */
static void round_trip(void **state)
{
    (void)state;
    uint64_t s = 0x9E3779B97F4A7C15u;
    int named[32] = { 0 };
    for (int i = 0; i < 200000; i++) {
        uint64_t w = rnd(&s);
        const unsigned op = (unsigned)i % (unsigned)an_n_ops;
        if (i % 8) { /* fields of the layout only, and small values in half of them */
            uint64_t v = (uint64_t)op << 59;
            for (size_t k = 0; k < an_n_fields; k++) {
                const an_field_info_t *f = &an_fields[k];
                if (f->layout != an_ops[op].layout) continue;
                const uint64_t x = rnd(&s);
                v = an_field_put(v, f->msb, f->lsb, (uint32_t)(x >> 40 & (x & 1 ? 0xFFFFFF : 3)));
            }
            w = v;
        }
        char t[256];
        uint64_t *back;
        uint32_t *line;
        size_t n;
        an_diag_t d = { "" };
        an_dis(w, t, sizeof t);
        if (an_asm(t, "t", &back, &line, &n, &d)) {
            /* END without LOOP is the only legal word that needs another beside it */
            fail_msg("0x%016llx: %s: %s", (unsigned long long)w, t, d.text);
        }
        assert_int_equal(n, 1);
        if (back[0] != w) fail_msg("0x%016llx: %s came back as 0x%016llx", (unsigned long long)w, t, (unsigned long long)back[0]);
        if (strncmp(t, "word", 4)) named[w >> 59]++;
        free(back);
        free(line);
    }
    for (size_t i = 0; i < an_n_ops; i++)
        if (named[i] < 10) fail_msg("opcode %zu: only %d words were legal", i, named[i]);
}

static void loops(void **state)
{
    (void)state;
    uint64_t *w;
    uint32_t *line;
    size_t n;
    an_diag_t d = { "" };
    assert_int_equal(an_asm("loop count=3\n  pop n=1 # a comment\n\n  loop fromk count=2\n  tick\n  end\nend\nhalt\n", "t", &w, &line, &n, &d), AN_OK);
    assert_int_equal(n, 7);
    assert_int_equal(AN_GET(w[4], END_TARGET), 3);
    assert_int_equal(AN_GET(w[5], END_TARGET), 1);
    assert_int_equal(line[2], 4);
    assert_int_equal(line[6], 8);
    free(w);
    free(line);
}

static void errors(void **state)
{
    (void)state;
    static const struct { const char *text, *says; } t[] = {
        { "halt\n  moc S:1, S:2", "t:2:3: moc: unknown instruction; legal: word HALT" },
        { "add S:1, Q:2, Z", "t:1:10: Q: unknown space; legal: S:ADDR, R:ADDR, K:ADDR, Z" },
        { "mac S:1, S:2, Z, R:3", "t:1:18: R: unknown space; legal: S:ADDR, K:ADDR" },
        { "add S:2048, S:2, Z", "t:1:6: address: 2048; legal: 0 to 2047" },
        { "mul S:1, S:2, R:3, sh=16", "t:1:23: sh: 16; legal: -8 to 15" },
        { "tab S:1, S:2, sh=7", "t:1:18: sh: 7; legal: 0 to 6" },
        { "tab S:1, S:2, table=4", "t:1:21: table: 4; legal: 0 to 3" },
        { "mul S:1, S:2, R:3, post=up", "t:1:25: post: up; legal: none, unit, sym, pos" },
        { "mul S:1, S:2, R:3, step=2", "t:1:20: step: no field of MUL; legal: " },
        { "prj rows=0 cols=4", "t:1:10: rows: 0; legal: 1 to 2048" },
        { "prj cols=4", "t:1:1: rows is missing; legal: 1 to 2048" },
        { "prj rows=1 cols=1 stride=3", "t:1:26: stride: 3; legal: 0 to 16383, even" },
        { "row gmode=3", "t:1:11: gmode: 3; legal: 0 to 2" },
        { "pop n=1.5", "t:1:7: found 1.5; legal here: n, a whole number" },
        { "pass port=host", "t:1:11: port: host; legal: up, down" },
        { "pass port=0", "t:1:11: port: 0; legal: 1 to 2" },
        { "pass d=K:0", "t:1:1: port is missing; legal: 1 to 2" },
        { "take R:1, port=host", "t:1:16: port: host; legal: up, down" },
        { "take R:1, port=3", "t:1:16: port: 3; legal: 1 to 2" },
        { "take R:1", "t:1:1: port is missing; legal: 1 to 2" },
        { "take K:1, port=up", "t:1:6: K: unknown space; legal: S:ADDR, R:ADDR" },
        { "take SR:1, port=up", "t:1:6: SR: unknown space; legal: S:ADDR, R:ADDR" },
        { "take Z, port=up", "t:1:6: Z: unknown space; legal: S:ADDR, R:ADDR" },
        { "take S:1, port=up, dsp=2", "t:1:24: dsp: 2; legal: 0 to 1" },
        { "take port=up", "t:1:6: port: unknown space; legal: S:ADDR, R:ADDR" },
        { "give R:1, port=host", "t:1:16: port: host; legal: up, down" },
        { "give R:1, port=3", "t:1:16: port: 3; legal: 1 to 2" },
        { "give R:1", "t:1:1: port is missing; legal: 1 to 2" },
        { "give K:1, port=up", "t:1:6: K: unknown space; legal: S:ADDR, R:ADDR" },
        { "give SR:1, port=up", "t:1:6: SR: unknown space; legal: S:ADDR, R:ADDR" },
        { "give Z, port=up", "t:1:6: Z: unknown space; legal: S:ADDR, R:ADDR" },
        { "give S:1, port=up, dsp=2", "t:1:24: dsp: 2; legal: 0 to 1" },
        { "give port=up", "t:1:6: port: unknown space; legal: S:ADDR, R:ADDR" },
        { "end", "t:1:1: end without loop" },
        { "add S:1", "t:1:8: found end of line; legal here: an operand" },
        { "tick ; tick", "t:1:6: unexpected character ';'" },
        { "loop count=1\nloop count=1\nloop count=1\nloop count=1\nloop count=1", "t:5:1: loops nested too deep; legal: 4" },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        uint64_t *w;
        uint32_t *line;
        size_t n;
        an_diag_t d = { "" };
        assert_int_equal(an_asm(t[i].text, "t", &w, &line, &n, &d), AN_ERR_INPUT);
        if (strncmp(d.text, t[i].says, strlen(t[i].says))) fail_msg("%s\n   says %s\nexpected %s", t[i].text, d.text, t[i].says);
        assert_null(w);
    }
}

/* An instruction of a feature that is not there; block and raw are no fields without split. */
static void features(void **state)
{
    (void)state;
    static const struct { const char *text, *says; } t[] = {
        { "core 1\npop n=2\npass port=up\nhalt\n", "t:3:1: this configuration has no pass" },
        { "halt\ncore 1\nhalt\nrecip S:1, S:2\n", "t:4:1: this configuration has no recip and sqrt" },
        { "sqrt S:1, S:2", "t:1:1: this configuration has no recip and sqrt" },
        { "tick\n\nprj rows=1 cols=1 pair", "t:3:1: this configuration has no pair synapses" },
        { "par", "t:1:1: this configuration has no pair synapses" },
        { "sum K:1, S:2", "t:1:1: this configuration has no sum and dot" },
        { "dot K:1, S:2, R:3", "t:1:1: this configuration has no sum and dot" },
        { "ring", "t:1:1: this configuration has no rings" },
        { "core 1\npop n=2\nout S:4, port=up\nhalt\ncore 2\npop n=2\ntake R:4, port=down\nhalt\n", "t:7:1: this configuration has no take" },
        { "core 1\nout K:0, port=down\ncore 0\nword 0xE004000004000100", "t:4:1: this configuration has no take" },
        { "core 1\npop n=2\ngive S:4, port=up\nadd S:4, S:2, Z\nhalt\ncore 2\npop n=2\nin R:4, port=down\nhalt\n", "t:3:1: this configuration has no give" },
        { "core 1\nin K:0, port=down\nhalt\ncore 0\nword 0xE804000004000100\nadd R:4, S:2, Z", "t:5:1: this configuration has no give" },
        { "core 1\nword 0xD800000004000000", "t:2:1: this configuration has no pass" },
        { "key key=1 block=1\nprj rows=1 cols=1\nswp scatter raw\nhalt\n", NULL },
    };
    for (int has = 0; has < 2; has++)
        for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
            const bool h = has;
            const an_config_t cfg = { .lanes = 1, .cores = 3, .state_words = 16, .rate_words = 16, .prog_words = 16, .link_steps = 2, .pairs = h, .recip = h, .ring = h, .sums = h, .split = h, .pass = h, .take = h, .give = h };
            an_program_t core[AN_MOST_CORES] = { { 0 } };
            an_diag_t d = { "" };
            const char *says = has || !t[i].says ? "" : t[i].says;
            const an_err_t e = an_asm_chip(t[i].text, "t", &cfg, core, &d);
            if (e == (*says ? AN_ERR_FIT : AN_OK) && strcmp(d.text, says) == 0) {
                for (size_t c = 0; c < AN_MOST_CORES; c++) free(core[c].word), free(core[c].line);
                continue;
            }
            fail_msg("%s\n   says %s\nexpected %s", t[i].text, d.text, says);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_words), cmocka_unit_test(round_trip), cmocka_unit_test(loops), cmocka_unit_test(errors), cmocka_unit_test(features),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
