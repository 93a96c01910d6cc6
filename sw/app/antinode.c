/* SPDX-License-Identifier: Apache-2.0
 * antinode -- the command: picks the subcommand. */
#include <stdio.h>
#include <string.h>
#include "an_cli.h"

static const an_command_t *const command[] = {&an_cmd_run, &an_cmd_run_all, &an_cmd_check, &an_cmd_demo, &an_cmd_compile, &an_cmd_bench, &an_cmd_serve,
                                              &an_cmd_info, &an_cmd_list, &an_cmd_asm, &an_cmd_dis};
enum { N_COMMAND = sizeof command / sizeof *command };

static void help(FILE *f)
{
    fputs("antinode -- networks that learn on the chip, by local rules\n\n", f);
    for (int i = 0; i < N_COMMAND; i++)
        fprintf(f, "  antinode %-8s %-14s %s\n", command[i]->name, command[i]->usage, command[i]->about);
    fputs("\nantinode COMMAND --help tells the rest. EXP is a shipped experiment (antinode list) or the path of a YAML file.\n", f);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        help(stderr);
        return EXIT_INPUT;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
        help(stdout);
        return EXIT_DONE;
    }
    if (!strcmp(argv[1], "--version")) {
        printf("antinode %s, specification %08x\n", AN_VERSION_TEXT, AN_SPEC_HASH);
        return EXIT_DONE;
    }
    for (int i = 0; i < N_COMMAND; i++)
        if (!strcmp(argv[1], command[i]->name)) {
            an_opts_t o;
            int code = an_cli_parse(command[i], argc - 1, argv + 1, &o);
            return code >= 0 ? code : command[i]->run(&o);
        }
    fprintf(stderr, "antinode: unknown command \"%s\"; legal:", argv[1]);
    for (int i = 0; i < N_COMMAND; i++)
        fprintf(stderr, " %s", command[i]->name);
    fputs("\n", stderr);
    return EXIT_INPUT;
}
