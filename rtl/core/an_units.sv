// SPDX-License-Identifier: Apache-2.0
// an_units -- the vector units of a core, an activation table each, and the result bus: V neighbouring lanes a step, unit 0 alone where serial
//   unit u: state and rate of lane read_lane + u -> M (Ahead: a clock later) -> result_f24 -> rate_f12, rate_sat a clock behind it
//   half word of M: rate; half_fraction: where an element stands between two points of its table; half_table: a point
// Unit 0 alone has the row unit's sum, the scalars of a sweep (reading) and the bus, and its result bus is the gathered sum while sweep is set.
// bus_open: bus_read_a takes what bus_to_* name to A, and bus_wdata goes to the result (a rate << 12). Tables are alike: the bus writes all and
// reads the first. Latency and ctl: an_unit, an_table. Mirror: an_lane_vector in sw/model/an_lane.c, sw/model/an_table.c
`default_nettype none
module an_units #(
    parameter int Lanes = 2,
    parameter int Units = 2,
    parameter bit Sums = 1'b1,
    parameter bit Ahead = 1'b0,
    parameter bit Beside = 1'b0,
    parameter bit Follow = 1'b0,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1
) (
    input  logic                clk,
    input  an_ctl_pkg::unit_t   ctl,
    input  logic                reading,
    input  logic                sweep,
    input  logic [LaneBits-1:0] read_lane,
    input  logic [32*Lanes-1:0] state_q_f24,
    input  logic [16*Lanes-1:0] rate_q_f12,
    input  logic [        31:0] scalar_f24,
    input  logic [32*Units-1:0] word_f24,      // results from elsewhere
    input  logic [        42:0] sum_f24,
    input  logic [        31:0] gathered_f24,
    input  logic [        63:0] word,          // the instruction, which names table, k, and whether A is zero
    input  logic                table_take,
    input  logic                table_next,
    input  logic                half_table,
    input  logic                half_fraction,
    input  logic                bus_open,
    input  logic                bus_read_a,
    input  logic                bus_to_scalar,
    input  logic                bus_to_half,
    input  logic                bus_to_table,
    input  logic                bus_to_syn,
    input  logic [        15:0] bus_syn,
    input  logic [LaneBits-1:0] bus_lane,
    input  logic                bus_is_rate,
    input  logic                table_we,
    input  logic [         9:0] bus_index,
    input  logic [        31:0] bus_wdata,
    output logic [32*Units-1:0] a_f24,
    output logic                greater,       // these three of unit 0
    output logic [        36:0] n_f24,
    output logic [        15:0] narrow_f12,
    output logic [   Units-1:0] narrow_clip,
    output logic [   Units-1:0] d_sat,
    output logic [32*Units-1:0] result_f24,
    output logic [   Units-1:0] result_sat,
    output logic [16*Units-1:0] rate_f12,
    output logic [   Units-1:0] rate_sat
);
  an_ctl_pkg::unit_t unit_ctl;
  always_comb begin
    unit_ctl = ctl;  // in a sweep it takes nothing from M
    if (reading) unit_ctl.m_scalar = 1'b1;
    if (bus_open) begin
      unit_ctl.a_en = bus_read_a;
      unit_ctl.a_16 = 1'b0;
      unit_ctl.m_scalar = bus_to_scalar;
      unit_ctl.m_half = bus_to_half;
      unit_ctl.word_en = 1'b1;
    end
  end
  wire [LaneBits-1:0] element_lane = bus_open ? bus_lane : read_lane;
  wire [31:0] bus_word = bus_is_rate ? {{4{bus_wdata[15]}}, bus_wdata[15:0], 12'b0} : bus_wdata;
  for (genvar u = 0; u < Units; u++) begin : g_unit
    logic [31:0] state_f24, lane_f24, own_f24;
    logic [15:0] half_f12, operand_f12, lane_f12, unit_narrow_f12, table_q_f12, fraction;
    logic [36:0] unit_n_f24;
    logic unit_greater;
    if (Ahead) begin : g_word
      always_ff @(posedge clk) if (!ctl.hold_read) {state_f24, operand_f12} <= {lane_f24, lane_f12};
    end else begin : g_word
      assign {state_f24, operand_f12} = {lane_f24, lane_f12};
    end
    if (u == 0) begin : g_first
      an_mux #(.Ways(Lanes), .Bits(16)) u_rate_way (.sel(element_lane), .words(rate_q_f12), .y(lane_f12));
      an_mux #(.Ways(Lanes), .Bits(32)) u_state_way (.sel(element_lane), .words(state_q_f24), .y(lane_f24));
      always_comb begin
        half_f12 = half_fraction ? fraction : bus_to_syn ? bus_syn : operand_f12;
        if (half_table || bus_to_table) half_f12 = table_q_f12;  // out of its RAM: last
      end
      assign result_f24[31:0] = sweep ? gathered_f24 : own_f24;
      assign greater = unit_greater;
      assign n_f24 = unit_n_f24;
      assign narrow_f12 = unit_narrow_f12;
    end else begin : g_other
      always_comb begin
        lane_f24 = '0;
        lane_f12 = '0;
        for (int q = 0; q < Lanes; q += Units)
          if (Units == Lanes || read_lane == LaneBits'(q)) begin
            lane_f24 = lane_f24 | state_q_f24[32*(q+u)+:32];
            lane_f12 = lane_f12 | rate_q_f12[16*(q+u)+:16];
          end
        half_f12 = half_fraction ? fraction : operand_f12;
        if (half_table) half_f12 = table_q_f12;
      end
      assign result_f24[32*u+:32] = own_f24;
      wire unused = ^{unit_n_f24, unit_greater, unit_narrow_f12};
    end
    an_table u_table (
        .clk, .in_table(word[an_spec_pkg::F_VEC_B_LSB+:2]), .in_k(word[an_spec_pkg::F_VEC_SH_LSB+:3]),
        .in_zero(word[an_spec_pkg::F_VEC_ASP_LSB+:2] == an_spec_pkg::SRC_Z), .in_a_f24(a_f24[32*u+:32]), .take(table_take), .next(table_next),
        .q_f12(table_q_f12), .f(fraction), .bus_open, .bus_write(table_we), .bus_index, .bus_wdata(bus_wdata[15:0])
    );
    an_unit #(.Ahead(Ahead), .Beside(Beside), .Follow(Follow)) u_unit (
        .clk, .ctl(unit_ctl), .state_f24, .half_f12, .scalar_f24, .ext_f24(u == 0 && Sums ? sum_f24 : '0),
        .word_f24(u == 0 && bus_open ? bus_word : word_f24[32*u+:32]), .a_f24(a_f24[32*u+:32]), .greater(unit_greater), .n_f24(unit_n_f24),
        .narrow_f12(unit_narrow_f12), .narrow_clip(narrow_clip[u]), .d_sat(d_sat[u]), .result_f24(own_f24), .result_sat(result_sat[u])
    );
    wire [20:0] rate = an_num_pkg::rhu_f24_f12(result_f24[32*u+:32]);
    always_ff @(posedge clk)
      if (!ctl.hold_result) begin
        rate_f12[16*u+:16] <= an_num_pkg::rhu_f12_s16f12(rate);
        rate_sat[u] <= an_num_pkg::rhu_f24_cuts(rate);
      end
  end
  wire unused = ^word;
endmodule
`default_nettype wire
