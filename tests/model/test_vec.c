/* SPDX-License-Identifier: Apache-2.0
 * Each vector instruction, with operands from every space and for 1, 2, 4 and 8 lanes, against values worked out in 128-bit
 * integers straight from the table of docs/machine.md section 4; with its cost, its range record, and nothing else written.
 * variants: release asan checked */
#include <stdlib.h>
#include <string.h>
#include "rig.h"

typedef __int128 wide_t;
enum { MOST = 45, WORDS = 256 }; /* neurons; words of S and of R in play */

typedef struct outcome { bool sat, clip; } outcome_t;
typedef struct bench { int32_t s[WORDS], k[64]; int16_t r[WORDS]; int16_t table[AN_TABLES * AN_TABLE_POINTS]; } bench_t;

static wide_t floor_div(wide_t a, wide_t d) { return a >= 0 ? a / d : -((-a + d - 1) / d); }

static wide_t clamp(wide_t x, unsigned bits, bool *acted) {
    const wide_t high = ((wide_t)1 << (bits - 1u)) - 1, low = -high - 1;
    if (x > high || x < low)
        *acted = true;
    return x > high ? high : x < low ? low : x;
}

static int16_t to_rate(int32_t x, bool *acted) { return (int16_t)clamp(floor_div((wide_t)x * 2 + 4096, 8192), 16, acted); }

static int32_t operand(const bench_t *b, unsigned space, uint32_t at, uint32_t i) {
    return space == AN_SRC_S ? b->s[at + i] : space == AN_SRC_R ? b->r[at + i] * 4096 : space == AN_SRC_K ? b->k[at] : 0;
}

static int16_t factor(const bench_t *b, unsigned space, uint32_t at, uint32_t i, bool *clip) {
    return space == AN_SRC_R ? b->r[at + i] : to_rate(operand(b, space, at, i), clip);
}

/* p * 2^-(12+sh), rounded half up, plus c */
static int32_t product(wide_t p, int sh, int32_t c, bool *sat) {
    return (int32_t)clamp(floor_div(2 * p + ((wide_t)1 << (12 + sh)), (wide_t)1 << (13 + sh)) + c, 32, sat);
}

static int32_t lookup(const bench_t *b, unsigned table, int32_t a, int k, bool *sat) {
    /* position on the table in units of 2^-15 of a step between points; everything below is cut off */
    wide_t u = (wide_t)a + ((wide_t)1 << (24 + k));
    const wide_t top = ((wide_t)1 << (25 + k)) - 1;
    u = u < 0 ? 0 : u > top ? top : u;
    const wide_t pos = floor_div(u, (wide_t)1 << (2 + k));
    const unsigned i = (unsigned)(pos / 32768);
    const int16_t *t = &b->table[table * AN_TABLE_POINTS];
    const wide_t slope = (wide_t)t[i < 255 ? i + 1 : 255] - t[i];
    return (int32_t)clamp(floor_div(2 * slope * (pos % 32768) + 8, 16) + (wide_t)t[i] * 4096, 32, sat);
}

static int32_t reciprocal(int32_t a, int sh, bool *sat) {
    if (a == 0) {
        *sat = true;
        return INT32_MAX;
    }
    const wide_t d = a < 0 ? -(wide_t)a : a;
    wide_t q = ((wide_t)1 << (48 - sh)) / d;
    if (q > INT32_MAX) {
        *sat = true;
        q = INT32_MAX;
    }
    return (int32_t)(a < 0 ? -q : q);
}

static int32_t root(int32_t a) { /* by bisection */
    int64_t low = 0, high = (int64_t)1 << 28;
    while (a > 0 && high - low > 1) {
        const int64_t mid = (low + high) / 2;
        if (mid * mid <= (int64_t)a << 24)
            low = mid;
        else
            high = mid;
    }
    return (int32_t)low;
}

