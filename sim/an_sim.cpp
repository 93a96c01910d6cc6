// SPDX-License-Identifier: Apache-2.0
// an_sim.cpp -- the C face (an_sim.h) of one Verilated an_chip. One clock is: trace outputs are read, the rising edge, then
// inputs change while clk is low. Outputs are settled after either evaluation.
#include <cstring>
#include <memory>
#include <new>
#include "Van_chip.h"
#include "an_chip_port.hpp"
#include "an_chip_memory.hpp"
#include "verilated.h"
#if VM_TRACE
#include "verilated_fst_c.h"
#endif
extern "C" {
#include "an_sim.h"
}

struct an_sim {
    VerilatedContext context;
    std::unique_ptr<Van_chip> chip;
#if VM_TRACE
    std::unique_ptr<VerilatedFstC> fst;
#endif
    uint64_t cycle = 0, wave_from = 0, wave_to = 0;
    an_sim_record_fn *fn = nullptr;
    void *ctx = nullptr;
    an_chip_records records;
    an_chip_memories memories;
    uint32_t poll = 16;
};

namespace {

constexpr uint32_t kBusPatience = 1u << 16, kMaxPoll = 512, kSettle = 16;

void half(an_sim *s, int clk) {
    s->chip->clk = clk;
    s->chip->eval();
#if VM_TRACE
    if (s->fst && s->cycle >= s->wave_from && s->cycle <= s->wave_to) s->fst->dump(2 * s->cycle + static_cast<uint64_t>(clk));
#endif
}

void clock(an_sim *s) {
    if (s->fn && s->records.sample(*s->chip, s->cycle)) s->fn(s->ctx, s->records.rec, s->records.mark, s->records.n);
    half(s, 1);
    s->cycle++;
    half(s, 0);
}

an_err_t bus(an_sim *s, bool write, uint32_t addr, uint32_t *value) {
    Van_chip &c = *s->chip;
    c.bus_valid = 1;
    c.bus_write = write;
    c.bus_addr = addr & 0xFFFFFFFu;
    c.bus_wdata = write ? *value : 0;
    c.eval();
    uint32_t patience = kBusPatience;
    while (!c.bus_ready && patience) {
        clock(s);
        patience--;
    }
    const bool refused = c.bus_refused;
    if (!write) *value = c.bus_rdata;
    clock(s);
    c.bus_valid = 0;
    c.eval();
    return !patience ? AN_ERR_TIMEOUT : refused ? AN_ERR_REFUSED : AN_OK;
}

uint32_t get(an_sim *s, uint32_t addr) {
    uint32_t value = 0;
    return bus(s, false, addr, &value) == AN_OK ? value : 0;
}

// What every core is doing. waits: no running core can go on by itself in this clock.
struct look { bool running = false, fault = false, waits = true; uint32_t input = 0, output = 0; uint64_t clocks = 0; }; // input, output: bit per core

look look_at(an_sim *s) {
    look l;
    for (uint32_t core = 0; core < an_chip_cores; core++) {
        const uint32_t status = get(s, an_addr_core(core, AN_BUS_REGS, AN_REG_CORE_STATUS));
        const uint32_t state = status & 15u, stall = status >> 4 & 15u;
        l.fault |= state == AN_ST_FAULT;
        if (state != AN_ST_RUNNING) continue;
        l.running = true;
        l.waits &= stall != AN_STALL_NONE;
        l.input |= uint32_t{stall == AN_STALL_INPUT} << core;
        l.output |= uint32_t{stall == AN_STALL_OUTPUT} << core;
        l.clocks += get(s, an_addr_core(core, AN_BUS_REGS, AN_REG_CORE_CLOCKS));
    }
    return l;
}

void sim_step(an_sim *s, uint64_t clocks) {
    while (clocks--) clock(s);
}

void sim_reset(an_sim *s) {
    s->chip->bus_valid = 0;
    s->chip->rst_n = 0;
    s->chip->eval();
    sim_step(s, 4);
    s->chip->rst_n = 1;
    s->chip->eval();
    sim_step(s, 2);
}

an_sim_t *sim_create(uint32_t seed) {
    an_sim *s = new (std::nothrow) an_sim;
    if (!s) return nullptr;
    s->context.threads(1);
    s->context.randReset(2);
    s->context.randSeed(static_cast<int>(seed & 0x7FFFFFFFu));
#if VM_TRACE
    s->context.traceEverOn(true);
#endif
    s->chip = std::make_unique<Van_chip>(&s->context, "chip");
    s->chip->clk = 0;
    an_chip_mutant(*s->chip, 0, 0);
    s->memories.open(s->context);
    sim_reset(s);
    return s;
}

void sim_destroy(an_sim *s) {
    if (!s) return;
#if VM_TRACE
    if (s->fst) s->fst->close();
#endif
    Verilated::threadContextp(&s->context); // destructors look for it there, and it may be another instance's
    s->chip->final();
    delete s;
}

an_err_t sim_read(an_sim *s, uint32_t addr, uint32_t *value) { return bus(s, false, addr, value); }
an_err_t sim_write(an_sim *s, uint32_t addr, uint32_t value) { return bus(s, true, addr, &value); }

an_err_t sim_peek(an_sim *s, uint32_t addr, uint32_t *value) { return s->memories.read(addr, value) ? AN_OK : AN_ERR_REFUSED; }
an_err_t sim_poke(an_sim *s, uint32_t addr, uint32_t value) { return s->memories.write(addr, value) ? AN_OK : AN_ERR_REFUSED; }

size_t sim_push(an_sim *s, const int16_t *word, size_t n) {
    const uint32_t room = (get(s, an_addr_chip(AN_REG_CHIP_FIFO_WORDS)) >> 16) - get(s, an_addr_chip(AN_REG_CHIP_IN_LEVEL));
    if (n > room) n = room;
    for (size_t i = 0; i < n; i++)
        if (sim_write(s, an_addr_chip(AN_REG_CHIP_IN_PUSH), static_cast<uint16_t>(word[i])) != AN_OK) return i;
    return n;
}

size_t sim_pop(an_sim *s, int32_t *word, size_t n) {
    const uint32_t level = get(s, an_addr_chip(AN_REG_CHIP_OUT_LEVEL));
    if (n > level) n = level;
    for (size_t i = 0; i < n; i++) {
        uint32_t value = 0;
        if (sim_read(s, an_addr_chip(AN_REG_CHIP_OUT_POP), &value) != AN_OK) return i;
        word[i] = static_cast<int32_t>(value);
    }
    return n;
}

an_run_t sim_run(an_sim *s, uint64_t max_clocks) {
    const uint64_t end = max_clocks ? s->cycle + max_clocks : UINT64_MAX;
    s->poll = 16;
    while (true) {
        look now = look_at(s);
        if (now.running && now.waits) { // a word may be on its way, and what is between two cores come in beside one that waits for it: nothing must have moved for a while
            const uint64_t clocks = now.clocks;
            sim_step(s, kSettle + AN_T_TAKE_PERIOD * (get(s, an_addr_chip(AN_REG_CHIP_FEATURES)) >> 16));
            now = look_at(s);
            if (now.running && now.waits && now.clocks == clocks) {
                // output first: the host may have to take words before it gives any
                if (now.output >> get(s, an_addr_chip(AN_REG_CHIP_OUT_CORE)) & 1u) return AN_RUN_OUTPUT;
                return now.input >> get(s, an_addr_chip(AN_REG_CHIP_IN_CORE)) & 1u ? AN_RUN_INPUT : AN_RUN_STALL;
            }
        }
        if (!now.running) return now.fault ? AN_RUN_FAULT : AN_RUN_DONE;
        if (s->cycle >= end) return AN_RUN_LIMIT;
        const uint64_t left = end - s->cycle;
        sim_step(s, left < s->poll ? left : s->poll);
        if (s->poll < kMaxPoll) s->poll *= 2;
    }
}

void sim_trace(an_sim *s, an_sim_record_fn *fn, void *ctx) {
    s->fn = fn;
    s->ctx = ctx;
}

uint64_t sim_cycle(const an_sim *s) { return s->cycle; }

an_err_t sim_waves(an_sim *s, const char *path, uint64_t from, uint64_t to) {
#if VM_TRACE
    s->fst = std::make_unique<VerilatedFstC>();
    s->chip->trace(s->fst.get(), 99);
    s->fst->open(path);
    s->wave_from = from;
    s->wave_to = to;
    return s->fst->isOpen() ? AN_OK : AN_ERR_IO;
#else
    (void)s, (void)path, (void)from, (void)to;
    return AN_ERR_ARG;
#endif
}

void sim_mutant(an_sim *s, uint32_t number) { an_chip_mutant(*s->chip, number, 0); }

const an_sim_api_t api = {
    AN_SIM_ABI, AN_SPEC_HASH, an_chip_cores, an_chip_lanes, VM_TRACE != 0, an_chip_has_mutants<Van_chip>(0),
    sim_create, sim_destroy, sim_reset, sim_read, sim_write, sim_peek, sim_poke, sim_push, sim_pop, sim_step, sim_run, sim_trace, sim_cycle,
    sim_waves, sim_mutant,
};

} // namespace

extern "C" __attribute__((visibility("default"))) const an_sim_api_t *an_sim_api(void) { return &api; }
