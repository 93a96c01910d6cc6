/* SPDX-License-Identifier: Apache-2.0
 * an_stream_host -- words into and out of a running program, and the finding that it waits for ever. */
#include "an_driver.h"
#include "an_mem.h"
#include "an_transport.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define MAX_CORES 15

typedef struct look { /* at all cores */
    an_status_t core[MAX_CORES];
    uint64_t clocks;  /* of all cores */
    bool all_ended;   /* halted, stopped or never started */
    bool all_wait;    /* every core that runs waits for a stream */
} look_t;

/* The word at pc, for a message; 0 if it cannot be read (the memory of a running core is not to be read). */
static uint64_t word_at(an_driver_t *d, uint32_t core, uint32_t pc) {
    uint32_t half[2] = { 0, 0 };
    size_t done = 0;
    char kept[sizeof d->port->message];
    memcpy(kept, d->port->message, sizeof kept);
    if (d->port->ops->read(d->port, an_addr_core(core, AN_BUS_PROGRAM, 2 * pc), half, 2, &done) != AN_OK) {
        memcpy(d->port->message, kept, sizeof kept); /* a failed look is not what the user has to hear of */
        return 0;
    }
    return (uint64_t)half[1] << 32 | half[0];
}

static const char *op_at(an_driver_t *d, uint32_t core, uint32_t pc, char *text, size_t size) {
    const uint64_t word = word_at(d, core, pc);
    const uint32_t code = AN_GET(word, OP);
    if (word == 0) snprintf(text, size, "instruction not readable");
    else if (code < an_n_ops) snprintf(text, size, "%s, 0x%016" PRIx64, an_ops[code].name, word);
    else snprintf(text, size, "no instruction, 0x%016" PRIx64, word);
    return text;
}

static an_err_t look_at(an_driver_t *d, look_t *l) {
    *l = (look_t){ .all_ended = true, .all_wait = true };
    for (uint32_t c = 0; c < d->cfg.cores; c++) {
        an_counters_t n;
        an_err_t e = an_driver_status(d, c, &l->core[c]);
        if (e == AN_OK) e = an_driver_counters(d, c, &n);
        if (e != AN_OK) return e;
        l->clocks += n.clocks;
        if (l->core[c].state == AN_ST_RUNNING) {
            l->all_ended = false;
            if (l->core[c].stall == AN_STALL_NONE) l->all_wait = false;
        }
    }
    return AN_OK;
}

static an_err_t fault_of(an_driver_t *d, const look_t *l) {
    char text[64];
    for (uint32_t c = 0; c < d->cfg.cores; c++)
        if (l->core[c].state == AN_ST_FAULT)
            return an_port_fail(d->port, AN_ERR_FAULT, "%s: core %" PRIu32 " stopped with a fault at pc %" PRIu32 " (%s)", d->port->name, c,
                                l->core[c].pc, op_at(d, c, l->core[c].pc, text, sizeof text));
    return AN_OK;
}

/* What a waiting core does; its program cannot be read while it runs. */
static const char *wait_of(const an_config_t *cfg, uint32_t core, uint32_t stall, char *text, size_t size) {
    switch (stall) {
    case AN_STALL_INPUT: snprintf(text, size, "in from the host"); break;
    case AN_STALL_OUTPUT: snprintf(text, size, "out to the host"); break;
    case AN_STALL_RECV_UP: snprintf(text, size, "in from core %" PRIu32, an_mem_above(cfg, core)); break;
    case AN_STALL_RECV_DOWN: snprintf(text, size, "in from core %" PRIu32, an_mem_below(cfg, core)); break;
    case AN_STALL_SEND_UP: snprintf(text, size, "out to core %" PRIu32, an_mem_above(cfg, core)); break;
    case AN_STALL_SEND_DOWN: snprintf(text, size, "out to core %" PRIu32, an_mem_below(cfg, core)); break;
    default: snprintf(text, size, "?");
    }
    return text;
}

/* The other cores that wait, for the end of a message. */
static void others(const an_driver_t *d, const look_t *l, uint32_t core, char *text, size_t size) {
    size_t n = 0;
    text[0] = 0;
    for (uint32_t c = 0; c < d->cfg.cores && n < size; c++) {
        char what[32];
        const an_status_t *s = &l->core[c];
        if (c == core || s->state != AN_ST_RUNNING) continue;
        const int k = snprintf(text + n, size - n, "; core %" PRIu32 " waits at pc %" PRIu32 " (%s)", c, s->pc, wait_of(&d->cfg, c, s->stall, what, sizeof what));
        n += k > 0 ? (size_t)k : 0;
    }
}

