# RIPng: its peers and its cases. Sourced after peers.sh; tables are files of prefixes, as there.

# ---- peers --------------------------------------------------------------------------------------

# routes6 N [FIRST]: a table of many lengths on standard output.
routes6() {
    awk -v count="$1" -v first="${2:-0}" 'BEGIN {
        for (i = first + 1; i <= first + count; i++) {
            net = sprintf("2001:db8:%x:", i)
            if (i % 7 == 3) print net "8000::/49"
            else if (i % 11 == 5) print net "1::/64"
            else if (i % 13 == 7) print net ":7/128"
            else print net ":/48"
        }
    }'
}

# lab_peer6 NAME NET: a peer on a link of its own, with addresses of both families; the link-local
# ones are the kernel's. No duplicate is looked for, so that all can be used at once.
lab_peer6() {
    lab_peer "$1" "$2"
    for lab_end in "$LAB $1" "$LAB$1 eth0"; do
        ip netns exec "${lab_end% *}" sh -c "echo 0 >/proc/sys/net/ipv6/conf/${lab_end#* }/accept_dad" 2>/dev/null ||
            true
        ip -n "${lab_end% *}" link set "${lab_end#* }" down
        ip -n "${lab_end% *}" link set "${lab_end#* }" up
    done
    ip -n "$LAB" addr add "fd00:77:$2::1/64" dev "$1" nodad
    ip -n "$LAB$1" addr add "fd00:77:$2::2/64" dev eth0 nodad
    lab_wait 10 usable6 "$LAB" "$1" || fail "$1 has no link-local address"
    lab_wait 10 usable6 "$LAB$1" eth0 || fail "eth0 of $1 has no link-local address"
}
usable6() {
    [ -n "$(ip -n "$1" -6 addr show dev "$2" scope link -tentative)" ]
}
# link_local NAMESPACE DEVICE
link_local() {
    ip -n "$1" -6 -o addr show dev "$2" scope link | awk '{ sub("/.*", "", $4); print $4; exit }'
}

# bird6_conf NAME TABLE
bird6_conf() {
    {
        echo "log \"$LAB_DIR/$1/bird.log\" { warning, error, fatal, bug, auth, remote };"
        echo "router id 10.77.0.2;"
        echo "protocol device { }"
        echo "protocol static table_of_the_test {"
        echo "  ipv6;"
        sed 's/.*/  route & blackhole;/' "$2"
        echo "}"
        echo "protocol rip ng peer {"
        echo "  ipv6 { import all; export all; };"
        echo "  interface \"eth0\" { update time 5; timeout time 18; garbage time 15; };"
        echo "}"
    } >"$LAB_DIR/$1/bird.conf"
}

