/* SPDX-License-Identifier: Apache-2.0
 * an_layer -- the images that antinode bench runs: one sweep, and one whole tick of a dense layer. Owned by the caller
 * (an_layer_free). Nothing of the net compiler is used, so that what is measured is what stands here. */
#ifndef AN_LAYER_H
#define AN_LAYER_H
#include "an_image.h"

/* rows x cols synapses, swept `times` times with scatter, gather and learn; times = 0: no sweep at all, only HALT. */
an_image_t *an_layer_sweep(const an_config_t *cfg, uint32_t rows, uint32_t cols, uint32_t times);

/* A layer of n neurons with n inputs, `ticks` ticks. Of each:
 *   a = b + W r;  q = d + W' e;  W += eta*e*r        one sweep
 *   u += k*(a - u);  v += k*(q - v)                  leaky integrators
 *   r = tanh(u);  e = v;  x2 = eta*r
 * NULL: out of memory, or n does not fit cfg. tests of the same arithmetic in NumPy: bench_numpy.py. */
an_image_t *an_layer_tick(const an_config_t *cfg, uint32_t n, uint32_t ticks);

void an_layer_free(an_image_t *img);

#endif
