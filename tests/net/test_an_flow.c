/* SPDX-License-Identifier: Apache-2.0
 * Programs of all cores that come to wait for each other, or talk to a core that is not there, are refused with numbers and place; and those that are refused
 * are those that wait for ever on the model. */
#include "an_core.h"
#include "an_draw_net.h"
#include "an_flow.h"
#include "an_model.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static an_config_t config(const char *name, uint32_t cores, bool closed)
{
    an_config_t cfg = { 0 };
    for (size_t i = 0; i < an_n_configs; i++)
        if (strcmp(an_configs[i].name, name) == 0) cfg = an_configs[i];
    cfg.cores = cores;
    cfg.closed = closed;
    return cfg;
}

#define ROUND "core 0, 1, 2\npop n=12\nout S:4, port=up\nin S:8, port=down\nhalt\n"
#define TOKEN "core 0\npop n=12\nout S:4, port=up\nin S:8, port=down\nhalt\ncore 1, 2\npop n=12\nin S:8, port=down\nout S:4, port=up\nhalt\n"
#define GIVEN "pop n=3\ngive S:4, port=up\n"
#define TAKEN "core 1\npop n=3\nin S:4, port=down\nhalt\n"

static void texts(void **state)
{
    (void)state;
    static const struct { const char *text, *name; uint32_t cores; bool closed; const char *says; } t[] = {
        { TOKEN, "tiny", 3, true, NULL },
        { TOKEN, "tiny", 3, false, "t:4:1: core 0: port down leads nowhere; of 3 cores in a chain it does from all but core 0" },
        { "core 2\nout K:1, port=up\nhalt\n", "tiny", 3, false, "t:2:1: core 2: port up leads nowhere; of 3 cores in a chain it does from all but the last one" },
        { "in K:1, port=up\nhalt\n", "tiny", 1, true, "t:1:1: core 0: port up leads nowhere; of 1 core in a ring it does from none" },
        { "out K:1, port=up\nin K:1, port=up\nhalt\ncore 1\nout K:1, port=down\nin K:1, port=down\n", "tiny", 2, false, NULL },
        { "out K:1, port=up\nin K:1, port=up\nhalt\ncore 1\nout K:1, port=up\nin K:1, port=up\n", "tiny", 2, true,
          "t:2:1: waits for ever: core 0, line 2: 0 of 1 steps taken, port up, from core 1; core 1, line 6: 0 of 1 steps taken, port up, from core 0" },
        { ROUND, "bench-4x2", 3, true, NULL }, /* 64 fit */
        { ROUND, "tiny", 3, true, "t:3:1: waits for ever: core 0, line 3: 4 of 12 steps given up, 4 fit, to core 1; core 1, line 3: 4 of 12 steps given up, 4 fit, to core 2; "
                                  "core 2, line 3: 4 of 12 steps given up, 4 fit, to core 0" },
        { ROUND, "tiny", 4, true, "t:3:1: waits for ever: core 2, line 3: 4 of 12 steps given up, 4 fit, to core 3, which has come to its end" },
        { "pop n=2\nloop count=9\nout S:0, port=down\nend\nhalt\ncore 3\nloop count=3\nin K:0, port=up\nend\nhalt\n", "tiny", 4, true,
          "t:3:1: waits for ever: core 0, line 3: 1 of 2 steps given down, 4 fit, to core 3, which has come to its end" },
        { "pop n=12\nout S:4, port=up\nhalt\ncore 1\npop n=12\npass port=down\nhalt\ncore 2\npop n=12\nin S:4, port=down\nhalt\n", "tiny", 3, false, NULL },
        { "core 2\npass port=down\nhalt\n", "tiny", 3, false, "t:2:1: core 2: port up leads nowhere; of 3 cores in a chain it does from all but the last one" },
        { "core 2\npass port=up\nhalt\n", "tiny", 3, false, "t:2:1: core 2: port up leads nowhere; of 3 cores in a chain it does from all but the last one" },
        { "pass port=up\nhalt\n", "tiny", 3, false, "t:1:1: core 0: port down leads nowhere; of 3 cores in a chain it does from all but core 0" },
        { "pass port=up\nhalt\n", "tiny", 3, true, NULL }, /* what never comes holds up nobody who does not ask for the port */
        { "pop n=3\nout S:4, port=up\nhalt\ncore 1\npop n=12\npass port=down\nin S:4, port=down\n", "tiny", 3, false,
          "t:6:1: waits for ever: core 1, PASS of line 6: 3 of 12 steps passed, port down, from core 0, which has come to its end" },
        { "pop n=12\nout S:4, port=up\nhalt\ncore 1\npop n=12\npass port=down\nhalt\n", "tiny", 3, false,
          "t:6:1: waits for ever: core 1, PASS of line 6: 4 of 12 steps passed up, 4 fit, to core 2, which has come to its end" },
        { "in K:1, port=up\nout K:1, port=up\nhalt\ncore 1\npass port=down, d=K:0\nout K:1, port=up\nout K:1, port=down\ncore 2\nin K:1, port=down\n", "tiny", 3, false,
          "t:1:1: waits for ever: core 0, line 1: 0 of 1 steps taken, port up, from core 1; core 1, line 6: waits for what it passes from port down; "
          "core 1, PASS of line 5: 0 of 1 steps passed, port down, from core 0" },
        { "core 0\npop n=12\nout S:4, port=up\ntake S:8, port=down\nhalt\ncore 1, 2\npop n=12\ntake S:8, port=down\nout S:4, port=up\nhalt\n", "tiny", 3, true, NULL },
        { "core 0, 1, 2\npop n=12\nout S:4, port=up\ntake R:8, port=down\nhalt\n", "tiny", 3, true,
          "t:3:1: waits for ever: core 0, line 3: 4 of 12 steps given up, 4 fit, to core 1; core 1, line 3: 4 of 12 steps given up, 4 fit, to core 2; "
          "core 2, line 3: 4 of 12 steps given up, 4 fit, to core 0" },
        { "pop n=3\nout S:4, port=up\nhalt\ncore 1\npop n=12\ntake S:4, port=down\nprj rows=1 cols=1\nhalt\n", "tiny", 2, false,
          "t:6:1: waits for ever: core 1, line 6: 3 of 12 steps taken, port down, from core 0, which has come to its end" },
        { "core 2\npop n=4\ntake R:4, port=up\nhalt\n", "tiny", 3, false, "t:3:1: core 2: port up leads nowhere; of 3 cores in a chain it does from all but the last one" },
        { "core 2\nword 0xE004000004000200\nin S:4, port=down\nhalt\n", "tiny", 3, false, NULL }, /* to K: a fault */
        { "core 1\nword 0xE004000004000300\nin S:4, port=down\nhalt\n", "tiny", 3, false, NULL }, /* to S and R */
        { "core 1\nword 0xE004000000000000\nin S:4, port=down\nhalt\n", "tiny", 3, false, NULL }, /* of the host's port */
        { GIVEN "add S:4, S:0, Z\nhalt\n" TAKEN, "tiny", 2, false, NULL },
        { "pop n=3\ngive R:4, port=up\npop n=1\nleak SR:4, S:0, Z, S:1\nadd S:5, S:0, Z\npop n=2\ntab R:5, S:0\nhalt\n" TAKEN, "tiny", 2, false, NULL },
        { GIVEN "add S:3, S:0, Z\nadd S:5, S:0, Z\nhalt\n" TAKEN, "tiny", 2, false, NULL },
        { GIVEN "prj rows=3 cols=1\nkey key=0\nrow g=4\nlan y=0\nswp gather\nhalt\n" TAKEN, "tiny", 2, false, NULL },
        { "pop n=4\ngive S:4, port=up\nprj rows=3 cols=1\nkey key=0\nrow g=4 ginit=5\nlan y=0\nswp gather raw\nhalt\ncore 1\npop n=4\nin S:4, port=down\nhalt\n", "tiny", 2, false, NULL },
        { "pop n=4\ngive S:4, port=up\nprj rows=3 cols=1\nkey key=0\nrow g=4 ginit=6\nlan y=0\nswp gather raw\nhalt\ncore 1\npop n=4\nin S:4, port=down\nhalt\n", "tiny", 2, false,
          "t:11:1: waits for ever: core 1, line 11: 3 of 4 steps taken, port down, from core 0, which has come to its end" },
        { GIVEN "out S:0, port=down\nadd S:4, S:0, Z\nhalt\ncore 1\npop n=3\nin S:4, port=down\nin S:4, port=up\nhalt\n", "tiny", 2, true, NULL },
        { "out K:0, port=up\nhalt\ncore 1\npop n=3\ngive S:4, port=up\nin K:0, port=down\nadd S:4, S:0, Z\nhalt\ncore 2\npop n=3\nin S:4, port=down\nhalt\n", "tiny", 3, false, NULL },
        { GIVEN "in S:8, port=up\nadd S:4, S:0, Z\nhalt\ncore 1\npop n=3\nin S:4, port=down\nout S:4, port=down\nhalt\n", "tiny", 2, false,
          "t:3:1: waits for ever: core 0, line 3: 0 of 3 steps taken, port up, from core 1; core 1, line 8: 0 of 3 steps taken, port down, from core 0" },
        { "pop n=12\ngive S:4, port=up\nadd S:4, S:0, Z\nhalt\ncore 1\npop n=12\nin S:4, port=down\nhalt\n", "tiny", 2, false,
          "t:2:1: waits for ever: core 0, line 2: room for 4 of 12 steps, port up, 4 fit, to core 1" },
        { "pop n=3\nout S:0, port=up\ngive S:4, port=up\nadd S:4, S:0, Z\nhalt\n", "tiny", 2, false,
          "t:3:1: waits for ever: core 0, line 3: room for 1 of 3 steps, port up, 4 fit, to core 1, which has come to its end" },
        { GIVEN "add S:4, S:0, Z\nadd S:4, S:0, Z\nhalt\ncore 1\npop n=3\nin S:4, port=down\nin S:4, port=down\nhalt\n", "tiny", 2, false,
          "t:9:1: waits for ever: core 1, line 9: 0 of 3 steps taken, port down, from core 0, which has come to its end" },
        { GIVEN "halt\n" TAKEN, "tiny", 2, false,
          "t:6:1: waits for ever: core 1, line 6: 0 of 3 steps taken, port down, from core 0, which has come to its end" },
        { GIVEN "add R:4, S:0, Z\nhalt\n" TAKEN, "tiny", 2, false,
          "t:7:1: waits for ever: core 1, line 7: 0 of 3 steps taken, port down, from core 0, which has come to its end" },
        { GIVEN "add S:5, S:0, Z\nhalt\n" TAKEN, "tiny", 2, false,
          "t:7:1: waits for ever: core 1, line 7: 0 of 3 steps taken, port down, from core 0, which has come to its end" },
        { GIVEN "recip S:4, S:0\nhalt\n" TAKEN, "tiny", 2, false,
          "t:7:1: waits for ever: core 1, line 7: 0 of 3 steps taken, port down, from core 0, which has come to its end" },
        { GIVEN "give R:0, port=up\nadd S:4, S:0, Z\nhalt\n" TAKEN, "tiny", 2, false,
          "t:8:1: waits for ever: core 1, line 8: 0 of 3 steps taken, port down, from core 0, which has come to its end" },
        { GIVEN "pass port=down\nadd S:4, S:0, Z\nhalt\n" TAKEN, "tiny", 2, true,
          "t:8:1: waits for ever: core 1, line 8: 0 of 3 steps taken, port down, from core 0; core 0, PASS of line 3: 0 of 3 steps passed, port down, from core 1" },
        { GIVEN "prj rows=3 cols=1\nkey key=0\nrow g=8 ginit=4\nlan y=0\nswp gather\nhalt\n" TAKEN, "tiny", 2, false,
          "t:11:1: waits for ever: core 1, line 11: 0 of 3 steps taken, port down, from core 0, which has come to its end" },
        { GIVEN "out S:0, port=up\nadd S:4, S:0, Z\nhalt\ncore 1\npop n=3\nin S:4, port=down\nin S:4, port=down\nhalt\n", "tiny", 2, false,
          "t:9:1: waits for ever: core 1, line 9: 0 of 3 steps taken, port down, from core 0, which has come to its end" },
        { "halt\ncore 1\npop n=3\npass port=down\ngive S:4, port=up\nadd S:4, S:0, Z\nhalt\n", "tiny", 3, false,
          "t:4:1: waits for ever: core 1, PASS of line 4: 0 of 3 steps passed, port down, from core 0, which has come to its end" },
        { "core 2\npop n=4\ngive R:4, port=up\nhalt\n", "tiny", 3, false, "t:3:1: core 2: port up leads nowhere; of 3 cores in a chain it does from all but the last one" },
        { "core 1\nword 0xE804000004000200\nin S:4, port=down\nhalt\n", "tiny", 3, false, NULL }, /* to K: a fault */
        { "core 1\nword 0xE804000004000300\nin S:4, port=down\nhalt\n", "tiny", 3, false, NULL }, /* to S and R */
        { "core 1\nword 0xE804000000000000\nin S:4, port=down\nhalt\n", "tiny", 3, false, NULL }, /* of the host's port */
        { "core 5\nhalt\n", "tiny", 4, true, "t:1:6: core 5; legal: 0 to 3" },
        { "halt\ncore 0\nhalt\n", "tiny", 4, true, "t:2:6: core 0 has a program already" },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        const an_config_t cfg = config(t[i].name, t[i].cores, t[i].closed);
        an_program_t core[AN_MOST_CORES] = { { 0 } };
        an_diag_t d = { "" };
        const an_err_t e = an_asm_chip(t[i].text, "t", &cfg, core, &d);
        if ((e != AN_OK) != (t[i].says != NULL) || strcmp(d.text, t[i].says ? t[i].says : "")) fail_msg("%s\n   says %s\nexpected %s", t[i].text, d.text, t[i].says ? t[i].says : "nothing");
        for (size_t c = 0; c < AN_MOST_CORES; c++) free(core[c].word), free(core[c].line);
    }
}

