// SPDX-License-Identifier: Apache-2.0
// an_link -- the host's way in: frames over a serial line to bus reads and writes (rtl/spec/antinode.toml [link]).
// A request is carried out only when its CRC is right; a damaged one is dropped without a word, the host repeats it.
// A request with the CRC of the last one carried out is that repeat: the answer is sent again, nothing is carried out.
// While it works or answers, what comes in is dropped (one request under way at a time).
// Everything goes bit by bit: a byte takes a step of ten clocks (Ahead: eleven), 0 at the RAM, 1 read or written, 8..15 its bits.
// Bus: valid and operands stand until the clock of ready. An address counts on in its index (20 bits), from space to space it does not run.
// A request whose count does not agree with its length, or is more than a frame holds, is too_long and touches nothing.
// RAM of two banks, request and answer, each turned so that the payload begins at 252: counters need no base.
`default_nettype none

module an_link #(
    parameter int BaudDiv = 8,
    parameter bit Ahead = 1'b0  // a byte read, from the RAM or the line, goes into a register and is used a clock later
) (
    input  wire         clk,
    input  wire         rst_n,
    input  wire         uart_rx,
    output logic        uart_tx,
    output logic        bus_valid,
    output logic        bus_write,
    output logic [27:0] bus_addr,
    output logic [31:0] bus_wdata,
    input  wire         bus_ready,
    input  wire  [31:0] bus_rdata,
    input  wire         bus_refused
);
  localparam logic [7:0] AtKey = 8'd243;    // CRC of the last request, in the bank of the answer
  localparam logic [7:0] AtRequest = 8'd244;
  localparam logic [7:0] AtCode = 8'd247;   // the answer's first stuffing byte
  localparam logic [7:0] AtAnswer = 8'd248;
  // CRC of any message and its own CRC; a property of the polynomial.
  localparam logic [31:0] Residue = 32'h2144DF1C;

  if (an_spec_pkg::LINK_MAX_PAYLOAD != 240) begin : gen_check // 12 bytes more are the last frame that needs no stuffing byte inside
    $fatal(1, "an_link: the places of the banks are those of 240 bytes");
  end

  typedef enum logic [3:0] {
    Receive,
    Back,    // to the four bytes of its CRC
    Load,    // them; and was the CRC right?
    Key,     // is it that of the last request? it takes its place
    SeqIn,   // the number of the request
    SeqOut,  // to the answer
    Next,    // another word?
    Gather,  // a word from the request
    Bus,
    Scatter, // a word to the answer
    Head,    // CRC over the number, and over status and count, which are written here
    Body,    // over the payload, word by word
    Tail,    // the CRC itself
    Mark,    // a zero behind it
    Stuff,   // from there back to the front: a zero becomes the way to the next one
    Send
  } state_e;

  state_e     state_q;
  logic [3:0] time_q;
  logic [1:0] step_q;   // byte of a word
  logic [7:0] at_q;     // byte of a bank
  logic [7:0] num_q;    // Receive: bytes to the next stuffing byte; Next..Body: words that went; Stuff: bytes to the next zero
  logic       head_q;   // before the payload
  logic       begun_q;  // a stuffing byte came: the next one stands for a zero
  logic       lost_q;   // the frame coming in is too long, or had no beginning
  logic       right_q;  // its CRC is
  logic       known_q;  // a request was carried out since reset
  logic       same_q;   // so far it is the last request again
  logic [2:0] op_q;
  logic       bad_q, long_q, fits_q, refused_q;
  logic [7:0] count_q;

  logic        line_valid, rx_valid, tx_ready;
  logic [7:0]  line_byte, rx_byte;
  logic [31:0] word;
  logic [27:0] addr;

  // No byte is read in the clock it is written in: no_rw_check spares the bypass.
  (* no_rw_check *) logic [7:0] mem [0:511];
  logic [7:0] mem_q, mem_d;
  logic [7:0] byte_q;  // as read; a byte written at 0 is read at 1
  logic       mem_we;

  // the request
  wire is_pop    = op_q == 3'(an_spec_pkg::LINK_POP);
  wire is_push   = op_q == 3'(an_spec_pkg::LINK_PUSH);
  wire is_stream = is_push || is_pop;
  wire is_write  = op_q == 3'(an_spec_pkg::LINK_WRITE32) || op_q == 3'(an_spec_pkg::LINK_WRITE16) || is_push;
  wire is_wide   = op_q == 3'(an_spec_pkg::LINK_WRITE32) || op_q == 3'(an_spec_pkg::LINK_READ32) || is_pop;
  wire is_nop    = op_q == 3'(an_spec_pkg::LINK_NOP);
  wire beyond    = is_wide ? count_q[7:6] != '0 : count_q[7]; // more than 255 bytes; and more than 240:
  wire too_many  = &count_q[5:3] && (is_wide ? count_q[2] && count_q[1:0] != '0 : count_q[6] && count_q[2:0] != '0);
  wire fits      = !beyond && (is_write ? (is_wide ? {count_q[5:0], 2'd0} : {count_q[6:0], 1'b0}) == at_q : !too_many);
  wire too_long  = !is_nop && (long_q || !fits_q);
  wire [1:0] status = bad_q ? 2'(an_spec_pkg::LINKST_BAD_OP) : too_long ? 2'(an_spec_pkg::LINKST_TOO_LONG) :
      refused_q && !is_stream ? 2'(an_spec_pkg::LINKST_REFUSED) : 2'(an_spec_pkg::LINKST_OK);
  wire stop      = is_nop || bad_q || too_long || num_q == count_q;

  // steps
  wire receive   = state_q == Receive;
  wire reading   = state_q == Load || state_q == SeqIn || state_q == Gather;
  wire summing   = receive || state_q == Head || state_q == Body;
  wire short     = state_q == Mark || state_q == Stuff || state_q == Send;
  wire still     = state_q == Back || state_q == Next || state_q == Bus;
  wire spread    = !is_wide && step_q[1] && (state_q == Gather || state_q == Scatter); // a 16-bit word has no bytes there
  wire at_start  = time_q == 4'd0;
  wire here      = time_q == (Ahead && short ? 4'd2 : 4'd1);
  wire shift     = time_q[3];
  wire step_end  = &time_q;
  wire word_end  = step_end && (&step_q || (state_q == Body && !is_wide && step_q[0]));
  wire no_byte   = byte_q == 8'd0;
  wire bit_in    = byte_q[time_q[2:0]];
  wire few       = num_q[7:1] == '0; // 0 or 1

  // what comes in
  wire rx_zero   = rx_byte == 8'd0;
  wire rx_code   = few && num_q[0];
  wire rx_end    = receive && rx_valid && rx_zero;
  wire rx_data   = receive && rx_valid && !rx_zero && (!rx_code || begun_q);
  wire room      = head_q || !(&at_q[7:4]);
  wire store     = rx_data && room && !lost_q;
  wire whole     = !head_q && !lost_q && rx_code;
  wire tx_take   = state_q == Send && here && tx_ready;
  wire fresh     = (rx_end && !whole) || (state_q == Key && at_start && !right_q) || (tx_take && no_byte);
  wire at_front  = at_q == AtCode;
  wire answer    = (state_q == Next && stop) || (bus_valid && bus_ready && bus_refused);

  wire at_load   = fresh || answer || (word_end && (state_q == Load || (state_q == Key && !same_q)));
  wire [7:0] at_first = answer ? AtAnswer : state_q == Load ? AtKey : AtRequest;
  wire at_down   = state_q == Back || (here && (state_q == Mark || (state_q == Stuff && !at_front)));
  wire num_load  = receive && rx_valid && (rx_zero || rx_code);
  wire num_down  = rx_data || (state_q == Body && word_end);

  an_uart #(.BaudDiv(BaudDiv)) uart (.clk, .rst_n, .pin_in(uart_rx), .pin_out(uart_tx), .talk(state_q == Send), .in_valid(here),
                                     .in_ready(tx_ready), .in_byte(byte_q), .out_valid(line_valid), .out_byte(line_byte));
  an_link_word link_word (.clk, .clear(fresh || answer), .load(bus_valid && bus_ready && !is_write), .load_word(bus_rdata), .shift,
                          .sum(summing), .extend(spread), .in_bit(bit_in), .word);
  an_link_addr link_addr (.clk, .clear(state_q == Next && is_stream), .shift(shift && (!receive || (head_q && at_q[3:0] >= 4'd6 && at_q[3:0] <= 4'd9))),
                          .turn(!receive), .in_bit(bit_in), .first(here && step_q == 2'd0),
                          .count(!is_stream && (state_q == Scatter || (state_q == Gather && !(few && !num_q[0])))),
                          .last(step_q == 2'd2 && time_q == 4'd11), .addr);

  assign bus_valid = state_q == Bus;
  assign bus_write = is_write;
  // a stream's register has a constant address; addr is 0 then
  assign bus_addr  = addr | (is_stream ? {8'd0, is_pop ? an_spec_pkg::REG_CHIP_OUT_POP : an_spec_pkg::REG_CHIP_IN_PUSH} : 28'd0);
  assign bus_wdata = word;

  always_comb begin
    unique case (state_q)
      Receive: {mem_we, mem_d} = {at_start && store, rx_code ? 8'd0 : rx_byte};
      Head:    {mem_we, mem_d} = {at_start && step_q != 2'd0, step_q[1] ? (step_q[0] ? 8'd0 : num_q) : {6'd0, status}};
      Mark:    {mem_we, mem_d} = {here, 8'd0};
      Stuff:   {mem_we, mem_d} = {here && (no_byte || at_front), num_q};
      default: {mem_we, mem_d} = {here && (state_q == Key || state_q == SeqOut || state_q == Tail || (state_q == Scatter && !spread)), word[7:0]};
    endcase
  end
  wire mem_re = at_start || (here && state_q != Key); // Key: the old byte is compared while the new one is written
  wire [8:0] mem_at = {!receive && !reading, at_q};
  always_ff @(posedge clk) begin
    if (mem_we) mem[mem_at] <= mem_d;
    if (mem_re) mem_q <= mem[mem_at];
  end
  if (Ahead) begin : g_byte
    always_ff @(posedge clk) begin
      byte_q   <= mem_q;
      rx_byte  <= line_byte;
      rx_valid <= rst_n && line_valid;
    end
  end else begin : g_byte
    assign byte_q = mem_q;
    assign {rx_valid, rx_byte} = {line_valid, line_byte};
  end

  always_ff @(posedge clk) begin
    if (rx_end) time_q <= 4'd0;
    else if (at_start) time_q <= {3'd0, receive ? store : !still && !fresh};
    else if (!here) time_q <= time_q + 4'd1;
    else if (!short) time_q <= Ahead ? 4'd7 : 4'd8;
    else if (state_q != Send || tx_ready) time_q <= 4'd0;
    if (receive) step_q <= 2'd0;
    else if (state_q == Back || step_end) step_q <= word_end ? 2'd0 : step_q + 2'd1;

    if (at_load || at_down || (step_end && !spread) || tx_take) at_q <= at_load ? at_first : at_q + {{7{at_down}}, 1'b1};
    if (fresh || state_q == Mark || (state_q == Stuff && here && no_byte)) num_q <= 8'd1;
    else if (num_load || num_down || (state_q == Stuff && here) || (bus_valid && bus_ready && !bus_refused))
      num_q <= num_load ? rx_byte : num_q + {{7{num_down}}, 1'b1};

    if (fresh) begun_q <= 1'b0;
    else if (receive && rx_valid) begun_q <= 1'b1;
    if (rx_end) lost_q <= 1'b0;
    else if (rx_data && !room) lost_q <= 1'b1;
    if (fresh) head_q <= 1'b1;
    else if (receive && step_end && &at_q) head_q <= 1'b0;
    if (receive && head_q && step_end) begin
      if (at_q[3:0] == 4'd5) begin
        op_q  <= byte_q[2:0];
        bad_q <= byte_q[7:3] != '0 || &byte_q[2:0];
      end
      if (at_q[3:0] == 4'd10) count_q <= byte_q;
      if (at_q[3:0] == 4'd11) long_q <= !no_byte;
    end
    if (receive) fits_q <= fits;
    if (shift) right_q <= state_q != Load || (right_q && word[0] == Residue[{step_q, time_q[2:0]}]);
    if (receive) same_q <= known_q;
    else if (state_q == Key && shift && bit_in != word[0]) same_q <= 1'b0;
    if (receive) refused_q <= 1'b0;
    else if (bus_valid && bus_ready && bus_refused) refused_q <= 1'b1;

    unique case (state_q)
      Receive: if (rx_end && whole) state_q <= Back;
      Back:    if (&step_q) state_q <= Load;
      Load:    if (word_end) state_q <= Key;
      Key:     if (fresh) state_q <= Receive;
               else if (word_end) state_q <= same_q ? Send : SeqIn;
      SeqIn:   if (word_end) state_q <= SeqOut;
      SeqOut:  if (word_end) state_q <= Next;
      Next:    state_q <= stop ? Head : is_write ? Gather : Bus;
      Gather:  if (word_end) state_q <= Bus;
      Bus:     if (bus_ready) state_q <= bus_refused ? Head : is_write ? Next : Scatter;
      Scatter: if (word_end) state_q <= Next;
      Head:    if (word_end) state_q <= is_write || (few && !num_q[0]) ? Tail : Body;
      Body:    if (word_end && few) state_q <= Tail;
      Tail:    if (word_end) state_q <= Mark;
      Mark:    if (here) state_q <= Stuff;
      Stuff:   if (here && at_front) state_q <= Send;
      default: if (tx_take && no_byte) state_q <= Receive; // Send
    endcase
    if (state_q == SeqOut) known_q <= 1'b1;
    if (!rst_n) begin
      state_q <= Receive;
      time_q  <= 4'd0;
      at_q    <= AtRequest;
      num_q   <= 8'd1;
      head_q  <= 1'b1;
      begun_q <= 1'b0;
      lost_q  <= 1'b1; // until the first zero byte
      known_q <= 1'b0;
    end
  end
`ifdef FORMAL
  `include "an_link_props.svh"
`endif
endmodule
`default_nettype wire
