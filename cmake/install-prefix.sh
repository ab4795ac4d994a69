#!/bin/sh
# Puts the library into a Wine prefix, or takes it out.
# usage: install-prefix.sh check|install|uninstall PREFIX
#
# Wine prefers a DLL in system32 that is not its own to its own, so no override is needed; it has no
# rtm.dll, and an rtutils.dll that ends who calls it. What was
# there is kept beside it. The program of the router that programs share (mprsvc.exe) goes to system32
# alone: 32-bit programs start that one, too. It makes the service's entry itself, and takes it away, so
# Wine runs for that (WINE: which one). Files of a prefix may be hard links: replaced, never written into.
set -eu
verb=$1
prefix=$2
windows=$prefix/drive_c/windows
dlls="mprapi.dll rtm.dll rtutils.dll"
before=before-mprapi

refuse() {
    echo "dev: $prefix is not a Wine prefix: $1" >&2
    echo "     Make one first, for example: WINEPREFIX=$prefix wineboot -i" >&2
    exit 1
}
[ -d "$prefix" ] || refuse "there is no such directory"
[ -f "$prefix/system.reg" ] || refuse "it has no system.reg"
[ -d "$windows/system32" ] || refuse "it has no drive_c/windows/system32"
[ -w "$windows/system32" ] || {
    echo "dev: no permission to write to $windows/system32" >&2
    exit 1
}

# Lines of "folder architecture" for this prefix.
places() {
    if grep -q '^#arch=win32' "$prefix/system.reg"; then
        echo "system32 i686"
    else
        echo "system32 x86_64"
        [ ! -d "$windows/syswow64" ] || echo "syswow64 i686"
    fi
}

put_dll() {
    dll=$MPR_BUILD/$2/bin/$3
    [ -e "$dll" ] || {
        echo "dev: $dll is not built" >&2
        exit 1
    }
    # Only the first installation sees what was there before; nothing there is kept as empty.
    if [ ! -e "$1/$3.$before" ]; then
        if [ -e "$1/$3" ]; then
            cp -p "$1/$3" "$1/$3.$before"
        else
            : >"$1/$3.$before"
        fi
    fi
    cp --remove-destination "$dll" "$1/$3"
    echo "    $1/$3 ($2)"
}

put() {
    folder=$windows/$1
    for name in $dlls; do put_dll "$folder" "$2" "$name"; done
    if [ -e "$MPR_BUILD/$2/bin/mprctl.exe" ]; then
        cp --remove-destination "$MPR_BUILD/$2/bin/mprctl.exe" "$folder/mprctl.exe"
        echo "    $folder/mprctl.exe"
    fi
    # The program of the Linux host that puts routes into its table: beside the DLL that starts it.
    cp --remove-destination "$MPR_BUILD/$2/bin/mprnetlink" "$folder/mprnetlink"
    echo "    $folder/mprnetlink (Linux)"
    [ "$1" = system32 ] || return 0
    cp --remove-destination "$MPR_BUILD/$2/bin/mprsvc.exe" "$folder/mprsvc.exe"
    echo "    $folder/mprsvc.exe ($2)"
}

# An installation by an earlier version has no rtm.dll, or no rtutils.dll.
take_dll() {
    [ -e "$1/$2.$before" ] || return 0
    rm -f "$1/$2"
    if [ -s "$1/$2.$before" ]; then
        mv "$1/$2.$before" "$1/$2"
        echo "    $1/$2 is what it was before"
    else
        rm -f "$1/$2.$before"
        echo "    $1/$2 is gone, as before"
    fi
}

take() {
    folder=$windows/$1
    [ -e "$folder/mprapi.dll.$before" ] || {
        echo "    $folder: nothing was installed here"
        return 0
    }
    rm -f "$folder/mprctl.exe" "$folder/mprsvc.exe" "$folder/mprnetlink"
    for name in $dlls; do take_dll "$folder" "$name"; done
}

# The service RemoteAccess, and one router for all programs of the prefix.
wine_to_run() {
    if [ -n "${WINE:-}" ]; then
        echo "$WINE"
    elif grep -q '^#arch=win32' "$prefix/system.reg"; then
        echo "${MPR_WINE32:-wine}"
    else
        echo "$MPR_WINE64"
    fi
}
entry() {
    [ -e "$windows/system32/mprsvc.exe" ] || return 0
    WINEPREFIX=$prefix timeout -k 10 180 "$(wine_to_run)" 'C:\windows\system32\mprsvc.exe' "$1" \
        </dev/null >/dev/null 2>&1 || {
        echo "dev: $(wine_to_run) mprsvc.exe $1 failed in $prefix" >&2
        exit 1
    }
    echo "    service RemoteAccess: $2"
}

. "$(dirname "$0")/wine-env.sh"
case $verb in
check) ;;
install)
    places | while read -r folder arch; do put "$folder" "$arch"; done
    entry --register "started by the first call that needs it"
    ;;
uninstall)
    entry --unregister "stopped, and its entry is gone"
    places | while read -r folder arch; do take "$folder"; done
    ;;
esac
