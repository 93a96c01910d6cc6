/* SPDX-License-Identifier: Apache-2.0
 * an_baud -- any baud rate on a Linux serial line (termios2, BOTHER); its kernel header cannot stand beside termios.h. */
#ifndef AN_BAUD_H
#define AN_BAUD_H
/* 0, or -1 with errno */
int an_baud_set(int fd, unsigned baud);
#endif
