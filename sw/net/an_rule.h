/* SPDX-License-Identifier: Apache-2.0
 * an_rule -- a rule file as read: declarations and statements, nothing looked up but roles. Language: docs/language.md. */
#ifndef AN_RULE_H
#define AN_RULE_H
#include "an_expr.h"

typedef uint32_t an_roles_t; /* bit i: role i */

typedef struct an_const { const char *name; an_at_t at; an_expr_t *value; } an_const_t;
typedef struct an_scalar { const char *name; an_at_t at; int scale; an_expr_t *value; } an_scalar_t;
typedef struct an_table { const char *name; an_at_t at; an_expr_t *value, *domain; } an_table_t;

typedef struct an_vector {
    const char *name;
    an_at_t at;
    an_roles_t roles;
    bool state, rate, network, scratch, coef; /* coef: scale chosen by the compiler, per population */
    int scale;                                /* stored = value * 2^scale */
    long depth;                               /* steps of the delay line, 1: none */
    an_expr_t *value;                         /* what it starts from, or NULL */
} an_vector_t;

typedef enum { AN_ST_OP, AN_ST_SWEEP, AN_ST_EACH, AN_ST_LOOP, AN_ST_TICK, AN_ST_ROTATE } an_st_kind_t;

typedef struct an_mnemonic {
    const char *name;
    int op;              /* AN_OP_x */
    int args;            /* operands, the destination included */
    bool neg, zero_b;    /* sub; mov */
} an_mnemonic_t;

typedef struct an_part { bool there, self; an_at_t at; an_expr_t *into, *value; } an_part_t;

typedef struct an_stmt {
    an_st_kind_t kind;
    an_at_t at;
    const an_mnemonic_t *op;         /* OP */
    an_expr_t *arg[4];
    int post;                        /* AN_POST_x */
    bool index;                      /* amax */
    const char *stream;              /* in, out; NULL: the vector's name */
    an_roles_t roles, to;            /* EACH; SWEEP: from, to */
    an_expr_t *count;                /* LOOP */
    bool skip, old;                  /* SWEEP */
    an_part_t forward, backward, learn, move; /* learn: w or v; move: w by v */
    struct an_stmt **body; size_t n_body;
} an_stmt_t;

typedef struct an_rule_entry { const char *name; an_at_t at; an_stmt_t **body; size_t n_body; } an_rule_entry_t;

typedef struct an_rule {
    const char *file;
    const char **role; size_t n_role;
    an_const_t *cnst; size_t n_cnst;
    an_scalar_t *scalar; size_t n_scalar;
    an_vector_t *vector; size_t n_vector;
    an_table_t *table; size_t n_table;
    an_rule_entry_t *entry; size_t n_entry;
} an_rule_t;

an_rule_t *an_rule_parse(an_ctx_t *c, const char *text, const char *file);

const an_const_t *an_rule_const(const an_rule_t *r, const char *name);
const an_scalar_t *an_rule_scalar(const an_rule_t *r, const char *name);
const an_table_t *an_rule_table(const an_rule_t *r, const char *name);
/* Vector of that name that the role has; NULL if it has none. */
const an_vector_t *an_rule_vector(const an_rule_t *r, const char *name, size_t role);
bool an_rule_is_vector(const an_rule_t *r, const char *name);   /* of whatever role */
int an_rule_role(const an_rule_t *r, const char *name);         /* -1: unknown */
const char *an_rule_roles(an_ctx_t *c, const an_rule_t *r);     /* "input, hidden, output" */
const char *an_rule_consts(an_ctx_t *c, const an_rule_t *r);
const char *an_rule_vectors(an_ctx_t *c, const an_rule_t *r, size_t role);

/* Every scratch vector is written in the block that reads it, and stands in no sweep (an_scratch.c). */
void an_scratch_check(an_ctx_t *c, const an_rule_t *r, an_stmt_t *const *body, size_t n);
/* Statements (an_stmt.c): up to `end`, which is taken. */
void an_stmt_block(an_lex_t *l, const an_rule_t *r, an_stmt_t ***body, size_t *n);
an_roles_t an_roles(an_lex_t *l, const an_rule_t *r);

#endif
