/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include "an_gen_draw.h"
#include "an_seq.h"

enum { BUDGET = 16000 }; /* clocks */

/* the writer of one core's program: what the machine's registers will hold here */
typedef struct an_gen_pen {
    uint64_t rng;
    an_gen_t *g;
    an_gen_core_t *core;
    uint32_t pc, n, depth;
    uint64_t turns, clocks;                 /* how often this place runs; estimate of all clocks so far */
    struct { uint32_t base, size, step; } window[2]; /* by AN_SRC_S, AN_SRC_R */
    struct { uint32_t at[2], nb; } taken;   /* what comes in, or is given as it is written: address by memory, UINT32_MAX: not there; blocks */
} an_gen_pen_t;

static uint32_t below(an_gen_pen_t *p, uint32_t n) { return (uint32_t)(an_gen_draw(&p->rng) % n); }
static bool chance(an_gen_pen_t *p, uint32_t percent) { return below(p, 100) < percent; }

static uint32_t blocks_of(const an_gen_pen_t *p, uint32_t n) { return (n + p->g->cfg.lanes - 1u) / p->g->cfg.lanes; }

/* blocks of S or R that an 11-bit address reaches */
static uint32_t memory_blocks(const an_gen_pen_t *p, unsigned memory) {
    const an_config_t *c = &p->g->cfg;
    const uint32_t blocks = (memory == AN_SRC_S ? c->state_words : c->rate_words) / c->lanes;
    return blocks < 2048u ? blocks : 2048u;
}

/* May a vector of nb blocks stand at addr? Inside a window only within one step of it. */
static bool fits(const an_gen_pen_t *p, unsigned memory, uint32_t addr, uint32_t nb) {
    const uint32_t base = p->window[memory].base, size = p->window[memory].size, step = p->window[memory].step;
    if (addr + nb > memory_blocks(p, memory))
        return false;
    if (size == 0 || addr + nb <= base || addr >= base + size)
        return true;
    return addr >= base && (addr - base) % step == 0 && nb <= step;
}

static uint32_t place(an_gen_pen_t *p, unsigned memory, uint32_t nb) {
    for (;;) {
        uint32_t addr = below(p, memory_blocks(p, memory) - nb + 1u);
        if (p->window[memory].size && chance(p, 40))
            addr = p->window[memory].base + below(p, p->window[memory].size / p->window[memory].step) * p->window[memory].step;
        if (fits(p, memory, addr, nb))
            return addr;
    }
}

/* the same, often in or about what comes in or is given */
static uint32_t near(an_gen_pen_t *p, unsigned memory, uint32_t nb) {
    const uint32_t d = p->taken.at[memory], at = d + below(p, p->taken.nb + nb + 2u) - nb;
    if (d != UINT32_MAX && chance(p, 40) && at < memory_blocks(p, memory) && fits(p, memory, at, nb))
        return at;
    return place(p, memory, nb);
}

/* two vectors of the same memory, equal or apart */
static bool clean(uint32_t a, uint32_t na, uint32_t b, uint32_t nb) { return a == b || a + na <= b || b + nb <= a; }
static bool apart(uint32_t a, uint32_t na, uint32_t b, uint32_t nb) { return a + na <= b || b + nb <= a; }

static void emit(an_gen_pen_t *p, uint64_t word, uint64_t cost) {
    if (an_seq_needs(word) & ~an_features_of(&p->g->cfg)) return; /* a fault on this configuration */
    p->core->prog[p->pc++] = word;
    p->clocks += p->turns * cost;
}

static uint64_t code(unsigned op) { return AN_PUT(0ull, OP, op); }

/* Longest vector that leaves room for several; half of the draws are short or just off a multiple of the lanes. */
static uint32_t length(an_gen_pen_t *p, uint32_t most) {
    const uint32_t lanes = p->g->cfg.lanes;
    uint32_t n;
    switch (below(p, 4)) {
    case 0: n = 1u + below(p, 4); break;
    case 1: n = lanes * (1u + below(p, 6)) + below(p, 3); n = n > 1 ? n - 1u : 1; break;
    case 2: n = 1u + below(p, 70); break;
    default: n = 1u + below(p, most); break;
    }
    return n < most ? n : most;
}

