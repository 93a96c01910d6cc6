// SPDX-License-Identifier: Apache-2.0
// an_uart_rx -- serial line to bytes: 8 data bits, no parity, one stop bit, BaudDiv clocks a bit.
// in   pin: asynchronous, idle high
// out  byte with a one-clock valid, no backpressure: a byte comes at most every 10*BaudDiv - BaudDiv/2 clocks
// Sampled once in the middle of each bit, to the clock; a start bit that is gone by its middle is a glitch. A byte without its stop bit
// (break, noise) is dropped, and the line must be high again before the next one: the frame's CRC misses it.
`default_nettype none

module an_uart_rx #(
    parameter int BaudDiv = 8
) (
    input  wire        clk,
    input  wire        rst_n,
    input  wire        pin,
    output logic       out_valid,
    output logic [7:0] out_byte
);
  localparam int W = $clog2(BaudDiv);
  localparam logic [W-1:0] Half = W'(BaudDiv / 2 - 1);
  localparam logic [W-1:0] Full = W'(BaudDiv - 1);

  if (BaudDiv < 4) begin : gen_check
    $fatal(1, "an_uart_rx: BaudDiv must be at least 4");
  end

  logic [1:0]   sync_q;
  logic         busy_q;  // inside a byte
  logic         block_q; // a stop bit was missing: wait for the line to be high
  logic [W-1:0] count_q;
  logic [3:0]   bit_q;   // 0 start, 1..8 data, 9 stop
  wire          line = sync_q[1];
  wire          sample = busy_q && count_q == '0;

  always_ff @(posedge clk) begin
    sync_q    <= {sync_q[0], pin};
    out_valid <= sample && bit_q == 4'd9 && line;
    count_q   <= !busy_q ? Half : sample ? Full : count_q - 1'b1;
    if (sample && bit_q != 4'd9) out_byte <= {line, out_byte[7:1]};
    if (!busy_q) bit_q <= 4'd0;
    else if (sample) bit_q <= bit_q + 4'd1;
    if (line) block_q <= 1'b0;
    else if (sample && bit_q == 4'd9) block_q <= 1'b1;
    if (!busy_q) busy_q <= !line && !block_q;
    else if (sample && (bit_q == 4'd9 || (bit_q == 4'd0 && line))) busy_q <= 1'b0;
    if (!rst_n) begin
      sync_q    <= 2'b11;
      busy_q    <= 1'b0;
      block_q   <= 1'b1;
      out_valid <= 1'b0;
    end
  end
endmodule
`default_nettype wire
