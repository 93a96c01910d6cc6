// SPDX-License-Identifier: Apache-2.0
// an_range -- range records, one a site (docs/machine.md section 8): count of saturating instructions, clip flag, first tick
// site at clock t, note_sat / note_clip about it at t+1: read, changed, written in t+1. clear takes ProgWords clocks (busy).
// The first tick is kept in the upper half of the scalars' memory: first_we writes first_tick at place first_at.
// Bus: the other half of a record, one clock after its pc. Mirror: sw/model/an_range.c
`default_nettype none
module an_range #(
    parameter int ProgBits = 8,
    parameter bit Ahead = 1'b0   // written a clock later: no scalar is that early in the next instruction, no record of the same site
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic                clear,
    output logic                busy,
    input  logic [ProgBits-1:0] site,
    input  logic                note_sat,
    input  logic                note_clip,
    input  logic [        31:0] tick,
    output logic                first_we,
    output logic [ProgBits-1:0] first_at,
    output logic [        31:0] first_tick,
    input  logic                bus_read,
    input  logic [ProgBits-1:0] bus_pc,
    output logic [        31:0] bus_rdata
);
  localparam int CountBits = an_spec_pkg::RANGE_COUNT_BITS;
  logic [ProgBits-1:0] site_q, clear_q;
  logic [CountBits:0] record;
  wire clipped = record[CountBits];
  wire [CountBits-1:0] count = record[CountBits-1:0];
  wire [CountBits-1:0] next = count + 1'b1;  // beside whether it counts on
  wire [CountBits:0] noted = {clipped || note_clip, note_sat && !(&count) ? next : count};
  wire [ProgBits-1:0] record_at = busy ? clear_q : site_q;
  wire [31:0] tick_now = busy ? '0 : tick;
  wire [CountBits:0] noted_now = busy ? '0 : noted;
  logic write;
  logic [CountBits:0] write_d;
  if (Ahead) begin : g_write
    logic busy_q, note_q;
    logic [CountBits / 4:0] none_q;  // four bits of the count each
    logic [CountBits / 4:0] none;
    always_comb for (int k = 0; k <= CountBits / 4; k++) none[k] = 4'(count >> 4 * k) == '0;
    assign first_we = busy_q || (note_q && &none_q);
    always_ff @(posedge clk) begin
      {busy_q, note_q, write} <= {3{rst_n}} & {busy, note_sat, busy || note_sat || note_clip};
      none_q <= none;
      {first_at, first_tick, write_d} <= {record_at, tick_now, noted_now};
    end
  end else begin : g_write
    assign {first_we, write} = {busy || (note_sat && count == '0), busy || note_sat || note_clip};
    assign {first_at, first_tick, write_d} = {record_at, tick_now, noted_now};
  end
  an_mem_dual #(.Words(1 << ProgBits), .Bits(CountBits + 1)) u_mem (
      .clk, .read_en(1'b1), .read_addr(bus_read ? bus_pc : site), .read_q(record), .write_en(write), .write_addr(first_at), .write_d
  );
  always_ff @(posedge clk) begin
    site_q <= site;
    clear_q <= busy ? clear_q + 1'b1 : '0;
    busy <= rst_n && (clear || (busy && !(&clear_q)));
  end
  assign bus_rdata = {clipped, {31 - CountBits{1'b0}}, count};
endmodule
`default_nettype wire
