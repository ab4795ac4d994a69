#!/bin/sh
# ./dev on a machine where packages are missing, for somebody without rights.
set -eu
. "$(dirname "$0")/check.sh"
mini_tree

real_id=$(command -v id)
fake id <<END
case \$1 in
-u) echo 1000 ;;
*) exec $real_id "\$@" ;;
esac
END
echo 'exit 1' | fake dpkg-query
echo 'exit 1' | fake sudo
fake apt-get <<'END'
echo "apt-get must not run"
exit 1
END

run "$WORK/tree/dev" demo
case_is one_line_is_printed ended 1 "Run this line" "apt-get install -y --no-install-recommends"
case_is it_has_what_the_demo_needs ended 1 " gcc-mingw-w64-x86-64-win32 "
case_is it_has_what_the_tests_need ended 1 " libcmocka-dev " " gcc-mingw-w64-i686-win32 "
case_is no_daemon_is_in_it says_nothing_of 'bird|frr'
case_is nothing_is_installed says_nothing_of 'must not run'
cp "$WORK/out" "$WORK/first"
run "$WORK/tree/dev" test
case_is the_second_verb_asks_for_the_same cmp -s "$WORK/first" "$WORK/out"
run "$WORK/tree/dev" interop
case_is interop_says_that_it_needs_root ended 1 "needs root"

# One package comes to the verbs that need it, whatever clang's version.
fake dpkg-query <<'END'
case "$*" in
*Version*clang*) printf '1:19.0-63' ;;
*) exit 1 ;;
esac
END
run "$WORK/tree/dev" fuzz
case_is the_sanitizers_are_those_of_the_clang_there ended 1 " libclang-rt-19-dev"
exit $failed
