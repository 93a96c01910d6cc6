/* SPDX-License-Identifier: Apache-2.0
 * What the compiler says about wrong rules and wrong experiments: file, line, column, what would be legal. */
#include "an_bench.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const char head[] = "roles in out\nconst k = 2\nscalar z\nvector x of in : rate\nvector s of out : state\nvector b of out : state rate\n"
                           "vector f of out : state * 2^3\nvector q of in : state\ntable t = tanh(x) domain 4\n"; /* 9 lines */
static const char yaml[] = "rule: ./bad.rule\npopulations: [{name: a, role: in, size: 4}, {name: b, role: out, size: 3}]\n"
                           "projections: [{from: a, to: b}]\n";

static void rule_says(const char *body, an_err_t err, const char *says)
{
    char text[4096];
    an_diag_t d;
    snprintf(text, sizeof text, "%s%s", head, body);
    (void)an_bench_file("bad.rule", text);
    const an_err_t e = an_bench_try(an_bench_file("bad.yaml", yaml), "tiny", &d);
    const char *at = strstr(d.text, "bad.rule:");
    if (e != err || !at || strncmp(at + 9, says, strlen(says))) fail_msg("%s\n   says %d %s\nexpected %d %s", body, e, d.text, err, says);
}

#define ENTRY(s) "entry e\n" s "\nend\n"
static void rules(void **state)
{
    (void)state;
    rule_says("vektor y of out : state\n", AN_ERR_INPUT, "10:1: found vektor; legal here: rule, roles, const,");
    rule_says("vector y of aut : state\n", AN_ERR_INPUT, "10:13: aut: unknown role; legal: in, out");
    rule_says("vector y of out : network\n", AN_ERR_INPUT, "10:8: y: in no memory; legal: state, rate or both");
    rule_says("const k = 3\n", AN_ERR_INPUT, "10:7: k is declared already");
    rule_says("vector s of all : state\n", AN_ERR_INPUT, "10:8: s is declared already for one of these roles");
    rule_says("const W = 3\n", AN_ERR_INPUT, "10:7: W: the name is taken by the language");
    rule_says("", AN_ERR_INPUT, "10:1: the rule has no entry");
    rule_says("entry e\n tick\n", AN_ERR_INPUT, "12:1: found end of file; legal here: end");
    rule_says(ENTRY(" each out: ad s, s, k"), AN_ERR_INPUT, "11:12: ad: unknown instruction; legal: each, loop,");
    rule_says(ENTRY(" each out: add s, r, k"), AN_ERR_INPUT, "11:19: r: unknown; legal: k, z, s, b, f");
    rule_says(ENTRY(" each out: add s, x, k"), AN_ERR_INPUT, "11:19: x: role out has no such vector; legal: s, b, f");
    rule_says(ENTRY(" add s, s, k"), AN_ERR_INPUT, "11:6: s: a vector is legal inside each only");
    rule_says(ENTRY(" each out: add s, s, 128"), AN_ERR_INPUT, "11:22: 128 = 128 is out of range here; legal: -128 to 128");
    rule_says(ENTRY(" each out: mul s, s, 4096"), AN_ERR_INPUT, "11:22: 4096 = 4096 is out of range here; legal: -2048 to 2048");
    rule_says(ENTRY(" each out: add f, s, k"), AN_ERR_INPUT, "11:19: s has scale 2^0, the result 2^3; legal: the same");
    rule_says(ENTRY(" each out: add s, s"), AN_ERR_INPUT, "11:20: found end of line; legal here: ,");
    rule_says(ENTRY(" each out: add k, s, s"), AN_ERR_INPUT, "11:16: the result goes to a vector or a scalar");
    rule_says(ENTRY(" each in: mac q, q, k, x"), AN_ERR_INPUT, "11:24: x is in the rate memory only; the third operand");
    rule_says(ENTRY(" each out: tab s, s, u"), AN_ERR_INPUT, "11:22: u: unknown table");
    rule_says(ENTRY(" each out: sum s, s"), AN_ERR_INPUT, "11:16: s: the result of sum is a scalar");
    rule_says(ENTRY(" each out: mul z, s, k"), AN_ERR_INPUT, "11:12: a scalar takes one neuron's value, b has 3");
    rule_says(ENTRY(" each out: recip s, s sym"), AN_ERR_INPUT, "11:23: found sym; legal here: end of line");
    rule_says(ENTRY(" each out: add s, s, 1/0"), AN_ERR_INPUT, "11:22: the value is not finite");
#define SCRATCH(s) "vector h of all : state scratch\n" ENTRY(s)
    rule_says(SCRATCH(" each out: mov h, s\n each out: mov s, h"), AN_ERR_INPUT, "13:19: h is scratch and this block has not written it");
    rule_says(SCRATCH(" each out\n mov h, s\n end\n each out\n out h\n end"), AN_ERR_INPUT, "16:6: h is scratch and this block has not written it");
    rule_says(SCRATCH(" loop 2\n each out: mac h, s, k, h\n end"), AN_ERR_INPUT, "13:25: h is scratch and this block has not written it");
    rule_says(SCRATCH(" each out: sub s, s, -h"), AN_ERR_INPUT, "12:23: h is scratch and this block has not written it");
    rule_says(SCRATCH(" sweep in -> out: forward h = W*x"), AN_ERR_INPUT, "12:27: h is scratch: it holds within one block of each, a sweep needs");
    rule_says(SCRATCH(" sweep in -> out: forward s = h + W*x"), AN_ERR_INPUT, "12:31: h is scratch: it holds within one block of each, a sweep needs");
    rule_says(ENTRY(" loop 1.5\n end"), AN_ERR_INPUT, "11:7: turns of a loop: 1.5; legal: a whole number, 1 to");
    rule_says(ENTRY(" loop 2\n loop 2\n loop 2\n loop 2\n end\n end\n end\n end"), AN_ERR_INPUT, "14:2: loops nested too deep; legal: 4");
    rule_says(ENTRY(" rotate"), AN_ERR_INPUT, "11:2: rotate: no vector is a ring");
    rule_says(ENTRY(" sweep in -> out: forward s = x"), AN_ERR_INPUT, "11:31: x: role out has no such vector");
    rule_says(ENTRY(" sweep in -> out: forward s = W'*x"), AN_ERR_INPUT, "11:31: legal: forward a = W*r");
    rule_says(ENTRY(" sweep in -> out: forward s += b + W*x"), AN_ERR_INPUT, "11:32: legal: forward a = W*r");
    rule_says(ENTRY(" sweep in -> out: forward f = W*x"), AN_ERR_INPUT, "11:27: a>b: f gets scale 2^0 here (weights of 12 fractional bits); legal: declare it * 2^0");
    rule_says(ENTRY(" sweep in -> out: backward q = W'*s"), AN_ERR_INPUT, "11:35: s is not in the rate memory; declare it rate");
    rule_says(ENTRY(" sweep in -> out: learn W += b*x*x"), AN_ERR_INPUT, "11:34: one factor too many");
    rule_says(ENTRY(" sweep in -> out: learn W += x*b"), AN_ERR_INPUT, "11:30: x: role out has no such vector");
    rule_says(ENTRY(" sweep in -> out: learn W += 2^-30*b*x"), AN_ERR_INPUT, "11:30: a>b: learning rate 9.31323e-10 needs a shift of 42; legal: 0 to 31");
    rule_says(ENTRY(" sweep in -> out: learn V += b*x"), AN_ERR_INPUT, "11:25: W += mu*V is missing after V += ..");
    rule_says(ENTRY(" sweep in -> out: walk s = W*x"), AN_ERR_INPUT, "11:19: found walk; legal here: forward, backward, learn");
    rule_says("table w = 1/x domain 3\n" ENTRY(" each out: tab s, s, w"), AN_ERR_INPUT, "10:7: w: domain 3; legal: a power of two, 1 to 64");
    rule_says("const c = d\nconst d = c\n" ENTRY(" each out: add s, s, c"), AN_ERR_INPUT, "10:7: c is defined by itself");
}

