/* SPDX-License-Identifier: Apache-2.0
 * Which vector an instruction of a population works for: what moves vector work to another core moves a vector, and all that computes it goes with it.
 * It is the vector that is written; of a scratch vector or a partial sum, that for which it is read next; of a result that is no vector, the operand. */
#include "an_code.h"
#include "an_comp.h"

/* It has a core of its own. */
static bool stays(const an_loc_t *l) { return l && !l->part && !l->decl->scratch; }

static bool reads(const an_ins_t *i, const an_loc_t *l)
{
    const unsigned has = an_code_operands(AN_GET(i->word, OP)), bit[4] = { 0, AN_READS_A, AN_READS_B, AN_READS_C };
    for (int k = 1; k < 4; k++)
        if ((has & bit[k]) && i->ref[k].loc == l) return true;
    return false;
}

static bool writes(const an_ins_t *i, const an_loc_t *l) { return (an_code_operands(AN_GET(i->word, OP)) & AN_WRITES_D) && i->ref[0].loc == l; }

/* That of the next instruction that reads what i wrote, which has its own already. */
static const an_loc_t *next(const an_comp_t *o, size_t i)
{
    const an_loc_t *l = o->ins[i].ref[0].loc;
    for (size_t j = i + 1; j < o->n_ins; j++) {
        const an_ins_t *x = &o->ins[j];
        if (an_pseudo(AN_GET(x->word, OP)) || x->pop != l->pop) continue;
        if (reads(x, l)) return x->work;
        if (writes(x, l)) break;
    }
    return NULL;
}

static const an_loc_t *operand(const an_ins_t *i)
{
    for (int k = 1; k < 4; k++)
        if (stays(i->ref[k].loc) && reads(i, i->ref[k].loc)) return i->ref[k].loc;
    return NULL;
}

static bool by_hand(const an_comp_t *o, const an_loc_t *l) { return l->pop->core >= 0 || (l->pop->seat && l->pop->seat[l->decl - o->rule->vector] >= 0); }

void an_work(an_comp_t *o)
{
    for (size_t i = o->n_ins; i-- > 0;) {
        an_ins_t *x = &o->ins[i];
        const uint32_t op = AN_GET(x->word, OP);
        if (x->w || !x->pop) continue;
        if (an_pseudo(op)) x->work = x->ref[op == AN_OP_VIEW].loc; /* a slice's vector, where the slice is that place of it */
        else if (x->ref[0].loc) x->work = stays(x->ref[0].loc) ? x->ref[0].loc : next(o, i);
        else x->work = operand(x);
        if (x->work && !by_hand(o, x->work)) o->loc[x->work - o->loc].works = true;
    }
}
