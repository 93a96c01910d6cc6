// SPDX-License-Identifier: Apache-2.0
// an_windows -- the ring windows of a core, one a memory (docs/machine.md section 3): where a state's and a rate's block address stand now
// set: word is a RING, whose fields say which window and whether it is set or rotated. start: a program begins, nothing is rotated.
// Combinational from the address; without Ring the address itself. Mirror: an_core_ring in sw/model/an_core.h
`default_nettype none
module an_windows #(
    parameter bit Ring = 1'b1
) (
    input  logic        clk,
    input  logic        rst_n,
    input  logic        start,
    input  logic        set,
    input  logic [63:0] word,
    output logic [ 1:0] used,  // a window is set: of states, of rates
    input  logic [10:0] state_addr,
    input  logic [10:0] rate_addr,
    output logic [10:0] placed_state,
    output logic [10:0] placed_rate
);
  if (Ring) begin : g_rings
    wire of_rate = word[an_spec_pkg::F_RING_MEM_LSB];
    wire rotate = word[an_spec_pkg::F_RING_ROT_LSB];
    for (genvar m = 0; m < 2; m++) begin : g_ring
      logic [10:0] placed;
      an_ring u_ring (
          .clk, .rst_n, .start, .set(set && !rotate && of_rate == m), .rotate(set && rotate && of_rate == m),
          .set_base(word[an_spec_pkg::F_RING_BASE_MSB:an_spec_pkg::F_RING_BASE_LSB]),
          .set_size(word[an_spec_pkg::F_RING_SIZE_MSB:an_spec_pkg::F_RING_SIZE_LSB]),
          .set_step(word[an_spec_pkg::F_RING_STEP_MSB:an_spec_pkg::F_RING_STEP_LSB]),
          .used(used[m]), .in_addr(m == 0 ? state_addr : rate_addr), .placed
      );
    end
    assign placed_state = g_ring[0].placed;
    assign placed_rate = g_ring[1].placed;
    wire unused = ^word;
  end else begin : g_rings
    assign placed_state = state_addr;
    assign placed_rate = rate_addr;
    assign used = '0;
    wire unused = ^{clk, rst_n, start, set, word};
  end
endmodule
`default_nettype wire
