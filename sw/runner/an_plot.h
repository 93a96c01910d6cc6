/* SPDX-License-Identifier: Apache-2.0
 * an_plot -- a line plot as SVG: axes with round ticks, one or more series, a legend, a shaded band. Needs no fonts, no styles, no tools. */
#ifndef AN_PLOT_H
#define AN_PLOT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct an_series {
    const char *label;
    const double *x, *y; /* n of each; points that are not finite are left out */
    size_t n;
    bool dashed, marks;
} an_series_t;

typedef struct an_plot {
    const char *title, *subtitle, *xlabel, *ylabel;
    const an_series_t *series;
    size_t n_series;      /* at most AN_PLOT_SERIES */
    bool percent;         /* y is shown times 100 with a % sign */
    bool log_x, log_y;    /* decades; values that are not positive are left out */
    double y0, y1;        /* range of y if y0 < y1, else that of the data */
    double band0, band1;  /* shaded part of x if band0 < band1 */
    const char *band;     /* what it is, for the legend */
} an_plot_t;
#define AN_PLOT_SERIES 8
#define AN_PLOT_WIDTH 760.0 /* of the image */
#define AN_PLOT_HEIGHT 440.0

void an_plot_write(const an_plot_t *p, FILE *f);

#endif