static uint32_t longest(const an_gen_pen_t *p) {
    const an_config_t *c = &p->g->cfg;
    const uint32_t words_of = c->state_words < c->rate_words ? c->state_words : c->rate_words;
    return words_of / 8u < 300u ? words_of / 8u : 300u;
}

static void pop(an_gen_pen_t *p) {
    p->n = length(p, longest(p));
    emit(p, AN_PUT(code(AN_OP_POP), POP_N, p->n), 1);
}

static void set_window(an_gen_pen_t *p, unsigned memory) {
    const uint32_t blocks = memory_blocks(p, memory);
    const uint32_t step = 1u + below(p, blocks / 16u), steps = below(p, 5);
    const uint32_t size = step * steps, base = below(p, blocks / 2u);
    p->window[memory].base = base;
    p->window[memory].size = size;
    p->window[memory].step = step;
    uint64_t w = AN_PUT(code(AN_OP_RING), RING_MEM, memory == AN_SRC_R);
    w = AN_PUT(w, RING_BASE, base);
    emit(p, AN_PUT(w, RING_SIZE, size), 1);
}

static void rotate(an_gen_pen_t *p) {
    const unsigned memory = chance(p, 50) ? AN_SRC_S : AN_SRC_R;
    uint64_t w = AN_PUT(code(AN_OP_RING), RING_MEM, memory == AN_SRC_R);
    w = AN_PUT(w, RING_ROT, 1);
    emit(p, AN_PUT(w, RING_STEP, p->window[memory].size ? p->window[memory].step : 0), 1);
}

static uint32_t scalar(an_gen_pen_t *p, bool write) {
    const uint32_t all = p->g->cfg.scalars < 256u ? p->g->cfg.scalars : 256u;
    return write ? AN_GEN_COUNTS + below(p, all - AN_GEN_COUNTS) : below(p, all);
}

static uint32_t source(an_gen_pen_t *p, unsigned space, uint32_t nb) {
    if (space == AN_SRC_S || space == AN_SRC_R)
        return near(p, space, nb);
    return scalar(p, false);
}

/* where a result may go, given the sources in S and R (addresses; spaces tell which are vectors) */
static uint32_t destination(an_gen_pen_t *p, unsigned dsp, uint32_t nb, const unsigned *space, const uint32_t *addr, bool *found) {
    *found = true;
    if (dsp == AN_SPC_K)
        return scalar(p, true);
    for (int tries = 0; tries < 200; tries++) {
        const unsigned pick = below(p, 3);
        const unsigned memory = dsp == AN_SPC_R ? AN_SRC_R : AN_SRC_S;
        const uint32_t d = chance(p, 30) && space[pick] == memory ? addr[pick] : place(p, memory, nb);
        bool good = (dsp != AN_SPC_SR && dsp != AN_SPC_R) || fits(p, AN_SRC_R, d, nb);
        good = good && (dsp == AN_SPC_R || fits(p, AN_SRC_S, d, nb));
        for (int i = 0; i < 3; i++) {
            const bool same = (space[i] == AN_SRC_S && dsp != AN_SPC_R) || (space[i] == AN_SRC_R && dsp != AN_SPC_S);
            good = good && (!same || clean(d, nb, addr[i], nb));
        }
        if (good)
            return d;
    }
    *found = false;
    return 0;
}

static int shift(an_gen_pen_t *p, unsigned op) {
    switch (op) {
    case AN_OP_TAB: return (int)below(p, 7);
    case AN_OP_SUM:
    case AN_OP_DOT: return (int)below(p, 16);
    default: return chance(p, 50) ? (int)below(p, 24) - 8 : (int)below(p, 4) - 1;
    }
}

