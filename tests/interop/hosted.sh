# A routing protocol in a DLL, over rtm.dll, whose routes packets follow. Sourced by case.sh behind
# cases.sh, whose functions it uses. The neighbour is a program of the test's own.

# hosted_neighbour: tells the prefixes 10.X.Y.0/24 of 40 datagrams, 250 in each, every second, until it is
# killed.
hosted_neighbour() {
    ip netns exec "${LAB}near" python3 -c '
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("10.77.2.2", 5911))
datagrams = [b"BCN1\x02\xfa" + b"".join(bytes([10, 100 + n, k, 0, 24]) for k in range(250)) for n in range(40)]
while True:
    for d in datagrams:
        s.sendto(d, ("10.77.2.1", 5911))
        time.sleep(0.001)
    time.sleep(1)' 9>&- &
    neighbour=$!
}
hosted_in_kernel() {
    [ "$(ip -n "$LAB" -N route show proto 77 via 10.77.2.2 dev near | wc -l)" = "$1" ]
}
# hosted_count TABLE: routes of the protocol that mprctl sees there.
hosted_count() {
    mprctl routes show "table=$1" | tr -d '\r' | grep -c '^10\.1[0-3][0-9]\.[0-9]*\.0/24 .* 10\.77\.2\.2 ' || true
}
# What RIP has told of them to a BIRD on another link.
hosted_in_bird() {
    lab_birdc bird "show route protocol peer" | grep -c '^10\.1[0-3][0-9]\.[0-9]*\.0/24 ' || true
}
hosted_everywhere() {
    hosted_in_kernel "$1" && [ "$(hosted_count router)" = "$1" ] && [ "$(hosted_count host)" = "$1" ] &&
        [ "$(hosted_in_bird)" = "$1" ]
}
# hosted_has NUMBER WHEN: so many, wherever one looks. Wine takes the kernel's for GetIpForwardTable.
hosted_has() {
    lab_wait 60 hosted_everywhere "$1" ||
        fail "$2: the kernel has $(ip -n "$LAB" -N route show proto 77 | wc -l) routes, the router" \
            "$(hosted_count router), GetIpForwardTable $(hosted_count host), BIRD by RIP $(hosted_in_bird), not $1"
}

# A BIRD that hears RIP, with nothing of its own to tell.
hosted_listener() {
    lab_peer bird 3
    : >"$LAB_DIR/nothing"
    bird_conf bird 10.77.3.2 "$LAB_DIR/nothing"
    lab_bird bird
    static_do rip global set interval=1
    hosted_announce announcefilter=include announceranges=10.100.0.0-10.103.255.255
}
# hosted_announce SETTING...: what RIP does there.
hosted_announce() {
    static_do rip set bird announce=rip2 accept=rip2 update=15 "$@" \
        flags=accepthost,announcehost,splithorizon,poisonreverse,cleanup,triggered,nosummary
}
# hosted_told NUMBER WHEN: BIRD has heard of so many.
hosted_told() {
    lab_wait 60 hosted_bird_has "$1" || fail "$2: BIRD has $(hosted_in_bird) routes by RIP, not $1"
}
hosted_bird_has() {
    [ "$(hosted_in_bird)" = "$1" ]
}

# beacon.dll learns 10,000 routes: they are in the kernel, in GetIpForwardTable and in the MIB, packets follow
# them, RIP announces them as its filter lets it, and they go when the neighbour falls silent, with the link,
# and when the protocol is stopped.
case_host_hosted() {
    [ -e "$MPR_BUILD/$architecture/bin/mprctl.exe" ] || skip "mprctl is not built"
    # Files of a prefix may be hard links of the template's: Wine's rtutils.dll is one.
    for file in mprnetlink mprsvc.exe rtm.dll rtutils.dll beacon.dll; do
        cp --remove-destination "$MPR_BUILD/$architecture/bin/$file" "$WINEPREFIX/drive_c/windows/$folder/"
    done
    export MPRAPI_LOG=stderr MPRAPI_LOG_LEVEL=info
    host_value HostRoutes 1
    key='HKLM\SOFTWARE\Microsoft\Router\CurrentVersion\RouterManagers\Ip\BEACON'
    lab_wine reg add "$key" /v ProtocolId /t REG_DWORD /d 0x03FF7E58 /f /reg:64 >/dev/null || fail "reg add"
    lab_wine reg add "$key" /v DllName /d beacon.dll /f /reg:64 >/dev/null || fail "reg add"
    lab_peer near 2
    ip -n "${LAB}near" addr add 10.100.7.1/32 dev lo
    service_start
    hosted_listener
    static_do blocks set 0x03FF7E58 00000000
    log_has "protocol $((0x03FF7E58)) started"
    # Its neighbour, port 5911 of both, an interval of three seconds, and nothing to tell.
    static_do blocks set 0x03FF7E58 0A4D02021717000000000000B80B000000000000 name=near
    hosted_neighbour
    lab_wait 60 hosted_in_kernel 10000 || fail "the kernel does not get what is learned"
    hosted_told 1000 "RIP may tell of a tenth"
    hosted_announce announcefilter=none
    hosted_has 10000 "it has learned, and RIP may tell of all"
    answers "$LAB" 10.100.7.1 || fail "no packet follows a route that was learned"
    kill "$neighbour"
    hosted_has 0 "the neighbour is silent"
    hosted_neighbour
    hosted_has 10000 "the neighbour is back"
    ip -n "$LAB" link set near down
    lab_wait 60 no_routes || fail "routes are left of a link that is down"
    ip -n "$LAB" link set near up
    hosted_has 10000 "the link is back"
    static_do blocks delete 0x03FF7E58
    hosted_has 0 "it is stopped"
    kill "$neighbour"
    service_stop
}
