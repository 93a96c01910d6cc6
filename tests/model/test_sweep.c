/* SPDX-License-Identifier: Apache-2.0
 * Sweeps against naive loops over a matrix w[row][column]: every combination of scatter, gather, learn, pair, overv, skip, wnew, raw and
 * start modes, small and saturating values. The matrix, and so the result, is the same for 1, 2, 4 and 8 lanes. Also: cost, visits,
 * range records, and the words around the projection stay as they are.
 * variants: release asan checked */
#include <string.h>
#include "rig.h"

typedef __int128 wide_t;
enum { ROWS = 40, COLS = 90 };

typedef struct task {
    uint32_t rows, cols, key, tick, block;
    bool pair, scatter, gather, learn, overv, skip, wnew, raw;
    unsigned amode, gmode, lsh, bsh, ksh, wsh;
    int32_t beta, kappa, mu;
    int16_t w[ROWS][COLS], v[ROWS][COLS], x[ROWS], x2[ROWS], y[COLS], y2[COLS];
    int32_t acc[COLS], ainit[COLS], g[ROWS], ginit[ROWS];
    bool sat_w, sat_v, sat_acc, sat_g, clip;
    uint32_t rows_swept;
} task_t;

static wide_t floor_div(wide_t a, wide_t d) { return a >= 0 ? a / d : -((-a + d - 1) / d); }
static wide_t clamp(wide_t x, unsigned bits, bool *acted) {
    const wide_t high = ((wide_t)1 << (bits - 1u)) - 1, low = -high - 1;
    if (x > high || x < low)
        *acted = true;
    return x > high ? high : x < low ? low : x;
}

static uint32_t turned(uint32_t z, unsigned n) { return z / (1u << n) + z % (1u << n) * (1u << (32u - n)); }

/* the rounding bits, the register as a string of bits: new bit t is the xor of bits t-32, t-30, t-26, t-25 */
static void bits_of_block(const task_t *t, uint32_t j, uint32_t k, bool second, uint32_t *rnd) {
    uint32_t z = t->key ^ (j + 2048u * ((t->block + k) % 64u));
    for (unsigned i = 0; i < 32; i++)
        z ^= t->tick / (1u << i) % 2u * (1u << (31u - i));
    for (int round = 0; round < 4; round++)
        z = (z ^ turned(z, 21) ^ turned(z, 10)) * 65u + 1u;
    if (second)
        z = (z % 65536u * 65536u + z / 65536u) ^ 0xA5A5F00Du;
    z = z % 0x80000000u + 0x80000000u;
    uint8_t bit[32 + 16 * 32];
    for (int i = 0; i < 32; i++)
        bit[i] = z >> (31 - i) & 1u;
    for (int i = 32; i < 32 + 16 * 32; i++)
        bit[i] = bit[i - 32] ^ bit[i - 30] ^ bit[i - 26] ^ bit[i - 25];
    for (int c = 0; c < 32; c++) {
        rnd[c] = 0;
        for (int i = 0; i < 16; i++)
            rnd[c] = rnd[c] * 2u + bit[16 + 16 * c + i];
    }
}

/* floor(n/2^r + rnd/2^16) where n/2^r is first cut to 16 fractional bits */
static int16_t rounded(wide_t n, unsigned r, int16_t c, uint32_t rnd, bool *sat) {
    return (int16_t)clamp(floor_div(floor_div(n * 65536, (wide_t)1 << r) + rnd, 65536) + c, 16, sat);
}

