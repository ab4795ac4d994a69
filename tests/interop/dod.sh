# Dial on demand, with a tun device and links of veth. Sourced by case.sh behind cases.sh, whose
# functions it uses.

# dod_dialer: a script that makes the link to the namespace far, which then knows the way back to near.
dod_dialer() {
    cat >"$LAB_DIR/dialer.sh" <<EOF
echo dialling >>'$LAB_DIR/dials'
(
    until ip -n '${LAB}far' route add 10.77.2.0/24 via 10.9.0.1 2>/dev/null; do sleep 0.05; done
) &
exec sh '$dialers/veth.sh' tun9 10.9.0.1 10.9.0.2 '${LAB}far'
EOF
}
dod_dials() {
    [ "$(wc -l <"$LAB_DIR/dials")" = "$1" ]
}
# dod_dials_are NUMBER WHEN: so often was it dialled, and not more.
dod_dials_are() {
    dod_dials "$1" || fail "$2: dialled $(wc -l <"$LAB_DIR/dials") times, not $1"
}
# dod_answered NAMESPACE: 10.50.0.1 answers, sooner or later.
dod_answered() {
    lab_wait 60 answers "$1" 10.50.0.1 || fail "$2: 10.50.0.1 does not answer"
}
# dod_send NAMESPACE PORT: a datagram of UDP to 10.50.0.1.
dod_send() {
    ip netns exec "$1" python3 -c '
import socket, sys
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("10.50.0.1", int(sys.argv[1])))' "$2"
}
dod_state() {
    mprctl --json interfaces show Branch | grep -q "\"state\":\"$1\""
}
dod_becomes() {
    lab_wait 60 dod_state "$1" && return
    mprctl interfaces show Branch
    fail "$2: the interface is not $1"
}
dod_no_device() {
    ! ip -n "$LAB" link show mprdod0 2>/dev/null
}
# dod_held WHEN
dod_held() {
    route_becomes "$1" dev mprdod0 scope 253 metric 3
}
dod_up() {
    route_becomes "$1" dev tun9 scope 253 metric 3
}
dod_disconnect() {
    static_do interfaces disconnect Branch
    dod_held "$1"
}
# The router or its program, killed: no device, no route of the router's, and others as they were.
dod_nothing_left() {
    lab_wait 20 dod_no_device || fail "$1: the device is left"
    lab_wait 20 no_routes || fail "$1: routes are left"
    others_untouched "$1"
}

