# Ten routers, of ours, BIRD and FRR, with RIP and RIPng: ten/topology says how they are joined,
# ten/tables.py what their kernels must have. Sourced after peers.sh.
#
# Each has a namespace with forwarding, the same link-local address fe80::N on all its links, and a stub
# network between two ends of a veth.

# Seconds of all of them: periodic update, until a route is stale, until it is gone. Ours can't be
# told to update more often than every 15.
ten_update=5 ten_expire=30 ten_gone=15
# As long as RIP may take: a silent neighbour is noticed, and 15 metrics are counted, each behind a
# triggered update's longest delay of 5 s (RFC 2453 3.8, 3.10.1); and as long again for a busy machine.
ten_limit=$((2 * (ten_expire + 15 * 5)))

ten_rows() {
    awk -v kind="$1" '$1 == kind { $1 = ""; print }' "$MPR_TOP/tests/interop/ten/topology"
}
ten_number() {
    ten_rows router | awk -v name="$1" '$1 == name { print NR }'
}
ten_tables() {
    python3 "$MPR_TOP/tests/interop/ten/tables.py" "$@"
}

# ---- links --------------------------------------------------------------------------------------

ten_router() {
    lab_namespace "$1"
    ip netns exec "$LAB$1" sh -c '
        cd /proc/sys/net
        echo 0 | tee ipv4/conf/*/rp_filter ipv6/conf/*/accept_dad >ipv6/conf/default/accept_ra
        [ "$0" = ours ] || echo 1 | tee ipv4/ip_forward >ipv6/conf/all/forwarding' "$2"
    ip -n "$LAB$1" link add stub type veth peer name stub0
    ip -n "$LAB$1" link set stub0 up
    ten_address "$1" stub "10.90.$(ten_number "$1").1/24" "fd00:90:$(printf %x "$(ten_number "$1")")::1/64"
}
# ten_address NAME DEVICE IPV4 IPV6: up, with these and its link-local one.
ten_address() {
    ip -n "$LAB$1" addr add "$3" brd + dev "$2"
    ip -n "$LAB$1" link set "$2" addrgenmode none
    ten_up "$1" "$2" "$4"
}
# ten_up NAME DEVICE IPV6: the kernel drops addresses of IPv6 with a link.
ten_up() {
    ip -n "$LAB$1" link set "$2" up
    ip -n "$LAB$1" addr add "fe80::$(printf %x "$(ten_number "$1")")/64" dev "$2" nodad
    ip -n "$LAB$1" addr add "$3" dev "$2" nodad
}
ten_lan() {
    ip -n "$LAB" link add br0 type bridge mcast_snooping 0
    ip -n "$LAB" link set br0 up
    for name in "$@"; do
        ip link add lan netns "$LAB$name" type veth peer name "$name" netns "$LAB"
        ip -n "$LAB" link set "$name" master br0 up
        number=$(ten_number "$name")
        ten_address "$name" lan "10.80.0.$number/24" "fd00:80:0::$(printf %x "$number")/64"
    done
}
# ten_link N A B
ten_link() {
    ip link add "to$3" netns "$LAB$2" type veth peer name "to$2" netns "$LAB$3"
    ten_address "$2" "to$3" "10.80.$1.1/30" "fd00:80:$(printf %x "$1")::1/64"
    ten_address "$3" "to$2" "10.80.$1.2/30" "fd00:80:$(printf %x "$1")::2/64"
}

# ---- BIRD and FRR -------------------------------------------------------------------------------

ten_bird() {
    {
        echo "log \"$LAB_DIR/$1/bird.log\" { warning, error, fatal, bug, auth, remote };"
        echo "router id 10.255.0.$(ten_number "$1");"
        echo "protocol device { }"
        echo "protocol direct { ipv4; ipv6; check link yes; }"
        for ten_family in 4 6; do
            echo "protocol kernel { ipv$ten_family { import none; export where source = RTS_RIP; }; }"
            echo "protocol rip $([ $ten_family = 4 ] || echo ng) {"
            echo "  ipv$ten_family { import all; export all; };"
            echo "  interface \"lan\", \"to*\" {"
            echo "    update time $ten_update; timeout time $ten_expire; garbage time $ten_gone; };"
            echo "}"
        done
    } >"$LAB_DIR/$1/bird.conf"
    lab_bird "$1" || fail "BIRD of $1 does not start"
}

