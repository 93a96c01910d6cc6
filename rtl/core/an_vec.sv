// SPDX-License-Identifier: Apache-2.0
// an_vec -- every instruction that is no sweep: scalar operands, reads, control of the units, the write (machine.md 3, 4, 7)
// go at clock t0 with the instruction in word (held until done). Scalars t0+1 .. t0+nk; then steps: ADD .. LEAK take V lanes a step,
// so do TAB and a neighbour's IN and OUT where V > 1; the others one element. A step's last read is in stage 0, its write in stage 9: an_stages. TAB begins a step
// every TAB_PERIOD clocks, written in 16. OUT gives A in stage 4; IN: stage 0 takes the word, 1 result, 2 written. PASS: one step, which waits as IN's does.
// SUM DOT: sum in 7, scalar in 10; AMAX: C in 5, scalar in 10. RECIP SQRT: A in 4, `bits_steps` clocks, result, written. A stream that is not ready holds everything.
// This is the frame: the kind of the instruction, and its parts. Mirror: sw/model/an_vec.c, an_serial.c
`default_nettype none
module an_vec #(
    parameter int Lanes = 2,
    parameter int Units = 1,
    parameter bit Recip = 1'b1,
    parameter bit Sums = 1'b1,
    parameter bit Ring = 1'b1,
    parameter bit Ahead = 1'b0,  // operands go through a register on their way to M: stages from 3 on are a clock later
    parameter bit Beside = 1'b0, // an R word is read beside an S word
    parameter bit Pass = 1'b0,   // PASS
    parameter bit Take = 1'b0,   // TAKE
    parameter bit Give = 1'b0,   // GIVE
    parameter bit Follow = 1'b0, // an elementwise instruction lets go of word when all its words are read
    parameter int ProgBits = 8,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1,
    localparam int Shift = $clog2(Lanes)
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic [        63:0] word,
    input  logic [        10:0] n_m1,
    input  logic                go,
    input  logic                cancel,
    output logic                done,        // last clock
    output logic                release_now, // word may be another one from the next clock on, go may come: of an instruction with steps enough
    input  logic                under_way,   // one that was released is not done
    input  logic [ProgBits-1:0] pc,
    output logic [ProgBits-1:0] site,        // where the instruction stands that is done
    output logic                serial,      // one element a step, unit 0
    // addresses
    output logic                hold_read,   // a stream is waited for: read ports and M stand still,
    output logic                hold_result, //   or the result bus
    input  logic [        10:0] placed_state, // the destination's place,
    input  logic [        10:0] placed_rate,
    input  an_ctl_pkg::places_t kept_state,   // the operands'
    input  an_ctl_pkg::places_t kept_rate,
    output logic [         7:0] scalar_addr,
    output logic [        10:0] state_addr,
    output logic [        10:0] rate_addr,
    output logic [LaneBits-1:0] read_lane,   // first lane of the step whose words are on M
    output logic [        10:0] state_waddr,
    output logic [        10:0] rate_waddr,
    output logic [LaneBits-1:0] write_lane,
    output logic [   Lanes-1:0] state_we,
    output logic [   Lanes-1:0] rate_we,
    output logic                scalar_we,
    input  logic                bus_open,
    input  logic [        10:0] bus_block,
    // units
    output an_ctl_pkg::unit_t   unit_ctl,
    output logic                add_n,
    output logic                table_take,
    output logic                table_next,
    output logic                half_table,  // the half word comes from the table, the fraction, or the rate memory
    output logic                half_fraction,
    input  logic [32*Units-1:0] a_f24,
    input  logic                greater,     // of unit 0
    output logic [32*Units-1:0] word_f24,    // the result is this word (unit_ctl.word_en)
    // records
    input  logic [   Units-1:0] narrow_clip,
    input  logic [   Units-1:0] d_sat,
    input  logic [   Units-1:0] result_sat,
    input  logic [   Units-1:0] rate_sat,
    output logic                sat,
    output logic                clip,
    // streams: host 0, up 1, down 2. A neighbour's step has a word for every unit, of which the receiver takes the lanes that count for it
    output logic [         3:0] wait_cause,
    input  logic [         2:0] next_valid,  // in the next clock; likewise next_room, next_busy
    output logic [         2:0] in_ready,
    input  logic [        15:0] in_host_f12,
    input  logic [32*Units-1:0] in_up_f24,
    input  logic [32*Units-1:0] in_down_f24,
    output logic [         2:0] out_valid,
    input  logic [         2:0] next_room,
    output logic [32*Units-1:0] out_data,
    output logic [   Units-1:0] taken,       // words that count, of the step that is taken; given: of the one that goes to a neighbour
    output logic [32*Units-1:0] taken_value,
    output logic [   Units-1:0] given,
    // PASS from above 0, below 1: its steps less one; the one before has not gone past
    output logic [         1:0] pass_set,
    output logic [         1:0] take_set,    // likewise TAKE, GIVE
    output logic [         1:0] give_set,
    output logic [        10:0] pass_m1,
    input  logic [         1:0] next_busy,
    input  logic [         1:0] give_lacks,  // above, below: no room yet for what GIVE has
    output logic                state_step,  // a step of V words, computed, is written in this clock
    output logic                rate_step
);
  wire [4:0] op = word[an_spec_pkg::F_OP_MSB:an_spec_pkg::F_OP_LSB];
  wire [1:0] asp = word[an_spec_pkg::F_VEC_ASP_MSB:an_spec_pkg::F_VEC_ASP_LSB];
  wire [1:0] bsp = word[an_spec_pkg::F_VEC_BSP_MSB:an_spec_pkg::F_VEC_BSP_LSB];
  wire csp = word[an_spec_pkg::F_VEC_CSP_LSB];
  wire k_now = word[an_spec_pkg::F_VEC_DSP_MSB:an_spec_pkg::F_VEC_DSP_LSB] == an_spec_pkg::SPC_K;
  wire [1:0] port = word[an_spec_pkg::F_VEC_B_LSB+:2];
  wire to_up = port == an_spec_pkg::PORT_UP;
  wire to_down = port == an_spec_pkg::PORT_DOWN;
  wire [2:0] at_port = {to_down, to_up, !to_up && !to_down};

  // the kind of instruction: now, in its first clock (go); and from the second one on, in which there is something to do
  wire in_now = op == an_spec_pkg::OP_IN;
  wire out_now = op == an_spec_pkg::OP_OUT;
  wire take_now = Take && op == an_spec_pkg::OP_TAKE;
  wire give_now = Give && op == an_spec_pkg::OP_GIVE;
  wire pass_now = (Pass && op == an_spec_pkg::OP_PASS) || take_now || give_now;  // something begins to go by itself
  wire tab_now = op == an_spec_pkg::OP_TAB;
  wire sum_now = Sums && op == an_spec_pkg::OP_SUM;
  wire dot_now = Sums && op == an_spec_pkg::OP_DOT;
  wire best_now = op == an_spec_pkg::OP_AMAX;
  wire bits_now = Recip && (op == an_spec_pkg::OP_SQRT || op == an_spec_pkg::OP_RECIP);
  wire takes_c = op == an_spec_pkg::OP_SEL || op == an_spec_pkg::OP_LEAK || op == an_spec_pkg::OP_MAC;
  wire elementwise_now = takes_c || op == an_spec_pkg::OP_ADD || op == an_spec_pkg::OP_MIN || op == an_spec_pkg::OP_MAX || op == an_spec_pkg::OP_MUL;
  wire reduces_now = sum_now || dot_now || best_now;
  logic is_in, is_out, is_tab, tab_scalar, is_best, is_bits, reduces, elementwise, k_dest;
  wire keep = Follow && !go;  // word may be one that does not execute yet
  always_ff @(posedge clk)
    if (!keep) begin
      {is_in, is_out, is_tab, is_best, is_bits} <= {in_now, out_now, tab_now, best_now, bits_now};
      tab_scalar <= tab_now && asp == an_spec_pkg::SRC_K;
      {reduces, elementwise} <= {reduces_now, elementwise_now};
      serial <= !(elementwise_now || (Units > 1 && (tab_now || ((in_now || out_now) && !at_port[0]))));
      k_dest <= k_now || reduces_now;
    end
  wire sums = reduces && !is_best;

  // operands that it reads, c b a: where they are
  wire uses_a = !in_now && !pass_now;
  wire uses_b = elementwise_now || dot_now;
  wire [2:0] in_scalar = {takes_c && csp, uses_b && bsp == an_spec_pkg::SRC_K, uses_a && asp == an_spec_pkg::SRC_K};
  wire [2:0] in_memory = {takes_c && !csp, uses_b && (bsp == an_spec_pkg::SRC_S || bsp == an_spec_pkg::SRC_R),
                          uses_a && (asp == an_spec_pkg::SRC_S || asp == an_spec_pkg::SRC_R)};
  logic single;
  always_comb
    if (sum_now || best_now || out_now) single = in_scalar[0];
    else if (dot_now) single = in_scalar[0] && in_scalar[1];
    else single = k_now || pass_now;

  logic [2:0] scalar_1, scalar_2, served, memory_3;
  logic begin_steps, issue, step, fire, last_step, in_last, read_last, half, half_word;
  logic [10:0] block, last_block, write_block;
  logic [LaneBits-1:0] lane, rem;
  logic [16:2] stage;
  logic entering, result_due, reduced, is_pass, wait_in, wait_out, hold;
  logic [Units-1:0] live_0, live_2, live_3, live_4, live_8, live_write;
  logic state_due, rate_due;
  logic best_any, bits_busy, bits_last, bits_strobe, bits_cut, rate_cut, exceeds;
  assign {hold_read, hold_result} = {wait_out, wait_in};

  an_step #(.Lanes(Lanes), .Units(Units)) u_step (
      .clk, .rst_n, .word, .n_m1, .go, .cancel, .keep, .single, .in_scalar, .is_tab, .serial, .busy(bits_busy), .hold, .read_last, .bus_open,
      .scalar_addr, .scalar_1, .scalar_2, .begin_steps, .issue, .step, .fire, .last_step, .block, .lane, .last_block, .in_last, .rem, .live(live_0)
  );
  an_read #(.Beside(Beside)) u_read (
      .clk, .word, .in_memory, .begin_steps, .step, .hold, .block, .served, .half, .last(read_last),
      .bus_open, .bus_block, .kept_state, .kept_rate, .state_addr, .rate_addr
  );
  an_stages #(.Lanes(Lanes), .Units(Units), .Ahead(Ahead), .Follow(Follow)) u_stages (
      .clk, .rst_n, .cancel, .hold, .wait_out, .is_in, .is_out, .is_pass, .is_tab, .is_bits, .reduces, .elementwise, .serial, .k_dest,
      .issue, .step, .fire, .last_step, .served, .half, .lane, .last_block, .in_last, .rem, .bits_strobe, .bits_last, .under_way,
      .stage, .entering, .memory_3, .half_word, .read_lane, .live_2, .live_3, .live_4, .live_8, .live_write, .result_due, .reduced, .release_now, .done
  );
  an_vec_ctl #(.Beside(Beside), .Follow(Follow)) u_ctl (
      .clk, .rst_n, .word, .go, .keep, .hold, .hold_read, .hold_result,
      .in_now, .tab_now, .sum_now, .dot_now, .best_now, .bits_now, .is_tab, .is_best, .sums, .tab_scalar, .stage, .scalar_1, .scalar_2,
      .memory_3, .half_word, .max_any(best_any), .unit_ctl, .exceeds, .add_n, .table_take, .table_next, .half_table, .half_fraction
  );
  an_write #(.Lanes(Lanes), .Units(Units), .Ring(Ring), .Follow(Follow), .ProgBits(ProgBits)) u_write (
      .clk, .word, .go, .done, .under_way, .pc, .site, .serial, .k_dest, .wait_in, .result_due, .reduced, .passing(is_best && stage[4]), .live_write,
      .rate_sat, .rate_cut, .bus_open, .bus_block, .placed_state, .placed_rate, .block(write_block), .lane(write_lane), .state_waddr, .rate_waddr,
      .state_we, .rate_we, .scalar_we, .state_due, .rate_due
  );
  assign {state_step, rate_step} = {2{Give && (elementwise || is_tab)}} & {state_due, rate_due};
  an_cuts #(.Units(Units), .Follow(Follow)) u_cuts (
      .clk, .rst_n, .go, .done, .under_way, .is_tab, .sums, .serial, .issue, .entering, .stage, .scalar_2, .exceeds, .unit_ctl,
      .live_3, .live_4, .live_8, .narrow_clip, .d_sat, .result_sat, .rate_cut, .bits_cut, .sat, .clip
  );
  logic [32*Units-1:0] came_f24;
  an_stream #(.Lanes(Lanes), .Units(Units), .Ahead(Ahead)) u_stream (
      .clk, .word, .n_m1, .keep, .at_port, .in_now, .out_now, .pass_now, .take_now, .give_now,
      .is_in, .k_dest, .issue, .fire, .stage_4(stage[4]), .live_0, .live_2, .is_pass, .wait_in, .wait_out, .hold, .wait_cause,
      .next_valid, .in_ready, .in_host_f12, .in_up_f24, .in_down_f24, .came_f24, .taken, .taken_value,
      .a_f24, .out_valid, .next_room, .out_data, .given, .pass_set, .take_set, .give_set, .pass_m1, .next_busy, .give_lacks
  );
  logic [31:0] serial_f24;
  an_serial #(.Recip(Recip)) u_serial (
      .clk, .rst_n, .word, .go, .cancel, .is_bits, .fire, .stage_4(stage[4]), .a_f24(a_f24[31:0]), .greater,
      .index((write_block << Shift) | (11'(write_lane) & 11'(Lanes - 1))), .best_any, .bits_busy, .bits_last, .bits_strobe, .bits_cut, .word_f24(serial_f24)
  );
  always_comb begin
    word_f24 = came_f24;
    if (!is_in) word_f24[31:0] = serial_f24;
  end
  wire unused = ^word;
endmodule
`default_nettype wire
