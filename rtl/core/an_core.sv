// SPDX-License-Identifier: Apache-2.0
// an_core -- one core: program, sequencer, vector and sweep control, P lanes, V vector units, rounding, range records, bus: what wires them
// Bus: operands stand from a clock before valid until ready; rdata, refused count in that clock. Memories answer only while the core does not run.
// Streams (0 host, 1 up, 2 down): valid/ready; one word a clock, a neighbour's a word for every unit. Mirror: sw/model/an_core.c
`default_nettype none
module an_core #(
    parameter int Lanes = 2,
    parameter int SynWords = 65536,
    parameter int StateWords = 1024,
    parameter int RateWords = 1024,
    parameter int ProgWords = 256,
    parameter int Scalars = 256,
    parameter bit Banked = 1'b0,
    parameter int VectorUnits = 0,  // a divisor of Lanes; 0: Lanes
    parameter bit Pairs = 1'b1,     // features: pair synapses; RECIP, SQRT; RING; SUM, DOT
    parameter bit Recip = 1'b1,
    parameter bit Ring = 1'b1,
    parameter bit Sums = 1'b1,
    parameter bit Split = 1'b0,     // SWP with raw, KEY with block
    parameter bit Ahead = 1'b0,     // a register more behind the program, the operands' memories and the gathered sum
    parameter bit Beside = 1'b0,    // a state and a rate word of a step in one clock, equal operands once
    parameter bit Follow = 1'b0,    // a vector instruction begins while the one before it still computes
    parameter bit Pass = 1'b0,      // PASS
    parameter bit Take = 1'b0,      // TAKE
    parameter bit Give = 1'b0,      // GIVE
    localparam int Units = VectorUnits == 0 ? Lanes : VectorUnits
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
    input  logic [         2:0] in_next,  // in_valid of the next clock, out_next out_ready's
    output logic [         2:0] in_ready,
    input  logic [        15:0] in_host_f12,
    input  logic [32*Units-1:0] in_up_f24,
    input  logic [32*Units-1:0] in_down_f24,
    output logic [         2:0] out_valid,
    input  logic [         2:0] out_ready,
    input  logic [         2:0] out_next,
    input  logic [        11:0] free_up,  // places of steps at the neighbours
    input  logic [        11:0] free_down,
    output logic [        31:0] out_host,
    output logic [32*Units-1:0] out_up_f24,
    output logic [32*Units-1:0] out_down_f24
`ifdef AN_TRACE
    ,
    output logic [        63:0] trace_clock,
    output logic [        15:0] trace_pc,
    output logic                trace_t_valid,
    output logic [        31:0] trace_t_value,
    output logic [   Lanes-1:0] trace_i_valid,  // words of a step: as many as units, the rest are 0
    output logic [32*Lanes-1:0] trace_i_value,
    output logic                trace_o_valid,
    output logic [        31:0] trace_o_value,
    output logic [   Lanes-1:0] trace_n_valid,
    output logic [         1:0] trace_n_port,
    output logic [32*Lanes-1:0] trace_n_value,
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
  localparam bit Deep = Lanes > 2;  // registers that shorten paths where a clock is free
  localparam int SynBits = $clog2(SynWords / Lanes);
  localparam int StateBits = $clog2(StateWords / Lanes);
  localparam int RateBits = $clog2(RateWords / Lanes);
  localparam int ProgBits = $clog2(ProgWords);

  // ------------------------------------------------------------------ registers, bus access, sequencer
  logic regs_refused, regs_write, start, stop, clear_range, running, tick_next, visit, halt;
  logic hold_read, hold_result, held, from_up;
  wire waiting = hold_read || hold_result || held;  // for a stream: wait_cause tells which
  logic [3:0] state, vec_cause;
  wire [3:0] wait_cause = !held ? vec_cause : from_up ? an_spec_pkg::STALL_RECV_UP : an_spec_pkg::STALL_RECV_DOWN;
  logic [31:0] regs_rdata, tick;
  logic [63:0] clocks, prog_q, word;
  logic [12:0] visits;
  logic [ProgBits-1:0] entry, pc, prog_addr, vec_site, site, first_at;
  an_regs #(.ProgBits(ProgBits), .Ahead(Ahead)) u_regs (
      .clk, .rst_n, .write(regs_write), .is_write(bus_write), .index(bus_index), .wdata(bus_wdata), .rdata(regs_rdata),
      .refused(regs_refused), .start, .stop, .clear_range, .entry, .state, .pc, .running, .waiting, .wait_cause, .tick_next, .tick,
      .visit, .visits, .clocks
  );

  logic open, bus_read_a, prog_we, table_we, bus_scalar_we, bus_rate_we, bus_state_we, bus_syn_we, range_busy;
  an_access #(
      .Far(Deep), .Ahead(Ahead), .SynWords(SynWords), .StateWords(StateWords), .RateWords(RateWords), .ProgWords(ProgWords), .Scalars(Scalars)
  ) u_access (
      .clk, .rst_n, .valid(bus_valid), .is_write(bus_write), .space(bus_space), .index(bus_index), .running, .hold(range_busy),
      .regs_refused, .ready(bus_ready), .refused(bus_refused), .open, .read_a(bus_read_a), .prog_we, .scalar_we(bus_scalar_we), .table_we,
      .rate_we(bus_rate_we), .state_we(bus_state_we), .syn_we(bus_syn_we), .regs_write
  );
  wire [LaneBits-1:0] bus_lane = Lanes > 1 ? bus_index[LaneBits-1:0] : '0;
  wire [19:0] bus_block = bus_index >> Shift;

  logic [10:0] n_m1, pass_m1;
  logic fetch, go_vec, go_sweep, set_ring, set_prj, set_key, set_par, set_row, set_lan, loop_read, cancel;
  logic vec_done, sweep_done, sweep_busy, release_now, under_way, seen_follows;
  logic inlet_open, taking, word_waits, closes;
  logic [63:0] seen;
  logic [1:0] window;  // a ring window is set: of states, of rates
  logic [7:0] loop_addr;
  logic [31:0] scalar_q_f24;
  an_seq #(.ProgBits(ProgBits), .Pairs(Pairs), .Recip(Recip), .Ring(Ring), .Sums(Sums), .Ahead(Ahead), .Follow(Follow), .Pass(Pass), .Take(Take), .Give(Give)) u_seq (
      .clk, .rst_n, .start, .stop, .entry, .state, .running, .pc, .prog_addr, .prog_q, .word, .n_m1, .fetch, .tick(tick_next), .halt,
      .go_vec, .go_sweep, .set_ring, .set_prj, .set_key, .set_par, .set_row, .set_lan, .loop_read, .loop_addr,
      .scalar_q(scalar_q_f24), .unit_done(vec_done || sweep_done), .release_now, .under_way, .seen, .seen_follows,
      .open(inlet_open), .taking, .word_waits, .closes, .held, .waiting, .cancel
  );
  wire [ProgBits-1:0] word_addr = open ? bus_index[ProgBits:1] : prog_addr;
  for (genvar h = 0; h < 2; h++) begin : g_prog
    an_mem_dual #(.Words(ProgWords), .Bits(32)) u_prog (
        .clk, .read_en(open || fetch), .read_addr(word_addr), .read_q(prog_q[32*h+:32]), .write_en(prog_we && bus_index[0] == h),
        .write_addr(bus_index[ProgBits:1]), .write_d(bus_wdata)
    );
  end

  // ------------------------------------------------------------------ vector and sweep control
  an_ctl_pkg::unit_t unit_ctl;
  an_ctl_pkg::lane_t lane_ctl;
  logic [Lanes-1:0] sweep_c_en, c_pass, vec_state_we, vec_rate_we, sweep_state_we, sweep_syn_we, gather_en, acc_sat, syn_sat, x_live, x2_live;
  logic [Units-1:0] narrow_clip, d_sat, result_sat, rate_sat;
  an_ctl_pkg::places_t placed_state, placed_rate, kept_state, kept_rate;
  logic [10:0] vec_rate_addr, vec_state_addr, sweep_rate_addr, sweep_state_addr, rate_waddr, vec_state_waddr, sweep_state_waddr;
  logic [7:0] vec_scalar_addr, sweep_scalar_addr;
  logic serial, vec_scalar_we, add_n, table_take, table_next, half_table, half_fraction, greater, vec_sat, vec_clip;
  logic [LaneBits-1:0] read_lane, write_lane;
  logic [Units-1:0] taken, given;
  logic [32*Units-1:0] unit_a_f24, word_f24, taken_value, out_data;
  logic [2:0] own_next_valid, own_ready, own_given, own_next_room;
  logic [1:0] pass_set, take_set, give_set, give_lacks, next_busy, way_busy, inlet_ready, outlet_valid;
  logic state_step, rate_step, sums_we;
  logic [Units-1:0] outlet_live;
  logic [32*Units-1:0] outlet_f24;
  logic [2:0] ways_ready;
  an_vec #(.Lanes(Lanes), .Units(Units), .Recip(Recip), .Sums(Sums), .Ring(Ring), .Ahead(Ahead), .Beside(Beside), .Follow(Follow), .Pass(Pass), .Take(Take), .Give(Give), .ProgBits(ProgBits)) u_vec (
      .clk, .rst_n, .word, .n_m1, .go(go_vec), .cancel, .done(vec_done), .release_now, .under_way, .pc, .site(vec_site), .serial, .hold_read, .hold_result,
      .placed_state(placed_state.d), .placed_rate(placed_rate.d), .kept_state, .kept_rate, .scalar_addr(vec_scalar_addr), .state_addr(vec_state_addr),
      .rate_addr(vec_rate_addr), .read_lane, .state_waddr(vec_state_waddr), .rate_waddr, .write_lane, .state_we(vec_state_we),
      .rate_we(vec_rate_we), .scalar_we(vec_scalar_we), .bus_open(open), .bus_block(bus_block[10:0]), .unit_ctl, .add_n,
      .table_take, .table_next, .half_table, .half_fraction, .a_f24(unit_a_f24), .greater, .word_f24, .narrow_clip,
      .d_sat, .result_sat, .rate_sat, .sat(vec_sat), .clip(vec_clip), .wait_cause(vec_cause), .next_valid(own_next_valid), .in_ready(own_ready), .in_host_f12, .in_up_f24,
      .in_down_f24, .out_valid(own_given), .next_room(own_next_room), .out_data, .taken, .taken_value, .given, .pass_set, .take_set, .give_set, .pass_m1, .next_busy, .give_lacks,
      .state_step, .rate_step
  );

  assign out_host = out_data[31:0];
  assign in_ready = ways_ready | {inlet_ready, 1'b0};
  an_ways #(.Units(Units), .Pass(Pass)) u_ways (
      .clk, .rst_n, .set(pass_set), .steps_m1(pass_m1), .busy(way_busy), .next_busy, .in_valid, .next_valid(in_next), .in_ready(ways_ready), .in_up_f24, .in_down_f24, .out_valid, .out_ready,
      .next_ready(out_next), .out_up_f24, .out_down_f24, .own_next_valid, .own_ready, .own_given(own_given | {outlet_valid, 1'b0}), .own_next_room,
      .own_data(|outlet_valid ? outlet_f24 : out_data)
  );

  logic gathered_en, raw, gathered_sat, sum_products, sum_first, x_en, x2_en, syn_read, reading;
  logic rnd_launch, rnd_two, rnd_second, note_mid, sat_w, sat_acc, sat_g, sat_v, clip_par;
  logic [1:0] sites_back;
  logic [LaneBits-1:0] sum_lane, row_lane;
  logic [10:0] rnd_row;
  logic [5:0] rnd_block;
  logic [15:0] row_x_f12, row_x2_f12, row_0, row_1, row_2, narrow_f12;
  logic [SynBits-1:0] syn_addr, syn_waddr;
  an_sweep #(.Lanes(Lanes), .SynBits(SynBits), .Pairs(Pairs), .Split(Split), .Ahead(Ahead)) u_sweep (
      .clk, .rst_n, .word, .set_prj, .set_key, .set_par, .set_row, .set_lan, .go(go_sweep), .busy(sweep_busy), .done(sweep_done),
      .placed_state, .placed_rate,
      .scalar_addr(sweep_scalar_addr), .rate_addr(sweep_rate_addr), .state_addr(sweep_state_addr),
      .state_waddr(sweep_state_waddr), .state_we(sweep_state_we), .sums_we, .syn_read, .syn_addr, .syn_waddr, .syn_we(sweep_syn_we),
      .bus_load(open), .bus_addr(bus_block[SynBits-1:0]), .lane_ctl, .c_en(sweep_c_en), .c_pass, .gather_en, .gathered_en, .raw,
      .row_0, .row_1, .row_2, .reading, .narrow_f12, .narrow_clip(narrow_clip[0]), .sum_products, .sum_first, .sum_lane, .x_en,
      .x2_en, .row_lane, .row_x_f12, .row_x2_f12, .x_live, .x2_live, .rnd_launch, .rnd_row, .rnd_block, .rnd_two, .rnd_second,
      .gathered_sat, .acc_sat, .syn_sat, .visit, .visits, .sites_back, .note_mid, .sat_w, .sat_acc,
      .sat_g, .sat_v, .clip_par
  );

  an_windows #(.Ring(Ring)) u_windows (
      .clk, .rst_n, .start(start && !running), .set(set_ring), .word, .used(window), .placed_state, .placed_rate, .kept_state, .kept_rate
  );

  if (Follow) begin : g_follow
    an_follow #(.Lanes(Lanes), .StateBits(StateBits), .RateBits(RateBits)) u_follow (
        .clk, .go(go_vec), .word, .n_m1, .state_window(window[0]), .rate_window(window[1]), .seen, .follows(seen_follows)
    );
  end else begin : g_follow
    assign seen_follows = 1'b0;
    wire unused_seen = ^{seen, window};
  end

  // what comes in beside sweeps and vector work, and its writes
  logic [Lanes-1:0] inlet_state_we, inlet_rate_we;
  logic [10:0] inlet_waddr;
  logic [32*Units-1:0] inlet_f24;
  if (Take) begin : g_take
    an_inlet #(.Lanes(Lanes), .Units(Units), .StateBits(StateBits), .RateBits(RateBits)) u_inlet (
        .clk, .rst_n, .running, .set(take_set), .word, .n_m1, .steps_m1(pass_m1), .placed_state, .placed_rate, .set_prj, .set_row, .set_lan, .word_waits, .closes,
        .state_taken(sweep_busy && |sweep_state_we), .in_valid(in_valid[2:1]), .in_ready(inlet_ready), .in_up_f24, .in_down_f24, .open(inlet_open), .busy(taking), .from_up,
        .state_we(inlet_state_we), .rate_we(inlet_rate_we), .waddr(inlet_waddr), .words_f24(inlet_f24)
    );
  end else begin : g_take
    assign {word_waits, inlet_ready, inlet_open, taking, from_up, inlet_state_we, inlet_rate_we, inlet_waddr, inlet_f24} = '0;
    wire unused_take = ^{take_set, closes};
  end
  wire inlet_state = |inlet_state_we, inlet_rate = |inlet_rate_we;

  // ------------------------------------------------------------------ scalars, row unit, rounding
  wire [10:0] d_at = word[an_spec_pkg::F_VEC_D_MSB:an_spec_pkg::F_VEC_D_LSB];
  logic first_we;
  logic [31:0] first_tick;
  logic [32*Lanes-1:0] start_f24, c_f24, gather_p_f24, state_d_f24, state_q_f24;
  logic [16*Lanes-1:0] rate_q_f12, syn_q, rate_d_f12, syn_d, rnd;
  an_scalars #(.Scalars(Scalars), .ProgBits(ProgBits)) u_scalars (
      .clk, .read_addr(loop_read ? loop_addr : sweep_busy ? sweep_scalar_addr : vec_scalar_addr), .q_f24(scalar_q_f24), .we(vec_scalar_we),
      .waddr(d_at[7:0]), .d_f24(c_f24[31:0]), .first_we, .first_at, .first_tick, .bus_open(open),
      .bus_is_first(bus_space == an_spec_pkg::BUS_RANGE), .bus_we(bus_scalar_we), .bus_index
  );
  logic [36:0] n_f24;
  logic [42:0] sum_f24;
  logic [31:0] gathered_f24;
  logic [9:0] gathered_low;
  logic [Lanes-1:0] rate_live;
  an_row #(.Lanes(Lanes), .Sums(Sums), .Split(Split), .Ahead(Ahead)) u_row (
      .clk, .clr(go_vec || go_sweep), .add_products(sweep_busy && sum_products), .add_n, .raw, .first(sum_first && sweep_busy),
      .first_lane(sum_lane), .product_f24(gather_p_f24), .start_f24, .n_f24, .sum_f24, .gathered_f24, .gathered_sat, .gathered_low,
      .rate_q_f12, .rate_live, .x_en, .x2_en, .row_lane, .row_x_f12, .row_x2_f12, .x_live, .x2_live
  );
  an_rnd #(.Lanes(Lanes), .Pairs(Pairs)) u_rnd (
      .clk, .rst_n, .key_en(set_key), .key(word[an_spec_pkg::F_KEY_KEY_MSB:an_spec_pkg::F_KEY_KEY_LSB]), .tick,
      .launch(rnd_launch), .launch_row(rnd_row), .launch_block(rnd_block), .two(rnd_two), .second(rnd_second), .rnd
  );

  // ------------------------------------------------------------------ what the bus reads
  logic bus_to_scalar, bus_to_half, bus_to_table, bus_to_syn;
  logic [15:0] bus_syn;
  logic [31:0] range_rdata;
  an_bus_read #(.Lanes(Lanes), .Far(Deep), .Ahead(Ahead)) u_bus_read (
      .clk, .open, .space(bus_space), .odd(bus_index[0]), .lane(bus_lane), .syn_q, .to_scalar(bus_to_scalar), .to_half(bus_to_half),
      .to_table(bus_to_table), .to_syn(bus_to_syn), .syn(bus_syn), .regs_rdata, .prog_q, .range_rdata, .a_f24(unit_a_f24[31:0]), .rdata(bus_rdata)
  );

  // ------------------------------------------------------------------ vector units
  logic [32*Units-1:0] result_f24;
  logic [16*Units-1:0] rate_f12;
  an_units #(.Lanes(Lanes), .Units(Units), .Sums(Sums), .Ahead(Ahead), .Beside(Beside), .Follow(Follow)) u_units (
      .clk, .ctl(unit_ctl), .reading, .sweep(sweep_busy), .read_lane, .state_q_f24, .rate_q_f12, .scalar_f24(scalar_q_f24), .word_f24, .sum_f24,
      .gathered_f24, .word, .table_take, .table_next, .half_table, .half_fraction, .bus_open(open), .bus_read_a, .bus_to_scalar, .bus_to_half,
      .bus_to_table, .bus_to_syn, .bus_syn, .bus_lane, .bus_is_rate(bus_space == an_spec_pkg::BUS_RATE), .table_we, .bus_index(bus_index[9:0]),
      .bus_wdata, .a_f24(unit_a_f24), .greater, .n_f24, .narrow_f12, .narrow_clip, .d_sat, .result_f24, .result_sat, .rate_f12, .rate_sat
  );

  // ------------------------------------------------------------------ lanes: their addresses are a sweep's, else a vector instruction's
  wire [Lanes-1:0] bus_lane_on = Lanes'(1) << bus_lane;
  wire [10:0] rate_addr = sweep_busy ? sweep_rate_addr : vec_rate_addr;
  wire [10:0] state_addr = sweep_busy ? sweep_state_addr : vec_state_addr;
  wire [10:0] state_waddr = inlet_state ? inlet_waddr : sweep_busy ? sweep_state_waddr : vec_state_waddr;
  wire [10:0] rate_write_addr = inlet_rate ? inlet_waddr : rate_waddr;
  an_lanes #(
      .Lanes(Lanes), .Units(Units), .SynWords(SynWords), .StateWords(StateWords), .RateWords(RateWords), .Banked(Banked), .Pairs(Pairs), .Split(Split),
      .Ahead(Ahead)
  ) u_lanes (
      .clk, .ctl(lane_ctl), .sweep(sweep_busy), .serial, .bus_open(open), .hold_read, .hold_result, .c_en(sweep_c_en), .c_pass, .gather_en,
      .rate_addr(rate_addr[RateBits-1:0]), .rate_we(vec_rate_we | inlet_rate_we | ({Lanes{bus_rate_we}} & bus_lane_on)), .rate_waddr(rate_write_addr[RateBits-1:0]),
      .state_addr(state_addr[StateBits-1:0]), .state_we((sweep_busy ? sweep_state_we : vec_state_we) | inlet_state_we | ({Lanes{bus_state_we}} & bus_lane_on)),
      .inlet_rate, .inlet_state, .inlet_f24,
      .state_waddr(state_waddr[StateBits-1:0]), .syn_read, .syn_addr, .syn_we(sweep_syn_we | ({Lanes{bus_syn_we}} & bus_lane_on)),
      .syn_waddr(open && !Deep ? bus_block[SynBits-1:0] : syn_waddr),  // Deep: an_sweep's register has the bus's
      .result_f24, .rate_f12, .low(gathered_low), .row_0, .row_1, .row_2, .rnd, .rate_q_f12, .rate_live,
      .state_q_f24, .syn_q, .start_f24, .c_f24, .gather_p_f24, .rate_d_f12, .state_d_f24, .acc_sat, .syn_d, .syn_sat
  );

  // ------------------------------------------------------------------ what is written goes out
  if (Give) begin : g_give
    an_outlet #(.Lanes(Lanes), .Units(Units), .StateBits(StateBits), .RateBits(RateBits)) u_outlet (
        .clk, .rst_n, .running, .go(go_vec), .set(give_set), .word, .n_m1, .placed_state(placed_state.d), .placed_rate(placed_rate.d), .free_up, .free_down, .way_busy,
        .lacks(give_lacks), .state_step, .rate_step, .sums(sweep_busy && sums_we), .state_waddr(sweep_busy ? sweep_state_waddr : vec_state_waddr), .rate_waddr, .write_lane,
        .state_we(sweep_busy ? sweep_state_we : vec_state_we), .rate_we(vec_rate_we), .state_d_f24, .rate_d_f12, .valid(outlet_valid), .live(outlet_live), .words_f24(outlet_f24)
    );
  end else begin : g_give
    assign {give_lacks, outlet_valid, outlet_live, outlet_f24} = '0;
    wire unused_give = ^{give_set, free_up, free_down, way_busy, state_step, rate_step, sums_we};
  end

  // ------------------------------------------------------------------ range records
  logic note_sat, note_clip;
  an_notes #(.ProgBits(ProgBits)) u_notes (
      .clk, .rst_n, .pc, .vec_done, .vec_site, .vec_sat, .vec_clip, .sweep_done, .note_mid, .sites_back, .sat_w, .sat_acc, .sat_g, .sat_v, .clip_par,
      .site, .note_sat, .note_clip
  );
  an_range #(.ProgBits(ProgBits), .Ahead(Ahead)) u_range (
      .clk, .rst_n, .clear(clear_range), .busy(range_busy), .site, .note_sat, .note_clip, .tick, .first_we, .first_at, .first_tick,
      .bus_read(open), .bus_pc(bus_index[ProgBits:1]), .bus_rdata(range_rdata)
  );

  wire unused = ^{c_f24, bus_block, rate_write_addr, rate_addr, state_addr, state_waddr, d_at, write_lane, unit_a_f24, gathered_en};

