/* SPDX-License-Identifier: Apache-2.0
 * What an instruction reads and writes, in objects. A sweep's words are one unit: nothing may stand between them. */
#include "an_code.h"
#include "an_comp.h"

typedef struct list { const an_comp_t *o; an_touch_t *t; size_t n; } list_t;

static void scalar(list_t *l, uint32_t k, bool write) { l->t[l->n++] = (an_touch_t){ .obj = an_obj_k(l->o, k), .write = write }; }

static void vector(list_t *l, const an_ref_t *r, bool rate, bool write)
{
    if (!r->loc || r->loc == &l->o->tmp) return;
    const uint32_t back = r->loc->part ? 0 : r->back;
    l->t[l->n++] = (an_touch_t){ .obj = an_obj(l->o, r->loc, rate), .back = back, .write = write };
}

static void operand(list_t *l, const an_ref_t *r, uint32_t sp, uint32_t k)
{
    if (sp == AN_SRC_K) scalar(l, k, false);
    else if (sp != AN_SRC_Z) vector(l, r, sp == AN_SRC_R, false);
}

static void vec(list_t *l, const an_ins_t *i)
{
    const uint64_t w = i->word;
    const unsigned has = an_code_operands(AN_GET(w, OP));
    const uint32_t dsp = AN_GET(w, VEC_DSP);
    if (has & AN_READS_A) operand(l, &i->ref[1], AN_GET(w, VEC_ASP), AN_GET(w, VEC_A));
    if (has & AN_READS_B) operand(l, &i->ref[2], AN_GET(w, VEC_BSP), AN_GET(w, VEC_B));
    if (has & AN_READS_C) operand(l, &i->ref[3], AN_GET(w, VEC_CSP) ? AN_SRC_K : AN_SRC_S, AN_GET(w, VEC_C));
    if (!(has & AN_WRITES_D)) return;
    if (dsp == AN_SPC_K) scalar(l, AN_GET(w, VEC_D), true);
    if (dsp == AN_SPC_S || dsp == AN_SPC_SR) vector(l, &i->ref[0], false, true);
    if (dsp == AN_SPC_R || dsp == AN_SPC_SR) vector(l, &i->ref[0], true, true);
}

static void word(list_t *l, const an_ins_t *i)
{
    const uint64_t w = i->word;
    switch (AN_GET(w, OP)) {
    case AN_OP_HALT: case AN_OP_TICK: case AN_OP_END: case AN_OP_POP: case AN_OP_RING: case AN_OP_PRJ: case AN_OP_KEY: case AN_OP_SWP: break;
    case AN_OP_LOOP:
        if (AN_GET(w, LOOP_FROMK)) scalar(l, AN_GET(w, LOOP_COUNT), false);
        break;
    case AN_OP_PAR:
        scalar(l, AN_GET(w, PAR_BETA), false);
        scalar(l, AN_GET(w, PAR_KAPPA), false);
        scalar(l, AN_GET(w, PAR_MU), false);
        break;
    case AN_OP_ROW: {
        const bool raw = AN_GET(i[2].word, SWP_RAW); /* ROW, LAN, SWP */
        vector(l, &i->ref[0], true, false);
        vector(l, &i->ref[1], true, false);
        if (!raw || AN_GET(w, ROW_GMODE) == AN_INIT_FROM) vector(l, &i->ref[3], false, false);
        if (AN_GET(w, ROW_GMODE) == AN_INIT_SELF) vector(l, &i->ref[2], false, false);
        vector(l, &i->ref[2], false, true);
        if (raw) vector(l, &i->ref[3], false, true);
        break;
    }
    case AN_OP_LAN:
        vector(l, &i->ref[0], true, false);
        vector(l, &i->ref[1], true, false);
        vector(l, &i->ref[3], false, false);
        if (AN_GET(w, LAN_AMODE) == AN_INIT_SELF) vector(l, &i->ref[2], false, false);
        vector(l, &i->ref[2], false, true);
        break;
    case AN_OP_WANT:
        vector(l, &i->ref[1], true, false);
        vector(l, &i->ref[2], true, false);
        break;
    case AN_OP_VIEW:
    case AN_OP_JOIN:
        vector(l, &i->ref[1], AN_GET(w, VEC_DSP) == AN_SPC_R, false);
        if (AN_GET(w, VEC_NEG)) vector(l, &i->ref[0], false, false);
        vector(l, &i->ref[0], AN_GET(w, VEC_DSP) == AN_SPC_R, true);
        break;
    default: vec(l, i);
    }
}

size_t an_unit(const an_comp_t *o, size_t ins)
{
    size_t n = 1;
    if (AN_GET(o->ins[ins].word, OP) == AN_OP_PRJ)
        while (AN_GET(o->ins[ins + n - 1].word, OP) != AN_OP_SWP) n++;
    return n;
}

size_t an_touch(const an_comp_t *o, size_t ins, an_touch_t t[AN_TOUCHES])
{
    list_t l = { o, t, 0 };
    const size_t n = an_unit(o, ins);
    for (size_t i = 0; i < n; i++) word(&l, &o->ins[ins + i]);
    return l.n;
}

/* It writes a scalar that not every core can compute for itself. */
static bool spoils(const an_comp_t *o, size_t ins, uint32_t *k)
{
    const an_ins_t *i = &o->ins[ins];
    an_touch_t t[AN_TOUCHES];
    const size_t n = an_touch(o, ins, t);
    bool own = i->pop || AN_GET(i->word, OP) == AN_OP_IN, writes = false;
    for (size_t j = 0; j < n; j++) {
        if (an_obj_loc(o, t[j].obj)) own = true;
        else if (!t[j].write) own |= !o->common[t[j].obj - an_obj_k(o, 0)];
        else {
            writes = true;
            *k = t[j].obj - an_obj_k(o, 0);
        }
    }
    return writes && own && o->common[*k];
}

void an_common(an_comp_t *o)
{
    o->common = an_new(o->c, o->n_k, sizeof *o->common);
    for (size_t i = 0; i < o->n_k; i++) o->common[i] = true;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < o->n_ins; i++) {
            uint32_t k;
            if (!spoils(o, i, &k)) continue;
            o->common[k] = false;
            more = true;
        }
    }
}
