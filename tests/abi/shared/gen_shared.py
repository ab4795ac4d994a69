#!/usr/bin/env python3
"""Finds what mingw-w64's and Wine's headers both declare, as a list for the preprocessor.

    gen_shared.py --compiler CC --sdk DIR --wine DIR --out shared_list.h

The list says nothing of values: shared.c is compiled with either set of headers, and the test
compares what came out. A name is taken when both sets of the headers below have it: macros whose
text is a number or an expression of numbers and other names, enumerators, structures, and members
of structures outside of nested named ones.
"""

import argparse
import os
import re
import subprocess

HEADERS = ("mprapi.h", "mprerror.h", "raserror.h", "lmcons.h", "ipifcons.h", "nldef.h", "ifmib.h",
           "ipmib.h", "tcpmib.h", "udpmib.h", "iprtrmib.h")
# Types and attributes; and ends of lists, which each set of headers has where its own list ends.
NO_VALUES = {"API_RET_TYPE", "LMCSTR", "LMSTR", "NET_API_FUNCTION", "NET_API_STATUS"}
ENDS = {"MAX_IF_TYPE", "RASBASEEND"}
MACRO = re.compile(r"^[ \t]*#[ \t]*define[ \t]+([A-Z]\w*)[ \t]+([\w ()+\-|<]+?)[ \t]*$", re.M)
ENUM = re.compile(r"\benum\b[^{};]*\{([^}]*)\}")
STRUCT = re.compile(r"\btypedef\s+struct\b[^{};]*\{")
MEMBER = re.compile(r"([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)*;")


def read(folder):
    text = ""
    for name in HEADERS:
        path = os.path.join(folder, name)
        if os.path.exists(path):
            with open(path, encoding="latin-1") as file:
                text += file.read() + "\n"
    return re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.S)


def body(text, start):
    """The end of the braces that are open at start."""
    depth = 1
    while depth:
        depth += {"{": 1, "}": -1}.get(text[start], 0)
        start += 1
    return start


def members(text):
    """Names that offsetof takes: what is within a nested, named structure is left out."""
    nested = re.compile(r"\b(?:struct|union)\b[^{};]*\{")
    found = nested.search(text)
    while found:
        end = body(text, found.end())
        name = re.match(r"[\s\w]*?(\w*)\s*;", text[end:])
        unnamed = not name or not name.group(1) or name.group(1).startswith(("DUMMY", "__C89"))
        inside = text[found.end():end - 1] if unnamed else ""
        rest = text[end + name.end():] if name else text[end:]
        text = text[:found.start()] + inside + ("" if unnamed else f"X {name.group(1)};") + rest
        found = nested.search(text)
    return set(MEMBER.findall(text))


def structures(text):
    found = {}
    for match in STRUCT.finditer(text):
        end = body(text, match.end())
        name = re.match(r"\s*(\w+)\s*[,;]", text[end:])
        if name:
            found[name.group(1)] = members(text[match.end():end - 1])
    return found


def enumerators(text):
    return {name for inside in ENUM.findall(text)
            for name in re.findall(r"(?:^|,)\s*([A-Za-z]\w*)\s*(?=[,=]|$)", inside)}


def defined(compiler, folder):
    """Macros that are there when the headers have been read: some are behind conditions."""
    source = "".join(f"#include <{name}>\n" for name in ("winsock2.h", "windows.h") + HEADERS
                     if os.path.exists(os.path.join(folder, name)))
    run = subprocess.run([compiler, "-D_WIN32_WINNT=0x0601", "-isystem", folder, "-dM", "-E", "-"],
                         input=source, capture_output=True, text=True, check=True)
    return set(re.findall(r"^#define (\w+) ", run.stdout, re.M))


def main():
    parser = argparse.ArgumentParser()
    for name in ("compiler", "sdk", "wine", "out"):
        parser.add_argument(f"--{name}", required=True)
    options = parser.parse_args()
    sdk, wine = read(options.sdk), read(options.wine)
    constants = {name for name, _ in MACRO.findall(sdk)} & {name for name, _ in MACRO.findall(wine)}
    constants &= defined(options.compiler, options.sdk) & defined(options.compiler, options.wine)
    constants |= enumerators(sdk) & enumerators(wine)
    constants -= NO_VALUES | ENDS
    ours, theirs = structures(sdk), structures(wine)
    lines = [f"CONSTANT({name})" for name in sorted(constants)]
    for name in sorted(ours.keys() & theirs.keys()):
        lines.append(f"STRUCTURE({name})")
        lines += [f"MEMBER({name}, {member})" for member in sorted(ours[name] & theirs[name])]
    with open(options.out, "w", encoding="ascii", newline="\n") as out:
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
