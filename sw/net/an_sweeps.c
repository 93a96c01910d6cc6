/* SPDX-License-Identifier: Apache-2.0
 * sweep statements: one SWP a projection where its operands allow, two where learning needs a lane operand of its own. */
#include "an_swp.h"
#include "an_term.h"
#include <math.h>
#include <string.h>

/* forward or backward of one projection */
typedef struct flow {
    bool there, over_v;
    const an_loc_t *r, *acc, *start;         /* what is read, where it goes, what that starts from */
    uint32_t r_back, acc_back, start_back;
    int mode;                                /* AN_INIT_x */
} flow_t;

typedef struct learn {
    bool there, over_v;
    const an_loc_t *post, *pre;
    uint32_t post_back, pre_back;
    double rate, mantissa;
    const char *scalar;
    int lsh;
    uint32_t beta, kappa, mu;
    int bsh, ksh, wsh;
} learn_t;

typedef struct sweep {
    an_comp_t *o;
    const an_stmt_t *s;
    const an_wloc_t *w;
    flow_t fwd, bwd;
    learn_t lrn;
    an_swp_t *swp; size_t n_swp;             /* of the whole statement */
} sweep_t;

static const an_loc_t *must_vec(an_comp_t *o, const an_expr_t *e, const an_pop_t *p, bool state, uint32_t *back)
{
    const an_loc_t *l = an_vecref(o, e, p, back);
    if (!l) an_fail(o->c, AN_ERR_INPUT, e->at, "%s: not a vector; legal: %s", an_expr_show(o->c, e), an_rule_vectors(o->c, o->rule, p->role));
    if (state ? !l->decl->state : !l->decl->rate)
        an_fail(o->c, AN_ERR_INPUT, e->at, "%s is not in the %s memory; declare it %s", e->name, state ? "state" : "rate", state ? "state" : "rate");
    return l;
}

/* into = START + W*r, into += W*r. read: the population whose vector is read, into: the one that accumulates. first: of this statement. */
static flow_t flow(an_comp_t *o, const an_part_t *p, const an_proj_t *proj, bool forward, bool first)
{
    an_term_t t[AN_TERMS];
    flow_t f = { .there = true, .mode = p->self || !first ? AN_INIT_SELF : AN_INIT_ZERO };
    const an_pop_t *read = forward ? proj->pre : proj->post, *into = forward ? proj->post : proj->pre;
    const int n = an_terms(o, p->value, t);
    f.acc = must_vec(o, p->into, into, true, &f.acc_back);
    for (int i = 0; i < n; i++) {
        if (t[i].sign < 0 || t[i].n_k || t[i].scalar || t[i].n_vec != 1 || (t[i].weight && f.r) || (!t[i].weight && (f.start || p->self)) ||
            (t[i].weight && t[i].transposed == forward))
            an_fail(o->c, AN_ERR_INPUT, t[i].at, forward ? "legal: forward a = W*r, a = start + W*r, a += W*r" : "legal: backward q = W'*e, q = start + W'*e, q += W'*e");
        if (t[i].weight) {
            f.r = must_vec(o, t[i].vec[0], read, false, &f.r_back);
            f.over_v = t[i].weight == 'V';
        } else {
            f.start = must_vec(o, t[i].vec[0], into, true, &f.start_back);
            if (first) f.mode = AN_INIT_FROM;
        }
    }
    if (!f.r) an_fail(o->c, AN_ERR_INPUT, p->at, "%s is missing", forward ? "W*r" : "W'*e");
    if (f.start == f.acc && f.start_back == f.acc_back && f.mode == AN_INIT_FROM) f.mode = AN_INIT_SELF;
    const int frac = f.over_v ? proj->v_frac : proj->w_frac;
    const int scale = frac - AN_F_RATE + f.r->scale;
    if (f.acc->scale != scale || (f.start && f.start->scale != scale))
        an_fail(o->c, AN_ERR_INPUT, p->at, "%s: %s gets scale 2^%d here (weights of %d fractional bits); legal: declare it * 2^%d", proj->name,
                p->into->name, scale, frac, scale);
    return f;
}

/* eta = m * 2^-k with m in (0.5, 1]; the learn product is shifted by lsh, m goes into the row operand */
static void rate(an_comp_t *o, const an_term_t *t, const an_proj_t *p, learn_t *l, int frac)
{
    int e;
    l->rate = an_term_value(o, t, p);
    l->mantissa = frexp(l->rate, &e);
    if (l->mantissa == 0.5) {
        l->mantissa = 1;
        e--;
    }
    l->lsh = 2 * AN_F_RATE + l->post->scale + l->pre->scale - frac - e;
    if (l->rate != 0 && (l->lsh < 0 || l->lsh > 31))
        an_fail(o->c, AN_ERR_INPUT, t->at, "%s: learning rate %g needs a shift of %d; legal: 0 to 31 (change the scale of %s by 2^%d)", p->name, l->rate,
                l->lsh, l->post->decl->name, l->lsh < 0 ? -l->lsh : 31 - l->lsh);
    l->scalar = t->scalar;
    if (l->scalar && l->mantissa != 1) an_fail(o->c, AN_ERR_INPUT, t->at, "beside a scalar the constant is a power of two");
}

