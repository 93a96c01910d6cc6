#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Every block of the chip that computes against its C function, with a fixed and a drawn seed. One Verilator build.
set -eu
build=${AN_BUILD:-build}
seed=${AN_RANDOM_SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
out=$build/tests/block
: "${VERILATOR:=$(sed -n 's/^VERILATOR := //p' "$build/tools/base.mk")}"
mkdir -p "$out"
rtl=(rtl/gen/an_spec_pkg.sv rtl/core/an_ctl_pkg.sv rtl/core/an_num_pkg.sv rtl/prim/an_mult.sv rtl/prim/an_add_and.sv rtl/prim/an_add_or.sv rtl/prim/an_pick.sv rtl/prim/an_mem_dual.sv rtl/prim/an_fifo.sv
     rtl/prim/an_skid.sv rtl/chip/an_neighbour.sv rtl/core/an_unit.sv rtl/core/an_narrow.sv rtl/core/an_lane.sv rtl/core/an_recip.sv rtl/core/an_table.sv rtl/core/an_ring.sv rtl/core/an_rnd.sv)
newest=$(ls -t "${rtl[@]}" tests/block/*.cpp tests/block/*.hpp tests/block/*.sv sw/model/*.h sw/model/*.c sw/gen/* | head -1)
if [ ! -x "$out/Van_blocks" ] || [ "$newest" -nt "$out/Van_blocks" ]; then
    make --no-print-directory -s "$build/sim/libanmodel.a"
    "$VERILATOR" --cc --exe --build -j 2 --quiet -MAKEFLAGS 'CFG_CXXFLAGS_PCH_I=-include' -O3 --x-initial unique -Wno-fatal --top-module an_blocks --Mdir "$out" \
        -CFLAGS "-O1 -std=c++17 $(printf -- '-I%s ' "$PWD"/sw/{gen,model}/) -I$PWD/tests/block" "${rtl[@]}" tests/block/an_blocks.sv \
        "$PWD"/tests/block/*.cpp "$PWD/$build/sim/libanmodel.a" >"$out/log" 2>&1 || { cat "$out/log"; exit 1; }
fi
"$out/Van_blocks" "$seed"