static int32_t expected(const bench_t *b, const rig_vec_t *v, uint32_t i, outcome_t *o) {
    const int32_t A = operand(b, v->asp, v->a, i);
    const wide_t sign = v->neg ? -1 : 1;
    const bool multiplies = v->op == AN_OP_MUL || v->op == AN_OP_MAC || v->op == AN_OP_LEAK;
    const int16_t B16 = multiplies ? factor(b, v->bsp, v->b, i, &o->clip) : 0;
    const int32_t C = operand(b, v->csp, v->c, i);
    switch (v->op) {
    case AN_OP_ADD: return (int32_t)clamp(A + sign * operand(b, v->bsp, v->b, i), 32, &o->sat);
    case AN_OP_MIN: return A < operand(b, v->bsp, v->b, i) ? A : operand(b, v->bsp, v->b, i);
    case AN_OP_MAX: return A < operand(b, v->bsp, v->b, i) ? operand(b, v->bsp, v->b, i) : A;
    case AN_OP_SEL: return A < 0 ? C : operand(b, v->bsp, v->b, i);
    case AN_OP_MUL: return product(sign * A * B16, v->sh, 0, &o->sat);
    case AN_OP_MAC: return product(sign * A * B16, v->sh, C, &o->sat);
    case AN_OP_LEAK: return product(sign * clamp((wide_t)A - C, 32, &o->sat) * B16, v->sh, C, &o->sat);
    case AN_OP_TAB: return lookup(b, v->b, A, v->sh, &o->sat);
    case AN_OP_RECIP: return reciprocal(A, v->sh, &o->sat);
    default: return root(A);
    }
}

static int32_t reduced(const bench_t *b, const rig_vec_t *v, uint32_t n, outcome_t *o) {
    wide_t sum = 0;
    int32_t best = INT32_MIN, at = 0;
    for (uint32_t i = 0; i < n; i++) {
        const int32_t A = operand(b, v->asp, v->a, i);
        sum += v->op == AN_OP_SUM ? A : v->op == AN_OP_DOT ? (wide_t)factor(b, v->asp, v->a, i, &o->clip) * factor(b, v->bsp, v->b, i, &o->clip) : 0;
        if (A > best) {
            best = A;
            at = (int32_t)i;
        }
    }
    if (v->op == AN_OP_AMAX)
        return v->neg ? at : best;
    return (int32_t)clamp(floor_div(2 * sum + ((wide_t)1 << v->sh), (wide_t)2 << v->sh), 32, &o->sat);
}

static bool is_reduction(unsigned op) { return op == AN_OP_SUM || op == AN_OP_DOT || op == AN_OP_AMAX; }

static uint32_t operands(unsigned op) { /* how many of a, b, c are read */
    switch (op) {
    case AN_OP_SEL:
    case AN_OP_MAC:
    case AN_OP_LEAK: return 3;
    case AN_OP_ADD:
    case AN_OP_MIN:
    case AN_OP_MAX:
    case AN_OP_MUL:
    case AN_OP_DOT: return 2;
    default: return 1;
    }
}

/* section 7, at least one clock: words over M; or those of S and those of R beside them, each once */
static uint32_t step_clocks(const rig_vec_t *v, bool beside) {
    const unsigned space[3] = {v->asp, v->bsp, v->csp};
    const uint32_t at[3] = {v->a, v->b, v->c}, all = operands(v->op);
    uint32_t over_m = 0, of[2] = {0, 0};
    for (uint32_t i = 0; i < all; i++)
        over_m += space[i] == AN_SRC_S || space[i] == AN_SRC_R;
    if (!beside)
        return over_m ? over_m : 1;
    for (uint32_t i = 0; i < all; i++) {
        bool once = space[i] == AN_SRC_S || space[i] == AN_SRC_R;
        for (uint32_t k = 0; k < i; k++)
            once = once && (space[k] != space[i] || at[k] != at[i]);
        of[space[i] == AN_SRC_R] += once;
    }
    const uint32_t most = of[0] > of[1] ? of[0] : of[1];
    return most ? most : 1;
}

