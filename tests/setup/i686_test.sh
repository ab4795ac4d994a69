#!/bin/sh
# cmake/i686.sh and cmake/run-wine.sh: whether and how an i686 program runs.
set -eu
. "$(dirname "$0")/check.sh"
export MPR_BUILD="$WORK/build"

# Whatever this machine is, the answer is the fake's.
export MPR_CODE32="$WORK/fake/code32"
decide() {
    MPR_TOP=$TOP
    . "$TOP/cmake/i686.sh"
    i686_decide
    echo "$MPR_I686: $MPR_I686_WHY"
}

echo 'echo yes' | fake code32
run decide
case_is native_where_the_probe_says_yes ended 0 "native: "
echo 'exit 2' | fake code32
run decide
case_is a_probe_that_fails_decides_nothing ended 0 "native: "

# Wine without its 32-bit half may end with success; that is none, and what to do is said.
mkdir -p "$MPR_BUILD/wine/template/drive_c/windows/syswow64"
echo 'exit 0' | fake wineserver
echo 'exit 0' | fake wine
echo 'echo yes' | fake code32
run env MPR_ARCH_PROOF=1 MPR_WINE64="$WORK/fake/wine" sh "$TOP/cmake/run-wine.sh" i686 /nowhere/test_any.exe
case_is what_did_not_run_has_not_passed ended 99 "did not run" "has no 32-bit half; ./dev build i686"

echo 'echo "no: int 0x80 faults"; exit 1' | fake code32
run decide
case_is none_where_the_probe_says_no ended 0 "none: this kernel runs no 32-bit code: int 0x80 faults"
run sh "$TOP/cmake/run-wine.sh" i686 /nowhere/test_any.exe
case_is an_i686_program_is_skipped ended 77 "SKIP: this kernel runs no 32-bit code: int 0x80 faults"
run sh "$TOP/tests/interop/run.sh" --architecture i686
case_is interop_is_skipped ended 77 "SKIP: this kernel runs no 32-bit code"

export MPR_EMULATE_I686=1
mkdir -p "$MPR_BUILD/wine"
echo "no network" >"$MPR_BUILD/wine/emulated.why"
run sh "$TOP/cmake/run-wine.sh" i686 /nowhere/test_any.exe
case_is emulation_that_was_not_set_up_is_the_reason ended 77 "and it can't be emulated: no network"

mkdir "$MPR_BUILD/wine/emulated"
touch "$MPR_BUILD/wine/emulated/complete"
run decide
case_is emulated_when_set_up ended 0 "emulated: "
run sh "$TOP/tests/interop/run.sh" --architecture i686
case_is interop_is_not_emulated ended 77 "SKIP: "

# The list of what does not run emulated.
skips() {
    MPR_TOP=$WORK/listed
    . "$TOP/cmake/i686.sh"
    emulated_skip "$1"
}
mkdir -p "$WORK/listed/tests"
printf '# comment\nalways fuzz_* too slow\nshort sweep_long takes a minute\n' >"$WORK/listed/tests/emulated.txt"
run skips fuzz_pbk
case_is a_listed_program_is_not_emulated ended 0 "not emulated: too slow"
run skips sweep_long
case_is short_counts_only_when_asked_for ended 1
MPR_EMULATE_I686=short
run skips sweep_long
case_is short_leaves_out_more ended 0 "not emulated: takes a minute"
MPR_EMULATE_UNTIL=1
run skips pbk
case_is short_comes_to_an_end ended 0 "not emulated: there was no time left for it"
MPR_EMULATE_I686=1
run skips pbk
case_is all_of_it_takes_its_time ended 1
MPR_EMULATE_UNTIL=9999999999
MPR_EMULATE_I686=short
run skips pbk
case_is other_programs_are_emulated ended 1
exit $failed
