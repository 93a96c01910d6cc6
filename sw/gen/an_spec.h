/* SPDX-License-Identifier: Apache-2.0
 * Generated from rtl/spec/antinode.toml by rtl/spec/gen.py. Do not edit; run: make gen */
#ifndef AN_SPEC_H
#define AN_SPEC_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* identity */
#define AN_MAGIC 0x414E5449u
#define AN_VERSION 0x00000100u
#define AN_VERSION_TEXT "0.1.0"
#define AN_SPEC_HASH 0x8157C942u

/* number formats: AN_W_x bits, AN_F_x of them fractional */
#define AN_W_RATE 16 /* rates, errors, inputs, weights, table values: whatever enters a multiplier */
#define AN_F_RATE 12
#define AN_W_STATE 32 /* membrane potentials, costates, accumulators, scalars */
#define AN_F_STATE 24
#define AN_W_GATHER 48 /* a gathered sum, kept without loss until its row ends */
#define AN_F_GATHER 24
#define AN_W_WIDE 50 /* a product or sum of products before it is narrowed */
#define AN_F_WIDE 36

/* bits of the register FEATURES */
#define AN_HAS_PAIRS 1u
#define AN_HAS_RECIP 2u
#define AN_HAS_RING 4u
#define AN_HAS_SUMS 8u
#define AN_HAS_AHEAD 16u
#define AN_HAS_SPLIT 32u
#define AN_HAS_BESIDE 64u
#define AN_HAS_FOLLOW 128u
#define AN_HAS_CLOSED 4096u
#define AN_HAS_PASS 8192u
#define AN_HAS_TAKE 16384u
#define AN_HAS_GIVE 32768u

/* instruction layouts */
#define AN_LAYOUT_NONE 0
#define AN_LAYOUT_VEC 1
#define AN_LAYOUT_LOOP 2
#define AN_LAYOUT_END 3
#define AN_LAYOUT_POP 4
#define AN_LAYOUT_RING 5
#define AN_LAYOUT_PRJ 6
#define AN_LAYOUT_KEY 7
#define AN_LAYOUT_PAR 8
#define AN_LAYOUT_ROW 9
#define AN_LAYOUT_LAN 10
#define AN_LAYOUT_SWP 11

