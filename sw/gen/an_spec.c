/* SPDX-License-Identifier: Apache-2.0
 * Generated from rtl/spec/antinode.toml by rtl/spec/gen.py. Do not edit; run: make gen */
#include "an_spec.h"

const an_config_t an_configs[] = {
    {"tiny", 1u, 1u, 4096u, 512u, 512u, 256u, 64u, 16u, 16u, 4u, 0u, 0u, false, true, true, true, true, true, true, true, true, true, true, true, true},
    {"icebreaker", 1u, 2u, 65536u, 1024u, 1024u, 256u, 256u, 256u, 256u, 2u, 24000000u, 1u, true, false, false, false, false, false, false, false, false, false, false, false, false},
    {"colorlight-i5", 1u, 8u, 32768u, 4096u, 4096u, 512u, 256u, 1024u, 512u, 2u, 80000000u, 2u, false, true, true, true, true, true, false, true, false, false, false, false, false},
    {"orangecrab", 1u, 8u, 32768u, 4096u, 4096u, 512u, 256u, 1024u, 512u, 2u, 80000000u, 2u, false, true, true, true, true, true, false, true, false, false, false, false, false},
    {"orangecrab-85", 6u, 8u, 16384u, 4096u, 4096u, 256u, 256u, 1024u, 512u, 16u, 80000000u, 1u, false, false, true, true, true, true, true, true, false, false, true, false, false},
    {"ulx3s", 6u, 8u, 16384u, 4096u, 4096u, 256u, 256u, 1024u, 512u, 16u, 80000000u, 1u, false, false, true, true, true, true, true, true, false, false, true, false, false},
    {"bench-1x2", 1u, 2u, 65536u, 1024u, 1024u, 256u, 256u, 256u, 256u, 64u, 0u, 0u, false, true, true, true, true, false, true, true, true, false, true, true, true},
    {"bench-1x8", 1u, 8u, 65536u, 4096u, 4096u, 512u, 256u, 1024u, 256u, 64u, 0u, 0u, false, true, true, true, true, false, true, true, true, false, true, true, true},
    {"bench-4x2", 4u, 2u, 65536u, 4096u, 4096u, 512u, 256u, 1024u, 256u, 64u, 0u, 0u, false, true, true, true, true, false, true, true, true, false, true, true, true},
};
const size_t an_n_configs = sizeof an_configs / sizeof an_configs[0];

const an_feature_info_t an_features[] = {
    {"pairs", AN_HAS_PAIRS},
    {"recip", AN_HAS_RECIP},
    {"ring", AN_HAS_RING},
    {"sums", AN_HAS_SUMS},
    {"ahead", AN_HAS_AHEAD},
    {"split", AN_HAS_SPLIT},
    {"beside", AN_HAS_BESIDE},
    {"follow", AN_HAS_FOLLOW},
    {"closed", AN_HAS_CLOSED},
    {"pass", AN_HAS_PASS},
    {"take", AN_HAS_TAKE},
    {"give", AN_HAS_GIVE},
};
const size_t an_n_features = sizeof an_features / sizeof an_features[0];

uint32_t an_features_of(const an_config_t *cfg) {
    uint32_t bits = 0;
    bits |= cfg->pairs ? AN_HAS_PAIRS : 0;
    bits |= cfg->recip ? AN_HAS_RECIP : 0;
    bits |= cfg->ring ? AN_HAS_RING : 0;
    bits |= cfg->sums ? AN_HAS_SUMS : 0;
    bits |= cfg->ahead ? AN_HAS_AHEAD : 0;
    bits |= cfg->split ? AN_HAS_SPLIT : 0;
    bits |= cfg->beside ? AN_HAS_BESIDE : 0;
    bits |= cfg->follow ? AN_HAS_FOLLOW : 0;
    bits |= cfg->closed ? AN_HAS_CLOSED : 0;
    bits |= cfg->pass ? AN_HAS_PASS : 0;
    bits |= cfg->take ? AN_HAS_TAKE : 0;
    bits |= cfg->give ? AN_HAS_GIVE : 0;
    return bits;
}

void an_features_set(an_config_t *cfg, uint32_t bits) {
    cfg->pairs = bits & AN_HAS_PAIRS;
    cfg->recip = bits & AN_HAS_RECIP;
    cfg->ring = bits & AN_HAS_RING;
    cfg->sums = bits & AN_HAS_SUMS;
    cfg->ahead = bits & AN_HAS_AHEAD;
    cfg->split = bits & AN_HAS_SPLIT;
    cfg->beside = bits & AN_HAS_BESIDE;
    cfg->follow = bits & AN_HAS_FOLLOW;
    cfg->closed = bits & AN_HAS_CLOSED;
    cfg->pass = bits & AN_HAS_PASS;
    cfg->take = bits & AN_HAS_TAKE;
    cfg->give = bits & AN_HAS_GIVE;
}

