/* SPDX-License-Identifier: Apache-2.0
 * an_lane -- the arithmetic of one lane: a vector result, or one synapse of a sweep (docs/machine.md sections 4 and 5). */
#ifndef AN_LANE_H
#define AN_LANE_H
#include <stdbool.h>
#include <stdint.h>

/* ADD MIN MAX SEL MUL MAC LEAK. b_f12 (B16) is used by the last three, b_f24 by the others. Before post. */
int32_t an_lane_vector(unsigned op, int32_t a_f24, int32_t b_f24, int16_t b_f12, int32_t c_f24, int sh, bool neg, bool *sat);

/* acc + t*x */
int32_t an_lane_scatter(int32_t acc_f24, int16_t t_f12, int16_t x_f12, bool *sat);

/* plain learn: the new w */
int16_t an_lane_learn(int16_t w, int16_t x2_f12, int16_t y_f12, unsigned lsh, uint32_t rnd, bool *sat);

/* constants of a pair sweep (PAR), as 16-bit integers */
typedef struct an_pair {
    int16_t beta, kappa, mu;
    unsigned bsh, ksh, wsh;
} an_pair_t;

/* pair learn: the new v; then the new w from the v that wnew chose */
int16_t an_lane_learn_v(int16_t v, int16_t w, int16_t x2_f12, int16_t y2_f12, const an_pair_t *p, unsigned lsh, uint32_t rnd_a, bool *sat);
int16_t an_lane_learn_w(int16_t w, int16_t v_chosen, const an_pair_t *p, uint32_t rnd_b, bool *sat);

#endif