/* Transfers in one order that all cores share, past cores between or not, some of them then moved earlier or later on one core, in loops or not. */
enum { MOST_WORDS = 160 };
typedef struct drawn { uint64_t word[AN_MOST_CORES][MOST_WORDS]; uint32_t n[AN_MOST_CORES], line[MOST_WORDS]; } drawn_t;

static void put(drawn_t *g, uint32_t c, uint64_t w)
{
    if (g->n[c] < MOST_WORDS - 2) g->word[c][g->n[c]++] = w;
}

static uint32_t next(const an_config_t *cfg, uint32_t c, bool up) { return up ? an_mem_above(cfg, c) : an_mem_below(cfg, c); }

static bool has(const drawn_t *g, uint32_t op)
{
    for (uint32_t c = 0; c < AN_MOST_CORES; c++)
        for (uint32_t i = 0; i < g->n[c]; i++)
            if (AN_GET(g->word[c][i], OP) == op) return true;
    return false;
}

/* TAKE for that IN of a vector, and sweeps beside it, which may meet what comes in. */
static void put_take(drawn_t *g, uint32_t c, uint64_t in, an_draw_net_t *r)
{
    put(g, c, AN_PUT(AN_PUT(AN_PUT(in, OP, AN_OP_TAKE), VEC_DSP, an_draw_below(r, 2) ? AN_SPC_R : AN_SPC_S), VEC_D, an_draw_below(r, 4)));
    for (uint32_t k = an_draw_below(r, 3); k; k--) {
        put(g, c, AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_PRJ), PRJ_ROWS, 1 + an_draw_below(r, 5)), PRJ_COLS, 1 + an_draw_below(r, 5)));
        if (an_draw_below(r, 4)) put(g, c, AN_PUT(0, OP, AN_OP_ROW));
        if (an_draw_below(r, 4)) put(g, c, AN_PUT(0, OP, AN_OP_LAN));
        put(g, c, AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_SWP), SWP_GATHER, an_draw_below(r, 2)), SWP_SCATTER, an_draw_below(r, 2)));
    }
}

