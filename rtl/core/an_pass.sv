// SPDX-License-Identifier: Apache-2.0
// an_pass -- one way past a core: what comes from one neighbour goes to the other, a step a clock, and the core does something else (machine.md 7, 9)
// set, while it is not busy: so many steps, less one, from the next clock on. busy: the core leaves both ports alone. A step goes in the
// clock in which it is there and has room; no register is on the way, since the one who takes has a FIFO. Mirror: sw/model/an_pass.c
`default_nettype none
module an_pass (
    input  logic        clk,
    input  logic        rst_n,
    input  logic        set,
    input  logic [10:0] steps_m1,
    output logic        busy,
    output logic        next_busy,  // busy in the next clock
    input  logic        in_valid,
    output logic        in_ready,
    output logic        out_valid,
    input  logic        out_ready
);
  logic [10:0] left_m1;
  logic last_q;  // the step that is next is the last one
  wire go = busy && in_valid && out_ready;
  assign in_ready = busy && out_ready;
  assign out_valid = busy && in_valid;
  assign next_busy = rst_n && (set || (busy && !(go && last_q)));
  always_ff @(posedge clk) begin
    busy <= next_busy;
    if (set) {left_m1, last_q} <= {steps_m1, steps_m1 == '0};
    else if (go) {left_m1, last_q} <= {left_m1 - 11'd1, left_m1 == 11'd1};
  end
`ifdef FORMAL
  `include "an_pass_props.svh"
`endif
endmodule
`default_nettype wire
