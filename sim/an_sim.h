/* SPDX-License-Identifier: Apache-2.0
 * an_sim -- the Verilated an_chip of one shape behind plain C. A shape is one shared library, which gives one symbol,
 * an_sim_api; an_sim_load finds it. Several instances and several shapes may live in one process.
 * Every function but run, step, read, write, push, pop takes no simulated time. */
#ifndef AN_SIM_H
#define AN_SIM_H
#include <stdbool.h>
#include "an_model.h"

#define AN_SIM_ABI 4u

typedef struct an_sim an_sim_t;

/* Chip records carry what the model's do, and where in the simulation they came from. */
typedef struct an_sim_mark {
    uint64_t cycle; /* simulated clocks since create */
    uint32_t pc;    /* of the instruction in execution; ~0u if this build does not give it */
} an_sim_mark_t;

/* n records in order, mark[i] of rec[i]; must not call back into the simulation. */
typedef void an_sim_record_fn(void *ctx, const an_record_t *rec, const an_sim_mark_t *mark, size_t n);

typedef struct an_sim_api {
    uint32_t abi, spec_hash; /* AN_SIM_ABI, AN_SPEC_HASH of the headers this library was built with */
    uint32_t cores, lanes;
    bool fst, mutants;       /* can write waveforms; has the selector of tests/mutants */

    /* seed: initial values of every register and memory word. NULL: out of memory. The chip is reset. */
    an_sim_t *(*create)(uint32_t seed);
    void (*destroy)(an_sim_t *s);
    void (*reset)(an_sim_t *s); /* rst_n low for a few clocks; memories keep what they hold */

    /* One word over the bus. AN_ERR_REFUSED: the chip refused it; AN_ERR_TIMEOUT: bus_ready never came. */
    an_err_t (*read)(an_sim_t *s, uint32_t addr, uint32_t *value);
    an_err_t (*write)(an_sim_t *s, uint32_t addr, uint32_t value);
    /* A word of a memory (spaces 1..7, addressed as on the bus) without bus and time, also of a running core. AN_ERR_REFUSED: no such word. */
    an_err_t (*peek)(an_sim_t *s, uint32_t addr, uint32_t *value);
    an_err_t (*poke)(an_sim_t *s, uint32_t addr, uint32_t value);
    size_t (*push)(an_sim_t *s, const int16_t *word, size_t n); /* how many were taken */
    size_t (*pop)(an_sim_t *s, int32_t *word, size_t n);        /* how many came */

    void (*step)(an_sim_t *s, uint64_t clocks);
    /* Until every started core has stopped, nothing can go on without the host, or about max_clocks (0 = no limit) have
     * gone: it looks at STATUS now and then, so it may run a few hundred clocks too long, which CLOCKS does not count. */
    an_run_t (*run)(an_sim_t *s, uint64_t max_clocks);
    void (*trace)(an_sim_t *s, an_sim_record_fn *fn, void *ctx); /* NULL: no records, the fast way */
    uint64_t (*cycle)(const an_sim_t *s);
    /* Waveform of the clocks from..to to a file. AN_ERR_ARG: this build has none. */
    an_err_t (*waves)(an_sim_t *s, const char *path, uint64_t from, uint64_t to);
    void (*mutant)(an_sim_t *s, uint32_t number); /* 0: the design as it is */
} an_sim_api_t;

typedef const an_sim_api_t *an_sim_api_fn(void);

/* Fills *api from the library of this shape, made by `make` first if it is missing (says so on stderr if verbose).
 * It looks in $ANTINODE_SIM, else in build/sim/ of the tree the program stands in. The library is never unloaded.
 * Errors: AN_ERR_IO and a text in message. */
AN_MUST_CHECK an_err_t an_sim_load(const an_config_t *cfg, bool fst, bool verbose, const an_sim_api_t **api, char *message,
                                   size_t size);

/* build/sim/libansim-<name>: the file name of a shape without folder, e.g. libansim-tiny-c1-p1.so */
void an_sim_file_name(const an_config_t *cfg, bool fst, char *name, size_t size);

#endif
