// SPDX-License-Identifier: Apache-2.0
// an_stream -- IN, OUT and PASS at the core's ports: host 0, up 1, down 2 (machine.md 7)
// IN takes a word where a step is in stage 0, OUT gives A in stage 4, PASS is one step that sets what goes past a core, TAKE what comes in beside it, GIVE what goes out as it is written. wait_in, wait_out: the port is not ready, so that
// everything holds (hold: either); wait_cause tells which, and the core counts a stall, not a clock. Each is known from a register, since next_valid, next_room and
// next_busy are of the next clock. The host's words are s16f12, a neighbour's step has an s32f24 for every unit, of which the receiver takes the lanes that count for it.
// live_0, live_2: lanes that count, of the step in stage 0, in 2. Mirror: sw/model/an_serial.c
`default_nettype none
module an_stream #(
    parameter int Lanes = 2,
    parameter int Units = 1,
    parameter bit Ahead = 1'b0
) (
    input  logic                clk,
    input  logic [        63:0] word,
    input  logic [        10:0] n_m1,
    input  logic                keep,        // word may be one that does not execute yet
    input  logic [         2:0] at_port,     // word's port, and its kind
    input  logic                in_now,
    input  logic                out_now,
    input  logic                pass_now,    // PASS, TAKE, GIVE
    input  logic                take_now,
    input  logic                give_now,
    input  logic                is_in,
    input  logic                k_dest,
    input  logic                issue,       // a step is in stage 0, or waits there
    input  logic                fire,
    input  logic                stage_4,
    input  logic [   Units-1:0] live_0,
    input  logic [   Units-1:0] live_2,
    output logic                is_pass,
    output logic                wait_in,
    output logic                wait_out,
    output logic                hold,
    output logic [         3:0] wait_cause,
    input  logic [         2:0] next_valid,
    output logic [         2:0] in_ready,
    input  logic [        15:0] in_host_f12,
    input  logic [32*Units-1:0] in_up_f24,
    input  logic [32*Units-1:0] in_down_f24,
    output logic [32*Units-1:0] came_f24,    // what IN writes
    output logic [   Units-1:0] taken,
    output logic [32*Units-1:0] taken_value, // what its record says
    input  logic [32*Units-1:0] a_f24,
    output logic [         2:0] out_valid,
    input  logic [         2:0] next_room,
    output logic [32*Units-1:0] out_data,
    output logic [   Units-1:0] given,
    output logic [         1:0] pass_set,
    output logic [         1:0] take_set,
    output logic [         1:0] give_set,
    output logic [        10:0] pass_m1,
    input  logic [         1:0] next_busy,
    input  logic [         1:0] give_lacks
);
  wire a_rate = word[an_spec_pkg::F_VEC_ASP_MSB:an_spec_pkg::F_VEC_ASP_LSB] == an_spec_pkg::SRC_R;
  wire to_up = at_port[1];
  wire to_down = at_port[2];
  logic [2:0] from_q, to_q;  // IN's port, OUT's
  logic [1:0] pass_q;        // PASS's, TAKE's, GIVE's: up, down
  logic take_q, give_q;
  logic need_q, lack_q;      // the port of an IN, a PASS or a GIVE, of an OUT is not ready
  wire gives = keep ? give_q : give_now;
  wire [2:0] from = keep ? from_q : in_now ? at_port : '0;
  wire [1:0] pass = keep ? pass_q : pass_now ? at_port[2:1] : '0;
  always_ff @(posedge clk) begin
    {from_q, pass_q} <= {from, pass};
    give_q <= gives;
    if (!keep) {to_q, take_q} <= {out_now ? at_port : 3'd0, take_now};
    need_q <= |(from & ~next_valid) || |(pass & (gives ? give_lacks : next_busy));
    lack_q <= |(to_q & ~next_room);  // to_q stands long before stage 4
  end

  assign wait_in = issue && need_q;
  assign wait_out = stage_4 && lack_q;
  assign hold = wait_in || wait_out;
  always_comb begin
    wait_cause = an_spec_pkg::STALL_NONE;
    if (wait_in)
      wait_cause = to_up ? an_spec_pkg::STALL_RECV_UP : to_down ? an_spec_pkg::STALL_RECV_DOWN : an_spec_pkg::STALL_INPUT;
    if (wait_out || (wait_in && give_q))
      wait_cause = to_up ? an_spec_pkg::STALL_SEND_UP : to_down ? an_spec_pkg::STALL_SEND_DOWN : an_spec_pkg::STALL_OUTPUT;
  end

  // PASS, TAKE, GIVE: one step that takes nothing, and no word of it is written, for it is done before
  assign is_pass = pass_q != '0;
  assign pass_set = pass_q & {2{fire && !take_q && !give_q}};
  assign take_set = pass_q & {2{fire && take_q}};
  assign give_set = pass_q & {2{fire && give_q}};
  assign pass_m1 = k_dest ? '0 : Units == 1 ? n_m1 : n_m1 >> $clog2(Units) | 11'(Lanes / Units - 1);

  assign in_ready = from_q & {3{issue}};
  assign taken = live_0 & {Units{is_in && issue && !wait_in}};
  wire [32*Units-1:0] near_f24 = to_up ? in_up_f24 : in_down_f24;
  always_comb begin
    came_f24 = near_f24;
    came_f24[31:0] = to_up ? in_up_f24[31:0] : to_down ? in_down_f24[31:0] : {{4{in_host_f12[15]}}, in_host_f12, 12'b0};
    taken_value = near_f24;
    taken_value[31:0] = to_up ? in_up_f24[31:0] : to_down ? in_down_f24[31:0] : {{16{in_host_f12[15]}}, in_host_f12};
  end

  assign out_valid = to_q & {3{stage_4}};
  always_comb begin
    out_data = a_f24;
    if (a_rate && to_q[0]) out_data[31:0] = {{12{a_f24[31]}}, a_f24[31:12]};
  end
  // which lanes of a step count, on its way to stage 4: it stands still where the step does
  localparam int GivenBits = Units * (Ahead ? 3 : 2);
  logic [GivenBits-1:0] given_q;
  always_ff @(posedge clk) if (!hold) given_q <= GivenBits'({given_q, live_2});
  assign given = given_q[GivenBits-1-:Units] & {Units{stage_4 && to_q[2:1] != '0 && !lack_q}};
  wire unused = ^{word, in_up_f24, in_down_f24};
endmodule
`default_nettype wire