/* instruction fields: AN_F_<layout>_<field>_MSB, _LSB, _W */
#define AN_F_OP_MSB 63
#define AN_F_OP_LSB 59
#define AN_F_OP_W 5
#define AN_F_VEC_D_MSB 58
#define AN_F_VEC_D_LSB 48
#define AN_F_VEC_D_W 11
#define AN_F_VEC_A_MSB 47
#define AN_F_VEC_A_LSB 37
#define AN_F_VEC_A_W 11
#define AN_F_VEC_B_MSB 36
#define AN_F_VEC_B_LSB 26
#define AN_F_VEC_B_W 11
#define AN_F_VEC_C_MSB 25
#define AN_F_VEC_C_LSB 15
#define AN_F_VEC_C_W 11
#define AN_F_VEC_SH_MSB 14
#define AN_F_VEC_SH_LSB 10
#define AN_F_VEC_SH_W 5
#define AN_F_VEC_DSP_MSB 9
#define AN_F_VEC_DSP_LSB 8
#define AN_F_VEC_DSP_W 2
#define AN_F_VEC_ASP_MSB 7
#define AN_F_VEC_ASP_LSB 6
#define AN_F_VEC_ASP_W 2
#define AN_F_VEC_BSP_MSB 5
#define AN_F_VEC_BSP_LSB 4
#define AN_F_VEC_BSP_W 2
#define AN_F_VEC_CSP_MSB 3
#define AN_F_VEC_CSP_LSB 3
#define AN_F_VEC_CSP_W 1
#define AN_F_VEC_NEG_MSB 2
#define AN_F_VEC_NEG_LSB 2
#define AN_F_VEC_NEG_W 1
#define AN_F_VEC_POST_MSB 1
#define AN_F_VEC_POST_LSB 0
#define AN_F_VEC_POST_W 2
#define AN_F_LOOP_FROMK_MSB 58
#define AN_F_LOOP_FROMK_LSB 58
#define AN_F_LOOP_FROMK_W 1
#define AN_F_LOOP_COUNT_MSB 15
#define AN_F_LOOP_COUNT_LSB 0
#define AN_F_LOOP_COUNT_W 16
#define AN_F_END_TARGET_MSB 31
#define AN_F_END_TARGET_LSB 0
#define AN_F_END_TARGET_W 32
#define AN_F_POP_N_MSB 11
#define AN_F_POP_N_LSB 0
#define AN_F_POP_N_W 12
#define AN_F_RING_ROT_MSB 58
#define AN_F_RING_ROT_LSB 58
#define AN_F_RING_ROT_W 1
#define AN_F_RING_MEM_MSB 57
#define AN_F_RING_MEM_LSB 57
#define AN_F_RING_MEM_W 1
#define AN_F_RING_BASE_MSB 47
#define AN_F_RING_BASE_LSB 37
#define AN_F_RING_BASE_W 11
#define AN_F_RING_SIZE_MSB 36
#define AN_F_RING_SIZE_LSB 25
#define AN_F_RING_SIZE_W 12
#define AN_F_RING_STEP_MSB 24
#define AN_F_RING_STEP_LSB 13
#define AN_F_RING_STEP_W 12
#define AN_F_PRJ_WBASE_MSB 58
#define AN_F_PRJ_WBASE_LSB 39
#define AN_F_PRJ_WBASE_W 20
#define AN_F_PRJ_ROWS_MSB 38
#define AN_F_PRJ_ROWS_LSB 27
#define AN_F_PRJ_ROWS_W 12
#define AN_F_PRJ_COLS_MSB 26
#define AN_F_PRJ_COLS_LSB 15
#define AN_F_PRJ_COLS_W 12
#define AN_F_PRJ_STRIDE_MSB 14
#define AN_F_PRJ_STRIDE_LSB 1
#define AN_F_PRJ_STRIDE_W 14
#define AN_F_PRJ_PAIR_MSB 0
#define AN_F_PRJ_PAIR_LSB 0
#define AN_F_PRJ_PAIR_W 1
#define AN_F_KEY_BLOCK_MSB 37
#define AN_F_KEY_BLOCK_LSB 32
#define AN_F_KEY_BLOCK_W 6
#define AN_F_KEY_KEY_MSB 31
#define AN_F_KEY_KEY_LSB 0
#define AN_F_KEY_KEY_W 32
#define AN_F_PAR_BETA_MSB 58
#define AN_F_PAR_BETA_LSB 51
#define AN_F_PAR_BETA_W 8
#define AN_F_PAR_KAPPA_MSB 50
#define AN_F_PAR_KAPPA_LSB 43
#define AN_F_PAR_KAPPA_W 8
#define AN_F_PAR_MU_MSB 42
#define AN_F_PAR_MU_LSB 35
#define AN_F_PAR_MU_W 8
#define AN_F_PAR_BSH_MSB 34
#define AN_F_PAR_BSH_LSB 33
#define AN_F_PAR_BSH_W 2
#define AN_F_PAR_KSH_MSB 32
#define AN_F_PAR_KSH_LSB 31
#define AN_F_PAR_KSH_W 2
#define AN_F_PAR_WSH_MSB 30
#define AN_F_PAR_WSH_LSB 26
#define AN_F_PAR_WSH_W 5
#define AN_F_ROW_X_MSB 58
#define AN_F_ROW_X_LSB 48
#define AN_F_ROW_X_W 11
#define AN_F_ROW_X2_MSB 47
#define AN_F_ROW_X2_LSB 37
#define AN_F_ROW_X2_W 11
#define AN_F_ROW_G_MSB 36
#define AN_F_ROW_G_LSB 26
#define AN_F_ROW_G_W 11
#define AN_F_ROW_GINIT_MSB 25
#define AN_F_ROW_GINIT_LSB 15
#define AN_F_ROW_GINIT_W 11
#define AN_F_ROW_GMODE_MSB 1
#define AN_F_ROW_GMODE_LSB 0
#define AN_F_ROW_GMODE_W 2
#define AN_F_LAN_Y_MSB 58
#define AN_F_LAN_Y_LSB 48
#define AN_F_LAN_Y_W 11
#define AN_F_LAN_Y2_MSB 47
#define AN_F_LAN_Y2_LSB 37
#define AN_F_LAN_Y2_W 11
#define AN_F_LAN_ACC_MSB 36
#define AN_F_LAN_ACC_LSB 26
#define AN_F_LAN_ACC_W 11
#define AN_F_LAN_AINIT_MSB 25
#define AN_F_LAN_AINIT_LSB 15
#define AN_F_LAN_AINIT_W 11
#define AN_F_LAN_AMODE_MSB 1
#define AN_F_LAN_AMODE_LSB 0
#define AN_F_LAN_AMODE_W 2
#define AN_F_SWP_SCATTER_MSB 58
#define AN_F_SWP_SCATTER_LSB 58
#define AN_F_SWP_SCATTER_W 1
#define AN_F_SWP_GATHER_MSB 57
#define AN_F_SWP_GATHER_LSB 57
#define AN_F_SWP_GATHER_W 1
#define AN_F_SWP_LEARN_MSB 56
#define AN_F_SWP_LEARN_LSB 56
#define AN_F_SWP_LEARN_W 1
#define AN_F_SWP_OVERV_MSB 55
#define AN_F_SWP_OVERV_LSB 55
#define AN_F_SWP_OVERV_W 1
#define AN_F_SWP_SKIP_MSB 54
#define AN_F_SWP_SKIP_LSB 54
#define AN_F_SWP_SKIP_W 1
#define AN_F_SWP_WNEW_MSB 53
#define AN_F_SWP_WNEW_LSB 53
#define AN_F_SWP_WNEW_W 1
#define AN_F_SWP_LSH_MSB 52
#define AN_F_SWP_LSH_LSB 48
#define AN_F_SWP_LSH_W 5
#define AN_F_SWP_RAW_MSB 47
#define AN_F_SWP_RAW_LSB 47
#define AN_F_SWP_RAW_W 1

