#!/bin/sh
# Makes and removes the Wine prefixes of this build; every one is a clone of one template.
# usage: wine-prefix.sh complete ARCH... | template ARCH... | clone DIR | remove DIR | stop DIR | stop-all
# DIR must lie below build/wine: nobody else's prefix is ever touched. ARCH is x86_64 or i686: the
# template is complete for an architecture when a program of it has been seen to run there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
MPR_BUILD=${MPR_BUILD:-$(dirname "$here")/build}
. "$here/wine-env.sh"
template=$MPR_TEMPLATE

wine_version() {
    dpkg-query -W -f '${Version}' libwine
}

own_prefix() {
    case $1 in
    "$MPR_WINE_DIR"/?*) ;;
    *)
        echo "wine-prefix.sh: $1 is not below $MPR_WINE_DIR" >&2
        exit 2
        ;;
    esac
}

# The stamp of a template: Wine's version and the architectures that were seen to run.
complete() {
    [ -e "$template/.complete" ] || return 1
    read -r seen_version seen <"$template/.complete" || return 1
    [ "$seen_version" = "$(wine_version)" ] || return 1
    for arch in "$@"; do
        case " $seen " in
        *" $arch "*) ;;
        *) return 1 ;;
        esac
    done
}

# runs ARCH: the smallest of programs says that it ran. Wine's exit code is no proof: without its
# 32-bit half it may be 0.
runs() {
    marker=$MPR_WINE_DIR/marker-$1.exe
    [ -e "$marker" ] || echo 'int main(void) { return 0; }' |
        "$1-w64-mingw32-gcc-win32" -o "$marker" -x c - "$here/support/arch_proof.c"
    loader=$MPR_WINE64
    [ "$1" = x86_64 ] || loader=$MPR_WINE
    timeout -k 10 180 "$loader" "$marker" </dev/null >"$MPR_WINE_DIR/marker.log" 2>&1 || true
    grep -q "^running as $1" "$MPR_WINE_DIR/marker.log"
}

boot_wine() (
    # The 64-bit loader itself, when emulated, finds the 32-bit files only so.
    [ -z "${MPR_EMULATED:-}" ] || export WINEDLLPATH="$MPR_WINE_DIR/emulated/root/usr/lib/i386-linux-gnu/wine"
    timeout -k 10 900 "$MPR_WINE64" wineboot -i </dev/null >"$MPR_WINE_DIR/template.log" 2>&1
)

make_template() {
    ! complete "$@" || return 0
    WINEPREFIX=$template
    export WINEPREFIX
    # A clone of the old one, which programs run by hand keep, would go on being used.
    for p in "$template" "$MPR_WINE_DIR"/run/manual-*; do
        stop "$p"
        rm -rf "$p"
    done
    mkdir -p "$MPR_WINE_DIR/run"
    boot_wine
    lacking=
    for arch in "$@"; do
        runs "$arch" || lacking="$lacking $arch"
    done
    timeout -k 10 180 wineserver -w
    if [ "$lacking" = " i686" ] && [ ! -e "$template/drive_c/windows/syswow64/kernel32.dll" ]; then
        lacking=" i686 (nothing is in syswow64)"
    fi
    [ -z "$lacking" ] || {
        echo "wine-prefix.sh: in a new prefix no program ran as$lacking" >&2
        exit 1
    }
    share_files
    echo "$(wine_version) $*" >"$template/.complete"
}

# Wine copies each of its files into a prefix, half a gigabyte; what is there already is linked.
share_files() {
    for folder in "$MPR_WINE_DIR"/template*/drive_c/windows/sys*[24] "$MPR_WINE_DIR/i386-pe/i386-windows"; do
        [ ! -d "$folder" ] || echo "$folder"
    done | xargs -d '\n' hardlink -q -t -p -o || true
}

# Hard links make a clone quick and small, so whatever Wine rewrites in place needs a copy.
clone() {
    own_prefix "$1"
    mkdir -p "$(dirname "$1")"
    cp -al "$template" "$1"
    find "$template" -maxdepth 1 -name '*.reg' -exec cp --remove-destination {} "$1/" \;
    find "$template/drive_c/windows" -maxdepth 1 -name '*.ini' \
        -exec cp --remove-destination {} "$1/drive_c/windows/" \;
}

stop() {
    own_prefix "$1"
    [ -d "$1" ] || return 0
    WINEPREFIX=$1 wineserver -k >/dev/null 2>&1 || true
    WINEPREFIX=$1 timeout -k 5 30 wineserver -w >/dev/null 2>&1 || true
}

case ${1:-} in
complete)
    shift
    complete "$@"
    ;;
template)
    shift
    make_template "$@"
    ;;
clone) clone "$2" ;;
stop) stop "$2" ;;
remove)
    stop "$2"
    rm -rf "$2"
    ;;
stop-all)
    for p in "$MPR_WINE_DIR"/template* "$MPR_WINE_DIR"/run/*; do
        [ ! -d "$p/drive_c" ] || stop "$p"
    done
    ;;
*)
    sed -n '2,5s/^# //p' "$0" >&2
    exit 2
    ;;
esac
