/* SPDX-License-Identifier: Apache-2.0
 * Vector instructions: operands found, binary points matched. Stored = value * 2^scale, so a product needs sh = sa + sb - sd. */
#include "an_comp.h"
#include <math.h>
#include <string.h>

typedef struct operand {
    enum { VEC, SCALAR, CONST } kind;
    const an_expr_t *e;
    const an_loc_t *loc;
    uint32_t back;       /* steps into the ring */
    uint32_t k;          /* SCALAR */
    double value;        /* CONST */
    int scale;
    bool neg;
} operand_t;

const an_loc_t *an_vecref(an_comp_t *o, const an_expr_t *e, const an_pop_t *pop, uint32_t *back)
{
    *back = 0;
    if ((e->kind != AN_EX_NAME && e->kind != AN_EX_INDEX) || !an_rule_is_vector(o->rule, e->name)) return NULL;
    if (!pop) an_fail(o->c, AN_ERR_INPUT, e->at, "%s: a vector is legal inside each only", e->name);
    const an_loc_t *l = an_loc(o, e->name, pop);
    if (!l)
        an_fail(o->c, AN_ERR_INPUT, e->at, "%s: role %s has no such vector; legal: %s", e->name, o->rule->role[pop->role],
                an_rule_vectors(o->c, o->rule, pop->role));
    if (e->kind == AN_EX_INDEX) {
        an_env_t env = { .net = o->net, .pop = pop };
        *back = (uint32_t)an_integer(o->c, e->arg[0], &env, 0, l->decl->depth - 1, "steps back");
    }
    return l;
}

static operand_t operand(an_comp_t *o, const an_expr_t *e, const an_pop_t *pop)
{
    operand_t r = { .kind = CONST, .e = e };
    const an_expr_t *in = e->kind == AN_EX_NEG ? e->arg[0] : e;
    if ((r.loc = an_vecref(o, in, pop, &r.back)) != NULL) {
        r.kind = VEC;
        r.scale = r.loc->scale;
        r.neg = e != in;
        return r;
    }
    const int k = in->kind == AN_EX_NAME ? an_k_find(o, in->name) : -1;
    if (k >= 0) {
        r.kind = SCALAR;
        r.k = (uint32_t)k;
        r.scale = o->k[k].shift;
        r.neg = e != in;
        return r;
    }
    an_env_t env = { .net = o->net, .pop = pop };
    if (in->kind == AN_EX_NAME && !an_rule_const(o->rule, in->name) && !(pop && strcmp(in->name, "n") == 0)) {
        const char *s = an_rule_consts(o->c, o->rule);
        for (size_t i = 0; i < o->rule->n_scalar; i++) s = an_fmt(o->c, "%s, %s", s, o->rule->scalar[i].name);
        if (pop) s = an_fmt(o->c, "%s, %s", s, an_rule_vectors(o->c, o->rule, pop->role));
        an_fail(o->c, AN_ERR_INPUT, in->at, "%s: unknown; legal: %s", in->name, s);
    }
    if (pop && an_varies(o->net, pop, e))
        an_fail(o->c, AN_ERR_INPUT, e->at, "%s differs from neuron to neuron of %s; legal: a coef", an_expr_show(o->c, e), pop->name);
    r.value = an_value(o->c, e, &env);
    return r;
}

static const char *kname(an_comp_t *o, const operand_t *a, const an_pop_t *pop)
{
    if (pop && a->e->kind == AN_EX_NAME) {
        const an_const_t *k = an_rule_const(o->rule, a->e->name);
        if (k && pop->value[k - o->rule->cnst]) return an_fmt(o->c, "%s.%s", pop->name, a->e->name);
    }
    return an_expr_show(o->c, a->e);
}

static void same_scale(an_comp_t *o, const operand_t *a, int scale)
{
    if (a->kind != CONST && a->scale != scale)
        an_fail(o->c, AN_ERR_INPUT, a->e->at, "%s has scale 2^%d, the result 2^%d; legal: the same (mul by 1 changes it)", an_expr_show(o->c, a->e), a->scale, scale);
}

/* An operand as the instruction has it: a space with a scalar's index, or with a vector. */
typedef struct slot { uint32_t sp, k; an_ref_t ref; } slot_t;

/* prefer_r: read as a multiplier operand */
static slot_t vec_operand(const operand_t *a, bool prefer_r)
{
    const bool rate = a->loc->decl->rate && (prefer_r || !a->loc->decl->state);
    return (slot_t){ .sp = rate ? AN_SRC_R : AN_SRC_S, .ref = { a->loc, a->back } };
}

static slot_t result(const operand_t *d)
{
    if (d->kind == SCALAR) return (slot_t){ .sp = AN_SPC_K, .k = d->k };
    return (slot_t){ .sp = d->loc->decl->state ? (d->loc->decl->rate ? AN_SPC_SR : AN_SPC_S) : AN_SPC_R, .ref = { d->loc, d->back } };
}

