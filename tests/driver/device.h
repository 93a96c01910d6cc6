/* SPDX-License-Identifier: Apache-2.0
 * device -- a chip behind its link, all in software: the frame protocol of rtl/link over the model, and a transport to it in memory that
 * can flip, lose and double bytes. */
#ifndef DEVICE_H
#define DEVICE_H
#include "an_driver.h"
#include "an_frame.h"
#include "an_port_open.h"

typedef struct device {
    an_model_t *model;
    bool forge[11];            /* chip registers 0..10 that lie */
    uint32_t forged[11];
    unsigned requests, executed, writes; /* good frames, of them carried out; words written */
    uint64_t run_clocks;       /* clocks the chip runs after each request; 0: until it waits */
    size_t in_room;            /* words a push takes at most; 0: no limit */
    uint8_t line[AN_FRAME_LINE];
    size_t n_line;
    bool overlong, known;
    uint32_t last_crc;
    uint8_t answer[AN_FRAME_LINE]; /* on the line */
    size_t n_answer;
} device_t;

void device_init(device_t *d, const an_config_t *cfg);
void device_free(device_t *d);
/* n bytes from the host. Returns how many bytes the device says; they stand in d->answer. Call byte by byte or frame by frame. */
size_t device_feed(device_t *d, uint8_t byte);

typedef struct faults {
    double flip, drop, twice;  /* probability for a byte, either way */
    unsigned lose_answers;     /* so many whole answers are lost first */
    bool silent, deaf;         /* nothing comes back; nothing gets there */
    bool flip_answers;         /* every answer is damaged */
    uint32_t seed;
} faults_t;

/* In memory: a read that finds nothing is a time-out at once. dev and f stay the caller's. */
an_transport_t *device_transport(device_t *dev, faults_t *f);

/* The tiny configuration with so many lanes. */
an_config_t tiny(uint32_t lanes);
/* Port over device and faults; asserts that it opens. Fast time-outs. */
an_port_t *device_port(device_t *dev, faults_t *f);

#endif
