#!/bin/sh
# The demo of ./dev: a router under Wine learns the routes of its neighbours, step by step.
#
# As root, where network namespaces are allowed: two neighbours, a real FRR and a real BIRD, each
# at the other end of a link; what is learned reaches the kernel's own table, and a ping follows it.
# Otherwise: one neighbour, examples/rip-responder, over loopback.
#
# usage: demo.sh [loopback]           loopback: the second kind even where the first is possible
# Needs MPR_TOP and MPR_BUILD, and for the second kind WINEPREFIX; `./dev demo` sets them.
set -eu
here=$MPR_TOP/examples/demo
bin=$MPR_BUILD/x86_64/bin
. "$MPR_TOP/tests/interop/lab.sh"
. "$MPR_TOP/tests/interop/peers.sh"
. "$here/loopback.sh"

say() { printf '%s\n' "$*"; }

# What an administrator does once: the router's phone book, and which host adapters are the links.
# dialer INTERFACE ADAPTER prints registry lines that make an adapter the link of an interface.
dialer() {
    printf '[%s\\Parameters\\Dialers\\%s]\n"Kind"="existing"\n"Adapter"="%s"\n\n' "$remote_access" \
        "$1" "$2"
}
remote_access='HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\RemoteAccess'

# set_up_prefix WINE...: phone book, registry (from standard input) and the library.
set_up_prefix() {
    system32=$WINEPREFIX/drive_c/windows/system32
    mkdir -p "$system32/ras"
    cp "$here/router.pbk" "$system32/ras/"
    cp --remove-destination "$bin/mprapi.dll" "$bin/mprnetlink" "$system32/"
    { printf 'REGEDIT4\n\n' && cat; } >"$WINEPREFIX/drive_c/demo.reg"
    "$@" regedit /S 'C:\demo.reg'
}

show_peers_table() {
    say ""
    say "What the neighbours say they have:"
    lab_vtysh frr -c 'show ip rip' | grep '^[RK]' | sed 's/ *$//; s/^/  FRR   /'
    lab_birdc bird 'show route protocol table_of_the_test' | grep '^[0-9]' | sed 's/^/  BIRD  /'
}

# The router of the demo puts its routes into the kernel of its namespace (docs/HOSTROUTES.md).
in_kernel() {
    [ "$(ip -n "$LAB" route show proto 77 | wc -l)" = "$1" ]
}
show_kernel() {
    say ""
    say "The kernel's own table meanwhile: ip route show proto 77"
    learned=$(wc -l <"$WINEPREFIX/drive_c/expected.txt")
    lab_wait 10 in_kernel "$learned" || say "  not all of the $learned routes are there!"
    ip -n "$LAB" route show proto 77 | head -n 4 | sed 's/ *$//; s/^/  /'
    say "  ... $(ip -n "$LAB" route show proto 77 | wc -l) in all"
    say ""
    say "A ping to $behind, which is behind BIRD:"
    ip netns exec "$LAB" ping -n -c 3 -i 0.2 -W 5 "$behind" >"$LAB_DIR/ping" 2>&1 || ping_failed=1
    grep -v '^$' "$LAB_DIR/ping" | sed 's/^/  /'
}

# run_demo ARGUMENT...: what the kernel has is looked at while the program keeps the links up.
run_demo() {
    : >"$LAB_DIR/wine.out"
    lab_wine "$bin/demo.exe" -k "Z:$LAB_DIR/keep" "$@" >"$LAB_DIR/demo.out" &
    demo=$!
    until [ -e "$LAB_DIR/keep" ] || lab_gone $demo; do
        sleep 0.05
    done
    tr -d '\r' <"$LAB_DIR/wine.out" >"$LAB_DIR/shown"
    cat "$LAB_DIR/shown"
    [ ! -e "$LAB_DIR/keep" ] || show_kernel
    rm -f "$LAB_DIR/keep"
    rc=0
    wait $demo || rc=$?
    tail -n +$(($(wc -l <"$LAB_DIR/shown") + 1)) "$LAB_DIR/demo.out"
    say ""
    if lab_wait 10 in_kernel 0; then
        say "The router has ended, and its routes have left the kernel with it."
    else
        say "The router has ended, and some of its routes are still in the kernel!"
        rc=1
    fi
    [ $rc = 0 ] && [ -z "$ping_failed" ]
}

with_namespaces() {
    trap 'trap "" HUP INT TERM; lab_end' EXIT
    trap 'exit 130' HUP INT TERM
    ping_failed=
    lab_begin demo
    lab_peer frr 1
    lab_peer bird 2
    printf '198.51.100.0/24\n203.0.113.64/26\n10.99.0.0/16\n' >"$LAB_DIR/frr.table"
    routes 25 >"$LAB_DIR/bird.table"
    behind=$(awk -F'[./]' '$5 == 24 { print $1 "." $2 "." $3 ".1"; exit }' "$LAB_DIR/bird.table")
    ip -n "${LAB}bird" addr add "$behind/32" dev lo
    frr_conf frr "$LAB_DIR/frr.table"
    bird_conf bird 10.77.2.2 "$LAB_DIR/bird.table"
    lab_frr frr
    lab_bird bird
    say "Three network namespaces: this router (10.77.1.1, 10.77.2.1),"
    say "$(/usr/lib/frr/ripd -v | sed -n 's/ripd version /FRR ripd /p') (10.77.1.2)," \
        "$(bird --version 2>&1 | sed 's/ version//') (10.77.2.2)"
    show_peers_table
    {
        dialer "Branch over FRR" frr
        dialer "Branch over BIRD" bird
        printf '[%s\\Parameters]\n"HostRoutes"=dword:1\n\n' "$remote_access"
    } | set_up_prefix lab_wine
    # What must be learned is what the neighbours say, not what they were configured to say.
    {
        frr_table frr | sed 's/$/ 10.77.1.2/'
        bird_table bird | sed 's/$/ 10.77.2.2/'
    } >"$WINEPREFIX/drive_c/expected.txt"
    run_demo -e 'C:\expected.txt' "Branch over FRR" "Branch over BIRD"
}

if [ "${1:-}" = loopback ]; then
    reason="as asked for"
elif reason=$(lab_possible); then
    with_namespaces
    exit
fi
say "Without network namespaces ($reason):"
over_loopback
say ""
say "SKIP: no ping over a learned route: $reason. As root, on a machine that allows network namespaces,"
say "./dev demo learns from a real FRR and a real BIRD, puts the routes into the kernel and pings over them."
