#!/bin/sh
# A restore whose wineserver is killed before it has written the registry, which it does half a
# minute after a change: what the next one finds is the restored configuration, whole.
# usage: killed_server.sh PROGRAM     (backup_killed_test.c)
set -eu
top=$(cd "$(dirname "$0")/../../.." && pwd)
program=$1
MPR_BUILD=${MPR_BUILD:-$top/build}
export MPR_BUILD
. "$top/cmake/wine-env.sh"
mkdir -p "$MPR_WINE_DIR/run"
WINEPREFIX=$(mktemp -u "$MPR_WINE_DIR/run/fresh.${MPR_RUN:-0}.XXXXXX")
export WINEPREFIX
out=$(mktemp "$MPR_WINE_DIR/run/out.XXXXXX")
# Wine's services don't notice that their server was killed: what still has this prefix as its place
# is ended with it.
end_orphans() {
    for p in /proc/[0-9]*; do
        case $(readlink "$p/cwd" 2>/dev/null) in
        "$WINEPREFIX"/*) kill -9 "${p#/proc/}" 2>/dev/null || true ;;
        esac
    done
}
finish() {
    end_orphans
    rm -f "$out"
    sh "$top/cmake/wine-prefix.sh" remove "$WINEPREFIX"
}
trap finish EXIT
trap 'exit 130' HUP INT TERM
sh "$top/cmake/wine-prefix.sh" clone "$WINEPREFIX"

step() {
    what=$1
    rc=0
    timeout -k 5 100 "$MPR_WINE" "$program" "$what" </dev/null >"$out" 2>&1 || rc=$?
    if [ $rc != 0 ]; then
        sed 's/\r$//' "$out"
        echo "killed_server: $what ended with $rc"
        exit 1
    fi
}

for restored in a b; do
    case $restored in a) other=b ;; b) other=a ;; esac
    step "prepare-$other"
    wineserver -k # writes the registry
    timeout 60 wineserver -w
    step "restore-$restored"
    wineserver -k9
    timeout 60 wineserver -w || true
    step "is-$restored"
    # It stays so, with or without another loss.
    wineserver -k9
    timeout 60 wineserver -w || true
    step "is-$restored"
    wineserver -k
    timeout 60 wineserver -w
    step "is-$restored"
    echo "killed_server: $restored over $other is there"
done
