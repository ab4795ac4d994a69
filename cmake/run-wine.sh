#!/bin/sh
# Runs a Windows program as a test: CMake's cross-compiling emulator.
# usage: run-wine.sh ARCH PROGRAM [ARGS...]        ARCH: x86_64 | i686
#
#   MPR_WINE_PREFIX    prefix to run in (default: one per architecture, made on demand)
#   MPR_WINE_FRESH=1   a prefix of its own, removed afterwards
#   MPR_TEST           name of the test (default: the program's), for the list of what is not emulated
#   MPR_TIMEOUT        seconds (default 120; four times as many emulated); exit code 124 when they
#                      are over
#   MPR_ARCH_PROOF=1   demand the line "running as ARCH" which every test program prints
#                      (cmake/support/arch_proof.c): Wine without its 32-bit half ends with 0
#                      or 1 and does not run anything
#
# Where the kernel runs no 32-bit code, an i686 program is emulated, and the output says so, or it is
# not started: "SKIP: reason" and 77 (cmake/i686.sh).
# Otherwise the exit code is the program's. Output is printed without carriage returns when it has ended;
# it goes to a file first because services that Wine starts would hold a pipe open.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
MPR_TOP=$(dirname "$here")
MPR_BUILD=${MPR_BUILD:-$MPR_TOP/build}
export MPR_BUILD
. "$here/i686.sh"

arch=$1
program=$2
shift 2

if [ "$arch" = i686 ]; then
    i686_decide
    if [ $MPR_I686 = none ]; then
        echo "SKIP: $MPR_I686_WHY"
        exit 77
    fi
fi
limit=${MPR_TIMEOUT:-120}
emulated=
unset MPR_EMULATED
if [ "$arch" = i686 ] && [ $MPR_I686 = emulated ]; then
    name=${MPR_TEST:-$(basename "$program" .exe)}
    ! reason=$(emulated_skip "${name#test_}") || {
        echo "SKIP: $reason"
        exit 77
    }
    echo "run-wine: emulated"
    emulated=-emulated
    export MPR_EMULATED=1
    limit=$((limit * 4)) # cmake/MprTest.cmake knows it
fi
. "$here/wine-env.sh"

mkdir -p "$MPR_WINE_DIR/run"
out=$(mktemp "$MPR_WINE_DIR/run/out.XXXXXX")
fresh=
finish() {
    rm -f "$out"
    [ -z "$fresh" ] || sh "$here/wine-prefix.sh" remove "$fresh"
}
trap finish EXIT
trap 'exit 130' HUP INT TERM

if [ -n "${MPR_WINE_FRESH:-}" ]; then
    WINEPREFIX=$(mktemp -u "$MPR_WINE_DIR/run/fresh.${MPR_RUN:-0}.XXXXXX")
    fresh=$WINEPREFIX
    sh "$here/wine-prefix.sh" clone "$WINEPREFIX"
elif [ -n "${MPR_WINE_PREFIX:-}" ]; then
    WINEPREFIX=$MPR_WINE_PREFIX
else
    WINEPREFIX=$MPR_WINE_DIR/run/manual-$arch$emulated
    if [ ! -d "$WINEPREFIX" ]; then
        flock "$MPR_WINE_DIR/run/.lock" sh -c '[ -d "$2" ] || sh "$1" clone "$2"' sh \
            "$here/wine-prefix.sh" "$WINEPREFIX"
    fi
fi
export WINEPREFIX

# Appending: a test and the programs that it starts write to one file.
run() {
    rc=0
    timeout -k 5 "$limit" "$MPR_WINE" "$program" "$@" </dev/null >>"$out" 2>&1 || rc=$?
}
run "$@"
# One 32-bit program in some thousands Wine does not start, with no word or with "Internal error";
# the smallest of programs shows it. What never ran has tested nothing yet; a test that has begun is
# not run again.
if [ -n "${MPR_ARCH_PROOF:-}" ] && [ $rc != 124 ] && [ $rc != 137 ] && ! grep -q "^running as" "$out"; then
    echo "run-wine: Wine did not start $(basename "$program") (exit code $rc); once more"
    run "$@"
fi
sed 's/\r$//' "$out"

if [ $rc = 124 ] || [ $rc = 137 ]; then
    echo "run-wine: $(basename "$program") was stopped after $limit s"
elif [ -n "${MPR_ARCH_PROOF:-}" ] && ! grep -q "^running as $arch" "$out"; then
    echo "run-wine: $(basename "$program") did not run: it never said 'running as $arch'"
    if [ "$arch" = i686 ] && [ ! -e "$WINEPREFIX/drive_c/windows/syswow64/kernel32.dll" ]; then
        echo "run-wine: the prefix has no 32-bit half; ./dev build i686 makes one that has"
    fi
    [ $rc != 0 ] || rc=99
fi
exit $rc
