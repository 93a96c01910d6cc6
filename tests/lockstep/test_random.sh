#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Random programs in lockstep on eleven shapes, and one that was once taken for one that waits for ever. AN_RANDOM_PROGRAMS: how many in all (default 1000); AN_RANDOM_SEED: the drawn
# seed, to repeat a run.
set -u
build=${AN_BUILD:-build}
all=${AN_RANDOM_PROGRAMS:-1000}
drawn=${AN_RANDOM_SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
make --no-print-directory -s "$build/an_random" || exit 1
# options, share of the programs in percent; each shape also runs the drawn seed
shapes=(
    "--config tiny --lanes 1:30"
    "--config tiny --lanes 2 --banked 1:20"
    "--config tiny --lanes 4:22"
    "--config tiny --lanes 8:12"
    "--config tiny --cores 3 --lanes 2:2"
    "--config tiny --cores 2 --lanes 1:2"
    "--config tiny --cores 3 --lanes 2 --units 1:2"
    "--config tiny --cores 3 --lanes 4 --units 2:2"
    "--config colorlight-i5 --lanes 2:2"
    "--config icebreaker:3"
    "--config bench-1x2:3"
)
programs=0 records=0 differ=0
run() {
    local out
    out=$("$build/an_random" "$@" 2>&1)
    local code=$?
    if [ $code -ne 0 ]; then
        echo "$out"
        differ=$((differ + 1))
    fi
    set -- $(echo "$out" | sed -n 's/.*: \([0-9]*\) programs, \([0-9]*\) records compared.*/\1 \2/p' | head -1)
    programs=$((programs + ${1:-0})) records=$((records + ${2:-0}))
}
for shape in "${shapes[@]}"; do
    count=$((all * ${shape##*:} / 100))
    run ${shape%:*} --seed 1 --programs $((count > 0 ? count : 1))
    run ${shape%:*} --seed "$drawn" --programs 1
done
# every core waits while words come in for longer than anything else takes
run --config bench-4x2 --seed 10012 --programs 1
echo "$programs programs, $records records compared, $differ differ (drawn seed $drawn)"
[ $differ -eq 0 ] && [ $programs -ge "$all" ] && [ "$records" -gt 0 ]