static uint32_t par(an_comp_t *o, const an_term_t *t, const an_proj_t *p, int lo, int hi, int *sh, const char *what)
{
    if (t && t->scalar) { /* as the scalar stands; its declaration says the scale */
        if (t->n_k || strcmp(what, "mu") != 0) an_fail(o->c, AN_ERR_INPUT, t->at, "%s: legal: a constant; mu may be a scalar alone", what);
        const uint32_t k = (uint32_t)an_k_find(o, t->scalar);
        *sh = o->k[k].shift;
        if (*sh < lo || *sh > hi || t->sign < 0)
            an_fail(o->c, AN_ERR_INPUT, t->at, "%s: %s has scale 2^%d; legal: 2^%d to 2^%d, without a minus", p->name, t->scalar, *sh, lo, hi);
        return k;
    }
    const double v = t ? an_term_value(o, t, p) : 0;
    const char *name = an_fmt(o->c, "%s.%s", p->name, t && t->n_k ? an_expr_show(o->c, t->k[0].e) : what);
    const uint32_t k = an_k_operand(o, t ? name : "0", v, lo, hi, sh, t ? t->at : p->at);
    if (v != 0 && rint(ldexp(v, AN_F_RATE + *sh)) == 0) an_fail(o->c, AN_ERR_INPUT, t->at, "%s: %s = %g is below one step", p->name, what, v);
    return k;
}

/* beta*v << 8*bsh is subtracted from a product that is worth 2^lsh steps of v: stored = value * 2^(12 + scale), scale = base - 8*bsh */
static uint32_t decay(an_comp_t *o, const an_term_t *t, const an_proj_t *p, int base, int *bsh, const char *what)
{
    const double v = t ? fabs(an_term_value(o, t, p)) : 0;
    for (*bsh = 0; *bsh < 2 && rint(ldexp(v, AN_F_RATE + base - 8 * *bsh)) > INT16_MAX; ++*bsh) {}
    int sh = base - 8 * *bsh;
    return par(o, t, p, sh, sh, &sh, what);
}

static learn_t learn(an_comp_t *o, const an_stmt_t *s, const an_proj_t *p)
{
    an_term_t t[AN_TERMS];
    const an_term_t *e = NULL, *beta = NULL, *kappa = NULL;
    learn_t l = { .there = true, .over_v = s->learn.into->name[0] == 'V' };
    const int n = an_terms(o, s->learn.value, t);
    for (int i = 0; i < n; i++) {
        if (t[i].n_vec == 2 && !t[i].weight && !e) e = &t[i];
        else if (t[i].n_vec == 0 && t[i].weight == 'V' && !t[i].transposed && l.over_v && !beta) beta = &t[i];
        else if (t[i].n_vec == 0 && t[i].weight == 'W' && !t[i].transposed && l.over_v && !kappa) kappa = &t[i];
        else an_fail(o->c, AN_ERR_INPUT, t[i].at, l.over_v ? "legal: learn V += eta*e*r - beta*V - kappa*W, W += mu*V" : "legal: learn W += eta*e*r, e of the postsynaptic, r of the presynaptic side");
    }
    if (!e) an_fail(o->c, AN_ERR_INPUT, s->learn.at, "the product of a postsynaptic and a presynaptic vector is missing");
    if (p->pair != l.over_v) an_fail(o->c, AN_ERR_INPUT, s->learn.at, "%s has a V; legal: learn V += .., W += mu*V", p->name);
    l.post = must_vec(o, e->vec[0], p->post, false, &l.post_back);
    l.pre = must_vec(o, e->vec[1], p->pre, false, &l.pre_back);
    rate(o, e, p, &l, l.over_v ? p->v_frac : p->w_frac);
    if (!l.over_v) return l;
    if (!s->move.there) an_fail(o->c, AN_ERR_INPUT, s->learn.at, "W += mu*V is missing after V += ..");
    if (l.rate == 0) l.lsh = 20; /* a product of zero: any shift will do for the decays */
    an_term_t mt[AN_TERMS], b, k;
    if (an_terms(o, s->move.value, mt) != 1 || mt[0].weight != 'V' || mt[0].n_vec || mt[0].transposed)
        an_fail(o->c, AN_ERR_INPUT, s->move.at, "legal: W += mu*V");
    if (beta) { b = *beta; b.sign = -b.sign; beta = &b; }
    if (kappa) { k = *kappa; k.sign = -k.sign; kappa = &k; }
    int sh;
    l.beta = decay(o, beta, p, l.lsh - AN_F_RATE, &l.bsh, "beta");
    l.kappa = decay(o, kappa, p, l.lsh - AN_F_RATE + p->v_frac - p->w_frac, &l.ksh, "kappa");
    /* w' += mu_int * v_int / 2^wsh, mu_int = mu * 2^(wsh + w_frac - v_frac) = mu * 2^(12 + sh) */
    const int base = p->w_frac - p->v_frac - AN_F_RATE;
    l.mu = par(o, &mt[0], p, base, base + 31, &sh, "mu");
    l.wsh = sh - base;
    return l;
}

