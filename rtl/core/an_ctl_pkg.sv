// SPDX-License-Identifier: Apache-2.0
// an_ctl_pkg -- control of the lanes, the same for every lane. Driven by an_vec or an_sweep, one at a time.
`default_nettype none
/* verilator lint_off UNUSEDPARAM */
package an_ctl_pkg;
  // operand stage (an_operand)
  localparam logic [1:0] A_XS = 2'd0, A_RATE = 2'd1, A_RATE16 = 2'd2, A_NARROW16 = 2'd3;
  localparam logic [1:0] C_STATE = 2'd0, C_RATE = 2'd1, C_A = 2'd2, C_BUS = 2'd3;
  localparam logic [1:0] B_NARROW = 2'd0, B_RATE = 2'd1, B_SYN = 2'd2;
  localparam logic [1:0] Y_ZERO = 2'd0, Y_ADD = 2'd1, Y_SUB = 2'd2, Y_PRODUCT = 2'd3;
  localparam logic [1:0] PICK_C = 2'd0, PICK_MIN = 2'd1, PICK_MAX = 2'd2, PICK_SEL = 2'd3;
  typedef struct packed {
    logic       xs_bus;    // XS = scalar bus, else the state word
    logic       clr;       // A, B16, C, sign = 0
    logic       a_clr;
    logic       a_en;
    logic [1:0] a_sel;
    logic       c_clr;
    logic [1:0] c_sel;
    logic       b_en;
    logic [1:0] b_sel;
    logic       sign_en;   // sign of the first operand of SEL
    logic       sign_rate;
    logic [1:0] y_sel;     // D = sat(A + Y)
    logic [1:0] pick;
    logic       sweep;     // line 1 carries w and v
    logic       back;      // pair: w comes back for its own narrowing
    logic       line_d;    // line 2 takes D
  } operand_t;

  // multiplier stage (an_lane)
  localparam logic [1:0] LOAD_VECTOR = 2'd0, LOAD_PLAIN = 2'd1, LOAD_W = 2'd2, LOAD_V = 2'd3;
  typedef struct packed {
    logic [1:0] load;
    logic       neg;
    logic       wnew;
    logic       out_c;     // what is written: C, else D, else the narrowed result
    logic       out_d;
  } multiply_t;

  // narrowing stage (an_narrow): S = P + Q + R, N = S or ~S
  typedef struct packed {
    logic       p_en;
    logic       p_inv;
    logic       q_en;
    logic       n_inv;
    logic [1:0] q_sh;      // 0, 1, 2: times 2^0, 2^8, 2^16
    logic [1:0] r_sh;
    logic       ext;       // lane 0: N = sum of the row unit
    logic [4:0] r;
    logic       s16;
    logic [1:0] post;
  } narrow_t;
endpackage
/* verilator lint_on UNUSEDPARAM */
`default_nettype wire
