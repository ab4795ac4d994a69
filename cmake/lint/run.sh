#!/bin/sh
# Every lint, to the end; the exit status says whether all were content.
# usage: run.sh [FILE...]: format and static analysis of these files only
set -u
cd "$MPR_TOP" || exit 1
lint=cmake/lint
log=$MPR_BUILD/lint.log
failed=

run() {
    name=$1
    shift
    printf '==> %s\n' "$name"
    if ! "$@"; then
        failed="$failed $name"
    fi
}

c_files() { git ls-files --cached --others --exclude-standard -- "$@" | while read -r f; do
    [ ! -f "$f" ] || echo "$f"
done | sort -u; }

format() { c_files '*.c' '*.h' | xargs -r clang-format --dry-run -Werror; }
format_some() { clang-format --dry-run -Werror "$@"; }

# tidy_files DB PATTERN...: the files of a compile database, two at a time.
tidy() {
    database=$1
    target=$2
    shift 2
    [ -e "build/$database/compile_commands.json" ] || return 0
    # What gcc knows and clang doesn't must not count as a finding. One file a run: clang-tidy 14
    # carries what it knows of va_lists from one file into the next.
    printf '%s\n' "$@" | grep -v '^$' | xargs -r -P "$(nproc)" -n 1 clang-tidy --quiet \
        -p "build/$database" --extra-arg=-Wno-unknown-warning-option \
        --extra-arg=-Wno-unused-command-line-argument ${target:+--extra-arg=--target=$target} \
        >"$log" 2>"$log.err"
    rc=$?
    cat "$log"
    [ $rc = 0 ] || grep 'error:' "$log.err" | head
    return $rc
}

# The files of a database that lie in the tree and match a pattern.
in_database() {
    python3 - "$1" "$2" <<'EOF'
import json, os, re, sys
path = f"build/{sys.argv[1]}/compile_commands.json"
if os.path.exists(path):
    names = {os.path.relpath(e["file"]) for e in json.load(open(path))}
    print("\n".join(sorted(n for n in names if re.search(sys.argv[2], n))))
EOF
}

tidy_native() { tidy native "" $(in_database native '^(src|bench|examples|tests)/.*\.c$'); }
# What only Windows compiles, with clang in the role of the cross compiler.
tidy_windows() {
    tidy x86_64 x86_64-w64-mingw32 $(in_database x86_64 '^(src/(win32|api)|examples)/.*\.c$')
}

check_cpp() {
    cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
        --suppress=missingInclude --suppress=missingIncludeSystem --error-exitcode=1 \
        -j "$(nproc)" --library=posix -I src -I build/native/visible/uthash \
        --suppress="*:build/native/visible/*" "$@"
}

if [ $# -gt 0 ]; then
    run clang-format format_some "$@"
    run clang-tidy tidy native "" "$@"
else
    run clang-format format
    run "clang-tidy, native" tidy_native
    run "clang-tidy, Windows" tidy_windows
    run cppcheck check_cpp src
    run budget python3 $lint/budget.py
    run layers python3 $lint/layers.py
    run "banned functions and paths" python3 $lint/banned.py
fi
if [ -n "$failed" ]; then
    echo "lint: not content:$failed"
    exit 1
fi
echo "lint: nothing found"
