/* SPDX-License-Identifier: Apache-2.0 */
#include "an_pass.h"
#include "an_core.h"

unsigned an_pass_other(unsigned port) { return port == AN_PORT_UP ? AN_PORT_DOWN : port == AN_PORT_DOWN ? AN_PORT_UP : AN_PORT_HOST; }

static uint64_t latest(uint64_t a, uint64_t b, uint64_t c) {
    const uint64_t later = a > b ? a : b;
    return later > c ? later : c;
}

static void go(an_core_t *c, unsigned port) {
    an_pass_t *const p = &c->pass[port];
    an_fifo_t *const from = c->in[port], *const to = c->out[an_pass_other(port)];
    while (p->left > 0 && from != NULL && to != NULL && an_stream_level(from) > 0 && an_stream_room(to) > 0) {
        int32_t word[AN_STREAM_WIDTH];
        const uint64_t at = latest(p->next, an_stream_out(from)->step, an_stream_in(to)->room);
        an_stream_out(from)->room = p->next = at + 1u;
        an_stream_in(to)->step = at + to->latency;
        c->passed = an_stream_get(from, word) && an_stream_put(to, word);
        p->left--;
    }
}

void an_pass_go(an_core_t *c) {
    go(c, AN_PORT_UP);
    go(c, AN_PORT_DOWN);
}
