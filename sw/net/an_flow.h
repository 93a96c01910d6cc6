/* SPDX-License-Identifier: Apache-2.0
 * an_flow -- whether programs of all cores can go on to their end. */
#ifndef AN_FLOW_H
#define AN_FLOW_H
#include "an_exp.h"

/* AN_ERR_INPUT, with numbers and place: a program gives to or takes from a neighbour that its core does not have, or the cores come to wait for each other
 * for ever. pc: where each core begins. A core without a program has come to its end. The host gives and takes whatever is asked of it. Ring windows
 * are left out. A LOOP whose count is a scalar runs AN_FLOW_TURNS times, and what comes after AN_FLOW_MOST instructions of all cores is not looked at. */
enum { AN_FLOW_TURNS = 3, AN_FLOW_MOST = 1 << 24 };
an_err_t an_flow(const an_config_t *cfg, const an_program_t *core, const uint32_t *pc, const char *file, an_diag_t *d);

#endif
