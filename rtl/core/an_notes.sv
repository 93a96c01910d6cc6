// SPDX-License-Identifier: Apache-2.0
// an_notes -- what is noted in the range records, and of which site (docs/machine.md section 8)
// A vector instruction: its own site and flags. A sweep: its sites lie before its pc, w at its end, acc, g and v (with what PAR clipped)
// while it drains, sites_back before pc. site in the clock of done or note_mid, note_sat and note_clip in the next one, as an_range takes them.
// Mirror: an_vec_range in sw/model/an_vec.c, sw/model/an_sweep.c
`default_nettype none
module an_notes #(
    parameter int ProgBits = 8
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic [ProgBits-1:0] pc,
    input  logic                vec_done,
    input  logic [ProgBits-1:0] vec_site,
    input  logic                vec_sat,     // these two a clock after vec_done, the sweep's a clock after sweep_done or note_mid
    input  logic                vec_clip,
    input  logic                sweep_done,
    input  logic                note_mid,
    input  logic [         1:0] sites_back,
    input  logic                sat_w,
    input  logic                sat_acc,
    input  logic                sat_g,
    input  logic                sat_v,
    input  logic                clip_par,
    output logic [ProgBits-1:0] site,
    output logic                note_sat,
    output logic                note_clip
);
  assign site = vec_done ? vec_site : pc - ProgBits'(sites_back);
  logic vec_done_q, sweep_done_q, mid_q;
  logic [1:0] back_q;
  always_ff @(posedge clk) begin
    vec_done_q <= rst_n && vec_done;
    sweep_done_q <= rst_n && sweep_done;
    mid_q <= rst_n && note_mid;
    back_q <= sites_back;
  end
  always_comb begin
    note_sat = (vec_done_q && vec_sat) || (sweep_done_q && sat_w);
    note_clip = vec_done_q && vec_clip;
    if (mid_q)
      case (back_q)
        2'd1: note_sat = sat_acc;
        2'd2: note_sat = sat_g;
        default: {note_sat, note_clip} = {sat_v, clip_par};
      endcase
  end
endmodule
`default_nettype wire
