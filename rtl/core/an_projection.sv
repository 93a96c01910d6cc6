// SPDX-License-Identifier: Apache-2.0
// an_projection -- the projection that PRJ, PAR, ROW, LAN describe, placed through the ring windows, and a pair's three scalars
// Each set_* takes its instruction word; one address a memory and clock goes through the rings: x g, y acc at once, x2 ainit at go,
// y2 ginit one clock later. At go of a pair with learn, scalar addresses in the next 3 clocks, words one later, narrowed two later.
// out  addresses of 11 bits; sizes less one; beta kappa mu s16f12. Mirror: an_sweep_decode in sw/model/an_sweep.c
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
    input  logic        is_sweep,    // the instruction is SWP,
    input  logic        first,       //   in its first clock
    input  logic        go,
    input  logic        go_pair,
    output logic        go_late,     // first slot comes next
    output logic        reading,     // the scalar memory gives one of the three,
    output logic        narrowing,   //   narrow_f12 is one of them
    output logic [ 7:0] scalar_addr,
    input  logic [15:0] narrow_f12,
    output logic [10:0] place_state,
    output logic [10:0] place_rate,
    input  logic [10:0] placed_state,
    input  logic [10:0] placed_rate,
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
  // In ROW and LAN the fields named alike in layout stand in the same place: first, second, third, fourth operand.
  wire [10:0] field_1 = word[an_spec_pkg::F_ROW_X_MSB:an_spec_pkg::F_ROW_X_LSB];
  wire [10:0] field_2 = word[an_spec_pkg::F_ROW_X2_MSB:an_spec_pkg::F_ROW_X2_LSB];
  wire [10:0] field_3 = word[an_spec_pkg::F_ROW_G_MSB:an_spec_pkg::F_ROW_G_LSB];
  wire [10:0] field_4 = word[an_spec_pkg::F_ROW_GINIT_MSB:an_spec_pkg::F_ROW_GINIT_LSB];

  logic go_q;
  assign place_rate = is_sweep ? (first ? x2 : y2) : field_1;
  assign place_state = is_sweep ? (first ? ainit : ginit) : field_3;

  always_ff @(posedge clk) begin
    go_q <= go && rst_n;
    if (set_prj) begin
      rows_m1 <= word[an_spec_pkg::F_PRJ_ROWS_LSB+:11] - 11'd1;
      cols_m1 <= word[an_spec_pkg::F_PRJ_COLS_LSB+:11] - 11'd1;
      stride <= word[an_spec_pkg::F_PRJ_STRIDE_MSB:an_spec_pkg::F_PRJ_STRIDE_LSB];
    end
    if (set_row) begin
      x <= placed_rate;
      x2 <= field_2;
      g <= placed_state;
      ginit <= field_4;
      gmode <= word[an_spec_pkg::F_ROW_GMODE_MSB:an_spec_pkg::F_ROW_GMODE_LSB];
    end
    if (set_lan) begin
      y <= placed_rate;
      y2 <= field_2;
      acc <= placed_state;
      ainit <= field_4;
      amode <= word[an_spec_pkg::F_LAN_AMODE_MSB:an_spec_pkg::F_LAN_AMODE_LSB];
    end
    if (go) begin
      x2 <= placed_rate;
      ainit <= placed_state;
    end
    if (go_q) begin
      y2 <= placed_rate;
      ginit <= placed_state;
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
    wire unused_pair = ^{set_par, go_pair, narrow_f12};
  end
  wire unused = ^word;
endmodule
`default_nettype wire
