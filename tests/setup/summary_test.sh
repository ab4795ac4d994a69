#!/bin/sh
# cmake/test-summary.py: what did not run, or ran emulated, is counted and told.
set -eu
. "$(dirname "$0")/check.sh"

# junit NAME: from lines "run|notrun NAME OUTPUT" on standard input; \n in OUTPUT is a new line.
junit() {
    {
        echo '<testsuite>'
        while read -r status name output; do
            echo "<testcase name=\"$name\" status=\"$status\">"
            [ "$status" = run ] || echo '<skipped message="SKIP_RETURN_CODE=77"/>'
            printf "<system-out>$output</system-out></testcase>\\n"
        done
        echo '</testsuite>'
    } >"$WORK/$1.xml"
}
summary() {
    run python3 "$TOP/cmake/test-summary.py" "$@"
}
lines_with() {
    grep -cF -- "$1" "$WORK/out"
}

ok() { printf '[       OK ] %s\\n' "$@"; }
for n in 1 2 3 4 5 6 7 8; do printf '%s\n' "run test_$n $(ok a b c)"; done | junit x86_64
for n in 1 2 3 4 5 6 7 8; do echo "notrun test_$n SKIP: no 32-bit code"; done | junit i686
summary "$WORK/x86_64.xml" "$WORK/i686.xml"
case_is skipped_programs_are_counted ended 0 "24 passed, 0 failed, 8 skipped"
case_is the_reason_is_told_once_and_loud [ "$(lines_with 'no 32-bit code')" = 2 ]
case_is a_preset_that_did_not_run_is_loud ended 0 \
    "!!! i686 WAS NOT RUN (8 test programs, 24 cases elsewhere, skipped): no 32-bit code"
case_is the_counts_are_the_last_line [ "$(tail -n 1 "$WORK/out")" = "24 passed, 0 failed, 8 skipped" ]

summary "$WORK/i686.xml"
case_is a_run_of_nothing_is_a_skip ended 77 "0 passed, 0 failed, 8 skipped"
printf 'run x [  FAILED  ] a\nnotrun y SKIP: z\n' | junit native
summary "$WORK/native.xml"
case_is a_failure_is_one ended 1 "FAILED  x: a" "skipped y: z"

{
    printf '%s\n' "run one run-wine: emulated\n$(ok a b)" \
        "run two run-wine: emulated\n[  SKIPPED ] c\nSKIP: not today" \
        "notrun three SKIP: not emulated: slow"
} | junit i686
summary "$WORK/x86_64.xml" "$WORK/i686.xml"
case_is emulated_cases_are_counted ended 0 "i686: 2 ok (emulated), 0 not, 2 left out" \
    "of those that passed, 2 ran emulated" "26 passed, 0 failed, 2 skipped"
case_is each_reason_is_told ended 0 "skipped two: c: not today" "skipped three: not emulated: slow"
exit $failed
