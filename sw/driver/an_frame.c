/* SPDX-License-Identifier: Apache-2.0 */
#include "an_frame.h"
#include <string.h>

/* Four bits at a time: 16 words of table, twice the steps of the usual 256. */
uint32_t an_crc32(uint32_t crc, const uint8_t *byte, size_t n) {
    uint32_t table[16];
    for (uint32_t i = 0; i < 16; i++) {
        uint32_t c = i;
        for (int k = 0; k < 4; k++) c = (c >> 1) ^ ((c & 1u) != 0 ? AN_LINK_CRC_POLY : 0u);
        table[i] = c;
    }
    crc = ~crc;
    for (size_t i = 0; i < n; i++) {
        crc ^= byte[i];
        crc = (crc >> 4) ^ table[crc & 15u];
        crc = (crc >> 4) ^ table[crc & 15u];
    }
    return ~crc;
}

size_t an_cobs_encode(const uint8_t *in, size_t n, uint8_t *out) {
    size_t code = 0, at = 1;
    for (size_t i = 0; i < n; i++) {
        if (in[i] != 0) out[at++] = in[i];
        /* a full block stands for no zero; after the last byte none follows */
        if (in[i] == 0 || (at - code == 255 && i + 1 < n)) {
            out[code] = (uint8_t)(at - code);
            code = at++;
        }
    }
    out[code] = (uint8_t)(at - code);
    return at;
}

bool an_cobs_decode(const uint8_t *in, size_t n, uint8_t *out, size_t *size) {
    size_t at = 0, i = 0;
    while (i < n) {
        const size_t code = in[i++];
        if (code == 0 || i + code - 1 > n) return false;
        for (size_t k = 1; k < code; k++) {
            if (in[i] == 0) return false;
            out[at++] = in[i++];
        }
        if (code != 255 && i < n) out[at++] = 0;
    }
    *size = at;
    return true;
}

void an_put32(uint8_t *byte, uint32_t v) {
    for (int i = 0; i < 4; i++) byte[i] = (uint8_t)(v >> (8 * i));
}

uint32_t an_get32(const uint8_t *byte) {
    return (uint32_t)byte[0] | (uint32_t)byte[1] << 8 | (uint32_t)byte[2] << 16 | (uint32_t)byte[3] << 24;
}

static size_t seal(uint8_t *raw, size_t n, uint8_t *line) {
    an_put32(raw + n, an_crc32(0, raw, n));
    line[0] = 0;
    const size_t k = an_cobs_encode(raw, n + AN_FRAME_CRC, line + 1);
    line[k + 1] = 0;
    return k + 2;
}

/* Bytes before the CRC, at least least; 0 if damaged. */
static size_t open_frame(const uint8_t *line, size_t n, uint8_t *raw, size_t least) {
    size_t size = 0;
    if (n > AN_FRAME_LINE || !an_cobs_decode(line, n, raw, &size) || size < least + AN_FRAME_CRC) return 0;
    size -= AN_FRAME_CRC;
    return an_get32(raw + size) == an_crc32(0, raw, size) ? size : 0;
}

size_t an_request_encode(const an_request_t *r, uint8_t *line) {
    uint8_t raw[AN_FRAME_RAW];
    raw[0] = r->seq;
    raw[1] = r->op;
    an_put32(raw + 2, r->addr);
    raw[6] = (uint8_t)r->count;
    raw[7] = (uint8_t)(r->count >> 8);
    if (r->n_payload > 0) memcpy(raw + AN_FRAME_HEAD, r->payload, r->n_payload);
    return seal(raw, AN_FRAME_HEAD + r->n_payload, line);
}

size_t an_answer_encode(const an_answer_t *a, uint8_t *line) {
    uint8_t raw[AN_FRAME_RAW];
    raw[0] = a->seq;
    raw[1] = a->status;
    raw[2] = (uint8_t)a->count;
    raw[3] = (uint8_t)(a->count >> 8);
    if (a->n_payload > 0) memcpy(raw + AN_FRAME_ANSWER_HEAD, a->payload, a->n_payload);
    return seal(raw, AN_FRAME_ANSWER_HEAD + a->n_payload, line);
}

bool an_request_decode(const uint8_t *line, size_t n, uint8_t *raw, an_request_t *r) {
    const size_t size = open_frame(line, n, raw, AN_FRAME_HEAD);
    if (size == 0) return false;
    *r = (an_request_t){ .seq = raw[0], .op = raw[1], .addr = an_get32(raw + 2), .count = (uint16_t)(raw[6] | raw[7] << 8),
                         .payload = raw + AN_FRAME_HEAD, .n_payload = size - AN_FRAME_HEAD };
    return true;
}

bool an_answer_decode(const uint8_t *line, size_t n, uint8_t *raw, an_answer_t *a) {
    const size_t size = open_frame(line, n, raw, AN_FRAME_ANSWER_HEAD);
    if (size == 0) return false;
    *a = (an_answer_t){ .seq = raw[0], .status = raw[1], .count = (uint16_t)(raw[2] | raw[3] << 8),
                        .payload = raw + AN_FRAME_ANSWER_HEAD, .n_payload = size - AN_FRAME_ANSWER_HEAD };
    return true;
}
