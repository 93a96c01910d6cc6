// SPDX-License-Identifier: Apache-2.0
// an_seq -- sequencer: fetch, loops, vector length, dispatch (docs/machine.md sections 6 and 7)
// prog_q is the program memory's output, one clock behind prog_addr and fetch. word, the instruction: prog_q itself, or (Ahead) a register
// behind it, and prog_q is the instruction after that. word stands still while an instruction runs. exec: its first clock. advance in its
// last clock: the next word is there in the following one; with Ahead a clock later at a start and after a jump.
// A released instruction is under way until it is done: a word that may not begin meanwhile stands still, first, until then.
// Faults: unknown opcode, one of a feature that is not there, loop too deep, END without LOOP, learn over v. Mirror: sw/model/an_seq.c
`default_nettype none
module an_seq #(
    parameter int ProgBits = 8,
    parameter bit Pairs = 1'b1,
    parameter bit Recip = 1'b1,
    parameter bit Ring = 1'b1,
    parameter bit Sums = 1'b1,
    parameter bit Ahead = 1'b0,
    parameter bit Pass = 1'b0,
    parameter bit Take = 1'b0,
    parameter bit Give = 1'b0,
    parameter bit Follow = 1'b0  // a vector instruction lets go of word before it is done: released, and under way from then on
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic                start,
    input  logic                stop,
    input  logic [ProgBits-1:0] entry,
    output logic [         3:0] state,
    output logic                running,
    output logic [ProgBits-1:0] pc,
    output logic [ProgBits-1:0] prog_addr,
    input  logic [        63:0] prog_q,
    output logic [        63:0] word,
    output logic [        10:0] n_m1,
    output logic                fetch,
    output logic                tick,
    output logic                halt,
    output logic                go_vec,
    output logic                go_sweep,
    output logic                set_ring,
    output logic                set_prj,
    output logic                set_key,
    output logic                set_par,
    output logic                set_row,
    output logic                set_lan,
    output logic                loop_read,
    output logic [         7:0] loop_addr,
    input  logic [        31:0] scalar_q,
    input  logic                unit_done,
    input  logic                release_now, // last clock of word, done comes later
    output logic                under_way,
    output logic [        63:0] seen,        // the next word; without Ahead word itself
    input  logic                seen_follows,// it is a vector instruction that may begin while another one is under way
    input  logic                open,        // since a TAKE nothing had to wait for what comes in; that is
    input  logic                taking,      //   still to come
    input  logic                word_waits,  // a sweep or a vector instruction would have to
    output logic                closes,      // what has to executes,
    output logic                held,        //   or waits
    input  logic                waiting,
    output logic                cancel
);
  localparam int TurnBits = an_spec_pkg::F_LOOP_COUNT_MSB + 1;
  wire [TurnBits-1:0] count = word[an_spec_pkg::F_LOOP_COUNT_MSB:an_spec_pkg::F_LOOP_COUNT_LSB];
  wire from_scalar = word[an_spec_pkg::F_LOOP_FROMK_LSB];
  wire [11:0] pop_n = word[an_spec_pkg::F_POP_N_MSB:an_spec_pkg::F_POP_N_LSB];

  logic fresh_q, first_q, stop_q, counted_q;  // counted: last clock of LOOP from a scalar
  logic [TurnBits-1:0] scalar_count;          // Ahead: in a register, a clock later
  logic [2:0] depth_q;
  logic [TurnBits*an_spec_pkg::LOOP_DEPTH-1:0] turns_q;  // turns to go with this one, the innermost loop lowest; 0 is taken as 1
  wire [TurnBits-1:0] turns = turns_q[TurnBits-1:0];
  wire full = depth_q == 3'(an_spec_pkg::LOOP_DEPTH);
  wire empty = depth_q == '0;

  logic may;  // begins while another one is under way
  logic closing;  // word waits for what is under way, then for what comes in
  wire exec = first_q && !stop_q && (!under_way || (may && !closing)) && !(closing && taking);
  // what an instruction is; Ahead: known from registers beside it
  wire [4:0] op = seen[an_spec_pkg::F_OP_MSB:an_spec_pkg::F_OP_LSB];
  wire [1:0] seen_port = seen[an_spec_pkg::F_VEC_B_LSB+:2];
  typedef struct packed {
    logic vec, sweep, single, loop, close, tick, halt, bad, pop, ring, prj, key, par, row, lan, may;
  } kind_t;
  kind_t seen_kind, kind;
  // of each opcode, in tables: every bit of kind is two of them deep at most, behind the program memory
  localparam logic [31:0] Singles = 32'd1 << an_spec_pkg::OP_TICK | 32'd1 << an_spec_pkg::OP_POP | 32'd1 << an_spec_pkg::OP_KEY |
      32'd1 << an_spec_pkg::OP_ROW | 32'd1 << an_spec_pkg::OP_LAN | 32'(Ring) << an_spec_pkg::OP_RING | 32'(Pairs) << an_spec_pkg::OP_PAR;
  localparam logic [31:0] Optional = 32'(!Recip) << an_spec_pkg::OP_RECIP | 32'(!Recip) << an_spec_pkg::OP_SQRT |
      32'(!Sums) << an_spec_pkg::OP_SUM | 32'(!Sums) << an_spec_pkg::OP_DOT;
  localparam logic [31:0] Vectors = (32'd2 << an_spec_pkg::OP_AMAX) - (32'd1 << an_spec_pkg::OP_IN) & ~Optional;
  localparam logic [31:0] Judged = 32'd1 << an_spec_pkg::OP_PRJ | 32'd1 << an_spec_pkg::OP_SWP | 32'd1 << an_spec_pkg::OP_PASS | 32'(Take) << an_spec_pkg::OP_TAKE |
      32'(Give) << an_spec_pkg::OP_GIVE;  // by other fields
  localparam logic [31:0] Known = Singles | Vectors | Judged | 32'd1 << an_spec_pkg::OP_HALT | 32'd1 << an_spec_pkg::OP_LOOP | 32'd1 << an_spec_pkg::OP_END;
  always_comb begin
    logic prj_bad, swp_bad, by_itself, pass_good, take_good, give_good;
    prj_bad = seen[an_spec_pkg::F_PRJ_PAIR_LSB] && !Pairs;
    swp_bad = seen[an_spec_pkg::F_SWP_LEARN_LSB] && seen[an_spec_pkg::F_SWP_OVERV_LSB];
    by_itself = seen_port == an_spec_pkg::PORT_UP || seen_port == an_spec_pkg::PORT_DOWN;
    pass_good = Pass && by_itself;
    take_good = Take && by_itself && !seen[an_spec_pkg::F_VEC_DSP_MSB];
    give_good = Give && by_itself && !seen[an_spec_pkg::F_VEC_DSP_MSB];
    seen_kind.vec = Vectors[op] || (op == an_spec_pkg::OP_PASS && pass_good) || (op == an_spec_pkg::OP_TAKE && take_good) || (op == an_spec_pkg::OP_GIVE && give_good);
    seen_kind.sweep = op == an_spec_pkg::OP_SWP && !swp_bad;
    seen_kind.single = Singles[op] || (op == an_spec_pkg::OP_PRJ && !prj_bad);
    seen_kind.bad = !Known[op] || (op == an_spec_pkg::OP_PRJ && prj_bad) || (op == an_spec_pkg::OP_SWP && swp_bad) ||
        (op == an_spec_pkg::OP_PASS && !pass_good) || (Take && op == an_spec_pkg::OP_TAKE && !take_good) || (Give && op == an_spec_pkg::OP_GIVE && !give_good);
    seen_kind.loop = op == an_spec_pkg::OP_LOOP;
    seen_kind.close = op == an_spec_pkg::OP_END;
    seen_kind.tick = op == an_spec_pkg::OP_TICK;
    seen_kind.halt = op == an_spec_pkg::OP_HALT;
    seen_kind.pop = op == an_spec_pkg::OP_POP;
    seen_kind.ring = op == an_spec_pkg::OP_RING;
    seen_kind.prj = op == an_spec_pkg::OP_PRJ;
    seen_kind.key = op == an_spec_pkg::OP_KEY;
    seen_kind.par = op == an_spec_pkg::OP_PAR;
    seen_kind.row = op == an_spec_pkg::OP_ROW;
    seen_kind.lan = op == an_spec_pkg::OP_LAN;
    // registers of vectors and sweeps that nothing of what is under way needs any more
    seen_kind.may = seen_follows || (seen_kind.single && !seen_kind.tick && !seen_kind.ring);
  end
  wire is_loop = kind.loop && !full;
  wire is_end = kind.close && !empty;
  wire fault = kind.bad || (kind.loop && full) || (kind.close && empty);
  assign tick = exec && kind.tick;
  assign halt = exec && kind.halt;
  assign go_vec = exec && kind.vec;
  assign go_sweep = exec && kind.sweep;
  assign set_ring = exec && kind.ring;
  assign set_prj = exec && kind.prj;
  assign set_key = exec && kind.key;
  assign set_par = exec && kind.par;
  assign set_row = exec && kind.row;
  assign set_lan = exec && kind.lan;
  assign loop_read = exec && is_loop;
  assign loop_addr = count[7:0];

  wire push = counted_q || (exec && is_loop && !from_scalar);
  logic last_turn;
  wire taken = exec && is_end && !last_turn;
  wire pop = exec && is_end && last_turn;
  wire [TurnBits-1:0] pushed = counted_q ? scalar_count : count;

  if (Follow) begin : g_follow
    always_ff @(posedge clk) under_way <= rst_n && (release_now || (under_way && !unit_done));
    assign may = kind.may;
  end else begin : g_follow
    assign {under_way, may} = '0;
    wire unused_may = kind.may;
  end
  assign closing = Take && open && !(kind.single || is_loop || is_end || ((kind.sweep || kind.vec) && !word_waits));
  assign closes = exec && closing;
  assign held = closing && taking && first_q && !stop_q && !under_way;
  assign running = state == an_spec_pkg::ST_RUNNING;
  assign cancel = running && stop_q && waiting;
  wire advance = (exec && kind.single) || push || taken || pop || (unit_done && !under_way) || release_now;
  wire [ProgBits-1:0] next_pc = taken ? word[an_spec_pkg::F_END_TARGET_LSB+:ProgBits] : pc + 1'b1;
  logic next;  // word is a new instruction in the next clock
  if (Ahead) begin : g_ahead
    logic read_q;    // second clock of LOOP from a scalar
    always_ff @(posedge clk) begin
      read_q <= rst_n && loop_read && from_scalar;
      counted_q <= rst_n && read_q;
      scalar_count <= scalar_q[TurnBits-1:0];
    end
    logic jumped_q;  // prog_q is the word at pc, word an old one
    logic [63:0] word_q;
    assign word = word_q;
    assign seen = prog_q;
    assign next = jumped_q || (advance && !taken);
    assign fetch = fresh_q || jumped_q || advance;
    assign prog_addr = fresh_q ? pc : taken ? next_pc : pc + (jumped_q ? ProgBits'(1) : ProgBits'(2));
    always_ff @(posedge clk) begin
      jumped_q <= rst_n && (fresh_q || taken);
      if (next) {word_q, kind} <= {prog_q, seen_kind};
    end
    logic [an_spec_pkg::LOOP_DEPTH-1:0] last_q;  // of each open loop: this is its last turn
    assign last_turn = last_q[0];
    always_ff @(posedge clk)
      if (push) last_q <= {last_q[an_spec_pkg::LOOP_DEPTH-2:0], pushed[TurnBits-1:1] == '0};
      else if (taken) last_q[0] <= turns[TurnBits-1:2] == '0 && turns[1:0] != 2'd3;
      else if (pop) last_q <= last_q >> 1;
  end else begin : g_ahead
    always_ff @(posedge clk) counted_q <= rst_n && loop_read && from_scalar;
    assign scalar_count = scalar_q[TurnBits-1:0];
    assign word = prog_q;
    assign seen = word;
    assign kind = seen_kind;
    assign last_turn = turns[TurnBits-1:1] == '0;
    assign next = fresh_q || advance;
    assign fetch = next;
    assign prog_addr = fresh_q ? pc : next_pc;
  end

  always_ff @(posedge clk)
    if (!rst_n) begin
      state <= an_spec_pkg::ST_IDLE;
      pc <= '0;
      depth_q <= '0;
      n_m1 <= '0;
      {fresh_q, first_q, stop_q} <= '0;
    end else begin
      fresh_q <= start && !running;
      first_q <= next || (first_q && (under_way || held) && !exec);
      stop_q <= running && (stop || stop_q);
      if (start && !running) begin
        state <= an_spec_pkg::ST_RUNNING;
        pc <= entry;
        depth_q <= '0;
      end else if (advance) pc <= next_pc;
      if (halt) state <= an_spec_pkg::ST_HALTED;
      if (exec && fault) state <= an_spec_pkg::ST_FAULT;
      if ((first_q && stop_q && !under_way) || cancel) begin
        state <= an_spec_pkg::ST_STOPPED;
        first_q <= 1'b0;
      end
      if (push) depth_q <= depth_q + 3'd1;
      if (pop) depth_q <= depth_q - 3'd1;
      if (exec && kind.pop) n_m1 <= pop_n == '0 ? '0 : pop_n[10:0] - 11'd1;
    end
  always_ff @(posedge clk)
    if (push) turns_q <= {turns_q[TurnBits*(an_spec_pkg::LOOP_DEPTH-1)-1:0], pushed};
    else if (taken) turns_q[TurnBits-1:0] <= turns - 1'b1;
    else if (pop) turns_q <= {{TurnBits{1'b0}}, turns_q[TurnBits*an_spec_pkg::LOOP_DEPTH-1:TurnBits]};
  wire unused = ^scalar_q;
endmodule
`default_nettype wire
