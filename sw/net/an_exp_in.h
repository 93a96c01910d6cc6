/* SPDX-License-Identifier: Apache-2.0
 * an_exp_in -- an experiment's inside, for the compiler. */
#ifndef AN_EXP_IN_H
#define AN_EXP_IN_H
#include "an_node.h"

struct an_exp {
    an_ctx_t c;
    an_node_t *root;
    const char *file, *dir, *share, *name;
};

/* Text and path of the rule the experiment names. */
const char *an_exp_rule(an_ctx_t *c, an_exp_t *e, const char **path);

#endif