static void vector(an_gen_pen_t *p, unsigned op) {
    const unsigned dsp = below(p, 4);
    unsigned space[3] = {below(p, 4), below(p, 4), chance(p, 50) ? AN_SRC_K : AN_SRC_S};
    const uint32_t nb = blocks_of(p, p->n);
    uint32_t addr[3];
    for (int i = 0; i < 3; i++)
        addr[i] = source(p, space[i], nb);
    for (unsigned i = 1; i < 3; i++) /* operands that are one word */
        if (chance(p, 25)) {
            const unsigned k = below(p, i);
            if (i == 1) space[i] = space[k];
            if (space[i] == space[k]) addr[i] = addr[k];
        }
    const bool scalar_result = op == AN_OP_SUM || op == AN_OP_DOT || op == AN_OP_AMAX;
    bool found = true;
    const uint32_t d = op == AN_OP_OUT ? below(p, 2048) : destination(p, scalar_result ? AN_SPC_K : dsp, nb, space, addr, &found);
    if (!found)
        return;
    const bool single = op == AN_OP_OUT || op == AN_OP_SUM || op == AN_OP_AMAX ? space[0] == AN_SRC_K : dsp == AN_SPC_K;
    const uint32_t n = single && !scalar_result ? 1 : p->n;
    const uint64_t slow = op == AN_OP_RECIP ? 58 : op == AN_OP_SQRT ? 29 : 1, cost = 20u + 5u * nb + slow * n;
    if (p->turns * cost > BUDGET / 4)
        return;
    if (op == AN_OP_IN)
        p->g->n_input += (uint32_t)p->turns * n;
    if (op == AN_OP_OUT)
        p->g->n_output += (uint32_t)p->turns * n;
    if (op == AN_OP_IN || op == AN_OP_OUT)
        addr[1] = AN_PORT_HOST + 4u * below(p, 512); /* bits that do not count */
    if (op == AN_OP_TAB)
        addr[1] = below(p, AN_TABLES);
    uint64_t w = AN_PUT(AN_PUT(code(op), VEC_D, d), VEC_A, addr[0]);
    w = AN_PUT(AN_PUT(w, VEC_B, addr[1]), VEC_C, addr[2]);
    w = AN_PUT(AN_PUT(w, VEC_SH, shift(p, op)), VEC_DSP, dsp);
    w = AN_PUT(AN_PUT(w, VEC_ASP, space[0]), VEC_BSP, space[1]);
    w = AN_PUT(AN_PUT(w, VEC_CSP, space[2] == AN_SRC_K), VEC_NEG, below(p, 2));
    w = AN_PUT(w, VEC_POST, chance(p, 50) ? below(p, 4) : AN_POST_NONE);
    emit(p, w, cost);
}

static void no_window(an_gen_pen_t *p, unsigned memory) {
    p->window[memory].size = 0;
    emit(p, AN_PUT(code(AN_OP_RING), RING_MEM, memory == AN_SRC_R), 1);
}

/* Elementwise instructions one behind the other, long enough to be followed or nearly so: they read what the one before writes, from its
 * beginning, some blocks off, or not at all. */
