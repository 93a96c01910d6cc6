/* SPDX-License-Identifier: Apache-2.0
 * Text to instruction words, one a line: `mac S:12, S:4, K:3, S:8, sh=7, post=unit`, `swp scatter learn skip lsh=19`. Commas may be left out.
 * `end` without a target closes the innermost loop of the text. `core 1, 2` begins the program of these cores. A chip's programs have no
 * instruction that is a fault on it. */
#include "an_code.h"
#include "an_flow.h"
#include "an_lex.h"
#include "an_mem.h"
#include "an_seq.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct line { an_lex_t *l; const an_op_info_t *op; uint64_t word; } line_t;

static double number(an_lex_t *l, const char *what)
{
    const bool neg = an_take(l, "-");
    const an_tok_t *t = an_next(l);
    if (t->kind != AN_TOK_NUMBER || t->num != floor(t->num)) an_fail(l->c, AN_ERR_INPUT, t->at, "found %s; legal here: %s, a whole number", an_tok_text(t), what);
    return neg ? -t->num : t->num;
}

static void put(line_t *s, const an_field_info_t *f, double v, an_at_t at, const char *name)
{
    int64_t lo, hi;
    unsigned step;
    an_code_range(s->op->code, f, &lo, &hi, &step);
    if (v < (double)lo || v > (double)hi || fmod(v, step) != 0)
        an_fail(s->l->c, AN_ERR_INPUT, at, "%s: %.0f; legal: %lld to %lld%s", name, v, (long long)lo, (long long)hi, step == 2 ? ", even" : "");
    s->word = an_field_put(s->word, f->msb, f->lsb, (uint32_t)(int64_t)v);
}

/* SPACE:ADDR into field `slot` ("d", "a", "b", "c") */
static void operand(line_t *s, const char *slot)
{
    an_lex_t *l = s->l;
    const an_tok_t *t = an_peek(l);
    const char *sp = an_name(l, "an operand");
    const bool d = *slot == 'd', c = *slot == 'c';
    const bool memory = d && an_code_memory(s->op->code);
    const char *legal = memory ? "S:ADDR, R:ADDR" : d ? "S:ADDR, R:ADDR, K:ADDR, SR:ADDR" : c ? "S:ADDR, K:ADDR" : "S:ADDR, R:ADDR, K:ADDR, Z";
    unsigned k = 4;
    for (unsigned i = 0; i < 4; i++)
        if (strcmp(sp, i == 3 && !d ? "Z" : an_code_space[i]) == 0) k = i;
    if (k == 4 || (c && (k & 1)) || (memory && k > AN_SPC_R)) an_fail(l->c, AN_ERR_INPUT, t->at, "%s: unknown space; legal: %s", sp, legal);
    const char name[] = { *slot, 's', 'p', 0 };
    const an_field_info_t *fs = an_code_field(AN_LAYOUT_VEC, name), *fa = an_code_field(AN_LAYOUT_VEC, slot);
    s->word = an_field_put(s->word, fs->msb, fs->lsb, c ? k / 2 : k);
    const an_at_t at = an_peek(l)->at;
    double v = 0;
    if (k == 3 && !d ? an_take(l, ":") : (an_need(l, ":"), true)) v = number(l, "an address");
    if (v < 0 || v > 2047) an_fail(l->c, AN_ERR_INPUT, at, "address: %.0f; legal: 0 to 2047", v);
    s->word = an_field_put(s->word, fa->msb, fa->lsb, (uint32_t)v);
}

static void value(line_t *s, const an_field_info_t *f, const char *name)
{
    an_lex_t *l = s->l;
    const an_tok_t *t = an_peek(l);
    if (t->kind == AN_TOK_NAME) {
        const char *all = "";
        int64_t lo, hi;
        unsigned step;
        an_code_range(s->op->code, f, &lo, &hi, &step);
        for (uint32_t v = (uint32_t)lo; v <= hi && an_code_value(name, v); v++) {
            if (an_take(l, an_code_value(name, v))) {
                put(s, f, v, t->at, name);
                return;
            }
            all = an_fmt(l->c, "%s%s%s", all, *all ? ", " : "", an_code_value(name, v));
        }
        an_fail(l->c, AN_ERR_INPUT, t->at, "%s: %s; legal: %s", name, t->text, *all ? all : "a whole number");
    }
    put(s, f, number(l, name), t->at, name);
}

static _Noreturn void unknown(line_t *s, const an_tok_t *t)
{
    const char *all = "";
    for (size_t i = 0; i < an_n_fields; i++)
        if (an_fields[i].layout == s->op->layout) all = an_fmt(s->l->c, "%s%s%s", all, *all ? ", " : "", an_fields[i].name);
    an_fail(s->l->c, AN_ERR_INPUT, t->at, "%s: no field of %s; legal: %s", an_tok_text(t), s->op->name, *all ? all : "none");
}

