// SPDX-License-Identifier: Apache-2.0
// an_ring -- the ring window of one memory (docs/machine.md section 3): where a block address X stands now.
//   X - base in 0..size-1:  placed = base + (X - base + offset) mod size;  else placed = X
// set: base, size, offset = 0.  rotate: offset = (offset - step) mod size.  start: offset = 0. Combinational from in_addr.
// step <= size <= 2048. Mirror: an_core_ring in sw/model/an_core.h
`default_nettype none
module an_ring (
    input  logic        clk,
    input  logic        rst_n,
    input  logic        start,
    input  logic        set,
    input  logic        rotate,
    input  logic [10:0] set_base,
    input  logic [11:0] set_size,
    input  logic [11:0] set_step,
    input  logic [10:0] in_addr,
    output logic [10:0] placed
);
  logic [10:0] base_q, offset_q;
  logic [11:0] size_q;

  wire [11:0] back = {1'b0, offset_q} - set_step;
  wire [11:0] back_wrapped = back + size_q;
  always_ff @(posedge clk)
    if (!rst_n) begin
      base_q <= '0;
      size_q <= '0;
      offset_q <= '0;
    end else if (set) begin
      base_q <= set_base;
      size_q <= set_size;
      offset_q <= '0;
    end else if (start) offset_q <= '0;
    else if (rotate) offset_q <= back[11] ? back_wrapped[10:0] : back[10:0];

  wire [11:0] from_base = {1'b0, in_addr} - {1'b0, base_q};
  wire inside_window = from_base < size_q && !from_base[11];
  wire [11:0] moved = {1'b0, from_base[10:0]} + {1'b0, offset_q};
  wire [12:0] wrapped = {1'b0, moved} - {1'b0, size_q};
  wire [10:0] shift = wrapped[12] ? offset_q : offset_q - size_q[10:0];
  assign placed = inside_window ? in_addr + shift : in_addr;
  wire unused = ^{back_wrapped[11], wrapped[11:0]};
endmodule
`default_nettype wire
