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
  // turn_q = size - offset: addresses from base on that do not go around. 0 stands for size too: none of them is moved.
  // base and size are kept inverted and subtracted by {.., 1} + {.., 1}: no inverter a bit before a carry chain
  logic [10:0] not_base_q;
  logic [11:0] not_size_q, turn_q;
  wire [12:0] more = {1'b0, turn_q} + {1'b0, set_step};
  wire [13:0] less = {more, 1'b1} + {1'b1, not_size_q, 1'b1};
  always_ff @(posedge clk) begin
    if (!rst_n) not_size_q <= '1;
    else if (set) not_size_q <= ~set_size;
    if (set) not_base_q <= ~set_base;
    if (!rst_n || set || start) turn_q <= '0;
    else if (rotate) turn_q <= less[13] ? more[11:0] : less[12:1];
  end

  wire [13:0] from_base = {2'b0, in_addr, 1'b1} + {2'b11, not_base_q, 1'b1};
  wire [13:0] from_end = {from_base[13:1], 1'b1} + {1'b1, not_size_q, 1'b1};
  wire [12:0] from_turn = from_base[13:1] - {1'b0, turn_q};
  wire inside_window = !from_base[13] && from_end[13];
  wire around = !from_turn[12];
  wire [10:0] not_offset = not_size_q[10:0] + turn_q[10:0];
  wire [10:0] shift = inside_window ? ~(around ? turn_q[10:0] : not_offset) : '0;
  wire [11:0] sum = {in_addr, inside_window && around} + {shift, 1'b1};
  assign placed = sum[11:1];
  wire unused = ^{from_end[12:0], from_turn[11:0], from_base[0], less[0], sum[0]};
endmodule
`default_nettype wire
