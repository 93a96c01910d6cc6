// SPDX-License-Identifier: Apache-2.0
// an_core -- one core: program, sequencer, vector and sweep control over P lanes, serial unit, rounding, range records, bus
// Bus: valid with operands held until ready; rdata, refused count in that clock. Memories answer only while the core does not run.
// Streams (0 host, 1 up, 2 down): valid/ready, one word a clock. Mirror: sw/model/an_core.c
`default_nettype none
module an_core #(
    parameter int Lanes = 2,
    parameter int SynWords = 65536,
    parameter int StateWords = 1024,
    parameter int RateWords = 1024,
    parameter int ProgWords = 256,
    parameter int Scalars = 256,
    parameter bit Banked = 1'b0
) (
    input  logic                clk,
    input  logic                rst_n,
    input  logic                bus_valid,
    input  logic                bus_write,
    input  logic [         3:0] bus_space,
    input  logic [        19:0] bus_index,
    input  logic [        31:0] bus_wdata,
    output logic                bus_ready,
    output logic [        31:0] bus_rdata,
    output logic                bus_refused,
    input  logic [         2:0] in_valid,
    output logic [         2:0] in_ready,
    input  logic [        15:0] in_host_f12,
    input  logic [        31:0] in_up_f24,
    input  logic [        31:0] in_down_f24,
    output logic [         2:0] out_valid,
    input  logic [         2:0] out_ready,
    output logic [        31:0] out_data
`ifdef AN_TRACE
    ,
    output logic [        63:0] trace_clock,
    output logic [        15:0] trace_pc,
    output logic                trace_t_valid,
    output logic [        31:0] trace_t_value,
    output logic                trace_i_valid,
    output logic [        31:0] trace_i_value,
    output logic                trace_o_valid,
    output logic [        31:0] trace_o_value,
    output logic                trace_n_valid,
    output logic [         1:0] trace_n_port,
    output logic [        31:0] trace_n_value,
    output logic                trace_k_valid,
    output logic [        10:0] trace_k_addr,
    output logic [        31:0] trace_k_value,
    output logic [   Lanes-1:0] trace_r_valid,
    output logic [11*Lanes-1:0] trace_r_addr,
    output logic [16*Lanes-1:0] trace_r_value,
    output logic [   Lanes-1:0] trace_s_valid,
    output logic [11*Lanes-1:0] trace_s_addr,
    output logic [32*Lanes-1:0] trace_s_value,
    output logic [   Lanes-1:0] trace_w_valid,
    output logic [20*Lanes-1:0] trace_w_addr,
    output logic [16*Lanes-1:0] trace_w_value,
    output logic                trace_h_valid,
    output logic [        15:0] trace_h_addr
