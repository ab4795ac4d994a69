# The cases; each is a function that case.sh calls. What the peers do was measured with their
# versions in Debian 12, FRR 8.4.4 and BIRD 2.0.12.

# The cases of both architectures, and those of x86_64 only. Slow ones, which wait for time-outs,
# come first, so that the others run meanwhile.
CASES_CORE="bird_25000 frr_25000 bird_md5 frr_1 bird_1 version_1 two_peers frr_64"
CASES_MORE="routers_ten lossy_update_ripng ripng ripng_update_bird ripng_update_frr ripng_host_routes frr_md5 frr_passive frr_version_1_only bird_wrong_key peer_stopped frr_password
    frr_25 frr_1000 bird_1000 bird_password bird_ttl_security bird_broadcast
    bird_poison compatible unicast restart replaced frr_again bird_again clients
    dial_veth dial_taken dial_openvpn dial_openvpn_refused dial_wireguard machines host_routes
    host_routes_shared host_routes_ip host_routes_killed adapter_events host_filters
    host_static host_hosted dial_on_demand dissection last_word lossy_update lossy_update_lan lossy_tables"

# ---- tables of many sizes -----------------------------------------------------------------------

frr_table_case() {
    lab_peer frr 1
    routes "$1" >"$LAB_DIR/table"
    frr_conf frr "$LAB_DIR/table"
    lab_frr frr
    frr_ready frr "$LAB_DIR/table"
    client frr
    result_is 1 NO_ERROR
    expect "$LAB_DIR/table" 10.77.1.2 >"$LAB_DIR/routes"
    learned 1 "$LAB_DIR/routes"
}
case_frr_1() { frr_table_case 1; }
case_frr_25() { frr_table_case 25; }
case_frr_64() { frr_table_case 64; }
case_frr_1000() { frr_table_case 1000; }
case_frr_25000() { frr_table_case 25000; }

