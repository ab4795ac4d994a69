#!/usr/bin/env python3
"""Makes, from mprapi.def and x86-args.tsv (or those of another DLL), what the linkers and tests of one architecture need.

    gen_exports.py --def mprapi.def --args x86-args.tsv --arch i686 --out-def mprapi-i686.def
                   [--out-link-def mprapi-i686-link.def] [--out-header exports.h]

The .def file carries decorated names (Name@N) on i686, so that a function whose arguments differ
from the list does not link; the linker drops the decoration with --kill-at, and dlltool -k keeps
it out of the import libraries. What is private, by number only, is in the linker's file alone, where
names have the numbers from 1 on that the linker would give them. The header is an X-macro list for tests, EXPORT(name, bytes, known)
and NOT_EXPORTED(name): bytes is -1 where unknown, known is 1 for names of mingw-w64's libmprapi.a.
"""

import argparse
import os

import export_tables


def write(path, lines):
    with open(path, "w", encoding="ascii", newline="\n") as out:
        out.write("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--def", dest="definition", required=True)
    parser.add_argument("--args", required=True)
    parser.add_argument("--arch", choices=export_tables.ARCHES, required=True)
    parser.add_argument("--out-def")
    parser.add_argument("--out-link-def")
    parser.add_argument("--out-header")
    options = parser.parse_args()

    names = export_tables.read_def(options.definition)
    args = export_tables.read_args(options.args)
    missing = sorted(set(names) - set(args))
    if missing:
        raise export_tables.ListError(f"{options.args} has no row for {', '.join(missing)}")
    symbols = export_tables.exported(names, args, options.arch)

    head = [f"; Made from {os.path.basename(options.definition)} for {options.arch}; do not edit.",
            f"LIBRARY {export_tables.read_library(options.definition)}", "EXPORTS"]
    if options.out_def:
        write(options.out_def, head + ["    " + symbol for symbol in symbols.values()])
    if options.out_link_def:
        numbered = [f"    {symbol} @{n}" for n, symbol in enumerate(symbols.values(), 1)]
        private = export_tables.read_private(options.definition)
        write(options.out_link_def, head + numbered +
              [f"    {name} @{n} NONAME" for name, n in private.items()])
    if options.out_header:
        lines = [f"/* Made from mprapi.def for {options.arch}; do not edit. */"]
        for name in names:
            size = args[name].bytes
            seen = "mingw-x86" if options.arch == "i686" else "mingw-x64"
            if name in symbols:
                lines.append(f"EXPORT({name}, {-1 if size is None else size}, "
                             f"{int(seen in args[name].seen)})")
            else:
                lines.append(f"NOT_EXPORTED({name})")
        write(options.out_header, lines)
    return 0


if __name__ == "__main__":
    export_tables.run(main)
