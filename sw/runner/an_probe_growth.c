/* SPDX-License-Identifier: Apache-2.0
 * metrics.NAME: {growth: {stream: d, from: 16, to: 127.99}}: how a stream of one word grows, in units of 1/time (data.dt a tick), between the
 * ticks in which it first reaches these sizes, and the latter tick; NAN for both until then. Of a run that diverged as well. */
#include <math.h>
#include <stdlib.h>
#include "an_probe.h"
#include "an_say.h"

typedef struct growth {
    const an_runner_t *run;
    an_tap_t tap;
    double from, to, dt, first, last;  /* sizes at those ticks */
    uint64_t first_tick, last_tick;
} growth_t;

static an_err_t start(void **mine, size_t *columns, an_exp_t *exp, const char *path, const an_runner_t *r, an_diag_t *d)
{
    growth_t *m = calloc(1, sizeof *m);
    const char *name = "";
    if (!m)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    *mine = m;
    *columns = 2;
    m->run = r;
    an_err_t e = an_probe_str(exp, path, "stream", "", &name, d);
    if (!e) e = an_probe_num(exp, path, "from", 1e-9, 1e9, 16, &m->from, d);
    if (!e) e = an_probe_num(exp, path, "to", 1e-9, 1e9, 127.99, &m->to, d);
    if (!e) e = an_exp_get_num(exp, "data.dt", 1e-9, 1e6, 1, &m->dt, d);
    return e ? e : an_tap_find(&m->tap, r, path, name, d);
}

static void ticks(void *mine, uint64_t from, size_t k)
{
    growth_t *m = mine;
    for (size_t i = 0; i < k && !(m->last > 0); i++) {
        const double size = fabs(an_tap_at(m->run, &m->tap, i, 0));
        if (!(m->first > 0) && size >= m->from) {
            m->first = size;
            m->first_tick = from + i;
        }
        if (size >= m->to) {
            m->last = size;
            m->last_tick = from + i;
        }
    }
}

static void figures(const void *mine, double *value)
{
    const growth_t *m = mine;
    const bool seen = m->last > 0 && m->last_tick > m->first_tick;
    value[0] = seen ? log(m->last / m->first) / ((double)(m->last_tick - m->first_tick) * m->dt) : (double)NAN;
    value[1] = seen ? (double)m->last_tick : (double)NAN;
}

const an_probe_t an_probe_growth = {.kind = "growth", .open = start, .ticks = ticks, .figures = figures, .close = free, .of_diverged = true};
