// SPDX-License-Identifier: Apache-2.0
// an_cuts -- did an instruction saturate, did it clip an operand? Of lanes that count (machine.md 3, 8)
// Where it is seen: operands that are narrowed on M in stage 3, D in stage 4, results in stage 8 (SUM, DOT: the sum in 9), a rate with its write, RECIP and SQRT with their
// result. sat and clip gather over an instruction, from its go on. Follow: each is delayed to the write of its step, so that one pair of flags does for
// two instructions, and gathers for the next one from the clock after done on. Mirror: an_vec_range in sw/model/an_vec.c
`default_nettype none
module an_cuts #(
    parameter int Units = 1,
    parameter bit Follow = 1'b0
) (
    input  logic              clk,
    input  logic              rst_n,
    input  logic              go,
    input  logic              done,
    input  logic              under_way,
    input  logic              is_tab,
    input  logic              sums,         // SUM, DOT
    input  logic              serial,
    input  logic              issue,
    input  logic              entering,
    input  logic [      16:2] stage,
    input  logic [       2:0] scalar_2,     // a scalar is on M
    input  logic              exceeds,      // A - C of the step in stage 4 may saturate
    input  an_ctl_pkg::unit_t unit_ctl,
    input  logic [ Units-1:0] live_3,       // lanes that count, of the step in a stage
    input  logic [ Units-1:0] live_4,
    input  logic [ Units-1:0] live_8,
    input  logic [ Units-1:0] narrow_clip,
    input  logic [ Units-1:0] d_sat,
    input  logic [ Units-1:0] result_sat,
    input  logic              rate_cut,
    input  logic              bits_cut,
    output logic              sat,
    output logic              clip
);
  wire clip_now = ((unit_ctl.b_en && !unit_ctl.b_half && !is_tab) || (unit_ctl.a_en && !unit_ctl.a_half && unit_ctl.a_16))
      && |(narrow_clip & (scalar_2 != '0 ? '1 : live_3));
  wire d_now = stage[4] && exceeds && |(d_sat & live_4);
  wire result_now = sums ? stage[9] && !issue && !entering && stage[8:3] == '0 && result_sat[0]
      : stage[8] && !serial && !is_tab && |(result_sat & live_8);
  logic d_cuts, result_cuts, clips, again;  // again: of another instruction from now on
  if (Follow) begin : g_cuts  // each comes with the write of its step
    logic [6:1] clip_q;
    logic [5:1] d_q;
    logic result_q, done_q;
    always_ff @(posedge clk) begin
      clip_q <= {clip_q[5:1], clip_now};
      d_q <= {d_q[4:1], d_now};
      result_q <= result_now;
      done_q <= done && rst_n;
    end
    assign {d_cuts, result_cuts, clips} = {d_q[5], result_q, clip_q[6]};
    assign again = done_q || (go && !under_way);
  end else begin : g_cuts
    assign {d_cuts, result_cuts, clips, again} = {d_now, result_now, clip_now, go};
    wire unused_follow = ^{rst_n, done, under_way};
  end
  wire cuts = d_cuts || result_cuts || rate_cut || bits_cut;
  always_ff @(posedge clk) begin
    sat <= Follow && again ? cuts : !again && (cuts || sat);
    clip <= Follow && again ? clips : !again && (clips || clip);
  end
  wire unused = ^{unit_ctl, stage};
endmodule
`default_nettype wire
