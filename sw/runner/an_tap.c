/* SPDX-License-Identifier: Apache-2.0
 * Streams by name. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "an_say.h"
#include "an_watch.h"

an_err_t an_tap_find(an_tap_t *t, const an_runner_t *r, const char *path, const char *name, an_diag_t *d)
{
    const an_entry_t *en = r->feed[AN_TRAIN].entry;
    char legal[300] = "", *end = NULL;
    const char *word = strchr(name, '['); /* x[2]: one word of it */
    const size_t length = word ? (size_t)(word - name) : strlen(name);
    const unsigned long k = word ? strtoul(word + 1, &end, 10) : 0;
    *t = (an_tap_t){.name = name};
    for (int in = 0; in < 2; in++) {
        const an_stream_t *s = in ? en->in : en->out;
        t->at = 0;
        for (size_t i = 0, n = in ? en->n_in : en->n_out; i < n; i++) {
            if (!strncmp(s[i].name, name, length) && !s[i].name[length] && (!word || (!strcmp(end, "]") && k < s[i].n))) {
                t->in = in;
                t->n = word ? 1 : s[i].n;
                t->at += k;
                t->unit = ldexp(1, -s[i].frac);
                return AN_OK;
            }
            t->at += s[i].n;
            size_t at = strlen(legal);
            if (at + strlen(s[i].name) + 3 < sizeof legal)
                snprintf(legal + at, sizeof legal - at, "%s%s", at ? ", " : "", s[i].name);
        }
    }
    return an_say(d, AN_ERR_INPUT, "%s: no stream \"%s\" in entry \"%s\"; legal: %s", path, name, en->name, legal);
}

double an_tap_at(const an_runner_t *r, const an_tap_t *t, size_t turn, size_t k)
{
    const an_feed_t *f = &r->feed[AN_TRAIN];
    return t->unit * (t->in ? (double)r->in[turn * f->in_words + t->at + k] : (double)r->out[turn * f->out_words + t->at + k]);
}
