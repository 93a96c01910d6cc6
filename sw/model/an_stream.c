/* SPDX-License-Identifier: Apache-2.0 */
#include "an_stream.h"
#include <string.h>

bool an_stream_put(an_fifo_t *s, const int32_t *word) {
    if (an_stream_room(s) == 0)
        return false;
    memcpy(&s->word[(s->given++ & (s->capacity - 1u)) * s->width], word, s->width * sizeof *word);
    return true;
}

bool an_stream_get(an_fifo_t *s, int32_t *word) {
    if (an_stream_level(s) == 0)
        return false;
    memcpy(word, &s->word[(s->taken++ & (s->capacity - 1u)) * s->width], s->width * sizeof *word);
    return true;
}

void an_stream_clear(an_fifo_t *s) { s->given = s->taken = 0; }
