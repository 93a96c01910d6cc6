// SPDX-License-Identifier: Apache-2.0
// an_top_sim.cpp -- the C face of one Verilated an_top: the other end of its serial line, bit by bit at the pins.
// 8N1, AN_TOP_BAUD_DIV clocks a bit, least significant bit first; a received bit is read in its middle.
#include <memory>
#include <new>
#include "Van_top.h"
#include "verilated.h"
extern "C" {
#include "an_serve.h"
}

struct an_top {
    VerilatedContext context;
    std::unique_ptr<Van_top> top;
    uint32_t out_frame = 0, out_bits = 0, out_wait = 0; // to uart_rx: bits left, clocks left of this one
    uint32_t in_bits = 0, in_wait = 0, in_byte = 0;     // from uart_tx: 0 = line idle
};

namespace {

constexpr uint32_t kDiv = AN_TOP_BAUD_DIV;

void clock(an_top *t) {
    t->top->clk = 1;
    t->top->eval();
    t->top->clk = 0;
    t->top->eval();
}

an_top_t *top_create(uint32_t seed) {
    an_top *t = new (std::nothrow) an_top;
    if (!t) return nullptr;
    t->context.threads(1);
    t->context.randReset(2);
    t->context.randSeed(static_cast<int>(seed & 0x7FFFFFFFu));
    t->top = std::make_unique<Van_top>(&t->context, "top");
    t->top->clk = 0;
    t->top->uart_rx = 1;
    t->top->rst_n = 0;
    t->top->eval();
    for (int i = 0; i < 8; i++) clock(t);
    t->top->rst_n = 1;
    t->top->eval();
    return t;
}

void top_destroy(an_top *t) {
    if (!t) return;
    Verilated::threadContextp(&t->context); // destructors look for it there, and it may be another instance's
    t->top->final();
    delete t;
}

bool top_exchange(an_top *t, uint32_t clocks, const uint8_t *rx, size_t n, size_t *sent, uint8_t *tx, size_t cap, size_t *got) {
    bool framed = true;
    *sent = *got = 0;
    for (uint32_t i = 0; i < clocks && *got < cap; i++) {
        if (!t->out_bits && *sent < n) { // start bit, eight data bits, stop bit
            t->out_frame = 0x200u | static_cast<uint32_t>(rx[(*sent)++]) << 1;
            t->out_bits = 10;
            t->out_wait = kDiv;
        }
        if (t->out_bits) {
            t->top->uart_rx = t->out_frame & 1u;
            if (--t->out_wait == 0) {
                t->out_frame >>= 1;
                t->out_bits--;
                t->out_wait = kDiv;
            }
        } else {
            t->top->uart_rx = 1;
        }
        clock(t);
        const bool level = t->top->uart_tx;
        if (!t->in_bits) {
            if (!level) { // the first data bit's middle is one and a half bits from here
                t->in_bits = 9;
                t->in_wait = kDiv + kDiv / 2;
                t->in_byte = 0;
            }
        } else if (--t->in_wait == 0) {
            t->in_wait = kDiv;
            if (--t->in_bits) {
                t->in_byte = t->in_byte >> 1 | (level ? 0x80u : 0u);
            } else if (level) {
                tx[(*got)++] = static_cast<uint8_t>(t->in_byte);
            } else {
                framed = false;
            }
        }
    }
    return framed;
}

const an_top_api_t api = {AN_TOP_ABI, AN_SPEC_HASH, AN_SIM_CORES, AN_SIM_LANES, top_create, top_destroy, top_exchange};

} // namespace

extern "C" __attribute__((visibility("default"))) const an_top_api_t *an_top_api(void) { return &api; }
