// SPDX-License-Identifier: Apache-2.0
// an_chip_port.hpp -- reads the trace_* ports of a Verilated an_chip, whatever widths the shape gives them, as records.
// Order within a clock and core: kind (T I O N K R S W H), then lane, as the model's.
#pragma once
#include <cstddef>
#include <cstdint>
#include "verilated.h"
extern "C" {
#include "an_sim.h"
}

#ifndef AN_SIM_CORES
#error "AN_SIM_CORES and AN_SIM_LANES come from sim.mk"
#endif
constexpr uint32_t an_chip_cores = AN_SIM_CORES, an_chip_lanes = AN_SIM_LANES;

// Bits [lsb + width - 1 : lsb] of a port; width <= 32 unless the port is an integer.
template <class T> inline uint64_t an_bits(const T &port, unsigned lsb, unsigned width) {
    return (static_cast<uint64_t>(port) >> lsb) & (width >= 64 ? ~0ull : (1ull << width) - 1ull);
}
template <std::size_t N> inline uint64_t an_bits(const VlWide<N> &port, unsigned lsb, unsigned width) {
    uint64_t value = 0;
    for (unsigned have = 0; have < width;) {
        const unsigned word = (lsb + have) / 32, bit = (lsb + have) % 32;
        value |= static_cast<uint64_t>(port[word] >> bit) << have;
        have += 32 - bit;
    }
    return value & (width >= 64 ? ~0ull : (1ull << width) - 1ull);
}

// Ports that a build may lack.
template <class C> inline auto an_chip_pc(const C &chip, unsigned core, int) -> decltype(chip.trace_pc, uint32_t{}) {
    return static_cast<uint32_t>(an_bits(chip.trace_pc, 16 * core, 16));
}
template <class C> inline uint32_t an_chip_pc(const C &, unsigned, long) { return ~0u; }
template <class C> inline auto an_chip_mutant(C &chip, uint32_t n, int) -> decltype(chip.mutant, void()) { chip.mutant = n; }
template <class C> inline void an_chip_mutant(C &, uint32_t, long) {}
template <class C> constexpr auto an_chip_has_mutants(int) -> decltype(static_cast<C *>(nullptr)->mutant, true) { return true; }
template <class C> constexpr bool an_chip_has_mutants(long) { return false; }

struct an_chip_records {
    an_record_t rec[an_chip_cores * (4 + 5 * an_chip_lanes)];
    an_sim_mark_t mark[an_chip_cores * (4 + 5 * an_chip_lanes)];
    std::size_t n = 0;

    // The records of this clock; false if there are none.
    template <class C> bool sample(const C &c, uint64_t cycle) {
        n = 0;
        if (!(c.trace_t_valid | c.trace_i_valid | c.trace_o_valid | c.trace_n_valid | c.trace_k_valid | c.trace_r_valid |
              c.trace_s_valid | c.trace_w_valid | c.trace_h_valid))
            return false;
        for (uint32_t core = 0; core < an_chip_cores; core++) {
            const std::size_t first = n;
            one(c.trace_t_valid, core, AN_REC_T, 0, an_bits(c.trace_t_value, 32 * core, 32), 32);
            words(c.trace_i_valid, c.trace_i_value, core, AN_REC_I, 0);
            one(c.trace_o_valid, core, AN_REC_O, 0, an_bits(c.trace_o_value, 32 * core, 32), 32);
            words(c.trace_n_valid, c.trace_n_value, core, AN_REC_N, an_bits(c.trace_n_port, 2 * core, 2));
            one(c.trace_k_valid, core, AN_REC_K, an_bits(c.trace_k_addr, 11 * core, 11), an_bits(c.trace_k_value, 32 * core, 32), 32);
            lanes(c.trace_r_valid, c.trace_r_addr, 11, c.trace_r_value, 16, core, AN_REC_R);
            lanes(c.trace_s_valid, c.trace_s_addr, 11, c.trace_s_value, 32, core, AN_REC_S);
            lanes(c.trace_w_valid, c.trace_w_addr, 20, c.trace_w_value, 16, core, AN_REC_W);
            one(c.trace_h_valid, core, AN_REC_H, an_bits(c.trace_h_addr, 16 * core, 16), 0, 32);
            if (n == first) continue;
            const uint64_t clock = an_bits(c.trace_clock, 64 * core, 64);
            for (std::size_t i = first; i < n; i++) {
                rec[i].clock = clock;
                mark[i] = {cycle, an_chip_pc(c, core, 0)};
            }
        }
        return true;
    }

private:
    void put(uint32_t core, uint8_t kind, uint32_t lane, uint64_t addr, uint64_t value, unsigned bits) {
        const uint64_t sign = 1ull << (bits - 1);
        rec[n].addr = static_cast<uint32_t>(addr);
        rec[n].value = static_cast<int32_t>(static_cast<int64_t>((value ^ sign) - sign));
        rec[n].core = static_cast<uint8_t>(core);
        rec[n].kind = kind;
        rec[n].lane = static_cast<uint8_t>(lane);
        n++;
    }
    template <class V> void one(const V &valid, uint32_t core, uint8_t kind, uint64_t addr, uint64_t value, unsigned bits) {
        if (an_bits(valid, core, 1)) put(core, kind, 0, addr, value, bits);
    }
    // The words of a step that count; their place in it is the record's lane.
    template <class V, class D> void words(const V &valid, const D &value, uint32_t core, uint8_t kind, uint64_t addr) {
        if (!an_bits(valid, an_chip_lanes * core, an_chip_lanes)) return;
        for (uint32_t unit = 0; unit < an_chip_lanes; unit++) {
            const uint32_t at = an_chip_lanes * core + unit;
            if (an_bits(valid, at, 1)) put(core, kind, unit, addr, an_bits(value, 32 * at, 32), 32);
        }
    }
    template <class V, class A, class D>
    void lanes(const V &valid, const A &addr, unsigned addr_bits, const D &value, unsigned bits, uint32_t core, uint8_t kind) {
        if (!an_bits(valid, an_chip_lanes * core, an_chip_lanes)) return;
        for (uint32_t lane = 0; lane < an_chip_lanes; lane++) {
            const uint32_t at = an_chip_lanes * core + lane;
            if (an_bits(valid, at, 1)) put(core, kind, lane, an_bits(addr, addr_bits * at, addr_bits), an_bits(value, bits * at, bits), bits);
        }
    }
};
