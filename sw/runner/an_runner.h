/* SPDX-License-Identifier: Apache-2.0
 * an_runner -- an experiment on a chip: which samples go into which entry in which order, when it is tested, what is counted.
 * Knows nothing of targets: the same runner and seed put the same words into any port, cut into the same batches.
 * Nothing of the device is touched before an_runner_train; a failure leaves its first cause in the an_diag_t. */
#ifndef AN_RUNNER_H
#define AN_RUNNER_H
#include "an_driver.h"
#include "an_score.h"
#include "an_source.h"
#include "an_work.h"

/* The schedule of the experiment's file, with its streams bound to the data. */
typedef struct an_feed {       /* one entry */
    const an_entry_t *entry;   /* NULL: the experiment has none */
    int *in;                   /* stream number of the source, one for each of entry->in; -1: goes on with the words of the one before */
    size_t in_words, out_words;/* of one sample */
    size_t batch;              /* samples of one start */
    size_t score_at;           /* first word of the answer (metrics.test_error) in the sample's output */
    uint32_t score_n;          /* its words, 0: none */
} an_feed_t;

typedef struct an_point {      /* one evaluation */
    uint64_t samples;          /* trained on before it */
    uint64_t test_count;
    double test_error;
    double train_error;        /* of the samples since the last point, as the net answered while it learned; NAN: not known */
} an_point_t;

typedef struct an_site_count { uint32_t first_tick; uint64_t count; bool clip; } an_site_count_t;

/* Where a run is; text "train" or "test". Called at most ten times a second, and at the end of each phase. */
typedef struct an_progress {
    const char *phase;
    uint64_t done, total;      /* samples of this phase */
    double per_s;              /* samples a second of this phase */
    double left_s;             /* estimate for the whole run; NAN: not yet known */
    double test_error;         /* last evaluation; NAN: none yet */
} an_progress_t;
typedef void an_progress_fn(void *ctx, const an_progress_t *p);

struct an_watch;

typedef struct an_runner {
    const an_image_t *img;
    an_source_t *src;          /* owned */
    struct an_watch *watch;    /* owned; NULL: nothing is measured tick by tick */
    uint64_t seed, total;      /* samples of the whole schedule */
    uint64_t eval, eval_count; /* samples between evaluations; test samples of the ones before the last, 0: all */
    an_feed_t feed[2];         /* AN_TRAIN, AN_TEST */
    uint32_t *order;           /* of the epoch in work */
    uint64_t order_epoch;      /* UINT64_MAX: none yet */

    uint64_t done;             /* samples trained on */
    uint64_t ticks;            /* of training */
    an_counters_t counters;    /* of training, sums over the cores, clocks of the busiest */
    uint64_t work[AN_WORKS];   /* what those clocks were spent on */
    uint64_t waits;            /* and, beside them, until the last core was done; 0 where work is lost */
    bool work_lost;            /* some ran on a target that cannot tell */
    uint64_t test_clocks;
    an_score_t train_score;
    an_point_t *curve;
    size_t n_curve;
    an_site_count_t *site;     /* img->n_site */
    uint64_t checked_ticks;    /* when divergence was last looked for */
    int diverged;              /* 0, or 1 + index of the site */
    double train_s, test_s;    /* wall time */
    uint64_t tested;           /* samples */

    int16_t *in;               /* buffers of one batch */
    int32_t *out;
    an_progress_fn *progress;  /* NULL: none */
    void *progress_ctx;
    double shown_s;            /* when progress was last called */
    uint64_t target;           /* samples of this call's goal, for the estimate */
    uint64_t final_count;      /* test samples of the last evaluation, for the estimate */
} an_runner_t;

/* Clocks that training took, waiting for neighbours included where the target is the model. */
static inline uint64_t an_runner_clocks(const an_runner_t *r) { return r->counters.clocks + r->waits; }
/* Reads data and schedule of exp, opens the data, binds the streams. img must outlive the runner. */
AN_MUST_CHECK an_err_t an_runner_open(an_runner_t **r, an_exp_t *exp, const an_image_t *img, const char *share, uint64_t seed, an_diag_t *d);
void an_runner_close(an_runner_t *r); /* NULL is allowed */

/* Ticks that samples take, from a run of the first one; 0: the program counts none. For --ticks. */
AN_MUST_CHECK an_err_t an_runner_ticks_a_sample(an_runner_t *r, an_driver_t *dr, uint64_t *ticks, an_diag_t *d);

/* Trains until `to` samples in all are done, with the evaluations that lie before that (evaluate = false: without). Ends early, with AN_OK,
 * when the run has diverged. */
AN_MUST_CHECK an_err_t an_runner_train(an_runner_t *r, an_driver_t *dr, uint64_t to, bool evaluate, an_diag_t *d);
/* Tests on the first `count` test samples (0: all) and adds a point to the curve. The tick is put back, so that training goes on as if
 * there had been no test. */
AN_MUST_CHECK an_err_t an_runner_test(an_runner_t *r, an_driver_t *dr, uint64_t count, an_diag_t *d);
/* Counters, ticks and range records as they stand now. an_runner_train calls it. */
AN_MUST_CHECK an_err_t an_runner_collect(an_runner_t *r, an_driver_t *dr, an_diag_t *d);

#endif
