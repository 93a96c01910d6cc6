// SPDX-License-Identifier: Apache-2.0
// an_serial -- IN OUT SUM AMAX RECIP SQRT: blocks read at once, elements handled one by one (docs/machine.md sections 4 and 7)
// start in the clock before t. OUT SUM AMAX: READ 3 clocks, then one an element. RECIP SQRT: READ, then LOAD and steps an element,
// STORE, WRITE. IN: one clock an element, WRITE. SUM AMAX: two clocks more, then the scalar. A stream that is not ready holds
// everything: wait_cause tells which, and the core counts a stall, not a clock.
// out  bus_f24: word for C of lane bus_lane (IN, RECIP, SQRT) or of lane 0 (AMAX). Mirror: sw/model/an_serial.c
`default_nettype none
module an_serial #(
    parameter int Lanes = 2,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic [        63:0] word,
    input  logic                start,
    input  logic                cancel,
    input  logic [        10:0] neurons_m1,
    input  logic                last_block,
    output logic                read_block,
    output logic                block_done,
    output logic                write,
    output logic                done,
    output logic [         3:0] wait_cause,
    // elements of the block
    input  logic [32*Lanes-1:0] a_f24,
    output logic [        31:0] element_f24,
    input  logic                table_element,
    input  logic [LaneBits-1:0] table_lane,
    input  logic [LaneBits-1:0] bus_read_lane,
    input  logic                bus_read,
    output logic                sum_element,
    output logic                bus_en,
    output logic [LaneBits-1:0] bus_lane,
    output logic [        31:0] bus_f24,
    output logic                sat,
    // streams: host 0, up 1, down 2
    input  logic [         2:0] in_valid,
    output logic [         2:0] in_ready,
    input  logic [        15:0] in_host_f12,
    input  logic [        31:0] in_up_f24,
    input  logic [        31:0] in_down_f24,
    output logic [         2:0] out_valid,
    input  logic [         2:0] out_ready,
    output logic [        31:0] out_data,
    output logic                taken,
    output logic [        31:0] taken_value
);
  wire [4:0] op = word[an_spec_pkg::F_OP_MSB:an_spec_pkg::F_OP_LSB];
  wire [1:0] port = word[an_spec_pkg::F_VEC_B_LSB+:2];
  wire [4:0] sh = word[an_spec_pkg::F_VEC_SH_MSB:an_spec_pkg::F_VEC_SH_LSB];
  wire neg = word[an_spec_pkg::F_VEC_NEG_LSB];
  wire is_in = op == an_spec_pkg::OP_IN;
  wire is_out = op == an_spec_pkg::OP_OUT;
  wire is_max = op == an_spec_pkg::OP_AMAX;
  wire is_root = op == an_spec_pkg::OP_SQRT;
  wire is_bits = is_root || op == an_spec_pkg::OP_RECIP;
  wire rate = word[an_spec_pkg::F_VEC_ASP_MSB:an_spec_pkg::F_VEC_ASP_LSB] == an_spec_pkg::SRC_R;

  localparam logic [2:0] Idle = 3'd0, Read = 3'd1, Element = 3'd2, Step = 3'd3, Store = 3'd4, Write = 3'd5, Reduce = 3'd6;
  logic [2:0] state_q, state_d;
  logic [5:0] count_q;   // clocks left of Read, Step, Reduce
  logic [LaneBits-1:0] lane_q;
  wire [LaneBits-1:0] last_lane = last_block ? neurons_m1[LaneBits-1:0] & LaneBits'(Lanes - 1) : LaneBits'(Lanes - 1);
  wire count_end = count_q == '0;
  // steps less one: RECIP 48 - sh, SQRT 27
  wire [5:0] steps_m1 = is_root ? 6'd27 : 6'd48 - {sh[4], sh};

  // streams
  wire at_element = state_q == Element;
  logic ready;
  always_comb begin
    wait_cause = an_spec_pkg::STALL_NONE;
    ready = 1'b1;
    if (at_element && is_in && !in_valid[port]) begin
      ready = 1'b0;
      wait_cause = port == an_spec_pkg::PORT_UP ? an_spec_pkg::STALL_RECV_UP
          : port == an_spec_pkg::PORT_DOWN ? an_spec_pkg::STALL_RECV_DOWN : an_spec_pkg::STALL_INPUT;
    end
    if (at_element && is_out && !out_ready[port]) begin
      ready = 1'b0;
      wait_cause = port == an_spec_pkg::PORT_UP ? an_spec_pkg::STALL_SEND_UP
          : port == an_spec_pkg::PORT_DOWN ? an_spec_pkg::STALL_SEND_DOWN : an_spec_pkg::STALL_OUTPUT;
    end
  end
  always_comb begin
    in_ready = '0;
    out_valid = '0;
    in_ready[port] = at_element && is_in;
    out_valid[port] = at_element && is_out;
  end
  assign taken = at_element && is_in && in_valid[port];
  assign taken_value = port == an_spec_pkg::PORT_UP ? in_up_f24 : port == an_spec_pkg::PORT_DOWN ? in_down_f24
      : {{16{in_host_f12[15]}}, in_host_f12};
  wire [31:0] taken_f24 = port == an_spec_pkg::PORT_UP ? in_up_f24 : port == an_spec_pkg::PORT_DOWN ? in_down_f24
      : {{4{in_host_f12[15]}}, in_host_f12, 12'b0};

  wire element_done = at_element && ready;
  wire step_end = state_q == Step && count_end;
  wire lane_end = lane_q == last_lane;
  wire advance = is_bits ? step_end : element_done;  // to the next element
  always_comb begin
    state_d = state_q;
    case (state_q)
      Idle: if (start) state_d = is_in ? Element : Read;
      Read: if (count_end) state_d = Element;
      Element:
        if (element_done) begin
          if (is_bits) state_d = Step;
          else if (lane_end) state_d = is_in ? Write : !last_block ? Read : is_out ? Idle : Reduce;
        end
      Step: if (count_end) state_d = lane_end ? Store : Element;
      Store: state_d = Write;
      Write: state_d = last_block ? Idle : is_in ? Element : Read;
      default: if (count_end) state_d = Idle;  // Reduce
    endcase
    if (cancel) state_d = Idle;
  end
  always_ff @(posedge clk) begin
    state_q <= rst_n ? state_d : Idle;
    if (state_d != state_q) count_q <= state_d == Step ? steps_m1 : 6'(an_spec_pkg::T_SERIAL_READ - 1);
    else count_q <= count_q - 6'd1;
    if (state_q == Idle || state_q == Read || state_q == Write) lane_q <= '0;
    else if (advance && !lane_end) lane_q <= lane_q + 1'b1;
  end
  assign read_block = state_q == Read && count_q == 6'(an_spec_pkg::T_SERIAL_READ - 1);
  wire reduced = state_q == Reduce && count_end;
  assign write = state_q == Write || reduced;
  assign block_done = state_q == Write || (element_done && lane_end && !is_in && !is_bits && !last_block);
  assign done = (state_q == Write && last_block) || reduced || (is_out && element_done && lane_end && last_block);

  wire [LaneBits-1:0] lane = bus_read ? bus_read_lane : table_element ? table_lane : lane_q;
  assign element_f24 = a_f24[32*lane+:32];
  assign out_data = rate && port == an_spec_pkg::PORT_HOST ? {{12{element_f24[31]}}, element_f24[31:12]} : element_f24;
  assign sum_element = element_done && op == an_spec_pkg::OP_SUM;

  // AMAX: best so far and its index
  logic [31:0] best_q;
  logic [10:0] index_q, best_index_q;
  wire better = {~element_f24[31], element_f24[30:0]} > {~best_q[31], best_q[30:0]};
  always_ff @(posedge clk)
    if (start) begin
      best_q <= 32'h8000_0000;
      index_q <= '0;
      best_index_q <= '0;
    end else if (element_done) begin
      index_q <= index_q + 11'd1;
      if (better) begin
        best_q <= element_f24;
        best_index_q <= index_q;
      end
    end

  // RECIP, SQRT: the result is there in the clock after the last step
  logic [31:0] bits_f24;
  logic bits_sat, stored_q;
  logic [LaneBits-1:0] stored_lane_q;
  an_recip u_recip (
      .clk, .load(element_done && is_bits), .step(state_q == Step), .root(is_root), .in_a_f24(element_f24),
      .result_f24(bits_f24), .sat(bits_sat)
  );
  always_ff @(posedge clk) begin
    stored_q <= step_end && rst_n;
    stored_lane_q <= lane_q;
  end
  assign sat = stored_q && bits_sat;

  assign bus_en = taken || stored_q || (state_q == Reduce && is_max);
  assign bus_lane = is_in ? lane_q : is_bits ? stored_lane_q : '0;
  assign bus_f24 = is_in ? taken_f24 : is_bits ? bits_f24 : neg ? {21'b0, best_index_q} : best_q;
  wire unused = ^{word, neurons_m1};
endmodule
`default_nettype wire
