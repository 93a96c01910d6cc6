/* SPDX-License-Identifier: Apache-2.0
 * an_port_link -- the port to a chip behind its framed link. One request is under way at a time. It is sent again, under the same
 * number, until its answer comes or the attempts are used up; the chip carries it out once however often it arrives. */
#include "an_frame.h"
#include "an_port_open.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDE_WORDS (AN_LINK_MAX_PAYLOAD / 4)
#define NARROW_WORDS (AN_LINK_MAX_PAYLOAD / 2)
#define LEAST_PUSH 8 /* words offered at least, where the last push was not taken whole */
#define QUIET_MS 20  /* after a damaged answer; a full frame at 3 Mbaud is 1.5 ms, USB bridges wait up to 16 */
/* An index of 20 bits wraps in the chip: a request never crosses into the next space. */
#define INDEX_MASK 0xFFFFFu

typedef struct port_link {
    an_port_t base;
    an_transport_t *t;
    an_link_options_t opt;
    an_link_stats_t stats;
    uint8_t seq;
    size_t offer;                 /* words of the next push */
    uint8_t in[AN_FRAME_LINE];    /* line bytes since the last zero */
    size_t n_in;
    bool overlong;                /* they were more than a frame has */
    uint8_t chunk[512];           /* read from the transport, not looked at yet */
    size_t chunk_at, chunk_n;
    uint8_t raw[AN_FRAME_LINE];   /* the answer, decoded */
} port_link_t;

typedef enum { GOT_ANSWER, GOT_DAMAGE, GOT_SILENCE, GOT_FAILURE } got_t;

/* Next frame from the line that is not empty, before until_ms. */
static got_t next_frame(port_link_t *l, int64_t until_ms, an_answer_t *a) {
    for (;;) {
        while (l->chunk_at < l->chunk_n) {
            const uint8_t byte = l->chunk[l->chunk_at++];
            if (byte != 0) {
                if (l->n_in < sizeof l->in) l->in[l->n_in++] = byte;
                else l->overlong = true;
                continue;
            }
            if (l->n_in == 0) continue;
            const bool good = !l->overlong && an_answer_decode(l->in, l->n_in, l->raw, a);
            l->n_in = 0;
            l->overlong = false;
            return good ? GOT_ANSWER : GOT_DAMAGE;
        }
        const int64_t left_ms = until_ms - an_now_ms();
        if (left_ms <= 0) return GOT_SILENCE;
        l->chunk_at = l->chunk_n = 0;
        const an_err_t e = l->t->ops->read(l->t, l->chunk, sizeof l->chunk, &l->chunk_n, (int)left_ms);
        l->stats.bytes_in += l->chunk_n;
        if (e == AN_ERR_TIMEOUT) return GOT_SILENCE;
        if (e != AN_OK) return GOT_FAILURE;
    }
}

/* Sends r (its number is set here) until its answer is there. The answer's payload stands until the next call. */
static an_err_t transact(port_link_t *l, an_request_t *r, an_answer_t *a) {
    uint8_t line[AN_FRAME_LINE];
    bool damage = false;
    r->seq = ++l->seq;
    const size_t n = an_request_encode(r, line);
    l->stats.requests++;
    for (int k = 0; k < l->opt.attempts; k++) {
        if (k > 0) l->stats.repeats++;
        l->stats.bytes_out += n;
        const an_err_t e = l->t->ops->write(l->t, line, n, l->opt.answer_ms);
        if (e != AN_OK) return an_port_fail(&l->base, e, "%s", l->t->message);
        int64_t until_ms = an_now_ms() + l->opt.answer_ms;
        for (;;) {
            const got_t got = next_frame(l, until_ms, a);
            if (got == GOT_FAILURE) return an_port_fail(&l->base, AN_ERR_IO, "%s", l->t->message);
            if (got == GOT_ANSWER && a->seq == r->seq) return AN_OK;
            if (got == GOT_SILENCE) break;
            if (got == GOT_DAMAGE) { /* a flip can cut one frame in two: let the rest of it pass */
                const int64_t quiet_ms = an_now_ms() + QUIET_MS;
                if (quiet_ms < until_ms) until_ms = quiet_ms;
                damage = true;
                l->stats.damaged++;
            } /* else the answer to a request before this one: passed over */
        }
    }
    if (damage)
        return an_port_fail(&l->base, AN_ERR_LINK, "%s: answers keep coming damaged (%d attempts, operation %u at 0x%07" PRIx32 ")",
                            l->base.name, l->opt.attempts, r->op, r->addr);
    return an_port_fail(&l->base, AN_ERR_TIMEOUT, "%s: no answer (%d attempts of %d ms, operation %u at 0x%07" PRIx32 ")", l->base.name,
                        l->opt.attempts, l->opt.answer_ms, r->op, r->addr);
}

