/* SPDX-License-Identifier: Apache-2.0 */
#include "an_stream.h"

bool an_stream_put(an_fifo_t *s, int32_t word) {
    if (an_stream_room(s) == 0)
        return false;
    s->word[s->given++ & (s->capacity - 1u)] = word;
    return true;
}

bool an_stream_get(an_fifo_t *s, int32_t *word) {
    if (an_stream_level(s) == 0)
        return false;
    *word = s->word[s->taken++ & (s->capacity - 1u)];
    return true;
}

void an_stream_clear(an_fifo_t *s) { s->given = s->taken = 0; }
