#!/bin/sh
# Makes and removes the Wine prefixes of this build; every one is a clone of one template.
# usage: wine-prefix.sh template | clone DIR | remove DIR | stop DIR | stop-all
# DIR must lie below build/wine: nobody else's prefix is ever touched.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
MPR_BUILD=${MPR_BUILD:-$(dirname "$here")/build}
. "$here/wine-env.sh"
template=$MPR_WINE_DIR/template

own_prefix() {
    case $1 in
    "$MPR_WINE_DIR"/?*) ;;
    *)
        echo "wine-prefix.sh: $1 is not below $MPR_WINE_DIR" >&2
        exit 2
        ;;
    esac
}

make_template() {
    [ ! -e "$template/.complete" ] || return 0
    rm -rf "$template"
    mkdir -p "$MPR_WINE_DIR/run"
    WINEPREFIX=$template
    export WINEPREFIX
    timeout -k 10 300 "$MPR_WINE" wineboot -i </dev/null >"$MPR_WINE_DIR/template.log" 2>&1
    timeout -k 10 60 wineserver -w
    [ -d "$template/drive_c/windows/syswow64" ] || {
        echo "wine-prefix.sh: the prefix has no 32-bit half" >&2
        exit 1
    }
    touch "$template/.complete"
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
template) make_template ;;
clone) clone "$2" ;;
stop) stop "$2" ;;
remove)
    stop "$2"
    rm -rf "$2"
    ;;
stop-all)
    for p in "$template" "$MPR_WINE_DIR"/run/*; do
        [ ! -d "$p/drive_c" ] || stop "$p"
    done
    ;;
*)
    sed -n '2,4s/^# //p' "$0" >&2
    exit 2
    ;;
esac