/* What a good answer may still say: refused at word count, or the two sides disagree about the protocol. */
static an_err_t judge(port_link_t *l, const an_request_t *r, const an_answer_t *a, size_t word_bytes) {
    const bool reads = r->op == AN_LINK_READ32 || r->op == AN_LINK_READ16 || r->op == AN_LINK_POP;
    if (a->count > r->count || a->n_payload != (reads ? a->count * word_bytes : 0))
        return an_port_fail(&l->base, AN_ERR_LINK, "%s: answer of %zu bytes and count %u to operation %u with count %u", l->base.name,
                            a->n_payload, a->count, r->op, r->count);
    if (a->status == AN_LINKST_REFUSED)
        return an_port_fail(&l->base, AN_ERR_REFUSED, "%s address 0x%07" PRIx32 " refused", reads ? "read of" : "write to",
                            r->addr + a->count);
    if (a->status != AN_LINKST_OK)
        return an_port_fail(&l->base, AN_ERR_LINK, "%s: operation %u, count %u answered with status %u", l->base.name, r->op, r->count,
                            a->status);
    return AN_OK;
}

/* R, W and tables hold 16-bit words. */
static bool is_narrow(uint32_t addr) {
    const uint32_t space = (addr >> 20) & 15u;
    return (addr >> 24) != 0 && (space == AN_BUS_TABLE || space == AN_BUS_RATE || space == AN_BUS_SYNAPSE);
}

static size_t span(uint32_t addr, size_t n, size_t most) {
    const size_t room = INDEX_MASK + 1u - (addr & INDEX_MASK);
    const size_t k = n < most ? n : most;
    return k < room ? k : room;
}

static an_err_t link_write(an_port_t *p, uint32_t addr, const uint32_t *word, size_t n, size_t *done) {
    port_link_t *l = (port_link_t *)p;
    uint8_t payload[AN_LINK_MAX_PAYLOAD];
    an_err_t e = AN_OK;
    for (*done = 0; *done < n && e == AN_OK;) {
        const uint32_t at = addr + (uint32_t)*done;
        const bool narrow = is_narrow(at);
        const size_t bytes = narrow ? 2 : 4, k = span(at, n - *done, narrow ? NARROW_WORDS : WIDE_WORDS);
        for (size_t i = 0; i < k * bytes; i++) payload[i] = (uint8_t)(word[*done + i / bytes] >> (8 * (i % bytes)));
        an_request_t r = { .op = narrow ? AN_LINK_WRITE16 : AN_LINK_WRITE32, .addr = at, .count = (uint16_t)k,
                           .payload = payload, .n_payload = k * bytes };
        an_answer_t a;
        e = transact(l, &r, &a);
        if (e != AN_OK) break;
        e = judge(l, &r, &a, bytes);
        *done += a.count;
    }
    return e;
}

static an_err_t link_read(an_port_t *p, uint32_t addr, uint32_t *word, size_t n, size_t *done) {
    port_link_t *l = (port_link_t *)p;
    an_err_t e = AN_OK;
    for (*done = 0; *done < n && e == AN_OK;) {
        const uint32_t at = addr + (uint32_t)*done;
        const bool narrow = is_narrow(at);
        const size_t bytes = narrow ? 2 : 4;
        an_request_t r = { .op = narrow ? AN_LINK_READ16 : AN_LINK_READ32, .addr = at,
                           .count = (uint16_t)span(at, n - *done, narrow ? NARROW_WORDS : WIDE_WORDS) };
        an_answer_t a;
        e = transact(l, &r, &a);
        if (e != AN_OK) break;
        e = judge(l, &r, &a, bytes);
        if (e != AN_OK && e != AN_ERR_REFUSED) break;
        for (size_t i = 0; i < a.count; i++) {
            const uint8_t *b = a.payload + i * bytes;
            word[*done + i] = narrow ? (uint32_t)(int32_t)(int16_t)(b[0] | b[1] << 8) : an_get32(b);
        }
        *done += a.count;
    }
    return e;
}

