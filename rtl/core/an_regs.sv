// SPDX-License-Identifier: Apache-2.0
// an_regs -- registers of a core on the bus: control, status, entry, tick, counters (docs/reference/registers.md)
// write: one clock with index and wdata. rdata is combinational from index. refused: no such register, or wrong direction.
// CLOCKS counts clocks of a running core that does not wait for a stream, STALLS the others; the driver adds them up beyond 32 bits.
// Mirror: sw/model/an_core.c
`default_nettype none
module an_regs #(
    parameter int ProgBits = 8
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
  wire waiting = wait_cause != an_spec_pkg::STALL_NONE;
  wire control = write && index == an_spec_pkg::REG_CORE_CTRL;
  assign start = control && wdata[0];
  assign stop = control && wdata[1];
  assign clear_range = control && wdata[3];
  always_ff @(posedge clk)
    if (!rst_n) begin
      entry <= '0;
      tick <= '0;
      clocks_q <= '0;
      visits_q <= '0;
      stalls_q <= '0;
    end else begin
      if (write && index == an_spec_pkg::REG_CORE_ENTRY) entry <= wdata[ProgBits-1:0];
      if (write && index == an_spec_pkg::REG_CORE_TICK) tick <= wdata;
      else if (tick_next) tick <= tick + 32'd1;
      if (running && !waiting) clocks_q <= clocks_q + 1'b1;
      if (running && waiting) stalls_q <= stalls_q + 1'b1;
      if (visit) visits_q <= visits_q + 32'(visits);
      if (control && wdata[2]) begin
        clocks_q <= '0;
        visits_q <= '0;
        stalls_q <= '0;
      end
    end

  // index has three bits that count, the rest is zero in every register
  logic known, writable;
  always_comb begin
    known = index[19:3] == '0;
    writable = 1'b0;
    rdata = 'x;
    case ({17'b0, index[2:0]})
      an_spec_pkg::REG_CORE_CTRL: writable = 1'b1;
      an_spec_pkg::REG_CORE_STATUS: rdata = {{16 - ProgBits{1'b0}}, pc, 8'b0, running ? wait_cause : 4'b0, state};
      an_spec_pkg::REG_CORE_ENTRY: {writable, rdata} = {1'b1, {32 - ProgBits{1'b0}}, entry};
      an_spec_pkg::REG_CORE_TICK: {writable, rdata} = {1'b1, tick};
      an_spec_pkg::REG_CORE_CLOCKS: rdata = clocks_q[31:0];
      an_spec_pkg::REG_CORE_VISITS: rdata = visits_q;
      an_spec_pkg::REG_CORE_STALLS: rdata = stalls_q;
      default: known = 1'b0;
    endcase
  end
  assign refused = !known || (is_write ? !writable : index == an_spec_pkg::REG_CORE_CTRL);
endmodule
`default_nettype wire
