/* SPDX-License-Identifier: Apache-2.0
 * Statements of a rule. */
#include "an_rule.h"
#include <string.h>

static const an_mnemonic_t mnemonics[] = {
    { "mov", AN_OP_ADD, 2, false, true },  { "add", AN_OP_ADD, 3, false, false },  { "sub", AN_OP_ADD, 3, true, false },
    { "min", AN_OP_MIN, 3, false, false }, { "max", AN_OP_MAX, 3, false, false },  { "sel", AN_OP_SEL, 4, false, false },
    { "mul", AN_OP_MUL, 3, false, false }, { "mac", AN_OP_MAC, 4, false, false },  { "leak", AN_OP_LEAK, 4, false, false },
    { "tab", AN_OP_TAB, 3, false, false }, { "recip", AN_OP_RECIP, 2, false, false }, { "sqrt", AN_OP_SQRT, 2, false, false },
    { "sum", AN_OP_SUM, 2, false, false }, { "dot", AN_OP_DOT, 3, false, false },  { "amax", AN_OP_AMAX, 2, false, false },
    { "in", AN_OP_IN, 1, false, false },   { "out", AN_OP_OUT, 1, false, false },
};
enum { N_MNEMONICS = sizeof mnemonics / sizeof *mnemonics };

static void instruction(an_lex_t *l, an_stmt_t *s)
{
    static const char *const post[] = { "none", "unit", "sym", "pos" };
    for (int i = 0; i < s->op->args; i++) {
        if (i) an_need(l, ",");
        s->arg[i] = an_expr_parse(l);
    }
    if (s->op->op == AN_OP_IN && an_take(l, "<-")) s->stream = an_name(l, "the stream's name");
    if (s->op->op == AN_OP_OUT && an_take(l, "->")) s->stream = an_name(l, "the stream's name");
    if (s->op->op == AN_OP_AMAX && an_take(l, "index")) s->index = true;
    const bool clips = s->op->op <= AN_OP_TAB && s->op->op != AN_OP_IN && s->op->op != AN_OP_OUT;
    for (int i = 0; clips && i < 4; i++)
        if (an_take(l, post[i])) {
            s->post = i;
            break;
        }
}

/* into = EXPR, or into += EXPR */
static an_part_t part(an_lex_t *l)
{
    an_part_t p = { .there = true, .at = an_peek(l)->at };
    an_lex_t save = *l;
    an_name(l, "a vector, W or V");
    l->i = save.i;
    an_expr_t *e = an_expr_parse(l);
    if (e->kind != AN_EX_NAME && e->kind != AN_EX_INDEX) an_fail(l->c, AN_ERR_INPUT, p.at, "a vector, W or V stands left of = and +=");
    p.into = e;
    if (an_take(l, "+=")) p.self = true;
    else an_need(l, "=");
    p.value = an_expr_parse(l);
    return p;
}

static void once(an_lex_t *l, an_part_t *p)
{
    if (p->there) an_fail(l->c, AN_ERR_INPUT, an_peek(l)->at, "a sweep has one part of each kind");
    *p = part(l);
}

static void sweep(an_lex_t *l, const an_rule_t *r, an_stmt_t *s)
{
    s->roles = an_roles(l, r);
    an_need(l, "->");
    s->to = an_roles(l, r);
    s->skip = an_take(l, "skip");
    an_need(l, ":");
    do {
        const an_tok_t *t = an_peek(l);
        if (an_take(l, "forward")) {
            once(l, &s->forward);
        } else if (an_take(l, "backward")) {
            once(l, &s->backward);
        } else if (an_take(l, "learn")) {
            once(l, &s->learn);
            if (!s->learn.self || s->learn.into->kind != AN_EX_NAME || (strcmp(s->learn.into->name, "W") && strcmp(s->learn.into->name, "V")))
                an_fail(l->c, AN_ERR_INPUT, s->learn.at, "legal here: W += or V +=");
        } else if (s->learn.there && strcmp(s->learn.into->name, "V") == 0 && strcmp(t->text, "W") == 0) {
            once(l, &s->move);
            if (!s->move.self) an_fail(l->c, AN_ERR_INPUT, s->move.at, "legal here: W +=");
            s->old = an_take(l, "old");
            if (!s->old) (void)an_take(l, "new");
        } else {
            an_fail(l->c, AN_ERR_INPUT, t->at, "found %s; legal here: forward, backward, learn", an_tok_text(t));
        }
    } while (an_take(l, ","));
}

static an_stmt_t *statement(an_lex_t *l, const an_rule_t *r)
{
    an_stmt_t *s = an_new(l->c, 1, sizeof *s);
    const an_tok_t *t = an_peek(l);
    s->at = t->at;
    an_deeper(l);
    if (an_take(l, "each")) {
        s->kind = AN_ST_EACH;
        s->roles = an_roles(l, r);
        if (an_take(l, ":")) {
            AN_PUSH(l->c, s->body, s->n_body, statement(l, r));
        } else {
            an_line_end(l);
            an_stmt_block(l, r, &s->body, &s->n_body);
        }
    } else if (an_take(l, "loop")) {
        s->kind = AN_ST_LOOP;
        s->count = an_expr_parse(l);
        an_line_end(l);
        an_stmt_block(l, r, &s->body, &s->n_body);
    } else if (an_take(l, "sweep")) {
        s->kind = AN_ST_SWEEP;
        sweep(l, r, s);
    } else if (an_take(l, "tick")) {
        s->kind = AN_ST_TICK;
    } else if (an_take(l, "rotate")) {
        s->kind = AN_ST_ROTATE;
    } else {
        for (int i = 0; i < N_MNEMONICS && !s->op; i++)
            if (t->kind == AN_TOK_NAME && strcmp(mnemonics[i].name, t->text) == 0) s->op = &mnemonics[i];
        if (!s->op) {
            const char *all = "each, loop, sweep, tick, rotate, end";
            for (int i = 0; i < N_MNEMONICS; i++) all = an_fmt(l->c, "%s, %s", all, mnemonics[i].name);
            an_fail(l->c, AN_ERR_INPUT, t->at, "%s: unknown instruction; legal: %s", an_tok_text(t), all);
        }
        an_next(l);
        instruction(l, s);
    }
    l->depth--;
    return s;
}

void an_stmt_block(an_lex_t *l, const an_rule_t *r, an_stmt_t ***body, size_t *n)
{
    while (!an_take(l, "end")) {
        if (an_peek(l)->kind == AN_TOK_END) an_fail(l->c, AN_ERR_INPUT, an_peek(l)->at, "found end of file; legal here: end");
        AN_PUSH(l->c, *body, *n, statement(l, r));
        an_line_end(l);
    }
}
