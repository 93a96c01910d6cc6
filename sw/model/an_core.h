/* SPDX-License-Identifier: Apache-2.0
 * an_core -- one core: memories, registers, program. Runs by itself until it halts or a stream holds it. */
#ifndef AN_CORE_H
#define AN_CORE_H
#include "an_err.h"
#include "an_inlet.h"
#include "an_mem.h"
#include "an_outlet.h"
#include "an_pass.h"
#include "an_range.h"
#include "an_stream.h"
#include "an_trace.h"
#include "an_work.h"

/* CTRL */
#define AN_CTRL_START 1u
#define AN_CTRL_STOP 2u
#define AN_CTRL_CLEAR_COUNTERS 4u
#define AN_CTRL_CLEAR_RANGE 8u

typedef struct an_ring { uint32_t base, size, offset; } an_ring_t;
typedef struct an_loop { uint32_t turns; } an_loop_t; /* turns left after this one */

/* IN or OUT under way: what it has done when a stream makes it wait */
typedef struct an_io {
    bool busy;      /* begun, not finished; clocks stands at its next step */
    bool sat;       /* IN: a write saturated */
    uint32_t done;  /* steps */
} an_io_t;

typedef struct an_core {
    an_mem_t mem;
    an_range_t *range;          /* prog words */
    an_trace_t trace;
    an_fifo_t *in[3], *out[3];  /* by AN_PORT_x; NULL: nobody there */

    uint32_t state, stall, pc, entry, tick;
    uint64_t clocks, visits, stalls;
    uint64_t waits;             /* clocks it waited for neighbours, cleared as clocks are */
    uint64_t since;             /* the clock that all cores share, less clocks */
    uint64_t work[AN_WORKS];    /* clocks by what they were spent on */
    bool stop;                  /* CTRL.stop seen while an instruction waits */

    /* An instruction that was released and is still under way: clocks until it is done, 0: none; its word, its blocks (machine.md, Time). */
    uint32_t tail;
    uint64_t tail_word;
    uint32_t tail_nb;

    uint32_t n;                 /* POP */
    an_ring_t ring[2];          /* AN_SRC_S, AN_SRC_R */
    an_loop_t loop[AN_LOOP_DEPTH];
    uint32_t depth;
    uint64_t prj, key, par, row, lan; /* projection registers: the words themselves */
    an_io_t io;
    an_pass_t pass[3];          /* by AN_PORT_x that it takes from */
    an_inlet_t inlet;
    an_outlet_t outlet;
    bool passed;                /* a step went past, or came in by itself, since the chip last asked */

    /* of the fast path */
    struct an_fast_op *fast;    /* decoded program, prog words and one more */
    struct an_fast_swp *swp;    /* its sweeps, prog words / 5 */
    bool decoded;               /* fast is what prog holds */
    uint32_t lane_bits, nb;     /* log2 of the lanes; blocks of n */
} an_core_t;

AN_MUST_CHECK an_err_t an_core_create(an_core_t *c, const an_config_t *cfg, uint32_t number);
void an_core_destroy(an_core_t *c);
void an_core_reset(an_core_t *c);
void an_core_stop(an_core_t *c); /* between two instructions; what TAKE has not taken yet stays with the neighbour */

/* index: bus address bits 19..0 */
AN_MUST_CHECK an_err_t an_core_read(an_core_t *c, uint32_t space, uint32_t index, uint32_t *value);
AN_MUST_CHECK an_err_t an_core_write(an_core_t *c, uint32_t space, uint32_t index, uint32_t value);

/* clocks that a core with `ahead` takes more (machine.md, Time) */
static inline uint32_t an_core_ahead(const an_core_t *c) { return c->mem.features & AN_HAS_AHEAD ? AN_T_AHEAD : 0; }

/* What may not begin yet waits until nothing is under way. */
static inline void an_core_settle(an_core_t *c) {
    c->clocks += c->tail;
    c->work[AN_WORK_VECTOR] += c->tail;
    c->tail = 0;
}

/* So many clocks of instructions that may begin while another one is under way. */
static inline void an_core_meanwhile(an_core_t *c, uint32_t clocks) {
    c->clocks += clocks;
    c->tail = c->tail > clocks ? c->tail - clocks : 0;
}

/* The clock that all cores of a chip share. */
static inline uint64_t an_core_now(const an_core_t *c) { return c->since + c->clocks; }

/* The core stands still until that clock of all cores. */
static inline void an_core_wait(an_core_t *c, uint64_t moment) {
    const uint64_t now = an_core_now(c), clocks = moment > now ? moment - now : 0;
    c->since += clocks;
    c->waits += clocks;
    c->stalls += clocks;
}

/* The block address of an operand after its memory's ring window; memory AN_SRC_S or AN_SRC_R. */
static inline uint32_t an_core_ring(const an_core_t *c, unsigned memory, uint32_t addr) {
    const an_ring_t *r = &c->ring[memory];
    const uint32_t at = addr - r->base;
    if (at >= r->size)
        return addr;
    return r->base + (at + r->offset) % r->size;
}

#endif
