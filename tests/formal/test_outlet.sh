#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What a core gives as it is written, an_outlet by induction (rtl/core/an_outlet_props.svh): a vector unit a lane, and one unit for two lanes. Broken ones must not pass.
set -eu
build=${AN_BUILD:-build}/tests/formal
mkdir -p "$build"
yosys=${YOSYS:-yosys}
. tests/formal/broken.sh
log=$build/an_outlet.log

prove() { # vector units, an_outlet's file
    "$yosys" -q -p "read_verilog -sv rtl/gen/an_spec_pkg.sv rtl/core/an_ctl_pkg.sv; read_verilog -sv -formal -Irtl/core $2; chparam -set Lanes 2 -set Units $1 an_outlet;
        prep -top an_outlet -flatten; async2sync; opt_clean; select -assert-min 8 t:\$assert;
        sat -verify -prove-asserts -tempinduct -seq 1 -set-assumes -maxsteps 4" >"$log" 2>&1
}

outlet=rtl/core/an_outlet.sv
for units in 1 2; do
    prove $units $outlet || { cat "$log"; echo "an_outlet, $units units: not proven"; exit 1; }
done
refuted $outlet "s/free_up <= {1'b0, steps_m1}/free_up < {1'b0, steps_m1}/" "$log" prove 2 BROKEN        # a place too few
refuted $outlet "s/given \&\& left_m1 == '0/given \&\& left_m1 == 11'd1/" "$log" prove 2 BROKEN          # a step fewer
refuted $outlet "s/? '0 : lane + LaneBits'(Units)/? '0 : lane/" "$log" prove 1 BROKEN                   # the next step is looked for at the one before
echo "an_outlet: proven, and no longer when broken"
