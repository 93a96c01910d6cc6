// SPDX-License-Identifier: Apache-2.0
// an_projection -- the projection that PRJ, PAR, ROW, LAN describe, placed through the ring windows, and a pair's three scalars
// Each set_* takes its instruction word; ROW's and LAN's addresses stand in placed_* in that clock, first to fourth operand in d a b c.
// At go of a pair with learn, scalar addresses in the next 3 clocks, words one later, narrowed two later.
// out  addresses of 11 bits; sizes less one; beta kappa mu s16f12. Mirror: an_sweep_row, an_sweep_decode in sw/model/an_sweep.c
`default_nettype none
module an_projection #(
    parameter bit Pairs = 1'b1
) (
    input  logic        clk,
    input  logic        rst_n,
    input  logic [63:0] word,
    input  logic        set_prj,
    input  logic        set_par,
    input  logic        set_row,
    input  logic        set_lan,
    input  logic        go_pair,
    output logic        go_late,     // first slot comes next
    output logic        reading,     // the scalar memory gives one of the three,
    output logic        narrowing,   //   narrow_f12 is one of them
    output logic [ 7:0] scalar_addr,
    input  logic [15:0] narrow_f12,
    input  an_ctl_pkg::places_t placed_state,
    input  an_ctl_pkg::places_t placed_rate,
    output logic        pair,
    output logic [10:0] rows_m1,
    output logic [10:0] cols_m1,
    output logic [13:0] stride,
    output logic [10:0] x,
    output logic [10:0] x2,
    output logic [10:0] g,
    output logic [10:0] ginit,
    output logic [ 1:0] gmode,
    output logic [10:0] y,
    output logic [10:0] y2,
    output logic [10:0] acc,
    output logic [10:0] ainit,
    output logic [ 1:0] amode,
    output logic [15:0] beta_f12,
    output logic [15:0] kappa_f12,
    output logic [15:0] mu_f12,
    output logic [ 1:0] bsh,
    output logic [ 1:0] ksh,
    output logic [ 4:0] wsh
);
  always_ff @(posedge clk) begin
    if (set_prj) begin
      rows_m1 <= word[an_spec_pkg::F_PRJ_ROWS_LSB+:11] - 11'd1;
      cols_m1 <= word[an_spec_pkg::F_PRJ_COLS_LSB+:11] - 11'd1;
      stride <= word[an_spec_pkg::F_PRJ_STRIDE_MSB:an_spec_pkg::F_PRJ_STRIDE_LSB];
    end
    if (set_row) begin
      {x, x2, g, ginit} <= {placed_rate.d, placed_rate.a, placed_state.b, placed_state.c};
      gmode <= word[an_spec_pkg::F_ROW_GMODE_MSB:an_spec_pkg::F_ROW_GMODE_LSB];
    end
    if (set_lan) begin
      {y, y2, acc, ainit} <= {placed_rate.d, placed_rate.a, placed_state.b, placed_state.c};
      amode <= word[an_spec_pkg::F_LAN_AMODE_MSB:an_spec_pkg::F_LAN_AMODE_LSB];
    end
  end

  if (Pairs) begin : g_pairs
    logic [7:0] beta_at, kappa_at, mu_at;
    logic [5:1] read_q;
    assign scalar_addr = read_q[1] ? beta_at : read_q[2] ? kappa_at : mu_at;
    assign reading = |read_q[4:2];
    assign narrowing = |read_q[5:3];
    assign go_late = read_q[3];
    always_ff @(posedge clk) begin
      read_q <= rst_n ? {read_q[4:1], go_pair} : '0;
      if (set_prj) pair <= word[an_spec_pkg::F_PRJ_PAIR_LSB];
      if (set_par) begin
        beta_at <= word[an_spec_pkg::F_PAR_BETA_MSB:an_spec_pkg::F_PAR_BETA_LSB];
        kappa_at <= word[an_spec_pkg::F_PAR_KAPPA_MSB:an_spec_pkg::F_PAR_KAPPA_LSB];
        mu_at <= word[an_spec_pkg::F_PAR_MU_MSB:an_spec_pkg::F_PAR_MU_LSB];
        bsh <= word[an_spec_pkg::F_PAR_BSH_MSB:an_spec_pkg::F_PAR_BSH_LSB];
        ksh <= word[an_spec_pkg::F_PAR_KSH_MSB:an_spec_pkg::F_PAR_KSH_LSB];
        wsh <= word[an_spec_pkg::F_PAR_WSH_MSB:an_spec_pkg::F_PAR_WSH_LSB];
      end
      if (read_q[3]) beta_f12 <= narrow_f12;
      if (read_q[4]) kappa_f12 <= narrow_f12;
      if (read_q[5]) mu_f12 <= narrow_f12;
    end
  end else begin : g_pairs
    assign {pair, scalar_addr, reading, narrowing, go_late, beta_f12, kappa_f12, mu_f12, bsh, ksh, wsh} = '0;
    wire unused_pair = ^{rst_n, set_par, go_pair, narrow_f12};
  end
  wire unused = ^{word, placed_state, placed_rate};
endmodule
`default_nettype wire
