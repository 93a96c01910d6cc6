/* SPDX-License-Identifier: Apache-2.0
 * an_driver -- a chip seen from the host: identify, load and verify, run and stream, read back, checkpoint. Knows no transport.
 * The handle belongs to the caller; the port stays the caller's too (close it with port->ops->close after the driver is done).
 * Every failure leaves its first cause in port->message. */
#ifndef AN_DRIVER_H
#define AN_DRIVER_H
#include "an_image.h"
#include "an_port.h"

/* counters of one core: as last read, and added up */
typedef struct an_seen { uint32_t last[3]; uint64_t sum[3]; } an_seen_t;
#define AN_CORES_MOST 15 /* of a bus address */

typedef struct an_driver {
    an_port_t *port;
    an_config_t cfg;    /* as the registers tell; name is that of the expected or of the equal named configuration, else "" */
    uint32_t version;   /* 0x00MMmmpp */
    an_seen_t seen[AN_CORES_MOST];
    int wait_ms;        /* a stream without progress for so long ends (default AN_STREAM_WAIT_MS); in process it does not count */
} an_driver_t;
#define AN_STREAM_WAIT_MS 10000

/* Equal in all that programs see: cores, lanes, memories, features. Boards of one part may be. */
bool an_same_chip(const an_config_t *a, const an_config_t *b);

/* Reads magic, version, spec hash and sizes. AN_ERR_MISMATCH: not ours, or not expect (NULL: any configuration); the message names the
 * value found and the value expected; nothing was written. */
AN_MUST_CHECK an_err_t an_driver_open(an_driver_t *d, an_port_t *port, const an_config_t *expect);

/* --- memories. space: AN_BUS_*; words as on the bus (R, W, table sign-extended). n words from index on. */
AN_MUST_CHECK an_err_t an_driver_read(an_driver_t *d, uint32_t core, uint32_t space, uint32_t index, uint32_t *word, size_t n);
AN_MUST_CHECK an_err_t an_driver_write(an_driver_t *d, uint32_t core, uint32_t space, uint32_t index, const uint32_t *word, size_t n);
AN_MUST_CHECK an_err_t an_driver_chip_read(an_driver_t *d, uint32_t reg, uint32_t *value);  /* chip register */
AN_MUST_CHECK an_err_t an_driver_chip_write(an_driver_t *d, uint32_t reg, uint32_t value);

/* All memories of all cores, whole; stops the cores, clears counters and range records, tick = 0. The image must be of d->cfg (AN_ERR_MISMATCH). */
AN_MUST_CHECK an_err_t an_driver_load(an_driver_t *d, const an_image_t *img);
/* Reads everything back; AN_ERR_IO with core, memory, index and both words at the first difference. */
AN_MUST_CHECK an_err_t an_driver_verify(an_driver_t *d, const an_image_t *img);
AN_MUST_CHECK an_err_t an_driver_set_tick(an_driver_t *d, uint32_t tick); /* all cores */
AN_MUST_CHECK an_err_t an_driver_set_stream(an_driver_t *d, uint32_t in_core, uint32_t out_core);

/* --- running */
typedef struct an_status { uint32_t state, stall, pc; } an_status_t; /* AN_STATE_*, AN_STALL_* */
AN_MUST_CHECK an_err_t an_driver_status(an_driver_t *d, uint32_t core, an_status_t *s);
AN_MUST_CHECK an_err_t an_driver_start(an_driver_t *d, const uint32_t *pc); /* one pc a core; cores start from the last to the first */
AN_MUST_CHECK an_err_t an_driver_stop(an_driver_t *d);  /* one core: at the next instruction; several: fed zeros until they halt */
AN_MUST_CHECK an_err_t an_driver_clear(an_driver_t *d); /* counters and range records of all cores */

/* Gives in[0..n_in-1] to the input stream and takes out[0..n_out-1] from the output stream, in whatever order the chip wants them, until
 * all n_in went and all n_out came and, with until_halt, every core has halted. *gave and *got (may be NULL) tell how far it came, also on an error.
 * AN_ERR_STALL: a core waits for what cannot come (no input left, output not wanted, a neighbour), or halts before it took or gave what it
 * should; message: core, pc, cause. AN_ERR_FAULT: illegal instruction. Other words are kept: a next call goes on. */
AN_MUST_CHECK an_err_t an_driver_stream(an_driver_t *d, const int16_t *in, size_t n_in, int32_t *out, size_t n_out, bool until_halt,
                                        size_t *gave, size_t *got);

/* --- reading back by symbol, in logical order */
AN_MUST_CHECK an_err_t an_driver_get_state(an_driver_t *d, const an_sym_vector_t *v, int32_t *s32f24); /* n words; AN_ERR_ARG if not in S */
AN_MUST_CHECK an_err_t an_driver_get_rate(an_driver_t *d, const an_sym_vector_t *v, int16_t *s16f12);  /* n words; AN_ERR_ARG if not in R */
/* w[pre*post], v[pre*post] (either may be NULL; v needs a pair), index i*post + j for the synapse from pre i to post j */
AN_MUST_CHECK an_err_t an_driver_get_projection(an_driver_t *d, const an_sym_projection_t *p, int16_t *w, int16_t *v);
AN_MUST_CHECK an_err_t an_driver_set_projection(an_driver_t *d, const an_sym_projection_t *p, const int16_t *w, const int16_t *v);
AN_MUST_CHECK an_err_t an_driver_get_scalar(an_driver_t *d, uint32_t core, uint32_t index, int32_t *s32f24);
AN_MUST_CHECK an_err_t an_driver_set_scalar(an_driver_t *d, uint32_t core, uint32_t index, int32_t s32f24);

typedef struct an_range { uint32_t first_tick, count; bool operand_clip; } an_range_t;
AN_MUST_CHECK an_err_t an_driver_get_range(an_driver_t *d, uint32_t core, uint32_t pc, an_range_t *r); /* first_tick counts only if count > 0 */
/* of all places of a site: the first tick, and the largest count (parts may saturate in the same sweep or not) */
AN_MUST_CHECK an_err_t an_driver_get_site(an_driver_t *d, const an_site_t *s, an_range_t *r);

typedef struct an_counters { uint64_t clocks, visits, stalls; } an_counters_t;
AN_MUST_CHECK an_err_t an_driver_counters(an_driver_t *d, uint32_t core, an_counters_t *c);

/* --- digests: FNV-1a 64 over little-endian bytes */
/* Every architectural memory (program, K, tables, R, S, W of core 0, 1, ...) and tick: equal for equal machines. */
AN_MUST_CHECK an_err_t an_driver_digest(an_driver_t *d, uint64_t *digest);
/* Names, words of the projections (pre, post order) and network vectors: the same for every number of lanes, orientation and placement. */
AN_MUST_CHECK an_err_t an_driver_digest_network(an_driver_t *d, const an_image_t *img, uint64_t *digest);

/* --- checkpoint: a file with every architectural memory, tick, ENTRY and stream registers. No core may be running (AN_ERR_REFUSED). */
AN_MUST_CHECK an_err_t an_driver_save(an_driver_t *d, const char *path);
/* A damaged or cut file is AN_ERR_INPUT naming file and offset, another configuration or specification AN_ERR_MISMATCH; the chip is
 * touched only after the whole file has been checked. */
AN_MUST_CHECK an_err_t an_driver_restore(an_driver_t *d, const char *path);

#endif
