/* SPDX-License-Identifier: Apache-2.0
 * an_expr -- expressions of rules and experiments: + - * / ^, conditional c ? a : b (c > 0), names, name[k], functions. Values are
 * doubles; what a name is worth is the business of the caller. */
#ifndef AN_EXPR_H
#define AN_EXPR_H
#include "an_lex.h"

typedef enum { AN_EX_NUM, AN_EX_NAME, AN_EX_INDEX, AN_EX_NEG, AN_EX_ADD, AN_EX_SUB, AN_EX_MUL, AN_EX_DIV, AN_EX_POW, AN_EX_IF, AN_EX_CALL } an_ex_kind_t;

typedef struct an_expr {
    an_ex_kind_t kind;
    an_at_t at;
    double num;                 /* NUM */
    const char *name;           /* NAME, INDEX, CALL */
    int fn;                     /* CALL */
    int depth;                  /* of the tree below */
    struct an_expr *arg[3];
} an_expr_t;

/* Value of a name (NAME), or of a random draw: name NULL. Fails if it is not a constant. */
typedef double an_value_fn(an_ctx_t *c, const an_expr_t *e, void *env);

an_expr_t *an_expr_parse(an_lex_t *l);
/* The whole of text. */
an_expr_t *an_expr_text(an_ctx_t *c, const char *text, an_at_t at);
/* Fails if the result is not finite. */
double an_expr_eval(an_ctx_t *c, const an_expr_t *e, an_value_fn *value, void *env);
/* As written, near enough: for the names of scalars. */
const char *an_expr_show(an_ctx_t *c, const an_expr_t *e);

#endif
