#!/bin/sh
# Runs the commands of docs/QUICKSTART.md as they stand, one after the other, in a folder of its own.
# usage: quickstart.sh; needs MPR_TOP, MPR_BUILD and a built x86_64 DLL.
set -eu
. "$MPR_TOP/cmake/wine-env.sh"
work=$(mktemp -d "$MPR_WINE_DIR/run/quickstart.XXXXXX")
finish() {
    sh "$MPR_TOP/cmake/wine-prefix.sh" stop "$work/quickstart/prefix"
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' HUP INT TERM

# What the page expects around it: the checkout as the current folder, wine and wineboot to call.
mkdir -p "$work/bin" "$work/build/x86_64/bin" "$work/examples"
for file in mprapi.dll mprsvc.exe mprctl.exe; do
    cp "$MPR_BUILD/x86_64/bin/$file" "$work/build/x86_64/bin/"
done
cp "$MPR_TOP/examples/connect.c" "$work/examples/"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$MPR_WINE" >"$work/bin/wine"
# A clone of the template is what wineboot makes, sooner.
printf '#!/bin/sh\nexec sh "%s/cmake/wine-prefix.sh" clone "$WINEPREFIX"\n' "$MPR_TOP" >"$work/bin/wineboot"
chmod +x "$work/bin/wine" "$work/bin/wineboot"

{
    echo 'set -eu'
    sed -n '/^```sh$/,/^```$/p' "$MPR_TOP/docs/QUICKSTART.md" | grep -v '^```'
} >"$work/commands"
[ "$(wc -l <"$work/commands")" -gt 15 ] || {
    echo "docs/QUICKSTART.md has hardly a command left"
    exit 1
}
(cd "$work" && PATH="$work/bin:$PATH" sh ./commands) >"$work/out" 2>&1 </dev/null || {
    cat "$work/out"
    echo "a command of docs/QUICKSTART.md failed"
    exit 1
}
sed -i 's/\r$//' "$work/out"
cat "$work/out"

# The lines that the page promises, whatever stands between them.
sed -n -e '/^It prints$/,/^and the log/p' -e '/`interfaces show` says$/,/^all the same/p' \
    "$MPR_TOP/docs/QUICKSTART.md" | sed -n 's/^    //p' >"$work/promised"
[ -s "$work/promised" ]
while IFS= read -r line; do
    grep -qxF -- "$line" "$work/out" || {
        echo "promised, but not printed: $line"
        exit 1
    }
done <"$work/promised"
grep -q "call MprAdminInterfaceConnect(.* = NO_ERROR" "$work/out"
