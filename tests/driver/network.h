/* SPDX-License-Identifier: Apache-2.0
 * network -- a small image by hand: one population of 5 with state and rate "a", one pair projection 5 -> 7 "p" (pre on rows), one plain
 * 7 -> 5 "q" (pre on columns), and a program that reads 5 words, doubles them and gives them out, once a turn. */
#ifndef NETWORK_H
#define NETWORK_H
#include "an_driver.h"

enum { NET_N = 5, NET_M = 7 };
typedef struct network {
    an_image_t img;
    an_core_image_t core;
    an_sym_vector_t vector[1];
    an_sym_projection_t projection[2];
    an_sym_part_t part[2];
    uint64_t prog[16];
    int16_t w[NET_N * NET_M], v[NET_N * NET_M], q[NET_M * NET_N]; /* what the image holds, logical order */
} network_t;

void network_init(network_t *n, const an_config_t *cfg); /* cfg: tiny, any lanes */
void network_free(network_t *n);

#endif
