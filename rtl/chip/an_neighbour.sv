// SPDX-License-Identifier: Apache-2.0
// an_neighbour -- one way between two cores: a FIFO of Steps steps at the one that takes. Of two it is an_skid, in registers; of more
// an_fifo, whose steps come a clock later. in_ready does not depend on out_ready of the same clock: no path leads through a chain or around a ring.
// next_valid, next_ready: out_valid and in_ready of the next clock. free: places that no step has.
// Mirror: sw/model/an_stream.c
`default_nettype none
module an_neighbour #(
    parameter int Steps = 2,  // a power of two
    parameter int Bits = 32
) (
    input  logic            clk,
    input  logic            rst_n,
    input  logic            in_valid,
    output logic            in_ready,
    output logic            next_ready,
    output logic [    11:0] free,
    input  logic [Bits-1:0] in_data,
    output logic            out_valid,
    output logic            next_valid,
    input  logic            out_ready,
    output logic [Bits-1:0] out_data
);
  if (Steps > 2) begin : g_deep
    logic [$clog2(Steps):0] level;
    an_fifo #(.Words(Steps), .Bits(Bits)) u_fifo (.clk, .rst_n, .in_valid, .in_ready, .next_ready, .in_data, .out_valid, .next_valid, .out_ready, .out_data, .level);
    assign free = 12'(Steps) - 12'(level);
  end else begin : g_pair
    an_skid #(.Bits(Bits)) u_skid (.clk, .rst_n, .in_valid, .in_ready, .next_ready, .in_data, .out_valid, .next_valid, .out_ready, .out_data);
    assign free = {10'b0, in_ready && !out_valid, in_ready && out_valid};
  end
endmodule
`default_nettype wire