static bool starts_from(const flow_t *a, const flow_t *b)
{
    return a->there && b->there && a->mode == AN_INIT_FROM && a->start == b->acc && a->start_back == b->acc_back;
}

static void no_overlap(const sweep_t *z)
{
    const flow_t *f = &z->fwd, *b = &z->bwd;
    if (f->there && b->there && f->acc == b->acc && f->acc_back == b->acc_back)
        an_fail(z->o->c, AN_ERR_INPUT, z->s->at, "%s: forward and backward accumulate into the same vector", z->w->proj->name);
    if (starts_from(f, b) && starts_from(b, f))
        an_fail(z->o->c, AN_ERR_INPUT, z->s->at, "%s: forward and backward start from each other's vector; legal: one of them does, or two sweeps", z->w->proj->name);
}

/* One SWP with what is asked for. */
static void emit(sweep_t *z, bool do_fwd, bool do_bwd, bool do_learn)
{
    an_comp_t *o = z->o;
    const an_proj_t *p = z->w->proj;
    const bool pre_rows = p->pre_on_rows;
    const flow_t *sc = pre_rows ? &z->fwd : &z->bwd, *ga = pre_rows ? &z->bwd : &z->fwd;
    const learn_t *l = &z->lrn;
    an_swp_t s = { .w = z->w, .at = z->s->at, .learn = do_learn, .skip = z->s->skip && !o->net->no_skip };
    s.scatter = sc->there && (pre_rows ? do_fwd : do_bwd);
    s.gather = ga->there && (pre_rows ? do_bwd : do_fwd);
    s.overv = (s.scatter && sc->over_v) || (s.gather && ga->over_v);
    if (do_learn) {
        s.x2 = pre_rows ? (an_ref_t){ l->pre, l->pre_back } : (an_ref_t){ l->post, l->post_back };
        s.y = s.y2 = pre_rows ? (an_ref_t){ l->post, l->post_back } : (an_ref_t){ l->pre, l->pre_back };
        s.scaled = l->scalar || l->mantissa != 1;
        int sh;
        if (s.scaled) s.k = l->scalar ? (uint32_t)an_k_find(o, l->scalar) : an_k_operand(o, an_fmt(o->c, "%s.rate", p->name), l->mantissa, -8, 15, &sh, s.at);
        s.wnew = p->pair && !z->s->old;
        s.lsh = l->lsh, s.bsh = l->bsh, s.ksh = l->ksh, s.wsh = l->wsh;
        s.beta = l->beta, s.kappa = l->kappa, s.mu = l->mu;
    }
    if (s.scatter) {
        s.x = (an_ref_t){ sc->r, sc->r_back };
        s.acc = (an_ref_t){ sc->acc, sc->acc_back };
        s.amode = (uint32_t)sc->mode;
        if (sc->mode == AN_INIT_FROM) s.ainit = (an_ref_t){ sc->start, sc->start_back };
    }
    if (s.gather) {
        s.y = (an_ref_t){ ga->r, ga->r_back };
        s.g = (an_ref_t){ ga->acc, ga->acc_back };
        s.gmode = (uint32_t)ga->mode;
        if (ga->mode == AN_INIT_FROM) s.ginit = (an_ref_t){ ga->start, ga->start_back };
    }
    AN_PUSH(o->c, z->swp, z->n_swp, s);
}

