// SPDX-License-Identifier: Apache-2.0
// an_chip_memory.hpp -- the memories of a Verilated an_chip by bus address, without the bus and without simulated time.
// They are found by their place in the hierarchy (an_sim.vlt keeps them visible); a memory that is not found is refused. Tables are left to the bus,
// which writes those of all vector units.
#pragma once
#include <cstdint>
#include <string>
#include <vector>
#include "verilated.h"
#include "verilated_syms.h"
extern "C" {
#include "an_sim.h"
}

class an_chip_memories {
    struct span { // one RAM: words of size bytes; parts (banks, halves) alternate word by word
        uint8_t *data = nullptr;
        uint32_t words = 0, size = 0;
    };
    struct core {
        std::vector<span> state, synapse, program;
        span rate, scalar, range;
        uint32_t rate_bits = 16; // of a lane: 17 where the last one tells that its rate is not zero
    };
    std::vector<core> cores;

    static span find(VerilatedContext &context, const std::string &path) {
        for (const auto &entry : *context.scopeNameMap()) {
            const std::string name = entry.second->name();
            if (name.size() < path.size() || name.compare(name.size() - path.size(), path.size(), path) != 0) continue;
            const VerilatedVar *var = entry.second->varFind("mem");
            if (!var || !var->entSize()) return {};
            return {static_cast<uint8_t *>(var->datap()), static_cast<uint32_t>(var->totalSize() / var->entSize()), static_cast<uint32_t>(var->entSize())};
        }
        return {};
    }

    // Word index of parts that alternate.
    static span *part(std::vector<span> &parts, uint32_t index, uint32_t *at) {
        *at = index / static_cast<uint32_t>(parts.size());
        return parts.empty() ? nullptr : &parts[index % parts.size()];
    }

    // The RAM that holds a bus word, and its place there; bank: synapse words of a lane alternate between two.
    span *place(uint32_t addr, uint32_t *at) {
        const uint32_t space = addr >> 20 & 15u, index = addr & 0xFFFFFu, number = (addr >> 24) - 1u;
        if (addr >> 24 == 0 || number >= cores.size()) return nullptr;
        core &c = cores[number];
        span *s = nullptr;
        *at = index;
        switch (space) {
        case AN_BUS_PROGRAM: s = part(c.program, index, at); break;
        case AN_BUS_STATE: s = part(c.state, index, at); break;
        case AN_BUS_SCALAR: s = &c.scalar; break;
        case AN_BUS_RANGE: // first ticks are the upper half of the scalars' memory
            s = index & 1u ? &c.range : &c.scalar;
            *at = index / 2 + (index & 1u ? 0u : c.scalar.words / 2);
            break;
        case AN_BUS_SYNAPSE: {
            const uint32_t lane = index % an_chip_lanes, block = index / an_chip_lanes;
            const std::size_t banks = c.synapse.size() / an_chip_lanes;
            if (!banks) return nullptr;
            s = &c.synapse[lane * banks + block % banks];
            *at = block / static_cast<uint32_t>(banks);
            break;
        }
        default: return nullptr;
        }
        return s && s->data && *at < s->words ? s : nullptr;
    }

    // The core whose rate is addressed; a word of that RAM is a block, its lanes lie rate_bits apart.
    core *of_rate(uint32_t addr) {
        const uint32_t number = (addr >> 24) - 1u;
        if ((addr >> 20 & 15u) != AN_BUS_RATE || number >= cores.size()) return nullptr;
        core &c = cores[number];
        return c.rate.data && (addr & 0xFFFFFu) / an_chip_lanes < c.rate.words ? &c : nullptr;
    }
    static bool rate_bit(core &c, uint32_t index, uint32_t bit, const bool *set) {
        const uint32_t at = index % an_chip_lanes * c.rate_bits + bit;
        uint8_t &byte = c.rate.data[index / an_chip_lanes * c.rate.size + at / 8];
        if (set) byte = static_cast<uint8_t>((byte & ~(1u << at % 8)) | (*set ? 1u : 0u) << at % 8);
        return byte >> at % 8 & 1u;
    }

public:
    void open(VerilatedContext &context) {
        cores.assign(an_chip_cores, {});
        for (uint32_t n = 0; n < an_chip_cores; n++) {
            core &c = cores[n];
            const std::string here = "g_core[" + std::to_string(n) + "].u_core.";
            for (uint32_t l = 0; l < an_chip_lanes; l++) {
                const std::string slice = here + "u_lanes.g_lane[" + std::to_string(l) + "].u_slice.";
                c.state.push_back(find(context, slice + "u_state"));
                const span whole = find(context, slice + "u_synapse.g_dual.u_mem");
                if (whole.data) {
                    c.synapse.push_back(whole);
                } else {
                    c.synapse.push_back(find(context, slice + "u_synapse.g_banked.u_even"));
                    c.synapse.push_back(find(context, slice + "u_synapse.g_banked.u_odd"));
                }
            }
            for (int h = 0; h < 2; h++) c.program.push_back(find(context, here + "g_prog[" + std::to_string(h) + "].u_prog"));
            c.rate = find(context, here + "u_lanes.u_rate");
            if (c.rate.size > 2 * an_chip_lanes) c.rate_bits = 17;
            c.scalar = find(context, here + "u_scalars.u_mem");
            c.range = find(context, here + "u_range.u_mem");
        }
    }

    bool read(uint32_t addr, uint32_t *value) {
        if (core *const c = of_rate(addr)) {
            uint16_t rate = 0;
            for (uint32_t b = 0; b < 16; b++) rate = static_cast<uint16_t>(rate | (rate_bit(*c, addr & 0xFFFFFu, b, nullptr) ? 1u : 0u) << b);
            *value = static_cast<uint32_t>(static_cast<int32_t>(static_cast<int16_t>(rate)));
            return true;
        }
        uint32_t at = 0;
        const span *s = place(addr, &at);
        if (!s) return false;
        if (s->size == 4) *value = reinterpret_cast<uint32_t *>(s->data)[at];
        else if (s == &cores[(addr >> 24) - 1u].range) { // clip, count
            const uint32_t record = reinterpret_cast<uint16_t *>(s->data)[at];
            *value = (record >> AN_RANGE_COUNT_BITS & 1u) << 31 | (record & ((1u << AN_RANGE_COUNT_BITS) - 1u));
        } else *value = static_cast<uint32_t>(static_cast<int32_t>(reinterpret_cast<int16_t *>(s->data)[at]));
        return true;
    }

    bool write(uint32_t addr, uint32_t value) {
        if (core *const c = of_rate(addr)) {
            for (uint32_t b = 0; b < c->rate_bits; b++) {
                const bool set = b < 16 ? value >> b & 1u : (value & 0xFFFFu) != 0;
                rate_bit(*c, addr & 0xFFFFFu, b, &set);
            }
            return true;
        }
        uint32_t at = 0;
        const span *s = place(addr, &at);
        if (!s || (addr >> 20 & 15u) == AN_BUS_RANGE) return false;
        if (s->size == 2) reinterpret_cast<uint16_t *>(s->data)[at] = static_cast<uint16_t>(value);
        else reinterpret_cast<uint32_t *>(s->data)[at] = value;
        return true;
    }
};
