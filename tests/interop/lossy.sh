# Neighbours behind a bad link: a fifth of the frames is lost, some come twice or are overtaken
# (bad_link.py). Sourced after ten.sh. LOSSY_SEED in the environment gives the same losses again.

# lossy_peer NAME NET LENGTH: a peer as of lab_peer6, through the namespace "middle".
lossy_peer() {
    : "${LOSSY_SEED:=$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}"
    echo "LOSSY_SEED=$LOSSY_SEED"
    lab_namespace middle
    lab_namespace "$1"
    for lossy_end in "$LAB $1 near" "$LAB$1 eth0 far"; do
        # shellcheck disable=SC2086
        set -- "$1" "$2" "$3" $lossy_end
        ip link add "$5" netns "$4" type veth peer name "$6" netns "${LAB}middle"
        ip netns exec "${LAB}middle" sh -c "echo 1 >/proc/sys/net/ipv6/conf/$6/disable_ipv6"
        ip netns exec "$4" sh -c "echo 0 >/proc/sys/net/ipv6/conf/$5/accept_dad"
        ip -n "${LAB}middle" link set "$6" up
        ip -n "$4" link set "$5" up
    done
    ip -n "$LAB" addr add "10.77.$2.1/$3" brd + dev "$1"
    ip -n "$LAB$1" addr add "10.77.$2.2/$3" brd + dev eth0
    ip -n "$LAB" addr add "fd00:77:$2::1/64" dev "$1" nodad
    ip -n "$LAB$1" addr add "fd00:77:$2::2/64" dev eth0 nodad
    lab_wait 10 usable6 "$LAB" "$1" || fail "$1 has no link-local address"
    lab_wait 10 usable6 "$LAB$1" eth0 || fail "eth0 of $1 has no link-local address"
    ip netns exec "${LAB}middle" python3 -B "$MPR_TOP/tests/interop/bad_link.py" near far 20 10 25 "$LOSSY_SEED" \
        >"$LAB_DIR/middle/link.log" 2>&1 9>&- &
    echo $! >"$LAB_DIR/middle/link.pid" # lab_stop ends it
    lab_wait 10 grep -q ready "$LAB_DIR/middle/link.log" || fail "bad_link.py: $(cat "$LAB_DIR/middle/link.log")"
}

# lossy_updates PROTOCOL GOOD BAD: three updates, each with all 2,000 routes and the result GOOD, or with BAD
# and just the routes from before; one at least goes well.
lossy_updates() {
    : >"$LAB_DIR/before"
    lossy_good=0
    for n in 1 2 3; do
        update $n
        case $(tr -d '\r' <"$LAB_DIR/out.$n.result") in
        "$2")
            cp "$LAB_DIR/rows" "$LAB_DIR/before"
            lossy_good=$((lossy_good + 1))
            ;;
        "$3") ;;
        *) fail "update $n ended with $(cat "$LAB_DIR/out.$n.result")" ;;
        esac
        for lossy_where in block registry; do
            tr -d '\r' <"$LAB_DIR/out.$n.$lossy_where" | sort >"$LAB_DIR/found"
            cmp -s "$LAB_DIR/before" "$LAB_DIR/found" || fail "update $n: $(cat "$LAB_DIR/out.$n.result"), and the" \
                "$lossy_where has $(wc -l <"$LAB_DIR/found") routes, not $(wc -l <"$LAB_DIR/before")"
        done
        [ $n = 3 ] || go_on $n
    done
    client_end
    kill "$(cat "$LAB_DIR/middle/link.pid")"
    lab_wait 5 grep -q lost "$LAB_DIR/middle/link.log" || fail "nothing is known of the link"
    echo "$1: $lossy_good of 3 updates went well; $(tail -n 1 "$LAB_DIR/middle/link.log")"
    [ $lossy_good -ge 1 ] || fail "no update went well"
}
lossy_update_rip() {
    lossy_peer bird 2 "$1"
    routes 2000 >"$LAB_DIR/table"
    bird_conf bird 10.77.2.2 "$LAB_DIR/table"
    lab_bird bird
    expect "$LAB_DIR/table" 10.77.2.2 | sort >"$LAB_DIR/rows"
    client_start bird updates=3
    lossy_updates rip NO_ERROR ERROR_CAN_NOT_COMPLETE
}
case_lossy_update() { lossy_update_rip 30; }
case_lossy_update_lan() { lossy_update_rip 24; }
case_lossy_update_ripng() {
    lossy_peer bird 2 24
    routes6 2000 >"$LAB_DIR/table"
    bird6_conf bird "$LAB_DIR/table"
    lab_bird bird
    with "$LAB_DIR/table" "$(link_local "${LAB}bird" eth0) 2 10002" >"$LAB_DIR/rows"
    ripng_start update bird 3
    lossy_updates ripng 0 1003
}

