/* SPDX-License-Identifier: Apache-2.0
 * an_pairing -- record n of the chip against record n of the model, core by core. Either side may be ahead; what it is ahead by waits
 * in a queue. The first difference is kept with the ten records before it, and ends the comparison.
 * A missing last record shows only at a rendezvous: call an_pairing_level when both sides have come to rest, or the end of a
 * run that stopped too early would pass. */
#ifndef AN_PAIRING_H
#define AN_PAIRING_H
#include <stdbool.h>
#include <stddef.h>
#include "an_sim.h"

#define AN_PAIRING_BEFORE 10u

typedef struct an_pairing an_pairing_t;
typedef enum an_side { AN_SIDE_MODEL, AN_SIDE_CHIP } an_side_t;

/* The first difference. Of a missing record the side that has none gives kind = AN_PAIRING_NONE. */
#define AN_PAIRING_NONE 255u
typedef struct an_difference {
    uint64_t number;          /* of the record among those of this core, from 0 */
    an_record_t model, chip;
    an_sim_mark_t mark;       /* of the chip's record, or of its last one */
    an_record_t before[AN_PAIRING_BEFORE];
    size_t n_before;
} an_difference_t;

an_pairing_t *an_pairing_create(uint32_t cores); /* NULL: out of memory */
void an_pairing_destroy(an_pairing_t *p);
void an_pairing_clear(an_pairing_t *p);          /* forgets records and difference, keeps the count */

/* n records of one side in order; mark may be NULL. After a difference they are dropped. */
void an_pairing_push(an_pairing_t *p, an_side_t side, const an_record_t *rec, const an_sim_mark_t *mark, size_t n);
/* Nothing may wait on either side; if something does, the record that misses becomes the difference. True: none differs. */
bool an_pairing_level(an_pairing_t *p);

size_t an_pairing_ahead(const an_pairing_t *p, an_side_t side); /* records of this side that wait for the other, all cores */
uint64_t an_pairing_compared(const an_pairing_t *p);            /* equal pairs since create */
const an_difference_t *an_pairing_difference(const an_pairing_t *p); /* NULL: none so far */
bool an_pairing_memory_out(const an_pairing_t *p);              /* a queue could not grow: records were lost, nothing counts */

/* One line without newline, the grammar of docs/lockstep.md; returns text. */
const char *an_record_text(const an_record_t *rec, char *text, size_t size);

#endif
