#!/usr/bin/env python3
"""Checks that every built export is in the tables of a kind of test, and no other name is.

usage: check_tables.py sweeps|random MPRAPI.DEF UNBUILT_LIST.H STAMP FILE.C...

In the allocation sweeps (tests/sweep) a row is SWEEP("Name, ...", ...) or NO_ALLOCATION("Name, ...",
..., reason); the sweep itself proves at run time which of the two a function is. In the random calls
(tests/api/random) it is ROW, KEEP, RARE or NO_STATUS(Name, ...). STAMP is written when all is well.
"""

import re
import sys

import export_tables

ROWS = {
    "sweeps": r'\b(?:SWEEP|NO_ALLOCATION)\(\s*"(\w+)',
    "random": r'\b(?:ROW|KEEP|RARE|NO_STATUS)\(\s*(\w+), "',
}


def rows(kind, paths):
    """Names of functions in the tables of those files."""
    names = set()
    for path in paths:
        with open(path, encoding="utf-8") as handle:
            names |= set(re.findall(ROWS[kind], handle.read()))
    return names


def main():
    kind, definition, unbuilt, stamp, *files = sys.argv[1:]
    built = set(export_tables.read_def(definition)) - set(export_tables.read_unbuilt(unbuilt))
    found = rows(kind, files)
    problems = [f"{name} has no row" for name in sorted(built - found)]
    problems += [f"{name} has a row, but is no built export" for name in sorted(found - built)]
    for problem in problems:
        print(f"{kind}: {problem}")
    if problems:
        return 1
    with open(stamp, "w", encoding="ascii") as out:
        out.write(f"{len(found)}\n")
    print(f"{kind}: all {len(found)} built exports")
    return 0


if __name__ == "__main__":
    export_tables.run(main)