/* What may write where GIVE has room for the words: now and then elsewhere, to the other memory, fewer words, or what gives none. */
static void put_writer(drawn_t *g, uint32_t c, uint32_t space, uint32_t d, an_draw_net_t *r)
{
    const uint32_t at = (d + !an_draw_below(r, 12) + 512 * an_draw_below(r, 2)) % 2048, to = an_draw_below(r, 12) ? space : an_draw_below(r, 4);
    if (!an_draw_below(r, 4)) put(g, c, AN_PUT(AN_PUT(0, OP, AN_OP_POP), POP_N, 1 + an_draw_below(r, 12)));
    if (an_draw_below(r, space == AN_SPC_S ? 3 : 12)) {
        const uint32_t op = an_draw_below(r, 3) ? AN_OP_ADD + an_draw_below(r, 10) : AN_OP_TAB; /* to SQRT */
        put(g, c, AN_PUT(AN_PUT(AN_PUT(0, OP, op), VEC_DSP, to), VEC_D, at));
        return;
    }
    put(g, c, AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_PRJ), PRJ_ROWS, an_draw_below(r, 13)), PRJ_COLS, 1 + an_draw_below(r, 5)));
    put(g, c, AN_PUT(0, OP, AN_OP_KEY));
    put(g, c, AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_ROW), ROW_G, at), ROW_GINIT, (d + an_draw_below(r, 3)) % 2048));
    put(g, c, AN_PUT(0, OP, AN_OP_LAN));
    put(g, c, AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_SWP), SWP_GATHER, an_draw_below(r, 8) > 0), SWP_RAW, an_draw_below(r, 2)));
}

