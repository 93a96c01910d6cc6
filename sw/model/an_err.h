/* SPDX-License-Identifier: Apache-2.0
 * Every error of every library. 0 is success. Each says whether the device was touched and whether a retry is safe. */
#ifndef AN_ERR_H
#define AN_ERR_H

#if defined(__GNUC__)
#define AN_MUST_CHECK __attribute__((warn_unused_result))
#else
#define AN_MUST_CHECK
#endif

typedef enum {
    AN_OK = 0,
    AN_ERR_ARG = -1,      /* a bad argument; nothing was touched */
    AN_ERR_MEMORY = -2,   /* out of memory on the host; nothing was touched */
    AN_ERR_REFUSED = -3,  /* the device refused an address; words before it went through; a retry is refused again */
    AN_ERR_TIMEOUT = -4,  /* the device did not answer in time; it may or may not have acted; retry after a reset */
    AN_ERR_LINK = -5,     /* frames kept coming back damaged; the device may have acted; retry is safe (sequence numbers) */
    AN_ERR_IO = -6,       /* the operating system failed on the port or file; the message has its words */
    AN_ERR_MISMATCH = -7, /* the device is not what was expected; nothing was written to it */
    AN_ERR_INPUT = -8,    /* a file or text is not legal; nothing was touched; the message names the place */
    AN_ERR_FIT = -9,      /* the network does not fit the configuration; nothing was touched */
    AN_ERR_STALL = -10,   /* the program waits for ever; the device keeps its state */
    AN_ERR_FAULT = -11    /* the program executed an illegal instruction; the device keeps its state */
} an_err_t;

const char *an_err_text(an_err_t e); /* a few words, static */

#endif
