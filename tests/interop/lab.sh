# A laboratory of network namespaces: one for a Wine client, one for each real router beside it,
# joined by veth pairs. Sourced by run.sh, case.sh and examples/demo.sh; POSIX sh.
#
#     client namespace                             peer namespace NAME
#     NAME, 10.77.NET.1/24  ------- veth -------  eth0, 10.77.NET.2/24
#
# Wine's sockets belong to wineserver, and wineserver to the namespace in which it was started:
# hence a prefix of its own for each laboratory, whose first program runs inside.
#
# Needs MPR_TOP and MPR_BUILD. Everything carries this process's number in its name, nothing of
# the machine's own is touched, and lab_end takes it all down again: call it from a trap.

. "$MPR_TOP/cmake/wine-env.sh"

# Prints why there can be no laboratory here; silent and true when there can.
lab_possible() {
    if [ "$(id -u)" != 0 ]; then
        echo "network namespaces need root"
        return 1
    fi
    for program in ip bird birdc vtysh; do
        if ! command -v $program >/dev/null; then
            echo "$program is not installed"
            return 1
        fi
    done
    if [ ! -x /usr/lib/frr/ripd ] || [ ! -x /usr/lib/frr/zebra ]; then
        echo "FRR is not installed"
        return 1
    fi
    lab_probe=mprp$$
    if ! ip netns add $lab_probe 2>/dev/null; then
        echo "this machine does not allow network namespaces"
        return 1
    fi
    lab_lack=
    ip link add probe0 netns $lab_probe type veth peer name probe1 netns $lab_probe 2>/dev/null ||
        lab_lack="this machine has no veth devices"
    # In a chroot: / must be a mount point for that.
    ip netns exec $lab_probe true 2>/dev/null ||
        lab_lack="no program can be run in a network namespace here"
    ip netns del $lab_probe
    [ -z "$lab_lack" ] || echo "$lab_lack"
    [ -z "$lab_lack" ]
}

# lab_begin ID: the client's namespace, a Wine prefix and a directory for everything else.
lab_begin() {
    LAB=mpr$$$1
    LAB_PEERS=
    LAB_PREFIXES=
    # Not below build/: FRR's daemons run as a user who may not get that far, and a Unix socket's
    # path has room for a hundred characters.
    LAB_DIR=$(mktemp -d "${TMPDIR:-/tmp}/mpr-lab.XXXXXX")
    WINEPREFIX=$MPR_WINE_DIR/run/lab-$1.$$
    export WINEPREFIX
    chmod 755 "$LAB_DIR"
    ip netns add "$LAB"
    ip -n "$LAB" link set lo up
    sh "$MPR_TOP/cmake/wine-prefix.sh" clone "$WINEPREFIX"
}

lab_end() {
    [ -n "${LAB:-}" ] || return 0
    for lab_peer in $LAB_PEERS; do
        lab_stop "$lab_peer"
    done
    for lab_prefix in "$WINEPREFIX" $LAB_PREFIXES; do
        sh "$MPR_TOP/cmake/wine-prefix.sh" remove "$lab_prefix" || true
    done
    for lab_peer in $LAB_PEERS; do
        ip netns del "$LAB$lab_peer" || true
    done
    ip netns del "$LAB" || true
    rm -rf "$LAB_DIR"
    LAB=
}

# lab_namespace NAME: a peer's namespace without a link.
lab_namespace() {
    ip netns add "$LAB$1"
    LAB_PEERS="$LAB_PEERS $1"
    ip -n "$LAB$1" link set lo up
    mkdir "$LAB_DIR/$1"
}

# lab_peer NAME NET [LENGTH]: a peer on a link of its own; with length 30, a point-to-point link.
lab_peer() {
    link_length=${3:-24}
    lab_namespace "$1"
    ip link add "$1" netns "$LAB" type veth peer name eth0 netns "$LAB$1"
    ip -n "$LAB" addr add "10.77.$2.1/$link_length" brd + dev "$1"
    ip -n "$LAB$1" addr add "10.77.$2.2/$link_length" brd + dev eth0
    ip -n "$LAB" link set "$1" up
    ip -n "$LAB$1" link set eth0 up
}

# lab_prefix NAME: a Wine prefix for a peer, $LAB_PREFIX: another machine, as far as Wine is concerned.
lab_prefix() {
    LAB_PREFIX=$WINEPREFIX-$1
    LAB_PREFIXES="$LAB_PREFIXES $LAB_PREFIX"
    sh "$MPR_TOP/cmake/wine-prefix.sh" clone "$LAB_PREFIX"
}

# lab_bridge NAME NET: a link of the client that ends in a bridge, for several peers.
lab_bridge() {
    link_length=24
    lab_namespace "$1"
    ip -n "$LAB$1" link add br0 type bridge
    ip -n "$LAB$1" link set br0 up
    ip link add "$1" netns "$LAB" type veth peer name port0 netns "$LAB$1"
    ip -n "$LAB$1" link set port0 master br0 up
    ip -n "$LAB" addr add "10.77.$2.1/24" brd + dev "$1"
    ip -n "$LAB" link set "$1" up
}

# lab_bridge_peer NAME BRIDGE ADDRESS
lab_bridge_peer() {
    lab_namespace "$1"
    ip link add "$1" netns "$LAB$2" type veth peer name eth0 netns "$LAB$1"
    ip -n "$LAB$2" link set "$1" master br0 up
    ip -n "$LAB$1" addr add "$3/24" brd + dev eth0
    ip -n "$LAB$1" link set eth0 up
}

