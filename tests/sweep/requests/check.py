#!/usr/bin/env python3
"""Counts the requests to Wine's server that exported calls make, and compares with a table.

usage: check.py RUN_WINE ARCH PROGRAM EXPECTED_TSV [--update | --show CASE]

PROGRAM is one of tests/sweep. With MPR_COUNT_REQUESTS set it makes each call of its table some times
over between two marks (sweep/requests.c). Wine's server writes down each request when its debug
channel is on, with the thread that made it: what worker threads and other processes ask for does
not count. Of a case's calls the median counts; more than the table allows fails. What a call asks of
the server does not depend on the machine's load, but on the version of Wine, hence a column for
each. Where it grows with the host's adapters, or is hundreds of requests, there is a tolerance.

--update writes the counts of the running version into the table; a tolerance set by hand stays.
--show prints what one case asks for.
"""
import os
import re
import statistics
import subprocess
import sys

REQUEST = re.compile(r"^([0-9a-f]{4,}): ([a-z0-9_]+)\( (.*)")
MARK = re.compile(r'name=L"mark-(begin|end) ([^"]*)"')
HEAD = "# program\tcase\twine 8\twine 10\ttolerance"
SKIPPED = 77


class Failed(Exception):
    """The program or the table is not as it has to be."""


def wine_major(wine):
    """The column of the table: 8 of wine-8.0 (Debian 8.0~repack-4)."""
    text = subprocess.run([wine, "--version"], capture_output=True, text=True, check=True).stdout
    return re.search(r"(\d+)", text).group(1)


def trace(run_wine, arch, program):
    """The lines of the server and of the program in a prefix of its own."""
    environment = dict(os.environ, MPR_COUNT_REQUESTS="1", MPR_WINE_FRESH="1",
                       MPR_WINEDEBUG="+server", MPR_ARCH_PROOF="1")
    done = subprocess.run(["sh", run_wine, arch, program], env=environment, text=True,
                          capture_output=True, errors="replace", check=False)
    lines = done.stdout.split("\n")
    if done.returncode == SKIPPED:
        print(done.stdout)
        sys.exit(SKIPPED)
    if done.returncode:
        print("\n".join(line for line in lines if not re.match(r"^(\*|[0-9a-f]{4,}: )", line)))
        raise Failed(f"{program}: exit code {done.returncode}")
    return lines


def calls(lines):
    """Case -> for each of its calls the requests, as (name, arguments)."""
    found, thread, case, asked = {}, None, None, []
    for line in lines:
        request = REQUEST.match(line)
        if not request:
            continue
        mark = MARK.search(line)
        if mark and mark.group(1) == "begin":
            thread, case, asked = request.group(1), mark.group(2), []
        elif mark and case:
            found.setdefault(case, []).append(asked)
            case = None
        elif case and request.group(1) == thread:
            asked.append((request.group(2), request.group(3)))
    if not found:
        raise Failed("no marks in the trace: was the server running before?")
    return found


def read_table(path):
    """(program, case) -> {column: text}."""
    rows = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as table:
            for line in table:
                if not line.startswith("#"):
                    program, case, eight, ten, tolerance = line.rstrip("\n").split("\t")
                    rows[program, case] = {"8": eight, "10": ten, "tolerance": tolerance}
    return rows


def update(path, program, counts, major):
    rows = {key: row for key, row in read_table(path).items()
            if key[0] != program or key[1] in counts}
    for case, count in counts.items():
        row = rows.setdefault((program, case), {"8": "-", "10": "-", "tolerance": "0"})
        row[major] = str(count)
    with open(path, "w", encoding="utf-8") as table:
        print(HEAD, file=table)
        for (name, case), row in sorted(rows.items()):
            print(name, case, row["8"], row["10"], row["tolerance"], sep="\t", file=table)


def compare(rows, program, counts, major):
    """Prints a line for each case; how many are not as expected."""
    wrong = 0
    for case, count in counts.items():
        row = rows.get((program, case))
        if not row or row[major] == "-":
            wrong += 1
            verdict = "has no row in the table"
        elif count > int(row[major]) + int(row["tolerance"]):
            wrong += 1
            verdict = f"more than {row[major]}"
        elif count < int(row[major]) - int(row["tolerance"]):
            verdict = f"fewer than {row[major]}: --update keeps it so"
        else:
            verdict = ""
        print(f"{case:<55}{count:>5} {verdict}")
    for name, case in rows:
        if name == program and case not in counts:
            wrong += 1
            print(f"{case}: there is no such case any more")
    return wrong


def main():
    run_wine, arch, path, expected, *options = sys.argv[1:]
    major = wine_major(os.environ.get("MPR_WINE", "/usr/lib/wine/wine64"))
    program = re.sub(r"^test_|\.exe$", "", os.path.basename(path))
    rows = read_table(expected)
    if options[:1] != ["--update"] and not any(row.get(major, "-") != "-" for row in rows.values()):
        print(f"SKIP: {os.path.basename(expected)} has no column for Wine {major}")
        return SKIPPED
    found = calls(trace(run_wine, arch, path))
    counts = {case: int(statistics.median(map(len, each))) for case, each in found.items()}
    if options[:1] == ["--show"]:
        for name, arguments in found[options[1]][-1]:
            print(f"{name}( {arguments}")
        return 0
    if options[:1] == ["--update"]:
        update(expected, program, counts, major)
        return 0
    if compare(rows, program, counts, major):
        print("Requests to the server changed. If that is meant, or better:\n"
              f"    python3 {os.path.relpath(sys.argv[0])} {' '.join(sys.argv[1:])} --update")
        return 1
    return 0


try:
    sys.exit(main())
except Failed as failure:
    print(failure)
    sys.exit(1)
