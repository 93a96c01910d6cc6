/* SPDX-License-Identifier: Apache-2.0
 * an_pair_report -- the first difference for people: the two records, what came before, the instruction, the block that owns the
 * record, and the command that shows the place as a waveform. */
#include <inttypes.h>
#include <stdlib.h>
#include "an_pair_end.h"

#define AN_WAVE_BEFORE 400u /* simulated clocks of the waveform before the difference */
#define AN_WAVE_AFTER 50u

static const char *an_op_name(uint32_t op) {
    for (size_t i = 0; i < an_n_ops; i++)
        if (an_ops[i].code == op) return an_ops[i].name;
    return "an unknown instruction";
}

/* The modules in which to look first. */
static const char *an_owner(uint8_t kind, uint32_t op, bool same_but_clock) {
    if (same_but_clock) return "same word at another clock: an_seq and the walker of the instruction";
    switch (kind) {
    case AN_REC_T: case AN_REC_H: return "an_seq";
    case AN_REC_I: case AN_REC_O: case AN_REC_N: return "an_stream, an_fifo, an_skid";
    case AN_REC_W: return "an_slot, an_sweep (address), an_lane, an_rnd (value)";
    default: break;
    }
    switch (op) {
    case AN_OP_SWP: return "an_slot, an_sweep (address), an_row (gathered sums), an_lane (accumulators)";
    case AN_OP_TAB: return "an_vec_ctl, an_table";
    case AN_OP_RECIP: case AN_OP_SQRT: return "an_serial, an_recip";
    case AN_OP_SUM: case AN_OP_AMAX: case AN_OP_IN: return "an_vec_ctl, an_unit, an_row (sums), an_serial (AMAX), an_stream (IN)";
    default: return "an_read, an_write (address), an_vec_ctl, an_unit (value)";
    }
}

static void an_print_record(FILE *f, const char *who, const an_record_t *rec) {
    char text[96];
    fprintf(f, "  %-6s %s\n", who, an_record_text(rec, text, sizeof text));
}

static void an_print_status(FILE *f, const an_tee_t *t, uint32_t core) {
    uint32_t word[2][2] = {{0, 0}, {0, 0}}; /* STATUS, CLOCKS of model, chip */
    static const uint32_t index[2] = {AN_REG_CORE_STATUS, AN_REG_CORE_CLOCKS};
    for (int r = 0; r < 2; r++) {
        const uint32_t addr = an_addr_core(core, AN_BUS_REGS, index[r]);
        if (an_model_read(t->model, addr, &word[0][r]) != AN_OK || t->api->read(t->sim, addr, &word[1][r]) != AN_OK) return;
    }
    fprintf(f, "  core %u now:", core);
    for (int side = 0; side < 2; side++) {
        const char *state = an_state_name(word[side][0] & 15u), *stall = an_stall_name(word[side][0] >> 4 & 15u);
        fprintf(f, " %s %s, stall %s, pc %u, clock %u%s", side ? "chip" : "model", state ? state : "?", stall ? stall : "?", word[side][0] >> 16, word[side][1], side ? "\n" : ";");
    }
}

void an_port_pair_report(const an_port_t *port, FILE *f) {
    const an_tee_t *t = (const an_tee_t *)port;
    const an_difference_t *d = an_pairing_difference(t->pairing);
    const uint64_t at = d ? d->mark.cycle : t->api->cycle(t->sim); /* reading STATUS takes time */
    fprintf(f, "%s\n", port->message[0] ? port->message : "no difference");
    if (d) {
        for (size_t i = 0; i < d->n_before; i++) an_print_record(f, "both", &d->before[i]);
        an_print_record(f, "model", &d->model);
        an_print_record(f, "chip", &d->chip);
        const an_record_t *known = d->chip.kind != AN_PAIRING_NONE ? &d->chip : &d->model;
        fprintf(f, "  record %" PRIu64 " of core %u, simulated clock %" PRIu64 "\n", d->number, known->core, d->mark.cycle);
        uint32_t op = AN_OP_ADD;
        if (d->mark.pc < t->cfg.prog_words) {
            const uint64_t word = t->program[(size_t)known->core * t->cfg.prog_words + d->mark.pc];
            op = AN_GET(word, OP);
            fprintf(f, "  pc %u: %s, word 0x%016" PRIx64 "\n", d->mark.pc, an_op_name(op), word);
        }
        const bool clock_only = d->model.kind == d->chip.kind && d->model.addr == d->chip.addr && d->model.value == d->chip.value &&
                                d->model.lane == d->chip.lane;
        fprintf(f, "  look at: %s\n", an_owner(known->kind, op, clock_only));
    }
    for (uint32_t core = 0; t->broken != AN_OK && core < t->cfg.cores; core++) an_print_status(f, t, core);
    if (t->broken != AN_OK && t->replay) {
        fprintf(f, "  waveform: %s --fst build/difference.fst --fst-from %" PRIu64 " --fst-to %" PRIu64 "\n", t->replay,
                at > AN_WAVE_BEFORE ? at - AN_WAVE_BEFORE : 0, at + AN_WAVE_AFTER);
    }
}
