# The environment in which Wine runs here: no window, no prompt, no prefix but our own. Sourced.
# Needs MPR_BUILD; WINEPREFIX is set by whoever runs something.

MPR_WINE_DIR=$MPR_BUILD/wine
# The i386 PE files, see fetch-wine-i386.sh. Without them at run time a 32-bit program "succeeds"
# without having run.
export WINEDLLPATH="$MPR_WINE_DIR/i386-pe"
export WINEDEBUG="${MPR_WINEDEBUG:--all}"
export WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe,explorer.exe=d"
unset DISPLAY WAYLAND_DISPLAY WINEARCH WINESERVER WINELOADER || true

# Debian's `wine` is a script that looks around first; the loader itself starts faster.
if [ -n "${MPR_WINE64:-}" ]; then
    : # as named
elif [ -x /usr/lib/wine/wine64 ]; then
    MPR_WINE64=/usr/lib/wine/wine64
else
    MPR_WINE64=wine
fi
MPR_WINE=$MPR_WINE64
MPR_TEMPLATE=$MPR_WINE_DIR/template

# i686 where cmake/i686.sh decided for emulation: the loaders of cmake/emulate.sh, which find Wine's
# files by themselves, and prefixes whose 32-bit half was set up by them.
if [ -n "${MPR_EMULATED:-}" ]; then
    MPR_WINE64=$MPR_WINE_DIR/emulated/tree/usr/lib/wine/wine64
    MPR_WINE=$MPR_WINE_DIR/emulated/tree/usr/lib/wine/wine
    MPR_TEMPLATE=$MPR_WINE_DIR/template-emulated
    unset WINEDLLPATH
    WINESERVER=$(command -v /usr/lib/wine/wineserver || command -v wineserver)
    export WINESERVER
fi
