// SPDX-License-Identifier: Apache-2.0
// an_link -- the host's way in: frames over a serial line to bus reads and writes (rtl/spec/antinode.toml [link]).
// A request is carried out only when its CRC is right; a damaged one is dropped without a word, the host repeats it.
// A request with the number and the CRC of the last one carried out is that repeat: the answer is sent again, nothing is carried out.
// While it works or answers, what comes in is dropped as damaged (one request under way at a time).
// Buffers: one RAM for the request, one for the answer; the CRC of the last request stands at the end of the latter.
`default_nettype none

module an_link #(
    parameter int BaudDiv = 8
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
  localparam int BufBytes = 512;
  localparam logic [8:0] MinLen = 9'd12; // a request without payload
  localparam logic [8:0] MaxLen = MinLen + 9'(an_spec_pkg::LINK_MAX_PAYLOAD);
  localparam logic [6:0] KeyAddr = 7'd127; // CRC of the last request: bytes 508..511

  typedef enum logic [2:0] {
    Receive, // at: bytes so far
    Key,     // is it the last request? and keep its number and CRC; at walks back over the CRC
    Exec,
    Sum,     // at walks over the answer: its CRC, then the four bytes of that
    Answer
  } state_e;

  state_e     state_q;
  logic       phase_q; // 0: bytes are being read from the buffers, 1: they are here
  logic [2:0] step_q;  // Key: 0..3 the CRC from its last byte on, 4 the number; Sum: bytes of the CRC written
  logic [8:0] at_q;
  logic       bad_q;   // the frame coming in is lost
  logic       known_q; // a request was carried out since reset
  logic       same_q;  // so far it is the last request again

  logic       rx_valid, dec_valid, dec_end, dec_error, enc_done, enc_valid, tx_ready;
  logic [7:0] rx_byte, dec_byte, enc_byte;
  logic       exec_done, exec_write, crc_ready, crc_ok;
  logic [8:0] exec_req_addr, exec_ans_addr, exec_len, enc_addr;
  logic [7:0] exec_byte;
  /* verilator lint_off UNUSEDSIGNAL */
  logic [31:0] crc; // only its low byte is read, the rest shifts down
  /* verilator lint_on UNUSEDSIGNAL */

  // No byte is read in the clock it is written in: no_rw_check spares the bypass.
  (* no_rw_check *) logic [7:0] req_mem [0:BufBytes-1];
  (* no_rw_check *) logic [7:0] ans_mem [0:BufBytes-1];
  logic [7:0] req_byte, ans_byte, ans_in;
  logic [8:0] req_addr, ans_addr, ans_at;
  logic       ans_write;

  wire in_receive = state_q == Receive;
  wire good       = in_receive && dec_end && !dec_error && !bad_q && crc_ok && at_q >= MinLen;
  wire store      = in_receive && dec_valid && !bad_q;
  wire match      = same_q && req_byte == ans_byte;
  wire key_byte   = state_q == Key && phase_q;
  wire sum_byte   = state_q == Sum && phase_q && crc_ready;
  wire sum_tail   = at_q == exec_len; // and stays so: both count on
  wire at_back    = state_q == Key;

  an_uart_rx #(.BaudDiv(BaudDiv)) uart_in (.clk, .rst_n, .pin(uart_rx), .out_valid(rx_valid), .out_byte(rx_byte));
  an_cobs_dec cobs_dec (.clk, .rst_n, .in_valid(rx_valid), .in_byte(rx_byte), .out_valid(dec_valid), .out_byte(dec_byte),
                        .end_valid(dec_end), .end_error(dec_error));
  an_crc32 crc32 (.clk, .rst_n, .init((in_receive && dec_end) || state_q == Exec || state_q == Answer), .in_valid(store || sum_byte),
                  .in_ready(crc_ready), .in_byte(in_receive ? dec_byte : ans_byte), .in_drop(!in_receive && sum_tail), .crc, .ok(crc_ok));
  an_link_exec exec (.clk, .rst_n, .start(key_byte && step_q[2] && !match), .req_len(at_q), .done(exec_done), .ans_len(exec_len),
                     .ans_more(sum_byte && sum_tail), .req_addr(exec_req_addr), .req_byte, .ans_write(exec_write),
                     .ans_addr(exec_ans_addr), .ans_byte(exec_byte), .bus_valid, .bus_write, .bus_addr, .bus_wdata, .bus_ready,
                     .bus_rdata, .bus_refused);
  an_cobs_enc cobs_enc (.clk, .rst_n, .start(state_q == Answer && !phase_q), .len(exec_len), .done(enc_done), .mem_addr(enc_addr),
                        .mem_byte(ans_byte), .out_valid(enc_valid), .out_ready(tx_ready), .out_byte(enc_byte));
  an_uart_tx #(.BaudDiv(BaudDiv)) uart_out (.clk, .rst_n, .in_valid(enc_valid), .in_ready(tx_ready), .in_byte(enc_byte), .pin(uart_tx));

  always_comb begin
    req_addr  = exec_req_addr;
    ans_addr  = state_q == Sum ? at_q : enc_addr;
    ans_at    = exec_ans_addr; // in Sum: the end of the answer
    ans_in    = state_q == Sum ? ~crc[7:0] : exec_byte;
    ans_write = exec_write || (sum_byte && sum_tail);
    if (at_back) begin
      req_addr  = step_q[2] ? 9'd0 : at_q;
      ans_addr  = step_q[2] ? 9'd0 : {KeyAddr, step_q[1:0]};
      ans_at    = ans_addr;
      ans_in    = req_byte;
      ans_write = phase_q;
    end
  end

  always_ff @(posedge clk) begin
    if (store) req_mem[at_q] <= dec_byte;
    if (ans_write) ans_mem[ans_at] <= ans_in;
    req_byte <= req_mem[req_addr];
    ans_byte <= ans_mem[ans_addr];
  end

  always_ff @(posedge clk) begin
    if (dec_end) bad_q <= 1'b0;
    else if (dec_valid && (!in_receive || at_q == MaxLen)) bad_q <= 1'b1;
    if (store || good || sum_byte || (key_byte && step_q < 3'd3)) at_q <= at_q + (at_back || good ? 9'h1FF : 9'd1);
    phase_q <= 1'b0;
    unique case (state_q)
      Receive: begin
        step_q <= '0;
        same_q <= known_q;
        if (good) state_q <= Key;
        else if (dec_end) at_q <= '0;
      end
      Key: begin
        phase_q <= !phase_q;
        if (phase_q) begin
          step_q <= step_q + 3'd1;
          same_q <= match;
          if (step_q[2]) state_q <= match ? Answer : Exec;
        end
      end
      Exec: begin
        step_q  <= '0;
        known_q <= 1'b1;
        if (exec_done) begin
          at_q    <= '0;
          state_q <= Sum;
        end
      end
      Sum: begin
        phase_q <= crc_ready && !phase_q;
        if (sum_byte && sum_tail) begin
          step_q <= step_q + 3'd1;
          if (step_q[1:0] == 2'd3) state_q <= Answer;
        end
      end
      default: begin // Answer
        phase_q <= 1'b1;
        at_q    <= '0;
        if (enc_done) state_q <= Receive;
      end
    endcase
    if (!rst_n) begin
      state_q <= Receive;
      at_q    <= '0;
      bad_q   <= 1'b1; // until the first zero byte
      known_q <= 1'b0;
    end
  end
endmodule
`default_nettype wire
