#!/bin/sh
# cmake/support/code32.c: the probe for 32-bit code.
set -eu
. "$(dirname "$0")/check.sh"

probe() {
    gcc -std=c11 "$@" -o "$WORK/code32" "$TOP/cmake/support/code32.c"
    run "$WORK/code32"
}
answers() {
    case "$rc $(cat "$WORK/out")" in
    "0 yes" | "1 no: "?*) ;;
    *) return 1 ;;
    esac
}

# Where the program and its stack lie must not matter.
probe -O1
first="$rc $(cat "$WORK/out")"
case_is probe_answers answers
for flags in "-O0" "-O2 -fPIE -pie" "-O1 -no-pie" "-O2 -fno-omit-frame-pointer"; do
    # shellcheck disable=SC2086
    probe $flags
    case_is "probe_answers_the_same_$(echo "$flags" | tr -c 'A-Za-z0-9\n' _)" \
        [ "$rc $(cat "$WORK/out")" = "$first" ]
done

gcc -D_GNU_SOURCE -o "$WORK/deny32" "$TOP/tests/setup/deny32.c"
run "$WORK/deny32" "$WORK/code32"
if [ $rc = 77 ]; then
    cat "$WORK/out"
    echo "[  SKIPPED ] probe_says_no_where_32_bit_calls_are_refused"
else
    case_is probe_says_no_where_32_bit_calls_are_refused ended 1 "no: "
fi
exit $failed
