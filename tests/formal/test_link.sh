#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Properties of the link (rtl/link/*_props.svh), by induction, from any state of the registers that reset does not set. A module without its
# properties fails here (select -assert-min), and so does one whose fault of the last column is not found: the properties are alive.
set -eu
build=${AN_BUILD:-build}/tests/formal
mkdir -p "$build"
yosys=${YOSYS:-yosys}

prove() { # top, number of assertions at least, file
    "$yosys" -q -p "read_verilog -sv -formal -Irtl/link rtl/gen/an_spec_pkg.sv $3; prep -top $1 -flatten; async2sync; opt_clean;
        select -assert-min $2 t:\$assert; sat -verify -prove-asserts -tempinduct -seq 1 -set-assumes -maxsteps 6" >"$build/$1.log" 2>&1
}

check() { # top, number of assertions at least, sed expression that breaks the module
    prove "$1" "$2" "rtl/link/$1.sv" || { cat "$build/$1.log"; echo "$1: not proven"; exit 1; }
    sed -e "$3" "rtl/link/$1.sv" >"$build/$1_broken.sv"
    ! cmp -s "rtl/link/$1.sv" "$build/$1_broken.sv" || { echo "$1: nothing broken by $3"; exit 1; }
    if prove "$1" "$2" "$build/$1_broken.sv"; then echo "$1: broken by $3, and still proven"; exit 1; fi
    grep -q "proof did fail" "$build/$1.log" || { cat "$build/$1.log"; echo "$1: broken by $3: no proof was tried"; exit 1; }
    echo "$1: proven, and no longer when broken"
}

check an_uart_tx 5 "s/left_q  <= 4'd10/left_q  <= 4'd9/"
check an_uart_tx 5 "s/shift_q <= {1'b1, /shift_q <= {1'b0, /"
check an_cobs_dec 4 "s/if (is_end) zero_q <= 1'b0;/if (1'b0) zero_q <= 1'b0;/"
check an_cobs_dec 4 "s/left_q <= is_end ? 8'd0 :/left_q <= 1'b0 ? 8'd0 :/"
check an_cobs_enc 10 "s/Data: begin/Data: begin pos_q <= pos_q + 9'd1;/"
check an_cobs_enc 10 "s/wire        full = &code_q/wire        full = 1'b0/"

# Sender into receiver: no byte lost, doubled or changed. By bounded search from reset: 52 clocks, one byte at 4 clocks a bit and into the next.
"$yosys" -q -p "read_verilog -sv -formal -Irtl/link rtl/gen/an_spec_pkg.sv rtl/link/an_uart_rx.sv rtl/link/an_uart_tx.sv tests/formal/an_uart_loop.sv;
    prep -top an_uart_loop -flatten; async2sync; opt_clean; select -assert-min 9 t:\$assert;
    sat -verify -prove-asserts -tempinduct-baseonly -seq 1 -set-assumes -maxsteps 52" >"$build/an_uart_loop.log" 2>&1 || {
    cat "$build/an_uart_loop.log"; echo "an_uart_loop: a byte is lost, doubled or changed"; exit 1; }
echo "an_uart_loop: holds for 52 clocks"
