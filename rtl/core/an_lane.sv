// SPDX-License-Identifier: Apache-2.0
// an_lane -- one synapse a clock: acc_i += w*x, gathered w*y_i, w += x2*y_i; pairs: v += x2*y2 - beta*v - kappa*w, w += mu*v
//   multiplier:   0            1            2
//   plain         x*w          y*w          x2*y
//   pair, w slot  x*w          y*w          mu*v (of the column before the last three)
//   pair, v slot  beta*v       x2*y2        kappa*w
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
    output logic [31:0]        start_f24,    // C as a start
    output logic [31:0]        c_f24,
    output logic [31:0]        gather_p_f24,
    output logic [31:0]        state_d_f24,
    output logic               acc_sat,
    output logic [15:0]        syn_d,
    output logic               syn_sat
);
  // factors
  logic [3:0] r_q;
  always_ff @(posedge clk) r_q <= ctl.r[3:0];
  logic [15:0] line_0, line_1;
  logic signed [31:0] p0, p1, p2;
  logic [31:0] term_f24;  // of the accumulator
  logic [47:0] w;         // what is narrowed, shifted by 16 or not
  logic sign, lost;
  if (Pairs) begin : g_pair
    // A choice of two or three is made by their registers where a clock is free: those that are not chosen are all zero (or all ones).
    // So the multipliers give their products to registers here. A pair's slots take turns from its first word to its last write.
    wire load_v = ctl.load == an_ctl_pkg::LOAD_V;
    wire load_w = ctl.load == an_ctl_pkg::LOAD_W;
    logic v_q, gather_q;  // the products are those of a v slot, are gathered
    // words: line v of 3 or w of 6 words, every word is one or, in a pair, every second
    logic [15:0] v1_q, v2_q, v3_q, kappa_q, mu_q;
    logic [16*5-1:0] w_q;
    always_ff @(posedge clk) begin
      if (!load_w) {v1_q, v2_q, v3_q} <= {syn_q, v1_q, v2_q};
      if (load_w) w_q <= {w_q[16*4-1:0], syn_q};
      line_0 <= v2_q;
      if (load_w) line_0 <= '0;
      line_1 <= w_q[16*5-1-:16];
      if (!load_w) line_1 <= '0;
      kappa_q <= syn_q;
      if (!load_w) kappa_q <= '0;
      mu_q <= ctl.wnew ? syn_d : v3_q;
      if (!load_v) mu_q <= '0;
      v_q <= load_v;
      gather_q <= gather_en;
    end
    wire plain = !load_v && !load_w;
    an_mult #(.Late(1'b0)) u_mult0 (.clk, .a(row_0), .b(syn_q), .p(p0));
    an_mult #(.Late(1'b0)) u_mult1 (.clk, .a(rate_q_f12), .b(load_v ? row_1 : syn_q), .p(p1));
    an_mult #(.Late(1'b0)) u_mult2 (.clk, .a(row_2), .b(kappa_q | mu_q | (rate_q_f12 & {16{plain}})), .p(p2));

    // products: beta*v and kappa*w shifted by 0, 1 or 2 bytes; the latter a clock longer
    logic [31:0] b0_q, b1_q, b2_q, k0_q, k1_q, k2_q, p1_q, high_q, low_q;
    wire b_1 = ctl.bsh == 2'd1, k_1 = ctl.ksh == 2'd1;
    always_ff @(posedge clk) begin
      b0_q <= p0;
      if (v_q && ctl.bsh != 2'd0) b0_q <= '1;
      b1_q <= p0;
      if (!b_1) b1_q <= '1;
      b2_q <= p0;
      if (!ctl.bsh[1]) b2_q <= '1;
      p1_q <= p1;
      if (!gather_q) p1_q <= '0;
      if (v_q) {k0_q, k1_q, k2_q} <= {3{p2}};
      if (ctl.ksh != 2'd0) k0_q <= '1;
      if (!k_1) k1_q <= '1;
      if (!ctl.ksh[1]) k2_q <= '1;
      high_q <= p2;
      if (v_q || !ctl.r[4]) high_q <= '0;
      low_q <= p2;
      if (v_q || ctl.r[4]) low_q <= '0;
    end
    assign term_f24 = b0_q;
    assign gather_p_f24 = p1_q;

    // ~N = (~x2*y2 + beta*v) + kappa*w
    logic [47:0] part, part_q;
    logic [48:0] not_n, n_high_q, n_low_q;
    an_add_and #(.Bits(48), .Invert(1'b1)) u_part (
        .a({{16{p1_q[31]}}, p1_q}), .b({{16{b0_q[31]}}, b0_q}), .c({{8{b1_q[31]}}, b1_q, {8{!b_1}}}), .d({b2_q, {16{!ctl.bsh[1]}}}), .y(part)
    );
    an_add_and #(.Bits(49)) u_whole (
        .a({part_q[47], part_q}), .b({{17{k0_q[31]}}, k0_q}), .c({{9{k1_q[31]}}, k1_q, {8{!k_1}}}),
        .d({k2_q[31], k2_q, {16{!ctl.ksh[1]}}}), .y(not_n)
    );
    always_ff @(posedge clk) begin
      part_q <= part;
      n_high_q <= not_n;
      if (!v_q || !ctl.r[4]) n_high_q <= '1;
      n_low_q <= not_n;
      if (!v_q || ctl.r[4]) n_low_q <= '1;
    end
    assign w = ~n_high_q[47:0] | {~n_low_q[31:0], 16'b0} | {{16{high_q[31]}}, high_q} | {low_q, 16'b0};
    assign sign = !n_high_q[48] || !n_low_q[48] || high_q[31] || low_q[31];
    assign lost = n_low_q[47:32] != {16{n_low_q[48]}};
  end else begin : g_plain
    logic [15:0] line1, line2;
    logic high_q;
    always_ff @(posedge clk) {line1, line2, line_0, high_q} <= {syn_q, line1, line2, ctl.r[4]};
    assign line_1 = '0;
    an_mult u_mult0 (.clk, .a(row_0), .b(syn_q), .p(p0));
    an_mult u_mult1 (.clk, .a(rate_q_f12), .b(syn_q & {16{gather_en}}), .p(p1));  // a mask, not a reset: the register goes into the multiplier block
    an_mult u_mult2 (.clk, .a(row_2), .b(rate_q_f12), .p(p2));
    assign term_f24 = p0;
    assign gather_p_f24 = p1;
    assign w = high_q ? {{16{p2[31]}}, p2} : {p2, 16'b0};
    assign sign = p2[31];
    assign lost = 1'b0;
    wire unused = ^{ctl.load, row_1, ctl.bsh, ctl.ksh, ctl.wnew};
  end
  an_narrow #(.Copies(Pairs)) u_narrow (
      .clk, .r(r_q), .w, .sign, .lost, .line_0, .line_1, .rnd, .out_bus(ctl.write_bus), .bus(c_f24[15:0]), .out(syn_d), .out_sat(syn_sat)
  );

  // accumulator; C
  // |p0| <= 2^30: a sum that overflows shows it in its top two bits. 32 bits, so that the adder goes into the multiplier block
  logic [31:0] a_f24, acc_f24;
  logic minus_q;
  always_ff @(posedge clk) begin
    if (ctl.a_clr) a_f24 <= '0;
    else a_f24 <= state_q_f24;
    acc_f24 <= a_f24 + term_f24;
    minus_q <= a_f24[31];
  end
  if (Pairs) begin : g_c  // registers of their own are cheaper than a choice before one
    always_ff @(posedge clk) begin
      if (c_en && ctl.c_start) start_f24 <= ctl.c_clr ? '0 : a_f24;
      if (c_en && !ctl.c_start) c_f24 <= result_f24;
    end
  end else begin : g_c
    always_ff @(posedge clk) if (c_en) c_f24 <= ctl.c_clr ? '0 : ctl.c_start ? a_f24 : result_f24;
    assign start_f24 = c_f24;
  end
  logic [9:0] low_q;
  logic write_low;
  if (Split) begin : g_low
    always_ff @(posedge clk) if (c_pass || (c_en && !ctl.c_start)) low_q <= low;
    assign write_low = ctl.write_low;
  end else begin : g_low
    assign low_q = '0;
    assign write_low = 1'b0;
    wire unused = ^{low, ctl.write_low};
  end
  assign acc_sat = acc_f24[31] != minus_q && acc_f24[30] == minus_q;
  // all ones, all zeros, both: what is left over
  wire ones = write_low || (acc_sat && !minus_q);
  wire zeros = write_low || (acc_sat && minus_q);
  wire held = ctl.write_c && !write_low;
  an_pick #(.Bits(31)) u_pick (
      .other(held), .pass(c_pass), .a(c_f24[30:0]), .b(result_f24[30:0]), .ones, .zeros, .own(acc_f24[30:0]), .left({21'b0, low_q}),
      .y(state_d_f24[30:0])
  );
  assign state_d_f24[31] = held ? (c_pass ? result_f24[31] : c_f24[31]) : !ones && (zeros || acc_f24[31]);
endmodule
`default_nettype wire
