#!/usr/bin/env python3
"""Turns layout.tsv and constants.tsv into compile-time asserts for one architecture.

    gen_layout.py --arch i686 --headers mprapi,ext --layout layout.tsv --constants constants.tsv
                  --out layout_asserts.h

The header asserts what it says while it is compiled, and defines how much it was, so that the test
can print counts of what was really compiled.
"""

import argparse


def rows(path, headers):
    with open(path, encoding="ascii") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if not line.startswith("#") and fields[-1] in headers:
                yield fields


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--arch", choices=("x86_64", "i686"), required=True)
    for name in ("headers", "layout", "constants", "out"):
        parser.add_argument(f"--{name}", required=True)
    options = parser.parse_args()
    headers = options.headers.split(",")
    column = 2 if options.arch == "x86_64" else 3

    text, sizes, offsets, constants = [], 0, 0, 0
    for fields in rows(options.layout, headers):
        structure, member, want = fields[0], fields[1], fields[column]
        if member == "-":
            text.append(f'_Static_assert(sizeof({structure}) == {want}, "size of {structure}");')
            sizes += 1
        else:
            text.append(f"_Static_assert(offsetof({structure}, {member}) == {want},\n"
                        f'               "offset of {structure}.{member}");')
            offsets += 1
    for name, value, _ in rows(options.constants, headers):
        text.append(f'_Static_assert((DWORD)({name}) == {value}u, "value of {name}");')
        constants += 1
    text.append(f"enum {{ LAYOUT_SIZES = {sizes}, LAYOUT_OFFSETS = {offsets}, "
                f"LAYOUT_CONSTANTS = {constants} }};")
    with open(options.out, "w", encoding="ascii", newline="\n") as out:
        out.write("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