static void naive(task_t *t) {
    const wide_t beta = clamp(floor_div((wide_t)t->beta + 2048, 4096), 16, &t->clip);
    const wide_t kappa = clamp(floor_div((wide_t)t->kappa + 2048, 4096), 16, &t->clip);
    const wide_t mu = clamp(floor_div((wide_t)t->mu + 2048, 4096), 16, &t->clip);
    if (!t->pair || !t->learn)
        t->clip = false;
    for (uint32_t i = 0; i < t->cols && t->scatter && t->amode != AN_INIT_SELF; i++)
        t->acc[i] = t->amode == AN_INIT_FROM ? t->ainit[i] : 0;
    for (uint32_t j = 0; j < t->rows; j++) {
        const bool moves = t->pair && (beta || kappa || mu);
        const bool first = j == 0 && t->scatter && t->amode != AN_INIT_SELF;
        if (t->skip && !t->gather && !first && !(t->scatter && t->x[j]) && !(t->learn && (t->x2[j] || moves)))
            continue;
        t->rows_swept++;
        wide_t sum = t->gmode == AN_INIT_SELF ? t->g[j] : t->gmode == AN_INIT_FROM ? t->ginit[j] : 0;
        uint32_t rnd_a[32], rnd_b[32];
        for (uint32_t i = 0; i < t->cols; i++) {
            const int16_t w = t->w[j][i], v = t->v[j][i], used = t->overv && t->pair ? v : w;
            if (t->scatter)
                t->acc[i] = (int32_t)clamp((wide_t)t->acc[i] + (wide_t)used * t->x[j], 32, &t->sat_acc);
            sum += (wide_t)used * t->y[i];
            if (!t->learn)
                continue;
            if (i % 32 == 0) {
                bits_of_block(t, j, i / 32, false, rnd_a);
                bits_of_block(t, j, i / 32, true, rnd_b);
            }
            if (!t->pair) {
                t->w[j][i] = rounded((wide_t)t->x2[j] * t->y[i], t->lsh, w, rnd_a[i % 32], &t->sat_w);
                continue;
            }
            const wide_t n = (wide_t)t->x2[j] * t->y2[i] - beta * v * (1 << 8 * t->bsh) - kappa * w * (1 << 8 * t->ksh);
            t->v[j][i] = rounded(n, t->lsh, v, rnd_a[i % 32], &t->sat_v);
            t->w[j][i] = rounded(mu * (t->wnew ? t->v[j][i] : v), t->wsh, w, rnd_b[i % 32], &t->sat_w);
        }
        if (t->gather && t->raw) {
            t->g[j] = (int32_t)floor_div(sum, 1024);
            t->ginit[j] = (int32_t)(sum - floor_div(sum, 1024) * 1024);
        } else if (t->gather) {
            t->g[j] = (int32_t)clamp(sum, 32, &t->sat_g);
        }
    }
}

static void make(task_t *t, uint64_t *rng, uint32_t number) {
    memset(t, 0, sizeof *t);
    t->rows = 1 + (uint32_t)(rig_draw(rng) % (number % 3 ? ROWS : 5));
    t->cols = 1 + (uint32_t)(rig_draw(rng) % (number % 2 ? COLS : 7));
    t->key = (uint32_t)rig_draw(rng);
    t->tick = (uint32_t)rig_draw(rng);
    t->pair = number & 1;
    t->scatter = number & 2;
    t->gather = number & 4;
    t->learn = number & 8;
    t->skip = number & 16;
    t->wnew = number & 32;
    t->overv = t->pair && !t->learn && number & 32;
    t->amode = (unsigned)(rig_draw(rng) % 3);
    t->gmode = (unsigned)(rig_draw(rng) % 3);
    t->raw = rig_draw(rng) % 3 == 0;
    t->block = rig_draw(rng) % 2 ? (uint32_t)(rig_draw(rng) % 64) : 0;
    t->lsh = (unsigned)(number & 64 ? rig_draw(rng) % 32 : 12 + rig_draw(rng) % 8);
    t->wsh = (unsigned)(number & 64 ? rig_draw(rng) % 32 : 12 + rig_draw(rng) % 4);
    t->bsh = (unsigned)(rig_draw(rng) % 3);
    t->ksh = (unsigned)(rig_draw(rng) % 3);
    const bool still = rig_draw(rng) % 3 == 0; /* a pair whose silent rows are skipped */
    t->beta = still ? 0 : rig_value(rng, 28);
    t->kappa = still ? 0 : rig_value(rng, 28);
    t->mu = still ? 0 : rig_value(rng, 28);
    const unsigned bits = number & 128 ? 16 : 12, zeros = rig_draw(rng) % 2 ? 70 : 10, state = number & 128 ? 32 : 26;
    for (uint32_t j = 0; j < t->rows; j++) {
        t->x[j] = (int16_t)(rig_draw(rng) % 100 < zeros ? 0 : rig_value(rng, bits));
        t->x2[j] = (int16_t)(rig_draw(rng) % 100 < zeros ? 0 : rig_value(rng, bits));
        t->g[j] = rig_value(rng, state);
        t->ginit[j] = rig_value(rng, state);
        for (uint32_t i = 0; i < t->cols; i++) {
            t->w[j][i] = (int16_t)rig_value(rng, bits);
            t->v[j][i] = (int16_t)rig_value(rng, bits);
        }
    }
    for (uint32_t i = 0; i < t->cols; i++) {
        t->y[i] = (int16_t)rig_value(rng, bits);
        t->y2[i] = (int16_t)rig_value(rng, bits);
        t->acc[i] = rig_value(rng, state);
        t->ainit[i] = rig_value(rng, state);
    }
}