# bird_case COUNT [INTERFACE_OPTION...] [-- SETTING...]
bird_case() {
    lab_peer bird 2
    routes "$1" >"$LAB_DIR/table"
    shift
    bird_options=
    if [ $# -gt 0 ] && [ "$1" != -- ]; then
        bird_options=$1
        shift
    fi
    [ $# = 0 ] || shift
    bird_conf bird 10.77.2.2 "$LAB_DIR/table" "$bird_options"
    lab_bird bird
    client bird "$@"
    result_is 1 NO_ERROR
    expect "$LAB_DIR/table" 10.77.2.2 >"$LAB_DIR/routes"
    learned 1 "$LAB_DIR/routes"
}
case_bird_1() { bird_case 1; }
case_bird_1000() { bird_case 1000; }
case_bird_25000() { bird_case 25000; }

# ---- authentication -----------------------------------------------------------------------------

bird_md5_option='authentication cryptographic; password "s3cret" { id 1; algorithm keyed md5; };'
case_bird_md5() { bird_case 200 "$bird_md5_option" -- md5=s3cret; }
case_bird_password() {
    bird_case 200 'authentication plaintext; password "s3cret";' -- password=s3cret
}

# FRR takes an authenticated request and does not answer it: what it says every half minute is all
# there is.
frr_auth_case() {
    lab_peer frr 1
    routes 60 >"$LAB_DIR/table"
    frr_conf frr "$LAB_DIR/table" "timers basic 10 60 60" -- "$@"
    if [ "$frr_key_chain" = yes ]; then
        printf 'key chain keys\n key 1\n  key-string s3cret\n' >>"$LAB_DIR/frr/ripd.conf"
    fi
    lab_frr frr
    client frr "$frr_setting"
    result_is 1 NO_ERROR
    expect "$LAB_DIR/table" 10.77.1.2 >"$LAB_DIR/routes"
    learned 1 "$LAB_DIR/routes"
}
case_frr_md5() {
    frr_key_chain=yes
    frr_setting=md5=s3cret
    frr_auth_case "ip rip authentication mode md5" "ip rip authentication key-chain keys"
}
case_frr_password() {
    frr_key_chain=no
    frr_setting=password=s3cret
    frr_auth_case "ip rip authentication mode text" "ip rip authentication string s3cret"
}

# ---- versions and ways of sending ---------------------------------------------------------------

# Version 1 has no masks: FRR announces what class boundaries can say.
case_version_1() {
    lab_peer frr 1
    printf '198.51.100.0/24\n203.0.113.64/26\n10.99.0.0/16\n172.20.0.0/16\n11.0.0.0/8\n' \
        >"$LAB_DIR/table"
    frr_conf frr "$LAB_DIR/table" -- "ip rip send version 1 2" "ip rip receive version 1 2"
    lab_frr frr
    client frr version=1
    result_is 1 NO_ERROR
    printf '198.51.100.0/24\n172.20.0.0/16\n11.0.0.0/8\n' >"$LAB_DIR/classful"
    expect "$LAB_DIR/classful" 10.77.1.2 >"$LAB_DIR/routes"
    learned 1 "$LAB_DIR/routes"
}
# Version 2 by broadcast. In this mode BIRD does not hear multicasts.
case_bird_broadcast() { bird_case 60 'mode broadcast;' -- version=compat; }
case_bird_ttl_security() { bird_case 60 'ttl security tx only;'; }
case_bird_poison() { bird_case 60 'split horizon yes; poison reverse yes;'; }
case_compatible() {
    lab_peer frr 1
    routes 60 >"$LAB_DIR/table"
    frr_conf frr "$LAB_DIR/table"
    lab_frr frr
    client frr version=compat
    result_is 1 NO_ERROR
    expect "$LAB_DIR/table" 10.77.1.2 >"$LAB_DIR/routes"
    learned 1 "$LAB_DIR/routes"
}
case_unicast() { bird_case 60 '' -- peer=10.77.2.2; }

# ---- neighbours that do not answer: an error, and the former routes stay ------------------------

# learn_first NAME NET [SETTING...]: a first update that goes well; the client then waits.
learn_first() {
    first_name=$1
    first_address=10.77.$2.2
    shift 2
    client_start "$first_name" updates=2 "$@"
    update 1
    result_is 1 NO_ERROR
    expect "$LAB_DIR/table" "$first_address" >"$LAB_DIR/routes"
    learned 1 "$LAB_DIR/routes"
}
then_nothing() {
    go_on 1
    update 2
    client_end
    result_is 2 ERROR_CAN_NOT_COMPLETE
    learned 2 "$LAB_DIR/routes"
}
frr_silenced() {
    lab_peer frr 1
    routes 30 >"$LAB_DIR/table"
    frr_conf frr "$LAB_DIR/table"
    lab_frr frr
    learn_first frr 1
    lab_vtysh frr "$@"
    then_nothing
}
case_frr_passive() {
    frr_silenced -c 'configure terminal' -c 'router rip' -c 'passive-interface eth0'
}
case_frr_version_1_only() {
    frr_silenced -c 'configure terminal' -c 'interface eth0' -c 'ip rip receive version 1' \
        -c 'ip rip send version 1'
}
case_peer_stopped() {
    lab_peer bird 2
    routes 30 >"$LAB_DIR/table"
    bird_conf bird 10.77.2.2 "$LAB_DIR/table"
    lab_bird bird
    learn_first bird 2
    lab_stop bird
    then_nothing
}
case_bird_wrong_key() {
    lab_peer bird 2
    routes 30 >"$LAB_DIR/table"
    bird_conf bird 10.77.2.2 "$LAB_DIR/table" "$bird_md5_option"
    lab_bird bird
    learn_first bird 2 md5=s3cret
    sed -i 's/s3cret/another/' "$LAB_DIR/bird/bird.conf"
    lab_reconfigure bird
    then_nothing
}

# ---- more than one answer -----------------------------------------------------------------------

# FRR and BIRD on one link. They hear each other too, and are told not to take anything over.
case_two_peers() {
    lab_bridge lan 3
    lab_bridge_peer frr lan 10.77.3.2
    lab_bridge_peer bird lan 10.77.3.3
    routes 40 >"$LAB_DIR/frr.table"
    routes 40 1000 >"$LAB_DIR/bird.table"
    frr_conf frr "$LAB_DIR/frr.table" "distribute-list nothing in"
    bird_conf bird 10.77.3.3 "$LAB_DIR/bird.table" 'check zero no;'
    sed -i 's/import all/import none/' "$LAB_DIR/bird/bird.conf"
    printf 'access-list nothing seq 5 deny any\n' >>"$LAB_DIR/frr/ripd.conf"
    lab_frr frr
    lab_bird bird
    client lan
    result_is 1 NO_ERROR
    {
        expect "$LAB_DIR/frr.table" 10.77.3.2
        expect "$LAB_DIR/bird.table" 10.77.3.3
    } >"$LAB_DIR/routes"
    learned 1 "$LAB_DIR/routes"
}

# A second update replaces what the first one learned.
case_replaced() {
    lab_peer bird 2
    routes 50 >"$LAB_DIR/table"
    bird_conf bird 10.77.2.2 "$LAB_DIR/table"
    lab_bird bird
    learn_first bird 2
    routes 70 40 >"$LAB_DIR/table"
    bird_conf bird 10.77.2.2 "$LAB_DIR/table"
    lab_reconfigure bird
    # Routes that are gone are still announced for a while, as unreachable.
    lab_wait 5 sh -c "birdc -s '$LAB_DIR/bird/bird.ctl' show route count | grep -q '^70 of'"
    go_on 1
    update 2
    client_end
    result_is 2 NO_ERROR
    expect "$LAB_DIR/table" 10.77.2.2 >"$LAB_DIR/routes"
    learned 2 "$LAB_DIR/routes"
}

# Over a point-to-point link: a table that is new, the same again, and one that has changed; of a
# multiple of 25 routes, so that no packet is short. How many rounds an update takes depends on the
# load, so only the outcome is looked at; the client's log tells the rounds.
learn_again() {
    export MPRAPI_LOG=stderr MPRAPI_LOG_LEVEL=info
    client_start "$1" updates=3
    update 1
    result_is 1 NO_ERROR
    expect "$LAB_DIR/table" "$2" >"$LAB_DIR/routes"
    learned 1 "$LAB_DIR/routes"
    go_on 1
    update 2
    result_is 2 NO_ERROR
    learned 2 "$LAB_DIR/routes"
}
learn_changed() {
    go_on 2
    update 3
    client_end
    result_is 3 NO_ERROR
    expect "$LAB_DIR/table" "$1" >"$LAB_DIR/routes"
    learned 3 "$LAB_DIR/routes"
}
# FRR sets end marks (src/protocol/rip/mark.c): found out in the first update, believed in the
# second one. What is deleted before the third is announced as unreachable for a while.
case_frr_again() {
    lab_peer frr 1 30
    routes 2500 >"$LAB_DIR/table"
    frr_conf frr "$LAB_DIR/table"
    lab_frr frr
    frr_ready frr "$LAB_DIR/table"
    learn_again frr 10.77.1.2
    routes 50 2500 >"$LAB_DIR/more"
    sed 's/^/route add blackhole /' "$LAB_DIR/more" | ip -n "${LAB}frr" -batch -
    head -n 10 "$LAB_DIR/table" | sed 's/^/route del blackhole /' | ip -n "${LAB}frr" -batch -
    { tail -n +11 "$LAB_DIR/table" && cat "$LAB_DIR/more"; } >"$LAB_DIR/changed"
    mv "$LAB_DIR/changed" "$LAB_DIR/table"
    lab_wait 20 frr_is frr "$LAB_DIR/table" || fail "FRR did not take the changes over"
    learn_changed 10.77.1.2
}
# BIRD knows no mark.
case_bird_again() {
    lab_peer bird 2 30
    routes 2500 >"$LAB_DIR/table"
    bird_conf bird 10.77.2.2 "$LAB_DIR/table"
    lab_bird bird
    learn_again bird 10.77.2.2
    routes 2525 10 >"$LAB_DIR/table"
    bird_conf bird 10.77.2.2 "$LAB_DIR/table"
    lab_reconfigure bird
    lab_wait 5 sh -c "birdc -s '$LAB_DIR/bird/bird.ctl' show route count | grep -q '^2525 of'"
    learn_changed 10.77.2.2
}

# The routes are there for the next process, without an update.
case_restart() {
    bird_case 100
    client bird updates=0
    learned 0 "$LAB_DIR/routes"
}

# ---- the host's own table -----------------------------------------------------------------------

# host_value NAME NUMBER: a value of Parameters.
host_value() {
    lab_wine reg add 'HKLM\SYSTEM\CurrentControlSet\Services\RemoteAccess\Parameters' \
        /v "$1" /t REG_DWORD /d "$2" /f >/dev/null || fail "reg add $1"
}
# in_host FILE: the kernel's routes with the router's number are exactly these, by BIRD.
in_host() {
    sort "$1" >"$LAB_DIR/expected"
    ip -n "$LAB" -N route show proto 77 |
        awk '$2 == "via" && $3 == "10.77.2.2" && $4 == "dev" && $5 == "bird" {
            print $1 (index($1, "/") ? "" : "/32") }' | sort |
        cmp -s "$LAB_DIR/expected" -
}
reach_host() {
    lab_wait 20 in_host "$1" && return
    ip -n "$LAB" -N route show proto 77 | head -n 5
    fail "$2: the kernel has $(ip -n "$LAB" -N route show proto 77 | wc -l) of the router's routes, not" \
        "the $(wc -l <"$1") of $1"
}
# A router that ends before mprnetlink has begun leaves what is there to the next one.
routes_go_without_a_link() {
    client bird updates=0
    lab_wait 3 in_host "$LAB_DIR/none"
}
others_untouched() {
    ip -n "$LAB" route show proto static >"$LAB_DIR/others.now"
    cmp -s "$LAB_DIR/others" "$LAB_DIR/others.now" || fail "$1: a static route was touched"
}
# The router's process in the namespace, killed.
kill_router() {
    for pid in $(ip netns pids "$LAB"); do
        case $(cat "/proc/$pid/comm" 2>/dev/null) in
        interop_client*) kill -9 "$pid" ;;
        esac
    done
    wait "$client" || true
    client=
    lab_wait 20 no_helper || fail "mprnetlink outlived its router"
}
helpers() {
    for pid in $(ip netns pids "$LAB"); do
        [ "$(cat "/proc/$pid/comm" 2>/dev/null)" != mprnetlink ] || echo "$pid"
    done
}
no_helper() {
    [ -z "$(helpers)" ]
}
log_has_line() {
    grep -q "$1" "$LAB_DIR/client.out"
}
# pings ADDRESS: an echo request (RFC 792) from the client's namespace is answered.
pings() {
    ip netns exec "$LAB" python3 -c '
import socket, struct, sys
s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
s.settimeout(10)
s.connect((sys.argv[1], 0))
s.send(struct.pack("!BBHHH", 8, 0, 0xF7FF, 0, 0))
answer = s.recv(1500)
sys.exit(answer[20] != 0)' "$1" || fail "no ping to $1"
}
# forwards_is DIGIT [write]: net.ipv4.ip_forward of the client's namespace; it is set to that first.
forwards_is() {
    [ $# = 1 ] || ip netns exec "$LAB" sh -c "echo $1 >/proc/sys/net/ipv4/ip_forward"
    [ "$(ip netns exec "$LAB" cat /proc/sys/net/ipv4/ip_forward)" = "$1" ] ||
        fail "the host's forwarding is not $1"
}
start_learning() {
    rm -f "$LAB_DIR"/out.*
    client_start bird updates=3
    update 1
    result_is 1 NO_ERROR
    reach_host "$LAB_DIR/table" "$1"
}

# Routes that are learned are in the kernel, packets follow them, and they go: with the link, with the
# router, also when it is killed; or they stay, and the next router takes away what it does not want.
case_host_routes() {
    cp "$MPR_BUILD/$architecture/bin/mprnetlink" "$WINEPREFIX/drive_c/windows/$folder/"
    export MPRAPI_LOG=stderr MPRAPI_LOG_LEVEL=info
    host_value HostRoutes 1
    lab_peer bird 2
    routes 200 >"$LAB_DIR/table"
    : >"$LAB_DIR/none"
    bird_conf bird 10.77.2.2 "$LAB_DIR/table"
    lab_bird bird
    forwards_is 0 write
    host_value HostForwarding 1
    behind=$(awk -F/ 'NR == 1 { print $1 }' "$LAB_DIR/table")
    ip -n "${LAB}bird" addr add "$behind/32" dev lo
    ip -n "$LAB" route add 192.0.2.0/24 via 10.77.2.2 proto static
    ip -n "$LAB" route add "$(sed -n 2p "$LAB_DIR/table")" via 10.77.2.2 proto static metric 5000
    ip -n "$LAB" route show proto static >"$LAB_DIR/others"

    start_learning "after an update"
    reaches "$behind"
    pings "$behind"
    forwards_is 1
    for pid in $(helpers); do kill -9 "$pid"; done
    in_host "$LAB_DIR/table" || fail "routes went with a killed mprnetlink"
    lab_wait 20 log_has_line '200 were there' || fail "there is no other mprnetlink"
    reach_host "$LAB_DIR/table" "with the second mprnetlink"
    go_on 1
    update 2
    reach_host "$LAB_DIR/table" "after the same routes once more"
    tr -d '\r' <"$LAB_DIR/out.2.host" | awk '$2 == "10.77.2.2" && $3 == 2 { print $1 }' | sort >"$LAB_DIR/seen"
    sort "$LAB_DIR/table" | cmp -s - "$LAB_DIR/seen" || fail "GetIpForwardTable has others"
    ip -n "$LAB" route del 192.0.2.0/24
    ip -n "$LAB" link set bird down
    ip -n "$LAB" route show proto 77 | cmp -s "$LAB_DIR/none" - || fail "routes over a link that is down"
    lab_wait 20 log_says_lost || fail "the router has not seen the link go"
    ip -n "$LAB" link set bird up
    sleep 1
    reach_host "$LAB_DIR/none" "after the link was lost"
    forwards_is 1
    kill_router
    forwards_is 0 # the first mprnetlink was killed; the second one knew
    host_value HostForwarding 0
    ip -n "$LAB" route add 192.0.2.0/24 via 10.77.2.2 proto static
    ip -n "$LAB" route add "$(sed -n 2p "$LAB_DIR/table")" via 10.77.2.2 proto static metric 5000
    ip -n "$LAB" route show proto static >"$LAB_DIR/others"

    start_learning "in the second router"
    forwards_is 0
    log_has_line "the host forwards no packets of IPv4" || fail "nobody said that the host forwards nothing"
    kill_router
    reach_host "$LAB_DIR/none" "after the second router was killed"
    others_untouched "killed"

    host_value HostRoutesStay 1
    start_learning "in the third router"
    kill_router
    in_host "$LAB_DIR/table" || fail "routes that are to stay have gone"
    host_value HostRoutesStay 0
    # Another one has the host: said at once, and its turn comes.
    mkfifo "$LAB_DIR/other.in"
    ip netns exec "$LAB" "$MPR_BUILD/$architecture/bin/mprnetlink" --at-end keep \
        <>"$LAB_DIR/other.in" >"$LAB_DIR/other.out" 2>&1 9>&- &
    other=$!
    echo "$other" >"$LAB_DIR/bird/other.pid" # lab_stop ends it, should this case fail
    lab_wait 10 test -s "$LAB_DIR/other.out" || fail "mprnetlink does not start"
    rm -f "$LAB_DIR"/out.*
    client_start bird updates=2
    update 1
    lab_wait 20 log_has_line "another router (process $other of the host)" || fail "nobody said who has the host"
    kill "$other"
    wait "$other" || fail "the other mprnetlink ended with $?"
    lab_wait 20 log_has_line '200 were there' || fail "the router's turn has not come"
    kill_router
    reach_host "$LAB_DIR/none" "after the fourth router was killed"

    host_value HostRoutesStay 1
    start_learning "in the fifth router"
    kill_router
    host_value HostRoutesStay 0
    # One that ends at once may not even have begun to look at the host.
    for try in 1 2 3 4 5 6 7 8 9 10; do
        ! routes_go_without_a_link || break
    done
    reach_host "$LAB_DIR/none" "after the sixth router began without a link"
    others_untouched "cleaned"
}
log_says_lost() {
    grep -qi 'INTERFACE_DISCONNECTED\|ERROR_INTERFACE_UNREACHABLE' "$LAB_DIR/client.out"
}

# Nobody has said anything of routes: an installed, shared router puts them into the host; and takes
# them away when the interface is disconnected.
case_host_routes_shared() {
    cp "$MPR_BUILD/$architecture/bin/mprnetlink" "$MPR_BUILD/$architecture/bin/mprsvc.exe" \
        "$WINEPREFIX/drive_c/windows/$folder/"
    lab_peer bird 2
    routes 50 >"$LAB_DIR/table"
    : >"$LAB_DIR/none"
    bird_conf bird 10.77.2.2 "$LAB_DIR/table"
    lab_bird bird
    lab_wine "C:\\windows\\$folder\\mprsvc.exe" --register || fail "mprsvc.exe --register"
    client_start bird updates=2
    update 1
    result_is 1 NO_ERROR
    reach_host "$LAB_DIR/table" "by the shared router"
    go_on 1
    client_end
    reach_host "$LAB_DIR/none" "after the interface was disconnected"
}

# client_apart PROGRAM: in a folder of its own with the library and mprnetlink, which can go then.
client_apart() {
    client_program=$1
    client_folder=$LAB_DIR/bin
    mkdir "$client_folder"
    cp "$MPR_BUILD/$architecture/bin/$1.exe" "$MPR_BUILD/$architecture/bin/mprapi.dll" \
        "$MPR_BUILD/$architecture/bin/mprnetlink" "$client_folder/"
}
# host_routes_begin: a neighbour with routes, and routes of others beside the router's.
host_routes_begin() {
    client_apart interop_client
    export MPRAPI_LOG=stderr MPRAPI_LOG_LEVEL=info
    host_value HostRoutes 1
    host_value HostForwarding 1
    lab_peer bird 2
    forwards_is 0 write
    routes 150 >"$LAB_DIR/table"
    : >"$LAB_DIR/none"
    bird_conf bird 10.77.2.2 "$LAB_DIR/table"
    lab_bird bird
    ip -n "$LAB" route add 192.0.2.0/24 via 10.77.2.2 proto static
    ip -n "$LAB" route add "$(sed -n 2p "$LAB_DIR/table")" via 10.77.2.2 proto static metric 5000
    ip -n "$LAB" route show proto static >"$LAB_DIR/others"
}
# by_ip WHEN: routes come and go with a router whose log has that line.
by_ip() {
    start_learning "$1"
    forwards_is 1
    log_has "ip (iproute2) is tried in its place"
    log_has "forwarding was switched on at the host, and will be switched off: net.ipv4.ip_forward"
    kill_router
    forwards_is 0
    reach_host "$LAB_DIR/none" "$1, and the router was killed"
    others_untouched "$1"
}
# without_routes LINE WHEN: none in the host; the log says why, once, and the router's own table is right.
without_routes() {
    rm -f "$LAB_DIR"/out.*
    client_start bird updates=2
    update 1
    result_is 1 NO_ERROR
    expect "$LAB_DIR/table" 10.77.2.2 >"$LAB_DIR/routes"
    learned 1 "$LAB_DIR/routes"
    lab_wait 20 log_has_line "$1" || fail "$2: the log lacks: $1"
    go_on 1
    update 2
    client_end
    learned 2 "$LAB_DIR/routes"
    [ "$(grep -c "$1" "$LAB_DIR/client.out")" = 1 ] || fail "$2: the log has it more than once"
    reach_host "$LAB_DIR/none" "$2"
    others_untouched "$2"
}

# What is there when mprnetlink is not, or may not: ip, where that is there and may, else a word in the log.
case_host_routes_ip() {
    host_routes_begin
    no_right="setpriv --bounding-set=-net_admin --inh-caps=-net_admin"
    client_before=$no_right
    without_routes "may not change the host's network" "without a right"

    # mprnetlink has no right, and ip has.
    mv "$client_folder/mprnetlink" "$client_folder/another"
    printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$no_right" "$client_folder/another" >"$client_folder/mprnetlink"
    chmod 755 "$client_folder/mprnetlink"
    client_before=
    by_ip "with a right of ip's only"

    rm "$client_folder/mprnetlink"
    # What a killed router of another sort has left goes first; what others have stays where it is in the way.
    ip -n "$LAB" route add 198.18.0.0/15 via 10.77.2.2 proto 77
    by_ip "without mprnetlink"
    taken=$(sed -n 1p "$LAB_DIR/table")
    ip -n "$LAB" route add "$taken" via 10.77.2.2 proto static metric 2
    ip -n "$LAB" route show proto static >"$LAB_DIR/others"
    cp "$LAB_DIR/table" "$LAB_DIR/all"
    rm -f "$LAB_DIR"/out.*
    client_start bird updates=2
    update 1
    sed 1d "$LAB_DIR/all" >"$LAB_DIR/table"
    reach_host "$LAB_DIR/table" "beside another's route of the same metric"
    others_untouched "same metric"
    log_has "the host does not take 1 of the routes"
    host_value HostRoutesStay 1
    kill_router
    reach_host "$LAB_DIR/none" "after that"
    ip -n "$LAB" route del "$taken" proto static
    ip -n "$LAB" route show proto static >"$LAB_DIR/others"
    cp "$LAB_DIR/all" "$LAB_DIR/table"

    start_learning "to stay"
    kill_router
    in_host "$LAB_DIR/table" || fail "routes that are to stay have gone"
    forwards_is 1
    forwards_is 0 write
    host_value HostRoutesStay 0
    by_ip "after they stayed"

    # No ip, either: in the mounts of the client's own.
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nmount --bind /dev/null "$(readlink -f "$(command -v ip)")"\nexec "$@"\n' >"$LAB_DIR/no-ip"
    chmod 755 "$LAB_DIR/no-ip"
    client_before="$LAB_DIR/no-ip"
    without_routes "there is no ip (iproute2) on the host either" "without mprnetlink and ip"
    client_before=$no_right
    without_routes "may not change the host's network" "without mprnetlink and a right"
}

# kill_named PATTERN: the programs of that name in the namespace, killed.
kill_named() {
    for pid in $(ip netns pids "$LAB"); do
        # shellcheck disable=SC2254
        case $(cat "/proc/$pid/comm" 2>/dev/null) in
        $1) kill -9 "$pid" 2>/dev/null || true ;;
        esac
    done
}
foreign_routes() {
    ip -n "$LAB" -N -4 route show table all | grep -v ' proto 77 '
    ip -n "$LAB" -N -6 route show proto static
}
foreign_untouched() {
    foreign_routes >"$LAB_DIR/foreign.now"
    cmp -s "$LAB_DIR/foreign" "$LAB_DIR/foreign.now" || {
        diff "$LAB_DIR/foreign" "$LAB_DIR/foreign.now" || true
        fail "$1: another's route was touched"
    }
}
# kill_moments: lines of milliseconds after the start of a client, what is killed then, and whether all has to
# be right before, always the same for a seed.
kill_moments() {
    awk -v seed="$KILL_SEED" -v count="$1" 'BEGIN {
        srand(seed)
        for (; count > 0; count--)
            print int(rand() * 2500), substr("router helper both  ", int(rand() * 3) * 7 + 1, 6), rand() < 0.3 }'
}
# killed_once MILLISECONDS WHAT RIGHT
killed_once() {
    rm -f "$LAB_DIR"/out.*
    client_start bird updates=2
    if [ "$3" = 1 ]; then
        update 1
        result_is 1 NO_ERROR
        reach_host "$LAB_DIR/table" "at the start after the one that was killed"
    fi
    sleep "$(awk -v ms="$1" 'BEGIN { print ms / 1000 }')"
    [ "$2" = helper ] || kill_named 'mprsvc.exe'
    [ "$2" = router ] || kill_named mprnetlink
    if [ "$3$2" = 1helper ]; then
        in_host "$LAB_DIR/table" || fail "routes went with a killed mprnetlink"
        lab_wait 20 another_helper || fail "there is no other mprnetlink"
        reach_host "$LAB_DIR/table" "with another mprnetlink"
    fi
    foreign_untouched "$2 killed after $1 ms"
    end_killed
}
another_helper() {
    [ -n "$(helpers)" ]
}
# The client, which starts again what was killed before it said a word, and its router.
end_killed() {
    until lab_gone "$client"; do
        kill_named 'interop_client*'
        sleep 0.1
    done
    wait "$client" || true
    client=
    kill_named 'mprsvc.exe'
}

