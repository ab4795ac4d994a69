#!/usr/bin/env python3
"""Checks that every built export has a scenario in the allocation sweeps, and no other name has.

usage: check_sweeps.py MPRAPI.DEF UNBUILT_LIST.H STAMP SWEEP.C...

A scenario is SWEEP("Name, ...", ...) or NO_ALLOCATION("Name, ...", ..., reason). The sweep itself
proves at run time which of the two a function is. STAMP is written when all is well.
"""

import re
import sys

import export_tables


def swept(paths):
    """Names of functions in the tables of those files."""
    names = set()
    for path in paths:
        with open(path, encoding="utf-8") as handle:
            names |= set(re.findall(r'\b(?:SWEEP|NO_ALLOCATION)\(\s*"(\w+)', handle.read()))
    return names


def main():
    definition, unbuilt, stamp, *files = sys.argv[1:]
    built = set(export_tables.read_def(definition)) - set(export_tables.read_unbuilt(unbuilt))
    found = swept(files)
    problems = [f"{name} is in no allocation sweep (tests/sweep)" for name in sorted(built - found)]
    problems += [f"{name} is swept, but is no built export" for name in sorted(found - built)]
    for problem in problems:
        print(f"sweeps: {problem}")
    if problems:
        return 1
    with open(stamp, "w", encoding="ascii") as out:
        out.write(f"{len(found)}\n")
    print(f"sweeps: all {len(found)} built exports")
    return 0


if __name__ == "__main__":
    export_tables.run(main)
