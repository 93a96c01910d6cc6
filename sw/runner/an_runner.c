/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "an_plan.h"
#include "an_port_open.h"
#include "an_rng.h"
#include "an_say.h"
#include "an_watch.h"

/* Samples between two looks at the range records. */
#define AN_COLLECT_SAMPLES 1024u
/* Of a run in range not one state saturates in any shipped experiment; of one out of range, often in bursts. */
#define AN_DIVERGED_SHARE 16u

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static an_err_t from_port(an_driver_t *dr, an_err_t e, an_diag_t *d) { return an_say_port(d, e, dr->port); }

an_err_t an_runner_open(an_runner_t **out, an_exp_t *exp, const an_image_t *img, const char *share, uint64_t seed, an_diag_t *d)
{
    an_runner_t *r = calloc(1, sizeof *r);
    if (!r)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    r->img = img;
    r->seed = seed;
    r->order_epoch = UINT64_MAX;
    an_err_t e = an_source_open(&r->src, exp, share, seed, d);
    if (!e)
        e = an_plan_read(r, exp, d);
    if (!e)
        e = an_watch_open(&r->watch, exp, r, d);
    if (!e) {
        size_t in = 1, words = 1;
        for (int p = 0; p < 2; p++) {
            const an_feed_t *f = &r->feed[p];
            in = f->batch * f->in_words > in ? f->batch * f->in_words : in;
            words = f->batch * f->out_words > words ? f->batch * f->out_words : words;
        }
        r->in = calloc(in, sizeof *r->in);
        r->out = calloc(words, sizeof *r->out);
        r->order = calloc(r->src->count[AN_TRAIN] + 1, sizeof *r->order);
        r->site = calloc(img->n_site + 1, sizeof *r->site);
        if (!r->in || !r->out || !r->order || !r->site)
            e = an_say(d, AN_ERR_MEMORY, "no memory");
    }
    if (e)
        an_runner_close(r);
    else
        *out = r;
    return e;
}

void an_runner_close(an_runner_t *r)
{
    if (!r)
        return;
    an_watch_close(r->watch);
    if (r->src)
        r->src->ops->free(r->src);
    free(r->feed[AN_TRAIN].in);
    free(r->feed[AN_TEST].in);
    free(r->order);
    free(r->site);
    free(r->curve);
    free(r->in);
    free(r->out);
    free(r);
}

/* Which sample of the data is number `serial` of a part. Every epoch of training has an order of its own. */
static uint64_t sample_of(an_runner_t *r, an_part_t part, uint64_t serial)
{
    uint64_t n = r->src->count[part];
    if (!n)
        return serial;
    if (part == AN_TEST)
        return serial % n;
    uint64_t epoch = serial / n;
    if (epoch != r->order_epoch) {
        an_rng_t g = an_rng_of(r->seed, "shuffle", epoch);
        an_rng_shuffle(&g, r->order, n);
        r->order_epoch = epoch;
    }
    return r->order[serial % n];
}

/* One start of an entry: k samples from number `serial` on. */
static an_err_t run_batch(an_runner_t *r, an_driver_t *dr, an_part_t part, uint64_t serial, size_t k, an_score_t *score, an_diag_t *d)
{
    const an_feed_t *f = &r->feed[part];
    const an_source_ops_t *ops = r->src->ops;
    int16_t *w = r->in;
    for (size_t i = 0; i < k; i++) {
        uint64_t sample = sample_of(r, part, serial + i);
        for (size_t s = 0; s < f->entry->n_in; s++) {
            if (f->in[s] >= 0)
                ops->fill(r->src, part, sample, serial + i, f->in[s], w);
            w += f->entry->in[s].n;
        }
    }
    an_err_t e = AN_OK;
    for (uint32_t c = 0; c < r->img->cfg.cores && !e; c++)
        e = an_driver_set_scalar(dr, c, f->entry->turns_scalar, (int32_t)k);
    if (!e)
        e = an_driver_start(dr, f->entry->pc);
    if (!e)
        e = an_driver_stream(dr, r->in, k * f->in_words, r->out, k * f->out_words, true, NULL, NULL);
    if (e)
        return from_port(dr, e, d);
    for (size_t i = 0; i < k && f->score_n; i++)
        an_score_add(score, r->out + i * f->out_words + f->score_at, f->score_n, ops->label(r->src, part, sample_of(r, part, serial + i)));
    return AN_OK;
}

