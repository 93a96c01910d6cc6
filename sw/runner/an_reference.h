/* SPDX-License-Identifier: Apache-2.0
 * an_reference -- the double-precision figures of an experiment, for the report beside the chip's own. */
#ifndef AN_REFERENCE_H
#define AN_REFERENCE_H
#include "an_exp.h"

/* The run of share/experiments/reference/NAME.json with this seed and these --set, as the text of a JSON object for the caller to free;
 * with another seed where this one is not there; NULL where there is none. One line of the file is one run. */
char *an_reference_find(const char *share, const char *name, uint64_t seed, const char *const *set, size_t n_set);

#endif
