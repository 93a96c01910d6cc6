// SPDX-License-Identifier: Apache-2.0
// an_range -- range records, one a site (docs/machine.md section 8): count of saturating instructions, first tick, clip flag
// site at clock t, note_sat / note_clip about it at t+1: read, changed, written in t+1. clear takes ProgWords clocks (busy).
// Bus: index = 2*pc + half, data one clock after the address. Mirror: sw/model/an_range.c
`default_nettype none
module an_range #(
    parameter int ProgBits = 8
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic                clear,
    output logic                busy,
    input  logic [ProgBits-1:0] site,
    input  logic                note_sat,
    input  logic                note_clip,
    input  logic [        31:0] tick,
    input  logic                bus_read,
    input  logic [  ProgBits:0] bus_index,
    output logic [        31:0] bus_rdata
);
  localparam int Bits = 33 + an_spec_pkg::RANGE_COUNT_BITS;
  localparam int CountBits = an_spec_pkg::RANGE_COUNT_BITS;
  logic [ProgBits-1:0] site_q, clear_q;
  logic [Bits-1:0] record, noted;
  wire [ProgBits-1:0] read_addr = bus_read ? bus_index[ProgBits:1] : site;

  wire [31:0] first = record[Bits-1:CountBits+1];
  wire clipped = record[CountBits];
  wire [CountBits-1:0] count = record[CountBits-1:0];
  wire more = note_sat && !(&count);
  assign noted = {note_sat && count == '0 ? tick : first, clipped || note_clip, count + {{CountBits - 1{1'b0}}, more}};
  an_mem_dual #(.Words(1 << ProgBits), .Bits(Bits)) u_mem (
      .clk, .read_en(1'b1), .read_addr, .read_q(record), .write_en(busy || note_sat || note_clip),
      .write_addr(busy ? clear_q : site_q), .write_d(busy ? '0 : noted)
  );
  always_ff @(posedge clk) begin
    site_q <= site;
    clear_q <= busy ? clear_q + 1'b1 : '0;
    busy <= rst_n && (clear || (busy && !(&clear_q)));
  end
  assign bus_rdata = bus_index[0] ? {clipped, {31 - CountBits{1'b0}}, count} : first;
endmodule
`default_nettype wire