static void neighbours(an_gen_pen_t *p) {
    const uint32_t lanes = p->g->cfg.lanes, most = longest(p), blocks = 5u + below(p, 10), n = lanes * blocks + below(p, lanes);
    if (p->turns * 200u > BUDGET / 4)
        return;
    for (unsigned memory = AN_SRC_S; memory <= AN_SRC_R && p->depth == 0; memory++)
        if (chance(p, 50))
            no_window(p, memory);
    p->n = n < most ? n : most;
    emit(p, AN_PUT(code(AN_OP_POP), POP_N, p->n), 1);
    const uint32_t end = p->pc + 20u;
    uint32_t written = 0, of = p->n;
    unsigned to = AN_SPC_K;
    for (uint32_t left = 2u + below(p, 6); left > 0 && p->pc < end; left--) {
        while (to != AN_SPC_K && chance(p, 12) && p->pc < end) { /* what may stand between */
            static const uint8_t sets[] = {AN_OP_POP, AN_OP_POP, AN_OP_PRJ, AN_OP_KEY, AN_OP_ROW, AN_OP_LAN, AN_OP_TICK};
            const unsigned op = sets[below(p, sizeof sets)];
            if (op == AN_OP_POP)
                p->n = 1u + below(p, most < n + 8u ? most : n + 8u);
            emit(p, op == AN_OP_POP ? AN_PUT(code(op), POP_N, p->n) : code(op), 1);
        }
        const uint32_t nb = blocks_of(p, p->n);
        const unsigned op = AN_OP_ADD + below(p, AN_OP_LEAK - AN_OP_ADD + 1u), dsp = chance(p, 5) ? AN_SPC_K : (0x310u >> 4 * below(p, 3)) & 15u;
        unsigned space[3] = {below(p, 4), below(p, 4), chance(p, 50) ? AN_SRC_K : AN_SRC_S};
        uint32_t addr[3];
        for (int i = 0; i < 3; i++) {
            addr[i] = source(p, space[i], nb);
            if (to == AN_SPC_K || chance(p, 40))
                continue;
            const unsigned memory = i == 2 || to == AN_SPC_S ? AN_SRC_S : to == AN_SPC_R ? AN_SRC_R : chance(p, 50) ? AN_SRC_S : AN_SRC_R;
            const uint32_t far = chance(p, 50) ? 1u + below(p, 6) : of > lanes ? blocks_of(p, of) - below(p, 6) : 0;
            const uint32_t at = chance(p, 60) ? written : chance(p, 60) ? written + far : written - far;
            if (at < memory_blocks(p, memory) && fits(p, memory, at, nb)) {
                space[i] = memory;
                addr[i] = at;
            }
        }
        bool found = true;
        const uint32_t d = destination(p, dsp, nb, space, addr, &found);
        if (!found)
            continue;
        uint64_t w = AN_PUT(AN_PUT(code(op), VEC_D, d), VEC_A, addr[0]);
        w = AN_PUT(AN_PUT(w, VEC_B, addr[1]), VEC_C, addr[2]);
        w = AN_PUT(AN_PUT(w, VEC_SH, shift(p, op)), VEC_DSP, dsp);
        w = AN_PUT(AN_PUT(w, VEC_ASP, space[0]), VEC_BSP, space[1]);
        w = AN_PUT(AN_PUT(w, VEC_CSP, space[2] == AN_SRC_K), VEC_NEG, below(p, 2));
        emit(p, AN_PUT(w, VEC_POST, below(p, 4)), 20u + 3u * nb);
        written = d;
        to = dsp;
        of = p->n;
    }
}

/* rows and columns whose weights fit at wbase, in a quarter of the synapse memory and a tenth of the clocks */
static void shape(an_gen_pen_t *p, bool pair, uint32_t *rows, uint32_t *cols, uint32_t *words_of) {
    const uint32_t blocks = p->g->cfg.syn_words / p->g->cfg.lanes;
    do {
        *rows = length(p, longest(p));
        *cols = chance(p, 15) ? 1u + below(p, longest(p)) : length(p, longest(p));
        *words_of = ((pair ? 2u : 1u) * blocks_of(p, *cols) + 1u) / 2u * 2u;
    } while (*rows * (*words_of + 2u) > blocks / 2u || p->turns * *rows * (*words_of + 6u) > BUDGET / 3);
}

