/* SPDX-License-Identifier: Apache-2.0 */
#include "an_seq.h"
#include "an_serial.h"
#include "an_sweep.h"

static void stop(an_core_t *c, uint32_t state) {
    c->state = state;
    c->clocks++;
}

/* The next instruction: one clock for the simple ones, the others have moved clocks on themselves. */
static void next(an_core_t *c, uint32_t clocks) {
    c->clocks += clocks;
    c->pc = an_mem_pc(&c->mem, c->pc + 1u);
}

static void meanwhile(an_core_t *c) {
    an_core_meanwhile(c, 1);
    next(c, 0);
}

static void loop(an_core_t *c, uint64_t word) {
    if (c->depth == AN_LOOP_DEPTH) {
        stop(c, AN_ST_FAULT);
        return;
    }
    const uint32_t count = AN_GET(word, LOOP_COUNT);
    const bool from_scalar = AN_GET(word, LOOP_FROMK);
    const uint32_t turns = from_scalar ? (uint32_t)*an_mem_scalar(&c->mem, count & 0xFFu) & AN_GET(~0ull, LOOP_COUNT) : count;
    c->loop[c->depth++].turns = turns > 0 ? turns - 1u : 0;
    next(c, from_scalar ? AN_T_LOOP_K + an_core_ahead(c) : 1);
}

static void end(an_core_t *c, uint64_t word) {
    if (c->depth == 0) {
        stop(c, AN_ST_FAULT);
        return;
    }
    an_loop_t *l = &c->loop[c->depth - 1u];
    if (l->turns == 0) {
        c->depth--;
        next(c, 1);
        return;
    }
    l->turns--;
    c->clocks += AN_T_END_TAKEN + an_core_ahead(c);
    c->pc = an_mem_pc(&c->mem, AN_GET(word, END_TARGET));
}

static void ring(an_core_t *c, uint64_t word) {
    an_ring_t *r = &c->ring[AN_GET(word, RING_MEM) ? AN_SRC_R : AN_SRC_S];
    if (!AN_GET(word, RING_ROT)) {
        r->base = AN_GET(word, RING_BASE);
        r->size = AN_GET(word, RING_SIZE);
        r->offset = 0;
    } else if (r->size > 0) {
        r->offset = (r->offset + r->size - AN_GET(word, RING_STEP) % r->size) % r->size;
    }
    next(c, 1);
}

static void tick(an_core_t *c) {
    an_trace_put(&c->trace, c->clocks, AN_REC_T, 0, 0, (int32_t)c->tick);
    c->tick++;
    next(c, 1);
}

static void sweep(an_core_t *c, uint64_t word) {
    if (AN_GET(word, SWP_LEARN) && AN_GET(word, SWP_OVERV)) {
        stop(c, AN_ST_FAULT);
        return;
    }
    const an_sweep_t s = an_sweep_decode(c, word);
    an_sweep_run(c, &s);
    next(c, 0);
}

/* false: the instruction waits for a stream */
static bool vector(an_core_t *c, uint64_t word) {
    const an_vec_t v = an_vec_decode(c, word);
    bool done = true;
    switch (v.op) {
    case AN_OP_IN: done = an_serial_in(c, &v); break;
    case AN_OP_OUT: done = an_serial_out(c, &v); break;
    case AN_OP_PASS:
    case AN_OP_TAKE: done = an_serial_pass(c, &v); break;
    case AN_OP_GIVE: done = an_serial_give(c, &v); break;
    case AN_OP_SUM: an_serial_sum(c, &v); break;
    case AN_OP_AMAX: an_serial_max(c, &v); break;
    case AN_OP_RECIP:
    case AN_OP_SQRT: an_serial_bits(c, &v); break;
    case AN_OP_DOT: an_vec_dot(c, &v); break;
    case AN_OP_TAB: an_vec_table(c, &v); break;
    default: an_vec_run(c, &v); break;
    }
    if (done)
        next(c, 0);
    return done;
}

