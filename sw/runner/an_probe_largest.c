/* SPDX-License-Identifier: Apache-2.0
 * metrics.NAME: {largest: [STREAM, ..]}: the largest absolute value of all these streams, from the first tick on. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "an_probe.h"
#include "an_say.h"

enum { STREAMS = 8 };
typedef struct largest { const an_runner_t *run; an_tap_t tap[STREAMS]; size_t n; double top; } largest_t;

static an_err_t start(void **mine, size_t *columns, an_exp_t *exp, const char *path, const an_runner_t *r, an_diag_t *d)
{
    largest_t *m = calloc(1, sizeof *m);
    if (!m)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    *mine = m;
    *columns = 1;
    m->run = r;
    m->n = an_exp_len(exp, path);
    if (m->n < 1 || m->n > STREAMS)
        return an_say(d, AN_ERR_INPUT, "%s: %zu streams; legal: a list of 1 to %d", path, m->n, STREAMS);
    an_err_t e = AN_OK;
    for (size_t i = 0; i < m->n && !e; i++) {
        char key[24];
        const char *name = "";
        snprintf(key, sizeof key, "%zu", i);
        e = an_probe_str(exp, path, key, "", &name, d);
        if (!e) e = an_tap_find(&m->tap[i], r, path, name, d);
    }
    return e;
}

static void ticks(void *mine, uint64_t from, size_t k)
{
    largest_t *m = mine;
    (void)from;
    for (size_t t = 0; t < k; t++)
        for (size_t i = 0; i < m->n; i++)
            for (size_t j = 0; j < m->tap[i].n; j++)
                m->top = fmax(m->top, fabs(an_tap_at(m->run, &m->tap[i], t, j)));
}

static void figures(const void *mine, double *value) { *value = ((const largest_t *)mine)->top; }

const an_probe_t an_probe_largest = {.kind = "largest", .open = start, .ticks = ticks, .figures = figures, .close = free};
