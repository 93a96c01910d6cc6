/* SPDX-License-Identifier: Apache-2.0
 * an_cli -- what the subcommands of antinode share: options, exit codes, messages, progress. Only the command prints and exits. */
#ifndef AN_CLI_H
#define AN_CLI_H
#include <stdio.h>
#include "an_runner.h"

enum { EXIT_DONE = 0, EXIT_RUN = 1, EXIT_INPUT = 2, EXIT_DEVICE = 3, EXIT_DIFFERS = 4 };

#define AN_MAX_SET 64
typedef struct an_opts {
    const char *arg;       /* EXP, FILE or NAME; NULL if missing */
    const char *on, *config, *report, *plot, *trace, *pty, *tcp, *out, *fst;
    uint64_t seed, fst_from, fst_to;
    uint64_t epochs, samples, ticks, test; /* UINT64_MAX: not given */
    const char *set[AN_MAX_SET];
    size_t n_set;
    int lanes, cores;      /* from --set lanes=, cores=; 0: not given */
    double clock_hz, watts;/* from --set clock_hz=, watts=; 0: not given */
    bool quiet, verbose, listing, full, lengthy, selftest;
} an_opts_t;

typedef struct an_command {
    const char *name;
    const char *usage;     /* what stands after the name */
    const char *options;   /* names of the options it takes, separated by blanks */
    const char *about;     /* one line */
    const char *more;      /* further help, or NULL */
    bool needs_arg, takes_arg;
    int (*run)(const an_opts_t *o);
} an_command_t;

/* Parses argv[1..]; returns -1 to go on, or an exit code (help: 0, bad usage: 2). */
int an_cli_parse(const an_command_t *c, int argc, char **argv, an_opts_t *o);

extern const an_command_t an_cmd_run, an_cmd_run_all, an_cmd_check, an_cmd_demo, an_cmd_serve, an_cmd_info, an_cmd_list, an_cmd_asm, an_cmd_dis, an_cmd_compile, an_cmd_bench;

/* "antinode: text" on stderr; returns the exit code of e. */
int an_fail_with(an_err_t e, const an_diag_t *d);
int an_exit_code(an_err_t e);

/* Folder of shipped rules, experiments and data: $ANTINODE_SHARE, else the one compiled in. */
const char *an_share(void);

/* Where text for people goes: stderr when the report takes standard output. */
FILE *an_out(const an_opts_t *o);

/* A line that is rewritten, on a terminal; a line now and then with --verbose; else nothing. ctx: an_meter_t. */
typedef struct an_meter {
    FILE *f;
    bool tty, quiet, verbose, open;
    double last_s;
    const char *note;      /* in front, e.g. "chip and model"; NULL: none */
} an_meter_t;
void an_meter_init(an_meter_t *l, const an_opts_t *o);
void an_meter_show(void *ctx, const an_progress_t *p);
void an_meter_end(an_meter_t *l);

double an_wall_s(void);

#endif
