// SPDX-License-Identifier: Apache-2.0
// an_cobs_enc -- a frame in a buffer to bytes of the line (consistent overhead byte stuffing), closed by a zero byte.
// in   start (one clock, when idle): len bytes of the buffer from address 0 on; mem_byte is the byte at mem_addr one clock later
// out  bytes with valid/ready, held until taken; done with the last one
// Every block is read twice: once for its length (two clocks a byte, at most 508 before a code byte), once for its bytes.
`default_nettype none

module an_cobs_enc (
    input  wire        clk,
    input  wire        rst_n,
    input  wire        start,
    input  wire  [8:0] len,
    output logic       done,
    output logic [8:0] mem_addr,
    input  wire  [7:0] mem_byte,
    output logic       out_valid,
    input  wire        out_ready,
    output logic [7:0] out_byte
);
  typedef enum logic [2:0] {
    Idle,
    Fetch, // look for the end of the block: the byte at scan is being read
    Test,  // it is here
    Code,  // length + 1 of the block
    Load,  // the byte at pos is being read
    Data,  // it is here
    Close  // the zero byte
  } state_e;

  state_e     state_q;
  logic [8:0] pos_q;  // next byte to send
  logic [8:0] scan_q; // end of the block
  logic       zero_q; // the block ended at a zero, which its code byte stands for
  logic [7:0] code_q; // its length + 1
  wire        full = &code_q;
  wire        at_end = scan_q == len;

  assign mem_addr  = state_q == Fetch || state_q == Test ? scan_q : pos_q;
  assign out_valid = state_q == Code || state_q == Data || state_q == Close;
  assign out_byte  = state_q == Code ? code_q : state_q == Data ? mem_byte : 8'd0;
  assign done      = state_q == Close && out_ready;

  always_ff @(posedge clk) begin
    unique case (state_q)
      Idle: begin
        pos_q  <= '0;
        scan_q <= '0;
        code_q <= 8'd1;
        if (start) state_q <= Fetch;
      end
      Fetch: state_q <= Test;
      Test: begin
        zero_q  <= !full && !at_end;
        state_q <= Code;
        if (!full && !at_end && mem_byte != 8'd0) begin
          scan_q  <= scan_q + 9'd1;
          code_q  <= code_q + 8'd1;
          state_q <= Fetch;
        end
      end
      Code: if (out_ready) state_q <= Load;
      Load: begin
        state_q <= Data;
        code_q  <= 8'd1;
        if (pos_q == scan_q) begin // block sent
          if (zero_q) begin
            pos_q  <= pos_q + 9'd1;
            scan_q <= scan_q + 9'd1;
          end
          state_q <= !zero_q && at_end ? Close : Fetch;
        end
      end
      Data: begin
        if (out_ready) begin
          pos_q   <= pos_q + 9'd1;
          state_q <= Load;
        end
      end
      Close: if (out_ready) state_q <= Idle;
      default: state_q <= Idle;
    endcase
    if (!rst_n) state_q <= Idle;
  end
`ifdef FORMAL
  `include "an_cobs_enc_props.svh"
`endif
endmodule
`default_nettype wire
