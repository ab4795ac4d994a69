#!/usr/bin/env python3
"""Checks that the calls of tests/api/rtm are of every function of rtm.dll with every code.

usage: check_rtm.py RTM.DEF RTM_CALLS.H CODES.TSV STAMP FILE.C...

RTM_CALLS.H has the functions of rtmv2.h; CODES.TSV (see there) has for each of them the codes that
its page lists, and ROW(Name, CODE, ...) in FILE.C is a call. What else RTM.DEF exports is version 1
and MGM, X(Name, ...) in FILE.C, but for two helpers. STAMP is written when all is well.
"""

import re
import sys

import export_tables

HELPERS = {"RtmConvertIpv6AddressAndLengthToNetAddress", "RtmConvertNetAddressToIpv6AddressAndLength"}


def read(path):
    with open(path, encoding="utf-8") as handle:
        return handle.read()


def read_codes(path):
    """{function: (codes to be provoked, codes that can't be, each with a reason)}"""
    table = {}
    for line in read(path).splitlines():
        if not line or line.startswith("#"):
            continue
        name, provoked, others = line.split("\t")
        table[name] = (set(provoked.split()),
                       dict(part.split(": ") for part in others.split("; ") if part != "-"))
    return table


def wrong_codes(table, rows):
    for name, (provoked, others) in sorted(table.items()):
        for code in sorted((provoked | {"NO_ERROR"}) - rows.get(name, set())):
            yield f"{name}: no call gives {code}"
        for code in sorted(rows.get(name, set()) - provoked - {"NO_ERROR"}):
            yield f"{name}: a call gives {code}, which the table lacks"
        for code in sorted(set(others) & provoked):
            yield f"{name}: {code} is provoked, and can't be"


def different(what, found, wanted):
    for name in sorted(wanted - found):
        yield f"{name} is not {what}"
    for name in sorted(found - wanted):
        yield f"{name} is {what}, but is no such function"


def main():
    definition, calls, codes, stamp, *files = sys.argv[1:]
    text = "".join(read(path) for path in files)
    version_2 = {"Rtm" + name for name in re.findall(r"\bX\((\w+), \d+\)", read(calls))}
    rows = {}
    for name, code in re.findall(r"\bROW\(\s*(\w+),\s*(\w+)", text):
        rows.setdefault(name, set()).add(code)
    table = read_codes(codes)
    others = set(export_tables.read_def(definition)) - version_2 - HELPERS
    problems = [*different("in the table of codes", set(table), version_2),
                *different("called", set(rows), version_2),
                *different("called as refused", set(re.findall(r"\bX\((\w+), \d+\)", text)), others),
                *wrong_codes(table, rows)]
    for problem in problems:
        print(f"rtm.dll: {problem}")
    if problems:
        return 1
    with open(stamp, "w", encoding="ascii") as out:
        out.write(f"{len(rows)}\n")
    print(f"rtm.dll: all {len(version_2)} functions with every code, {len(others)} refused")
    return 0


if __name__ == "__main__":
    export_tables.run(main)
