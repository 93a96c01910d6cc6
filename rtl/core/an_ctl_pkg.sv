// SPDX-License-Identifier: Apache-2.0
// an_ctl_pkg -- control of the vector units (an_vec) and of the lanes in a sweep (an_sweep), the same for every unit, every lane; an instruction's places.
`default_nettype none
/* verilator lint_off UNUSEDPARAM */
package an_ctl_pkg;
  localparam logic [1:0] PICK_C = 2'd0, PICK_MIN = 2'd1, PICK_MAX = 2'd2, PICK_SEL = 2'd3;
  // where the four address fields of an instruction stand behind the ring window of a memory (an_windows)
  typedef struct packed {
    logic [10:0] d, a, b, c;
  } places_t;
  // an_unit: what goes on the operand bus M, what is taken from it, and what does not change while an instruction runs
  typedef struct packed {
    logic       clr;      // A, C, sign = 0; B16 = b_one ? 1.0 : 0
    logic       b_one;
    logic       m_scalar; // M: the scalar, else
    logic       m_half;   //    the half word << 12, else the state word
    logic       a_en;
    logic       a_half;   // A comes from H, the half word beside M (Beside); likewise b_half, c_half, sign_half
    logic       a_16;     // A = M narrowed to s16f12 (DOT)
    logic       sign_en;  // sign of the first operand of SEL
    logic       sign_half;
    logic       b_en;     // B16 = M narrowed
    logic       b_half;
    logic       c_en;
    logic       c_half;
    logic       c_neg;    // C = -M - 1, for a sum
    logic       max_en;   // AMAX: C = larger of C and A
    logic       max_any;  //       or A whatever C is
    logic       d_sum;    // D = sat(A - C), or with carry = 0 one less; else D = A
    logic       carry;
    logic       line_en;  // 0: the narrowed product alone
    logic [1:0] pick;     // else it is added to C, or to A where picked
    logic       neg;
    logic       ext;      // N = the row unit's sum
    logic [4:0] r;
    logic [1:0] post;
    logic       word_en;  // the result is a word that comes from elsewhere
    logic       hold_read;   // M stands still
    logic       hold_result; // the result stands still
  } unit_t;

  // an_lane. Pairs: a w slot and a v slot take turns; each names what happens in this clock
  localparam logic [1:0] LOAD_PLAIN = 2'd0, LOAD_W = 2'd1, LOAD_V = 2'd2;
  typedef struct packed {
    logic       a_clr;    // accumulators start from zero
    logic       c_start;  // C = A, else the result bus
    logic       c_clr;
    logic       write_c;  // the state memory gets C, else the accumulator
    logic       write_low;// the state memory gets what C left over of a sum that is not narrowed, with write_c
    logic       write_bus;// the synapse memory gets the result bus, else what was learnt
    logic [1:0] load;     // factors
    logic       wnew;
    logic [1:0] bsh;
    logic [1:0] ksh;
    logic [4:0] r;        // of what is shifted a clock later
  } lane_t;
endpackage
/* verilator lint_on UNUSEDPARAM */
`default_nettype wire
