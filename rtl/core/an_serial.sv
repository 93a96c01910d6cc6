// SPDX-License-Identifier: Apache-2.0
// an_serial -- the words that unit 0 does not compute: AMAX's index, RECIP and SQRT (machine.md 3, 7)
// AMAX: the index of the largest A so far, whose place is index in stage 4; best_any: there is none yet. RECIP, SQRT: A is loaded in stage 4, `steps` clocks, then
// bits_last, bits_strobe: the result is written in the next clock, in this one; bits_busy from a step's fire until its result is written. word_f24: of the one or
// the other (is_bits). Mirror: sw/model/an_serial.c
`default_nettype none
module an_serial #(
    parameter bit Recip = 1'b1
) (
    input  logic        clk,
    input  logic        rst_n,
    input  logic [63:0] word,
    input  logic        go,
    input  logic        cancel,
    input  logic        is_bits,
    input  logic        fire,
    input  logic        stage_4,
    input  logic [31:0] a_f24,
    input  logic        greater,     // A is larger than all before
    input  logic [10:0] index,
    output logic        best_any,
    output logic        bits_busy,
    output logic        bits_last,
    output logic        bits_strobe,
    output logic        bits_cut,    // the result that is written saturated
    output logic [31:0] word_f24
);
  logic best_any_q;
  logic [10:0] best_index_q;
  always_ff @(posedge clk)
    if (go) begin
      best_any_q <= 1'b1;
    end else if (stage_4) begin
      best_any_q <= 1'b0;
      if (best_any_q || greater) best_index_q <= index;
    end
  assign best_any = best_any_q;

  wire [4:0] sh = word[an_spec_pkg::F_VEC_SH_MSB:an_spec_pkg::F_VEC_SH_LSB];
  wire is_root = word[an_spec_pkg::F_OP_MSB:an_spec_pkg::F_OP_LSB] == an_spec_pkg::OP_SQRT;
  logic [31:0] bits_f24;
  logic bits_sat;
  if (Recip) begin : g_bits
    logic run_q;
    logic [2:1] end_q;
    assign bits_last = end_q[2];
    logic root_q;        // of word, which stands still
    logic [5:0] left_q;  // steps to go, less one: of RECIP 48 - sh, of SQRT 27
    an_recip u_recip (
        .clk, .load(stage_4 && is_bits), .step(run_q), .root(root_q), .in_a_f24(a_f24), .result_f24(bits_f24), .sat(bits_sat)
    );
    always_ff @(posedge clk) begin
      root_q <= is_root;
      left_q <= stage_4 ? (root_q ? 6'd27 : 6'd48 - {sh[4], sh}) : left_q - 6'd1;
      if (!rst_n || cancel) {run_q, end_q, bits_strobe, bits_busy} <= '0;
      else begin
        run_q <= (stage_4 && is_bits) || (run_q && left_q != '0);
        end_q <= {end_q[1], run_q && left_q == '0};
        bits_strobe <= bits_last;
        bits_busy <= (fire && is_bits) || (bits_busy && !bits_strobe);
      end
    end
  end else begin : g_bits
    assign {bits_f24, bits_sat, bits_last, bits_strobe, bits_busy} = '0;
    wire unused_bits = ^{rst_n, cancel, fire, a_f24, sh, is_root};
  end
  assign bits_cut = bits_sat && is_bits && bits_strobe;
  assign word_f24 = is_bits ? bits_f24 : {21'b0, best_index_q};
  wire unused = ^word;
endmodule
`default_nettype wire
