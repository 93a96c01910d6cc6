#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# rtl/link, verilated, bit by bit (link_rtl.cpp): at 8 clocks a bit, the board's 3 Mbaud, and at the least, 4; and with bytes in
# a register (Ahead).
set -eu
build=${AN_BUILD:-build}/tests/driver
mkdir -p "$build"
${CC:-gcc} -std=c11 -O1 -Isw/gen -Isw/driver -c sw/driver/an_frame.c -o "$build/link_rtl_frame.o"
here=$PWD
for shape in 8:0 4:0 8:1; do
    div=${shape%:*}
    out=$build/link_rtl_$div-${shape#*:}
    "${VERILATOR:-verilator}" --cc --exe --build -Wall --x-initial unique -Mdir "$out" -GBaudDiv=$div -GAhead=${shape#*:} --top-module an_link \
        -CFLAGS "-O1 -std=c++17 -DBAUD_DIV=$div -I$here/sw/gen -I$here/sw/driver" rtl/gen/an_spec_pkg.sv rtl/link/*.sv \
        "$here/tests/driver/link_rtl.cpp" "$here/$build/link_rtl_frame.o" >"$out.log" 2>&1 || { cat "$out.log"; exit 1; }
    "$out/Van_link" 1
    "$out/Van_link" "$((RANDOM))"
done
