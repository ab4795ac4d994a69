#!/bin/sh
# ./dev in a tree: whose it is, when it is configured, and how far a step is.
set -eu
. "$(dirname "$0")/check.sh"
mini_tree
real_id=$(command -v id)
mkdir "$WORK/tree/build"
touch "$WORK/tree/build/x86_64.log"
fake id <<END
case \$1 in
-un) echo somebody-else ;;
-u) echo 1000 ;; # nothing is installed or changed by a test
*) exec $real_id "\$@" ;;
esac
END
run "$WORK/tree/dev" demo
case_is a_tree_of_another_user_is_refused_at_once ended 1 "belongs to $("$real_id" -un)" "rm -rf"
rm "$WORK/tree/build/x86_64.log"
touch "$WORK/tree/build/.lock"
echo 'exit 1' | fake dpkg-query
echo 'exit 1' | fake sudo
run "$WORK/tree/dev" demo
case_is one_in_which_nothing_was_made_is_not ended 1 "Run this line"
run "$WORK/tree/dev" help
case_is help_is_there_for_everybody ended 0 "usage:"
rm "$WORK/fake/id"

# Everything is installed; what configures and builds only takes notes.
fake dpkg-query <<END
case "\$*" in
*'Version} \${Status'*) cat "$WORK/installed" ;;
*) printf 'install ok installed' ;;
esac
END
fake cmake <<END
echo "\$*" >>"$WORK/configured"
mkdir -p "build/\$2" && touch "build/\$2/build.ninja"
END
fake ninja <<'END'
n=0
while [ $n -lt 40 ]; do
    n=$((n + 1))
    echo "[$n/40] Building C object $n"
done
END
echo 'echo packed' >"$WORK/tree/cmake/dist.sh"
echo "cmake 3.25 installed" >"$WORK/installed"
run "$WORK/tree/dev" dist
case_is a_new_tree_is_configured ended 0 packed
case_is each_preset_once [ "$(wc -l <"$WORK/configured")" = 2 ]
case_is a_long_build_shows_how_far_it_is ended 0 "[20/40]" "[40/40]"
run "$WORK/tree/dev" dist
case_is nothing_new_nothing_configured [ "$(wc -l <"$WORK/configured")" = 2 ]
echo "libinih-dev 53 installed" >>"$WORK/installed"
run "$WORK/tree/dev" dist
case_is a_package_that_came_later_is_seen [ "$(wc -l <"$WORK/configured")" = 4 ]
mkdir -p "$WORK/tree/build/deps/cmocka-i686/lib"
touch "$WORK/tree/build/deps/cmocka-i686/lib/libcmocka-static.a"
run "$WORK/tree/dev" dist
case_is a_library_that_came_later_is_seen [ "$(wc -l <"$WORK/configured")" = 6 ]

# What fails is shown, and no success is made of it.
echo 'echo "[1/2] ok"; echo "FAILED: x.o"; echo "x.c:1: error: y"; exit 1' | fake ninja
run "$WORK/tree/dev" dist
case_is a_failed_build_fails ended 1 "x.c:1: error: y" "building x86_64 failed"
exit $failed
