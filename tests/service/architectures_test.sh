#!/bin/sh
# Programs of one architecture with a router of the other, both ways: programs of tests/api, in a folder
# with the DLL of theirs and the mprsvc.exe of the other, whose DLL is in the prefix's system folder. No
# other router is to be had there.
# Needs MPR_TOP, MPR_BUILD and both architectures built.
set -eu
. "$MPR_TOP/cmake/i686.sh"
i686_decide
[ "$MPR_I686" != none ] || {
    echo "SKIP: $MPR_I686_WHY"
    exit 77
}
[ "$MPR_I686" != emulated ] || {
    echo "SKIP: where 32-bit code is emulated the two do not see each other's processes"
    exit 77
}
[ -e "$MPR_BUILD/i686/bin/mprsvc.exe" ] || {
    echo "SKIP: i686 is not built"
    exit 77
}
. "$MPR_TOP/cmake/wine-env.sh"
work=$(mktemp -d "$MPR_WINE_DIR/run/architectures.XXXXXX")
finish() {
    [ ! -d "$work/prefix" ] || sh "$MPR_TOP/cmake/wine-prefix.sh" remove "$work/prefix"
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' HUP INT TERM

# put ROUTER CLIENT: $work/CLIENT has the programs.
put() {
    mkdir "$work/$2"
    cp "$MPR_BUILD/$2/bin/mprapi.dll" "$work/$2/"
    cp "$MPR_BUILD/$1/bin/mprsvc.exe" "$MPR_BUILD/$1/bin/testproto.dll" "$work/$2/"
    for program in $programs; do cp "$MPR_BUILD/$2/bin/test_api_$program.exe" "$work/$2/"; done
}

# prefix ROUTER: a new one, with its DLL.
prefix() {
    case $1 in
    x86_64) system=system32 ;;
    i686) system=syswow64 ;;
    esac
    [ ! -d "$work/prefix" ] || sh "$MPR_TOP/cmake/wine-prefix.sh" remove "$work/prefix"
    sh "$MPR_TOP/cmake/wine-prefix.sh" clone "$work/prefix"
    cp --remove-destination "$MPR_BUILD/$1/bin/mprapi.dll" "$work/prefix/drive_c/windows/$system/"
}

failed=
run() {
    rc=0
    prefix $1
    WINEPREFIX=$work/prefix MPRAPI_ROUTER=shared \
        timeout -k 5 250 "$MPR_WINE" "$work/$2/test_api_$3.exe" </dev/null >"$work/out" 2>&1 || rc=$?
    echo "router $1, program $2: $3 ends with $rc"
    [ $rc = 0 ] || {
        sed 's/\r$//' "$work/out"
        failed=1
    }
}

programs="interface levels transport connect update connection port device credentials"
for router in x86_64 i686; do
    [ $router = x86_64 ] && client=i686 || client=x86_64
    put $router $client
    for program in $programs; do run $router $client $program; done
done
[ -z "$failed" ]
