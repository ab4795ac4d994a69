#!/bin/sh
# Counts the instructions of the core's hot paths and compares them with expected.tsv.
# usage: check.sh BENCH_HOT [--update]      BENCH_HOT: the program, built -O2 without sanitizers
#
# The counts depend on compiler and libc, which are Debian 12's, and on the processor only as far as
# libc chooses its string functions by it: that choice is taken from it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
hot=$1
expected=$here/expected.tsv
export GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX2,-AVX,-AVX2_Usable,-AVX_Fast_Unaligned_Load,-ERMS,-FSRM
if ! command -v valgrind >/dev/null; then
    echo "SKIP: valgrind is not installed"
    exit 77
fi

case $(cc -dumpversion) in
12 | 12.*) ;;
*)
    [ "${2:-}" = --update ] || {
        echo "SKIP: expected.tsv has the counts of gcc 12, and this is gcc $(cc -dumpversion)"
        exit 77
    }
    ;;
esac

# count CASE: prints "case<TAB>instructions".
count() {
    valgrind --tool=callgrind --toggle-collect=measured --callgrind-out-file=/dev/null "$1" "$2" \
        2>&1 >/dev/null |
        awk -v name="$2" '
            /Collected *:/ { n = $NF }
            !/^==/ { print name ": " $0 >"/dev/stderr" }
            END { if (n > 0) printf "%s\t%d\n", name, n; else exit 1 }' ||
        echo "$2	failed"
}

if [ "${2:-}" = --count ]; then
    count "$1" "$3"
    exit
fi

counts=$(mktemp)
trap 'rm -f "$counts"' EXIT
trap 'exit 130' HUP INT TERM
"$hot" | xargs -P "$(nproc)" -n 1 sh "$0" "$hot" --count | sort >"$counts"

if [ "${2:-}" = --update ]; then
    ! grep -q 'failed$' "$counts" || exit 1
    {
        echo "# case	instructions	tolerance in %   (callgrind/check.sh BENCH_HOT --update)"
        # A tolerance set by hand stays.
        awk -F '\t' 'FILENAME == ARGV[1] { if ($1 !~ /^#/) tolerance[$1] = $3; next }
            { printf "%s\t%s\t%s\n", $1, $2, ($1 in tolerance) ? tolerance[$1] : 3 }' \
            "$expected" "$counts"
    } >"$expected.new"
    mv "$expected.new" "$expected"
    cat "$expected"
    exit
fi

awk -F '\t' '
    FILENAME == ARGV[1] { if ($1 !~ /^#/) { want[$1] = $2; tolerance[$1] = $3 }; next }
    {
        seen[$1] = 1
        if ($2 == "failed") { verdict = "FAILED"; bad++ }
        else if (!($1 in want)) { verdict = "not in expected.tsv"; bad++ }
        else {
            change = ($2 - want[$1]) * 100 / want[$1]
            ok = change <= tolerance[$1] && change >= -tolerance[$1]
            verdict = sprintf("%+.2f %%%s", change, ok ? "" : sprintf(" beyond %s %%: expected %s",
                tolerance[$1], want[$1]))
            bad += !ok
        }
        printf "%-28s %12s instructions  %s\n", $1, $2, verdict
    }
    END {
        for (name in want) if (!(name in seen)) { print name ": no such case any more"; bad++ }
        exit bad > 0
    }' "$expected" "$counts" || {
    echo "Instruction counts changed. If that is meant, or better:"
    echo "    sh bench/callgrind/check.sh ${hot#"$PWD"/} --update"
    exit 1
}
