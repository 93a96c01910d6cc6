// SPDX-License-Identifier: Apache-2.0
// an_rnd of four widths against an_rnd.h, and the queues against a plain list
#include <deque>
#include <string>
#include <utility>
#include <vector>
#include "blocks.hpp"
extern "C" {
#include "an_rnd.h"
#include "an_spec.h"
}

namespace {

uint16_t lane_of(const Bench &b, unsigned lanes, bool plain, unsigned lane) {
    switch (lanes) {
    case 1: return plain ? b.top.rnd_plain_1 : b.top.rnd_1;
    case 2: return static_cast<uint16_t>((plain ? b.top.rnd_plain_2 : b.top.rnd_2) >> (16 * lane));
    case 4: return static_cast<uint16_t>(b.top.rnd_4 >> (16 * lane));
    default: return static_cast<uint16_t>((plain ? b.top.rnd_plain_8 : b.top.rnd_8)[lane / 2] >> (16 * (lane % 2)));
    }
}

struct Due { uint64_t clock; bool second; unsigned column; uint16_t value; uint32_t row; };

// Rows of one sweep, one right after the other: a column block a clock (pair: every two), its A five clocks after its slot (pair: seven),
// its B twelve. Rows are as short as the machine lets them be, so that launches lie 4 clocks apart (pair: 6) where they may.
bool sweep(Bench &b, unsigned lanes, unsigned columns, unsigned rows, bool pair) {
    const uint32_t key = static_cast<uint32_t>(b.draw()), tick = b.below(4) ? static_cast<uint32_t>(b.draw()) : 0, seed = an_rnd_seed(key, tick);
    b.top.rnd_key = key;
    b.top.rnd_tick = tick;
    b.top.rnd_second = 0;
    b.top.rnd_two = pair;
    b.top.rnd_key_en = 1;
    b.clock();
    b.top.rnd_key_en = 0;
    b.top.rnd_key = ~key; // the word goes on to the next instruction
    for (int i = 0; i < 8; i++) b.clock();
    std::deque<Due> due;
    uint64_t now = 0;
    const unsigned nb = (columns + lanes - 1) / lanes, pace = pair ? 2 : 1, in_block = pace * AN_BLOCK_COLUMNS / lanes;
    const unsigned least = pair ? AN_T_MIN_BLOCK_PAIR : AN_T_MIN_BLOCK, even = (nb * pace + 1) / 2 * 2, last = even % in_block;
    const unsigned slots = last > 0 && last < least ? even + least - last : even;
    const uint32_t first = static_cast<uint32_t>(b.below(2049 - rows));
    for (uint32_t row = first; row < first + rows; row++) {
        an_rnd_t r = {0, 0};
        for (unsigned slot = 0; slot < slots + (row + 1 == first + rows ? 14 : 0); slot++, now++) {
            const bool learns = slot % pace == 0 && slot / pace < nb;
            const unsigned block = slot / pace;
            b.top.rnd_second = pair && (slot & 1);
            b.top.rnd_launch = learns && block * lanes % AN_BLOCK_COLUMNS == 0;
            // row and block count in the clock of a launch alone
            b.top.rnd_launch_row = b.top.rnd_launch ? row : static_cast<uint32_t>(b.draw()) & 2047u;
            b.top.rnd_launch_block = b.top.rnd_launch ? block * lanes / AN_BLOCK_COLUMNS : static_cast<uint32_t>(b.draw()) & 63u;
            for (unsigned l = 0; learns && l < lanes; l++) {
                const unsigned column = block * lanes + l;
                an_rnd_column(&r, seed, row, column, 0);
                due.push_back({now + (pair ? 7 : 5), false, column, static_cast<uint16_t>(r.a), row});
                if (pair) due.push_back({now + 12, true, column, static_cast<uint16_t>(r.b), row});
            }
            b.top.eval();
            for (const Due &d : due)
                for (int plain = 0; plain < (pair || lanes == 4 ? 1 : 2); plain++)
                    if (d.clock == now && !b.same("rounding bits", d.value, lane_of(b, lanes, plain, d.column % lanes), false, false)) {
                        std::printf("  %s of row %u column %u, %u lanes%s, key %08x tick %08x\n", d.second ? "B" : "A", d.row, d.column, lanes,
                                    plain ? " without pairs" : "", key, tick);
                        return false;
                    }
            while (!due.empty() && due.front().clock + 14 < now) due.pop_front();
            b.clock();
        }
    }
    return true;
}

} // namespace

