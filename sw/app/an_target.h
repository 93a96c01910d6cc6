/* SPDX-License-Identifier: Apache-2.0
 * an_target -- from --on to an open driver; from EXP to an image and a runner. */
#ifndef AN_TARGET_H
#define AN_TARGET_H
#include "an_cli.h"
#include "an_cost.h"
#include "an_overview.h"

/* An experiment, compiled for a chip, with its data. */
typedef struct an_session {
    an_exp_t *exp;
    an_config_t cfg;
    an_image_t *img;
    an_runner_t *run;
    bool expect_diverged; /* the file says: expect: diverged */
    an_overview_t *overview; /* what the file says of it */
    an_cost_t cost;       /* clock and power to count with */
} an_session_t;

/* device: the configuration that is there, or NULL: by --config and the experiment. Nothing of a device is touched. */
AN_MUST_CHECK an_err_t an_session_open(an_session_t *s, const an_opts_t *o, const an_config_t *device, an_diag_t *d);
void an_session_close(an_session_t *s);

/* The target of o->on. cfg: the chip to make (model, sim), or to expect (tty, tcp: NULL for any). On failure *port is NULL. */
AN_MUST_CHECK an_err_t an_target_open(an_port_t **port, const an_opts_t *o, const an_config_t *cfg, an_diag_t *d);
bool an_target_is_device(const an_opts_t *o); /* something that has a configuration of its own */

/* Named configuration with lanes and cores of --set; *cfg as it stands if --config is not given (found = false). */
AN_MUST_CHECK an_err_t an_config_of(an_config_t *cfg, bool *found, const an_opts_t *o, an_diag_t *d);

/* Opens the port's driver, loads the session's image and reads it back. */
AN_MUST_CHECK an_err_t an_session_load(an_session_t *s, an_driver_t *dr, an_port_t *port, an_diag_t *d);
/* The schedule as the limits of o want it; leaves it at the end of training, before the last test. */
AN_MUST_CHECK an_err_t an_session_train(an_session_t *s, an_driver_t *dr, const an_opts_t *o, bool evaluate, an_diag_t *d);
/* Trains the session on a model of its own for so many samples, untested. *port: to be closed, also on failure; NULL: none. */
AN_MUST_CHECK an_err_t an_session_on_model(an_session_t *s, an_port_t **port, an_driver_t *dr, uint64_t samples, an_diag_t *d);
/* Test samples of the last evaluation by --test: 0 none */
uint64_t an_last_test(const an_session_t *s, const an_opts_t *o);

AN_MUST_CHECK an_err_t an_port_diag(an_driver_t *dr, an_err_t e, an_diag_t *d);

/* Which data, net, rule, configuration and seed. */
void an_session_print(an_session_t *s, const char *target, FILE *f);
void an_result_print(const an_session_t *s, FILE *f);
AN_MUST_CHECK an_err_t an_curve_save(const an_session_t *s, const char *path, uint64_t chip_samples, an_diag_t *d);

#endif
