#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What comes in beside a core's work, an_inlet by induction (rtl/core/an_inlet_props.svh): a vector unit a lane, and one unit for two lanes. Broken ones must not pass.
set -eu
build=${AN_BUILD:-build}/tests/formal
mkdir -p "$build"
yosys=${YOSYS:-yosys}
. tests/formal/broken.sh
log=$build/an_inlet.log

prove() { # vector units, an_inlet's file
    "$yosys" -q -p "read_verilog -sv rtl/gen/an_spec_pkg.sv rtl/core/an_ctl_pkg.sv; read_verilog -sv -formal -Irtl/core $2; chparam -set Lanes 2 -set Units $1 an_inlet;
        prep -top an_inlet -flatten; async2sync; opt_clean; select -assert-min 8 t:\$assert;
        sat -verify -prove-asserts -tempinduct -seq 1 -set-assumes -maxsteps 8" >"$log" 2>&1
}

inlet=rtl/core/an_inlet.sv
for units in 1 2; do
    prove $units $inlet || { cat "$log"; echo "an_inlet, $units units: not proven"; exit 1; }
done
refuted $inlet "s/T_TAKE_PERIOD - 1/T_TAKE_PERIOD - 2/" "$log" prove 2 BROKEN              # the register is not free yet
refuted $inlet "s/(take || (full \&\& waits))/take/" "$log" prove 2 BROKEN                 # a step is lost where a sum is written
refuted $inlet "s/active \&\& !(take \&\& last)/active \&\& !last/" "$log" prove 1 BROKEN  # one step fewer
echo "an_inlet: proven, and no longer when broken"
