#!/bin/sh
# ./dev test i686 on a machine whose kernel runs no 32-bit code, without and with --emulate. Everything is
# installed; what fetches, builds and runs is a fake.
set -eu
. "$(dirname "$0")/check.sh"
mini_tree
mkdir "$WORK/tree/tests"
echo 'always fuzz_* too slow' >"$WORK/tree/tests/emulated.txt"
export MPR_CODE32="$WORK/fake/code32"
echo 'echo "no: int 0x80 faults"; exit 1' | fake code32

fake dpkg-query <<'END'
case $* in
*Status*) printf 'install ok installed' ;;
*) printf 8.0-1 ;;
esac
END
echo 'mkdir -p "build/$2" && touch "build/$2/build.ninja"' | fake cmake
for program in ninja wineserver hardlink; do
    echo 'exit 0' | fake $program
done
for arch in x86_64 i686; do
    echo 'shift; echo marker >"$1"' | fake $arch-w64-mingw32-gcc-win32
done
# Wine in both forms: the marker, and a test of two cases.
fake wine <<'END'
case $1 in
wineboot) mkdir -p "$WINEPREFIX/drive_c/windows/syswow64" ;;
*marker-x86_64*) echo "running as x86_64" ;;
*marker-i686*) echo "running as i686" ;;
*) printf 'running as i686\n[       OK ] a\n[       OK ] b\n' ;;
esac
END
export MPR_WINE64="$WORK/fake/wine"
# Two programs: one that is a test, and one that is left out when emulated.
fake ctest <<'END'
while [ "$1" != --output-junit ]; do shift; done
xml=$2
{
    echo '<testsuite>'
    for name in one fuzz_two; do
        rc=0
        sh cmake/run-wine.sh i686 /nowhere/test_$name.exe >"$xml.out" 2>&1 || rc=$?
        status=run
        [ $rc != 77 ] || status=notrun
        echo "<testcase name=\"$name\" status=\"$status\"><system-out>"
        cat "$xml.out"
        echo '</system-out></testcase>'
    done
    echo '</testsuite>'
} >"$xml"
END
echo 'mkdir -p "$1" && touch "$1/cmocka.stamp"' >"$WORK/tree/cmake/fetch-cmocka.sh"
cat >"$WORK/tree/cmake/fetch-wine-i386.sh" <<'END'
echo "fetching i386" >&2
mkdir -p "$1/unix-of-i386" && printf 8.0-1 >"$1/version"
END

run "$WORK/tree/dev" test i686
case_is without_emulation_all_is_skipped ended 77 "!!! i686 WILL NOT RUN: this kernel runs no 32-bit code" \
    "./dev test --emulate" "0 passed, 0 failed, 2 skipped"
case_is and_nothing_is_fetched_for_it says_nothing_of "fetching i386"

cat >"$WORK/tree/cmake/emulate.sh" <<'END'
echo "a lot" >&2
echo "qemu-user could not be downloaded" >&2
exit 1
END
run "$WORK/tree/dev" test --emulate i686
case_is what_cannot_be_set_up_is_a_skip ended 77 "it can't be emulated: qemu-user could not be downloaded" \
    "0 passed, 0 failed, 2 skipped"

cat >"$WORK/tree/cmake/emulate.sh" <<END
echo "setting up the emulator"
mkdir -p "\$1/tree/usr/lib/wine"
for loader in wine wine64; do cp "$WORK/fake/wine" "\$1/tree/usr/lib/wine/\$loader"; done
echo "8.0-1 \$1" >"\$1/complete"
END
run "$WORK/tree/dev" test --emulate i686
case_is emulated_programs_run ended 0 "!!! i686 will run EMULATED" "i686: 2 ok (emulated), 0 not, 1 left out" \
    "skipped fuzz_two: not emulated: too slow" "2 passed, 0 failed, 1 skipped"
run "$WORK/tree/dev" test --emulate i686
case_is what_is_set_up_is_not_set_up_again says_nothing_of "setting up|fetching"
run env MPR_EMULATE_I686=1 "$WORK/tree/dev" test i686
case_is the_environment_asks_for_it_too ended 0 "2 ok (emulated)"

echo 'echo yes' | fake code32
run "$WORK/tree/dev" test --emulate i686
case_is a_kernel_that_can_is_not_emulated ended 0 "is not emulated" "i686: 4 ok, 0 not, 0 left out"
exit $failed