# An installed router, mprnetlink, or both, are killed at random moments, again and again: others' routes are
# never touched, and the next start is right, whatever was left. KILL_MOMENTS in the environment says how often.
case_host_routes_killed() {
    : "${KILL_SEED:=$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}"
    echo "KILL_SEED=$KILL_SEED"
    cp "$MPR_BUILD/$architecture/bin/mprnetlink" "$MPR_BUILD/$architecture/bin/mprsvc.exe" \
        "$WINEPREFIX/drive_c/windows/$folder/"
    lab_peer bird 2
    routes 300 >"$LAB_DIR/table"
    : >"$LAB_DIR/none"
    bird_conf bird 10.77.2.2 "$LAB_DIR/table"
    lab_bird bird
    ip -n "$LAB" -6 route add 2001:db8:5::/48 dev bird proto static
    for n in 2 3 4 5 6 7 8 9; do
        ip -n "$LAB" route add "$(sed -n ${n}p "$LAB_DIR/table")" via 10.77.2.2 proto static metric $((5000 + n))
        ip -n "$LAB" route add "$(sed -n ${n}p "$LAB_DIR/table")" via 10.77.2.2 proto bird metric 1
        ip -n "$LAB" route add "198.18.$n.0/24" dev bird proto kernel
    done
    foreign_routes >"$LAB_DIR/foreign"
    lab_wine "C:\\windows\\$folder\\mprsvc.exe" --register || fail "mprsvc.exe --register"
    kill_moments "${KILL_MOMENTS:-5}" >"$LAB_DIR/moments"
    while read -r ms what right <&6; do
        killed_once "$ms" "$what" "$right"
    done 6<"$LAB_DIR/moments"
    rm -f "$LAB_DIR"/out.*
    client_start bird updates=2
    update 1
    result_is 1 NO_ERROR
    reach_host "$LAB_DIR/table" "at the last start"
    go_on 1
    client_end
    kill_named 'mprsvc.exe'
    reach_host "$LAB_DIR/none" "after all"
    foreign_untouched "after all"
    lab_wait 20 no_helper || fail "mprnetlink outlived its router"
}

