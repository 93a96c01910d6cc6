/* SPDX-License-Identifier: Apache-2.0
 * A core's steps follow from its program alone: nothing branches on a value but the count of a LOOP. A core gives when there is room and takes when something
 * is there, and nobody else takes or gives on that way; so how far the cores get does not depend on when they do it, and any order finds out. */
#include "an_flow.h"
#include "an_ctx.h"
#include "an_mem.h"
#include <stdio.h>
#include <string.h>

typedef struct walk {
    const an_program_t *p;
    uint32_t pc, n, turns[AN_LOOP_DEPTH], depth;
    uint32_t steps, left;  /* of the transfer it is at: in all; still to go, 0: it has not begun */
    bool ended;
} walk_t;

typedef struct flow {
    const an_config_t *cfg;
    walk_t core[AN_MOST_CORES];
    uint32_t between[AN_MOST_CORES][2]; /* steps, by the core that gives; down, up */
    uint32_t work;
} flow_t;

static bool transfers(uint64_t w)
{
    const uint32_t op = AN_GET(w, OP), port = AN_GET(w, VEC_B);
    return (op == AN_OP_IN || op == AN_OP_OUT) && (port == AN_PORT_UP || port == AN_PORT_DOWN);
}

static bool gives(uint64_t w) { return AN_GET(w, OP) == AN_OP_OUT; }
static bool upward(uint64_t w) { return gives(w) == (AN_GET(w, VEC_B) == AN_PORT_UP); }

static uint32_t neighbour(const an_config_t *cfg, uint32_t c, uint64_t w)
{
    return AN_GET(w, VEC_B) == AN_PORT_UP ? an_mem_above(cfg, c) : an_mem_below(cfg, c);
}

static uint32_t steps_of(const an_config_t *cfg, uint64_t w, uint32_t n)
{
    const bool scalar = gives(w) ? AN_GET(w, VEC_ASP) == AN_SRC_K : AN_GET(w, VEC_DSP) == AN_SPC_K;
    return scalar ? 1 : an_mem_transfer_steps(cfg, n);
}

static uint32_t *between(flow_t *f, uint32_t c, uint64_t w) { return &f->between[gives(w) ? c : neighbour(f->cfg, c, w)][upward(w)]; }

/* As many steps of the transfer as can be; false: none. */
static bool transfer(flow_t *f, uint32_t c, uint64_t w)
{
    walk_t *x = &f->core[c];
    uint32_t *there = between(f, c, w);
    if (!x->left) x->left = x->steps = steps_of(f->cfg, w, x->n);
    const uint32_t can = gives(w) ? an_mem_link_steps(f->cfg) - *there : *there, k = can < x->left ? can : x->left;
    *there = gives(w) ? *there + k : *there - k;
    x->left -= k;
    x->pc += !x->left;
    return k > 0;
}

static void control(walk_t *x, uint64_t w)
{
    const uint32_t count = AN_GET(w, LOOP_FROMK) ? AN_FLOW_TURNS : AN_GET(w, LOOP_COUNT), n = AN_GET(w, POP_N);
    switch (AN_GET(w, OP)) {
    case AN_OP_HALT: x->ended = true; break;
    case AN_OP_POP: x->n = n ? n : 1; break;
    case AN_OP_LOOP:
        if (x->depth == AN_LOOP_DEPTH) x->ended = true; /* a fault */
        else x->turns[x->depth++] = count ? count : 1;
        break;
    case AN_OP_END:
        if (!x->depth) x->ended = true;
        else if (--x->turns[x->depth - 1]) {
            x->pc = AN_GET(w, END_TARGET);
            return;
        } else x->depth--;
        break;
    default: break;
    }
    x->pc++;
}

/* A core as far as it comes; false: it has not moved. */
static bool go(flow_t *f, uint32_t c)
{
    walk_t *x = &f->core[c];
    bool moved = false;
    for (; f->work < AN_FLOW_MOST; f->work++) {
        x->ended |= x->pc >= x->p->n;
        if (x->ended) break;
        const uint64_t w = x->p->word[x->pc];
        if (!transfers(w)) control(x, w);
        else if (!transfer(f, c, w)) break;
        moved = true;
    }
    return moved;
}

static const char *port_of(uint64_t w) { return AN_GET(w, VEC_B) == AN_PORT_UP ? "up" : "down"; }

static int line_of(const walk_t *x) { return x->pc < x->p->n ? (int)x->p->line[x->pc] : 0; }

/* From a core that waits to one of those that wait for each other, or to one that waits for a core that has come to its end. */
static uint32_t culprit(const flow_t *f, uint32_t c)
{
    for (uint32_t k = 0; k < f->cfg->cores; k++) {
        const uint32_t to = neighbour(f->cfg, c, f->core[c].p->word[f->core[c].pc]);
        if (f->core[to].ended) break;
        c = to;
    }
    return c;
}

static an_err_t refuse(flow_t *f, uint32_t c, const char *file, an_diag_t *d)
{
    const uint32_t first = culprit(f, c), depth = an_mem_link_steps(f->cfg);
    char text[400];
    size_t n = 0;
    uint32_t at = first;
    do {
        const walk_t *x = &f->core[at];
        const uint64_t w = x->p->word[x->pc];
        const uint32_t to = neighbour(f->cfg, at, w), done = x->steps - x->left;
        if (n < sizeof text) n += (size_t)snprintf(text + n, sizeof text - n, "%score %u, line %d: ", at == first ? "" : "; ", at, line_of(x));
        const char *const ended = f->core[to].ended ? ", which has come to its end" : "";
        if (n < sizeof text && gives(w)) n += (size_t)snprintf(text + n, sizeof text - n, "%u of %u steps given %s, %u fit, to core %u%s", done, x->steps, port_of(w), depth, to, ended);
        else if (n < sizeof text) n += (size_t)snprintf(text + n, sizeof text - n, "%u of %u steps taken, port %s, from core %u%s", done, x->steps, port_of(w), to, ended);
        at = to;
    } while (at != first && !f->core[at].ended);
    return an_diag(d, AN_ERR_INPUT, (an_at_t){ file, line_of(&f->core[first]), 1 }, "waits for ever: %s", text);
}

an_err_t an_flow(const an_config_t *cfg, const an_program_t *core, const uint32_t *pc, const char *file, an_diag_t *d)
{
    flow_t f = { .cfg = cfg };
    for (uint32_t c = 0; c < cfg->cores; c++) {
        f.core[c] = (walk_t){ .p = &core[c], .pc = pc[c], .n = 1 };
        for (size_t i = 0; i < core[c].n; i++)
            if (transfers(core[c].word[i]) && neighbour(cfg, c, core[c].word[i]) == c)
                return an_diag(d, AN_ERR_INPUT, (an_at_t){ file, (int)core[c].line[i], 1 }, "core %u: port %s leads nowhere; of %u core%s in a %s it does from %s", c,
                               port_of(core[c].word[i]), cfg->cores, cfg->cores > 1 ? "s" : "", cfg->closed ? "ring" : "chain",
                               cfg->cores == 1 ? "none" : AN_GET(core[c].word[i], VEC_B) == AN_PORT_UP ? "all but the last one" : "all but core 0");
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (uint32_t c = 0; c < cfg->cores; c++) moved |= go(&f, c);
    }
    for (uint32_t c = 0; c < cfg->cores && f.work < AN_FLOW_MOST; c++)
        if (!f.core[c].ended) return refuse(&f, c, file, d);
    return AN_OK;
}
