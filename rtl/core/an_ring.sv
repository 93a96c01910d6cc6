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
    output logic        used,  // a window is set
    input  logic [10:0] in_addr,
    output logic [10:0] placed
);
  // turn = size - offset: addresses from base on that do not go around (0 stands for size too: none of them is moved). The three bounds and
  // both moves are kept ready, so that an address meets one carry chain: bounds beside moves.
  logic [10:0] base_q;
  logic [11:0] size_q, end_q, turn_q, middle_q, offset_q;  // end = base + size, middle = base + turn; offset: size where turn is 0
  wire [12:0] more = {1'b0, turn_q} + {1'b0, set_step};
  wire [12:0] less = more - {1'b0, size_q};
  wire over = !less[12];  // turn + step reaches size
  wire [11:0] over_by = set_step - size_q;
  always_ff @(posedge clk) begin
    if (!rst_n) {used, size_q, end_q} <= '0;
    else if (set) {used, size_q, end_q} <= {set_size != '0, set_size, {1'b0, set_base} + set_size};
    if (set) base_q <= set_base;
    if (!rst_n || set || start) begin
      turn_q <= '0;
      middle_q <= {1'b0, set ? set_base : base_q};
      offset_q <= set ? set_size : size_q;
    end else if (rotate) begin
      turn_q <= over ? less[11:0] : more[11:0];
      middle_q <= middle_q + (over ? over_by : set_step);
      offset_q <= offset_q - (over ? over_by : set_step);
    end
  end

  wire inside_window = in_addr >= base_q && {1'b0, in_addr} < end_q;
  wire around = {1'b0, in_addr} >= middle_q;
  wire [10:0] back = in_addr - turn_q[10:0];
  wire [10:0] forth = in_addr + offset_q[10:0];
  assign placed = !inside_window ? in_addr : around ? back : forth;
endmodule
`default_nettype wire
