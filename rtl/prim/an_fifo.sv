// SPDX-License-Identifier: Apache-2.0
// an_fifo -- FIFO in block RAM. in_ready while there is room; out_valid with out_data held until out_ready.
// A word comes out at the earliest two clocks after it went in; then one word a clock while words wait.
// Far: both ends lie far away and a register stands between each and the RAM; four clocks.
// level counts every word inside, at most Words. next_valid, next_ready: out_valid and in_ready of the next clock. Words is a power of two. Mirror: sw/model/an_stream.c
`default_nettype none
module an_fifo #(
    parameter int Words = 256,
    parameter int Bits = 16,
    parameter bit Far = 1'b0,
    localparam int AddrBits = $clog2(Words)
) (
    input  logic              clk,
    input  logic              rst_n,
    input  logic              in_valid,
    output logic              in_ready,
    output logic              next_ready,
    input  logic [  Bits-1:0] in_data,
    output logic              out_valid,
    output logic              next_valid,
    input  logic              out_ready,
    output logic [  Bits-1:0] out_data,
    output logic [AddrBits:0] level
);
  logic [AddrBits-1:0] head_q, tail_q;  // next read, next write
  logic put, read_valid, take;  // into the RAM; at its output
  logic [Bits-1:0] put_data, read_data;
  wire push = in_valid && in_ready;
  wire pop = out_valid && out_ready;
  // a full RAM has its first word at the output already: equal means empty
  wire fetch = head_q != tail_q && (!read_valid || take);
  assign in_ready = !level[AddrBits];
  // the next level's top bit, without the sum
  assign next_ready = !rst_n || (in_ready ? !(push && !pop && &level[AddrBits-1:0]) : pop);
  wire next_read = rst_n && (fetch || (read_valid && !take));
  an_mem_dual #(.Words(Words), .Bits(Bits)) u_mem (
      .clk, .read_en(fetch), .read_addr(head_q), .read_q(read_data), .write_en(put), .write_addr(tail_q), .write_d(put_data)
  );
  always_ff @(posedge clk) read_valid <= next_read;
  always_ff @(posedge clk)
    if (!rst_n) begin
      head_q <= '0;
      tail_q <= '0;
      level <= '0;
    end else begin
      head_q <= head_q + AddrBits'(fetch);
      tail_q <= tail_q + AddrBits'(put);
      level <= level + {{AddrBits{pop && !push}}, push != pop};
    end
  if (Far) begin : g_far
    assign take = !out_valid || out_ready;
    assign next_valid = rst_n && (read_valid || !take);
    always_ff @(posedge clk) begin
      put <= rst_n && push;
      put_data <= in_data;
      out_valid <= next_valid;
      if (take) out_data <= read_data;
    end
  end else begin : g_far
    assign {put, put_data, take} = {push, in_data, out_ready};
    assign next_valid = next_read;
    assign {out_valid, out_data} = {read_valid, read_data};
  end
endmodule
`default_nettype wire
