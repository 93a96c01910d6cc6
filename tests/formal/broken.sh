# SPDX-License-Identifier: Apache-2.0
# Sourced by the tests of this folder: a proof is alive if it no longer holds of a module with a fault put into it. $build is the folder for files.

refuted() { # module's file, sed expression that breaks it, log of the proof, proof with its arguments, in which BROKEN stands for the broken file
    local module=$1 fault=$2 log=$3 file
    shift 3
    file=$build/$(basename "$module" .sv)_broken.sv
    sed -e "$fault" "$module" >"$file"
    ! cmp -s "$module" "$file" || { echo "$module: nothing broken by $fault"; exit 1; }
    if "${@//BROKEN/$file}"; then echo "$module: broken by $fault, and still proven"; exit 1; fi
    grep -q "proof did fail" "$log" || { cat "$log"; echo "$module: broken by $fault: no proof was tried"; exit 1; }
}