/* GIVE for that OUT of a vector, and what writes the words or may do. */
static void put_give(drawn_t *g, uint32_t c, uint64_t out, uint32_t writers, an_draw_net_t *r)
{
    const uint32_t d = an_draw_below(r, 3) ? an_draw_below(r, 4) : 2046 + an_draw_below(r, 2), space = an_draw_below(r, 2) ? AN_SPC_R : AN_SPC_S;
    put(g, c, AN_PUT(AN_PUT(AN_PUT(AN_PUT(out, OP, AN_OP_GIVE), VEC_DSP, space), VEC_D, d), VEC_ASP, an_draw_below(r, 4)));
    for (uint32_t k = 0; k < writers; k++) put_writer(g, c, space, (d + (k ? an_draw_below(r, 3) : 0)) % 2048, r);
}

static void draw(drawn_t *g, const an_config_t *cfg, an_draw_net_t *r)
{
    memset(g, 0, sizeof *g);
    const uint32_t turns = an_draw_below(r, 3) ? 0 : 1 + an_draw_below(r, 5);
    for (uint32_t c = 0; c < cfg->cores; c++) {
        if (turns) put(g, c, AN_PUT(AN_PUT(0, OP, AN_OP_LOOP), LOOP_COUNT, turns));
        put(g, c, AN_PUT(AN_PUT(0, OP, AN_OP_POP), POP_N, 1 + an_draw_below(r, 6)));
    }
    for (uint32_t k = 4 + an_draw_below(r, 12); k; k--) {
        const bool up = an_draw_below(r, 2), scalar = !an_draw_below(r, 6);
        const uint32_t above = 4 * an_draw_below(r, 3); /* bits above a port's, which do not count */
        const uint64_t out = AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_OUT), VEC_B, above + (up ? AN_PORT_UP : AN_PORT_DOWN)), VEC_ASP, scalar ? AN_SRC_K : AN_SRC_S);
        const uint64_t in = AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_IN), VEC_B, above + (up ? AN_PORT_DOWN : AN_PORT_UP)), VEC_DSP, scalar ? AN_SPC_K : AN_SPC_S);
        const uint64_t pop = AN_PUT(AN_PUT(0, OP, AN_OP_POP), POP_N, 1 + an_draw_below(r, 12));
        const uint32_t from = an_draw_below(r, cfg->cores);
        uint32_t to = next(cfg, from, up);
        if (to == from) continue;
        put(g, from, pop);
        const bool fits = an_mem_transfer_steps(cfg, AN_GET(pop, POP_N)) <= an_mem_link_steps(cfg);
        if (scalar || an_draw_below(r, fits ? 3 : 40)) put(g, from, out);
        else put_give(g, from, out, an_draw_below(r, 12) ? 1 : 0, r);
        for (uint32_t past = an_draw_below(r, 2) ? 0 : an_draw_below(r, cfg->cores); past && next(cfg, to, up) != to; past--, to = next(cfg, to, up)) {
            put(g, to, pop);
            if (an_draw_below(r, 40)) put(g, to, AN_PUT(in, OP, AN_OP_PASS));
        }
        put(g, to, pop);
        if (!an_draw_below(r, 40)) continue;
        if (scalar || an_draw_below(r, 2)) put(g, to, in);
        else put_take(g, to, in, r);
    }
    for (uint32_t k = an_draw_below(r, 4); k; k--) {
        const uint32_t c = an_draw_below(r, cfg->cores), n = g->n[c], a = 2 + an_draw_below(r, n), b = 2 + an_draw_below(r, n);
        if (a >= n || b >= n) continue;
        const uint64_t w = g->word[c][a];
        g->word[c][a] = g->word[c][b];
        g->word[c][b] = w;
    }
    for (uint32_t c = 0; c < cfg->cores; c++) {
        if (turns) g->word[c][g->n[c]++] = AN_PUT(AN_PUT(0, OP, AN_OP_END), END_TARGET, 1);
        g->word[c][g->n[c]++] = AN_PUT(0, OP, AN_OP_HALT);
    }
}

