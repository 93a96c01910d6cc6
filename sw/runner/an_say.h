/* SPDX-License-Identifier: Apache-2.0
 * an_say -- writes the diagnosis of a failure. */
#ifndef AN_SAY_H
#define AN_SAY_H
#include "an_exp.h"
#include "an_port.h"

/* Text into d (NULL is allowed), cut to its size; returns e. */
an_err_t an_say(an_diag_t *d, an_err_t e, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* What the port says about its failure e, with its name in front; AN_OK for AN_OK. */
an_err_t an_say_port(an_diag_t *d, an_err_t e, const an_port_t *port);

#endif
