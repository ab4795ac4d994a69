#!/bin/sh
# OpenVPN with the interface's stored credentials. As root.
#
#     Kind     command
#     Adapter  tun9
#     Timeout  60
#     Command  /path/to/openvpn.sh tun9 /etc/openvpn/client/office.conf
#
# usage: openvpn.sh ADAPTER CONFIGURATION [OPTION...]
# User and password are those of MprAdminInterfaceSetCredentials; they reach OpenVPN through a pipe,
# never through a file or an argument. What OpenVPN prints is in the router's log.
set -eu

# Run by OpenVPN once the tunnel and its routes are there (--route-up).
if [ "${script_type:-}" = route-up ]; then
    line="ready adapter=$dev"
    [ -z "${ifconfig_local:-}" ] || line="$line address=$ifconfig_local"
    peer=${ifconfig_remote:-${route_vpn_gateway:-}}
    [ -z "$peer" ] || line="$line peer=$peer"
    dns=
    n=1
    while eval "option=\${foreign_option_$n:-}" && [ -n "$option" ]; do
        case $option in
        "dhcp-option DNS "*) dns=$dns${dns:+,}${option##* } ;;
        esac
        n=$((n + 1))
    done
    [ -z "$dns" ] || line="$line dns=$dns"
    [ -z "${MPRAPI_STATUS_FD:-}" ] || echo "$line" >&"$MPRAPI_STATUS_FD"
    exit 0
fi

adapter=$1
configuration=$2
shift 2
self=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")

user=
domain=
password=
while IFS= read -r line && [ -n "$line" ]; do
    case $line in
    username=*) user=${line#username=} ;;
    domain=*) domain=${line#domain=} ;;
    password=*) password=${line#password=} ;;
    esac
done
[ -z "$domain" ] || user=$domain\\$user

# Scripts of OpenVPN's get no environment but its own. It says with its output, not with its exit status, that the server refused the user.
printf '%s\n%s\n' "$user" "$password" |
    openvpn --config "$configuration" --dev "$adapter" --dev-type tun --auth-user-pass /dev/stdin \
        --auth-retry none --script-security 2 --route-up "$self" \
        --setenv MPRAPI_STATUS_FD "${MPRAPI_STATUS_FD:-}" "$@" 2>&1 |
    while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in
        *AUTH_FAILED*) echo failed 691 the server refused user or password ;;
        *"Cannot resolve host address"*) echo failed 678 the name of the server is unknown ;;
        *) continue ;;
        esac >&"${MPRAPI_STATUS_FD:-1}"
    done
