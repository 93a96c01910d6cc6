// SPDX-License-Identifier: Apache-2.0
// an_ways -- the ways past a core: its neighbours' ports are its own, or a way's while that is busy (docs/machine.md sections 7 and 9)
// Way 0 takes what comes from above, way 1 what comes from below. set: so many steps, less one, from the next clock on (an_pass), in which it is busy.
// Ports as an_core's: 0 host, which no way touches, 1 up, 2 down. next_*: in the next clock. Combinational; without Pass its ports are the core's own. Mirror: sw/model/an_pass.c
`default_nettype none
module an_ways #(
    parameter int Units = 2,
    parameter bit Pass = 1'b0
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic [         1:0] set,
    input  logic [        10:0] steps_m1,
    output logic [         1:0] busy,
    output logic [         1:0] next_busy,
    input  logic [         2:0] in_valid,    // neighbours and host
    input  logic [         2:0] next_valid,
    output logic [         2:0] in_ready,
    input  logic [32*Units-1:0] in_up_f24,
    input  logic [32*Units-1:0] in_down_f24,
    output logic [         2:0] out_valid,
    input  logic [         2:0] out_ready,
    input  logic [         2:0] next_ready,
    output logic [32*Units-1:0] out_up_f24,
    output logic [32*Units-1:0] out_down_f24,
    output logic [         2:0] own_next_valid,  // the core: takes where its own are valid and ready, gives where given and room
    input  logic [         2:0] own_ready,
    input  logic [         2:0] own_given,
    output logic [         2:0] own_next_room,
    input  logic [32*Units-1:0] own_data
);
  if (Pass) begin : g_pass
    logic [1:0] pass_ready, pass_valid;
    for (genvar k = 0; k < 2; k++) begin : g_way
      an_pass u_pass (
          .clk, .rst_n, .set(set[k]), .steps_m1, .busy(busy[k]), .next_busy(next_busy[k]), .in_valid(in_valid[1+k]), .in_ready(pass_ready[k]),
          .out_valid(pass_valid[k]), .out_ready(out_ready[2-k])
      );
    end
    assign own_next_valid = next_valid & ~{next_busy, 1'b0};
    assign own_next_room = next_ready & ~{next_busy[0], next_busy[1], 1'b0};
    wire unused_host = ^{in_valid[0], out_ready[0]};
    assign in_ready = (own_ready & ~{busy, 1'b0}) | {pass_ready, 1'b0};
    assign out_valid = (own_given & ~{busy[0], busy[1], 1'b0}) | {pass_valid[0], pass_valid[1], 1'b0};
    assign out_up_f24 = busy[1] ? in_down_f24 : own_data;
    assign out_down_f24 = busy[0] ? in_up_f24 : own_data;
  end else begin : g_pass
    assign {busy, next_busy} = '0;
    assign {own_next_valid, own_next_room, in_ready, out_valid} = {next_valid, next_ready, own_ready, own_given};
    assign {out_up_f24, out_down_f24} = {2{own_data}};
    wire unused = ^{clk, rst_n, set, steps_m1, in_valid, out_ready, in_up_f24, in_down_f24};
  end
endmodule
`default_nettype wire
