// SPDX-License-Identifier: Apache-2.0
// an_chip -- Cores in a chain or ring, the host's streams, chip registers, bus decode (docs/reference/registers.md)
// Bus: valid with operands held until ready, one clock; rdata and refused count in that clock; any latency from 1 on.
// Core c's upper neighbour is c+1; Closed: of the last one core 0, if there are two or more. The input stream enters core IN_CORE, the output stream leaves core OUT_CORE.
// Mirror: sw/model/an_chip.c
`default_nettype none
module an_chip #(
    parameter int Cores = 1,
    parameter int Lanes = 2,
    parameter int SynWords = 65536,
    parameter int StateWords = 1024,
    parameter int RateWords = 1024,
    parameter int ProgWords = 256,
    parameter int Scalars = 256,
    parameter int InWords = 256,
    parameter int OutWords = 256,
    parameter int LinkSteps = 2,    // between neighbours, each way
    parameter int ClockHz = 0,
    parameter bit Banked = 1'b0,
    parameter int VectorUnits = 0,  // a divisor of Lanes; 0: Lanes
    parameter bit Pairs = 1'b1,     // features: pair synapses; RECIP, SQRT; RING; SUM, DOT
    parameter bit Recip = 1'b1,
    parameter bit Ring = 1'b1,
    parameter bit Sums = 1'b1,
    parameter bit Split = 1'b0,
    parameter bit Ahead = 1'b0,
    parameter bit Beside = 1'b0,
    parameter bit Follow = 1'b0,
    parameter bit Closed = 1'b0,
    parameter bit Pass = 1'b0,
    parameter bit Take = 1'b0,
    parameter bit Give = 1'b0
) (
    input  logic                      clk,
    input  logic                      rst_n,
    input  logic                      bus_valid,
    input  logic                      bus_write,
    input  logic [              27:0] bus_addr,
    input  logic [              31:0] bus_wdata,
    output logic                      bus_ready,
    output logic [              31:0] bus_rdata,
    output logic                      bus_refused
`ifdef AN_TRACE
    ,
    output logic [      64*Cores-1:0] trace_clock,
    output logic [      16*Cores-1:0] trace_pc,
    output logic [         Cores-1:0] trace_t_valid,
    output logic [      32*Cores-1:0] trace_t_value,
    output logic [   Lanes*Cores-1:0] trace_i_valid,
    output logic [32*Lanes*Cores-1:0] trace_i_value,
    output logic [         Cores-1:0] trace_o_valid,
    output logic [      32*Cores-1:0] trace_o_value,
    output logic [   Lanes*Cores-1:0] trace_n_valid,
    output logic [       2*Cores-1:0] trace_n_port,
    output logic [32*Lanes*Cores-1:0] trace_n_value,
    output logic [         Cores-1:0] trace_k_valid,
    output logic [      11*Cores-1:0] trace_k_addr,
    output logic [      32*Cores-1:0] trace_k_value,
    output logic [   Lanes*Cores-1:0] trace_r_valid,
    output logic [11*Lanes*Cores-1:0] trace_r_addr,
    output logic [16*Lanes*Cores-1:0] trace_r_value,
    output logic [   Lanes*Cores-1:0] trace_s_valid,
    output logic [11*Lanes*Cores-1:0] trace_s_addr,
    output logic [32*Lanes*Cores-1:0] trace_s_value,
    output logic [   Lanes*Cores-1:0] trace_w_valid,
    output logic [20*Lanes*Cores-1:0] trace_w_addr,
    output logic [16*Lanes*Cores-1:0] trace_w_value,
    output logic [         Cores-1:0] trace_h_valid,
    output logic [      16*Cores-1:0] trace_h_addr
