// SPDX-License-Identifier: Apache-2.0
// an_mem_lanes -- one block RAM for all lanes: they read and write at one address each clock, a lane's part is written where its bit is set.
// As an_mem_dual otherwise. Two lanes of 16 to 18 bits share a 512 x 36 block of an ECP5, whose bytes of 9 bits have write enables of their own.
// Mirror: sw/model/an_mem.c
`default_nettype none
module an_mem_lanes #(
    parameter int Words = 512,
    parameter int Lanes = 2,
    parameter int Bits = 16,
    localparam int AddrBits = Words > 1 ? $clog2(Words) : 1
) (
    input  logic                  clk,
    input  logic                  read_en,
    input  logic [  AddrBits-1:0] read_addr,
    output logic [Lanes*Bits-1:0] read_q,
    input  logic [     Lanes-1:0] write_en,
    input  logic [  AddrBits-1:0] write_addr,
    input  logic [Lanes*Bits-1:0] write_d
);
  (* no_rw_check *) logic [Lanes*Bits-1:0] mem[0:Words-1];
`ifdef AN_TRACE
  initial for (int i = 0; i < Words; i++) mem[i] = '0;  // as the model creates its memories
`endif
  always_ff @(posedge clk) begin
    for (int l = 0; l < Lanes; l++) if (write_en[l]) mem[write_addr][Bits*l+:Bits] <= write_d[Bits*l+:Bits];
    if (read_en) read_q <= mem[read_addr];
  end
endmodule
`default_nettype wire
