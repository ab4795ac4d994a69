#!/bin/sh
# A link to a network namespace over a pair of veth devices, for trying things out without a second
# machine. As root.
#
#     Kind     command
#     Adapter  branch0
#     Command  /path/to/veth.sh branch0 10.9.0.1 10.9.0.2 branch
#
# usage: veth.sh ADAPTER ADDRESS PEER NAMESPACE
# The namespace is there already (ip netns add branch). ADAPTER is made here with ADDRESS, and goes
# when the link is hung up; in the namespace, an adapter of the same name has PEER.
set -eu

adapter=$1
address=$2
peer=$3
namespace=$4

# Without a descriptor to report to, as when somebody runs this by hand.
report() {
    [ -z "${MPRAPI_STATUS_FD:-}" ] || echo "$@" >&"$MPRAPI_STATUS_FD"
}
clean_up() {
    ip link del "$adapter" 2>/dev/null || true
}
fail() {
    report failed 678 "$@" # ERROR_NO_ANSWER
    exit 1
}

trap clean_up EXIT
trap 'exit 0' TERM INT HUP

ip netns pids "$namespace" >/dev/null || fail "there is no namespace $namespace"
ip link add "$adapter" type veth peer name "$adapter" netns "$namespace"
ip addr add "$address" peer "$peer/32" dev "$adapter"
ip -n "$namespace" addr add "$peer" peer "$address/32" dev "$adapter"
ip -n "$namespace" link set "$adapter" up
ip link set "$adapter" up
report ready "adapter=$adapter" "address=$address/32" "peer=$peer"

# As long as the adapter is there. The signal that hangs up comes to sleep as well, and ends it.
while ip link show dev "$adapter" >/dev/null 2>&1; do
    sleep 1 &
    wait $! || true
done