`endif
);
  // Ahead: the bus goes through registers both ways; the link and the memories lie far apart
  logic at_valid, at_write, at_ready, said_ready, said_refused;
  logic [27:0] at_addr;
  logic [31:0] at_wdata, said_rdata;  // said: Ahead, a clock after at_ready, since every core's answer goes through a register of its own
  if (Ahead) begin : g_bus
    always_ff @(posedge clk) begin
      at_valid <= rst_n && bus_valid && !bus_ready && !said_ready && !at_ready;
      {at_write, at_addr, at_wdata} <= {bus_write, bus_addr, bus_wdata};
      bus_ready <= rst_n && said_ready;
      {bus_rdata, bus_refused} <= {said_rdata, said_refused};
    end
  end else begin : g_bus
    assign {at_valid, at_write, at_addr, at_wdata} = {bus_valid, bus_write, bus_addr, bus_wdata};
    assign {bus_ready, bus_rdata, bus_refused} = {said_ready, said_rdata, said_refused};
  end
  wire [3:0] unit = at_addr[27:24];
  wire [3:0] space = at_addr[23:20];
  wire [19:0] index = at_addr[19:0];

  // an access takes two clocks or more: what it is for is known from registers in the second (Ahead: third)
  logic bus_seen_q, bus_before;
  always_ff @(posedge clk) bus_seen_q <= rst_n && bus_before && !at_ready;
  wire bus_now = at_valid && bus_seen_q;

  // host streams
  logic in_ready, in_valid, in_taken, out_valid, out_given, out_room, in_next_ready, in_next_valid, out_next_room, out_next_valid;
  logic [15:0] in_data;
  logic [31:0] out_data, given_data;
  logic [Cores-1:0] unit_is;  // the core that the address is of
  logic [$clog2(InWords):0] in_level;
  logic [$clog2(OutWords):0] out_level;
  localparam int CoreBits = Cores > 1 ? $clog2(Cores) : 1;
  logic [CoreBits-1:0] in_core_q, out_core_q;
  logic [Cores-1:0] in_here_q, out_here_q, next_in_here, next_out_here;  // the same, a bit a core; next: of the next clock
  // the index of a register: constants below 16, the rest from 16 on
  wire [4:0] place = index[4:0];
  wire regs_at = unit == '0 && space == an_spec_pkg::BUS_REGS && index[19:5] == '0;
  wire [4:0] is_at = {5{regs_at}} & {1'b1, place == 5'(an_spec_pkg::REG_CHIP_IN_PUSH), place == 5'(an_spec_pkg::REG_CHIP_OUT_POP),
                                     place == 5'(an_spec_pkg::REG_CHIP_IN_CORE), place == 5'(an_spec_pkg::REG_CHIP_OUT_CORE)};
  logic at_regs, is_push, is_pop, is_in_core, is_out_core;
  if (Ahead) begin : g_at
    always_ff @(posedge clk) begin
      {at_regs, is_push, is_pop, is_in_core, is_out_core} <= is_at;
      bus_before <= rst_n && at_valid && !at_ready;
      for (int c = 0; c < Cores; c++) unit_is[c] <= unit == 4'(c + 1);
    end
  end else begin : g_at
    assign {at_regs, is_push, is_pop, is_in_core, is_out_core} = is_at;
    assign bus_before = at_valid;
    always_comb for (int c = 0; c < Cores; c++) unit_is[c] = unit == 4'(c + 1);
  end
  an_fifo #(.Words(InWords), .Bits(16), .Far(Ahead)) u_in (
      .clk, .rst_n, .in_valid(bus_now && at_write && is_push), .in_ready, .next_ready(in_next_ready), .in_data(at_wdata[15:0]), .out_valid(in_valid), .next_valid(in_next_valid),
      .out_ready(in_taken), .out_data(in_data), .level(in_level)
  );
  an_fifo #(.Words(OutWords), .Bits(32), .Far(Ahead)) u_out (
      .clk, .rst_n, .in_valid(out_given), .in_ready(out_room), .next_ready(out_next_room), .in_data(given_data), .out_valid, .next_valid(out_next_valid),
      .out_ready(bus_now && !at_write && is_pop), .out_data, .level(out_level)
  );

  // chip registers
  logic [31:0] chip_now, chip_rdata;
  logic known;
  always_comb begin
    chip_now = 'x;  // of a refused read
    known = 1'b1;
    case (20'(place))
      an_spec_pkg::REG_CHIP_MAGIC:       chip_now = an_spec_pkg::MAGIC;
      an_spec_pkg::REG_CHIP_VERSION:     chip_now = an_spec_pkg::VERSION;
      an_spec_pkg::REG_CHIP_SPEC_HASH:   chip_now = an_spec_pkg::SPEC_HASH;
      an_spec_pkg::REG_CHIP_SHAPE:       chip_now = Cores << 16 | Lanes;
      an_spec_pkg::REG_CHIP_SYN_WORDS:   chip_now = SynWords;
      an_spec_pkg::REG_CHIP_STATE_WORDS: chip_now = StateWords;
      an_spec_pkg::REG_CHIP_RATE_WORDS:  chip_now = RateWords;
      an_spec_pkg::REG_CHIP_PROG_WORDS:  chip_now = ProgWords;
      an_spec_pkg::REG_CHIP_SCALARS:     chip_now = Scalars;
      an_spec_pkg::REG_CHIP_FIFO_WORDS:  chip_now = InWords << 16 | OutWords;
      an_spec_pkg::REG_CHIP_CLOCK_HZ:    chip_now = ClockHz;
      an_spec_pkg::REG_CHIP_FEATURES:    chip_now = 32'({16'(LinkSteps), Give, Take, Pass, Closed, 4'(VectorUnits == 0 ? Lanes : VectorUnits), Follow, Beside, Split, Ahead, Sums, Ring, Recip, Pairs});
      an_spec_pkg::REG_CHIP_IN_LEVEL:    chip_now = 32'(in_level);
      an_spec_pkg::REG_CHIP_OUT_LEVEL:   chip_now = 32'(out_level);
      an_spec_pkg::REG_CHIP_IN_CORE:     chip_now = 32'(in_core_q);
      an_spec_pkg::REG_CHIP_OUT_CORE:    chip_now = 32'(out_core_q);
      an_spec_pkg::REG_CHIP_OUT_POP:     chip_now = out_data;
      default:                           known = 1'b0;
    endcase
  end
  if (Ahead) begin : g_rdata  // with chip_refused: what stands at the output stream's end stays there until it is popped
    always_ff @(posedge clk) chip_rdata <= chip_now;
  end else begin : g_rdata
    assign chip_rdata = chip_now;
  end
  logic chip_refused;  // only the bus itself fills the input and empties the output: what was possible still is
  always_ff @(posedge clk)
    chip_refused <= !at_regs || (at_write ? !((is_push && in_ready) || is_in_core || is_out_core) : !known || (is_pop && !out_valid));
  if (Cores > 1) begin : g_stream
    logic [CoreBits-1:0] next_in_core, next_out_core;
    always_comb begin
      {next_in_core, next_out_core} = {in_core_q, out_core_q};
      if (!rst_n) {next_in_core, next_out_core} = '0;
      else if (bus_now && at_write) begin
        if (is_in_core) next_in_core = at_wdata[CoreBits-1:0];
        if (is_out_core) next_out_core = at_wdata[CoreBits-1:0];
      end
    end
    assign next_in_here = Cores'(1) << next_in_core;
    assign next_out_here = Cores'(1) << next_out_core;
    always_ff @(posedge clk) {in_core_q, out_core_q, in_here_q, out_here_q} <= {next_in_core, next_out_core, next_in_here, next_out_here};
  end else begin : g_no_stream
    assign {in_core_q, out_core_q} = '0;
    assign {in_here_q, out_here_q, next_in_here, next_out_here} = 4'b1111;
  end

  // cores; a link is a word of every vector unit wide
  localparam int Units = VectorUnits == 0 ? Lanes : VectorUnits;
  localparam int Step = 32 * Units;
  logic [Cores-1:0] core_ready, core_refused, core_in_ready, core_out_valid;
  logic [32*Cores-1:0] core_rdata;
  logic [32*Cores-1:0] core_out_data;
  logic [Step*Cores-1:0] core_up_f24, core_down_f24;
  logic [Cores-1:0] up_valid, up_ready, up_room, up_given, down_valid, down_ready, down_room, down_given;  // by link
  logic [Cores-1:0] up_next_valid, up_next_room, down_next_valid, down_next_room;
  logic [Step*Cores-1:0] up_data, down_data;
  logic [12*Cores-1:0] up_free, down_free;
  for (genvar c = 0; c < Cores; c++) begin : g_core
    localparam int Above = (c + 1) % Cores;  // the link above core c
    logic [2:0] c_in_ready, c_out_valid;
    an_core #(
        .Lanes(Lanes), .SynWords(SynWords), .StateWords(StateWords), .RateWords(RateWords), .ProgWords(ProgWords),
        .Scalars(Scalars), .Banked(Banked), .VectorUnits(VectorUnits), .Pairs(Pairs), .Recip(Recip), .Ring(Ring), .Sums(Sums), .Split(Split), .Ahead(Ahead), .Beside(Beside), .Follow(Follow), .Pass(Pass), .Take(Take), .Give(Give)
    ) u_core (
        .clk, .rst_n, .bus_valid(bus_now && unit_is[c]), .bus_write(at_write), .bus_space(space), .bus_index(index), .bus_wdata(at_wdata),
        .bus_ready(core_ready[c]), .bus_rdata(core_rdata[32*c+:32]), .bus_refused(core_refused[c]),
        .in_valid({up_valid[c], down_valid[Above], in_valid && in_here_q[c]}),
        .in_next({up_next_valid[c], down_next_valid[Above], in_next_valid && next_in_here[c]}),
        .in_ready(c_in_ready), .in_host_f12(in_data), .in_up_f24(down_data[Step*Above+:Step]), .in_down_f24(up_data[Step*c+:Step]),
        .out_valid(c_out_valid), .out_ready({down_room[c], up_room[Above], out_room && out_here_q[c]}),
        .out_next({down_next_room[c], up_next_room[Above], out_next_room && next_out_here[c]}), .free_up(up_free[12*Above+:12]), .free_down(down_free[12*c+:12]),
        .out_host(core_out_data[32*c+:32]), .out_up_f24(core_up_f24[Step*c+:Step]), .out_down_f24(core_down_f24[Step*c+:Step])
`ifdef AN_TRACE
        , .trace_clock(trace_clock[64*c+:64]), .trace_pc(trace_pc[16*c+:16]),
        .trace_t_valid(trace_t_valid[c]), .trace_t_value(trace_t_value[32*c+:32]),
        .trace_i_valid(trace_i_valid[Lanes*c+:Lanes]), .trace_i_value(trace_i_value[32*Lanes*c+:32*Lanes]),
        .trace_o_valid(trace_o_valid[c]), .trace_o_value(trace_o_value[32*c+:32]),
        .trace_n_valid(trace_n_valid[Lanes*c+:Lanes]), .trace_n_port(trace_n_port[2*c+:2]),
        .trace_n_value(trace_n_value[32*Lanes*c+:32*Lanes]),
        .trace_k_valid(trace_k_valid[c]), .trace_k_addr(trace_k_addr[11*c+:11]), .trace_k_value(trace_k_value[32*c+:32]),
        .trace_r_valid(trace_r_valid[Lanes*c+:Lanes]), .trace_r_addr(trace_r_addr[11*Lanes*c+:11*Lanes]),
        .trace_r_value(trace_r_value[16*Lanes*c+:16*Lanes]),
        .trace_s_valid(trace_s_valid[Lanes*c+:Lanes]), .trace_s_addr(trace_s_addr[11*Lanes*c+:11*Lanes]),
        .trace_s_value(trace_s_value[32*Lanes*c+:32*Lanes]),
        .trace_w_valid(trace_w_valid[Lanes*c+:Lanes]), .trace_w_addr(trace_w_addr[20*Lanes*c+:20*Lanes]),
        .trace_w_value(trace_w_value[16*Lanes*c+:16*Lanes]),
        .trace_h_valid(trace_h_valid[c]), .trace_h_addr(trace_h_addr[16*c+:16])
