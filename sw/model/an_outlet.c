/* SPDX-License-Identifier: Apache-2.0 */
#include "an_outlet.h"
#include "an_core.h"

bool an_outlet_meets(const an_core_t *c, unsigned memory, uint32_t block, uint32_t nb) {
    const an_outlet_t *o = &c->outlet;
    return o->left > 0 && memory == o->memory && ((o->block - block) & an_mem_around(&c->mem, memory)) < nb;
}

void an_outlet_step(an_core_t *c, unsigned memory, uint32_t block, uint32_t lane, uint32_t live, uint64_t clock) {
    an_outlet_t *const o = &c->outlet;
    if (lane != o->lane || !an_outlet_meets(c, memory, block, 1))
        return;
    an_fifo_t *const to = c->out[o->port];
    const uint32_t width = c->mem.lanes / c->mem.vec_steps;
    int32_t word[AN_STREAM_WIDTH] = {0};
    for (uint32_t i = 0; i < live; i++) {
        word[i] = memory == AN_SRC_S ? *an_mem_state(&c->mem, block, lane + i) : *an_mem_rate(&c->mem, block, lane + i) * (1 << 12);
        an_trace_put(&c->trace, clock, AN_REC_N, i, o->port, word[i]);
    }
    an_stream_in(to)->step = c->since + clock + to->latency;
    (void)an_stream_put(to, word); /* there is room */
    o->left--;
    o->lane = lane + width < c->mem.lanes ? lane + width : 0;
    o->block += o->lane == 0;
}

void an_outlet_end(an_core_t *c, unsigned port) {
    if (port == c->outlet.port)
        c->outlet.left = 0;
}
