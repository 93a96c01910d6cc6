// SPDX-License-Identifier: Apache-2.0
// an_mem_synapse -- synapse memory of one lane: one read and one write a clock, read data one clock after the address.
// Banked = 1: two single-port banks that alternate by address parity. Contract then: in a clock that writes, the read
// address has the other parity, or its data is not used (docs/decisions/0006). Mirror: sw/model/an_mem.c
`default_nettype none
module an_mem_synapse #(
    parameter int Words = 32768,
    parameter bit Banked = 1'b0,
    localparam int AddrBits = $clog2(Words)
) (
    input  logic                clk,
    input  logic                read_en,  // the data is used: for the check only
    input  logic [AddrBits-1:0] read_addr,
    output logic [        15:0] read_q,
    input  logic                write_slot, // some lane writes in this clock: addresses follow it, the same in every lane
    input  logic                write_en,
    input  logic [AddrBits-1:0] write_addr,
    input  logic [        15:0] write_d
);
  if (Banked) begin : g_banked
    logic [15:0] q0, q1;
    logic odd_q;
    wire slot0 = write_slot && !write_addr[0];
    wire slot1 = write_slot && write_addr[0];
    an_mem_single #(.Words(Words / 2)) u_even (
        .clk, .write_en(write_en && slot0), .addr(slot0 ? write_addr[AddrBits-1:1] : read_addr[AddrBits-1:1]), .write_d, .read_q(q0)
    );
    an_mem_single #(.Words(Words / 2)) u_odd (
        .clk, .write_en(write_en && slot1), .addr(slot1 ? write_addr[AddrBits-1:1] : read_addr[AddrBits-1:1]), .write_d, .read_q(q1)
    );
    always_ff @(posedge clk) odd_q <= read_addr[0];
    assign read_q = odd_q ? q1 : q0;
`ifdef AN_TRACE
    always_ff @(posedge clk)
      if (read_en && write_en && read_addr[0] == write_addr[0]) $fatal(1, "synapse bank read and written in one clock");
`else
    wire unused = read_en;
`endif
  end else begin : g_dual
    an_mem_dual #(.Words(Words), .Bits(16)) u_mem (
        .clk, .read_en(1'b1), .read_addr, .read_q, .write_en, .write_addr, .write_d
    );
    wire unused = read_en | write_slot;
  end
endmodule
`default_nettype wire
