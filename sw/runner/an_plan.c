/* SPDX-License-Identifier: Apache-2.0
 * The schedule of an experiment's file, and its streams bound to the data. */
#include <stdlib.h>
#include <string.h>
#include "an_plan.h"
#include "an_say.h"

/* Words a start should move: enough to forget what a start costs, few enough to show progress on the slowest target. */
#define AN_BATCH_WORDS 4096u
#define AN_BATCH_MIN 16u

static an_err_t bind_feed(an_feed_t *f, const an_image_t *img, an_source_t *src, const char *name, const char *answer, bool must, an_diag_t *d)
{
    f->entry = an_image_entry(img, name);
    if (!f->entry) {
        size_t at = 0;
        char legal[200] = "";
        for (size_t i = 0; i < img->n_entry && at + strlen(img->entry[i].name) + 3 < sizeof legal; i++) {
            if (i)
                at += strlen(strcpy(legal + at, ", "));
            at += strlen(strcpy(legal + at, img->entry[i].name));
        }
        return must ? an_say(d, AN_ERR_INPUT, "schedule: the rule has no entry \"%s\"; legal: %s", name, legal) : AN_OK;
    }
    f->in = calloc(f->entry->n_in + 1, sizeof *f->in);
    if (!f->in)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    for (size_t i = 0; i < f->entry->n_in; i++) {
        const an_stream_t *s = &f->entry->in[i];
        f->in_words += s->n;
        if (i && !strcmp(s->name, s[-1].name)) { /* a loop takes one stream in pieces */
            f->in[i] = -1;
            continue;
        }
        uint32_t n = s->n;
        for (size_t k = i + 1; k < f->entry->n_in && !strcmp(f->entry->in[k].name, s->name); k++)
            n += f->entry->in[k].n;
        f->in[i] = src->ops->bind(src, s->name, n, d);
        if (f->in[i] < 0)
            return AN_ERR_INPUT;
    }
    for (size_t i = 0; i < f->entry->n_out; i++) {
        const an_stream_t *o = &f->entry->out[i];
        if (!strcmp(o->name, answer)) {
            if (!src->classes || (o->n != 1 && o->n != src->classes))
                return an_say(d, AN_ERR_INPUT, "metrics.test_error: stream \"%s\" of entry \"%s\" has %u words; expected 1 (the class) or %u (one a class)", answer, name, o->n, src->classes);
            f->score_at = f->out_words;
            f->score_n = o->n;
        }
        f->out_words += o->n;
    }
    size_t words = f->in_words + f->out_words + 1;
    f->batch = AN_BATCH_WORDS / words;
    if (f->batch < AN_BATCH_MIN)
        f->batch = AN_BATCH_MIN;
    return AN_OK;
}

an_err_t an_plan_read(an_runner_t *r, an_exp_t *exp, an_diag_t *d)
{
    const char *train, *test, *answer;
    long epochs, samples, ticks = 0, eval, eval_count;
    uint64_t n = r->src->count[AN_TRAIN];
    an_err_t e = an_exp_get_str(exp, "schedule.train", "train", &train, d);
    if (!e)
        e = an_exp_get_str(exp, "schedule.test", "test", &test, d);
    if (!e)
        e = an_exp_get_int(exp, "schedule.epochs", 1, 1000000, 1, &epochs, d);
    if (!e)
        e = an_exp_get_int(exp, "schedule.samples", 1, 1000000000000, 0, &samples, d);
    if (!e && !n) { /* a time series: a sample is a tick; --samples comes before what the file says */
        e = an_exp_get_int(exp, "schedule.ticks", 1, 1000000000000, 0, &ticks, d);
        samples = samples ? samples : ticks;
    }
    if (!e)
        e = an_exp_get_int(exp, "schedule.eval", 1, 1000000000000, 0, &eval, d);
    if (!e)
        e = an_exp_get_int(exp, "schedule.eval_count", 1, 1000000000000, 0, &eval_count, d);
    if (!e)
        e = an_exp_get_str(exp, "metrics.test_error", "prediction", &answer, d);
    if (!e)
        e = bind_feed(&r->feed[AN_TRAIN], r->img, r->src, train, answer, true, d);
    if (!e)
        e = bind_feed(&r->feed[AN_TEST], r->img, r->src, test, answer, an_exp_has(exp, "schedule.test"), d);
    if (e)
        return e;
    if (an_exp_has(exp, "metrics.test_error") && !r->feed[AN_TEST].score_n)
        return an_say(d, AN_ERR_INPUT, "%s: metrics.test_error: entry \"%s\" gives no stream \"%s\"", an_exp_name(exp), test, answer);
    if (!n && !samples)
        return an_say(d, AN_ERR_INPUT, "%s: schedule.ticks: missing; this data has no end", an_exp_name(exp));
    r->total = samples ? (uint64_t)samples : (uint64_t)epochs * n;
    r->eval = eval ? (uint64_t)eval : n ? n : r->total;
    r->eval_count = (uint64_t)eval_count;
    return AN_OK;
}
