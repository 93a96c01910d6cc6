/* SPDX-License-Identifier: Apache-2.0 */
#include "an_inlet.h"
#include "an_seq.h"

void an_inlet_set(an_core_t *c, unsigned port, bool to_state, uint32_t d, uint32_t n, uint32_t steps, uint64_t first) {
    c->inlet = (an_inlet_t){.open = true, .to_state = to_state, .port = port, .d = d, .n = n, .steps = steps, .next = first,
                            .row = {true, true}, .lan = {true, true}};
}

/* the words of the next step that count; a rate is the word's middle, as OUT has given it */
static void put(an_core_t *c, const int32_t *word, uint32_t width) {
    const an_inlet_t *t = &c->inlet;
    const uint32_t lanes = c->mem.lanes, first = t->done * width;
    for (uint32_t i = first; i < first + width && i < t->n; i++) {
        if (t->to_state)
            *an_mem_state(&c->mem, t->d + i / lanes, i % lanes) = word[i - first];
        else
            *an_mem_rate(&c->mem, t->d + i / lanes, i % lanes) = (int16_t)(word[i - first] >> 12);
    }
}

void an_inlet_go(an_core_t *c) {
    an_inlet_t *const t = &c->inlet;
    an_fifo_t *const from = c->in[t->port];
    while (t->open && t->done < t->steps && from != NULL && an_stream_level(from) > 0) {
        int32_t word[AN_STREAM_WIDTH];
        an_moment_t *const moment = an_stream_out(from);
        const uint64_t at = moment->step > t->next ? moment->step : t->next;
        moment->room = at + 1u;
        c->passed = an_stream_get(from, word);
        put(c, word, c->mem.lanes / c->mem.vec_steps);
        t->done++;
        t->next = at + (t->done == t->steps ? AN_T_TAKE_LATENCY : t->to_state ? AN_T_TAKE_PERIOD : 1u);
    }
}

/* Does a vector of n words at a block address meet what comes in? */
static bool meets(const an_core_t *c, uint32_t addr, uint32_t n) {
    const an_inlet_t *t = &c->inlet;
    const uint32_t lanes = c->mem.lanes, mask = an_mem_around(&c->mem, t->to_state ? AN_SRC_S : AN_SRC_R);
    return ((t->d - addr) & mask) <= (n - 1u) / lanes || ((addr - t->d) & mask) <= (t->n - 1u) / lanes;
}

static uint32_t size(uint32_t field) { return field > 0 ? field : 1; }

void an_inlet_row(an_core_t *c) {
    const uint32_t rows = size(AN_GET(c->prj, PRJ_ROWS));
    const bool s = c->inlet.to_state;
    c->inlet.row[0] = meets(c, s ? AN_GET(c->row, ROW_G) : AN_GET(c->row, ROW_X), rows);
    c->inlet.row[1] = meets(c, s ? AN_GET(c->row, ROW_GINIT) : AN_GET(c->row, ROW_X2), rows);
}

void an_inlet_lan(an_core_t *c) {
    const uint32_t cols = size(AN_GET(c->prj, PRJ_COLS));
    c->inlet.lan[0] = meets(c, AN_GET(c->lan, LAN_Y), cols);
    c->inlet.lan[1] = meets(c, AN_GET(c->lan, LAN_Y2), cols);
}

static bool sweep_waits(const an_core_t *c, uint64_t word) {
    const an_inlet_t *t = &c->inlet;
    const bool scatter = AN_GET(word, SWP_SCATTER) != 0, gather = AN_GET(word, SWP_GATHER) != 0, learn = AN_GET(word, SWP_LEARN) != 0;
    const bool pair = AN_GET(c->prj, PRJ_PAIR) != 0;
    if (t->to_state) /* a scatter has the state memory in every slot */
        return scatter || (gather && (t->row[0] || t->row[1]));
    return (scatter && t->row[0]) || (learn && t->row[1]) || ((gather || (learn && !pair)) && t->lan[0]) || (learn && pair && t->lan[1]);
}

static bool vector_waits(const an_core_t *c, uint64_t word) {
    const unsigned op = AN_GET(word, OP), reads = an_vec_reads(op), memory = c->inlet.to_state ? AN_SRC_S : AN_SRC_R;
    if (op == AN_OP_TAKE || ((op == AN_OP_IN || op == AN_OP_PASS) && an_port_of(word) == c->inlet.port))
        return true;
    if (an_vec_writes(word, memory))
        return true;
    return ((reads & AN_VEC_A) && AN_GET(word, VEC_ASP) == memory && meets(c, an_core_ring(c, memory, AN_GET(word, VEC_A)), c->n)) ||
           ((reads & AN_VEC_B) && AN_GET(word, VEC_BSP) == memory && meets(c, an_core_ring(c, memory, AN_GET(word, VEC_B)), c->n)) ||
           ((reads & AN_VEC_C) && !AN_GET(word, VEC_CSP) && memory == AN_SRC_S && meets(c, an_core_ring(c, memory, AN_GET(word, VEC_C)), c->n));
}

bool an_inlet_beside(const an_core_t *c, uint64_t word) {
    const unsigned op = AN_GET(word, OP);
    switch (op) {
    case AN_OP_TICK:
    case AN_OP_POP:
    case AN_OP_RING:
    case AN_OP_PRJ:
    case AN_OP_KEY:
    case AN_OP_PAR:
    case AN_OP_ROW:
    case AN_OP_LAN: return true;
    case AN_OP_LOOP: return c->depth < AN_LOOP_DEPTH;
    case AN_OP_END: return c->depth > 0;
    case AN_OP_SWP: return !(AN_GET(word, SWP_LEARN) && AN_GET(word, SWP_OVERV)) && !sweep_waits(c, word);
    case AN_OP_PASS: return an_port_of(word) != AN_PORT_HOST && !vector_waits(c, word);
    case AN_OP_GIVE: return an_seq_passes(word);
    default: return op >= AN_OP_IN && op <= AN_OP_AMAX && !vector_waits(c, word);
    }
}

bool an_inlet_full(an_core_t *c) {
    an_inlet_go(c);
    return c->inlet.done == c->inlet.steps;
}

void an_inlet_wait(an_core_t *c) {
    an_core_wait(c, c->inlet.next);
    c->inlet.open = false;
}
