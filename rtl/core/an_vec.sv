// SPDX-License-Identifier: Apache-2.0
// an_vec -- vector instructions: scalar operands, block reads in the order a b c, control of the lanes, the write (machine.md 3, 4, 7)
// go at clock t0 with the instruction in word (held until done). Scalars t0+1 .. t0+nk; then blocks, cpb clocks each.
// Read clock V0: address placed; V1 at the memory; V2 word; V3 operands; V4 factors; V5 products; V6 N; V7 shifted; V8 written.
// TAB: V3 elements lane by lane, C holds the results five clocks later, then as from V3. DOT: sum at V5, N at V6, scalar at V8.
// Serial instructions (an_serial): `serial` starts them after the scalars, read_block reads one block, A is there 3 clocks later.
// Mirror: sw/model/an_vec.c
`default_nettype none
module an_vec #(
    parameter int Lanes = 2,
    localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1,
    localparam int Shift = $clog2(Lanes)
) (
    input  logic                  clk,
    input  logic                  rst_n,
    input  logic [          63:0] word,
    input  logic [          10:0] n_m1,
    input  logic                  go,
    output logic                  done,        // last clock of an instruction that is not serial
    // an_serial
    output logic                  serial,
    output logic [          10:0] neurons_m1,
    output logic                  last_block,
    output logic                  table_element,
    output logic [  LaneBits-1:0] table_lane,
    input  logic                  read_block,
    input  logic                  block_done,
    input  logic                  serial_write,
    input  logic                  serial_done,
    // addresses
    output logic [          10:0] place_state,
    output logic [          10:0] place_rate,
    input  logic [          10:0] placed_state,
    input  logic [          10:0] placed_rate,
    output logic [           7:0] scalar_addr,
    output logic [          10:0] rate_addr,
    output logic [          10:0] state_addr,
    output logic [          10:0] rate_waddr,
    output logic [          10:0] state_waddr,
    output logic [     Lanes-1:0] rate_we,
    output logic [     Lanes-1:0] state_we,
    output logic                  scalar_we,
    input  logic                  bus_load,
    input  logic [          10:0] bus_block,
    // lanes
    output an_ctl_pkg::operand_t  operand_ctl,
    output an_ctl_pkg::multiply_t multiply_ctl,
    output an_ctl_pkg::narrow_t   narrow_ctl,
    output logic [     Lanes-1:0] c_en,
    output logic [     Lanes-1:0] gather_en,
    output logic                  sum_products,
    // records
    input  logic [     Lanes-1:0] narrow_clip,
    input  logic [     Lanes-1:0] d_sat,
    input  logic [     Lanes-1:0] result_sat,
    input  logic [     Lanes-1:0] rate_sat,
    input  logic                  table_sat,
    input  logic                  serial_sat,
    output logic                  sat,
    output logic                  clip
);
  wire [4:0] op = word[an_spec_pkg::F_OP_MSB:an_spec_pkg::F_OP_LSB];
  wire [1:0] asp = word[an_spec_pkg::F_VEC_ASP_MSB:an_spec_pkg::F_VEC_ASP_LSB];
  wire [1:0] bsp = word[an_spec_pkg::F_VEC_BSP_MSB:an_spec_pkg::F_VEC_BSP_LSB];
  wire csp = word[an_spec_pkg::F_VEC_CSP_LSB];
  wire [1:0] dsp = word[an_spec_pkg::F_VEC_DSP_MSB:an_spec_pkg::F_VEC_DSP_LSB];
  wire [4:0] sh = word[an_spec_pkg::F_VEC_SH_MSB:an_spec_pkg::F_VEC_SH_LSB];
  wire neg = word[an_spec_pkg::F_VEC_NEG_LSB];
  wire [10:0] d_at = word[an_spec_pkg::F_VEC_D_MSB:an_spec_pkg::F_VEC_D_LSB];
  wire [10:0] a_at = word[an_spec_pkg::F_VEC_A_MSB:an_spec_pkg::F_VEC_A_LSB];
  wire [10:0] b_at = word[an_spec_pkg::F_VEC_B_MSB:an_spec_pkg::F_VEC_B_LSB];
  wire [10:0] c_at = word[an_spec_pkg::F_VEC_C_MSB:an_spec_pkg::F_VEC_C_LSB];

  wire is_add = op == an_spec_pkg::OP_ADD;
  wire is_min = op == an_spec_pkg::OP_MIN;
  wire is_max = op == an_spec_pkg::OP_MAX;
  wire is_sel = op == an_spec_pkg::OP_SEL;
  wire is_leak = op == an_spec_pkg::OP_LEAK;
  wire is_tab = op == an_spec_pkg::OP_TAB;
  wire is_dot = op == an_spec_pkg::OP_DOT;
  wire is_sum = op == an_spec_pkg::OP_SUM;
  wire is_max_of = op == an_spec_pkg::OP_AMAX;
  wire b_to_c = is_add || is_min || is_max;
  wire uses_c = is_sel || is_leak || op == an_spec_pkg::OP_MAC;
  wire uses_b = b_to_c || uses_c || is_dot || op == an_spec_pkg::OP_MUL;
  wire uses_a = op != an_spec_pkg::OP_IN;
  wire is_serial = op == an_spec_pkg::OP_IN || op == an_spec_pkg::OP_OUT || is_sum || is_max_of
      || op == an_spec_pkg::OP_RECIP || op == an_spec_pkg::OP_SQRT;
  wire to_scalar = is_sum || is_dot || is_max_of;

  // operand sets, c b a
  wire [2:0] in_state = {uses_c && !csp, uses_b && bsp == an_spec_pkg::SRC_S, uses_a && asp == an_spec_pkg::SRC_S};
  wire [1:0] in_rate = {uses_b && bsp == an_spec_pkg::SRC_R, uses_a && asp == an_spec_pkg::SRC_R};
  wire [2:0] in_scalar = {uses_c && csp, uses_b && bsp == an_spec_pkg::SRC_K, uses_a && asp == an_spec_pkg::SRC_K};
  wire k_dest = dsp == an_spec_pkg::SPC_K || to_scalar;
  logic single;
  always_comb
    if (is_sum || is_max_of || op == an_spec_pkg::OP_OUT) single = in_scalar[0];
    else if (is_dot) single = in_scalar[0] && in_scalar[1];
    else single = dsp == an_spec_pkg::SPC_K;
  assign neurons_m1 = single ? '0 : n_m1;

  // scalars, then blocks
  logic scalar_q, issue_q, on_q;
  logic [2:0] scalar_left, state_left, scalar_1;
  logic [1:0] rate_left;
  logic [2:0] table_count;
  logic [10:0] block_q;
  wire [2:0] scalar_now = scalar_left & (~scalar_left + 3'd1);
  wire [2:0] scalar_rest = scalar_left & ~scalar_now;
  wire scalars_end = scalar_q && scalar_rest == '0;
  wire begin_blocks = (go && in_scalar == '0) || scalars_end;
  assign serial = begin_blocks && is_serial;
  assign scalar_addr = scalar_now[0] ? a_at[7:0] : scalar_now[1] ? b_at[7:0] : c_at[7:0];

  wire [2:0] state_now = state_left & (~state_left + 3'd1);
  wire [1:0] rate_now = rate_left & (~rate_left + 2'd1);
  wire [2:0] state_rest = state_left & ~state_now;
  wire [1:0] rate_rest = rate_left & ~rate_now;
  wire block_end = is_tab ? table_count == 3'(Lanes - 1) : state_rest == '0 && rate_rest == '0;
  assign last_block = block_q == neurons_m1 >> Shift;
  wire fire = issue_q && block_end;
  wire reads = issue_q || read_block;

  always_ff @(posedge clk)
    if (!rst_n) begin
      {scalar_q, issue_q, on_q, scalar_1} <= '0;
    end else begin
      on_q <= go || (on_q && !done && !serial_done);
      scalar_q <= (go && in_scalar != '0) || (scalar_q && !scalars_end);
      scalar_1 <= scalar_q ? scalar_now : '0;
      issue_q <= (begin_blocks && !is_serial) || (issue_q && !(fire && last_block));
    end
  always_ff @(posedge clk) begin
    scalar_left <= go ? in_scalar : scalar_rest;
    state_left <= begin_blocks || fire || !issue_q ? in_state : state_rest;
    rate_left <= begin_blocks || fire || !issue_q ? in_rate : rate_rest;
    table_count <= issue_q && !block_end ? table_count + 3'd1 : '0;
    if (go || bus_load) block_q <= '0;
    else if (fire || block_done) block_q <= block_q + 11'd1;
  end

  logic [8:1] fire_q, last_q;
  logic [13:9] late_q, late_last_q;
  wire result_write = is_tab ? late_q[13] : fire_q[8];
  wire write_last = is_tab ? late_last_q[13] : last_q[8];
  wire write = (result_write && !is_dot) || serial_write;

  // V0: place the operand. At go: the destination.
  assign place_state = go ? d_at : state_now[0] ? a_at : state_now[1] ? b_at : c_at;
  assign place_rate = go ? d_at : rate_now[0] ? a_at : b_at;
  logic [10:0] state_base, rate_base, state_dest, rate_dest, block_1, write_block;
  logic [2:0] state_1, state_2;
  logic [1:0] rate_1, rate_2;
  always_ff @(posedge clk) begin
    state_base <= bus_load ? bus_block : placed_state;
    rate_base <= bus_load ? bus_block : placed_rate;
    if (go || bus_load) begin
      state_dest <= bus_load ? bus_block : placed_state;
      rate_dest <= bus_load ? bus_block : placed_rate;
      write_block <= '0;
    end else if (write) write_block <= write_block + 11'd1;
    block_1 <= block_q;
    if (!rst_n) begin
      {state_1, state_2, rate_1, rate_2, fire_q} <= '0;
    end else begin
      state_1 <= reads ? state_now : '0;
      rate_1 <= reads ? rate_now : '0;
      state_2 <= state_1;
      rate_2 <= rate_1;
      fire_q <= {fire_q[7:1], fire};
    end
    last_q <= {last_q[7:1], last_block};
  end
  assign state_addr = state_base + block_1;
  assign rate_addr = rate_base + block_1;

  // TAB: elements of a block from V3 of its first clock on; results end in C five clocks after V3 of its last
  logic [7:1] element_q;
  logic [7*LaneBits:1] element_lane_q;
  logic [7:4] element_last_q;
  always_ff @(posedge clk) begin
    element_q <= rst_n ? {element_q[6:1], issue_q && is_tab} : '0;
    element_lane_q <= {element_lane_q[6*LaneBits:1], table_count[LaneBits-1:0]};
    element_last_q <= {element_last_q[6:4], last_q[3]};
    late_q <= rst_n ? {late_q[12:9], fire_q[8] && is_tab} : '0;
    late_last_q <= {late_last_q[12:9], last_q[8]};
  end
  assign table_element = element_q[3];
  assign table_lane = element_lane_q[3*LaneBits:2*LaneBits+1];
  wire table_store = element_q[7];
  wire [LaneBits-1:0] store_lane = element_lane_q[7*LaneBits:6*LaneBits+1];

  // which lanes count in the last block
  wire [2:0] rem = neurons_m1[2:0] & 3'(Lanes - 1);
  logic [Lanes-1:0] rem_on, store_on;
  always_comb
    for (int l = 0; l < Lanes; l++) begin
      rem_on[l] = 3'(l) <= rem;
      store_on[l] = store_lane == LaneBits'(l);
    end

  // the write
  wire [Lanes-1:0] write_on = (serial_write ? last_block : write_last) ? rem_on : {Lanes{1'b1}};
  assign done = on_q && result_write && write_last;
  assign scalar_we = (write && k_dest) || (is_dot && done);
  wire to_state = !k_dest && (dsp == an_spec_pkg::SPC_S || dsp == an_spec_pkg::SPC_SR);
  wire to_rate = !k_dest && (dsp == an_spec_pkg::SPC_R || dsp == an_spec_pkg::SPC_SR);
  assign state_we = write && to_state ? write_on : '0;
  assign rate_we = write && to_rate ? write_on : '0;
  assign state_waddr = state_dest + write_block;
  assign rate_waddr = rate_dest + write_block;

  assign gather_en = is_dot && last_q[3] ? rem_on : {Lanes{1'b1}};
  assign sum_products = is_dot && fire_q[5];
  // capture (V2 of a memory word, one clock after the address of a scalar): which operand, from where
  wire [2:0] word_2 = state_2 | scalar_1;  // not a rate
  wire a_word = is_sel ? word_2[1] : word_2[0];
  wire a_rate = is_sel ? rate_2[1] : rate_2[0];
  wire b_word = !b_to_c && !is_sel && word_2[1];
  wire b_rate = !b_to_c && !is_sel && rate_2[1];
  wire c_word = word_2[2] || (b_to_c && word_2[1]);
  wire c_rate = b_to_c && rate_2[1];
  assign c_en = table_store ? store_on : {Lanes{c_word || c_rate}};

  always_comb begin
    operand_ctl = '0;
    operand_ctl.xs_bus = scalar_1 != '0;
    operand_ctl.clr = go;
    operand_ctl.a_en = a_word || a_rate;
    operand_ctl.a_sel = is_dot ? (a_rate ? an_ctl_pkg::A_RATE16 : an_ctl_pkg::A_NARROW16)
        : a_rate ? an_ctl_pkg::A_RATE : an_ctl_pkg::A_XS;
    operand_ctl.c_sel = c_rate ? an_ctl_pkg::C_RATE : table_store || is_serial || scalar_1 != '0 ? an_ctl_pkg::C_BUS : an_ctl_pkg::C_STATE;
    operand_ctl.b_en = b_word || b_rate;
    operand_ctl.b_sel = b_rate ? an_ctl_pkg::B_RATE : an_ctl_pkg::B_NARROW;
    operand_ctl.sign_en = word_2[0] || rate_2[0];
    operand_ctl.sign_rate = rate_2[0];
    operand_ctl.y_sel = is_leak || is_min || is_max || (is_add && neg) ? an_ctl_pkg::Y_SUB
        : is_add ? an_ctl_pkg::Y_ADD : an_ctl_pkg::Y_ZERO;
    operand_ctl.pick = !on_q ? an_ctl_pkg::PICK_C : is_min ? an_ctl_pkg::PICK_MIN : is_max ? an_ctl_pkg::PICK_MAX
        : is_sel ? an_ctl_pkg::PICK_SEL : an_ctl_pkg::PICK_C;
    operand_ctl.line_d = on_q && is_add;
    multiply_ctl = '0;
    multiply_ctl.load = an_ctl_pkg::LOAD_VECTOR;
    multiply_ctl.neg = neg;
    multiply_ctl.out_c = !on_q || (is_serial && !is_sum);
    narrow_ctl = '0;
    narrow_ctl.p_en = 1'b1;
    narrow_ctl.q_en = 1'b1;
    narrow_ctl.q_sh = 2'd2;
    narrow_ctl.ext = on_q && (is_sum || is_dot);
    narrow_ctl.n_inv = neg && !narrow_ctl.ext;
    narrow_ctl.r = is_sum || is_dot ? sh : sh + 5'd12;
    narrow_ctl.post = !on_q || is_serial || is_dot ? an_spec_pkg::POST_NONE : word[an_spec_pkg::F_VEC_POST_MSB:an_spec_pkg::F_VEC_POST_LSB];
  end

  // saturations and clips, of lanes that count
  wire [Lanes-1:0] on_2 = last_q[2] && scalar_1 == '0 ? rem_on : {Lanes{1'b1}};
  wire [Lanes-1:0] on_4 = last_q[4] ? rem_on : {Lanes{1'b1}};
  wire clip_now = (b_word || (is_dot && a_word)) && |(narrow_clip & on_2);
  wire d_now = fire_q[4] && (is_add || is_leak) && |(d_sat & on_4);
  wire result_now = is_sum ? serial_write && result_sat[0] : is_dot ? done && result_sat[0]
      : result_write && |(result_sat & write_on);
  wire rate_now_sat = write && to_rate && |(rate_sat & write_on);
  wire store_counts = !element_last_q[7] || 3'(store_lane) <= rem;
  wire table_now = table_store && store_counts && table_sat;
  always_ff @(posedge clk)
    if (go) {sat, clip} <= '0;
    else begin
      if (d_now || result_now || rate_now_sat || table_now || serial_sat) sat <= 1'b1;
      if (clip_now) clip <= 1'b1;
    end
endmodule
`default_nettype wire
