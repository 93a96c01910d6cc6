/* SPDX-License-Identifier: Apache-2.0
 * The trace and the last ticks as panels, one below the other. */
#include <inttypes.h>
#include <stdlib.h>
#include "an_plot.h"
#include "an_watch_in.h"

typedef struct panel_data { an_series_t s[AN_PLOT_SERIES]; char label[AN_PLOT_SERIES][48]; double *xy[AN_PLOT_SERIES]; size_t n; } panel_data_t;

/* A new series of n points; NULL where the plot is full or memory is. */
static double *more(panel_data_t *p, size_t n)
{
    if (p->n == AN_PLOT_SERIES || !(p->xy[p->n] = calloc(2 * n + 2, sizeof(double))))
        return NULL;
    p->s[p->n] = (an_series_t){.label = p->label[p->n], .x = p->xy[p->n], .y = p->xy[p->n] + n, .n = n};
    return p->xy[p->n++];
}

static void metrics(panel_data_t *p, const an_watch_t *w, const an_panel_t *z)
{
    for (size_t i = 0; i < z->n_metric; i++) {
        const an_metric_t *m = &w->metric[z->metric[i]];
        size_t column = 1;
        for (size_t k = 0; k < z->metric[i]; k++)
            column += w->metric[k].columns;
        for (size_t c = 0; c < m->columns; c++) {
            double *xy = more(p, w->n_row);
            if (!xy)
                return;
            snprintf(p->label[p->n - 1], sizeof *p->label, m->columns > 1 ? "%.32s %zu" : "%.32s", m->name, c + 1);
            for (size_t r = 0; r < w->n_row; r++) {
                xy[r] = w->row[r * w->columns] * w->dt;
                xy[w->n_row + r] = w->row[r * w->columns + column + c];
            }
        }
    }
    for (size_t i = 0; i < z->n_line && w->n_row; i++) {
        double *xy = more(p, 2);
        if (!xy)
            return;
        snprintf(p->label[p->n - 1], sizeof *p->label, "%g", z->line[i]);
        p->s[p->n - 1].dashed = true;
        xy[0] = w->row[0] * w->dt;
        xy[1] = w->row[(w->n_row - 1) * w->columns] * w->dt;
        xy[2] = xy[3] = z->line[i];
    }
}

static void streams(panel_data_t *p, const an_watch_t *w, const an_panel_t *z, size_t first)
{
    uint64_t done = w->run->done, from = done > z->last ? done - z->last : 0;
    for (size_t t = 0; t < z->n_tap; t++) {
        size_t n = (size_t)(done - from);
        double *xy = more(p, n);
        if (!xy)
            return;
        snprintf(p->label[p->n - 1], sizeof *p->label, "%.40s", z->tap[t].name);
        p->s[p->n - 1].dashed = t > 0;
        for (size_t i = 0; i < n; i++) {
            xy[i] = (double)(from + i) * w->dt;
            xy[n + i] = (double)w->ring[(from + i) % w->ring_ticks * w->ring_words + first + t];
        }
    }
}

void an_watch_svg(const void *watch, FILE *f)
{
    const an_watch_t *w = watch;
    size_t first = 0;
    char sub[200];
    const an_config_t *c = &w->run->img->cfg;
    snprintf(sub, sizeof sub, "%s, %" PRIu32 " x %" PRIu32 " lanes, seed %" PRIu64 ", %" PRIu64 " ticks", c->name, c->cores, c->lanes, w->run->seed,
             w->run->done);
    fprintf(f, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%g\" height=\"%g\" viewBox=\"0 0 %g %g\">\n", AN_PLOT_WIDTH, AN_PLOT_HEIGHT * (double)w->n_panel,
            AN_PLOT_WIDTH, AN_PLOT_HEIGHT * (double)w->n_panel);
    for (size_t i = 0; i < w->n_panel; i++) {
        const an_panel_t *z = &w->panel[i];
        panel_data_t data = {.n = 0};
        metrics(&data, w, z);
        streams(&data, w, z, first);
        first += z->n_tap;
        an_plot_t plot = {.title = i ? "" : w->title, .subtitle = i ? NULL : sub, .xlabel = w->dt == 1 ? "tick" : "time", .ylabel = z->label, .series = data.s,
                          .n_series = data.n, .log_y = z->log, .y0 = z->y0, .y1 = z->y1};
        fprintf(f, "<svg y=\"%g\">\n", AN_PLOT_HEIGHT * (double)i);
        an_plot_write(&plot, f);
        fputs("</svg>\n", f);
        for (size_t s = 0; s < data.n; s++)
            free(data.xy[s]);
    }
    fputs("</svg>\n", f);
}
