// SPDX-License-Identifier: Apache-2.0
// an_fifo -- FIFO in block RAM. in_ready while there is room; out_valid with out_data held until out_ready.
// A word comes out at the earliest two clocks after it went in; then one word a clock while words wait.
// level counts every word inside. Words is a power of two. Mirror: sw/model/an_stream.c
`default_nettype none
module an_fifo #(
    parameter int Words = 256,
    parameter int Bits = 16,
    localparam int AddrBits = $clog2(Words)
) (
    input  logic              clk,
    input  logic              rst_n,
    input  logic              in_valid,
    output logic              in_ready,
    input  logic [  Bits-1:0] in_data,
    output logic              out_valid,
    input  logic              out_ready,
    output logic [  Bits-1:0] out_data,
    output logic [AddrBits:0] level
);
  logic [AddrBits-1:0] head_q, tail_q;  // next read, next write
  wire push = in_valid && in_ready;
  wire pop = out_valid && out_ready;
  // a full RAM has its first word at the output already: equal means empty
  wire fetch = head_q != tail_q && (!out_valid || out_ready);
  assign in_ready = !level[AddrBits];
  an_mem_dual #(.Words(Words), .Bits(Bits)) u_mem (
      .clk, .read_en(fetch), .read_addr(head_q), .read_q(out_data), .write_en(push), .write_addr(tail_q), .write_d(in_data)
  );
  always_ff @(posedge clk)
    if (!rst_n) begin
      head_q <= '0;
      tail_q <= '0;
      level <= '0;
      out_valid <= 1'b0;
    end else begin
      head_q <= head_q + AddrBits'(fetch);
      tail_q <= tail_q + AddrBits'(push);
      level <= level + {{AddrBits{pop && !push}}, push != pop};
      out_valid <= fetch || (out_valid && !out_ready);
    end
endmodule
`default_nettype wire
