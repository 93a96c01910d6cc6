#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Compiles what make has not: the references (all, or those named) and train_*, the same source in double with fast arithmetic
# (reordered sums) for the runs of minutes. Every ref_* is strict double.
set -eu
cd "$(dirname "$0")/../.."
out=${AN_BUILD:-build}/tests/reference
mkdir -p "$out"
cc=${CC:-cc}
make_one() { # OUTPUT SOURCE FLAGS...: if OUTPUT is older than any source here
    local to=$1 src=$2
    shift 2
    [ -e "$to" ] && [ -z "$(find tests/reference -name '*.[ch]' -newer "$to" -print -quit)" ] && return
    $cc -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wconversion -Werror "$@" -o "$to" "$src" -lm
}
for src in tests/reference/ref_*.c; do
    name=$(basename "$src" .c)
    name=${name#ref_}
    [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
    make_one "$out/ref_$name" "$src" -O3
    case $name in
    gle_mnist1d | gle_mnist1d_infer | vfep_fashion) make_one "$out/train_$name" "$src" -O3 -march=native -ffast-math ;;
    esac
done
