/* SPDX-License-Identifier: Apache-2.0
 * A projection in parts (machine.md section 5, Parts): every part is swept on its core with its slices of the side that is cut. Columns: raw where it
 * gathers; scattered slices come back, and the population of the row side adds up the partial sums and narrows them once. Rows: the accumulators
 * go from part to part, as the rows do, and gathered slices come back. So that the cores wait little for each other,
 * what the parts read is sent before the statement's first sweep (a sweep writes no rates), and what they leave is taken when it is needed. */
#include "an_swp.h"

/* sites of the first part; the other parts add to them */
typedef struct sites { size_t v, g, acc, w; } sites_t;

static size_t put(an_comp_t *o, const an_swp_t *s, const an_wloc_t *w, uint64_t word, an_ref_t a, an_ref_t b, an_ref_t c, an_ref_t d)
{
    return an_emit(o, (an_ins_t){ .word = word, .at = s->at, .w = w, .ref = { a, b, c, d } });
}

static void site(an_comp_t *o, const an_wloc_t *w, size_t *at, size_t ins, const char *name, bool state)
{
    if (w->part) an_emit_more(o, *at, ins);
    else *at = an_emit_site(o, ins, name, state);
}

/* name of a vector, or of what a slice is of */
static const char *vector(an_comp_t *o, const an_ref_t *r)
{
    const an_loc_t *l = r->loc->part ? &o->loc[r->loc->of] : r->loc;
    return an_fmt(o->c, "%s.%s", l->pop->name, l->decl->name);
}

/* The row operand of learning times a scalar, or the mantissa of the rate: stands in the core's tmp. */
static an_ref_t times_rate(an_comp_t *o, const an_swp_t *s, const an_wloc_t *w)
{
    uint64_t word = AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_MUL), VEC_ASP, AN_SRC_R), VEC_B, s->k);
    word = AN_PUT(AN_PUT(AN_PUT(word, VEC_BSP, AN_SRC_K), VEC_DSP, AN_SPC_R), VEC_SH, o->k[s->k].shift);
    const an_ref_t tmp = { &o->tmp, 0 };
    const size_t ins = an_emit(o, (an_ins_t){ .word = word, .at = s->at, .n = s->x2.loc->n, .w = w, .ref = { tmp, s->x2 } });
    if (!w->part) an_emit_site(o, ins, an_fmt(o->c, "%s.rate", w->proj->name), false);
    return tmp;
}

/* raw: g and ginit are the two words of a partial sum */
static void words(an_comp_t *o, const an_swp_t *s, const an_wloc_t *w, bool raw, sites_t *at)
{
    const an_ref_t none = { 0 };
    const char *name = w->proj->name;
    uint64_t word = AN_PUT(AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_PRJ), PRJ_ROWS, w->rows), PRJ_COLS, w->cols), PRJ_STRIDE, w->stride);
    put(o, s, w, AN_PUT(word, PRJ_PAIR, w->proj->pair), none, none, none, none);
    word = AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_KEY), KEY_KEY, w->key), KEY_BLOCK, w->first / AN_BLOCK_COLUMNS);
    put(o, s, w, word, none, none, none, none);
    if (w->proj->pair && s->learn) {
        word = AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_PAR), PAR_BETA, s->beta), PAR_KAPPA, s->kappa);
        word = AN_PUT(AN_PUT(AN_PUT(AN_PUT(word, PAR_MU, s->mu), PAR_BSH, s->bsh), PAR_KSH, s->ksh), PAR_WSH, s->wsh);
        site(o, w, &at->v, put(o, s, w, word, none, none, none, none), an_fmt(o->c, "%s.v", name), false);
    }
    const size_t row = put(o, s, w, AN_PUT(AN_PUT(0, OP, AN_OP_ROW), ROW_GMODE, s->gmode), s->x, s->x2, s->g, s->ginit);
    if (s->gather && !raw) site(o, w, &at->g, row, vector(o, &s->g), true);
    const size_t lan = put(o, s, w, AN_PUT(AN_PUT(0, OP, AN_OP_LAN), LAN_AMODE, s->amode), s->y, s->y2, s->acc, s->ainit);
    if (s->scatter) site(o, w, &at->acc, lan, vector(o, &s->acc), true);
    word = AN_PUT(AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_SWP), SWP_SCATTER, s->scatter), SWP_GATHER, s->gather), SWP_LEARN, s->learn);
    word = AN_PUT(AN_PUT(AN_PUT(AN_PUT(AN_PUT(word, SWP_OVERV, s->overv), SWP_SKIP, s->skip), SWP_WNEW, s->wnew), SWP_LSH, s->lsh), SWP_RAW, raw);
    const size_t swp = put(o, s, w, word, none, none, none, none);
    if (s->learn) site(o, w, &at->w, swp, name, false);
}

static an_ref_t sliced(const an_comp_t *o, an_ref_t r, const an_wloc_t *w, bool second)
{
    return r.loc ? (an_ref_t){ an_slice(o, r.loc, w, second), r.back } : r;
}

