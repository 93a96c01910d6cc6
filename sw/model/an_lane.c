/* SPDX-License-Identifier: Apache-2.0 */
#include "an_lane.h"
#include "an_num.h"

int32_t an_lane_vector(unsigned op, int32_t a_f24, int32_t b_f24, int16_t b_f12, int32_t c_f24, int sh, bool neg, bool *sat) {
    const unsigned r = (unsigned)(12 + sh);
    const int64_t sign = neg ? -1 : 1;
    switch (op) {
    case AN_OP_ADD: return an_sat_s33_s32(a_f24 + sign * b_f24, sat);
    case AN_OP_MIN: return a_f24 < b_f24 ? a_f24 : b_f24;
    case AN_OP_MAX: return a_f24 > b_f24 ? a_f24 : b_f24;
    case AN_OP_SEL: return a_f24 >= 0 ? b_f24 : c_f24;
    case AN_OP_MUL: return an_narrow_s32(sign * a_f24 * b_f12, r, 0, sat);
    case AN_OP_MAC: return an_narrow_s32(sign * a_f24 * b_f12, r, c_f24, sat);
    default: /* AN_OP_LEAK */
        return an_narrow_s32(sign * an_sat_s33_s32((int64_t)a_f24 - c_f24, sat) * b_f12, r, c_f24, sat);
    }
}

int32_t an_lane_scatter(int32_t acc_f24, int16_t t_f12, int16_t x_f12, bool *sat) {
    return an_sat_s33_s32((int64_t)acc_f24 + (int64_t)t_f12 * x_f12, sat);
}

int16_t an_lane_learn(int16_t w, int16_t x2_f12, int16_t y_f12, unsigned lsh, uint32_t rnd, bool *sat) {
    return an_narrow_s16((int64_t)x2_f12 * y_f12, lsh, w, rnd, sat);
}

int16_t an_lane_learn_v(int16_t v, int16_t w, int16_t x2_f12, int16_t y2_f12, const an_pair_t *p, unsigned lsh, uint32_t rnd_a, bool *sat) {
    const int64_t n = (int64_t)x2_f12 * y2_f12 - (int64_t)p->beta * v * ((int64_t)1 << (8u * p->bsh)) -
                      (int64_t)p->kappa * w * ((int64_t)1 << (8u * p->ksh));
    return an_narrow_s16(n, lsh, v, rnd_a, sat);
}

int16_t an_lane_learn_w(int16_t w, int16_t v_chosen, const an_pair_t *p, uint32_t rnd_b, bool *sat) {
    return an_narrow_s16((int64_t)p->mu * v_chosen, p->wsh, w, rnd_b, sat);
}