static void sweep(an_gen_pen_t *p) {
    const bool pair = chance(p, 50) && p->g->cfg.pairs, learn = chance(p, 60), scatter = chance(p, 60), gather = chance(p, 50);
    const bool raw = chance(p, 30) && p->g->cfg.split;
    uint32_t rows, cols, words_of;
    shape(p, pair, &rows, &cols, &words_of);
    const uint32_t stride = words_of + 2u * below(p, 2);
    const uint32_t blocks = p->g->cfg.syn_words / p->g->cfg.lanes;
    const uint32_t wbase = below(p, (blocks - rows * stride) / 2u + 1u) * 2u;
    const uint32_t mb = blocks_of(p, rows), nb = blocks_of(p, cols);
    uint32_t g, ginit, acc, ainit;
    bool good = false;
    for (int tries = 0; tries < 100 && !good; tries++) {
        g = near(p, AN_SRC_S, mb);
        ginit = chance(p, 20) ? g : near(p, AN_SRC_S, mb);
        acc = place(p, AN_SRC_S, nb);
        ainit = chance(p, 20) ? acc : place(p, AN_SRC_S, nb);
        good = clean(g, mb, ginit, mb) && clean(acc, nb, ainit, nb) && apart(g, mb, acc, nb) && apart(g, mb, ainit, nb) &&
               apart(ginit, mb, acc, nb) && (!raw || apart(ginit, mb, ainit, nb));
    }
    if (!good)
        return;
    uint64_t w = AN_PUT(AN_PUT(code(AN_OP_PRJ), PRJ_WBASE, wbase), PRJ_ROWS, rows);
    emit(p, AN_PUT(AN_PUT(AN_PUT(w, PRJ_COLS, cols), PRJ_STRIDE, stride), PRJ_PAIR, pair), 1);
    w = AN_PUT(code(AN_OP_KEY), KEY_KEY, (uint32_t)an_gen_draw(&p->rng));
    emit(p, AN_PUT(w, KEY_BLOCK, p->g->cfg.split && chance(p, 50) ? below(p, 64) : 0), 1);
    if (pair || chance(p, 30)) {
        w = AN_PUT(AN_PUT(code(AN_OP_PAR), PAR_BETA, scalar(p, false)), PAR_KAPPA, scalar(p, false));
        w = AN_PUT(AN_PUT(AN_PUT(w, PAR_MU, scalar(p, false)), PAR_BSH, below(p, 3)), PAR_KSH, below(p, 3));
        if (chance(p, 25)) /* scalar 0 is 0: the row may be skipped */
            w = AN_PUT(AN_PUT(AN_PUT(w, PAR_BETA, 0), PAR_KAPPA, 0), PAR_MU, 0);
        emit(p, AN_PUT(w, PAR_WSH, chance(p, 50) ? below(p, 32) : 8u + below(p, 16)), 1);
    }
    w = AN_PUT(AN_PUT(code(AN_OP_ROW), ROW_X, near(p, AN_SRC_R, mb)), ROW_X2, near(p, AN_SRC_R, mb));
    emit(p, AN_PUT(AN_PUT(AN_PUT(w, ROW_G, g), ROW_GINIT, ginit), ROW_GMODE, below(p, 3)), 1);
    w = AN_PUT(AN_PUT(code(AN_OP_LAN), LAN_Y, near(p, AN_SRC_R, nb)), LAN_Y2, near(p, AN_SRC_R, nb));
    emit(p, AN_PUT(AN_PUT(AN_PUT(w, LAN_ACC, acc), LAN_AINIT, ainit), LAN_AMODE, below(p, 3)), 1);
    w = AN_PUT(AN_PUT(AN_PUT(code(AN_OP_SWP), SWP_SCATTER, scatter), SWP_GATHER, gather), SWP_LEARN, learn);
    w = AN_PUT(AN_PUT(w, SWP_OVERV, pair && !learn && chance(p, 50)), SWP_SKIP, chance(p, 50));
    w = AN_PUT(AN_PUT(w, SWP_WNEW, below(p, 2)), SWP_RAW, raw);
    const uint32_t slots = words_of > AN_T_MIN_ROW ? words_of : AN_T_MIN_ROW;
    emit(p, AN_PUT(w, SWP_LSH, chance(p, 40) ? below(p, 32) : 10u + below(p, 16)), 20u + mb * 4u + (uint64_t)rows * slots);
}

static void item(an_gen_pen_t *p);

