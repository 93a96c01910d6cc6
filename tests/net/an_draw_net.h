/* SPDX-License-Identifier: Apache-2.0
 * an_draw_net -- a random rule and a random network for it, legal by construction, as texts. */
#ifndef AN_DRAW_NET_H
#define AN_DRAW_NET_H
#include <stddef.h>
#include <stdint.h>

enum { AN_DRAW_TEXT = 16384, AN_DRAW_POPS = 5, AN_DRAW_ROLES = 3 };

typedef struct an_draw_net {
    uint64_t seed;              /* of what is drawn next */
    char rule[AN_DRAW_TEXT], yaml[AN_DRAW_TEXT];
    size_t rule_n, yaml_n;
    int roles, pops, role[AN_DRAW_POPS];
    int pairs, rings;
    int depth;                  /* loops around what is written now */
    int streams;                /* in and out are legal here */
} an_draw_net_t;

void an_draw_net(an_draw_net_t *d, uint64_t seed, const char *rule_path);
uint32_t an_draw_below(an_draw_net_t *d, uint32_t n); /* 0 .. n-1 */

#endif
