// SPDX-License-Identifier: Apache-2.0
// blocks.hpp -- the Verilated an_blocks, operands that look for corners, and how a block test fails.
#pragma once
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include "Van_blocks.h"
#include "verilated.h"

struct Bench {
    VerilatedContext context;
    Van_blocks top{&context, "blocks"};
    uint64_t state, seed;
    uint64_t checked = 0;

    explicit Bench(uint64_t s) : state(s * 2 + 1), seed(s) {}

    void clock() {
        top.clk = 1;
        top.eval();
        top.clk = 0;
        top.eval();
    }

    uint64_t draw() { // splitmix64
        uint64_t z = (state += 0x9E3779B97F4A7C15ull);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    uint32_t below(uint32_t n) { return static_cast<uint32_t>(draw() % n); }

    // A signed number of so many bits: the ends, powers of two and their neighbours, small ones, any.
    int64_t number(unsigned bits) {
        const int64_t low = -(int64_t{1} << (bits - 1)), high = -(low + 1);
        int64_t x;
        switch (below(6)) {
        case 0: x = below(2) ? low + below(4) : high - below(4); break;
        case 1: x = (below(2) ? int64_t{1} : int64_t{-1}) * (int64_t{1} << below(bits - 1)) + static_cast<int64_t>(below(5)) - 2; break;
        case 2: x = static_cast<int64_t>(below(9)) - 4; break;
        default: x = static_cast<int64_t>(draw()) >> (64 - 1 - below(bits)); break;
        }
        return x < low ? low : x > high ? high : x;
    }

    // true: equal. Operands are printed by the caller.
    bool same(const char *what, int64_t model, int64_t chip, bool model_sat, bool chip_sat) {
        checked++;
        if (model == chip && model_sat == chip_sat) return true;
        std::printf("%s: model %" PRId64 "%s, chip %" PRId64 "%s\n", what, model, model_sat ? " (saturates)" : "", chip, chip_sat ? " (saturates)" : "");
        return false;
    }
};

// Each runs many operands; false at the first difference, with its operands printed.
bool test_num(Bench &b);
bool test_narrow(Bench &b);
bool test_recip(Bench &b);
bool test_table(Bench &b);
bool test_ring(Bench &b);
bool test_unit(Bench &b);
bool test_lane(Bench &b);
bool test_rnd(Bench &b);
bool test_queue(Bench &b);
