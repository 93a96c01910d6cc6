/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "an_serve.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#define AN_BATCH 2000u      /* clocks between two looks at the host */
#define AN_QUIET_TURNS 2000 /* batches without a byte until the chip is slowed to spare the host's processor */

typedef struct an_line {
    int listener, fd, keep; /* keep: the slave side, held open so that a leaving client does not end the terminal */
    const char *link;
} an_line_t;

static an_err_t an_system(const char *what, char *why, size_t size) {
    snprintf(why, size, "%s: %s", what, strerror(errno));
    return AN_ERR_IO;
}

static an_err_t an_open_pty(an_line_t *l, const char *link, char *why, size_t size) {
    struct termios raw;
    char slave[64];
    l->fd = posix_openpt(O_RDWR | O_NOCTTY);
    if (l->fd < 0 || grantpt(l->fd) != 0 || unlockpt(l->fd) != 0 || ptsname_r(l->fd, slave, sizeof slave) != 0) return an_system("pseudo-terminal", why, size);
    l->keep = open(slave, O_RDWR | O_NOCTTY);
    if (l->keep < 0 || tcgetattr(l->keep, &raw) != 0) return an_system(slave, why, size);
    cfmakeraw(&raw);
    if (tcsetattr(l->keep, TCSANOW, &raw) != 0) return an_system(slave, why, size);
    char old[64];
    const ssize_t n = readlink(link, old, sizeof old - 1);
    if (n > 5 && !strncmp(old, "/dev/", 5)) unlink(link); /* left by a server that was killed */
    if (symlink(slave, link) != 0) return an_system(link, why, size);
    l->link = link;
    return AN_OK;
}

static an_err_t an_open_tcp(an_line_t *l, int port, char *target, size_t target_size, char *why, size_t size) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t n = sizeof at;
    const int on = 1;
    l->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (l->listener < 0 || setsockopt(l->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 || bind(l->listener, (struct sockaddr *)&at, n) != 0 ||
        listen(l->listener, 1) != 0 || getsockname(l->listener, (struct sockaddr *)&at, &n) != 0)
        return an_system("TCP port", why, size);
    snprintf(target, target_size, "tcp:127.0.0.1:%d", ntohs(at.sin_port));
    return AN_OK;
}

static void an_close_line(an_line_t *l) {
    if (l->link) unlink(l->link);
    if (l->keep >= 0) close(l->keep);
    if (l->fd >= 0) close(l->fd);
    if (l->listener >= 0) close(l->listener);
}

/* Bytes of the client, as many as there are now; takes a new client if there is none. */
static size_t an_receive(an_line_t *l, uint8_t *byte, size_t cap, int wait_ms) {
    struct pollfd p = {.fd = l->fd >= 0 ? l->fd : l->listener, .events = POLLIN};
    if (poll(&p, 1, wait_ms) <= 0 || !(p.revents & (POLLIN | POLLHUP))) return 0;
    if (l->fd < 0) {
        const int on = 1;
        l->fd = accept(l->listener, NULL, NULL);
        if (l->fd >= 0) (void)setsockopt(l->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        return 0;
    }
    const ssize_t n = read(l->fd, byte, cap);
    if (n <= 0 && l->listener >= 0) {
        close(l->fd);
        l->fd = -1;
    }
    return n > 0 ? (size_t)n : 0;
}

/* To nobody is lost, as on a real line. */
static void an_send(an_line_t *l, const uint8_t *byte, size_t n) {
    while (n > 0 && l->fd >= 0) {
        const ssize_t gone = l->listener >= 0 ? send(l->fd, byte, n, MSG_NOSIGNAL) : write(l->fd, byte, n);
        if (gone <= 0) return;
        byte += gone;
        n -= (size_t)gone;
    }
}

static void an_bridge(an_line_t *l, const an_top_api_t *api, an_top_t *top, const volatile sig_atomic_t *stop) {
    uint8_t rx[4096], tx[4096];
    size_t have = 0, sent = 0, got = 0;
    int quiet = 0;
    while (!stop || !*stop) {
        have += an_receive(l, rx + have, sizeof rx - have, have == 0 && quiet > AN_QUIET_TURNS ? 2 : 0);
        quiet = have || got ? 0 : quiet < AN_QUIET_TURNS + 1 ? quiet + 1 : quiet;
        (void)api->exchange(top, AN_BATCH, rx, have, &sent, tx, sizeof tx, &got);
        memmove(rx, rx + sent, have - sent);
        have -= sent;
        an_send(l, tx, got);
    }
}

an_err_t an_serve_run(const an_config_t *cfg, const an_serve_options_t *opt, char *why, size_t size) {
    an_line_t line = {.listener = -1, .fd = -1, .keep = -1};
    const an_top_api_t *api;
    char target[300];
    an_err_t e = an_top_load(cfg, opt->verbose, &api, why, size);
    if (e != AN_OK) return e;
    snprintf(target, sizeof target, "tty:%s", opt->link ? opt->link : "");
    e = opt->link ? an_open_pty(&line, opt->link, why, size) : an_open_tcp(&line, opt->port, target, sizeof target, why, size);
    if (e == AN_OK) {
        an_top_t *top = api->create(opt->seed);
        if (top) {
            if (opt->ready) opt->ready(opt->ctx, target);
            an_bridge(&line, api, top, opt->stop);
            api->destroy(top);
        } else {
            snprintf(why, size, "no memory for the simulation of %s", cfg->name);
            e = AN_ERR_MEMORY;
        }
    }
    an_close_line(&line);
    return e;
}
