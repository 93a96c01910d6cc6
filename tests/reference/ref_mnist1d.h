// SPDX-License-Identifier: Apache-2.0
// ref_mnist1d.h -- the 15k GLE network of rules 5.7 (1-[53]x6-10) and its data, for the batch and the one-stream program.
#ifndef REF_MNIST1D_H
#define REF_MNIST1D_H

#include "ref.h"
#include "ref_npy.h"

enum { LAYERS = 7, HIDDEN = 53, SLOW = 36, CLASSES = 10, SAMPLES = 360, PARAMS = 14956 };

static const int SIZE[LAYERS + 1] = {1, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, CLASSES};
static const double DT = 0.2;

// Neurons 0..17 of a hidden layer: tau_m 0.6, 18..35: 1.2, both with tau_r = dt; the others and the output: tau_m = tau_r = 1.2.
static inline double tau_m(int l, int i) { return l < LAYERS && i < SLOW / 2 ? 0.6 : 1.2; }
static inline double tau_r(int l, int i) { return l < LAYERS && i < SLOW ? DT : 1.2; }

// Parameters of layer l = 1..7 start at first(l): the matrix, one row per postsynaptic neuron, then the biases.
static inline int first(int l)
{
    int at = 0;
    for (int k = 1; k < l; k++) at += SIZE[k] * (SIZE[k - 1] + 1);
    return at;
}

static inline void mnist1d_init(ref_t *r, double *w)
{
    for (int l = 1; l <= LAYERS; l++) {
        double g = 1 / sqrt(SIZE[l - 1]);
        for (int k = first(l); k < first(l + 1); k++) w[k] = ref_uniform(r, -g, g);
    }
}

static inline void mnist1d_weights(const char *prefix, double *w, bool write)
{
    char name[16];
    for (int l = 1; l <= LAYERS; l++)
        for (int bias = 0; bias < 2; bias++) {
            int n = SIZE[l] * (bias ? 1 : SIZE[l - 1]), at = first(l) + (bias ? SIZE[l] * SIZE[l - 1] : 0);
            snprintf(name, sizeof name, "%c%d", bias ? 'b' : 'w', l);
            if (write) {
                ref_npy_write(prefix, name, w + at, SIZE[l], bias ? 0 : SIZE[l - 1]);
                continue;
            }
            ref_array_t a = ref_npy_read(prefix, name);
            if (a.dim[0] * a.dim[1] != n) ref_die("%s%s.npy: %d numbers expected", prefix, name, n);
            memcpy(w + at, a.x, (size_t)n * sizeof *w);
            free(a.x);
        }
}

typedef struct {
    int n;
    ref_array_t x, y;
} mnist1d_t;

static inline mnist1d_t mnist1d_read(const char *dir, const char *split, int max)
{
    char name[32];
    mnist1d_t d;
    snprintf(name, sizeof name, "/%s_x", split);
    d.x = ref_npy_read(dir, name);
    snprintf(name, sizeof name, "/%s_y", split);
    d.y = ref_npy_read(dir, name);
    d.n = d.x.dim[0];
    if (d.x.dim[1] != SAMPLES || d.y.dim[0] != d.n) ref_die("%s: not %d samples a sequence", dir, SAMPLES);
    for (long k = 0; k < (long)d.n * SAMPLES; k++) d.x.x[k] /= 4096;
    if (max > 0 && max < d.n) d.n = max;
    return d;
}

#endif