bool test_rnd(Bench &b) {
    static const unsigned lanes[] = {1, 2, 4, 8};
    for (unsigned p : lanes)
        for (int i = 0; i < 24; i++) // every eighth pair of them has the widest rows
            if (!sweep(b, p, i / 2 % 8 == 7 ? 2048 : 1 + b.below(140), 1 + b.below(9), i % 2 == 1)) return false;
    return true;
}

namespace {

// what a FIFO holds, and since when: `capacity` words, each at the output from `latency` clocks after it went in, one a clock
class Queue {
public:
    Queue(const char *name, size_t capacity, int latency) : name_(name), capacity_(capacity), latency_(latency) {}
    size_t level() const { return words_.size(); }
    // false: the outputs of this clock are not those of such a FIFO
    bool same(Bench &b, int now, bool in_ready, bool out_valid, uint16_t out_data) const {
        const std::string name(name_);
        const bool due = !words_.empty() && now - words_.front().second >= latency_;
        return b.same((name + " has room").c_str(), words_.size() < capacity_, in_ready, false, false) &&
               b.same((name + " gives a word").c_str(), due, out_valid, false, false) &&
               (!due || b.same(name_, words_.front().first, out_data, false, false));
    }
    void clock(int now, bool put, bool take, uint16_t data) {
        const bool room = words_.size() < capacity_;
        if (take && !words_.empty() && now - words_.front().second >= latency_) words_.pop_front();
        if (put && room) words_.emplace_back(data, now);
    }

private:
    const char *name_;
    size_t capacity_;
    int latency_;
    std::deque<std::pair<uint16_t, int>> words_;
};

} // namespace

bool test_queue(Bench &b) {
    Queue fifo("an_fifo", 16, 2), far("an_fifo, far", 16, 4), skid("an_skid", 2, 1), hop("an_neighbour of four", 4, 2);
    unsigned next = 0; // what they said of this clock in the one before: in_ready, out_valid of each
    for (int i = 0; i < 40000; i++) {
        // {no pause, paused} x {no pause, paused}
        const unsigned phase = static_cast<unsigned>(i) / 500 % 4;
        const bool put = phase & 1 ? b.below(3) == 0 : 1, take = phase & 2 ? b.below(3) == 0 : 1;
        b.top.queue_in_valid = put;
        b.top.queue_out_ready = take;
        const uint16_t data = b.top.queue_in_data = static_cast<uint16_t>(b.draw());
        b.top.eval();
        if (!fifo.same(b, i, b.top.fifo_in_ready, b.top.fifo_out_valid, b.top.fifo_out_data) ||
            !far.same(b, i, b.top.far_in_ready, b.top.far_out_valid, b.top.far_out_data) ||
            !skid.same(b, i, b.top.skid_in_ready, b.top.skid_out_valid, b.top.skid_out_data) ||
            !hop.same(b, i, b.top.hop_in_ready, b.top.hop_out_valid, b.top.hop_out_data) ||
            !b.same("words in an_fifo", static_cast<int64_t>(fifo.level()), b.top.fifo_level, false, false) ||
            !b.same("words in a far an_fifo", static_cast<int64_t>(far.level()), b.top.far_level, false, false))
            return false;
        const unsigned now = b.top.fifo_in_ready | b.top.fifo_out_valid << 1 | b.top.far_in_ready << 2 | b.top.far_out_valid << 3 | b.top.skid_in_ready << 4 |
                             b.top.skid_out_valid << 5 | b.top.hop_in_ready << 6 | b.top.hop_out_valid << 7;
        if (i > 0 && !b.same("next_ready, next_valid", now, next, false, false))
            return false;
        next = b.top.queue_next;
        for (Queue *q : {&fifo, &far, &skid, &hop}) q->clock(i, put, take, data);
        b.clock();
    }
    return true;
}
