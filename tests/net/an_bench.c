/* SPDX-License-Identifier: Apache-2.0 */
#include "an_bench.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

static void put(an_bench_t *b, uint32_t space, size_t index, uint32_t value)
{
    assert_int_equal(an_model_write(b->m, an_addr_core(0, space, (uint32_t)index), value), AN_OK);
}

static int32_t get(an_bench_t *b, uint32_t space, size_t index)
{
    uint32_t v = 0;
    assert_int_equal(an_model_read(b->m, an_addr_core(0, space, (uint32_t)index), &v), AN_OK);
    return (int32_t)v;
}

void an_bench_open(an_bench_t *b, const char *yaml, const char *const *set, size_t n_set, int lanes, uint64_t seed)
{
    an_config_t cfg;
    *b = (an_bench_t){ 0 };
    if (an_exp_load(&b->exp, yaml, "sw", set, n_set, &b->diag) || an_choose_config(&cfg, b->exp, NULL, lanes, 0, &b->diag) ||
        an_compile(&b->img, b->exp, &cfg, seed, &b->diag) ||
        (strchr(yaml, '/') && an_exp_unused(b->exp, &b->diag))) /* of a shipped one the runner asks for the rest */
        fail_msg("%s", b->diag.text);
    b->m = an_model_create(&cfg);
    assert_non_null(b->m);
    const an_core_image_t *c = b->img->core;
    for (size_t i = 0; i < c->n_prog; i++) {
        put(b, AN_BUS_PROGRAM, 2 * i, (uint32_t)c->prog[i]);
        put(b, AN_BUS_PROGRAM, 2 * i + 1, (uint32_t)(c->prog[i] >> 32));
    }
    for (size_t i = 0; i < c->n_scalar; i++) put(b, AN_BUS_SCALAR, i, (uint32_t)c->scalar[i]);
    for (size_t i = 0; i < AN_TABLES * AN_TABLE_POINTS; i++) put(b, AN_BUS_TABLE, i, (uint32_t)c->table[i]);
    for (size_t i = 0; i < cfg.syn_words; i++) put(b, AN_BUS_SYNAPSE, i, (uint32_t)c->syn[i]);
    for (size_t i = 0; i < cfg.state_words; i++) put(b, AN_BUS_STATE, i, (uint32_t)c->state[i]);
    for (size_t i = 0; i < cfg.rate_words; i++) put(b, AN_BUS_RATE, i, (uint32_t)c->rate[i]);
}

void an_bench_close(an_bench_t *b)
{
    an_model_destroy(b->m);
    an_image_free(b->img);
    an_exp_free(b->exp);
}

void an_bench_turn(an_bench_t *b, const char *entry, const double *in, double *out)
{
    const an_entry_t *e = an_image_entry(b->img, entry);
    assert_non_null(e);
    put(b, AN_BUS_REGS, AN_REG_CORE_ENTRY, e->pc[0]);
    put(b, AN_BUS_SCALAR, e->turns_scalar, 1);
    for (size_t s = 0; s < e->n_in; s++)
        for (uint32_t i = 0; i < e->in[s].n; i++) {
            const int16_t w = (int16_t)lrint(ldexp(*in++, e->in[s].frac));
            assert_int_equal(an_model_push(b->m, &w, 1), 1);
        }
    put(b, AN_BUS_REGS, AN_REG_CORE_CTRL, 1);
    assert_int_equal(an_model_run(b->m, 1000000), AN_RUN_DONE);
    for (size_t s = 0; s < e->n_out; s++)
        for (uint32_t i = 0; i < e->out[s].n; i++) {
            int32_t w;
            assert_int_equal(an_model_pop(b->m, &w, 1), 1);
            *out++ = ldexp(w, -e->out[s].frac);
        }
    assert_int_equal(an_model_out_level(b->m), 0);
}

double an_bench_weight(an_bench_t *b, const char *projection, uint32_t post, uint32_t pre, bool v)
{
    const an_sym_projection_t *p = an_image_projection(b->img, projection);
    assert_non_null(p);
    const uint32_t row = p->pre_on_rows ? pre : post, col = p->pre_on_rows ? post : pre, lanes = b->img->cfg.lanes;
    const an_sym_part_t *t = an_image_part(p, row, col);
    const uint32_t block = t->wbase + (row - t->row) * t->stride + (p->pair ? 2 : 1) * ((col - t->first) / lanes) + v;
    return ldexp(get(b, AN_BUS_SYNAPSE, (size_t)block * lanes + col % lanes), -(int)(v ? p->v_frac : p->w_frac));
}

double an_bench_state(an_bench_t *b, const char *vector, uint32_t neuron)
{
    const an_sym_vector_t *s = an_image_vector(b->img, vector);
    assert_non_null(s);
    return ldexp(get(b, AN_BUS_STATE, (size_t)s->addr * b->img->cfg.lanes + neuron), -AN_F_STATE);
}

const char *an_bench_file(const char *name, const char *text)
{
    static char path[256];
    (void)mkdir("build", 0777);
    (void)mkdir("build/tests", 0777);
    (void)mkdir("build/tests/net", 0777);
    (void)mkdir(AN_BENCH_FILES, 0777);
    snprintf(path, sizeof path, AN_BENCH_FILES "/%s", name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
    return path;
}

an_err_t an_bench_try(const char *yaml, const char *config, an_diag_t *d)
{
    an_exp_t *e = NULL;
    an_image_t *img = NULL;
    an_config_t cfg;
    d->text[0] = 0;
    an_err_t r = an_exp_load(&e, yaml, "sw", NULL, 0, d);
    if (r == AN_OK) r = an_choose_config(&cfg, e, config, 0, 0, d);
    if (r == AN_OK) r = an_compile(&img, e, &cfg, 1, d);
    if (r == AN_OK) r = an_exp_unused(e, d);
    an_image_free(img);
    an_exp_free(e);
    return r;
}
