/* SPDX-License-Identifier: Apache-2.0 */
#include "an_lex.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void push(an_lex_t *l, an_tok_kind_t kind, const char *s, size_t n, an_at_t at)
{
    an_tok_t t = { .kind = kind, .text = an_strn(l->c, s, n), .at = at };
    if (kind == AN_TOK_NUMBER) t.num = s[0] == '0' && (s[1] | 32) == 'x' ? (double)strtoull(t.text, NULL, 16) : strtod(t.text, NULL);
    AN_PUSH(l->c, l->tok, l->n, t);
}

static size_t number(const char *s)
{
    char *end;
    if (s[0] == '0' && (s[1] | 32) == 'x') strtoull(s, &end, 16);
    else strtod(s, &end);
    return (size_t)(end - s);
}

an_lex_t an_lex(an_ctx_t *c, const char *text, an_at_t from)
{
    an_lex_t l = { .c = c };
    an_at_t at = from;
    const char *s = text;
    if (at.line < 1) at.line = at.col = 1;
    while (*s) {
        const unsigned char ch = (unsigned char)*s;
        size_t n = 1;
        if (ch == '#') {
            n = strcspn(s, "\n");
        } else if (ch == '\n') {
            const an_tok_t *last = l.n ? &l.tok[l.n - 1] : NULL;
            if (last && last->kind != AN_TOK_LINE && strcmp(last->text, ",") != 0) push(&l, AN_TOK_LINE, "end of line", 11, at);
            at.line++;
            at.col = 1;
            s++;
            continue;
        } else if (isspace(ch)) {
            ;
        } else if (isalpha(ch) || ch == '_') {
            while (isalnum((unsigned char)s[n]) || s[n] == '_') n++;
            if (s[n] == '\'') n++;
            push(&l, AN_TOK_NAME, s, n, at);
        } else if (isdigit(ch) || (ch == '.' && isdigit((unsigned char)s[1]))) {
            n = number(s);
            push(&l, AN_TOK_NUMBER, s, n, at);
        } else if (strchr("+-*/^()[]=,:>?", ch)) {
            if ((ch == '-' && s[1] == '>') || (ch == '+' && s[1] == '=')) n = 2;
            push(&l, AN_TOK_SIGN, s, n, at);
        } else if (ch == '<' && s[1] == '-') {
            n = 2;
            push(&l, AN_TOK_SIGN, s, n, at);
        } else if (isprint(ch)) {
            an_fail(c, AN_ERR_INPUT, at, "unexpected character '%c'", ch);
        } else {
            an_fail(c, AN_ERR_INPUT, at, "unexpected byte 0x%02x", ch);
        }
        s += n;
        at.col += (int)n;
    }
    if (l.n && l.tok[l.n - 1].kind != AN_TOK_LINE) push(&l, AN_TOK_LINE, "end of line", 11, at);
    push(&l, AN_TOK_END, "end of file", 11, at);
    return l;
}

const an_tok_t *an_peek(const an_lex_t *l) { return &l->tok[l->i]; }

const an_tok_t *an_next(an_lex_t *l)
{
    const an_tok_t *t = &l->tok[l->i];
    if (t->kind != AN_TOK_END) l->i++;
    return t;
}

bool an_take(an_lex_t *l, const char *text)
{
    const an_tok_t *t = an_peek(l);
    if ((t->kind != AN_TOK_NAME && t->kind != AN_TOK_SIGN) || strcmp(t->text, text) != 0) return false;
    l->i++;
    return true;
}

const char *an_tok_text(const an_tok_t *t) { return t->text; }

void an_need(an_lex_t *l, const char *text)
{
    const an_tok_t *t = an_peek(l);
    if (!an_take(l, text)) an_fail(l->c, AN_ERR_INPUT, t->at, "found %s; legal here: %s", an_tok_text(t), text);
}

const char *an_name(an_lex_t *l, const char *what)
{
    const an_tok_t *t = an_peek(l);
    if (t->kind != AN_TOK_NAME) an_fail(l->c, AN_ERR_INPUT, t->at, "found %s; legal here: %s", an_tok_text(t), what);
    l->i++;
    return t->text;
}

void an_line_end(an_lex_t *l)
{
    const an_tok_t *t = an_peek(l);
    if (t->kind == AN_TOK_LINE) l->i++;
    else if (t->kind != AN_TOK_END) an_fail(l->c, AN_ERR_INPUT, t->at, "found %s; legal here: end of line", an_tok_text(t));
}

void an_deeper(an_lex_t *l)
{
    if (++l->depth > 100) an_fail(l->c, AN_ERR_INPUT, an_peek(l)->at, "nested too deep; legal: 100 levels");
}