/* A wide operand at a given scale (a constant takes it). zero: Z is there for 0. */
static slot_t wide(an_comp_t *o, const operand_t *a, int scale, bool zero, const an_pop_t *pop)
{
    slot_t r = { .sp = AN_SRC_K, .k = a->k };
    if (a->kind == VEC) r = vec_operand(a, false);
    else if (a->kind == CONST && a->value == 0 && zero) r = (slot_t){ .sp = AN_SRC_Z };
    else if (a->kind == CONST) r.k = an_k_add(o, kname(o, a, pop), a->value, scale, a->e->at);
    return r;
}

static int shift(an_comp_t *o, const an_stmt_t *s, int sh, int lo, int hi)
{
    if (sh < lo || sh > hi) an_fail(o->c, AN_ERR_INPUT, s->at, "%s: needs a shift of %d; legal: %d to %d (change a scale)", s->op->name, sh, lo, hi);
    return sh;
}

static void stream(an_comp_t *o, const an_stmt_t *s, const operand_t *a, uint32_t n, int frac)
{
    an_entry_t *e = &o->entry[o->n_entry - 1];
    an_stream_t st = { .n = n, .frac = frac };
    size_t peers = 0; /* populations of one role share the rule's line: their streams carry their names */
    for (size_t i = 0; a->kind == VEC && i < o->net->n_pop; i++) peers += o->net->pop[i].role == a->loc->pop->role;
    st.name = an_fmt(o->c, "%s", s->stream ? s->stream : a->e->name);
    if (peers > 1) st.name = an_fmt(o->c, "%s.%s", a->loc->pop->name, st.name);
    if (s->op->op == AN_OP_IN) AN_PUSH(o->c, e->in, e->n_in, st);
    else AN_PUSH(o->c, e->out, e->n_out, st);
}

static void transfer(an_comp_t *o, const an_stmt_t *s, const an_pop_t *pop, uint64_t w)
{
    const operand_t a = operand(o, s->arg[0], pop);
    if (a.kind == CONST || a.neg) an_fail(o->c, AN_ERR_INPUT, s->arg[0]->at, "legal here: a vector or a scalar");
    const uint32_t n = a.kind == VEC ? a.loc->pop->n : 1;
    const bool in = s->op->op == AN_OP_IN;
    const slot_t at = in ? result(&a) : wide(o, &a, 0, false, pop);
    if (in) w = AN_PUT(AN_PUT(w, VEC_DSP, at.sp), VEC_D, at.k);
    else w = AN_PUT(AN_PUT(w, VEC_ASP, at.sp), VEC_A, at.k);
    const bool whole = !in && a.kind == SCALAR && o->k[a.k].integer, wide_out = !in && at.sp != AN_SRC_R;
    stream(o, s, &a, n, whole ? 0 : (wide_out ? AN_F_STATE : AN_F_RATE) + a.scale);
    an_ins_t i = { .word = AN_PUT(w, VEC_B, AN_PORT_HOST), .at = s->at, .n = a.kind == VEC ? n : 0, .pop = a.kind == VEC ? pop : NULL };
    i.ref[in ? 0 : 1] = at.ref;
    an_emit(o, i);
}

