#!/bin/sh
# Every lint, to the end; the exit status says whether all were content.
# usage: run.sh [FILE...]: format and static analysis of these files only
set -u
cd "$MPR_TOP" || exit 1
lint=cmake/lint
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

# One configuration: a compiler with typeof, as ours are; uthash has another form for the others.
check_cpp() {
    cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
        --suppress=missingInclude --suppress=missingIncludeSystem --error-exitcode=1 \
        -j "$(nproc)" --library=posix -D__GNUC__=12 -I src -I build/native/visible/uthash \
        --suppress="*:build/native/visible/*" "$@"
}

if [ $# -gt 0 ]; then
    run clang-format format_some "$@"
    run clang-tidy python3 $lint/tidy.py "$@"
else
    run clang-format format
    run clang-tidy python3 $lint/tidy.py
    run cppcheck check_cpp src
    run budget python3 $lint/budget.py
    run "layers and rooms" python3 $lint/layers.py
    run dialect python3 $lint/dialect.py
    run links python3 $lint/links.py
    run "banned functions and paths" python3 $lint/banned.py
fi
if [ -n "$failed" ]; then
    echo "lint: not content:$failed"
    exit 1
fi
echo "lint: nothing found"
