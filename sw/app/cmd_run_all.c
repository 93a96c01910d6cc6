/* SPDX-License-Identifier: Apache-2.0
 * Every experiment against its own bars, two runs at a time, each a process of its own: a crash is one failed row. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "an_jobs.h"
#include "an_report.h"
#include "an_say.h"

enum { AT_ONCE = 2, CHIP_TICKS = 2000 };

static void path_of(char *s, size_t size, const an_jobs_t *p, const an_job_t *j, const char *what)
{
    snprintf(s, size, "%s/%zu.%s", p->folder, (size_t)(j - p->job), what);
}

/* In the child. */
static int work(const an_jobs_t *p, const an_job_t *j, const char *report)
{
    an_opts_t o = {.arg = j->arg, .on = p->o->on, .seed = j->seed, .epochs = UINT64_MAX, .samples = UINT64_MAX, .ticks = UINT64_MAX, .test = UINT64_MAX,
                   .fst_to = UINT64_MAX, .quiet = true};
    if (!j->run) {
        o.ticks = CHIP_TICKS;
        return an_cmd_check.run(&o);
    }
    o.report = report;
    o.ticks = j->run->ticks;
    o.samples = j->run->samples;
    o.epochs = j->run->epochs;
    o.test = j->run->test;
    for (size_t i = 0; i < j->run->n_set; i++)
        o.set[o.n_set++] = j->run->set[i];
    return an_cmd_run.run(&o);
}

