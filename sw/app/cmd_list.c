/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "an_cli.h"

enum { MAX_NAMES = 256 };

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static int is_yaml(const struct dirent *e)
{
    size_t n = strlen(e->d_name);
    return n > 5 && !strcmp(e->d_name + n - 5, ".yaml");
}

static void one(const char *file)
{
    char name[256];
    an_diag_t d;
    an_exp_t *exp;
    const char *title = "";
    snprintf(name, sizeof name, "%.*s", (int)(strlen(file) - 5), file);
    if (an_exp_load(&exp, name, an_share(), NULL, 0, &d)) {
        printf("  %-18s damaged: %s\n", name, d.text);
        return;
    }
    if (an_exp_get_str(exp, "title", "", &title, &d))
        title = "";
    printf("  %-18s %s\n", name, title);
    an_exp_free(exp);
}

static int list(const an_opts_t *o)
{
    char folder[1024], *name[MAX_NAMES];
    size_t n = 0;
    (void)o;
    snprintf(folder, sizeof folder, "%s/experiments", an_share());
    DIR *dir = opendir(folder);
    if (!dir) {
        fprintf(stderr, "antinode: %s: %s; ANTINODE_SHARE=DIR names the folder of experiments/, rules/, data/\n", folder, strerror(errno));
        return EXIT_INPUT;
    }
    for (const struct dirent *e; (e = readdir(dir)) && n < MAX_NAMES;)
        if (is_yaml(e) && (name[n] = strdup(e->d_name)))
            n++;
    closedir(dir);
    qsort(name, n, sizeof *name, by_name);
    puts("experiments");
    for (size_t i = 0; i < n; i++) {
        one(name[i]);
        free(name[i]);
    }
    puts("configurations");
    for (size_t i = 0; i < an_n_configs; i++) {
        const an_config_t *c = &an_configs[i];
        printf("  %-18s %" PRIu32 " core%s x %" PRIu32 " lane%s, %" PRIu32 " synapses, %" PRIu32 " states, %" PRIu32 " rates, %" PRIu32 " instructions a core\n", c->name,
               c->cores, c->cores == 1 ? "" : "s", c->lanes, c->lanes == 1 ? "" : "s", c->syn_words, c->state_words, c->rate_words, c->prog_words);
    }
    return EXIT_DONE;
}

const an_command_t an_cmd_list = {.name = "list", .usage = "", .options = "", .about = "shipped experiments and named configurations", .run = list};