static void loop(an_gen_pen_t *p) {
    const uint32_t count = below(p, AN_GEN_COUNTS);
    const bool from_scalar = chance(p, 40);
    uint64_t w = AN_PUT(code(AN_OP_LOOP), LOOP_FROMK, from_scalar);
    emit(p, AN_PUT(w, LOOP_COUNT, count), AN_T_LOOP_K);
    const uint32_t target = p->pc;
    const uint64_t turns = p->turns;
    p->turns *= count ? count : 1;
    p->depth++;
    pop(p); /* what the end of the body left does not matter */
    for (uint32_t items = 1u + below(p, 6); items > 0; items--)
        item(p);
    emit(p, AN_PUT(code(AN_OP_END), END_TARGET, target), AN_T_END_TAKEN);
    p->depth--;
    p->turns = turns;
}

/* An instruction of any kind but those of neighbours' words. */
static void any_vector(an_gen_pen_t *p) {
    const uint32_t core = (uint32_t)(p->core - p->g->core);
    const unsigned op = AN_OP_IN + below(p, AN_OP_AMAX - AN_OP_IN + 1u);
    if ((op != AN_OP_IN || core == p->g->in_core) && (op != AN_OP_OUT || core == p->g->out_core))
        vector(p, op);
}

static void item(an_gen_pen_t *p) {
    /* room for one sweep or the neighbours, the ENDs of open loops and HALT; of a chain also for the transfers */
    const uint32_t reserve = p->g->cfg.cores > 1 ? 64 : 36;
    if (p->pc + reserve >= p->g->cfg.prog_words || p->clocks > BUDGET)
        return;
    switch (below(p, 19)) {
    case 0: pop(p); return;
    case 1: emit(p, code(AN_OP_TICK), 1); return;
    case 2:
        if (p->depth == 0 && chance(p, 25))
            set_window(p, chance(p, 50) ? AN_SRC_S : AN_SRC_R);
        else
            rotate(p);
        return;
    case 3:
        if (p->depth < AN_LOOP_DEPTH)
            loop(p);
        else
            pop(p);
        return;
    case 4:
    case 5:
    case 6:
    case 7: sweep(p); return;
    case 16:
    case 17:
    case 18: neighbours(p); return;
    default: any_vector(p); return;
    }
}

/* While words come in, or are to be written: sweeps, vector work, and what sets registers; still: no window moves. */
static void beside(an_gen_pen_t *p, unsigned dsp, uint32_t d, uint32_t nb, bool still) {
    p->taken.at[AN_SRC_S] = dsp == AN_SPC_S ? d : UINT32_MAX;
    p->taken.at[AN_SRC_R] = dsp == AN_SPC_R ? d : UINT32_MAX;
    p->taken.nb = nb;
    for (uint32_t left = below(p, 7); left > 0 && p->pc + 64u < p->g->cfg.prog_words && p->clocks < BUDGET; left--) {
        if (!still && chance(p, 25))
            rotate(p);
        if (chance(p, 25))
            pop(p);
        if (chance(p, 40))
            sweep(p);
        else if (!still && chance(p, 20))
            neighbours(p);
        else
            any_vector(p);
    }
    p->taken.at[AN_SRC_S] = p->taken.at[AN_SRC_R] = UINT32_MAX;
}