`endif
);
  localparam int LaneBits = Lanes > 1 ? $clog2(Lanes) : 1;
  localparam int Shift = $clog2(Lanes);
  localparam int SynBits = $clog2(SynWords / Lanes);
  localparam int StateBits = $clog2(StateWords / Lanes);
  localparam int RateBits = $clog2(RateWords / Lanes);
  localparam int ProgBits = $clog2(ProgWords);
  localparam int ScalarBits = $clog2(Scalars);

  // ------------------------------------------------------------------ registers, bus access, sequencer
  logic regs_refused, regs_write, start, stop, clear_range, running, tick_next, visit, halt;
  logic [3:0] state, wait_cause;
  logic [31:0] regs_rdata, tick, tickmix;
  logic [63:0] clocks, word;
  logic [12:0] visits;
  logic [ProgBits-1:0] entry, pc, prog_addr;
  an_regs #(.ProgBits(ProgBits)) u_regs (
      .clk, .rst_n, .write(regs_write), .is_write(bus_write), .index(bus_index), .wdata(bus_wdata), .rdata(regs_rdata),
      .refused(regs_refused), .start, .stop, .clear_range, .entry, .state, .pc, .running, .wait_cause, .tick_next, .tick,
      .tickmix, .visit, .visits, .clocks
  );

  logic open, open_first, bus_capture, bus_read_a, prog_we, table_we, bus_scalar_we, bus_rate_we, bus_state_we, bus_syn_we;
  logic range_busy;
  an_access #(
      .SynWords(SynWords), .StateWords(StateWords), .RateWords(RateWords), .ProgWords(ProgWords), .Scalars(Scalars)
  ) u_access (
      .clk, .rst_n, .valid(bus_valid), .is_write(bus_write), .space(bus_space), .index(bus_index), .running, .hold(range_busy),
      .regs_refused, .ready(bus_ready), .refused(bus_refused), .open, .first(open_first), .capture(bus_capture),
      .read_a(bus_read_a), .prog_we, .scalar_we(bus_scalar_we), .table_we, .rate_we(bus_rate_we), .state_we(bus_state_we),
      .syn_we(bus_syn_we), .regs_write
  );
  wire [LaneBits-1:0] bus_lane = Lanes > 1 ? bus_index[LaneBits-1:0] : '0;
  wire [19:0] bus_block = bus_index >> Shift;

  logic [10:0] n_m1;
  logic advance, go_vec, go_sweep, set_ring, set_prj, set_key, set_par, set_row, set_lan, loop_read, cancel;
  logic vec_done, serial_done, sweep_done, sweep_busy;
  logic [7:0] loop_addr;
  logic [31:0] scalar_q_f24;
  an_seq #(.ProgBits(ProgBits)) u_seq (
      .clk, .rst_n, .start, .stop, .entry, .state, .running, .pc, .prog_addr, .word, .n_m1, .advance, .tick(tick_next), .halt,
      .go_vec, .go_sweep, .set_ring, .set_prj, .set_key, .set_par, .set_row, .set_lan, .loop_read, .loop_addr,
      .scalar_q(scalar_q_f24), .unit_done(vec_done || serial_done || sweep_done),
      .waiting(wait_cause != an_spec_pkg::STALL_NONE), .cancel
  );
  wire [ProgBits-1:0] word_addr = open ? bus_index[ProgBits:1] : prog_addr;
  for (genvar h = 0; h < 2; h++) begin : g_prog
    an_mem_dual #(.Words(ProgWords), .Bits(32)) u_prog (
        .clk, .read_addr(word_addr), .read_q(word[32*h+:32]), .write_en(prog_we && bus_index[0] == h),
        .write_addr(bus_index[ProgBits:1]), .write_d(bus_wdata)
    );
  end

  // ------------------------------------------------------------------ vector, serial, sweep
  an_ctl_pkg::operand_t vec_operand, sweep_operand, operand_ctl;
  an_ctl_pkg::multiply_t vec_multiply, sweep_multiply, multiply_ctl;
  an_ctl_pkg::narrow_t vec_narrow, sweep_narrow, narrow_ctl;
  logic [Lanes-1:0] vec_c_en, sweep_c_en, vec_gather_en, sweep_gather_en, vec_rate_we, vec_state_we, sweep_state_we, sweep_syn_we;
  logic [Lanes-1:0] narrow_clip, d_sat, result_sat, rate_sat, x_live, x2_live;
  logic [10:0] vec_place_state, vec_place_rate, sweep_place_state, sweep_place_rate, placed_state, placed_rate;
  logic [10:0] vec_rate_addr, vec_state_addr, sweep_rate_addr, sweep_state_addr, rate_waddr, vec_state_waddr, sweep_state_waddr;
  logic [7:0] vec_scalar_addr, sweep_scalar_addr;
  logic serial, last_block, table_element, read_block, block_done, serial_write, vec_scalar_we, vec_sum_products;
  logic vec_sat, vec_clip, table_sat, serial_sat, sum_element, serial_bus_en;
  logic [10:0] neurons_m1;
  logic [LaneBits-1:0] table_lane, serial_bus_lane;
  an_vec #(.Lanes(Lanes)) u_vec (
      .clk, .rst_n, .word, .n_m1, .go(go_vec), .done(vec_done), .serial, .neurons_m1, .last_block, .table_element,
      .table_lane, .read_block, .block_done, .serial_write, .serial_done(serial_done || cancel),
      .place_state(vec_place_state), .place_rate(vec_place_rate), .placed_state, .placed_rate, .scalar_addr(vec_scalar_addr),
      .rate_addr(vec_rate_addr), .state_addr(vec_state_addr), .rate_waddr, .state_waddr(vec_state_waddr), .rate_we(vec_rate_we),
      .state_we(vec_state_we), .scalar_we(vec_scalar_we), .bus_load(open), .bus_block(bus_block[10:0]),
      .operand_ctl(vec_operand), .multiply_ctl(vec_multiply), .narrow_ctl(vec_narrow), .c_en(vec_c_en),
      .gather_en(vec_gather_en), .sum_products(vec_sum_products), .narrow_clip, .d_sat, .result_sat, .rate_sat, .table_sat,
      .serial_sat, .sat(vec_sat), .clip(vec_clip)
  );

  logic [32*Lanes-1:0] a_f24, c_f24, gather_p_f24, state_d_f24;
  logic [16*Lanes-1:0] rate_q_f12, syn_q, rate_d_f12, syn_d, rnd, narrow_f12;
  logic [31:0] element_f24, serial_bus_f24, taken_value;
  logic taken;
  an_serial #(.Lanes(Lanes)) u_serial (
      .clk, .rst_n, .word, .start(serial), .cancel, .neurons_m1, .last_block, .read_block, .block_done, .write(serial_write),
      .done(serial_done), .wait_cause, .a_f24, .element_f24, .table_element, .table_lane, .bus_read(open),
      .bus_read_lane(bus_lane), .sum_element, .bus_en(serial_bus_en), .bus_lane(serial_bus_lane), .bus_f24(serial_bus_f24),
      .sat(serial_sat), .in_valid, .in_ready, .in_host_f12, .in_up_f24, .in_down_f24, .out_valid, .out_ready, .out_data,
      .taken, .taken_value
  );

  logic gathered_en, gathered_sat, sum_products, sum_first, x_en, x2_en, syn_read;
  logic rnd_group, rnd_launch, rnd_launch_row, rnd_second, sat_w, sat_acc, sat_g, sat_v, clip_par;
  logic [1:0] sites_back;
  logic note_mid;
  logic [LaneBits-1:0] sum_lane, row_lane, rnd_lane;
  logic [15:0] row_x_f12, row_x2_f12, row_0, row_1, row_2;
  logic [SynBits-1:0] syn_addr, syn_waddr;
  an_sweep #(.Lanes(Lanes), .SynBits(SynBits)) u_sweep (
      .clk, .rst_n, .word, .set_prj, .set_par, .set_row, .set_lan, .go(go_sweep), .busy(sweep_busy), .done(sweep_done),
      .place_state(sweep_place_state), .place_rate(sweep_place_rate), .placed_state, .placed_rate,
      .scalar_addr(sweep_scalar_addr), .rate_addr(sweep_rate_addr), .state_addr(sweep_state_addr),
      .state_waddr(sweep_state_waddr), .state_we(sweep_state_we), .syn_read, .syn_addr, .syn_waddr, .syn_we(sweep_syn_we),
      .bus_load(open), .bus_addr(bus_block[SynBits-1:0]), .operand_ctl(sweep_operand), .multiply_ctl(sweep_multiply),
      .narrow_ctl(sweep_narrow), .c_en(sweep_c_en), .gather_en(sweep_gather_en), .gathered_en, .row_0, .row_1, .row_2,
      .narrow_f12(narrow_f12[15:0]), .narrow_clip(narrow_clip[0]), .sum_products, .sum_first, .sum_lane, .x_en, .x2_en,
      .row_lane, .row_x_f12, .row_x2_f12, .x_live, .x2_live, .rnd_group, .rnd_launch, .rnd_launch_row, .rnd_lane,
      .rnd_second, .gathered_sat, .d_sat, .result_sat, .visit, .visits, .sites_back, .note_mid, .sat_w, .sat_acc,
      .sat_g, .sat_v, .clip_par
  );

  wire from_sweep = sweep_busy || go_sweep || set_row || set_lan;
  wire [10:0] place_state = from_sweep ? sweep_place_state : vec_place_state;
  wire [10:0] place_rate = from_sweep ? sweep_place_rate : vec_place_rate;
  wire ring_rate = word[an_spec_pkg::F_RING_MEM_LSB];
  wire ring_rotate = word[an_spec_pkg::F_RING_ROT_LSB];
  for (genvar m = 0; m < 2; m++) begin : g_ring
    logic [10:0] placed;
    an_ring u_ring (
        .clk, .rst_n, .start(start && !running), .set(set_ring && !ring_rotate && ring_rate == m),
        .rotate(set_ring && ring_rotate && ring_rate == m),
        .set_base(word[an_spec_pkg::F_RING_BASE_MSB:an_spec_pkg::F_RING_BASE_LSB]),
        .set_size(word[an_spec_pkg::F_RING_SIZE_MSB:an_spec_pkg::F_RING_SIZE_LSB]),
        .set_step(word[an_spec_pkg::F_RING_STEP_MSB:an_spec_pkg::F_RING_STEP_LSB]),
        .in_addr(m == 0 ? place_state : place_rate), .placed
    );
  end
  assign placed_state = g_ring[0].placed;
  assign placed_rate = g_ring[1].placed;

  // ------------------------------------------------------------------ scalars, table, scalar bus
  wire [10:0] d_at = word[an_spec_pkg::F_VEC_D_MSB:an_spec_pkg::F_VEC_D_LSB];
  wire [7:0] scalar_addr = open ? 8'(bus_index) : loop_read ? loop_addr : sweep_busy ? sweep_scalar_addr : vec_scalar_addr;
  an_mem_dual #(.Words(Scalars), .Bits(32)) u_scalar (
      .clk, .read_addr(scalar_addr[ScalarBits-1:0]), .read_q(scalar_q_f24), .write_en(vec_scalar_we || bus_scalar_we),
      .write_addr(open ? bus_index[ScalarBits-1:0] : d_at[ScalarBits-1:0]), .write_d(state_d_f24[31:0])
  );
  logic [31:0] table_f24;
  logic [15:0] table_rdata;
  an_table u_table (
      .clk, .in_table(word[an_spec_pkg::F_VEC_B_LSB+:2]), .in_k(word[an_spec_pkg::F_VEC_SH_LSB+:3]), .in_a_f24(element_f24),
      .out_f24(table_f24), .out_sat(table_sat), .bus_write(table_we), .bus_read(open), .bus_index(bus_index[9:0]),
      .bus_wdata(bus_wdata[15:0]), .bus_rdata(table_rdata)
  );
  logic [31:0] gathered_f24;
  logic [31:0] scalar_bus_f24;
  wire is_tab = word[an_spec_pkg::F_OP_MSB:an_spec_pkg::F_OP_LSB] == an_spec_pkg::OP_TAB;
  wire scalars_first = vec_operand.xs_bus;
  always_comb
    if (bus_capture) scalar_bus_f24 = bus_space == an_spec_pkg::BUS_RATE ? {{4{bus_wdata[15]}}, bus_wdata[15:0], 12'b0} : bus_wdata;
    else if (gathered_en) scalar_bus_f24 = gathered_f24;
    else if (serial_bus_en) scalar_bus_f24 = serial_bus_f24;
    else if (is_tab && !scalars_first && !sweep_busy && !open) scalar_bus_f24 = table_f24;
    else scalar_bus_f24 = scalar_q_f24;

  // ------------------------------------------------------------------ row unit, rounding, lanes
  logic [47:0] sum_next_f24;
  an_row #(.Lanes(Lanes)) u_row (
      .clk, .clr(go_vec || go_sweep), .add_products(sweep_busy ? sum_products : vec_sum_products), .add_element(sum_element),
      .first(sweep_busy && sum_first), .first_lane(sum_lane), .product_f24(gather_p_f24), .start_f24(c_f24), .element_f24,
      .sum_next_f24, .gathered_f24, .gathered_sat, .rate_q_f12, .x_en, .x2_en, .row_lane, .row_x_f12, .row_x2_f12, .x_live, .x2_live
  );
  an_rnd #(.Lanes(Lanes)) u_rnd (
      .clk, .rst_n, .on(sweep_busy), .key_en(set_key), .key(word[an_spec_pkg::F_KEY_KEY_MSB:an_spec_pkg::F_KEY_KEY_LSB]), .tickmix,
      .group_next(rnd_group), .launch(rnd_launch), .launch_row(rnd_launch_row), .launch_lane(rnd_lane), .second(rnd_second), .rnd
  );

  always_comb begin
    operand_ctl = sweep_busy || go_sweep ? sweep_operand : vec_operand;
    if (open) begin
      operand_ctl.clr = open_first;
      operand_ctl.a_en = bus_read_a;
      operand_ctl.a_sel = an_ctl_pkg::A_XS;
      operand_ctl.xs_bus = bus_space == an_spec_pkg::BUS_SCALAR;
      operand_ctl.c_sel = an_ctl_pkg::C_BUS;
    end
    multiply_ctl = sweep_busy ? sweep_multiply : vec_multiply;
    narrow_ctl = sweep_busy ? sweep_narrow : vec_narrow;
  end
  wire [Lanes-1:0] bus_lane_on = Lanes'(1) << bus_lane;
  wire [10:0] rate_addr = sweep_busy ? sweep_rate_addr : vec_rate_addr;
  wire [10:0] state_addr = sweep_busy ? sweep_state_addr : vec_state_addr;
  wire [10:0] state_waddr = sweep_busy ? sweep_state_waddr : vec_state_waddr;
  wire [Lanes-1:0] state_we = (sweep_busy ? sweep_state_we : vec_state_we) | ({Lanes{bus_state_we}} & bus_lane_on);
  wire [Lanes-1:0] rate_we = vec_rate_we | ({Lanes{bus_rate_we}} & bus_lane_on);
  wire [Lanes-1:0] syn_we = sweep_syn_we | ({Lanes{bus_syn_we}} & bus_lane_on);
  wire [Lanes-1:0] serial_lane_on = Lanes'(1) << serial_bus_lane;
  wire [Lanes-1:0] c_en = bus_capture ? {Lanes{1'b1}} : serial_bus_en ? serial_lane_on : sweep_busy ? sweep_c_en : vec_c_en;
  wire [Lanes-1:0] gather_en = sweep_busy ? sweep_gather_en : vec_gather_en;
  for (genvar l = 0; l < Lanes; l++) begin : g_lane
    an_slice #(
        .SynWords(SynWords / Lanes), .StateWords(StateWords / Lanes), .RateWords(RateWords / Lanes), .Banked(Banked), .External(l == 0)
    ) u_slice (
        .clk, .operand_ctl, .multiply_ctl, .narrow_ctl,
        .c_en(c_en[l]), .gather_en(gather_en[l]),
        .state_addr(state_addr[StateBits-1:0]), .state_we(state_we[l]), .state_waddr(state_waddr[StateBits-1:0]),
        .rate_addr(rate_addr[RateBits-1:0]), .rate_we(rate_we[l]), .rate_waddr(rate_waddr[RateBits-1:0]), .syn_read, .syn_addr,
        .syn_we(syn_we[l]), .syn_waddr, .scalar_bus_f24, .row_0, .row_1, .row_2, .ext_f24(sum_next_f24), .rnd(rnd[16*l+:16]),
        .rate_q_f12(rate_q_f12[16*l+:16]), .syn_q(syn_q[16*l+:16]), .a_f24(a_f24[32*l+:32]), .c_f24(c_f24[32*l+:32]),
        .gather_p_f24(gather_p_f24[32*l+:32]), .narrow_f12(narrow_f12[16*l+:16]), .narrow_clip(narrow_clip[l]),
        .d_sat(d_sat[l]), .result_sat(result_sat[l]), .state_d_f24(state_d_f24[32*l+:32]), .rate_d_f12(rate_d_f12[16*l+:16]),
        .rate_sat(rate_sat[l]), .syn_d(syn_d[16*l+:16])
    );
  end

  // ------------------------------------------------------------------ range records: sites of a sweep lie before its pc
  logic vec_done_q, sweep_done_q, mid_q;
  logic [1:0] back_q;
  always_ff @(posedge clk) begin
    vec_done_q <= rst_n && (vec_done || serial_done);
    sweep_done_q <= rst_n && sweep_done;
    mid_q <= rst_n && note_mid;
    back_q <= sites_back;
  end
  logic note_sat, note_clip;
  always_comb begin
    note_sat = (vec_done_q && vec_sat) || (sweep_done_q && sat_w);
    note_clip = vec_done_q && vec_clip;
    if (mid_q)
      case (back_q)
        2'd1: note_sat = sat_acc;
        2'd2: note_sat = sat_g;
        default: {note_sat, note_clip} = {sat_v, clip_par};
      endcase
  end
  logic [31:0] range_rdata;
  an_range #(.ProgBits(ProgBits)) u_range (
      .clk, .rst_n, .clear(clear_range), .busy(range_busy), .site(pc - ProgBits'(sites_back)), .note_sat, .note_clip, .tick,
      .bus_read(open), .bus_index(bus_index[ProgBits:0]), .bus_rdata(range_rdata)
  );

  // read: words of 16 bits, words that went through A, and the rest
  logic [15:0] bus_half;
  always_comb begin
    case (bus_space)
      an_spec_pkg::BUS_TABLE: bus_half = table_rdata;
      an_spec_pkg::BUS_RATE:  bus_half = rate_q_f12[16*bus_lane+:16];
      default:                bus_half = syn_q[16*bus_lane+:16];
    endcase
    case (bus_space)
      an_spec_pkg::BUS_REGS:                             bus_rdata = regs_rdata;
      an_spec_pkg::BUS_PROGRAM:                          bus_rdata = bus_index[0] ? word[63:32] : word[31:0];
      an_spec_pkg::BUS_SCALAR, an_spec_pkg::BUS_STATE:   bus_rdata = element_f24;
      an_spec_pkg::BUS_RANGE:                            bus_rdata = range_rdata;
      default:                                           bus_rdata = {{16{bus_half[15]}}, bus_half};
    endcase
  end
  wire unused = ^{advance, bus_block, rate_waddr, rate_addr, state_addr, state_waddr, d_at, scalar_addr, narrow_f12};

`ifdef AN_TRACE
  assign trace_clock = clocks;
  assign trace_pc = 16'(pc);
  assign trace_t_valid = tick_next;
  assign trace_t_value = tick;
  assign trace_i_valid = taken;
  assign trace_i_value = taken_value;
  assign trace_o_valid = out_valid[0] && out_ready[0];
  assign trace_o_value = out_data;
  assign trace_n_valid = |(out_valid[2:1] & out_ready[2:1]);
  assign trace_n_port = out_valid[2] ? an_spec_pkg::PORT_DOWN : an_spec_pkg::PORT_UP;
  assign trace_n_value = out_data;
  assign trace_k_valid = vec_scalar_we;
  assign trace_k_addr = d_at;
  assign trace_k_value = state_d_f24[31:0];
  assign trace_r_valid = vec_rate_we;
  assign trace_r_addr = {Lanes{rate_waddr}};
  assign trace_r_value = rate_d_f12;
  assign trace_s_valid = sweep_busy ? sweep_state_we : vec_state_we;
  assign trace_s_addr = {Lanes{state_waddr}};
  assign trace_s_value = state_d_f24;
  assign trace_w_valid = sweep_syn_we;
  assign trace_w_addr = {Lanes{20'(syn_waddr)}};
  assign trace_w_value = syn_d;
  assign trace_h_valid = halt;
  assign trace_h_addr = 16'(pc);
`else
  wire unused_trace = ^{halt, taken, taken_value, clocks, rate_d_f12, state_d_f24, syn_d};
`endif
endmodule
`default_nettype wire
