/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "an_cli.h"

typedef struct option_info { const char *name, *arg, *help; char letter; } option_info_t;

static const option_info_t all[] = {
    {"on", "TARGET", "model (default), sim, tty:DEV[@BAUD] or tcp:HOST:PORT", 'o'},
    {"config", "NAME", "configuration of the chip (antinode list names them); else the experiment's, else the smallest that fits", 'c'},
    {"seed", "N", "seed of weights, rounding, order and signs (default 1)", 's'},
    {"epochs", "N", "train for N epochs", 'e'},
    {"samples", "N", "train on N samples", 'n'},
    {"ticks", "N", "train for N ticks, to the end of a sample", 't'},
    {"test", "N", "last evaluation on the first N test samples; 0: none (default: all)", 'T'},
    {"set", "KEY=VALUE", "change a constant or a key of the experiment; lanes= and cores= change the configuration, clock_hz= and watts= the report's cost", 'k'},
    {"report", "FILE", "write a JSON report; - for standard output", 'r'},
    {"plot", "FILE", "write the learning curve as SVG", 'p'},
    {"trace", "FILE", "write the metrics over time as CSV", 'C'},
    {"out", "PATH", "file or folder to write to", 'O'},
    {"pty", "LINK", "make a pseudo-terminal and a symbolic link LINK to it", 'y'},
    {"tcp", "PORT", "listen on this TCP port of the local machine", 'P'},
    {"fst", "FILE", "write a waveform", 'f'},
    {"fst-from", "CLOCK", "its first simulated clock (default 0)", 'F'},
    {"fst-to", "CLOCK", "its last simulated clock", 'G'},
    {"list", NULL, "print the program", 'l'},
    {"full", NULL, "all bars, all seeds and variants, lockstep of each; no limit of time", 'a'},
    {"long", NULL, "the runs that take hours, and nothing else", 'L'},
    {"self-test", NULL, "overwrite every memory and read it back, then learn for some ticks and compare with the model", 'S'},
    {"quiet", NULL, "print errors only", 'q'},
    {"verbose", NULL, "print progress also when not on a terminal", 'v'},
};
enum { N_ALL = sizeof all / sizeof *all };

static bool takes(const an_command_t *c, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = c->options; *p;) {
        size_t k = strcspn(p, " ");
        if (k == n && !strncmp(p, name, n))
            return true;
        p += k + (p[k] == ' ');
    }
    return false;
}

static void help(const an_command_t *c)
{
    printf("antinode %s %s\n\n%s\n", c->name, c->usage, c->about);
    if (c->more)
        printf("\n%s\n", c->more);
    puts("");
    for (int i = 0; i < N_ALL; i++)
        if (takes(c, all[i].name)) {
            char left[40];
            snprintf(left, sizeof left, "--%s %s", all[i].name, all[i].arg ? all[i].arg : "");
            printf("  %-24s %s\n", left, all[i].help);
        }
    printf("  %-24s %s\n\nExit: 0 done, 1 the run failed, 2 bad usage or input, 3 the device did not answer or is not what was expected,\n4 lockstep found a difference.\n",
           "--help", "this text");
}

static int bad(const an_command_t *c, const char *fmt, const char *a, const char *b)
{
    fprintf(stderr, "antinode %s: ", c->name);
    fprintf(stderr, fmt, a, b);
    fprintf(stderr, "\nantinode %s --help lists what is legal\n", c->name);
    return EXIT_INPUT;
}

static int number(const an_command_t *c, const char *name, const char *text, uint64_t min, uint64_t max, uint64_t *to)
{
    char *end;
    errno = 0;
    unsigned long long v = strtoull(text, &end, 0);
    if (!isdigit((unsigned char)*text) || *end || errno || v < min || v > max) {
        fprintf(stderr, "antinode %s: --%s %s: expected a whole number from %" PRIu64 " to %" PRIu64 "\n", c->name, name, text, min, max);
        return EXIT_INPUT;
    }
    *to = v;
    return -1;
}

/* a quantity of the board; 1: text does not begin with name= */
static int quantity(const an_command_t *c, const char *text, const char *name, double most, double *to)
{
    size_t n = strlen(name);
    if (strncmp(text, name, n) || text[n] != '=')
        return 1;
    char *end, legal[64];
    double v = strtod(text + n + 1, &end);
    snprintf(legal, sizeof legal, "a number above 0, to %g", most);
    if (!text[n + 1] || *end || !(v > 0 && v <= most))
        return bad(c, "--set %s: expected %s", text, legal);
    *to = v;
    return -1;
}

