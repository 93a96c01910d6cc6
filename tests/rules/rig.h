/* SPDX-License-Identifier: Apache-2.0
 * rig -- a shipped experiment on the C model, tick by tick, numbers in and out as doubles; and the double-precision references. */
#ifndef RIG_H
#define RIG_H
#include "an_driver.h"
#include "an_exp.h"

typedef struct rig {
    an_exp_t *exp;
    an_image_t *img;
    an_port_t *port;
    an_driver_t dr;
    const an_entry_t *entry;
    size_t n_in, n_out;  /* words of one tick of the entry */
    int frac_in[512], frac_out[512];
} rig_t;

/* Opens at entry train, or the first. set: KEY=VALUE, ended by NULL. Every failure fails the test with its message. lanes 0: as the configuration says. */
void rig_open(rig_t *r, const char *experiment, const char *const *set, uint64_t seed, int lanes);
void rig_close(rig_t *r);
void rig_entry(rig_t *r, const char *name);
/* Ticks of the entry; in: ticks * n_in, out: ticks * n_out. */
void rig_run(rig_t *r, size_t ticks, const double *in, double *out);
/* Index of word i of an output (input) stream in a tick's out (in). */
size_t rig_out(const rig_t *r, const char *name, uint32_t i);
size_t rig_in(const rig_t *r, const char *name, uint32_t i);
/* w[post*pre], row = postsynaptic; v may be NULL. */
void rig_weights(rig_t *r, const char *projection, double *w, double *v);
void rig_set_weights(rig_t *r, const char *projection, const double *w, const double *v);
void rig_state(rig_t *r, const char *vector, double *value);
/* Name of the first state vector that saturated, and its tick; NULL if none did. */
const char *rig_saturated(rig_t *r, uint32_t *tick);

/* Runs build/tests/reference/ref_NAME (made if it is not there) and gives its line of JSON. exit 0 and 1 are legal. */
const char *rig_reference(const char *name, const char *args);
/* Numbers of key in that line: how many, at most max. null is NAN. */
size_t rig_numbers(const char *json, const char *key, double *x, size_t max);
double rig_number(const char *json, const char *key);
/* "k=a,b,c" of n numbers, in a static buffer. */
const char *rig_list(const char *key, const double *x, size_t n);
/* An .npy file of f8 of a reference's --export. */
void rig_npy(const char *prefix, const char *name, double *x, size_t n);

#endif
