/* SPDX-License-Identifier: Apache-2.0 */
#include "device.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

void device_init(device_t *d, const an_config_t *cfg) {
    memset(d, 0, sizeof *d);
    d->model = an_model_create(cfg);
    assert_non_null(d->model);
    an_model_reset(d->model);
}

void device_free(device_t *d) { an_model_destroy(d->model); }

static an_err_t bus_read(device_t *d, uint32_t addr, uint32_t *value) {
    if (addr < 11 && d->forge[addr]) {
        *value = d->forged[addr];
        return AN_OK;
    }
    return an_model_read(d->model, addr, value);
}

static void execute(device_t *d, const an_request_t *r, uint8_t *payload, an_answer_t *a) {
    const bool narrow = r->op == AN_LINK_WRITE16 || r->op == AN_LINK_READ16 || r->op == AN_LINK_PUSH;
    const size_t bytes = narrow ? 2 : 4;
    a->status = AN_LINKST_OK;
    if (r->op > AN_LINK_POP) {
        a->status = AN_LINKST_BAD_OP;
        return;
    }
    const bool writes = r->op == AN_LINK_WRITE32 || r->op == AN_LINK_WRITE16 || r->op == AN_LINK_PUSH;
    if (r->op != AN_LINK_NOP && (writes ? r->n_payload != r->count * bytes : r->count * bytes > AN_LINK_MAX_PAYLOAD)) {
        a->status = AN_LINKST_TOO_LONG;
        return;
    }
    for (uint16_t i = 0; r->op != AN_LINK_NOP && i < r->count; i++, a->count++) {
        const uint8_t *in = r->payload + i * bytes;
        uint32_t word = 0;
        int32_t out = 0;
        if (writes) {
            word = narrow ? (uint32_t)(int32_t)(int16_t)(in[0] | in[1] << 8) : an_get32(in);
            if (r->op == AN_LINK_PUSH) {
                const int16_t w = (int16_t)word;
                if (d->in_room != 0 && i >= d->in_room) break;
                if (an_model_push(d->model, &w, 1) == 0) break;
                continue;
            }
            d->writes++;
            if (an_model_write(d->model, r->addr + i, word) == AN_OK) continue;
        } else if (r->op == AN_LINK_POP) {
            if (an_model_pop(d->model, &out, 1) == 0) break;
            word = (uint32_t)out;
        } else if (bus_read(d, r->addr + i, &word) != AN_OK) {
            a->status = AN_LINKST_REFUSED;
            break;
        }
        if (writes) {
            a->status = AN_LINKST_REFUSED;
            break;
        }
        for (size_t k = 0; k < bytes; k++) payload[a->n_payload++] = (uint8_t)(word >> (8 * k));
    }
}

static size_t frame(device_t *d) {
    uint8_t raw[AN_FRAME_LINE], payload[AN_LINK_MAX_PAYLOAD];
    an_request_t r;
    if (d->overlong || !an_request_decode(d->line, d->n_line, raw, &r)) return 0;
    d->requests++;
    const uint32_t crc = an_get32(r.payload + r.n_payload);
    if (!d->known || crc != d->last_crc) {
        an_answer_t a = { .seq = r.seq, .payload = payload };
        execute(d, &r, payload, &a);
        d->executed++;
        d->known = true;
        d->last_crc = crc;
        d->n_answer = an_answer_encode(&a, d->answer);
    }
    (void)an_model_run(d->model, d->run_clocks);
    return d->n_answer;
}

size_t device_feed(device_t *d, uint8_t byte) {
    if (byte != 0) {
        if (d->n_line < sizeof d->line) d->line[d->n_line++] = byte;
        else d->overlong = true;
        return 0;
    }
    const size_t n = d->n_line > 0 ? frame(d) : 0;
    d->n_line = 0;
    d->overlong = false;
    return n;
}

typedef struct memory {
    an_transport_t base;
    device_t *dev;
    faults_t *f;
    uint8_t back[65536];
    size_t at, n;
} memory_t;

static bool chance(faults_t *f, double p) {
    f->seed ^= f->seed << 13;
    f->seed ^= f->seed >> 17;
    f->seed ^= f->seed << 5;
    return f->seed * (1.0 / 4294967296.0) < p;
}

/* The byte as the other side sees it: 0, 1 or 2 times. */
static int disturb(faults_t *f, uint8_t *byte) {
    if (f->flip > 0 && chance(f, f->flip)) *byte = (uint8_t)(*byte ^ (1u << (f->seed & 7u)));
    if (f->drop > 0 && chance(f, f->drop)) return 0;
    return f->twice > 0 && chance(f, f->twice) ? 2 : 1;
}

static void put_back(memory_t *m, const uint8_t *byte, size_t n) {
    if (m->f->silent) return;
    if (n > 0 && m->f->lose_answers > 0) {
        m->f->lose_answers--;
        return;
    }
    if (m->at == m->n) m->at = m->n = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t b = byte[i];
        if (m->f->flip_answers && i == 2) b = (uint8_t)(b ^ 0x10u);
        for (int k = disturb(m->f, &b); k > 0 && m->n < sizeof m->back; k--) m->back[m->n++] = b;
    }
}

static an_err_t memory_write(an_transport_t *t, const uint8_t *byte, size_t n, int wait_ms) {
    memory_t *m = (memory_t *)t;
    (void)wait_ms;
    for (size_t i = 0; i < n && !m->f->deaf; i++) {
        uint8_t b = byte[i];
        for (int k = disturb(m->f, &b); k > 0; k--) {
            const size_t said = device_feed(m->dev, b);
            put_back(m, m->dev->answer, said);
        }
    }
    return AN_OK;
}

static an_err_t memory_read(an_transport_t *t, uint8_t *byte, size_t cap, size_t *got, int wait_ms) {
    memory_t *m = (memory_t *)t;
    (void)wait_ms;
    *got = m->n - m->at < cap ? m->n - m->at : cap;
    memcpy(byte, m->back + m->at, *got);
    m->at += *got;
    return *got > 0 ? AN_OK : AN_ERR_TIMEOUT;
}

static void memory_close(an_transport_t *t) { free(t); }

static const an_transport_ops_t memory_ops = { memory_write, memory_read, memory_close };

an_transport_t *device_transport(device_t *dev, faults_t *f) {
    memory_t *m = calloc(1, sizeof *m);
    assert_non_null(m);
    m->base.ops = &memory_ops;
    snprintf(m->base.name, sizeof m->base.name, "memory");
    m->dev = dev;
    m->f = f;
    if (f->seed == 0) f->seed = 1;
    return &m->base;
}

an_config_t tiny(uint32_t lanes) {
    an_config_t c = an_configs[0];
    assert_string_equal(c.name, "tiny");
    c.lanes = lanes;
    return c;
}

an_port_t *device_port(device_t *dev, faults_t *f) {
    const an_link_options_t opt = { .answer_ms = 200, .attempts = 20 };
    an_port_t *port = NULL;
    char why[256] = "";
    const an_err_t e = an_port_link_open(&port, device_transport(dev, f), &opt, why, sizeof why);
    if (e != AN_OK) fail_msg("%s", why);
    return port;
}
