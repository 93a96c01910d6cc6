/* SPDX-License-Identifier: Apache-2.0
 * A core's steps follow from its program alone: nothing branches on a value but the count of a LOOP. A core gives when there is room and takes when something
 * is there, and nobody else takes or gives on that way, but for what its own PASS does, which its program waits for where both would; what GIVE has begun has
 * its room, and ends before its core gives there otherwise; so how far the cores get does not depend on when they do it, and any order finds out. */
#include "an_flow.h"
#include "an_code.h"
#include "an_ctx.h"
#include "an_mem.h"
#include "an_pass.h"
#include "an_work.h"
#include <stdio.h>
#include <string.h>

typedef struct walk {
    const an_program_t *p;
    uint32_t pc, n, turns[AN_LOOP_DEPTH], depth;
    uint32_t steps, left;  /* of the transfer it is at: in all; still to go, 0: it has not begun */
    uint64_t prj, row;     /* as last set */
    bool ended;
} walk_t;

/* What a PASS has begun. */
typedef struct past { uint32_t steps, left, line; } past_t;

/* What a GIVE has begun. at: where the next step is written, in steps from block 0 of S or R on */
typedef struct due { uint32_t left, way, space, at; } due_t;

typedef struct flow {
    const an_config_t *cfg;
    walk_t core[AN_MOST_CORES];
    past_t past[AN_MOST_CORES][AN_PORT_DOWN + 1]; /* by port that it takes from */
    due_t due[AN_MOST_CORES];
    uint32_t between[AN_MOST_CORES][2]; /* steps, by the core that gives; down, up */
    uint32_t work;
} flow_t;

/* TAKE is IN here: what would wait for ever with IN is refused, though with TAKE a core may get past it; what goes on beside it is for speed, and not to be relied
 * on. With no memory, or both, TAKE and GIVE are a fault. */
static bool transfers(uint64_t w)
{
    const uint32_t op = AN_GET(w, OP), port = an_port_of(w), to = AN_GET(w, VEC_DSP);
    const bool legal = !an_code_memory(op) || to == AN_SPC_S || to == AN_SPC_R;
    return legal && an_code_port(op) && (port == AN_PORT_UP || port == AN_PORT_DOWN);
}

/* GIVE: room for what is written later */
static bool later(uint64_t w) { return AN_GET(w, OP) == AN_OP_GIVE; }
static bool gives(uint64_t w) { return AN_GET(w, OP) == AN_OP_OUT || later(w); }
static bool passes(uint64_t w) { return AN_GET(w, OP) == AN_OP_PASS; }

/* Port that words come from which go the way of w's: of all that move one way around, on whatever core, the same. */
static uint32_t way(uint64_t w) { return gives(w) ? an_pass_other(an_port_of(w)) : an_port_of(w); }

static uint32_t neighbour(const an_config_t *cfg, uint32_t c, uint32_t port) { return port == AN_PORT_UP ? an_mem_above(cfg, c) : an_mem_below(cfg, c); }

static uint32_t steps_of(const an_config_t *cfg, uint64_t w, uint32_t n)
{
    const bool scalar = gives(w) && !later(w) ? AN_GET(w, VEC_ASP) == AN_SRC_K : AN_GET(w, VEC_DSP) == AN_SPC_K;
    return scalar ? 1 : an_mem_transfer_steps(cfg, n);
}

/* What a core takes that comes that way, and what it gives on. */
static uint32_t *taken(flow_t *f, uint32_t c, uint32_t way) { return &f->between[neighbour(f->cfg, c, way)][way == AN_PORT_DOWN]; }
static uint32_t *given(flow_t *f, uint32_t c, uint32_t way) { return &f->between[c][way == AN_PORT_DOWN]; }

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* As many steps as can go past the core; false: none. */
static bool past(flow_t *f, uint32_t c, uint32_t way)
{
    past_t *p = &f->past[c][way];
    if (!p->left) return false;
    uint32_t *from = taken(f, c, way), *to = given(f, c, way);
    const uint32_t k = least(p->left, least(*from, an_mem_link_steps(f->cfg) - *to));
    p->left -= k;
    *from -= k;
    *to += k;
    return k > 0;
}