# ---- tables -------------------------------------------------------------------------------------

# lossy_bird FIRST: RIP and RIPng, each with 300 routes from that number on.
lossy_bird() {
    routes 300 "$1" >"$LAB_DIR/table"
    routes6 300 "$1" >"$LAB_DIR/table6"
    {
        echo "router id 10.77.2.2;"
        echo "protocol device { }"
        for lossy_family in 4 6; do
            echo "protocol static table$lossy_family { ipv$lossy_family;"
            sed 's/.*/  route & blackhole;/' "$LAB_DIR/table${lossy_family#4}"
            echo "}"
            echo "protocol rip $([ $lossy_family = 4 ] || echo ng) peer$lossy_family {"
            echo "  ipv$lossy_family { import all; export all; };"
            echo "  interface \"eth0\" { update time 5; timeout time 60; garbage time 15; };"
            echo "}"
        done
    } >"$LAB_DIR/bird/bird.conf"
}
# lossy_kernel FAMILY: of RIP's routes in our kernel the destinations, by that neighbour.
lossy_kernel() {
    lossy_hop=10.77.2.2
    [ "$1" = 4 ] || lossy_hop=$(link_local "${LAB}bird" eth0)
    ip -n "$LAB" "-$1" -N route show proto 77 | awk -v hop="$lossy_hop" -v family="$1" '
        $2 == "via" && $3 == hop { print $1 (index($1, "/") ? "" : family == 4 ? "/32" : "/128") }' | sort
}
lossy_learned_from_us() {
    for lossy_family in 4 6; do
        lab_birdc bird "show route protocol peer$lossy_family" | awk '$1 ~ /\// { print $1 }'
    done | sort
}
# lossy_right WHAT: both sides have what they must within the RFC's times: expiry and removal, twice.
lossy_right() {
    for lossy_family in 4 6; do
        sort "$LAB_DIR/table${lossy_family#4}" >"$LAB_DIR/wanted"
        becomes 120 "$LAB_DIR/wanted" "$1: our table of IPv$lossy_family" lossy_kernel $lossy_family
    done
    printf '10.79.0.0/24\nfd00:79::/64\n' >"$LAB_DIR/wanted"
    becomes 120 "$LAB_DIR/wanted" "$1: BIRD's table" lossy_learned_from_us
}
# Tables over such a link: at first, with other routes in the place of half of them, without ours.
case_lossy_tables() {
    [ -e "$MPR_BUILD/$architecture/bin/mprctl.exe" ] || skip "mprctl is not built"
    cp "$MPR_BUILD/$architecture/bin/mprnetlink" "$WINEPREFIX/drive_c/windows/$folder/"
    export MPRAPI_LOG=stderr MPRAPI_LOG_LEVEL=info
    host_value HostRoutes 1
    lossy_peer bird 2 24
    ip -n "$LAB" link add stub type veth peer name stub0
    ip -n "$LAB" addr add 10.79.0.1/24 dev stub
    ip -n "$LAB" addr add fd00:79::1/64 dev stub nodad
    ip -n "$LAB" link set stub0 up
    ip -n "$LAB" link set stub up
    lossy_bird 0
    lab_bird bird
    service_start
    {
        echo "rip global set interval=2"
        echo "blocks set 8 $(ten_ripng_global) transport=ipv6"
        for name in bird stub; do
            echo "rip set $name announce=rip2 accept=rip2 update=15 expire=$ten_expire remove=$ten_gone" \
                "flags=accepthost,announcehost,splithorizon,poisonreverse,cleanup,triggered,nosummary"
            echo "blocks set 8 $(ten_ripng_interface) name=$name transport=ipv6"
        done
    } >"$LAB_DIR/commands"
    mprctl exec "Z:$LAB_DIR/commands" >"$LAB_DIR/set.log" 2>&1 || fail "mprctl exec: $(cat "$LAB_DIR/set.log")"
    lossy_right "at first"
    lossy_bird 150
    lab_reconfigure bird
    lossy_right "with others"
    service_stop
}