static uint64_t cost(const rig_vec_t *v, uint32_t n, uint32_t lanes, bool beside) {
    const unsigned space[3] = {v->asp, v->bsp, v->csp};
    uint32_t nk = 0;
    for (uint32_t i = 0; i < operands(v->op); i++)
        nk += space[i] == AN_SRC_K;
    const uint32_t nb = (n + lanes - 1) / lanes, each = step_clocks(v, beside);
    switch (v->op) {
    case AN_OP_TAB: return nk + 1 + AN_T_TAB_PERIOD * (nb - 1) + AN_T_TAB_LATENCY + 1; /* as many units as lanes */
    case AN_OP_SUM:
    case AN_OP_AMAX:
    case AN_OP_DOT: return nk + n * each + AN_T_REDUCE_LATENCY + 1;
    case AN_OP_RECIP: return 1 + nk + n * ((uint32_t)(49 - v->sh) + AN_T_BITS_LATENCY + 1);
    case AN_OP_SQRT: return 1 + nk + n * (28 + AN_T_BITS_LATENCY + 1);
    default: return nk + nb * each + AN_T_VEC_LATENCY + 1;
    }
}

static void fill(rig_t *r, bench_t *b, uint64_t *rng) {
    const unsigned bits = rig_draw(rng) % 2 ? 32 : 27;
    for (uint32_t i = 0; i < WORDS; i++) {
        rig_put(r, AN_BUS_STATE, i, b->s[i] = rig_value(rng, bits));
        rig_put(r, AN_BUS_RATE, i, b->r[i] = (int16_t)rig_value(rng, 16));
    }
    for (uint32_t i = 0; i < 64; i++)
        rig_put(r, AN_BUS_SCALAR, i, b->k[i] = rig_value(rng, bits));
    for (uint32_t i = 0; i < AN_TABLES * AN_TABLE_POINTS; i++)
        rig_put(r, AN_BUS_TABLE, i, b->table[i] = (int16_t)rig_value(rng, 16));
}

/* what memory must hold afterwards, into *b; returns the neurons worked on */
static uint32_t apply(bench_t *b, const rig_vec_t *v, uint32_t n, uint32_t lanes, outcome_t *o) {
    if (is_reduction(v->op)) {
        if (v->asp == AN_SRC_K && (v->op != AN_OP_DOT || v->bsp == AN_SRC_K))
            n = 1;
        b->k[v->d] = reduced(b, v, n, o);
        return n;
    }
    if (v->dsp == AN_SPC_K)
        n = 1;
    int32_t result[MOST];
    const int32_t one = 1 << 24;
    for (uint32_t i = 0; i < n; i++) {
        int32_t x = expected(b, v, i, o);
        if (v->op != AN_OP_RECIP && v->op != AN_OP_SQRT) {
            if (v->post == AN_POST_UNIT || v->post == AN_POST_POS)
                x = x < 0 ? 0 : x;
            if (v->post == AN_POST_SYM)
                x = x < -one ? -one : x;
            if (v->post == AN_POST_UNIT || v->post == AN_POST_SYM)
                x = x > one ? one : x;
        }
        result[i] = x;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (v->dsp == AN_SPC_K)
            b->k[v->d] = result[i];
        if (v->dsp == AN_SPC_R || v->dsp == AN_SPC_SR)
            b->r[v->d * lanes + i] = to_rate(result[i], &o->sat);
        if (v->dsp == AN_SPC_S || v->dsp == AN_SPC_SR)
            b->s[v->d * lanes + i] = result[i];
    }
    return n;
}

static uint32_t pick(uint64_t *rng, unsigned space, uint32_t third, uint32_t lanes) {
    return space == AN_SRC_K ? (uint32_t)(rig_draw(rng) % 64) : third * (64 / lanes); /* vectors 64 words apart never overlap */
}

