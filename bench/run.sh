#!/bin/sh
# Runs all benchmarks, or those named, and prints each as a ratio within this run.
# usage: run.sh [REPEATS] [update|shared|table|dial|fanout|friendly|start|rip|flood|readers|rtm|native|hostroutes|adapters|counts]...
#        REPEATS: 5 and up
#
# Client, Wine, its server and every neighbour run on one processor: a thread that has to be woken
# on another, halted one costs 30 to 45 us, which would be all that is measured.
# Needs MPR_TOP, MPR_BUILD and WINEPREFIX (a fresh prefix); `./dev bench` sets them.
set -eu
here=$MPR_TOP/bench
work=$MPR_BUILD/bench
pe=${MPR_BENCH_PE:-$MPR_BUILD/x86_64/bin}
native=${MPR_BENCH_NATIVE:-$MPR_BUILD/native/bin}
export MPR_WINE_PREFIX="$WINEPREFIX" MPR_TIMEOUT=600

repeats=5
case ${1:-} in
[0-9]*)
    repeats=$1
    shift
    ;;
esac
[ $# -gt 0 ] || set -- update shared table dial fanout friendly start rip flood readers rtm native hostroutes adapters counts
[ "$repeats" -ge 5 ] || repeats=5

mkdir -p "$work"
pairs=$work/pairs.$$
sender=
stop_sender() {
    [ -z "$sender" ] || {
        exec 8>&- # it ends with its input
        wait "$sender" || true
        sender=
    }
}
finish() {
    stop_sender
    rm -f "$pairs" "$work/big.pbk" "$work/fifo.$$" "$work/ready.$$"
}
trap finish EXIT
trap 'exit 130' HUP INT TERM
: >"$pairs"

# The last processor that this process may use: the first takes most interrupts.
cpu=$(taskset -cp $$ | sed 's/.*[,:-] *//')
# Above what else runs here, where that is allowed: other work shows as spread.
nice=
if nice -n -10 true 2>/dev/null && [ "$(nice -n -10 nice)" -lt 0 ]; then nice="nice -n -10"; fi
pinned() { $nice taskset -c "$cpu" "$@"; }
failed=
# measure NAME COMMAND...: its pairs are collected; everything else it says is shown.
measure() {
    label=$1
    shift
    printf '    %s\n' "$label"
    rc=0
    pinned "$@" >"$work/out.$$" 2>&1 || rc=$?
    grep -E '^(pair|note)	' "$work/out.$$" >>"$pairs" || true
    grep -vE '^(pair|note)	|^$' "$work/out.$$" | sed 's/^/        /' || true
    rm -f "$work/out.$$"
    [ $rc = 0 ] || failed="$failed $label"
}
measure_pe() {
    program=$1
    shift
    if [ ! -e "$pe/bench_$program.exe" ]; then
        echo "    bench_$program was not built"
        failed="$failed bench_$program"
        return
    fi
    measure "bench_$program${*:+ $*}" sh "$MPR_TOP/cmake/run-wine.sh" x86_64 "$pe/bench_$program.exe" "$@"
}

# start_sender ROUTES: the neighbour of the RIP benchmarks, outside of Wine.
start_sender() {
    mkfifo "$work/fifo.$$"
    pinned "$native/bench_rip_sender" 127.0.0.2 127.0.0.1 45521 "$1" <"$work/fifo.$$" \
        >"$work/ready.$$" 2>&1 &
    sender=$!
    exec 8>"$work/fifo.$$"
    rm "$work/fifo.$$"
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        ! grep -q ready "$work/ready.$$" || return 0
        sleep 0.2
    done
    cat "$work/ready.$$"
}
# measure_rip ROUTES PROGRAM [ARGS...]
measure_rip() {
    start_sender "$1"
    shift
    measure_pe "$@" 8>&-
    stop_sender
}

run_update() { measure_pe update "$repeats"; }
run_shared() {
    for what in call clients enum update cold; do measure_pe shared $what "$repeats"; done
}
run_fanout() { measure_pe fanout "$repeats"; }
run_friendly() { measure_pe friendly "$repeats"; }
run_start() { MPR_TIMEOUT=3600 measure_pe start "$repeats" 1000 10000 100000; }
run_table() { for _ in $(seq "$repeats"); do measure_pe table; done; }
run_dial() { for _ in $(seq "$repeats"); do measure_pe table dial; done; }
run_rip() {
    measure_rip 1 rip "$repeats" 1 rip_one 50
    for routes in 24990 25000; do
        bird=$(pinned "$native/bench_rip_bird" "$native/bench_rip_sender" $routes 2>"$work/out.$$") ||
            failed="$failed bench_rip_bird"
        sed 's/^/        /' "$work/out.$$"
        measure_rip $routes rip_learn "$repeats" $routes rip_${routes}_learn ${bird:+"$bird"}
        measure_rip $routes rip "$repeats" $routes rip_$routes 1 ${bird:+"$bird"}
    done
    rm -f "$work/out.$$"
}
run_flood() { measure_rip 400000 flood "$repeats" 400000 flood; }
run_readers() { measure_pe readers "$repeats" 200000; }
run_rtm() {
    for _ in $(seq "$repeats"); do measure_pe rtm; done
    measure bench_rtmv2 "$native/bench_rtmv2" "$repeats"
}
run_native() {
    measure bench_phonebook "$native/bench_phonebook" "$work/big.pbk" "$repeats"
    measure_pe pbk "Z:$work/big.pbk" "$repeats"
    measure bench_rtm "$native/bench_rtm" "$repeats"
    measure bench_rtm_table "$native/bench_rtm_table" "$repeats"
}
run_hostroutes() { measure bench_host_routes "$native/bench_host_routes" "$native/mprnetlink" "$repeats"; }
run_adapters() {
    measure bench_adapter_lost sh "$here/adapter_lost.sh" "$repeats" "$pe" "$native"
}
counts=
run_counts() {
    sh "$here/callgrind/check.sh" "$native/bench_hot" || counts=differ
}

echo "Everything is pinned to processor $cpu; $repeats alternated repeats of each pair."
# The server of this prefix, on the same processor before anything else starts one. It ends with
# the prefix, which whoever made it removes.
pinned wineserver -p </dev/null >/dev/null 2>&1
for part in "$@"; do
    case $part in
    update | shared | table | dial | fanout | friendly | start | rip | flood | readers | rtm | native | hostroutes | adapters) "run_$part" ;;
    counts) ;;
    *)
        echo "run.sh: no benchmark '$part'" >&2
        exit 2
        ;;
    esac
done
echo
python3 "$here/report.py" "$here/benchmarks.tsv" "$pairs"
case " $* " in
*" counts "*)
    echo "Instructions of the native core's hot paths (callgrind), against bench/callgrind/expected.tsv:"
    run_counts
    ;;
esac
if [ -n "$failed" ]; then
    echo "Not all ran to the end:$failed"
    exit 1
fi
[ -z "$counts" ]