`ifdef AN_TRACE
  assign trace_clock = clocks;
  assign trace_pc = 16'(|{vec_state_we, vec_rate_we} ? vec_site : pc);  // of what is written, where another one began meanwhile
  assign trace_t_valid = tick_next;
  assign trace_t_value = tick;
  assign trace_i_valid = Lanes'(taken);
  assign trace_i_value = $bits(trace_i_value)'(taken_value);
  assign trace_o_valid = own_given[0] && !hold_read;
  assign trace_o_value = out_data[31:0];
  assign trace_n_valid = Lanes'(|outlet_valid ? outlet_live : given);
  assign trace_n_port = own_given[2] || outlet_valid[1] ? an_spec_pkg::PORT_DOWN : an_spec_pkg::PORT_UP;
  assign trace_n_value = $bits(trace_n_value)'(|outlet_valid ? outlet_f24 : out_data);
  assign trace_k_valid = vec_scalar_we && !hold_result;  // once, though it is written as long as a stream is waited for
  assign trace_k_addr = d_at;
  assign trace_k_value = c_f24[31:0];
  assign trace_r_valid = vec_rate_we & {Lanes{!hold_result}};
  assign trace_r_addr = {Lanes{rate_waddr}};
  assign trace_r_value = rate_d_f12;
  assign trace_s_valid = sweep_busy ? sweep_state_we : vec_state_we & {Lanes{!hold_result}};
  assign trace_s_addr = {Lanes{sweep_busy ? sweep_state_waddr : vec_state_waddr}};
  assign trace_s_value = state_d_f24;
  assign trace_w_valid = sweep_syn_we;
  assign trace_w_addr = {Lanes{20'(syn_waddr)}};
  assign trace_w_value = syn_d;
  assign trace_h_valid = halt;
  assign trace_h_addr = 16'(pc);
`else
  wire unused_trace = ^{halt, taken, taken_value, given, outlet_live, clocks, rate_d_f12, state_d_f24, syn_d};
`endif
endmodule
`default_nettype wire
