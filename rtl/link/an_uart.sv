// SPDX-License-Identifier: Apache-2.0
// an_uart -- serial line to bytes and back, one way at a time: 8 data bits, no parity, one stop bit, BaudDiv clocks a bit.
// in   talk: 1 bytes go out, what comes in is lost; 0 bytes come in. pin_in: asynchronous, idle high
//      byte with valid/ready; taken where both are 1, ready only under talk; pin_out comes straight from a register, idle high
// out  byte with a one-clock valid, no backpressure; it stands for another BaudDiv / 2 clocks
// A byte in is sampled once in the middle of each bit, to the clock; a start bit that is gone by its middle is a glitch. A byte without
// its stop bit (break, noise) is dropped, and the line must be high again before the next one: the frame's CRC misses it.
// Where talk has ended by the stop bit of a byte, that bit is the idle line: the other end may answer in it.
`default_nettype none

module an_uart #(
    parameter int BaudDiv = 8
) (
    input  wire        clk,
    input  wire        rst_n,
    input  wire        pin_in,
    output logic       pin_out,
    input  wire        talk,
    input  wire        in_valid,
    output logic       in_ready,
    input  wire  [7:0] in_byte,
    output logic       out_valid,
    output logic [7:0] out_byte
);
  localparam int W = $clog2(BaudDiv);
  localparam logic [W-1:0] Half = W'(BaudDiv / 2 - 1);
  localparam logic [W-1:0] Full = W'(BaudDiv - 1);

  if (BaudDiv < 4) begin : gen_check
    $fatal(1, "an_uart: BaudDiv must be at least 4");
  end

  logic [1:0]   sync_q;
  logic         busy_q;  // inside a byte
  logic         out_q;   // one that goes out
  logic         block_q; // a stop bit was missing: wait for the line to be high
  logic [W-1:0] count_q;
  logic [3:0]   bit_q;   // 0 start, 1..8 data, 9 stop
  logic [8:0]   shift_q; // bits to go out from bit 0 on, ones behind them; bits that came in, the last one in bit 8
  wire          line = sync_q[1];
  wire          tick = count_q == '0;
  wire          stop = bit_q[3] && bit_q[0];
  wire          last_bit = bit_q[3] && !bit_q[0];
  wire          sample = busy_q && tick;
  wire          take = in_ready && in_valid;

  assign in_ready = talk && !busy_q;
  assign out_byte = shift_q[7:0];

  always_ff @(posedge clk) begin
    sync_q    <= {sync_q[0], pin_in};
    pin_out   <= shift_q[0] || !busy_q || !out_q;
    out_valid <= sample && stop && line && !out_q;
    count_q   <= busy_q ? (tick ? Full : count_q - 1'b1) : talk ? Full : Half;
    if (take) shift_q <= {in_byte, 1'b0};
    else if (sample) shift_q <= {line || out_q, shift_q[8:1]};
    if (!busy_q) bit_q <= 4'd0;
    else if (tick) bit_q <= bit_q + 4'd1;
    if (line) block_q <= 1'b0;
    else if (sample && stop && !out_q) block_q <= 1'b1;
    if (!busy_q) begin
      out_q  <= talk;
      busy_q <= talk ? in_valid : !line && !block_q;
    end else if (out_q ? tick && (stop || (last_bit && !talk)) : talk || (tick && (stop || (bit_q == 4'd0 && line)))) busy_q <= 1'b0;
    if (!rst_n) begin
      sync_q    <= 2'b11;
      busy_q    <= 1'b0;
      block_q   <= 1'b1;
      out_valid <= 1'b0;
    end
  end
`ifdef FORMAL
  `include "an_uart_props.svh"
`endif
endmodule
`default_nettype wire
