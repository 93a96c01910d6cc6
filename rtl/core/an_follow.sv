// SPDX-License-Identifier: Apache-2.0
// an_follow -- may the vector instruction that is seen begin while the one before it still writes? (docs/machine.md section 7)
// go: word is a vector instruction that begins now; it is the one before from the next clock on. seen: an instruction after it.
// An operand is safe in another memory, at the same field, or, without a ring window in its memory, where it begins outside of the destination:
// what begins before it meets a block later than it is written. Mirror: an_vec_follows in sw/model/an_vec.c
`default_nettype none
module an_follow #(
    parameter int Lanes = 2,
    parameter int StateBits = 9,  // of a block's address
    parameter int RateBits = 9
) (
    input  logic        clk,
    input  logic        go,
    input  logic [63:0] word,
    input  logic [10:0] n_m1,
    input  logic        state_window,  // a ring window is set
    input  logic        rate_window,
    input  logic [63:0] seen,
    output logic        follows
);
  localparam int StateReach = StateBits < 11 ? StateBits : 11;
  localparam int RateReach = RateBits < 11 ? RateBits : 11;
  localparam logic [10:0] StateMask = 11'((1 << StateReach) - 1);
  localparam logic [10:0] RateMask = 11'((1 << RateReach) - 1);
  logic [10:0] d_q, last_q;  // of the one before: destination, last block
  logic [1:0] dsp_q;
  always_ff @(posedge clk)
    if (go) begin
      d_q <= word[an_spec_pkg::F_VEC_D_MSB:an_spec_pkg::F_VEC_D_LSB];
      dsp_q <= word[an_spec_pkg::F_VEC_DSP_MSB:an_spec_pkg::F_VEC_DSP_LSB];
      last_q <= n_m1 >> $clog2(Lanes);
    end
  wire to_state = !dsp_q[0] || dsp_q == an_spec_pkg::SPC_SR;
  wire to_rate = dsp_q[0];
  wire fits = (last_q & ~(StateMask & RateMask)) == '0;  // shorter than its memories

  wire [4:0] op = seen[an_spec_pkg::F_OP_MSB:an_spec_pkg::F_OP_LSB];
  wire [1:0] asp = seen[an_spec_pkg::F_VEC_ASP_MSB:an_spec_pkg::F_VEC_ASP_LSB];
  wire [1:0] bsp = seen[an_spec_pkg::F_VEC_BSP_MSB:an_spec_pkg::F_VEC_BSP_LSB];
  wire uses_c = op == an_spec_pkg::OP_SEL || op == an_spec_pkg::OP_MAC || op == an_spec_pkg::OP_LEAK;
  wire [2:0] in_rate = {1'b0, bsp == an_spec_pkg::SRC_R, asp == an_spec_pkg::SRC_R};
  wire [2:0] in_state = {uses_c && !seen[an_spec_pkg::F_VEC_CSP_LSB], bsp == an_spec_pkg::SRC_S, asp == an_spec_pkg::SRC_S};
  wire [32:0] at = {seen[an_spec_pkg::F_VEC_C_MSB:an_spec_pkg::F_VEC_C_LSB], seen[an_spec_pkg::F_VEC_B_MSB:an_spec_pkg::F_VEC_B_LSB],
                    seen[an_spec_pkg::F_VEC_A_MSB:an_spec_pkg::F_VEC_A_LSB]};
  logic [2:0] meets;
  always_comb
    for (int i = 0; i < 3; i++) begin
      logic [10:0] from;  // where it begins, counted from the destination
      from = at[11*i+:11] - d_q;
      meets[i] = from != '0 && ((in_state[i] && to_state && (state_window || (from & StateMask) <= last_q)) ||
                                (in_rate[i] && to_rate && (rate_window || (from & RateMask) <= last_q)));
    end
  assign follows = op >= an_spec_pkg::OP_ADD && op <= an_spec_pkg::OP_LEAK &&
      seen[an_spec_pkg::F_VEC_DSP_MSB:an_spec_pkg::F_VEC_DSP_LSB] != an_spec_pkg::SPC_K && fits && meets == '0;
  wire unused = ^{word, seen};
endmodule
`default_nettype wire
