/* SPDX-License-Identifier: Apache-2.0
 * an_stream -- a FIFO of 32-bit words: the host's streams and the links between neighbours. */
#ifndef AN_STREAM_H
#define AN_STREAM_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct an_fifo {
    int32_t *word;      /* capacity words, owned by the chip */
    size_t capacity;    /* a power of two */
    uint64_t given, taken;
} an_fifo_t;

static inline size_t an_stream_level(const an_fifo_t *s) { return (size_t)(s->given - s->taken); }
static inline size_t an_stream_room(const an_fifo_t *s) { return s->capacity - an_stream_level(s); }

/* false: full */
bool an_stream_put(an_fifo_t *s, int32_t word);
/* false: empty */
bool an_stream_get(an_fifo_t *s, int32_t *word);
void an_stream_clear(an_fifo_t *s);

#endif