/* The programs come to their end on the model; as_in: with IN in the place of every TAKE. */
static bool end_on_the_model(const an_config_t *cfg, const drawn_t *g, bool as_in)
{
    an_model_t *m = an_model_create(cfg);
    assert_non_null(m);
    for (uint32_t c = 0; c < cfg->cores; c++)
        for (uint32_t k = 0; k < 2 * g->n[c]; k++) {
            const uint64_t w = g->word[c][k / 2], in = as_in && AN_GET(w, OP) == AN_OP_TAKE ? AN_PUT(w, OP, AN_OP_IN) : w;
            assert_int_equal(an_model_write(m, an_addr_core(c, AN_BUS_PROGRAM, k), (uint32_t)(in >> 32 * (k % 2))), AN_OK);
        }
    for (uint32_t c = 0; c < cfg->cores; c++) assert_int_equal(an_model_write(m, an_addr_core(c, AN_BUS_REGS, AN_REG_CORE_CTRL), AN_CTRL_START), AN_OK);
    const bool ends = an_model_run(m, 0) == AN_RUN_DONE;
    an_model_destroy(m);
    return ends;
}

static an_config_t drawn_config(uint32_t cores, an_draw_net_t *r)
{
    an_config_t cfg = config("tiny", cores, an_draw_below(r, 2));
    cfg.lanes = 1u << an_draw_below(r, 3);
    cfg.vector_units = an_draw_below(r, 2) ? 0 : an_draw_below(r, 2) ? 1 : (cfg.lanes + 1) / 2;
    cfg.split = an_draw_below(r, 4);
    cfg.state_words = cfg.rate_words = an_draw_below(r, 4) ? 512 : 4096; /* more than an address tells apart */
    cfg.pass = cfg.take = cfg.give = true;
    cfg.link_steps = 1u << (1 + an_draw_below(r, 4));
    return cfg;
}

