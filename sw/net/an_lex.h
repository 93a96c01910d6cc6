/* SPDX-License-Identifier: Apache-2.0
 * an_lex -- rule files, expressions and assembler text as tokens. '#' starts a comment; a line ends a statement except after ','. */
#ifndef AN_LEX_H
#define AN_LEX_H
#include "an_ctx.h"

typedef enum { AN_TOK_END, AN_TOK_LINE, AN_TOK_NAME, AN_TOK_NUMBER, AN_TOK_SIGN } an_tok_kind_t;

typedef struct an_tok {
    an_tok_kind_t kind;
    const char *text;  /* NAME: letters, digits, '_' and a closing '; SIGN: one of -> <- += or a single character */
    double num;        /* NUMBER; 0x... is read as an integer */
    an_at_t at;
} an_tok_t;

typedef struct an_lex { an_ctx_t *c; an_tok_t *tok; size_t n, i; int depth; } an_lex_t;

an_lex_t an_lex(an_ctx_t *c, const char *text, an_at_t from);
const an_tok_t *an_peek(const an_lex_t *l);
const an_tok_t *an_next(an_lex_t *l);
bool an_take(an_lex_t *l, const char *text);                    /* takes the sign or name if it comes next */
void an_need(an_lex_t *l, const char *text);                    /* fails if it does not */
const char *an_name(an_lex_t *l, const char *what);             /* takes a name, or fails saying what it wants */
const char *an_tok_text(const an_tok_t *t);                     /* for messages */
void an_line_end(an_lex_t *l);                                  /* fails if something is left on the line */

/* Blocks, brackets and signs inside one another: fails beyond 100, which no text written by hand needs. */
void an_deeper(an_lex_t *l);

#endif
