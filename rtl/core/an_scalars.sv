// SPDX-License-Identifier: Apache-2.0
// an_scalars -- the scalars of a core, and in the upper half of their memory the first ticks of its range records (an_range)
// q: the scalar at read_addr, or what the bus names, one clock later. One write port: no scalar is written in the clock of a first tick, and
// the bus's words come as the core's own, through C. Addresses beyond Scalars wrap. Mirror: sw/model/an_mem.h, sw/model/an_range.c
`default_nettype none
module an_scalars #(
    parameter int Scalars = 256,
    parameter int ProgBits = 8,
    localparam int ScalarBits = $clog2(Scalars),
    localparam int HalfBits = ScalarBits > ProgBits ? ScalarBits : ProgBits
) (
    input  logic                clk,
    input  logic [         7:0] read_addr,
    output logic [        31:0] q_f24,
    input  logic                we,
    input  logic [         7:0] waddr,
    input  logic [        31:0] d_f24,
    input  logic                first_we,
    input  logic [ProgBits-1:0] first_at,
    input  logic [        31:0] first_tick,
    input  logic                bus_open,
    input  logic                bus_is_first,  // a first tick is read, of instruction bus_index / 2
    input  logic                bus_we,
    input  logic [        19:0] bus_index
);
  wire [HalfBits-1:0] bus_at = bus_is_first ? HalfBits'(bus_index[ProgBits:1]) : HalfBits'(bus_index[ScalarBits-1:0]);
  an_mem_dual #(.Words(2 << HalfBits), .Bits(32)) u_mem (
      .clk, .read_en(1'b1), .read_addr(bus_open ? {bus_is_first, bus_at} : {1'b0, HalfBits'(read_addr[ScalarBits-1:0])}),
      .read_q(q_f24), .write_en(we || bus_we || first_we),
      .write_addr(bus_open ? {1'b0, bus_at} : first_we ? {1'b1, HalfBits'(first_at)} : {1'b0, HalfBits'(waddr[ScalarBits-1:0])}),
      .write_d(first_we ? first_tick : d_f24)
  );
  wire unused = ^{read_addr, waddr, bus_index};
endmodule
`default_nettype wire
