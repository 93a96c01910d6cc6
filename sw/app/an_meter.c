/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <math.h>
#include <unistd.h>
#include "an_cli.h"

#define AN_LINE_EVERY_S 10.0 /* between two lines where there is no terminal */
#define AN_LINE_AFTER_S 1.0  /* what is over sooner shows no line */

void an_meter_init(an_meter_t *l, const an_opts_t *o)
{
    *l = (an_meter_t){.f = stderr, .tty = isatty(STDERR_FILENO) == 1, .quiet = o->quiet, .verbose = o->verbose, .last_s = an_wall_s()};
}

void an_meter_show(void *ctx, const an_progress_t *p)
{
    an_meter_t *l = ctx;
    double now = an_wall_s();
    if (l->quiet || (!l->tty && !l->verbose) || now - l->last_s < (l->open ? 0.0 : l->tty ? AN_LINE_AFTER_S : AN_LINE_EVERY_S))
        return;
    char left[32] = "", error[32] = "";
    if (isfinite(p->left_s)) {
        long s = lround(p->left_s);
        snprintf(left, sizeof left, ", %ld:%02ld left", s / 60, s % 60);
    }
    if (isfinite(p->test_error))
        snprintf(error, sizeof error, ", test error %.2f %%", 100 * p->test_error);
    fprintf(l->f, "%s  %s%s %" PRIu64 " of %" PRIu64 ", %.0f samples/s%s%s%s", l->tty ? "\r" : "", l->note ? l->note : "", p->phase, p->done, p->total, p->per_s, error,
            left, l->tty ? "\033[K" : "\n");
    fflush(l->f);
    l->open = l->tty;
    if (!l->tty)
        l->last_s = now;
}

void an_meter_end(an_meter_t *l)
{
    if (l->open)
        fputs("\r\033[K", l->f);
    l->open = false;
    fflush(l->f);
}
