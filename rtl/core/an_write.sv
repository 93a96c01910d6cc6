// SPDX-License-Identifier: Apache-2.0
// an_write -- where a result is written: destination, block and lane, write enables (machine.md 4, 7)
// go: the destination is placed in that clock. Results come in order: a counter of what was written is the address. While IN waits everything stands still, and
// a word that is due is written in every clock of it, the same word to the same address: no memory's write waits for a stream.
// AMAX writes nothing before its scalar: the counter tells the place of its elements (passing). Follow: destination and pc wait until the instruction before
// is written (done), and the counter starts again there. Mirror: an_vec_write, an_vec_write_scalar in sw/model/an_vec.c
`default_nettype none
module an_write #(
    parameter int Lanes = 2,
    parameter int Units = 1,
    parameter bit Ring = 1'b1,
    parameter bit Follow = 1'b0,
    parameter int ProgBits = 8,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1
) (
    input  logic                clk,
    input  logic [        63:0] word,
    input  logic                go,
    input  logic                done,
    input  logic                under_way,
    input  logic [ProgBits-1:0] pc,
    output logic [ProgBits-1:0] site,
    input  logic                serial,
    input  logic                k_dest,
    input  logic                wait_in,
    input  logic                result_due,
    input  logic                reduced,      // a scalar is due
    input  logic                passing,
    input  logic [   Units-1:0] live_write,
    input  logic [   Units-1:0] rate_sat,
    output logic                rate_cut,     // a rate that is written saturates
    input  logic                bus_open,
    input  logic [        10:0] bus_block,
    input  logic [        10:0] placed_state,
    input  logic [        10:0] placed_rate,
    output logic [        10:0] block,
    output logic [LaneBits-1:0] lane,
    output logic [        10:0] state_waddr,
    output logic [        10:0] rate_waddr,
    output logic [   Lanes-1:0] state_we,
    output logic [   Lanes-1:0] rate_we,
    output logic                scalar_we,
    output logic                state_due,    // S, R is written, or would be if a lane of the step counted
    output logic                rate_due
);
  wire [1:0] dsp = word[an_spec_pkg::F_VEC_DSP_MSB:an_spec_pkg::F_VEC_DSP_LSB];
  logic [10:0] state_dest, rate_dest, write_block;
  logic [LaneBits-1:0] write_lane;
  assign {block, lane} = {write_block, write_lane};
  logic dest_1, dest_0;  // the destination's space: bit 0, and R or SR
  if (Follow) begin : g_dest  // waits until the one before is written
    logic [10:0] state_next, rate_next;
    logic [1:0] dsp_next, dsp_q;
    logic [ProgBits-1:0] site_next;
    always_ff @(posedge clk) begin
      if (go) {state_next, rate_next, dsp_next, site_next} <= {placed_state, placed_rate, dsp, pc};
      if (bus_open) {state_dest, rate_dest} <= {bus_block, bus_block};
      else if (!under_way || done) {state_dest, rate_dest} <= {state_next, rate_next};
      if (!under_way || done) {dsp_q, site} <= {dsp_next, site_next};
    end
    assign {dest_1, dest_0} = dsp_q;
  end else if (Ring) begin : g_dest
    assign {dest_1, dest_0, site} = {dsp, pc};
    always_ff @(posedge clk)
      if (go || bus_open) begin
        state_dest <= bus_open ? bus_block : placed_state;
        rate_dest <= bus_open ? bus_block : placed_rate;
      end
  end else begin : g_dest
    assign {dest_1, dest_0, site} = {dsp, pc};
    assign state_dest = bus_open ? bus_block : word[an_spec_pkg::F_VEC_D_MSB:an_spec_pkg::F_VEC_D_LSB];
    assign rate_dest = state_dest;
  end
  assign state_waddr = state_dest + write_block;
  assign rate_waddr = rate_dest + write_block;

  wire due = result_due || reduced;
  assign scalar_we = due && k_dest;
  wire to_state = !k_dest && !dest_0;
  wire to_rate = !k_dest && {dest_1, dest_0} != an_spec_pkg::SPC_S;
  wire to_both = {dest_1, dest_0} == an_spec_pkg::SPC_SR && !k_dest;
  logic [Lanes-1:0] lanes_on;
  always_comb
    for (int l = 0; l < Lanes; l++)
      lanes_on[l] = serial ? write_lane == LaneBits'(l) : (Units == Lanes || write_lane == LaneBits'(l - l % Units)) && live_write[l%Units];
  assign {state_due, rate_due} = {due && (to_state || to_both), due && to_rate};
  assign state_we = lanes_on & {Lanes{state_due}};
  assign rate_we = lanes_on & {Lanes{rate_due}};
  assign rate_cut = rate_due && (serial ? rate_sat[0] : |(rate_sat & live_write));
  always_ff @(posedge clk)
    if ((go && !(Follow && under_way)) || bus_open || (Follow && done)) begin
      write_block <= '0;
      write_lane <= '0;
    end else if ((result_due && !wait_in) || passing) begin
      if (write_lane == LaneBits'(serial ? Lanes - 1 : Lanes - Units)) begin
        write_lane <= '0;
        write_block <= write_block + 11'd1;
      end else write_lane <= write_lane + LaneBits'(serial ? 1 : Units);
    end
  wire unused = ^{word, pc, done, under_way, placed_state, placed_rate};
endmodule
`default_nettype wire