static void view(an_comp_t *o, const an_swp_t *s, an_ref_t r, const an_wloc_t *w, uint32_t space, bool second)
{
    if (!r.loc) return;
    const uint64_t word = AN_PUT(AN_PUT(0, OP, AN_OP_VIEW), VEC_DSP, space);
    an_emit(o, (an_ins_t){ .word = word, .at = s->at, .pop = r.loc->pop, .to = w, .ref = { sliced(o, r, w, second), r } });
}

/* The rates of the side that is cut. */
static const an_ref_t *cut_rates(const an_swp_t *s, bool second)
{
    if (s->w->by_rows) return second ? &s->x2 : &s->x;
    return second ? &s->y2 : &s->y;
}

/* The rates that part w reads go to its core. */
static void send(an_comp_t *o, const an_swp_t *s, const an_wloc_t *w)
{
    const an_ref_t none = { 0 }, a = *cut_rates(s, false), b = *cut_rates(s, true);
    view(o, s, a, w, AN_SPC_R, false);
    if (b.loc && (b.loc != a.loc || b.loc->decl->depth > 1)) view(o, s, b, w, AN_SPC_R, true);
    if (w->by_rows) put(o, s, w, AN_PUT(0, OP, AN_OP_WANT), none, s->y, s->y2, none);
    else put(o, s, w, AN_PUT(0, OP, AN_OP_WANT), none, s->x, s->x2, none);
}

/* to = from, in S alone, on the core of i's projection or population */
static void copy(an_comp_t *o, an_ins_t i, an_ref_t to, an_ref_t from)
{
    i.word = AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_ADD), VEC_DSP, AN_SPC_S), VEC_BSP, AN_SRC_Z);
    i.ref[0] = to;
    i.ref[1] = from;
    an_emit(o, i);
}

/* What the accumulators start from; a gathered sum of part 0 starts where the whole one does. */
static void start(an_comp_t *o, const an_swp_t *s, const an_wloc_t *w)
{
    if (w->by_rows) {
        if (s->gather && s->gmode == AN_INIT_SELF) view(o, s, s->g, w, AN_SPC_S, false);
        view(o, s, s->ginit, w, AN_SPC_S, true);
        return;
    }
    if (s->scatter && s->amode == AN_INIT_SELF) view(o, s, s->acc, w, AN_SPC_S, false);
    view(o, s, s->ainit, w, AN_SPC_S, true);
    if (!s->gather || s->gmode == AN_INIT_ZERO || w->part) return;
    copy(o, (an_ins_t){ .at = s->at, .n = w->rows, .w = w }, (an_ref_t){ an_sum(o, w, true), 0 }, s->gmode == AN_INIT_SELF ? s->g : s->ginit);
}

static void rows(an_comp_t *o, const an_swp_t *s, const an_wloc_t *w, sites_t *at)
{
    an_swp_t p = *s;
    p.x = sliced(o, s->x, w, false);
    p.x2 = sliced(o, s->x2, w, true);
    if (s->scaled && s->learn) p.x2 = times_rate(o, &p, w);
    p.g = sliced(o, s->g, w, false);
    p.ginit = sliced(o, s->ginit, w, true);
    if (s->scatter && w->part) {
        p.amode = AN_INIT_SELF;
        p.ainit = (an_ref_t){ 0 };
    }
    words(o, &p, w, false, at);
}

static void columns(an_comp_t *o, const an_swp_t *s, const an_wloc_t *w, sites_t *at)
{
    an_swp_t p = *s;
    if (s->scaled && s->learn) p.x2 = times_rate(o, s, w);
    p.y = sliced(o, s->y, w, false);
    p.y2 = sliced(o, s->y2, w, true);
    p.acc = sliced(o, s->acc, w, false);
    p.ainit = sliced(o, s->ainit, w, true);
    if (s->gather) {
        p.g = (an_ref_t){ an_sum(o, w, false), 0 };
        p.ginit = (an_ref_t){ an_sum(o, w, true), 0 };
        p.gmode = w->part || s->gmode == AN_INIT_ZERO ? AN_INIT_ZERO : AN_INIT_FROM;
    }
    words(o, &p, w, s->gather, at);
}

static void join(an_comp_t *o, const an_swp_t *s, const an_wloc_t *w)
{
    const uint64_t word = AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_JOIN), VEC_DSP, AN_SPC_S), VEC_NEG, w->part > 0);
    const an_ref_t to = w->by_rows ? s->g : s->acc;
    an_emit(o, (an_ins_t){ .word = word, .at = s->at, .pop = to.loc->pop, .ref = { to, sliced(o, to, w, false) } });
}

/* The two words of part w are added to those of part 0. */
static void add(an_comp_t *o, const an_swp_t *s, const an_wloc_t *w)
{
    for (int low = 0; low < 2; low++) {
        const an_ref_t a = { an_sum(o, s->w, low), 0 }, b = { an_sum(o, w, low), 0 };
        an_emit(o, (an_ins_t){ .word = AN_PUT(AN_PUT(0, OP, AN_OP_ADD), VEC_DSP, AN_SPC_S), .at = s->at, .n = w->rows, .pop = s->g.loc->pop, .ref = { a, a, b } });
    }
}

