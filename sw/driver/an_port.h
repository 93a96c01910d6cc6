/* SPDX-License-Identifier: Apache-2.0
 * an_port -- the seam between the driver and a chip, whatever carries the words: the model in process, the Verilated
 * chip in process, or the framed link over any byte transport. The driver knows nothing below this. */
#ifndef AN_PORT_H
#define AN_PORT_H
#include <stddef.h>
#include <stdint.h>
#include "an_err.h"

typedef struct an_port an_port_t;

/* Every call returns within its deadline. On an error *done says how many words went through; the first cause stands in
 * an_port_message until the port is closed. */
typedef struct an_port_ops {
    an_err_t (*write)(an_port_t *p, uint32_t addr, const uint32_t *word, size_t n, size_t *done);
    an_err_t (*read)(an_port_t *p, uint32_t addr, uint32_t *word, size_t n, size_t *done);
    an_err_t (*push)(an_port_t *p, const int16_t *word, size_t n, size_t *taken); /* takes what there is room for; 0 is no error */
    an_err_t (*pop)(an_port_t *p, int32_t *word, size_t n, size_t *came);         /* gives what is there; 0 is no error */
    /* Lets time pass: in process, runs the chip until it halts, waits for a stream, or max_clocks (0 = no limit) have gone; on a link it
     * returns at once. */
    an_err_t (*run)(an_port_t *p, uint64_t max_clocks);
    void (*close)(an_port_t *p); /* frees p */
} an_port_ops_t;

struct an_port {
    const an_port_ops_t *ops;
    const char *name;       /* "model", "sim", "tty:/dev/ttyUSB1@3000000", ... */
    char message[256];      /* first cause of failure, empty if none */
};

/* sets p->message unless one is set, returns e */
an_err_t an_port_fail(an_port_t *p, an_err_t e, const char *fmt, ...);

#endif
