# Sourced by the tests of this folder. TOP is the tree, WORK a folder that is gone afterwards; programs
# in WORK/fake come before the machine's own. Outcomes are printed in cmocka's form, which
# cmake/test-summary.py counts.
TOP=$(cd "$(dirname "$0")/../.." && pwd)
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' HUP INT TERM
mkdir "$WORK/fake"
PATH=$WORK/fake:$PATH
export TOP WORK PATH
unset MPR_TOP MPR_BUILD MPR_CODE32 MPR_EMULATE_I686 MPR_EMULATED MPR_WINE64 MPR_ARCH_PROOF || true
failed=0

# fake NAME: a program whose script comes from standard input.
fake() {
    { echo '#!/bin/sh' && cat; } >"$WORK/fake/$1"
    chmod +x "$WORK/fake/$1"
}

# run COMMAND...: sets rc; what it said is in WORK/out.
run() {
    rc=0
    "$@" >"$WORK/out" 2>&1 </dev/null || rc=$?
}

# case_is NAME COMMAND...: one case, which passes when the command succeeds.
case_is() {
    case_name=$1
    shift
    if "$@"; then
        echo "[       OK ] $case_name"
    else
        echo "[  FAILED  ] $case_name"
        sed 's/^/    /' "$WORK/out" 2>/dev/null || true
        failed=1
    fi
}

# ended CODE TEXT...: the last run did so, and its output has each of the texts.
ended() {
    [ $rc = "$1" ] || {
        echo "exit code $rc, not $1"
        return 1
    }
    shift
    for text in "$@"; do
        grep -qF -- "$text" "$WORK/out" || {
            echo "nothing says '$text'"
            return 1
        }
    done
}
says_nothing_of() {
    ! grep -qE -- "$1" "$WORK/out"
}

# mini_tree: a copy of the scripts alone, in WORK/tree.
mini_tree() {
    mkdir "$WORK/tree"
    cp -r "$TOP/dev" "$TOP/cmake" "$WORK/tree/"
    echo '{}' >"$WORK/tree/CMakePresets.json"
}
