#!/bin/sh
# cmake/install-prefix.sh and the service, in a Wine prefix of its own: the entry is there after it, the
# first call starts the router, the prefix ends soon after the last program, and everything is taken away
# again but the configuration. Needs MPR_TOP, MPR_BUILD and a built x86_64.
set -eu
. "$MPR_TOP/cmake/wine-env.sh"
work=$(mktemp -d "$MPR_WINE_DIR/run/service.XXXXXX")
WINEPREFIX=$work/prefix
export WINEPREFIX
finish() {
    sh "$MPR_TOP/cmake/wine-prefix.sh" remove "$WINEPREFIX"
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' HUP INT TERM
sh "$MPR_TOP/cmake/wine-prefix.sh" clone "$WINEPREFIX"
# The 64-bit half alone, which is what this test needs built.
rm -rf "$WINEPREFIX/drive_c/windows/syswow64"
key='HKLM\SYSTEM\CurrentControlSet\Services\RemoteAccess'

fail() {
    echo "FAILED: $*"
    cat "$work/out"
    exit 1
}
# Files, since what Wine starts would hold a pipe open.
wine_run() {
    timeout -k 5 60 "$MPR_WINE64" "$@" </dev/null >"$work/out" 2>&1
}
expect() {
    text=$1
    shift
    wine_run "$@" || fail "exit code $? of $*"
    grep -q "$text" "$work/out" || fail "no \"$text\" from $*"
}
# The router answers before its service has told the system that it runs.
expect_soon() {
    text=$1
    shift
    for tries in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
        wine_run "$@" || fail "exit code $? of $*"
        ! grep -q "$text" "$work/out" || return 0
        sleep 1
    done
    fail "no \"$text\" from $* after $tries seconds"
}
script() {
    sh "$MPR_TOP/cmake/install-prefix.sh" "$@" "$WINEPREFIX" >"$work/out" 2>&1 || fail "$*"
}

wine_run reg add "$key\\Parameters" /v RouterType /t REG_DWORD /d 7 /f || fail "reg add"
script install
system32=$WINEPREFIX/drive_c/windows/system32
[ -e "$system32/rtm.dll" ] || fail "there is no rtm.dll"
cmp -s "$MPR_BUILD/x86_64/bin/rtutils.dll" "$system32/rtutils.dll" || fail "rtutils.dll is another"
expect "STOPPED" sc query RemoteAccess
expect "Loopback" mprctl.exe interfaces show
expect_soon "RUNNING" sc query RemoteAccess
timeout 60 wineserver -w || fail "the prefix does not end"
# Installed once more, and after a start of the prefix.
script install
# A stop may come before the service has said that it runs.
for round in 1 2 3; do
    expect "started successfully" net start RemoteAccess
    expect "stopped successfully" net stop RemoteAccess
    expect "STOPPED" sc query RemoteAccess
done
if wine_run mprctl.exe interfaces show; then fail "a stopped router answers"; fi
script uninstall
wine_run reg query "$key" /s || fail "the configuration is gone"
grep -q RouterType "$work/out" || fail "the configuration is gone"
! grep -Eq 'ImagePath|Start|Type .*0x10|Router  ' "$work/out" || fail "something was left"
for file in mprsvc.exe rtm.dll rtm.dll.before-mprapi rtutils.dll.before-mprapi; do
    [ ! -e "$system32/$file" ] || fail "$file was left"
done
grep -q "Wine builtin DLL" "$system32/rtutils.dll" || fail "rtutils.dll is not Wine's again"
timeout 60 wineserver -w || fail "the prefix does not end"
if wine_run sc query RemoteAccess; then fail "the service was left"; fi
echo "all is as it must be"
