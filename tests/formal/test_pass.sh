#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The way past a core. an_pass by induction (rtl/core/an_pass_props.svh); between two neighbours, of two steps and of four, by bounded search from
# reset: no word lost, doubled, changed or out of order. Broken modules must not pass.
set -eu
build=${AN_BUILD:-build}/tests/formal
mkdir -p "$build"
yosys=${YOSYS:-yosys}
. tests/formal/broken.sh

prove() { # an_pass's file
    "$yosys" -q -p "read_verilog -sv -formal -Irtl/core $1; prep -top an_pass -flatten; async2sync; opt_clean; select -assert-count 6 t:\$assert;
        sat -verify -prove-asserts -tempinduct -seq 1 -set-assumes -maxsteps 4" >"$build/an_pass.log" 2>&1
}

search() { # steps, files of the modules
    "$yosys" -q -p "read_verilog -sv rtl/prim/an_mem_dual.sv $2; read_verilog -sv -formal tests/formal/an_past_loop.sv; chparam -set Steps $1 an_past_loop;
        prep -top an_past_loop -flatten; memory_map; async2sync; opt_clean; select -assert-count 5 t:\$assert;
        sat -verify -prove-asserts -tempinduct-baseonly -seq 1 -set-assumes -maxsteps 15" >"$build/an_past_loop.log" 2>&1
}

prove rtl/core/an_pass.sv || { cat "$build/an_pass.log"; echo "an_pass: not proven"; exit 1; }
refuted rtl/core/an_pass.sv "s/left_m1 == 11'd1}/left_m1 == 11'd2}/" "$build/an_pass.log" prove BROKEN  # one step fewer
echo "an_pass: proven, and no longer when broken"

pass=rtl/core/an_pass.sv fifo=rtl/prim/an_fifo.sv skid=rtl/prim/an_skid.sv way=rtl/chip/an_neighbour.sv
for steps in 2 4; do
    search $steps "$pass $fifo $skid $way" || { cat "$build/an_past_loop.log"; echo "an_past_loop, $steps steps: a word is lost, doubled, changed or out of order"; exit 1; }
    echo "an_past_loop, $steps steps: holds for 15 clocks"
done
log=$build/an_past_loop.log
# the second word before its turn; room where there is none; words of the core's own go past
refuted $skid "s/if (pop && second_q) out_data/if (second_q) out_data/" "$log" search 2 "$pass $fifo BROKEN $way"
refuted $fifo "s/assign in_ready = .*/assign in_ready = 1'b1;/" "$log" search 4 "$pass BROKEN $skid $way"
refuted $pass "s/assign out_valid = .*/assign out_valid = in_valid;/" "$log" search 4 "BROKEN $fifo $skid $way"
echo "an_past_loop: what is broken is found"
