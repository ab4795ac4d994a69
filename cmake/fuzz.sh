#!/bin/sh
# Runs the fuzz targets of the preset `fuzz`. usage: fuzz.sh [SECONDS] [TARGET]
# New inputs are kept in build/fuzz/corpus/TARGET, what breaks a target in build/fuzz/broken/TARGET;
# copy what is worth keeping to the target's corpus in the tree.
set -eu
seconds=${1:-60}
only=${2:-}
list=$MPR_BUILD/fuzz/fuzz-targets.txt
[ -s "$list" ] || {
    echo "no fuzz target is there yet" >&2
    exit 1
}
rc=0
ran=0
while read -r target corpus; do
    case $only in
    "" | "$target" | "${target#fuzz_}") ;;
    *) continue ;;
    esac
    ran=$((ran + 1))
    kept=$MPR_BUILD/fuzz/corpus/$target
    broken=$MPR_BUILD/fuzz/broken/$target
    mkdir -p "$kept" "$broken"
    echo "==> $target, $seconds s"
    log=$MPR_BUILD/fuzz/$target.log
    if "$MPR_BUILD/fuzz/bin/$target" -max_total_time="$seconds" -timeout=10 -print_final_stats=1 \
        -artifact_prefix="$broken/" "$kept" $([ ! -d "$corpus" ] || echo "$corpus") \
        >"$log" 2>&1 </dev/null; then
        grep -E '^stat::(number_of_executed_units|new_units_added|peak_rss_mb)' "$log" |
            sed 's/^stat::/    /'
    else
        rc=1
        tail -n 40 "$log"
        echo "    $target is broken; the input is in build/fuzz/broken/$target"
    fi
done <"$list"
[ $ran -gt 0 ] || {
    echo "no fuzz target '$only'" >&2
    exit 1
}
exit $rc
