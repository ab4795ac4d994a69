#!/usr/bin/env python3
"""Fails the build unless everything that says what mprapi.dll exports says the same.

Compared are mprapi.def, x86-args.tsv, unbuilt_list.h, the linked DLL, its import libraries, the
prototypes of the SDK header and of ours, mingw-w64's libmprapi.a (which we must cover), the rows of
docs/COMPATIBILITY.md and the tests that they name, and the table that README.md has of it. Every
difference is printed, not only the first.
"""

import argparse
import os
import re
import subprocess
import tempfile

import compatibility
import export_tables
import readme_table


class Report:
    """Collects differences and counts what was compared."""

    def __init__(self):
        self.problems = []
        self.done = []

    def same(self, what, have, want):
        """have and want are sets or dicts."""
        self.covers(what, have, want)
        for name in sorted(set(have) - set(want), key=str):
            self.problems.append(f"{what}: {name} is there, but should not be")

    def covers(self, what, have, want):
        """have may hold more than want; dicts must agree in the values."""
        self.done.append(f"{what} ({len(want)})")
        for name in sorted(set(want) - set(have), key=str):
            self.problems.append(f"{what}: {name} is missing")
        if isinstance(have, dict) and isinstance(want, dict):
            for name in sorted(set(have) & set(want)):
                if have[name] != want[name]:
                    self.problems.append(f"{what}: {name} is {have[name]}, not {want[name]}")


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def dll_exports(objdump, dll):
    """Names in the export table, as written there."""
    text = output(objdump, "-p", dll)
    table = re.search(r"^\[Ordinal/Name Pointer\] Table[^\n]*\n(.*?)^$", text, flags=re.S | re.M)
    return set(re.findall(r"^\s*\[.*?\s(\S+)$", table[1], flags=re.M)) if table else set()


def dll_private(objdump, dll):
    """Ordinals of the export table that have no name."""
    text = output(objdump, "-p", dll)
    table = re.search(r"^Export Address Table -- Ordinal Base (\d+)\n(.*?)^$", text,
                      flags=re.S | re.M)
    names = re.search(r"^\[Ordinal/Name Pointer\] Table[^\n]*\n(.*?)^$", text, flags=re.S | re.M)
    if not table or not names:
        return set()
    base = int(table[1])
    every = {base + int(n) for n in re.findall(r"^\s*\[\s*(\d+)\] \+base\[", table[2], flags=re.M)}
    return every - {base + int(n) for n in re.findall(r"^\s*\[\s*(\d+)\]", names[1], flags=re.M)}


def library_symbols(nm, library, arch):
    """Functions that an import library offers: {undecorated name: symbol without '_'}."""
    text = subprocess.run([nm, library], capture_output=True, text=True, check=False).stdout
    prefix = "_" if arch == "i686" else ""
    found = re.findall(rf"\sT {prefix}([A-Za-z][A-Za-z0-9]*(?:@\d+)?)$", text, flags=re.M)
    return {symbol.split("@")[0]: symbol for symbol in found}


def prototypes(compiler, includes, arch, names):
    """Symbols that the compiler makes for those of names that mprapi.h or mprapi_ext.h declares."""
    source = "#include <winsock2.h>\n#include <windows.h>\n#include <mprapi.h>\n" \
             "#include <mprapi_ext.h>\n"
    flags = ["-std=c11", "-w"] + [f"-I{path}" for path in includes]
    with tempfile.TemporaryDirectory() as folder:
        plain, table = os.path.join(folder, "p.c"), os.path.join(folder, "t.c")
        with open(plain, "w", encoding="ascii") as out:
            out.write(source)
        declared = set(re.findall(r"\b((?:Mpr|Ras)[A-Za-z0-9]+)\s*\(",
                                  output(*compiler, *flags, "-E", "-P", plain)))
        declared &= set(names)
        with open(table, "w", encoding="ascii") as out:
            out.write(source + "void *const table[] = {\n"
                      + "".join(f"(void *){name},\n" for name in sorted(declared)) + "0};\n")
        text = output(*compiler, *flags, "-S", "-o", "-", table)
    symbols = {}
    for name in declared:
        match = re.search(rf"\b_?({name}(?:@\d+)?)$", text, flags=re.M)
        symbols[name] = match[1] if match else "?"
    return symbols