/* lanes, cores, clock_hz and watts belong to the chip, not to the experiment's file. */
static int set(const an_command_t *c, an_opts_t *o, const char *text)
{
    const char *eq = strchr(text, '=');
    if (!eq || eq == text)
        return bad(c, "--set %s: expected KEY=VALUE%s", text, "");
    int *shape = !strncmp(text, "lanes=", 6) ? &o->lanes : !strncmp(text, "cores=", 6) ? &o->cores : NULL;
    if (shape) {
        uint64_t v;
        int e = number(c, shape == &o->lanes ? "set lanes" : "set cores", eq + 1, 1, shape == &o->lanes ? 64 : AN_MOST_CORES, &v);
        if (e < 0 && shape == &o->lanes && (v & (v - 1) || v > 8))
            return bad(c, "--set %s: lanes may be 1, 2, 4 or 8%s", text, "");
        *shape = e < 0 ? (int)v : 0;
        return e;
    }
    int e = quantity(c, text, "clock_hz", 1e10, &o->clock_hz);
    e = e == 1 ? quantity(c, text, "watts", 1e4, &o->watts) : e;
    if (e != 1)
        return e;
    if (o->n_set == AN_MAX_SET)
        return bad(c, "--set %s: too many of them%s", text, "");
    o->set[o->n_set++] = text;
    return -1;
}

static int take(const an_command_t *c, an_opts_t *o, const option_info_t *i, const char *arg)
{
    switch (i->letter) {
    case 'o': o->on = arg; break;
    case 'c': o->config = arg; break;
    case 's': return number(c, i->name, arg, 0, UINT64_MAX, &o->seed);
    case 'e': return number(c, i->name, arg, 1, 1000000, &o->epochs);
    case 'n': return number(c, i->name, arg, 1, 1000000000000u, &o->samples);
    case 't': return number(c, i->name, arg, 1, 1000000000000u, &o->ticks);
    case 'T': return number(c, i->name, arg, 0, 1000000000000u, &o->test);
    case 'k': return set(c, o, arg);
    case 'r': o->report = arg; break;
    case 'p': o->plot = arg; break;
    case 'C': o->trace = arg; break;
    case 'O': o->out = arg; break;
    case 'y': o->pty = arg; break;
    case 'P': o->tcp = arg; break;
    case 'f': o->fst = arg; break;
    case 'F': return number(c, i->name, arg, 0, UINT64_MAX, &o->fst_from);
    case 'G': return number(c, i->name, arg, 0, UINT64_MAX, &o->fst_to);
    case 'l': o->listing = true; break;
    case 'a': o->full = true; break;
    case 'L': o->lengthy = true; break;
    case 'S': o->selftest = true; break;
    case 'q': o->quiet = true; break;
    case 'v': o->verbose = true; break;
    }
    return -1;
}

int an_cli_parse(const an_command_t *c, int argc, char **argv, an_opts_t *o)
{
    struct option opt[N_ALL + 2];
    int n = 0;
    memset(opt, 0, sizeof opt);
    for (int i = 0; i < N_ALL; i++)
        if (takes(c, all[i].name))
            opt[n++] = (struct option){all[i].name, all[i].arg ? required_argument : no_argument, NULL, 256 + i};
    opt[n++] = (struct option){"help", no_argument, NULL, 'h'};
    *o = (an_opts_t){.seed = 1, .epochs = UINT64_MAX, .samples = UINT64_MAX, .ticks = UINT64_MAX, .test = UINT64_MAX, .fst_to = UINT64_MAX};
    opterr = 0;
    for (;;) {
        int k = getopt_long(argc, argv, ":h", opt, NULL);
        if (k == -1)
            break;
        if (k == 'h') {
            help(c);
            return EXIT_DONE;
        }
        if (k == ':')
            return bad(c, "%s needs a value%s", argv[optind - 1], "");
        if (k == '?')
            return bad(c, "unknown option %s%s", argv[optind - 1], "");
        int e = take(c, o, &all[k - 256], optarg);
        if (e >= 0)
            return e;
    }
    if (optind < argc)
        o->arg = argv[optind++];
    if (optind < argc || (o->arg && !c->takes_arg && !c->needs_arg))
        return bad(c, "unexpected argument %s%s", argv[optind < argc ? optind : optind - 1], "");
    if (c->needs_arg && !o->arg)
        return bad(c, "%s is missing%s", c->usage, "");
    int limits = (o->epochs != UINT64_MAX) + (o->samples != UINT64_MAX) + (o->ticks != UINT64_MAX);
    if (limits > 1)
        return bad(c, "only one of --epochs, --samples, --ticks%s%s", "", "");
    return -1;
}

int an_exit_code(an_err_t e)
{
    switch (e) {
    case AN_OK: return EXIT_DONE;
    case AN_ERR_ARG:
    case AN_ERR_INPUT:
    case AN_ERR_FIT: return EXIT_INPUT;
    case AN_ERR_REFUSED:
    case AN_ERR_TIMEOUT:
    case AN_ERR_LINK:
    case AN_ERR_IO:
    case AN_ERR_MISMATCH: return EXIT_DEVICE;
    case AN_ERR_MEMORY:
    case AN_ERR_STALL:
    case AN_ERR_FAULT: return EXIT_RUN;
    }
    return EXIT_RUN;
}

int an_fail_with(an_err_t e, const an_diag_t *d)
{
    fprintf(stderr, "antinode: %s\n", d->text[0] ? d->text : an_err_text(e));
    return an_exit_code(e);
}

const char *an_share(void)
{
    const char *s = getenv("ANTINODE_SHARE");
    return s && *s ? s : AN_SHARE;
}

FILE *an_out(const an_opts_t *o) { return o->report && !strcmp(o->report, "-") ? stderr : stdout; }

double an_wall_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}
