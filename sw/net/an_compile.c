/* SPDX-License-Identifier: Apache-2.0
 * Experiment + rule + configuration -> image. */
#include "an_comp.h"
#include "an_exp_in.h"
#include "an_flow.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void translate(an_comp_t *o)
{
    an_k_add(o, "turns", 0, 0, (an_at_t){ 0 });
    for (size_t i = 0; i < o->rule->n_scalar; i++) {
        const an_scalar_t *s = &o->rule->scalar[i];
        an_env_t env = { .net = o->net };
        an_k_add(o, s->name, s->value ? an_value(o->c, s->value, &env) : 0, s->scale, s->at);
    }
    an_sweep_pairs(o->net);
    an_place(o);
    for (size_t i = 0; i < o->rule->n_entry; i++) an_emit_entry(o, &o->rule->entry[i]);
}

/* From the one program of the rule to those of the cores. */
static void spread(an_comp_t *o, const an_comp_t *from)
{
    an_ctx_t *c = o->c;
    const size_t n = an_objects(o);
    o->owner = an_new(c, o->net->n_pop, sizeof *o->owner);
    o->seat = an_new(c, o->n_loc, sizeof *o->seat);
    o->where = an_new(c, o->n_ins, sizeof *o->where);
    o->users = an_new(c, n, sizeof *o->users);
    o->rest = an_new(c, n, sizeof *o->rest);
    o->live = an_new(c, o->n_ins, sizeof *o->live);
    o->home = an_new(c, o->n_k, sizeof *o->home);
    o->now = an_new(c, n, sizeof *o->now);
    o->early = an_new(c, o->n_ins, sizeof *o->early);
    o->unit = an_new(c, o->n_ins, sizeof *o->unit);
    for (size_t i = 0; i < o->n_ins; i += an_unit(o, i)) o->unit[o->n_unit++] = i;
    for (size_t i = 0; i < o->n_ins; i++) {
        const uint32_t op = AN_GET(o->ins[i].word, OP);
        if (op == AN_OP_LOOP || op == AN_OP_END) o->live[i] = an_new(c, n, sizeof **o->live);
    }
    o->place = an_new(c, o->cfg.cores, sizeof *o->place);
    for (uint32_t i = 0; i < o->cfg.cores; i++) o->place[i].addr = an_new(c, o->n_loc, sizeof *o->place[i].addr);
    o->cost = an_new(c, o->n_ins, sizeof *o->cost);
    o->touch = an_new(c, o->n_ins, sizeof *o->touch);
    o->n_touch = an_new(c, o->n_ins, sizeof *o->n_touch);
    for (size_t i = 0; i < o->n_ins; i++) { /* what does not begin a unit as well: an_where looks at them all */
        an_touch_t t[AN_TOUCHES];
        o->cost[i] = an_clocks_of(o, i);
        o->n_touch[i] = an_touch(o, i, t);
        o->touch[i] = an_new(c, o->n_touch[i], sizeof *t);
        memcpy(o->touch[i], t, o->n_touch[i] * sizeof *t);
    }
    an_common(o);
    an_work(o);
    an_balance(o, from);
}

an_comp_t *an_compiled(const an_comp_t *base, const an_cut_t *cut, const an_comp_t *from)
{
    an_comp_t *o = an_new(base->c, 1, sizeof *o);
    *o = *base;
    o->cut = cut;
    translate(o);
    spread(o, from);
    return o;
}

/* The order of all steps lets every entry come to its end (docs/decisions/0009, 0018, 0019); of the programs as they are it is asked once more. */
static void flow(const an_comp_t *o)
{
    an_program_t p[AN_MOST_CORES];
    for (uint32_t c = 0; c < o->cfg.cores; c++) p[c] = (an_program_t){ o->place[c].word, o->place[c].line, o->place[c].n_word };
    for (size_t e = 0; e < o->n_entry; e++) {
        const an_err_t err = an_flow(&o->cfg, p, o->entry[e].pc, o->rule->file, o->c->d);
        if (!err) continue;
        o->c->err = err;
        longjmp(o->c->at, 1);
    }
}

/* overflows: where the network does not fit, what is missing where, and AN_ERR_FIT without a diagnosis. */
static an_err_t compile(an_image_t **out, an_exp_t *exp, const an_config_t *cfg, uint64_t seed, an_diag_t *d, char *overflows, size_t size)
{
    an_ctx_t ctx = { .d = d }, *c = &ctx;
    an_image_t *volatile img = NULL;
    if (setjmp(ctx.at)) {
        an_image_free(img);
        an_ctx_free(&ctx);
        return ctx.err;
    }
    const char *path, *text = an_exp_rule(c, exp, &path);
    const an_rule_t *rule = an_rule_parse(c, text, path);
    const an_comp_t base = { .c = c, .rule = rule, .net = an_network(c, exp->root, rule, seed, cfg->cores), .dir = exp->dir, .cfg = *cfg, .notes = "" };
    an_comp_t *o = an_cuts(&base);
    an_encode(o);
    const char *over = an_overflow(o);
    if (over) {
        snprintf(overflows, size, "%s", over);
        ctx.err = AN_ERR_FIT;
        longjmp(ctx.at, 1);
    }
    flow(o);
    img = calloc(1, sizeof *img);
    if (!img) an_fail(c, AN_ERR_MEMORY, (an_at_t){ 0 }, "out of memory");
    img->cfg = *cfg;
    an_to_image(o, img);
    an_ctx_free(&ctx);
    *out = img;
    return AN_OK;
}

