#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The way past a core. an_pass by induction (rtl/core/an_pass_props.svh); between two neighbours, of two steps and of four, by bounded search from
# reset: no word lost, doubled, changed or out of order. Broken modules must not pass.
set -eu
build=${AN_BUILD:-build}/tests/formal
mkdir -p "$build"
yosys=${YOSYS:-yosys}

prove() { # an_pass's file
    "$yosys" -q -p "read_verilog -sv -formal -Irtl/core $1; prep -top an_pass -flatten; async2sync; opt_clean; select -assert-count 6 t:\$assert;
        sat -verify -prove-asserts -tempinduct -seq 1 -set-assumes -maxsteps 4" >"$build/an_pass.log" 2>&1
}

search() { # steps, files of the modules
    "$yosys" -q -p "read_verilog -sv rtl/prim/an_mem_dual.sv $2; read_verilog -sv -formal tests/formal/an_past_loop.sv; chparam -set Steps $1 an_past_loop;
        prep -top an_past_loop -flatten; memory_map; async2sync; opt_clean; select -assert-count 5 t:\$assert;
        sat -verify -prove-asserts -tempinduct-baseonly -seq 1 -set-assumes -maxsteps 15" >"$build/an_past_loop.log" 2>&1
}

broken() { # module's file, sed expression
    sed -e "$2" "$1" >"$build/$(basename "$1" .sv)_broken.sv"
    ! cmp -s "$1" "$build/$(basename "$1" .sv)_broken.sv" || { echo "$1: nothing broken by $2"; exit 1; }
}

fails() { # log, what was broken
    grep -q "proof did fail" "$build/$1.log" || { cat "$build/$1.log"; echo "$2: no proof was tried"; exit 1; }
}

prove rtl/core/an_pass.sv || { cat "$build/an_pass.log"; echo "an_pass: not proven"; exit 1; }
broken rtl/core/an_pass.sv "s/left_m1 == 11'd1}/left_m1 == 11'd2}/"
if prove "$build/an_pass_broken.sv"; then echo "an_pass: one step fewer, and still proven"; exit 1; fi
fails an_pass "an_pass: one step fewer"
echo "an_pass: proven, and no longer when broken"

pass=rtl/core/an_pass.sv fifo=rtl/prim/an_fifo.sv skid=rtl/prim/an_skid.sv way=rtl/chip/an_neighbour.sv
for steps in 2 4; do
    search $steps "$pass $fifo $skid $way" || { cat "$build/an_past_loop.log"; echo "an_past_loop, $steps steps: a word is lost, doubled, changed or out of order"; exit 1; }
    echo "an_past_loop, $steps steps: holds for 15 clocks"
done
broken $skid "s/if (pop && second_q) out_data/if (second_q) out_data/"
if search 2 "$pass $fifo $build/an_skid_broken.sv $way"; then echo "an_skid: the second word before its turn, and nothing found"; exit 1; fi
fails an_past_loop an_skid
broken $fifo "s/assign in_ready = .*/assign in_ready = 1'b1;/"
if search 4 "$pass $build/an_fifo_broken.sv $skid $way"; then echo "an_fifo: room where there is none, and nothing found"; exit 1; fi
fails an_past_loop an_fifo
broken $pass "s/assign out_valid = .*/assign out_valid = in_valid;/"
if search 4 "$build/an_pass_broken.sv $fifo $skid $way"; then echo "an_pass: words of the core's own go past, and nothing found"; exit 1; fi
fails an_past_loop an_pass
echo "an_past_loop: what is broken is found"
