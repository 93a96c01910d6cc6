/* SPDX-License-Identifier: Apache-2.0
 * an_source -- where samples come from. A source is a struct of functions; a new kind is one file and one line in an_source.c.
 * A source is read only after it is opened: what it gives is a function of (seed, part, sample, stream). */
#ifndef AN_SOURCE_H
#define AN_SOURCE_H
#include "an_exp.h"

typedef enum { AN_TRAIN, AN_TEST } an_part_t;
typedef struct an_source an_source_t;

typedef struct an_source_ops {
    /* Number of the stream `name`, which an entry takes n words of a sample; -1: none such, or of another length, with a diagnosis
     * that names what there is. */
    int (*bind)(an_source_t *s, const char *name, uint32_t n, an_diag_t *d);
    /* The words of stream `id` of sample i of part. serial: how many samples of the part came before, over all epochs. */
    void (*fill)(const an_source_t *s, an_part_t part, uint64_t i, uint64_t serial, int id, int16_t *word);
    int (*label)(const an_source_t *s, an_part_t part, uint64_t i); /* class, -1: not a classifier's data */
    void (*free)(an_source_t *s);
} an_source_ops_t;

struct an_source {
    const an_source_ops_t *ops;
    uint64_t seed;
    uint64_t count[2];  /* samples of a part; 0: endless, and then not shuffled */
    uint32_t classes;   /* 0: not a classifier's data */
    uint32_t width;     /* words of "x" */
    char text[160];     /* for people: "Fashion-MNIST, 60000 + 10000 images, 14x14" */
};

/* By data.source of the experiment. share: folder of the shipped data. The caller frees with s->ops->free. */
AN_MUST_CHECK an_err_t an_source_open(an_source_t **s, an_exp_t *exp, const char *share, uint64_t seed, an_diag_t *d);

/* Images with labels: streams x, y (one-hot), label, sign. Reads data.pool, data.scale. */
AN_MUST_CHECK an_err_t an_images_open(an_source_t **s, an_exp_t *exp, const char *kind, const char *share, uint64_t seed, an_diag_t *d);

/* Sequences with labels: streams x (a word a tick), y (one-hot), label. */
AN_MUST_CHECK an_err_t an_sequences_open(an_source_t **s, an_exp_t *exp, const char *kind, const char *share, uint64_t seed, an_diag_t *d);

/* x as s16f12: rounded half up, clamped */
int16_t an_to_f12(double x);

#endif