/* Names the core that waits for the host, else the first that waits; then the others. */
static an_err_t stall_of(an_driver_t *d, const look_t *l, size_t gave, size_t n_in, size_t got, size_t n_out) {
    uint32_t core = d->cfg.cores;
    for (uint32_t c = d->cfg.cores; c-- > 0;)
        if (l->core[c].state == AN_ST_RUNNING) core = c;
    for (uint32_t c = 0; c < d->cfg.cores; c++)
        if (l->core[c].stall == AN_STALL_INPUT || l->core[c].stall == AN_STALL_OUTPUT) core = c;
    if (core == d->cfg.cores) { /* none runs */
        const an_status_t *s = &l->core[d->cfg.cores - 1];
        const char *state = an_state_name(s->state);
        return an_port_fail(d->port, AN_ERR_STALL, "%s: the program ended (core %" PRIu32 ": %s at pc %" PRIu32 ") with %zu of %zu inputs taken and %zu of %zu "
                            "outputs given", d->port->name, d->cfg.cores - 1, state != NULL ? state : "?", s->pc, gave, n_in, got, n_out);
    }
    char text[32], more[256];
    const an_status_t *s = &l->core[core];
    const char *stall = an_stall_name(s->stall);
    others(d, l, core, more, sizeof more);
    return an_port_fail(d->port, AN_ERR_STALL, "%s: core %" PRIu32 " waits for ever at pc %" PRIu32 " (%s): %s; %zu of %zu inputs given, %zu of %zu outputs taken%s",
                        d->port->name, core, s->pc, wait_of(&d->cfg, core, s->stall, text, sizeof text), stall != NULL ? stall : "?", gave, n_in, got, n_out, more);
}

typedef struct flow {
    const int16_t *in;
    int32_t *out;
    size_t n_in, n_out, gave, got;
} flow_t;

static an_err_t move(an_driver_t *d, flow_t *f, bool *moved) {
    size_t n = 0, m = 0;
    an_err_t e = AN_OK;
    if (f->gave < f->n_in) e = d->port->ops->push(d->port, f->in + f->gave, f->n_in - f->gave, &n);
    f->gave += n;
    if (e == AN_OK) e = d->port->ops->run(d->port, 0);
    if (e == AN_OK && f->got < f->n_out) e = d->port->ops->pop(d->port, f->out + f->got, f->n_out - f->got, &m);
    f->got += m;
    *moved = n > 0 || m > 0;
    return e;
}

static an_err_t stream(an_driver_t *d, flow_t *f, bool until_halt) {
    int64_t moved_ms = an_now_ms();
    look_t before = { 0 };
    bool looked = false; /* before is the look of the last turn, in which nothing moved */
    for (;;) {
        bool moved = false;
        an_err_t e = move(d, f, &moved);
        if (e != AN_OK) return e;
        const bool all_moved = f->gave == f->n_in && f->got == f->n_out;
        if (all_moved && !until_halt) return AN_OK;
        if (moved) {
            moved_ms = an_now_ms();
            looked = false;
            if (!all_moved) continue;
        }
        look_t now;
        e = look_at(d, &now);
        if (e == AN_OK) e = fault_of(d, &now);
        if (e != AN_OK) return e;
        if (all_moved && now.all_ended) return AN_OK;
        /* Nothing moved, and no core has run a clock since the last look: nothing ever will. */
        if (looked && !moved && now.all_wait && before.all_wait && now.clocks == before.clocks)
            return stall_of(d, &now, f->gave, f->n_in, f->got, f->n_out);
        if (!now.all_wait && an_now_ms() - moved_ms > d->wait_ms)
            return an_port_fail(d->port, AN_ERR_TIMEOUT, "%s: no word moved for %d ms, core 0 at pc %" PRIu32, d->port->name, d->wait_ms,
                                now.core[0].pc);
        before = now;
        looked = !moved;
    }
}

an_err_t an_driver_stream(an_driver_t *d, const int16_t *in, size_t n_in, int32_t *out, size_t n_out, bool until_halt, size_t *gave, size_t *got) {
    flow_t f = { .in = in, .out = out, .n_in = n_in, .n_out = n_out };
    an_err_t e = stream(d, &f, until_halt);
    an_counters_t now; /* looked at once a stream: 2^32 clocks are 3 minutes at 24 MHz */
    for (uint32_t c = 0; c < d->cfg.cores && e == AN_OK; c++) e = an_driver_counters(d, c, &now);
    if (gave != NULL) *gave = f.gave;
    if (got != NULL) *got = f.got;
    return e;
}
