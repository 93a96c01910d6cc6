/* SPDX-License-Identifier: Apache-2.0
 * an_port_open -- the ports that the library itself brings: the model in process, and the framed link over a transport. */
#ifndef AN_PORT_OPEN_H
#define AN_PORT_OPEN_H
#include "an_model.h"
#include "an_port.h"
#include "an_transport.h"

/* A new model of cfg (copied), reset and all zero. AN_ERR_ARG: cfg is not legal, or memory is out. */
AN_MUST_CHECK an_err_t an_port_model_open(an_port_t **port, const an_config_t *cfg);
an_model_t *an_port_model_of(an_port_t *port); /* the model inside (for traces); it stays the port's; NULL: another kind of port */

typedef struct an_link_options {
    int answer_ms;  /* how long to wait for one answer; 0: AN_LINK_ANSWER_MS */
    int attempts;   /* how often one request is sent at most; 0: AN_LINK_ATTEMPTS */
} an_link_options_t;
#define AN_LINK_ANSWER_MS 500 /* a full frame both ways at 115200 baud is 80 ms */
#define AN_LINK_ATTEMPTS 5

/* Takes t over (closes it also on failure; the message then stands in why). Empties the line and finds the chip's link with
 * nop requests; writes nothing. opt may be NULL. */
AN_MUST_CHECK an_err_t an_port_link_open(an_port_t **port, an_transport_t *t, const an_link_options_t *opt, char *why, size_t size);

typedef struct an_link_stats { /* since open */
    uint64_t requests, repeats, damaged, bytes_out, bytes_in;
} an_link_stats_t;
an_link_stats_t an_port_link_stats(const an_port_t *port);

#endif
