// SPDX-License-Identifier: Apache-2.0
// an_access -- the bus into the memories of a core that does not run
// A word goes the way of the core's own: read through A, written through the result bus. `step` counts the clocks:
//   0 address into the base registers, a word to write into the result  1 at the memory  2 word read, word written  3 on M  4 in A (Far and Ahead: M and A a clock later each)
// Sizes are powers of two.
// The operands stand a clock before valid and until ready: what is legal is known from a register. ready in the last clock; refused at once.
`default_nettype none
module an_access #(
    parameter bit Far = 1'b0,  // a synapse word takes a clock more to M; writes come a clock later
    parameter bit Ahead = 1'b0,  // so does every word
    parameter int SynWords = 65536,
    parameter int StateWords = 1024,
    parameter int RateWords = 1024,
    parameter int ProgWords = 256,
    parameter int Scalars = 256
) (
    input  logic        clk,
    input  logic        rst_n,
    input  logic        valid,
    input  logic        is_write,
    input  logic [ 3:0] space,
    input  logic [19:0] index,
    input  logic        running,
    input  logic        hold,       // range records are being cleared
    input  logic        regs_refused,
    output logic        ready,
    output logic        refused,
    output logic        open,       // a memory access is under way
    output logic        read_a,     // A takes the word
    output logic        prog_we,
    output logic        scalar_we,
    output logic        table_we,
    output logic        rate_we,
    output logic        state_we,
    output logic        syn_we,
    output logic        regs_write
);
  localparam int Last = 4 + (Far ? 1 : 0) + (Ahead ? 1 : 0);
  logic [2:0] step_q;
  logic inside_space;
  always_comb
    case (space)
      an_spec_pkg::BUS_REGS:    inside_space = 1'b1;
      an_spec_pkg::BUS_PROGRAM: inside_space = (index >> $clog2(2 * ProgWords)) == '0;
      an_spec_pkg::BUS_SCALAR:  inside_space = (index >> $clog2(Scalars)) == '0;
      an_spec_pkg::BUS_TABLE:   inside_space = (index >> $clog2(an_spec_pkg::TABLES * an_spec_pkg::TABLE_POINTS)) == '0;
      an_spec_pkg::BUS_RATE:    inside_space = (index >> $clog2(RateWords)) == '0;
      an_spec_pkg::BUS_STATE:   inside_space = (index >> $clog2(StateWords)) == '0;
      an_spec_pkg::BUS_SYNAPSE: inside_space = (index >> $clog2(SynWords)) == '0;
      an_spec_pkg::BUS_RANGE:   inside_space = (index >> $clog2(2 * ProgWords)) == '0 && !is_write;
      default:                  inside_space = 1'b0;
    endcase
  wire is_regs = space == an_spec_pkg::BUS_REGS;
  always_ff @(posedge clk) refused <= is_regs ? regs_refused : !inside_space || running;
  always_ff @(posedge clk) open <= rst_n && valid && !is_regs && !refused && !hold && !ready;
  assign ready = valid && (is_regs || refused ? !hold : open && step_q == 3'(Last));
  always_ff @(posedge clk) step_q <= rst_n && open && !ready ? step_q + 3'd1 : '0;

  wire writes = open && is_write;
  assign read_a = open && !is_write && step_q == 3'(Last - 1);
  wire early = writes && step_q == 3'd0;
  wire late = writes && step_q == 3'd2;
  wire last_of_all = writes && step_q == 3'd3;  // a synapse word goes through C
  wire [5:0] we = {early && space == an_spec_pkg::BUS_PROGRAM, late && space == an_spec_pkg::BUS_SCALAR,
                   early && space == an_spec_pkg::BUS_TABLE, late && space == an_spec_pkg::BUS_RATE,
                   late && space == an_spec_pkg::BUS_STATE, last_of_all && space == an_spec_pkg::BUS_SYNAPSE};
  if (Far) begin : g_we
    always_ff @(posedge clk) {prog_we, scalar_we, table_we, rate_we, state_we, syn_we} <= rst_n ? we : '0;
  end else begin : g_we
    assign {prog_we, scalar_we, table_we, rate_we, state_we, syn_we} = we;
  end
  assign regs_write = ready && is_regs && is_write && !refused;
endmodule
`default_nettype wire
