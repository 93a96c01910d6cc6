/* SPDX-License-Identifier: Apache-2.0
 * an_tty -- a serial line: raw, 8N1, no flow control, for this process alone. */
#define _GNU_SOURCE
#include "an_baud.h"
#include "an_transport.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

an_err_t an_tty_open(an_transport_t **t, const char *dev, unsigned long baud, char *why, size_t size) {
    char name[128];
    struct termios tio;
    *t = NULL;
    snprintf(name, sizeof name, "tty:%s@%lu", dev, baud);
    const int fd = open(dev, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        snprintf(why, size, "%s: %s", dev, strerror(errno));
        return AN_ERR_IO;
    }
    const char *step = "exclusive use";
    int failed = ioctl(fd, TIOCEXCL) < 0;
    if (!failed) {
        step = "not a serial line";
        failed = tcgetattr(fd, &tio) < 0;
    }
    if (!failed) {
        cfmakeraw(&tio);
        tio.c_cflag |= CLOCAL | CREAD;
        tio.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS);
        tio.c_cc[VMIN] = 0;
        tio.c_cc[VTIME] = 0;
        step = "raw mode";
        failed = tcsetattr(fd, TCSANOW, &tio) < 0;
    }
    if (!failed) {
        step = "baud rate";
        failed = an_baud_set(fd, (unsigned)baud) < 0;
    }
    if (failed) {
        snprintf(why, size, "%s: %s: %s", name, step, strerror(errno));
        close(fd);
        return AN_ERR_IO;
    }
    tcflush(fd, TCIOFLUSH);
    return an_fd_open(t, fd, name, why, size);
}