static void one(rig_t *r, unsigned op, uint64_t *rng) {
    static bench_t b;
    const uint32_t lanes = r->cfg.lanes;
    const uint32_t n = 1 + (uint32_t)(rig_draw(rng) % MOST);
    fill(r, &b, rng);
    rig_vec_t v = {.op = op, .dsp = (unsigned)(rig_draw(rng) % 4), .asp = (unsigned)(rig_draw(rng) % 4), .bsp = (unsigned)(rig_draw(rng) % 4)};
    v.csp = rig_draw(rng) % 2 ? AN_SRC_K : AN_SRC_S;
    v.a = pick(rng, v.asp, 0, lanes);
    v.b = op == AN_OP_TAB ? (unsigned)(rig_draw(rng) % 4) : pick(rng, v.bsp, 1, lanes);
    v.c = pick(rng, v.csp, 2, lanes);
    if (rig_draw(rng) % 4 == 0 && op != AN_OP_TAB) { /* operands that are one word */
        v.bsp = v.asp;
        v.b = v.a;
    }
    if (v.csp == AN_SRC_S && rig_draw(rng) % 2)
        v.c = v.asp == AN_SRC_S ? v.a : v.bsp == AN_SRC_S && op != AN_OP_TAB ? v.b : v.c;
    v.d = is_reduction(op) || v.dsp == AN_SPC_K ? (unsigned)(rig_draw(rng) % 64) : (unsigned)(rig_draw(rng) % 4) * (64 / lanes);
    v.sh = op == AN_OP_TAB ? (int)(rig_draw(rng) % 7) : op == AN_OP_SUM || op == AN_OP_DOT ? (int)(rig_draw(rng) % 16) : (int)(rig_draw(rng) % 24) - 8;
    v.neg = (unsigned)(rig_draw(rng) % 2);
    v.post = (unsigned)(rig_draw(rng) % 4);

    r->pc = 0;
    rig_emit(r, rig_pop(n));
    rig_emit(r, rig_vec(&v));
    rig_run(r);
    /* in the bench, addresses are words; in the instruction, blocks */
    rig_vec_t flat = v;
    flat.a = v.asp == AN_SRC_K ? v.a : v.a * lanes;
    flat.b = v.bsp == AN_SRC_K || op == AN_OP_TAB ? v.b : v.b * lanes;
    flat.c = v.csp == AN_SRC_K ? v.c : v.c * lanes;
    outcome_t o = {0};
    const uint32_t worked = apply(&b, &flat, n, lanes, &o);
    for (uint32_t i = 0; i < WORDS; i++) {
        assert_int_equal(rig_get(r, AN_BUS_STATE, i), b.s[i]);
        assert_int_equal(rig_get(r, AN_BUS_RATE, i), b.r[i]);
    }
    for (uint32_t i = 0; i < 64; i++)
        assert_int_equal(rig_get(r, AN_BUS_SCALAR, i), b.k[i]);
    assert_int_equal(rig_range(r, 1), (o.sat ? 1u : 0u) | (o.clip ? 0x80000000u : 0u));
    assert_int_equal(rig_clocks(r), AN_T_START + 1 + cost(&flat, worked, lanes, r->cfg.beside) + 1);
}

static void every_instruction(void **state) {
    (void)state;
    static rig_t r;
    uint64_t rng = 11;
    for (uint32_t kind = 0; kind < 8; kind++) {
        rig_open(&r, "bench-1x8", 1u << kind / 2);
        assert_true(r.cfg.beside);
        if (kind % 2) { /* the same words, one a clock */
            rig_close(&r);
            r.cfg.beside = false;
            r.m = an_model_create(&r.cfg);
            assert_non_null(r.m);
        }
        for (unsigned op = AN_OP_ADD; op <= AN_OP_AMAX; op++)
            for (int i = 0; i < 60; i++)
                one(&r, op, &rng);
        rig_close(&r);
    }
}