/* An instruction that writes n words from block d on, of one memory or of both, and more before and behind. */
static void writer(an_gen_pen_t *p, unsigned dsp, uint32_t d, uint32_t n) {
    const unsigned op = chance(p, 25) ? AN_OP_TAB : AN_OP_ADD + below(p, AN_OP_LEAK - AN_OP_ADD + 1u), memory = dsp == AN_SPC_R ? AN_SRC_R : AN_SRC_S;
    const uint32_t sooner = chance(p, 30) && d >= 3u ? below(p, 4) : 0, at = d - sooner, more = n + sooner * p->g->cfg.lanes + (chance(p, 30) ? below(p, 9) : 0);
    const bool longer = fits(p, memory, at, blocks_of(p, more)), both = chance(p, 30);
    const uint32_t first = longer ? at : d, words = longer ? more : n, nb = blocks_of(p, words);
    const unsigned space = chance(p, 50) ? memory : AN_SRC_K, other = memory == AN_SRC_S ? AN_SRC_R : AN_SRC_S;
    uint64_t w = AN_PUT(AN_PUT(code(op), VEC_D, first), VEC_DSP, both && fits(p, other, first, nb) ? AN_SPC_SR : dsp);
    w = AN_PUT(AN_PUT(w, VEC_A, space == AN_SRC_K ? scalar(p, false) : first), VEC_ASP, space);
    w = AN_PUT(AN_PUT(w, VEC_B, op == AN_OP_TAB ? below(p, AN_TABLES) : scalar(p, false)), VEC_BSP, AN_SRC_K);
    w = AN_PUT(AN_PUT(AN_PUT(w, VEC_C, scalar(p, false)), VEC_CSP, 1), VEC_SH, shift(p, op));
    p->n = words;
    emit(p, AN_PUT(code(AN_OP_POP), POP_N, words), 1);
    emit(p, AN_PUT(AN_PUT(w, VEC_NEG, below(p, 2)), VEC_POST, below(p, 4)), 30u + 5u * nb);
}

/* A vector to a neighbour as it is written: at the latest by what stands behind everything else here. */
static void give(an_gen_pen_t *p, unsigned dsp, bool up) {
    const uint32_t n = p->n, nb = blocks_of(p, n), d = place(p, dsp == AN_SPC_R ? AN_SRC_R : AN_SRC_S, nb);
    emit(p, AN_PUT(AN_PUT(AN_PUT(code(AN_OP_GIVE), VEC_D, d), VEC_DSP, dsp), VEC_B, up ? AN_PORT_UP : AN_PORT_DOWN), AN_T_PASS);
    if (chance(p, 50))
        beside(p, dsp, d, nb, true);
    writer(p, dsp, d, n);
}

/* A GIVE whose words are not written before an OUT to that port, which ends it. */
static void give_up(an_gen_pen_t *p, unsigned dsp, bool up, uint64_t out) {
    const uint32_t n = p->n, d = place(p, dsp == AN_SPC_R ? AN_SRC_R : AN_SRC_S, blocks_of(p, n));
    emit(p, AN_PUT(AN_PUT(AN_PUT(code(AN_OP_GIVE), VEC_D, d), VEC_DSP, dsp), VEC_B, up ? AN_PORT_UP : AN_PORT_DOWN), AN_T_PASS);
    emit(p, out, 8u + 5u * n);
    writer(p, dsp, d, n);
}

/* A vector or a scalar from one core to its neighbour, or past that to the next one: OUT or GIVE there, PASS between, IN or TAKE here. Outside loops, in one order on all cores,
 * so nobody waits for ever. Where words go in steps, the receiver may take more or fewer of those that come in as many steps. */
