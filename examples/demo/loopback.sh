# The demo that needs no rights: the neighbour is examples/rip-responder, a second process on this
# machine, over loopback. Sourced by demo.sh.
#
# Neither side can have RIP's own port, 520, without being root; the router's is configured by
# Parameters\Ip\RipPort. Requests go to 224.0.0.9 over loopback, answers come from 127.0.0.2.

loopback_port=5520

over_loopback_end() {
    if [ -n "${responder:-}" ]; then
        kill "$responder" 2>/dev/null || true
        wait "$responder" 2>/dev/null || true
    fi
}

over_loopback() {
    trap over_loopback_end EXIT
    trap 'exit 130' HUP INT TERM
    work=$WINEPREFIX/drive_c
    printf '198.51.100.0/24\n203.0.113.64/26\n10.99.0.0/16\n172.31.0.0/20\n' >"$work/table.txt"
    sed 's/$/ 127.0.0.2/' "$work/table.txt" >"$work/expected.txt"
    # Built for this machine: Wine can't bind to a multicast address (see join_group).
    gcc -std=c11 -D_DEFAULT_SOURCE -o "$work/rip-responder" "$MPR_TOP"/examples/rip-responder/*.c
    set_up_prefix "$MPR_WINE" <<END
$(dialer Branch lo)

[$remote_access\\Parameters\\Ip]
"RipPort"=dword:$(printf '%08x' $loopback_port)
END
    "$work/rip-responder" 127.0.0.2 $loopback_port "$work/table.txt" 127.0.0.1 \
        </dev/null >"$work/responder.txt" 2>&1 &
    responder=$!
    lab_wait 20 grep -q '^ready' "$work/responder.txt"
    say "the neighbour is a RIP responder at 127.0.0.2, port $loopback_port, in another process"
    rc=0
    "$MPR_WINE" "$bin/demo.exe" -e 'C:\expected.txt' Branch </dev/null >"$work/demo.txt" 2>&1 ||
        rc=$?
    tr -d '\r' <"$work/demo.txt"
    say ""
    say "The responder's words:"
    tr -d '\r' <"$work/responder.txt" | sed 's/^/  /'
    return $rc
}
