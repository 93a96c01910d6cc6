/* SPDX-License-Identifier: Apache-2.0
 * an_watch_in -- the inside of an_watch: what is read from the file, and what has been measured. */
#ifndef AN_WATCH_IN_H
#define AN_WATCH_IN_H
#include "an_watch.h"

typedef enum { AN_W_MEAN, AN_W_MEAN_SQUARE, AN_W_RMS, AN_W_MAX_ABS, AN_W_FINAL, AN_W_WEIGHTS, AN_W_SECOND, AN_W_VECTOR, AN_W_PROBE } an_watch_op_t;
enum { AN_WATCH_PARTS = 64, AN_WATCH_NAMES = 8, AN_WATCH_METRICS = 24, AN_WATCH_PANELS = 6, AN_WATCH_PHASES = 32 };

typedef struct an_sum { double v; uint64_t n; } an_sum_t;

typedef struct an_metric {
    const char *name;
    an_watch_op_t op;
    an_tap_t tap[2];           /* a stream, or the difference of two */
    bool two;
    double last;               /* share of the run, at its end */
    size_t parts;              /* of the window: one value each */
    an_sum_t sum[AN_WATCH_PARTS], piece; /* piece: since the last row of the trace */
    const an_sym_projection_t *proj[AN_WATCH_NAMES]; /* weights or second (v of pairs), */
    const an_sym_vector_t *vec[AN_WATCH_NAMES];      /* or vector */
    size_t n_sym;
    const an_probe_t *probe;   /* or a measure of its own */
    void *mine;
    double *now;               /* columns values, as last seen: final, weights, vector */
    size_t columns;            /* of the trace */
} an_metric_t;

typedef struct an_phase {
    uint64_t from;
    const an_sym_scalar_t **scalar;
    double *value;
    size_t n;
} an_phase_t;

typedef struct an_panel {
    const char *label;
    bool log;
    double y0, y1;
    size_t metric[AN_WATCH_NAMES], n_metric;
    double line[AN_WATCH_NAMES]; size_t n_line;
    an_tap_t tap[AN_WATCH_NAMES]; size_t n_tap; /* streams of the last `last` ticks */
    uint64_t last;
} an_panel_t;

struct an_watch {
    const an_runner_t *run;
    const char *title;
    double dt;                 /* time of a tick, for plots */
    uint64_t rows;             /* of the trace that are wanted */
    an_metric_t metric[AN_WATCH_METRICS]; size_t n_metric;
    an_phase_t phase[AN_WATCH_PHASES]; size_t n_phase, phase_at;
    an_panel_t panel[AN_WATCH_PANELS]; size_t n_panel;
    size_t columns;            /* of a row, the tick included */
    double *row; size_t n_row;
    float *ring;               /* streams of the panels over the last ring_ticks ticks, ring_words each */
    size_t ring_words; uint64_t ring_ticks;
};

#endif
