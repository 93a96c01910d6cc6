// SPDX-License-Identifier: Apache-2.0
// an_bus_read -- what the bus reads of a core: registers, program and counts of range records as they are; all other words through M and A (an_access)
//   to_scalar, to_half, to_table, to_syn: what the first unit takes to M while the bus is open, else the state word; half words: rate, table, synapse
// Far: these and the synapse word of its lane are registers. Ahead: so are program and range record. All words are whole: a half word is
// extended. Mirror: an_core_read in sw/model/an_core.c
`default_nettype none
module an_bus_read #(
    parameter int Lanes = 2,
    parameter bit Far = 1'b0,
    parameter bit Ahead = 1'b0,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1
) (
    input  logic                clk,
    input  logic                open,
    input  logic [         3:0] space,
    input  logic                odd,         // the second word of an instruction, of a range record
    input  logic [LaneBits-1:0] lane,
    input  logic [16*Lanes-1:0] syn_q,
    output logic                to_scalar,
    output logic                to_half,
    output logic                to_table,
    output logic                to_syn,
    output logic [        15:0] syn,
    input  logic [        31:0] regs_rdata,
    input  logic [        63:0] prog_q,
    input  logic [        31:0] range_rdata,
    input  logic [        31:0] a_f24,
    output logic [        31:0] rdata
);
  // first ticks are read as scalars are
  wire [3:0] way = {space == an_spec_pkg::BUS_SCALAR || space == an_spec_pkg::BUS_RANGE, space != an_spec_pkg::BUS_STATE,
                    open && space == an_spec_pkg::BUS_TABLE, open && space == an_spec_pkg::BUS_SYNAPSE};
  logic [15:0] syn_way;
  an_mux #(.Ways(Lanes), .Bits(16)) u_syn_way (.sel(lane), .words(syn_q), .y(syn_way));
  if (Far) begin : g_far
    always_ff @(posedge clk) {to_scalar, to_half, to_table, to_syn, syn} <= {way, syn_way};
  end else begin : g_far
    assign {to_scalar, to_half, to_table, to_syn, syn} = {way, syn_way};
  end

  logic [31:0] bus_prog, bus_range;
  wire [31:0] prog_half = odd ? prog_q[63:32] : prog_q[31:0];
  if (Ahead) begin : g_ahead
    always_ff @(posedge clk) {bus_prog, bus_range} <= {prog_half, range_rdata};
  end else begin : g_ahead
    assign {bus_prog, bus_range} = {prog_half, range_rdata};
  end
  always_comb
    case (space)
      an_spec_pkg::BUS_REGS:                           rdata = regs_rdata;
      an_spec_pkg::BUS_PROGRAM:                        rdata = bus_prog;
      an_spec_pkg::BUS_RANGE:                          rdata = odd ? bus_range : a_f24;
      an_spec_pkg::BUS_SCALAR, an_spec_pkg::BUS_STATE: rdata = a_f24;
      default:                                         rdata = {{12{a_f24[31]}}, a_f24[31:12]};
    endcase
  if (!Far && !Ahead) begin : g_no_clock
    wire unused = clk;
  end
endmodule
`default_nettype wire
