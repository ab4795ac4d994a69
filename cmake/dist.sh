#!/bin/sh
# Packs what `cmake --install` puts down for both architectures. Same source, same bytes: sorted,
# without owner, and with one date: SOURCE_DATE_EPOCH or the start of 1980. The last commit's would
# not do, since the source may come without its history, or without git to read it.
set -eu
version=$(sed -n 's/^project(mprapi VERSION \([0-9.]*\).*/\1/p' "$MPR_TOP/CMakeLists.txt")
name=mprapi-$version
dist=$MPR_BUILD/dist
date=${SOURCE_DATE_EPOCH:-315532800}

rm -rf "${dist:?}/$name"
mkdir -p "$dist/$name"
for arch in x86_64 i686; do
    for file in mprapi.dll rtm.dll rtutils.dll mprsvc.exe mprnetlink; do
        [ -e "$MPR_BUILD/$arch/bin/$file" ] || {
            echo "dist: $file was not built for $arch" >&2
            exit 1
        }
    done
    cmake --install "$MPR_BUILD/$arch" --prefix "$dist/$name/$arch" >"$dist/install.log" || {
        cat "$dist/install.log" >&2
        exit 1
    }
    # -p keeps the link's time stamp, which is none; cmake's own --strip would put in today's.
    for file in mprapi.dll rtm.dll rtutils.dll mprctl.exe mprsvc.exe; do
        "$arch-w64-mingw32-strip" -p "$dist/$name/$arch/bin/$file"
    done
done
# The documents with all that they link to; a link that leads nowhere in the archive is an error.
mkdir -p "$dist/$name/docs"
cp "$MPR_TOP/README.md" "$MPR_TOP/LICENSE" "$dist/$name/"
cp "$MPR_TOP/docs"/*.md "$dist/$name/docs/"
cp "$MPR_TOP/cmake/dist/mprctl" "$dist/$name/mprctl"
cp "$MPR_TOP/cmake/dist/mprapi-router.service" "$dist/$name/"
chmod +x "$dist/$name/mprctl"
[ ! -d "$MPR_TOP/examples" ] || cp -R "$MPR_TOP/examples" "$dist/$name/examples"
python3 "$MPR_TOP/cmake/lint/links.py" "$dist/$name" || exit 1
(cd "$dist/$name" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs -d '\n' sha256sum) \
    >"$dist/SHA256SUMS"
mv "$dist/SHA256SUMS" "$dist/$name/"

archive=$dist/$name.tar.xz
tar -C "$dist" --sort=name --mtime="@$date" --owner=0 --group=0 --numeric-owner \
    --mode='u+rw,go+r,go-w,a+X' --format=gnu -cf - "$name" | xz -9 -T1 >"$archive.part"
mv "$archive.part" "$archive"
echo "    build/dist/$name.tar.xz, $(wc -c <"$archive") bytes, sha256 $(sha256sum <"$archive" | cut -c1-64)"
