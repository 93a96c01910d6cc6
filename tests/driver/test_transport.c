/* SPDX-License-Identifier: Apache-2.0
 * The real transports against the device in a thread: a pseudo-terminal as serial line, TCP, and what is wrong with a target. */
#define _GNU_SOURCE
#include "device.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

/* Serves dev at fd until stop. */
typedef struct server {
    pthread_t thread;
    device_t dev;
    int fd, listener; /* listener < 0: fd is open already */
    volatile bool stop;
} server_t;

static void *serve(void *arg) {
    server_t *s = arg;
    if (s->listener >= 0) s->fd = accept(s->listener, NULL, NULL);
    while (!s->stop) {
        uint8_t byte[256];
        struct pollfd p = { .fd = s->fd, .events = POLLIN };
        if (poll(&p, 1, 20) <= 0) continue;
        const ssize_t n = read(s->fd, byte, sizeof byte);
        for (ssize_t i = 0; i < n; i++) {
            const size_t k = device_feed(&s->dev, byte[i]);
            if (k > 0 && write(s->fd, s->dev.answer, k) != (ssize_t)k) return NULL;
        }
        if (n <= 0 && s->listener >= 0) break;
    }
    return NULL;
}

static void server_start(server_t *s, int fd, int listener) {
    const an_config_t cfg = tiny(2);
    memset(s, 0, sizeof *s);
    device_init(&s->dev, &cfg);
    s->fd = fd;
    s->listener = listener;
    assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
}

static void server_end(server_t *s) {
    s->stop = true;
    assert_int_equal(pthread_join(s->thread, NULL), 0);
    if (s->fd >= 0) close(s->fd);
    if (s->listener >= 0) close(s->listener);
    device_free(&s->dev);
}

static an_port_t *open_target(const char *target) {
    an_transport_t *t = NULL;
    an_port_t *port = NULL;
    char why[256] = "";
    if (an_transport_open(&t, target, why, sizeof why) != AN_OK) fail_msg("%s", why);
    if (an_port_link_open(&port, t, NULL, why, sizeof why) != AN_OK) fail_msg("%s", why);
    return port;
}

static void use(const char *target) {
    an_driver_t d;
    uint32_t out[1000], in[1000];
    const an_config_t cfg = tiny(2);
    an_port_t *port = open_target(target);
    assert_int_equal(an_driver_open(&d, port, &cfg), AN_OK);
    for (uint32_t i = 0; i < 1000; i++) out[i] = (uint32_t)(int32_t)(int16_t)(i * 40503u); /* every byte value, 0x00, 0x03, 0x11 too */
    assert_int_equal(an_driver_write(&d, 0, AN_BUS_SYNAPSE, 0, out, 1000), AN_OK);
    assert_int_equal(an_driver_read(&d, 0, AN_BUS_SYNAPSE, 0, in, 1000), AN_OK);
    assert_memory_equal(in, out, sizeof in);
    assert_int_equal(an_port_link_stats(port).repeats, 0);
    port->ops->close(port);
}

static void serial_line(void **state) {
    (void)state;
    char target[160];
    server_t s;
    const int fd = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(fd >= 0 && grantpt(fd) == 0 && unlockpt(fd) == 0);
    snprintf(target, sizeof target, "tty:%s@3000000", ptsname(fd));
    server_start(&s, fd, -1);
    use(target);
    snprintf(target, sizeof target, "tty:%s@1234567", ptsname(fd)); /* no rate of the table */
    use(target);
    server_end(&s);
}

static void tcp(void **state) {
    (void)state;
    char target[64];
    server_t s;
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof a;
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(listener >= 0 && bind(listener, (struct sockaddr *)&a, sizeof a) == 0 && listen(listener, 1) == 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&a, &size), 0);
    snprintf(target, sizeof target, "tcp:127.0.0.1:%d", ntohs(a.sin_port));
    server_start(&s, -1, listener);
    use(target);
    server_end(&s);
}

/* The other side goes away in the middle: an error in words, no signal, no hang. */
static void closed_connection(void **state) {
    (void)state;
    int pair[2];
    char why[256] = "";
    an_transport_t *t = NULL;
    an_port_t *port = NULL;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    assert_int_equal(an_fd_open(&t, pair[0], "pair", why, sizeof why), AN_OK);
    close(pair[1]);
    assert_int_equal(an_port_link_open(&port, t, NULL, why, sizeof why), AN_ERR_IO);
    assert_non_null(strstr(why, "pair: write: "));
    assert_null(port);
}

static void silence_ends_in_time(void **state) {
    (void)state;
    int pair[2];
    char why[256] = "";
    an_transport_t *t = NULL;
    an_port_t *port = NULL;
    const an_link_options_t opt = { .answer_ms = 30, .attempts = 3 };
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    assert_int_equal(an_fd_open(&t, pair[0], "pair", why, sizeof why), AN_OK);
    const int64_t from_ms = an_now_ms();
    assert_int_equal(an_port_link_open(&port, t, &opt, why, sizeof why), AN_ERR_TIMEOUT);
    const int64_t took_ms = an_now_ms() - from_ms;
    assert_in_range(took_ms, 85, 2000);
    assert_non_null(strstr(why, "3 attempts of 30 ms"));
    close(pair[1]);
}

static void check_bad(const char *target, an_err_t want, const char *words) {
    an_transport_t *t = NULL;
    char why[256] = "";
    assert_int_equal(an_transport_open(&t, target, why, sizeof why), want);
    assert_null(t);
    if (strstr(why, words) == NULL) fail_msg("\"%s\" has not \"%s\"", why, words);
}

static void bad_targets_are_named(void **state) {
    (void)state;
    check_bad("usb:1", AN_ERR_INPUT, "legal: tty:DEV[@BAUD], tcp:HOST:PORT");
    check_bad("tty:", AN_ERR_INPUT, "no device name");
    check_bad("tty:/dev/null@fast", AN_ERR_INPUT, "\"fast\" is not a baud rate");
    check_bad("tty:/dev/null@0", AN_ERR_INPUT, "is not a baud rate");
    check_bad("tty:/dev/no-such-line", AN_ERR_IO, "No such file");
    check_bad("tty:/dev/null", AN_ERR_IO, "/dev/null");
    check_bad("tcp:host", AN_ERR_INPUT, "not HOST:PORT");
    check_bad("tcp::80", AN_ERR_INPUT, "not HOST:PORT");
    check_bad("tcp:127.0.0.1:1", AN_ERR_IO, "refused"); /* port 1 of this machine */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(serial_line), cmocka_unit_test(tcp), cmocka_unit_test(closed_connection),
        cmocka_unit_test(silence_ends_in_time), cmocka_unit_test(bad_targets_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
