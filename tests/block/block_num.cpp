// SPDX-License-Identifier: Apache-2.0
// an_num_pkg, an_narrow, an_recip against an_num.h, an_recip.h
#include "blocks.hpp"
extern "C" {
#include "an_num.h"
#include "an_recip.h"
}

bool test_num(Bench &b) {
    for (int i = 0; i < 200000; i++) {
        const int64_t x = b.number(48);
        const int64_t x33 = x << 31 >> 31, x17 = x << 47 >> 47, x32 = static_cast<int32_t>(x);
        b.top.num_x = static_cast<uint64_t>(x) & 0xFFFFFFFFFFFFull;
        b.top.eval();
        bool cut[4] = {};
        const int64_t s33 = an_sat_s33_s32(x33, &cut[0]), s17 = an_sat_s16(x17, &cut[1]), s48 = an_sat_s48_s32(x, &cut[2]);
        const int64_t rhu = an_rhu_f24_s16f12(static_cast<int32_t>(x32), &cut[3]);
        const bool good = b.same("sat_s33_s32", s33, static_cast<int32_t>(b.top.num_s33), cut[0], b.top.num_s33_cuts) &&
                          b.same("sat_s17_s16", s17, static_cast<int16_t>(b.top.num_s17), cut[1], b.top.num_s17_cuts) &&
                          b.same("sat_s48_s32", s48, static_cast<int32_t>(b.top.num_s48), cut[2], b.top.num_s48_cuts) &&
                          b.same("rhu_f24_s16f12", rhu, static_cast<int16_t>(b.top.num_rhu), cut[3], b.top.num_rhu_cuts);
        if (!good) {
            std::printf("  of %" PRId64 "\n", x);
            return false;
        }
    }
    return true;
}

bool test_narrow(Bench &b) {
    for (int i = 0; i < 150000; i++) {
        const int64_t n = b.number(49);
        const unsigned r = b.below(32), rnd = b.below(65536);
        const int16_t line = static_cast<int16_t>(b.number(16)), bus = static_cast<int16_t>(b.number(16));
        b.top.narrow_n = static_cast<uint64_t>(n) & 0x1FFFFFFFFFFFFull;
        b.top.narrow_r = r;
        b.top.narrow_line = static_cast<uint16_t>(line);
        b.top.narrow_rnd = rnd;
        b.top.narrow_out_bus = b.below(8) == 0;
        b.top.narrow_bus = static_cast<uint16_t>(bus);
        b.clock();
        b.clock();
        bool sat = false;
        const int16_t model = an_narrow_s16(n, r, line, rnd, &sat);
        if (!b.same("narrow_s16", b.top.narrow_out_bus ? bus : model, static_cast<int16_t>(b.top.narrow_out), sat, b.top.narrow_sat) ||
            !b.same("narrow_s16 with copies", b.top.narrow_out_bus ? bus : model, static_cast<int16_t>(b.top.copies_out), sat, b.top.copies_sat)) {
            std::printf("  of N %" PRId64 " r %u line %d rnd %u\n", n, r, line, rnd);
            return false;
        }
    }
    return true;
}

bool test_recip(Bench &b) {
    for (int i = 0; i < 12000; i++) {
        const bool root = b.below(2);
        const int32_t a = i < 4 ? 0 : static_cast<int32_t>(b.number(32));
        const int sh = static_cast<int>(b.below(24)) - 8;
        b.top.recip_root = root;
        b.top.recip_a = static_cast<uint32_t>(a);
        b.top.recip_load = 1;
        b.top.recip_step = 0;
        b.clock();
        b.top.recip_load = 0;
        b.top.recip_step = 1;
        for (unsigned n = root ? an_sqrt_steps() : an_recip_steps(sh); n > 0; n--) b.clock();
        b.top.recip_step = 0;
        b.top.eval();
        bool sat = false;
        const int64_t model = root ? an_sqrt(a) : an_recip(a, sh, &sat);
        if (!b.same(root ? "SQRT" : "RECIP", model, static_cast<int32_t>(b.top.recip_result), sat, b.top.recip_sat)) {
            std::printf("  of %" PRId32 " sh %d\n", a, sh);
            return false;
        }
    }
    return true;
}
