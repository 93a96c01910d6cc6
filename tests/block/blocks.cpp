// SPDX-License-Identifier: Apache-2.0
// blocks.cpp -- every block against its C function: a fixed seed and one that is drawn (argument).
#include <cstdlib>
#include "blocks.hpp"

int main(int argc, char **argv) {
    static const struct { const char *name; bool (*run)(Bench &); } test[] = {
        {"an_num_pkg", test_num}, {"an_narrow", test_narrow}, {"an_recip", test_recip}, {"an_table", test_table},
        {"an_ring", test_ring},   {"an_unit", test_unit},     {"an_lane", test_lane},     {"an_rnd", test_rnd},     {"an_fifo, an_skid, an_neighbour", test_queue},
    };
    const uint64_t seed[2] = {1, argc > 1 ? std::strtoull(argv[1], nullptr, 0) : 2};
    int failed = 0;
    for (const auto &t : test)
        for (uint64_t s : seed) {
            Bench b(s);
            b.context.randReset(2);
            b.top.rst_n = 0;
            b.clock();
            b.clock();
            b.top.rst_n = 1;
            const bool good = t.run(b);
            std::printf("%-18s seed %" PRIu64 ": %" PRIu64 " results, %s\n", t.name, s, b.checked, good ? "all equal" : "DIFFER");
            failed += !good || b.checked == 0;
            b.top.final();
        }
    return failed != 0;
}
