/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "an_say.h"

an_err_t an_say(an_diag_t *d, an_err_t e, const char *fmt, ...)
{
    if (d) {
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(d->text, sizeof d->text, fmt, ap);
        va_end(ap);
    }
    return e;
}

an_err_t an_say_port(an_diag_t *d, an_err_t e, const an_port_t *port)
{
    const char *why = port->message[0] ? port->message : an_err_text(e);
    if (!e)
        return AN_OK;
    if (!strncmp(why, port->name, strlen(port->name)))
        return an_say(d, e, "%s", why);
    return an_say(d, e, "%s: %s", port->name, why);
}
