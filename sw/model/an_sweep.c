/* SPDX-License-Identifier: Apache-2.0 */
#include "an_sweep.h"
#include "an_num.h"
#include "an_rnd.h"
#include "an_row.h"

/* which of the four sites of a sweep saturated */
typedef struct an_sweep_sat { bool w, acc, g, v; } an_sweep_sat_t;

void an_sweep_constants(const an_core_t *c, uint64_t par, an_sweep_t *s) {
    s->par_clip = false;
    s->par.beta = an_rhu_f24_s16f12(*an_mem_scalar(&c->mem, AN_GET(par, PAR_BETA)), &s->par_clip);
    s->par.kappa = an_rhu_f24_s16f12(*an_mem_scalar(&c->mem, AN_GET(par, PAR_KAPPA)), &s->par_clip);
    s->par.mu = an_rhu_f24_s16f12(*an_mem_scalar(&c->mem, AN_GET(par, PAR_MU)), &s->par_clip);
    s->par.bsh = AN_GET(par, PAR_BSH);
    s->par.ksh = AN_GET(par, PAR_KSH);
    s->par.wsh = AN_GET(par, PAR_WSH);
}

uint64_t an_sweep_row(const an_core_t *c, uint64_t word) {
    word = AN_PUT(word, ROW_X, an_core_ring(c, AN_SRC_R, AN_GET(word, ROW_X)));
    word = AN_PUT(word, ROW_X2, an_core_ring(c, AN_SRC_R, AN_GET(word, ROW_X2)));
    word = AN_PUT(word, ROW_G, an_core_ring(c, AN_SRC_S, AN_GET(word, ROW_G)));
    return AN_PUT(word, ROW_GINIT, an_core_ring(c, AN_SRC_S, AN_GET(word, ROW_GINIT)));
}

an_sweep_t an_sweep_decode(const an_core_t *c, uint64_t word) {
    const bool split = c->mem.features & AN_HAS_SPLIT; /* else block and raw are no fields */
    const uint64_t prj = c->prj, par = c->par, row = c->row, lan = c->lan;
    an_sweep_t s = {.wbase = AN_GET(prj, PRJ_WBASE), .rows = AN_GET(prj, PRJ_ROWS), .cols = AN_GET(prj, PRJ_COLS),
                    .stride = AN_GET(prj, PRJ_STRIDE), .pair = AN_GET(prj, PRJ_PAIR) != 0, .key = AN_GET(c->key, KEY_KEY), .first_block = split ? AN_GET(c->key, KEY_BLOCK) : 0, .ahead = an_core_ahead(c)};
    if (s.rows == 0)
        s.rows = 1;
    if (s.cols == 0)
        s.cols = 1;
    s.x = AN_GET(row, ROW_X);
    s.x2 = AN_GET(row, ROW_X2);
    s.g = AN_GET(row, ROW_G);
    s.ginit = AN_GET(row, ROW_GINIT);
    s.gmode = AN_GET(row, ROW_GMODE);
    s.y = AN_GET(lan, LAN_Y);
    s.y2 = AN_GET(lan, LAN_Y2);
    s.acc = AN_GET(lan, LAN_ACC);
    s.ainit = AN_GET(lan, LAN_AINIT);
    s.amode = AN_GET(lan, LAN_AMODE);
    s.scatter = AN_GET(word, SWP_SCATTER) != 0;
    s.gather = AN_GET(word, SWP_GATHER) != 0;
    s.learn = AN_GET(word, SWP_LEARN) != 0;
    s.overv = AN_GET(word, SWP_OVERV) != 0;
    s.skip = AN_GET(word, SWP_SKIP) != 0;
    s.wnew = AN_GET(word, SWP_WNEW) != 0;
    s.lsh = AN_GET(word, SWP_LSH);
    s.raw = split && AN_GET(word, SWP_RAW) != 0;
    if (s.pair && s.learn)
        an_sweep_constants(c, par, &s);
    return s;
}

uint32_t an_sweep_row_slots(const an_sweep_t *s, uint32_t lanes) {
    const uint32_t blocks = (s->cols + lanes - 1u) / lanes;
    const bool two = s->pair && s->learn;
    uint32_t words = ((two ? 2u * blocks : blocks) + 1u) / 2u * 2u;
    if (s->learn) { /* rounding bits of the next row are mixed in the last block of 32 columns */
        const uint32_t last = words % ((two ? 2u : 1u) * AN_BLOCK_COLUMNS / lanes), least = two ? AN_T_MIN_BLOCK_PAIR : AN_T_MIN_BLOCK;
        if (last > 0 && last < least)
            words += least - last;
    }
    return words > AN_T_MIN_ROW ? words : AN_T_MIN_ROW;
}

static uint32_t header_slots(const an_sweep_t *s) {
    if (s->ahead > 0)
        return AN_T_HEADER_AHEAD;
    return s->skip && !s->gather ? AN_T_HEADER_SKIP : AN_T_HEADER;
}

static uint32_t drain(const an_sweep_t *s) { return s->pair && s->learn ? AN_T_DRAIN_PAIR : AN_T_DRAIN + s->ahead; }

static uint32_t scalars_read(const an_sweep_t *s) { return s->pair && s->learn ? 3 : 0; }

uint64_t an_sweep_cost(const an_sweep_t *s, uint32_t lanes, uint32_t rows_swept) {
    const uint32_t groups = (s->rows + lanes - 1u) / lanes;
    return 1u + scalars_read(s) + groups * header_slots(s) + (uint64_t)rows_swept * an_sweep_row_slots(s, lanes) + drain(s);
}