# ---- events of adapters ---------------------------------------------------------------------------

# watch_start: interop_watch over the adapter "bird"; its lines come to client.out. Its input is a FIFO,
# so that a client which Wine did not start is no reason to wait.
watch_start() {
    rm -f "$LAB_DIR/commands"
    mkfifo "$LAB_DIR/commands"
    exec 5<>"$LAB_DIR/commands"
    {
        exec 5>&- # or its input would never end
        client_run bird
    } <"$LAB_DIR/commands" &
    client=$!
}
# watch_end: the router ends with it, and mprnetlink with the router.
watch_end() {
    exec 5>&-
    client_end
    lab_wait 20 no_helper || fail "mprnetlink outlived its router"
}
# watch_says WORD TIMES: so many lines so far.
watch_said() {
    [ "$(grep -c "^$1" "$LAB_DIR/client.out")" -ge "$2" ]
}
watch_says() {
    lab_wait 30 watch_said "$1" "$2" || fail "the router has not said $1 for the ${2}th time"
}
has_carrier() {
    [ "$(ip netns exec "$LAB" cat /sys/class/net/bird/carrier)" = 1 ]
}
# watch_connects TIMES: again and again, until the router has seen that the adapter is there.
watch_connected() {
    ! watch_said connected "$1" || return 0
    echo >&5
    sleep 0.5
    watch_said connected "$1"
}
watch_connects() {
    lab_wait 20 has_carrier || fail "the link has no carrier"
    lab_wait 20 watch_connected "$1" || fail "the interface is not connected for the ${1}th time"
}
looks() {
    grep -c 'adapters: the system is asked' "$LAB_DIR/client.out"
}