/* NAME=VALUE or a flag */
static void field(line_t *s)
{
    an_lex_t *l = s->l;
    const an_tok_t *t = an_next(l);
    const unsigned op = s->op->code;
    if (t->kind != AN_TOK_NAME) unknown(s, t);
    if (s->op->layout == AN_LAYOUT_VEC && strlen(t->text) == 1 && strchr("dabc", *t->text)) {
        an_need(l, "=");
        operand(s, t->text);
        return;
    }
    const char *name = t->text;
    if (an_code_port(op) && strcmp(name, "port") == 0) name = "b";
    if (op == AN_OP_TAB && strcmp(name, "table") == 0) name = "b";
    const an_field_info_t *f = an_code_field(s->op->layout, name);
    if (!f) unknown(s, t);
    if (f->msb == f->lsb && !an_take(l, "=")) {
        put(s, f, 1, t->at, name);
        return;
    }
    if (f->msb != f->lsb) an_need(l, "=");
    value(s, f, t->text);
}

static uint64_t raw(an_lex_t *l)
{
    const an_tok_t *t = an_next(l);
    char *end;
    const uint64_t w = strtoull(t->text, &end, 0);
    if (t->kind != AN_TOK_NUMBER || *end) an_fail(l->c, AN_ERR_INPUT, t->at, "found %s; legal here: a 64-bit number", an_tok_text(t));
    return w;
}

static uint64_t line(an_lex_t *l, size_t *open, size_t *n_open, size_t pc)
{
    const an_tok_t *t = an_peek(l);
    const char *name = an_name(l, "an instruction");
    if (strcmp(name, "word") == 0) return raw(l);
    line_t s = { .l = l, .op = an_code_op(name) };
    if (!s.op) {
        const char *all = "word";
        for (size_t i = 0; i < an_n_ops; i++) all = an_fmt(l->c, "%s %s", all, an_ops[i].name);
        an_fail(l->c, AN_ERR_INPUT, t->at, "%s: unknown instruction; legal: %s", name, all);
    }
    s.word = AN_PUT(0, OP, s.op->code);
    if (s.op->layout == AN_LAYOUT_VEC) {
        const unsigned has = an_code_operands(s.op->code);
        static const char *const slot[] = { "d", "a", "b", "c" };
        static const unsigned bit[] = { AN_WRITES_D, AN_READS_A, AN_READS_B, AN_READS_C };
        for (int i = 0; i < 4; i++)
            if (has & bit[i]) {
                operand(&s, slot[i]);
                (void)an_take(l, ",");
            }
    }
    const bool bare = an_peek(l)->kind == AN_TOK_LINE;
    while (an_peek(l)->kind != AN_TOK_LINE) {
        field(&s);
        (void)an_take(l, ",");
    }
    if (s.op->code == AN_OP_LOOP) {
        if (*n_open == AN_LOOP_DEPTH) an_fail(l->c, AN_ERR_INPUT, t->at, "loops nested too deep; legal: %d", AN_LOOP_DEPTH);
        open[(*n_open)++] = pc + 1;
    }
    if (s.op->code == AN_OP_END) {
        if (bare && !*n_open) an_fail(l->c, AN_ERR_INPUT, t->at, "end without loop");
        if (bare) s.word = AN_PUT(s.word, END_TARGET, open[*n_open - 1]);
        if (*n_open) --*n_open;
    }
    for (size_t i = 0; i < an_n_fields; i++) { /* a field that may not be zero was left out */
        const an_field_info_t *f = &an_fields[i];
        int64_t lo, hi;
        unsigned step;
        if (f->layout != s.op->layout) continue;
        an_code_range(s.op->code, f, &lo, &hi, &step);
        const bool port = an_code_port(s.op->code); /* its one field of that kind */
        if (lo > 0 && an_field_get(s.word, f->msb, f->lsb) == 0) an_fail(l->c, AN_ERR_INPUT, t->at, "%s is missing; legal: %lld to %lld", port ? "port" : f->name, (long long)lo, (long long)hi);
    }
    return s.word;
}

/* The lines up to one that begins with `core`, or to the end; in the context's memory. */
static an_program_t program(an_lex_t *l)
{
    an_program_t p = { 0 };
    size_t lines = 0, open[AN_LOOP_DEPTH], n_open = 0;
    for (size_t i = l->i; i < l->n; i++) lines += l->tok[i].kind == AN_TOK_LINE;
    p.word = an_new(l->c, lines + 1, sizeof *p.word);
    p.line = an_new(l->c, lines + 1, sizeof *p.line);
    while (an_peek(l)->kind != AN_TOK_END && !(an_peek(l)->kind == AN_TOK_NAME && strcmp(an_peek(l)->text, "core") == 0)) {
        p.line[p.n] = (uint32_t)an_peek(l)->at.line;
        p.word[p.n] = line(l, open, &n_open, p.n);
        p.n++;
        an_line_end(l);
    }
    return p;
}

