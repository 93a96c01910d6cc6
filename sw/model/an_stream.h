/* SPDX-License-Identifier: Apache-2.0
 * an_stream -- a FIFO of steps of 32-bit words: the host's streams, one word a step, and the links between neighbours. */
#ifndef AN_STREAM_H
#define AN_STREAM_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AN_STREAM_WIDTH 8 /* most words of a step: a lane's each */

/* Of a place in the FIFO, in clocks that all cores share: from when on its step can be taken, and from when on it is free again. */
typedef struct an_moment { uint64_t step, room; } an_moment_t;

typedef struct an_fifo {
    int32_t *word;      /* capacity steps of width words, owned by the chip */
    an_moment_t *moment;/* as many, between neighbours; NULL: the host's, which takes no time */
    size_t capacity;    /* a power of two */
    size_t width;       /* words of a step; the host's 1 */
    uint32_t latency;   /* between neighbours: clocks from a step given to the first in which it can be taken */
    uint64_t given, taken;
} an_fifo_t;

static inline size_t an_stream_level(const an_fifo_t *s) { return (size_t)(s->given - s->taken); }
static inline size_t an_stream_room(const an_fifo_t *s) { return s->capacity - an_stream_level(s); }

static inline an_moment_t *an_stream_place(const an_fifo_t *s, size_t k) { return &s->moment[(s->given + k) & (s->capacity - 1u)]; } /* of the k-th step to come */
static inline an_moment_t *an_stream_in(const an_fifo_t *s) { return an_stream_place(s, 0); }
static inline an_moment_t *an_stream_out(const an_fifo_t *s) { return &s->moment[s->taken & (s->capacity - 1u)]; } /* of the step that is next */

/* One step, width words. false: full */
bool an_stream_put(an_fifo_t *s, const int32_t *word);
/* false: empty */
bool an_stream_get(an_fifo_t *s, int32_t *word);
void an_stream_clear(an_fifo_t *s);

#endif
