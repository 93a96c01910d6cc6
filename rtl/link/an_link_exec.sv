// SPDX-License-Identifier: Apache-2.0
// an_link_exec -- carries out one request of the link: reads it from the request buffer, masters the bus, writes status, count
// and payload of the answer (rtl/spec/antinode.toml [link]).
// in   start (one clock) with req_len, the length without CRC, which stands; req_byte is the byte at req_addr one clock later
// out  answer bytes to its buffer from address 1 on; done (one clock); ans_len stands until the next start, plus 1 for each ans_more
// bus  valid and operands stand until the clock of ready; refused ends the request, count tells how many words went
// A request whose count does not agree with its length, or is more than a frame holds, is too_long and touches nothing.
// An address counts on in its index (20 bits): a request does not run from one space into the next.
`default_nettype none

module an_link_exec (
    input  wire         clk,
    input  wire         rst_n,
    input  wire         start,
    input  wire  [8:0]  req_len,
    output logic        done,
    output logic [8:0]  ans_len,
    input  wire         ans_more,
    output logic [8:0]  req_addr,
    input  wire  [7:0]  req_byte,
    output logic        ans_write,
    output logic [8:0]  ans_addr,
    output logic [7:0]  ans_byte,
    output logic        bus_valid,
    output logic        bus_write,
    output logic [27:0] bus_addr,
    output logic [31:0] bus_wdata,
    input  wire         bus_ready,
    input  wire  [31:0] bus_rdata,
    input  wire         bus_refused
);
  localparam int HeadBytes = 8;
  localparam int AnswerHeadBytes = 4;
  localparam logic [7:0] MaxWide = 8'(an_spec_pkg::LINK_MAX_PAYLOAD / 4);
  localparam logic [7:0] MaxNarrow = 8'(an_spec_pkg::LINK_MAX_PAYLOAD / 2);

  typedef enum logic [2:0] {
    Idle,
    Head,    // op, address, count
    Check,
    More,    // another word?
    Gather,  // a word from the request
    Bus,
    Scatter, // a word to the answer
    Tail     // status and count of the answer
  } state_e;

  state_e      state_q;
  logic        phase_q; // 0: a byte is being read, 1: it is here
  logic [2:0]  step_q;
  logic [8:0]  at_q; // next byte of the request, or of the answer
  logic [2:0]  op_q;
  logic        bad_q, long_q;
  logic [1:0]  status_q;
  logic [31:0] addr_q; // its top four bits only pass through
  logic [7:0]  count_q, went_q;
  logic [31:0] data_q;

  wire is_pop    = op_q == 3'(an_spec_pkg::LINK_POP);
  wire is_push   = op_q == 3'(an_spec_pkg::LINK_PUSH);
  wire is_stream = is_push || is_pop;
  wire is_write  = op_q == 3'(an_spec_pkg::LINK_WRITE32) || op_q == 3'(an_spec_pkg::LINK_WRITE16) || is_push;
  wire is_wide   = op_q == 3'(an_spec_pkg::LINK_WRITE32) || op_q == 3'(an_spec_pkg::LINK_READ32) || is_pop;
  wire is_nop    = op_q == 3'(an_spec_pkg::LINK_NOP);
  wire [9:0] bytes = is_wide ? {count_q, 2'b00} : {1'b0, count_q, 1'b0};
  wire fits      = is_write ? bytes == {1'b0, req_len - 9'(HeadBytes)} : count_q <= (is_wide ? MaxWide : MaxNarrow);
  wire from_request = is_wide || !step_q[1]; // else the sign of a 16-bit word

  assign req_addr  = at_q;
  assign ans_len   = at_q;
  assign bus_valid = state_q == Bus;
  assign bus_write = is_write;
  // a stream's register has a constant address; addr_q is 0 then
  assign bus_addr  = addr_q[27:0] | (is_stream ? {8'd0, is_pop ? an_spec_pkg::REG_CHIP_OUT_POP : an_spec_pkg::REG_CHIP_IN_PUSH} : 28'd0);
  assign bus_wdata = data_q;
  assign ans_write = state_q == Scatter || state_q == Tail;
  assign ans_addr  = state_q == Tail ? {7'd0, step_q[1] | step_q[0], !step_q[0]} : at_q; // 1, 2, 3
  assign ans_byte  = state_q == Scatter ? data_q[7:0] : step_q[1] ? 8'd0 : step_q[0] ? went_q : {6'd0, status_q};
  assign done      = state_q == Tail && step_q[1];

  always_ff @(posedge clk) begin
    phase_q <= !phase_q && (state_q == Head || state_q == Gather);
    unique case (state_q)
      Idle: begin
        step_q <= 3'd0;
        if (start) begin
          at_q    <= 9'd1;
          state_q <= Head;
        end
      end
      Head: if (phase_q) begin
        at_q   <= at_q + 9'd1;
        step_q <= step_q + 3'd1;
        if (step_q == 3'd0) begin
          op_q  <= req_byte[2:0];
          bad_q <= req_byte > an_spec_pkg::LINK_POP;
        end
        if (step_q != 3'd0 && step_q < 3'd5) addr_q <= {req_byte, addr_q[31:8]};
        if (step_q == 3'd5) count_q <= req_byte;
        if (step_q == 3'd6) begin
          long_q  <= req_byte != 8'd0;
          state_q <= Check;
        end
      end
      Check: begin
        if (is_stream) addr_q <= '0;
        went_q   <= '0;
        if (!is_write) at_q <= 9'(AnswerHeadBytes);
        step_q   <= 3'd0;
        status_q <= 2'(an_spec_pkg::LINKST_OK);
        state_q  <= is_nop ? Tail : More;
        if (bad_q || (!is_nop && (long_q || !fits))) begin
          status_q <= bad_q ? 2'(an_spec_pkg::LINKST_BAD_OP) : 2'(an_spec_pkg::LINKST_TOO_LONG);
          state_q  <= Tail;
        end
      end
      More: begin
        step_q  <= 3'd0;
        state_q <= went_q == count_q ? Tail : is_write ? Gather : Bus;
      end
      Gather: if (phase_q) begin
        if (from_request) at_q <= at_q + 9'd1;
        data_q <= {from_request ? req_byte : {8{data_q[31]}}, data_q[31:8]};
        step_q <= step_q + 3'd1;
        if (step_q[1:0] == 2'd3) state_q <= Bus;
      end
      Bus: if (bus_ready) begin
        step_q <= 3'd0;
        if (!is_write) data_q <= bus_rdata;
        if (bus_refused) begin
          if (!is_stream) status_q <= 2'(an_spec_pkg::LINKST_REFUSED);
          state_q <= Tail;
        end else begin
          went_q <= went_q + 8'd1;
          if (!is_stream) addr_q[19:0] <= addr_q[19:0] + 20'd1;
          state_q <= is_write ? More : Scatter;
        end
      end
      Scatter: begin
        at_q    <= at_q + 9'd1;
        data_q  <= {8'd0, data_q[31:8]};
        step_q  <= step_q + 3'd1;
        if (step_q[0] && (step_q[1] || !is_wide)) state_q <= More;
      end
      default: begin // Tail
        step_q <= step_q + 3'd1;
        if (is_write) at_q <= 9'(AnswerHeadBytes);
        if (done) state_q <= Idle;
      end
    endcase
    if (ans_more) at_q <= at_q + 9'd1;
    if (!rst_n) state_q <= Idle;
  end
endmodule
`default_nettype wire
