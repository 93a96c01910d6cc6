/* SPDX-License-Identifier: Apache-2.0
 * an_plan -- reads schedule.* of an experiment into a runner that has its image and its source. */
#ifndef AN_PLAN_H
#define AN_PLAN_H
#include "an_runner.h"

AN_MUST_CHECK an_err_t an_plan_read(an_runner_t *r, an_exp_t *exp, an_diag_t *d);

#endif
