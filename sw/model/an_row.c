/* SPDX-License-Identifier: Apache-2.0 */
#include "an_row.h"
#include "an_num.h"

static bool silent(const an_sweep_t *s, uint32_t row, int16_t x_f12, int16_t x2_f12) {
    if (!s->skip || s->gather)
        return false;
    if (row == 0 && s->scatter && s->amode != AN_INIT_SELF)
        return false;
    const bool forgets = s->pair && (s->par.beta || s->par.kappa || s->par.mu);
    return (!s->scatter || x_f12 == 0) && (!s->learn || (x2_f12 == 0 && !forgets));
}

void an_row_open(an_row_t *r, const an_core_t *c, const an_sweep_t *s, uint32_t group) {
    const uint32_t left = s->rows - group * c->mem.lanes;
    r->group = group;
    r->rows = left < c->mem.lanes ? left : c->mem.lanes;
    for (uint32_t lane = 0; lane < r->rows; lane++) {
        r->x_f12[lane] = *an_mem_rate(&c->mem, s->x + group, lane);
        r->x2_f12[lane] = *an_mem_rate(&c->mem, s->x2 + group, lane);
        r->skipped[lane] = silent(s, group * c->mem.lanes + lane, r->x_f12[lane], r->x2_f12[lane]);
        r->sum_f24[lane] = 0;
        if (s->gather && s->gmode == AN_INIT_SELF)
            r->sum_f24[lane] = *an_mem_state(&c->mem, s->g + group, lane);
        else if (s->gather && s->gmode == AN_INIT_FROM)
            r->sum_f24[lane] = *an_mem_state(&c->mem, s->ginit + group, lane);
    }
}

void an_row_close(const an_row_t *r, an_core_t *c, const an_sweep_t *s, uint64_t clock, bool *sat) {
    for (uint32_t lane = 0; lane < r->rows; lane++) {
        const int32_t g = s->raw ? an_high_s43_s32(r->sum_f24[lane]) : an_sat_s48_s32(r->sum_f24[lane], sat);
        *an_mem_state(&c->mem, s->g + r->group, lane) = g;
        an_trace_put(&c->trace, clock, AN_REC_S, lane, s->g + r->group, g);
    }
    const bool steps = c->outlet.left > 0 && c->mem.vec_steps == 1; /* a group of sums is a step */
    if (steps)
        an_outlet_step(c, AN_SRC_S, s->g + r->group, 0, r->rows, clock);
    for (uint32_t lane = 0; s->raw && lane < r->rows; lane++) {
        const int32_t low = an_low_s43_u10(r->sum_f24[lane]);
        *an_mem_state(&c->mem, s->ginit + r->group, lane) = low;
        an_trace_put(&c->trace, clock + 1u, AN_REC_S, lane, s->ginit + r->group, low);
    }
    if (steps && s->raw)
        an_outlet_step(c, AN_SRC_S, s->ginit + r->group, 0, r->rows, clock + 1u);
}
