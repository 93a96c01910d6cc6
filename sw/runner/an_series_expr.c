/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "an_expr.h"
#include "an_say.h"
#include "an_series_expr.h"

struct an_series_expr {
    an_ctx_t c;
    an_diag_t last;      /* where the context writes: nobody reads it after the opening */
    const an_expr_t *e;
    double t;
};

static double name(an_ctx_t *c, const an_expr_t *e, void *env)
{
    const an_series_expr_t *x = env;
    if (e->kind == AN_EX_NAME && !strcmp(e->name, "t"))
        return x->t;
    if (e->kind == AN_EX_NAME && !strcmp(e->name, "pi"))
        return acos(-1);
    an_fail(c, AN_ERR_INPUT, e->at, "%s: no value here; legal: t, pi", e->name ? e->name : "uniform");
}

an_err_t an_series_expr_open(an_series_expr_t **out, const char *text, const char *where, an_diag_t *d)
{
    an_series_expr_t *x = calloc(1, sizeof *x);
    if (!x)
        return an_say(d, AN_ERR_MEMORY, "no memory");
    x->c.d = &x->last;
    if (setjmp(x->c.at)) {
        an_err_t e = an_say(d, x->c.err, "%s", x->last.text);
        an_series_expr_close(x);
        return e;
    }
    const an_at_t at = {an_fmt(&x->c, "%s", where), 0, 0};
    x->e = an_expr_text(&x->c, an_fmt(&x->c, "%s", text), at);
    (void)an_expr_eval(&x->c, x->e, name, x);
    *out = x;
    return AN_OK;
}

void an_series_expr_close(an_series_expr_t *x)
{
    if (x)
        an_ctx_free(&x->c);
    free(x);
}

double an_series_expr_at(an_series_expr_t *x, double t)
{
    x->t = t;
    if (setjmp(x->c.at))
        return 0;
    return an_expr_eval(&x->c, x->e, name, x);
}
