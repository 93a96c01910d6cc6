/* SPDX-License-Identifier: Apache-2.0
 * rig -- a model under test and a program that grows word by word. Failures of the rig fail the test. */
#ifndef RIG_H
#define RIG_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "an_model.h"

typedef struct rig {
    an_model_t *m;
    an_config_t cfg;
    uint32_t pc;            /* next free program word of core 0 */
    an_record_t rec[4096];
    size_t n_rec;
} rig_t;

/* the named configuration with other lanes (0: its own) */
void rig_open(rig_t *r, const char *config, uint32_t lanes);
void rig_close(rig_t *r);

/* all on core 0 */
void rig_emit(rig_t *r, uint64_t word);
void rig_put(rig_t *r, uint32_t space, uint32_t index, int32_t value);
int32_t rig_get(rig_t *r, uint32_t space, uint32_t index);
uint32_t rig_reg(rig_t *r, uint32_t reg);
uint64_t rig_clocks(rig_t *r);
uint64_t rig_visits(rig_t *r);
void rig_start(rig_t *r);       /* clears counters and range records, starts at ENTRY */
void rig_run(rig_t *r);         /* HALT behind the program, start, run to the end */
void rig_trace(rig_t *r);       /* records into rec from now on */
/* count of saturations of a pc; clipped operands in bit 31 */
uint32_t rig_range(rig_t *r, uint32_t pc);

/* a vector instruction; operands as space and address */
typedef struct rig_vec {
    unsigned op, dsp, d, asp, a, bsp, b, csp, c;
    int sh;
    unsigned neg, post;
} rig_vec_t;
uint64_t rig_vec(const rig_vec_t *v);
uint64_t rig_pop(uint32_t n);
uint64_t rig_op(unsigned op);

/* a deterministic random number, and one of the given width whose size is spread over all magnitudes */
uint64_t rig_draw(uint64_t *rng);
int32_t rig_value(uint64_t *rng, unsigned bits);

#endif