/* word of w (half 0) or v (half 1) in the synapse memory */
static uint32_t syn_at(const task_t *t, uint32_t lanes, uint32_t wbase, uint32_t stride, uint32_t j, uint32_t i, uint32_t half) {
    return (wbase + j * stride + (t->pair ? 2 : 1) * (i / lanes) + half) * lanes + i % lanes;
}

enum { X = 0, X2 = 128, Y = 256, Y2 = 384, G = 0, GINIT = 128, ACC = 256, AINIT = 384 }; /* words */

static void load(rig_t *r, const task_t *t, uint32_t wbase, uint32_t stride) {
    const uint32_t p = r->cfg.lanes;
    for (uint32_t j = 0; j < t->rows; j++) {
        rig_put(r, AN_BUS_RATE, X + j, t->x[j]);
        rig_put(r, AN_BUS_RATE, X2 + j, t->x2[j]);
        rig_put(r, AN_BUS_STATE, G + j, t->g[j]);
        rig_put(r, AN_BUS_STATE, GINIT + j, t->ginit[j]);
        for (uint32_t i = 0; i < t->cols; i++) {
            rig_put(r, AN_BUS_SYNAPSE, syn_at(t, p, wbase, stride, j, i, 0), t->w[j][i]);
            if (t->pair)
                rig_put(r, AN_BUS_SYNAPSE, syn_at(t, p, wbase, stride, j, i, 1), t->v[j][i]);
        }
    }
    for (uint32_t i = 0; i < t->cols; i++) {
        rig_put(r, AN_BUS_RATE, Y + i, t->y[i]);
        rig_put(r, AN_BUS_RATE, Y2 + i, t->y2[i]);
        rig_put(r, AN_BUS_STATE, ACC + i, t->acc[i]);
        rig_put(r, AN_BUS_STATE, AINIT + i, t->ainit[i]);
    }
    rig_put(r, AN_BUS_SCALAR, 5, t->beta);
    rig_put(r, AN_BUS_SCALAR, 6, t->kappa);
    rig_put(r, AN_BUS_SCALAR, 7, t->mu);
    rig_put(r, AN_BUS_REGS, AN_REG_CORE_TICK, (int32_t)t->tick);
    r->pc = 0;
    uint64_t w = AN_PUT(AN_PUT(rig_op(AN_OP_PRJ), PRJ_WBASE, wbase), PRJ_ROWS, t->rows);
    rig_emit(r, AN_PUT(AN_PUT(AN_PUT(w, PRJ_COLS, t->cols), PRJ_STRIDE, stride), PRJ_PAIR, t->pair));
    rig_emit(r, AN_PUT(AN_PUT(rig_op(AN_OP_KEY), KEY_KEY, t->key), KEY_BLOCK, t->block));
    w = AN_PUT(AN_PUT(AN_PUT(rig_op(AN_OP_PAR), PAR_BETA, 5), PAR_KAPPA, 6), PAR_MU, 7);
    rig_emit(r, AN_PUT(AN_PUT(AN_PUT(w, PAR_BSH, t->bsh), PAR_KSH, t->ksh), PAR_WSH, t->wsh));
    w = AN_PUT(AN_PUT(rig_op(AN_OP_ROW), ROW_X, X / p), ROW_X2, X2 / p);
    rig_emit(r, AN_PUT(AN_PUT(AN_PUT(w, ROW_G, G / p), ROW_GINIT, GINIT / p), ROW_GMODE, t->gmode));
    w = AN_PUT(AN_PUT(rig_op(AN_OP_LAN), LAN_Y, Y / p), LAN_Y2, Y2 / p);
    rig_emit(r, AN_PUT(AN_PUT(AN_PUT(w, LAN_ACC, ACC / p), LAN_AINIT, AINIT / p), LAN_AMODE, t->amode));
    w = AN_PUT(AN_PUT(AN_PUT(rig_op(AN_OP_SWP), SWP_SCATTER, t->scatter), SWP_GATHER, t->gather), SWP_LEARN, t->learn);
    w = AN_PUT(AN_PUT(AN_PUT(w, SWP_OVERV, t->overv), SWP_SKIP, t->skip), SWP_WNEW, t->wnew);
    rig_emit(r, AN_PUT(AN_PUT(w, SWP_LSH, t->lsh), SWP_RAW, t->raw));
}

