// SPDX-License-Identifier: Apache-2.0
// an_read -- the words of S and R that a step reads: which of them in a clock, and where (machine.md 7)
// begin_steps, or the last clock of a step: the operands in_memory are due from the next clock on. step: this clock reads. A word a clock in the order
// a b c; Beside: an S and an R word a clock, each in that order, and what two operands share once. served: operands that get a word of this clock,
// half: it is an R word and goes over M, last: the step has no other. kept_*: where the fields stand, from the clock after go on; an address is at the
// memory a clock later, with the step's block added.
// Mirror: an_vec_step in sw/model/an_vec.c
`default_nettype none
module an_read #(
    parameter bit Beside = 1'b0
) (
    input  logic        clk,
    input  logic [63:0] word,
    input  logic [ 2:0] in_memory,   // c b a: operands that are in S or R
    input  logic        begin_steps,
    input  logic        step,
    input  logic        hold,
    input  logic [10:0] block,
    output logic [ 2:0] served,
    output logic        half,
    output logic        last,
    // addresses
    input  logic        bus_open,
    input  logic [10:0] bus_block,
    input  an_ctl_pkg::places_t kept_state,
    input  an_ctl_pkg::places_t kept_rate,
    output logic [10:0] state_addr,
    output logic [10:0] rate_addr
);
  wire [1:0] asp = word[an_spec_pkg::F_VEC_ASP_MSB:an_spec_pkg::F_VEC_ASP_LSB];
  wire [1:0] bsp = word[an_spec_pkg::F_VEC_BSP_MSB:an_spec_pkg::F_VEC_BSP_LSB];
  wire a_rate = asp == an_spec_pkg::SRC_R;
  wire b_rate = bsp == an_spec_pkg::SRC_R;

  // now: operands whose words are read in this clock. rest: what then is left of the step
  logic [2:0] memory_left, memory_now, memory_rest;
  logic [1:0] state_now;  // a is the S word; b, if a is not
  logic a_rate_now;       // a is the R word
  if (Beside) begin : g_order
    // Same word; which operands have an S or R word of their own: from the clock after go on, in registers
    wire [10:0] a_at = word[an_spec_pkg::F_VEC_A_MSB:an_spec_pkg::F_VEC_A_LSB];
    wire [10:0] b_at = word[an_spec_pkg::F_VEC_B_MSB:an_spec_pkg::F_VEC_B_LSB];
    wire [10:0] c_at = word[an_spec_pkg::F_VEC_C_MSB:an_spec_pkg::F_VEC_C_LSB];
    logic b_is_a, c_is_a, c_is_b;
    logic [2:0] own_state;
    logic [1:0] own_rate;
    wire same_ba = in_memory[0] && in_memory[1] && asp == bsp && a_at == b_at;
    wire same_ca = in_memory[0] && in_memory[2] && !a_rate && a_at == c_at;
    wire same_cb = in_memory[1] && in_memory[2] && !b_rate && b_at == c_at;
    always_ff @(posedge clk) begin
      {b_is_a, c_is_a, c_is_b} <= {same_ba, same_ca, same_cb};
      own_state <= {!same_ca && !same_cb, !b_rate && !same_ba, !a_rate};
      own_rate <= {b_rate && !same_ba, a_rate};
    end
    wire [2:0] states = memory_left & own_state;
    wire [2:0] rates = {1'b0, memory_left[1:0] & own_rate};
    assign memory_now = (states & (~states + 3'd1)) | (rates & (~rates + 3'd1));
    assign memory_rest = (states | rates) & ~memory_now;
    assign served = {memory_now[2] || (memory_now[0] && c_is_a) || (memory_now[1] && c_is_b), memory_now[1] || (memory_now[0] && b_is_a), memory_now[0]};
    assign state_now = states[1:0];
    assign a_rate_now = rates[0];
  end else begin : g_order
    assign memory_now = memory_left & (~memory_left + 3'd1);
    assign memory_rest = memory_left & ~memory_now;
    assign {served, state_now} = {memory_now, memory_now[1:0]};
    assign a_rate_now = memory_now[0] && a_rate;
  end
  assign last = memory_rest == '0;
  assign half = !Beside && (memory_now[0] ? a_rate : b_rate && memory_now[1]);
  always_ff @(posedge clk)
    if (begin_steps || (step && last)) memory_left <= in_memory;
    else if (step) memory_left <= memory_rest;

  logic [10:0] state_base, rate_base, block_1;
  always_ff @(posedge clk)
    if (!hold) begin
      state_base <= bus_open ? bus_block : state_now[0] ? kept_state.a : state_now[1] ? kept_state.b : kept_state.c;
      rate_base <= bus_open ? bus_block : a_rate_now ? kept_rate.a : kept_rate.b;
      block_1 <= bus_open ? '0 : block;  // the last instruction may have left another one there
    end
  assign state_addr = state_base + block_1;
  assign rate_addr = rate_base + block_1;
  wire unused = ^{word, kept_state.d, kept_rate.d, kept_rate.c};
endmodule
`default_nettype wire
