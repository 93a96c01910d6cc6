/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>
#include "an_say.h"
#include "an_series.h"
#include "an_source.h"

typedef an_err_t open_fn(an_source_t **s, an_exp_t *exp, const char *kind, const char *share, uint64_t seed, an_diag_t *d);

static const struct { const char *name; open_fn *open; } kinds[] = {
    {"fashion-mnist", an_images_open},
    {"digits", an_images_open},
    {"idx", an_images_open},
    {"series", an_series_open},
    {"mnist1d", an_sequences_open},
};

int16_t an_to_f12(double x)
{
    double v = floor(x * (1 << AN_F_RATE) + 0.5);
    return (int16_t)(v > INT16_MAX ? INT16_MAX : v < INT16_MIN ? INT16_MIN : v);
}

an_err_t an_source_open(an_source_t **s, an_exp_t *exp, const char *share, uint64_t seed, an_diag_t *d)
{
    const char *name;
    an_err_t e = an_exp_get_str(exp, "data.source", NULL, &name, d);
    if (e)
        return e;
    if (!name)
        return an_say(d, AN_ERR_INPUT, "%s: data.source: missing; legal: fashion-mnist, digits, idx, series, mnist1d", an_exp_name(exp));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(name, kinds[i].name))
            return kinds[i].open(s, exp, name, share, seed, d);
    return an_say(d, AN_ERR_INPUT, "%s: data.source: unknown source \"%s\"; legal: fashion-mnist, digits, idx, series, mnist1d", an_exp_name(exp), name);
}
