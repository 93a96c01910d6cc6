// SPDX-License-Identifier: Apache-2.0
// an_table and an_ring against an_table.h and the equation of docs/machine.md, section 3
#include "blocks.hpp"
extern "C" {
#include "an_spec.h"
#include "an_table.h"
}

bool test_table(Bench &b) {
    static int16_t point[AN_TABLES * AN_TABLE_POINTS];
    b.top.table_read = 0;
    for (unsigned i = 0; i < AN_TABLES * AN_TABLE_POINTS; i++) {
        // the first two tables are smooth, the others jump, so that slopes saturate
        point[i] = static_cast<int16_t>(i < 512 ? static_cast<int>(i * 100 % 8192) - 4096 : b.number(16));
        b.top.table_write = 1;
        b.top.table_index = i;
        b.top.table_wdata = static_cast<uint16_t>(point[i]);
        b.clock();
    }
    b.top.table_write = 0;
    for (unsigned i = 0; i < AN_TABLES * AN_TABLE_POINTS; i++) {
        b.top.table_read = 1;
        b.top.table_index = i;
        b.clock();
        b.top.eval();
        if (!b.same("table word read back", point[i], static_cast<int16_t>(b.top.table_rdata), false, false)) return false;
    }
    b.top.table_read = 0;
    struct { int32_t a; unsigned table, k; } in[4] = {};
    const unsigned k_of_run = 1;
    for (int i = 0; i < 100000 + 4; i++) {
        // table and k belong to an instruction: they hold while elements are under way
        auto &now = in[i % 4];
        if (i >= 4) {
            bool sat = false;
            const int32_t model = an_table(point + AN_TABLE_POINTS * now.table, now.a, now.k, &sat);
            if (!b.same("TAB", model, static_cast<int32_t>(b.top.table_out), sat, b.top.table_sat)) {
                std::printf("  of A %" PRId32 " table %u k %u\n", now.a, now.table, now.k);
                return false;
            }
        }
        const unsigned run = static_cast<unsigned>(i) / 1000;
        now.a = static_cast<int32_t>(b.number(32));
        now.table = run % AN_TABLES;
        now.k = (run / AN_TABLES * k_of_run) % 7;
        if (i % 1000 >= 4) {
            b.top.table_a = static_cast<uint32_t>(now.a);
        } else { // between two instructions the pipe runs empty
            now.a = 0;
            b.top.table_a = 0;
            if (i % 1000 == 0) {
                b.top.table_table = now.table;
                b.top.table_k = now.k;
                for (int t = 0; t < 8; t++) b.clock();
                for (auto &e : in) e = {0, now.table, now.k};
            }
        }
        b.clock();
    }
    return true;
}

bool test_ring(Bench &b) {
    for (int i = 0; i < 400; i++) {
        const uint32_t size = b.below(4) ? b.below(2049) : 0, base = b.below(2049 - (size ? size : 1)), steps = 1 + b.below(5);
        const uint32_t step = size ? 1 + b.below(size) : 0;
        uint32_t offset = 0;
        b.top.ring_base = base;
        b.top.ring_size = size;
        b.top.ring_step = step;
        b.top.ring_set = 1;
        b.clock();
        b.top.ring_set = 0;
        for (uint32_t s = 0; s < steps; s++) {
            for (int j = 0; j < 60; j++) {
                const uint32_t x = j & 1 ? base + b.below(size + 2) : b.below(2048), at = x & 2047u;
                b.top.ring_addr = at;
                b.top.eval();
                const bool inside = size && at >= base && at - base < size;
                const uint32_t model = inside ? base + (at - base + offset) % size : at;
                if (!b.same("placed", model, b.top.ring_placed, false, false)) {
                    std::printf("  of %u: base %u size %u offset %u\n", at, base, size, offset);
                    return false;
                }
            }
            const bool start = b.below(8) == 0;
            b.top.ring_rotate = !start;
            b.top.ring_start = start;
            b.clock();
            b.top.ring_rotate = b.top.ring_start = 0;
            if (size) offset = start ? 0 : (offset + size - step) % size;
        }
    }
    return true;
}
