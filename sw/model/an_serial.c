/* SPDX-License-Identifier: Apache-2.0 */
#include "an_serial.h"
#include "an_num.h"
#include "an_recip.h"

static const uint8_t recv_stall[3] = {AN_STALL_INPUT, AN_STALL_RECV_UP, AN_STALL_RECV_DOWN};
static const uint8_t send_stall[3] = {AN_STALL_OUTPUT, AN_STALL_SEND_UP, AN_STALL_SEND_DOWN};

/* The model's host takes no time: a wait counts once, not by the clock. */
static bool wait(an_core_t *c, unsigned port, uint32_t cause) {
    c->stalls += port == AN_PORT_HOST && c->stall == AN_STALL_NONE;
    c->stall = cause;
    return false;
}

/* The core has the ports of that passing again. false: not yet */
static bool passed(an_core_t *c, unsigned from) {
    an_pass_go(c);
    if (c->pass[from].left > 0)
        return false;
    an_core_wait(c, c->pass[from].next);
    return true;
}

/* One step, and both ends' clocks. false: nothing there; no room; what passes is not past */
static bool take(an_core_t *c, unsigned port, int32_t *word) {
    an_fifo_t *const from = c->in[port];
    if (!passed(c, port) || from == NULL || an_stream_level(from) == 0)
        return false;
    if (from->moment != NULL) {
        an_core_wait(c, an_stream_out(from)->step);
        an_stream_out(from)->room = an_core_now(c) + 1u;
    }
    return an_stream_get(from, word);
}

static bool give(an_core_t *c, unsigned port, const int32_t *word) {
    an_fifo_t *const to = c->out[port];
    if (!passed(c, an_pass_other(port)) || to == NULL || an_stream_room(to) == 0)
        return false;
    if (to->moment != NULL) {
        an_core_wait(c, an_stream_in(to)->room);
        an_stream_in(to)->step = an_core_now(c) + to->latency;
    }
    return an_stream_put(to, word);
}

/* Words of a step, and steps of an instruction. */
typedef struct steps { uint32_t width, n; } steps_t;

static steps_t steps_of(const an_core_t *c, const an_vec_t *v, unsigned port) {
    const uint32_t units = c->mem.lanes / c->mem.vec_steps;
    if (port == AN_PORT_HOST || units == 1)
        return (steps_t){.width = 1, .n = v->n};
    return (steps_t){.width = units, .n = an_vec_single(v) ? 1 : v->nb * c->mem.vec_steps};
}

static void finish(an_core_t *c) {
    c->stall = AN_STALL_NONE;
    c->io.busy = c->io.sat = false;
    c->io.done = 0;
}

/* s16f12 of the host goes to R as it is, though it passes the same s32f24 way: rhu(x << 12) = x */
static int32_t received(unsigned port, int32_t word) { return port == AN_PORT_HOST ? word * (1 << 12) : word; }

bool an_serial_in(an_core_t *c, const an_vec_t *v) {
    const unsigned port = an_port_of(v->word);
    const steps_t steps = steps_of(c, v, port);
    const uint32_t lanes = c->mem.lanes;
    if (!c->io.busy) {
        c->io.busy = true;
        c->clocks++;
    }
    while (c->io.done < steps.n) {
        int32_t word[AN_STREAM_WIDTH];
        if (!take(c, port, word)) {
            an_trace_until(&c->trace, c->clocks);
            return wait(c, port, recv_stall[port]);
        }
        c->stall = AN_STALL_NONE;
        const uint32_t first = c->io.done * steps.width;
        for (uint32_t i = first; i < first + steps.width && i < v->n; i++) {
            an_trace_put(&c->trace, c->clocks, AN_REC_I, i - first, 0, word[i - first]);
            an_vec_write(c, v, i / lanes, i % lanes, received(port, word[i - first]), c->clocks + AN_T_IN_LATENCY, &c->io.sat);
        }
        an_trace_until(&c->trace, c->clocks++);
        c->io.done++;
    }
    c->clocks += AN_T_IN_LATENCY;
    an_trace_until(&c->trace, c->clocks);
    an_vec_range(c, c->io.sat, false);
    finish(c);
    return true;
}

