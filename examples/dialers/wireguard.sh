#!/bin/sh
# WireGuard by wg-quick. As root.
#
#     Kind     command
#     Adapter  wg9
#     Command  /path/to/wireguard.sh /etc/wireguard/wg9.conf
#
# usage: wireguard.sh CONFIGURATION
# The adapter is named like the file. The peer should have PersistentKeepalive: WireGuard shakes
# hands only when there is something to send, and this is how the script knows that somebody is
# there.
set -eu

configuration=$1
adapter=$(basename "$configuration" .conf)

report() {
    [ -z "${MPRAPI_STATUS_FD:-}" ] || echo "$@" >&"$MPRAPI_STATUS_FD"
}
clean_up() {
    wg-quick down "$configuration" || true
}
handshaken() {
    wg show "$adapter" latest-handshakes | awk '$2 > 0 { found = 1 } END { exit !found }'
}

if ! wg-quick up "$configuration"; then
    report failed 1003 wg-quick up failed # ERROR_CAN_NOT_COMPLETE
    exit 1
fi
trap clean_up EXIT
trap 'exit 0' TERM INT HUP

tries=40
until handshaken; do
    tries=$((tries - 1))
    if [ $tries = 0 ]; then
        report failed 678 no handshake with the peer # ERROR_NO_ANSWER
        exit 69
    fi
    sleep 0.5 &
    wait $! || true
done
report ready "adapter=$adapter"

while ip link show dev "$adapter" >/dev/null 2>&1; do
    sleep 1 &
    wait $! || true
done
