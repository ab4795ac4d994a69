"""Readers of the checked-in export lists; gen_exports.py and check_exports.py share them."""

import re
import sys
from collections import namedtuple

# bytes is None where no public source gives the size, CDECL where the caller pops them; seen is the set
# of import libraries.
Arguments = namedtuple("Arguments", "bytes origin seen")

# code is a name such as ERROR_NOT_SUPPORTED; bytes is None for a 64-bit-only row.
Unbuilt = namedtuple("Unbuilt", "bytes code")

CDECL = "cdecl"

ARCHES = ("x86_64", "i686")

# A line of mprapi.def for what has a number and no name; numbers of Windows' own are far below.
PRIVATE = re.compile(r"([a-z][a-z0-9_]*) @(\d+) NONAME PRIVATE")
FIRST_PRIVATE = 1000


class ListError(Exception):
    """A list that can't be read: file, line and what is wrong."""


def read_def(path):
    """Names of a .def file's EXPORTS section, in file order."""
    names, in_exports = [], False
    with open(path, encoding="ascii") as lines:
        for number, line in enumerate(lines, 1):
            text = line.split(";")[0].strip()
            if not text:
                continue
            if text.split()[0] in ("LIBRARY", "EXPORTS"):
                in_exports = text.split()[0] == "EXPORTS"
                continue
            if in_exports and PRIVATE.fullmatch(text):
                continue
            if not in_exports or not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", text):
                raise ListError(f"{path}:{number}: '{text}' is not a plain name under EXPORTS")
            names.append(text)
    return names


def read_library(path):
    """The DLL that a .def file is about."""
    with open(path, encoding="ascii") as lines:
        for line in lines:
            words = line.split(";")[0].split()
            if len(words) == 2 and words[0] == "LIBRARY":
                return words[1]
    raise ListError(f"{path}: no LIBRARY line")


def read_private(path):
    """What a .def file exports by number only: {function: ordinal}."""
    table = {}
    with open(path, encoding="ascii") as lines:
        for number, line in enumerate(lines, 1):
            match = PRIVATE.fullmatch(line.split(";")[0].strip())
            if not match:
                continue
            name, ordinal = match[1], int(match[2])
            if ordinal < FIRST_PRIVATE or name in table or ordinal in table.values():
                raise ListError(f"{path}:{number}: {name} wants a number of its own from "
                                f"{FIRST_PRIVATE} on")
            table[name] = ordinal
    return table


def read_args(path):
    """x86-args.tsv as {name: Arguments}."""
    table = {}
    with open(path, encoding="ascii") as lines:
        for number, line in enumerate(lines, 1):
            if line.startswith("#") or not line.strip():
                continue
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 4 or fields[0] in table:
                raise ListError(f"{path}:{number}: want four fields and a new name: {fields[0]}")
            name, size, origin, seen = fields
            if size not in ("-", CDECL) and (not size.isdigit() or int(size) % 4):
                raise ListError(f"{path}:{number}: '{size}' is no stack size")
            count = {"-": None, CDECL: CDECL}[size] if size in ("-", CDECL) else int(size)
            table[name] = Arguments(count, origin, set(filter(None, seen.split(","))))
    return table


def read_unbuilt(path):
    """Rows of unbuilt_list.h as {name: Unbuilt}."""
    with open(path, encoding="ascii") as handle:
        text = re.sub(r"/\*.*?\*/", "", handle.read(), flags=re.S)
    table = {}
    for match in re.finditer(r"\bUNBUILT(_X64)?\(([^,()]*),([^,()]*)(?:,([^,()]*),)?", text):
        name = match[2].strip()
        if name in table:
            raise ListError(f"{path}: {name} has two rows")
        if match[1]:
            table[name] = Unbuilt(None, match[3].strip())
        else:
            table[name] = Unbuilt(int(match[3]), (match[4] or "").strip())
    return table


def exported(names, args, arch):
    """What the DLL of this architecture exports: {undecorated name: linker symbol without '_'}."""
    if arch == "x86_64":
        return {name: name for name in names}
    known = [name for name in names if args[name].bytes is not None]
    return {name: name if args[name].bytes == CDECL else f"{name}@{args[name].bytes}"
            for name in known}


def run(main):
    """Calls main, and turns its complaints into an exit code the build understands."""
    try:
        sys.exit(main())
    except (ListError, OSError) as error:
        sys.exit(f"exports: {error}")