uint64_t an_sweep_sums(const an_sweep_t *s, uint32_t lanes, uint32_t group) {
    const uint32_t rows = (group + 1u) * lanes < s->rows ? (group + 1u) * lanes : s->rows;
    return 1u + scalars_read(s) + (group + 1u) * header_slots(s) + (uint64_t)rows * an_sweep_row_slots(s, lanes) + AN_T_X_GATHER + s->ahead;
}

static void write_syn(an_core_t *c, uint32_t block, uint32_t lane, int16_t value, uint64_t clock) {
    *an_mem_syn(&c->mem, block, lane) = value;
    an_trace_put(&c->trace, clock, AN_REC_W, lane, block, value);
}

/* learn of one synapse read in `slot` */
static void learn(an_core_t *c, const an_sweep_t *s, uint32_t block, uint32_t lane, int16_t x2_f12, uint32_t i, const an_rnd_t *rnd,
                  uint64_t slot, an_sweep_sat_t *sat) {
    const uint32_t step = i / c->mem.lanes;
    const int16_t w = *an_mem_syn(&c->mem, block, lane);
    if (!s->pair) {
        const int16_t y = *an_mem_rate(&c->mem, s->y + step, lane);
        write_syn(c, block, lane, an_lane_learn(w, x2_f12, y, s->lsh, rnd->a & 0xFFFFu, &sat->w), slot + AN_T_X_WEIGHT);
        return;
    }
    const int16_t v = *an_mem_syn(&c->mem, block + 1u, lane);
    const int16_t y2 = *an_mem_rate(&c->mem, s->y2 + step, lane);
    const int16_t v_new = an_lane_learn_v(v, w, x2_f12, y2, &s->par, s->lsh, rnd->a & 0xFFFFu, &sat->v);
    const int16_t w_new = an_lane_learn_w(w, s->wnew ? v_new : v, &s->par, rnd->b & 0xFFFFu, &sat->w);
    write_syn(c, block + 1u, lane, v_new, slot + AN_T_X_V);
    write_syn(c, block, lane, w_new, slot + AN_T_X_W);
}

static int32_t start_of_acc(const an_core_t *c, const an_sweep_t *s, uint32_t row, uint32_t step, uint32_t lane) {
    if (row > 0 || s->amode == AN_INIT_SELF)
        return *an_mem_state(&c->mem, s->acc + step, lane);
    return s->amode == AN_INIT_FROM ? *an_mem_state(&c->mem, s->ainit + step, lane) : 0;
}

/* row `lane_of_row` of the open group, its first word read in `slot` */
static void sweep_row(an_core_t *c, const an_sweep_t *s, an_row_t *r, uint32_t lane_of_row, uint64_t slot, an_sweep_sat_t *sat) {
    const uint32_t lanes = c->mem.lanes;
    const uint32_t j = r->group * lanes + lane_of_row;
    const uint32_t seed = an_rnd_seed(s->key, c->tick);
    an_rnd_t rnd = {0, 0};
    for (uint32_t i = 0; i < s->cols; i++) {
        const uint32_t step = i / lanes, lane = i % lanes;
        const uint32_t block = s->wbase + j * s->stride + (s->pair ? 2u : 1u) * step;
        const uint64_t at = slot + (s->pair && s->learn ? 2u : 1u) * step;
        const int16_t t = *an_mem_syn(&c->mem, s->pair && s->overv ? block + 1u : block, lane);
        if (s->scatter) {
            const int32_t acc = an_lane_scatter(start_of_acc(c, s, j, step, lane), t, r->x_f12[lane_of_row], &sat->acc);
            *an_mem_state(&c->mem, s->acc + step, lane) = acc;
            an_trace_put(&c->trace, at + AN_T_X_SCATTER, AN_REC_S, lane, s->acc + step, acc);
        }
        if (s->gather)
            r->sum_f24[lane_of_row] += (int64_t)t * *an_mem_rate(&c->mem, s->y + step, lane);
        if (s->learn) {
            an_rnd_column(&rnd, seed, j, i, s->first_block);
            learn(c, s, block, lane, r->x2_f12[lane_of_row], i, &rnd, at, sat);
        }
        an_trace_until(&c->trace, at);
    }
    c->visits += (s->pair && s->learn ? 2u : 1u) * (uint64_t)s->cols;
}

static void note(an_core_t *c, const an_sweep_t *s, const an_sweep_sat_t *sat) {
    const an_mem_t *m = &c->mem;
    if (sat->w)
        an_range_saturate(&c->range[c->pc], c->tick);
    if (sat->acc)
        an_range_saturate(&c->range[an_mem_pc(m, c->pc - 1u)], c->tick);
    if (sat->g)
        an_range_saturate(&c->range[an_mem_pc(m, c->pc - 2u)], c->tick);
    if (sat->v)
        an_range_saturate(&c->range[an_mem_pc(m, c->pc - 3u)], c->tick);
    if (s->par_clip)
        an_range_clip(&c->range[an_mem_pc(m, c->pc - 3u)]);
}

void an_sweep_run(an_core_t *c, const an_sweep_t *s) {
    const uint32_t lanes = c->mem.lanes;
    const uint32_t row_slots = an_sweep_row_slots(s, lanes);
    uint64_t slot = c->clocks + 1u + scalars_read(s);
    an_sweep_sat_t sat = {0};
    for (uint32_t group = 0; group * lanes < s->rows; group++) {
        an_row_t r;
        an_row_open(&r, c, s, group);
        slot += header_slots(s);
        for (uint32_t lane = 0; lane < r.rows; lane++) {
            if (r.skipped[lane])
                continue;
            sweep_row(c, s, &r, lane, slot, &sat);
            slot += row_slots;
        }
        if (s->gather)
            an_row_close(&r, c, s, slot + AN_T_X_GATHER + s->ahead, &sat.g);
    }
    note(c, s, &sat);
    c->clocks = slot + drain(s);
}
