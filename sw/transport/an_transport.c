/* SPDX-License-Identifier: Apache-2.0
 * an_transport -- messages, time, and the target string. */
#define _GNU_SOURCE
#include "an_transport.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TCP_CONNECT_MS 5000

an_err_t an_transport_fail(an_transport_t *t, an_err_t e, const char *fmt, ...) {
    if (t->message[0] == '\0') {
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(t->message, sizeof t->message, fmt, ap);
        va_end(ap);
    }
    return e;
}

int64_t an_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static an_err_t open_tty(an_transport_t **t, const char *spec, char *why, size_t size) {
    char dev[96];
    unsigned long baud = AN_TRANSPORT_BAUD;
    const char *at = strrchr(spec, '@');
    const size_t n = at != NULL ? (size_t)(at - spec) : strlen(spec);
    if (at != NULL) {
        char *end = NULL;
        baud = strtoul(at + 1, &end, 10);
        if (at[1] < '0' || at[1] > '9' || *end != '\0' || baud == 0 || baud > 100000000ul) {
            snprintf(why, size, "tty:%s: \"%s\" is not a baud rate", spec, at + 1);
            return AN_ERR_INPUT;
        }
    }
    if (n == 0 || n >= sizeof dev) {
        snprintf(why, size, "tty:%s: no device name, or too long", spec);
        return AN_ERR_INPUT;
    }
    memcpy(dev, spec, n);
    dev[n] = '\0';
    return an_tty_open(t, dev, baud, why, size);
}

static an_err_t open_tcp(an_transport_t **t, const char *spec, char *why, size_t size) {
    char host[96];
    const char *colon = strrchr(spec, ':');
    const char *from = spec;
    size_t n = colon != NULL ? (size_t)(colon - spec) : 0;
    if (n >= 2 && spec[0] == '[' && spec[n - 1] == ']') { /* IPv6 */
        from = spec + 1;
        n -= 2;
    }
    if (colon == NULL || n == 0 || n >= sizeof host || colon[1] == '\0') {
        snprintf(why, size, "tcp:%s: not HOST:PORT", spec);
        return AN_ERR_INPUT;
    }
    memcpy(host, from, n);
    host[n] = '\0';
    return an_tcp_open(t, host, colon + 1, TCP_CONNECT_MS, why, size);
}

an_err_t an_transport_open(an_transport_t **t, const char *target, char *why, size_t size) {
    *t = NULL;
    if (strncmp(target, "tty:", 4) == 0) return open_tty(t, target + 4, why, size);
    if (strncmp(target, "tcp:", 4) == 0) return open_tcp(t, target + 4, why, size);
    snprintf(why, size, "\"%s\" is no transport; legal: tty:DEV[@BAUD], tcp:HOST:PORT", target);
    return AN_ERR_INPUT;
}
