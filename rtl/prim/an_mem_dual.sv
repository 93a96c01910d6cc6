// SPDX-License-Identifier: Apache-2.0
// an_mem_dual -- block RAM, one read and one write port. Read data one clock after the address, and as it was without read_en.
// A read of the word that is written in the same clock gives either value: users keep them apart.
// Mirror: sw/model/an_mem.c
`default_nettype none
module an_mem_dual #(
    parameter int Words = 256,
    parameter int Bits = 16,
    localparam int AddrBits = Words > 1 ? $clog2(Words) : 1
) (
    input  logic                clk,
    input  logic                read_en,
    input  logic [AddrBits-1:0] read_addr,
    output logic [    Bits-1:0] read_q,
    input  logic                write_en,
    input  logic [AddrBits-1:0] write_addr,
    input  logic [    Bits-1:0] write_d
);
  (* no_rw_check *) logic [Bits-1:0] mem[0:Words-1];
`ifdef AN_TRACE
  initial for (int i = 0; i < Words; i++) mem[i] = '0;  // as the model creates its memories
`endif
  always_ff @(posedge clk) begin
    if (write_en) mem[write_addr] <= write_d;
    if (read_en) read_q <= mem[read_addr];
  end
endmodule
`default_nettype wire
