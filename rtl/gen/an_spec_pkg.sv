// SPDX-License-Identifier: Apache-2.0
// Generated from rtl/spec/antinode.toml by rtl/spec/gen.py. Do not edit; run: make gen
`default_nettype none
/* verilator lint_off UNUSEDPARAM */
package an_spec_pkg;
  // identity
  localparam logic [31:0] MAGIC = 32'h414E5449;
  localparam logic [31:0] VERSION = 32'h00000100;
  localparam logic [31:0] SPEC_HASH = 32'h8157C942;

  // number formats: W_x bits, F_x of them fractional
  localparam int W_RATE = 16; // rates, errors, inputs, weights, table values: whatever enters a multiplier
  localparam int F_RATE = 12;
  localparam int W_STATE = 32; // membrane potentials, costates, accumulators, scalars
  localparam int F_STATE = 24;
  localparam int W_GATHER = 48; // a gathered sum, kept without loss until its row ends
  localparam int F_GATHER = 24;
  localparam int W_WIDE = 50; // a product or sum of products before it is narrowed
  localparam int F_WIDE = 36;

  // instruction fields: F_<layout>_<field>_MSB, _LSB, _W
  localparam int F_OP_MSB = 63;
  localparam int F_OP_LSB = 59;
  localparam int F_OP_W = 5;
  localparam int F_VEC_D_MSB = 58;
  localparam int F_VEC_D_LSB = 48;
  localparam int F_VEC_D_W = 11;
  localparam int F_VEC_A_MSB = 47;
  localparam int F_VEC_A_LSB = 37;
  localparam int F_VEC_A_W = 11;
  localparam int F_VEC_B_MSB = 36;
  localparam int F_VEC_B_LSB = 26;
  localparam int F_VEC_B_W = 11;
  localparam int F_VEC_C_MSB = 25;
  localparam int F_VEC_C_LSB = 15;
  localparam int F_VEC_C_W = 11;
  localparam int F_VEC_SH_MSB = 14;
  localparam int F_VEC_SH_LSB = 10;
  localparam int F_VEC_SH_W = 5;
  localparam int F_VEC_DSP_MSB = 9;
  localparam int F_VEC_DSP_LSB = 8;
  localparam int F_VEC_DSP_W = 2;
  localparam int F_VEC_ASP_MSB = 7;
  localparam int F_VEC_ASP_LSB = 6;
  localparam int F_VEC_ASP_W = 2;
  localparam int F_VEC_BSP_MSB = 5;
  localparam int F_VEC_BSP_LSB = 4;
  localparam int F_VEC_BSP_W = 2;
  localparam int F_VEC_CSP_MSB = 3;
  localparam int F_VEC_CSP_LSB = 3;
  localparam int F_VEC_CSP_W = 1;
  localparam int F_VEC_NEG_MSB = 2;
  localparam int F_VEC_NEG_LSB = 2;
  localparam int F_VEC_NEG_W = 1;
  localparam int F_VEC_POST_MSB = 1;
  localparam int F_VEC_POST_LSB = 0;
  localparam int F_VEC_POST_W = 2;
  localparam int F_LOOP_FROMK_MSB = 58;
  localparam int F_LOOP_FROMK_LSB = 58;
  localparam int F_LOOP_FROMK_W = 1;
  localparam int F_LOOP_COUNT_MSB = 15;
  localparam int F_LOOP_COUNT_LSB = 0;
  localparam int F_LOOP_COUNT_W = 16;
  localparam int F_END_TARGET_MSB = 31;
  localparam int F_END_TARGET_LSB = 0;
  localparam int F_END_TARGET_W = 32;
  localparam int F_POP_N_MSB = 11;
  localparam int F_POP_N_LSB = 0;
  localparam int F_POP_N_W = 12;
  localparam int F_RING_ROT_MSB = 58;
  localparam int F_RING_ROT_LSB = 58;
  localparam int F_RING_ROT_W = 1;
  localparam int F_RING_MEM_MSB = 57;
  localparam int F_RING_MEM_LSB = 57;
  localparam int F_RING_MEM_W = 1;
  localparam int F_RING_BASE_MSB = 47;
  localparam int F_RING_BASE_LSB = 37;
  localparam int F_RING_BASE_W = 11;
  localparam int F_RING_SIZE_MSB = 36;
  localparam int F_RING_SIZE_LSB = 25;
  localparam int F_RING_SIZE_W = 12;
  localparam int F_RING_STEP_MSB = 24;
  localparam int F_RING_STEP_LSB = 13;
  localparam int F_RING_STEP_W = 12;
  localparam int F_PRJ_WBASE_MSB = 58;
  localparam int F_PRJ_WBASE_LSB = 39;
  localparam int F_PRJ_WBASE_W = 20;
  localparam int F_PRJ_ROWS_MSB = 38;
  localparam int F_PRJ_ROWS_LSB = 27;
  localparam int F_PRJ_ROWS_W = 12;
  localparam int F_PRJ_COLS_MSB = 26;
  localparam int F_PRJ_COLS_LSB = 15;
  localparam int F_PRJ_COLS_W = 12;
  localparam int F_PRJ_STRIDE_MSB = 14;
  localparam int F_PRJ_STRIDE_LSB = 1;
  localparam int F_PRJ_STRIDE_W = 14;
  localparam int F_PRJ_PAIR_MSB = 0;
  localparam int F_PRJ_PAIR_LSB = 0;
  localparam int F_PRJ_PAIR_W = 1;
  localparam int F_KEY_BLOCK_MSB = 37;
  localparam int F_KEY_BLOCK_LSB = 32;
  localparam int F_KEY_BLOCK_W = 6;
  localparam int F_KEY_KEY_MSB = 31;
  localparam int F_KEY_KEY_LSB = 0;
  localparam int F_KEY_KEY_W = 32;
  localparam int F_PAR_BETA_MSB = 58;
  localparam int F_PAR_BETA_LSB = 51;
  localparam int F_PAR_BETA_W = 8;
  localparam int F_PAR_KAPPA_MSB = 50;
  localparam int F_PAR_KAPPA_LSB = 43;
  localparam int F_PAR_KAPPA_W = 8;
  localparam int F_PAR_MU_MSB = 42;
  localparam int F_PAR_MU_LSB = 35;
  localparam int F_PAR_MU_W = 8;
  localparam int F_PAR_BSH_MSB = 34;
  localparam int F_PAR_BSH_LSB = 33;
  localparam int F_PAR_BSH_W = 2;
  localparam int F_PAR_KSH_MSB = 32;
  localparam int F_PAR_KSH_LSB = 31;
  localparam int F_PAR_KSH_W = 2;
  localparam int F_PAR_WSH_MSB = 30;
  localparam int F_PAR_WSH_LSB = 26;
  localparam int F_PAR_WSH_W = 5;
  localparam int F_ROW_X_MSB = 58;
  localparam int F_ROW_X_LSB = 48;
  localparam int F_ROW_X_W = 11;
  localparam int F_ROW_X2_MSB = 47;
  localparam int F_ROW_X2_LSB = 37;
  localparam int F_ROW_X2_W = 11;
  localparam int F_ROW_G_MSB = 36;
  localparam int F_ROW_G_LSB = 26;
  localparam int F_ROW_G_W = 11;
  localparam int F_ROW_GINIT_MSB = 25;
  localparam int F_ROW_GINIT_LSB = 15;
  localparam int F_ROW_GINIT_W = 11;
  localparam int F_ROW_GMODE_MSB = 1;
  localparam int F_ROW_GMODE_LSB = 0;
  localparam int F_ROW_GMODE_W = 2;
  localparam int F_LAN_Y_MSB = 58;
  localparam int F_LAN_Y_LSB = 48;
  localparam int F_LAN_Y_W = 11;
  localparam int F_LAN_Y2_MSB = 47;
  localparam int F_LAN_Y2_LSB = 37;
  localparam int F_LAN_Y2_W = 11;
  localparam int F_LAN_ACC_MSB = 36;
  localparam int F_LAN_ACC_LSB = 26;
  localparam int F_LAN_ACC_W = 11;
  localparam int F_LAN_AINIT_MSB = 25;
  localparam int F_LAN_AINIT_LSB = 15;
  localparam int F_LAN_AINIT_W = 11;
  localparam int F_LAN_AMODE_MSB = 1;
  localparam int F_LAN_AMODE_LSB = 0;
  localparam int F_LAN_AMODE_W = 2;
  localparam int F_SWP_SCATTER_MSB = 58;
  localparam int F_SWP_SCATTER_LSB = 58;
  localparam int F_SWP_SCATTER_W = 1;
  localparam int F_SWP_GATHER_MSB = 57;
  localparam int F_SWP_GATHER_LSB = 57;
  localparam int F_SWP_GATHER_W = 1;
  localparam int F_SWP_LEARN_MSB = 56;
  localparam int F_SWP_LEARN_LSB = 56;
  localparam int F_SWP_LEARN_W = 1;
  localparam int F_SWP_OVERV_MSB = 55;
  localparam int F_SWP_OVERV_LSB = 55;
  localparam int F_SWP_OVERV_W = 1;
  localparam int F_SWP_SKIP_MSB = 54;
  localparam int F_SWP_SKIP_LSB = 54;
  localparam int F_SWP_SKIP_W = 1;
  localparam int F_SWP_WNEW_MSB = 53;
  localparam int F_SWP_WNEW_LSB = 53;
  localparam int F_SWP_WNEW_W = 1;
  localparam int F_SWP_LSH_MSB = 52;
  localparam int F_SWP_LSH_LSB = 48;
  localparam int F_SWP_LSH_W = 5;
  localparam int F_SWP_RAW_MSB = 47;
  localparam int F_SWP_RAW_LSB = 47;
  localparam int F_SWP_RAW_W = 1;

  // opcodes
  localparam logic [4:0] OP_HALT = 5'd0; // stop; STATUS.state = halted
  localparam logic [4:0] OP_TICK = 5'd1; // end of a tick: tick + 1
  localparam logic [4:0] OP_LOOP = 5'd2; // open a loop of count turns; four deep
  localparam logic [4:0] OP_END = 5'd3; // close the innermost loop
  localparam logic [4:0] OP_POP = 5'd4; // set the length of the vectors that follow
  localparam logic [4:0] OP_RING = 5'd5; // set or rotate the delay window of S or R
  localparam logic [4:0] OP_PRJ = 5'd6; // projection: place and shape
  localparam logic [4:0] OP_KEY = 5'd7; // projection: rounding key
  localparam logic [4:0] OP_PAR = 5'd8; // projection: constants of a pair sweep
  localparam logic [4:0] OP_ROW = 5'd9; // projection: row side operands
  localparam logic [4:0] OP_LAN = 5'd10; // projection: lane side operands
  localparam logic [4:0] OP_SWP = 5'd11; // sweep the projection set by the five words before
  localparam logic [4:0] OP_IN = 5'd12; // d = n elements of the input stream
  localparam logic [4:0] OP_OUT = 5'd13; // n elements of a to the output stream
  localparam logic [4:0] OP_ADD = 5'd14; // d = sat(A + B), neg: sat(A - B)
  localparam logic [4:0] OP_MIN = 5'd15; // d = min(A, B)
  localparam logic [4:0] OP_MAX = 5'd16; // d = max(A, B)
  localparam logic [4:0] OP_SEL = 5'd17; // d = A >= 0 ? B : C
  localparam logic [4:0] OP_MUL = 5'd18; // d = sat(+-A * B16 * 2^-sh)
  localparam logic [4:0] OP_MAC = 5'd19; // d = sat(C +- A * B16 * 2^-sh)
  localparam logic [4:0] OP_LEAK = 5'd20; // d = sat(C +- sat(A - C) * B16 * 2^-sh): the leaky integrator
  localparam logic [4:0] OP_TAB = 5'd21; // d = table b of A, interpolated; half domain 2^sh
  localparam logic [4:0] OP_RECIP = 5'd22; // d = 1/A * 2^-sh
  localparam logic [4:0] OP_SQRT = 5'd23; // d = sqrt(A), 0 for A < 0
  localparam logic [4:0] OP_SUM = 5'd24; // scalar d = sat(sum of A * 2^-sh)
  localparam logic [4:0] OP_DOT = 5'd25; // scalar d = sat(sum of A16 * B16 * 2^-sh)
  localparam logic [4:0] OP_AMAX = 5'd26; // scalar d = max of A, neg: its first index
  localparam logic [4:0] OP_PASS = 5'd27; // from now on n elements of neighbour port b go to the other neighbour by themselves
  localparam logic [4:0] OP_TAKE = 5'd28; // from now on n elements of neighbour port b go to d by themselves, beside other work
  localparam logic [4:0] OP_GIVE = 5'd29; // the next n elements that are computed to d go to neighbour port b too, as they are written

  // spaces
  localparam logic [1:0] SPC_S = 2'd0;
  localparam logic [1:0] SPC_R = 2'd1;
  localparam logic [1:0] SPC_K = 2'd2;
  localparam logic [1:0] SPC_SR = 2'd3;

  // source spaces
  localparam logic [1:0] SRC_S = 2'd0;
  localparam logic [1:0] SRC_R = 2'd1;
  localparam logic [1:0] SRC_K = 2'd2;
  localparam logic [1:0] SRC_Z = 2'd3;

  // posts
  localparam logic [1:0] POST_NONE = 2'd0;
  localparam logic [1:0] POST_UNIT = 2'd1;
  localparam logic [1:0] POST_SYM = 2'd2;
  localparam logic [1:0] POST_POS = 2'd3;

  // init modes
  localparam logic [1:0] INIT_ZERO = 2'd0;
  localparam logic [1:0] INIT_SELF = 2'd1;
  localparam logic [1:0] INIT_FROM = 2'd2;

  // stream ports
  localparam logic [1:0] PORT_HOST = 2'd0;
  localparam logic [1:0] PORT_UP = 2'd1;
  localparam logic [1:0] PORT_DOWN = 2'd2;

  // states
  localparam logic [3:0] ST_IDLE = 4'd0;
  localparam logic [3:0] ST_RUNNING = 4'd1;
  localparam logic [3:0] ST_HALTED = 4'd2;
  localparam logic [3:0] ST_STOPPED = 4'd3;
  localparam logic [3:0] ST_FAULT = 4'd4;

  // stalls
  localparam logic [3:0] STALL_NONE = 4'd0;
  localparam logic [3:0] STALL_INPUT = 4'd1;
  localparam logic [3:0] STALL_OUTPUT = 4'd2;
  localparam logic [3:0] STALL_RECV_UP = 4'd3;
  localparam logic [3:0] STALL_RECV_DOWN = 4'd4;
  localparam logic [3:0] STALL_SEND_UP = 4'd5;
  localparam logic [3:0] STALL_SEND_DOWN = 4'd6;

  // link status
  localparam logic [7:0] LINKST_OK = 8'd0;
  localparam logic [7:0] LINKST_REFUSED = 8'd1;
  localparam logic [7:0] LINKST_BAD_OP = 8'd2;
  localparam logic [7:0] LINKST_TOO_LONG = 8'd3;

  // bus spaces
  localparam logic [3:0] BUS_REGS = 4'd0; // registers
  localparam logic [3:0] BUS_PROGRAM = 4'd1; // index = 2*pc + half (0: bits 31..0)
  localparam logic [3:0] BUS_SCALAR = 4'd2; // K, s32f24
  localparam logic [3:0] BUS_TABLE = 4'd3; // index = 256*table + point, s16f12 sign-extended
  localparam logic [3:0] BUS_RATE = 4'd4; // index = block*lanes + lane, s16f12 sign-extended
  localparam logic [3:0] BUS_STATE = 4'd5; // index = block*lanes + lane, s32f24
  localparam logic [3:0] BUS_SYNAPSE = 4'd6; // index = block*lanes + lane, s16 sign-extended
  localparam logic [3:0] BUS_RANGE = 4'd7; // index = 2*pc: first tick; 2*pc+1: bit 31 operand clipped, bits 14..0 count

  // link ops
  localparam logic [7:0] LINK_NOP = 8'd0; // answers status ok
  localparam logic [7:0] LINK_WRITE32 = 8'd1; // count words of 32 bits to addr, addr+1, ...
  localparam logic [7:0] LINK_WRITE16 = 8'd2; // count words of 16 bits, sign-extended, to addr, addr+1, ...
  localparam logic [7:0] LINK_READ32 = 8'd3; // count words of 32 bits
  localparam logic [7:0] LINK_READ16 = 8'd4; // count words, bits 15..0 of each
  localparam logic [7:0] LINK_PUSH = 8'd5; // count words of 16 bits to the input stream; the answer's count is how many were taken
  localparam logic [7:0] LINK_POP = 8'd6; // up to count words of 32 bits from the output stream; the answer's count is how many came

  // records
  localparam logic [3:0] REC_T = 4'd0; // tick: value = the tick number that ended
  localparam logic [3:0] REC_I = 4'd1; // input word taken: value; lane: of a neighbour's step the word
  localparam logic [3:0] REC_O = 4'd2; // output word given: value
  localparam logic [3:0] REC_N = 4'd3; // word given to a neighbour: addr = port, value; lane: of a step the word
  localparam logic [3:0] REC_K = 4'd4; // scalar write: addr, value
  localparam logic [3:0] REC_R = 4'd5; // rate write: lane, addr, value
  localparam logic [3:0] REC_S = 4'd6; // state write: lane, addr, value
  localparam logic [3:0] REC_W = 4'd7; // synapse write: lane, addr, value
  localparam logic [3:0] REC_H = 4'd8; // halt: addr = pc

  // rounding bits
  localparam logic [31:0] ROW_AT = 32'h00000000;
  localparam logic [31:0] BLOCK_AT = 32'h0000000B;
  localparam logic [31:0] ROUNDS = 32'h00000004;
  localparam logic [31:0] ROTR_A = 32'h00000015;
  localparam logic [31:0] ROTR_B = 32'h0000000A;
  localparam logic [31:0] SHIFT = 32'h00000006;
  localparam logic [31:0] SECOND_XOR = 32'hA5A5F00D;
  localparam int BLOCK_COLUMNS = 32;

  // clocks (docs/machine.md, Time)
  localparam int T_START = 1; // from START to the first instruction
  localparam int T_END_TAKEN = 1;
  localparam int T_AHEAD = 1; // what a core with `ahead` takes more: see docs/machine.md "Time"
  localparam int T_LOOP_K = 2; // LOOP with the count in a scalar
  localparam int T_VEC_LATENCY = 9; // last read of a step to its write
  localparam int T_FOLLOW_STEPS = 8; // steps of a vector instruction that another one may follow
  localparam int T_TAB_PERIOD = 4; // TAB: from element to element
  localparam int T_TAB_LATENCY = 16; // read of an element to its write
  localparam int T_REDUCE_LATENCY = 10; // SUM DOT AMAX: last read to the scalar write
  localparam int T_IN_LATENCY = 2; // IN: an element, or a neighbour's step, taken to its write
  localparam int T_OUT_LATENCY = 4; // OUT: read of an element, or of a step for a neighbour, to the clock in which it is given
  localparam int T_PASS = 3; // PASS, TAKE and GIVE, whatever goes by itself then
  localparam int T_TAKE_PERIOD = 3; // TAKE to S: from step to step
  localparam int T_TAKE_LATENCY = 2; // TAKE: its last step taken to the first clock of what had to wait for it
  localparam int T_LINK = 1; // a step given to a neighbour to the clock in which it can be taken;
  localparam int T_LINK_DEEP = 2; // the same where more than two fit between
  localparam int T_BITS_LATENCY = 7; // RECIP SQRT: read of an element to its write, the steps left out
  localparam int T_HEADER = 2; // slots before the rows of a group
  localparam int T_HEADER_SKIP = 4; // the same with zero-skip
  localparam int T_HEADER_AHEAD = 4; // the same in a core with `ahead`
  localparam int T_MIN_ROW = 4; // slots of the shortest row
  localparam int T_MIN_BLOCK = 4; // slots of the last block of a row that learns
  localparam int T_MIN_BLOCK_PAIR = 6; // the same of a pair
  localparam int T_X_SCATTER = 4; // slot to accumulator write
  localparam int T_X_WEIGHT = 5; // slot to weight write, plain learn
  localparam int T_X_V = 8; // slot of w to write of v, pair learn
  localparam int T_X_W = 13; // slot of w to write of w, pair learn
  localparam int T_X_GATHER = 4; // first slot after a group to the write of its gathered sums
  localparam int T_DRAIN = 6; // last slot to the next instruction
  localparam int T_DRAIN_PAIR = 12;

  // sizes
  localparam int LOOP_DEPTH = 4;
  localparam int TABLES = 4;
  localparam int TABLE_POINTS = 256;
  localparam int RANGE_COUNT_BITS = 15;
  localparam int LOW_BITS = 10;

  // registers of the chip: index on the bus
  localparam logic [19:0] REG_CHIP_MAGIC = 20'd0; // ro
  localparam logic [19:0] REG_CHIP_VERSION = 20'd1; // ro
  localparam logic [19:0] REG_CHIP_SPEC_HASH = 20'd2; // ro
  localparam logic [19:0] REG_CHIP_SHAPE = 20'd3; // ro
  localparam logic [19:0] REG_CHIP_SYN_WORDS = 20'd4; // ro
  localparam logic [19:0] REG_CHIP_STATE_WORDS = 20'd5; // ro
  localparam logic [19:0] REG_CHIP_RATE_WORDS = 20'd6; // ro
  localparam logic [19:0] REG_CHIP_PROG_WORDS = 20'd7; // ro
  localparam logic [19:0] REG_CHIP_SCALARS = 20'd8; // ro
  localparam logic [19:0] REG_CHIP_FIFO_WORDS = 20'd9; // ro
  localparam logic [19:0] REG_CHIP_FEATURES = 20'd11; // ro
  localparam logic [19:0] REG_CHIP_CLOCK_HZ = 20'd10; // ro
  localparam logic [19:0] REG_CHIP_IN_PUSH = 20'd16; // wo
  localparam logic [19:0] REG_CHIP_OUT_POP = 20'd17; // ro
  localparam logic [19:0] REG_CHIP_IN_LEVEL = 20'd18; // ro
  localparam logic [19:0] REG_CHIP_OUT_LEVEL = 20'd19; // ro
  localparam logic [19:0] REG_CHIP_IN_CORE = 20'd20; // rw
  localparam logic [19:0] REG_CHIP_OUT_CORE = 20'd21; // rw

  // registers of the core: index on the bus
  localparam logic [19:0] REG_CORE_CTRL = 20'd0; // wo
  localparam logic [19:0] REG_CORE_STATUS = 20'd1; // ro
  localparam logic [19:0] REG_CORE_ENTRY = 20'd3; // rw
  localparam logic [19:0] REG_CORE_TICK = 20'd4; // rw
  localparam logic [19:0] REG_CORE_CLOCKS = 20'd5; // ro
  localparam logic [19:0] REG_CORE_VISITS = 20'd6; // ro
  localparam logic [19:0] REG_CORE_STALLS = 20'd7; // ro

  // link
  localparam int LINK_MAX_PAYLOAD = 240;
  localparam logic [31:0] LINK_CRC_POLY = 32'hEDB88320;

  // named configurations: CFG_<name>_<key>
  localparam int CFG_TINY_CORES = 1;
  localparam int CFG_TINY_LANES = 1;
  localparam int CFG_TINY_SYN_WORDS = 4096;
  localparam int CFG_TINY_STATE_WORDS = 512;
  localparam int CFG_TINY_RATE_WORDS = 512;
  localparam int CFG_TINY_PROG_WORDS = 256;
  localparam int CFG_TINY_SCALARS = 64;
  localparam int CFG_TINY_IN_WORDS = 16;
  localparam int CFG_TINY_OUT_WORDS = 16;
  localparam int CFG_TINY_LINK_STEPS = 4;
  localparam int CFG_TINY_CLOCK_HZ = 0;
  localparam int CFG_TINY_VECTOR_UNITS = 0;
  localparam bit CFG_TINY_BANKED = 1'b0;
  localparam bit CFG_TINY_PAIRS = 1'b1;
  localparam bit CFG_TINY_RECIP = 1'b1;
  localparam bit CFG_TINY_RING = 1'b1;
  localparam bit CFG_TINY_SUMS = 1'b1;
  localparam bit CFG_TINY_AHEAD = 1'b1;
  localparam bit CFG_TINY_SPLIT = 1'b1;
  localparam bit CFG_TINY_BESIDE = 1'b1;
  localparam bit CFG_TINY_FOLLOW = 1'b1;
  localparam bit CFG_TINY_CLOSED = 1'b1;
  localparam bit CFG_TINY_PASS = 1'b1;
  localparam bit CFG_TINY_TAKE = 1'b1;
  localparam bit CFG_TINY_GIVE = 1'b1;
  localparam int CFG_ICEBREAKER_CORES = 1;
  localparam int CFG_ICEBREAKER_LANES = 2;
  localparam int CFG_ICEBREAKER_SYN_WORDS = 65536;
  localparam int CFG_ICEBREAKER_STATE_WORDS = 1024;
  localparam int CFG_ICEBREAKER_RATE_WORDS = 1024;
  localparam int CFG_ICEBREAKER_PROG_WORDS = 256;
  localparam int CFG_ICEBREAKER_SCALARS = 256;
  localparam int CFG_ICEBREAKER_IN_WORDS = 256;
  localparam int CFG_ICEBREAKER_OUT_WORDS = 256;
  localparam int CFG_ICEBREAKER_LINK_STEPS = 2;
  localparam int CFG_ICEBREAKER_CLOCK_HZ = 24000000;
  localparam int CFG_ICEBREAKER_VECTOR_UNITS = 1;
  localparam bit CFG_ICEBREAKER_BANKED = 1'b1;
  localparam bit CFG_ICEBREAKER_PAIRS = 1'b0;
  localparam bit CFG_ICEBREAKER_RECIP = 1'b0;
  localparam bit CFG_ICEBREAKER_RING = 1'b0;
  localparam bit CFG_ICEBREAKER_SUMS = 1'b0;
  localparam bit CFG_ICEBREAKER_AHEAD = 1'b0;
  localparam bit CFG_ICEBREAKER_SPLIT = 1'b0;
  localparam bit CFG_ICEBREAKER_BESIDE = 1'b0;
  localparam bit CFG_ICEBREAKER_FOLLOW = 1'b0;
  localparam bit CFG_ICEBREAKER_CLOSED = 1'b0;
  localparam bit CFG_ICEBREAKER_PASS = 1'b0;
  localparam bit CFG_ICEBREAKER_TAKE = 1'b0;
  localparam bit CFG_ICEBREAKER_GIVE = 1'b0;
  localparam int CFG_COLORLIGHT_I5_CORES = 1;
  localparam int CFG_COLORLIGHT_I5_LANES = 8;
  localparam int CFG_COLORLIGHT_I5_SYN_WORDS = 32768;
  localparam int CFG_COLORLIGHT_I5_STATE_WORDS = 4096;
  localparam int CFG_COLORLIGHT_I5_RATE_WORDS = 4096;
  localparam int CFG_COLORLIGHT_I5_PROG_WORDS = 512;
  localparam int CFG_COLORLIGHT_I5_SCALARS = 256;
  localparam int CFG_COLORLIGHT_I5_IN_WORDS = 1024;
  localparam int CFG_COLORLIGHT_I5_OUT_WORDS = 512;
  localparam int CFG_COLORLIGHT_I5_LINK_STEPS = 2;
  localparam int CFG_COLORLIGHT_I5_CLOCK_HZ = 80000000;
  localparam int CFG_COLORLIGHT_I5_VECTOR_UNITS = 2;
  localparam bit CFG_COLORLIGHT_I5_BANKED = 1'b0;
  localparam bit CFG_COLORLIGHT_I5_PAIRS = 1'b1;
  localparam bit CFG_COLORLIGHT_I5_RECIP = 1'b1;
  localparam bit CFG_COLORLIGHT_I5_RING = 1'b1;
  localparam bit CFG_COLORLIGHT_I5_SUMS = 1'b1;
  localparam bit CFG_COLORLIGHT_I5_AHEAD = 1'b1;
  localparam bit CFG_COLORLIGHT_I5_SPLIT = 1'b0;
  localparam bit CFG_COLORLIGHT_I5_BESIDE = 1'b1;
  localparam bit CFG_COLORLIGHT_I5_FOLLOW = 1'b0;
  localparam bit CFG_COLORLIGHT_I5_CLOSED = 1'b0;
  localparam bit CFG_COLORLIGHT_I5_PASS = 1'b0;
  localparam bit CFG_COLORLIGHT_I5_TAKE = 1'b0;
  localparam bit CFG_COLORLIGHT_I5_GIVE = 1'b0;
  localparam int CFG_ORANGECRAB_CORES = 1;
  localparam int CFG_ORANGECRAB_LANES = 8;
  localparam int CFG_ORANGECRAB_SYN_WORDS = 32768;
  localparam int CFG_ORANGECRAB_STATE_WORDS = 4096;
  localparam int CFG_ORANGECRAB_RATE_WORDS = 4096;
  localparam int CFG_ORANGECRAB_PROG_WORDS = 512;
  localparam int CFG_ORANGECRAB_SCALARS = 256;
  localparam int CFG_ORANGECRAB_IN_WORDS = 1024;
  localparam int CFG_ORANGECRAB_OUT_WORDS = 512;
  localparam int CFG_ORANGECRAB_LINK_STEPS = 2;
  localparam int CFG_ORANGECRAB_CLOCK_HZ = 80000000;
  localparam int CFG_ORANGECRAB_VECTOR_UNITS = 2;
  localparam bit CFG_ORANGECRAB_BANKED = 1'b0;
  localparam bit CFG_ORANGECRAB_PAIRS = 1'b1;
  localparam bit CFG_ORANGECRAB_RECIP = 1'b1;
  localparam bit CFG_ORANGECRAB_RING = 1'b1;
  localparam bit CFG_ORANGECRAB_SUMS = 1'b1;
  localparam bit CFG_ORANGECRAB_AHEAD = 1'b1;
  localparam bit CFG_ORANGECRAB_SPLIT = 1'b0;
  localparam bit CFG_ORANGECRAB_BESIDE = 1'b1;
  localparam bit CFG_ORANGECRAB_FOLLOW = 1'b0;
  localparam bit CFG_ORANGECRAB_CLOSED = 1'b0;
  localparam bit CFG_ORANGECRAB_PASS = 1'b0;
  localparam bit CFG_ORANGECRAB_TAKE = 1'b0;
  localparam bit CFG_ORANGECRAB_GIVE = 1'b0;
  localparam int CFG_ORANGECRAB_85_CORES = 6;
  localparam int CFG_ORANGECRAB_85_LANES = 8;
  localparam int CFG_ORANGECRAB_85_SYN_WORDS = 16384;
  localparam int CFG_ORANGECRAB_85_STATE_WORDS = 4096;
  localparam int CFG_ORANGECRAB_85_RATE_WORDS = 4096;
  localparam int CFG_ORANGECRAB_85_PROG_WORDS = 256;
  localparam int CFG_ORANGECRAB_85_SCALARS = 256;
  localparam int CFG_ORANGECRAB_85_IN_WORDS = 1024;
  localparam int CFG_ORANGECRAB_85_OUT_WORDS = 512;
  localparam int CFG_ORANGECRAB_85_LINK_STEPS = 16;
  localparam int CFG_ORANGECRAB_85_CLOCK_HZ = 80000000;
  localparam int CFG_ORANGECRAB_85_VECTOR_UNITS = 1;
  localparam bit CFG_ORANGECRAB_85_BANKED = 1'b0;
  localparam bit CFG_ORANGECRAB_85_PAIRS = 1'b0;
  localparam bit CFG_ORANGECRAB_85_RECIP = 1'b1;
  localparam bit CFG_ORANGECRAB_85_RING = 1'b1;
  localparam bit CFG_ORANGECRAB_85_SUMS = 1'b1;
  localparam bit CFG_ORANGECRAB_85_AHEAD = 1'b1;
  localparam bit CFG_ORANGECRAB_85_SPLIT = 1'b1;
  localparam bit CFG_ORANGECRAB_85_BESIDE = 1'b1;
  localparam bit CFG_ORANGECRAB_85_FOLLOW = 1'b0;
  localparam bit CFG_ORANGECRAB_85_CLOSED = 1'b0;
  localparam bit CFG_ORANGECRAB_85_PASS = 1'b1;
  localparam bit CFG_ORANGECRAB_85_TAKE = 1'b0;
  localparam bit CFG_ORANGECRAB_85_GIVE = 1'b0;
  localparam int CFG_ULX3S_CORES = 6;
  localparam int CFG_ULX3S_LANES = 8;
  localparam int CFG_ULX3S_SYN_WORDS = 16384;
  localparam int CFG_ULX3S_STATE_WORDS = 4096;
  localparam int CFG_ULX3S_RATE_WORDS = 4096;
  localparam int CFG_ULX3S_PROG_WORDS = 256;
  localparam int CFG_ULX3S_SCALARS = 256;
  localparam int CFG_ULX3S_IN_WORDS = 1024;
  localparam int CFG_ULX3S_OUT_WORDS = 512;
  localparam int CFG_ULX3S_LINK_STEPS = 16;
  localparam int CFG_ULX3S_CLOCK_HZ = 80000000;
  localparam int CFG_ULX3S_VECTOR_UNITS = 1;
  localparam bit CFG_ULX3S_BANKED = 1'b0;
  localparam bit CFG_ULX3S_PAIRS = 1'b0;
  localparam bit CFG_ULX3S_RECIP = 1'b1;
  localparam bit CFG_ULX3S_RING = 1'b1;
  localparam bit CFG_ULX3S_SUMS = 1'b1;
  localparam bit CFG_ULX3S_AHEAD = 1'b1;
  localparam bit CFG_ULX3S_SPLIT = 1'b1;
  localparam bit CFG_ULX3S_BESIDE = 1'b1;
  localparam bit CFG_ULX3S_FOLLOW = 1'b0;
  localparam bit CFG_ULX3S_CLOSED = 1'b0;
  localparam bit CFG_ULX3S_PASS = 1'b1;
  localparam bit CFG_ULX3S_TAKE = 1'b0;
  localparam bit CFG_ULX3S_GIVE = 1'b0;
  localparam int CFG_BENCH_1X2_CORES = 1;
  localparam int CFG_BENCH_1X2_LANES = 2;
  localparam int CFG_BENCH_1X2_SYN_WORDS = 65536;
  localparam int CFG_BENCH_1X2_STATE_WORDS = 1024;
  localparam int CFG_BENCH_1X2_RATE_WORDS = 1024;
  localparam int CFG_BENCH_1X2_PROG_WORDS = 256;
  localparam int CFG_BENCH_1X2_SCALARS = 256;
  localparam int CFG_BENCH_1X2_IN_WORDS = 256;
  localparam int CFG_BENCH_1X2_OUT_WORDS = 256;
  localparam int CFG_BENCH_1X2_LINK_STEPS = 64;
  localparam int CFG_BENCH_1X2_CLOCK_HZ = 0;
  localparam int CFG_BENCH_1X2_VECTOR_UNITS = 0;
  localparam bit CFG_BENCH_1X2_BANKED = 1'b0;
  localparam bit CFG_BENCH_1X2_PAIRS = 1'b1;
  localparam bit CFG_BENCH_1X2_RECIP = 1'b1;
  localparam bit CFG_BENCH_1X2_RING = 1'b1;
  localparam bit CFG_BENCH_1X2_SUMS = 1'b1;
  localparam bit CFG_BENCH_1X2_AHEAD = 1'b0;
  localparam bit CFG_BENCH_1X2_SPLIT = 1'b1;
  localparam bit CFG_BENCH_1X2_BESIDE = 1'b1;
  localparam bit CFG_BENCH_1X2_FOLLOW = 1'b1;
  localparam bit CFG_BENCH_1X2_CLOSED = 1'b0;
  localparam bit CFG_BENCH_1X2_PASS = 1'b1;
  localparam bit CFG_BENCH_1X2_TAKE = 1'b1;
  localparam bit CFG_BENCH_1X2_GIVE = 1'b1;
  localparam int CFG_BENCH_1X8_CORES = 1;
  localparam int CFG_BENCH_1X8_LANES = 8;
  localparam int CFG_BENCH_1X8_SYN_WORDS = 65536;
  localparam int CFG_BENCH_1X8_STATE_WORDS = 4096;
  localparam int CFG_BENCH_1X8_RATE_WORDS = 4096;
  localparam int CFG_BENCH_1X8_PROG_WORDS = 512;
  localparam int CFG_BENCH_1X8_SCALARS = 256;
  localparam int CFG_BENCH_1X8_IN_WORDS = 1024;
  localparam int CFG_BENCH_1X8_OUT_WORDS = 256;
  localparam int CFG_BENCH_1X8_LINK_STEPS = 64;
  localparam int CFG_BENCH_1X8_CLOCK_HZ = 0;
  localparam int CFG_BENCH_1X8_VECTOR_UNITS = 0;
  localparam bit CFG_BENCH_1X8_BANKED = 1'b0;
  localparam bit CFG_BENCH_1X8_PAIRS = 1'b1;
  localparam bit CFG_BENCH_1X8_RECIP = 1'b1;
  localparam bit CFG_BENCH_1X8_RING = 1'b1;
  localparam bit CFG_BENCH_1X8_SUMS = 1'b1;
  localparam bit CFG_BENCH_1X8_AHEAD = 1'b0;
  localparam bit CFG_BENCH_1X8_SPLIT = 1'b1;
  localparam bit CFG_BENCH_1X8_BESIDE = 1'b1;
  localparam bit CFG_BENCH_1X8_FOLLOW = 1'b1;
  localparam bit CFG_BENCH_1X8_CLOSED = 1'b0;
  localparam bit CFG_BENCH_1X8_PASS = 1'b1;
  localparam bit CFG_BENCH_1X8_TAKE = 1'b1;
  localparam bit CFG_BENCH_1X8_GIVE = 1'b1;
  localparam int CFG_BENCH_4X2_CORES = 4;
  localparam int CFG_BENCH_4X2_LANES = 2;
  localparam int CFG_BENCH_4X2_SYN_WORDS = 65536;
  localparam int CFG_BENCH_4X2_STATE_WORDS = 4096;
  localparam int CFG_BENCH_4X2_RATE_WORDS = 4096;
  localparam int CFG_BENCH_4X2_PROG_WORDS = 512;
  localparam int CFG_BENCH_4X2_SCALARS = 256;
  localparam int CFG_BENCH_4X2_IN_WORDS = 1024;
  localparam int CFG_BENCH_4X2_OUT_WORDS = 256;
  localparam int CFG_BENCH_4X2_LINK_STEPS = 64;
  localparam int CFG_BENCH_4X2_CLOCK_HZ = 0;
  localparam int CFG_BENCH_4X2_VECTOR_UNITS = 0;
  localparam bit CFG_BENCH_4X2_BANKED = 1'b0;
  localparam bit CFG_BENCH_4X2_PAIRS = 1'b1;
  localparam bit CFG_BENCH_4X2_RECIP = 1'b1;
  localparam bit CFG_BENCH_4X2_RING = 1'b1;
  localparam bit CFG_BENCH_4X2_SUMS = 1'b1;
  localparam bit CFG_BENCH_4X2_AHEAD = 1'b0;
  localparam bit CFG_BENCH_4X2_SPLIT = 1'b1;
  localparam bit CFG_BENCH_4X2_BESIDE = 1'b1;
  localparam bit CFG_BENCH_4X2_FOLLOW = 1'b1;
  localparam bit CFG_BENCH_4X2_CLOSED = 1'b0;
  localparam bit CFG_BENCH_4X2_PASS = 1'b1;
  localparam bit CFG_BENCH_4X2_TAKE = 1'b1;
  localparam bit CFG_BENCH_4X2_GIVE = 1'b1;

endpackage
/* verilator lint_on UNUSEDPARAM */
`default_nettype wire
