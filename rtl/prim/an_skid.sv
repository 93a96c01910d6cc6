// SPDX-License-Identifier: Apache-2.0
// an_skid -- FIFO of two words in registers, at the receiving end between two cores, where a word is a step. One word a clock;
// in_ready does not depend on out_ready of the same clock. next_valid, next_ready: out_valid and in_ready of the next clock. Mirror: sw/model/an_stream.c
`default_nettype none
module an_skid #(
    parameter int Bits = 32
) (
    input  logic            clk,
    input  logic            rst_n,
    input  logic            in_valid,
    output logic            in_ready,
    output logic            next_ready,
    input  logic [Bits-1:0] in_data,
    output logic            out_valid,
    output logic            next_valid,
    input  logic            out_ready,
    output logic [Bits-1:0] out_data
);
  logic second_q;
  logic [Bits-1:0] second_data;
  assign in_ready = !second_q;
  wire push = in_valid && in_ready;
  wire pop = out_valid && out_ready;
  assign next_valid = rst_n && (second_q || push || (out_valid && !pop));
  assign next_ready = !(rst_n && (second_q ? !pop : push && out_valid && !pop));
  wire to_first = push && (!out_valid || pop);
  always_ff @(posedge clk) begin
    out_valid <= next_valid;
    second_q <= !next_ready;
    if (pop && second_q) out_data <= second_data;
    else if (to_first) out_data <= in_data;
    if (push) second_data <= in_data;
  end
endmodule
`default_nettype wire
