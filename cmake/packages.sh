# Debian packages, by what they are for, and how to install the missing ones. Sourced by `dev`.

# What builds mprapi.dll for x86_64 and runs it.
PKG_RUN="wine wine64 gcc-mingw-w64-x86-64-win32 llvm cmake ninja-build gcc libc6-dev uthash-dev python3
    util-linux"
PKG_BUILD="$PKG_RUN gcc-mingw-w64-i686-win32 xz-utils"
PKG_TEST="$PKG_BUILD libcmocka-dev libwine-dev libssl-dev valgrind python3-impacket debian-archive-keyring
    g++-mingw-w64-x86-64-win32 g++-mingw-w64-i686-win32 ca-certificates"
PKG_BENCH="$PKG_TEST libinih-dev"
# Neighbours in network namespaces, what dials to them, and what takes packets apart: of use to root only.
PKG_PEERS=
PKG_TUNNELS=
[ "$(id -u)" != 0 ] || PKG_PEERS="iproute2 iputils-ping bird2 frr nftables" PKG_TUNNELS="openvpn openssl wireguard-tools tshark"
PKG_LINT="$PKG_TEST git clang-format clang-tidy cppcheck"

# The package with clang's sanitizers has its version in its name: that of the clang which is there
# or would be installed.
pkg_fuzz() {
    clang=$(dpkg-query -W -f '${Version}' clang 2>/dev/null) || clang=
    [ -n "$clang" ] || clang=$(apt-cache policy clang | sed -n 's/^ *Candidate: //p')
    clang=${clang#*:}
    echo "$PKG_TEST clang libclang-rt-${clang%%.*}-dev"
}

missing_packages() {
    for p in "$@"; do
        case $(dpkg-query -W -f '${Status}' "$p" 2>/dev/null) in
        *" installed") ;;
        *) printf '%s ' "$p" ;;
        esac
    done
}

# What a configured build tree depends on beyond its own files: another version of a tool, or a package
# that is there or gone, may change what can be built.
packages_seen() {
    # shellcheck disable=SC2086
    dpkg-query -W -f '${Package} ${Version} ${Status}\n' $PKG_BENCH clang 2>/dev/null | sort -u
}

# Routing daemons must not start, now or at the next boot, on the machine of somebody who only
# wants to try a library. policy-rc.d is Debian's switch for the first half; a machine that has
# one already keeps it.
POLICY=/usr/sbin/policy-rc.d
POLICY_MARK="placed for a moment by mprapi ./dev"

install_now() {
    as_root=$1
    shift
    own_policy=no
    if [ ! -e $POLICY ]; then
        printf '#!/bin/sh\n# %s\nexit 101\n' "$POLICY_MARK" | $as_root tee $POLICY >/dev/null
        $as_root chmod 755 $POLICY
        own_policy=yes
    fi
    $as_root apt-get -qq update || echo "  (some package lists could not be refreshed)"
    rc=0
    with_progress "$MPR_BUILD/apt.log" $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y \
        --no-install-recommends -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@" || rc=$?
    if [ $own_policy = yes ]; then
        $as_root rm -f $POLICY
    fi
    case " $* " in
    *" bird2 "* | *" frr "* | *" openvpn "*) $as_root systemctl disable bird bird6 frr openvpn >/dev/null 2>&1 || true ;;
    esac
    [ $rc = 0 ] || {
        tail -n 15 "$MPR_BUILD/apt.log" >&2
        echo "dev: apt-get failed; the whole log is build/apt.log" >&2
        return 1
    }
}

# The line for somebody without rights has what demo, build and test need besides, so that nobody is
# asked twice; and no daemon, which only root's runs use.
ask_for_packages() {
    # shellcheck disable=SC2086
    wanted=$(missing_packages $(printf '%s\n' $PKG_TEST "$@" | awk '!seen[$0]++'))
    become="su -c" # a small Debian has no sudo
    ! command -v sudo >/dev/null || become="sudo sh -c"
    echo "These packages are missing. Run this line, then ./dev again:"
    echo "    $become 'apt-get update && apt-get install -y --no-install-recommends ${wanted% }'"
}

# need_packages NAME...: silent and quick when nothing is missing.
need_packages() {
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        sudo=
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo="sudo -n"
    else
        ask_for_packages "$@" >&2
        exit 1
    fi
    step "installing packages: $missing"
    # shellcheck disable=SC2086
    install_now "$sudo" $missing
}
