// SPDX-License-Identifier: Apache-2.0
// an_uart_tx -- bytes to the serial line: 8 data bits, no parity, one stop bit, BaudDiv clocks a bit.
// in   byte with valid/ready; taken where both are 1, then 10*BaudDiv clocks to send
// out  pin, idle high, straight from a register
`default_nettype none

module an_uart_tx #(
    parameter int BaudDiv = 8
) (
    input  wire        clk,
    input  wire        rst_n,
    input  wire        in_valid,
    output logic       in_ready,
    input  wire  [7:0] in_byte,
    output logic       pin
);
  localparam int W = $clog2(BaudDiv);
  localparam logic [W-1:0] Full = W'(BaudDiv - 1);

  logic [8:0]   shift_q; // bit on the line, then what follows; ones come in behind
  logic [3:0]   left_q;  // bits still to end, 0: idle
  logic [W-1:0] count_q;

  assign in_ready = left_q == 4'd0;
  assign pin      = shift_q[0];

  always_ff @(posedge clk) begin
    count_q <= in_ready || count_q == '0 ? Full : count_q - 1'b1;
    if (in_ready && in_valid) begin
      shift_q <= {in_byte, 1'b0};
      left_q  <= 4'd10;
    end else if (!in_ready && count_q == '0) begin
      shift_q <= {1'b1, shift_q[8:1]};
      left_q  <= left_q - 4'd1;
    end
    if (!rst_n) begin
      shift_q <= '1;
      left_q  <= 4'd0;
    end
  end
`ifdef FORMAL
  `include "an_uart_tx_props.svh"
`endif
endmodule
`default_nettype wire