/* What would overflow a stack is refused. */
static void deep(void **state)
{
    (void)state;
    char *s = malloc(40000);
    an_diag_t d;
    for (int kind = 0; kind < 4; kind++) {
        static const char *const open[] = { "(", "-", "1+", "2^" };
        strcpy(s, "roles in out\nconst k = ");
        for (int i = 0; i < 5000; i++) strcat(s, open[kind]);
        strcat(s, "1\n");
        (void)an_bench_file("bad.rule", s);
        assert_int_equal(an_bench_try(an_bench_file("bad.yaml", yaml), "tiny", &d), AN_ERR_INPUT);
        assert_non_null(strstr(d.text, kind == 2 ? "more than 1000 operations" : "nested too deep"));
    }
    free(s);
}

/* The rule printed in docs/language.md. */
static void documented(void **state)
{
    (void)state;
    static char text[65536];
    an_diag_t d;
    FILE *f = fopen("docs/language.md", "rb");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = 0;
    fclose(f);
    char *at = strstr(text, "```rule\n");
    assert_non_null(at);
    char *end = strstr(at + 8, "```");
    assert_non_null(end);
    *end = 0;
    (void)an_bench_file("documented.rule", at + 8);
    if (an_bench_try(an_bench_file("documented.yaml", "rule: ./documented.rule\npopulations: [{name: in, size: 4}, {name: out, size: 3}]\nprojections: [{up: [in, out]}]\n"), "tiny", &d))
        fail_msg("%s", d.text);
}

