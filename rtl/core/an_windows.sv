// SPDX-License-Identifier: Apache-2.0
// an_windows -- the ring windows of a core, one a memory (docs/machine.md section 3): where an instruction's address fields stand now
// set: word is a RING, whose fields say which window and whether it is set or rotated. start: a program begins, nothing is rotated.
// placed_*: of each field of word, in the same clock; kept_*: a clock later. No choice of a field is before a window, since every field has its own comparisons.
// Without Ring both are the fields themselves. Mirror: an_core_ring in sw/model/an_core.h
`default_nettype none
module an_windows #(
    parameter bit Ring = 1'b1
) (
    input  logic                 clk,
    input  logic                 rst_n,
    input  logic                 start,
    input  logic                 set,
    input  logic          [63:0] word,
    output logic          [ 1:0] used,          // a window is set: of states, of rates
    output an_ctl_pkg::places_t  placed_state,
    output an_ctl_pkg::places_t  placed_rate,   // no instruction has a rate in c
    output an_ctl_pkg::places_t  kept_state,
    output an_ctl_pkg::places_t  kept_rate
);
  wire [43:0] fields = word[an_spec_pkg::F_VEC_D_MSB:an_spec_pkg::F_VEC_C_LSB];
  if (Ring) begin : g_rings
    wire of_rate = word[an_spec_pkg::F_RING_MEM_LSB];
    wire rotate = word[an_spec_pkg::F_RING_ROT_LSB];
    for (genvar m = 0; m < 2; m++) begin : g_ring
      localparam int Fields = m == 0 ? 4 : 3;
      logic [11*Fields-1:0] placed;
      an_ring #(.Fields(Fields)) u_ring (
          .clk, .rst_n, .start, .set(set && !rotate && of_rate == m), .rotate(set && rotate && of_rate == m),
          .set_base(word[an_spec_pkg::F_RING_BASE_MSB:an_spec_pkg::F_RING_BASE_LSB]),
          .set_size(word[an_spec_pkg::F_RING_SIZE_MSB:an_spec_pkg::F_RING_SIZE_LSB]),
          .set_step(word[an_spec_pkg::F_RING_STEP_MSB:an_spec_pkg::F_RING_STEP_LSB]),
          .used(used[m]), .in_addr(fields[43-:11*Fields]), .placed
      );
    end
    assign placed_state = g_ring[0].placed;
    assign placed_rate = {g_ring[1].placed, 11'd0};
    always_ff @(posedge clk) {kept_state, kept_rate} <= {placed_state, placed_rate};
  end else begin : g_rings
    assign used = '0;
    assign {placed_state, placed_rate, kept_state, kept_rate} = {4{fields}};
    wire unused = ^{clk, rst_n, start, set};
  end
  wire unused = ^word;
endmodule
`default_nettype wire
