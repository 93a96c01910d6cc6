/* SPDX-License-Identifier: Apache-2.0
 * an_model -- the chip of docs/machine.md in C: every bit, every clock.
 * Integers only; allocates only in an_model_create; does no I/O; any number of instances in one process. */
#ifndef AN_MODEL_H
#define AN_MODEL_H
#include <stddef.h>
#include <stdint.h>
#include "an_err.h"
#include "an_spec.h"
#include "an_work.h"

typedef struct an_model an_model_t;

/* One architectural event (docs/machine.md section 7). The same struct comes from the Verilated chip. */
typedef struct an_record {
    uint64_t clock;  /* clock counter of the core */
    uint32_t addr;   /* block address (R, S, W), scalar index (K), port (N), pc (H), else 0 */
    int32_t value;   /* the word written; R and W sign-extended */
    uint8_t core, kind, lane; /* kind: AN_REC_*; lane 0 where there is none; of I and N the word of a step */
} an_record_t;

/* Called with n records in order; must not call back into the model. */
typedef void an_record_fn(void *ctx, const an_record_t *rec, size_t n);

/* Why an_model_run returned. */
typedef enum an_run {
    AN_RUN_DONE,    /* every started core has halted or stopped */
    AN_RUN_INPUT,   /* a core waits for the input stream, nothing else can go on */
    AN_RUN_OUTPUT,  /* a core waits for room in the output stream */
    AN_RUN_STALL,   /* a core waits for a neighbour that cannot go on */
    AN_RUN_LIMIT,   /* max_clocks used up */
    AN_RUN_FAULT    /* STATUS = fault */
} an_run_t;

/* The arithmetic path: all give the same bits. FAST uses the machine's vector unit where there is one. */
typedef enum an_path { AN_PATH_AUTO, AN_PATH_AVX2, AN_PATH_PORTABLE } an_path_t;

/* cfg is copied. Returns NULL if cfg is not legal (lanes not 1, 2, 4, 8; sizes) or memory is out. */
an_model_t *an_model_create(const an_config_t *cfg);
void an_model_destroy(an_model_t *m);
const an_config_t *an_model_config(const an_model_t *m);
void an_model_reset(an_model_t *m); /* as rst_n: registers; memories keep what they hold (create zeroes them) */
void an_model_set_path(an_model_t *m, an_path_t path);

/* Bus: 28-bit word addresses of docs/reference/registers.md. AN_ERR_REFUSED: no such word, or a memory of a running core. */
an_err_t an_model_read(an_model_t *m, uint32_t addr, uint32_t *value);
an_err_t an_model_write(an_model_t *m, uint32_t addr, uint32_t value);
/* The same for a run of consecutive addresses; stops at the first refused one. */
an_err_t an_model_read_block(an_model_t *m, uint32_t addr, uint32_t *value, size_t n);
an_err_t an_model_write_block(an_model_t *m, uint32_t addr, const uint32_t *value, size_t n);

/* Streams of the host. The model's own FIFOs are large (AN_MODEL_FIFO words), which no result depends on.
 * push: how many were taken. pop: how many came. */
#define AN_MODEL_FIFO 65536
size_t an_model_push(an_model_t *m, const int16_t *word, size_t n);
size_t an_model_pop(an_model_t *m, int32_t *word, size_t n);
size_t an_model_in_room(const an_model_t *m);
size_t an_model_out_level(const an_model_t *m);

/* Runs all started cores. max_clocks counts clocks of core 0 from now; 0 = no limit. Without a record function
 * the fast path runs. */
an_run_t an_model_run(an_model_t *m, uint64_t max_clocks);
void an_model_trace(an_model_t *m, an_record_fn *fn, void *ctx); /* NULL: no records */
/* What CLOCKS of a core is made of, cleared with it; core < cfg.cores. */
void an_model_work(const an_model_t *m, uint32_t core, uint64_t clocks[AN_WORKS]);
/* Clocks beside CLOCKS in which it waited for neighbours, cleared with it; all cores start together, and the host takes no time. */
uint64_t an_model_waits(const an_model_t *m, uint32_t core);

#endif
