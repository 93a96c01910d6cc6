/* SPDX-License-Identifier: Apache-2.0 */
#include "an_port_pair.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "an_pair_end.h"

/* Model clocks, or chip clocks, of one turn; a side that is further ahead than AHEAD records waits. */
#define AN_TURN 4096u
#define AN_AHEAD 65536u
/* The model has finished and the chip neither finishes nor writes anything for so long: it hangs. The longest silence of a
 * legal program is a RECIP of the longest vector, 50 * 2048 clocks. */
#define AN_HANG_CLOCKS (1u << 20)

static void an_from_model(void *ctx, const an_record_t *rec, size_t n) {
    an_tee_t *t = ctx;
    an_pairing_push(t->pairing, AN_SIDE_MODEL, rec, NULL, n);
}

static void an_from_chip(void *ctx, const an_record_t *rec, const an_sim_mark_t *mark, size_t n) {
    an_tee_t *t = ctx;
    t->last_record = mark[n - 1].cycle;
    an_pairing_push(t->pairing, AN_SIDE_CHIP, rec, mark, n);
}

/* The first failure is kept: every later call gives it again. */
static an_err_t an_broken(an_tee_t *t, an_err_t e) {
    if (t->broken == AN_OK) t->broken = e;
    return t->broken;
}

an_err_t an_tee_differ(an_tee_t *t, const char *what) {
    return an_broken(t, an_port_fail(&t->port, AN_ERR_MISMATCH, "model and chip differ: %s", what));
}

static an_err_t an_check_records(an_tee_t *t) {
    if (t->broken != AN_OK) return t->broken;
    if (an_pairing_memory_out(t->pairing)) return an_broken(t, an_port_fail(&t->port, AN_ERR_MEMORY, "no memory for records"));
    const an_difference_t *d = an_pairing_difference(t->pairing);
    if (!d) return AN_OK;
    char model[96], chip[96], text[256];
    snprintf(text, sizeof text, "model %s; chip %s", an_record_text(&d->model, model, sizeof model), an_record_text(&d->chip, chip, sizeof chip));
    return an_tee_differ(t, text);
}

/* A register whose value depends on the host's pace. */
static bool an_loose(uint32_t addr) {
    const uint32_t space = addr >> 20 & 15u, index = addr & 0xFFFFFu;
    if (space != AN_BUS_REGS) return false;
    if (addr >> 24 == 0)
        return index == AN_REG_CHIP_FIFO_WORDS || index == AN_REG_CHIP_CLOCK_HZ || index == AN_REG_CHIP_IN_LEVEL || index == AN_REG_CHIP_OUT_LEVEL;
    return index == AN_REG_CORE_STATUS || (index >= AN_REG_CORE_TICK && index <= AN_REG_CORE_STALLS);
}

static an_err_t an_tee_write(an_port_t *p, uint32_t addr, const uint32_t *word, size_t n, size_t *done) {
    an_tee_t *t = (an_tee_t *)p;
    *done = 0;
    for (; *done < n; (*done)++) {
        if (t->broken != AN_OK) return t->broken;
        const uint32_t at = addr + (uint32_t)*done, value = word[*done];
        const an_err_t chip = an_tee_put(t, at, value), model = an_model_write(t->model, at, value);
        if (chip == AN_ERR_TIMEOUT) return an_broken(t, an_port_fail(p, chip, "the chip never answered a write to 0x%07x", at));
        if (chip != model) {
            char text[96];
            snprintf(text, sizeof text, "write of 0x%08x to 0x%07x: model %s, chip %s", value, at, an_err_text(model), an_err_text(chip));
            return an_tee_differ(t, text);
        }
        if (chip != AN_OK) return an_port_fail(p, chip, "address 0x%07x refused", at);
        an_tee_keep_program(t, at, value);
    }
    return an_check_records(t);
}