/* The first step of a block. */
static uint32_t place(const an_config_t *cfg, uint32_t block) { return block * (cfg->lanes / an_mem_units(cfg)); }

/* Steps from there to where the next one of GIVE is written. Addresses of a memory go around, of at most 2048 blocks (an_mem_around). */
static uint32_t before(const an_config_t *cfg, const due_t *g, uint32_t block)
{
    const uint32_t blocks = least((g->space == AN_SPC_S ? cfg->state_words : cfg->rate_words) / cfg->lanes, 2048);
    return (g->at - place(cfg, block)) & (place(cfg, blocks) - 1);
}

/* So many steps are written from a block on, one behind the other: those that GIVE has room for are given. Fields of addresses are compared, GIVE's and the
 * writer's: a ring window moves both alike. Where one moves between them, a program may be refused that runs, or one that waits may not be. */
static void written(flow_t *f, uint32_t c, uint32_t block, uint32_t steps)
{
    due_t *g = &f->due[c];
    const uint32_t first = before(f->cfg, g, block), k = first < steps ? least(g->left, steps - first) : 0;
    *given(f, c, g->way) += k;
    g->left -= k;
    g->at += k;
}

/* A group's sums, then, raw, their low words. */
static void sums(flow_t *f, uint32_t c, bool raw)
{
    const walk_t *x = &f->core[c];
    const due_t *g = &f->due[c];
    const uint32_t rows = AN_GET(x->prj, PRJ_ROWS), groups = an_mem_steps(f->cfg, rows ? rows : 1), sum = AN_GET(x->row, ROW_G), low = AN_GET(x->row, ROW_GINIT);
    if (!raw) {
        written(f, c, sum, groups);
        return;
    }
    for (uint32_t k = least(before(f->cfg, g, sum), before(f->cfg, g, low)); k < groups && g->left; k++) {
        written(f, c, sum + k, 1);
        written(f, c, low + k, 1);
    }
}

/* What an instruction computes to S or R: TAB, of one unit, n words; the others whole blocks, steps without a word that counts among them. */
static void computes(flow_t *f, uint32_t c, uint64_t w)
{
    const due_t *g = &f->due[c];
    const uint32_t op = AN_GET(w, OP), to = AN_GET(w, VEC_DSP), n = f->core[c].n;
    if (!g->left) return;
    if (op >= AN_OP_ADD && op <= AN_OP_TAB && (to == g->space || to == AN_SPC_SR))
        written(f, c, AN_GET(w, VEC_D), op == AN_OP_TAB ? an_mem_transfer_steps(f->cfg, n) : an_mem_steps(f->cfg, n));
    if (op == AN_OP_SWP && AN_GET(w, SWP_GATHER) && g->space == AN_SPC_S && an_mem_units(f->cfg) == f->cfg->lanes) sums(f, c, f->cfg->split && AN_GET(w, SWP_RAW));
}

