// SPDX-License-Identifier: Apache-2.0
// A byte offered stands until it is taken; only Close offers a zero where the buffer's bytes up to the end of the block hold none;
// a block has at most 254 bytes; the walk stays inside the frame, so it ends.
  logic       f_past_q = 1'b0;
  logic       f_wait_q;
  logic [7:0] f_byte_q, f_mem_q;
  logic [8:0] f_addr_q, f_len_q;
  always_ff @(posedge clk) begin
    f_past_q <= 1'b1;
    f_wait_q <= rst_n && out_valid && !out_ready;
    f_byte_q <= out_byte;
    f_mem_q  <= mem_byte;
    f_addr_q <= mem_addr;
    f_len_q  <= len;
  end
  always_comb begin
    if (!f_past_q) assume (!rst_n);
    assume (len >= 9'd8 && len <= 9'd456);
    if (f_past_q) begin
      assume (len == f_len_q || start);
      if (start) assume (state_q == Idle);
      // a RAM that is not written gives the same byte for the same address
      if (f_wait_q) assume (mem_byte == f_mem_q || f_addr_q != mem_addr);
      if (f_wait_q) assert (out_valid && out_byte == f_byte_q);
      if (state_q != Idle) begin
        assert (pos_q <= scan_q);
        assert (scan_q - pos_q <= 9'd254);
        assert (scan_q <= len);
        if (zero_q && (state_q == Code || state_q == Load || state_q == Data)) assert (scan_q < len);
      end
      if (state_q == Fetch || state_q == Test || state_q == Code) assert (9'(code_q) == scan_q - pos_q + 9'd1);
      if (state_q == Code) assert (out_byte != 8'd0);
      assert (state_q <= Close);
      if (state_q == Data) assert (pos_q < scan_q);
      if (state_q == Close) assert (scan_q == len && pos_q == len);
    end
  end
