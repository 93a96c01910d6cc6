/* SPDX-License-Identifier: Apache-2.0
 * an_check -- an experiment on the Verilated chip in lockstep with the model, and the same on the model by itself. */
#ifndef AN_CHECK_H
#define AN_CHECK_H
#include "an_target.h"

typedef struct an_check {
    uint64_t records, clocks;
    uint64_t chip_digest, model_digest;
    double chip_s;          /* wall time of the chip's part */
    bool differs;
} an_check_t;

/* Trains chip (in lockstep) to the limits of o, then model by itself, without records, to the same place. model_port: where the model
 * is left open for the caller (NULL: closed); *model_dr with it. Returns an exit code; a difference has been reported on stderr,
 * any other failure too. */
typedef struct an_model_left { an_port_t *port; an_driver_t dr; } an_model_left_t;
int an_check_run(an_check_t *c, const an_opts_t *o, an_session_t *chip, an_session_t *model, an_model_left_t *left, an_diag_t *d);
void an_check_print(const an_check_t *c, const an_session_t *s, FILE *f);

#endif
