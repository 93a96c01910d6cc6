/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "an_calibrate.h"
#include "an_say.h"

enum { NOBODY = 0xFFFF };

/* [core * blocks + block]. Vectors may share a block one after the other: each then shows what was written there. */
typedef struct watcher {
    const an_image_t *img;
    an_cal_t *cal;
    double *state, *rate;               /* largest |word|; negative: none was written */
    uint16_t *syn;                      /* projection that lives there, or NOBODY */
    uint32_t state_n, rate_n, syn_n;    /* blocks of one core */
} watcher_t;

static void most(double *a, double v)
{
    if (v > *a)
        *a = v;
}

static void watch(void *ctx, const an_record_t *rec, size_t n)
{
    watcher_t *w = ctx;
    for (size_t i = 0; i < n; i++) {
        const an_record_t *r = &rec[i];
        double v = fabs((double)r->value);
        uint16_t who;
        switch (r->kind) {
        case AN_REC_S:
            most(&w->state[r->core * w->state_n + r->addr % w->state_n], v);
            break;
        case AN_REC_R:
            most(&w->rate[r->core * w->rate_n + r->addr % w->rate_n], v);
            break;
        case AN_REC_W:
            who = w->syn[r->core * w->syn_n + r->addr % w->syn_n];
            if (who != NOBODY) {
                const an_sym_projection_t *p = &w->img->projection[who];
                bool is_v = p->pair && (r->addr & 1); /* wbase and stride are even */
                most(is_v ? &w->cal->v[who] : &w->cal->w[who], ldexp(v, -(int)(is_v ? p->v_frac : p->w_frac)));
            }
            break;
        }
    }
}

static double *nothing(size_t n)
{
    double *t = malloc(n * sizeof *t);
    for (size_t i = 0; t && i < n; i++)
        t[i] = -1;
    return t;
}

static bool watch_init(watcher_t *w)
{
    const an_image_t *img = w->img;
    const an_config_t *c = &img->cfg;
    w->state_n = c->state_words / c->lanes;
    w->rate_n = c->rate_words / c->lanes;
    w->syn_n = c->syn_words / c->lanes;
    w->state = nothing((size_t)c->cores * w->state_n);
    w->rate = nothing((size_t)c->cores * w->rate_n);
    w->syn = malloc((size_t)c->cores * w->syn_n * sizeof *w->syn);
    if (!w->state || !w->rate || !w->syn)
        return false;
    for (size_t i = 0; i < (size_t)c->cores * w->syn_n; i++)
        w->syn[i] = NOBODY;
    for (size_t i = 0; i < img->n_projection && i < NOBODY; i++) {
        const an_sym_projection_t *p = &img->projection[i];
        for (size_t k = 0; k < p->n_part; k++) {
            const an_sym_part_t *t = &p->part[k];
            for (uint32_t b = t->wbase; b < t->wbase + t->rows * t->stride && b < w->syn_n; b++)
                w->syn[t->core * w->syn_n + b] = (uint16_t)i;
        }
    }
    return true;
}

static void watch_free(watcher_t *w)
{
    free(w->state);
    free(w->rate);
    free(w->syn);
}

static void initial_part(watcher_t *w, size_t i, const an_sym_part_t *t)
{
    const an_sym_projection_t *p = &w->img->projection[i];
    uint32_t lanes = w->img->cfg.lanes;
    const int16_t *syn = w->img->core[t->core].syn;
    for (uint32_t j = 0; j < t->rows; j++)
        for (uint32_t k = 0; k < t->cols; k++) {
            size_t at = ((size_t)t->wbase + (size_t)j * t->stride + (p->pair ? 2u : 1u) * (k / lanes)) * lanes + k % lanes;
            most(&w->cal->w[i], ldexp(fabs((double)syn[at]), -(int)p->w_frac));
            if (p->pair)
                most(&w->cal->v[i], ldexp(fabs((double)syn[at + lanes]), -(int)p->v_frac));
        }
}

/* Initial weights: what the image holds. */
static void initial(watcher_t *w)
{
    for (size_t i = 0; i < w->img->n_projection; i++) {
        const an_sym_projection_t *p = &w->img->projection[i];
        for (size_t k = 0; k < p->n_part; k++)
            initial_part(w, i, &p->part[k]);
    }
}