# ten_frr_conf NAME PROTOCOL: of rip or ripng.
ten_frr_conf() {
    printf 'hostname %s\nlog file %s/%sd.log\nrouter %s\n' "$1" "$LAB_DIR/$1" "$2" "$2"
    ip -n "$LAB$1" -o link show up | sed -n 's/^[0-9]*: \(lan\|to[a-z0-9]*\|stub\)@.*/ network \1/p'
    printf ' passive-interface stub\n timers basic %s %s %s\n' $ten_update $ten_expire $ten_gone
}
ten_frr() {
    lab_dir=$LAB_DIR/$1
    printf 'hostname %s\nlog file %s/zebra.log\n' "$1" "$lab_dir" >"$lab_dir/zebra.conf"
    ten_frr_conf "$1" rip >"$lab_dir/ripd.conf"
    ten_frr_conf "$1" ripng >"$lab_dir/ripngd.conf"
    chown -R frr:frr "$lab_dir"
    ten_frr_daemons "$1"
}
# ten_frr_daemons NAME: with the configurations in its directory.
ten_frr_daemons() {
    lab_dir=$LAB_DIR/$1
    if [ -x /usr/lib/frr/mgmtd ]; then
        for lab_daemon in mgmtd zebra ripd ripngd; do
            lab_frr_daemon "$1" $lab_daemon || fail "$lab_daemon of $1 does not start"
        done
        for lab_daemon in ripd ripngd; do
            lab_vtysh "$1" -f "$lab_dir/$lab_daemon.conf" >"$lab_dir/vtysh.out" 2>&1 ||
                fail "$lab_daemon of $1: $(cat "$lab_dir/vtysh.out")"
        done
    else
        for lab_daemon in zebra ripd ripngd; do
            lab_frr_daemon "$1" $lab_daemon -f "$lab_dir/$lab_daemon.conf" ||
                fail "$lab_daemon of $1 does not start"
        done
    fi
}

# ---- ours ---------------------------------------------------------------------------------------

# An installed, shared router in a Wine prefix of its own, as an administrator sets it up.
ten_wine() {
    ten_name=$1
    ten_program=$2
    shift 2
    WINEPREFIX=$WINEPREFIX-$ten_name MPRAPI_ROUTER=shared ip netns exec "$LAB$ten_name" timeout -k 5 "$ten_seconds" \
        "$MPR_WINE" "$MPR_BUILD/$architecture/bin/$ten_program.exe" "$@" </dev/null 9>&-
}
# Blocks of RIPng, in hexadecimal (include/mprapi_ripng.h).
ten_ripng_global() {
    python3 -c 'import struct; print(struct.pack("<6I", 1, 0, 0, 2, 0, 0).hex())'
}
ten_ripng_interface() {
    python3 -c '
import struct, sys
expire, gone = map(int, sys.argv[1:])
print((struct.pack("<10I", 0, 1, 0, 1, 1, 0xF3, expire, gone, 15, 1) + bytes(16 + 4 + 6 * 4)).hex())' \
        $ten_expire $ten_gone
}
ten_commands() {
    echo "rip global set interval=2"
    echo "blocks set 8 $(ten_ripng_global) transport=ipv6"
    ten_block=$(ten_ripng_interface)
    for ten_device in $(ip -n "$LAB$1" -o link show up | sed -n 's/^[0-9]*: \(lan\|to[a-z0-9]*\|stub\)@.*/\1/p'); do
        echo "rip set $ten_device announce=rip2 accept=rip2 update=15 expire=$ten_expire remove=$ten_gone"
        echo "blocks set 8 $ten_block name=$ten_device transport=ipv6"
    done
}
ten_ours() {
    ten_dir=$LAB_DIR/$1
    ten_seconds=60
    ten_wine "$1" mprctl parameters set hostroutes=1 hostforwarding=3 >"$ten_dir/set.log" 2>&1 ||
        fail "the parameters of $1: $(cat "$ten_dir/set.log")"
    ten_seconds=600
    MPRAPI_LOG=stderr MPRAPI_LOG_LEVEL=info ten_wine "$1" mprsvc --foreground >"$ten_dir/router.log" 2>&1 &
    lab_wait 60 grep -q 'is the one that programs share' "$ten_dir/router.log" || fail "there is no router $1"
    ten_commands "$1" >"$ten_dir/commands"
    ten_seconds=60
    ten_wine "$1" mprctl exec "Z:$ten_dir/commands" >"$ten_dir/set.log" 2>&1 ||
        fail "mprctl exec of $1: $(cat "$ten_dir/set.log")"
}

