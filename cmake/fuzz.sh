#!/bin/sh
# Runs the fuzz targets of the preset `fuzz`. usage: fuzz.sh [--coverage] [SECONDS] [TARGET]
# New inputs are kept in build/fuzz/corpus/TARGET, what breaks a target in build/fuzz/broken/TARGET;
# copy what is worth keeping to the target's corpus in the tree.
# --coverage runs nothing new: it replays what is kept and the corpus in the tree, and prints how many
# functions of the code that a target is about are reached; build/fuzz/coverage/TARGET.txt names the
# others.
set -eu
coverage=
if [ "${1:-}" = --coverage ]; then
    coverage=yes
    shift
fi
seconds=60
case ${1:-} in
"" | *[!0-9]*) ;;
*)
    seconds=$1
    shift
    ;;
esac
only=${1:-}
list=$MPR_BUILD/fuzz/fuzz-targets.txt
[ -s "$list" ] || {
    echo "no fuzz target is there yet" >&2
    exit 1
}
rc=0
ran=0

# Sets $spent to the processor time of finished children so far, in seconds. `times` tells only the shell
# that asks, so not in a subshell.
look_at_the_clock() {
    times >"$MPR_BUILD/fuzz/times"
    spent=$(awk 'NR == 2 { gsub(/[ms]/, " "); print $1 * 60 + $2 + $3 * 60 + $4 }' "$MPR_BUILD/fuzz/times")
}

fuzz() {
    echo "==> $target, $seconds s"
    look_at_the_clock
    before=$spent
    status=0
    "$MPR_BUILD/fuzz/bin/$target" -max_total_time="$seconds" -timeout=10 -print_final_stats=1 \
        -artifact_prefix="$broken/" "$@" >"$log" 2>&1 </dev/null || status=$?
    look_at_the_clock
    if [ $status = 0 ]; then
        awk -v before="$before" -v after="$spent" '
            /^stat::number_of_executed_units/ { runs = $2 }
            /^stat::new_units_added/ { added = $2 }
            /^stat::peak_rss_mb/ { memory = $2 }
            END {
                printf "    %d runs, %d a second of processor time; %d new inputs, %d MB\n",
                    runs, runs / (after - before), added, memory
            }' "$log"
    else
        rc=1
        tail -n 40 "$log"
        echo "    $target is broken; the input is in build/fuzz/broken/$target"
    fi
}

# libFuzzer names each function with its file: those below src/ that the target is about are counted.
count() {
    "$MPR_BUILD/fuzz/bin/$target" -runs=0 -timeout=60 -print_coverage=1 "$@" >"$log" 2>&1 </dev/null || {
        rc=1
        tail -n 40 "$log"
        return 0
    }
    mkdir -p "$MPR_BUILD/fuzz/coverage"
    awk -v about="$about" -v target="${target#fuzz_}" -v missed="$MPR_BUILD/fuzz/coverage/$target.txt" '
        BEGIN { folders = split(about, folder, ","); printf "" >missed }
        /^ *(UN)?COVERED_FUNC:/ {
            for (i = 1; i <= folders; i++) {
                if (!index($0, "/src/" folder[i] "/")) continue
                all++
                if ($1 == "COVERED_FUNC:") reached++
                else print $(NF - 1), $NF >missed
                break
            }
        }
        END { printf "    %-12s %4d of %4d functions (%d %%) of %s\n", target, reached, all,
                  all ? 100 * reached / all : 0, about }' "$log"
}

while read -r target corpus about; do
    case $only in
    "" | "$target" | "${target#fuzz_}") ;;
    *) continue ;;
    esac
    ran=$((ran + 1))
    kept=$MPR_BUILD/fuzz/corpus/$target
    broken=$MPR_BUILD/fuzz/broken/$target
    log=$MPR_BUILD/fuzz/$target.log
    mkdir -p "$kept" "$broken"
    set -- "$kept"
    [ ! -d "$corpus" ] || set -- "$@" "$corpus"
    if [ -n "$coverage" ]; then
        count "$@"
    else
        fuzz "$@"
    fi
done <"$list"
[ $ran -gt 0 ] || {
    echo "no fuzz target '$only'" >&2
    exit 1
}
exit $rc
