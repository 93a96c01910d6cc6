#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Properties of the link (rtl/link/*_props.svh), by induction, from any state of the registers that reset does not set. A module without its
# properties fails here (select -assert-min), and so does one whose fault of the last column is not found: the properties are alive.
set -eu
build=${AN_BUILD:-build}/tests/formal
mkdir -p "$build"
yosys=${YOSYS:-yosys}
. tests/formal/broken.sh

prove() { # top, number of assertions at least, file; RAM is cut away
    "$yosys" -q -p "read_verilog -sv -formal -Irtl/link rtl/gen/an_spec_pkg.sv $3 $4; prep -top $1 -flatten; async2sync; opt_clean; delete t:\$mem*;
        select -assert-min $2 t:\$assert; sat -verify -prove-asserts -tempinduct -seq 1 -set-assumes -maxsteps 6" >"$build/$1.log" 2>&1
}

check() { # top, number of assertions at least, sed expression that breaks the module, modules inside it
    prove "$1" "$2" "rtl/link/$1.sv" "${4:-}" || { cat "$build/$1.log"; echo "$1: not proven"; exit 1; }
    refuted "rtl/link/$1.sv" "$3" "$build/$1.log" prove "$1" "$2" BROKEN "${4:-}"
    echo "$1: proven, and no longer when broken"
}

check an_uart 8 "s/\(wire *stop *= \).*/\11'b0;/"
check an_uart 8 "s/{line || out_q, /{line, /"
parts="rtl/link/an_uart.sv rtl/link/an_link_word.sv rtl/link/an_link_addr.sv"
check an_link 10 "s/Tail:    if (word_end)/Tail:    if (word_end \&\& !known_q)/" "$parts"
check an_link 10 "s/if (rx_end) lost_q <= 1'b0;/if (rx_end \&\& whole) lost_q <= 1'b0;/" "$parts"

# Sender into receiver: no byte lost, doubled or changed. By bounded search from reset: 52 clocks, one byte at 4 clocks a bit and into the next.
"$yosys" -q -p "read_verilog -sv -formal -Irtl/link rtl/gen/an_spec_pkg.sv rtl/link/an_uart.sv tests/formal/an_uart_loop.sv;
    prep -top an_uart_loop -flatten; async2sync; opt_clean; select -assert-min 9 t:\$assert;
    sat -verify -prove-asserts -tempinduct-baseonly -seq 1 -set-assumes -maxsteps 52" >"$build/an_uart_loop.log" 2>&1 || {
    cat "$build/an_uart_loop.log"; echo "an_uart_loop: a byte is lost, doubled or changed"; exit 1; }
echo "an_uart_loop: holds for 52 clocks"
