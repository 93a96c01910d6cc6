/* SPDX-License-Identifier: Apache-2.0
 * What every core needs of its memories and features, against what it has. */
#include "an_code.h"
#include "an_comp.h"
#include "an_mem.h"
#include "an_seq.h"

typedef struct need { const char *what; uint64_t need, have; } need_t;
enum { N_NEEDS = 5 };

static void needs(const an_comp_t *o, uint32_t core, need_t n[N_NEEDS])
{
    const an_config_t *f = &o->cfg;
    const an_place_t *p = &o->place[core];
    n[0] = (need_t){ "synapse words", p->w_blocks * f->lanes, f->syn_words };
    n[1] = (need_t){ "state words", (uint64_t)p->s_blocks * f->lanes, f->state_words };
    n[2] = (need_t){ "rate words", (uint64_t)p->r_blocks * f->lanes, f->rate_words };
    n[3] = (need_t){ "instructions", p->n_word, f->prog_words };
    n[4] = (need_t){ "scalars", o->n_k, f->scalars };
}

/* Every step is an instruction or more. */
static uint64_t least_program(const an_comp_t *o, uint32_t core)
{
    uint64_t n = 0;
    for (size_t i = 0; i < o->n_step; i++)
        if (o->step[i].core == core) n += o->step[i].kind == AN_STEP_INS ? an_unit(o, o->step[i].ins) : 1;
    return n;
}

uint64_t an_excess(const an_comp_t *o)
{
    uint64_t sum = 0;
    for (uint32_t c = 0; c < o->cfg.cores; c++) {
        need_t n[N_NEEDS];
        needs(o, c, n);
        n[3].need = least_program(o, c);
        for (int i = 0; i < N_NEEDS; i++)
            if (n[i].need > n[i].have) sum += n[i].need - n[i].have;
    }
    return sum;
}

static const char *of_core(an_comp_t *o, uint32_t core, const char *s)
{
    const an_place_t *p = &o->place[core];
    need_t n[N_NEEDS];
    uint32_t lacks = 0;
    needs(o, core, n);
    for (int i = 0; i < N_NEEDS; i++)
        if (n[i].need > n[i].have)
            s = an_fmt(o->c, "%s%s%s: %llu needed, %llu available", s, *s ? "; " : "", n[i].what, (unsigned long long)n[i].need, (unsigned long long)n[i].have);
    for (size_t i = 0; i < p->n_word; i++) {
        const uint32_t more = an_seq_needs(p->word[i]) & ~an_features_of(&o->cfg) & ~lacks;
        for (uint32_t m = more; m; m &= m - 1)
            s = an_fmt(o->c, "%s%sit has no %s, which line %u of the rule needs", s, *s ? "; " : "", an_code_feature(m), p->line[i]);
        lacks |= more;
    }
    return s;
}

const char *an_overflow(an_comp_t *o)
{
    const char *s = "";
    for (uint32_t c = 0; c < o->cfg.cores; c++) {
        const char *mine = of_core(o, c, "");
        if (*mine && o->cfg.cores > 1) s = an_fmt(o->c, "%s%score %u: %s", s, *s ? "; " : "", c, mine);
        else s = an_fmt(o->c, "%s%s", s, mine);
    }
    return *s ? s : NULL;
}