# lab_wait SECONDS COMMAND...: until the command succeeds, which must not wait by lab_wait itself.
lab_wait() {
    lab_left=$(($1 * 20))
    shift
    until "$@" >/dev/null 2>&1; do
        lab_left=$((lab_left - 1))
        [ $lab_left -gt 0 ] || return 1
        sleep 0.05
    done
}

# lab_bird NAME: starts BIRD with the configuration $LAB_DIR/NAME/bird.conf.
lab_bird() {
    lab_dir=$LAB_DIR/$1
    ip netns exec "$LAB$1" bird -c "$lab_dir/bird.conf" -s "$lab_dir/bird.ctl" \
        -P "$lab_dir/bird.pid" </dev/null >"$lab_dir/bird.out" 2>&1 9>&- || {
        cat "$lab_dir/bird.out" >&2
        return 1
    }
    lab_wait 10 lab_birdc "$1" show status
}

lab_birdc() {
    lab_birdc_name=$1
    shift
    birdc -r -s "$LAB_DIR/$lab_birdc_name/bird.ctl" "$@"
}

# lab_reconfigure NAME: BIRD reads its configuration again.
lab_reconfigure() {
    birdc -s "$LAB_DIR/$1/bird.ctl" configure | grep -q 'Reconfigured'
}

# lab_frr NAME: starts zebra and ripd with the configuration $LAB_DIR/NAME/ripd.conf. Since FRR 10 that
# goes to a daemon of its own, mgmtd, which hands it out.
lab_frr() {
    lab_dir=$LAB_DIR/$1
    printf 'hostname %s\nlog file %s/zebra.log\n' "$1" "$lab_dir" >"$lab_dir/zebra.conf"
    chown -R frr:frr "$lab_dir"
    if [ -x /usr/lib/frr/mgmtd ]; then
        for lab_daemon in mgmtd zebra ripd; do
            lab_frr_daemon "$1" $lab_daemon || return 1
        done
        lab_vtysh "$1" -f "$lab_dir/ripd.conf" >"$lab_dir/vtysh.out" 2>&1 || {
            cat "$lab_dir/vtysh.out" >&2
            return 1
        }
    else
        for lab_daemon in zebra ripd; do
            lab_frr_daemon "$1" $lab_daemon -f "$lab_dir/$lab_daemon.conf" || return 1
        done
    fi
    lab_wait 30 lab_frr_listens "$1"
}
# lab_frr_daemon NAME DAEMON [OPTION...]: its /run/frr, where some of its sockets are whatever its
# options say, is the peer's directory: for itself alone, in the mounts of its namespace.
lab_frr_daemon() {
    lab_name=$1
    lab_daemon=$2
    shift 2
    # shellcheck disable=SC2016
    ip netns exec "$LAB$lab_name" sh -c '
        mount -t tmpfs -o mode=755 tmpfs /run && mkdir /run/frr && mount --bind "$0" /run/frr && exec "$@"' \
        "$lab_dir" /usr/lib/frr/"$lab_daemon" -d -i "$lab_dir/$lab_daemon.pid" \
        -z "$lab_dir/zserv.api" --vty_socket "$lab_dir" -P 0 "$@" \
        </dev/null >"$lab_dir/$lab_daemon.out" 2>&1 9>&- || {
        cat "$lab_dir/$lab_daemon.out" >&2
        return 1
    }
    lab_wait 10 test -S "$lab_dir/$lab_daemon.vty"
}
# ripd hears of its interfaces from zebra, some time after its start.
lab_frr_listens() {
    lab_vtysh "$1" -c 'show ip rip status' | grep -Eq '^ +eth0 +[0-9]'
}

lab_vtysh() {
    lab_vtysh_name=$1
    shift
    vtysh --vty_socket "$LAB_DIR/$lab_vtysh_name" "$@"
}

# lab_stop NAME: ends the daemons of a peer, at once: what a daemon would put in order first, which
# takes FRR seconds, goes away with the namespace.
lab_stop() {
    for lab_pid_file in "$LAB_DIR/$1"/*.pid; do
        [ -s "$lab_pid_file" ] || continue
        lab_pid=$(cat "$lab_pid_file")
        kill -9 "$lab_pid" 2>/dev/null || true
        lab_wait 5 lab_gone "$lab_pid" || true
        rm -f "$lab_pid_file"
    done
}

# Gone, or a zombie that nobody has waited for yet.
lab_gone() {
    ! grep -qs '^State:[[:space:]]*[A-WYa-wy]' "/proc/$1/status"
}

# lab_wine PROGRAM [ARGS...]: under Wine in the client's namespace. Output goes to a file first:
# what Wine starts beside the program would hold a pipe open.
lab_wine() {
    lab_wine_rc=0
    ip netns exec "$LAB" timeout -k 5 "${MPR_TIMEOUT:-120}" "$MPR_WINE" "$@" \
        </dev/null >"$LAB_DIR/wine.out" 2>"$LAB_DIR/wine.err" 9>&- || lab_wine_rc=$?
    tr -d '\r' <"$LAB_DIR/wine.out"
    tr -d '\r' <"$LAB_DIR/wine.err" >&2
    return $lab_wine_rc
}
