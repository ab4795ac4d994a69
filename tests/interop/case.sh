#!/bin/sh
# One case of the interop tests, in a laboratory of its own.
# usage: case.sh ARCHITECTURE CASE           cases: the functions case_* of cases.sh
#
# Exit code 0: passed. On failure the output says why, and what the client said.
set -eu
# What Wine itself has to complain of is in the output, which is shown when a case fails.
MPR_WINEDEBUG=${MPR_WINEDEBUG:-err+all}
. "$MPR_TOP/tests/interop/lab.sh"
. "$MPR_TOP/tests/interop/peers.sh"
. "$MPR_TOP/tests/interop/cases.sh"
. "$MPR_TOP/tests/interop/ripng.sh"
. "$MPR_TOP/tests/interop/ten.sh"
. "$MPR_TOP/tests/interop/dod.sh"
. "$MPR_TOP/tests/interop/last_word.sh"
. "$MPR_TOP/tests/interop/dissect.sh"
. "$MPR_TOP/tests/interop/lossy.sh"
. "$MPR_TOP/tests/interop/hosted.sh"

architecture=$1
case_name=$2
client=

finish() {
    rc=$?
    trap - EXIT
    trap '' HUP INT TERM # a second signal must not stop the clean-up
    if [ $rc != 0 ] && [ $rc != 77 ]; then
        echo "--- what the client said:"
        cat "$LAB_DIR"/client.out* 2>/dev/null || true
        echo "--- what the peers said:"
        tail -n 5 "$LAB_DIR"/*/*.log 2>/dev/null || true
    fi
    [ -z "$client" ] || lab_gone "$client" || kill "$client" || true
    lab_end
    exit $rc
}
fail() {
    echo "FAILED: $*"
    exit 1
}
# Here it can't run; run.sh counts that.
skip() {
    echo "SKIP: $case_name: $*"
    exit 77
}

# The client, once more if Wine did not even start it: a program that runs says so before main().
client_run() {
    for attempt in 1 2; do
        client_rc=0
        # shellcheck disable=SC2086
        ip netns exec "$LAB" ${client_before:-} timeout -k 5 150 "$MPR_WINE" \
            "${client_folder:-$MPR_BUILD/$architecture/bin}/${client_program:-interop_client}.exe" "$@" \
            >"$LAB_DIR/client.out" 2>&1 9>&- || client_rc=$?
        ! grep -q '^running as' "$LAB_DIR/client.out" || break
        cp "$LAB_DIR/client.out" "$LAB_DIR/client.out.$attempt"
    done
    return $client_rc
}

# client_start ADAPTER [SETTING...]: in the background; see interop_client.c.
client_start() {
    client_adapter=$1
    shift
    client_run "$client_adapter" "Z:$LAB_DIR/out" "$@" </dev/null &
    client=$!
}
# 32-bit programs may end well without having run (cmake/support/arch_proof.c).
client_end() {
    wait "$client" || fail "the client ended with $?"
    client=
    grep -q "^running as $architecture" "$LAB_DIR/client.out" ||
        fail "the client did not run as $architecture"
}
client() {
    client_start "$@"
    client_end
}

# update N: waits until the client has the result of its N-th update.
update() {
    until [ -s "$LAB_DIR/out.$1.result" ]; do
        ! lab_gone "$client" || fail "the client ended before update $1 was over"
        sleep 0.05
    done
}
# go_on N: lets it go on to the one after that.
go_on() {
    touch "$LAB_DIR/out.$1.go"
}

result_is() {
    [ "$(tr -d '\r' <"$LAB_DIR/out.$1.result")" = "$2" ] ||
        fail "update $1 ended with $(cat "$LAB_DIR/out.$1.result"), not $2"
}

# learned N FILE: block, registry and the router's table after update N are exactly the lines of
# FILE, in any order. The table has the link's own network besides, and without an update (N is 0),
# as the interface is not connected then, none of it.
learned() {
    sort "$2" >"$LAB_DIR/expected"
    {
        cat "$2"
        sed -n '1s|.* \([0-9]*\.[0-9]*\.[0-9]*\)\.[0-9]* .*|\1.0/'"$link_length"' 0.0.0.0 1 local|p' "$2"
    } | sort >"$LAB_DIR/expected.table"
    [ "$1" != 0 ] || : >"$LAB_DIR/expected.table"
    same "$1" block "$LAB_DIR/expected"
    same "$1" registry "$LAB_DIR/expected"
    same "$1" table "$LAB_DIR/expected.table"
}
# same N WHERE FILE: what the client found there.
same() {
    tr -d '\r' <"$LAB_DIR/out.$1.$2" | sort >"$LAB_DIR/found"
    cmp -s "$3" "$LAB_DIR/found" && return
    diff "$3" "$LAB_DIR/found" | head -n 10 || true
    fail "update $1: the $2 has $(wc -l <"$LAB_DIR/found") routes," \
        "expected are $(wc -l <"$3"); the first differences are above"
}

# expect TABLE NEXT_HOP: the routes that a table becomes. The peers announce metric 1, and the link
# costs 1 more.
expect() {
    tr -d '\r' <"$1" | sed "s|\$| $2 2 autostatic|"
}

trap finish EXIT
trap 'exit 130' HUP INT TERM
lab_begin "$case_name"
# In a 64-bit prefix, system32 has the 64-bit libraries.
folder=system32
[ "$architecture" = x86_64 ] || folder=syswow64
cp --remove-destination "$MPR_BUILD/$architecture/bin/mprapi.dll" \
    "$WINEPREFIX/drive_c/windows/$folder/mprapi.dll"
mkdir -p "$WINEPREFIX/drive_c/windows/system32/ras"
# One attempt: a minute's pause and three more would outlast a case.
cp "$MPR_TOP/tests/interop/interop.pbk" "$WINEPREFIX/drive_c/windows/system32/ras/router.pbk"
"case_$case_name"
