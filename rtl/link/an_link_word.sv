// SPDX-License-Identifier: Apache-2.0
// an_link_word -- the 32 bits that the link moves one a clock: a word for the bus, a word from it, or the CRC-32 of bytes.
// in   bits with shift, least significant first. sum: into the CRC, c = (c >> 1) ^ (bit ^ c[0] ? LINK_CRC_POLY : 0) from all ones on; the word
//      is ~c, so that its final inversion is done. Else into bit 31. extend: bit 31 stays, in the place of the bit (a sign).
//      clear: start of a CRC. load: a word at once. At most one of shift, clear, load.
`default_nettype none

module an_link_word (
    input  wire         clk,
    input  wire         clear,
    input  wire         load,
    input  wire  [31:0] load_word,
    input  wire         shift,
    input  wire         sum,
    input  wire         extend,
    input  wire         in_bit,
    output logic [31:0] word
);
  wire fold = sum && in_bit == word[0];
  wire top  = sum || (extend ? word[31] : in_bit);
  always_ff @(posedge clk)
    if (clear) word <= '0;
    else if (load || shift) word <= load ? load_word : {top, word[31:1]} ^ (fold ? an_spec_pkg::LINK_CRC_POLY : 32'd0);
endmodule
`default_nettype wire