const an_op_info_t an_ops[] = {
    {"HALT", 0, AN_LAYOUT_NONE, "stop; STATUS.state = halted"},
    {"TICK", 1, AN_LAYOUT_NONE, "end of a tick: tick + 1"},
    {"LOOP", 2, AN_LAYOUT_LOOP, "open a loop of count turns; four deep"},
    {"END", 3, AN_LAYOUT_END, "close the innermost loop"},
    {"POP", 4, AN_LAYOUT_POP, "set the length of the vectors that follow"},
    {"RING", 5, AN_LAYOUT_RING, "set or rotate the delay window of S or R"},
    {"PRJ", 6, AN_LAYOUT_PRJ, "projection: place and shape"},
    {"KEY", 7, AN_LAYOUT_KEY, "projection: rounding key"},
    {"PAR", 8, AN_LAYOUT_PAR, "projection: constants of a pair sweep"},
    {"ROW", 9, AN_LAYOUT_ROW, "projection: row side operands"},
    {"LAN", 10, AN_LAYOUT_LAN, "projection: lane side operands"},
    {"SWP", 11, AN_LAYOUT_SWP, "sweep the projection set by the five words before"},
    {"IN", 12, AN_LAYOUT_VEC, "d = n elements of the input stream"},
    {"OUT", 13, AN_LAYOUT_VEC, "n elements of a to the output stream"},
    {"ADD", 14, AN_LAYOUT_VEC, "d = sat(A + B), neg: sat(A - B)"},
    {"MIN", 15, AN_LAYOUT_VEC, "d = min(A, B)"},
    {"MAX", 16, AN_LAYOUT_VEC, "d = max(A, B)"},
    {"SEL", 17, AN_LAYOUT_VEC, "d = A >= 0 ? B : C"},
    {"MUL", 18, AN_LAYOUT_VEC, "d = sat(+-A * B16 * 2^-sh)"},
    {"MAC", 19, AN_LAYOUT_VEC, "d = sat(C +- A * B16 * 2^-sh)"},
    {"LEAK", 20, AN_LAYOUT_VEC, "d = sat(C +- sat(A - C) * B16 * 2^-sh): the leaky integrator"},
    {"TAB", 21, AN_LAYOUT_VEC, "d = table b of A, interpolated; half domain 2^sh"},
    {"RECIP", 22, AN_LAYOUT_VEC, "d = 1/A * 2^-sh"},
    {"SQRT", 23, AN_LAYOUT_VEC, "d = sqrt(A), 0 for A < 0"},
    {"SUM", 24, AN_LAYOUT_VEC, "scalar d = sat(sum of A * 2^-sh)"},
    {"DOT", 25, AN_LAYOUT_VEC, "scalar d = sat(sum of A16 * B16 * 2^-sh)"},
    {"AMAX", 26, AN_LAYOUT_VEC, "scalar d = max of A, neg: its first index"},
    {"PASS", 27, AN_LAYOUT_VEC, "from now on n elements of neighbour port b go to the other neighbour by themselves"},
    {"TAKE", 28, AN_LAYOUT_VEC, "from now on n elements of neighbour port b go to d by themselves, beside other work"},
    {"GIVE", 29, AN_LAYOUT_VEC, "the next n elements that are computed to d go to neighbour port b too, as they are written"},
};
const size_t an_n_ops = sizeof an_ops / sizeof an_ops[0];

const an_field_info_t an_fields[] = {
    {AN_LAYOUT_VEC, "d", 58, 48},
    {AN_LAYOUT_VEC, "a", 47, 37},
    {AN_LAYOUT_VEC, "b", 36, 26},
    {AN_LAYOUT_VEC, "c", 25, 15},
    {AN_LAYOUT_VEC, "sh", 14, 10},
    {AN_LAYOUT_VEC, "dsp", 9, 8},
    {AN_LAYOUT_VEC, "asp", 7, 6},
    {AN_LAYOUT_VEC, "bsp", 5, 4},
    {AN_LAYOUT_VEC, "csp", 3, 3},
    {AN_LAYOUT_VEC, "neg", 2, 2},
    {AN_LAYOUT_VEC, "post", 1, 0},
    {AN_LAYOUT_LOOP, "fromk", 58, 58},
    {AN_LAYOUT_LOOP, "count", 15, 0},
    {AN_LAYOUT_END, "target", 31, 0},
    {AN_LAYOUT_POP, "n", 11, 0},
    {AN_LAYOUT_RING, "rot", 58, 58},
    {AN_LAYOUT_RING, "mem", 57, 57},
    {AN_LAYOUT_RING, "base", 47, 37},
    {AN_LAYOUT_RING, "size", 36, 25},
    {AN_LAYOUT_RING, "step", 24, 13},
    {AN_LAYOUT_PRJ, "wbase", 58, 39},
    {AN_LAYOUT_PRJ, "rows", 38, 27},
    {AN_LAYOUT_PRJ, "cols", 26, 15},
    {AN_LAYOUT_PRJ, "stride", 14, 1},
    {AN_LAYOUT_PRJ, "pair", 0, 0},
    {AN_LAYOUT_KEY, "block", 37, 32},
    {AN_LAYOUT_KEY, "key", 31, 0},
    {AN_LAYOUT_PAR, "beta", 58, 51},
    {AN_LAYOUT_PAR, "kappa", 50, 43},
    {AN_LAYOUT_PAR, "mu", 42, 35},
    {AN_LAYOUT_PAR, "bsh", 34, 33},
    {AN_LAYOUT_PAR, "ksh", 32, 31},
    {AN_LAYOUT_PAR, "wsh", 30, 26},
    {AN_LAYOUT_ROW, "x", 58, 48},
    {AN_LAYOUT_ROW, "x2", 47, 37},
    {AN_LAYOUT_ROW, "g", 36, 26},
    {AN_LAYOUT_ROW, "ginit", 25, 15},
    {AN_LAYOUT_ROW, "gmode", 1, 0},
    {AN_LAYOUT_LAN, "y", 58, 48},
    {AN_LAYOUT_LAN, "y2", 47, 37},
    {AN_LAYOUT_LAN, "acc", 36, 26},
    {AN_LAYOUT_LAN, "ainit", 25, 15},
    {AN_LAYOUT_LAN, "amode", 1, 0},
    {AN_LAYOUT_SWP, "scatter", 58, 58},
    {AN_LAYOUT_SWP, "gather", 57, 57},
    {AN_LAYOUT_SWP, "learn", 56, 56},
    {AN_LAYOUT_SWP, "overv", 55, 55},
    {AN_LAYOUT_SWP, "skip", 54, 54},
    {AN_LAYOUT_SWP, "wnew", 53, 53},
    {AN_LAYOUT_SWP, "lsh", 52, 48},
    {AN_LAYOUT_SWP, "raw", 47, 47},
};
const size_t an_n_fields = sizeof an_fields / sizeof an_fields[0];

