# Debian packages, by what they are for, and how to install the missing ones. Sourced by `dev`.

PKG_BUILD="wine wine64 wine64-tools gcc-mingw-w64-x86-64-win32 gcc-mingw-w64-i686-win32
    mingw-w64-tools llvm cmake ninja-build gcc libc6-dev pkg-config libcmocka-dev uthash-dev python3
    xz-utils dpkg-dev debian-archive-keyring ca-certificates util-linux"
PKG_DEMO="iproute2 bird2 frr"
PKG_TEST="$PKG_DEMO libwine-dev libssl-dev valgrind g++-mingw-w64-x86-64-win32
    g++-mingw-w64-i686-win32"
PKG_BENCH="$PKG_DEMO libinih-dev valgrind"
PKG_FUZZ="clang libclang-rt-14-dev"
PKG_LINT="git clang-format clang-tidy cppcheck"

missing_packages() {
    for p in "$@"; do
        case $(dpkg-query -W -f '${Status}' "$p" 2>/dev/null) in
        *" installed") ;;
        *) printf '%s ' "$p" ;;
        esac
    done
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
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
        -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@" >"$MPR_BUILD/apt.log" 2>&1 || rc=$?
    if [ $own_policy = yes ]; then
        $as_root rm -f $POLICY
    fi
    case " $* " in
    *" bird2 "* | *" frr "*) $as_root systemctl disable bird bird6 frr >/dev/null 2>&1 || true ;;
    esac
    [ $rc = 0 ] || {
        tail -n 15 "$MPR_BUILD/apt.log" >&2
        echo "dev: apt-get failed; the whole log is build/apt.log" >&2
        return 1
    }
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
        become="su -c" # a small Debian has no sudo
        ! command -v sudo >/dev/null || become="sudo sh -c"
        line="apt-get update && apt-get install -y --no-install-recommends ${missing% }"
        echo "These packages are missing. Run this line, then ./dev again:" >&2
        echo "    $become '$line'" >&2
        exit 1
    fi
    step "installing packages: $missing"
    # shellcheck disable=SC2086
    install_now "$sudo" $missing
}