static an_err_t an_tee_read(an_port_t *p, uint32_t addr, uint32_t *word, size_t n, size_t *done) {
    an_tee_t *t = (an_tee_t *)p;
    *done = 0;
    for (; *done < n; (*done)++) {
        if (t->broken != AN_OK) return t->broken;
        const uint32_t at = addr + (uint32_t)*done;
        uint32_t of_chip = 0, of_model = 0;
        const an_err_t chip = an_tee_get(t, at, &of_chip), model = an_model_read(t->model, at, &of_model);
        if (chip == AN_ERR_TIMEOUT) return an_broken(t, an_port_fail(p, chip, "the chip never answered a read of 0x%07x", at));
        if (chip != model || (chip == AN_OK && !an_loose(at) && of_chip != of_model)) {
            char text[128];
            snprintf(text, sizeof text, "read of 0x%07x: model 0x%08x (%s), chip 0x%08x (%s)", at, of_model, an_err_text(model), of_chip, an_err_text(chip));
            return an_tee_differ(t, text);
        }
        if (chip != AN_OK) return an_port_fail(p, chip, "address 0x%07x refused", at);
        /* the chip's own sizes and levels; and a core runs as long as either side's does */
        const bool status = at >> 24 != 0 && (at & 0xFFFFFFu) == AN_REG_CORE_STATUS;
        word[*done] = (at >> 24 == 0 && an_loose(at)) || (status && (of_chip & 15u) == AN_ST_RUNNING) ? of_chip : of_model;
    }
    return an_check_records(t);
}

static an_err_t an_tee_push(an_port_t *p, const int16_t *word, size_t n, size_t *taken) {
    an_tee_t *t = (an_tee_t *)p;
    *taken = 0;
    if (t->broken != AN_OK) return t->broken;
    const size_t room = an_model_in_room(t->model);
    const size_t gone = t->api->push(t->sim, word, n < room ? n : room);
    *taken = an_model_push(t->model, word, gone);
    return an_check_records(t);
}

static an_err_t an_tee_pop(an_port_t *p, int32_t *word, size_t n, size_t *came) {
    an_tee_t *t = (an_tee_t *)p;
    *came = 0;
    if (t->broken != AN_OK) return t->broken;
    const size_t level = an_model_out_level(t->model);
    const size_t got = t->api->pop(t->sim, word, n < level ? n : level);
    for (size_t i = 0; i < got; i++) {
        int32_t of_model = 0;
        if (an_model_pop(t->model, &of_model, 1) == 1 && of_model == word[i]) continue;
        char text[96];
        snprintf(text, sizeof text, "word taken from the output stream: model %" PRId32 ", chip %" PRId32, of_model, word[i]);
        return an_tee_differ(t, text);
    }
    *came = got;
    return an_check_records(t);
}

static bool an_rests(an_run_t r) { return r != AN_RUN_LIMIT; }

static an_err_t an_tee_run(an_port_t *p, uint64_t max_clocks) {
    an_tee_t *t = (an_tee_t *)p;
    an_run_t model = AN_RUN_LIMIT, chip = AN_RUN_LIMIT;
    uint64_t model_left = max_clocks, chip_left = max_clocks;
    t->last_record = t->api->cycle(t->sim);
    while (t->broken == AN_OK && !(an_rests(model) && an_rests(chip))) {
        bool moved = false;
        const size_t model_ahead = an_pairing_ahead(t->pairing, AN_SIDE_MODEL), chip_ahead = an_pairing_ahead(t->pairing, AN_SIDE_CHIP);
        if (!an_rests(model) && model_ahead < AN_AHEAD && (!max_clocks || model_left)) {
            const uint64_t turn = max_clocks && model_left < AN_TURN ? model_left : AN_TURN;
            model = an_model_run(t->model, turn);
            model_left -= max_clocks ? turn : 0;
            moved = true;
        }
        if (!an_rests(chip) && chip_ahead < AN_AHEAD && (!max_clocks || chip_left)) {
            const uint64_t turn = max_clocks && chip_left < AN_TURN ? chip_left : AN_TURN;
            chip = t->api->run(t->sim, turn);
            chip_left -= max_clocks ? turn : 0;
            moved = true;
        }
        if (an_check_records(t) != AN_OK) break;
        if (an_rests(model) && !an_rests(chip) && t->api->cycle(t->sim) - t->last_record > AN_HANG_CLOCKS)
            return an_tee_differ(t, "the model has come to rest, the chip neither stops nor writes anything");
        if (!moved) break;
    }
    if (t->broken != AN_OK) return t->broken;
    t->model_rest = model;
    t->chip_rest = chip;
    /* Words in the chip's output stream hold it back, and not the model. */
    if (chip == AN_RUN_OUTPUT || !an_rests(model) || !an_rests(chip)) return AN_OK;
    if (model == chip) return an_port_pair_level(p);
    if (model != AN_RUN_OUTPUT) {
        static const char *const name[] = {"has halted", "waits for input", "waits for room in its output", "waits for a neighbour", "runs", "has met a fault"};
        char text[96];
        if (an_port_pair_level(p) != AN_OK) return t->broken;
        snprintf(text, sizeof text, "the model %s, the chip %s", name[model], name[chip]);
        return an_tee_differ(t, text);
    }
    return AN_OK;
}