# Adapters are looked at when something has changed, and at no other time: they are polled once in an hour,
# or fifty times a second, where nobody tells of changes, and here all is the same with either. No route goes
# anywhere for it, and no right is needed.
case_adapter_events() {
    client_apart interop_watch
    export MPRAPI_LOG=stderr MPRAPI_LOG_LEVEL=debug
    host_value AdapterEvents 1
    host_value AdapterPoll 3600000
    lab_peer bird 2
    client_before="setpriv --bounding-set=-net_admin --inh-caps=-net_admin"
    watch_start
    watch_connects 1
    ip -n "${LAB}bird" link set eth0 down # the carrier
    watch_says disconnected 1
    ip -n "${LAB}bird" link set eth0 up
    watch_connects 2
    ip -n "$LAB" addr flush dev bird # its address
    watch_says disconnected 2
    ip -n "$LAB" addr add 10.77.2.1/24 brd + dev bird
    watch_connects 3
    ip -n "$LAB" link del bird # all of it
    watch_says disconnected 3
    watch_end
    client_before=

    host_value AdapterPoll 20
    ip -n "$LAB" link add bird type veth peer name eth0 netns "${LAB}bird"
    ip -n "$LAB" addr add 10.77.2.1/24 brd + dev bird
    ip -n "${LAB}bird" link set eth0 up
    ip -n "$LAB" link set bird up
    watch_start
    watch_connects 1
    sleep 3 # IPv6 has addresses of its own by then
    before=$(looks)
    sleep 2
    [ "$(looks)" = "$before" ] || fail "the system was asked $(($(looks) - before)) times, and nothing had happened"
    # Without it, adapters are polled.
    rm "$client_folder/mprnetlink"
    for pid in $(helpers); do kill -9 "$pid"; done
    lab_wait 30 log_has_line 'mprnetlink has ended (-' || fail "mprnetlink is there although it was removed"
    ip -n "${LAB}bird" link set eth0 down
    watch_says disconnected 1
    watch_end
}

# ---- packet filters ------------------------------------------------------------------------------