static void experiment_says(const char *text, an_err_t err, const char *says)
{
    an_diag_t d;
    char rule[1024];
    snprintf(rule, sizeof rule, "%s%s", head, ENTRY(" sweep in -> out: forward s = W*x"));
    (void)an_bench_file("good.rule", rule);
    const an_err_t e = an_bench_try(an_bench_file("bad.yaml", text), NULL, &d);
    const char *at = strstr(d.text, "bad.yaml:");
    if (e != err || !at || strncmp(at + 9, says, strlen(says))) fail_msg("%s\n   says %d %s\nexpected %d %s", text, e, d.text, err, says);
}

#define POPS "rule: ./good.rule\npopulations:\n  - {name: a, role: in, size: 4}\n  - {name: b, role: out, size: 3}\n"
static void experiments(void **state)
{
    (void)state;
    experiment_says("rule: [\n", AN_ERR_INPUT, "");
    experiment_says("populations: []\n", AN_ERR_INPUT, " rule is missing; legal: a name or a .rule file");
    experiment_says("rule: ./good.rule\nconfig: tiny\n", AN_ERR_INPUT, "1:1: populations is missing; legal: a list of {name, role, size}");
    experiment_says(POPS "projections: []\nprojection: []\n", AN_ERR_INPUT, "6:1: projection: unknown key; legal: ");
    experiment_says(POPS "projections:\n  - {from: a, to: c}\n", AN_ERR_INPUT, "6:15: c: unknown population; legal: a, b");
    experiment_says(POPS "projections:\n  - {from: a, to: b, alfa: 1}\n", AN_ERR_INPUT, "6:22: alfa: unknown key; legal: from, to, up, down, init, rows,");
    experiment_says(POPS "projections:\n  - {from: a}\n", AN_ERR_INPUT, "6:6: legal: from and to, or up: [..], or down: [..]");
    experiment_says(POPS "projections:\n  - {from: a, to: b, init: ones}\n", AN_ERR_INPUT, "6:22: init: ones; legal: glorot, fanin, zero,");
    experiment_says(POPS "projections:\n  - {from: a, to: b, init: {values: [[1, 2], [3, 4]]}}\n", AN_ERR_INPUT, "6:39: values: legal: 3 lists (postsynaptic) of 4 numbers");
    experiment_says(POPS "projections:\n  - {from: a, to: b, frac: 30}\n", AN_ERR_INPUT, "6:22: frac: 30; legal: a whole number, 0 to 24");
    experiment_says(POPS "projections:\n  - {from: a, to: b}\n  - {up: [a, b]}\n", AN_ERR_INPUT, "7:6: a>b is there already");
    experiment_says(POPS "constants: {kk: 3}\nprojections: []\n", AN_ERR_INPUT, "5:13: kk: unknown key; legal: k");
    experiment_says(POPS "constants: {k: abc}\nprojections: []\n", AN_ERR_INPUT, "5:13: abc: not a number");
    experiment_says("rule: ./good.rule\npopulations: [{name: a, role: inn, size: 4}]\nprojections: []\n", AN_ERR_INPUT, "2:25: role: inn: unknown; legal: in, out");
    experiment_says("rule: ./good.rule\npopulations: [{name: a, role: in, size: 0}]\nprojections: []\n", AN_ERR_INPUT, "2:35: size: 0; legal: a whole number, 1 to 2048");
    experiment_says("rule: ./good.rule\npopulations: [{name: a, role: in, size: 4, k: [1, 2]}]\nprojections: []\n", AN_ERR_INPUT, "2:44: k: 2 values; legal: one number, or 4 of them");
    experiment_says("config: nano\n" POPS "projections: []\n", AN_ERR_INPUT, " nano: unknown configuration; legal: tiny, icebreaker");
    experiment_says("rule: ./good.rule\nconfig: icebreaker\npopulations: [{name: a, role: in, size: 500}, {name: b, role: out, size: 200}]\nprojections: [{from: a, to: b}]\n",
                    AN_ERR_FIT, " does not fit icebreaker with 2 lanes: synapse words: 100000 needed, 65536 available; state words: 1100 needed, 1024 available. Smallest configuration that takes it: bench-4x2");
    experiment_says("rule: ./good.rule\nconfig: tiny\npopulations: [{name: a, role: in, size: 100}, {name: b, role: out, size: 100}]\nprojections: [{from: a, to: b}]\n",
                    AN_ERR_FIT, " does not fit tiny with 1 lanes: synapse words: 10000 needed, 4096 available. Smallest configuration that takes it: icebreaker");
}