static void an_tee_close(an_port_t *p) {
    an_tee_t *t = (an_tee_t *)p;
    if (t->sim) t->api->destroy(t->sim);
    an_model_destroy(t->model);
    an_pairing_destroy(t->pairing);
    free(t->program);
    free(t);
}

static const an_port_ops_t an_tee_ops = {an_tee_write, an_tee_read, an_tee_push, an_tee_pop, an_tee_run, an_tee_close};

static an_err_t an_tee_make(an_tee_t *t, const an_config_t *cfg, const an_pair_options_t *opt, char *why, size_t size) {
    t->cfg = *cfg;
    t->api = opt->api;
    t->replay = opt->replay;
    t->bus_only = opt->bus_only;
    if (!t->api) {
        const an_err_t e = an_sim_load(cfg, opt->fst != NULL, opt->verbose, &t->api, why, size);
        if (e != AN_OK) return e;
    }
    t->model = an_model_create(cfg);
    t->pairing = an_pairing_create(cfg->cores);
    t->program = calloc((size_t)cfg->cores * cfg->prog_words, sizeof *t->program);
    t->sim = t->api->create(opt->seed);
    if (!t->model || !t->pairing || !t->program || !t->sim) {
        snprintf(why, size, "no memory for model and chip of %s", cfg->name);
        return AN_ERR_MEMORY;
    }
    if (opt->fst && t->api->waves(t->sim, opt->fst, opt->fst_from, opt->fst_to) != AN_OK) {
        snprintf(why, size, "%s: cannot write a waveform", opt->fst);
        return AN_ERR_IO;
    }
    an_model_trace(t->model, an_from_model, t);
    t->api->trace(t->sim, an_from_chip, t);
    const an_err_t e = an_tee_zero(t);
    if (e != AN_OK) snprintf(why, size, "%s", t->port.message);
    return e;
}

an_err_t an_port_pair_open(an_port_t **port, const an_config_t *cfg, const an_pair_options_t *opt, char *why, size_t size) {
    static const an_pair_options_t plain;
    *port = NULL;
    an_tee_t *t = calloc(1, sizeof *t);
    if (!t) {
        snprintf(why, size, "no memory");
        return AN_ERR_MEMORY;
    }
    t->port.ops = &an_tee_ops;
    t->port.name = "model and simulation";
    const an_err_t e = an_tee_make(t, cfg, opt ? opt : &plain, why, size);
    if (e != AN_OK) an_tee_close(&t->port);
    else *port = &t->port;
    return e;
}

an_err_t an_port_pair_level(an_port_t *port) {
    an_tee_t *t = (an_tee_t *)port;
    if (t->broken == AN_OK) an_pairing_level(t->pairing);
    return an_check_records(t);
}

an_err_t an_port_pair_finish(an_port_t *port) {
    const an_err_t e = an_port_pair_level(port);
    return e != AN_OK ? e : an_tee_compare_ends((an_tee_t *)port);
}

void an_port_pair_reset(an_port_t *port) {
    an_tee_t *t = (an_tee_t *)port;
    t->broken = AN_OK;
    t->port.message[0] = 0;
    an_model_reset(t->model);
    t->api->reset(t->sim);
    an_pairing_clear(t->pairing);
}

void an_port_pair_bus_only(an_port_t *port, bool bus_only) { ((an_tee_t *)port)->bus_only = bus_only; }
uint64_t an_port_pair_compared(const an_port_t *port) { return an_pairing_compared(((const an_tee_t *)port)->pairing); }
uint64_t an_port_pair_clocks(const an_port_t *port) { return ((const an_tee_t *)port)->api->cycle(((const an_tee_t *)port)->sim); }
const an_sim_api_t *an_port_pair_api(const an_port_t *port) { return ((const an_tee_t *)port)->api; }
an_sim_t *an_port_pair_sim(const an_port_t *port) { return ((const an_tee_t *)port)->sim; }