`endif
    );
    assign core_in_ready[c] = c_in_ready[0] && in_here_q[c];
    assign core_out_valid[c] = c_out_valid[0] && out_here_q[c];
    assign down_ready[Above] = c_in_ready[1];
    assign up_ready[c] = c_in_ready[2];
    assign up_given[Above] = c_out_valid[1];
    assign down_given[c] = c_out_valid[2];
  end

  // link c lies between core c, above it, and the core below: up goes into core c, down into the one below. Link 0 closes the ring
  for (genvar c = 0; c < Cores; c++) begin : g_link
    localparam int Below = (c + Cores - 1) % Cores;
    if (c > 0 || (Closed && Cores > 1)) begin : g_there
      an_neighbour #(.Steps(LinkSteps), .Bits(Step)) u_up (
          .clk, .rst_n, .in_valid(up_given[c]), .in_ready(up_room[c]), .next_ready(up_next_room[c]), .free(up_free[12*c+:12]), .in_data(core_up_f24[Step*Below+:Step]),
          .out_valid(up_valid[c]), .next_valid(up_next_valid[c]), .out_ready(up_ready[c]), .out_data(up_data[Step*c+:Step])
      );
      an_neighbour #(.Steps(LinkSteps), .Bits(Step)) u_down (
          .clk, .rst_n, .in_valid(down_given[c]), .in_ready(down_room[c]), .next_ready(down_next_room[c]), .free(down_free[12*c+:12]), .in_data(core_down_f24[Step*c+:Step]),
          .out_valid(down_valid[c]), .next_valid(down_next_valid[c]), .out_ready(down_ready[c]), .out_data(down_data[Step*c+:Step])
      );
    end else begin : g_end
      assign {up_valid[c], up_room[c], up_data[Step*c+:Step], down_valid[c], down_room[c], down_data[Step*c+:Step]} = '0;
      assign {up_next_valid[c], up_next_room[c], down_next_valid[c], down_next_room[c], up_free[12*c+:12], down_free[12*c+:12]} = '0;
    end
  end
  assign in_taken = |core_in_ready;
  assign out_given = |core_out_valid;
  assign at_ready = unit_is == '0 ? bus_now : |(unit_is & core_ready);
  logic [31:0] chip_says;
  logic [32*Cores-1:0] core_says;
  logic [Cores-1:0] core_refuses;
  logic chip_refuses;
  if (Ahead) begin : g_said
    always_ff @(posedge clk) begin
      said_ready <= rst_n && at_ready;
      {chip_says, chip_refuses, core_says, core_refuses} <= {chip_rdata, chip_refused, core_rdata, core_refused};
    end
  end else begin : g_said
    assign {said_ready, chip_says, chip_refuses, core_says, core_refuses} = {at_ready, chip_rdata, chip_refused, core_rdata, core_refused};
  end
  always_comb begin
    given_data = core_out_data[31:0];
    {said_rdata, said_refused} = unit_is == '0 ? {chip_says, chip_refuses} : '0;
    for (int c = 0; c < Cores; c++) begin
      if (c > 0 && core_out_valid[c]) given_data = core_out_data[32*c+:32];
      if (unit_is[c]) {said_rdata, said_refused} = {said_rdata, said_refused} | {core_says[32*c+:32], core_refuses[c]};
    end
  end
  wire unused = ^{core_up_f24, core_down_f24, up_given, down_given, up_ready, down_ready, up_valid, down_valid, up_room, down_room, up_data, down_data, up_next_valid, up_next_room, down_next_valid, down_next_room, up_free, down_free, in_next_ready, out_next_valid};
endmodule
`default_nettype wire