# lab_frr6 NAME TABLE: zebra and ripngd, once more if they ran already.
lab_frr6() {
    lab_dir=$LAB_DIR/$1
    {
        echo "hostname $1"
        echo "log file $lab_dir/ripngd.log"
        echo "router ripng"
        echo " network eth0"
        echo " timers basic 5 18 15"
        sed 's/.*/ route &/' "$2"
    } >"$lab_dir/ripngd.conf"
    printf 'hostname %s\nlog file %s/zebra.log\n' "$1" "$lab_dir" >"$lab_dir/zebra.conf"
    chown -R frr:frr "$lab_dir"
    rm -f "$lab_dir"/*.vty "$lab_dir/zserv.api"
    if [ -x /usr/lib/frr/mgmtd ]; then
        for lab_daemon in mgmtd zebra ripngd; do
            lab_frr_daemon "$1" $lab_daemon || return 1
        done
        lab_vtysh "$1" -f "$lab_dir/ripngd.conf" >"$lab_dir/vtysh.out" 2>&1 || return 1
    else
        for lab_daemon in zebra ripngd; do
            lab_frr_daemon "$1" $lab_daemon -f "$lab_dir/$lab_daemon.conf" || return 1
        done
    fi
    lab_wait 30 frr6_listens "$1"
}
frr6_listens() {
    lab_vtysh "$1" -c 'show ipv6 ripng status' | grep -Eq '^ +eth0 +[0-9]'
}

# What the peers have learned from us: "prefix metric" lines; what has lately gone has metric 16. As
# FRR shows it, next hop and metric are behind the prefix or on a line of their own.
frr6_learned() {
    lab_vtysh "$1" -c 'show ipv6 ripng' | awk '
        $1 ~ /^[A-Z]\([a-z]\)$/ { learned = $1 == "R(n)"; prefix = $2 }
        learned && $NF ~ /^[0-9:]+$/ {
            for (k = 1; k < NF; k++) if ($k == "eth0" && $(k + 1) < 16) print prefix, $(k + 1)
        }' | sort
}
bird6_learned() {
    lab_birdc "$1" 'show route protocol peer all' | awk '
        $1 ~ /^[0-9a-f:]+\/[0-9]+$/ { prefix = $1 }
        $1 == "RIP.metric:" && $2 < 16 { print prefix, $2 }' | sort
}

# ---- our router ---------------------------------------------------------------------------------

# ripng_start MODE ARGUMENT...: interop_ripng in the background.
ripng_start() {
    client_program=interop_ripng
    rm -f "$LAB_DIR"/out.*
    client_run "Z:$LAB_DIR/out" "$@" </dev/null &
    client=$!
}
# ripng_run FILE: the lines of our table that RIPng has learned (8), sorted.
ripng_learned() {
    ! lab_gone "$client" || fail "the client has ended"
    [ -e "$LAB_DIR/out.now" ] || return 0
    tr -d '\r' <"$LAB_DIR/out.now" | awk '$4 == 8 { print $1, $2, $3 }' | sort
}

# becomes SECONDS FILE WHAT COMMAND...: until the command prints that file; else says what differs.
becomes() {
    becomes_limit=$1
    becomes_file=$2
    becomes_what=$3
    shift 3
    lab_wait "$becomes_limit" prints "$becomes_file" "$@" && return
    "$@" | diff "$becomes_file" - | head -n 10 || true
    fail "$becomes_what: not in $becomes_limit s; the first differences are above"
}
prints() {
    prints_file=$1
    shift
    "$@" | cmp -s - "$prints_file"
}
# with TABLE TEXT: each line of a table with that behind it, sorted.
with() {
    sed "s|\$| $2|" "$1" | sort
}

# both_learn WHAT: all three tables are what they must be while both peers are there.
both_learn() {
    { with "$LAB_DIR/table.frr" "$frr_hop 2" && with "$LAB_DIR/table.bird" "$bird_hop 2"; } |
        sort >"$LAB_DIR/ours"
    { with "$LAB_DIR/table.bird" 3 && echo "fd00:77:2::/64 2"; } | sort >"$LAB_DIR/theirs.frr"
    { with "$LAB_DIR/table.frr" 3 && echo "fd00:77:1::/64 2"; } | sort >"$LAB_DIR/theirs.bird"
    becomes 40 "$LAB_DIR/ours" "$1: our table" ripng_learned
    becomes 40 "$LAB_DIR/theirs.frr" "$1: FRR's table" frr6_learned frr
    becomes 40 "$LAB_DIR/theirs.bird" "$1: BIRD's table" bird6_learned bird
}
# bird_alone WHAT: FRR is gone.
bird_alone() {
    with "$LAB_DIR/table.bird" "$bird_hop 2" >"$LAB_DIR/ours"
    echo "$2" | sed '/^$/d' >"$LAB_DIR/theirs.bird"
    becomes 60 "$LAB_DIR/ours" "$1: our table" ripng_learned
    becomes 60 "$LAB_DIR/theirs.bird" "$1: BIRD's table" bird6_learned bird
}

# ---- cases --------------------------------------------------------------------------------------

ripng_pair() {
    lab_peer6 frr 1
    lab_peer6 bird 2
    frr_hop=$(link_local "${LAB}frr" eth0)
    bird_hop=$(link_local "${LAB}bird" eth0)
    routes6 "$1" >"$LAB_DIR/table.frr"
    routes6 "$2" 4096 >"$LAB_DIR/table.bird"
    bird6_conf bird "$LAB_DIR/table.bird"
    lab_frr6 frr "$LAB_DIR/table.frr" || fail "FRR does not start"
    lab_bird bird
}

# Between FRR and BIRD: what one tells the other gets through us, exactly, and goes and comes with
# it; a neighbour that dies is timed out, a link that goes down is known at once. (That it has no
# carrier, which is the other end's doing, Wine does not say.)
case_ripng() {
    ripng_pair 80 300
    ripng_start lan frr bird
    both_learn "at first"
    lab_stop frr
    bird_alone "after FRR died" "fd00:77:1::/64 2"
    lab_frr6 frr "$LAB_DIR/table.frr" || fail "FRR does not start again"
    both_learn "with FRR again"
    ip -n "$LAB" link set frr down
    bird_alone "with the link down" ""
    ip -n "$LAB" link set frr up
    ip -n "$LAB" addr add fd00:77:1::1/64 dev frr nodad
    both_learn "with the link up again"
    touch "$LAB_DIR/out.end"
    client_end
}

# The learned ones are in the kernel, over the neighbours' link-local addresses, and go with us.
case_ripng_host_routes() {
    cp "$MPR_BUILD/$architecture/bin/mprnetlink" "$WINEPREFIX/drive_c/windows/$folder/"
    host_value HostRoutes 1
    ripng_pair 20 30
    ripng_start lan frr bird
    both_learn "at first"
    sed "s|/128 | |; s| $frr_hop .*| via $frr_hop dev frr|; s| $bird_hop .*| via $bird_hop dev bird|" \
        "$LAB_DIR/ours" | sort >"$LAB_DIR/wanted"
    becomes 20 "$LAB_DIR/wanted" "the kernel's table" kernel6
    touch "$LAB_DIR/out.end"
    client_end
    : >"$LAB_DIR/none"
    becomes 20 "$LAB_DIR/none" "the kernel's table after the end" kernel6
}
kernel6() {
    ip -n "$LAB" -6 -N route show proto 77 | awk '{ print $1, $2, $3, $4, $5 }' | sort
}

# updated N FILE: block and registry after update N.
updated() {
    for updated_where in block registry; do
        tr -d '\r' <"$LAB_DIR/out.$1.$updated_where" | sort | cmp -s "$2" - || {
            tr -d '\r' <"$LAB_DIR/out.$1.$updated_where" | sort | diff "$2" - | head -n 10 || true
            fail "update $1: the $updated_where is wrong; the first differences are above"
        }
    done
}

# Autostatic routes of PID_IPV6: three updates, the second with another table, the third with a
# neighbour that is silent, whose routes stay.
ripng_update_case() {
    lab_peer6 "$1" 1
    hop=$(link_local "$LAB$1" eth0)
    routes6 "$2" >"$LAB_DIR/table"
    ripng_peer "$1"
    ripng_start update "$1" 3
    update 1
    result_is 1 0
    with "$LAB_DIR/table" "$hop 2 10002" >"$LAB_DIR/rows"
    updated 1 "$LAB_DIR/rows"
    lab_stop "$1"
    routes6 $(($2 / 2)) 7 >"$LAB_DIR/table"
    ripng_peer "$1"
    go_on 1
    update 2
    result_is 2 0
    with "$LAB_DIR/table" "$hop 2 10002" >"$LAB_DIR/rows"
    updated 2 "$LAB_DIR/rows"
    lab_stop "$1"
    go_on 2
    update 3
    client_end
    result_is 3 1003
    updated 3 "$LAB_DIR/rows"
}
ripng_peer() {
    if [ "$1" = frr ]; then
        lab_frr6 frr "$LAB_DIR/table" || fail "FRR does not start"
        lab_wait 20 frr6_has "$(wc -l <"$LAB_DIR/table")" || fail "FRR has not taken its table"
    else
        bird6_conf bird "$LAB_DIR/table"
        lab_bird bird
    fi
}
frr6_has() {
    [ "$(lab_vtysh frr -c 'show ipv6 ripng' | grep -c '^[RS]([sr])')" -ge "$1" ]
}
case_ripng_update_frr() { ripng_update_case frr 200; }
case_ripng_update_bird() { ripng_update_case bird 1000; }
