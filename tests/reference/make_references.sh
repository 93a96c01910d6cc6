#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Writes sw/experiments/reference/<name>.json: {"experiment", "precision", "runs": [{"command", then what the reference printed}]}.
# All but those that train MNIST-1D take ten minutes; `make_references.sh NAME...` makes only those named.
# gle-mnist1d-infer (60 epochs, about 15 minutes) also writes the trained weights to sw/experiments/reference/gle-mnist1d-infer/; gle-mnist1d takes a quarter of an hour: one seed.
set -eu
cd "$(dirname "$0")/../.."
tests/reference/build.sh
bin=${AN_BUILD:-build}/tests/reference
out=sw/experiments/reference
mkdir -p "$out"
wanted=" $* "

# begin NAME PRECISION; then `run PROGRAM ARGS...` lines; then finish
begin() {
    name=$1 precision=$2 first=1 active=0
    [ "$wanted" = "  " ] && [[ $name != gle-mnist1d* ]] && active=1
    [[ $wanted == *" $name "* ]] && active=1
    if [ $active = 1 ]; then
        echo "$name" >&2
        printf '{"experiment": "%s", "precision": "%s", "runs": [\n' "$name" "$precision" >"$out/$name.json.part"
    fi
}
run() {
    [ $active = 1 ] || return 0
    local program=$1 json code=0
    shift
    json=$("$bin/$program" "$@") || code=$?
    [ $code -le 1 ] || { echo "$program $*: exit $code" >&2; exit 2; }
    [ $first = 1 ] || printf ',\n' >>"$out/$name.json.part"
    first=0
    local shown="$program $*"
    printf '{"command": "%s", %s' "${shown% }" "${json#\{}" >>"$out/$name.json.part"
}
finish() {
    [ $active = 1 ] || return 0
    printf '\n]}\n' >>"$out/$name.json.part"
    mv "$out/$name.json.part" "$out/$name.json"
}

begin gle-chain double
for s in 1 2 3; do run ref_gle_chain --seed $s; done
for s in 1 2 3; do run ref_gle_chain --seed $s --set prospective=off; done
finish
begin gle-lagnet double
for s in 1 2 3 4 5 6 7 8 9 10; do run ref_gle_lagnet --seed $s; done
for s in 1 2 3 4 5 6 7 8 9 10; do run ref_gle_lagnet --seed $s --set errors=instantaneous; done
finish
for target in constant sine patches; do
    begin hsf-$target double
    for s in 1 2 3; do run ref_hsf_$target --seed $s; done
    run ref_hsf_$target --set flip=off
    finish
done
begin hsf-lq double
run ref_hsf_lq
run ref_hsf_lq --set flip=off
run ref_hsf_lq --set th=0,2,3,0,3
for a in -1 0.5; do
    for rule in optimal riccati flip canonical; do run ref_hsf_lq --set a=$a --set rule=$rule; done
    for th in 2 3; do run ref_hsf_lq --set a=$a --set th=$th; done
done
finish
begin bpd-waves double
for L in 5 9; do
    for input in constant slow fast; do
        for s in 1 2 3; do run ref_bpd_waves --seed $s --set L=$L --set input=$input; done
    done
done
finish
begin bpd-exact double
for L in 5 9; do for s in 1 2 3; do run ref_bpd_exact --seed $s --set L=$L; done; done
finish
begin bpd-diffusion double
for c in 1 5 20 100 inf; do for s in 1 2 3; do run ref_bpd_diffusion --seed $s --set c=$c; done; done
for c in 1 5 20 100; do run ref_bpd_diffusion --set c=$c --set as-printed=on; done
finish
begin vfep-theorem1 double
for beta in 0.5 0.25 0.1; do for s in 1 2 3; do run ref_vfep_theorem1 --seed $s --set beta=$beta; done; done
finish
begin stlp-linear-a double
run ref_stlp_linear_a
run ref_stlp_linear_a --set correction=penalty
run ref_stlp_linear_a --set correction=off
run ref_stlp_linear_a --set integrator=rk4 --set dt=0.01 --set correction=off
finish
begin stlp-linear-b double
run ref_stlp_linear_b
run ref_stlp_linear_b --set correction=penalty
run ref_stlp_linear_b --set correction=off
run ref_stlp_linear_b --set integrator=rk4 --set dt=0.01 --set correction=off
finish
begin stlp-two double
run ref_stlp_two
run ref_stlp_two --set correction=off
run ref_stlp_two --set correction=penalty
run ref_stlp_two --set correction=penalty --set k=1
finish
begin vfep-fashion double
for s in 1 2 3; do run train_vfep_fashion --seed $s --set decay=1; done
for s in 1 2 3; do run train_vfep_fashion --seed $s; done
for s in 1 2 3; do run train_vfep_fashion --seed $s --set continual=on; done
for s in 1 2 3; do run train_vfep_fashion --seed $s --set hidden=128,64; done
for s in 1 2 3; do run train_vfep_fashion --seed $s --set layers=3; done
finish
begin gle-mnist1d-infer double
keep=$out/gle-mnist1d-infer/
if [ $active = 1 ]; then mkdir -p "$keep"; fi
run train_gle_mnist1d_infer --seed 1 --set epochs=60 --export "$keep" --trace "$keep"curve.csv
run ref_gle_mnist1d_infer
run ref_gle_mnist1d_infer --set reset=on
run ref_gle_mnist1d_infer --set streams=100
finish
begin gle-mnist1d double
run train_gle_mnist1d --seed 1
finish
