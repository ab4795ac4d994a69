#!/bin/sh
# Builds cmocka for the two Windows targets from Debian's own source package.
# usage: fetch-cmocka.sh DEPS_DIR; makes DEPS_DIR/cmocka-{x86_64,i686}/{include,lib/libcmocka-static.a}
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/private-apt.sh"

deps=$1
if [ -e "$deps/cmocka.stamp" ]; then
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

private_apt "$work/apt" deb-src
# The sources alone: a mirror may have lost what else belongs to a source package.
(cd "$work" && private_apt_get source --download-only --tar-only cmocka)
mkdir "$work/src"
tarball=$(find "$work" -maxdepth 1 -name 'cmocka_*.orig.tar.*' ! -name '*.asc')
tar -xf "$tarball" -C "$work/src" --strip-components=1

mkdir -p "$deps"
for arch in x86_64 i686; do
    rm -rf "$deps/cmocka-$arch"
    cmake -S "$work/src" -B "$work/b-$arch" -G Ninja -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_TOOLCHAIN_FILE="$here/toolchain-$arch.cmake" \
        -DWITH_STATIC_LIB=ON -DBUILD_SHARED_LIBS=OFF -DUNIT_TESTING=OFF -DWITH_EXAMPLES=OFF \
        -DCMAKE_INSTALL_PREFIX="$deps/cmocka-$arch"
    ninja -C "$work/b-$arch" install
    # Since 1.1.7 the static library has the plain name.
    [ -e "$deps/cmocka-$arch/lib/libcmocka-static.a" ] ||
        mv "$deps/cmocka-$arch/lib/libcmocka.a" "$deps/cmocka-$arch/lib/libcmocka-static.a"
done >"$deps/cmocka.log" 2>&1 || {
    tail -n 20 "$deps/cmocka.log" >&2
    exit 1
}
touch "$deps/cmocka.stamp"
