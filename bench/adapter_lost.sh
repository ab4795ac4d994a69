#!/bin/sh
# An adapter's loss in a laboratory of its own: bench_adapter_lost with a router that has mprnetlink.
# usage: adapter_lost.sh REPEATS PE NATIVE           folders with programs; bench/run.sh calls it
set -eu
repeats=$1
pe=$2
native=$3
. "$MPR_TOP/tests/interop/lab.sh"

if ! reason=$(lab_possible); then
    printf 'note\tadapter_lost\tnot measured: %s\n' "$reason"
    exit 0
fi
trap 'trap "" HUP INT TERM; lab_end' EXIT
trap 'exit 130' HUP INT TERM
lab_begin lost
system32=$WINEPREFIX/drive_c/windows/system32
cp --remove-destination "$pe/mprapi.dll" "$pe/mprnetlink" "$system32/"
mkdir -p "$system32/ras"
cp "$MPR_TOP/tests/interop/interop.pbk" "$system32/ras/router.pbk"
# Polling would take an hour: what is measured is the event.
for value in AdapterEvents=1 AdapterPoll=3600000; do
    lab_wine reg add 'HKLM\SYSTEM\CurrentControlSet\Services\RemoteAccess\Parameters' \
        /v "${value%=*}" /t REG_DWORD /d "${value#*=}" /f >/dev/null
done
ip netns exec "$LAB" timeout 300 "$native/bench_adapter_lost" "$repeats" "$MPR_WINE" "$pe/interop_watch.exe" \
    2>"$LAB_DIR/err" || { cat "$LAB_DIR/err"; exit 1; }