/* g = low + high * 2^LOW_BITS: B16 is 4.0, 2^14, and the product is divided by 2^(12 + sh), sh = -8 */
static size_t narrow(an_comp_t *o, const an_swp_t *s)
{
    _Static_assert(14 - (12 - 8) == AN_LOW_BITS, "B16 = 4.0 and sh = -8");
    uint64_t word = AN_PUT(AN_PUT(AN_PUT(0, OP, AN_OP_MAC), VEC_DSP, AN_SPC_S), VEC_SH, -8);
    word = AN_PUT(AN_PUT(word, VEC_BSP, AN_SRC_K), VEC_B, an_k_add(o, "4", 4, 0, s->at));
    const an_ref_t none = { 0 }, high = { an_sum(o, s->w, false), 0 }, low = { an_sum(o, s->w, true), 0 };
    return an_emit(o, (an_ins_t){ .word = word, .at = s->at, .n = s->w->rows, .pop = s->g.loc->pop, .ref = { s->g, high, none, low } });
}

/* Sums that start from the accumulators of the same sweep start from what those were before it: how far they have come when a row's sum begins
 * depends on lanes and parts. */
static an_swp_t settled(an_comp_t *o, const an_swp_t *s)
{
    an_swp_t p = *s;
    if (!s->scatter || !s->gather || s->gmode != AN_INIT_FROM || s->ginit.loc != s->acc.loc || s->ginit.back != s->acc.back) return p;
    copy(o, (an_ins_t){ .at = s->at, .n = s->g.loc->n, .pop = s->g.loc->pop }, s->g, s->ginit);
    p.gmode = AN_INIT_SELF;
    p.ginit = (an_ref_t){ 0 };
    return p;
}

static void sweep(an_comp_t *o, const an_swp_t *asked)
{
    sites_t at = { 0 };
    an_swp_t s = settled(o, asked);
    const an_wloc_t *w = s.w;
    if (w->parts == 1) {
        if (s.scaled && s.learn) s.x2 = times_rate(o, &s, w);
        words(o, &s, w, false, &at);
        return;
    }
    for (uint32_t k = 0; k < w->parts; k++) start(o, &s, w + k);
    for (uint32_t k = 0; k < w->parts; k++) (w->by_rows ? rows : columns)(o, &s, w + k, &at);
}

/* What the parts left goes where it belongs. */
static void merge(an_comp_t *o, const an_swp_t *s)
{
    const an_wloc_t *w = s->w;
    for (uint32_t k = 0; (w->by_rows ? s->gather : s->scatter) && k < w->parts; k++) join(o, s, w + k);
    if (w->by_rows) return;
    for (uint32_t k = 1; s->gather && k < w->parts; k++) add(o, s, w + k);
    if (s->gather) an_emit_site(o, narrow(o, s), vector(o, &s->g), true);
}

/* Sweep b reads or writes what a leaves, or gathers into the words of a's partial sums. */
static bool meets(const an_swp_t *a, const an_swp_t *b)
{
    const an_loc_t *left[2] = { a->acc.loc, a->g.loc }, *used[4] = { b->acc.loc, b->g.loc, b->ainit.loc, b->ginit.loc };
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 4; k++)
            if (left[i] && left[i] == used[k]) return true;
    return a->gather && b->gather && b->w->parts > 1 && a->g.loc->pop == b->g.loc->pop;
}

static bool other_step(const an_ref_t *a, const an_ref_t *b) { return a->loc && a->loc == b->loc && a->back != b->back; }

/* Sent ahead; not where two sweeps of the statement read different steps of one delay line, which have one slice. */
static bool ahead(const an_swp_t *s, size_t n, size_t i)
{
    for (size_t k = 0; k < n; k++)
        if (other_step(cut_rates(&s[i], false), cut_rates(&s[k], false)) || other_step(cut_rates(&s[i], true), cut_rates(&s[k], true))) return false;
    return s[i].w->parts > 1;
}

static void send_all(an_comp_t *o, const an_swp_t *s)
{
    for (uint32_t k = 0; k < s->w->parts; k++) send(o, s, s->w + k);
}

void an_swp(an_comp_t *o, const an_swp_t *s, size_t n)
{
    bool *open = an_new(o->c, n, sizeof *open); /* swept in parts, not merged yet */
    for (size_t i = 0; i < n; i++)
        if (ahead(s, n, i)) send_all(o, &s[i]);
    for (size_t i = 0; i <= n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (!open[k] || (i < n && !meets(&s[k], &s[i]))) continue;
            merge(o, &s[k]);
            open[k] = false;
        }
        if (i == n) break;
        if (s[i].w->parts > 1 && !ahead(s, n, i)) send_all(o, &s[i]);
        sweep(o, &s[i]);
        open[i] = s[i].w->parts > 1;
    }
}
