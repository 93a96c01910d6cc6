/* SPDX-License-Identifier: Apache-2.0
 * an_serve -- the Verilated an_top, link and UART pins included, behind a pseudo-terminal or a TCP port: whoever talks to a
 * board can talk to this. One client at a time; the chip goes on when it leaves. */
#ifndef AN_SERVE_H
#define AN_SERVE_H
#include <signal.h>
#include <stdbool.h>
#include "an_model.h"

typedef struct an_serve_options {
    const char *link;   /* symbolic link to the pseudo-terminal, made and removed here; NULL: TCP */
    int port;           /* TCP port on the loopback interface, 0: any free one */
    uint32_t seed;      /* initial values of the chip */
    bool verbose;       /* says on stderr when the library is being built */
    const volatile sig_atomic_t *stop; /* ends when this becomes non-zero; NULL: never */
    /* Called once a client can come: "tty:LINK" or "tcp:127.0.0.1:PORT". May be NULL. */
    void (*ready)(void *ctx, const char *target);
    void *ctx;
} an_serve_options_t;

/* Until *stop. On an error why says what happened. */
AN_MUST_CHECK an_err_t an_serve_run(const an_config_t *cfg, const an_serve_options_t *opt, char *why, size_t size);

/* What the shared library build/sim/libantop-<shape>.so gives by its one symbol an_top_api. */
typedef struct an_top an_top_t;
#define AN_TOP_ABI 1u
typedef struct an_top_api {
    uint32_t abi, spec_hash, cores, lanes;
    an_top_t *(*create)(uint32_t seed);
    void (*destroy)(an_top_t *t);
    /* Runs so many clocks. Bytes of rx go out on uart_rx as there is time: *sent of n. What uart_tx says comes to tx,
     * *got of at most cap bytes; false: a stop bit was 0. */
    bool (*exchange)(an_top_t *t, uint32_t clocks, const uint8_t *rx, size_t n, size_t *sent, uint8_t *tx, size_t cap, size_t *got);
} an_top_api_t;
typedef const an_top_api_t *an_top_api_fn(void);
/* as an_sim_load */
AN_MUST_CHECK an_err_t an_top_load(const an_config_t *cfg, bool verbose, const an_top_api_t **api, char *message, size_t size);

#endif