# answers NAMESPACE ADDRESS: an echo request is answered within three seconds. PAD octets make it as
# long as is wanted.
answers() {
    ip netns exec "$1" python3 -c '
import socket, struct, sys, time
def total(data):
    s = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    s = (s >> 16) + (s & 0xFFFF)
    return ~(s + (s >> 16)) & 0xFFFF
body = bytes(int(sys.argv[2]))
head = struct.pack("!BBHHH", 8, 0, 0, 0, 0)
s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
s.settimeout(0.5)
s.connect((sys.argv[1], 0))
end = time.monotonic() + 3
while time.monotonic() < end:
    s.send(struct.pack("!BBHHH", 8, 0, total(head + body), 0, 0) + body)
    try:
        if s.recv(65535)[20] == 0: sys.exit(0)
    except OSError:
        pass
sys.exit(1)' "$2" "${PAD:-0}"
}
mprctl() {
    MPRAPI_ROUTER=shared lab_wine "$MPR_BUILD/$architecture/bin/mprctl.exe" "$@"
}
# filters_are NUMBER: so many tables of ours are there.
filters_are() {
    [ "$(ip netns exec "$LAB" nft list tables | grep -c '^table inet mprapi_')" = "$1" ]
}
filters_become() {
    lab_wait 20 filters_are "$1" && return
    ip netns exec "$LAB" nft list ruleset
    fail "$2: there are not $1 tables"
}
filters_have() {
    ip netns exec "$LAB" nft list ruleset | grep -q "$1"
}
# filter_list ACTION DEST MASK PROTOCOL TYPE [PORT]: a FILTER_DESCRIPTOR of one filter, in hexadecimal. ACTION
# is what the filter does: 0 forward, 1 drop, and the opposite for the rest; TYPE is an ICMP type, and any code;
# with PORT of TCP or UDP it is 0.
filter_list() {
    python3 -c '
import ipaddress, struct, sys
action, dest, mask, protocol, icmp_type, *port = sys.argv[1:]
address = lambda text: ipaddress.ip_address(text).packed
print((struct.pack("<3I", 1, 1, 1 - int(action)) + bytes(8) + address(dest) + address(mask) +
       struct.pack("<2I", int(protocol), 0) +
       (struct.pack(">2H", 0, int(port[0])) if port else struct.pack("<2H", int(icmp_type), 255))).hex())' "$@"
}
# filters_set ADAPTER BLOCK DATA: block 0xFFFF0000 + BLOCK of its interface; no DATA takes it away.
filters_set() {
    filters_block=$((0xFFFF0000 + $2))
    if [ -n "$3" ]; then
        mprctl blocks set "$filters_block" "$3" "name=$1" >"$LAB_DIR/mprctl.out" ||
            fail "block $2 of $1: $(cat "$LAB_DIR/mprctl.out")"
    else
        mprctl blocks delete "$filters_block" "name=$1" >"$LAB_DIR/mprctl.out" ||
            fail "no block $2 of $1: $(cat "$LAB_DIR/mprctl.out")"
    fi
}
service_kill() {
    for pid in $(ip netns pids "$LAB"); do
        case $(cat "/proc/$pid/comm" 2>/dev/null) in
        mprsvc*) kill -9 "$pid" ;;
        esac
    done
    wait "$client" || true
    client=
}
service_stop() {
    lab_wine "$MPR_BUILD/$architecture/bin/mprsvc.exe" --stop || fail "mprsvc.exe --stop: $?"
    lab_wait 60 lab_gone "$client" || fail "the router does not stop"
    client=
}
# service_start: the router that programs share, in the namespace.
service_start() {
    : >"$LAB_DIR/client.out"
    # shellcheck disable=SC2086
    ip netns exec "$LAB" ${service_before:-} "$MPR_WINE" "$MPR_BUILD/$architecture/bin/mprctl.exe" service run \
        </dev/null >"$LAB_DIR/client.out" 2>&1 9>&- &
    client=$!
    lab_wait 60 log_has_line 'is the one that programs share' || fail "there is no router"
}
# Filters that are set are those that packets meet, of what is forwarded and of what is sent from here;
# they go with the blocks and with the router, and one that a killed router left goes with the next.
case_host_filters() {
    command -v nft >/dev/null || skip "nft is not installed"
    [ -e "$MPR_BUILD/$architecture/bin/mprctl.exe" ] || skip "mprctl is not built"
    export MPRAPI_LOG=stderr MPRAPI_LOG_LEVEL=info
    lab_peer near 2
    lab_peer far 3
    ip netns exec "$LAB" nft add table inet others
    ip netns exec "$LAB" sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
    ip -n "${LAB}near" route add default via 10.77.2.1
    ip -n "${LAB}far" route add default via 10.77.3.1
    answers "${LAB}near" 10.77.3.2 || fail "nothing is forwarded without filters"

    # Off, and without the right to: the router says that nothing is filtered.
    service_start
    filters_set near 1 "$(filter_list 1 10.77.3.0 255.255.255.0 1 8)"
    lab_wait 20 log_has_line 'which are kept and NOT applied' || fail "nobody said that it is off"
    service_stop
    mprctl parameters set hostfilters=1 >/dev/null || fail "mprctl parameters set"
    service_before="setpriv --bounding-set=-net_admin --inh-caps=-net_admin"
    service_start
    lab_wait 20 log_has_line 'packet filters are NOT in force' || fail "nobody said that nft failed"
    answers "${LAB}near" 10.77.3.2 || fail "a filter is in force"
    service_stop
    service_before=
    filters_become 0 "without rights"

    service_start
    filters_become 1 "that was stored"
    # Received: echo requests to 10.77.3.0/24 are dropped, the rest is not.
    lab_wait 20 filters_have 'icmp type echo-request drop' || fail "the rule is not there"
    ! answers "${LAB}near" 10.77.3.2 || fail "what is to be dropped was forwarded"
    answers "${LAB}near" 10.77.2.1 || fail "what no filter matches was dropped"
    answers "${LAB}far" 10.77.2.2 || fail "another interface has the filter"

    # Received: nothing but echo requests to this machine. Sent: no answers to them.
    filters_set near 1 "$(filter_list 0 10.77.2.1 255.255.255.255 1 8)"
    lab_wait 20 filters_have 'icmp type echo-request accept' || fail "the other rule is not there"
    answers "${LAB}near" 10.77.2.1 || fail "what a filter lets pass was dropped"
    ! answers "${LAB}far" 10.77.2.2 || fail "an answer that is to be dropped was forwarded"
    filters_set near 2 "$(filter_list 1 0.0.0.0 0.0.0.0 1 0)"
    lab_wait 20 filters_have 'icmp type echo-reply drop' || fail "the rule for sending is not there"
    ! answers "${LAB}near" 10.77.2.1 || fail "what is to be dropped was sent"
    filters_set near 1 ''
    filters_set near 2 ''
    filters_become 0 "without blocks"
    answers "${LAB}near" 10.77.3.2 || fail "nothing is forwarded after the filters"

    # Fragments.
    PAD=3000 answers "${LAB}near" 10.77.3.2 || fail "fragments are dropped without a filter"
    filters_set near 13 01000000
    filters_become 1 "with the check for fragments"
    ! PAD=3000 answers "${LAB}near" 10.77.3.2 || fail "fragments were forwarded"
    answers "${LAB}near" 10.77.3.2 || fail "what is no fragment was dropped"

    # A killed router's table stays, and goes with the next router, if that knows of no filter.
    service_kill
    filters_are 1 || fail "the table went with a killed router"
    lab_wine reg delete 'HKLM\SYSTEM\CurrentControlSet\Services\RemoteAccess\Interfaces' /f >/dev/null ||
        fail "no interface was stored"
    service_start
    filters_become 0 "in the second router"
    filters_set near 13 01000000
    filters_become 1 "of the second router"
    service_stop
    filters_become 0 "after the end"
    ip netns exec "$LAB" nft list tables | grep -q '^table inet others$' || fail "another table is gone"
}

# ---- static routes -------------------------------------------------------------------------------

