/* SPDX-License-Identifier: Apache-2.0
 * an_sim_load -- finds the shared library of a shape, or has it made. */
#define _GNU_SOURCE
#include "an_serve.h"
#include "an_sim.h"
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

void an_sim_file_name(const an_config_t *cfg, bool fst, char *name, size_t size) {
    const char *banked = "", *closed = "";
    char units[16] = "";
    for (size_t i = 0; i < an_n_configs; i++) {
        if (strcmp(an_configs[i].name, cfg->name)) continue;
        if (an_configs[i].banked != cfg->banked) banked = cfg->banked ? "-banked" : "-flat";
        if (an_configs[i].closed != cfg->closed) closed = cfg->closed ? "-ring" : "-open";
        if (an_configs[i].vector_units != cfg->vector_units) snprintf(units, sizeof units, "-v%u", cfg->vector_units);
    }
    snprintf(name, size, "libansim-%s-c%u-p%u%s%s%s%s.so", cfg->name, cfg->cores, cfg->lanes, banked, closed, units, fst ? "-fst" : "");
}

/* The folder that holds the Makefile and sim/sim.mk, upward from the program; false: none. */
static bool an_find_root(char *root, size_t size) {
    char path[PATH_MAX];
    const ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0) return false;
    path[n] = 0;
    for (char *slash = strrchr(path, '/'); slash; slash = strrchr(path, '/')) {
        *slash = 0;
        char probe[PATH_MAX + 16];
        snprintf(probe, sizeof probe, "%s/sim/sim.mk", path);
        if (access(probe, R_OK) == 0) return (size_t)snprintf(root, size, "%s", path) < size;
    }
    return false;
}

/* make's exit code for target; question: only asks whether it is up to date (0 yes, 1 no) */
static int an_run_make(const char *root, const char *target, bool question) {
    const pid_t child = fork();
    if (child == 0) {
        dup2(STDERR_FILENO, STDOUT_FILENO);
        unsetenv("MAKEFLAGS"); /* a caller that runs under make keeps its job server */
        unsetenv("MAKELEVEL");
        execlp("make", "make", "--no-print-directory", question ? "-sq" : "-s", "-C", root, target, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

/* A library that is missing or older than its sources is made: after a change of the sources an old one would not be the chip. */
static an_err_t an_make(const char *root, const char *name, bool verbose, char *message, size_t size) {
    char target[160];
    snprintf(target, sizeof target, "build/sim/%s", name);
    if (an_run_make(root, target, true) == 0) return AN_OK;
    if (verbose) fprintf(stderr, "building %s (once, about half a minute)\n", target);
    if (an_run_make(root, target, false) == 0) return AN_OK;
    snprintf(message, size, "make -C %s %s failed", root, target);
    return AN_ERR_IO;
}

/* The library of that name, opened; message tells why not. */
static an_err_t an_open(const char *name, bool verbose, void **library, char *message, size_t size) {
    char root[PATH_MAX], path[PATH_MAX + 192];
    const char *folder = getenv("ANTINODE_SIM");
    if (folder) {
        snprintf(path, sizeof path, "%s/%s", folder, name);
    } else if (!an_find_root(root, sizeof root)) {
        snprintf(message, size, "%s: not found; set ANTINODE_SIM to the folder that holds it", name);
        return AN_ERR_IO;
    } else {
        snprintf(path, sizeof path, "%s/build/sim/%s", root, name);
        const an_err_t e = an_make(root, name, verbose, message, size);
        if (e != AN_OK) return e;
    }
    *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!*library) snprintf(message, size, "%s", dlerror());
    return *library ? AN_OK : AN_ERR_IO;
}

static an_err_t an_other(const char *name, char *message, size_t size) {
    snprintf(message, size, "%s is of another version or shape; remove it and try again", name);
    return AN_ERR_MISMATCH;
}

an_err_t an_sim_load(const an_config_t *cfg, bool fst, bool verbose, const an_sim_api_t **api, char *message, size_t size) {
    char name[96];
    void *library;
    an_sim_file_name(cfg, fst, name, sizeof name);
    const an_err_t e = an_open(name, verbose, &library, message, size);
    if (e != AN_OK) return e;
    an_sim_api_fn *get;
    *(void **)&get = dlsym(library, "an_sim_api");
    *api = get ? get() : NULL;
    if (*api && (*api)->abi == AN_SIM_ABI && (*api)->spec_hash == AN_SPEC_HASH && (*api)->cores == cfg->cores && (*api)->lanes == cfg->lanes) return AN_OK;
    return an_other(name, message, size);
}

an_err_t an_top_load(const an_config_t *cfg, bool verbose, const an_top_api_t **api, char *message, size_t size) {
    char name[96], top[104];
    void *library;
    an_sim_file_name(cfg, false, name, sizeof name);
    snprintf(top, sizeof top, "libantop%s", name + strlen("libansim"));
    const an_err_t e = an_open(top, verbose, &library, message, size);
    if (e != AN_OK) return e;
    an_top_api_fn *get;
    *(void **)&get = dlsym(library, "an_top_api");
    *api = get ? get() : NULL;
    if (*api && (*api)->abi == AN_TOP_ABI && (*api)->spec_hash == AN_SPEC_HASH && (*api)->cores == cfg->cores && (*api)->lanes == cfg->lanes) return AN_OK;
    return an_other(top, message, size);
}