static bool smaller(const an_config_t *a, const an_config_t *b)
{
    const uint32_t lanes_a = a->cores * a->lanes, lanes_b = b->cores * b->lanes;
    const uint64_t words_a = (uint64_t)a->cores * (a->syn_words + 2u * a->state_words + a->rate_words);
    const uint64_t words_b = (uint64_t)b->cores * (b->syn_words + 2u * b->state_words + b->rate_words);
    return lanes_a != lanes_b ? lanes_a < lanes_b : words_a < words_b;
}

static an_config_t with_cores(const an_config_t *f, int cores)
{
    an_config_t c = *f;
    if (cores > 0) c.cores = (uint32_t)cores;
    return c;
}

/* The configuration with the fewest lanes, then the fewest words of all memories, that takes the network; NULL: none. cores > 0: of each. */
static const an_config_t *smallest(an_exp_t *exp, uint64_t seed, int cores)
{
    const an_config_t *best = NULL;
    for (size_t i = 0; i < an_n_configs; i++) {
        const an_config_t *f = &an_configs[i], c = with_cores(f, cores);
        an_image_t *img = NULL;
        char over[512];
        if (best && !smaller(f, best)) continue;
        if (compile(&img, exp, &c, seed, NULL, over, sizeof over) == AN_OK) best = f;
        an_image_free(img);
    }
    return best;
}

static const an_config_t *named(const char *name)
{
    for (size_t i = 0; i < an_n_configs; i++)
        if (strcmp(an_configs[i].name, name) == 0) return &an_configs[i];
    return NULL;
}

an_err_t an_compile(an_image_t **img, an_exp_t *exp, const an_config_t *cfg, uint64_t seed, an_diag_t *d)
{
    char over[400] = "", cores[32] = "";
    *img = NULL;
    if (d) d->text[0] = 0;
    if (cfg->cores < 1 || cfg->cores > AN_MOST_CORES) return an_diag(d, AN_ERR_ARG, (an_at_t){ 0 }, "%u cores; legal: 1 to %d", cfg->cores, AN_MOST_CORES);
    const an_err_t e = compile(img, exp, cfg, seed, d, over, sizeof over);
    if (e != AN_ERR_FIT || !*over) return e;
    const an_config_t *f = smallest(exp, seed, 0), *own = named(cfg->name);
    if (cfg->cores > 1 || (own && own->cores > 1)) snprintf(cores, sizeof cores, "%u core%s of ", cfg->cores, cfg->cores > 1 ? "s" : "");
    return an_diag(d, e, (an_at_t){ exp->file, 0, 0 }, "does not fit %s with %s%u lanes: %s. Smallest configuration that takes it: %s", cfg->name, cores, cfg->lanes, over,
                   f ? f->name : "none");
}

an_err_t an_choose_config(an_config_t *cfg, an_exp_t *exp, const char *config, int lanes, int cores, an_diag_t *d)
{
    const char *want = config ? config : an_exp_config(exp);
    const an_config_t *f = NULL;
    long file_lanes = 0, file_cores = 0;
    an_err_t e = an_exp_get_int(exp, "lanes", 1, 8, 0, &file_lanes, d);
    if (e == AN_OK) e = an_exp_get_int(exp, "cores", 1, AN_MOST_CORES, 0, &file_cores, d);
    if (e != AN_OK) return e;
    if (!lanes) lanes = (int)file_lanes;
    if (!cores) cores = (int)file_cores;
    if (want && !(f = named(want))) {
        char names[256] = "";
        for (size_t i = 0, n = 0; i < an_n_configs && n < sizeof names; i++)
            n += (size_t)snprintf(names + n, sizeof names - n, "%s%s", i ? ", " : "", an_configs[i].name);
        return an_diag(d, AN_ERR_INPUT, (an_at_t){ exp->file, 0, 0 }, "%s: unknown configuration; legal: %s", want, names);
    }
    if (!f) {
        an_image_t *img = NULL;
        char over[400] = "";
        f = named("icebreaker");
        const an_config_t first = f ? with_cores(f, cores) : (an_config_t){ .cores = 0 };
        e = f ? compile(&img, exp, &first, 1, d, over, sizeof over) : AN_ERR_FIT;
        an_image_free(img);
        if (e != AN_OK && e != AN_ERR_FIT) return e;
        if (e == AN_ERR_FIT && !(f = smallest(exp, 1, cores)))
            return an_diag(d, AN_ERR_FIT, (an_at_t){ exp->file, 0, 0 }, "fits no configuration; icebreaker: %s", over);
    }
    *cfg = with_cores(f, cores);
    if (lanes && lanes != 1 && lanes != 2 && lanes != 4 && lanes != 8)
        return an_diag(d, AN_ERR_INPUT, (an_at_t){ 0 }, "lanes: %d; legal: 1, 2, 4, 8", lanes);
    if (lanes) cfg->lanes = (uint32_t)lanes;
    if (cfg->vector_units > cfg->lanes) cfg->vector_units = cfg->lanes;
    return AN_OK;
}
