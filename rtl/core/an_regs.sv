// SPDX-License-Identifier: Apache-2.0
// an_regs -- registers of a core on the bus: control, status, entry, tick, counters (docs/reference/registers.md)
// write: one clock with index and wdata. rdata is combinational from index. refused: no such register, or wrong direction.
// CLOCKS counts clocks of a running core that does not wait for a stream, STALLS the others; the driver adds them up beyond 32 bits.
// Mirror: sw/model/an_core.c
`default_nettype none
module an_regs #(
    parameter int ProgBits = 8,
    parameter bit Ahead = 1'b0   // a write is carried out a clock later, with wdata still there
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic                write,
    input  logic                is_write,
    input  logic [        19:0] index,
    input  logic [        31:0] wdata,
    output logic [        31:0] rdata,
    output logic                refused,
    output logic                start,
    output logic                stop,
    output logic                clear_range,
    output logic [ProgBits-1:0] entry,
    input  logic [         3:0] state,
    input  logic [ProgBits-1:0] pc,
    input  logic                running,
    input  logic                waiting,
    input  logic [         3:0] wait_cause,
    input  logic                tick_next,
    output logic [        31:0] tick,
    input  logic                visit,
    input  logic [        12:0] visits,
    output logic [        63:0] clocks
);
`ifdef AN_TRACE
  localparam int ClockBits = 48;  // records of long simulations
`else
  localparam int ClockBits = 32;
`endif
  logic [ClockBits-1:0] clocks_q;
  logic [31:0] visits_q, stalls_q;
  assign clocks = 64'(clocks_q);
  // index has three bits that count, the rest is zero in every register: counters and tick from 4 on
  wire [2:0] place = index[2:0];
  wire known = index[19:3] == '0 && place != 3'd2;
  wire is_control = place == 3'(an_spec_pkg::REG_CORE_CTRL);
  wire is_entry = place == 3'(an_spec_pkg::REG_CORE_ENTRY);
  wire is_tick = place == 3'(an_spec_pkg::REG_CORE_TICK);
  logic control, set_entry, set_tick;
  if (Ahead) begin : g_write
    always_ff @(posedge clk) {control, set_entry, set_tick} <= {3{write && rst_n}} & {is_control, is_entry, is_tick};
  end else begin : g_write
    assign {control, set_entry, set_tick} = {3{write}} & {is_control, is_entry, is_tick};
  end
  wire clear_counters = !rst_n || (control && wdata[2]);
  assign refused = !known || (is_write ? !(is_control || is_entry || is_tick) : is_control);
  assign start = control && wdata[0];
  assign stop = control && wdata[1];
  assign clear_range = control && wdata[3];
  always_ff @(posedge clk) begin
    if (set_entry) entry <= wdata[ProgBits-1:0];
    tick <= set_tick ? wdata : tick + 32'(tick_next);
    if (running && !waiting) clocks_q <= clocks_q + 1'b1;
    if (running && waiting) stalls_q <= stalls_q + 32'd1;
    if (visit) visits_q <= visits_q + 32'(visits);
    if (clear_counters) begin
      clocks_q <= '0;
      visits_q <= '0;
      stalls_q <= '0;
    end
    if (!rst_n) begin
      entry <= '0;
      tick <= '0;
    end
  end
  // by bits of the index (registers.md): 1 STATUS, 3 ENTRY, 4 TICK, 5 CLOCKS, 6 VISITS, 7 STALLS
  wire [31:0] status = {{16 - ProgBits{1'b0}}, pc, 8'b0, running ? wait_cause : 4'b0, state};
  wire [31:0] low = place[1] ? 32'(entry) : status;
  wire [31:0] pick = place[1] ? (place[0] ? stalls_q : visits_q) : {32{place[0]}}; // four ways in two LUTs a bit
  wire [31:0] high = place[1] ? pick : pick & clocks_q[31:0] | ~pick & tick;
  assign rdata = place[2] ? high : low;
endmodule
`default_nettype wire