/* opcodes */
#define AN_OP_HALT 0 /* stop; STATUS.state = halted */
#define AN_OP_TICK 1 /* end of a tick: tick + 1 */
#define AN_OP_LOOP 2 /* open a loop of count turns; four deep */
#define AN_OP_END 3 /* close the innermost loop */
#define AN_OP_POP 4 /* set the length of the vectors that follow */
#define AN_OP_RING 5 /* set or rotate the delay window of S or R */
#define AN_OP_PRJ 6 /* projection: place and shape */
#define AN_OP_KEY 7 /* projection: rounding key */
#define AN_OP_PAR 8 /* projection: constants of a pair sweep */
#define AN_OP_ROW 9 /* projection: row side operands */
#define AN_OP_LAN 10 /* projection: lane side operands */
#define AN_OP_SWP 11 /* sweep the projection set by the five words before */
#define AN_OP_IN 12 /* d = n elements of the input stream */
#define AN_OP_OUT 13 /* n elements of a to the output stream */
#define AN_OP_ADD 14 /* d = sat(A + B), neg: sat(A - B) */
#define AN_OP_MIN 15 /* d = min(A, B) */
#define AN_OP_MAX 16 /* d = max(A, B) */
#define AN_OP_SEL 17 /* d = A >= 0 ? B : C */
#define AN_OP_MUL 18 /* d = sat(+-A * B16 * 2^-sh) */
#define AN_OP_MAC 19 /* d = sat(C +- A * B16 * 2^-sh) */
#define AN_OP_LEAK 20 /* d = sat(C +- sat(A - C) * B16 * 2^-sh): the leaky integrator */
#define AN_OP_TAB 21 /* d = table b of A, interpolated; half domain 2^sh */
#define AN_OP_RECIP 22 /* d = 1/A * 2^-sh */
#define AN_OP_SQRT 23 /* d = sqrt(A), 0 for A < 0 */
#define AN_OP_SUM 24 /* scalar d = sat(sum of A * 2^-sh) */
#define AN_OP_DOT 25 /* scalar d = sat(sum of A16 * B16 * 2^-sh) */
#define AN_OP_AMAX 26 /* scalar d = max of A, neg: its first index */
#define AN_OP_PASS 27 /* from now on n elements of neighbour port b go to the other neighbour by themselves */
#define AN_OP_TAKE 28 /* from now on n elements of neighbour port b go to d by themselves, beside other work */
#define AN_OP_GIVE 29 /* the next n elements that are computed to d go to neighbour port b too, as they are written */

/* spaces */
#define AN_SPC_S 0
#define AN_SPC_R 1
#define AN_SPC_K 2
#define AN_SPC_SR 3

/* source spaces */
#define AN_SRC_S 0
#define AN_SRC_R 1
#define AN_SRC_K 2
#define AN_SRC_Z 3

/* posts */
#define AN_POST_NONE 0
#define AN_POST_UNIT 1
#define AN_POST_SYM 2
#define AN_POST_POS 3

/* init modes */
#define AN_INIT_ZERO 0
#define AN_INIT_SELF 1
#define AN_INIT_FROM 2

