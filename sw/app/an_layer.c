/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "an_layer.h"

enum { MAX_PROG = 64 };

static uint64_t op(uint32_t code) { return AN_PUT(0, OP, code); }
/* word with the fields of a layout added: FIELD(w, VEC_D, 3) */
#define FIELD(word, name, value) ((word) | AN_PUT(0, name, (uint32_t)(value)))

static an_image_t *blank(const an_config_t *cfg)
{
    an_image_t *img = calloc(1, sizeof *img);
    if (!img)
        return NULL;
    img->cfg = *cfg;
    img->core = calloc(cfg->cores, sizeof *img->core);
    bool ok = img->core != NULL;
    for (uint32_t c = 0; ok && c < cfg->cores; c++) {
        an_core_image_t *m = &img->core[c];
        m->prog = calloc(MAX_PROG, sizeof *m->prog);
        m->scalar = calloc(cfg->scalars, sizeof *m->scalar);
        m->n_scalar = cfg->scalars;
        m->table = calloc(AN_TABLES * AN_TABLE_POINTS, sizeof *m->table);
        m->syn = calloc(cfg->syn_words, sizeof *m->syn);
        m->state = calloc(cfg->state_words, sizeof *m->state);
        m->rate = calloc(cfg->rate_words, sizeof *m->rate);
        ok = m->prog && m->scalar && m->table && m->syn && m->state && m->rate;
        m->n_prog = ok ? 1 : 0; /* HALT */
    }
    if (ok)
        return img;
    an_layer_free(img);
    return NULL;
}

void an_layer_free(an_image_t *img)
{
    if (!img)
        return;
    for (uint32_t c = 0; img->core && c < img->cfg.cores; c++) {
        an_core_image_t *m = &img->core[c];
        free(m->prog);
        free(m->scalar);
        free(m->table);
        free(m->syn);
        free(m->state);
        free(m->rate);
    }
    free(img->core);
    free(img);
}

/* Block addresses of the operands. */
typedef struct an_layer_map { uint32_t x, x2, y, g, ginit, acc, ainit; bool from; } an_layer_map_t;

static uint32_t blocks(const an_config_t *cfg, uint32_t n) { return (n + cfg->lanes - 1) / cfg->lanes; }
static uint32_t stride(const an_config_t *cfg, uint32_t cols) { return (blocks(cfg, cols) + 1) & ~1u; }

static void emit(an_core_image_t *m, uint64_t word) { m->prog[m->n_prog++] = word; }

static void emit_sweep(an_core_image_t *m, const an_config_t *cfg, uint32_t rows, uint32_t cols, const an_layer_map_t *a, uint32_t lsh)
{
    uint32_t mode = a->from ? AN_INIT_FROM : AN_INIT_ZERO;
    uint64_t w = FIELD(FIELD(op(AN_OP_PRJ), PRJ_ROWS, rows), PRJ_COLS, cols);
    emit(m, FIELD(w, PRJ_STRIDE, stride(cfg, cols)));
    emit(m, FIELD(op(AN_OP_KEY), KEY_KEY, 0x51ED270Bu));
    w = FIELD(FIELD(op(AN_OP_ROW), ROW_X, a->x), ROW_X2, a->x2);
    emit(m, FIELD(FIELD(FIELD(w, ROW_G, a->g), ROW_GINIT, a->ginit), ROW_GMODE, mode));
    w = FIELD(FIELD(op(AN_OP_LAN), LAN_Y, a->y), LAN_ACC, a->acc);
    emit(m, FIELD(FIELD(w, LAN_AINIT, a->ainit), LAN_AMODE, mode));
    w = FIELD(FIELD(FIELD(op(AN_OP_SWP), SWP_SCATTER, 1), SWP_GATHER, 1), SWP_LEARN, 1);
    emit(m, FIELD(w, SWP_LSH, lsh));
}