static uint64_t cost(const task_t *t, uint32_t lanes) {
    const bool two = t->pair && t->learn;
    const uint32_t nb = (t->cols + lanes - 1) / lanes, groups = (t->rows + lanes - 1) / lanes;
    uint32_t slots = two ? 2 * nb : nb + nb % 2;
    const uint32_t in_block = (two ? 64u : 32u) / lanes, over = slots % in_block, least = two ? AN_T_MIN_BLOCK_PAIR : AN_T_MIN_BLOCK;
    if (t->learn && over != 0 && over < least)
        slots = slots / in_block * in_block + least;
    slots = slots < AN_T_MIN_ROW ? AN_T_MIN_ROW : slots;
    const uint32_t header = t->skip && !t->gather ? AN_T_HEADER_SKIP : AN_T_HEADER;
    return (two ? 4u : 1u) + groups * header + t->rows_swept * slots + (unsigned)(two ? AN_T_DRAIN_PAIR : AN_T_DRAIN);
}

static void check(rig_t *r, const task_t *t, uint32_t wbase, uint32_t stride) {
    const uint32_t p = r->cfg.lanes;
    for (uint32_t j = 0; j < t->rows; j++) {
        assert_int_equal(rig_get(r, AN_BUS_STATE, G + j), t->g[j]);
        assert_int_equal(rig_get(r, AN_BUS_STATE, GINIT + j), t->ginit[j]);
        for (uint32_t i = 0; i < t->cols; i++) {
            assert_int_equal(rig_get(r, AN_BUS_SYNAPSE, syn_at(t, p, wbase, stride, j, i, 0)), t->w[j][i]);
            if (t->pair)
                assert_int_equal(rig_get(r, AN_BUS_SYNAPSE, syn_at(t, p, wbase, stride, j, i, 1)), t->v[j][i]);
        }
    }
    for (uint32_t i = 0; i < t->cols; i++) {
        assert_int_equal(rig_get(r, AN_BUS_STATE, ACC + i), t->acc[i]);
        assert_int_equal(rig_get(r, AN_BUS_STATE, AINIT + i), t->ainit[i]);
    }
    assert_int_equal(rig_visits(r), (uint64_t)t->rows_swept * t->cols * (t->pair && t->learn ? 2 : 1));
    assert_int_equal(rig_clocks(r), AN_T_START + 5 + cost(t, p) + 1);
    assert_int_equal(rig_range(r, 5), t->sat_w);
    assert_int_equal(rig_range(r, 4), t->sat_acc);
    assert_int_equal(rig_range(r, 3), t->sat_g);
    assert_int_equal(rig_range(r, 2), (t->sat_v ? 1u : 0u) | (t->clip ? 0x80000000u : 0u));
    if (t->sat_w)
        assert_int_equal((uint32_t)rig_get(r, AN_BUS_RANGE, 10), t->tick);
}

/* everything but the weights of the projection keeps the pattern it was filled with */
static const int16_t pattern = 0x2A5;

