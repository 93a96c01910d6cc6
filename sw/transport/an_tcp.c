/* SPDX-License-Identifier: Apache-2.0
 * an_tcp -- a link at the other end of a TCP connection: a board on another machine, or the simulated chip. */
#define _GNU_SOURCE
#include "an_transport.h"
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* 0 or errno */
static int tcp_connect(int fd, const struct addrinfo *a, int64_t until_ms) {
    int err = 0;
    socklen_t size = sizeof err;
    if (connect(fd, a->ai_addr, a->ai_addrlen) == 0) return 0;
    if (errno != EINPROGRESS) return errno;
    for (;;) {
        const int64_t left_ms = until_ms - an_now_ms();
        struct pollfd p = { .fd = fd, .events = POLLOUT };
        const int n = poll(&p, 1, left_ms > 0 ? (int)left_ms : 0);
        if (n == 0) return ETIMEDOUT;
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno;
        return getsockopt(fd, SOL_SOCKET, SO_ERROR, &err, &size) < 0 ? errno : err;
    }
}

an_err_t an_tcp_open(an_transport_t **t, const char *host, const char *port, int wait_ms, char *why, size_t size) {
    const struct addrinfo hint = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
    struct addrinfo *list = NULL;
    const int64_t until_ms = an_now_ms() + wait_ms;
    const int on = 1;
    char name[128];
    int err = 0, fd = -1;
    *t = NULL;
    const int found = getaddrinfo(host, port, &hint, &list);
    if (found != 0) {
        snprintf(why, size, "tcp:%s:%s: %s", host, port, gai_strerror(found));
        return AN_ERR_IO;
    }
    for (const struct addrinfo *a = list; a != NULL && fd < 0; a = a->ai_next) {
        fd = socket(a->ai_family, a->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, a->ai_protocol);
        err = fd < 0 ? errno : tcp_connect(fd, a, until_ms);
        if (fd >= 0 && err != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(list);
    snprintf(name, sizeof name, "tcp:%s:%s", host, port);
    if (fd < 0) {
        snprintf(why, size, "%s: %s", name, strerror(err));
        return AN_ERR_IO;
    }
    /* a request is one small write that waits for its answer */
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return an_fd_open(t, fd, name, why, size);
}