/* As many steps of the transfer as can be, a PASS begins, or a GIVE with room for all of its steps; false: none. */
static bool transfer(flow_t *f, uint32_t c, uint64_t w)
{
    walk_t *x = &f->core[c];
    past_t *p = &f->past[c][way(w)];
    due_t *g = &f->due[c];
    if (!x->left) x->left = x->steps = steps_of(f->cfg, w, x->n);
    if ((gives(w) || passes(w)) && g->way == way(w)) g->left = 0; /* another GIVE is in its place below */
    (void)past(f, c, way(w));
    if (p->left) return false;
    uint32_t *there = gives(w) ? given(f, c, way(w)) : taken(f, c, way(w));
    const uint32_t can = passes(w) ? x->left : gives(w) ? an_mem_link_steps(f->cfg) - *there : *there;
    const uint32_t k = later(w) && can < x->left ? 0 : least(can, x->left);
    if (later(w)) *g = (due_t){ k, way(w), AN_GET(w, VEC_DSP), place(f->cfg, AN_GET(w, VEC_D)) };
    else if (passes(w)) *p = (past_t){ k, k, x->p->line[x->pc] };
    else *there = gives(w) ? *there + k : *there - k;
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
    case AN_OP_PRJ: x->prj = w; break;
    case AN_OP_ROW: x->row = w; break;
    case AN_OP_PASS: case AN_OP_TAKE: case AN_OP_GIVE: x->ended = true; break; /* a fault, the host's port among others */
    default: break;
    }
    x->pc++;
}

/* A core as far as it comes, and what goes past it; false: it has not moved. */
static bool go(flow_t *f, uint32_t c)
{
    walk_t *x = &f->core[c];
    bool moved = past(f, c, AN_PORT_UP) | past(f, c, AN_PORT_DOWN);
    for (; f->work < AN_FLOW_MOST; f->work++) {
        x->ended |= x->pc >= x->p->n;
        if (x->ended) break;
        const uint64_t w = x->p->word[x->pc];
        if (transfers(w)) {
            if (!transfer(f, c, w)) break;
        } else {
            computes(f, c, w);
            control(x, w);
        }
        moved = true;
    }
    return moved;
}

static const char *name_of(uint32_t port) { return port == AN_PORT_UP ? "up" : "down"; }

static int line_of(const walk_t *x) { return x->pc < x->p->n ? (int)x->p->line[x->pc] : 0; }

/* Who moves words: a core's program, or what its PASS has begun from that port. */
typedef struct who { uint32_t core, past; } who_t; /* past: 0, the program */

static uint64_t word_of(const flow_t *f, who_t x) { return f->core[x.core].p->word[f->core[x.core].pc]; }
static bool ended(const flow_t *f, who_t x) { return !x.past && f->core[x.core].ended; }

/* A GIVE of more steps than fit: it waits for nobody else. */
static bool never(const flow_t *f, who_t x) { return !x.past && later(word_of(f, x)) && f->core[x.core].steps > an_mem_link_steps(f->cfg); }

/* Whom one that waits waits for. */
static who_t waits_for(flow_t *f, who_t x)
{
    if (never(f, x)) return x;
    const uint64_t w = x.past ? 0 : word_of(f, x);
    const uint32_t from = x.past ? x.past : way(w);
    if (!x.past && f->past[x.core][from].left) return (who_t){ x.core, from };
    const bool lacks = x.past ? !*taken(f, x.core, from) : !gives(w);
    const uint32_t to = neighbour(f->cfg, x.core, lacks ? from : an_pass_other(from));
    return (who_t){ to, f->past[to][from].left ? from : 0 };
}

/* From one that waits to one of those that wait for each other, or to one that waits for a core that has come to its end. */
static who_t culprit(flow_t *f, who_t x)
{
    for (uint32_t k = 0; k < 3 * f->cfg->cores; k++) {
        const who_t to = waits_for(f, x);
        if (ended(f, to)) break;
        x = to;
    }
    return x;
}

static int line_at(const flow_t *f, who_t x) { return x.past ? (int)f->past[x.core][x.past].line : line_of(&f->core[x.core]); }