static void looked_up(void **state)
{
    (void)state;
    an_exp_t *e;
    an_diag_t d;
    long n;
    double x;
    const char *s, *set[] = { "epochs=7", "data.pool=3", "name=a b" };
    const char *p = an_bench_file("get.yaml", "set: {epochs: schedule.epochs}\nschedule: {epochs: 2, rate: 0.5}\ndata: {pool: 1, list: [1, 2, 3]}\nname: x\n");
    assert_int_equal(an_exp_load(&e, p, "sw", set, 3, &d), AN_OK);
    assert_int_equal(an_exp_get_int(e, "schedule.epochs", 1, 100, 1, &n, &d), AN_OK);
    assert_int_equal(n, 7);
    assert_int_equal(an_exp_get_int(e, "schedule.none", 1, 100, 42, &n, &d), AN_OK);
    assert_int_equal(n, 42);
    assert_int_equal(an_exp_get_int(e, "data.pool", 1, 2, 1, &n, &d), AN_ERR_INPUT);
    assert_string_equal(d.text, "--set data.pool=3: data.pool: 3; legal: a whole number, 1 to 2");
    assert_int_equal(an_exp_get_num(e, "schedule.rate", 0, 1, 0, &x, &d), AN_OK);
    assert_true(x == 0.5);
    assert_int_equal(an_exp_get_str(e, "name", NULL, &s, &d), AN_OK);
    assert_string_equal(s, "a b");
    assert_int_equal(an_exp_len(e, "data.list"), 3);
    assert_int_equal(an_exp_get_int(e, "data.list.2", 1, 3, 0, &n, &d), AN_OK);
    assert_int_equal(n, 3);
    assert_true(an_exp_has(e, "data.list"));
    assert_false(an_exp_has(e, "data.lists"));
    assert_int_equal(an_exp_unused(e, &d), AN_OK);
    an_exp_free(e);
    assert_int_equal(an_exp_load(&e, "no-such-thing", "sw", NULL, 0, &d), AN_ERR_INPUT);
    assert_non_null(strstr(d.text, "no such experiment"));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(rules), cmocka_unit_test(deep), cmocka_unit_test(documented), cmocka_unit_test(experiments), cmocka_unit_test(looked_up) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
