// SPDX-License-Identifier: Apache-2.0
// an_ring -- the ring window of one memory (docs/machine.md section 3): where the block addresses X of an instruction's fields stand now.
//   X - base in 0..size-1:  placed = base + (X - base + offset) mod size;  else placed = X
// set: base, size, offset = 0.  rotate: offset = (offset - step) mod size.  start: offset = 0. Combinational from in_addr, which has Fields of 11 bits.
// step <= size <= 2048. Mirror: an_core_ring in sw/model/an_core.h
`default_nettype none
module an_ring #(
    parameter int Fields = 1
) (
    input  logic                 clk,
    input  logic                 rst_n,
    input  logic                 start,
    input  logic                 set,
    input  logic                 rotate,
    input  logic [         10:0] set_base,
    input  logic [         11:0] set_size,
    input  logic [         11:0] set_step,
    output logic                 used,  // a window is set
    input  logic [11*Fields-1:0] in_addr,
    output logic [11*Fields-1:0] placed
);
  // Kept ready: the window's end, where it goes around (middle = end - offset), and both moves: addresses before the middle go forth by offset, the others by
  // offset - size. offset: size in the place of 0, so that the middle is the base and no address goes forth. A rotation moves all three by as much.
  logic [10:0] base_q, back_q;
  logic [11:0] size_q, end_q, middle_q, offset_q;
  wire wraps = set_step >= offset_q;
  wire [11:0] jump = wraps ? set_step - size_q : set_step;
  always_ff @(posedge clk) begin
    if (!rst_n) {used, size_q, end_q} <= '0;
    else if (set) {used, size_q, end_q} <= {set_size != '0, set_size, {1'b0, set_base} + set_size};
    if (set) base_q <= set_base;
    if (!rst_n || set || start) begin
      back_q <= '0;
      middle_q <= {1'b0, set ? set_base : base_q};
      offset_q <= set ? set_size : size_q;
    end else if (rotate) begin
      back_q <= back_q - jump[10:0];
      middle_q <= middle_q + jump;
      offset_q <= offset_q - jump;
    end
  end

  for (genvar f = 0; f < Fields; f++) begin : g_field
    wire [10:0] addr = in_addr[11*f+:11];
    wire inside_window = addr >= base_q && {1'b0, addr} < end_q;
    wire around = {1'b0, addr} >= middle_q;
    wire goes_back = inside_window && around;
    wire goes_forth = inside_window && !around;
    assign placed[11*f+:11] = addr + (goes_back ? back_q : goes_forth ? offset_q[10:0] : 11'd0);
  end
endmodule
`default_nettype wire