static void outside(rig_t *r, const task_t *t, uint32_t wbase, uint32_t stride) {
    static bool inside[65536];
    memset(inside, 0, sizeof inside);
    for (uint32_t j = 0; j < t->rows; j++)
        for (uint32_t i = 0; i < t->cols; i++) {
            inside[syn_at(t, r->cfg.lanes, wbase, stride, j, i, 0)] = true;
            if (t->pair)
                inside[syn_at(t, r->cfg.lanes, wbase, stride, j, i, 1)] = true;
        }
    for (uint32_t i = 0; i < 16384; i++)
        if (!inside[i])
            assert_int_equal(rig_get(r, AN_BUS_SYNAPSE, i), pattern);
}

static unsigned saturated[4], skipped;

static void one(rig_t *r, const task_t *before, const task_t *after, bool traced) {
    const uint32_t p = r->cfg.lanes;
    const uint32_t blocks = (before->cols + p - 1) / p * (before->pair ? 2 : 1);
    const uint32_t stride = blocks + blocks % 2, wbase = 6;
    for (uint32_t i = 0; i < 16384; i++)
        rig_put(r, AN_BUS_SYNAPSE, i, pattern);
    load(r, before, wbase, stride);
    if (traced)
        rig_trace(r);
    else
        an_model_trace(r->m, NULL, NULL);
    rig_run(r);
    check(r, after, wbase, stride);
    outside(r, after, wbase, stride);
}

static void against_naive(void **state) {
    (void)state;
    static task_t before, after;
    static rig_t r[4];
    uint64_t rng = 77;
    for (uint32_t l = 0; l < 4; l++)
        rig_open(&r[l], "bench-1x8", 1u << l);
    for (uint32_t number = 0; number < 512; number++) {
        make(&before, &rng, number);
        after = before;
        naive(&after);
        for (uint32_t l = 0; l < 4; l++) {
            one(&r[l], &before, &after, false);
            if (before.rows * before.cols < 400)
                one(&r[l], &before, &after, true);
        }
        saturated[0] += after.sat_w;
        saturated[1] += after.sat_v;
        saturated[2] += after.sat_acc;
        saturated[3] += after.sat_g;
        skipped += after.rows_swept < after.rows;
    }
    for (uint32_t l = 0; l < 4; l++)
        rig_close(&r[l]);
    for (int i = 0; i < 4; i++)
        assert_true(saturated[i] > 10);
    assert_true(skipped > 40);
}

/* learn with overv is not legal */
static void illegal(void **state) {
    (void)state;
    static task_t t;
    static rig_t r;
    uint64_t rng = 5;
    rig_open(&r, "tiny", 2);
    make(&t, &rng, 1 + 8);
    t.rows = t.cols = 3;
    load(&r, &t, 0, 4);
    r.pc--;
    rig_emit(&r, AN_PUT(AN_PUT(rig_op(AN_OP_SWP), SWP_LEARN, 1), SWP_OVERV, 1));
    rig_start(&r);
    assert_int_equal(an_model_run(r.m, 0), AN_RUN_FAULT);
    assert_int_equal(rig_reg(&r, AN_REG_CORE_STATUS), 5u << 16 | AN_ST_FAULT);
    assert_int_equal(rig_clocks(&r), AN_T_START + 5 + 1);
    assert_int_equal(rig_visits(&r), 0);
    rig_close(&r);
}

/* a configuration without split has no raw sums and no first block */
static void without_split(void **state) {
    (void)state;
    static task_t before, after;
    static rig_t r;
    uint64_t rng = 9;
    rig_open(&r, "bench-1x8", 2);
    rig_close(&r);
    r.cfg.split = false;
    r.m = an_model_create(&r.cfg);
    assert_non_null(r.m);
    for (uint32_t number = 0; number < 64; number++) {
        make(&before, &rng, number);
        before.raw = true;
        before.block = 5;
        after = before;
        after.raw = false;
        after.block = 0;
        naive(&after);
        one(&r, &before, &after, before.rows * before.cols < 400);
    }
    rig_close(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(against_naive), cmocka_unit_test(without_split), cmocka_unit_test(illegal)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