/* What is still to be done, at the rates seen so far. */
static double left_s(const an_runner_t *r, double train_s, double test_s, uint64_t tested)
{
    double left = 0;
    uint64_t tests = 0;
    if (r->feed[AN_TEST].entry) {
        uint64_t all = r->src->count[AN_TEST], each = r->eval_count && r->eval_count < all ? r->eval_count : all;
        uint64_t between = r->target ? (r->target - 1) / r->eval : 0, past = r->done / r->eval;
        tests = (between > past ? (between - past) * each : 0) + r->final_count;
    }
    if (r->target > r->done) {
        if (!r->done)
            return (double)NAN;
        left = train_s / (double)r->done * (double)(r->target - r->done);
    }
    /* a test that has not been seen costs at most what training costs */
    double a_test = tested ? test_s / (double)tested : r->done ? train_s / (double)r->done : 0;
    return left + a_test * (double)tests;
}

static void show(an_runner_t *r, an_part_t part, uint64_t done, uint64_t total, uint64_t begun, double since_s, bool last)
{
    double now = now_s();
    if (!r->progress || (!last && now - r->shown_s < 0.1))
        return;
    r->shown_s = now;
    double spent = now - since_s;
    an_progress_t p = {part == AN_TRAIN ? "train" : "test", done, total, spent > 0 ? (double)(done - begun) / spent : 0, 0, (double)NAN};
    double train_s = r->train_s + (part == AN_TRAIN ? spent : 0), test_s = r->test_s + (part == AN_TEST ? spent : 0);
    p.left_s = left_s(r, train_s, test_s, r->tested + (part == AN_TEST ? done : 0));
    if (r->n_curve)
        p.test_error = r->curve[r->n_curve - 1].test_error;
    r->progress(r->progress_ctx, &p);
}

static an_err_t read_tick(an_driver_t *dr, uint32_t *tick) { return an_driver_read(dr, 0, AN_BUS_REGS, AN_REG_CORE_TICK, tick, 1); }

/* A state vector that saturates on more than one tick in AN_DIVERGED_SHARE since the last look; named is the one that did so first. */
static void look_for_divergence(an_runner_t *r, uint64_t ticks, const uint64_t *more)
{
    bool lost = false;
    size_t first = 0;
    for (size_t i = 0; i < r->img->n_site; i++) {
        if (!r->img->site[i].state || !more[i])
            continue;
        lost |= AN_DIVERGED_SHARE * more[i] > ticks;
        if (!first || r->site[i].first_tick < r->site[first - 1].first_tick)
            first = i + 1;
    }
    if (!r->diverged && ticks >= 32 && lost)
        r->diverged = (int)first;
}

an_err_t an_runner_collect(an_runner_t *r, an_driver_t *dr, an_diag_t *d)
{
    uint64_t *more = calloc(r->img->n_site + 1, sizeof *more);
    if (!more)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    uint64_t busiest = 0, longest = 0, work[AN_WORKS] = {0};
    uint32_t tick = 0;
    const an_model_t *model = an_port_model_of(dr->port);
    an_err_t e = AN_OK;
    for (uint32_t c = 0; c < r->img->cfg.cores && !e; c++) {
        an_counters_t now;
        e = an_driver_counters(dr, c, &now);
        if (e)
            break;
        const uint64_t took = now.clocks + (model ? an_model_waits(model, c) : 0);
        if (now.clocks > busiest && model)
            an_model_work(model, c, work);
        busiest = now.clocks > busiest ? now.clocks : busiest;
        longest = took > longest ? took : longest;
        r->counters.visits += now.visits;
        r->counters.stalls += now.stalls;
    }
    for (size_t i = 0; i < r->img->n_site && !e; i++) {
        an_range_t now;
        e = an_driver_get_site(dr, &r->img->site[i], &now);
        if (e)
            break;
        if (now.count && !r->site[i].count)
            r->site[i].first_tick = now.first_tick;
        r->site[i].count += more[i] = now.count;
        r->site[i].clip |= now.operand_clip;
    }
    if (!e)
        e = read_tick(dr, &tick);
    if (!e)
        e = an_driver_clear(dr);
    if (!e) {
        r->counters.clocks += busiest;
        r->waits += longest - busiest;
        for (int p = 0; p < AN_WORKS; p++)
            r->work[p] += work[p];
        r->work_lost |= model == NULL;
        r->ticks += (uint32_t)(tick - (uint32_t)r->ticks); /* the register wraps at 2^32 */
        look_for_divergence(r, r->ticks - r->checked_ticks, more);
        r->checked_ticks = r->ticks;
    }
    free(more);
    return e ? from_port(dr, e, d) : AN_OK;
}

