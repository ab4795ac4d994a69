#!/bin/sh
# Makes what runs 32-bit Windows programs where the kernel runs no 32-bit code: Wine and its server run
# as always, and Debian's i386 Wine runs in qemu-i386 as its 32-bit loader.
# usage: emulate.sh DEST I386_PE      I386_PE: what fetch-wine-i386.sh made
#
#   DEST/qemu-i386      of Debian 13: what Debian 12 has mixes up the segments of threads
#   DEST/root           what emulated programs see first as /: the loader of Wine, its Unix libraries,
#                       libc, and no more
#   DEST/tree           looks to the 64-bit loader as if it were installed there, with a 32-bit one
#                       (tree/usr/lib/wine/wine, which starts the emulator) beside it
#
# When it fails, the last line on standard error is the reason. Nothing is installed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/private-apt.sh"

dest=$1
pe=$2
version=$(dpkg-query -W -f '${Version}' libwine)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

fail() {
    echo "$*" >&2
    exit 1
}

rm -rf "$dest"
root=$dest/root
loaders=$dest/tree/usr/lib/wine
mkdir -p "$root/etc" "$root/usr/lib/i386-linux-gnu/wine" "$loaders"

mkdir "$work/i386"
(
    private_apt "$work/apt-i386" deb i386 &&
        cd "$work/i386" && private_apt_get download "wine32:i386=$version" libc6:i386 libgcc-s1:i386
) || fail "the i386 packages of Wine and libc could not be downloaded"
for package in "$work/i386"/*.deb; do
    dpkg-deb --fsys-tarfile "$package" |
        tar -x -C "$root" --exclude='./usr/share' --exclude='*/gconv' --exclude='*/audit'
done
mkdir "$work/qemu"
(
    private_apt "$work/apt-qemu" deb amd64 trixie &&
        cd "$work/qemu" && private_apt_get download qemu-user:amd64
) || fail "qemu-user of Debian 13 could not be downloaded"
dpkg-deb --fsys-tarfile "$work/qemu"/*.deb | tar -x -C "$work" ./usr/bin/qemu-i386
mv "$work/usr/bin/qemu-i386" "$dest/qemu-i386"
"$dest/qemu-i386" -version >"$dest/version" || fail "qemu-i386 of Debian 13 does not run here"

# Links where nothing is written: the PE files are those of the other ways to run.
libraries=$root/usr/lib/i386-linux-gnu/wine
cp -al "$pe/i386-windows" "$libraries/"
cp -al "$pe/unix-of-i386" "$libraries/i386-unix"
# Without it user32, crypt32 and others do not load. Debian has it with the 64-bit Wine only.
[ -e "$libraries/i386-windows/zlib1.dll" ] ||
    cp /usr/lib/x86_64-linux-gnu/wine/i386-windows/zlib1.dll "$libraries/i386-windows/"
gcc -m32 -O1 -std=c11 -ffreestanding -fPIC -fno-stack-protector -fcf-protection=none -nostdlib \
    -shared -o "$dest/emulated_faults.so" "$here/support/emulated_faults.c" ||
    fail "gcc -m32 does not work"
echo "$dest/emulated_faults.so" >"$root/etc/ld.so.preload"

cp "$MPR_WINE64" "$loaders/wine64"
mv "$root/usr/lib/wine/wine" "$loaders/wine32"
rm -rf "$root/usr/lib/wine"
cat >"$loaders/wine" <<END
#!/bin/sh
exec '$dest/qemu-i386' -L '$root' -0 '$loaders/wine' '$loaders/wine32' "\$@"
END
chmod +x "$loaders/wine"
ln -s /usr/lib/x86_64-linux-gnu "$dest/tree/usr/lib/x86_64-linux-gnu"
ln -s "$root/usr/lib/i386-linux-gnu" "$dest/tree/usr/lib/i386-linux-gnu"
ln -s /usr/share "$dest/tree/usr/share"
echo "$version $dest" >"$dest/complete"
