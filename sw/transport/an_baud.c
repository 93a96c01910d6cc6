/* SPDX-License-Identifier: Apache-2.0 */
#include "an_baud.h"
#include <asm/termbits.h>
#include <sys/ioctl.h>

int an_baud_set(int fd, unsigned baud) {
    struct termios2 tio;
    if (ioctl(fd, TCGETS2, &tio) < 0) return -1;
    tio.c_cflag = (tio.c_cflag & ~(tcflag_t)CBAUD) | BOTHER;
    tio.c_ispeed = baud;
    tio.c_ospeed = baud;
    return ioctl(fd, TCSETS2, &tio);
}