# A packet to the static route of a disconnected interface dials it, from this machine and from
# another one; what its filter refuses does not. The route moves with the link, is gone while the
# interface is unreachable, and nothing is left of a router that was killed.
case_dial_on_demand() {
    [ -e "$MPR_BUILD/$architecture/bin/mprctl.exe" ] || skip "mprctl is not built"
    python3 -c 'import os; os.open("/dev/net/tun", os.O_RDWR)' 2>/dev/null ||
        skip "this machine has no tun devices"
    cp "$MPR_BUILD/$architecture/bin/mprnetlink" "$MPR_BUILD/$architecture/bin/mprsvc.exe" \
        "$WINEPREFIX/drive_c/windows/$folder/"
    export MPRAPI_LOG=stderr MPRAPI_LOG_LEVEL=info
    host_value HostRoutes 1
    host_value HostForwarding 1
    host_value HostDemandDial 1
    host_value ReachableAgain 5000
    : >"$LAB_DIR/dials"
    lab_peer near 2
    ip -n "${LAB}near" route add default via 10.77.2.1
    lab_namespace far
    ip -n "${LAB}far" addr add 10.50.0.1/32 dev lo
    ip -n "$LAB" route add 10.60.0.0/16 via 10.77.2.2 proto static
    ip -n "$LAB" route show proto static >"$LAB_DIR/others"
    dod_dialer
    service_start
    dod_no_device || fail "there is a device, and no route to hold"
    static_do dialers set Branch kind=command adapter=tun9 "command=sh $LAB_DIR/dialer.sh"
    static_do interfaces create Branch "device=WAN Miniport (IKEv2)" devicetype=vpn phone=far.example
    sed -i 's/^RedialAttempts=.*/RedialAttempts=0/' "$WINEPREFIX/drive_c/windows/system32/ras/router.pbk"
    static_do entries reload Branch
    static_do static-routes add 10.50.0.0/16 Branch metric=3
    dod_held "it is disconnected"
    log_has 'a tun device (index'
    mprctl interfaces show >"$LAB_DIR/mprctl.out"
    ! grep -q mprdod "$LAB_DIR/mprctl.out" || fail "the device has become an interface"

    # From here, and from another machine.
    dod_answered "$LAB" "the first packet"
    dod_up "it was dialled"
    dod_becomes connected "it was dialled"
    log_has 'interface Branch: dialled on demand, for protocol 1 to 10.50.0.1'
    answers "${LAB}near" 10.50.0.1 || fail "nothing is forwarded over the link"
    dod_dials_are 1 "the first time"
    dod_disconnect "hung up"
    lab_wait 20 tun9_gone || fail "the link is not gone"
    dod_answered "${LAB}near" "another machine's packet"
    dod_dials_are 2 "the second time"
    dod_up "it was dialled again"
    others_untouched "by the link"

    # Only UDP to port 53 dials.
    dod_disconnect "for the filter"
    lab_wait 20 tun9_gone || fail "the link is not gone"
    filters_set Branch 9 "$(filter_list 0 10.50.0.0 255.255.0.0 17 0 53)"
    ! answers "$LAB" 10.50.0.1 || fail "a packet that the filter refuses has dialled"
    dod_send "$LAB" 54
    dod_send "${LAB}near" 54
    sleep 1
    dod_becomes disconnected "the filter refuses"
    dod_dials_are 2 "the filter refuses"
    dod_send "${LAB}near" 53
    dod_becomes connected "a packet that the filter lets dial"
    dod_dials_are 3 "by the filter"
    filters_set Branch 9 ''

    # The link is lost; then it can't be had: no route until it is to be tried again.
    ip -n "$LAB" link del tun9
    dod_held "the link was lost"
    static_do dialers set Branch kind=command adapter=tun9 "command=exit 69"
    static_do entries reload Branch
    dod_send "$LAB" 9
    dod_becomes unreachable "nobody answers"
    lab_wait 20 no_routes || fail "an unreachable interface has its route"
    dod_held "it may be tried again"
    static_do dialers set Branch kind=command adapter=tun9 "command=sh $LAB_DIR/dialer.sh"
    static_do entries reload Branch
    static_do interfaces disable Branch
    lab_wait 20 no_routes || fail "a disabled interface has its route"
    static_do interfaces enable Branch
    dod_held "it is enabled"

    # mprnetlink is killed, and its successor holds the route; then the router.
    helper=$(helpers)
    kill -9 "$helper"
    lab_wait 5 lab_gone "$helper" || fail "mprnetlink lives"
    others_untouched "mprnetlink was killed"
    lab_wait 30 another_helper "$helper" || fail "no other mprnetlink"
    dod_held "another mprnetlink"
    dod_answered "${LAB}near" "by another mprnetlink"
    dod_dials_are 4 "by another mprnetlink"
    dod_disconnect "for the kill"
    service_kill
    dod_nothing_left "the router was killed"

    # What is stored is held again; nothing of it is left at the end, nor is it there when it is off.
    service_start
    dod_held "another router"
    service_stop
    dod_nothing_left "the router has ended"
    host_value HostDemandDial 0
    service_start
    static_do interfaces show
    ! answers "$LAB" 10.50.0.1 || fail "it dials, and is off"
    dod_nothing_left "it is off"
    service_stop
}
tun9_gone() {
    ! ip -n "$LAB" link show tun9
}
