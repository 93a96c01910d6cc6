// SPDX-License-Identifier: Apache-2.0
// link_rtl -- rtl/link bit by bit: this program is the host on the serial line and the bus slave with a random delay.
#include "Van_link.h"
#include "verilated.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>
#include <vector>
extern "C" {
#include "an_frame.h"
}

#ifndef BAUD_DIV
#error "BAUD_DIV is the parameter BaudDiv of the model"
#endif

static int failures;
#define CHECK(c) \
    do { \
        if (!(c)) { \
            std::printf("%s:%d: %s\n", __FILE__, __LINE__, #c); \
            failures++; \
        } \
    } while (0)

using Bytes = std::vector<uint8_t>;

struct Rig {
    VerilatedContext context;
    Van_link dut{&context};
    uint64_t clocks = 0;
    // bus slave: scalars 0..63 of core 0, the input stream with some room, the output stream
    std::map<uint32_t, uint32_t> mem;
    std::deque<uint32_t> input, output;
    size_t room = 5;
    unsigned accesses = 0;
    int delay = 0;
    bool waiting = false;
    uint32_t held_addr = 0, held_wdata = 0;
    // host: bits still to send, each BAUD_DIV clocks times rate long
    double rate = 1.0, tx_left = 0;
    std::deque<bool> tx;
    // host: receiver
    int rx_count = -1;
    unsigned rx_bits = 0;
    Bytes got;

    Rig(unsigned seed) {
        std::srand(seed);
        context.randReset(2);
        context.randSeed(static_cast<int>(seed) + 1);
        dut.clk = 0;
        dut.rst_n = 0;
        dut.uart_rx = 1;
        dut.bus_ready = 0;
        for (int i = 0; i < 4; i++) clock();
        dut.rst_n = 1;
    }
    void slave() {
        dut.bus_ready = 0;
        if (!dut.bus_valid || !dut.rst_n) {
            CHECK(!waiting || !dut.rst_n); // valid fell before ready
            return;
        }
        if (!waiting) {
            delay = std::rand() % 4;
            held_addr = dut.bus_addr;
            held_wdata = dut.bus_wdata;
            waiting = true;
        }
        CHECK(dut.bus_addr == held_addr && dut.bus_wdata == held_wdata);
        if (delay-- > 0) return;
        waiting = false;
        accesses++;
        dut.bus_ready = 1;
        dut.bus_refused = 0;
        const uint32_t a = dut.bus_addr;
        if (dut.bus_write && a == an_addr_chip(AN_REG_CHIP_IN_PUSH) && room > 0) {
            input.push_back(dut.bus_wdata);
            room--;
        } else if (!dut.bus_write && a == an_addr_chip(AN_REG_CHIP_OUT_POP) && !output.empty()) {
            dut.bus_rdata = output.front();
            output.pop_front();
        } else if (a >= an_addr_core(0, AN_BUS_SCALAR, 0) && a < an_addr_core(0, AN_BUS_SCALAR, 512)) {
            if (dut.bus_write) mem[a] = dut.bus_wdata;
            else dut.bus_rdata = mem[a];
        } else {
            dut.bus_refused = 1;
            dut.bus_rdata = 0xDEAD;
        }
    }
    void clock() {
        dut.eval();
        slave(); // answers within the clock, or some clocks later
        dut.eval();
        dut.clk = 1;
        dut.eval();
        clocks++;
        if (tx_left <= 0 && !tx.empty()) {
            dut.uart_rx = tx.front();
            tx.pop_front();
            tx_left += BAUD_DIV * rate;
        }
        if (tx_left > 0) tx_left -= 1;
        else if (tx.empty()) dut.uart_rx = 1;
        receive();
        dut.clk = 0;
        dut.eval();
    }
    void receive() {
        if (rx_count < 0) {
            if (!dut.uart_tx) rx_count = 0, rx_bits = 0;
            return;
        }
        rx_count++;
        if (rx_count % BAUD_DIV != BAUD_DIV / 2) return;
        const int bit = rx_count / BAUD_DIV;
        if (bit == 0) CHECK(!dut.uart_tx);
        if (bit >= 1 && bit <= 8) rx_bits |= static_cast<unsigned>(dut.uart_tx) << (bit - 1);
        if (bit == 9) {
            CHECK(dut.uart_tx);
            got.push_back(static_cast<uint8_t>(rx_bits));
            rx_count = -1;
        }
    }
    void send(const Bytes &bytes) {
        for (uint8_t b : bytes) {
            tx.push_back(false);
            for (int i = 0; i < 8; i++) tx.push_back(b >> i & 1);
            tx.push_back(true);
        }
    }
    void run(uint64_t n) {
        while (n-- > 0) clock();
    }
    void settle() { // line sent, and long enough for an answer to begin and end
        while (!tx.empty()) clock();
        size_t before;
        do {
            before = got.size();
            run(600 * static_cast<uint64_t>(BAUD_DIV) + 9000);
        } while (got.size() != before);
    }
    // The frames that came since the last call.
    std::vector<Bytes> frames() {
        std::vector<Bytes> f;
        Bytes one;
        for (uint8_t b : got) {
            if (b != 0) one.push_back(b);
            else if (!one.empty()) {
                f.push_back(one);
                one.clear();
            }
        }
        CHECK(one.empty());
        got.clear();
        return f;
    }
};

static uint8_t raw[AN_FRAME_LINE];

static Bytes request(uint8_t seq, uint8_t op, uint32_t addr, uint16_t count, const Bytes &payload = {}) {
    an_request_t r{};
    r.seq = seq, r.op = op, r.addr = addr, r.count = count, r.payload = payload.data(), r.n_payload = payload.size();
    Bytes line(AN_FRAME_LINE);
    line.resize(an_request_encode(&r, line.data()));
    return line;
}

// Sends and expects exactly one good answer with this number.
static an_answer_t ask(Rig &r, const Bytes &line) {
    an_answer_t a{};
    r.send(line);
    r.settle();
    const auto f = r.frames();
    CHECK(f.size() == 1);
    if (f.size() == 1) CHECK(an_answer_decode(f[0].data(), f[0].size(), raw, &a));
    uint8_t back[AN_FRAME_LINE];
    an_request_t q{};
    CHECK(an_request_decode(line.data() + 1, line.size() - 2, back, &q) && a.seq == q.seq);
    return a;
}

static Bytes words(const std::vector<uint32_t> &w, int bytes) {
    Bytes b;
    for (uint32_t x : w)
        for (int i = 0; i < bytes; i++) b.push_back(static_cast<uint8_t>(x >> (8 * i)));
    return b;
}

static const uint32_t base = an_addr_core(0, AN_BUS_SCALAR, 0);

static void memory(Rig &r) {
    for (int kind = 0; kind < 8; kind++) {
        const bool wide = kind & 1;
        const uint16_t n = static_cast<uint16_t>(kind < 6 ? 1 + std::rand() % 40 : AN_LINK_MAX_PAYLOAD / (wide ? 4 : 2));
        std::vector<uint32_t> w(n);
        for (auto &x : w) x = kind < 2 ? 0 : static_cast<uint32_t>(std::rand()) * 2654435761u;
        const unsigned before = r.accesses;
        an_answer_t a = ask(r, request(static_cast<uint8_t>(kind), wide ? AN_LINK_WRITE32 : AN_LINK_WRITE16, base + 7, n, words(w, wide ? 4 : 2)));
        CHECK(a.status == AN_LINKST_OK && a.count == n && a.n_payload == 0 && r.accesses - before == n);
        for (uint16_t i = 0; i < n; i++) CHECK(r.mem[base + 7 + i] == (wide ? w[i] : static_cast<uint32_t>(static_cast<int16_t>(w[i]))));
        a = ask(r, request(static_cast<uint8_t>(100 + kind), wide ? AN_LINK_READ32 : AN_LINK_READ16, base + 7, n));
        CHECK(a.status == AN_LINKST_OK && a.count == n && a.n_payload == n * (wide ? 4u : 2u));
        CHECK(std::memcmp(a.payload, words(w, wide ? 4 : 2).data(), a.n_payload) == 0);
    }
}

static void repeats(Rig &r) {
    const Bytes line = request(1, AN_LINK_PUSH, 0, 3, words({1, 0xFFFF, 3}, 2));
    r.room = 100;
    r.input.clear();
    CHECK(ask(r, line).count == 3);
    for (int i = 0; i < 3; i++) CHECK(ask(r, line).count == 3);
    CHECK(r.input.size() == 3 && r.input[1] == 0xFFFFFFFFu);
    CHECK(ask(r, request(2, AN_LINK_PUSH, 0, 3, words({1, 0xFFFF, 3}, 2))).count == 3); // same words, next number
    CHECK(r.input.size() == 6);
    CHECK(ask(r, request(2, AN_LINK_PUSH, 0, 3, words({1, 0xFFFF, 4}, 2))).count == 3); // same number, other words
    CHECK(r.input.size() == 9);
    CHECK(ask(r, line).count == 3); // an old one is new again
    CHECK(r.input.size() == 12);
}

static void streams_stop_at_refusal(Rig &r) {
    r.room = 2;
    r.input.clear();
    an_answer_t a = ask(r, request(3, AN_LINK_PUSH, 0x0FFFFFFF, 5, words({9, 8, 7, 6, 5}, 2)));
    CHECK(a.status == AN_LINKST_OK && a.count == 2 && r.input.size() == 2 && r.input[0] == 9 && r.input[1] == 8);
    r.output = {0x80000001u, 5, 0};
    a = ask(r, request(4, AN_LINK_POP, 0, AN_LINK_MAX_PAYLOAD / 4));
    CHECK(a.status == AN_LINKST_OK && a.count == 3 && a.n_payload == 12 && an_get32(a.payload) == 0x80000001u && an_get32(a.payload + 8) == 0);
    a = ask(r, request(5, AN_LINK_POP, 0, 1));
    CHECK(a.status == AN_LINKST_OK && a.count == 0 && a.n_payload == 0);
}

static void refusals(Rig &r) {
    an_answer_t a = ask(r, request(6, AN_LINK_READ32, base + 509, 10));
    CHECK(a.status == AN_LINKST_REFUSED && a.count == 3 && a.n_payload == 12);
    a = ask(r, request(7, AN_LINK_WRITE16, base + 510, 4, words({1, 2, 3, 4}, 2)));
    CHECK(a.status == AN_LINKST_REFUSED && a.count == 2);
    const unsigned before = r.accesses;
    CHECK(ask(r, request(8, 7, base, 1)).status == AN_LINKST_BAD_OP);
    CHECK(ask(r, request(9, 0x81, base, 1)).status == AN_LINKST_BAD_OP);
    CHECK(ask(r, request(10, AN_LINK_READ32, base, AN_LINK_MAX_PAYLOAD / 4 + 1)).status == AN_LINKST_TOO_LONG);
    CHECK(ask(r, request(11, AN_LINK_READ16, base, AN_LINK_MAX_PAYLOAD / 2 + 1)).status == AN_LINKST_TOO_LONG);
    CHECK(ask(r, request(12, AN_LINK_READ16, base, 0x101)).status == AN_LINKST_TOO_LONG);
    CHECK(ask(r, request(13, AN_LINK_WRITE32, base, 2, words({1}, 4))).status == AN_LINKST_TOO_LONG);
    CHECK(ask(r, request(14, AN_LINK_WRITE16, base, 1, words({1}, 4))).status == AN_LINKST_TOO_LONG);
    CHECK(ask(r, request(15, AN_LINK_NOP, 0xFFFFFFFF, 0xFFFF)).status == AN_LINKST_OK);
    a = ask(r, request(16, AN_LINK_READ32, base, 0));
    CHECK(a.status == AN_LINKST_OK && a.count == 0);
    CHECK(r.accesses == before);
}

// A damaged request is not carried out and not answered; the next good one is.
static void damage(Rig &r) {
    const Bytes good = request(20, AN_LINK_WRITE32, base, 2, words({0x11, 0x2200}, 4));
    for (int k = 0; k < 60; k++) {
        Bytes line = request(static_cast<uint8_t>(k), AN_LINK_WRITE32, base, 6, words({1, 0, 0x30003, 4, 5, static_cast<uint32_t>(k)}, 4));
        const size_t at = 1 + static_cast<size_t>(std::rand()) % (line.size() - 2);
        if (k % 3 == 0) line[at] = static_cast<uint8_t>(line[at] ^ (1u << (std::rand() % 8)));
        if (k % 3 == 1) line.erase(line.begin() + static_cast<long>(at));
        if (k % 3 == 2) line.insert(line.begin() + static_cast<long>(at), static_cast<uint8_t>(1 + std::rand() % 255));
        const unsigned before = r.accesses;
        r.send(line);
        r.settle();
        CHECK(r.accesses == before && r.frames().empty());
        if (k % 10 == 0) CHECK(ask(r, request(static_cast<uint8_t>(200 + k), AN_LINK_NOP, 0, 0)).status == AN_LINKST_OK);
    }
    CHECK(ask(r, good).count == 2);
}

static void overlong_and_noise(Rig &r) {
    Bytes junk(1500);
    const unsigned before = r.accesses;
    for (auto &b : junk) b = static_cast<uint8_t>(1 + std::rand() % 255);
    r.send(junk); // no zero at its end: the leading zero of the next frame is it
    CHECK(ask(r, request(30, AN_LINK_NOP, 0, 0)).status == AN_LINKST_OK);
    for (auto &b : junk) b = static_cast<uint8_t>(std::rand() % 4);
    r.send(junk);
    CHECK(ask(r, request(31, AN_LINK_NOP, 0, 0)).status == AN_LINKST_OK);
    for (int i = 0; i < 200; i++) r.tx.push_back(std::rand() & 1); // bits without bytes
    for (int i = 0; i < 12; i++) r.tx.push_back(true);
    CHECK(ask(r, request(32, AN_LINK_NOP, 0, 0)).status == AN_LINKST_OK);
    for (int i = 0; i < 40; i++) r.tx.push_back(false); // a break
    for (int i = 0; i < 12; i++) r.tx.push_back(true);
    CHECK(ask(r, request(33, AN_LINK_NOP, 0, 0)).status == AN_LINKST_OK);
    CHECK(r.accesses == before);
}

// What comes while an answer goes out is dropped, and does not spoil the answer; a frame after it is taken.
static void talking_over_the_answer(Rig &r) {
    r.send(request(40, AN_LINK_READ32, base, 50));
    r.send(request(41, AN_LINK_WRITE32, base, 1, words({7}, 4)));
    const unsigned before = r.accesses;
    r.settle();
    const auto f = r.frames();
    an_answer_t a{};
    CHECK(f.size() == 1 && an_answer_decode(f[0].data(), f[0].size(), raw, &a) && a.seq == 40 && a.count == 50);
    CHECK(r.accesses - before == 50);
    CHECK(ask(r, request(41, AN_LINK_WRITE32, base, 1, words({7}, 4))).count == 1);
}

static void rates(unsigned seed) {
    // The host's clock is off: half a bit of drift by the stop bit is 5 %, one clock of sampling costs 1/BAUD_DIV of a bit.
    const double worst = 0.02;
    for (double off : {-worst, worst}) {
        Rig r(seed);
        r.rate = 1.0 + off;
        memory(r);
        CHECK(ask(r, request(50, AN_LINK_NOP, 0, 0)).status == AN_LINKST_OK);
    }
}

static void throughput(Rig &r) {
    std::vector<uint32_t> w(AN_LINK_MAX_PAYLOAD / 2, 0x5A5A);
    for (int read = 0; read < 2; read++) {
        const uint64_t from = r.clocks;
        r.send(read ? request(61, AN_LINK_READ16, base, static_cast<uint16_t>(w.size()))
                    : request(60, AN_LINK_WRITE16, base, static_cast<uint16_t>(w.size()), words(w, 2)));
        while (r.got.empty() || r.got.back() != 0) r.clock();
        std::printf("BaudDiv %d: %s of %zu bytes takes %llu clocks, %.0f bytes/s at 24 MHz\n", BAUD_DIV, read ? "read" : "write", 2 * w.size(),
                    static_cast<unsigned long long>(r.clocks - from), 2.0 * static_cast<double>(w.size()) * 24e6 / static_cast<double>(r.clocks - from));
        r.settle();
        CHECK(r.frames().size() == 1);
    }
}

int main(int argc, char **argv) {
    const unsigned seed = argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 1;
    Rig r(seed);
    // before reset ends and before the first zero byte nothing is believed
    memory(r);
    repeats(r);
    streams_stop_at_refusal(r);
    refusals(r);
    damage(r);
    overlong_and_noise(r);
    talking_over_the_answer(r);
    rates(seed);
    throughput(r);
    std::printf("link_rtl: BaudDiv %d, seed %u: %d failures\n", BAUD_DIV, seed, failures);
    return failures != 0;
}