# one_route REST...: the router has one route in the kernel, to 10.50.0.0/16, and this is it.
one_route() {
    [ "$(ip -n "$LAB" -N route show proto 77 | sed 's/ *$//')" = "10.50.0.0/16 $*" ]
}
route_becomes() {
    route_why=$1
    shift
    lab_wait 20 one_route "$@" && return
    ip -n "$LAB" -N route show
    fail "$route_why: the route is not $*"
}
# Of two static routes the kernel has the one of better preference, else of lower metric, whose interface
# is not switched off; and has it again when the router starts.
case_host_static() {
    [ -e "$MPR_BUILD/$architecture/bin/mprctl.exe" ] || skip "mprctl is not built"
    cp "$MPR_BUILD/$architecture/bin/mprnetlink" "$MPR_BUILD/$architecture/bin/mprsvc.exe" \
        "$WINEPREFIX/drive_c/windows/$folder/"
    export MPRAPI_LOG=stderr MPRAPI_LOG_LEVEL=info
    host_value HostRoutes 1
    lab_peer near 2
    lab_peer far 3
    service_start
    static_do static-routes add 10.50.0.0/16 near nhop=10.77.2.2 metric=5
    route_becomes "the first" via 10.77.2.2 dev near metric 5
    static_do static-routes add 10.50.0.0/16 far nhop=10.77.3.2 metric=9
    static_do blocks set 0xFFFF0004 02000000 name=near
    route_becomes "an interface is switched off" via 10.77.3.2 dev far metric 9
    static_do blocks set 0xFFFF0004 01000000 name=near
    route_becomes "it is switched on again" via 10.77.2.2 dev near metric 5
    static_do preferences set nondod 2
    static_do static-routes add 10.50.0.0/16 far nhop=10.77.3.2 metric=9 proto=nondod
    route_becomes "another preference" via 10.77.3.2 dev far metric 9
    static_do preferences set nondod 8
    route_becomes "the former preference" via 10.77.2.2 dev near metric 5
    ip -n "$LAB" link set near down
    route_becomes "its link is lost" via 10.77.3.2 dev far metric 9
    ip -n "$LAB" link set near up
    route_becomes "the link is back" via 10.77.2.2 dev near metric 5
    service_stop
    lab_wait 20 no_routes || fail "routes are left of a router that has ended"
    service_start
    route_becomes "the router starts" via 10.77.2.2 dev near metric 5
    static_do static-routes delete 10.50.0.0/16 near
    route_becomes "it is deleted" via 10.77.3.2 dev far metric 9
    service_stop
}
no_routes() {
    [ -z "$(ip -n "$LAB" route show proto 77)" ]
}
static_do() {
    mprctl "$@" >"$LAB_DIR/mprctl.out" || fail "mprctl $*: $(cat "$LAB_DIR/mprctl.out")"
}

# ---- clients ------------------------------------------------------------------------------------

# road ADAPTER ADDRESS: a point-to-point link, as pppd makes them: the other end is ADDRESS.
road() {
    ip link add "$1" netns "$LAB" type veth peer name "$1" netns "${LAB}road"
    ip -n "$LAB" addr add 10.8.0.1 peer "$2/32" dev "$1"
    ip -n "${LAB}road" addr add "$2" peer 10.8.0.1/32 dev "$1"
    ip -n "${LAB}road" link set "$1" up
    ip -n "$LAB" link set "$1" up
}

# road_send ADAPTER: some octets from that client.
road_send() {
    ip netns exec "${LAB}road" python3 -c '
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, sys.argv[1].encode())
s.sendto(b"octets", ("10.8.0.1", 9))' "$1" || fail "nothing can be sent over $1"
}

