#!/bin/sh
# Completes a 64-bit Wine with the i386 PE files of Debian's libwine, in the same version, so that
# it runs 32-bit programs ("new WoW64") without the i386 architecture on the machine.
# usage: fetch-wine-i386.sh DEST; afterwards WINEDLLPATH=DEST, when a prefix is made and at each run.
# DEST/unix-of-i386 is what emulate.sh needs, under a name in which Wine does not look for it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/private-apt.sh"

dest=$1
version=$(dpkg-query -W -f '${Version}' libwine)
if [ "$(cat "$dest/version" 2>/dev/null)" = "$version" ]; then
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

private_apt "$work/apt" deb i386
(cd "$work" && private_apt_get download "libwine:i386=$version")
dpkg-deb -x "$work"/libwine_*_i386.deb "$work/x"

rm -rf "$dest"
mkdir -p "$dest"
mv "$work/x/usr/lib/i386-linux-gnu/wine/i386-windows" "$dest/"
mv "$work/x/usr/lib/i386-linux-gnu/wine/i386-unix" "$dest/unix-of-i386"
# The Unix side stays the 64-bit one; without this link ws2_32 and others fail to load.
ln -s /usr/lib/x86_64-linux-gnu/wine/x86_64-unix "$dest/x86_64-unix"
find "$dest/i386-windows" -type f \( -name '*.dll' -o -name '*.exe' -o -name '*.drv' \) -print0 |
    xargs -0 -P 2 -n 40 i686-w64-mingw32-strip --strip-debug
echo "$version" >"$dest/version"
