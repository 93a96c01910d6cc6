#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The parts of rtl/prim that are written in an ECP5's own cells (AN_ECP5) against their equations, which are what is simulated: for all operands, with
# Yosys's models of the cells. A table of a cell that is wrong in one bit must not pass.
set -eu
build=${AN_BUILD:-build}/tests/formal
mkdir -p "$build"
yosys=${YOSYS:-yosys}
. tests/formal/broken.sh

same() { # module, its cells' file, parameters
    local parameters=${3:+chparam $3 $1;}
    "$yosys" -q -p "read_verilog -sv -D AN_ECP5 rtl/prim/an_add_cells.sv $2; read_verilog -D NO_INCLUDES +/ecp5/cells_sim.v; $parameters hierarchy -check -top $1; proc; flatten; opt_clean;
        rename -top cells; write_rtlil $build/$1.il" >"$build/$1.log" 2>&1 || { cat "$build/$1.log"; exit 1; }
    "$yosys" -q -p "read_verilog -sv rtl/prim/$1.sv; $parameters hierarchy -check -top $1; proc; flatten; opt_clean; rename -top equation;
        read_rtlil $build/$1.il; miter -equiv -make_outputs -flatten equation cells miter; sat -verify -prove trigger 0 miter" >"$build/$1.log" 2>&1
}

check() { # module, sed expression that breaks a table, parameters
    same "$1" "rtl/prim/$1.sv" "$3" || { cat "$build/$1.log"; echo "$1 $3: cells and equation differ"; exit 1; }
    refuted "rtl/prim/$1.sv" "$2" "$build/$1.log" same "$1" BROKEN "$3"
    echo "$1 $3: cells are the equation, and no longer when broken"
}

for bits in 7 8; do
    check an_add_and "s/16'h6AAA/16'h6AAB/" "-set Bits $bits"
    check an_add_and "s/16'h9555/16'h9551/" "-set Bits $bits -set Invert 1"
    check an_add_or "s/16'h111E/16'h111F/" "-set Bits $bits"
done
check an_mux "s/16'hCACA/16'hCACB/" "-set Ways 8 -set Bits 3"
check an_pick "s/16'hCF0A/16'hCF0B/" "-set Bits 3"