/* The caller's copy of it, or nothing of it. */
static void keep(an_ctx_t *c, an_program_t *to, const an_program_t *p)
{
    to->word = calloc(p->n + 1, sizeof *to->word);
    to->line = calloc(p->n + 1, sizeof *to->line);
    if (!to->word || !to->line) {
        free(to->word);
        free(to->line);
        *to = (an_program_t){ 0 };
        an_fail(c, AN_ERR_MEMORY, (an_at_t){ 0 }, "out of memory");
    }
    memcpy(to->word, p->word, p->n * sizeof *p->word);
    memcpy(to->line, p->line, p->n * sizeof *p->line);
    to->n = p->n;
}

an_err_t an_asm(const char *text, const char *file, uint64_t **word, uint32_t **lines, size_t *n, an_diag_t *d)
{
    an_ctx_t c = { .d = d };
    an_program_t out = { 0 };
    *word = NULL;
    *lines = NULL;
    *n = 0;
    if (setjmp(c.at)) {
        an_ctx_free(&c);
        return c.err;
    }
    an_lex_t l = an_lex(&c, text, (an_at_t){ file, 1, 1 });
    const an_program_t p = program(&l);
    if (an_peek(&l)->kind != AN_TOK_END) an_fail(&c, AN_ERR_INPUT, an_peek(&l)->at, "core: of which chip? It needs a configuration");
    keep(&c, &out, &p);
    an_ctx_free(&c);
    *word = out.word;
    *lines = out.line;
    *n = out.n;
    return AN_OK;
}

/* What would be a fault (an_seq_faults): an instruction of a feature that the cores have not got. */
static void has_all(const an_lex_t *l, const an_config_t *cfg, const an_program_t *p, const char *file)
{
    for (size_t i = 0; i < p->n; i++) {
        const uint32_t lacks = an_seq_lacks(an_features_of(cfg), p->word[i]);
        if (lacks) an_fail(l->c, AN_ERR_FIT, (an_at_t){ file, (int)p->line[i], 1 }, "this configuration has no %s", an_code_feature(lacks));
    }
}

/* core N, ...: a mask */
static uint32_t cores_of(an_lex_t *l, const an_config_t *cfg, const an_program_t *core)
{
    uint32_t mask = 0;
    an_need(l, "core");
    do {
        const an_at_t at = an_peek(l)->at;
        const double v = number(l, "a core");
        if (v < 0 || v >= cfg->cores) an_fail(l->c, AN_ERR_INPUT, at, "core %.0f; legal: 0 to %u", v, cfg->cores - 1);
        if (core[(uint32_t)v].word || mask >> (uint32_t)v & 1) an_fail(l->c, AN_ERR_INPUT, at, "core %.0f has a program already", v);
        mask |= 1u << (uint32_t)v;
    } while (an_take(l, ","));
    an_line_end(l);
    return mask;
}

an_err_t an_asm_chip(const char *text, const char *file, const an_config_t *cfg, an_program_t *core, an_diag_t *d)
{
    an_ctx_t c = { .d = d };
    static const uint32_t from_0[AN_MOST_CORES];
    if (cfg->cores < 1 || cfg->cores > AN_MOST_CORES) return an_diag(d, AN_ERR_ARG, (an_at_t){ 0 }, "%u cores; legal: 1 to %d", cfg->cores, AN_MOST_CORES);
    memset(core, 0, cfg->cores * sizeof *core);
    if (setjmp(c.at)) {
        an_ctx_free(&c);
        return c.err;
    }
    an_lex_t l = an_lex(&c, text, (an_at_t){ file, 1, 1 });
    const an_tok_t *t = an_peek(&l);
    for (uint32_t mask = t->kind == AN_TOK_NAME && strcmp(t->text, "core") == 0 ? 0 : 1; mask || an_peek(&l)->kind != AN_TOK_END; mask = 0) {
        t = an_peek(&l);
        if (!mask) mask = cores_of(&l, cfg, core);
        const an_program_t p = program(&l);
        if (p.n > cfg->prog_words) an_fail(&c, AN_ERR_FIT, t->at, "%zu instructions; a core has %u", p.n, cfg->prog_words);
        has_all(&l, cfg, &p, file);
        for (uint32_t i = 0; i < cfg->cores; i++)
            if (mask >> i & 1) keep(&c, &core[i], &p);
    }
    an_ctx_free(&c);
    return an_flow(cfg, core, from_0, file, d);
}