/* stream ports */
#define AN_PORT_HOST 0
#define AN_PORT_UP 1
#define AN_PORT_DOWN 2

/* states */
#define AN_ST_IDLE 0
#define AN_ST_RUNNING 1
#define AN_ST_HALTED 2
#define AN_ST_STOPPED 3
#define AN_ST_FAULT 4

/* stalls */
#define AN_STALL_NONE 0
#define AN_STALL_INPUT 1
#define AN_STALL_OUTPUT 2
#define AN_STALL_RECV_UP 3
#define AN_STALL_RECV_DOWN 4
#define AN_STALL_SEND_UP 5
#define AN_STALL_SEND_DOWN 6

/* link status */
#define AN_LINKST_OK 0
#define AN_LINKST_REFUSED 1
#define AN_LINKST_BAD_OP 2
#define AN_LINKST_TOO_LONG 3

/* bus spaces */
#define AN_BUS_REGS 0 /* registers */
#define AN_BUS_PROGRAM 1 /* index = 2*pc + half (0: bits 31..0) */
#define AN_BUS_SCALAR 2 /* K, s32f24 */
#define AN_BUS_TABLE 3 /* index = 256*table + point, s16f12 sign-extended */
#define AN_BUS_RATE 4 /* index = block*lanes + lane, s16f12 sign-extended */
#define AN_BUS_STATE 5 /* index = block*lanes + lane, s32f24 */
#define AN_BUS_SYNAPSE 6 /* index = block*lanes + lane, s16 sign-extended */
#define AN_BUS_RANGE 7 /* index = 2*pc: first tick; 2*pc+1: bit 31 operand clipped, bits 14..0 count */

/* link ops */
#define AN_LINK_NOP 0 /* answers status ok */
#define AN_LINK_WRITE32 1 /* count words of 32 bits to addr, addr+1, ... */
#define AN_LINK_WRITE16 2 /* count words of 16 bits, sign-extended, to addr, addr+1, ... */
#define AN_LINK_READ32 3 /* count words of 32 bits */
#define AN_LINK_READ16 4 /* count words, bits 15..0 of each */
#define AN_LINK_PUSH 5 /* count words of 16 bits to the input stream; the answer's count is how many were taken */
#define AN_LINK_POP 6 /* up to count words of 32 bits from the output stream; the answer's count is how many came */

/* records */
#define AN_REC_T 0 /* tick: value = the tick number that ended */
#define AN_REC_I 1 /* input word taken: value; lane: of a neighbour's step the word */
#define AN_REC_O 2 /* output word given: value */
#define AN_REC_N 3 /* word given to a neighbour: addr = port, value; lane: of a step the word */
#define AN_REC_K 4 /* scalar write: addr, value */
#define AN_REC_R 5 /* rate write: lane, addr, value */
#define AN_REC_S 6 /* state write: lane, addr, value */
#define AN_REC_W 7 /* synapse write: lane, addr, value */
#define AN_REC_H 8 /* halt: addr = pc */

/* rounding bits */
#define AN_ROW_AT 0x00000000u
#define AN_BLOCK_AT 0x0000000Bu
#define AN_ROUNDS 0x00000004u
#define AN_ROTR_A 0x00000015u
#define AN_ROTR_B 0x0000000Au
#define AN_SHIFT 0x00000006u
#define AN_SECOND_XOR 0xA5A5F00Du
#define AN_BLOCK_COLUMNS 32

