/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "an_jobs.h"
#include "an_say.h"

static an_job_t *add(an_jobs_t *p, const char *arg, const char *name)
{
    an_job_t *more = realloc(p->job, (p->n_job + 1) * sizeof *more);
    if (!more)
        return NULL;
    p->job = more;
    an_job_t *j = &more[p->n_job];
    *j = (an_job_t){.arg = strdup(arg), .name = name, .seed = 1};
    if (!j->arg)
        return NULL;
    p->n_job++;
    if (!j->name)
        j->name = j->arg;
    return j;
}

static bool add_broken(an_jobs_t *p, const char *arg, const char *name, const char *why, bool left_out)
{
    an_job_t *j = add(p, arg, name);
    if (j)
        j->left_out = left_out;
    if (j)
        snprintf(j->broken, sizeof j->broken, "%.*s", AN_JOB_LINE - 1, why);
    return j != NULL;
}

static an_err_t read_overview(an_jobs_t *p, an_exp_t *exp, an_diag_t *d)
{
    bool there = false;
    p->overview = malloc(sizeof *p->overview);
    an_err_t e = p->overview ? an_overview_read(p->overview, &there, exp, d) : an_say(d, AN_ERR_MEMORY, "no memory");
    if (!e && !there)
        e = an_say(d, AN_ERR_INPUT, "--plot: %s has no key overview", an_exp_name(exp));
    if (e) {
        free(p->overview);
        p->overview = NULL;
    }
    return e;
}

/* The runs of one experiment; false: no memory. */
static bool add_experiment(an_jobs_t *p, const char *arg)
{
    an_diag_t d = {""};
    an_exp_t *exp = NULL;
    size_t n = 0;
    const char *expect = "";
    an_err_t e = an_exp_load(&exp, arg, an_share(), NULL, 0, &d);
    if (e)
        return add_broken(p, arg, NULL, d.text, false);
    an_exp_t **exps = realloc(p->exp, (p->n_exp + 1) * sizeof *exps);
    if (exps)
        p->exp = exps;
    an_check_run_t **runs = realloc(p->runs, (p->n_exp + 1) * sizeof *runs), *run = calloc(AN_CHECK_RUNS, sizeof *run);
    if (runs)
        p->runs = runs;
    if (!exps || !runs || !run) {
        free(run);
        an_exp_free(exp);
        return false;
    }
    p->exp[p->n_exp] = exp;
    p->runs[p->n_exp++] = run;
    const char *name = an_exp_name(exp), *source = "", *data = getenv("ANTINODE_DATA");
    if (!an_exp_get_str(exp, "data.source", "", &source, &d) && !strcmp(source, "idx") && !an_exp_has(exp, "data.dir") && (!data || !*data))
        return add_broken(p, arg, name, "data of the user's: ANTINODE_DATA is not set", true);
    e = an_checks_read(run, &n, exp, p->part, &d);
    if (!e && !n && p->o->lengthy && !p->o->arg)
        return true;
    if (!e && p->o->plot)
        e = read_overview(p, exp, &d);
    if (!e && !n)
        e = an_exp_get_str(exp, "expect", "", &expect, &d);
    if (!e && !n && !strcmp(expect, "diverged")) {
        run[n++] = (an_check_run_t){.first = 1, .seeds = 1, .ticks = UINT64_MAX, .samples = UINT64_MAX, .epochs = UINT64_MAX, .test = UINT64_MAX,
                                    .bar[0] = {.text = "diverged", .op = 'd', .index = -1}, .n_bar = 1};
    } else if (!e && !n) {
        e = an_say(&d, AN_ERR_INPUT, "the file has no checks.%s", p->part);
    }
    if (e)
        return add_broken(p, arg, name, d.text, false);
    for (size_t i = 0; i < n; i++)
        for (uint64_t s = 0; s < run[i].seeds; s++) {
            an_job_t *j = add(p, arg, name);
            if (!j)
                return false;
            j->run = &run[i];
            j->seed = run[i].first + s;
        }
    return !p->o->full || add(p, arg, name);
}

static int is_yaml(const struct dirent *e)
{
    size_t n = strlen(e->d_name);
    return n > 5 && !strcmp(e->d_name + n - 5, ".yaml");
}

an_err_t an_jobs_read(an_jobs_t *p, an_diag_t *d)
{
    char folder[1024];
    struct dirent **file;
    if (p->o->arg)
        return add_experiment(p, p->o->arg) ? AN_OK : an_say(d, AN_ERR_MEMORY, "no memory");
    snprintf(folder, sizeof folder, "%s/experiments", an_share());
    int n = scandir(folder, &file, is_yaml, alphasort);
    if (n < 0)
        return an_say(d, AN_ERR_INPUT, "%s: %s", folder, strerror(errno));
    bool fine = true;
    for (int i = 0; i < n; i++) {
        file[i]->d_name[strlen(file[i]->d_name) - 5] = '\0';
        fine = fine && add_experiment(p, file[i]->d_name);
        free(file[i]);
    }
    free(file);
    return fine ? AN_OK : an_say(d, AN_ERR_MEMORY, "no memory");
}

void an_jobs_free(an_jobs_t *p)
{
    for (size_t i = 0; i < p->n_job; i++)
        free(p->job[i].arg);
    for (size_t i = 0; i < p->n_exp; i++) {
        an_exp_free(p->exp[i]);
        free(p->runs[i]);
    }
    free(p->overview);
    free(p->job);
    free(p->exp);
    free(p->runs);
    an_results_free(&p->table);
}