an_image_t *an_layer_sweep(const an_config_t *cfg, uint32_t rows, uint32_t cols, uint32_t times)
{
    uint32_t xb = blocks(cfg, rows), yb = blocks(cfg, cols);
    an_image_t *img = blank(cfg);
    if (!img || !times)
        return img;
    an_core_image_t *m = &img->core[0];
    if ((uint64_t)rows * stride(cfg, cols) * cfg->lanes > cfg->syn_words || (2 * xb + yb) * cfg->lanes > cfg->rate_words || (xb + yb) * cfg->lanes > cfg->state_words) {
        an_layer_free(img);
        return NULL;
    }
    an_layer_map_t a = {.x = 0, .x2 = xb, .y = 2 * xb, .g = 0, .acc = xb};
    m->n_prog = 0;
    if (times > 1)
        emit(m, FIELD(op(AN_OP_LOOP), LOOP_COUNT, times));
    emit_sweep(m, cfg, rows, cols, &a, 16);
    if (times > 1)
        emit(m, FIELD(op(AN_OP_END), END_TARGET, 1));
    emit(m, op(AN_OP_HALT));
    for (uint32_t i = 0; i < (2 * xb + yb) * cfg->lanes; i++)
        m->rate[i] = (int16_t)(i % 61 * 37 - 1100);
    return img;
}

static uint64_t vec(uint32_t code, uint32_t d, uint32_t dsp, uint32_t a, uint32_t asp)
{
    return FIELD(FIELD(FIELD(FIELD(op(code), VEC_D, d), VEC_DSP, dsp), VEC_A, a), VEC_ASP, asp);
}

an_image_t *an_layer_tick(const an_config_t *cfg, uint32_t n, uint32_t ticks)
{
    uint32_t nb = blocks(cfg, n);
    an_image_t *img = blank(cfg);
    if (!img)
        return NULL;
    an_core_image_t *m = &img->core[0];
    if ((uint64_t)n * stride(cfg, n) * cfg->lanes > cfg->syn_words || 3 * nb * cfg->lanes > cfg->rate_words || 6 * nb * cfg->lanes > cfg->state_words) {
        an_layer_free(img);
        return NULL;
    }
    enum { R, X2, E };                  /* rate */
    enum { U, V, ACC, G, B, D };        /* state */
    enum { K_LEAK, K_ETA };
    an_layer_map_t a = {R * nb, X2 * nb, E * nb, G * nb, D * nb, ACC * nb, B * nb, true};
    m->n_prog = 0;
    m->scalar[K_LEAK] = (1 << AN_F_STATE) / 10;
    m->scalar[K_ETA] = (1 << AN_F_STATE) / 16;
    emit(m, FIELD(op(AN_OP_POP), POP_N, n));
    emit(m, FIELD(op(AN_OP_LOOP), LOOP_COUNT, ticks));
    uint32_t body = (uint32_t)m->n_prog;
    emit_sweep(m, cfg, n, n, &a, AN_F_RATE + 12); /* eta = 2^-12 / 16: slow, so that weights stay within range for as long as it runs */
    emit(m, FIELD(FIELD(FIELD(vec(AN_OP_LEAK, U * nb, AN_SPC_S, ACC * nb, AN_SRC_S), VEC_B, K_LEAK), VEC_BSP, AN_SRC_K), VEC_C, U * nb));
    emit(m, FIELD(FIELD(FIELD(vec(AN_OP_LEAK, V * nb, AN_SPC_S, G * nb, AN_SRC_S), VEC_B, K_LEAK), VEC_BSP, AN_SRC_K), VEC_C, V * nb));
    emit(m, FIELD(vec(AN_OP_TAB, R * nb, AN_SPC_R, U * nb, AN_SRC_S), VEC_SH, 2));
    emit(m, FIELD(vec(AN_OP_ADD, E * nb, AN_SPC_R, V * nb, AN_SRC_S), VEC_BSP, AN_SRC_Z));
    emit(m, FIELD(FIELD(vec(AN_OP_MUL, X2 * nb, AN_SPC_R, R * nb, AN_SRC_R), VEC_B, K_ETA), VEC_BSP, AN_SRC_K));
    emit(m, op(AN_OP_TICK));
    emit(m, FIELD(op(AN_OP_END), END_TARGET, body));
    emit(m, op(AN_OP_HALT));
    for (int i = 0; i < AN_TABLE_POINTS; i++) /* tanh over [-4, 4] */
        m->table[i] = (int16_t)lrint(4096 * tanh(((double)i - 128) / 32));
    for (uint32_t i = 0; i < n; i++) {
        m->state[B * nb * cfg->lanes + i] = (int32_t)(i % 7) * 1200000 - 3600000;
        m->state[D * nb * cfg->lanes + i] = (int32_t)(i % 5) * 1500000 - 3000000;
    }
    uint32_t row = stride(cfg, n) * cfg->lanes;
    for (uint32_t j = 0; j < n; j++)
        for (uint32_t i = 0; i < n; i++)
            m->syn[j * row + i] = (int16_t)((i * 7 + j * 13) % 101 - 50);
    return img;
}
