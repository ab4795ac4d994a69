#!/bin/sh
# Puts the library into a Wine prefix, or takes it out.
# usage: install-prefix.sh check|install|uninstall PREFIX
#
# Wine prefers a DLL in system32 that is not its own to its own, so no override is needed. What was
# there is kept beside it. The program of the router that programs share (mprsvc.exe) goes to system32
# alone: 32-bit programs start that one, too. It makes the service's entry itself, and takes it away, so
# Wine runs for that (WINE: which one). Files of a prefix may be hard links: replaced, never written into.
set -eu
verb=$1
prefix=$2
windows=$prefix/drive_c/windows
saved=mprapi.dll.before-mprapi

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

put() {
    folder=$windows/$1
    dll=$MPR_BUILD/$2/bin/mprapi.dll
    [ -e "$dll" ] || {
        echo "dev: $dll is not built" >&2
        exit 1
    }
    # Only the first installation sees what was there before; nothing there is kept as empty.
    if [ ! -e "$folder/$saved" ]; then
        if [ -e "$folder/mprapi.dll" ]; then
            cp -p "$folder/mprapi.dll" "$folder/$saved"
        else
            : >"$folder/$saved"
        fi
    fi
    cp --remove-destination "$dll" "$folder/mprapi.dll"
    echo "    $folder/mprapi.dll ($2)"
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

take() {
    folder=$windows/$1
    [ -e "$folder/$saved" ] || {
        echo "    $folder: nothing was installed here"
        return 0
    }
    rm -f "$folder/mprapi.dll" "$folder/mprctl.exe" "$folder/mprsvc.exe" "$folder/mprnetlink"
    if [ -s "$folder/$saved" ]; then
        mv "$folder/$saved" "$folder/mprapi.dll"
        echo "    $folder/mprapi.dll is what it was before"
    else
        rm -f "$folder/$saved"
        echo "    $folder/mprapi.dll is gone, as before"
    fi
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