static void transfer(an_gen_pen_t *from, an_gen_pen_t *past, an_gen_pen_t *to, bool up) {
    static const unsigned none[3] = {AN_SRC_Z, AN_SRC_Z, AN_SRC_Z}, sources[8] = {AN_SRC_S, AN_SRC_S, AN_SRC_S, AN_SRC_R, AN_SRC_R, AN_SRC_R, AN_SRC_Z, AN_SRC_K};
    const an_config_t *c = &from->g->cfg;
    const unsigned asp = sources[below(from, 8)];
    const bool gives = c->give && (asp == AN_SRC_S || asp == AN_SRC_R) && chance(from, 50);
    const uint32_t most = an_mem_link_steps(c) * an_mem_units(c); /* all of what GIVE has must fit */
    const uint32_t n = 1u + below(from, gives && most < 40u ? most : 40), nb = blocks_of(from, n), at[3] = {0, 0, 0};
    unsigned dsp = asp == AN_SRC_K ? AN_SPC_K : (unsigned[]){AN_SPC_S, AN_SPC_R, AN_SPC_SR}[below(to, 3)];
    from->n = to->n = n;
    if (an_mem_units(c) > 1 && chance(to, 20))
        to->n = (nb - 1u) * c->lanes + 1u + below(to, c->lanes);
    bool found;
    uint32_t d = destination(to, dsp, nb, none, at, &found);
    if (!found)
        d = place(to, dsp = AN_SPC_S, nb);
    uint64_t w = AN_PUT(AN_PUT(code(AN_OP_OUT), VEC_A, source(from, asp, nb)), VEC_ASP, asp);
    emit(from, AN_PUT(code(AN_OP_POP), POP_N, from->n), 1);
    w = AN_PUT(w, VEC_B, up ? AN_PORT_UP : AN_PORT_DOWN);
    if (gives && chance(from, 15))
        give_up(from, asp == AN_SRC_R ? AN_SPC_R : AN_SPC_S, up, w);
    else if (gives)
        give(from, asp == AN_SRC_R ? AN_SPC_R : AN_SPC_S, up);
    else
        emit(from, w, 8u + 5u * n);
    if (past != NULL) {
        past->n = n;
        emit(past, AN_PUT(code(AN_OP_POP), POP_N, n), 1);
        emit(past, AN_PUT(AN_PUT(code(AN_OP_PASS), VEC_DSP, dsp), VEC_B, up ? AN_PORT_DOWN : AN_PORT_UP), AN_T_PASS);
    }
    const bool take = c->take && (dsp == AN_SPC_S || dsp == AN_SPC_R) && chance(to, 50);
    w = AN_PUT(AN_PUT(code(take ? AN_OP_TAKE : AN_OP_IN), VEC_D, d), VEC_DSP, dsp);
    emit(to, AN_PUT(code(AN_OP_POP), POP_N, to->n), 1);
    emit(to, AN_PUT(w, VEC_B, up ? AN_PORT_DOWN : AN_PORT_UP), 8u + 5u * n);
    if (take)
        beside(to, dsp, d, nb, false);
}

/* Once over every link, up or down; a ring's last one leads to core 0. */
static void around(an_gen_pen_t *pen, uint32_t cores, bool up) {
    const uint32_t links = pen->g->cfg.closed && cores > 1u ? cores : cores - 1u;
    for (uint32_t c = 0; c < links; c++) {
        const uint32_t from = up ? c : links - c, next = up ? from + 1u : from - 1u;
        if (pen->g->cfg.pass && cores > 2u && c + 2u <= links && chance(pen, 40)) {
            for (uint32_t times = 1u + chance(pen, 50); times > 0; times--) /* the second one waits until the first is past */
                transfer(&pen[from % cores], &pen[next % cores], &pen[(up ? from + 2u : from - 2u) % cores], up);
            if (chance(pen, 50)) /* what the core in the middle does next is to give on that way, else to take */
                continue;
        }
        transfer(&pen[from % cores], NULL, &pen[next % cores], up);
    }
}

void an_gen_programs(an_gen_t *g, uint64_t *rng) {
    const uint32_t cores = g->cfg.cores;
    an_gen_pen_t *pen = an_gen_words(cores, sizeof *pen);
    for (uint32_t c = 0; c < cores; c++) {
        an_gen_pen_t *p = &pen[c];
        *p = (an_gen_pen_t){.rng = an_gen_draw(rng), .g = g, .core = &g->core[c], .turns = 1, .taken = {.at = {UINT32_MAX, UINT32_MAX}}};
        p->pc = g->core[c].entry = below(p, 4);
        set_window(p, AN_SRC_S);
        set_window(p, AN_SRC_R);
        pop(p);
    }
    for (int phase = 0; phase < 3; phase++) {
        for (uint32_t c = 0; c < cores; c++)
            for (uint32_t items = 8u + below(&pen[c], 24); items > 0; items--)
                item(&pen[c]);
        for (int way = 0; way < 2; way++) /* what goes first meets cores that are late */
            around(pen, cores, (phase + way) % 2 == 0);
    }
    for (uint32_t c = 0; c < cores; c++) {
        emit(&pen[c], code(AN_OP_HALT), 1);
        g->core[c].n_prog = pen[c].pc;
    }
    free(pen);
}
