/* SPDX-License-Identifier: Apache-2.0
 * All populations and all blocks share the place of a scratch vector: a block that reads one must have written it, and a sweep has none. */
#include "an_rule.h"
#include <string.h>

static const char *scratch(const an_rule_t *r, const an_expr_t *e, an_roles_t roles)
{
    if (e->kind != AN_EX_NAME && e->kind != AN_EX_INDEX) return NULL;
    for (size_t i = 0; i < r->n_vector; i++)
        if (r->vector[i].scratch && (r->vector[i].roles & roles) && strcmp(r->vector[i].name, e->name) == 0) return r->vector[i].name;
    return NULL;
}

typedef struct block {
    an_ctx_t *c;
    const an_rule_t *r;
    an_roles_t roles;
    const char **written; size_t n_written;
} block_t;

static bool was_written(const block_t *b, const char *name)
{
    for (size_t i = 0; i < b->n_written; i++)
        if (strcmp(b->written[i], name) == 0) return true;
    return false;
}

static void reads(const block_t *b, const an_expr_t *e)
{
    const an_expr_t *in = e->kind == AN_EX_NEG ? e->arg[0] : e;
    const char *name = scratch(b->r, in, b->roles);
    if (name && !was_written(b, name))
        an_fail(b->c, AN_ERR_INPUT, in->at, "%s is scratch and this block has not written it: another block or population may have; legal: write it first, or declare %s without scratch", name, name);
}

static void each(block_t *b, an_stmt_t *const *body, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const an_stmt_t *s = body[i];
        if (s->kind != AN_ST_OP) { /* what stands in a block that may not is refused where code is made */
            each(b, s->body, s->n_body);
            continue;
        }
        const bool out = s->op->op == AN_OP_OUT;
        for (int k = out ? 0 : 1; k < s->op->args; k++) reads(b, s->arg[k]);
        const char *name = out ? NULL : scratch(b->r, s->arg[0], b->roles);
        if (name) AN_PUSH(b->c, b->written, b->n_written, name);
    }
}

static void part(an_ctx_t *c, const an_rule_t *r, const an_expr_t *e, an_roles_t roles)
{
    if (!e) return;
    const char *name = scratch(r, e, roles);
    if (name) an_fail(c, AN_ERR_INPUT, e->at, "%s is scratch: it holds within one block of each, a sweep needs a vector that stays; legal: declare %s without scratch", name, name);
    for (int k = 0; k < 3; k++) part(c, r, e->arg[k], roles);
}

void an_scratch_check(an_ctx_t *c, const an_rule_t *r, an_stmt_t *const *body, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const an_stmt_t *s = body[i];
        if (s->kind == AN_ST_EACH) {
            block_t b = { .c = c, .r = r, .roles = s->roles };
            each(&b, s->body, s->n_body);
        } else if (s->kind == AN_ST_SWEEP) {
            const an_part_t *const all[] = { &s->forward, &s->backward, &s->learn, &s->move };
            for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
                part(c, r, all[k]->into, s->roles | s->to);
                part(c, r, all[k]->value, s->roles | s->to);
            }
        } else {
            an_scratch_check(c, r, s->body, s->n_body);
        }
    }
}