/* They come to their end on the model, and are refused if they do not. */
static bool end_or_are_refused(const an_config_t *cfg, drawn_t *g, int i)
{
    static const uint32_t pc[AN_MOST_CORES];
    an_program_t p[AN_MOST_CORES];
    an_diag_t d = { "" };
    for (uint32_t c = 0; c < cfg->cores; c++) p[c] = (an_program_t){ g->word[c], g->line, g->n[c] };
    const bool ends = end_on_the_model(cfg, g, true), said = an_flow(cfg, p, pc, "t", &d) == AN_OK;
    if (ends) assert_true(end_on_the_model(cfg, g, false));
    if (ends != said) fail_msg("programs %d, %u cores in a %s: %s on the model, and %s", i, cfg->cores, cfg->closed ? "ring" : "chain", ends ? "come to their end" : "wait", said ? "not refused" : d.text);
    return ends;
}

static void what_is_refused_waits(void **state)
{
    (void)state;
    static drawn_t g;
    static an_draw_net_t r = { .seed = 1 };
    int done = 0, waits = 0, passes = 0, waits_past = 0, takes = 0, waits_taken = 0, gives = 0, waits_given = 0;
    for (int i = 0; i < 3000; i++) {
        const an_config_t cfg = drawn_config(1 + an_draw_below(&r, 5), &r);
        draw(&g, &cfg, &r);
        const bool ends = end_or_are_refused(&cfg, &g, i);
        done += ends;
        waits += !ends;
        passes += ends && has(&g, AN_OP_PASS);
        waits_past += !ends && has(&g, AN_OP_PASS);
        takes += ends && has(&g, AN_OP_TAKE);
        waits_taken += !ends && has(&g, AN_OP_TAKE);
        gives += ends && has(&g, AN_OP_GIVE);
        waits_given += !ends && has(&g, AN_OP_GIVE);
    }
    assert_true(done > 400 && waits > 400 && passes > 200 && waits_past > 200 && takes > 200 && waits_taken > 200 && gives > 200 && waits_given > 200);
}