/* clocks (docs/machine.md, Time) */
#define AN_T_START 1 /* from START to the first instruction */
#define AN_T_END_TAKEN 1
#define AN_T_AHEAD 1 /* what a core with `ahead` takes more: see docs/machine.md "Time" */
#define AN_T_LOOP_K 2 /* LOOP with the count in a scalar */
#define AN_T_VEC_LATENCY 9 /* last read of a step to its write */
#define AN_T_FOLLOW_STEPS 8 /* steps of a vector instruction that another one may follow */
#define AN_T_TAB_PERIOD 4 /* TAB: from element to element */
#define AN_T_TAB_LATENCY 16 /* read of an element to its write */
#define AN_T_REDUCE_LATENCY 10 /* SUM DOT AMAX: last read to the scalar write */
#define AN_T_IN_LATENCY 2 /* IN: an element, or a neighbour's step, taken to its write */
#define AN_T_OUT_LATENCY 4 /* OUT: read of an element, or of a step for a neighbour, to the clock in which it is given */
#define AN_T_PASS 3 /* PASS, TAKE and GIVE, whatever goes by itself then */
#define AN_T_TAKE_PERIOD 3 /* TAKE to S: from step to step */
#define AN_T_TAKE_LATENCY 2 /* TAKE: its last step taken to the first clock of what had to wait for it */
#define AN_T_LINK 1 /* a step given to a neighbour to the clock in which it can be taken; */
#define AN_T_LINK_DEEP 2 /* the same where more than two fit between */
#define AN_T_BITS_LATENCY 7 /* RECIP SQRT: read of an element to its write, the steps left out */
#define AN_T_HEADER 2 /* slots before the rows of a group */
#define AN_T_HEADER_SKIP 4 /* the same with zero-skip */
#define AN_T_HEADER_AHEAD 4 /* the same in a core with `ahead` */
#define AN_T_MIN_ROW 4 /* slots of the shortest row */
#define AN_T_MIN_BLOCK 4 /* slots of the last block of a row that learns */
#define AN_T_MIN_BLOCK_PAIR 6 /* the same of a pair */
#define AN_T_X_SCATTER 4 /* slot to accumulator write */
#define AN_T_X_WEIGHT 5 /* slot to weight write, plain learn */
#define AN_T_X_V 8 /* slot of w to write of v, pair learn */
#define AN_T_X_W 13 /* slot of w to write of w, pair learn */
#define AN_T_X_GATHER 4 /* first slot after a group to the write of its gathered sums */
#define AN_T_DRAIN 6 /* last slot to the next instruction */
#define AN_T_DRAIN_PAIR 12

/* sizes */
#define AN_LOOP_DEPTH 4
#define AN_TABLES 4
#define AN_TABLE_POINTS 256
#define AN_RANGE_COUNT_BITS 15
#define AN_LOW_BITS 10

/* registers of the chip: index on the bus */
#define AN_REG_CHIP_MAGIC 0 /* ro: 0x414E5449, "ANTI" */
#define AN_REG_CHIP_VERSION 1 /* ro: 0x00MMmmpp */
#define AN_REG_CHIP_SPEC_HASH 2 /* ro: first 32 bits of the SHA-256 of rtl/spec/antinode.toml */
#define AN_REG_CHIP_SHAPE 3 /* ro: cores << 16 | lanes */
#define AN_REG_CHIP_SYN_WORDS 4 /* ro: synapse words of one core */
#define AN_REG_CHIP_STATE_WORDS 5 /* ro: state words of one core */
#define AN_REG_CHIP_RATE_WORDS 6 /* ro: rate words of one core */
#define AN_REG_CHIP_PROG_WORDS 7 /* ro: instructions of one core */
#define AN_REG_CHIP_SCALARS 8 /* ro: scalars of one core */
#define AN_REG_CHIP_FIFO_WORDS 9 /* ro: input depth << 16 | output depth */
#define AN_REG_CHIP_FEATURES 11 /* ro: bit 0 pairs, 1 recip, 2 ring, 3 sums, 4 ahead, 5 split, 6 beside, 7 follow; 11..8 vector units, 12 closed, 13 pass, 14 take, 15 give, 31..16 steps between neighbours */
#define AN_REG_CHIP_CLOCK_HZ 10 /* ro: clock of this build, 0 in simulation */
#define AN_REG_CHIP_IN_PUSH 16 /* wo: input stream, s16f12 in bits 15..0; a write without room is refused */
#define AN_REG_CHIP_OUT_POP 17 /* ro: output stream; a read of an empty one is refused */
#define AN_REG_CHIP_IN_LEVEL 18 /* ro: words waiting in the input stream */
#define AN_REG_CHIP_OUT_LEVEL 19 /* ro: words waiting in the output stream */
#define AN_REG_CHIP_IN_CORE 20 /* rw: core that the input stream enters */
#define AN_REG_CHIP_OUT_CORE 21 /* rw: core that the output stream leaves */

/* registers of the core: index on the bus */
#define AN_REG_CORE_CTRL 0 /* wo: bit 0 start at ENTRY; bit 1 stop (at the next instruction); bit 2 clear counters; bit 3 clear range records */
#define AN_REG_CORE_STATUS 1 /* ro: bits 3..0 state; 7..4 stall cause; 31..16 pc */
#define AN_REG_CORE_ENTRY 3 /* rw: pc of the first instruction */
#define AN_REG_CORE_TICK 4 /* rw: tick number */
#define AN_REG_CORE_CLOCKS 5 /* ro: clocks run, waiting for streams left out; counters go around */
#define AN_REG_CORE_VISITS 6 /* ro: synapse words read */
#define AN_REG_CORE_STALLS 7 /* ro: clocks waited for streams and neighbours */

