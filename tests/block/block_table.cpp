// SPDX-License-Identifier: Apache-2.0
// an_table and an_ring against an_table.h and the equation of docs/machine.md, section 3
#include "blocks.hpp"
extern "C" {
#include "an_spec.h"
#include "an_table.h"
}

bool test_table(Bench &b) {
    static int16_t point[AN_TABLES * AN_TABLE_POINTS];
    for (unsigned i = 0; i < AN_TABLES * AN_TABLE_POINTS; i++) {
        // the first two tables are smooth, the others jump from end to end
        point[i] = static_cast<int16_t>(i < 512 ? static_cast<int>(i * 100 % 8192) - 4096 : b.number(16));
        b.top.table_write = 1;
        b.top.table_index = i;
        b.top.table_wdata = static_cast<uint16_t>(point[i]);
        b.clock();
    }
    b.top.table_write = 0;
    b.top.table_open = 1;
    for (unsigned i = 0; i < AN_TABLES * AN_TABLE_POINTS; i++) {
        b.top.table_index = i;
        b.clock();
        b.top.eval();
        if (!b.same("table word read back", point[i], static_cast<int16_t>(b.top.table_q), false, false)) return false;
    }
    b.top.table_open = 0;
    for (int i = 0; i < 60000; i++) {
        const unsigned table = b.below(AN_TABLES), k = b.below(7);
        const bool zero = b.below(16) == 0;
        const int32_t a = static_cast<int32_t>(b.number(32));
        b.top.table_table = table;
        b.top.table_k = k;
        b.top.table_zero = zero;
        b.top.table_a = static_cast<uint32_t>(a);
        b.clock();
        b.top.table_a = static_cast<uint32_t>(b.draw()); // the next element comes
        b.top.table_take = 1;
        b.clock();
        b.top.table_take = 0;
        b.top.table_next = 1;
        b.clock();
        b.top.table_next = 0;
        b.top.eval();
        const int64_t t0 = static_cast<int16_t>(b.top.table_q), f = b.top.table_f;
        b.clock();
        b.top.eval();
        const int64_t t1 = static_cast<int16_t>(b.top.table_q);
        const int64_t between = t0 * 4096 + ((t1 - t0) * f + 4 >> 3);
        if (!b.same("TAB", an_table(point + AN_TABLE_POINTS * table, zero ? 0 : a, k), between, false, false)) {
            std::printf("  of A %" PRId32 " table %u k %u\n", a, table, k);
            return false;
        }
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
