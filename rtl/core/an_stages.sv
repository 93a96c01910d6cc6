// SPDX-License-Identifier: Apache-2.0
// an_stages -- the steps on their way from the read to the write, and when the instruction is done (machine.md 7)
// fire: a step's last word is placed in this clock, stage 0; then 1 at the memory, 2 word, 3 M, 4 A B C, 5 factors, 6 products, 7 shifted, 8 result, 9 written.
// Ahead: stages from 3 on come a clock later. TAB: 6 T[i] addressed, 7 T[i+1], 9 the fraction; C A B16 have them in 9, 10, 11, then as from stage 4: written in 16.
// IN's word is the result of stage 1. result_due: a step's result is written, reduced: the scalar of SUM DOT AMAX is; each unless a stream is waited for.
// done: last clock. Follow: the last step of an elementwise instruction carries a mark, and such an instruction, of steps enough, lets go of word (release_now)
// with its last read; one that was released is under_way until done, and its steps are not cleared by another one's. Mirror: sw/model/an_vec.c, an_vec.h
`default_nettype none
module an_stages #(
    parameter int Lanes = 2,
    parameter int Units = 1,
    parameter bit Ahead = 1'b0,
    parameter bit Follow = 1'b0,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic                cancel,
    input  logic                hold,
    input  logic                wait_out,
    // the kind of the instruction
    input  logic                is_in,
    input  logic                is_out,
    input  logic                is_pass,
    input  logic                is_tab,
    input  logic                is_bits,
    input  logic                reduces,
    input  logic                elementwise,
    input  logic                serial,
    input  logic                k_dest,
    // the step in stage 0
    input  logic                issue,
    input  logic                step,
    input  logic                fire,
    input  logic                last_step,
    input  logic [         2:0] served,
    input  logic                half,
    input  logic [LaneBits-1:0] lane,
    input  logic [        10:0] last_block,
    input  logic                in_last,
    input  logic [LaneBits-1:0] rem,
    // RECIP, SQRT: a result is written in this clock, in the next one
    input  logic                bits_strobe,
    input  logic                bits_last,
    input  logic                under_way,
    output logic [        16:2] stage,       // a step is there
    output logic                entering,    // a step is before stage 3
    output logic [         2:0] memory_3,    // operands whose words are on M
    output logic                half_word,   // R's half word goes to M
    output logic [LaneBits-1:0] read_lane,   // first lane of the step whose words go to M
    output logic [   Units-1:0] live_2,      // lanes that count, of the step in a stage
    output logic [   Units-1:0] live_3,
    output logic [   Units-1:0] live_4,
    output logic [   Units-1:0] live_8,      // none of a neighbour's words, which only pass the units
    output logic [   Units-1:0] live_write,
    output logic                result_due,
    output logic                reduced,
    output logic                release_now,
    output logic                done
);
  localparam int Late = Ahead ? 1 : 0;
  logic [16+Late:1] fire_q;
  assign stage = fire_q[16+Late:2+Late];
  assign entering = |fire_q[2+Late:1];

  localparam logic [10:0] FewBlocks = 11'((an_spec_pkg::T_FOLLOW_STEPS + Lanes / Units - 1) / (Lanes / Units) - 1);
  logic [8+Late:1] mark_q;
  wire mark = fire && last_step && elementwise;
  always_ff @(posedge clk) mark_q <= rst_n && Follow ? {mark_q[7+Late:1], mark} : '0;
  wire leave = Follow && last_block >= FewBlocks && !k_dest;
  assign release_now = leave && (Ahead ? mark_q[1] : mark);

  logic [2:0] memory_1, memory_2, memory_word;
  logic half_1, half_2, tail_1, tail_2;
  logic [LaneBits-1:0] lane_1;
  logic [Units-1:0] live_word;
  localparam int LiveStages = Units > 1 ? 14 : 7;  // from stage 3 on: to 9, with TAB to 16
  logic [Units*LiveStages-1:0] live_q;
  logic clear;  // in a register where the next instruction's first step comes later: the first of Follow may be there already
  if (Follow) begin : g_clear
    assign clear = done && !under_way;
  end else begin : g_clear
    always_ff @(posedge clk) clear <= done && rst_n;
    wire unused = under_way;
  end
  always_comb for (int u = 0; u < Units; u++) live_2[u] = serial ? u == 0 : !tail_2 || 4'(read_lane) + 4'(u) <= 4'(rem);
  always_ff @(posedge clk) begin
    if (!rst_n || cancel || clear) begin  // what an instruction leaves in later stages is not for the next one
      {memory_1, memory_2, memory_3} <= '0;
      fire_q <= '0;
    end else if (!hold) begin
      memory_1 <= step ? served : '0;
      memory_2 <= memory_1;
      memory_3 <= memory_word;
      fire_q <= {fire_q[15+Late:10+Late], fire_q[9+Late] && !(Follow && elementwise), fire_q[8+Late:1], fire};
    end
    if (!hold) begin
      half_1 <= half;
      half_2 <= half_1;
      tail_1 <= in_last;
      tail_2 <= tail_1;
      lane_1 <= lane;
      read_lane <= lane_1;
    end
    live_q <= {live_q[Units*(LiveStages-1)-1:0], live_word};
  end
  if (Ahead) begin : g_word
    always_ff @(posedge clk) begin
      if (!rst_n || cancel || clear) memory_word <= '0;
      else if (!hold) memory_word <= memory_2;
      if (!hold) half_word <= half_2;
      live_word <= live_2;
    end
  end else begin : g_word
    assign {memory_word, half_word, live_word} = {memory_2, half_2, live_2};
  end
  wire passes = Units > 1 && (is_in || is_out);  // a neighbour's words: with them a step computes nothing
  wire [Units-1:0] live_9 = live_q[Units*7-1:Units*6];
  assign live_3 = live_q[Units-1:0];
  assign live_4 = live_q[Units*2-1:Units];
  assign live_8 = passes ? '0 : live_q[Units*6-1:Units*5];
  assign live_write = is_tab ? live_q[Units*(LiveStages-1)+:Units] : passes ? live_2 : live_9;

  assign result_due = is_tab ? stage[16] : is_in ? fire_q[2] : is_bits ? bits_strobe : stage[9] && !is_out && !reduces;
  assign reduced = reduces && stage[10] && !(issue || entering || |stage[9:3]);
  // The last clock. It is known a clock before, but of OUT: its last word goes when the stream takes it. What a stop may cancel waits, so its last clock is not next
  logic last_q;
  wire none_under_way = !issue && !entering && stage[7:3] == '0;
  wire last_now = Follow && elementwise ? mark_q[8+Late] : is_tab ? stage[15] && none_under_way && stage[14:8] == '0 : is_in ? fire_q[1] && !issue : is_pass ? fire
      : is_bits ? bits_last && !issue : reduces ? stage[9] && none_under_way && !stage[8] : stage[8] && none_under_way && !is_out;
  always_ff @(posedge clk) last_q <= last_now && rst_n && !last_q;
  wire out_last = is_out && stage[4] && !issue && !entering && !stage[3];
  assign done = last_q || (out_last && !wait_out);
endmodule
`default_nettype wire
