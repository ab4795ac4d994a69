#!/usr/bin/env python3
"""Functions that may not be used, and paths of one machine that may not be written down."""
import re

import source

UNSAFE = {
    "strcpy": "copy with a length", "strcat": "copy with a length",
    "wcscpy": "copy with a length", "wcscat": "copy with a length",
    "lstrcpyA": "copy with a length", "lstrcpyW": "copy with a length",
    "sprintf": "snprintf", "vsprintf": "vsnprintf", "gets": "fgets",
    "strtok": "a reader with state of its own", "atoi": "a parser that reports errors",
    "atol": "a parser that reports errors", "rand": "the seeded generator that is handed in",
    "srand": "the seeded generator that is handed in",
}
RAW_MEMORY = {name: "base/mem.h" for name in ("malloc", "calloc", "realloc", "free", "strdup")}

# A test copies literals into arrays that it has itself made large enough.
IN_TESTS = {"strcpy", "strcat", "wcscpy", "wcscat"}

# Put together so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.$}*-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot"]) + r")(?=[/\s\"']|$)", re.M)


def calls(names):
    return re.compile(r"(?<![\w.>])(" + "|".join(names) + r")\s*\(")


def line_of(text, match):
    return text.count("\n", 0, match.start()) + 1


findings = []
for name in source.tracked("*.c", "*.h"):
    code = source.code_only(source.read(name))
    unsafe = dict(UNSAFE)
    if name.startswith("tests/"):
        unsafe = {word: UNSAFE[word] for word in UNSAFE if word not in IN_TESTS}
    tables = [unsafe]
    # mprctl is a program of its own, which sees nothing of base.
    if name.startswith("src/") and not name.startswith(("src/base/", "src/mprctl/")):
        tables.append(RAW_MEMORY)
    for table in tables:
        for match in calls(table).finditer(code):
            word = match.group(1)
            findings.append(f"{name}:{line_of(code, match)}: {word}() is banned, "
                            f"use {table[word]}")
for name in source.tracked():
    text = source.read(name)
    if "\0" in text:
        continue
    for match in MACHINE_PATH.finditer(text):
        findings.append(f"{name}:{line_of(text, match)}: a path of one machine: "
                        f"{match.group(0)}")
source.finish("banned", findings)
