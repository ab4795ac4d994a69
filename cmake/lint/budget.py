#!/usr/bin/env python3
"""Sizes that keep the code readable: 400 lines a file of src and 25 .c files a folder of it, 600 lines
elsewhere, 80 lines a function, half of src's functions within 10. Tables are exempt."""
import collections
import os
import statistics

import source

FILE_LIMIT = 600
SOURCE_LIMIT = 400
FOLDER_LIMIT = 25
MEDIAN_LIMIT = 10
FUNCTION_LIMIT = 80


def functions(text):
    """(first line, length) of each function body: from a brace alone in column 0 to its end."""
    start = None
    for number, line in enumerate(source.code_only(text).split("\n"), 1):
        line = line.rstrip()
        if line == "{":
            start = number
        elif start and line.startswith("}"):
            if line == "}":
                yield start, number - start + 1
            start = None


findings, files, lengths = [], [], []
folders = collections.Counter()
for name in source.tracked("*.c", "*.h"):
    text = source.read(name)
    count = text.count("\n")
    if name.startswith("src/") and name.endswith(".c"):
        files.append(count)
        folders[os.path.dirname(name)] += 1
    limit = SOURCE_LIMIT if name.startswith("src/") else FILE_LIMIT
    if count > limit:
        findings.append(f"{name}: {count} lines, at most {limit} are allowed")
    for line, length in functions(text):
        if name.startswith("src/"):
            lengths.append(length)
        if length > FUNCTION_LIMIT:
            findings.append(f"{name}:{line}: a function of {length} lines, "
                            f"at most {FUNCTION_LIMIT} are allowed")
for folder, count in folders.items():
    if count > FOLDER_LIMIT:
        findings.append(f"{folder}: {count} .c files, at most {FOLDER_LIMIT} are allowed")
if lengths and statistics.median(lengths) > MEDIAN_LIMIT:
    findings.append(f"src: the median function has {statistics.median(lengths):.0f} lines, "
                    f"at most {MEDIAN_LIMIT} are allowed")
if files and lengths:
    lengths.sort()
    print(f"    src: {len(files)} files, median {statistics.median(files):.0f} lines; "
          f"{len(lengths)} functions, median {statistics.median(lengths):.0f}, "
          f"nine of ten at most {lengths[int(len(lengths) * 0.9)]} lines")
source.finish("budget", findings)
