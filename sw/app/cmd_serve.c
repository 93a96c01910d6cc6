/* SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include "an_say.h"
#include "an_serve.h"
#include "an_target.h"

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
    (void)number;
    stop = 1;
}

static void ready(void *ctx, const char *target)
{
    const an_opts_t *o = ctx;
    if (!o->quiet)
        printf("ready: antinode info --on %s\n", target);
    fflush(stdout);
}

static an_err_t port_of(const char *text, int *port, an_diag_t *d)
{
    char *end;
    long v = strtol(text, &end, 10);
    if (end == text || *end || v < 0 || v > 65535)
        return an_say(d, AN_ERR_INPUT, "--tcp %s: expected a port from 0 (any) to 65535", text);
    *port = (int)v;
    return AN_OK;
}

static int serve(const an_opts_t *o)
{
    an_diag_t d = {""};
    an_config_t cfg = an_configs[0];
    bool given;
    an_opts_t named = *o;
    named.config = o->config ? o->config : "icebreaker";
    an_serve_options_t so = {.link = o->pty, .seed = (uint32_t)o->seed, .verbose = !o->quiet, .stop = &stop, .ready = ready, .ctx = &named};
    an_err_t e = an_config_of(&cfg, &given, &named, &d);
    if (!e && o->on && strcmp(o->on, "sim"))
        e = an_say(&d, AN_ERR_INPUT, "--on %s: legal: sim", o->on);
    if (!e && !o->pty == !o->tcp)
        e = an_say(&d, AN_ERR_INPUT, "serve needs --pty LINK or --tcp PORT (one of them)");
    if (!e && o->tcp)
        e = port_of(o->tcp, &so.port, &d);
    if (!e) {
        struct sigaction sa;
        memset(&sa, 0, sizeof sa);
        sa.sa_handler = on_signal;
        sigemptyset(&sa.sa_mask);
        sigaction(SIGINT, &sa, NULL);
        sigaction(SIGTERM, &sa, NULL);
        char why[512] = "";
        e = an_serve_run(&cfg, &so, why, sizeof why);
        if (e)
            an_say(&d, e, "serve: %s", why[0] ? why : an_err_text(e));
    }
    return e ? an_fail_with(e, &d) : EXIT_DONE;
}

const an_command_t an_cmd_serve = {
    .name = "serve",
    .usage = "",
    .options = "on config set seed pty tcp quiet",
    .about = "a Verilated chip behind its UART pins, for any driver",
    .more = "Prints the target that other commands take for --on, and runs until it is interrupted.",
    .run = serve,
};