void an_vecop(an_comp_t *o, const an_stmt_t *s, const an_pop_t *pop)
{
    const int op = s->op->op;
    uint64_t w = AN_PUT(0, OP, op);
    if (op == AN_OP_IN || op == AN_OP_OUT) {
        transfer(o, s, pop, w);
        return;
    }
    const operand_t d = operand(o, s->arg[0], pop);
    if (d.kind == CONST || d.neg) an_fail(o->c, AN_ERR_INPUT, s->arg[0]->at, "the result goes to a vector or a scalar");
    const bool reduces = op == AN_OP_SUM || op == AN_OP_DOT || op == AN_OP_AMAX;
    if (reduces && d.kind != SCALAR) an_fail(o->c, AN_ERR_INPUT, s->arg[0]->at, "%s: the result of %s is a scalar", d.e->name, s->op->name);
    const operand_t a = operand(o, s->arg[1], pop);
    operand_t b = { .kind = CONST, .e = s->arg[1] }, cc = b;
    const bool products = op == AN_OP_MUL || op == AN_OP_MAC || op == AN_OP_LEAK || op == AN_OP_DOT;
    slot_t ra = { .sp = AN_SRC_Z }, rb = { 0 }, rc = { 0 };
    int sh = 0;
    bool has_c = op == AN_OP_SEL || op == AN_OP_MAC || op == AN_OP_LEAK;
    if (has_c) {
        cc = operand(o, s->arg[3], pop);
        same_scale(o, &cc, d.scale);
        if (cc.neg) an_fail(o->c, AN_ERR_INPUT, cc.e->at, "the third operand has no minus");
        rc = wide(o, &cc, d.scale, false, pop);
        if (rc.sp == AN_SRC_R) an_fail(o->c, AN_ERR_INPUT, cc.e->at, "%s is in the rate memory only; the third operand is a state vector, a scalar or a constant", cc.e->name);
        rc.sp = rc.sp == AN_SRC_K;
    }
    if (op == AN_OP_TAB) {
        const an_table_t *t = s->arg[2]->kind == AN_EX_NAME ? an_rule_table(o->rule, s->arg[2]->name) : NULL;
        if (!t) an_fail(o->c, AN_ERR_INPUT, s->arg[2]->at, "%s: unknown table", an_expr_show(o->c, s->arg[2]));
        rb.sp = AN_SRC_S;
        rb.k = an_t_add(o, t, a.kind == CONST ? 0 : a.scale, d.scale, &sh, s->at);
        ra = wide(o, &a, 0, true, pop);
    } else if (products) {
        const bool whole = op == AN_OP_LEAK;
        b = operand(o, s->arg[2], pop);
        if (whole) same_scale(o, &a, d.scale);
        const int sa = a.kind != CONST ? a.scale : whole ? d.scale : 0;
        ra = wide(o, &a, sa, true, pop);
        if (b.kind == CONST && b.value == 0) {
            rb.sp = AN_SRC_Z;
        } else if (b.kind == CONST) {
            int sb;
            rb.sp = AN_SRC_K;
            rb.k = an_k_operand(o, kname(o, &b, pop), b.value, -8 + d.scale - sa, 15 + d.scale - sa, &sb, b.e->at);
            sh = sa + sb - d.scale;
        } else {
            rb = b.kind == VEC ? vec_operand(&b, true) : (slot_t){ .sp = AN_SRC_K, .k = b.k };
            sh = shift(o, s, sa + b.scale - d.scale, op == AN_OP_DOT ? 0 : -8, 15);
        }
    } else if (op == AN_OP_SUM || op == AN_OP_AMAX || op == AN_OP_RECIP || op == AN_OP_SQRT) {
        ra = wide(o, &a, 0, false, pop);
        if (op == AN_OP_SUM) sh = shift(o, s, a.scale - d.scale, 0, 15);
        if (op == AN_OP_RECIP) sh = shift(o, s, -a.scale - d.scale, -8, 15);
        if (op == AN_OP_AMAX && !s->index) same_scale(o, &a, d.scale);
        if (op == AN_OP_SQRT && a.scale != 2 * d.scale)
            an_fail(o->c, AN_ERR_INPUT, s->at, "sqrt of scale 2^%d gives 2^%d; legal: half the exponent", a.scale, d.scale);
    } else {
        if (op != AN_OP_SEL) same_scale(o, &a, d.scale);
        ra = wide(o, &a, op == AN_OP_SEL && a.kind != CONST ? a.scale : d.scale, true, pop);
        rb.sp = AN_SRC_Z;
        if (!s->op->zero_b) {
            b = operand(o, s->arg[2], pop);
            same_scale(o, &b, d.scale);
            rb = wide(o, &b, d.scale, true, pop);
        }
    }
    if (a.neg) an_fail(o->c, AN_ERR_INPUT, a.e->at, "the first operand has no minus; legal: sub, or a minus at the second");
    if (b.neg && !products && op != AN_OP_ADD) an_fail(o->c, AN_ERR_INPUT, b.e->at, "%s has no minus", s->op->name);
    if (b.neg && op == AN_OP_DOT) an_fail(o->c, AN_ERR_INPUT, b.e->at, "dot has no minus");
    const bool neg = (b.neg != s->op->neg) || s->index;
    const slot_t rd = result(&d);
    w = AN_PUT(AN_PUT(AN_PUT(AN_PUT(AN_PUT(w, VEC_D, rd.k), VEC_DSP, rd.sp), VEC_ASP, ra.sp), VEC_A, ra.k), VEC_BSP, rb.sp);
    w = AN_PUT(AN_PUT(AN_PUT(AN_PUT(w, VEC_B, rb.k), VEC_CSP, rc.sp), VEC_C, rc.k), VEC_SH, sh);
    w = AN_PUT(AN_PUT(w, VEC_NEG, neg), VEC_POST, s->post);
    if (d.kind == SCALAR) o->k[d.k].integer = s->index;
    if (d.kind == SCALAR && !reduces && (a.kind == VEC || b.kind == VEC || cc.kind == VEC) && pop->n != 1)
        an_fail(o->c, AN_ERR_INPUT, s->at, "a scalar takes one neuron's value, %s has %u; legal: sum, dot, amax", pop->name, pop->n);
    const bool vector = d.kind == VEC || a.kind == VEC || b.kind == VEC || cc.kind == VEC;
    an_ins_t i = { .word = w, .at = s->at, .n = d.kind == VEC || reduces ? (pop ? pop->n : 1) : 0, .pop = vector ? pop : NULL, .ref = { rd.ref, ra.ref, rb.ref, rc.ref } };
    an_emit_site(o, an_emit(o, i), d.kind == VEC ? an_fmt(o->c, "%s.%s", d.loc->pop->name, d.loc->decl->name) : d.e->name,
                 d.kind == VEC && (d.loc->decl->state || d.loc->decl->network));
}
