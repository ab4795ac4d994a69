#!/bin/sh
# The demo of ./dev: a router under Wine learns the routes of its neighbours, step by step.
#
# As root, where network namespaces are allowed: two neighbours, a real FRR and a real BIRD, each
# at the other end of a link. Otherwise: one neighbour, examples/rip-responder, over loopback.
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
    cp --remove-destination "$bin/mprapi.dll" "$system32/"
    { printf 'REGEDIT4\n\n' && cat; } >"$WINEPREFIX/drive_c/demo.reg"
    "$@" regedit /S 'C:\demo.reg'
}

show_peers_table() {
    say ""
    say "What the neighbours say they have:"
    lab_vtysh frr -c 'show ip rip' | grep '^[RK]' | sed 's/ *$//; s/^/  FRR   /'
    lab_birdc bird 'show route protocol table_of_the_test' | grep '^[0-9]' | sed 's/^/  BIRD  /'
}

with_namespaces() {
    trap 'trap "" HUP INT TERM; lab_end' EXIT
    trap 'exit 130' HUP INT TERM
    lab_begin demo
    lab_peer frr 1
    lab_peer bird 2
    printf '198.51.100.0/24\n203.0.113.64/26\n10.99.0.0/16\n' >"$LAB_DIR/frr.table"
    routes 25 >"$LAB_DIR/bird.table"
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
    } | set_up_prefix lab_wine
    # What must be learned is what the neighbours say, not what they were configured to say.
    {
        frr_table frr | sed 's/$/ 10.77.1.2/'
        bird_table bird | sed 's/$/ 10.77.2.2/'
    } >"$WINEPREFIX/drive_c/expected.txt"
    lab_wine "$bin/demo.exe" -e 'C:\expected.txt' "Branch over FRR" "Branch over BIRD"
}

if [ "${1:-}" = loopback ]; then
    reason="as asked for"
elif reason=$(lab_possible); then
    with_namespaces
    exit
fi
say "Without network namespaces ($reason):"
over_loopback
