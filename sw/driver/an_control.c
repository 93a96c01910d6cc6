/* SPDX-License-Identifier: Apache-2.0
 * an_control -- start, stop, status and counters of the cores. */
#include "an_driver.h"
#include "an_transport.h"
#include <inttypes.h>
#include <string.h>

#define CTRL_START 1u
#define CTRL_STOP 2u
#define CTRL_CLEAR 12u
#define STOP_MS 5000 /* the longest instruction, 2048 x 2048 pair synapses on one lane at 24 MHz, takes 0.35 s */
#define SPILL 256    /* output words thrown away at once by a stop */

an_err_t an_driver_status(an_driver_t *d, uint32_t core, an_status_t *s) {
    uint32_t word = 0;
    const an_err_t e = an_driver_read(d, core, AN_BUS_REGS, AN_REG_CORE_STATUS, &word, 1);
    *s = (an_status_t){ .state = word & 15u, .stall = (word >> 4) & 15u, .pc = word >> 16 };
    return e;
}

static an_err_t control(an_driver_t *d, uint32_t core, uint32_t bits) {
    return an_driver_write(d, core, AN_BUS_REGS, AN_REG_CORE_CTRL, &bits, 1);
}

an_err_t an_driver_start(an_driver_t *d, const uint32_t *pc) {
    an_err_t e = AN_OK;
    for (uint32_t c = 0; c < d->cfg.cores && e == AN_OK; c++) e = an_driver_write(d, c, AN_BUS_REGS, AN_REG_CORE_ENTRY, &pc[c], 1);
    for (uint32_t c = d->cfg.cores; c-- > 0 && e == AN_OK;) e = control(d, c, CTRL_START);
    return e;
}

an_err_t an_driver_clear(an_driver_t *d) {
    an_err_t e = AN_OK;
    for (uint32_t c = 0; c < d->cfg.cores && e == AN_OK; c++) e = control(d, c, CTRL_CLEAR);
    if (e == AN_OK) memset(d->seen, 0, sizeof d->seen);
    return e;
}

/* A core that waits for a stream stops only when that wait ends: zeros go in, one at a time so that none is left over, and words are
 * thrown away until it does. */
static an_err_t unblock(an_driver_t *d, uint32_t stall) {
    const int16_t zero = 0;
    int32_t spill[SPILL];
    size_t n = 0;
    if (stall == AN_STALL_INPUT) return d->port->ops->push(d->port, &zero, 1, &n);
    if (stall == AN_STALL_OUTPUT) return d->port->ops->pop(d->port, spill, SPILL, &n);
    return AN_OK;
}

/* Feeds what waits for the host until no core runs or the time is over; running: one that does, else cfg.cores. */
static an_err_t wind_down(an_driver_t *d, int64_t until_ms, uint32_t *running, an_status_t *last) {
    an_err_t e = AN_OK;
    do {
        *running = d->cfg.cores;
        e = d->port->ops->run(d->port, 0);
        for (uint32_t c = 0; c < d->cfg.cores && e == AN_OK; c++) {
            an_status_t s;
            e = an_driver_status(d, c, &s);
            if (e != AN_OK || s.state != AN_ST_RUNNING) continue;
            *running = c;
            *last = s;
            e = unblock(d, s.stall);
        }
    } while (e == AN_OK && *running < d->cfg.cores && an_now_ms() < until_ms);
    return e;
}

static an_err_t stop_all(an_driver_t *d) {
    an_err_t e = AN_OK;
    for (uint32_t c = 0; c < d->cfg.cores && e == AN_OK; c++) {
        an_status_t s;
        e = an_driver_status(d, c, &s);
        if (e == AN_OK && s.state == AN_ST_RUNNING) e = control(d, c, CTRL_STOP);
    }
    return e;
}

/* A core that waits for a neighbour that has stopped never stops: several cores go on to their end first. */
an_err_t an_driver_stop(an_driver_t *d) {
    uint32_t running = d->cfg.cores;
    an_status_t last = { 0 };
    an_err_t e = d->cfg.cores > 1 ? wind_down(d, an_now_ms() + STOP_MS, &running, &last) : AN_OK;
    if (e == AN_OK) e = stop_all(d);
    if (e == AN_OK) e = wind_down(d, an_now_ms() + STOP_MS, &running, &last);
    if (e == AN_OK && running < d->cfg.cores) {
        const char *stall = an_stall_name(last.stall);
        return an_port_fail(d->port, AN_ERR_TIMEOUT, "%s: core %" PRIu32 " does not stop (pc %" PRIu32 ", waits for: %s); reset the chip",
                            d->port->name, running, last.pc, stall != NULL ? stall : "?");
    }
    return e;
}

/* The chip's counters have 32 bits: what they moved by since the last look is added up. */
an_err_t an_driver_counters(an_driver_t *d, uint32_t core, an_counters_t *out) {
    uint32_t now[3] = { 0 };
    an_seen_t *seen = &d->seen[core];
    _Static_assert(AN_REG_CORE_VISITS == AN_REG_CORE_CLOCKS + 1 && AN_REG_CORE_STALLS == AN_REG_CORE_CLOCKS + 2, "one run of registers");
    const an_err_t e = an_driver_read(d, core, AN_BUS_REGS, AN_REG_CORE_CLOCKS, now, 3);
    for (int i = 0; e == AN_OK && i < 3; i++) {
        seen->sum[i] += now[i] - seen->last[i];
        seen->last[i] = now[i];
    }
    *out = (an_counters_t){ .clocks = seen->sum[0], .visits = seen->sum[1], .stalls = seen->sum[2] };
    return e;
}
