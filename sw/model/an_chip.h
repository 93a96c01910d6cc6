/* SPDX-License-Identifier: Apache-2.0
 * an_chip -- a chain or ring of cores, the host's streams and the chip's registers (docs/machine.md section 9). */
#ifndef AN_CHIP_H
#define AN_CHIP_H
#include "an_fast.h"
#include "an_model.h"

#define AN_CHIP_CORES 15  /* bus addresses have room for 15 */

typedef struct an_chip {
    an_config_t cfg;
    an_core_t *core;                /* cfg.cores */
    an_fifo_t input, output;        /* of the host */
    an_fifo_t up[AN_CHIP_CORES], down[AN_CHIP_CORES]; /* [c]: what core c gets from the core below it, above it */
    int32_t *link_word;        /* of both ways between all neighbours */
    an_moment_t *link_moment;
    uint32_t in_core, out_core;
    an_fast_t fast;
} an_chip_t;

AN_MUST_CHECK an_err_t an_chip_create(an_chip_t *chip, const an_config_t *cfg);
void an_chip_destroy(an_chip_t *chip);
void an_chip_reset(an_chip_t *chip);
AN_MUST_CHECK an_err_t an_chip_read(an_chip_t *chip, uint32_t addr, uint32_t *value);
AN_MUST_CHECK an_err_t an_chip_write(an_chip_t *chip, uint32_t addr, uint32_t value);
void an_chip_set_path(an_chip_t *chip, an_path_t path);
an_run_t an_chip_run(an_chip_t *chip, uint64_t max_clocks);

#endif