/* link */
#define AN_LINK_MAX_PAYLOAD 240
#define AN_LINK_CRC_POLY 0xEDB88320u

/* One configuration of the chip. Words are of one core, over all its lanes; lanes divide them. */
typedef struct an_config {
    char name[32];
    uint32_t cores, lanes, syn_words, state_words, rate_words, prog_words, scalars, in_words, out_words, link_steps, clock_hz;
    uint32_t vector_units; /* lanes a vector instruction takes at once, a divisor of lanes; 0 = lanes */
    bool banked;
    bool pairs, recip, ring, sums; /* features: pair synapses; RECIP and SQRT; RING; SUM and DOT */
    bool ahead; /* the program is read an instruction ahead */
    bool split; /* feature: SWP's raw, KEY's block; else ignored */
    bool beside; /* a vector step reads an S and an R word in one clock, and equal operands once */
    bool follow; /* a vector instruction begins while the one before it still computes */
    bool closed; /* the chain of cores is a ring: the last one's upper neighbour is core 0 */
    bool pass; /* feature: PASS */
    bool take; /* feature: TAKE */
    bool give; /* feature: GIVE */
} an_config_t;
extern const an_config_t an_configs[];
extern const size_t an_n_configs;

typedef struct an_feature_info {
    const char *name;
    uint32_t bit; /* AN_HAS_x */
} an_feature_info_t;
extern const an_feature_info_t an_features[];
extern const size_t an_n_features;
/* What a configuration has, as bits of the register FEATURES, and back. */
uint32_t an_features_of(const an_config_t *cfg);
void an_features_set(an_config_t *cfg, uint32_t bits);

typedef struct an_op_info {
    const char *name;
    uint8_t code, layout; /* layout: AN_LAYOUT_x */
    const char *doc;
} an_op_info_t;
extern const an_op_info_t an_ops[]; /* by code */
extern const size_t an_n_ops;

typedef struct an_field_info {
    uint8_t layout;
    const char *name;
    uint8_t msb, lsb;
} an_field_info_t;
extern const an_field_info_t an_fields[]; /* by layout, the opcode left out */
extern const size_t an_n_fields;

typedef struct an_reg_info {
    const char *name;
    uint32_t index;
    bool core;            /* register of a core, else of the chip */
    bool readable, writable;
    const char *doc;
} an_reg_info_t;
extern const an_reg_info_t an_regs[];
extern const size_t an_n_regs;

/* Names of codes; NULL where there is none of that number. Static. */
const char *an_state_name(uint32_t state);
const char *an_stall_name(uint32_t stall);
const char *an_record_name(uint32_t kind);

/* Field [msb:lsb] of an instruction word. put ignores bits of value that do not fit. */
static inline uint32_t an_field_get(uint64_t word, unsigned msb, unsigned lsb) {
    return (uint32_t)((word >> lsb) & ((1ull << (msb - lsb + 1u)) - 1u));
}
static inline int32_t an_field_get_signed(uint64_t word, unsigned msb, unsigned lsb) {
    const int64_t half = (int64_t)1 << (msb - lsb);
    return (int32_t)(((int64_t)an_field_get(word, msb, lsb) ^ half) - half);
}
static inline uint64_t an_field_put(uint64_t word, unsigned msb, unsigned lsb, uint32_t value) {
    const uint64_t mask = ((1ull << (msb - lsb + 1u)) - 1u) << lsb;
    return (word & ~mask) | (((uint64_t)value << lsb) & mask);
}
/* The same by name: AN_GET(word, VEC_D), AN_PUT(word, OP, AN_OP_ADD) */
#define AN_GET(word, field) an_field_get((word), AN_F_##field##_MSB, AN_F_##field##_LSB)
#define AN_GET_SIGNED(word, field) an_field_get_signed((word), AN_F_##field##_MSB, AN_F_##field##_LSB)
#define AN_PUT(word, field, value) an_field_put((word), AN_F_##field##_MSB, AN_F_##field##_LSB, (uint32_t)(value))

/* Bus address of a register of the chip, and of word `index` of space AN_BUS_x of core `core`. */
static inline uint32_t an_addr_chip(uint32_t reg) { return reg; }
static inline uint32_t an_addr_core(uint32_t core, uint32_t space, uint32_t index) {
    return ((core + 1u) << 24) | (space << 20) | index;
}

#endif
