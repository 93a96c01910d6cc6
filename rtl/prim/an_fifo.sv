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
  logic [AddrBits:0] head_q, tail_q, seen_q;  // next read, next write, tail as the read port sees it
  wire push = in_valid && in_ready;
  wire pop = out_valid && out_ready;
  wire [AddrBits:0] head_d = head_q + {{AddrBits{1'b0}}, pop};
  assign level = tail_q - head_q;
  assign in_ready = !level[AddrBits];
  assign out_valid = seen_q != head_q;
  an_mem_dual #(.Words(Words), .Bits(Bits)) u_mem (
      .clk, .read_addr(head_d[AddrBits-1:0]), .read_q(out_data),
      .write_en(push), .write_addr(tail_q[AddrBits-1:0]), .write_d(in_data)
  );
  always_ff @(posedge clk)
    if (!rst_n) begin
      head_q <= '0;
      tail_q <= '0;
      seen_q <= '0;
    end else begin
      head_q <= head_d;
      tail_q <= tail_q + {{AddrBits{1'b0}}, push};
      seen_q <= tail_q;
    end
endmodule
`default_nettype wire
