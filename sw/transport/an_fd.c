/* SPDX-License-Identifier: Apache-2.0
 * an_fd -- a transport over an open file descriptor (serial line, socket, pty). */
#define _GNU_SOURCE
#include "an_transport.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct an_fd {
    an_transport_t base;
    int fd;
    int is_socket; /* send without SIGPIPE; a pipe or tty has no such signal to fear */
} an_fd_t;

/* 1: ready, 0: time is up, -1: failed (errno) */
static int fd_wait(int fd, short events, int64_t until_ms) {
    for (;;) {
        const int64_t left_ms = until_ms - an_now_ms();
        struct pollfd p = { .fd = fd, .events = events };
        const int n = poll(&p, 1, left_ms > 0 ? (int)left_ms : 0);
        if (n > 0) return 1;
        if (n == 0) return 0;
        if (errno != EINTR) return -1;
    }
}

static an_err_t fd_write(an_transport_t *t, const uint8_t *byte, size_t n, int wait_ms) {
    an_fd_t *f = (an_fd_t *)t;
    const int64_t until_ms = an_now_ms() + wait_ms;
    size_t done = 0;
    while (done < n) {
        const ssize_t k = f->is_socket ? send(f->fd, byte + done, n - done, MSG_NOSIGNAL) : write(f->fd, byte + done, n - done);
        if (k > 0) {
            done += (size_t)k;
            continue;
        }
        if (k < 0 && errno == EINTR) continue;
        if (k < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
            return an_transport_fail(t, AN_ERR_IO, "%s: write: %s", t->name, strerror(errno));
        const int ready = fd_wait(f->fd, POLLOUT, until_ms);
        if (ready < 0) return an_transport_fail(t, AN_ERR_IO, "%s: poll: %s", t->name, strerror(errno));
        if (ready == 0)
            return an_transport_fail(t, AN_ERR_TIMEOUT, "%s: only %zu of %zu bytes went out in %d ms", t->name, done, n, wait_ms);
    }
    return AN_OK;
}

static an_err_t fd_read(an_transport_t *t, uint8_t *byte, size_t cap, size_t *got, int wait_ms) {
    an_fd_t *f = (an_fd_t *)t;
    const int64_t until_ms = an_now_ms() + wait_ms;
    *got = 0;
    for (;;) {
        const int ready = fd_wait(f->fd, POLLIN, until_ms);
        if (ready < 0) return an_transport_fail(t, AN_ERR_IO, "%s: poll: %s", t->name, strerror(errno));
        if (ready == 0) return AN_ERR_TIMEOUT; /* silence is no failure of the port: no message */
        const ssize_t k = read(f->fd, byte, cap);
        if (k > 0) {
            *got = (size_t)k;
            return AN_OK;
        }
        if (k == 0) return an_transport_fail(t, AN_ERR_IO, "%s: the other side closed", t->name);
        if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)
            return an_transport_fail(t, AN_ERR_IO, "%s: read: %s", t->name, strerror(errno));
    }
}

static void fd_close(an_transport_t *t) {
    an_fd_t *f = (an_fd_t *)t;
    close(f->fd);
    free(f);
}

static const an_transport_ops_t fd_ops = { fd_write, fd_read, fd_close };

an_err_t an_fd_open(an_transport_t **t, int fd, const char *name, char *why, size_t size) {
    *t = NULL;
    an_fd_t *f = calloc(1, sizeof *f);
    const int flags = fcntl(fd, F_GETFL);
    int kind = 0;
    socklen_t kind_size = sizeof kind;
    if (f == NULL || flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) {
        snprintf(why, size, "%s: %s", name, strerror(errno));
        free(f);
        close(fd);
        return AN_ERR_IO;
    }
    f->base.ops = &fd_ops;
    f->fd = fd;
    f->is_socket = getsockopt(fd, SOL_SOCKET, SO_TYPE, &kind, &kind_size) == 0;
    snprintf(f->base.name, sizeof f->base.name, "%s", name);
    *t = &f->base;
    return AN_OK;
}