/* d = 1/A and sqrt(A) at the corners, as inequalities */
static void serial_corners(void **state) {
    (void)state;
    static rig_t r;
    rig_open(&r, "tiny", 0);
    const int32_t a[] = {1, -1, 2, 3, 1 << 24, -(1 << 24), INT32_MAX, INT32_MIN, INT32_MIN + 1, 12345678, -87654321, 0};
    const uint32_t n = sizeof a / sizeof a[0];
    for (int sh = -8; sh <= 15; sh++) {
        for (uint32_t i = 0; i < n; i++)
            rig_put(&r, AN_BUS_STATE, i, a[i]);
        r.pc = 0;
        rig_emit(&r, rig_pop(n));
        rig_emit(&r, rig_vec(&(rig_vec_t){.op = AN_OP_RECIP, .d = 100, .sh = sh}));
        rig_emit(&r, rig_vec(&(rig_vec_t){.op = AN_OP_SQRT, .d = 200}));
        rig_run(&r);
        for (uint32_t i = 0; i < n; i++) {
            const int64_t q = rig_get(&r, AN_BUS_STATE, 100 + i), s = rig_get(&r, AN_BUS_STATE, 200 + i);
            const wide_t d = a[i] < 0 ? -(wide_t)a[i] : a[i], m = q < 0 ? -q : q, one = (wide_t)1 << (48 - sh);
            assert_true(a[i] == 0 ? q == INT32_MAX : (q < 0) == (a[i] < 0) || q == 0);
            assert_true(m <= INT32_MAX && m * d <= one);
            assert_true(m == INT32_MAX || (m + 1) * d > one);
            assert_true(a[i] <= 0 ? s == 0 : s * s <= (int64_t)a[i] << 24 && (s + 1) * (s + 1) > (int64_t)a[i] << 24);
        }
    }
    rig_close(&r);
}

/* an instruction may write what it reads at the same address, in both memories at once */
static void in_place(void **state) {
    (void)state;
    static rig_t r;
    for (uint32_t lanes = 1; lanes <= 8; lanes *= 2) {
        rig_open(&r, "tiny", lanes);
        for (uint32_t i = 0; i < 64; i++) {
            rig_put(&r, AN_BUS_STATE, i, (int32_t)i << 20);
            rig_put(&r, AN_BUS_RATE, i, (int32_t)i);
        }
        rig_emit(&r, rig_pop(37));
        rig_emit(&r, rig_vec(&(rig_vec_t){.op = AN_OP_ADD, .asp = AN_SRC_S, .bsp = AN_SRC_R, .dsp = AN_SPC_SR}));
        rig_run(&r);
        for (int32_t i = 0; i < 64; i++) {
            const int32_t want = i < 37 ? (i << 20) + (i << 12) : i << 20;
            assert_int_equal(rig_get(&r, AN_BUS_STATE, (uint32_t)i), want);
            assert_int_equal(rig_get(&r, AN_BUS_RATE, (uint32_t)i), i < 37 ? (want + 2048) >> 12 : i);
        }
        rig_close(&r);
    }
}