/* Of the blocks of a vector; negative: nothing was written. */
static double largest(const watcher_t *w, const double *of, uint32_t blocks, uint32_t core, uint32_t addr, uint32_t n)
{
    double v = -1;
    uint32_t nb = (n + w->img->cfg.lanes - 1) / w->img->cfg.lanes;
    for (uint32_t b = addr; b < addr + nb && b < blocks; b++)
        most(&v, of[core * blocks + b]);
    return v;
}

static double largest_rate(const watcher_t *w, uint32_t core, uint32_t addr, uint32_t n)
{
    return fmax(0, largest(w, w->rate, w->rate_n, core, addr, n));
}

static void vectors(watcher_t *w)
{
    for (size_t i = 0; i < w->img->n_vector; i++) {
        const an_sym_vector_t *v = &w->img->vector[i];
        double s = v->in_state ? largest(w, w->state, w->state_n, v->core, v->addr, v->n) : -1;
        double r = v->in_rate ? largest(w, w->rate, w->rate_n, v->core, v->addr, v->n) : -1;
        w->cal->state[i] = s < 0 ? -1 : s / (1 << AN_F_STATE);
        w->cal->rate[i] = r < 0 ? -1 : r / (1 << AN_F_RATE);
    }
}

static an_err_t steps_of_core(watcher_t *w, uint32_t core, an_diag_t *d)
{
    const an_core_image_t *m = &w->img->core[core];
    uint64_t prj = 0, row = 0, lan = 0;
    for (uint32_t pc = 0; pc < m->n_prog; pc++) {
        uint64_t word = m->prog[pc];
        switch (AN_GET(word, OP)) {
        case AN_OP_PRJ: prj = word; break;
        case AN_OP_ROW: row = word; break;
        case AN_OP_LAN: lan = word; break;
        case AN_OP_SWP:
            if (!AN_GET(word, SWP_LEARN))
                break;
            bool pair = AN_GET(prj, PRJ_PAIR);
            double x2 = largest_rate(w, core, AN_GET(row, ROW_X2), AN_GET(prj, PRJ_ROWS));
            double y = largest_rate(w, core, pair ? AN_GET(lan, LAN_Y2) : AN_GET(lan, LAN_Y), AN_GET(prj, PRJ_COLS));
            uint16_t who = w->syn[core * w->syn_n + AN_GET(prj, PRJ_WBASE) % w->syn_n];
            an_learn_t *more = realloc(w->cal->learn, (w->cal->n_learn + 1) * sizeof *more);
            if (!more)
                return an_say(d, AN_ERR_MEMORY, "no memory");
            w->cal->learn = more;
            if (who != NOBODY)
                more[w->cal->n_learn++] = (an_learn_t){core, pc, who, ldexp(x2 * y, -(int)AN_GET(word, SWP_LSH))};
            break;
        }
    }
    return AN_OK;
}

an_err_t an_calibrate(an_cal_t *c, an_runner_t *r, an_driver_t *dr, an_model_t *m, uint64_t samples, an_diag_t *d)
{
    const an_image_t *img = r->img;
    watcher_t w = {.img = img, .cal = c};
    memset(c, 0, sizeof *c);
    c->state = calloc(img->n_vector + 1, sizeof *c->state);
    c->rate = calloc(img->n_vector + 1, sizeof *c->rate);
    c->w = calloc(img->n_projection + 1, sizeof *c->w);
    c->v = calloc(img->n_projection + 1, sizeof *c->v);
    an_err_t e = c->state && c->rate && c->w && c->v && watch_init(&w) ? AN_OK : an_say(d, AN_ERR_MEMORY, "no memory");
    if (!e) {
        initial(&w);
        an_model_trace(m, watch, &w);
        e = an_runner_train(r, dr, samples, false, d);
        an_model_trace(m, NULL, NULL);
        c->samples = r->done;
        vectors(&w);
    }
    for (uint32_t core = 0; core < img->cfg.cores && !e; core++)
        e = steps_of_core(&w, core, d);
    watch_free(&w);
    return e;
}

void an_cal_free(an_cal_t *c)
{
    free(c->state);
    free(c->rate);
    free(c->w);
    free(c->v);
    free(c->learn);
    memset(c, 0, sizeof *c);
}
