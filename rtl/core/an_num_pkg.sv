// SPDX-License-Identifier: Apache-2.0
// an_num_pkg -- the clamps of docs/machine.md section 2 (the shifts stand in an_narrow). Mirror: sw/model/an_num.h
// Exact in, saturated out. A *_cuts function tells whether the clamp acts.
`default_nettype none
/* verilator lint_off UNUSEDSIGNAL */
package an_num_pkg;
  function automatic logic sat_s33_cuts(input logic [32:0] x);
    sat_s33_cuts = x[32] != x[31];
  endfunction

  function automatic logic [31:0] sat_s33_s32(input logic [32:0] x);
    sat_s33_s32 = x[32] != x[31] ? {x[32], {31{~x[32]}}} : x[31:0];
  endfunction

  function automatic logic sat_s17_cuts(input logic [16:0] x);
    sat_s17_cuts = x[16] != x[15];
  endfunction

  function automatic logic [15:0] sat_s17_s16(input logic [16:0] x);
    sat_s17_s16 = x[16] != x[15] ? {x[16], {15{~x[16]}}} : x[15:0];
  endfunction

  function automatic logic sat_s48_cuts(input logic [47:0] x);
    sat_s48_cuts = !(&x[47:31]) && |x[47:31];
  endfunction

  function automatic logic [31:0] sat_s48_s32(input logic [47:0] x);
    sat_s48_s32 = sat_s48_cuts(x) ? {x[47], {31{~x[47]}}} : x[31:0];
  endfunction

  // (x + 2^11) >> 12: 21 bits, of which 16 are kept
  function automatic logic [20:0] rhu_f24_f12(input logic [31:0] x);
    rhu_f24_f12 = {x[31], x[31:12]} + {20'b0, x[11]};
  endfunction

  function automatic logic rhu_f24_cuts(input logic [20:0] y);
    rhu_f24_cuts = !(&y[20:15]) && |y[20:15];
  endfunction

  function automatic logic [15:0] rhu_f12_s16f12(input logic [20:0] y);
    rhu_f12_s16f12 = rhu_f24_cuts(y) ? {y[20], {15{~y[20]}}} : y[15:0];
  endfunction
endpackage
/* verilator lint_on UNUSEDSIGNAL */
`default_nettype wire
