/* SPDX-License-Identifier: Apache-2.0
 * an_frame -- requests and answers of the link as bytes of the line (rtl/spec/antinode.toml [link]). Allocates nothing. */
#ifndef AN_FRAME_H
#define AN_FRAME_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "an_spec.h"

#define AN_FRAME_HEAD 8        /* seq, op, addr (4), count (2) */
#define AN_FRAME_ANSWER_HEAD 4 /* seq, status, count (2) */
#define AN_FRAME_CRC 4
#define AN_FRAME_RAW (AN_FRAME_HEAD + AN_LINK_MAX_PAYLOAD + AN_FRAME_CRC)
#define AN_FRAME_LINE (AN_FRAME_RAW + AN_FRAME_RAW / 254 + 3) /* with a zero byte at either end */

/* CRC-32 of zlib. crc: 0 at first, then the value so far. */
uint32_t an_crc32(uint32_t crc, const uint8_t *byte, size_t n);

/* Consistent overhead byte stuffing; without the closing zero. out holds n + n/254 + 1 bytes. Returns the bytes written. */
size_t an_cobs_encode(const uint8_t *in, size_t n, uint8_t *out);
/* in: without the closing zero; out holds n bytes. False: no legal encoding. */
bool an_cobs_decode(const uint8_t *in, size_t n, uint8_t *out, size_t *size);

typedef struct an_request {
    uint8_t seq, op;
    uint32_t addr;
    uint16_t count;
    const uint8_t *payload; /* in decode: inside the caller's raw */
    size_t n_payload;       /* 0..AN_LINK_MAX_PAYLOAD */
} an_request_t;

typedef struct an_answer {
    uint8_t seq, status;
    uint16_t count;
    const uint8_t *payload;
    size_t n_payload;
} an_answer_t;

/* To the line, with a zero byte before (ends what noise began) and behind. line holds AN_FRAME_LINE bytes. */
size_t an_request_encode(const an_request_t *r, uint8_t *line);
size_t an_answer_encode(const an_answer_t *a, uint8_t *line);
/* From the n bytes between two zeros. raw (AN_FRAME_LINE bytes) is where the payload then stands. False: damaged. */
bool an_request_decode(const uint8_t *line, size_t n, uint8_t *raw, an_request_t *r);
bool an_answer_decode(const uint8_t *line, size_t n, uint8_t *raw, an_answer_t *a);

/* Little-endian. */
void an_put32(uint8_t *byte, uint32_t v);
uint32_t an_get32(const uint8_t *byte);

#endif
