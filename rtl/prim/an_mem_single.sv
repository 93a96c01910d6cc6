// SPDX-License-Identifier: Apache-2.0
// an_mem_single -- large RAM with one port: a clock either writes or reads (read data one clock later).
// On iCE40 UP5K 16K x 16 of it is one SB_SPRAM256KA.
`default_nettype none
module an_mem_single #(
    parameter int Words = 16384,
    parameter int Bits = 16,
    localparam int AddrBits = Words > 1 ? $clog2(Words) : 1
) (
    input  logic                clk,
    input  logic                write_en,
    input  logic [AddrBits-1:0] addr,
    input  logic [    Bits-1:0] write_d,
    output logic [    Bits-1:0] read_q
);
  (* ram_style = "huge" *) logic [Bits-1:0] mem[0:Words-1];
`ifdef AN_TRACE
  initial for (int i = 0; i < Words; i++) mem[i] = '0;  // as the model creates its memories
`endif
  always_ff @(posedge clk)
    if (write_en) mem[addr] <= write_d;
    else read_q <= mem[addr];
endmodule
`default_nettype wire