static void one(sweep_t *z)
{
    const bool f = z->fwd.there, b = z->bwd.there, l = z->lrn.there && (z->lrn.rate != 0 || z->w->proj->pair);
    const bool pre_rows = z->w->proj->pre_on_rows;
    const flow_t *ga = pre_rows ? &z->bwd : &z->fwd;
    no_overlap(z);
    if (f && b && z->fwd.over_v != z->bwd.over_v) an_fail(z->o->c, AN_ERR_INPUT, z->s->at, "forward and backward of one sweep both use W or both use V");
    if (!f && !b && !l) return;
    const an_loc_t *lane = pre_rows ? z->lrn.post : z->lrn.pre;
    const uint32_t back = pre_rows ? z->lrn.post_back : z->lrn.pre_back;
    const bool second = l && ga->there && !z->w->proj->pair && (ga->r != lane || ga->r_back != back);
    const bool v = (f && z->fwd.over_v) || (b && z->bwd.over_v);
    if (second || (l && v)) {
        emit(z, f, b, false);
        emit(z, false, false, true);
        z->o->notes = an_fmt(z->o->c, "%s%s:%d: the sweep of %s is two: learning reads another lane operand, %u visits more a pass\n", z->o->notes,
                             z->s->at.file, z->s->at.line, z->w->proj->name, z->w->proj->pre->n * z->w->proj->post->n);
    } else
        emit(z, f, b, l);
}

/* Accumulators of `part` that no projection of the statement reaches still start from what they start from. */
static void untouched(an_comp_t *o, const an_stmt_t *s, const an_part_t *p, an_roles_t roles, bool forward, const bool *reached)
{
    for (size_t i = 0; p->there && !p->self && i < o->net->n_pop; i++) {
        const an_pop_t *pop = &o->net->pop[i];
        if (!(roles >> pop->role & 1) || reached[i] || (!forward && !an_loc(o, p->into->name, pop))) continue;
        an_term_t t[AN_TERMS];
        uint32_t back, back2 = 0;
        const an_loc_t *d = must_vec(o, p->into, pop, true, &back), *a = NULL;
        const int n = an_terms(o, p->value, t);
        for (int k = 0; k < n; k++)
            if (!t[k].weight) a = must_vec(o, t[k].vec[0], pop, true, &back2);
        if (d != a) an_emit_copy(o, d, a, back2, s->at);
    }
}

void an_sweep(an_comp_t *o, const an_stmt_t *s)
{
    bool *fwd = an_new(o->c, o->net->n_pop, sizeof *fwd), *bwd = an_new(o->c, o->net->n_pop, sizeof *bwd);
    if (!s->forward.there && !s->backward.there && !s->learn.there) an_fail(o->c, AN_ERR_INPUT, s->at, "legal: forward, backward, learn");
    sweep_t z = { .o = o, .s = s };
    for (size_t i = 0; i < o->net->n_proj; i++) {
        const an_proj_t *p = &o->net->proj[i];
        if (!(s->roles >> p->pre->role & 1) || !(s->to >> p->post->role & 1)) continue;
        z.w = an_wloc(o, p);
        z.fwd = z.bwd = (flow_t){ 0 };
        z.lrn = (learn_t){ 0 };
        const size_t pre = (size_t)(p->pre - o->net->pop), post = (size_t)(p->post - o->net->pop);
        if (s->forward.there) {
            z.fwd = flow(o, &s->forward, p, true, !fwd[post]);
            fwd[post] = true;
        }
        if (s->backward.there && (s->backward.into->kind == AN_EX_INDEX || an_loc(o, s->backward.into->name, p->pre))) {
            z.bwd = flow(o, &s->backward, p, false, !bwd[pre]);
            bwd[pre] = true;
        }
        if (s->learn.there && p->learn) z.lrn = learn(o, s, p);
        one(&z);
    }
    an_swp(o, z.swp, z.n_swp);
    untouched(o, s, &s->forward, s->to, true, fwd);
    untouched(o, s, &s->backward, s->roles, false, bwd);
}

static bool uses_v(const an_expr_t *e)
{
    if (e->kind == AN_EX_NAME && (strcmp(e->name, "V") == 0 || strcmp(e->name, "V'") == 0)) return true;
    for (int i = 0; i < 3 && e->arg[i]; i++)
        if (uses_v(e->arg[i])) return true;
    return false;
}

static void pairs(an_network_t *net, an_stmt_t *const *body, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const an_stmt_t *s = body[i];
        pairs(net, s->body, s->n_body);
        if (s->kind != AN_ST_SWEEP) continue;
        const bool flows = (s->forward.there && uses_v(s->forward.value)) || (s->backward.there && uses_v(s->backward.value));
        for (size_t k = 0; k < net->n_proj; k++) {
            an_proj_t *p = &net->proj[k];
            if ((s->roles >> p->pre->role & 1) && (s->to >> p->post->role & 1))
                p->pair |= flows || (s->learn.there && p->learn && s->learn.into->name[0] == 'V');
        }
    }
}

void an_sweep_pairs(an_network_t *net)
{
    for (size_t i = 0; i < net->rule->n_entry; i++) pairs(net, net->rule->entry[i].body, net->rule->entry[i].n_body);
}