bool an_serial_out(an_core_t *c, const an_vec_t *v) {
    const unsigned port = an_port_of(v->word);
    const steps_t steps = steps_of(c, v, port);
    const uint32_t lanes = c->mem.lanes;
    const bool host = port == AN_PORT_HOST, plain_rate = v->asp == AN_SRC_R && host;
    if (!c->io.busy) {
        c->io.busy = true;
        an_outlet_end(c, port);
        c->clocks += 1u + v->nk + AN_T_OUT_LATENCY + an_core_ahead(c);
    }
    while (c->io.done < steps.n) {
        const uint32_t first = c->io.done * steps.width;
        int32_t word[AN_STREAM_WIDTH];
        for (uint32_t i = first; i < first + steps.width; i++) /* those at or beyond n too: what stands there */
            word[i - first] = plain_rate ? *an_mem_rate(&c->mem, v->a + i / lanes, i % lanes) : an_vec_operand(c, v->asp, v->a, i / lanes, i % lanes);
        if (!give(c, port, word)) {
            an_trace_until(&c->trace, c->clocks);
            return wait(c, port, send_stall[port]);
        }
        c->stall = AN_STALL_NONE;
        for (uint32_t i = first; i < first + steps.width && i < v->n; i++)
            an_trace_put(&c->trace, c->clocks, host ? AN_REC_O : AN_REC_N, i - first, host ? 0 : port, word[i - first]);
        an_trace_until(&c->trace, ++c->clocks);
        c->io.done++;
    }
    finish(c);
    return true;
}

/* PASS, TAKE: something begins to go by itself. */
bool an_serial_pass(an_core_t *c, const an_vec_t *v) {
    const unsigned port = an_port_of(v->word);
    if (!c->io.busy) {
        c->io.busy = true;
        if (v->op == AN_OP_PASS)
            an_outlet_end(c, an_pass_other(port));
        c->clocks++;
    }
    if (!passed(c, port)) {
        an_trace_until(&c->trace, c->clocks);
        return wait(c, port, recv_stall[port]);
    }
    const uint32_t steps = steps_of(c, v, port).n;
    const uint64_t first = an_core_now(c) + 1u;
    if (v->op == AN_OP_PASS)
        c->pass[port] = (an_pass_t){.left = steps, .next = first};
    else
        an_inlet_set(c, port, v->dsp == AN_SPC_S, v->dsp == AN_SPC_S ? v->d : v->d_rate, v->n, steps, first);
    c->clocks += AN_T_PASS - 1u;
    an_trace_until(&c->trace, c->clocks);
    finish(c);
    return true;
}

/* GIVE: room for all its steps is known a clock after an OUT of the last one would find it. */
bool an_serial_give(an_core_t *c, const an_vec_t *v) {
    const unsigned port = an_port_of(v->word);
    const uint32_t steps = steps_of(c, v, port).n;
    an_fifo_t *const to = c->out[port];
    if (!c->io.busy) {
        c->io.busy = true;
        c->outlet.left = 0;
        c->clocks++;
    }
    if (!passed(c, an_pass_other(port)) || to == NULL || an_stream_room(to) < steps) {
        an_trace_until(&c->trace, c->clocks);
        return wait(c, port, send_stall[port]);
    }
    const uint64_t past = c->pass[an_pass_other(port)].next, room = an_stream_place(to, steps - 1u)->room;
    an_core_wait(c, (past > room ? past : room) + 1u);
    c->outlet = (an_outlet_t){.left = steps, .port = port, .memory = v->dsp == AN_SPC_S ? AN_SRC_S : AN_SRC_R, .block = v->dsp == AN_SPC_S ? v->d : v->d_rate};
    c->clocks += AN_T_PASS - 1u;
    an_trace_until(&c->trace, c->clocks);
    finish(c);
    return true;
}

void an_serial_sum(an_core_t *c, const an_vec_t *v) {
    int64_t sum = 0;
    bool sat = false;
    for (uint32_t i = 0; i < v->n; i++)
        sum += an_vec_operand(c, v->asp, v->a, i / c->mem.lanes, i % c->mem.lanes);
    an_vec_reduced(c, v, an_vec_reduce(sum, v->sh, &sat));
    an_vec_range(c, sat, false);
}

void an_serial_max(an_core_t *c, const an_vec_t *v) {
    int32_t best = INT32_MIN;
    uint32_t at = 0;
    for (uint32_t i = 0; i < v->n; i++) {
        const int32_t a = an_vec_operand(c, v->asp, v->a, i / c->mem.lanes, i % c->mem.lanes);
        if (a > best) {
            best = a;
            at = i;
        }
    }
    an_vec_reduced(c, v, v->neg ? (int32_t)at : best);
}

void an_serial_bits(an_core_t *c, const an_vec_t *v) {
    const bool recip = v->op == AN_OP_RECIP;
    const uint32_t steps = recip ? an_recip_steps(v->sh) : an_sqrt_steps();
    bool sat = false;
    c->clocks += 1u + v->nk;
    for (uint32_t i = 0; i < v->n; i++) {
        const uint32_t block = i / c->mem.lanes, lane = i % c->mem.lanes;
        const int32_t a = an_vec_operand(c, v->asp, v->a, block, lane);
        c->clocks += AN_T_BITS_LATENCY + an_core_ahead(c) + steps;
        an_vec_write(c, v, block, lane, recip ? an_recip(a, v->sh, &sat) : an_sqrt(a), c->clocks, &sat);
        an_trace_until(&c->trace, ++c->clocks);
    }
    an_vec_range(c, sat, false);
}