const an_reg_info_t an_regs[] = {
    {"MAGIC", 0, false, true, false, "0x414E5449, \"ANTI\""},
    {"VERSION", 1, false, true, false, "0x00MMmmpp"},
    {"SPEC_HASH", 2, false, true, false, "first 32 bits of the SHA-256 of rtl/spec/antinode.toml"},
    {"SHAPE", 3, false, true, false, "cores << 16 | lanes"},
    {"SYN_WORDS", 4, false, true, false, "synapse words of one core"},
    {"STATE_WORDS", 5, false, true, false, "state words of one core"},
    {"RATE_WORDS", 6, false, true, false, "rate words of one core"},
    {"PROG_WORDS", 7, false, true, false, "instructions of one core"},
    {"SCALARS", 8, false, true, false, "scalars of one core"},
    {"FIFO_WORDS", 9, false, true, false, "input depth << 16 | output depth"},
    {"FEATURES", 11, false, true, false, "bit 0 pairs, 1 recip, 2 ring, 3 sums, 4 ahead, 5 split, 6 beside, 7 follow; 11..8 vector units, 12 closed, 13 pass, 14 take, 15 give, 31..16 steps between neighbours"},
    {"CLOCK_HZ", 10, false, true, false, "clock of this build, 0 in simulation"},
    {"IN_PUSH", 16, false, false, true, "input stream, s16f12 in bits 15..0; a write without room is refused"},
    {"OUT_POP", 17, false, true, false, "output stream; a read of an empty one is refused"},
    {"IN_LEVEL", 18, false, true, false, "words waiting in the input stream"},
    {"OUT_LEVEL", 19, false, true, false, "words waiting in the output stream"},
    {"IN_CORE", 20, false, true, true, "core that the input stream enters"},
    {"OUT_CORE", 21, false, true, true, "core that the output stream leaves"},
    {"CTRL", 0, true, false, true, "bit 0 start at ENTRY; bit 1 stop (at the next instruction); bit 2 clear counters; bit 3 clear range records"},
    {"STATUS", 1, true, true, false, "bits 3..0 state; 7..4 stall cause; 31..16 pc"},
    {"ENTRY", 3, true, true, true, "pc of the first instruction"},
    {"TICK", 4, true, true, true, "tick number"},
    {"CLOCKS", 5, true, true, false, "clocks run, waiting for streams left out; counters go around"},
    {"VISITS", 6, true, true, false, "synapse words read"},
    {"STALLS", 7, true, true, false, "clocks waited for streams and neighbours"},
};
const size_t an_n_regs = sizeof an_regs / sizeof an_regs[0];

const char *an_state_name(uint32_t code) {
    switch (code) {
    case 0: return "idle";
    case 1: return "running";
    case 2: return "halted";
    case 3: return "stopped";
    case 4: return "fault";
    default: return NULL;
    }
}

const char *an_stall_name(uint32_t code) {
    switch (code) {
    case 0: return "none";
    case 1: return "input";
    case 2: return "output";
    case 3: return "recv_up";
    case 4: return "recv_down";
    case 5: return "send_up";
    case 6: return "send_down";
    default: return NULL;
    }
}

const char *an_record_name(uint32_t code) {
    switch (code) {
    case 0: return "T";
    case 1: return "I";
    case 2: return "O";
    case 3: return "N";
    case 4: return "K";
    case 5: return "R";
    case 6: return "S";
    case 7: return "W";
    case 8: return "H";
    default: return NULL;
    }
}