static void start(an_jobs_t *p, an_job_t *j)
{
    char log[128], report[128];
    path_of(log, sizeof log, p, j, "log");
    path_of(report, sizeof report, p, j, "json");
    j->since = an_wall_s();
    if (j->broken[0]) {
        j->done = true;
        return;
    }
    fflush(NULL);
    j->pid = fork();
    if (j->pid < 0) {
        snprintf(j->broken, sizeof j->broken, "fork: %s", strerror(errno));
        j->done = true;
    } else if (!j->pid) {
        int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (fd < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
            _exit(EXIT_RUN);
        int code = work(p, j, report);
        fflush(NULL);
        _exit(code);
    }
}

static void last_line(char *s, size_t size, const an_jobs_t *p, const an_job_t *j)
{
    char path[128], line[1024];
    path_of(path, sizeof path, p, j, "log");
    FILE *f = fopen(path, "r");
    snprintf(s, size, "exit %d", WIFEXITED(j->status) ? WEXITSTATUS(j->status) : -WTERMSIG(j->status));
    while (f && fgets(line, sizeof line, f))
        if (line[0] != '\n')
            snprintf(s, size, "%.*s", (int)strcspn(line, "\n"), line);
    if (f)
        fclose(f);
}

static void what_of(char *s, size_t size, const an_job_t *j)
{
    size_t at = 0;
    s[0] = '\0';
    for (size_t i = 0; j->run && i < j->run->n_set && at < size; i++)
        at += (size_t)snprintf(s + at, size - at, "%s%s", i ? ", " : "", j->run->set[i]);
    const struct { uint64_t v; const char *name; } limit[] = {{j->run ? j->run->ticks : UINT64_MAX, "ticks"}, {j->run ? j->run->samples : UINT64_MAX, "samples"},
                                                             {j->run ? j->run->epochs : UINT64_MAX, "epochs"}};
    for (size_t i = 0; i < 3 && at < size; i++)
        if (limit[i].v != UINT64_MAX)
            at += (size_t)snprintf(s + at, size - at, "%s%" PRIu64 " %s", at ? ", " : "", limit[i].v, limit[i].name);
    if (at < size)
        snprintf(s + at, size - at, "%sseed %" PRIu64, at ? ", " : "", j->seed);
}

/* Bars over the seeds of a run: with its last one. */
static void mean_rows(an_jobs_t *p, const an_job_t *j, an_exp_t *report)
{
    for (size_t i = 0; i < j->run->n_bar; i++) {
        const an_bar_t *b = &j->run->bar[i];
        if (j->seed == j->run->first)
            p->mean[i] = (an_mean_t){0};
        if (!b->mean)
            continue;
        an_mean_add(&p->mean[i], b, report);
        if (j->seed + 1 != j->run->first + j->run->seeds)
            continue;
        an_verdict_t v;
        an_row_t row = {.seconds = -1};
        an_mean_judge(&v, b, &p->mean[i]);
        row.pass = v.pass && p->mean[i].n == j->run->seeds;
        snprintf(row.name, sizeof row.name, "%s", j->name);
        what_of(row.what, sizeof row.what, j);
        char *seed = strstr(row.what, "seed ");
        snprintf(seed, sizeof row.what - (size_t)(seed - row.what), "seeds %" PRIu64 " to %" PRIu64, j->run->first, j->seed);
        snprintf(row.bar, sizeof row.bar, "%s", b->text);
        snprintf(row.value, sizeof row.value, "%s", v.value);
        snprintf(row.reference, sizeof row.reference, "%s", v.reference);
        an_results_add(&p->table, &row);
    }
}

/* "N records compared, 0 differ (..." of antinode check */
static void lockstep_row(an_jobs_t *p, const an_job_t *j, an_row_t *row)
{
    char path[128], line[1024], digest[64] = "", *cut;
    snprintf(row->what, sizeof row->what, "Verilated chip beside the model, %d ticks", CHIP_TICKS);
    snprintf(row->bar, sizeof row->bar, "0 records differ, same digest");
    path_of(path, sizeof path, p, j, "log");
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        if ((cut = strstr(line, " (")) != NULL && strstr(line, " records compared"))
            snprintf(row->value, sizeof row->value, "%.*s", (int)(cut - line) - 2, line + 2);
        else if ((cut = strstr(line, "model ")) != NULL && strstr(line, "digest"))
            snprintf(digest, sizeof digest, ", %.16s", cut + 6);
    if (f)
        fclose(f);
    row->pass = WIFEXITED(j->status) && WEXITSTATUS(j->status) == EXIT_DONE && row->value[0];
    if (row->pass)
        strncat(row->value, digest, sizeof row->value - strlen(row->value) - 1);
    else
        last_line(row->value, sizeof row->value, p, j);
}

static void bar_rows(an_jobs_t *p, const an_job_t *j, an_row_t *row)
{
    char path[128];
    an_diag_t d;
    an_exp_t *report = NULL;
    path_of(path, sizeof path, p, j, "json");
    what_of(row->what, sizeof row->what, j);
    int code = WIFEXITED(j->status) ? WEXITSTATUS(j->status) : -1;
    if ((code != EXIT_DONE && code != EXIT_RUN) || an_exp_load(&report, path, NULL, NULL, 0, &d)) {
        last_line(row->value, sizeof row->value, p, j);
        an_results_add(&p->table, row);
        return;
    }
    bool whole = j->run->ticks == UINT64_MAX && j->run->samples == UINT64_MAX && j->run->epochs == UINT64_MAX;
    bool may_diverge = false;
    for (size_t i = 0; i < j->run->n_bar; i++)
        may_diverge |= j->run->bar[i].op == 'd';
    for (size_t i = 0; i < j->run->n_bar; i++) {
        an_verdict_t v;
        if (j->run->bar[i].mean)
            continue;
        an_bar_judge(&v, &j->run->bar[i], may_diverge, report);
        snprintf(row->bar, sizeof row->bar, "%s", j->run->bar[i].text);
        snprintf(row->value, sizeof row->value, "%s", v.value);
        snprintf(row->reference, sizeof row->reference, "%s", whole ? v.reference : "-"); /* it is of the whole schedule */
        row->pass = v.pass;
        an_results_add(&p->table, row);
        row->seconds = -1;
    }
    mean_rows(p, j, report);
    if (p->overview)
        an_overview_add(p->overview, j->run, j->seed, report);
    an_exp_free(report);
}

static void finish(an_jobs_t *p, const an_job_t *j)
{
    an_row_t row = {.seconds = j->took};
    snprintf(row.name, sizeof row.name, "%s", j->name);
    snprintf(row.reference, sizeof row.reference, "-");
    if (j->broken[0]) {
        snprintf(row.value, sizeof row.value, "%s", j->broken);
        row.left_out = j->left_out;
        an_results_add(&p->table, &row);
    } else if (!j->run) {
        lockstep_row(p, j, &row);
        an_results_add(&p->table, &row);
    } else {
        bar_rows(p, j, &row);
    }
    if (!p->o->quiet)
        an_results_show(&p->table, an_out(p->o));
}

/* The next job that may start: chip runs one at a time, since they make their library. A device carries one run. */
static an_job_t *next(an_jobs_t *p, size_t running, bool chip)
{
    size_t at_once = p->o->on && strcmp(p->o->on, "model") ? 1 : AT_ONCE;
    for (size_t i = 0; running < at_once && i < p->n_job; i++)
        if (!p->job[i].pid && !p->job[i].done && (p->job[i].run || p->job[i].broken[0] || !chip))
            return &p->job[i];
    return NULL;
}

static an_err_t run_jobs(an_jobs_t *p, an_diag_t *d)
{
    size_t running = 0, shown = 0;
    bool chip = false;
    while (shown < p->n_job) {
        for (an_job_t *j; (j = next(p, running, chip)) != NULL;) {
            start(p, j);
            running += !j->done;
            chip |= !j->done && !j->run;
        }
        for (; shown < p->n_job && p->job[shown].done; shown++)
            finish(p, &p->job[shown]);
        int status;
        pid_t pid = running ? waitpid(-1, &status, 0) : 0;
        if (pid < 0 && errno != EINTR)
            return an_say(d, AN_ERR_IO, "wait: %s", strerror(errno));
        for (size_t i = 0; pid > 0 && i < p->n_job; i++) {
            an_job_t *j = &p->job[i];
            if (j->pid != pid || j->done)
                continue;
            j->done = true;
            j->status = status;
            j->took = an_wall_s() - j->since;
            running--;
            chip &= j->run != NULL;
        }
    }
    return AN_OK;
}

static void clean(an_jobs_t *p)
{
    char path[128];
    for (size_t i = 0; i < p->n_job; i++) {
        path_of(path, sizeof path, p, &p->job[i], "log");
        remove(path);
        path_of(path, sizeof path, p, &p->job[i], "json");
        remove(path);
    }
    if (p->folder[0])
        rmdir(p->folder);
    an_jobs_free(p);
}

static int run_all(const an_opts_t *o)
{
    an_diag_t d = {""};
    an_jobs_t p = {.o = o, .part = o->lengthy ? "long" : o->full ? "full" : "quick", .folder = "/tmp/antinode-XXXXXX", .since = an_wall_s()};
    char command[128];
    snprintf(command, sizeof command, "antinode run-all%s%.64s%s", o->arg ? " " : "", o->arg ? o->arg : "", o->lengthy ? " --long" : o->full ? " --full" : "");
    p.table.command = command;
    p.table.about = o->lengthy ? "The runs that take hours."
                    : o->full  ? "Every bar of every shipped experiment, all seeds and variants, and 2,000 ticks of each on the Verilated chip in lockstep."
                               : "Every shipped experiment, one seed.";
    an_err_t e = o->report ? an_file_try(o->report, &d) : AN_OK;
    if (!e && o->plot)
        e = o->arg ? an_file_try(o->plot, &d) : an_say(&d, AN_ERR_INPUT, "--plot: legal with EXP, whose key overview says what is drawn");
    if (!e && o->full && o->lengthy)
        e = an_say(&d, AN_ERR_INPUT, "only one of --full, --long");
    if (!mkdtemp(p.folder)) {
        e = an_say(&d, AN_ERR_IO, "%s: %s", p.folder, strerror(errno));
        p.folder[0] = '\0';
    }
    if (!e)
        e = an_jobs_read(&p, &d);
    if (!e)
        e = run_jobs(&p, &d);
    if (!e && p.overview)
        e = an_overview_save(p.overview, o->plot, &d);
    p.table.seconds = an_wall_s() - p.since;
    if (!e && !o->quiet)
        an_results_close(&p.table, an_out(o));
    if (!e && o->report)
        e = an_results_save(&p.table, o->report, &d);
    int code = e ? an_fail_with(e, &d) : an_results_failed(&p.table) ? EXIT_RUN : EXIT_DONE;
    clean(&p);
    return code;
}

const an_command_t an_cmd_run_all = {
    .name = "run-all",
    .usage = "[EXP]",
    .options = "full long on report plot quiet",
    .about = "every shipped experiment against its own bars",
    .more = "Two runs at a time; EXP: that one only. The bars stand in the experiments' files (checks, see docs/experiments.md). Exit 1 if one fails.\n"
            "The report is Markdown, or JSON where the name ends in .json. --plot takes EXP and draws what its key overview says."
            " --long: the runs that no table of minutes can hold.",
    .takes_arg = true,
    .run = run_all,
};
