/* SPDX-License-Identifier: Apache-2.0
 * an_exp -- an experiment file (YAML, read through libfyaml) as C: populations, projections, constants, data, schedule, metrics.
 * All strings and arrays are owned by the experiment; an_exp_free frees them. */
#ifndef AN_EXP_H
#define AN_EXP_H
#include "an_image.h"

typedef struct an_diag { char text[512]; } an_diag_t; /* first cause: "FILE:LINE:COL: key: what is wrong; legal: ..." */

/* What a key of the file was: the runner looks up data, schedule and metrics keys through an_exp_get_*. Every key that nobody
 * asked for is an error (an_exp_unused), so that a typing mistake is never ignored. */
typedef struct an_exp an_exp_t;

/* path: a file, or the name of a shipped experiment (looked up in share_dir/experiments/NAME.yaml).
 * set: n_set strings KEY=VALUE from --set, applied to constants, or to a dotted path (schedule.epochs=2), or to the shorthands
 * the file lists under "set:" (epochs, hidden, lanes ...). */
an_err_t an_exp_load(an_exp_t **exp, const char *path, const char *share_dir, const char *const *set, size_t n_set, an_diag_t *d);
void an_exp_free(an_exp_t *exp);

const char *an_exp_name(const an_exp_t *e);
const char *an_exp_folder(const an_exp_t *e); /* where the file is */
const char *an_exp_config(const an_exp_t *e); /* configuration named by the file, or NULL */

/* Dotted paths into the file ("schedule.epochs"). has: whether it is there. The get functions give deflt where the key is missing, and
 * AN_ERR_INPUT with a diagnosis where it is there but of another type or out of lo..hi. */
int an_exp_has(const an_exp_t *e, const char *path);
an_err_t an_exp_get_int(an_exp_t *e, const char *path, long lo, long hi, long deflt, long *out, an_diag_t *d);
an_err_t an_exp_get_num(an_exp_t *e, const char *path, double lo, double hi, double deflt, double *out, an_diag_t *d);
an_err_t an_exp_get_str(an_exp_t *e, const char *path, const char *deflt, const char **out, an_diag_t *d);
/* number of elements of the sequence at path; 0 if missing */
size_t an_exp_len(const an_exp_t *e, const char *path);
/* key number i of the mapping at path; NULL: no mapping there, or no more keys */
const char *an_exp_key(const an_exp_t *e, const char *path, size_t i);
/* error naming file, line and key of the first key never asked for; the compiler and the runner have both asked by then */
an_err_t an_exp_unused(const an_exp_t *e, an_diag_t *d);

/* Compiles for cfg. seed: initial weights and rounding keys are functions of (seed, names), never of the configuration.
 * AN_ERR_FIT: d says needed and available per memory and the smallest named configuration that fits. */
an_err_t an_compile(an_image_t **img, an_exp_t *exp, const an_config_t *cfg, uint64_t seed, an_diag_t *d);

#define AN_MOST_CORES 15 /* bus addresses have room for so many */

/* Configuration to use: the named one if config is not NULL, else the experiment's, else icebreaker where it fits, else the
 * smallest that does; lanes > 0 and cores > 0 replace the lanes and cores. */
an_err_t an_choose_config(an_config_t *cfg, an_exp_t *exp, const char *config, int lanes, int cores, an_diag_t *d);

/* Assembler and disassembler of plain machine code (an_asm.c), the text of docs/reference/instructions.md. */
an_err_t an_asm(const char *text, const char *file, uint64_t **word, uint32_t **line, size_t *n, an_diag_t *d);
/* The same for a chip: a line `core N, ...` begins the program of these cores; what stands before the first one is of core 0. Refuses also what does not fit a core
 * and what an_flow does. core: cfg->cores of them; the caller frees word and line of each, after a failure too. */
typedef struct an_program { uint64_t *word; uint32_t *line; size_t n; } an_program_t;
an_err_t an_asm_chip(const char *text, const char *file, const an_config_t *cfg, an_program_t *core, an_diag_t *d);
void an_dis(uint64_t word, char *text, size_t size);

#endif
