#!/bin/sh
# cmake/wine-prefix.sh: a template is complete when programs were seen to run in it.
set -eu
. "$(dirname "$0")/check.sh"
export MPR_BUILD="$WORK/build"
mkdir -p "$MPR_BUILD/wine"
prefix() {
    sh "$TOP/cmake/wine-prefix.sh" "$@"
}

echo 'printf 8.0-1' | fake dpkg-query
echo 'exit 0' | fake wineserver
for arch in x86_64 i686; do
    echo 'shift; echo marker >"$1"' | fake $arch-w64-mingw32-gcc-win32
done
# A Wine without its 32-bit half: i686 ends with success and has not run.
fake wine <<'END'
case $1 in
wineboot) mkdir -p "$WINEPREFIX/drive_c/windows/syswow64" ;;
*x86_64*) echo "running as x86_64" ;;
esac
END
export MPR_WINE64="$WORK/fake/wine"

run prefix template x86_64
case_is a_template_for_x86_64_is_made ended 0
run prefix complete x86_64
case_is it_is_complete_for_x86_64 ended 0
run prefix complete x86_64 i686
case_is and_for_nothing_else ended 1
run prefix template x86_64 i686
case_is what_did_not_run_is_no_template ended 1 "no program ran as i686 (nothing is in syswow64)"
run prefix complete x86_64
case_is and_nothing_is_left_that_looks_complete ended 1

fake wine <<'END'
case $1 in
wineboot) mkdir -p "$WINEPREFIX/drive_c/windows/syswow64" ;;
*x86_64*) echo "running as x86_64" ;;
*i686*) echo "running as i686" ;;
esac
END
run prefix template x86_64 i686
run prefix complete x86_64 i686
case_is a_whole_wine_makes_a_whole_template ended 0
echo 'printf 10.0-1' | fake dpkg-query
run prefix complete x86_64
case_is another_wine_needs_another_template ended 1
exit $failed