/* What one waits for, in words. */
static int say(flow_t *f, who_t x, char *text, size_t size)
{
    const uint32_t depth = an_mem_link_steps(f->cfg);
    const who_t to = waits_for(f, x);
    const char *const end = ended(f, to) ? ", which has come to its end" : "";
    const int line = line_at(f, x);
    const past_t *p = &f->past[x.core][x.past];
    if (!x.past && to.past && to.core == x.core) return snprintf(text, size, "core %u, line %d: waits for what it passes from port %s", x.core, line, name_of(to.past));
    if (x.past && !*taken(f, x.core, x.past))
        return snprintf(text, size, "core %u, PASS of line %d: %u of %u steps passed, port %s, from core %u%s", x.core, line, p->steps - p->left, p->steps, name_of(x.past), to.core, end);
    if (x.past)
        return snprintf(text, size, "core %u, PASS of line %d: %u of %u steps passed %s, %u fit, to core %u%s", x.core, line, p->steps - p->left, p->steps, name_of(an_pass_other(x.past)), depth, to.core, end);
    const walk_t *c = &f->core[x.core];
    const uint64_t w = word_of(f, x);
    const char *const port = name_of(an_port_of(w));
    if (later(w))
        return snprintf(text, size, "core %u, line %d: room for %u of %u steps, port %s, %u fit, to core %u%s", x.core, line, depth - *given(f, x.core, way(w)), c->steps, port, depth,
                        neighbour(f->cfg, x.core, an_port_of(w)), end);
    if (gives(w)) return snprintf(text, size, "core %u, line %d: %u of %u steps given %s, %u fit, to core %u%s", x.core, line, c->steps - c->left, c->steps, port, depth, to.core, end);
    return snprintf(text, size, "core %u, line %d: %u of %u steps taken, port %s, from core %u%s", x.core, line, c->steps - c->left, c->steps, port, to.core, end);
}

static an_err_t refuse(flow_t *f, uint32_t c, const char *file, an_diag_t *d)
{
    const who_t first = culprit(f, (who_t){ c, 0 });
    char text[400];
    size_t n = 0;
    who_t at = first;
    do {
        if (n && n < sizeof text) n += (size_t)snprintf(text + n, sizeof text - n, "; ");
        if (n < sizeof text) n += (size_t)say(f, at, text + n, sizeof text - n);
        at = waits_for(f, at);
    } while ((at.core != first.core || at.past != first.past) && !ended(f, at));
    return an_diag(d, AN_ERR_INPUT, (an_at_t){ file, line_at(f, first), 1 }, "waits for ever: %s", text);
}

/* Of an instruction a port that leads nowhere, AN_PORT_HOST: none. */
static uint32_t nowhere(const an_config_t *cfg, uint32_t c, uint64_t w)
{
    if (!transfers(w)) return AN_PORT_HOST;
    const uint32_t port = an_port_of(w);
    if (neighbour(cfg, c, port) == c) return port;
    return passes(w) && neighbour(cfg, c, an_pass_other(port)) == c ? an_pass_other(port) : AN_PORT_HOST;
}

an_err_t an_flow(const an_config_t *cfg, const an_program_t *core, const uint32_t *pc, const char *file, an_diag_t *d)
{
    flow_t f = { .cfg = cfg };
    for (uint32_t c = 0; c < cfg->cores; c++) {
        f.core[c] = (walk_t){ .p = &core[c], .pc = pc[c], .n = 1 };
        for (size_t i = 0; i < core[c].n; i++) {
            const uint32_t port = nowhere(cfg, c, core[c].word[i]);
            if (port != AN_PORT_HOST)
                return an_diag(d, AN_ERR_INPUT, (an_at_t){ file, (int)core[c].line[i], 1 }, "core %u: port %s leads nowhere; of %u core%s in a %s it does from %s", c,
                               name_of(port), cfg->cores, cfg->cores > 1 ? "s" : "", cfg->closed ? "ring" : "chain",
                               cfg->cores == 1 ? "none" : port == AN_PORT_UP ? "all but the last one" : "all but core 0");
        }
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (uint32_t c = 0; c < cfg->cores; c++) moved |= go(&f, c);
    }
    for (uint32_t c = 0; c < cfg->cores && f.work < AN_FLOW_MOST; c++)
        if (!f.core[c].ended) return refuse(&f, c, file, d);
    return AN_OK;
}