static an_err_t add_point(an_runner_t *r, an_point_t p, an_diag_t *d)
{
    an_point_t *more = realloc(r->curve, (r->n_curve + 1) * sizeof *more);
    if (!more)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    more[r->n_curve++] = p;
    r->curve = more;
    return AN_OK;
}

an_err_t an_runner_test(an_runner_t *r, an_driver_t *dr, uint64_t count, an_diag_t *d)
{
    const an_feed_t *f = &r->feed[AN_TEST];
    if (!f->entry || !f->score_n)
        return AN_OK;
    uint64_t all = r->src->count[AN_TEST], n = count && count < all ? count : all;
    uint32_t tick;
    an_score_t s = {0, 0};
    an_err_t e = an_runner_collect(r, dr, d); /* what follows is not counted as training */
    if (!e)
        e = from_port(dr, read_tick(dr, &tick), d);
    an_counters_t kept = r->counters;
    double since = now_s();
    for (uint64_t i = 0; i < n && !e;) {
        size_t k = n - i < f->batch ? (size_t)(n - i) : f->batch;
        e = run_batch(r, dr, AN_TEST, i, k, &s, d);
        i += k;
        if (!e)
            show(r, AN_TEST, i, n, 0, since, i == n);
    }
    uint64_t slowest = 0;
    for (uint32_t c = 0; c < r->img->cfg.cores && !e; c++) {
        an_counters_t now = {0};
        e = from_port(dr, an_driver_counters(dr, c, &now), d);
        slowest = now.clocks > slowest ? now.clocks : slowest;
    }
    r->test_clocks += slowest;
    if (!e)
        e = from_port(dr, an_driver_set_tick(dr, tick), d);
    if (!e)
        e = from_port(dr, an_driver_clear(dr), d);
    r->counters = kept;
    r->test_s += now_s() - since;
    r->tested += n;
    if (e)
        return e;
    an_point_t p = {r->done, s.count, an_score_error(&s), an_score_error(&r->train_score)};
    r->train_score = (an_score_t){0, 0};
    return add_point(r, p, d);
}

an_err_t an_runner_train(an_runner_t *r, an_driver_t *dr, uint64_t to, bool evaluate, an_diag_t *d)
{
    const an_feed_t *f = &r->feed[AN_TRAIN];
    uint64_t n = r->src->count[AN_TRAIN], begun = r->done, collected = r->done;
    double since = now_s(), tests = r->test_s;
    an_err_t e = AN_OK;
    while (r->done < to && !e && !r->diverged) {
        uint64_t stop = to, eval = (r->done / r->eval + 1) * r->eval;
        stop = eval < stop ? eval : stop;
        if (n && (r->done / n + 1) * n < stop) /* a batch stays within its epoch */
            stop = (r->done / n + 1) * n;
        uint64_t watch = an_watch_stop(r->watch, r->done);
        stop = watch < stop ? watch : stop;
        size_t k = stop - r->done < f->batch ? (size_t)(stop - r->done) : f->batch;
        e = an_watch_before(r->watch, dr, r->done, d);
        if (!e)
            e = run_batch(r, dr, AN_TRAIN, r->done, k, &r->train_score, d);
        if (e)
            break;
        an_watch_ticks(r->watch, r->done, k);
        r->done += k;
        e = an_watch_after(r->watch, dr, r->done, d);
        if (e)
            break;
        show(r, AN_TRAIN, r->done, to, begun, since + (r->test_s - tests), r->done == to);
        if (r->done - collected >= AN_COLLECT_SAMPLES || r->done == to) {
            e = an_runner_collect(r, dr, d);
            collected = r->done;
        }
        if (!e && !r->diverged && evaluate && r->done == eval && r->done < to)
            e = an_runner_test(r, dr, r->eval_count, d);
    }
    r->train_s += now_s() - since - (r->test_s - tests);
    return e;
}

an_err_t an_runner_ticks_a_sample(an_runner_t *r, an_driver_t *dr, uint64_t *ticks, an_diag_t *d)
{
    uint32_t before, after;
    an_err_t e = from_port(dr, read_tick(dr, &before), d);
    if (!e)
        e = an_runner_train(r, dr, r->done + 1, false, d);
    if (!e)
        e = from_port(dr, read_tick(dr, &after), d);
    if (!e)
        *ticks = after - before;
    return e;
}
