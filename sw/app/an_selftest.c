/* SPDX-License-Identifier: Apache-2.0 */
#include "an_selftest.h"
#include <inttypes.h>
#include <string.h>
#include "an_layer.h"
#include "an_memory.h"
#include "an_port_open.h"
#include "an_say.h"
#include "an_target.h"

enum { TICKS = 200 };

static uint32_t draw(uint64_t *s) /* splitmix64 */
{
    uint64_t z = *s += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (uint32_t)(z >> 32);
}

static uint32_t word(uint64_t *s, const an_memory_t *m)
{
    const uint32_t w = draw(s);
    return m->bytes == 2 ? (uint32_t)(int32_t)(int16_t)w : w;
}

/* All of it is written before any of it is read: an address line that is missing shows. */
static an_err_t memories(an_driver_t *dr, uint64_t seed, uint64_t *words, an_diag_t *d)
{
    static uint32_t buf[AN_MEMORY_CHUNK];
    an_err_t e = AN_OK;
    for (int pass = 0; pass < 2; pass++) {
        uint64_t s = seed;
        for (uint32_t c = 0; !e && c < dr->cfg.cores; c++)
            for (int k = 0; !e && k < AN_MEMORIES; k++) {
                const an_memory_t m = an_memory(&dr->cfg, k);
                for (uint32_t at = 0; !e && at < m.words; at += AN_MEMORY_CHUNK) {
                    const uint32_t n = m.words - at < AN_MEMORY_CHUNK ? m.words - at : AN_MEMORY_CHUNK;
                    if (pass)
                        e = an_driver_read(dr, c, m.space, at, buf, n);
                    for (uint32_t i = 0; !e && i < n; i++) {
                        const uint32_t want = word(&s, &m);
                        if (!pass)
                            buf[i] = want;
                        else if (buf[i] != want)
                            return an_say(d, AN_ERR_IO, "core %" PRIu32 ", %s word %" PRIu32 ": 0x%08" PRIx32 " was written, 0x%08" PRIx32 " read", c, m.name, at + i,
                                          want, buf[i]);
                    }
                    if (!pass)
                        e = an_driver_write(dr, c, m.space, at, buf, n);
                    *words += n;
                }
            }
    }
    return an_port_diag(dr, e, d);
}

static an_image_t *layer(const an_config_t *cfg)
{
    an_image_t *img = NULL;
    for (uint32_t n = 128; !img && n; n /= 2)
        img = an_layer_tick(cfg, n, TICKS);
    for (uint32_t c = 1; img && c < cfg->cores; c++) { /* the others do the same */
        an_core_image_t *to = &img->core[c], *from = &img->core[0];
        memcpy(to->prog, from->prog, from->n_prog * sizeof *to->prog);
        to->n_prog = from->n_prog;
        memcpy(to->scalar, from->scalar, cfg->scalars * sizeof *to->scalar);
        memcpy(to->table, from->table, AN_TABLES * AN_TABLE_POINTS * sizeof *to->table);
        memcpy(to->syn, from->syn, cfg->syn_words * sizeof *to->syn);
        memcpy(to->state, from->state, cfg->state_words * sizeof *to->state);
        memcpy(to->rate, from->rate, cfg->rate_words * sizeof *to->rate);
    }
    return img;
}

static an_err_t work(an_driver_t *dr, const an_image_t *img, an_counters_t *n)
{
    static const uint32_t pc[AN_CORES_MOST];
    an_err_t e = an_driver_load(dr, img);
    if (!e)
        e = an_driver_start(dr, pc);
    if (!e)
        e = an_driver_stream(dr, NULL, 0, NULL, 0, true, NULL, NULL);
    for (uint32_t c = 0; !e && c < dr->cfg.cores; c++)
        e = an_driver_counters(dr, c, &n[c]);
    return e;
}

static an_err_t compare(an_driver_t *dr, an_driver_t *model, an_diag_t *d)
{
    static uint32_t is[AN_MEMORY_CHUNK], want[AN_MEMORY_CHUNK];
    for (uint32_t c = 0; c < dr->cfg.cores; c++)
        for (int k = 0; k < AN_MEMORIES; k++) {
            const an_memory_t m = an_memory(&dr->cfg, k);
            for (uint32_t at = 0; at < m.words; at += AN_MEMORY_CHUNK) {
                const uint32_t n = m.words - at < AN_MEMORY_CHUNK ? m.words - at : AN_MEMORY_CHUNK;
                an_err_t e = an_driver_read(dr, c, m.space, at, is, n);
                if (e)
                    return an_port_diag(dr, e, d);
                e = an_driver_read(model, c, m.space, at, want, n);
                if (e)
                    return an_port_diag(model, e, d);
                for (uint32_t i = 0; i < n; i++)
                    if (is[i] != want[i])
                        return an_say(d, AN_ERR_IO, "after %d ticks of a layer, core %" PRIu32 ", %s word %" PRIu32 ": 0x%08" PRIx32 ", the model has 0x%08" PRIx32, TICKS, c,
                                      m.name, at + i, is[i], want[i]);
            }
        }
    return AN_OK;
}

static an_err_t learning(an_driver_t *dr, an_diag_t *d)
{
    an_counters_t is[AN_CORES_MOST], want[AN_CORES_MOST];
    an_port_t *port = NULL;
    an_driver_t model;
    an_image_t *img = layer(&dr->cfg);
    if (!img)
        return an_say(d, AN_ERR_MEMORY, "no memory for the image of a layer");
    an_err_t e = an_port_diag(dr, work(dr, img, is), d);
    if (!e) {
        e = an_port_model_open(&port, &dr->cfg);
        if (e)
            e = an_say(d, e, "the model of this shape cannot be made");
    }
    if (!e)
        e = an_say_port(d, an_driver_open(&model, port, NULL), port);
    if (!e)
        e = an_port_diag(&model, work(&model, img, want), d);
    if (!e)
        e = compare(dr, &model, d);
    for (uint32_t c = 0; !e && c < dr->cfg.cores; c++)
        if (is[c].clocks != want[c].clocks || is[c].visits != want[c].visits)
            e = an_say(d, AN_ERR_IO, "core %" PRIu32 ": %" PRIu64 " clocks and %" PRIu64 " visits, the model %" PRIu64 " and %" PRIu64, c, is[c].clocks, is[c].visits,
                       want[c].clocks, want[c].visits);
    if (!e)
        printf("  learning  %d ticks of a layer on every core, %" PRIu64 " clocks, %" PRIu64 " visits: every memory as the model's\n", TICKS, is[0].clocks, is[0].visits);
    if (port)
        port->ops->close(port);
    an_layer_free(img);
    return e;
}

an_err_t an_selftest(an_driver_t *dr, uint64_t seed, an_diag_t *d)
{
    uint64_t words = 0;
    const double start = an_wall_s();
    an_err_t e = memories(dr, seed, &words, d);
    if (e)
        return e;
    printf("  loopback  %" PRIu64 " words to every memory and back in %.1f s: no difference\n", words / 2, an_wall_s() - start);
    return learning(dr, d);
}
