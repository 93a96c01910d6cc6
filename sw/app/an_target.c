/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include "an_port_open.h"
#include "an_port_sim.h"
#include "an_say.h"
#include "an_target.h"

static bool is(const char *on, const char *what) { return !strcmp(on, what); }
static bool starts(const char *on, const char *what) { return !strncmp(on, what, strlen(what)); }

bool an_target_is_device(const an_opts_t *o) { return o->on && (starts(o->on, "tty:") || starts(o->on, "tcp:")); }

static an_err_t open_link(an_port_t **port, const char *on, an_diag_t *d)
{
    char why[256] = "";
    an_transport_t *t;
    an_err_t e = an_transport_open(&t, on, why, sizeof why);
    if (!e)
        e = an_port_link_open(port, t, NULL, why, sizeof why);
    if (e && starts(why, on))
        return an_say(d, e, "%s", why);
    return e ? an_say(d, e, "%s: %s", on, why[0] ? why : an_err_text(e)) : AN_OK;
}

an_err_t an_target_open(an_port_t **port, const an_opts_t *o, const an_config_t *cfg, an_diag_t *d)
{
    const char *on = o->on ? o->on : "model";
    char why[512] = "";
    an_err_t e;
    *port = NULL;
    if (is(on, "model")) {
        e = an_port_model_open(port, cfg);
        return e ? an_say(d, e, "model: %s", an_err_text(e)) : AN_OK;
    }
    if (is(on, "sim")) {
        an_sim_options_t so = {.seed = (uint32_t)o->seed, .verbose = !o->quiet};
        e = an_port_sim_open(port, cfg, &so, why, sizeof why);
        return e ? an_say(d, e, "sim: %s", why[0] ? why : an_err_text(e)) : AN_OK;
    }
    if (an_target_is_device(o))
        return open_link(port, on, d);
    return an_say(d, AN_ERR_INPUT, "--on %s: legal: model, sim, tty:DEV[@BAUD], tcp:HOST:PORT", on);
}

an_err_t an_config_of(an_config_t *cfg, bool *found, const an_opts_t *o, an_diag_t *d)
{
    char legal[256] = "";
    *found = false;
    if (!o->config)
        return AN_OK;
    for (size_t i = 0; i < an_n_configs; i++) {
        if (!strcmp(an_configs[i].name, o->config)) {
            *cfg = an_configs[i];
            *found = true;
            if (o->lanes)
                cfg->lanes = (uint32_t)o->lanes;
            if (cfg->vector_units > cfg->lanes)
                cfg->vector_units = cfg->lanes;
            if (o->cores)
                cfg->cores = (uint32_t)o->cores;
            return AN_OK;
        }
        strncat(legal, i ? ", " : "", sizeof legal - strlen(legal) - 1);
        strncat(legal, an_configs[i].name, sizeof legal - strlen(legal) - 1);
    }
    return an_say(d, AN_ERR_INPUT, "--config %s: unknown; legal: %s", o->config, legal);
}

an_err_t an_port_diag(an_driver_t *dr, an_err_t e, an_diag_t *d)
{
    return an_say_port(d, e, dr->port);
}

an_err_t an_session_load(an_session_t *s, an_driver_t *dr, an_port_t *port, an_diag_t *d)
{
    an_err_t e = an_driver_open(dr, port, &s->cfg);
    if (!e)
        e = an_driver_load(dr, s->img);
    if (!e)
        e = an_driver_verify(dr, s->img);
    return an_say_port(d, e, port);
}