/* which instruction may begin while the one before it is under way, by the clocks of both: 8 blocks at d = 100 of S (or of what dsp says) */
static void one_follows_another(void **state) {
    (void)state;
    static rig_t r;
    uint64_t apart = 0;
    enum { BETWEEN_NOTHING, BETWEEN_POP, BETWEEN_TICK, WINDOW };
    static const struct { uint32_t n; unsigned dsp; int between; rig_vec_t then; bool follows; } c[] = {
        {16, AN_SPC_S, 0, {.op = AN_OP_ADD, .a = 0, .b = 20, .d = 200}, true},
        {14, AN_SPC_S, 0, {.op = AN_OP_ADD, .a = 0, .b = 20, .d = 200}, false}, /* 7 steps */
        {16, AN_SPC_S, 0, {.op = AN_OP_ADD, .a = 100, .b = 20, .d = 200}, true},
        {16, AN_SPC_S, 0, {.op = AN_OP_ADD, .a = 101, .b = 20, .d = 200}, false},
        {16, AN_SPC_S, 0, {.op = AN_OP_ADD, .a = 20, .b = 107, .d = 200}, false},
        {16, AN_SPC_S, 0, {.op = AN_OP_ADD, .a = 20, .b = 108, .d = 200}, true},
        {16, AN_SPC_S, 0, {.op = AN_OP_ADD, .a = 99, .b = 20, .d = 200}, true},
        {16, AN_SPC_S, 0, {.op = AN_OP_LEAK, .a = 20, .b = 20, .c = 104, .d = 200}, false},
        {16, AN_SPC_S, 0, {.op = AN_OP_MUL, .a = 20, .b = 20, .c = 104, .d = 200}, true}, /* c is not read */
        {16, AN_SPC_S, 0, {.op = AN_OP_MUL, .a = 20, .b = 104, .bsp = AN_SRC_R, .d = 200}, true},
        {16, AN_SPC_R, 0, {.op = AN_OP_MUL, .a = 20, .b = 104, .bsp = AN_SRC_R, .d = 200}, false},
        {16, AN_SPC_SR, 0, {.op = AN_OP_MUL, .a = 20, .b = 104, .bsp = AN_SRC_R, .d = 200}, false},
        {16, AN_SPC_SR, 0, {.op = AN_OP_MUL, .a = 100, .b = 100, .bsp = AN_SRC_R, .d = 100}, true},
        {16, AN_SPC_S, 0, {.op = AN_OP_ADD, .a = 0, .b = 20, .dsp = AN_SPC_K, .d = 20}, false},
        {16, AN_SPC_K, 0, {.op = AN_OP_ADD, .a = 0, .b = 20, .d = 200}, false},
        {16, AN_SPC_S, 0, {.op = AN_OP_TAB, .a = 0, .d = 200}, false},
        {16, AN_SPC_S, BETWEEN_POP, {.op = AN_OP_ADD, .a = 0, .b = 20, .d = 200}, true},
        {16, AN_SPC_S, BETWEEN_POP, {.op = AN_OP_ADD, .a = 107, .b = 20, .d = 200}, false}, /* but POP runs meanwhile */
        {16, AN_SPC_S, BETWEEN_TICK, {.op = AN_OP_ADD, .a = 0, .b = 20, .d = 200}, false},
        {16, AN_SPC_S, WINDOW, {.op = AN_OP_ADD, .a = 100, .b = 100, .d = 200}, true},
        {16, AN_SPC_S, WINDOW, {.op = AN_OP_ADD, .a = 0, .b = 20, .d = 200}, false},
    };
    for (unsigned i = 0; i < sizeof c / sizeof c[0]; i++)
        for (int follow = 0; follow < 2; follow++) {
            rig_open(&r, "bench-1x2", 2);
            rig_close(&r);
            r.cfg.follow = follow;
            r.m = an_model_create(&r.cfg);
            assert_non_null(r.m);
            if (c[i].between == WINDOW)
                rig_emit(&r, AN_PUT(AN_PUT(rig_op(AN_OP_RING), RING_BASE, 300), RING_SIZE, 16));
            rig_emit(&r, rig_pop(c[i].n));
            rig_emit(&r, rig_vec(&(rig_vec_t){.op = AN_OP_MUL, .a = 0, .b = 20, .d = 100, .dsp = c[i].dsp}));
            if (c[i].between == BETWEEN_POP || c[i].between == BETWEEN_TICK)
                rig_emit(&r, c[i].between == BETWEEN_POP ? rig_pop(c[i].n) : rig_op(AN_OP_TICK));
            rig_emit(&r, rig_vec(&c[i].then));
            rig_run(&r);
            const uint64_t at = rig_clocks(&r);
            rig_close(&r);
            /* what stands between runs meanwhile, whether it is followed or not */
            if (!follow)
                apart = at;
            else
                assert_int_equal(at, apart - (c[i].follows ? AN_T_VEC_LATENCY : c[i].between == BETWEEN_POP ? 1 : 0));
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_instruction), cmocka_unit_test(serial_corners), cmocka_unit_test(in_place), cmocka_unit_test(one_follows_another)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
