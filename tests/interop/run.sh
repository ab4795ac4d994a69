#!/bin/sh
# The interop tests: the library under Wine against real FRR and BIRD in network namespaces.
# usage: run.sh [--architecture x86_64|i686] [CASE...]
#
# Without an architecture: all cases as x86_64 and the core ones as i686, as far as built and as this
# kernel runs it. Exit code 0: all passed; 77: this machine has no namespaces, or runs nothing of the
# architecture. With one, as in ctest, the outcomes are printed
# once more in the form of cmocka, which cmake/test-summary.py counts. Several cases run at once, since most of
# their time is waiting. `./dev interop` and ctest set MPR_TOP and MPR_BUILD.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
MPR_TOP=${MPR_TOP:-$(dirname "$(dirname "$here")")}
MPR_BUILD=${MPR_BUILD:-$MPR_TOP/build}
export MPR_TOP MPR_BUILD
. "$here/lab.sh"
. "$here/cases.sh"
. "$MPR_TOP/cmake/i686.sh"

at_once=6
architectures="x86_64 i686"
for_ctest=no
if [ "${1:-}" = --architecture ]; then
    architectures=$2
    for_ctest=yes
    shift 2
fi

# Emulated it can't run: sockets and clients have to be in the namespace and in time.
i686_decide
if [ $MPR_I686 != native ] && [ "$architectures" = i686 ]; then
    echo "SKIP: ${MPR_I686_WHY:-not emulated}"
    exit 77
fi
# In ctest, the line is the reason of the skip.
if ! reason=$(lab_possible); then
    echo "SKIP: interop: $reason"
    echo "0 passed, 0 failed, $(echo $CASES_CORE $CASES_MORE | wc -w) skipped"
    exit 77
fi

results=$(mktemp -d "${TMPDIR:-/tmp}/mpr-interop.XXXXXX")
running=
stop() {
    rc=$?
    trap - EXIT
    trap '' HUP INT TERM # a second signal must not stop the clean-up
    for pid in $running; do
        kill "$pid" 2>/dev/null || true
    done
    wait
    rm -rf "$results"
    exit $rc
}
trap stop EXIT
trap 'exit 130' HUP INT TERM

# run_case ARCHITECTURE CASE: prints one line when it is over.
run_case() {
    started=$(date +%s)
    log=$results/$1.$2
    child=
    trap '[ -z "$child" ] || { kill "$child"; wait "$child"; }; exit 130' TERM
    trap '' HUP INT # these come to the case itself too
    sh "$here/case.sh" "$1" "$2" >"$log.log" 2>&1 &
    child=$!
    case_rc=0
    wait "$child" || case_rc=$?
    case $case_rc in
    0)
        touch "$log.passed"
        word=ok
        ;;
    77)
        touch "$log.skipped"
        word=skipped
        ;;
    *) word=FAILED ;;
    esac
    printf '%-8s %-8s %-24s %3d s\n' "$word" "$1" "$2" $(($(date +%s) - started))
}

cases_of() {
    if [ "$1" = x86_64 ]; then
        echo "$CASES_MORE $CASES_CORE"
    else
        echo "$CASES_CORE"
    fi
}

still_running() {
    for pid in $running; do
        ! kill -0 "$pid" 2>/dev/null || printf '%s ' "$pid"
    done
}

skipped=0
for architecture in $architectures; do
    if [ $architecture = i686 ] && [ $MPR_I686 != native ]; then
        echo "SKIP: i686: ${MPR_I686_WHY:-not emulated}"
        skipped=$((skipped + $(echo ${*:-$(cases_of i686)} | wc -w)))
        continue
    fi
    if [ ! -e "$MPR_BUILD/$architecture/bin/interop_client.exe" ]; then
        echo "SKIP: $architecture is not built"
        skipped=$((skipped + $(echo ${*:-$(cases_of "$architecture")} | wc -w)))
        continue
    fi
    # shellcheck disable=SC2048
    for name in ${*:-$(cases_of "$architecture")}; do
        while [ "$(echo $running | wc -w)" -ge $at_once ]; do
            sleep 0.1
            running=$(still_running)
        done
        run_case "$architecture" "$name" &
        running="$running $!"
        touch "$results/$architecture.$name.ran"
    done
done
wait

for ran in "$results"/*.ran; do
    [ -e "$ran" ] || continue
    log=${ran%.ran}
    if [ -e "$log.passed" ]; then
        outcome="[       OK ]"
    elif [ -e "$log.skipped" ]; then
        outcome="[  SKIPPED ]"
        grep '^SKIP:' "$log.log" || true
    else
        outcome="[  FAILED  ]"
        echo "=== $(basename "$log")"
        cat "$log.log"
    fi
    [ $for_ctest = no ] || echo "$outcome $(basename "$log" | tr . _)"
done
passed=$(find "$results" -name '*.passed' | wc -l)
left_out=$(find "$results" -name '*.skipped' | wc -l)
failed=$(($(find "$results" -name '*.ran' | wc -l) - passed - left_out))
skipped=$((skipped + left_out))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
