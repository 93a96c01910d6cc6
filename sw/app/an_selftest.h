/* SPDX-License-Identifier: Apache-2.0
 * an_selftest -- is the chip at the other end of this line what it says? What was in its memories is lost. */
#ifndef AN_SELFTEST_H
#define AN_SELFTEST_H
#include "an_cli.h"

/* 1. Random words of `seed` to every memory of every core and back. 2. A layer that learns, the same on every core: each memory and the clocks
 * against the model's. Prints a line a step; AN_ERR_IO with core, memory, index and both words at the first difference. */
AN_MUST_CHECK an_err_t an_selftest(an_driver_t *dr, uint64_t seed, an_diag_t *d);

#endif
