/* SPDX-License-Identifier: Apache-2.0
 * an_load -- an image into the chip, and whether it got there. */
#include "an_memory.h"
#include <inttypes.h>

static an_err_t expect_image(an_driver_t *d, const an_image_t *img) {
    const an_config_t *a = &d->cfg, *b = &img->cfg;
    if (a->cores == b->cores && a->lanes == b->lanes && a->syn_words == b->syn_words && a->state_words == b->state_words &&
        a->rate_words == b->rate_words && a->prog_words == b->prog_words && a->scalars == b->scalars)
        return AN_OK;
    return an_port_fail(d->port, AN_ERR_MISMATCH,
                        "image is of %s (%" PRIu32 " cores of %" PRIu32 " lanes, %" PRIu32 " synapse words), %s is %s (%" PRIu32 " of %" PRIu32
                        ", %" PRIu32 ")",
                        b->name, b->cores, b->lanes, b->syn_words, d->port->name, a->name, a->cores, a->lanes, a->syn_words);
}

static an_err_t load_memory(an_driver_t *d, const an_core_image_t *img, uint32_t core, int k) {
    const an_memory_t m = an_memory(&d->cfg, k);
    uint32_t word[AN_MEMORY_CHUNK];
    for (uint32_t at = 0; at < m.words; at += AN_MEMORY_CHUNK) {
        const uint32_t n = m.words - at < AN_MEMORY_CHUNK ? m.words - at : AN_MEMORY_CHUNK;
        for (uint32_t i = 0; i < n; i++) word[i] = an_memory_image_word(img, k, at + i);
        const an_err_t e = an_driver_write(d, core, m.space, at, word, n);
        if (e != AN_OK) return e;
    }
    return AN_OK;
}

static an_err_t verify_memory(an_driver_t *d, const an_core_image_t *img, uint32_t core, int k) {
    const an_memory_t m = an_memory(&d->cfg, k);
    uint32_t word[AN_MEMORY_CHUNK];
    for (uint32_t at = 0; at < m.words; at += AN_MEMORY_CHUNK) {
        const uint32_t n = m.words - at < AN_MEMORY_CHUNK ? m.words - at : AN_MEMORY_CHUNK;
        const an_err_t e = an_driver_read(d, core, m.space, at, word, n);
        if (e != AN_OK) return e;
        for (uint32_t i = 0; i < n; i++)
            if (word[i] != an_memory_image_word(img, k, at + i))
                return an_port_fail(d->port, AN_ERR_IO,
                                    "%s: core %" PRIu32 ", %s[%" PRIu32 "] reads back 0x%08" PRIx32 ", written was 0x%08" PRIx32, d->port->name,
                                    core, m.name, at + i, word[i], an_memory_image_word(img, k, at + i));
    }
    return AN_OK;
}

an_err_t an_driver_load(an_driver_t *d, const an_image_t *img) {
    an_err_t e = expect_image(d, img);
    if (e == AN_OK) e = an_driver_stop(d);
    for (uint32_t c = 0; c < d->cfg.cores && e == AN_OK; c++)
        for (int k = 0; k < AN_MEMORIES && e == AN_OK; k++) e = load_memory(d, &img->core[c], c, k);
    if (e == AN_OK) e = an_driver_set_stream(d, img->in_core, img->out_core);
    if (e == AN_OK) e = an_driver_set_tick(d, 0);
    return e == AN_OK ? an_driver_clear(d) : e;
}

an_err_t an_driver_verify(an_driver_t *d, const an_image_t *img) {
    an_err_t e = expect_image(d, img);
    for (uint32_t c = 0; c < d->cfg.cores && e == AN_OK; c++)
        for (int k = 0; k < AN_MEMORIES && e == AN_OK; k++) e = verify_memory(d, &img->core[c], c, k);
    return e;
}
