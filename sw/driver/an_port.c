/* SPDX-License-Identifier: Apache-2.0 */
#include "an_port.h"
#include <stdarg.h>
#include <stdio.h>

an_err_t an_port_fail(an_port_t *p, an_err_t e, const char *fmt, ...) {
    if (p->message[0] == '\0') {
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(p->message, sizeof p->message, fmt, ap);
        va_end(ap);
    }
    return e;
}
