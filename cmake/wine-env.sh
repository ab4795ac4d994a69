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
if [ -x /usr/lib/wine/wine64 ]; then
    MPR_WINE=/usr/lib/wine/wine64
else
    MPR_WINE=wine
fi