clients_now() {
    tr -d '\r' <"$LAB_DIR/out.now" | sort | cmp -s - "$LAB_DIR/expected"
}
# clients_are LINE...: the router's connections, in the order of their names.
clients_are() {
    : >"$LAB_DIR/expected"
    [ $# = 0 ] || printf '%s\n' "$@" >"$LAB_DIR/expected"
    lab_wait 30 clients_now || {
        cat "$LAB_DIR/out.now"
        fail "the clients are not: $*"
    }
}

# Octets that came before the client was one are none of its own, so they are sent late.
case_clients() {
    lab_namespace road
    client_program=interop_clients
    client_start "c*"
    lab_wait 60 test -e "$LAB_DIR/out.now" || fail "there is no router"
    clients_are
    road d0 10.8.0.4
    road c0 10.8.0.5
    road c1 10.8.0.6
    lab_wait 30 grep -q c1 "$LAB_DIR/out.now" || fail "no second client"
    road_send c0
    road_send c1
    clients_are "c0 10.8.0.5 counted" "c1 10.8.0.6 counted"
    ip -n "$LAB" link set c0 down
    clients_are "c1 10.8.0.6 counted"
    ip -n "$LAB" link set c0 up
    lab_wait 30 grep -q c0 "$LAB_DIR/out.now" || fail "the first one does not come back"
    ip -n "$LAB" link del c0
    ip -n "$LAB" link del c1
    clients_are
    touch "$LAB_DIR/out.end"
    client_end
}

# ---- dialers: the scripts of examples/dialers ----------------------------------------------------

dialers=$MPR_TOP/examples/dialers

# dial_start TIMES COMMAND [USER PASSWORD]: with the adapter tun9.
dial_start() {
    client_program=interop_dial
    MPRAPI_LOG=stderr MPRAPI_LOG_LEVEL=info
    export MPRAPI_LOG MPRAPI_LOG_LEVEL
    client_start tun9 "$@"
}
# dialled N: waits for the result of the N-th connect.
dialled() {
    update "$1"
    sed 's/\r$//' "$LAB_DIR/out.$1.link" >"$LAB_DIR/link" 2>/dev/null || : >"$LAB_DIR/link"
}
# dial_result_is N CODE: of the call, and dwLastError.
dial_result_is() {
    result_is "$1" "$2 $2"
}
link_is() {
    printf '%s\n' "$@" | cmp -s - "$LAB_DIR/link" && return
    cat "$LAB_DIR/link"
    fail "the link is not: $*"
}
hang_up() {
    touch "$LAB_DIR/out.$1.go"
}
# The log has a line, and no line has a word.
log_has() {
    grep -q "$1" "$LAB_DIR/client.out" || fail "the log lacks: $1"
}
log_lacks() {
    ! grep -q "$1" "$LAB_DIR/client.out" || fail "the log has: $1"
}
# reaches ADDRESS: there is a host that refuses to talk.
reaches() {
    ip netns exec "$LAB" timeout 10 python3 -c '
import socket, sys
try:
    socket.create_connection((sys.argv[1], 9), 9)
except ConnectionRefusedError:
    sys.exit(0)
sys.exit(1)' "$1" || fail "nothing reaches $1"
}
tun9_is_gone() {
    lab_wait 10 sh -c "! ip -n '$LAB' link show tun9" || fail "the adapter is still there"
}

# Four times: Wine 8 keeps an adapter that was removed under its old index. There are never more
# interfaces than the three of every router (internal, loopback, and the one that is dialled).
case_dial_veth() {
    lab_namespace far
    dial_start 4 "$dialers/veth.sh tun9 10.9.0.1 10.9.0.2 ${LAB}far"
    for n in 1 2 3 4; do
        dialled $n
        dial_result_is $n 0
        link_is "10.9.0.1 10.9.0.2" "3 interfaces"
        reaches 10.9.0.2
        hang_up $n
    done
    client_end
    tun9_is_gone
}

# The adapter is up, and another program's: a dialer that ends with an error has not connected, nor
# has one that says nothing.
case_dial_taken() {
    ip -n "$LAB" link add tun9 type veth peer name other
    ip -n "$LAB" addr add 10.9.0.1/24 dev tun9
    ip -n "$LAB" link set other up
    ip -n "$LAB" link set tun9 up
    dial_start 1 "sleep 2; echo Device busy; exit 1"
    dialled 1
    dial_result_is 1 1003
    hang_up 1
    client_end
    log_has "says: Device busy"
}

# A server that takes one user. Its address is 10.77.4.2, and 10.8.0.1 in the tunnel.
openvpn_server() {
    for program in openvpn openssl; do
        command -v $program >/dev/null || skip "$program is not installed"
    done
    [ -c /dev/net/tun ] || skip "this machine has no /dev/net/tun"
    lab_peer far 4
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3 \
        -subj /CN=far -keyout "$LAB_DIR/far/key" -out "$LAB_DIR/far/certificate" 2>/dev/null
    cat >"$LAB_DIR/far/check" <<'END'
#!/bin/sh
[ "$(cat "$1")" = "ann
open sesame" ]
END
    chmod 755 "$LAB_DIR/far/check"
    cat >"$LAB_DIR/far/server.conf" <<END
dev tun0
mode server
tls-server
topology subnet
push "topology subnet"
ifconfig 10.8.0.1 255.255.255.0
ifconfig-pool 10.8.0.2 10.8.0.9
push "route-gateway 10.8.0.1"
push "dhcp-option DNS 10.8.0.1"
proto udp
port 1194
dh none
ca $LAB_DIR/far/certificate
cert $LAB_DIR/far/certificate
key $LAB_DIR/far/key
verify-client-cert none
username-as-common-name
script-security 2
auth-user-pass-verify $LAB_DIR/far/check via-file
keepalive 2 10
writepid $LAB_DIR/far/openvpn.pid
log $LAB_DIR/far/openvpn.log
END
    cat >"$LAB_DIR/client.conf" <<END
client
remote 10.77.4.2 1194 udp
nobind
ca $LAB_DIR/far/certificate
verb 3
END
    ip netns exec "${LAB}far" openvpn --config "$LAB_DIR/far/server.conf" --daemon 9>&-
    lab_wait 20 grep -q "Initialization Sequence Completed" "$LAB_DIR/far/openvpn.log" ||
        fail "the server did not start"
}
case_dial_openvpn() {
    openvpn_server
    dial_start 2 "$dialers/openvpn.sh tun9 $LAB_DIR/client.conf" ann "open sesame"
    for n in 1 2; do
        dialled $n
        dial_result_is $n 0
        head -n 1 "$LAB_DIR/link" | grep -q '^10\.8\.0\.[2-9]' ||
            fail "the link is $(cat "$LAB_DIR/link")"
        reaches 10.8.0.1
        hang_up $n
    done
    client_end
    tun9_is_gone
    log_has "says: .*Initialization Sequence Completed"
    log_has "dns=10.8.0.1"
    log_lacks sesame
}
case_dial_openvpn_refused() {
    openvpn_server
    dial_start 1 "$dialers/openvpn.sh tun9 $LAB_DIR/client.conf" ann "close sesame"
    dialled 1
    dial_result_is 1 691
    hang_up 1
    client_end
    log_has "says: .*AUTH_FAILED"
    log_lacks sesame
}

case_dial_wireguard() {
    for program in wg wg-quick; do
        command -v $program >/dev/null || skip "wireguard-tools is not installed"
    done
    ip -n "$LAB" link add wgprobe type wireguard 2>/dev/null || skip "this kernel has no WireGuard"
    ip -n "$LAB" link del wgprobe
    lab_peer far 4
    near_key=$(wg genkey)
    far_key=$(wg genkey)
    near_public=$(echo "$near_key" | wg pubkey)
    far_public=$(echo "$far_key" | wg pubkey)
    (
        umask 077
        printf '[Interface]\nPrivateKey = %s\nAddress = 10.8.0.2/24\n\n[Peer]\nPublicKey = %s\n%s\n' \
            "$near_key" "$far_public" "AllowedIPs = 10.8.0.0/24
Endpoint = 10.77.4.2:51820
PersistentKeepalive = 1" >"$LAB_DIR/tun9.conf"
        echo "$far_key" >"$LAB_DIR/far/key"
    )
    ip -n "${LAB}far" link add wg0 type wireguard
    ip netns exec "${LAB}far" wg set wg0 listen-port 51820 private-key "$LAB_DIR/far/key" \
        peer "$near_public" allowed-ips 10.8.0.2/32
    ip -n "${LAB}far" addr add 10.8.0.1/24 dev wg0
    ip -n "${LAB}far" link set wg0 up
    dial_start 1 "$dialers/wireguard.sh $LAB_DIR/tun9.conf"
    dialled 1
    dial_result_is 1 0
    head -n 1 "$LAB_DIR/link" | grep -q '^10\.8\.0\.2 ' || fail "the link is $(cat "$LAB_DIR/link")"
    reaches 10.8.0.1
    hang_up 1
    tun9_is_gone
    client_end
}

# ---- two machines that manage each other --------------------------------------------------------

# machine_run NAMESPACE PREFIX ARGUMENT...: tests/serve/rpc/router.c
machine_run() {
    machine_namespace=$1
    machine_prefix=$2
    shift 2
    WINEPREFIX=$machine_prefix ip netns exec "$machine_namespace" timeout -k 5 150 "$MPR_WINE" \
        "$MPR_BUILD/$architecture/bin/serve_rpc_router.exe" "$@" </dev/null 9>&-
}
# machine_start NAME NAMESPACE PREFIX ADDRESS
machine_start() {
    mkdir -p "$LAB_DIR/$1"
    machine_run "$2" "$3" "$4" 5135 "Z:$LAB_DIR/$1" >"$LAB_DIR/client.out.$1" 2>&1 &
    eval "machine_$1=$!"
    lab_wait 100 test -e "$LAB_DIR/$1/ready" || fail "the router of $1 does not listen"
}
# machine_manages FROM NAMESPACE PREFIX TO SERVER: what it is told is what the other one says itself.
machine_manages() {
    machine_run "$2" "$3" client "$5" "Z:$LAB_DIR/$1/$4.json" >"$LAB_DIR/client.out" 2>&1 ||
        fail "$1 can't manage $4 as $5: $?"
    cmp "$LAB_DIR/$1/$4.json" "$LAB_DIR/$4/local.json" || fail "$1 hears something else of $4"
    ! cmp -s "$LAB_DIR/$1/$4.json" "$LAB_DIR/$1/local.json" || fail "$1 manages itself"
}
# machine_reaches_none FROM NAMESPACE PREFIX SERVER
machine_reaches_none() {
    machine_rc=0
    machine_run "$2" "$3" client "$4" "Z:$LAB_DIR/none.json" >"$LAB_DIR/client.out" 2>&1 ||
        machine_rc=$?
    [ $machine_rc = 41 ] || fail "$1 asks $4 and gets $machine_rc"
}
case_machines() {
    [ -e "$MPR_BUILD/$architecture/bin/serve_rpc_router.exe" ] || skip "the router is not built"
    lab_peer far 5
    lab_prefix far
    far_prefix=$LAB_PREFIX
    machine_start near "$LAB" "$WINEPREFIX" 10.77.5.1
    machine_start far "${LAB}far" "$far_prefix" 10.77.5.2
    machine_manages near "$LAB" "$WINEPREFIX" far '\\10.77.5.2'
    machine_manages near "$LAB" "$WINEPREFIX" far '10.77.5.2[5135]'
    machine_manages far "${LAB}far" "$far_prefix" near '\\10.77.5.1'
    # at one address only, and at one port
    machine_reaches_none near "$LAB" "$WINEPREFIX" 127.0.0.1:5135
    machine_reaches_none near "$LAB" "$WINEPREFIX" '\\10.77.5.3'
    machine_reaches_none far "${LAB}far" "$far_prefix" 10.77.5.1:5136
    touch "$LAB_DIR/near/stop" "$LAB_DIR/far/stop"
    # shellcheck disable=SC2154
    wait "$machine_near" && wait "$machine_far" || fail "a router did not end well"
}