def check_lists(report, options, names, args, unbuilt):
    """The checked-in lists among themselves; also {name: expected status} for the document."""
    if names != sorted(set(names)):
        report.problems.append("mprapi.def: names are not sorted and unique")
    report.same("mprapi.def against x86-args.tsv", set(names), set(args))
    report.covers("unbuilt_list.h within mprapi.def", set(names), set(unbuilt))
    report.covers("unbuilt_list.h sizes against x86-args.tsv",
                  {n: r.bytes for n, r in unbuilt.items()},
                  {n: args[n].bytes for n in unbuilt if n in args})
    rows = compatibility.read_table(options.compatibility)
    report.same("COMPATIBILITY.md rows of exported names", set(rows), set(names))
    for name in sorted(set(rows) & set(names)):
        want = f"answers {unbuilt[name].code}" if name in unbuilt else "built"
        if rows[name].status != want:
            report.problems.append(f"COMPATIBILITY.md: {name} is '{rows[name].status}', "
                                   f"not '{want}'")
    check_documents(report, options, rows)


def check_documents(report, options, rows):
    """Tests that the rows name, and README.md."""
    for name, row in rows.items():
        if row.tests.strip("-") == "":
            report.problems.append(f"COMPATIBILITY.md: {name} names no test")
    if options.tests:
        report.problems += compatibility.wrong_routers(
            rows, os.path.join(options.tests, "api", "random", "random_table.c"))
        report.covers("test cases that COMPATIBILITY.md names",
                      compatibility.existing_cases(options.tests),
                      set(compatibility.named_cases(options.compatibility)))
    if options.readme:
        old, new = readme_table.updated(options.readme, rows)
        report.done.append("table of README.md")
        if old != new:
            report.problems.append("README.md: the table of what works is stale; run "
                                   "python3 cmake/exports/readme_table.py")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--arch", choices=export_tables.ARCHES, required=True)
    for name in ("def", "args", "unbuilt", "compatibility", "dll", "objdump", "nm"):
        parser.add_argument(f"--{name}", dest="definition" if name == "def" else name,
                            required=True)
    for name in ("tests", "readme"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--import-library", action="append", default=[])
    parser.add_argument("--sdk-library")
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("compiler", nargs="+", help="after --: the compiler with its target flags")
    options = parser.parse_args()

    report = Report()
    names = export_tables.read_def(options.definition)
    args = export_tables.read_args(options.args)
    unbuilt = export_tables.read_unbuilt(options.unbuilt)
    check_lists(report, options, names, args, unbuilt)
    if not report.problems:
        symbols = export_tables.exported(names, args, options.arch)
        report.same("export table of the DLL", dll_exports(options.objdump, options.dll),
                    set(symbols))
        private = export_tables.read_private(options.definition)
        report.same("private ordinals of the DLL", dll_private(options.objdump, options.dll),
                    set(private.values()))
        for library in options.import_library:
            report.same(os.path.basename(library),
                        library_symbols(options.nm, library, options.arch), symbols)
        declared = prototypes(options.compiler, options.include, options.arch, names)
        documented = {n: s for n, s in symbols.items() if args[n].origin == "prototype"}
        report.covers("prototypes of mprapi.h and mprapi_ext.h", declared, documented)
        if options.sdk_library:
            report.covers("names of the SDK's libmprapi.a", symbols,
                          library_symbols(options.nm, options.sdk_library, options.arch))

    for problem in report.problems:
        print(f"exports: {problem}")
    if not report.problems:
        print(f"exports of {options.arch} agree: {', '.join(report.done)}")
    return 1 if report.problems else 0


if __name__ == "__main__":
    export_tables.run(main)