/* One GIVE, what may write the words, and one IN of them. */
static void what_is_written_is_given(void **state)
{
    (void)state;
    static drawn_t g;
    static an_draw_net_t r = { .seed = 2 };
    int given = 0, waits = 0;
    for (int i = 0; i < 4000; i++) {
        const an_config_t cfg = drawn_config(2, &r);
        const uint64_t pop = AN_PUT(AN_PUT(0, OP, AN_OP_POP), POP_N, 1 + an_draw_below(&r, 12)), give = AN_PUT(0, VEC_B, AN_PORT_UP), in = AN_PUT(AN_PUT(0, OP, AN_OP_IN), VEC_B, AN_PORT_DOWN);
        memset(&g, 0, sizeof g);
        put(&g, 0, pop);
        put_give(&g, 0, give, 1 + an_draw_below(&r, 3), &r);
        put(&g, 0, AN_PUT(0, OP, AN_OP_HALT));
        put(&g, 1, pop);
        put(&g, 1, in);
        put(&g, 1, AN_PUT(0, OP, AN_OP_HALT));
        const bool ends = end_or_are_refused(&cfg, &g, i);
        given += ends;
        waits += !ends;
    }
    assert_true(given > 800 && waits > 800);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(texts), cmocka_unit_test(what_is_refused_waits), cmocka_unit_test(what_is_written_is_given) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
