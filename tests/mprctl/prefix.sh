#!/bin/sh
# Runs a test of the real program, with two Wine prefixes of its own that are removed afterwards.
# usage: prefix.sh TEST.py; needs MPR_TOP, MPR_BUILD and a built x86_64 mprctl.exe
set -eu
. "$MPR_TOP/cmake/wine-env.sh"
work=$(mktemp -d "$MPR_WINE_DIR/run/mprctl.XXXXXX")
finish() {
    for prefix in "$work/first" "$work/second"; do
        sh "$MPR_TOP/cmake/wine-prefix.sh" remove "$prefix"
    done
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' HUP INT TERM
for prefix in first second; do
    sh "$MPR_TOP/cmake/wine-prefix.sh" clone "$work/$prefix"
    # A server that stays saves half a second a run; the prefix's removal ends it.
    WINEPREFIX=$work/$prefix wineserver -p >/dev/null 2>&1 </dev/null
done
export MPR_WINE MPR_WORK="$work"
python3 -B "$MPR_TOP/tests/mprctl/$1"
