// SPDX-License-Identifier: Apache-2.0
// an_lane -- one synapse a clock: acc_i += w*x, gathered w*y_i, w += x2*y_i; pairs: v += x2*y2 - beta*v - kappa*w, w += mu*v
//   multiplier:   0            1            2
//   plain         x*w          y*w          x2*y
//   pair, w slot  x*w          y*w          mu*v (of the column before the last three)
//   pair, v slot  x2*y2        beta*v       kappa*w
// in   memory words one clock after their address; row_* are the row's, the same for all lanes; rnd in the clock of the sum
// latency: words -> factors 1 -> products 2 -> accumulator 3 = shifted 3 -> weight 4; pair: v 6 after its word, w 12 after its own
// C holds the start of a gathered sum, the sum itself, or a result to be written. Mirror: sw/model/an_lane.c
`default_nettype none
module an_lane #(
    parameter bit Pairs = 1'b1,
    parameter bit Split = 1'b0
) (
    input  logic               clk,
    input  an_ctl_pkg::lane_t  ctl,
    input  logic               c_en,
    input  logic               c_pass,   // the state memory gets the result bus in the place of C
    input  logic               gather_en,
    input  logic [31:0]        state_q_f24,
    input  logic [15:0]        rate_q_f12,
    input  logic [15:0]        syn_q,
    input  logic [31:0]        result_f24,
    input  logic [ 9:0]        low,          // Split: of a gathered sum, whose high bits are the result
    input  logic [15:0]        row_0,
    input  logic [15:0]        row_1,
    input  logic [15:0]        row_2,
    input  logic [15:0]        rnd,
    output logic [31:0]        c_f24,
    output logic [31:0]        gather_p_f24,
    output logic [31:0]        state_d_f24,
    output logic               acc_sat,
    output logic [15:0]        syn_d,
    output logic               syn_sat
);
  // factors, products
  logic [15:0] chosen_v;
  logic [15:0] line1;
  logic signed [15:0] m0b, m1a, m2b;
  if (Pairs) begin : g_factors
    always_comb
      case (ctl.load)
        an_ctl_pkg::LOAD_V: {m0b, m1a, m2b} = {rate_q_f12, row_1, line1};
        an_ctl_pkg::LOAD_W: {m0b, m1a, m2b} = {syn_q, rate_q_f12, chosen_v};
        default:            {m0b, m1a, m2b} = {syn_q, rate_q_f12, rate_q_f12};
      endcase
  end else begin : g_factors
    always_comb {m0b, m1a, m2b} = {syn_q, rate_q_f12, rate_q_f12};
    wire unused = ^{ctl.load, row_1, chosen_v};
  end
  logic signed [31:0] p0, p1, p2;
  an_mult u_mult0 (.clk, .a(row_0), .b(m0b), .p(p0));
  an_mult u_mult1 (.clk, .a(m1a), .b(syn_q & {16{gather_en}}), .p(p1));  // a mask, not a reset: the register goes into the multiplier block
  an_mult u_mult2 (.clk, .a(row_2), .b(m2b), .p(p2));
  assign gather_p_f24 = p1;

  // accumulator; C
  // |p0| <= 2^30: a sum that overflows shows it in its top two bits. 32 bits, so that the adder goes into the multiplier block
  logic [31:0] a_f24, acc_f24;
  logic minus_q;
  always_ff @(posedge clk) begin
    if (ctl.a_clr) a_f24 <= '0;
    else a_f24 <= state_q_f24;
    acc_f24 <= a_f24 + p0;
    minus_q <= a_f24[31];
    if (c_en) c_f24 <= ctl.c_clr ? '0 : ctl.c_start ? a_f24 : result_f24;
  end
  logic [31:0] sum_f24;
  if (Split) begin : g_low
    logic [9:0] low_q;
    always_ff @(posedge clk) if (c_pass || (c_en && !ctl.c_start)) low_q <= low;
    assign sum_f24 = ctl.write_low ? {22'b0, low_q} : c_f24;
  end else begin : g_low
    assign sum_f24 = c_f24;
    wire unused = ^{low, ctl.write_low};
  end
  assign acc_sat = acc_f24[31] != minus_q && acc_f24[30] == minus_q;
  assign state_d_f24 = ctl.write_c ? (c_pass ? result_f24 : sum_f24) : acc_sat ? {minus_q, {31{!minus_q}}} : acc_f24;

  // learn
  logic [15:0] line;
  logic [48:0] n;
  if (Pairs) begin : g_pair
    logic [16*10-1:0] lines_q;  // line k in bits 16k-1 .. 16k-16: w and v take turns
    logic [48:0] s_q, n_q;
    logic [31:0] p2_q;
    logic [15:0] v_q;
    function automatic logic [48:0] times(input logic [31:0] x, input logic [1:0] bytes);
      case (bytes)
        2'd0:    times = {{17{x[31]}}, x};
        2'd1:    times = {{9{x[31]}}, x, 8'b0};
        default: times = {x[31], x, 16'b0};
      endcase
    endfunction
    always_ff @(posedge clk) begin
      lines_q <= {lines_q[16*9-1:0], syn_q};
      // what a narrowed sum is added to, chosen a clock before: line 3, in a pair 5 (v) and 11 (w) in turn
      line <= ctl.load == an_ctl_pkg::LOAD_PLAIN ? lines_q[16*2-1-:16] : ctl.line_v ? lines_q[16*10-1-:16] : lines_q[16*4-1-:16];
      s_q <= {{17{p0[31]}}, p0} - times(p1, ctl.bsh);
      p2_q <= p2;
      n_q <= s_q - times(p2_q, ctl.ksh);
      v_q <= ctl.wnew ? syn_d : lines_q[16*6-1-:16];
    end
    assign chosen_v = v_q;
    assign line1 = lines_q[15:0];
    assign n = ctl.n_pair ? n_q : {{17{p2[31]}}, p2};
  end else begin : g_plain
    logic [15:0] line2;
    always_ff @(posedge clk) begin
      line1 <= syn_q;
      line2 <= line1;
      line <= line2;
    end
    assign chosen_v = '0;
    assign n = {{17{p2[31]}}, p2};
    wire unused = ^{ctl.n_pair, ctl.line_v, ctl.bsh, ctl.ksh, ctl.wnew};
  end
  an_narrow u_narrow (.clk, .r(ctl.r), .n, .line, .rnd, .out_bus(ctl.write_bus), .bus(c_f24[15:0]), .out(syn_d), .out_sat(syn_sat));
endmodule
`default_nettype wire
