/* SPDX-License-Identifier: Apache-2.0
 * an_transport -- bytes to and from a chip's link. Knows nothing of frames. Every call ends within its time in ms. */
#ifndef AN_TRANSPORT_H
#define AN_TRANSPORT_H
#include <stddef.h>
#include <stdint.h>
#include "an_err.h"

typedef struct an_transport an_transport_t;

typedef struct an_transport_ops {
    /* all n bytes, or an error: AN_ERR_TIMEOUT if they did not fit in wait_ms, AN_ERR_IO if the port failed */
    an_err_t (*write)(an_transport_t *t, const uint8_t *byte, size_t n, int wait_ms);
    /* 1..cap bytes as soon as there is one; AN_ERR_TIMEOUT with *got = 0 after wait_ms (0: only what is there now) */
    an_err_t (*read)(an_transport_t *t, uint8_t *byte, size_t cap, size_t *got, int wait_ms);
    void (*close)(an_transport_t *t); /* frees t */
} an_transport_ops_t;

/* First member of every transport. */
struct an_transport {
    const an_transport_ops_t *ops;
    char name[128];    /* "tty:/dev/ttyUSB1@3000000" */
    char message[256]; /* first cause of failure, empty if none */
};

#define AN_TRANSPORT_BAUD 3000000 /* 8 clocks a bit at 24 MHz; what a divisor of the USB bridge gives exactly */

/* On failure *t is NULL and why (size bytes, owned by the caller) says what happened. */
AN_MUST_CHECK an_err_t an_tty_open(an_transport_t **t, const char *dev, unsigned long baud, char *why, size_t size);
AN_MUST_CHECK an_err_t an_tcp_open(an_transport_t **t, const char *host, const char *port, int wait_ms, char *why, size_t size);
AN_MUST_CHECK an_err_t an_fd_open(an_transport_t **t, int fd, const char *name, char *why, size_t size); /* takes fd over: pty, socket */
/* "tty:DEV[@BAUD]" or "tcp:HOST:PORT" ("tcp:[::1]:PORT" for an IPv6 address); AN_ERR_INPUT if it is neither */
AN_MUST_CHECK an_err_t an_transport_open(an_transport_t **t, const char *target, char *why, size_t size);

/* sets t->message unless one is set, returns e */
an_err_t an_transport_fail(an_transport_t *t, an_err_t e, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* milliseconds of the monotonic clock */
int64_t an_now_ms(void);

#endif