static an_err_t link_push(an_port_t *p, const int16_t *word, size_t n, size_t *taken) {
    port_link_t *l = (port_link_t *)p;
    uint8_t payload[AN_LINK_MAX_PAYLOAD];
    an_err_t e = AN_OK;
    for (*taken = 0; *taken < n && e == AN_OK;) {
        const size_t k = n - *taken < l->offer ? n - *taken : l->offer;
        for (size_t i = 0; i < 2 * k; i++) payload[i] = (uint8_t)((uint16_t)word[*taken + i / 2] >> (8 * (i % 2)));
        an_request_t r = { .op = AN_LINK_PUSH, .count = (uint16_t)k, .payload = payload, .n_payload = 2 * k };
        an_answer_t a;
        e = transact(l, &r, &a);
        if (e != AN_OK) break;
        e = judge(l, &r, &a, 2);
        if (e != AN_OK) break;
        *taken += a.count;
        l->offer = a.count == k ? (2 * l->offer < NARROW_WORDS ? 2 * l->offer : NARROW_WORDS) : a.count < LEAST_PUSH ? LEAST_PUSH : a.count;
        if (a.count < k) break;
    }
    return e;
}

static an_err_t link_pop(an_port_t *p, int32_t *word, size_t n, size_t *came) {
    port_link_t *l = (port_link_t *)p;
    an_err_t e = AN_OK;
    for (*came = 0; *came < n && e == AN_OK;) {
        an_request_t r = { .op = AN_LINK_POP, .count = (uint16_t)(n - *came < WIDE_WORDS ? n - *came : WIDE_WORDS) };
        an_answer_t a;
        e = transact(l, &r, &a);
        if (e != AN_OK) break;
        e = judge(l, &r, &a, 4);
        if (e != AN_OK) break;
        for (size_t i = 0; i < a.count; i++) word[*came + i] = (int32_t)an_get32(a.payload + 4 * i);
        *came += a.count;
        if (a.count < r.count) break;
    }
    return e;
}

static an_err_t link_run(an_port_t *p, uint64_t max_clocks) {
    (void)p;
    (void)max_clocks; /* the chip runs by itself */
    return AN_OK;
}

static void link_close(an_port_t *p) {
    port_link_t *l = (port_link_t *)p;
    l->t->ops->close(l->t);
    free(l);
}

static const an_port_ops_t link_ops = { link_write, link_read, link_push, link_pop, link_run, link_close };

an_err_t an_port_link_open(an_port_t **port, an_transport_t *t, const an_link_options_t *opt, char *why, size_t size) {
    *port = NULL;
    port_link_t *l = calloc(1, sizeof *l);
    if (l == NULL) {
        snprintf(why, size, "out of memory");
        t->ops->close(t);
        return AN_ERR_MEMORY;
    }
    l->base.ops = &link_ops;
    l->base.name = t->name;
    l->t = t;
    l->offer = NARROW_WORDS;
    if (opt != NULL) l->opt = *opt;
    if (l->opt.answer_ms <= 0) l->opt.answer_ms = AN_LINK_ANSWER_MS;
    if (l->opt.attempts <= 0) l->opt.attempts = AN_LINK_ATTEMPTS;
    /* A chip that served another session must not take our first request for a repeat of its last one, nor we its last answer for
     * ours: number and address of this nop come from the clock, and a nop carries nothing out. */
    const uint64_t now = (uint64_t)an_now_ms();
    l->seq = (uint8_t)(now * 0x9Du);
    an_request_t r = { .op = AN_LINK_NOP, .addr = (uint32_t)now };
    an_answer_t a;
    an_err_t e = transact(l, &r, &a);
    if (e == AN_OK) e = judge(l, &r, &a, 4);
    if (e != AN_OK) {
        snprintf(why, size, "%s", l->base.message);
        link_close(&l->base);
        return e;
    }
    *port = &l->base;
    return AN_OK;
}

an_link_stats_t an_port_link_stats(const an_port_t *port) {
    return port->ops == &link_ops ? ((const port_link_t *)port)->stats : (an_link_stats_t){ 0 };
}