# ---- the case -----------------------------------------------------------------------------------

ten_begin() {
    ten_rows router >"$LAB_DIR/routers"
    ten_rows link >"$LAB_DIR/links"
    while read -r name kind; do
        ten_router "$name" "$kind"
    done <"$LAB_DIR/routers"
    # shellcheck disable=SC2046
    ten_lan $(ten_rows lan)
    while read -r number a b; do
        ten_link "$number" "$a" "$b"
    done <"$LAB_DIR/links"
    while read -r name kind; do
        [ "$kind" != ours ] || {
            lab_prefix "$name"
            cp --remove-destination "$MPR_BUILD/$architecture/bin/mprapi.dll" "$MPR_BUILD/$architecture/bin/mprnetlink" \
                "$MPR_BUILD/$architecture/bin/mprsvc.exe" "$LAB_PREFIX/drive_c/windows/$folder/"
        }
    done <"$LAB_DIR/routers"
}
# ten_start: all at once.
ten_start() {
    ten_jobs=
    while read -r name kind; do
        ("ten_$kind" "$name") &
        ten_jobs="$ten_jobs $!"
    done <"$LAB_DIR/routers"
    for ten_job in $ten_jobs; do
        wait "$ten_job" || fail "not all routers start"
    done
}

ten_ping() {
    ip netns exec "$LAB$1" ping -q -n -c 1 -W 2 -I "$2" "$3"
}
# ten_right FAILED...: all tables are right, and packets follow them over two of ours.
ten_right() {
    ten_tables "$LAB" $ten_limit "$@" || {
        tail -n 20 "$LAB_DIR"/w?/router.log
        fail "tables with ${*:-all links}"
    }
    ten_tables --pair "$@" >"$LAB_DIR/pair" || fail "no way over two of ours"
    read -r name a b <"$LAB_DIR/pair"
    lab_wait 10 ten_ping "$name" "10.90.$a.1" "10.90.$b.1" || fail "no ping from $name to 10.90.$b.1"
    a=$(printf %x "$a") b=$(printf %x "$b")
    lab_wait 10 ten_ping "$name" "fd00:90:$a::1" "fd00:90:$b::1" || fail "no ping from $name to fd00:90:$b::1"
}
# ten_silent NAME DEVICE: what comes there is dropped, and nobody is told.
ten_silent() {
    ip netns exec "$1" nft -f - <<END
table netdev silent_$2 {
    chain drop_all {
        type filter hook ingress device "$2" priority 0; policy drop;
    }
}
END
}
ten_heard() {
    ip netns exec "$1" nft delete table netdev "silent_$2"
}

# All work; then a link and a stub network are cut, which is noticed; these are healed while another
# link and one's place on the LAN fail silently; and at last all work again.
case_routers_ten() {
    for program in nft ping python3; do
        command -v $program >/dev/null || skip "$program is not installed"
    done
    [ -x /usr/lib/frr/ripngd ] || skip "FRR has no ripngd"
    [ -e "$MPR_BUILD/$architecture/bin/mprctl.exe" ] || skip "mprctl is not built"
    ten_begin
    ten_start
    ten_right
    ip -n "${LAB}w3" link set tow2 down
    ip -n "${LAB}b3" link set stub down
    ten_right cut:1 stub:b3

    ten_silent "${LAB}w1" tof3
    ten_silent "${LAB}f3" tow1
    ten_silent "${LAB}w1" lan
    ten_silent "$LAB" w1
    ten_up w3 tow2 fd00:80:1::2/64
    ten_up b3 stub "fd00:90:$(ten_number b3)::1/64"
    ten_right silent:4 silent:w1

    ten_heard "${LAB}w1" tof3
    ten_heard "${LAB}f3" tow1
    ten_heard "${LAB}w1" lan
    ten_heard "$LAB" w1
    ten_right
}
