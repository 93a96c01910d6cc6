/* SPDX-License-Identifier: Apache-2.0
 * an_memory -- the architectural memories of a core in the one order in which they are loaded, digested and saved. */
#ifndef AN_MEMORY_H
#define AN_MEMORY_H
#include "an_driver.h"

#define AN_MEMORIES 6
#define AN_MEMORY_CHUNK 1024u /* words moved at once */

typedef struct an_memory {
    const char *name;
    uint32_t space; /* AN_BUS_* */
    uint32_t words; /* as many as the bus has of it in one core */
    int bytes;      /* of a word: 2 or 4 */
} an_memory_t;

/* k: 0..AN_MEMORIES-1: program, scalar, table, rate, state, synapse */
an_memory_t an_memory(const an_config_t *cfg, int k);
/* Word i of memory k of a core's image, as on the bus. */
uint32_t an_memory_image_word(const an_core_image_t *core, int k, uint32_t i);

#endif
