// SPDX-License-Identifier: Apache-2.0
// an_link_addr -- the bus address of a request, one bit a clock, least significant first.
// in   shift: a bit comes in at the top, or (turn) the address goes around, once in 32 shifts. first, before them: it counts on by count,
//      0 or 1. last: no carry into the next bit. clear: to zero.
`default_nettype none

module an_link_addr (
    input  wire         clk,
    input  wire         clear,
    input  wire         shift,
    input  wire         turn,
    input  wire         in_bit,
    input  wire         first,
    input  wire         count,
    input  wire         last,
    output logic [27:0] addr
);
  logic [31:0] addr_q; // its top four bits only pass through
  logic        carry_q;
  assign addr = addr_q[27:0];
  always_ff @(posedge clk) begin
    if (clear) addr_q <= '0;
    else if (shift) addr_q <= {turn ? addr_q[0] ^ carry_q : in_bit, addr_q[31:1]};
    if (first) carry_q <= count;
    else if (shift) carry_q <= carry_q && addr_q[0] && !last;
  end
endmodule
`default_nettype wire