uint32_t an_seq_needs(uint64_t word) {
    switch (AN_GET(word, OP)) {
    case AN_OP_RING: return AN_HAS_RING;
    case AN_OP_PRJ: return AN_GET(word, PRJ_PAIR) ? AN_HAS_PAIRS : 0;
    case AN_OP_KEY: return AN_GET(word, KEY_BLOCK) ? AN_HAS_SPLIT : 0;
    case AN_OP_PAR: return AN_HAS_PAIRS;
    case AN_OP_SWP: return AN_GET(word, SWP_RAW) ? AN_HAS_SPLIT : 0;
    case AN_OP_RECIP:
    case AN_OP_SQRT: return AN_HAS_RECIP;
    case AN_OP_SUM:
    case AN_OP_DOT: return AN_HAS_SUMS;
    case AN_OP_PASS: return AN_HAS_PASS;
    case AN_OP_TAKE: return AN_HAS_TAKE;
    case AN_OP_GIVE: return AN_HAS_GIVE;
    default: return 0;
    }
}

bool an_seq_sets(const an_core_t *c, uint64_t word) {
    const unsigned op = AN_GET(word, OP);
    return (op == AN_OP_POP || (op >= AN_OP_PRJ && op <= AN_OP_LAN)) && !an_seq_faults(c, word);
}

bool an_seq_passes(uint64_t word) {
    const unsigned op = AN_GET(word, OP), dsp = AN_GET(word, VEC_DSP);
    const bool one_memory = (op == AN_OP_TAKE || op == AN_OP_GIVE) && (dsp == AN_SPC_S || dsp == AN_SPC_R);
    return (op == AN_OP_PASS || one_memory) && an_port_of(word) != AN_PORT_HOST;
}

bool an_seq_holds(an_core_t *c, uint64_t word) {
    if (!an_seq_closes(c, word))
        return false;
    if (!an_inlet_full(c)) {
        c->stall = c->inlet.port == AN_PORT_UP ? AN_STALL_RECV_UP : AN_STALL_RECV_DOWN;
        return true;
    }
    an_inlet_wait(c);
    c->stall = AN_STALL_NONE;
    return false;
}

bool an_seq_step(an_core_t *c) {
    const uint64_t word = c->mem.prog[c->pc];
    if (an_seq_faults(c, word)) {
        stop(c, AN_ST_FAULT);
        return true;
    }
    switch (AN_GET(word, OP)) {
    case AN_OP_HALT:
        an_trace_put(&c->trace, c->clocks, AN_REC_H, 0, c->pc, 0);
        stop(c, AN_ST_HALTED);
        return true;
    case AN_OP_TICK: tick(c); return true;
    case AN_OP_LOOP: loop(c, word); return true;
    case AN_OP_END: end(c, word); return true;
    case AN_OP_POP: c->n = AN_GET(word, POP_N) ? AN_GET(word, POP_N) : 1; meanwhile(c); return true;
    case AN_OP_RING: ring(c, word); return true;
    case AN_OP_PRJ: c->prj = word; meanwhile(c); return true;
    case AN_OP_KEY: c->key = word; meanwhile(c); return true;
    case AN_OP_PAR: c->par = word; meanwhile(c); return true;
    case AN_OP_ROW: c->row = an_sweep_row(c, word); an_inlet_row(c); meanwhile(c); return true;
    case AN_OP_LAN: c->lan = an_sweep_row(c, word); an_inlet_lan(c); meanwhile(c); return true;
    case AN_OP_SWP: sweep(c, word); return true;
    default: break;
    }
    if (AN_GET(word, OP) >= AN_OP_IN && AN_GET(word, OP) <= AN_OP_AMAX)
        return vector(c, word);
    if (an_seq_passes(word))
        return vector(c, word);
    stop(c, AN_ST_FAULT);
    return true;
}

bool an_seq_run(an_core_t *c, uint64_t limit) {
    bool acted = false;
    while (c->state == AN_ST_RUNNING && c->clocks < limit) {
        if (c->stop && !c->io.busy) {
            an_core_stop(c);
            c->stop = false;
            break;
        }
        an_seq_settle(c);
        if (an_seq_holds(c, c->mem.prog[c->pc])) {
            an_trace_until(&c->trace, c->clocks);
            break;
        }
        const uint32_t done = c->io.done;
        const uint64_t since = c->clocks;
        uint64_t *work = &c->work[an_work_of(c->mem.prog[c->pc])];
        const bool finished = an_seq_step(c);
        *work += c->clocks - since;
        acted |= finished || c->io.done != done;
        if (!finished)
            break;
        an_trace_until(&c->trace, c->clocks);
    }
    if (c->state != AN_ST_RUNNING)
        an_trace_until(&c->trace, UINT64_MAX);
    return acted;
}
