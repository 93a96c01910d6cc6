// SPDX-License-Identifier: Apache-2.0
// an_uart_loop -- sender to receiver at 4 clocks a bit: every byte taken comes out once, in order, within Most clocks.
`default_nettype none

module an_uart_loop (
    input wire       clk,
    input wire       in_valid,
    input wire [7:0] in_byte
);
  localparam int Most = 44;

  logic       rst_n_q = 1'b0;
  logic       in_ready, line, out_valid;
  logic [7:0] out_byte;
  logic [7:0] last_q, before_q;
  logic [1:0] open_q = 2'd0; // taken and not out yet
  logic [5:0] age_q = 6'd0;  // clocks since the oldest of them was due next

  an_uart #(.BaudDiv(4)) tx (.clk, .rst_n(rst_n_q), .pin_in(1'b1), .pin_out(line), .talk(1'b1), .in_valid, .in_ready, .in_byte,
                             .out_valid(), .out_byte());
  an_uart #(.BaudDiv(4)) rx (.clk, .rst_n(rst_n_q), .pin_in(line), .pin_out(), .talk(1'b0), .in_valid(1'b0), .in_ready(),
                             .in_byte(8'd0), .out_valid, .out_byte);

  wire take = rst_n_q && in_valid && in_ready;
  always_ff @(posedge clk) begin
    rst_n_q <= 1'b1;
    if (take) begin
      last_q   <= in_byte;
      before_q <= last_q;
    end
    open_q <= open_q + 2'(take) - 2'(out_valid && rst_n_q);
    age_q  <= open_q == 2'd0 || out_valid ? 6'd0 : age_q + 6'd1;
  end
  always_comb begin
    if (rst_n_q && out_valid) begin
      assert (open_q != 2'd0);
      assert (out_byte == (open_q == 2'd2 ? before_q : last_q));
    end
    assert (open_q <= 2'd2);
    assert (age_q <= 6'(Most));
  end
endmodule
`default_nettype wire
