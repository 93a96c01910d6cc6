/* SPDX-License-Identifier: Apache-2.0 */
#include "network.h"
#include <stdlib.h>
#include <string.h>

static uint64_t op(uint32_t code) { return AN_PUT(0ull, OP, code); }

static uint64_t vector_op(uint32_t code, uint32_t d, uint32_t a, uint32_t dsp, uint32_t asp, uint32_t bsp) {
    uint64_t w = op(code);
    w = AN_PUT(w, VEC_D, d);
    w = AN_PUT(w, VEC_A, a);
    w = AN_PUT(w, VEC_DSP, dsp);
    w = AN_PUT(w, VEC_ASP, asp);
    return AN_PUT(w, VEC_BSP, bsp);
}

static void place(network_t *n, const an_sym_projection_t *p, uint32_t pre, uint32_t post, int16_t w, int16_t v) {
    const uint32_t row = p->pre_on_rows ? pre : post, col = p->pre_on_rows ? post : pre, lanes = n->img.cfg.lanes;
    const uint32_t block = p->part->wbase + row * p->part->stride + (p->pair ? 2u : 1u) * (col / lanes);
    n->core.syn[block * lanes + col % lanes] = w;
    if (p->pair) n->core.syn[(block + 1) * lanes + col % lanes] = v;
}

static uint32_t even(uint32_t blocks) { return blocks + (blocks & 1u); }

void network_init(network_t *n, const an_config_t *cfg) {
    memset(n, 0, sizeof *n);
    const uint32_t lanes = cfg->lanes;
    an_core_image_t *c = &n->core;
    c->scalar = calloc(cfg->scalars, sizeof *c->scalar);
    c->table = calloc(AN_TABLES * AN_TABLE_POINTS, sizeof *c->table);
    c->syn = calloc(cfg->syn_words, sizeof *c->syn);
    c->state = calloc(cfg->state_words, sizeof *c->state);
    c->rate = calloc(cfg->rate_words, sizeof *c->rate);
    c->n_scalar = cfg->scalars;
    n->img = (an_image_t){ .cfg = *cfg, .core = c, .vector = n->vector, .n_vector = 1, .projection = n->projection, .n_projection = 2 };
    n->vector[0] = (an_sym_vector_t){ .name = "a", .n = NET_N, .in_state = true, .in_rate = true, .addr = 3, .network = true };
    n->projection[0] = (an_sym_projection_t){ .name = "p", .pre = NET_N, .post = NET_M, .pre_on_rows = true, .pair = true, .part = &n->part[0], .n_part = 1 };
    n->part[0] = (an_sym_part_t){ .wbase = 4, .stride = 2 * ((NET_M + lanes - 1) / lanes), .cols = NET_M, .rows = NET_N };
    n->projection[1] = (an_sym_projection_t){ .name = "q", .pre = NET_M, .post = NET_N, .part = &n->part[1], .n_part = 1 };
    n->part[1] = (an_sym_part_t){ .wbase = 100, .stride = even((NET_M + lanes - 1) / lanes), .cols = NET_M, .rows = NET_N };
    for (uint32_t i = 0; i < NET_N; i++)
        for (uint32_t j = 0; j < NET_M; j++) {
            n->w[i * NET_M + j] = (int16_t)(1000 + 37 * (int)i - 11 * (int)j);
            n->v[i * NET_M + j] = (int16_t)(-500 - 3 * (int)i + 7 * (int)j);
            n->q[j * NET_N + i] = (int16_t)(-20 * (int)j + (int)i);
            place(n, &n->projection[0], i, j, n->w[i * NET_M + j], n->v[i * NET_M + j]);
            place(n, &n->projection[1], j, i, n->q[j * NET_N + i], 0);
        }
    for (uint32_t i = 0; i < NET_N; i++) {
        c->state[3 * lanes + i] = -100000 * (int)i;
        c->rate[3 * lanes + i] = (int16_t)(200 - 100 * (int)i);
    }
    for (uint32_t i = 0; i < cfg->scalars; i++) c->scalar[i] = (int32_t)(i * 0x01234567u);
    for (int i = 0; i < AN_TABLES * AN_TABLE_POINTS; i++) c->table[i] = (int16_t)(17 * i - 5000);
    /* pc 0: four turns; 8: a fault */
    uint64_t *p = n->prog;
    p[0] = AN_PUT(op(AN_OP_POP), POP_N, NET_N);
    p[1] = AN_PUT(op(AN_OP_LOOP), LOOP_COUNT, 4);
    p[2] = vector_op(AN_OP_IN, 3, 0, AN_SPC_S, AN_SRC_Z, AN_PORT_HOST);
    p[3] = AN_PUT(vector_op(AN_OP_ADD, 3, 3, AN_SPC_SR, AN_SRC_S, AN_SRC_S), VEC_B, 3);
    p[4] = vector_op(AN_OP_OUT, 0, 3, AN_SPC_S, AN_SRC_S, AN_PORT_HOST);
    p[5] = op(AN_OP_TICK);
    p[6] = AN_PUT(op(AN_OP_END), END_TARGET, 2);
    p[7] = op(AN_OP_HALT);
    p[8] = op(31); /* no such instruction */
    c->prog = p;
    c->n_prog = 9;
}

void network_free(network_t *n) {
    free(n->core.scalar);
    free(n->core.table);
    free(n->core.syn);
    free(n->core.state);
    free(n->core.rate);
}
